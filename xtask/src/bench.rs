//! `cargo xtask bench`: measures natively and through the npm package, beside what one would use instead, and compares
//! with the targets.

mod figures;
mod lines;

use std::{fs, time::SystemTime};

use anyhow::{Context, Result};

use crate::{
    package,
    report::{Outcome, Report, Step},
    run::{cargo, command, root, target},
    tools,
};
use figures::Figures;

/// Measures and prints the table. Returns whether everything could be measured; a missed target is no failure, for the
/// machine is not always idle.
pub(crate) fn run(report: &mut Report) -> bool {
    let since = SystemTime::now();
    let folder = target().join("bench");
    let native = report.step("bench: native", |step| {
        step.say("some minutes; best while nothing else runs");
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        step.run(cargo(["bench", "--bench", "native"]).env("SANTEI_BENCH_FOLDER", &folder))?;
        Ok(Outcome::Passed)
    });
    let built = tools::for_package(report) && package::build(report);
    if native && built && report.step("bench: peers from npm", peers) {
        report.step("bench: Node", |step| {
            let mut node = command("node", [root().join("benches/node/run.mjs")]);
            step.run(node.arg(&folder))?;
            Ok(Outcome::Passed)
        });
    }
    print(&Figures::read(&target().join("criterion"), &folder.join("node.json"), since));
    report.finish()
}

fn peers(step: &Step) -> Result<Outcome> {
    // Not `npm ci`: it refuses a lock file that lacks the optional packages of other systems, which a registry may not have.
    let mut npm = command("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]);
    step.run(npm.current_dir(root().join("benches/node")))?;
    Ok(Outcome::Passed)
}

fn print(figures: &Figures) {
    let head = ["what", "Santei", "peer", "of the peer", "ratio", "must", "met"].map(str::to_owned);
    let mut table = vec![head];
    table.extend(lines::LINES.iter().map(|line| line.cells(figures)));
    let width = |column: usize| {
        table.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..7).map(width).collect();
    println!();
    for (place, row) in table.iter().enumerate() {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        println!("| {} |", cells.join(" | "));
        if place == 0 {
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            println!("| {} |", rules.join(" | "));
        }
    }
    for what in lines::NOT_MEASURED {
        println!("not measured: {what}");
    }
}
