//! A plain web server for a folder of files, which does what the folder's `_headers` asks of a host.
//!
//! Without that file it answers without any caching, so that what a browser shows is what the folder
//! holds. Where a compressed twin of a file lies beside it, that is sent to those who can read it.

use crate::Fallible;
use crate::headers::Rules;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Serves until the program ends.
pub struct Server {
    address: SocketAddr,
    base: Arc<str>,
    work: JoinHandle<()>,
}

impl Server {
    /// Serves `folder` under the path `base` on this machine only; port 0 takes any free one.
    pub fn start(folder: &Path, base: &str, port: u16) -> Fallible<Self> {
        let folder = folder
            .canonicalize()
            .map_err(|error| format!("{} cannot be served: {error}.", folder.display()))?;
        let base: Arc<str> = match base.trim_matches('/') {
            "" => "/".into(),
            inner => format!("/{inner}/").into(),
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|error| format!("port {port} cannot be used: {error}."))?;
        let address = listener
            .local_addr()
            .map_err(|error| format!("the server has no address: {error}."))?;
        let prefix = Arc::clone(&base);
        let work = thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (folder, prefix) = (folder.clone(), Arc::clone(&prefix));
                // A reader that hangs up half-way is no fault of the server's.
                thread::spawn(move || drop(answer(&connection, &folder, &prefix)));
            }
        });
        Ok(Self { address, base, work })
    }

    /// Where the page is.
    pub fn address(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// Serves on and on.
    pub fn wait(self) {
        // It never ends, and if its thread did, there would be nothing left to wait for.
        let _ = self.work.join();
    }
}

fn answer(mut connection: &TcpStream, folder: &Path, base: &str) -> std::io::Result<()> {
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(connection).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The headers are read to their end: closing earlier would reset the connection.
    let mut takes_brotli = false;
    while let Some(line) = lines.next().transpose()?.filter(|line| !line.is_empty()) {
        let line = line.to_ascii_lowercase();
        takes_brotli |= line.strip_prefix("accept-encoding:").is_some_and(|it| it.contains("br"));
    }

    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let plain = "text/plain; charset=utf-8";
    let mut encoding = "";
    let (status, kind, body) = match method {
        "GET" | "HEAD" => match file_for(target, folder, base) {
            Some(file) => {
                let twin = file.with_added_extension("br");
                let packed = if takes_brotli { fs::read(twin).ok() } else { None };
                if packed.is_some() {
                    encoding = "Content-Encoding: br\r\nVary: Accept-Encoding\r\n";
                }
                match packed.map_or_else(|| fs::read(&file), Ok) {
                    Ok(bytes) => ("200 OK", media_type(&file), bytes),
                    Err(_) => ("404 Not Found", plain, b"Not found.\n".to_vec()),
                }
            }
            None => ("404 Not Found", plain, b"Not found.\n".to_vec()),
        },
        _ => ("405 Method Not Allowed", plain, b"Only GET.\n".to_vec()),
    };
    let path = target.split(['?', '#']).next().and_then(|path| path.strip_prefix(base));
    // Read each time: a build may have replaced it.
    let rules = fs::read_to_string(folder.join("_headers")).unwrap_or_default();
    let headers = Rules::read(&rules).lines_for(path.unwrap_or_default());
    write!(
        connection,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         {encoding}{headers}Connection: close\r\n\r\n",
        body.len(),
    )?;
    if method != "HEAD" {
        connection.write_all(&body)?;
    }
    connection.flush()
}

/// The file that an address means, if it lies in the folder.
fn file_for(target: &str, folder: &Path, base: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let inner = decoded(path.strip_prefix(base)?)?;
    // Only plain names: no `..`, no drive, no root. Backslashes are names here and paths on Windows.
    if inner.contains(['\\', '\0', ':']) {
        return None;
    }
    let inner = Path::new(&inner);
    if !inner.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let mut file = folder.join(inner);
    if file.is_dir() {
        file.push("index.html");
    }
    // A link that points out of the folder is not followed.
    file.canonicalize().ok().filter(|real| real.starts_with(folder))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        // Without it a browser refuses to compile while it downloads.
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "csv" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::file_for;
    use std::path::Path;

    #[test]
    fn only_files_of_the_folder_are_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().unwrap();
        let found = |target| file_for(target, &folder, "/sub/");
        assert_eq!(found("/sub/Cargo.toml?a=1"), Some(folder.join("Cargo.toml")));
        assert_eq!(found("/sub/src%2Fmain.rs"), Some(folder.join("src").join("main.rs")));
        let outside = [
            "/Cargo.toml",
            "/sub/../Cargo.toml",
            "/sub/%2e%2e/Cargo.toml",
            "/sub/src/%2e%2e/%2e%2e/Cargo.toml",
            "/sub//etc/passwd",
            "/sub/..%5cCargo.toml",
            "/sub/%zz",
            "/sub/none",
        ];
        for target in outside {
            assert_eq!(found(target), None, "{target}");
        }
    }
}
