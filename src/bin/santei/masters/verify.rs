//! `santei masters verify`: is this pack what its sources give?

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::Args;
use santei::master::verify::{self, Difference, DifferenceKind, SourceState, Verification};

use crate::{calc::plain_table, failure::Failure, reading};

use super::{found, json, open_pack};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The pack.
    pack: PathBuf,
    /// The folders or files that it was made from.
    #[arg(required = true, value_name = "FOLDER OR FILE")]
    files: Vec<PathBuf>,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let pack = open_pack(&arguments.pack)?;
    let outcome = reading::files(&arguments.files)?;
    let bar = reading::spinner("comparing row by row");
    let done = verify::verify(&pack, outcome);
    bar.finish_and_clear();
    let verification =
        done.map_err(|error| Failure::Other(format!("{}: {error}", reading::named(&arguments.files))))?;
    if arguments.json {
        json(&verification, out)?;
    } else {
        print(&verification, out)?;
    }
    Ok(found(verification.holds()))
}

fn print(found: &Verification, out: &mut impl Write) -> Result<(), Failure> {
    let mut table = plain_table();
    table.set_header(["source", "master", "state", "SHA-256 in the pack", "in the folder"]);
    for source in &found.sources {
        let state = match source.state {
            SourceState::Same => "same",
            SourceState::Changed => "changed",
            SourceState::Missing => "missing in the folder",
            SourceState::Unused => "not in the pack",
        };
        let cells = [&source.file, &source.table, state, &short(&source.in_pack), &short(&source.in_folder)];
        table.add_row(cells);
    }
    writeln!(out, "{table}")?;
    let mut table = plain_table();
    table.set_header(["master", "same", "changed", "only in the pack", "only in the files"]);
    for check in &found.tables {
        let counts = [check.same, check.changed, check.only_in_pack, check.only_in_files];
        table.add_row(core::iter::once(check.title.to_owned()).chain(counts.map(|count| count.to_string())));
    }
    writeln!(out, "{table}")?;
    found.differences.iter().try_for_each(|difference| line(difference, out))?;
    if found.more > 0 {
        writeln!(out, "… and {} more", found.more)?;
    }
    for fault in &found.faults {
        writeln!(out, "{fault}")?;
    }
    let verdict =
        if found.holds() { "the pack is what its sources give" } else { "the pack is not what these files give" };
    writeln!(out, "{verdict}; {} faults in the files", found.fault_count)?;
    Ok(())
}

fn line(difference: &Difference, out: &mut impl Write) -> Result<(), Failure> {
    let Difference { table, code, from, what } = difference;
    write!(out, "{table} {code} from {from}: ")?;
    match what {
        DifferenceKind::OnlyInPack => writeln!(out, "only in the pack")?,
        DifferenceKind::OnlyInFiles => writeln!(out, "only in the files")?,
        DifferenceKind::Cells { cells } => {
            let cells: Vec<_> = cells
                .iter()
                .map(|cell| format!("{} `{}` in the pack, `{}` in the files", cell.column, cell.in_pack, cell.in_files))
                .collect();
            writeln!(out, "{}", cells.join("; "))?;
        }
    }
    Ok(())
}

/// Enough of a checksum to tell two apart; JSON has the whole.
fn short(sha256: &Option<String>) -> String {
    sha256.as_ref().map_or_else(|| "–".to_owned(), |text| text.chars().take(12).collect())
}
