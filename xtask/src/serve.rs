//! Shows the page on this machine.

use crate::build::Profile;
use crate::project::Project;
use crate::server::Server;
use crate::{Fallible, tools};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, ExitCode};

const USUAL_PORT: u16 = 8080;

/// Builds the page, serves it and builds it again whenever one of its files changes.
pub fn watch(project: &Project, port: Option<u16>, profile: Profile) -> Fallible<ExitCode> {
    let port = free_port(port)?;
    let tools = tools::prepare(project)?;
    let mut trunk = tools.trunk(project);
    trunk
        // The one warning of this part that is left is about a script that a later step minifies.
        .args(["--log", "info,trunk::processing::minify=error", "serve", "--port"])
        .arg(port.to_string())
        .args(profile.arguments())
        // Not `dist`: what is served reloads itself and must never be taken for the release build.
        .arg("--dist")
        .arg(project.target.join("serve"))
        .env_remove("SITE_URL");
    println!("The page will be at http://127.0.0.1:{port}/ once it is built (the first time takes");
    println!("a minute or two, then seconds). Stop with Ctrl+C.");
    hand_over(trunk)
}

/// Serves the release build as a plain web host would, under any path.
pub fn preview(project: &Project, port: Option<u16>, base: &str) -> Fallible<ExitCode> {
    let server = Server::start(&project.dist(), base, free_port(port)?)?;
    println!("dist is at {} (stop with Ctrl+C).", server.address());
    server.wait();
    Ok(ExitCode::SUCCESS)
}

/// The port asked for, which must be free; else the usual one or the next that is.
fn free_port(asked: Option<u16>) -> Fallible<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    match asked {
        Some(port) if is_free(&port) => Ok(port),
        Some(port) => Err(format!("port {port} is taken: choose another with --port.")),
        None => (USUAL_PORT..=USUAL_PORT + 20)
            .find(is_free)
            .ok_or_else(|| "ports 8080 to 8100 are all taken: choose one with --port.".to_owned()),
    }
}

/// Becomes that program, so that whoever stops `cargo xtask` stops it, too.
#[cfg(unix)]
fn hand_over(mut command: Command) -> Fallible<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(format!("Trunk could not be started: {}.", command.exec()))
}

/// Runs that program to its end.
#[cfg(not(unix))]
fn hand_over(mut command: Command) -> Fallible<ExitCode> {
    crate::process::run(&mut command)?;
    Ok(ExitCode::SUCCESS)
}
