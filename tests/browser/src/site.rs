//! A web server for a folder of files that remembers what it was asked for.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// Every file is also served below this path, because the page must work in any folder.
pub const SUBFOLDER: &str = "/some/path/";

/// One request as the server saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, unless the page does something it should not.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The host that the browser believes it is talking to.
    pub host: String,
    /// The answer's status.
    pub status: u16,
}

/// A server on a free port of this machine; it stops when dropped.
#[derive(Debug)]
pub struct Site {
    port: u16,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    /// Files whose names end so are answered with 404.
    missing: Option<&'static str>,
    requests: Mutex<Vec<Request>>,
    stopping: AtomicBool,
}

impl Site {
    /// Serves `folder`.
    #[must_use]
    pub fn serve(folder: &Path) -> Self {
        Self::start(folder, None)
    }

    /// Serves `folder` as if files whose names end in `ending` were not there.
    #[must_use]
    pub fn serve_without(folder: &Path, ending: &'static str) -> Self {
        Self::start(folder, Some(ending))
    }

    fn start(folder: &Path, missing: Option<&'static str>) -> Self {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = socket.local_addr().expect("a bound socket has an address").port();
        let shared = Arc::new(Shared {
            folder: folder.to_path_buf(),
            missing,
            requests: Mutex::default(),
            stopping: AtomicBool::new(false),
        });
        let for_thread = Arc::clone(&shared);
        let listener = std::thread::spawn(move || {
            for stream in socket.incoming().flatten() {
                if for_thread.stopping.load(Ordering::Relaxed) {
                    return;
                }
                let shared = Arc::clone(&for_thread);
                // A reader who goes away in the middle of an answer is no failure.
                std::thread::spawn(move || drop(shared.answer(&stream)));
            }
        });
        Self { port, shared, listener: Some(listener) }
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The page in a subfolder.
    #[must_use]
    pub fn address(&self) -> String {
        self.origin() + SUBFOLDER
    }

    /// The page at the top of its host.
    #[must_use]
    pub fn top_address(&self) -> String {
        self.origin() + "/"
    }

    /// Everything asked for so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().expect("no holder of the list panics").clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::Relaxed);
        // One more connection, so that the thread looks at the flag.
        let woken = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok();
        if let (true, Some(listener)) = (woken, self.listener.take()) {
            // It returns nothing and has nothing left to fail at.
            let _ = listener.join();
        }
    }
}

impl Shared {
    fn answer(&self, stream: &TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut lines = BufReader::new(stream).lines();
        let Some(first) = lines.next().transpose()? else {
            return Ok(());
        };
        let mut host = String::new();
        for line in lines {
            let line = line?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("host")
            {
                value.trim().clone_into(&mut host);
            }
        }
        let mut words = first.split(' ');
        let method = words.next().unwrap_or_default().to_owned();
        let target = words.next().unwrap_or_default().to_owned();

        let found = self.find(&target);
        let status = if found.is_some() { 200 } else { 404 };
        let (kind, body) = found.unwrap_or(("text/plain", b"not here".to_vec()));
        self.requests.lock().expect("no holder of the list panics").push(Request {
            method: method.clone(),
            target,
            host,
            status,
        });

        let mut head = String::new();
        let _ = write!(
            head,
            "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n",
            if status == 200 { "OK" } else { "Not Found" },
            body.len()
        );
        let mut stream = stream;
        stream.write_all(head.as_bytes())?;
        if method != "HEAD" {
            stream.write_all(&body)?;
        }
        stream.flush()
    }

    fn find(&self, target: &str) -> Option<(&'static str, Vec<u8>)> {
        let path = target.split(['?', '#']).next()?;
        let path = path.strip_prefix(SUBFOLDER).or_else(|| path.strip_prefix('/'))?;
        if self.missing.is_some_and(|ending| path.ends_with(ending)) {
            return None;
        }
        let path = Path::new(path);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let mut file = self.folder.join(path);
        if file.is_dir() {
            file.push("index.html");
        }
        Some((kind(&file), std::fs::read(&file).ok()?))
    }
}

/// What a browser must be told a file is; WebAssembly and modules do not start without it.
fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt" | "csv" | "toml") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
