//! What only Chromium's driver can do: window sizes, media, logs, whole-page pictures.
//!
//! A test that needs one of these is skipped in the other engines by [`Browser::has_devtools`].

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
pub struct ConsoleLine {
    /// `INFO`, `WARNING`, `SEVERE`.
    pub level: String,
    /// Where it comes from and what it says.
    pub message: String,
}

impl Browser {
    /// Whether the functions of this file work here.
    #[must_use]
    pub fn has_devtools(&self) -> bool {
        self.engine == Engine::Chromium
    }

    /// Sends a command of Chromium's own protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        let sent = self.client.issue_cmd(Command { path: "goog/cdp/execute", body }).await;
        sent.unwrap_or_else(|error| panic!("{command} failed: {error}"))
    }

    /// Makes the page this wide and high, in CSS pixels; below the window's own minimum, too.
    pub async fn set_size(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
        let script = format!("return innerWidth === {width} && innerHeight === {height}");
        self.wait_until("the window takes its size", &script).await;
        self.two_frames().await;
    }

    /// Sets the media type (`screen`, `print`) and media features such as `forced-colors`.
    pub async fn set_media(&self, medium: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let media = json!({ "media": medium, "features": features });
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// Switches the page's own scripts off or on, from the next page on.
    pub async fn set_scripts(&self, allowed: bool) {
        let value = json!({ "value": !allowed });
        self.devtools("Emulation.setScriptExecutionDisabled", value).await;
    }

    /// Runs a script at the start of every page from now on, before the page's own.
    pub async fn before_each_page(&self, script: &str) {
        let source = json!({ "source": script });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source).await;
    }

    /// What was written to the console since the last time this was asked.
    pub async fn console(&self) -> Vec<ConsoleLine> {
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
    /// Needs [`Browser::start_recording_network`].
    pub async fn network(&self) -> Vec<String> {
        let mut addresses = Vec::new();
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
        let command = Command { path: "se/log", body: json!({ "type": kind }) };
        match self.client.issue_cmd(command).await {
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
