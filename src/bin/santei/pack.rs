//! `santei pack` and `santei masters pack`: official master files in, one pack out.

use std::{fs, io::Write, path::PathBuf, process::ExitCode};

use clap::Args;
use santei::master::official::NoPack;

use crate::{failure::Failure, reading};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Folders with the official files, as published, or the files (CSV, TXT, XLSX or ZIP); folders in folders are read too.
    #[arg(required = true, value_name = "FOLDER OR FILE")]
    files: Vec<PathBuf>,
    /// The pack to write.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Write the pack even when files have faults; rows with a fault are left out.
    #[arg(long)]
    keep_going: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let outcome = reading::files(&arguments.files)?;
    reading::report(&outcome, out)?;
    write!(out, "{}", outcome.faults)?;
    let bytes = match outcome.into_pack(arguments.keep_going) {
        Ok(bytes) => bytes,
        Err(NoPack::Faults(count)) => {
            writeln!(out, "{count} faults: no pack is written (--keep-going leaves the rows out)")?;
            return Ok(ExitCode::FAILURE);
        }
        Err(why) => return Err(Failure::Other(format!("{}: {why}", reading::named(&arguments.files)))),
    };
    fs::write(&arguments.output, &bytes).map_err(|error| Failure::File {
        path: arguments.output.clone(),
        error,
        help: "give a file that can be written with -o",
    })?;
    writeln!(out, "{}: {} bytes", arguments.output.display(), bytes.len())?;
    Ok(ExitCode::SUCCESS)
}
