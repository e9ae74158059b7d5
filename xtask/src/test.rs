//! `cargo xtask test`: every check and test of the project, cheap ones first.

use std::{fs, process::Command};

use anyhow::Result;

use crate::{
    demo, package,
    report::{Outcome, Report, Step},
    run::{cargo, command, root},
    tools,
};

/// The WebAssembly builds: the whole engine, the slim one, and the readers.
const WASM: [(&str, &str); 3] = [
    ("clippy: WebAssembly, engine", "wasm-whole,standard"),
    ("clippy: WebAssembly, slim", "wasm"),
    ("clippy: WebAssembly, readers", "reader"),
];
const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// Runs everything; returns whether nothing failed.
pub(crate) fn run(report: &mut Report) -> bool {
    let built = tools::for_package(report);
    let npm = tools::npm_ready();

    only(report, "format: Rust", || cargo(["fmt", "--all", "--check"]));
    if npm {
        only(report, "format and lint: JavaScript", || command("biome", ["ci", "--colors=off"]));
    }
    clippy(report);
    native(report);
    differential(report, &PART);
    report.step("licences and sources: cargo-deny", |step| {
        tools::cargo_deny(step)?;
        step.run(&mut cargo(["deny", "--all-features", "check", "licenses", "bans", "sources"]))?;
        Ok(Outcome::Passed)
    });
    if built && package::build(report) {
        npm_package(report);
    } else {
        report.step("npm package and demo page", |_| Ok(Outcome::Missing("the package could not be built".into())));
    }
    report.finish()
}

fn clippy(report: &mut Report) {
    only(report, "clippy: all targets", || {
        let mut clippy = cargo(["clippy", "--workspace", "--all-targets", "--features", "ts"]);
        clippy.args(DENY_WARNINGS);
        clippy
    });
    only(report, "clippy: no default features", || {
        let mut clippy = cargo(["clippy", "--lib", "--no-default-features"]);
        clippy.args(DENY_WARNINGS);
        clippy
    });
    for (name, features) in WASM {
        only(report, name, || {
            let mut clippy = cargo(["clippy", "--lib", "--target", "wasm32-unknown-unknown"]);
            clippy.args(["--no-default-features", "--features", features]).args(DENY_WARNINGS);
            clippy
        });
    }
}

fn native(report: &mut Report) {
    // What a passing test prints is shown too: a test that skips something says so.
    only(report, "tests: native", || {
        cargo(["test", "--workspace", "--all-targets", "--features", "ts", "--no-fail-fast", "--", "--show-output"])
    });
    only(report, "tests: documentation", || cargo(["test", "--workspace", "--doc"]));
    only(report, "documentation", || {
        let mut doc = cargo(["doc", "--no-deps", "--lib", "--package", "santei"]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        doc
    });
}

/// How much is drawn for the comparison with the second readings.
pub(crate) struct Draws {
    visits: &'static str,
    months: &'static str,
}

/// What every test run takes; `cargo xtask differential` takes [`WHOLE`].
const PART: Draws = Draws { visits: "60000", months: "150000" };
pub(crate) const WHOLE: Draws = Draws { visits: "200000", months: "1000000" };

/// The comparison with the second readings, built to be fast.
pub(crate) fn differential(report: &mut Report, draws: &Draws) {
    let proof = |test: &str, filter: &[&str]| {
        let mut proof = cargo(["test", "--profile", "proof", "--test", test, "--"]);
        proof.args(filter).env("SANTEI_VISITS", draws.visits).env("SANTEI_MONTHS", draws.months);
        proof
    };
    only(report, "second reading: what is charged", || proof("differential", &["--ignored", "--show-output"]));
    only(report, "second reading: what the patient pays", || proof("copay_second", &["--ignored", "--show-output"]));
    only(report, "second reading: what a search finds", || proof("lookup", &["--show-output"]));
    only(report, "as much as the engine takes at once", || proof("property", &["bounds::", "--show-output"]));
}

fn npm_package(report: &mut Report) {
    // Ignored in an ordinary `cargo test`, which must not need a built package.
    only(report, "tests: native and WebAssembly give the same bytes", || {
        cargo(["test", "--test", "same_bytes", "--test", "same_hits", "--", "--ignored", "--show-output"])
    });
    only(report, "example: a visit in Node", || command("node", ["examples/statement.mjs", "examples/visit.json"]));
    only(report, "tests: npm package", || node_tests("tests/packaging/"));
    if demo::page(report) {
        report.step("tests: demo page in Chromium", browser);
    }
}

fn browser(step: &Step) -> Result<Outcome> {
    let Some(chromium) = tools::chromium(step)? else {
        return Ok(Outcome::Missing("no Chromium: set CHROME to one, or install it".into()));
    };
    step.run(node_tests("tests/browser/").env("CHROME", chromium))?;
    Ok(Outcome::Passed)
}

fn node_tests(folder: &str) -> Command {
    // Named files: Node expands a pattern from version 21 on only.
    let entries = fs::read_dir(root().join(folder)).into_iter().flatten().flatten();
    let mut files: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .map(|name| format!("{folder}{name}"))
        .collect();
    files.sort();
    let mut node = command("node", ["--test", "--test-reporter=spec"]);
    node.args(files);
    node
}

/// A step of one command.
fn only(report: &mut Report, name: &str, command: impl FnOnce() -> Command) -> bool {
    report.step(name, |step| {
        step.run(&mut command())?;
        Ok(Outcome::Passed)
    })
}
