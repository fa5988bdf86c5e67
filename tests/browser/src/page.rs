//! The calculator's page: the parts of it that the tests speak of, and how a reader uses them.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::media::Feature;
use crate::places;
use crate::plan::Plan;
use crate::site::Site;

/// The typing fields of the opening page; the chapters' fields are in [`CHAPTER_FIELDS`].
pub const FIELDS: [&str; 5] = ["size", "entry", "leverage-word", "mark", "leverage"];

/// The typing fields inside closed chapters.
pub const CHAPTER_FIELDS: [&str; 2] = ["close-fee", "call"];

/// The calculator in a browser of its own, served by a site of its own.
#[derive(Debug)]
pub struct Page {
    /// The reader.
    pub browser: Browser,
    /// Where the page comes from.
    pub site: Site,
}

impl Page {
    /// Opens the page in a new browser, 1280 × 900.
    ///
    /// `query` is what follows the address, such as `?lev=20`, or nothing.
    pub async fn open(query: &str) -> Self {
        Self::open_in(Browser::start().await, query).await
    }

    /// Opens the page for a reader who has set media features, such as a dark colour scheme.
    pub async fn open_for(features: &[Feature<'_>], query: &str) -> Self {
        Self::open_in(Browser::start_for(features).await, query).await
    }

    /// Opens the page in a browser that has opened nothing yet.
    pub async fn open_in(browser: Browser, query: &str) -> Self {
        Self::open_from(browser, Plan::of(&places::dist()), query).await
    }

    /// Opens the page from a site of the test's making.
    pub async fn open_from(browser: Browser, plan: Plan, query: &str) -> Self {
        let site = browser.listening(plan).start();
        let page = Self { browser, site };
        page.browser.set_size(1280, 900).await;
        page.visit(query).await;
        page
    }

    /// Opens another address of the same site.
    pub async fn visit(&self, query: &str) {
        self.browser.go(&(self.site.address() + query)).await;
        self.wait_until_ready().await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.browser.reload().await;
        self.wait_until_ready().await;
    }

    /// Waits until the controls work.
    pub async fn wait_until_ready(&self) {
        self.browser
            .wait_until(
                "the page is ready",
                "return document.documentElement.dataset.ready === 'true'",
            )
            .await;
        self.browser.two_frames().await;
    }

    /// The text of the first match as a reader sees it, in plain spaces and with ASCII minus.
    pub async fn text(&self, css: &str) -> String {
        let script = "const e = document.querySelector(arguments[0]);
            return e === null ? null : e.innerText ?? e.textContent;";
        match self.browser.ask_with(script, vec![css.into()]).await {
            Value::String(text) => plain(&text),
            _ => panic!("there is no {css} on the page"),
        }
    }

    /// The whole sentence with the words and numbers that stand in its fields.
    pub async fn sentence(&self) -> String {
        plain(
            &self
                .browser
                .ask_text(&format!("{SPEAK} return speak(document.querySelector('.sentence'))"))
                .await,
        )
    }

    /// What stands in a field.
    pub async fn value(&self, id: &str) -> String {
        let script = format!("return document.getElementById('{id}').value");
        plain(&self.browser.ask_text(&script).await)
    }

    /// The line of words under a field, found as a screen reader finds it.
    pub async fn message(&self, id: &str) -> String {
        let script = format!(
            "const ids = (document.getElementById('{id}').getAttribute('aria-describedby') ?? '').split(' ');
             return ids.map(i => document.getElementById(i)?.textContent ?? '').join(' ').trim();"
        );
        plain(&self.browser.ask_text(&script).await)
    }

    /// The answer in the sentence.
    pub async fn answer(&self) -> String {
        self.text("#answer").await
    }

    /// Whether the page says that the answer is that of earlier, readable numbers.
    pub async fn is_stale(&self) -> bool {
        self.has_class("#answer", "stale").await
    }

    /// Whether the first match has a class.
    pub async fn has_class(&self, css: &str, class: &str) -> bool {
        let script =
            format!("return document.querySelector('{css}').classList.contains('{class}')");
        self.browser.ask(&script).await == Value::Bool(true)
    }

    /// Writes into a field in place of what stands there, by key strokes.
    pub async fn type_into(&self, id: &str, text: &str) {
        self.select_all_of(id).await;
        if text.is_empty() {
            self.browser.press(&[], Key::Backspace).await;
            return;
        }
        let active = self.browser.client.active_element().await.expect("a field has the focus");
        active
            .send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("cannot type {text:?} into {id}: {error}"));
        self.browser.two_frames().await;
    }

    /// Inserts text into a field in place of what stands there, all at once, as pasting does.
    ///
    /// Unlike typing this can write every character.
    pub async fn paste_into(&self, id: &str, text: &str) {
        let script = "const field = document.getElementById(arguments[0]);
            field.closest('details')?.setAttribute('open', '');
            field.focus(); field.select();
            document.execCommand(arguments[1] === '' ? 'delete' : 'insertText', false, arguments[1]);";
        self.browser.ask_with(script, vec![id.into(), text.into()]).await;
        self.browser.two_frames().await;
    }

    /// Leaves the field that has the focus, which is when it is written in good form.
    pub async fn leave_field(&self) {
        self.browser.ask("document.activeElement.blur()").await;
        self.browser.two_frames().await;
    }

    async fn select_all_of(&self, id: &str) {
        let script = "const field = document.getElementById(arguments[0]);
            field.closest('details')?.setAttribute('open', '');
            field.focus(); field.select();
            return document.activeElement === field;";
        let focused = self.browser.ask_with(script, vec![id.into()]).await;
        assert_eq!(focused, Value::Bool(true), "the field {id} cannot be focused");
    }

    /// Chooses in a list.
    pub async fn choose(&self, id: &str, value: &str) {
        let script = "const list = document.getElementById(arguments[0]);
            list.closest('details')?.setAttribute('open', '');
            list.value = arguments[1];
            list.dispatchEvent(new Event('input', { bubbles: true }));
            list.dispatchEvent(new Event('change', { bubbles: true }));
            return list.value;";
        let chosen = self.browser.ask_with(script, vec![id.into(), value.into()]).await;
        assert_eq!(chosen, json!(value), "{id} does not offer {value}");
        self.browser.two_frames().await;
    }

    /// Left, top, width and height of the first match, in CSS pixels of the window.
    pub async fn place(&self, css: &str, scroll: bool) -> [f64; 4] {
        let script = "const e = document.querySelector(arguments[0]); if (!e) return null;
            if (arguments[1]) e.scrollIntoView({ block: 'center', behavior: 'instant' });
            const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height];";
        let value = self.browser.ask_with(script, vec![css.into(), scroll.into()]).await;
        serde_json::from_value(value).unwrap_or_else(|_| panic!("there is no {css} on the page"))
    }

    /// The middle of a slider's thumb in CSS pixels of the window, scrolled into view.
    pub async fn thumb(&self, id: &str) -> (f64, f64) {
        let script = format!(
            "{THUMB} const e = document.getElementById(arguments[0]);
            e.scrollIntoView({{ block: 'center', behavior: 'instant' }});
            const r = e.getBoundingClientRect(); return [thumb(e), r.top + r.height / 2];"
        );
        let value = self.browser.ask_with(&script, vec![id.into()]).await;
        serde_json::from_value(value).unwrap_or_else(|_| panic!("{id} has no thumb"))
    }

    /// Fails if anything was written to the console since the last look.
    pub async fn assert_quiet_console(&self) {
        let lines = self.browser.said().await;
        assert!(lines.is_empty(), "the console says {lines:#?}");
    }

    /// Fails if the page asked anything of anybody but its own origin, or handed anything over.
    pub async fn assert_nothing_left_the_origin(&self) {
        let origin = self.site.origin();
        let host = origin.trim_start_matches("http://");
        for request in self.site.requests() {
            // Neither of them hands anything over.
            assert!(["GET", "HEAD"].contains(&request.method.as_str()), "{request:?}");
            assert_eq!(request.host, host, "{request:?}");
            assert_eq!(request.status, 200, "{request:?}");
        }
        let loaded = "return performance.getEntriesByType('resource').map(e => e.name).filter(name =>
            new URL(name, location).origin !== location.origin && !name.startsWith('data:')).join()";
        assert_eq!(self.browser.ask_text(loaded).await, "");
        assert_eq!(self.browser.strangers(), [""; 0]);
        for address in self.browser.network().await {
            // The browser's own first tab shows before the page.
            let inside = [origin.as_str(), "data:", "blob:", "chrome"]
                .iter()
                .any(|start| address.starts_with(start));
            assert!(inside, "the browser asked for {address}");
        }
    }

    /// What makes the page wider than the window, if it is.
    pub async fn sideways_scroll(&self) -> Option<String> {
        let script = "const page = document.documentElement;
            if (page.scrollWidth <= innerWidth) return '';
            return page.scrollWidth + ' > ' + innerWidth + ': ' + [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
                .map(e => e.id || e.tagName + '.' + e.getAttribute('class')).slice(0, 12).join(', ');";
        let wide = self.browser.ask_text(script).await;
        (!wide.is_empty()).then_some(wide)
    }
}

/// A script that reads an element as a person would read it aloud, fields included.
pub const SPEAK: &str = "const speak = node => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType !== Node.ELEMENT_NODE) return '';
        if (node.matches('select')) return node.selectedOptions[0]?.text ?? '';
        if (node.matches('input')) return node.value;
        if (node.matches('svg, script, style, [hidden]')) return '';
        return [...node.childNodes].map(speak).join('');
    };";

/// A script that says where the middle of a slider's thumb is, across the window.
///
/// Browsers keep the thumb's box to themselves; its width is a custom property of the page.
pub const THUMB: &str = "const thumb = slider => {
        const probe = document.createElement('div');
        probe.style.inlineSize = slider.matches('.handle') ? 'var(--grip)' : 'var(--thumb)';
        slider.parentElement.append(probe);
        const size = probe.getBoundingClientRect().width, r = slider.getBoundingClientRect();
        probe.remove();
        const part = (slider.value - slider.min) / (slider.max - slider.min);
        return r.left + size / 2 + part * (r.width - size);
    };";

/// Text with one plain space wherever it has any, and the plain minus sign.
#[must_use]
pub fn plain(text: &str) -> String {
    text.replace('\u{2212}', "-").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first number in a text, grouped by spaces or not.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let text = plain(text);
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let sign = if text[..start].ends_with('-') { -1.0 } else { 1.0 };
    let digits: String = text[start..]
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '\''))
        .filter(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    digits.trim_end_matches('.').parse::<f64>().ok().map(|value| sign * value)
}
