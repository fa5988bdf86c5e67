//! A site of a few files with the package beside them, as somebody would put it on a static host.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, process};

/// All that the package needs, a worker, and an empty icon, which some browsers ask for unasked.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     connect-src 'self'; worker-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The document of the scenario format.
pub(crate) fn document() -> String {
    let path = repository().join("docs/scenario-format.md");
    fs::read_to_string(path).expect("the document is in the repository")
}

fn package() -> PathBuf {
    let named = env::var_os("PACKAGE_DIR").map(PathBuf::from);
    let package = named.unwrap_or_else(|| repository().join("target/package/npm"));
    let is_there = package.join("web.js").is_file();
    assert!(is_there, "no package in {}: run `cargo xtask package` first", package.display());
    package
}

/// A folder that is removed when dropped.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The package in `npm/`, the lines as JSON, and a page with this policy and this module.
    pub(crate) fn with_package(policy: &str, module: &str, lines: &[String]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("package-{}-{number}", process::id()));
        fs::create_dir_all(path.join("npm")).expect("a folder can be made");
        let folder = Self(path);
        for entry in fs::read_dir(package()).expect("the package is readable") {
            let file = entry.expect("the package is readable").path();
            if file.is_file() {
                let name = file.file_name().expect("a file has a name");
                fs::copy(&file, folder.0.join("npm").join(name)).expect("files can be copied");
            }
        }
        let page = format!(
            "<!doctype html><meta charset=\"utf-8\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
             <link rel=\"icon\" href=\"data:,\"><title>Package</title>\
             <script type=\"module\" src=\"./page.js\"></script>"
        );
        folder.write("index.html", &page);
        folder.write("page.js", module);
        folder.write("lines.json", &serde_json::to_string(lines).expect("text is JSON"));
        folder
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file can be written");
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in a folder for temporary files harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}
