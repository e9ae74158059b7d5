//! Builds the npm package: the engine twice as WebAssembly (the whole with the standard masters, and slim), the readers of the
//! published files as a third, their glue as ES modules and CommonJS, and the declarations for both.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    report::{Outcome, Report, Step},
    run::{command, root, target},
};

/// What newer than the first WebAssembly rustc's output uses; every engine since 2023 has it.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// For the fewest bytes.
const SMALL: &str = "-Oz";

/// One of the builds.
struct Build {
    name: &'static str,
    features: &'static str,
    profile: &'static str,
    /// For wasm-opt.
    level: &'static str,
}

/// Everything.
const SANTEI: Build = Build { name: "santei", features: "wasm-whole,standard", profile: "wasm", level: SMALL };
/// What a page that calculates visits and searches loads: small.
const SLIM: Build = Build { name: "slim", features: "wasm", profile: "wasm-slim", level: SMALL };
/// Loaded when somebody brings files: fast.
const READER: Build = Build { name: "reader", features: "reader", profile: "wasm-reader", level: "-O3" };

/// Builds everything in pkg/dist. Returns whether all steps passed.
pub(crate) fn build(report: &mut Report) -> bool {
    report.step("package: engine with standard masters", |step| webassembly(step, &SANTEI))
        && report.step("package: slim engine", |step| webassembly(step, &SLIM))
        && report.step("package: readers", |step| webassembly(step, &READER))
        && report.step("package: CommonJS and declarations", second_forms)
        && report.step("package: sizes", |step| {
            step.run(&mut command("node", ["tests/packaging/sizes.mjs"]))?;
            Ok(Outcome::Passed)
        })
}

fn dist() -> PathBuf {
    root().join("pkg/dist")
}

/// One build: wasm-pack, then binaryen's wasm-opt from npm.
fn webassembly(step: &Step, build: &Build) -> Result<Outcome> {
    let Build { name, features, profile, level } = build;
    let out = target().join("wasm-pack").join(name);
    let mut pack = command("wasm-pack", ["build", "--target", "web", "--profile", profile]);
    // The tools are there already; wasm-pack would download its own. Its package.json and .gitignore (`*`, which npm
    // obeys) are not wanted either.
    pack.args(["--mode", "no-install", "--no-opt", "--no-pack", "--no-gitignore", "--no-typescript"]);
    pack.arg("--out-name").arg(name).arg("--out-dir").arg(&out);
    pack.arg(root()).args(["--", "--no-default-features", "--features", features]);
    step.run(&mut pack)?;

    fs::create_dir_all(dist())?;
    let glue = format!("{name}.js");
    copy(&out.join(&glue), &dist().join(&glue))?;
    optimise(step, level, &out.join(format!("{name}_bg.wasm")), &dist().join(format!("{name}_bg.wasm")))?;
    Ok(Outcome::Passed)
}

/// wasm-opt takes a minute; it is left out when its input has not changed since the last time.
fn optimise(step: &Step, level: &str, from: &Path, to: &Path) -> Result<()> {
    let done = from.with_extension("optimised-from");
    let input = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    if to.is_file() && fs::read(&done).is_ok_and(|old| old == input) {
        return Ok(());
    }
    let mut opt = command("wasm-opt", [level, "--strip-producers", "--strip-target-features"]);
    if level == SMALL {
        // Functions of one caller stay apart: put together they are fewer bytes, but more of them when compressed.
        opt.arg("--one-caller-inline-max-function-size=40");
    }
    opt.args(FEATURES).arg(from).arg("-o").arg(to);
    step.run(&mut opt)?;
    fs::write(done, input)?;
    Ok(())
}

/// CommonJS twins of the ES modules that are shared, and `.d.cts` twins of the declarations.
fn second_forms(step: &Step) -> Result<Outcome> {
    let twins = [
        ("api.mjs", "api"),
        ("reader-api.mjs", "reader-api"),
        ("dist/santei.js", "santei"),
        ("dist/slim.js", "slim"),
        ("dist/reader.js", "reader"),
    ];
    for (from, to) in twins {
        let mut esbuild = command("esbuild", [root().join("pkg").join(from)]);
        esbuild.args(["--format=cjs", "--platform=node", "--target=node20", "--log-level=warning"]);
        // The glue's own idea of where its .wasm lies is never used: the entries always say.
        esbuild.arg("--define:import.meta.url=undefined");
        esbuild.arg(format!("--outfile={}", dist().join(to).with_extension("cjs").display()));
        step.run(&mut esbuild)?;
    }
    for name in ["api", "index", "node", "slim", "reader", "types"] {
        let from = root().join("pkg").join(name).with_extension("d.ts");
        let text = fs::read_to_string(&from).with_context(|| format!("cannot read {}", from.display()))?;
        fs::write(dist().join(name).with_extension("d.cts"), text.replace(".js\"", ".cjs\""))?;
    }
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let from = root().join(licence);
        if from.is_file() {
            copy(&from, &root().join("pkg").join(licence))?;
        }
    }
    Ok(Outcome::Passed)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}
