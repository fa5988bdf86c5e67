//! Finds the browsers that tests steer, with their drivers, or installs them.

use crate::apt::Apt;
use crate::project::Project;
use crate::{Fallible, process, tools};
use std::env;
use std::path::{Path, PathBuf};

/// A browser engine that the tests know.
#[derive(Clone, Copy, PartialEq)]
pub enum Engine {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK.
    Webkit,
}

/// What the tests are told of a browser, as variables of the environment.
pub type Settings = Vec<(&'static str, PathBuf)>;

/// The outcome of looking for a browser.
pub enum Found {
    /// It is here.
    Ready(Settings),
    /// It is not here, cannot be had here, and is not needed: why.
    Absent(String),
}

impl Engine {
    /// All of them, in the order in which they are run.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// What the tests call it in `BROWSER`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::Webkit => "WebKitGTK",
        }
    }

    const fn packages(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Chromium => (&["chromium", "chromium-driver"], "130 MB"),
            Self::Firefox => (&["firefox-esr"], "80 MB"),
            Self::Webkit => (&["webkit2gtk-driver", "xvfb"], "60 MB"),
        }
    }

    /// What is here of it, and the name of what is missing.
    fn parts(self) -> Result<Settings, &'static str> {
        match self {
            Self::Chromium => Ok(vec![
                ("CHROME_BIN", chrome().ok_or("Chrome or Chromium")?),
                ("CHROMEDRIVER", chromedriver().ok_or("chromedriver")?),
            ]),
            Self::Firefox => Ok(vec![("FIREFOX_BIN", firefox().ok_or("Firefox")?)]),
            Self::Webkit => Ok(vec![
                ("WEBKITDRIVER", webkit_driver().ok_or("WebKitWebDriver")?),
                ("XVFB", named_or_on_path(&["XVFB"], &["Xvfb"]).ok_or("Xvfb")?),
            ]),
        }
    }
}

/// Finds a browser and its driver, or installs them from the system's own packages.
///
/// Where packages can be installed all three must be had. Elsewhere Chromium must be there.
pub fn find(project: &Project, engine: Engine) -> Fallible<Found> {
    let apt = Apt::find(project);
    match look(project, engine, apt.as_ref()) {
        Ok(settings) => Ok(Found::Ready(settings)),
        Err(why) if engine != Engine::Chromium && apt.is_err() => Ok(Found::Absent(why)),
        Err(why) => Err(format!("{why}\n{ADVICE}")),
    }
}

/// Chromium or Chrome alone: the benchmark needs no driver.
pub fn find_chrome(project: &Project) -> Fallible<PathBuf> {
    if chrome().is_none() {
        find(project, Engine::Chromium)?;
    }
    chrome().ok_or_else(|| format!("no Chrome or Chromium was found.\n{ADVICE}"))
}

fn look(project: &Project, engine: Engine, apt: Result<&Apt, &String>) -> Fallible<Settings> {
    let mut settings = match (engine.parts(), apt) {
        (Ok(settings), _) => settings,
        (Err(missing), Err(why)) => return Err(format!("no {missing} was found, and {why}.")),
        (Err(_), Ok(apt)) => {
            let (packages, size) = engine.packages();
            println!("Installing {} with apt-get ({size}, half a minute).", packages.join(" and "));
            apt.install(packages)?;
            engine.parts().map_err(|missing| format!("no {missing} was found."))?
        }
    };
    if engine == Engine::Firefox {
        // Debian packages no driver for it.
        settings.push((
            "GECKODRIVER",
            match named_by(&["GECKODRIVER"]) {
                Some(driver) => driver,
                None => tools::geckodriver(project)?,
            },
        ));
    }
    Ok(settings)
}

fn chrome() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let mut places: Vec<PathBuf> = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/usr/lib/chromium/chromium",
        "/snap/bin/chromium",
    ]
    .map(PathBuf::from)
    .into();
    places.extend(in_program_folders(r"Google\Chrome\Application\chrome.exe"));
    named_or_on_path(&["CHROME", "CHROME_BIN"], &names)
        .or_else(|| places.into_iter().find(|file| file.is_file()))
}

fn chromedriver() -> Option<PathBuf> {
    let folders =
        ["/usr/bin", "/usr/lib/chromium", "/usr/lib/chromium-browser", "/opt/homebrew/bin"];
    // Machines of a well-known CI name a folder in `CHROMEWEBDRIVER`.
    let ci = env::var_os("CHROMEWEBDRIVER").map(PathBuf::from);
    named_by(&["CHROMEDRIVER"])
        .or_else(|| process::in_folder(&ci?, "chromedriver"))
        .or_else(|| named_or_on_path(&[], &["chromedriver", "chromium.chromedriver"]))
        .or_else(|| {
            folders.iter().find_map(|folder| process::in_folder(Path::new(folder), "chromedriver"))
        })
}

fn firefox() -> Option<PathBuf> {
    let mut places = vec![PathBuf::from("/Applications/Firefox.app/Contents/MacOS/firefox")];
    places.extend(in_program_folders(r"Mozilla Firefox\firefox.exe"));
    named_or_on_path(&["FIREFOX_BIN"], &["firefox-esr", "firefox"])
        .or_else(|| places.into_iter().find(|file| file.is_file()))
}

fn webkit_driver() -> Option<PathBuf> {
    named_or_on_path(&["WEBKITDRIVER"], &["WebKitWebDriver"])
}

fn in_program_folders(file: &'static str) -> impl Iterator<Item = PathBuf> {
    let variables = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].into_iter();
    variables.filter_map(env::var_os).map(move |folder| PathBuf::from(folder).join(file))
}

fn named_or_on_path(variables: &[&str], names: &[&str]) -> Option<PathBuf> {
    named_by(variables).or_else(|| names.iter().find_map(|name| process::on_path(name)))
}

fn named_by(variables: &[&str]) -> Option<PathBuf> {
    let named = variables.iter().find_map(env::var_os).map(PathBuf::from);
    named.filter(|file| file.is_file())
}

const ADVICE: &str = "\
Debian, Ubuntu: sudo apt-get install chromium chromium-driver firefox-esr webkit2gtk-driver xvfb
Elsewhere: install Chrome, then the driver of the same version with
  npx @puppeteer/browsers install chromedriver@stable
and name what that printed: CHROMEDRIVER=/path/to/chromedriver
Browsers in unusual places: CHROME=/path/to/chrome, FIREFOX_BIN=/path/to/firefox";
