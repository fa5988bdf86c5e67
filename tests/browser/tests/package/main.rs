//! The package for JavaScript as a page uses it: served as plain files, under a strict policy, with the
//! same bytes as the headless commands.
//!
//! `PACKAGE_DIR` names the folder of the package, else it is the one that `cargo xtask package` makes.

mod folder;

use browser_tests::browser::Browser;
use browser_tests::site::Site;
use folder::{Folder, POLICY};
use margin_calculator::json;
use serde_json::Value;

/// Asks the package for everything in `lines.json`, as text and as objects.
const PAGE: &str = "
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
    const lines = await (await fetch('./lines.json')).json();
    try {
        const { evaluate, evaluateText, solve, solveText } = await import('./npm/web.js');
        const parsed = (line) => { try { return JSON.parse(line); } catch { return undefined; } };
        const answers = lines.map((line) => [
            evaluateText(line), JSON.stringify(evaluate(parsed(line))),
            solveText(line), JSON.stringify(solve(parsed(line))),
        ]);
        globalThis.answers = JSON.stringify(answers);
    } catch (error) {
        globalThis.failed = `${error.name}: ${error.message}`;
    }";

/// What the document of the format hands to the commands, a venue's account, and what is none.
fn lines() -> Vec<String> {
    let document = folder::document();
    let documented = document.split("echo '").skip(1).filter_map(|rest| rest.split('\'').next());
    let mut lines: Vec<String> = documented.map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "a scenario and a question");
    lines.push(
        r#"{"version":1,"id":"</script>\"","margin_mode":"cross","wallet_balance":"5000","markets":{"BTCUSDT":{"venue":"binance-usdm"}},"positions":[{"market":"BTCUSDT","side":"long","quantity":"0.5","entry_price":"60000","mark_price":"59000","leverage":"20"},{"market":"BTCUSDT","side":"short","quantity":"0.2","entry_price":"61000","mark_price":"59000","leverage":"20"}]}"#
            .to_owned(),
    );
    for none in ["", "<script>alert(1)</script>", r#"{"__proto__":{},"version":1}"#, "null"] {
        lines.push(none.to_owned());
    }
    lines
}

/// What the package must answer, from the same library natively: text and object for both functions.
fn expected(line: &str) -> [String; 4] {
    let is_json = serde_json::from_str::<Value>(line).is_ok();
    let of_object = |answer: String| if is_json { answer } else { json::unwritable() };
    let (report, solution) = (json::evaluate(line), json::solve(line));
    [report.clone(), of_object(report), solution.clone(), of_object(solution)]
}

async fn wait(browser: &Browser) -> Result<Vec<Vec<String>>, String> {
    let script = "return globalThis.answers ? ['answers', globalThis.answers]
        : globalThis.failed ? ['failed', globalThis.failed] : null";
    let said = browser.wait_until("the package answers", script).await;
    let text = said[1].as_str().expect("a text").to_owned();
    match said[0].as_str() {
        Some("answers") => Ok(serde_json::from_str(&text).expect("answers in a list")),
        _ => Err(text),
    }
}

#[tokio::test]
async fn a_page_gets_the_bytes_of_the_headless_commands() {
    let lines = lines();
    let folder = Folder::with_package(POLICY, PAGE, &lines);
    let site = Site::serve(folder.path());
    let browser = Browser::start().await;
    browser.go(&site.top_address()).await;
    let answers = wait(&browser).await.expect("the package starts under the policy");
    assert_eq!(answers.len(), lines.len());
    for (line, answers) in lines.iter().zip(&answers) {
        assert_eq!(answers[..], expected(line), "{line}");
    }
    assert!(answers[0][0].contains(r#""state":"at_price""#));
    assert!(answers[1][2].contains(r#""state":"found""#));
    assert_eq!(browser.ask_text("return globalThis.violations.join()").await, "");
    assert_eq!(browser.strangers(), [""; 0]);
    // Nothing but its own files is asked for: each once, and each is there.
    let asked = site.requests();
    let mut own: Vec<&str> =
        asked.iter().filter_map(|request| request.target.strip_prefix("/npm/")).collect();
    own.sort_unstable();
    assert_eq!(own, ["margin_calculator.js", "margin_calculator_bg.wasm", "web.js"]);
}

/// The policy is the browser's, not only the page's promise: without the word for WebAssembly nothing
/// starts, and whoever imports the package is told.
#[tokio::test]
async fn a_policy_without_webassembly_refuses_the_import() {
    let policy = POLICY.replace(" 'wasm-unsafe-eval'", "");
    assert_ne!(policy, POLICY);
    let folder = Folder::with_package(&policy, PAGE, &lines());
    let site = Site::serve(folder.path());
    let browser = Browser::start().await;
    browser.go(&site.top_address()).await;
    let failed = wait(&browser).await.expect_err("the policy forbids WebAssembly");
    assert!(failed.contains("Error"), "{failed}");
}

#[tokio::test]
async fn a_missing_program_refuses_the_import() {
    let folder = Folder::with_package(POLICY, PAGE, &lines());
    let site = Site::serve_without(folder.path(), ".wasm");
    let browser = Browser::start().await;
    browser.go(&site.top_address()).await;
    let failed = wait(&browser).await.expect_err("there is no program");
    assert!(failed.contains("Error"), "{failed}");
}

/// A question that takes a while is asked in a worker, which imports the package in the same way.
#[tokio::test]
async fn a_worker_gets_the_same_bytes() {
    let page = "
        const worker = new Worker('./worker.js', { type: 'module' });
        worker.onmessage = ({ data }) => { globalThis.answers = data; };
        worker.onerror = (event) => { globalThis.failed = `Error: ${event.message}`; };";
    let worker = format!("{PAGE}\npostMessage(globalThis.answers ?? globalThis.failed);");
    let lines = lines();
    let folder = Folder::with_package(POLICY, page, &lines);
    folder.write("worker.js", &worker);
    let site = Site::serve(folder.path());
    let browser = Browser::start().await;
    browser.go(&site.top_address()).await;
    let answers = wait(&browser).await.expect("the worker starts");
    for (line, answers) in lines.iter().zip(&answers) {
        assert_eq!(answers[..], expected(line), "{line}");
    }
}
