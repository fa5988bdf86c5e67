//! A web server for tests: it can be stopped and started again, and remembers what it was asked for.

use std::collections::HashMap;
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::answer;
use crate::plan::Plan;

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
    /// Every header line, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The answer's status.
    pub status: u16,
}

impl Request {
    /// The first header of that name, written in small letters.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// A server on a port of this machine; it stops when dropped.
#[derive(Debug)]
pub struct Site {
    host: &'static str,
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    running: Option<Running>,
}

/// The part of a server that ends when it is stopped.
#[derive(Debug)]
struct Running {
    shared: Arc<Shared>,
    listener: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    plan: Plan,
    requests: Arc<Mutex<Vec<Request>>>,
    /// Connections that are open, so that stopping can cut them.
    open: Mutex<HashMap<u64, TcpStream>>,
    stopping: AtomicBool,
}

impl Site {
    /// Serves `folder` at 127.0.0.1; for anything else see [`Plan`].
    #[must_use]
    pub fn serve(folder: &Path) -> Self {
        Plan::of(folder).start()
    }

    /// Serves `folder` as if files whose names end in `ending` were not there.
    #[must_use]
    pub fn serve_without(folder: &Path, ending: &'static str) -> Self {
        Plan::of(folder).without(ending).start()
    }

    pub(crate) fn start(plan: Plan) -> Self {
        let mut site = Self { host: plan.host(), port: 0, requests: Arc::default(), running: None };
        site.start_again(plan);
        site
    }

    /// Starts on the same port, with another plan; stops first what still runs.
    ///
    /// Requests go on being added to the same list, and the host name stays what it was.
    pub fn start_again(&mut self, plan: Plan) {
        self.stop();
        let socket = listen(self.port);
        self.port = socket.local_addr().expect("a bound socket has an address").port();
        let shared = Arc::new(Shared {
            plan,
            requests: Arc::clone(&self.requests),
            open: Mutex::default(),
            stopping: AtomicBool::new(false),
        });
        let for_thread = Arc::clone(&shared);
        let listener = std::thread::spawn(move || accept(&socket, &for_thread));
        self.running = Some(Running { shared, listener });
    }

    /// Stops for real: nobody listens any more, and connections a browser had opened ahead are cut.
    pub fn stop(&mut self) {
        let Some(Running { shared, listener }) = self.running.take() else { return };
        shared.stopping.store(true, Ordering::SeqCst);
        // One more connection, so that the thread looks at the flag.
        if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() {
            // It returns nothing and has nothing left to fail at.
            let _ = listener.join();
        }
        for connection in locked(&shared.open).values() {
            // It fails for a connection that has just ended, which is what was wanted.
            let _ = connection.shutdown(Shutdown::Both);
        }
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        self.origin_at(self.host)
    }

    /// The same server under another name: `127.0.0.1` and `localhost` are different sites.
    #[must_use]
    pub fn origin_at(&self, host: &str) -> String {
        format!("http://{host}:{}", self.port)
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

    /// Everything asked for so far, but for the frames that the tests themselves put around a page.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        locked(&self.requests).clone()
    }

    /// Everything asked for since the last time this was asked.
    pub fn new_requests(&self) -> Vec<Request> {
        std::mem::take(&mut *locked(&self.requests))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no holder of the lock panics")
}

/// Binds a port; 0 takes any free one. One that was in use a moment ago may need a little while.
fn listen(port: u16) -> TcpListener {
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(socket) => return socket,
            Err(error) => assert!(Instant::now() < deadline, "port {port}: {error}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn accept(socket: &TcpListener, shared: &Arc<Shared>) {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    for stream in socket.incoming().flatten() {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        if let Ok(handle) = stream.try_clone() {
            locked(&shared.open).insert(number, handle);
        }
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            // A reader who goes away in the middle of an answer is no failure.
            drop(shared.serve(&stream));
            locked(&shared.open).remove(&number);
        });
    }
}

impl Shared {
    fn serve(&self, stream: &TcpStream) -> std::io::Result<()> {
        let Some(asked) = answer::read(stream)? else { return Ok(()) };
        if self.stopping.load(Ordering::SeqCst) {
            return Ok(());
        }
        let answer = answer::Answer::to(&asked, &self.plan);
        if !answer.is_frame {
            locked(&self.requests).push(Request { status: answer.status, ..asked.clone() });
        }
        answer.write(stream, asked.method == "HEAD")
    }
}
