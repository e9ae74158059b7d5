//! `santei claim write`: the claim file of a month, from its visits and coverage.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use santei::{
    claim::{
        check::{Checker, Severity},
        compose,
        recompute::Points,
        text::Encoding,
    },
    master::Masters,
};

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
    let passed = check(&masters, &bytes, &mut said)?;
    writeln!(said, "{} 件　{} 点", composed.count, composed.points)?;
    Ok(if composed.left_out.is_empty() && passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Checks what was written like any other file, and says what is doubtful in it.
fn check(masters: &Masters, bytes: &[u8], said: &mut impl Write) -> io::Result<bool> {
    let mut lines = Vec::new();
    let checker = Checker::new(masters).with(Points::default());
    let summary = checker.check(bytes, None, &mut |finding| {
        if finding.severity > Severity::Info {
            let (severity, id) = (finding.severity.name(), finding.rule.id);
            let place = format!("line {} {} {}", finding.line, finding.record, finding.field_name);
            lines.push(format!("{place}: {severity} {id}: {}, expected {}", finding.found, finding.expected));
        }
    })?;
    for line in lines {
        writeln!(said, "{line}")?;
    }
    Ok(summary.errors == 0)
}
