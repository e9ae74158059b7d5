//! Where the project lies, and how other programs are called.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Command,
};

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where Cargo builds.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Where the errands install the tools that are missing, so that nothing else on the machine changes.
pub(crate) fn tool_folder() -> PathBuf {
    target().join("tools")
}

/// `PATH` with the project's own tools in front: those of npm and those of [`tool_folder`].
pub(crate) fn path() -> OsString {
    let own = [root().join("node_modules/.bin"), tool_folder().join("bin")];
    let old = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&old))).unwrap_or(old)
}

/// A program, called in the project's folder. It finds the project's tools first.
pub(crate) fn command(program: &str, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let found = which::which_in(program, Some(path()), root()).unwrap_or_else(|_| program.into());
    let mut command = Command::new(found);
    command.args(args).current_dir(root()).env("PATH", path());
    command
}

/// The Cargo that runs this errand.
pub(crate) fn cargo(args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let program = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    command(&program, args)
}

/// Whether a program is there.
pub(crate) fn has(program: &str) -> bool {
    which::which_in(program, Some(path()), root()).is_ok()
}

/// What a program prints, trimmed; nothing when it cannot be run or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
