//! The browsers that can run the suite, and what each wants to be asked for.

use std::fmt;
use std::path::{Path, PathBuf};

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use crate::places;

/// A browser engine with a WebDriver of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
    /// WebKitGTK's `MiniBrowser`, through `WebKitWebDriver`; it needs a display.
    Webkit,
}

impl Engine {
    /// The engine that `BROWSER` names: `chromium` (also if absent), `firefox` or `webkit`.
    #[must_use]
    pub fn chosen() -> Self {
        match std::env::var("BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::Webkit,
            Ok(other) => panic!("BROWSER={other}: know chromium, firefox and webkit"),
        }
    }

    /// Its driver program.
    #[must_use]
    pub fn driver(self) -> PathBuf {
        let (variable, names): (&str, &[&str]) = match self {
            Self::Chromium => ("CHROMEDRIVER", &["chromedriver"]),
            Self::Firefox => ("GECKODRIVER", &["geckodriver"]),
            Self::Webkit => ("WEBKITDRIVER", &["WebKitWebDriver"]),
        };
        places::program(variable, names)
            .unwrap_or_else(|| panic!("no {} on PATH; {variable} can name it", names[0]))
    }

    /// The driver's arguments, given the port it shall listen on.
    #[must_use]
    pub fn driver_arguments(self, port: u16) -> Vec<String> {
        match self {
            // The second lets a test set media features, which content may not.
            Self::Firefox => {
                vec!["--port".into(), port.to_string(), "--allow-system-access".into()]
            }
            Self::Chromium | Self::Webkit => vec![format!("--port={port}")],
        }
    }

    /// What a session is asked for: `profile` is a new, empty folder, `proxy` the host and port that
    /// requests to other machines go to.
    #[must_use]
    pub fn capabilities(self, profile: &Path, proxy: &str, record_network: bool) -> Capabilities {
        let mut asked = match self {
            Self::Chromium => chromium(profile, record_network),
            Self::Firefox => firefox(),
            Self::Webkit => json!({ "browserName": "MiniBrowser" }),
        };
        asked["proxy"] = json!({
            "proxyType": "manual",
            "httpProxy": proxy,
            "sslProxy": proxy,
            "noProxy": ["127.0.0.1", "localhost"],
        });
        match asked {
            Value::Object(capabilities) => capabilities,
            _ => unreachable!("capabilities are an object"),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::Webkit => "WebKitGTK",
        })
    }
}

fn firefox() -> Value {
    let mut options = json!({
        "args": ["-headless"],
        "prefs": {
            // The driver switches this protection off; readers have it on.
            "security.fileuri.strict_origin_policy": true,
            // It has nothing to tell its maker, and starts and ends in less time.
            "app.update.enabled": false,
            "browser.safebrowsing.malware.enabled": false,
            "browser.safebrowsing.phishing.enabled": false,
            "browser.sessionstore.enabled": false,
            "datareporting.policy.dataSubmissionEnabled": false,
            "dom.ipc.processPrelaunch.enabled": false,
            "extensions.getAddons.cache.enabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
            "services.settings.server": "data:,",
            "toolkit.shutdown.fastShutdownStage": 3,
        },
    });
    if let Some(browser) = places::program("FIREFOX_BIN", &["firefox-esr", "firefox"]) {
        options["binary"] = json!(browser);
    }
    json!({ "browserName": "firefox", "moz:firefoxOptions": options })
}

fn chromium(profile: &Path, record_network: bool) -> Value {
    let mut options = json!({
        "args": [
            format!("--user-data-dir={}", profile.display()),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-sync",
            // Readers' fonts differ; without hinting and subpixels pictures differ less.
            "--font-render-hinting=none",
            "--disable-lcd-text",
            "--hide-scrollbars",
            "--lang=en-US",
            "--window-size=1280,900",
        ],
    });
    if let Some(browser) = places::program("CHROME_BIN", &["chromium", "google-chrome"]) {
        options["binary"] = json!(browser);
    }
    let mut logs = json!({ "browser": "ALL" });
    if record_network {
        logs["performance"] = json!("ALL");
    }
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": logs,
    })
}
