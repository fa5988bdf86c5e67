//! Media types and features: paper, dark colours, more contrast, less motion.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engine::Engine;

/// A media feature and its value, such as `("prefers-color-scheme", "dark")`.
pub type Feature<'a> = (&'a str, &'a str);

/// A media type with features.
#[derive(Clone, Debug)]
pub(crate) struct Media {
    medium: String,
    features: Vec<(String, String)>,
}

/// WebKitGTK asks the desktop, and does so once: its settings are in a file and the environment.
pub(crate) fn in_the_desktop(command: &mut Command, profile: &Path, features: &[Feature<'_>]) {
    let mut settings = "[Settings]\n".to_owned();
    for feature in features {
        match feature {
            ("prefers-color-scheme", scheme) => {
                let theme = if *scheme == "dark" { "Adwaita:dark" } else { "Adwaita" };
                command.env("GTK_THEME", theme);
            }
            ("prefers-reduced-motion", "reduce") => settings.push_str("gtk-enable-animations=0\n"),
            ("prefers-contrast", "more") => settings.push_str("gtk-theme-name=HighContrast\n"),
            // A script pretends it once there is a page.
            _ => {}
        }
    }
    let folder = profile.join("gtk-3.0");
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join("settings.ini"), settings))
        .unwrap_or_else(|error| panic!("cannot write into {}: {error}", folder.display()));
    command.env("XDG_CONFIG_HOME", profile);
}

impl Browser {
    /// Sets the media type (`screen`, `print`) and media features such as `forced-colors`.
    ///
    /// A feature set here ends with the next call. In WebKitGTK scripts of the page do not learn of
    /// it; [`Browser::start_for`] is the same for the whole session and true in all engines.
    pub async fn set_media(&self, medium: &str, features: &[Feature<'_>]) {
        match self.engine {
            Engine::Chromium => {
                let features: Vec<Value> = features
                    .iter()
                    .map(|(name, value)| json!({ "name": name, "value": value }))
                    .collect();
                let media = json!({ "media": medium, "features": features });
                self.devtools("Emulation.setEmulatedMedia", media).await;
            }
            Engine::Firefox => self.override_media(medium, features).await,
            Engine::Webkit => {
                let features =
                    features.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
                let media = Media { medium: medium.to_owned(), features: features.collect() };
                self.state().pretended = Some(media);
                self.pretend().await;
            }
        }
    }

    /// What Firefox's own developer tools do.
    async fn override_media(&self, medium: &str, features: &[Feature<'_>]) {
        let wanted =
            |name: &str| features.iter().find(|(found, _)| *found == name).map(|(_, value)| *value);
        let text = |name: &str| wanted(name).unwrap_or("none");
        let own_colours =
            wanted("forced-colors") == Some("active") || wanted("prefers-contrast") == Some("more");
        // 2: the reader's colours in place of the page's; 0: the page's, as it is at the start.
        let colours = if own_colours { 2 } else { 0 };
        let script = format!(
            "const page = gBrowser.selectedBrowser.browsingContext;
            page.mediumOverride = '{}';
            page.prefersColorSchemeOverride = '{}';
            page.prefersReducedMotionOverride = '{}';
            Services.prefs.setIntPref('browser.display.document_color_use', {colours});",
            if medium == "screen" { "" } else { medium },
            text("prefers-color-scheme"),
            text("prefers-reduced-motion"),
        );
        self.in_context("chrome").await;
        self.ask(&script).await;
        self.in_context("content").await;
        self.two_frames().await;
    }

    async fn in_context(&self, name: &'static str) {
        let sent = self.command("moz/context", json!({ "context": name })).await;
        sent.unwrap_or_else(|error| panic!("Firefox does not change to its {name}: {error}"));
    }

    /// Makes the page's rules for other media apply, where the engine cannot be told to.
    pub(crate) async fn pretend(&self) {
        let Some(Media { medium, features }) = self.state().pretended.clone() else { return };
        self.ask_with(PRETEND, vec![json!(medium), json!(features)]).await;
        self.two_frames().await;
    }
}

/// Rewrites the conditions of all media rules: what is wanted becomes true, its opposite false.
const PRETEND: &str = "const [medium, features] = arguments;
    const yes = '(min-width: 0)', no = '(max-width: 0)';
    const pretend = text => {
        for (const [name, value] of features) text = text
            .replace(new RegExp('\\\\(\\\\s*' + name + '\\\\s*(:\\\\s*' + value + '\\\\s*)?\\\\)', 'g'), yes)
            .replace(new RegExp('\\\\(\\\\s*' + name + '\\\\s*:[^)]*\\\\)', 'g'), no);
        if (medium === 'print') text = text
            .replace(/\\bscreen\\b/g, 'tv').replace(/\\bprint\\b/g, 'screen');
        return text;
    };
    const walk = rules => {
        for (const rule of rules) {
            if (rule.media) {
                rule.wanted ??= rule.media.mediaText;
                rule.media.mediaText = pretend(rule.wanted);
            }
            if (rule.cssRules) walk(rule.cssRules);
        }
    };
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) {
        sheet.wanted ??= sheet.media.mediaText;
        sheet.media.mediaText = pretend(sheet.wanted);
        walk(sheet.cssRules);
    }
    if (medium === 'print') dispatchEvent(new Event('beforeprint'));";
