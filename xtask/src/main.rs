//! The project's own commands: `cargo xtask serve`, `build`, `preview`, `test`, `package` and `bench`.

mod apt;
mod arguments;
mod bench;
mod browser;
mod build;
mod check;
mod examples;
mod headers;
mod headless;
mod licences;
mod package;
mod process;
mod project;
mod serve;
mod server;
mod size;
mod tally;
mod tools;
mod versions;

use arguments::Arguments;
use project::Project;
use std::process::ExitCode;

/// What went wrong and what to do about it, as sentences for whoever typed the command.
type Fallible<T> = Result<T, String>;

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--port N] [--dev]            build the page, serve it, rebuild it when a file changes;
                                      --dev: unoptimised, with debug checks
  build [--site-url URL]              the release build, into dist/; URL goes into its social card
  preview [--port N] [--base /path/]  the release build, as a plain web host would serve it
  test [--long] [--only CHECK] [NAME] every check, or the one named; NAME picks tests by name;
                                      --long: many more generated cases
  package                             the calculator for JavaScript, into target/package/npm
  bench                               how fast a slider step, one report and accounts are
  size                                what a reader downloads, from the dist/ that is there

Everything these need beyond Rust and Node is installed into the project the first time.
";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    match run(&command, Arguments::new(words)) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("cargo xtask {command}: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str, mut arguments: Arguments) -> Fallible<ExitCode> {
    let project = Project::locate();
    match command {
        "serve" => {
            let port = arguments.port()?;
            let profile = match arguments.flag("--dev") {
                true => build::Profile::Debug,
                false => build::Profile::Release,
            };
            arguments.finish()?;
            serve::watch(&project, port, profile)
        }
        "build" => {
            let site_url = arguments.value("--site-url")?;
            arguments.finish()?;
            build::release_for(&project, &tools::prepare(&project)?, site_url.as_deref())?;
            // Too heavy is a failed check, not a failed build.
            size::report(&project).unwrap_or_else(|message| println!("{message}"));
            Ok(ExitCode::SUCCESS)
        }
        "preview" => {
            let port = arguments.port()?;
            let base = arguments.value("--base")?;
            arguments.finish()?;
            build::release(&project, &tools::prepare(&project)?)?;
            serve::preview(&project, port, base.as_deref().unwrap_or("/"))
        }
        "test" => {
            let depth = match arguments.flag("--long") {
                true => check::Depth::Long,
                false => check::Depth::Usual,
            };
            let only = arguments.value("--only")?;
            let filter = arguments.word();
            arguments.finish()?;
            check::run(&project, depth, only.as_deref(), filter.as_deref())
        }
        "package" => {
            arguments.finish()?;
            let folder = package::build(&project, &tools::prepare(&project)?)?;
            package::report(&project, &folder)?;
            Ok(ExitCode::SUCCESS)
        }
        "bench" => {
            arguments.finish()?;
            bench::run(&project)?;
            Ok(ExitCode::SUCCESS)
        }
        "size" => {
            arguments.finish()?;
            size::report(&project)?;
            Ok(ExitCode::SUCCESS)
        }
        "" | "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(format!("there is no such command.\n\n{HELP}")),
    }
}
