//! The command line `santei`: calculate a visit, find a code, show it, pack official masters.

#[path = "santei/batch.rs"]
mod batch;
#[path = "santei/calc.rs"]
mod calc;
#[path = "santei/check.rs"]
mod check;
#[path = "santei/claim/mod.rs"]
mod claim;
#[path = "santei/codes.rs"]
mod codes;
#[path = "santei/codes_table.rs"]
mod codes_table;
#[path = "santei/compare.rs"]
mod compare;
#[path = "santei/conformance.rs"]
mod conformance;
#[path = "santei/copay.rs"]
mod copay;
#[path = "santei/failure.rs"]
mod failure;
#[path = "santei/fhir.rs"]
mod fhir;
#[path = "santei/jsonl/mod.rs"]
mod jsonl;
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
#[path = "santei/validate.rs"]
mod validate;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    /// Calculate many encounters, one on each line of a file, on all cores.
    #[command(after_help = batch::HELP)]
    Batch(batch::Arguments),
    /// Calculate the same encounters under two revisions of the fee schedule and show what changes.
    #[command(after_help = compare::HELP)]
    Compare(compare::Arguments),
    /// Work out what a patient pays in a month at one facility.
    Copay(copay::Arguments),
    /// Check monthly claim files (UKE): structure, numbers, codes, sums.
    #[command(after_help = check::HELP)]
    Check(check::Arguments),
    /// Recompute, write and show monthly claim files (UKE).
    #[command(subcommand, after_help = claim::HELP)]
    Claim(claim::Command),
    /// Try worked examples with known answers: a line for each that differs, and how many passed.
    #[command(subcommand)]
    Conformance(conformance::Command),
    /// Find a code by itself or by part of a name, reading or generic name.
    Find(lookup::FindArguments),
    /// Show a code in every period in which it is known.
    Show(lookup::ShowArguments),
    /// Compose a disease's name of codes, read a typed name as codes, follow codes that were given up.
    #[command(subcommand, after_help = codes::HELP)]
    Disease(codes::Disease),
    /// Show a drug by any of its codes: receipt code, YJ, price list, HOT, JAN or GTIN, generic name.
    #[command(after_help = codes::HELP)]
    Drug(codes::Code),
    /// Show a laboratory item by its JLAC10 or JLAC11 code, or the items of a procedure.
    #[command(after_help = codes::HELP)]
    Lab(codes::Code),
    /// Show the procedures of an item of the fee schedule (区分番号), such as A001 or "D007 1".
    #[command(after_help = codes::HELP)]
    Item(codes::Code),
    /// Show the comments that a procedure or a drug asks for.
    #[command(after_help = codes::HELP)]
    Comments(codes::Code),
    /// Show a comment, or check its value and put its text together.
    #[command(after_help = codes::HELP)]
    Comment(codes::CommentArguments),
    /// Say whether codes are valid in their system on a day; if not, why, and what to write instead.
    #[command(after_help = validate::HELP)]
    Validate(validate::Arguments),
    /// Ask the masters by the operations of FHIR terminology: $lookup, $validate-code, $translate and $expand.
    #[command(after_help = fhir::HELP)]
    Fhir(fhir::Arguments),
    /// Turn official master files, in folders or as they are, into one pack.
    Pack(pack::Arguments),
    /// Look into official files and packs, compare them and check them.
    #[command(subcommand, after_help = masters::EXIT_CODES)]
    Masters(masters::Command),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        // Their threads write to standard output by turns.
        Command::Batch(arguments) => batch::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Calc(arguments) => printing(|out| calc::run(&arguments, out)),
        Command::Copay(arguments) => printing(|out| copay::run(&arguments, out)),
        Command::Check(arguments) => check::run(&arguments),
        Command::Claim(command) => printing(|out| claim::run(&command, out)),
        Command::Conformance(command) => printing(|out| conformance::run(&command, out)),
        Command::Find(arguments) => printing(|out| lookup::find(&arguments, out)),
        Command::Show(arguments) => printing(|out| lookup::show(&arguments, out)),
        Command::Disease(command) => printing(|out| codes::disease(&command, out)),
        Command::Drug(arguments) => printing(|out| codes::drug(&arguments, out)),
        Command::Lab(arguments) => printing(|out| codes::lab(&arguments, out)),
        Command::Item(arguments) => printing(|out| codes::item(&arguments, out)),
        Command::Comments(arguments) => printing(|out| codes::comments(&arguments, out)),
        Command::Comment(arguments) => printing(|out| codes::comment(&arguments, out)),
        Command::Validate(arguments) => printing(|out| validate::run(&arguments, out)),
        Command::Fhir(arguments) => printing(|out| fhir::run(&arguments, out)),
        Command::Pack(arguments) => printing(|out| pack::run(&arguments, out)),
        Command::Masters(command) => printing(|out| masters::run(&command, out)),
    };
    match done {
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

/// Runs a command that prints.
fn printing(
    command: impl FnOnce(&mut io::BufWriter<io::StdoutLock<'static>>) -> Result<ExitCode, failure::Failure>,
) -> Result<ExitCode, failure::Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = command(&mut out)?;
    out.flush()?;
    Ok(code)
}
