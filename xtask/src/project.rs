//! Where the project's files are.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders every command works in.
pub struct Project {
    /// The folder of the workspace.
    pub root: PathBuf,
    /// Cargo's output folder.
    pub target: PathBuf,
}

impl Project {
    /// The project this program was compiled in: `cargo xtask` works from any folder inside it.
    pub fn locate() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.parent().unwrap_or(here).to_owned();
        // Joining an absolute path replaces the root.
        let target = root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
        Self { root, target }
    }

    /// The release build of the page.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Programs installed for this project alone.
    pub fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// Packages of the npm registry.
    pub fn node_modules(&self) -> PathBuf {
        self.root.join("node_modules")
    }

    /// The Cargo that started this program, in the project's folder.
    pub fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// One of the scripts in `xtask/node`.
    pub fn script(&self, name: &str) -> Command {
        let mut node = self.command("node");
        node.arg(self.root.join("xtask").join("node").join(name));
        node
    }

    /// Any program, in the project's folder.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }
}
