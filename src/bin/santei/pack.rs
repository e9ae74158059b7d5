//! `santei pack`: a folder of official master files in, one pack out.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use santei::master::official::{PackOutcome, Progress, pack_folder};

use crate::{calc::plain_table, failure::Failure};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder with the official files (CSV, TXT or ZIP, as published); folders in it are read too.
    folder: PathBuf,
    /// The pack to write.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Write the pack even when files have faults; rows with a fault are left out.
    #[arg(long)]
    keep_going: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let outcome = read(&arguments.folder)?;
    report(&outcome, out)?;
    if !outcome.faults.is_empty() {
        write!(out, "{}", outcome.faults)?;
        if !arguments.keep_going {
            writeln!(out, "{} faults: no pack is written (--keep-going leaves the rows out)", outcome.faults.count())?;
            return Ok(ExitCode::FAILURE);
        }
    }
    if outcome.set.is_empty() {
        let message = format!("{}: no master was found in the folder", arguments.folder.display());
        return Err(Failure::Other(message));
    }
    let bytes = outcome.set.write()?;
    fs::write(&arguments.output, &bytes).map_err(|error| Failure::File {
        path: arguments.output.clone(),
        error,
        help: "give a file that can be written with -o",
    })?;
    writeln!(out, "{}: {} bytes", arguments.output.display(), bytes.len())?;
    Ok(ExitCode::SUCCESS)
}

fn read(folder: &Path) -> Result<PackOutcome, Failure> {
    // The bar draws on standard error, and only when that is a terminal.
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        bar.set_style(style);
    }
    let outcome = pack_folder(folder, &mut |progress| {
        match progress {
            Progress::Reading { file, bytes } => bar.set_message(format!("{file} ({} KB)", bytes / 1024)),
            Progress::Read { report } => bar.println(format!("{}: {} rows", report.file, report.rows)),
            Progress::Joining { kind, editions } => bar.set_message(format!("{kind}: {editions} editions")),
        }
        bar.tick();
    });
    bar.finish_and_clear();
    outcome.map_err(|error| Failure::File {
        path: folder.to_path_buf(),
        error,
        help: "give the folder that holds the official files",
    })
}

fn report(outcome: &PackOutcome, out: &mut impl Write) -> Result<(), Failure> {
    let mut table = plain_table();
    table.set_header(["file", "master", "edition", "rows", "columns", "newest", "faults"]);
    let day = |day: Option<santei::date::ServiceDate>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    for file in &outcome.files {
        let master = match file.skipped {
            Some(why) => format!("{} ({why})", file.title),
            None => file.title.to_owned(),
        };
        table.add_row([
            file.file.clone(),
            master,
            day(file.edition),
            file.rows.to_string(),
            file.columns.to_string(),
            day(file.newest),
            file.faults.to_string(),
        ]);
    }
    writeln!(out, "{table}")?;
    for doubt in &outcome.doubts {
        let santei::master::official::Doubt { kind, code, from, sure_to, why } = doubt;
        writeln!(out, "{kind} {code} from {from} is sure to {sure_to} only: {why}")?;
    }
    Ok(())
}
