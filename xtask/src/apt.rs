//! Installing from Debian's packages, where that needs no question.

use crate::project::Project;
use crate::{Fallible, process};
use std::process::Command;

/// An `apt-get` that this user may use.
pub struct Apt<'a> {
    project: &'a Project,
    is_root: bool,
}

impl<'a> Apt<'a> {
    /// Why packages cannot be installed here, if they cannot.
    pub fn find(project: &'a Project) -> Fallible<Self> {
        if process::on_path("apt-get").is_none() {
            return Err("there is no apt-get here".to_owned());
        }
        let is_root =
            process::read(project.command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
        // `-n`: it fails instead of asking for a password.
        if !is_root && !process::succeeds(project.command("sudo").args(["-n", "true"])) {
            return Err("this user may not install packages".to_owned());
        }
        Ok(Self { project, is_root })
    }

    /// Installs packages, and nothing that they merely recommend.
    pub fn install(&self, packages: &[&str]) -> Fallible<()> {
        let install = ["install", "-y", "--no-install-recommends"];
        let install = || process::run(self.command().args(install).args(packages));
        // A machine with old package lists needs new ones first; most do not.
        install().or_else(|_| process::run(self.command().arg("update")).and_then(|()| install()))
    }

    fn command(&self) -> Command {
        let mut command = match self.is_root {
            true => self.project.command("apt-get"),
            false => self.project.command("sudo"),
        };
        if self.is_root {
            command.env("DEBIAN_FRONTEND", "noninteractive");
        } else {
            command.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        command
    }
}
