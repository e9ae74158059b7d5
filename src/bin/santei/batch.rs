//! `santei batch`: encounters in, one on each line, and their calculations out, line by line and in the same order.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use clap::Args;
use santei::{
    calculation::{Options, too_long, write_json},
    date::ServiceDate,
    fee::Refusal,
    json,
    master::Masters,
};
use serde::Serialize;

use crate::{
    failure::Failure,
    jsonl::{Chunk, Input, Line, Output},
    load::Packs,
};

pub(crate) const HELP: &str = "Every line that is not empty gives one line, in the same order: the calculation as `santei calc --json` prints it, or \
    {\"line\":N,\"errors\":[…]}. Exit codes: 0 done, 1 some lines or a file refused, 2 wrong usage";
/// Longest text that is kept to be filled again, in bytes.
const SPARE: usize = 4 * 1024 * 1024;
/// How many refused lines are named on standard error.
const NAMED: usize = 5;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Write the calculations here instead of to standard output. The file appears when it is whole.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the lines that are refused here as well.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
    /// Take this day as the day of service of every encounter (one visit each).
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<ServiceDate>,
    /// Calculate by the rules of this revision (`r8`, or its name), whatever the day of service.
    #[arg(long, value_name = "REVISION")]
    as_of_revision: Option<String>,
}

/// A line that is refused.
#[derive(Serialize)]
pub(crate) struct Refused<'a> {
    pub(crate) line: u64,
    #[serde(flatten)]
    pub(crate) refusal: &'a Refusal,
}

/// What became of some lines.
#[derive(Default)]
struct Made {
    results: String,
    errors: String,
    count: Count,
}

#[derive(Default)]
struct Count {
    calculated: u64,
    open: u64,
    refused: u64,
    empty: u64,
    points: i128,
    /// The first refused lines, with their first fault.
    first: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut masters = arguments.packs.load()?;
    if let Some(revision) = &arguments.as_of_revision {
        masters = masters.as_of_revision(revision)?;
    }
    let options = Options { date: arguments.date, ..Options::default() };
    let mut output = Output::open(arguments.output.as_deref())?;
    let mut errors = arguments.errors.as_deref().map(|path| Output::open(Some(path))).transpose()?;
    let start = Instant::now();
    let mut count = Count::default();
    // Texts that were written, to be filled again: memory that is given back and asked for anew costs more than the writing.
    let spare = Mutex::new(Vec::new());
    let texts = || spare.lock().unwrap_or_else(PoisonError::into_inner);
    arguments.input.each(
        |chunk| {
            let results = texts().pop().unwrap_or_default();
            calculate(&masters, chunk, &options, results)
        },
        |mut made| {
            output.write(made.results.as_bytes())?;
            made.results.clear();
            if made.results.capacity() <= SPARE {
                texts().push(made.results);
            }
            if let Some(errors) = &mut errors {
                errors.write(made.errors.as_bytes())?;
            }
            count.add(made.count);
            Ok(())
        },
    )?;
    output.finish()?;
    errors.map_or(Ok(()), Output::finish)?;
    if !arguments.input.quiet {
        // Nothing is left to do when standard error is closed.
        let _ = count.say(start, &mut io::stderr().lock());
    }
    Ok(if count.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn calculate(masters: &Masters, chunk: &Chunk, options: &Options<'_>, results: String) -> Made {
    let mut made = Made { results, ..Made::default() };
    for (number, line) in chunk.lines() {
        let result = match line {
            Line::Empty => {
                made.count.empty += 1;
                continue;
            }
            Line::TooLong(length) => Err(too_long(length)),
            Line::Text(text) => write_json(masters, text, options, &mut made.results),
        };
        match result {
            Ok(outcome) => {
                made.results.push('\n');
                made.count.calculated += 1;
                made.count.open += u64::from(!outcome.settled);
                made.count.points += i128::from(outcome.total_points.get());
            }
            Err(refusal) => {
                made.count.refused += 1;
                if let Some(error) = refusal.errors.first().filter(|_| made.count.first.len() < NAMED) {
                    made.count.first.push(format!("line {number}: {error}"));
                }
                let start = made.results.len();
                append(&mut made.results, &Refused { line: number, refusal: &refusal });
                made.errors.push_str(made.results.get(start..).unwrap_or_default());
            }
        }
    }
    made
}

/// Appends a value as one line of JSON.
pub(crate) fn append(out: &mut String, value: &impl Serialize) {
    json::write(value, out);
    out.push('\n');
}

impl Count {
    fn add(&mut self, other: Self) {
        self.calculated += other.calculated;
        self.open += other.open;
        self.refused += other.refused;
        self.empty += other.empty;
        self.points += other.points;
        self.first.extend(other.first);
        self.first.truncate(NAMED);
    }

    fn say(&self, start: Instant, out: &mut impl Write) -> io::Result<()> {
        for line in &self.first {
            writeln!(out, "santei: {line}")?;
        }
        if self.refused > self.first.len() as u64 {
            writeln!(out, "santei: … and {} more", self.refused - self.first.len() as u64)?;
        }
        let Self { calculated, open, refused, empty, points, .. } = self;
        let elapsed = start.elapsed();
        let rate = u128::from(calculated + refused) * 1_000_000 / elapsed.as_micros().max(1);
        writeln!(
            out,
            "santei: {calculated} calculated ({open} with lines to review, {points} points), {refused} refused, \
             {empty} empty lines; {}.{:03} s, {rate} a second",
            elapsed.as_secs(),
            elapsed.subsec_millis()
        )
    }
}
