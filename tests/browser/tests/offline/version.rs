//! Versions of the site: the one that was built, and others made from it as a later build would be.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs};

use browser_tests::browser::Browser;
use browser_tests::page::Page;
use browser_tests::places;
use browser_tests::plan::Plan;
use serde_json::Value;

/// A folder with a whole version of the site; it goes when dropped.
#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) folder: PathBuf,
}

impl Version {
    /// The site as it was built.
    pub(crate) fn built() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("version-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made");
        for entry in fs::read_dir(places::dist()).expect("dist can be read").flatten() {
            fs::copy(entry.path(), folder.join(entry.file_name())).expect("a file can be copied");
        }
        Self { folder }
    }

    /// A later version: another title, another second program, and no file of the first one's.
    ///
    /// The browser makes the hashes, so that no program for it is needed here.
    pub(crate) async fn later(browser: &Browser, title: &str) -> Self {
        let version = Self::built();
        let mut worker = version.read("sw.js");
        let share = version.named("share-", ".wasm");
        let moved = format!("share-{}.wasm", "0123456789abcdef");
        fs::rename(version.folder.join(&share), version.folder.join(&moved)).expect("it is there");
        let caller = version.named("share-", ".js");
        let code = version.read(&caller).replace(&share, &moved);
        fs::remove_file(version.folder.join(&caller)).expect("it is there");
        let called = format!("share-{}.js", "fedcba9876543210");
        version.write(&called, &code);
        worker = worker.replace(&share, &moved);
        worker = replaced_entry(&worker, &caller, &called, &sha384(browser, &code).await);

        let page = version.read("index.html");
        let page = page.replacen("<title>", &format!("<title>{title} "), 1);
        version.write("index.html", &page);
        worker = replaced_entry(&worker, "./", "./", &sha384(browser, &page).await);
        // The name of the version is the first string of sixteen digits.
        let name = worker.split('"').find(|part| is_version(part)).expect("it names its version");
        let (name, other) = (name.to_owned(), format!("{:0>16}", title.len()));
        version.write("sw.js", &worker.replace(&name, &other));
        version
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    /// The one file whose name starts and ends so.
    pub(crate) fn named(&self, start: &str, end: &str) -> String {
        let names = fs::read_dir(&self.folder).expect("the folder can be read").flatten();
        let mut names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let fits = |name: &String| name.starts_with(start) && name.ends_with(end);
        names.find(fits).unwrap_or_else(|| panic!("no {start}…{end} in the site"))
    }

    /// Address and hash of every file that the worker keeps.
    pub(crate) fn files(&self) -> Value {
        let worker = self.read("sw.js");
        let start = worker.find("[[").expect("the worker has a list");
        let end = start + worker[start..].find("]]").expect("the list ends") + 2;
        serde_json::from_str(&worker[start..end]).expect("the list is JSON")
    }
}

impl Drop for Version {
    fn drop(&mut self) {
        // It lies in the system's own place for temporary files.
        let _ = fs::remove_dir_all(Path::new(&self.folder));
    }
}

fn is_version(text: &str) -> bool {
    text.len() == 16 && text.chars().all(|letter| letter.is_ascii_hexdigit())
}

/// The worker's text with another address and hash in one row of its list.
fn replaced_entry(worker: &str, old: &str, new: &str, hash: &str) -> String {
    let (before, rest) = worker.split_once(&format!("[\"{old}\",")).expect("the file is listed");
    let (_, after) = rest.split_once(']').expect("the row ends");
    format!("{before}[\"{new}\",\"{hash}\"]{after}")
}

async fn sha384(browser: &Browser, text: &str) -> String {
    let script = "const done = arguments[1];
        crypto.subtle.digest('SHA-384', new TextEncoder().encode(arguments[0]))
            .then(hash => done('sha384-' + btoa(String.fromCharCode(...new Uint8Array(hash)))));";
    let hash = browser.client.execute_async(script, vec![text.into()]).await;
    hash.expect("a browser can make hashes").as_str().expect("a hash is text").to_owned()
}

/// What the offline line says, as seen.
pub(crate) async fn line(browser: &Browser) -> String {
    let script = "const seen = [...document.querySelectorAll('.offline > *')]
        .filter(e => e.checkVisibility({ visibilityProperty: true }));
        return seen.map(e => e.textContent.trim()).join(' | ')";
    browser.ask_text(script).await
}

/// Waits for the state that the root names.
pub(crate) async fn wait_for(browser: &Browser, state: &str) {
    let script = format!("return document.documentElement.dataset.offline === '{state}'");
    browser.wait_until(&format!("the page is `{state}`"), &script).await;
}

/// Opens the site for the first time, byte for byte as it was built: to follow the console of some
/// engines, [`Page::open`] puts a script into the page, which the worker then rightly refuses.
pub(crate) async fn first_visit(plan: Plan, query: &str) -> Page {
    let page = Page { browser: Browser::start().await, site: plan.start() };
    page.visit(query).await;
    page
}

/// The same for the site as it was built, until it is kept.
pub(crate) async fn opened(query: &str) -> Page {
    let page = first_visit(Plan::of(&places::dist()), query).await;
    wait_for(&page.browser, "ready").await;
    page
}

/// Which files of a version the page cannot have any more, byte for byte.
pub(crate) async fn lost(browser: &Browser, files: Value) -> String {
    let script = "const [files, done] = arguments;
        const ask = ([name, integrity]) => fetch(name, { integrity }).then(
            answer => answer.ok ? '' : name + ' ' + answer.status, error => name + ' ' + error);
        Promise.all(files.map(ask)).then(all => done(all.filter(Boolean).join(', ')));";
    let lost = browser.client.execute_async(script, vec![files]).await;
    lost.expect("the files are asked for").as_str().expect("a list of names").to_owned()
}

/// Of a version's files those that are named after their content.
pub(crate) fn hashed(files: Value) -> Value {
    let Value::Array(mut rows) = files else { panic!("the files are a list") };
    rows.retain(|row| row[0].as_str().is_some_and(|name| name.contains('-')));
    Value::Array(rows)
}

/// The names of what is kept.
pub(crate) async fn caches(browser: &Browser) -> Vec<String> {
    let script = "const done = arguments[0]; caches.keys().then(done);";
    let names =
        browser.client.execute_async(script, Vec::new()).await.expect("caches can be listed");
    serde_json::from_value(names).expect("names are text")
}
