//! The project's own errands: `cargo xtask demo`, `cargo xtask test` and the smaller ones they are made of.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to people")]

mod bench;
mod demo;
mod fingerprint;
mod package;
mod report;
mod run;
mod test;
mod tools;
mod types;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::report::Report;

/// Build, try and test Santei.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything, calculate a visit, and serve the demo page. Installs what is missing.
    Demo(demo::Args),
    /// Run every check and test of the project. Ends with `N passed, N failed, N skipped`.
    Test,
    /// Measure beside what one would use instead, and print one table against the targets.
    Bench,
    /// Compare the engine with the slow second reading of the rules on 200,000 visits.
    Differential,
    /// Build the npm package in pkg/.
    Build,
    /// Write pkg/types.d.ts from the Rust types.
    Types,
    /// Write masters/FINGERPRINT.csv from the standard masters.
    Fingerprint,
}

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well.
fn run(command: &Command) -> Result<bool> {
    let mut report = Report::new()?;
    match command {
        Command::Demo(args) => return demo::run(args, &mut report),
        Command::Test => return Ok(test::run(&mut report)),
        Command::Bench => return Ok(bench::run(&mut report)),
        Command::Differential => test::differential(&mut report, &test::WHOLE),
        Command::Build => {
            let _ = tools::for_package(&mut report) && package::build(&mut report);
        }
        Command::Types => types::write(&mut report),
        Command::Fingerprint => fingerprint::write(&mut report),
    }
    Ok(report.ok())
}
