//! Builds the npm package: the engine twice as WebAssembly (with and without the standard masters), its glue as ES
//! modules and CommonJS, and the declarations for both.

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

/// Builds everything in pkg/dist. Returns whether all steps passed.
pub(crate) fn build(report: &mut Report) -> bool {
    report.step("package: engine with standard masters", |step| engine(step, "santei", "wasm,standard"))
        && report.step("package: slim engine", |step| engine(step, "slim", "wasm"))
        && report.step("package: CommonJS and declarations", second_forms)
        && report.step("package: sizes", |step| {
            step.run(&mut command("node", ["tests/packaging/sizes.mjs"]))?;
            Ok(Outcome::Passed)
        })
}

fn dist() -> PathBuf {
    root().join("pkg/dist")
}

/// One build of the engine: wasm-pack, then binaryen's wasm-opt from npm.
fn engine(step: &Step, name: &str, features: &str) -> Result<Outcome> {
    let out = target().join("wasm-pack").join(name);
    let mut pack = command("wasm-pack", ["build", "--target", "web", "--profile", "wasm"]);
    // The tools are there already; wasm-pack would download its own. Its package.json and .gitignore (`*`, which npm
    // obeys) are not wanted either.
    pack.args(["--mode", "no-install", "--no-opt", "--no-pack", "--no-gitignore", "--no-typescript"]);
    pack.arg("--out-name").arg(name).arg("--out-dir").arg(&out);
    pack.arg(root()).args(["--", "--no-default-features", "--features", features]);
    step.run(&mut pack)?;

    fs::create_dir_all(dist())?;
    let glue = format!("{name}.js");
    copy(&out.join(&glue), &dist().join(&glue))?;
    optimise(step, &out.join(format!("{name}_bg.wasm")), &dist().join(format!("{name}_bg.wasm")))?;
    Ok(Outcome::Passed)
}

/// wasm-opt takes a minute; it is left out when its input has not changed since the last time.
fn optimise(step: &Step, from: &Path, to: &Path) -> Result<()> {
    let done = from.with_extension("optimised-from");
    let input = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    if to.is_file() && fs::read(&done).is_ok_and(|old| old == input) {
        return Ok(());
    }
    let mut opt = command("wasm-opt", ["-Oz", "--strip-producers", "--strip-target-features"]);
    opt.args(FEATURES).arg(from).arg("-o").arg(to);
    step.run(&mut opt)?;
    fs::write(done, input)?;
    Ok(())
}

/// CommonJS twins of the ES modules that are shared, and `.d.cts` twins of the declarations.
fn second_forms(step: &Step) -> Result<Outcome> {
    for (from, to) in [("api.mjs", "api"), ("dist/santei.js", "santei"), ("dist/slim.js", "slim")] {
        let mut esbuild = command("esbuild", [root().join("pkg").join(from)]);
        esbuild.args(["--format=cjs", "--platform=node", "--target=node20", "--log-level=warning"]);
        // The glue's own idea of where its .wasm lies is never used: the entries always say.
        esbuild.arg("--define:import.meta.url=undefined");
        esbuild.arg(format!("--outfile={}", dist().join(to).with_extension("cjs").display()));
        step.run(&mut esbuild)?;
    }
    for name in ["api", "index", "node", "slim", "types"] {
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
