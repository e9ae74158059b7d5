//! `santei masters inspect`: what is in this folder?

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::Args;

use crate::{failure::Failure, reading};

use super::{found, json};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder with the official files, as published; folders in it are read too.
    folder: PathBuf,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let outcome = reading::folder(&arguments.folder)?;
    if outcome.files.is_empty() && outcome.faults.is_empty() {
        let message = format!("{}: there is no CSV, TXT or ZIP file in the folder", arguments.folder.display());
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
