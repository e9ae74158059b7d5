//! The command line `santei`: calculate a visit, find a code, show it, pack official masters.

#[path = "santei/calc.rs"]
mod calc;
#[path = "santei/conformance.rs"]
mod conformance;
#[path = "santei/copay.rs"]
mod copay;
#[path = "santei/failure.rs"]
mod failure;
#[path = "santei/load.rs"]
mod load;
#[path = "santei/lookup.rs"]
mod lookup;
#[path = "santei/masters/mod.rs"]
mod masters;
#[path = "santei/pack.rs"]
mod pack;
#[path = "santei/reading.rs"]
mod reading;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

/// Japanese medical fees: codes, points and what the patient pays, by service date, with every yen explained.
#[derive(Parser)]
#[command(name = "santei", version, about, long_about = None, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 refused (the input, a file or a code has faults), 2 wrong usage";

#[derive(Subcommand)]
enum Command {
    /// Calculate the points and the patient's payment of an encounter in JSON.
    Calc(calc::Arguments),
    /// Work out what a patient pays in a month at one facility.
    Copay(copay::Arguments),
    /// Try worked examples with known answers: a line for each that differs, and how many passed.
    #[command(subcommand)]
    Conformance(conformance::Command),
    /// Find a code by itself or by part of a name, reading or generic name.
    Find(lookup::FindArguments),
    /// Show a code in every period in which it is known.
    Show(lookup::ShowArguments),
    /// Turn a folder of official master files into one pack.
    Pack(pack::Arguments),
    /// Look into official files and packs, compare them and check them.
    #[command(subcommand, after_help = masters::EXIT_CODES)]
    Masters(masters::Command),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = match cli.command {
        Command::Calc(arguments) => calc::run(&arguments, &mut out),
        Command::Copay(arguments) => copay::run(&arguments, &mut out),
        Command::Conformance(command) => conformance::run(&command, &mut out),
        Command::Find(arguments) => lookup::find(&arguments, &mut out),
        Command::Show(arguments) => lookup::show(&arguments, &mut out),
        Command::Pack(arguments) => pack::run(&arguments, &mut out),
        Command::Masters(command) => masters::run(&command, &mut out),
    };
    match done.and_then(|code| out.flush().map(|()| code).map_err(failure::Failure::from)) {
        Ok(code) => code,
        // The reader of a pipe has seen enough.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing is left to do when standard error is closed as well.
            let _ = writeln!(io::stderr(), "santei: {failure}");
            ExitCode::FAILURE
        }
    }
}
