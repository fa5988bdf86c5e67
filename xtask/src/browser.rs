//! Finds Chromium and the driver that steers it, or installs both where that needs no question.

use crate::project::Project;
use crate::{Fallible, process};
use std::env;
use std::path::{Path, PathBuf};

/// A browser that tests may steer.
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// The chromedriver of the same version.
    pub driver: PathBuf,
}

/// Finds both, or installs them from the system's own packages.
pub fn find(project: &Project) -> Fallible<Browser> {
    if let (Some(chrome), Some(driver)) = (chrome(), driver()) {
        return Ok(Browser { chrome, driver });
    }
    let installed = install(project);
    match (chrome(), driver()) {
        (Some(chrome), Some(driver)) => Ok(Browser { chrome, driver }),
        (chrome, driver) => Err(missing(chrome, driver, installed.err())),
    }
}

/// Chromium or Chrome alone: the benchmark needs no driver.
pub fn find_chrome(project: &Project) -> Fallible<PathBuf> {
    match chrome() {
        Some(chrome) => Ok(chrome),
        None => find(project).map(|browser| browser.chrome),
    }
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
    for variable in ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"] {
        let folder = env::var_os(variable).map(PathBuf::from);
        places.extend(folder.map(|path| path.join(r"Google\Chrome\Application\chrome.exe")));
    }
    named_by(&["CHROME", "CHROME_BIN"])
        .or_else(|| names.into_iter().find_map(process::on_path))
        .or_else(|| places.into_iter().find(|file| file.is_file()))
}

fn driver() -> Option<PathBuf> {
    let folders =
        ["/usr/bin", "/usr/lib/chromium", "/usr/lib/chromium-browser", "/opt/homebrew/bin"];
    // Machines of a well-known CI name a folder in `CHROMEWEBDRIVER`.
    let ci = env::var_os("CHROMEWEBDRIVER").map(PathBuf::from);
    named_by(&["CHROMEDRIVER"])
        .or_else(|| process::in_folder(&ci?, "chromedriver"))
        .or_else(|| process::on_path("chromedriver"))
        .or_else(|| process::on_path("chromium.chromedriver"))
        .or_else(|| {
            folders.iter().find_map(|folder| process::in_folder(Path::new(folder), "chromedriver"))
        })
}

fn named_by(variables: &[&str]) -> Option<PathBuf> {
    let named = variables.iter().find_map(env::var_os).map(PathBuf::from);
    named.filter(|file| file.is_file())
}

/// Takes both from Debian's packages, if this user may install them without being asked.
fn install(project: &Project) -> Fallible<()> {
    const PACKAGES: [&str; 5] =
        ["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"];
    let Some(apt) = process::on_path("apt-get") else {
        return Err("there is no apt-get here.".to_owned());
    };
    let is_root = process::read(project.command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let apt_get = |arguments: &[&str]| {
        let mut command = match is_root {
            true => project.command(&apt),
            false => project.command("sudo"),
        };
        if !is_root {
            // `-n`: it fails instead of asking for a password.
            command.arg("-n").arg(&apt);
        }
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        process::run(&mut command)
    };
    if !is_root && !process::succeeds(project.command("sudo").args(["-n", "true"])) {
        return Err("this user may not install packages.".to_owned());
    }
    println!("Installing Chromium and its driver with apt-get (130 MB, about half a minute).");
    // A machine with old package lists needs new ones first; most do not.
    apt_get(&PACKAGES).or_else(|_| apt_get(&["update"]).and_then(|()| apt_get(&PACKAGES)))
}

fn missing(chrome: Option<PathBuf>, driver: Option<PathBuf>, tried: Option<String>) -> String {
    let what = match (chrome, driver) {
        (None, None) => "neither Chrome or Chromium nor chromedriver was".to_owned(),
        (None, Some(driver)) => {
            format!("{} is here, but no Chrome or Chromium was", driver.display())
        }
        (Some(chrome), _) => format!("{} is here, but no chromedriver was", chrome.display()),
    };
    let tried = tried.map(|why| format!(" Installing them failed: {why}")).unwrap_or_default();
    format!(
        "{what} found.{tried}\n\
         Debian, Ubuntu: sudo apt-get install chromium chromium-driver\n\
         Elsewhere: install Chrome, then the driver of the same version with\n  \
         npx @puppeteer/browsers install chromedriver@stable\n\
         and name what that printed: CHROMEDRIVER=/path/to/chromedriver\n\
         A browser in an unusual place: CHROME=/path/to/chrome"
    )
}
