//! `santei claim`: what a claim file comes to, a file written, a claim shown.

mod files;
mod recompute;
mod show;
mod write;

use std::{io::Write, process::ExitCode};

use clap::Subcommand;

pub(crate) use files::{history, within};

use crate::failure::Failure;

pub(crate) const HELP: &str = "docs/claims.md describes the files and the results. Exit codes: 0 done, 1 something does \
    not agree or a file is refused, 2 wrong usage";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Recompute every claim of files and compare it line by line.
    #[command(after_help = HELP)]
    Recompute(recompute::Arguments),
    /// Write the claim file of a month from its visits and coverage.
    Write(write::Arguments),
    /// Show claims as a page in HTML, like the paper form, or as the patient's 領収証 and 明細書.
    Show(show::ShowArguments),
    /// Show the 領収証 and 明細書 of an encounter in JSON as a page in HTML.
    Receipt(show::ReceiptArguments),
}

pub(crate) fn run(command: &Command, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match command {
        Command::Recompute(arguments) => recompute::run(arguments, out),
        Command::Write(arguments) => write::run(arguments, out),
        Command::Show(arguments) => show::show(arguments, out),
        Command::Receipt(arguments) => show::receipt(arguments, out),
    }
}
