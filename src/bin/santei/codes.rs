//! `santei disease`, `drug`, `lab`, `item`, `comments` and `comment`: codes put together, taken apart and led to others.

use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
    process::ExitCode,
};

use clap::{Args, Subcommand, ValueEnum};
use santei::{
    code::{AnyCode, CommentCode, DiseaseCode, ModifierCode, ProcedureCode},
    date::ServiceDate,
    lookup::{CodeFault, FaultSeverity, comment, disease, drug, item, lab},
};
use serde::Serialize;

use crate::{codes_table as table, failure::Failure, load::Packs};

pub(crate) const HELP: &str = "Exit codes: 0 found and without an error, 1 not found or with errors, 2 wrong usage";

/// What every command of codes takes.
#[derive(Args)]
pub(crate) struct Common {
    /// The day that counts; without it, the newest rows.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = asked_day)]
    date: Option<ServiceDate>,
    #[command(flatten)]
    packs: Packs,
    /// Print JSON instead of text.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A day for which there may be masters.
fn asked_day(text: &str) -> Result<ServiceDate, String> {
    let day: ServiceDate = text.parse().map_err(|error: santei::date::DateError| error.to_string())?;
    let known = (1985..=2100).contains(&day.year());
    known.then_some(day).ok_or_else(|| format!("expected a day from 1985-01-01 to 2100-12-31, got {day}"))
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Subcommand)]
pub(crate) enum Disease {
    /// Compose a name of a disease code and modifier codes, given in the order of a claim.
    Compose(Compose),
    /// Read a typed name of a disease as codes, the best reading first.
    Decompose(Decompose),
    /// Follow a code that was given up to the one in its place.
    Successor(Successor),
}

#[derive(Args)]
pub(crate) struct Compose {
    /// Modifier codes (four digits) and one disease code (seven digits) in the order in which they are printed, such as
    /// `2056 7153018 8002`; or a JSON file with the input, or `-` for standard input.
    #[arg(required = true, value_name = "CODE|FILE")]
    codes: Vec<String>,
    /// The disease is suspected: の疑い is added.
    #[arg(long)]
    suspected: bool,
    /// The main disease.
    #[arg(long)]
    main: bool,
    /// The name in words, with 0000999.
    #[arg(long)]
    name: Option<String>,
    /// The day on which the disease began.
    #[arg(long, value_name = "YYYY-MM-DD")]
    start: Option<ServiceDate>,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
pub(crate) struct Decompose {
    /// The name.
    name: String,
    /// At most so many readings.
    #[arg(long, default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
pub(crate) struct Successor {
    /// The disease code.
    code: DiseaseCode,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
pub(crate) struct Code {
    /// The code.
    code: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
pub(crate) struct CommentArguments {
    /// The comment code.
    code: CommentCode,
    /// The value that goes with it.
    value: Option<String>,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn disease(command: &Disease, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match command {
        Disease::Compose(arguments) => compose(arguments, out),
        Disease::Decompose(arguments) => {
            let masters = arguments.common.packs.load()?;
            let names = disease::Decomposer::new(&masters, arguments.common.date);
            let found = names.decompose(&arguments.name, Some(arguments.limit));
            answer(&arguments.common, found, out, table::decomposed, |found| !found.readings.is_empty())
        }
        Disease::Successor(arguments) => {
            let masters = arguments.common.packs.load()?;
            let found = disease::succession(&masters, arguments.code, arguments.common.date);
            answer(&arguments.common, Ok(found), out, table::succession, |found| found.current.is_some())
        }
    }
}

fn compose(arguments: &Compose, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let common = &arguments.common;
    let mut input = match arguments.codes.as_slice() {
        [file] if file == "-" || file.to_ascii_lowercase().ends_with(".json") => match read(file) {
            Ok(text) => match disease::DiseaseInput::from_json(&text) {
                Ok(input) => input,
                Err(fault) => return refused(common, &fault, out),
            },
            Err(failure) => return Err(failure),
        },
        codes => in_order(codes)?,
    };
    input.suspected |= arguments.suspected;
    input.main |= arguments.main;
    input.name = arguments.name.clone().or(input.name);
    input.start = arguments.start.or(input.start);
    input.date = common.date.or(input.date);
    let composed = disease::compose(&common.packs.load()?, &input);
    answer(common, Ok(composed), out, table::composed, |composed| composed.valid)
}

/// Codes by their length: four digits a modifier, seven a disease. A modifier that is printed in front may not stand behind
/// the disease, which the composing finds.
fn in_order(codes: &[String]) -> Result<disease::DiseaseInput, Failure> {
    let mut base: Option<DiseaseCode> = None;
    let mut modifiers: Vec<ModifierCode> = Vec::new();
    for code in codes {
        if let Ok(modifier) = code.parse() {
            modifiers.push(modifier);
            continue;
        }
        let parsed = code.parse::<DiseaseCode>().map_err(|error| Failure::Other(format!("{error}; {USAGE}")))?;
        if let Some(other) = base.replace(parsed) {
            return Err(Failure::Other(format!("`{other}` and `{parsed}` are both diseases; {USAGE}")));
        }
    }
    let base = base.ok_or_else(|| Failure::Other(format!("no disease code is given; {USAGE}")))?;
    Ok(disease::DiseaseInput { modifiers, ..disease::DiseaseInput::of(base) })
}

const USAGE: &str = "give one disease code of seven digits, and modifier codes of four";

fn read(file: &str) -> Result<String, Failure> {
    let mut text = String::new();
    let done = if file == "-" { io::stdin().read_to_string(&mut text).map(|_| text) } else { fs::read_to_string(file) };
    let path = Path::new(file).to_path_buf();
    done.map_err(|error| Failure::File { path, error, help: "give a JSON file, or `-` for standard input" })
}

pub(crate) fn drug(arguments: &Code, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let found = drug::drug(&arguments.common.packs.load()?, &arguments.code, arguments.common.date);
    answer(&arguments.common, found, out, table::drug, |_| true)
}

/// A laboratory item, or the items of a procedure.
pub(crate) fn lab(arguments: &Code, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.common.packs.load()?;
    if let Ok(procedure) = arguments.code.parse::<ProcedureCode>() {
        let items = lab::labs_of_procedure(&masters, procedure, arguments.common.date);
        return answer(&arguments.common, Ok(items), out, table::labs, |items| !items.is_empty());
    }
    let found = lab::lab(&masters, &arguments.code, arguments.common.date);
    answer(&arguments.common, found, out, table::lab, |_| true)
}

pub(crate) fn item(arguments: &Code, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let found = item::fee_item(&arguments.common.packs.load()?, &arguments.code, arguments.common.date);
    answer(&arguments.common, found, out, table::item, |_| true)
}

pub(crate) fn comments(arguments: &Code, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let code: AnyCode =
        arguments.code.parse().map_err(|error: santei::code::CodeError| Failure::Other(error.to_string()))?;
    let found = comment::comments(&arguments.common.packs.load()?, code, arguments.common.date);
    answer(&arguments.common, Ok(found), out, table::comments, |found| found.relations_loaded && found.name.is_some())
}

pub(crate) fn comment(arguments: &CommentArguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let (common, masters) = (&arguments.common, arguments.common.packs.load()?);
    if arguments.value.is_none() {
        let found = comment::comment(&masters, arguments.code, common.date);
        return answer(common, found, out, table::comment, |_| true);
    }
    let found = comment::compose_comment(&masters, arguments.code, arguments.value.as_deref(), common.date);
    answer(common, found, out, table::composed_comment, |composed| composed.valid)
}

/// Prints an answer and says by the exit code whether it is good.
fn answer<T: Serialize, W: Write>(
    common: &Common,
    found: Result<T, Box<CodeFault>>,
    out: &mut W,
    text: impl FnOnce(&T, &mut W) -> io::Result<()>,
    good: impl FnOnce(&T) -> bool,
) -> Result<ExitCode, Failure> {
    let found = match found {
        Ok(found) => found,
        Err(fault) => return refused(common, &fault, out),
    };
    if is_json(common) {
        writeln!(out, "{}", serde_json::to_string(&found).map_err(io::Error::other)?)?;
    } else {
        text(&found, out)?;
    }
    Ok(if good(&found) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A fault goes to standard output as JSON where JSON was asked for, as with every other command.
fn refused(common: &Common, fault: &CodeFault, out: &mut impl Write) -> Result<ExitCode, Failure> {
    if !is_json(common) {
        return Err(Failure::Other(fault.to_string()));
    }
    let json = serde_json::json!({ "errors": [fault] });
    writeln!(out, "{json}")?;
    Ok(ExitCode::FAILURE)
}

fn is_json(common: &Common) -> bool {
    common.json || common.format == Format::Json
}

/// Faults as lines of text.
pub(crate) fn faults(faults: &[CodeFault], out: &mut impl Write) -> io::Result<()> {
    for fault in faults {
        let mark = if fault.severity == FaultSeverity::Error { "誤り" } else { "注意" };
        writeln!(out, "{mark}: {fault}")?;
    }
    Ok(())
}
