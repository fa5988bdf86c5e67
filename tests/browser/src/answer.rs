//! One request read from a connection, and what the server answers to it.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::frame;
use crate::plan::Plan;
use crate::site::Request;

/// Reads a request's head; none, if the browser opened the connection and then said nothing.
pub(crate) fn read(stream: &TcpStream) -> std::io::Result<Option<Request>> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut lines = BufReader::new(stream).lines();
    let Some(first) = lines.next().transpose()? else {
        return Ok(None);
    };
    let mut headers = Vec::new();
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    let mut words = first.split(' ').map(str::to_owned);
    let host = headers.iter().find(|(name, _)| name == "host").map(|(_, value)| value.clone());
    Ok(Some(Request {
        method: words.next().unwrap_or_default(),
        target: words.next().unwrap_or_default(),
        host: host.unwrap_or_default(),
        headers,
        status: 0,
    }))
}

/// What is sent back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Whether this is the frame that tests put around a page.
    pub(crate) is_frame: bool,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    pub(crate) fn to(asked: &Request, plan: &Plan) -> Self {
        if let Some(html) = frame::answer(&asked.target) {
            let headers = headers("text/html; charset=utf-8", &[]);
            return Self { status: 200, is_frame: true, headers, body: html.into_bytes() };
        }
        let path = asked.target.split(['?', '#']).next().unwrap_or_default();
        let found = plan.find(path);
        let status = if found.is_some() { 200 } else { 404 };
        let (kind, body) = found.unwrap_or(("text/plain", b"not here".to_vec()));
        let headers = headers(kind, &plan.headers_for(path));
        Self { status, is_frame: false, headers, body }
    }

    pub(crate) fn write(&self, mut stream: &TcpStream, only_head: bool) -> std::io::Result<()> {
        let phrase = if self.status == 200 { "OK" } else { "Not Found" };
        let mut head = format!("HTTP/1.1 {} {phrase}\r\n", self.status);
        for (name, value) in &self.headers {
            // Writing to text cannot fail.
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "Content-Length: {}\r\nConnection: close\r\n\r\n", self.body.len());
        stream.write_all(head.as_bytes())?;
        if !only_head {
            stream.write_all(&self.body)?;
        }
        stream.flush()?;
        // The server keeps a second handle, with which the connection would stay open.
        stream.shutdown(Shutdown::Write)
    }
}

/// Without a plan to the contrary nothing is kept: what the browser shows is what was served now.
fn headers(kind: &str, planned: &[(&str, &str)]) -> Vec<(String, String)> {
    let usual = [("Content-Type", kind), ("Cache-Control", "no-store")];
    let is_planned =
        |name: &str| planned.iter().any(|(planned, _)| planned.eq_ignore_ascii_case(name));
    let kept = usual.iter().filter(|(name, _)| !is_planned(name));
    kept.chain(planned).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
