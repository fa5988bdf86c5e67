//! The accessibility checker axe-core, run inside the page.

use serde_json::Value;

use crate::browser::Browser;
use crate::places;

/// Checks the whole document and returns one line per rule broken.
///
/// The checker is handed over as source, not as a script element, which a page may forbid.
pub async fn violations(browser: &Browser) -> Vec<String> {
    if browser.ask("return !window.axe").await == Value::Bool(true) {
        let path = places::axe();
        let source = std::fs::read_to_string(&path).unwrap_or_else(|error| {
            panic!("cannot read {}: {error}; AXE_JS can name the file", path.display())
        });
        browser.ask(&source).await;
    }
    let script = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then(
            result => done(result.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes
                .map(n => n.target.join(' ') + ' (' + n.any.concat(n.all, n.none)
                    .map(c => c.message).join('; ') + ')').join(' | '))),
            error => done(['axe failed: ' + error]));";
    let found = browser.client.execute_async(script, Vec::new()).await.expect("axe answers");
    match found {
        Value::Array(lines) => {
            lines.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
        }
        other => panic!("axe gave {other}"),
    }
}
