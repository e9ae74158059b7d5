//! `santei masters`: look into official files and packs, compare them, check them.

mod diff;
mod inspect;
mod lint;
mod stat;
mod verify;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use santei::{
    date::ServiceDate,
    master::{Masters, official::PackOutcome},
    pack::Pack,
};

use crate::{
    failure::Failure,
    load::{self, standard},
    pack, reading,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Say what is in official files: master, edition, rows, columns, newest date, faults.
    Inspect(inspect::Arguments),
    /// Turn official files into one pack; the same as `santei pack`.
    Pack(pack::Arguments),
    /// Check a pack against the files it was made from: every source, every row, every cell.
    Verify(verify::Arguments),
    /// Say what changed between two packs, folders or days.
    Diff(diff::Arguments),
    /// Say what is in a pack: sections, rows, periods, sizes, sources, certainty.
    Stat(stat::Arguments),
    /// Check tables against themselves and each other.
    Lint(lint::Arguments),
}

/// What `santei masters --help` ends with.
pub(crate) const EXIT_CODES: &str = "Exit codes of all: 0 done and nothing found; 1 faults (inspect, pack), differences \
    (verify, diff), errors (lint), or a file that cannot be read; 2 wrong usage";

pub(crate) fn run(command: &Command, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match command {
        Command::Inspect(arguments) => inspect::run(arguments, out),
        Command::Pack(arguments) => pack::run(arguments, out),
        Command::Verify(arguments) => verify::run(arguments, out),
        Command::Diff(arguments) => diff::run(arguments, out),
        Command::Stat(arguments) => stat::run(arguments, out),
        Command::Lint(arguments) => lint::run(arguments, out),
    }
}

/// The word for the masters of this program, where a pack or a folder may stand.
const STANDARD: &str = "standard";

/// Opens a pack, official files, or the standard masters: its packs, the last added first.
fn open(what: &Path, keep_going: bool) -> Result<Vec<Pack>, Failure> {
    if what.is_dir() || is_published(what) {
        let outcome = reading::files(&[what.to_path_buf()])?;
        let masters = from_folder(what, outcome, keep_going)?;
        return Ok(masters.packs().to_vec());
    }
    if what.as_os_str() == STANDARD && !what.exists() {
        return Ok(standard().map_err(Failure::Standard)?.packs().to_vec());
    }
    Ok(vec![open_pack(what)?])
}

/// Whether a path is a published file by its ending; everything else is taken for a pack.
fn is_published(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["csv", "txt", "tsv", "zip", "xlsx", "json"].iter().any(|known| ending == *known))
}

fn from_folder(folder: &Path, outcome: PackOutcome, keep_going: bool) -> Result<Masters, Failure> {
    if !outcome.faults.is_empty() && !keep_going {
        let message = format!(
            "{}: {} faults; see `santei masters inspect`, or leave the rows out with --keep-going\n{}",
            folder.display(),
            outcome.faults.count(),
            outcome.faults
        );
        return Err(Failure::Other(message));
    }
    if outcome.set.is_empty() {
        return Err(Failure::Other(format!("{}: no master was found there", folder.display())));
    }
    let mut masters = Masters::empty().map_err(Failure::Standard)?;
    let path = folder.to_path_buf();
    masters.add_pack(outcome.set.write()?).map_err(|error| Failure::Pack { path, error })?;
    Ok(masters)
}

/// Opens a pack file.
fn open_pack(path: &Path) -> Result<Pack, Failure> {
    let mut masters = Masters::empty().map_err(Failure::Standard)?;
    load::add(&mut masters, path)?;
    masters.packs().first().cloned().ok_or_else(|| Failure::Other(format!("{}: no pack", path.display())))
}

fn json(value: &impl serde::Serialize, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "{}", serde_json::to_string(value).map_err(io::Error::other)?)?;
    Ok(())
}

fn write_file(path: &PathBuf, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| Failure::File {
        path: path.clone(),
        error,
        help: "give a file that can be written",
    })
}

fn day(day: Option<ServiceDate>) -> String {
    day.map_or_else(|| "–".to_owned(), |day| day.to_string())
}

/// 0 when nothing was found.
fn found(nothing: bool) -> ExitCode {
    if nothing { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
