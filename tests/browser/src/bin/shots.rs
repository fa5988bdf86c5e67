//! Writes pictures of the page into a folder: three widths, light and dark, whole pages.
//!
//! `cargo run -p browser-tests --bin shots -- FOLDER [QUERY]`, where a query is such as `?lev=20`.

use std::path::PathBuf;
use std::process::ExitCode;

use browser_tests::page::Page;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: shots FOLDER [QUERY]");
        return ExitCode::FAILURE;
    };
    let query = arguments.next().unwrap_or_default();
    if let Err(error) = std::fs::create_dir_all(&folder) {
        eprintln!("cannot make {}: {error}", folder.display());
        return ExitCode::FAILURE;
    }
    let page = Page::open(&query).await;
    for (scheme, width) in ["light", "dark"]
        .into_iter()
        .flat_map(|scheme| [360, 768, 1280].map(|width| (scheme, width)))
    {
        page.browser.set_size(width, 900).await;
        page.browser.set_media("screen", &[("prefers-color-scheme", scheme)]).await;
        page.visit(&query).await;
        let file = folder.join(format!("page-{width}-{scheme}.png"));
        if let Err(error) = std::fs::write(&file, page.browser.picture().await) {
            eprintln!("cannot write {}: {error}", file.display());
            return ExitCode::FAILURE;
        }
        println!("{}", file.display());
    }
    ExitCode::SUCCESS
}
