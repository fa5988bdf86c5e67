//! Every check of the project, in the order in which a fault is cheapest to learn about.

use crate::browser::{Engine, Found};
use crate::licences;
use crate::project::Project;
use crate::tally::Tally;
use crate::{
    Fallible, browser, build, examples as programs, headless, package, process, size, tools,
};
use std::cell::{OnceCell, RefCell};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// How thorough the generated tests are.
#[derive(Clone, Copy, PartialEq)]
pub enum Depth {
    /// What each change gets.
    Usual,
    /// `LONG_TESTS=1`: as many generated cases as an evening allows.
    Long,
}

type Run = fn(&Session) -> Fallible<Tally>;

struct Check {
    /// The name for `--only`.
    name: &'static str,
    /// What it makes sure of.
    says: &'static str,
    /// Whether it runs tests that can be picked by name.
    has_tests: bool,
    run: Run,
}

const CHECKS: [Check; 14] = [
    one("fmt", "the code is formatted", fmt),
    one("alone", "the core knows nothing of the web", alone),
    one("clippy", "no lint in the core", clippy_core),
    one("clippy-app", "no lint in the page", clippy_app),
    one("clippy-tools", "no lint in the tools", clippy_tools),
    many("core", "tests of the core", core),
    many("examples", "the examples in its documentation", examples),
    one("docs", "no broken link in its documentation", docs),
    many("tools", "tests of these commands", own),
    many("package", "the calculator as a module for JavaScript", in_node),
    one("build", "the release build", page),
    one("size", "the first load is light", light),
    many("browser", "the release build in three browsers", in_browser),
    one("licences", "what reaches the reader may be used", licences),
];

const fn one(name: &'static str, says: &'static str, run: Run) -> Check {
    Check { name, says, has_tests: false, run }
}

const fn many(name: &'static str, says: &'static str, run: Run) -> Check {
    Check { name, says, has_tests: true, run }
}

/// What the checks of one run share.
struct Session<'a> {
    project: &'a Project,
    depth: Depth,
    filter: Option<&'a str>,
    build: OnceCell<Fallible<()>>,
    /// What the summary must say beside the counts.
    notes: RefCell<Vec<String>>,
}

/// Runs every check, or the one named, or only tests whose name contains `filter`.
pub fn run(
    project: &Project,
    depth: Depth,
    only: Option<&str>,
    filter: Option<&str>,
) -> Fallible<ExitCode> {
    let chosen: Vec<&Check> = CHECKS
        .iter()
        .filter(|check| only.is_none_or(|name| check.name == name))
        .filter(|check| filter.is_none() || check.has_tests)
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        let names = names.join(", ");
        return Err(format!("no check of that name takes part. There are: {names}."));
    }

    let session =
        Session { project, depth, filter, build: OnceCell::new(), notes: RefCell::default() };
    let mut rows = Vec::new();
    let mut total = Tally::default();
    for check in chosen {
        println!("\n=== {}: {}", check.name, check.says);
        let start = Instant::now();
        let tally = (check.run)(&session).unwrap_or_else(|message| {
            println!("{}: {message}", check.name);
            Tally::one(false)
        });
        let took = start.elapsed();
        total = total.plus(tally);
        println!("--- {}", row(check, tally, took));
        rows.push(row(check, tally, took));
    }

    println!("\n{}\n", rows.join("\n"));
    for note in session.notes.take() {
        println!("{note}");
    }
    if let (Some(filter), 0, 0) = (filter, total.passed, total.failed) {
        return Err(format!("no test has `{filter}` in its name."));
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row(check: &Check, tally: Tally, took: Duration) -> String {
    let Tally { passed, failed } = tally;
    let mark = if failed == 0 { "ok  " } else { "FAIL" };
    let seconds = took.as_secs_f64();
    format!("{mark} {:<13} {passed:>4} passed {failed:>3} failed {seconds:>7.1} s", check.name)
}

impl Session<'_> {
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = self.project.cargo();
        cargo.args(arguments);
        if self.depth == Depth::Long {
            cargo.env("LONG_TESTS", "1");
        }
        cargo
    }

    fn note(&self, sentence: String) {
        println!("--- {sentence}");
        self.notes.borrow_mut().push(sentence);
    }

    /// The release build, made once for all checks that look at it.
    fn built(&self) -> Fallible<()> {
        let make = || build::release(self.project, &tools::prepare(self.project)?);
        self.build.get_or_init(make).clone()
    }
}

/// A check that is one program, which is content or not.
fn whole(mut command: Command) -> Fallible<Tally> {
    process::run(&mut command)?;
    Ok(Tally::one(true))
}

/// A check that is a test runner, whose tests are counted; one without a test has failed.
fn counted(session: &Session, mut command: Command) -> Fallible<Tally> {
    let tally = runner(command.args(session.filter))?;
    match tally == Tally::default() && session.filter.is_none() {
        // Tests that are no longer found must not look like tests that pass.
        true => Err("not a single test was found.".to_owned()),
        false => Ok(tally),
    }
}

fn runner(command: &mut Command) -> Fallible<Tally> {
    let mut tally = Tally::default();
    let ended = process::watch(command, |line| {
        tally = tally.plus(Tally::of_line(line));
        true
    });
    match ended {
        // It failed without a failing test: the tests do not compile, or the runner broke.
        Err(message) if tally.failed == 0 => {
            println!("{message}");
            Ok(tally.plus(Tally::one(false)))
        }
        _ => Ok(tally),
    }
}

fn fmt(session: &Session) -> Fallible<Tally> {
    tools::component(session.project, "rustfmt", "fmt")?;
    whole(session.cargo(&["fmt", "--all", "--check"]))
}

/// The core must be usable, and auditable, without a browser: no web crate may reach it.
fn alone(session: &Session) -> Fallible<Tally> {
    const WEB: [&str; 5] = ["leptos", "web-sys", "wasm-bindgen", "js-sys", "gloo"];
    process::run(&mut session.cargo(&["check", "--lib", "--no-default-features"]))?;
    let arguments = ["tree", "--no-default-features", "-e", "normal", "--prefix", "none"];
    let tree = process::read(&mut session.cargo(&arguments))?;
    let mut names = tree.lines().filter_map(|line| line.split(' ').next());
    match names.find(|name| WEB.contains(name)) {
        None => Ok(Tally::one(true)),
        Some(name) => Err(format!(
            "the core depends on {name}; `cargo tree --no-default-features -i {name}` says how."
        )),
    }
}

fn clippy(session: &Session, what: &[&str]) -> Fallible<Tally> {
    tools::component(session.project, "clippy", "clippy")?;
    let mut clippy = session.cargo(&["clippy"]);
    // `--no-deps`: what one check says of the core, no other says again.
    clippy.args(what).args(["--no-deps", "--", "-D", "warnings"]);
    whole(clippy)
}

fn clippy_core(session: &Session) -> Fallible<Tally> {
    clippy(session, &["--no-default-features", "--all-targets"])
}

fn clippy_app(session: &Session) -> Fallible<Tally> {
    tools::wasm_target(session.project)?;
    clippy(session, &["--lib", "--bins", "--target", tools::WASM])
}

fn clippy_tools(session: &Session) -> Fallible<Tally> {
    clippy(session, &["--workspace", "--exclude", "margin-calculator", "--all-targets"])
}

fn core(session: &Session) -> Fallible<Tally> {
    let mut tests = match process::succeeds(&mut session.cargo(&["nextest", "--version"])) {
        true => session.cargo(&["nextest", "run", "--no-tests=pass"]),
        false => session.cargo(&["test", "--lib", "--bins", "--tests", "--examples"]),
    };
    tests.args(["--no-default-features", "--no-fail-fast"]);
    counted(session, tests)
}

fn examples(session: &Session) -> Fallible<Tally> {
    let mut tests = session.cargo(&["test", "--doc", "--no-default-features"]);
    // Unlike the others it may be empty: an example is written where a sentence does not do.
    let tally = runner(tests.args(session.filter))?;
    Ok(tally.plus(programs::run(session.project, session.filter)?))
}

fn docs(session: &Session) -> Fallible<Tally> {
    let mut docs = session.cargo(&["doc", "--no-deps", "--no-default-features"]);
    docs.env("RUSTDOCFLAGS", "-D warnings");
    whole(docs)
}

fn own(session: &Session) -> Fallible<Tally> {
    let mut tests = session.cargo(&["test", "--workspace", "--no-fail-fast"]);
    tests.args(["--exclude", "margin-calculator", "--exclude", "browser-tests"]);
    counted(session, tests)
}

/// In Node, packed and installed, against the headless commands: the same text for every line.
fn in_node(session: &Session) -> Fallible<Tally> {
    let tools = tools::prepare(session.project)?;
    let folder = package::build(session.project, &tools)?;
    package::report(session.project, &folder)?;
    let mut commands = headless::cargo(session.project, "build");
    commands.args(["--no-default-features", "--example", "evaluate", "--example", "solve"]);
    process::run(&mut commands)?;
    let mut tests = session.project.command("node");
    tests.arg(session.project.root.join("package").join("tests").join("all.mjs"));
    tests.arg(folder).arg(headless::folder(session.project, None).join("examples"));
    counted(session, tests)
}

fn page(session: &Session) -> Fallible<Tally> {
    session.built()?;
    Ok(Tally::one(true))
}

fn light(session: &Session) -> Fallible<Tally> {
    session.built()?;
    size::report(session.project)?;
    Ok(Tally::one(true))
}

/// In every engine that can be had, one after the other; which were run stands in the summary.
fn in_browser(session: &Session) -> Fallible<Tally> {
    session.built()?;
    package::build(session.project, &tools::prepare(session.project)?)?;
    let named = std::env::var("BROWSER").ok().filter(|name| !name.is_empty());
    let is_wanted = |engine: &Engine| named.as_deref().is_none_or(|name| name == engine.key());
    let engines: Vec<Engine> = Engine::ALL.into_iter().filter(is_wanted).collect();
    if let Some(name) = &named {
        session.note(format!("the tests ran in {name} alone, because BROWSER names it"));
    }
    if engines.is_empty() {
        return Err("BROWSER may be chromium, firefox or webkit.".to_owned());
    }
    process::run(&mut session.cargo(&[
        "run",
        "--package",
        "browser-tests",
        "--bin",
        "exceptions",
    ]))?;

    let mut total = Tally::default();
    for engine in engines {
        let start = Instant::now();
        let (name, seconds) = (engine.name(), || start.elapsed().as_secs());
        println!("\n--- in {name}");
        match in_engine(session, engine) {
            Ok(Some(tally)) => {
                total = total.plus(tally);
                let Tally { passed, failed } = tally;
                session.note(format!("{name}: {passed} passed, {failed} failed, {} s", seconds()));
            }
            Ok(None) => {}
            Err(message) => {
                println!("{message}");
                total = total.plus(Tally::one(false));
                session.note(format!("{name} FAILED to run"));
            }
        }
    }
    Ok(total)
}

/// The tests in one engine; nothing, if this machine has no such browser and need not have it.
fn in_engine(session: &Session, engine: Engine) -> Fallible<Option<Tally>> {
    let settings = match browser::find(session.project, engine)? {
        Found::Ready(settings) => settings,
        Found::Absent(why) => {
            session.note(format!("{} was NOT RUN: {why}", engine.name()));
            return Ok(None);
        }
    };
    let mut tests = session.cargo(&["test", "--package", "browser-tests", "--no-fail-fast"]);
    if engine != Engine::Chromium {
        // The tests of the tests themselves know no browser: once is enough.
        tests.args(["--test", "*"]);
    }
    tests
        // Not the optimised profile of the other tests: these wait for a browser, and what runs in
        // it is the release build. Compiling takes a quarter of the time.
        .args(["--profile", "dev", "--"])
        // One after the other: pages that share two processors would wait for each other.
        .arg("--test-threads=1")
        .env("BROWSER", engine.key())
        .env("DIST_DIR", session.project.dist())
        .env("PACKAGE_DIR", package::folder(session.project))
        .env("AXE_JS", session.project.node_modules().join("axe-core").join("axe.min.js"))
        .envs(settings);
    counted(session, tests).map(Some)
}

/// Needs cargo-deny, which is minutes to compile: taken if it is there, and passed over if not.
fn licences(session: &Session) -> Fallible<Tally> {
    let deny = session.project.root.join("deny.toml");
    let list =
        std::fs::read_to_string(&deny).map_err(|error| format!("{}: {error}", deny.display()))?;
    let mut tree = session.cargo(&["tree", "--target", "all", "--prefix", "none"]);
    tree.args(["--edges", "normal,build", "--format", "{p}|{l}"]);
    let tree = process::read(&mut tree)?;
    // Our own packages stand here with a path.
    let others: String =
        tree.lines().filter(|line| !line.contains("(/")).map(|line| format!("{line}\n")).collect();
    let refused = licences::refused(&others, &licences::allowed(&list));
    for package in &refused {
        println!("not in the list of deny.toml: {package}");
    }
    Ok(Tally::one(refused.is_empty()))
}
