//! A browser in the hands of a reader: addresses, keys, pointer, and questions to the document.

use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MouseActions, PointerAction, TouchActions,
};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;

use crate::driver::Driver;
use crate::engine::Engine;
use crate::frame::Frame;
use crate::media::{Feature, Media};
use crate::trap::Trap;

/// How long anything on the page may take before the test says it did not happen.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// How long a browser may take to start, on a machine that is busy with something else.
const START: Duration = Duration::from_secs(12);
/// How often a start is tried.
const TRIES: u32 = 6;

/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// A mouse button or a fingertip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// The main button of a mouse.
    Mouse,
    /// One finger.
    Touch,
}

/// One session with an empty profile of its own.
#[derive(Debug)]
pub struct Browser {
    /// Which engine this is.
    pub engine: Engine,
    /// The plain WebDriver client.
    pub client: Client,
    trap: Trap,
    state: Mutex<State>,
    // After the client, so that it is dropped last.
    _driver: Driver,
}

/// What the tests have to remember of a session.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// The frame that pages are opened in, if they are.
    pub(crate) frame: Option<Frame>,
    /// What a script pretends, for an engine that has no setting for it.
    pub(crate) pretended: Option<Media>,
    /// What pages that are gone had written to the console.
    pub(crate) said: Vec<String>,
}

impl Browser {
    /// Starts a browser.
    pub async fn start() -> Self {
        Self::start_with(&[], false).await
    }

    /// Starts a browser whose network traffic is written down, where the engine can do that.
    pub async fn start_recording_network() -> Self {
        Self::start_with(&[], true).await
    }

    /// Starts a browser for a reader who has set media features, such as a dark colour scheme.
    pub async fn start_for(features: &[Feature<'_>]) -> Self {
        Self::start_with(features, false).await
    }

    async fn start_with(features: &[Feature<'_>], record_network: bool) -> Self {
        let engine = Engine::chosen();
        let trap = Trap::set();
        let mut tries = 0;
        let (driver, client) = loop {
            tries += 1;
            match session(engine, features, &trap, record_network).await {
                Ok(begun) => break begun,
                // WebKit's driver now and then waits for a browser that never calls it.
                Err(why) => assert!(tries < TRIES, "{engine} does not start: {why}"),
            }
        };
        let state = Mutex::default();
        let browser = Self { engine, client, trap, state, _driver: driver };
        if engine != Engine::Webkit && !features.is_empty() {
            browser.set_media("screen", features).await;
        }
        browser
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the state panics")
    }

    /// Opens an address.
    pub async fn go(&self, address: &str) {
        self.keep_what_was_said().await;
        let frame = self.state().frame;
        let framed = frame.and_then(|frame| frame.around(address));
        self.client
            .goto(framed.as_deref().unwrap_or(address))
            .await
            .unwrap_or_else(|error| panic!("cannot open {address}: {error}"));
        if framed.is_some() && frame.is_some_and(|frame| frame.scripts) {
            self.enter_frame("iframe").await;
        }
        self.pretend().await;
    }

    /// Loads the document again.
    pub async fn reload(&self) {
        if self.state().frame.is_some() {
            let address = self.ask_text("return location.href").await;
            return self.go(&address).await;
        }
        self.keep_what_was_said().await;
        self.client.refresh().await.expect("the page loads again");
        self.pretend().await;
    }

    /// Looks into the first matching frame of the document from now on, until [`Browser::go`] or
    /// [`Browser::leave_frames`].
    pub async fn enter_frame(&self, css: &str) {
        let found = self.client.find(Locator::Css(css)).await;
        let frame = found.unwrap_or_else(|error| panic!("no frame {css}: {error}"));
        frame.enter_frame().await.unwrap_or_else(|error| panic!("cannot enter {css}: {error}"));
    }

    /// Looks at the whole window again.
    pub async fn leave_frames(&self) {
        let sent = self.command("frame", serde_json::json!({ "id": null })).await;
        sent.expect("there is a window around the frame");
    }

    /// What the browser asked of other hosts since the last time this was asked.
    ///
    /// A browser that is dropped with any of it unasked for fails its test.
    pub fn strangers(&self) -> Vec<String> {
        self.trap.take(self.engine)
    }

    /// Runs a function body in the document and returns its value; `arguments[i]` are `values`.
    pub async fn ask_with(&self, script: &str, values: Vec<Value>) -> Value {
        let is_silent = self.state().frame.is_some_and(|frame| !frame.scripts);
        let inside = if is_silent { from_outside(script) } else { script.to_owned() };
        self.client
            .execute(&inside, values)
            .await
            .unwrap_or_else(|error| panic!("the document could not run {script}: {error}"))
    }

    /// Runs a function body in the document and returns its value.
    pub async fn ask(&self, script: &str) -> Value {
        self.ask_with(script, Vec::new()).await
    }

    /// Asks for text.
    pub async fn ask_text(&self, script: &str) -> String {
        match self.ask(script).await {
            Value::String(text) => text,
            other => panic!("{script} gave {other}, not text"),
        }
    }

    /// Asks for a number.
    pub async fn ask_number(&self, script: &str) -> f64 {
        let value = self.ask(script).await;
        value.as_f64().unwrap_or_else(|| panic!("{script} gave {value}, not a number"))
    }

    /// Waits until a function body returns something true, and returns that.
    ///
    /// `what` completes the sentence "in time, …".
    pub async fn wait_until(&self, what: &str, script: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let value = self.ask(script).await;
            let falsy = matches!(&value, Value::Null | Value::Bool(false))
                || value.as_str() == Some("")
                || value.as_f64() == Some(0.0);
            if !falsy {
                return value;
            }
            assert!(Instant::now() < deadline, "it did not happen in time that {what}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Lets the page draw: returns after two animation frames.
    pub async fn two_frames(&self) {
        let script = "const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        // A page that is being reloaded goes without an answer; the next one draws.
        let mut drawn = self.client.execute_async(script, Vec::new()).await;
        if drawn.is_err() {
            drawn = self.client.execute_async(script, Vec::new()).await;
        }
        drawn.expect("the page draws");
    }

    /// Focuses the first element that matches.
    pub async fn focus(&self, css: &str) {
        let script = "const e = document.querySelector(arguments[0]);
            if (!e) return false; e.focus(); return document.activeElement === e;";
        let focused = self.ask_with(script, vec![css.into()]).await;
        assert_eq!(focused, Value::Bool(true), "{css} cannot be focused");
    }

    /// Presses and releases a key wherever the focus is, with other keys held down.
    pub async fn press(&self, held: &[Key], key: Key) {
        self.press_char(held, key.into()).await;
    }

    /// Presses and releases the key of a character, with other keys held down.
    pub async fn press_char(&self, held: &[Key], key: char) {
        let mut actions = KeyActions::new("keyboard".into());
        for modifier in held {
            actions = actions.then(KeyAction::Down { value: (*modifier).into() });
        }
        actions = actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        for modifier in held.iter().rev() {
            actions = actions.then(KeyAction::Up { value: (*modifier).into() });
        }
        self.client.perform_actions(actions).await.expect("a key can be pressed");
    }

    /// Clicks the middle of the first element that matches, scrolled into view.
    pub async fn click(&self, css: &str) {
        let found = self.client.find(Locator::Css(css)).await;
        let element = found.unwrap_or_else(|error| panic!("no {css} to click: {error}"));
        // Drivers scroll as the page does, and WebKit's does not wait until a smooth scroll has arrived.
        let scroll = "const e = document.querySelector(arguments[0]), r = e.getBoundingClientRect();
            if (r.top < 0 || r.bottom > innerHeight) e.scrollIntoView({ block: 'center', behavior: 'instant' });";
        self.ask_with(scroll, vec![css.into()]).await;
        element.click().await.unwrap_or_else(|error| panic!("cannot click {css}: {error}"));
    }

    /// Presses at one point of the window, moves to the other in `steps`, and lets go.
    pub async fn drag(&self, pointer: Pointer, from: (f64, f64), to: (f64, f64), steps: u32) {
        let mut moves = vec![
            PointerAction::MoveTo { duration: None, x: from.0, y: from.1 },
            PointerAction::Down { button: 0 },
        ];
        for step in 1..=steps {
            let part = f64::from(step) / f64::from(steps);
            moves.push(PointerAction::MoveTo {
                duration: Some(Duration::from_millis(10)),
                x: (to.0 - from.0).mul_add(part, from.0).round(),
                y: (to.1 - from.1).mul_add(part, from.1).round(),
            });
        }
        moves.push(PointerAction::Up { button: 0 });
        let done = match pointer {
            Pointer::Mouse => {
                let all =
                    moves.into_iter().fold(MouseActions::new("mouse".into()), |a, m| a.then(m));
                self.client.perform_actions(all).await
            }
            Pointer::Touch => {
                let all =
                    moves.into_iter().fold(TouchActions::new("touch".into()), |a, m| a.then(m));
                self.client.perform_actions(all).await
            }
        };
        done.unwrap_or_else(|error| panic!("cannot drag from {from:?} to {to:?}: {error}"));
    }
}

/// One try to start a browser.
async fn session(
    engine: Engine,
    features: &[Feature<'_>],
    trap: &Trap,
    record_network: bool,
) -> Result<(Driver, Client), String> {
    let mut driver = Driver::start(engine, features);
    let capabilities = engine.capabilities(driver.profile(), &trap.address(), record_network);
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let address = driver.address();
    let connected = builder.capabilities(capabilities).connect(&address);
    let client = tokio::time::timeout(START, connected)
        .await
        .map_err(|_| format!("nothing came of it within {START:?}"))?
        .map_err(|error| error.to_string())?;
    let session = client.session_id().await.expect("the driver answers");
    driver.remember(session.expect("a new session has a name"));
    Ok((driver, client))
}

/// A script that is run beside a frame without scripts and sees the frame's document as its own.
fn from_outside(script: &str) -> String {
    format!(
        "const given = arguments, frame = window.frames[0];
        return (function (document, innerWidth, innerHeight) {{
            return (function () {{ {script} }}).apply(null, given);
        }})(frame.document, frame.innerWidth, frame.innerHeight);"
    )
}

impl Drop for Browser {
    fn drop(&mut self) {
        let strangers = self.strangers();
        if !std::thread::panicking() {
            assert!(strangers.is_empty(), "requests left this machine: {strangers:#?}");
        }
    }
}
