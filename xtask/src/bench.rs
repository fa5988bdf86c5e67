//! How fast the page answers a slider, and how fast the core computes one report.

use crate::project::Project;
use crate::server::Server;
use crate::{Fallible, browser, build, process, tools};

/// Measures both and prints them beside what they should be.
pub fn run(project: &Project) -> Fallible<()> {
    let tools = tools::prepare(project)?;
    build::release(project, &tools)?;
    let core = ["build", "--release", "--package", "core-bench"];
    process::run(project.cargo().args(core))?;
    process::run(project.cargo().args(core).args(["--lib", "--target", tools::WASM]))?;

    // Nothing compiles from here on: both parts have the machine for themselves.
    println!("\nOne report of one position:");
    core_speed(project)?;
    let chrome = browser::find_chrome(project)?;
    let server = Server::start(&project.dist(), "/", 0)?;
    println!("\nA slider step, in milliseconds, in the release build:");
    process::run(project.script("latency.mjs").arg(server.address()).arg(chrome))
}

fn core_speed(project: &Project) -> Fallible<()> {
    let native = project.target.join("release").join("core-bench");
    let nanoseconds = process::read(&mut project.command(native))?;
    let module = project.target.join(tools::WASM).join("release").join("core_bench.wasm");
    let table = project.root.join("src/venue/tables/binance-usdm.csv");
    let mut script = project.script("core_speed.mjs");
    process::run(script.arg(module).arg(table).arg(nanoseconds.trim()))
}
