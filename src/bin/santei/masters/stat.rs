//! `santei masters stat`: what is in this pack?

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::Args;
use santei::master::{
    Certainty,
    stat::{PackStat, TableStat, stat},
};

use crate::{calc::plain_table, failure::Failure};

use super::{day, json, open};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The pack; `standard` for the masters of this program.
    pack: PathBuf,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let packs: Vec<_> = open(&arguments.pack, false)?.iter().map(stat).collect();
    if arguments.json {
        json(&packs, out)?;
    } else {
        packs.iter().try_for_each(|pack| print(pack, out))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(pack: &PackStat, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "{} bytes, written by Santei {}", pack.bytes, pack.engine)?;
    let mut sections = plain_table();
    sections.set_header(["section", "table", "bytes", "rows", "required"]);
    for section in &pack.sections {
        let required = if section.required { "yes" } else { "no" };
        let table = section.table.unwrap_or("–");
        sections.add_row([&section.tag, table, &section.bytes.to_string(), &section.rows.to_string(), required]);
    }
    writeln!(out, "{sections}")?;
    let mut sources = plain_table();
    sources.set_header(["source", "master", "edition", "rows", "SHA-256"]);
    for source in &pack.sources {
        let edition = source.edition.as_deref().unwrap_or("–");
        sources.add_row([&source.file, &source.kind, edition, &source.rows.to_string(), &source.sha256]);
    }
    writeln!(out, "{sources}")?;
    let mut tables = plain_table();
    let certainties = Certainty::ALL.map(Certainty::name);
    let head = ["table", "rows", "codes", "open", "first day", "newest", "last day"];
    tables.set_header(head.into_iter().chain(certainties));
    for table in &pack.tables {
        let mut row = vec![
            format!("{} ({})", table.title, table.table),
            table.rows.to_string(),
            table.codes.to_string(),
            table.open.to_string(),
            day(table.first_day),
            day(table.newest),
            day(table.last_day),
        ];
        row.extend(certainties.map(|name| table.certainty.get(name).copied().unwrap_or(0).to_string()));
        tables.add_row(row);
    }
    writeln!(out, "{tables}")?;
    pack.tables.iter().try_for_each(|table| periods(table, out))?;
    writeln!(out)?;
    Ok(())
}

fn periods(table: &TableStat, out: &mut impl Write) -> Result<(), Failure> {
    let periods: Vec<_> = table
        .periods
        .iter()
        .map(|period| match period.last_day {
            Some(last) => format!("{} – {last}: {}", period.from, period.rows),
            None => format!("{} –: {}", period.from, period.rows),
        })
        .collect();
    let more = table.distinct_periods.saturating_sub(periods.len());
    let more = if more > 0 { format!(", and {more} more periods") } else { String::new() };
    writeln!(out, "{}: {}{more}", table.title, periods.join(", "))?;
    let sources: Vec<_> = table.sources.iter().map(|(source, rows)| format!("{source} {rows}")).collect();
    writeln!(out, "  from {}", sources.join(", "))?;
    Ok(())
}
