//! `santei masters fingerprint`: the standard masters in a form that shows what a change of the tables changed.

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::Args;
use santei::master::fingerprint::standard;

use crate::{failure::Failure, load};

use super::write_file;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The file to write; without it, standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = load::standard().map_err(Failure::Standard)?;
    let text = standard(&masters);
    match &arguments.output {
        Some(path) => write_file(path, text.as_bytes())?,
        None => write!(out, "{text}")?,
    }
    Ok(ExitCode::SUCCESS)
}
