//! What only Chromium's driver can do: its own protocol, logs, whole-page pictures.
//!
//! The other files here use it where the engine has it, and do the same in another way where not:
//! [`crate::exceptions`] says how.

use base64::Engine as _;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engine::Engine;

/// A command that the WebDriver standard does not have: a JSON body sent to a path of the session.
#[derive(Debug)]
struct Command {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

/// A line that the browser wrote to its console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConsoleLine {
    /// `INFO`, `WARNING`, `SEVERE`.
    pub(crate) level: String,
    /// Where it comes from and what it says.
    pub(crate) message: String,
}

impl Browser {
    /// Whether the browser has Chromium's own protocol.
    #[must_use]
    pub fn has_devtools(&self) -> bool {
        self.engine == Engine::Chromium
    }

    /// Sends a command that the WebDriver standard does not have.
    pub(crate) async fn command(
        &self,
        path: &'static str,
        body: Value,
    ) -> Result<Value, fantoccini::error::CmdError> {
        self.client.issue_cmd(Command { path, body }).await
    }

    /// Sends a command of Chromium's own protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        let sent = self.command("goog/cdp/execute", body).await;
        sent.unwrap_or_else(|error| panic!("{command} failed: {error}"))
    }

    /// What was written to the console since the last time this was asked.
    pub(crate) async fn console(&self) -> Vec<ConsoleLine> {
        let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        self.log("browser")
            .await
            .iter()
            .map(|entry| ConsoleLine {
                level: text(entry, "level"),
                message: text(entry, "message"),
            })
            .collect()
    }

    /// Every address the browser asked the network for, whatever came of it.
    ///
    /// Needs [`Browser::start_recording_network`]. Empty where the engine keeps no such list.
    pub async fn network(&self) -> Vec<String> {
        let mut addresses = Vec::new();
        if !self.has_devtools() {
            return addresses;
        }
        for entry in self.log("performance").await {
            let message = entry["message"].as_str().unwrap_or_default();
            let event: Value = serde_json::from_str(message).unwrap_or_default();
            let parameters = &event["message"]["params"];
            let address = match event["message"]["method"].as_str() {
                Some("Network.requestWillBeSent") => &parameters["request"]["url"],
                Some("Network.webSocketCreated" | "Network.webTransportCreated") => {
                    &parameters["url"]
                }
                _ => continue,
            };
            addresses.push(address.as_str().unwrap_or_default().to_owned());
        }
        addresses
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        match self.command("se/log", json!({ "type": kind })).await {
            Ok(Value::Array(entries)) => entries,
            other => panic!("the {kind} log cannot be read: {other:?}"),
        }
    }

    /// The whole page as a PNG file, also what one would have to scroll to.
    pub async fn picture(&self) -> Vec<u8> {
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let picture = self.devtools("Page.captureScreenshot", whole).await;
        let text = picture["data"].as_str().expect("a picture has data");
        base64::engine::general_purpose::STANDARD.decode(text).expect("a picture is base64")
    }
}
