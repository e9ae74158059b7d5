//! `santei claim recompute`: every claim calculated anew, and what of it agrees.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use comfy_table::CellAlignment;
use santei::claim::recompute::{RecomputeOptions, Recomputed, UnitOutcome, UnitVerdict, recompute};

use super::files;
use crate::{calc::plain_table, failure::Failure, load::Packs};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Claim files (UKE); `-` reads standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A folder with the claim files of earlier months, looked up for bundling, exclusion and frequency.
    #[arg(long, value_name = "DIR")]
    history: Option<PathBuf>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Show the units that agree too.
    #[arg(long)]
    all: bool,
    /// Give the encounter that was made of each claim (with `--format json`).
    #[arg(long)]
    encounters: bool,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: what does not agree, claim by claim, and the sums.
    Table,
    /// JSON Lines: one for each claim.
    Json,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    let mut history = files::history(arguments.history.as_deref())?;
    files::within(&mut history, &arguments.files)?;
    let options = RecomputeOptions { encounter: arguments.encounters };
    let mut tally = Tally::default();
    for file in &arguments.files {
        files::each(file, |claim| {
            match recompute(&masters, claim, &history, options) {
                Some(recomputed) => {
                    tally.add(&recomputed);
                    match arguments.format {
                        Format::Json => writeln!(out, "{}", recomputed.to_json())?,
                        Format::Table => print(&recomputed, arguments.all, out)?,
                    }
                }
                None => tally.unreadable += 1,
            }
            Ok(())
        })?;
    }
    if arguments.format == Format::Table {
        tally.print(out)?;
    }
    Ok(if tally.faults == 0 && tally.unreadable == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Default)]
struct Tally {
    claims: usize,
    faults: usize,
    unreadable: usize,
    units: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn add(&mut self, recomputed: &Recomputed) {
        self.claims += 1;
        let wrong = [UnitVerdict::Differs, UnitVerdict::NotCharged, UnitVerdict::Otherwise];
        self.faults += recomputed.units.iter().filter(|unit| wrong.contains(&unit.verdict)).count();
        for unit in &recomputed.units {
            *self.units.entry(unit.verdict.name()).or_default() += 1;
        }
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let units: Vec<String> = self.units.iter().map(|(name, number)| format!("{name} {number}")).collect();
        writeln!(out, "{} 件の明細書　{}", self.claims, units.join("　"))?;
        if self.unreadable > 0 {
            writeln!(out, "診療年月のない {} 件は計算していません。", self.unreadable)?;
        }
        Ok(())
    }
}

fn print(recomputed: &Recomputed, all: bool, out: &mut impl Write) -> io::Result<()> {
    let shown: Vec<&UnitOutcome> =
        recomputed.units.iter().filter(|unit| all || unit.verdict != UnitVerdict::Agrees).collect();
    if shown.is_empty() && recomputed.not_claimed.is_empty() && recomputed.not_rebuilt.is_none() {
        return Ok(());
    }
    let number = recomputed.number.map_or_else(|| "？".to_owned(), |number| number.to_string());
    let computed = recomputed.computed.map_or_else(|| "定まらない".to_owned(), |points| format!("{points}点"));
    writeln!(
        out,
        "明細書 {number}（{} 行目、{}）　請求 {}点　計算 {computed}",
        recomputed.line, recomputed.month, recomputed.claimed
    )?;
    if let Some(why) = &recomputed.not_rebuilt {
        writeln!(out, "　診療の形にできず、マスターだけで見ました: {why}")?;
    }
    let mut table = plain_table();
    table.set_header(["行", "区分", "内容", "請求", "マスター", "規則（計）", "判定", "理由"]);
    let points = |points: Option<i64>| points.map_or_else(|| "？".to_owned(), |points| points.to_string());
    for unit in &shown {
        table.add_row([
            unit.line.to_string(),
            unit.section.clone(),
            items(unit),
            format!("{}×{}", points(unit.claimed), unit.count),
            points(unit.by_tables),
            unit.by_rules.map_or_else(String::new, |points| points.to_string()),
            unit.verdict.name().to_owned(),
            why(unit),
        ]);
    }
    for column in [0, 3, 4, 5] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    if !shown.is_empty() {
        writeln!(out, "{table}")?;
    }
    for line in &recomputed.not_claimed {
        let code = line.code.as_deref().unwrap_or_default();
        writeln!(out, "　請求にない算定: {} {code} {} {}", line.date, line.name, points(line.points))?;
    }
    writeln!(out)
}

fn items(unit: &UnitOutcome) -> String {
    let one = |item: &santei::claim::recompute::UnitItem| {
        let quantity = item.quantity.as_deref().unwrap_or_default();
        let unit = item.unit.as_deref().filter(|_| item.quantity.is_some()).unwrap_or_default();
        format!("{} {} {quantity}{unit}", item.code, item.name).trim_end().to_owned()
    };
    unit.items.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn why(unit: &UnitOutcome) -> String {
    let edition = unit.edition.as_ref().map(|edition| {
        let name = if edition.name.is_empty() { "別の版" } else { &edition.name };
        format!("{} からの{name}の点数と一致", edition.from)
    });
    let reasons = unit.reasons.iter().map(|reason| format!("{}（{}）", reason.text, reason.basis));
    edition.into_iter().chain(unit.why.clone()).chain(reasons).collect::<Vec<_>>().join("\n")
}
