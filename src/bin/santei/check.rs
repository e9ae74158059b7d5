//! `santei check`: claim files checked, finding by finding.

#[path = "check/report.rs"]
mod report;

use std::{
    fs::File,
    io::{self, Read},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
    time::Instant,
};

use clap::{Args, ValueEnum};
use santei::claim::{
    check::{Checker, FileCheck, RULES, Severity, Summary},
    kinds::FileKind,
    read::{Batch, Reader},
    recompute::{self, Points},
};

use crate::{
    calc::plain_table,
    failure::Failure,
    jsonl::{Output, bar, work},
    load::Packs,
};
use report::Report;

pub(crate) const HELP: &str = "Exit codes: 0 no errors, 1 errors were found, 2 wrong usage or a file that cannot be read, 3 no errors, but claims of \
    DPC, dentistry, pharmacy or visiting nursing, which are not yet checked";

#[derive(Args)]
pub(crate) struct Arguments {
    /// Claim files (UKE), in Shift_JIS or UTF-8; `-` reads standard input.
    #[arg(required_unless_present = "list")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    packs: Packs,
    /// A folder with the claim files of earlier months: what was charged then counts for bundling, exclusion and frequency.
    #[arg(long, value_name = "DIR")]
    history: Option<PathBuf>,
    /// Look at the records only, not at the points, which are recomputed otherwise.
    #[arg(long, conflicts_with = "history")]
    records_only: bool,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The least severe findings to print.
    #[arg(long, value_enum, default_value_t = Least::Warning)]
    severity: Least,
    /// Print at most so many findings of a file in a table; 0 prints all. JSON and CSV have all.
    #[arg(long, default_value_t = 200)]
    limit: usize,
    /// Write the findings here instead of to standard output. The file appears when it is whole.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many threads check; as many as there are cores when left out.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Show neither progress nor a summary on standard error.
    #[arg(short, long)]
    quiet: bool,
    /// Say what each rule finds and on what it rests, and do nothing else.
    #[arg(long)]
    list: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Csv,
}

#[derive(Clone, Copy, ValueEnum)]
enum Least {
    Error,
    Warning,
    Info,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Error => Self::Error,
            Least::Warning => Self::Warning,
            Least::Info => Self::Info,
        }
    }
}

/// Hands out whole claims.
struct Batches<R>(Reader<R>);

impl<R: Read> work::Chunked for Batches<R> {
    type Chunk = Batch;

    fn next_chunk(&mut self) -> io::Result<Option<Batch>> {
        self.0.next_batch()
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut output = Output::open(arguments.output.as_deref())?;
    if arguments.list {
        list(&mut output)?;
        output.finish()?;
        return Ok(ExitCode::SUCCESS);
    }
    let masters = arguments.packs.load()?;
    let mut checker = Checker::new(&masters);
    if !arguments.records_only {
        let mut history = crate::claim::history(arguments.history.as_deref())?;
        crate::claim::within(&mut history, &arguments.files)?;
        checker = checker.with(Points::new(history));
    }
    let mut report = Report::new(arguments.format, arguments.severity.into(), arguments.limit);
    let mut all = Totals::default();
    let start = Instant::now();
    report.begin(&mut output)?;
    for path in &arguments.files {
        match file(arguments, &checker, path, &mut report, &mut output) {
            Ok(summary) => all.add(&summary),
            Err(failure @ Failure::File { .. }) => {
                say(&format!("santei: {failure}"));
                all.unread += 1;
            }
            Err(failure) => return Err(failure),
        }
    }
    report.end(&mut output)?;
    output.finish()?;
    if !arguments.quiet {
        let elapsed = start.elapsed();
        let rate = u128::from(all.claims) * 1_000_000 / elapsed.as_micros().max(1);
        let Totals { claims, errors, warnings, notes, .. } = all;
        let seconds = format!("{}.{:03} s, {rate} claims a second", elapsed.as_secs(), elapsed.subsec_millis());
        say(&format!("santei: {claims} claims; {errors} errors, {warnings} warnings, {notes} notes; {seconds}"));
    }
    Ok(match (all.unread, all.errors, all.not_checked) {
        (1.., ..) => ExitCode::from(2),
        (_, 1.., _) => ExitCode::FAILURE,
        (.., true) => ExitCode::from(3),
        _ => ExitCode::SUCCESS,
    })
}

#[derive(Default)]
struct Totals {
    claims: u64,
    errors: u64,
    warnings: u64,
    notes: u64,
    unread: u64,
    not_checked: bool,
}

impl Totals {
    fn add(&mut self, summary: &Summary) {
        self.claims += summary.claims;
        self.errors += summary.errors;
        self.warnings += summary.warnings;
        self.notes += summary.notes;
        self.not_checked |= !summary.not_checked.is_empty();
    }
}

/// Nothing is left to do when standard error is closed.
fn say(text: &str) {
    let _ = io::Write::write_all(&mut io::stderr().lock(), format!("{text}\n").as_bytes());
}

fn file(
    arguments: &Arguments,
    checker: &Checker<'_>,
    path: &Path,
    report: &mut Report,
    output: &mut Output,
) -> Result<Summary, Failure> {
    let (input, length) = open(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut check = FileCheck::new(name.as_deref().and_then(FileKind::of_name));
    report.file(&path.to_string_lossy(), output)?;
    let bar = bar(length, arguments.quiet);
    let threads = arguments.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let broken = |error| Failure::File { path: path.to_path_buf(), error, help: "what was read before was checked" };
    let done = work::run(
        Batches(Reader::new(input)),
        threads,
        |batch| (batch.bytes().len(), checker.batch(batch)),
        |(bytes, reports)| {
            bar.inc(bytes as u64);
            reports.into_iter().for_each(|segment| check.take(segment, &mut |finding| report.take(finding)));
            report.flush(output)
        },
        broken,
    );
    bar.finish_and_clear();
    let summary = check.finish(&mut |finding| report.take(finding));
    report.end_file(&summary, output)?;
    done.map(|()| summary)
}

fn open(path: &Path) -> Result<(Box<dyn Read + Send>, Option<u64>), Failure> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(io::stdin()), None));
    }
    let help = "give a claim file (UKE), or `-` for standard input";
    let fault = |error| Failure::File { path: path.to_path_buf(), error, help };
    let file = File::open(path).map_err(fault)?;
    let data = file.metadata().map_err(fault)?;
    if data.is_dir() {
        return Err(fault(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let length = data.is_file().then_some(data.len());
    Ok((Box::new(file), length))
}

fn list(output: &mut Output) -> Result<(), Failure> {
    let mut table = plain_table();
    table.set_header(["rule", "severity", "finds", "rests on"]);
    for rule in RULES.iter().copied().chain(recompute::RULES) {
        table.add_row([rule.id, rule.severity.name(), rule.about, rule.basis]);
    }
    output.write(format!("{table}\n").as_bytes())
}
