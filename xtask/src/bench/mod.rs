//! How fast the page answers a slider, and how fast the core computes reports and accounts.

mod native;
mod table;

use crate::project::Project;
use crate::server::Server;
use crate::{Fallible, browser, build, headless, process, tools};
use native::Estimates;

/// Measures all of it and prints it beside what it should be.
pub fn run(project: &Project) -> Fallible<()> {
    let tools = tools::prepare(project)?;
    build::release(project, &tools)?;
    // One report as the page computes it, and accounts as the headless package does.
    let core = ["--package", "core-bench"];
    let wasm = ["--lib", "--target", tools::WASM];
    process::run(project.cargo().args(["build", "--release"]).args(core).args(wasm))?;
    process::run(headless::cargo(project, "build").args(core).args(wasm))?;
    process::run(headless::cargo(project, "build").args(core).args(["--bin", "core-bench"]))?;
    native::compile(project)?;

    // Nothing compiles from here on: each part has the machine for itself.
    println!("\nTiming the core natively (about two minutes).");
    let estimates = Estimates::measure(project)?;
    println!("\nOne report of one position:");
    one_report(project, &estimates)?;
    println!("\nAccounts:");
    accounts(project, &estimates)?;
    println!("\nLinear accounts of growing size, natively:");
    table::sizes(project, &estimates)?;
    println!(
        "\nA path of a million ticks while the position stays open, and going to one of 10,000 moments:"
    );
    path(project, &estimates)?;
    let chrome = browser::find_chrome(project)?;
    let server = Server::start(&project.dist(), "/", 0)?;
    println!("\nA slider step, in milliseconds, in the release build:");
    process::run(project.script("latency.mjs").arg(server.address()).arg(&chrome))?;
    println!("\nA start offline, in the release build:");
    process::run(project.script("offline_start.mjs").arg(project.dist()).arg(&chrome))?;
    println!("\nTen embeds on one page:");
    process::run(project.script("embed_memory.mjs").arg(project.dist()).arg(&chrome))
}

fn one_report(project: &Project, estimates: &Estimates) -> Fallible<()> {
    let page = project.target.join(tools::WASM).join("release").join("core_bench.wasm");
    let headless = headless::folder(project, Some(tools::WASM)).join("core_bench.wasm");
    let rules = project.root.join("src/venue/tables/binance-usdm.csv");
    // All 64 marks make one round.
    let nanoseconds = estimates.nanoseconds("one")? / 64.0;
    let mut script = project.script("core_speed.mjs");
    process::run(script.arg(page).arg(headless).arg(rules).arg(nanoseconds.to_string()))
}

fn accounts(project: &Project, estimates: &Estimates) -> Fallible<()> {
    let module = headless::folder(project, Some(tools::WASM)).join("core_bench.wasm");
    let mut script = project.script("account_speed.mjs");
    script.arg(module);
    for nanoseconds in estimates.group("case")? {
        script.arg((nanoseconds / 1000.0).to_string());
    }
    process::run(&mut script)
}

fn path(project: &Project, estimates: &Estimates) -> Fallible<()> {
    let page = project.target.join(tools::WASM).join("release").join("core_bench.wasm");
    let headless = headless::folder(project, Some(tools::WASM)).join("core_bench.wasm");
    let mut script = project.script("path_speed.mjs");
    let logs = project.root.join("xtask/core-bench/src/logs.txt");
    script.arg(page).arg(headless).arg(logs);
    // The last is a thousand moments.
    for (name, calls) in [("path", 1.0), ("waiting", 1.0), ("scrub", 1000.0)] {
        script.arg((estimates.nanoseconds(name)? / calls).to_string());
    }
    process::run(&mut script)
}
