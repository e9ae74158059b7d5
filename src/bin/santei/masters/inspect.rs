//! `santei masters inspect`: what is in these files?

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::Args;

use crate::{failure::Failure, reading};

use super::{found, json};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Folders with the official files, as published, or the files (CSV, TXT, XLSX or ZIP); folders in folders are read too.
    #[arg(required = true, value_name = "FOLDER OR FILE")]
    files: Vec<PathBuf>,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let outcome = reading::files(&arguments.files)?;
    if outcome.files.is_empty() && outcome.faults.is_empty() {
        let message = format!("{}: there is no CSV, TXT or ZIP file in the folder", reading::named(&arguments.files));
        return Err(Failure::Other(message));
    }
    if arguments.json {
        json(&outcome.report(), out)?;
    } else {
        reading::report(&outcome, out)?;
        write!(out, "{}", outcome.faults)?;
        for master in outcome.report().masters {
            writeln!(out, "{} ({}): {} rows with their periods", master.title, master.table, master.rows)?;
        }
        writeln!(out, "{} files, {} faults", outcome.files.len(), outcome.faults.count())?;
    }
    Ok(found(outcome.faults.is_empty()))
}
