//! `santei claim write`: the claim file of a month, from its visits and coverage.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use santei::claim::{compose, text::Encoding};

use crate::{calc::read, failure::Failure, load::Packs};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The month in JSON (docs/claims.md describes it); `-` reads standard input.
    month: PathBuf,
    /// Write here instead of to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How the texts are encoded. Claims are sent in Shift_JIS.
    #[arg(long, value_enum, default_value_t = TextEncoding::ShiftJis)]
    encoding: TextEncoding,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TextEncoding {
    /// Shift_JIS, as the specification asks for.
    ShiftJis,
    /// UTF-8.
    Utf8,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    let month = compose::parse(&read(&arguments.month)?).map_err(Failure::Refused)?;
    let composed = compose::compose(&masters, &month).map_err(Failure::Refused)?;
    let encoding = match arguments.encoding {
        TextEncoding::ShiftJis => Encoding::Cp932,
        TextEncoding::Utf8 => Encoding::Utf8,
    };
    let bytes = composed.to_bytes(encoding).map_err(|error| Failure::Other(error.to_string()))?;
    match &arguments.output {
        None => out.write_all(&bytes)?,
        Some(path) => {
            let help = "give a file in a folder that can be written to";
            fs::write(path, &bytes).map_err(|error| Failure::File { path: path.clone(), error, help })?;
        }
    }
    let mut said = io::stderr().lock();
    for left in &composed.left_out {
        for why in &left.why {
            writeln!(said, "patients[{}]: not written: {why}", left.patient)?;
        }
    }
    writeln!(said, "{} 件　{} 点", composed.count, composed.points)?;
    Ok(if composed.left_out.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
