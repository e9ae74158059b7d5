//! `santei masters inspect`: what is in this folder?

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::Args;
use santei::master::{
    Fault,
    official::{Doubt, FileReport, PackOutcome},
    schema::TABLES,
};
use serde::Serialize;

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

#[derive(Serialize)]
struct Report<'a> {
    files: &'a [FileReport],
    masters: Vec<Joined>,
    faults: &'a [Fault],
    fault_count: u64,
    doubts: &'a [Doubt],
}

/// A master that the files give together.
#[derive(Serialize)]
struct Joined {
    table: &'static str,
    title: &'static str,
    rows: usize,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let outcome = reading::folder(&arguments.folder)?;
    if outcome.files.is_empty() && outcome.faults.is_empty() {
        let message = format!("{}: there is no CSV, TXT or ZIP file in the folder", arguments.folder.display());
        return Err(Failure::Other(message));
    }
    let masters = joined(&outcome);
    if arguments.json {
        let report = Report {
            files: &outcome.files,
            masters,
            faults: outcome.faults.list(),
            fault_count: outcome.faults.count(),
            doubts: &outcome.doubts,
        };
        json(&report, out)?;
    } else {
        reading::report(&outcome, out)?;
        write!(out, "{}", outcome.faults)?;
        for master in masters {
            writeln!(out, "{} ({}): {} rows with their periods", master.title, master.table, master.rows)?;
        }
        writeln!(out, "{} files, {} faults", outcome.files.len(), outcome.faults.count())?;
    }
    Ok(found(outcome.faults.is_empty()))
}

fn joined(outcome: &PackOutcome) -> Vec<Joined> {
    let masters = TABLES.iter().map(|table| Joined {
        table: table.name,
        title: table.title,
        rows: outcome.set.rows(table.kind).len(),
    });
    masters.filter(|master| master.rows > 0).collect()
}
