//! A calculator, a host's page with it, and a reader who looks at both.

use std::path::{Path, PathBuf};

use browser_tests::browser::Browser;
use browser_tests::places;
use browser_tests::plan::Plan;
use browser_tests::site::Site;
use fantoccini::elements::{Element, ElementRef};
use serde_json::Value;

/// How WebDriver marks an element among other values.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub(crate) struct Stage {
    pub(crate) browser: Browser,
    /// Where the calculator comes from.
    pub(crate) app: Site,
    /// Where its host comes from.
    pub(crate) host: Site,
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo")
}

pub(crate) fn demo_article() -> String {
    std::fs::read_to_string(demo().join("article.html")).expect("the article is there")
}

/// A page with this in its body and the calculator's script in its head.
pub(crate) fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>A host</title><link rel=icon href=\"data:,\">\
         <script src=\"{{app}}embed.js\"></script></head><body>{body}</body></html>"
    )
}

impl Stage {
    /// Opens a host's page, in which `{app}` stands for the calculator's address.
    pub(crate) async fn open(html: &str) -> Self {
        Self::open_with(html, |plan| plan, |plan| plan).await
    }

    /// The same with changes to how the calculator and its host are served.
    pub(crate) async fn open_with(
        html: &str,
        app: impl FnOnce(Plan) -> Plan,
        host: impl FnOnce(Plan) -> Plan,
    ) -> Self {
        let browser = Browser::start().await;
        // With the headers that the build advises, as most hosts of the calculator will have them.
        let headers = std::fs::read_to_string(places::dist().join("_headers"));
        let plan = Plan::of(&places::dist()).headers_file(&headers.unwrap_or_default());
        let app = app(browser.listening(plan)).start();
        let html = html.replace("{app}", &app.address());
        let host = host(Plan::of(&demo()).at("localhost").page("/host.html", html)).start();
        let stage = Self { browser, app, host };
        stage.browser.set_size(900, 900).await;
        stage.browser.go(&(stage.host.origin() + "/host.html")).await;
        stage
    }

    /// Opens another host's page in the same browser.
    pub(crate) async fn show(&mut self, html: &str) {
        let html = html.replace("{app}", &self.app.address());
        self.host = Plan::of(&demo()).at("localhost").page("/host.html", html).start();
        self.browser.go(&(self.host.origin() + "/host.html")).await;
    }

    /// Waits until calculators have said their figures.
    pub(crate) async fn wait_for(&self, ids: &[&str]) {
        for id in ids {
            self.browser
                .wait_until(
                    &format!("{id} says its figures"),
                    &format!("const e = document.getElementById('{id}'); e.scrollIntoView(); return !!e.result"),
                )
                .await;
        }
    }

    /// Waits until a figure or a number asked is this.
    pub(crate) async fn wait_for_part(&self, id: &str, part: &str, value: &str) {
        let script = format!(
            "const r = document.getElementById('{id}').result;
             return (r?.asked.{part} ?? r?.figures.{part}) === '{value}'"
        );
        self.browser.wait_until(&format!("{part} of {id} is {value}"), &script).await;
    }

    pub(crate) async fn height(&self, id: &str) -> f64 {
        let script =
            format!("return document.getElementById('{id}').getBoundingClientRect().height");
        self.browser.ask_number(&script).await
    }

    pub(crate) async fn wait_for_height(&self, id: &str, what: &str) -> f64 {
        let script = format!(
            "const h = document.getElementById('{id}').getBoundingClientRect().height; return h {what} && h"
        );
        let height =
            self.browser.wait_until(&format!("the height of {id} is {what}"), &script).await;
        height.as_f64().expect("a height is a number")
    }

    /// Looks into the frame of a calculator from now on.
    pub(crate) async fn enter(&self, id: &str) {
        let script = format!(
            "const e = document.getElementById('{id}'); return e.shadowRoot?.querySelector('iframe') ?? e"
        );
        let found = self.browser.ask(&script).await;
        let frame = found[ELEMENT].as_str().expect("there is a frame").to_owned();
        let frame = Element::from_element_id(self.browser.client.clone(), ElementRef::from(frame));
        frame.enter_frame().await.expect("the frame can be entered");
    }

    pub(crate) async fn leave(&self) {
        self.browser.leave_frames().await;
    }

    /// Asks in the frame of a calculator.
    pub(crate) async fn ask_in(&self, id: &str, script: &str) -> Value {
        self.enter(id).await;
        let value = self.browser.ask(script).await;
        self.leave().await;
        value
    }

    /// Waits in the frame of a calculator.
    pub(crate) async fn wait_in(&self, id: &str, what: &str, script: &str) {
        self.enter(id).await;
        self.browser.wait_until(what, script).await;
        self.leave().await;
    }

    /// Fails if anything was asked of anybody but the two sites.
    pub(crate) fn assert_among_themselves(&self) {
        assert_eq!(self.browser.strangers(), [""; 0]);
        for request in self.app.requests() {
            assert_eq!((request.method.as_str(), request.status), ("GET", 200), "{request:?}");
        }
    }
}
