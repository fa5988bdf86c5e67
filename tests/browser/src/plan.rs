//! What a test's server shall hand out: a folder, pages of the test's own, headers, a host name.

use std::path::{Component, Path, PathBuf};

use crate::site::{SUBFOLDER, Site};

/// A site to be served; [`Plan::start`] starts it, [`Site::start_again`] puts it in another's place.
#[derive(Clone, Debug)]
pub struct Plan {
    folder: PathBuf,
    host: &'static str,
    missing: Vec<String>,
    pages: Vec<(String, String)>,
    headers: Vec<HeaderRule>,
    first_script: String,
}

/// A header for every path that a pattern fits.
#[derive(Clone, Debug)]
struct HeaderRule {
    pattern: String,
    name: String,
    value: String,
}

impl Plan {
    /// The files of a folder, at 127.0.0.1.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            host: "127.0.0.1",
            missing: Vec::new(),
            pages: Vec::new(),
            headers: Vec::new(),
            first_script: String::new(),
        }
    }

    /// Under another name of this machine. Two ports of one name are two origins but the same
    /// *site*, which hides what browsers forbid between sites.
    #[must_use]
    pub const fn at(mut self, host: &'static str) -> Self {
        self.host = host;
        self
    }

    /// As if files whose names end in `ending` were not there.
    #[must_use]
    pub fn without(mut self, ending: impl Into<String>) -> Self {
        self.missing.push(ending.into());
        self
    }

    /// One more page, such as an article with an embed in it; `path` starts with a slash.
    #[must_use]
    pub fn page(mut self, path: &str, html: impl Into<String>) -> Self {
        self.pages.push((path.to_owned(), html.into()));
        self
    }

    /// A header for each path that fits `pattern`, in which `*` stands for anything.
    ///
    /// It takes the place of a header that this server sends by itself. Patterns speak of the path
    /// below the subfolder, too: `/*.js` fits `/some/path/a.js`.
    #[must_use]
    pub fn header(mut self, pattern: &str, name: &str, value: &str) -> Self {
        let [pattern, name, value] = [pattern, name, value].map(|text| text.trim().to_owned());
        self.headers.push(HeaderRule { pattern, name, value });
        self
    }

    /// The rules of a `_headers` file: patterns at the start of a line, headers indented below.
    #[must_use]
    pub fn headers_file(mut self, text: &str) -> Self {
        let mut pattern = "";
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            if !line.starts_with([' ', '\t']) {
                pattern = line.trim();
            } else if let Some((name, value)) = line.split_once(':') {
                self = self.header(pattern, name, value);
            }
        }
        self
    }

    /// Runs a script in each HTML file before all of its own, and before its policy is read.
    #[must_use]
    pub fn first_script(mut self, script: &str) -> Self {
        self.first_script.push_str(script);
        self
    }

    /// Serves it on a free port.
    #[must_use]
    pub fn start(self) -> Site {
        Site::start(self)
    }

    pub(crate) const fn host(&self) -> &'static str {
        self.host
    }

    /// The type and content at a path, if anything is there.
    pub(crate) fn find(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        if let Some((_, html)) = self.pages.iter().find(|(known, _)| known == path) {
            return Some(("text/html; charset=utf-8", html.clone().into_bytes()));
        }
        let path = path.strip_prefix(SUBFOLDER).or_else(|| path.strip_prefix('/'))?;
        if self.missing.iter().any(|ending| path.ends_with(ending)) {
            return None;
        }
        let path = Path::new(path);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let mut file = self.folder.join(path);
        if file.is_dir() {
            file.push("index.html");
        }
        let kind = kind(&file);
        let bytes = std::fs::read(&file).ok()?;
        match kind.starts_with("text/html") && !self.first_script.is_empty() {
            true => Some((kind, self.with_script(&String::from_utf8_lossy(&bytes)).into_bytes())),
            false => Some((kind, bytes)),
        }
    }

    fn with_script(&self, html: &str) -> String {
        // Never before the type of the document, without which a page is laid out by older rules.
        let first = ["<head>", "<!doctype html>"].into_iter().find(|tag| html.contains(tag));
        let at = first.and_then(|tag| Some(html.find(tag)? + tag.len())).unwrap_or(0);
        let (before, after) = html.split_at(at);
        format!("{before}<script>{}</script>{after}", self.first_script)
    }

    /// The headers for a path, in which later rules win over earlier ones.
    pub(crate) fn headers_for(&self, path: &str) -> Vec<(&str, &str)> {
        let below = path.strip_prefix(SUBFOLDER).map(|rest| format!("/{rest}"));
        let fits = |pattern: &str| {
            fits(pattern, path) || below.as_deref().is_some_and(|path| fits(pattern, path))
        };
        let mut found: Vec<(&str, &str)> = Vec::new();
        for rule in self.headers.iter().filter(|rule| fits(&rule.pattern)) {
            found.retain(|(name, _)| !name.eq_ignore_ascii_case(&rule.name));
            found.push((&rule.name, &rule.value));
        }
        found
    }
}

/// Whether a path is what a pattern says.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut last = "";
    let mut any = false;
    for part in parts {
        (last, any) = (part, true);
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty() || (any && path.ends_with(last))
}

/// What a browser must be told a file is; WebAssembly and modules do not start without it.
fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt" | "csv" | "toml") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Plan, fits};
    use std::path::Path;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, path) in
            [("/*", "/"), ("/*.js", "/a/b.js"), ("/embed.js", "/embed.js"), ("/a*b*c", "/a1bbc")]
        {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("/*.js", "/a.json"), ("/embed.js", "/embed.jsx"), ("/", "/x"), ("*.css", "/a.js")]
        {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn the_last_header_of_a_name_is_sent() {
        let text =
            "# all\n/*\n  X-A: 1\n  Cache-Control: no-cache\n/*.js\n\tcache-control: max-age=9\n";
        let plan = Plan::of(Path::new("/")).headers_file(text);
        assert_eq!(plan.headers_for("/"), [("X-A", "1"), ("Cache-Control", "no-cache")]);
        let in_folder = plan.headers_for("/some/path/a.js");
        assert_eq!(in_folder, [("X-A", "1"), ("cache-control", "max-age=9")]);
    }
}
