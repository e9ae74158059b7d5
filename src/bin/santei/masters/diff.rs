//! `santei masters diff`: what changed?

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use santei::{
    date::ServiceDate,
    master::diff::{At, Change, ChangeKind, Diff, TableDiff, diff},
};

use crate::{calc::plain_table, failure::Failure, reading};

use super::{found, json, open, write_file};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Before: a pack, a folder of official files, one such file (ZIP, CSV …), or `standard` for the masters of this program.
    before: PathBuf,
    /// After: the same.
    after: PathBuf,
    /// Compare what is in force on this day; without it, the newest row of each code.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<ServiceDate>,
    /// The day of the second one, where it is another.
    #[arg(long, value_name = "YYYY-MM-DD", requires = "date")]
    to: Option<ServiceDate>,
    /// Only this master: procedure, drug, disease …; may be given several times.
    #[arg(long = "table", value_name = "NAME")]
    tables: Vec<String>,
    /// List at most so many changes of each kind and master; 0 lists all.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Write every change into this file as CSV (UTF-8).
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
    /// Compare folders with faults too, without the rows that have them.
    #[arg(long)]
    keep_going: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let before = open(&arguments.before, arguments.keep_going)?;
    let after = open(&arguments.after, arguments.keep_going)?;
    let at = |day: Option<ServiceDate>| day.map_or(At::Newest, At::Day);
    let bar = reading::spinner("comparing");
    let (first, second) = (at(arguments.date), at(arguments.to.or(arguments.date)));
    let mut diff = diff((&before, first), (&after, second));
    bar.finish_and_clear();
    only(&mut diff, &arguments.tables)?;
    if let Some(path) = &arguments.csv {
        write_csv(&diff, path)?;
    }
    if arguments.json {
        json(&diff, out)?;
    } else {
        print(&diff, arguments, out)?;
    }
    Ok(found(diff.is_empty()))
}

/// Leaves out the masters that were not asked for.
fn only(diff: &mut Diff, names: &[String]) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    for name in names {
        if !diff.tables.iter().any(|table| table.table == name) {
            let known: Vec<_> = diff.tables.iter().map(|table| table.table).collect();
            let message = format!("neither has a master `{name}`; they have {}", known.join(", "));
            return Err(Failure::Other(message));
        }
    }
    diff.tables.retain(|table| names.iter().any(|name| name == table.table));
    Ok(())
}

fn print(diff: &Diff, arguments: &Arguments, out: &mut impl Write) -> Result<(), Failure> {
    let side = |path: &Path, day: Option<ServiceDate>| match day {
        Some(day) => format!("{} on {day}", path.display()),
        None => format!("{}, newest rows", path.display()),
    };
    writeln!(out, "before: {}", side(&arguments.before, arguments.date))?;
    writeln!(out, "after:  {}", side(&arguments.after, arguments.to.or(arguments.date)))?;
    let mut summary = plain_table();
    let kinds = ChangeKind::ALL.map(ChangeKind::name);
    summary.set_header(["master", "codes before", "codes after"].into_iter().chain(kinds));
    for table in &diff.tables {
        let codes = |count: Option<usize>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
        let mut row = vec![format!("{} ({})", table.title, table.table), codes(table.before), codes(table.after)];
        let compared = table.before.is_some() && table.after.is_some();
        row.extend(ChangeKind::ALL.map(|kind| if compared { table.count(kind).to_string() } else { "–".to_owned() }));
        summary.add_row(row);
    }
    writeln!(out, "{summary}")?;
    for table in &diff.tables {
        for kind in ChangeKind::ALL {
            list(table, kind, arguments.limit, out)?;
        }
    }
    Ok(())
}

fn list(table: &TableDiff, kind: ChangeKind, limit: usize, out: &mut impl Write) -> Result<(), Failure> {
    let total = table.count(kind);
    if total == 0 {
        return Ok(());
    }
    let shown = if limit == 0 { total } else { limit };
    writeln!(out, "\n{} – {}: {total}", table.title, kind.name())?;
    let mut lines = plain_table();
    match kind {
        ChangeKind::New => lines.set_header(["code", "name", "from", "figure"]),
        ChangeKind::Abolished => lines.set_header(["code", "name", "last day", "figure before"]),
        _ => lines.set_header(["code", "name", "from", "column", "before", "after"]),
    };
    for change in table.changes.iter().filter(|change| change.change == kind).take(shown) {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        let Change { code, name, from, column, before, after, .. } = change;
        let (code, name, from) = (code.clone(), name.clone(), from.to_string());
        let row = match kind {
            ChangeKind::New => vec![code, name, from, text(after)],
            ChangeKind::Abolished => vec![code, name, text(after), text(before)],
            _ => vec![code, name, from, column.unwrap_or("–").to_owned(), text(before), text(after)],
        };
        lines.add_row(row);
    }
    writeln!(out, "{lines}")?;
    if total > shown {
        writeln!(out, "… and {} more (--limit 0 lists all, --csv writes all)", total - shown)?;
    }
    Ok(())
}

fn write_csv(diff: &Diff, path: &PathBuf) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fault = |error: csv::Error| Failure::Other(format!("{}: {error}", path.display()));
    writer.write_record(["table", "change", "code", "name", "from", "column", "before", "after"]).map_err(fault)?;
    for table in &diff.tables {
        for change in &table.changes {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            writer
                .write_record([
                    table.table,
                    change.change.name(),
                    &change.code,
                    &change.name,
                    &change.from.to_string(),
                    change.column.unwrap_or_default(),
                    &text(&change.before),
                    &text(&change.after),
                ])
                .map_err(fault)?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| Failure::Other(error.to_string()))?;
    write_file(path, &bytes)
}
