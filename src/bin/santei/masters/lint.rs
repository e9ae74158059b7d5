//! `santei masters lint`: do the tables hold together?

use std::{collections::BTreeMap, fs, io::Write, path::PathBuf, process::ExitCode};

use clap::Args;
use santei::master::{
    Masters,
    lint::{Finding, Known, KnownFault, LINTS, Severity, lint},
};
use serde::Serialize;

use crate::{calc::plain_table, failure::Failure, load, reading};

use super::{day, found, json};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Packs to check together with the rules of this program; without any, the standard masters.
    packs: Vec<PathBuf>,
    /// Findings that are known and stay, as masters/known-findings.csv is for the standard masters.
    #[arg(long, value_name = "FILE", requires = "packs")]
    known: Option<PathBuf>,
    /// Warnings count as errors.
    #[arg(long)]
    strict: bool,
    /// List at most so many findings of each lint; 0 lists all.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
    /// Say what each lint finds, and do nothing else.
    #[arg(long)]
    list: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    errors: usize,
    warnings: usize,
    known: usize,
    findings: &'a [Finding],
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    if arguments.list {
        let mut table = plain_table();
        table.set_header(["lint", "severity", "finds"]);
        LINTS.iter().for_each(|lint| {
            table.add_row([lint.id, lint.severity.name(), lint.about]);
        });
        writeln!(out, "{table}")?;
        return Ok(ExitCode::SUCCESS);
    }
    let (masters, known) = load(arguments)?;
    let bar = reading::spinner("checking the tables");
    let findings = lint(masters.packs(), &known);
    bar.finish_and_clear();
    let open = |severity| findings.iter().filter(|found| found.severity == severity && found.known.is_none()).count();
    let report = Report {
        errors: open(Severity::Error),
        warnings: open(Severity::Warning),
        known: findings.iter().filter(|found| found.known.is_some()).count(),
        findings: &findings,
    };
    if arguments.json {
        json(&report, out)?;
    } else {
        print(&report, arguments.limit, out)?;
    }
    Ok(found(report.errors == 0 && !(arguments.strict && report.warnings > 0)))
}

fn load(arguments: &Arguments) -> Result<(Masters, Known), Failure> {
    let refused = |fault: KnownFault| Failure::Other(fault.to_string());
    if arguments.packs.is_empty() {
        return Ok((load::standard().map_err(Failure::Standard)?, Known::standard().map_err(refused)?));
    }
    let mut masters = Masters::empty().map_err(Failure::Standard)?;
    arguments.packs.iter().try_for_each(|path| load::add(&mut masters, path))?;
    let Some(path) = &arguments.known else { return Ok((masters, Known::none())) };
    let help = "give a CSV file like masters/known-findings.csv";
    let text = fs::read_to_string(path).map_err(|error| Failure::File { path: path.clone(), error, help })?;
    Ok((masters, Known::read(&text).map_err(refused)?))
}

fn print(report: &Report<'_>, limit: usize, out: &mut impl Write) -> Result<(), Failure> {
    for lint in LINTS {
        let of_lint: Vec<_> = report.findings.iter().filter(|found| found.lint == lint.id).collect();
        if of_lint.is_empty() {
            continue;
        }
        writeln!(out, "{} ({}): {}, {} of it", lint.id, lint.severity.name(), lint.about, of_lint.len())?;
        let open: Vec<_> = of_lint.iter().filter(|found| found.known.is_none()).collect();
        let shown = if limit == 0 { open.len() } else { limit };
        if !open.is_empty() {
            let mut table = plain_table();
            table.set_header(["table", "code", "day", "finding"]);
            for found in open.iter().take(shown) {
                table.add_row([found.table, &found.code, &day(found.day), &found.text]);
            }
            writeln!(out, "{table}")?;
        }
        if open.len() > shown {
            writeln!(out, "… and {} more (--limit 0 lists all)", open.len() - shown)?;
        }
        // Many findings can have one reason: it is said once.
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        of_lint.iter().filter_map(|found| found.known.as_deref()).for_each(|reason| {
            *reasons.entry(reason).or_default() += 1;
        });
        for (reason, count) in reasons {
            writeln!(out, "  {count} known: {reason}")?;
        }
    }
    writeln!(out, "{} errors, {} warnings, {} known", report.errors, report.warnings, report.known)?;
    Ok(())
}
