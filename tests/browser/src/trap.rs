//! Catches every request to another host: a proxy that answers none of them and writes each down.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::engine::Engine;

/// A proxy for everything but this machine; the browser is told to use it when it starts.
#[derive(Debug)]
pub(crate) struct Trap {
    port: u16,
    caught: Arc<Mutex<Vec<String>>>,
}

impl Trap {
    pub(crate) fn set() -> Self {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = socket.local_addr().expect("a bound socket has an address").port();
        let caught = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&caught);
        // It waits for connections as long as the tests run: a browser that goes away asks late.
        std::thread::spawn(move || {
            for stream in socket.incoming().flatten() {
                let list = Arc::clone(&list);
                std::thread::spawn(move || {
                    // Browsers open connections ahead and then ask for nothing.
                    if let Some(asked) = asked_for(&stream) {
                        list.lock().expect("no holder of the list panics").push(asked);
                    }
                });
            }
        });
        Self { port, caught }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// What was caught since the last time this was asked, without what the browser asks its maker.
    pub(crate) fn take(&self, engine: Engine) -> Vec<String> {
        let all = std::mem::take(&mut *self.caught.lock().expect("no holder of the list panics"));
        all.into_iter().filter(|asked| !is_makers(engine, asked)).collect()
    }
}

/// The first line of a request to a proxy. WebKit speaks TLS to the proxy, too, if it is asked for
/// something secret, and then tells nobody for which host.
fn asked_for(mut stream: &TcpStream) -> Option<String> {
    // Both fail only on a connection that is gone already.
    let _ = stream.set_read_timeout(Some(Duration::from_secs(60)));
    let mut start = [0_u8; 2048];
    let length = stream.read(&mut start).unwrap_or_default();
    let _ =
        stream.write_all(b"HTTP/1.1 502 Nobody\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let start = &start[..length];
    if start.first()?.is_ascii_alphabetic() {
        let line = start.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
        return Some(String::from_utf8_lossy(line).into_owned());
    }
    Some("CONNECT (by TLS, the host is not told)".to_owned())
}

/// Browsers talk to their makers, whatever is asked of them when they start: about updates, the
/// clock, their search page. One engine's makers are strangers to the other two, so a page that asks
/// for any of these hosts is caught there. WebKitGTK asks nobody.
fn is_makers(engine: Engine, asked: &str) -> bool {
    let hosts: &[&str] = match engine {
        Engine::Chromium => &["google.com", "googleapis.com", "gvt1.com", "duckduckgo.com"],
        Engine::Firefox => &["mozilla.com", "mozilla.net", "mozilla.org", "firefox.com"],
        Engine::Webkit => &[],
    };
    let target = asked.split(' ').nth(1).unwrap_or_default();
    let host = target.split_once("://").map_or(target, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    hosts.iter().any(|maker| {
        host.strip_suffix(maker).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_makers;
    use crate::engine::Engine::{Chromium, Firefox, Webkit};

    #[test]
    fn only_the_maker_of_the_engine_is_passed_over() {
        let update = "POST http://update.googleapis.com/service/update2/json HTTP/1.1";
        assert!(is_makers(Chromium, update) && !is_makers(Firefox, update));
        let settings = "CONNECT firefox.settings.services.mozilla.com:443 HTTP/1.1";
        assert!(is_makers(Firefox, settings) && !is_makers(Webkit, settings));
        for asked in ["GET http://example.test/google.com HTTP/1.1", "CONNECT notgoogle.com:443"] {
            assert!(!is_makers(Chromium, asked), "{asked}");
        }
    }
}
