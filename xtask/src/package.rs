//! The calculator as a module for JavaScript: an ES module for Node, and one for pages.

use crate::project::Project;
use crate::tools::{self, Tools};
use crate::{Fallible, headless, process};
use std::path::PathBuf;

/// Builds the module for Node, and for pages beside it; the folder that holds both.
pub fn build(project: &Project, tools: &Tools) -> Fallible<PathBuf> {
    const NAME: &str = "margin_calculator_js.wasm";
    let mut cargo = headless::cargo(project, "build");
    cargo.args(["--locked", "--package", "margin-calculator-js", "--target", tools::WASM]);
    process::run(&mut cargo)?;
    let wasm = headless::folder(project, Some(tools::WASM)).join(NAME);
    let folder = project.target.join("package");
    for kind in ["experimental-nodejs-module", "web"] {
        let mut bindgen = tools.wasm_bindgen(project);
        bindgen.arg(&wasm).args(["--target", kind, "--out-name", "margin_calculator", "--out-dir"]);
        process::run(bindgen.arg(folder.join(kind)))?;
    }
    Ok(folder)
}
