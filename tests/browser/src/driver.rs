//! A driver process with one browser session, both ended when it is dropped.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::display::Display;
use crate::engine::Engine;
use crate::media;

/// A running driver and the folder its browser keeps its profile in.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
    profile: PathBuf,
    session: Option<String>,
    // After the driver, so that the screen goes last.
    _display: Option<Display>,
}

impl Driver {
    /// Starts the engine's driver on a free port and waits until it answers.
    ///
    /// `features` are media features that the browser has from its start, if it can have them later
    /// no more.
    #[must_use]
    pub fn start(engine: Engine, features: &[(&str, &str)]) -> Self {
        let program = engine.driver();
        let port = free_port();
        let profile = new_folder();
        let mut command = Command::new(&program);
        command.args(engine.driver_arguments(port));
        let display = match engine {
            Engine::Webkit => {
                media::in_the_desktop(&mut command, &profile, features);
                on_a_display(&mut command)
            }
            Engine::Chromium | Engine::Firefox => None,
        };
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
        let mut driver = Self { process, port, profile, session: None, _display: display };
        driver.wait_until_it_answers();
        driver
    }

    /// Where WebDriver commands go.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The new, empty profile folder.
    #[must_use]
    pub fn profile(&self) -> &PathBuf {
        &self.profile
    }

    /// Remembers the session, so that its browser can be closed even after a failed test.
    pub fn remember(&mut self, session: String) {
        self.session = Some(session);
    }

    fn wait_until_it_answers(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(address(self.port)).is_err() {
            if let Ok(Some(status)) = self.process.try_wait() {
                panic!("the driver ended at once: {status}");
            }
            assert!(Instant::now() < deadline, "the driver does not listen on its port");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// A driver that is only killed would leave its browser running.
    fn close_browser(&self) -> std::io::Result<()> {
        let Some(session) = &self.session else {
            return Ok(());
        };
        let mut stream = TcpStream::connect(address(self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let request = format!(
            "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        );
        stream.write_all(request.as_bytes())?;
        // The answer comes when the browser has gone.
        let mut answer = [0_u8; 1];
        stream.read_exact(&mut answer)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Err(error) = self.close_browser() {
            eprintln!("the browser may still be running: {error}");
        }
        // Both fail only for a process that has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
        // A browser that is still ending may write here; the folder is in the system's own
        // place for temporary files, so leaving it does no harm.
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// `MiniBrowser` has no headless mode.
fn on_a_display(command: &mut Command) -> Option<Display> {
    let display = Display::start();
    if let Some(display) = &display {
        command.env("DISPLAY", &display.name).env("GDK_BACKEND", "x11");
    }
    // A screen without a graphics card: pictures of the page take a fifth of the time.
    command.env("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1");
    display
}

fn address(port: u16) -> SocketAddrV4 {
    SocketAddrV4::new(Ipv4Addr::LOCALHOST, port)
}

fn free_port() -> u16 {
    TcpListener::bind(address(0))
        .and_then(|listener| listener.local_addr())
        .expect("this machine has a free port")
        .port()
}

fn new_folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name =
        format!("browser-tests-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder)
        .unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
    folder
}
