//! The programs that the errands need, and how to get the missing ones from the package registries.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    report::{Outcome, Report, Step},
    run::{cargo, command, has, output, root, tool_folder},
};

/// What a step does.
type Work = fn(&Step) -> Result<Outcome>;

/// What building the npm package needs. Returns whether all of it is there.
pub(crate) fn for_package(report: &mut Report) -> bool {
    let steps: [(&str, Work); 4] = [
        ("tool: wasm32 target", wasm_target),
        ("tool: wasm-pack", wasm_pack),
        ("tool: wasm-bindgen", wasm_bindgen),
        ("tool: npm packages", npm_packages),
    ];
    // All of them, so that one run shows everything that is missing.
    steps.into_iter().fold(true, |ok, (name, work)| report.step(name, work) && ok)
}

fn wasm_target(step: &Step) -> Result<Outcome> {
    let triple = "wasm32-unknown-unknown";
    let folder = output(&mut command("rustc", ["--print", "target-libdir", "--target", triple]));
    if !folder.is_some_and(|folder| PathBuf::from(folder).is_dir()) {
        step.run(&mut command("rustup", ["target", "add", triple])).context(
            "the standard library for WebAssembly is missing; with rustup: `rustup target add wasm32-unknown-unknown`",
        )?;
    }
    Ok(Outcome::Passed)
}

/// Installs a program from crates.io into the project's own folder.
fn install(step: &Step, what: &[&str]) -> Result<()> {
    step.say("installing it from crates.io takes some minutes, once");
    let folder = tool_folder();
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let mut install = cargo(["install", "--root"]);
    install.arg(folder).args(what);
    // A target folder shared with the project would rebuild both for ever.
    install.env_remove("CARGO_TARGET_DIR");
    step.run(&mut install)
}

fn wasm_pack(step: &Step) -> Result<Outcome> {
    if !has("wasm-pack") {
        install(step, &["--locked", "wasm-pack"])?;
    }
    Ok(Outcome::Passed)
}

/// The command line of wasm-bindgen must be of exactly the version of the crate.
fn wasm_bindgen(step: &Step) -> Result<Outcome> {
    let wanted = locked_version("wasm-bindgen")?;
    let have = output(&mut command("wasm-bindgen", ["--version"]));
    if !have.is_some_and(|have| have.split_whitespace().any(|word| word == wanted)) {
        // Without --locked: its lock file names versions that were withdrawn.
        install(step, &["wasm-bindgen-cli", "--version", &wanted])?;
    }
    Ok(Outcome::Passed)
}

/// The version of a crate that Cargo.lock names.
fn locked_version(name: &str) -> Result<String> {
    let text = output(&mut cargo(["metadata", "--format-version", "1"])).context("`cargo metadata` failed")?;
    let metadata: serde_json::Value = serde_json::from_str(&text)?;
    let packages = metadata.get("packages").and_then(|packages| packages.as_array());
    let version = packages
        .and_then(|all| all.iter().find(|package| package.get("name").is_some_and(|found| found == name)))
        .and_then(|package| package.get("version")?.as_str());
    version.map(ToOwned::to_owned).with_context(|| format!("Cargo.lock has no {name}"))
}

fn npm_packages(step: &Step) -> Result<Outcome> {
    if !has("node") || !has("npm") {
        return Ok(Outcome::Missing("Node.js 20 or newer with npm is not installed".into()));
    }
    if !npm_ready() {
        step.run(&mut command("npm", ["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(Outcome::Passed)
}

/// Whether node_modules holds what package-lock.json names.
pub(crate) fn npm_ready() -> bool {
    let written = |file: &str| fs::metadata(root().join(file)).and_then(|meta| meta.modified()).ok();
    let installed = written("node_modules/.package-lock.json");
    installed.is_some() && installed >= written("package-lock.json")
}

/// Checks licences, sources and duplicates of the dependencies.
pub(crate) fn cargo_deny(step: &Step) -> Result<()> {
    if !has("cargo-deny") {
        install(step, &["--locked", "cargo-deny"])?;
    }
    Ok(())
}

/// A Chromium to test with: `CHROME`, or one on the PATH, or, where that may be done, Debian's.
pub(crate) fn chromium(step: &Step) -> Result<Option<PathBuf>> {
    if let Some(chosen) = env::var_os("CHROME") {
        let chosen = PathBuf::from(chosen);
        if !chosen.is_file() {
            bail!("CHROME names {}, which is no file", chosen.display());
        }
        return Ok(Some(chosen));
    }
    if let Some(found) = on_path() {
        return Ok(Some(found));
    }
    let root = output(&mut command("id", ["-u"])).is_some_and(|id| id == "0");
    if root && has("apt-get") {
        step.say("installing Debian's chromium");
        step.run(&mut command("apt-get", ["update"]))?;
        let wanted = ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"];
        step.run(command("apt-get", wanted).env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    Ok(on_path())
}

fn on_path() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
        .into_iter()
        .find_map(|name| which::which(name).ok())
}
