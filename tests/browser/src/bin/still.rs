//! Writes the page's opening state into `index.html`, for browsers without WebAssembly.
//!
//! `cargo run -p browser-tests --bin still` after a build; build again afterwards.
//! With `--check` it writes nothing and fails if the built page's still says something else.

use std::process::ExitCode;

use browser_tests::browser::Browser;
use browser_tests::page::Page;
use browser_tests::{places, still};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let result = match std::env::args().nth(1).as_deref() {
        None => write().await,
        Some("--check") => check().await,
        Some(other) => Err(format!("{other}? usage: still [--check]")),
    };
    match result {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn write() -> Result<String, String> {
    let file = places::source_page();
    let name = file.display();
    let document = std::fs::read_to_string(&file).map_err(|error| format!("{name}: {error}"))?;
    let picture = still::take(&Page::open("").await).await;
    let with_picture =
        still::insert(&document, &picture).map_err(|problem| format!("{name}: {problem}"))?;
    if with_picture == document {
        return Ok(format!("{name} already holds this picture"));
    }
    std::fs::write(&file, &with_picture).map_err(|error| format!("{name}: {error}"))?;
    Ok(format!(
        "{name}: {} bytes of still picture; build again",
        picture.len()
    ))
}

async fn check() -> Result<String, String> {
    match still::difference(Browser::start().await).await {
        None => Ok("the still picture says what the page says".into()),
        Some(difference) => Err(difference),
    }
}
