//! `santei fhir`: FHIR terminology operations, from a question in JSON to its answer.

use std::{
    fs,
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use santei::fhir::{Operation, Terminology, is_refusal, operate, operate_json};
use serde_json::{Map, Value};

use crate::{failure::Failure, load::Packs};

pub(crate) const HELP: &str = "The question is a resource Parameters, or an object of plain values; --query takes them as in a URL, such as\n  \
    santei fhir lookup --query 'system=http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease&code=2500015'\n\
    Exit codes: 0 answered (a validate-code or translate whose result is false as well), 1 refused (the answer is an OperationOutcome), 2 wrong usage";

/// A question may have so many bytes.
const LONGEST: u64 = 1 << 20;

#[derive(Args)]
pub(crate) struct Arguments {
    /// What is asked.
    operation: Asked,
    /// The question; `-` for standard input.
    #[arg(value_name = "FILE", required_unless_present = "query", conflicts_with = "query")]
    question: Option<PathBuf>,
    /// The question as the query string of a URL.
    #[arg(short, long, value_name = "QUERY")]
    query: Option<String>,
    /// One line of JSON in place of an indented text.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Asked {
    /// `CodeSystem/$lookup`: what a code stands for.
    Lookup,
    /// `$validate-code`: whether a code is of a code system or a value set.
    ValidateCode,
    /// `ConceptMap/$translate`: the codes of other systems that belong to a code.
    Translate,
    /// `ValueSet/$expand`: the codes of a value set.
    Expand,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let operation = match arguments.operation {
        Asked::Lookup => Operation::Lookup,
        Asked::ValidateCode => Operation::ValidateCode,
        Asked::Translate => Operation::Translate,
        Asked::Expand => Operation::Expand,
    };
    let terms = Terminology::new(&arguments.packs.load()?);
    let answer = match (&arguments.query, &arguments.question) {
        (Some(query), _) => operate(&terms, operation, &plain(query)?),
        (None, Some(path)) => {
            let text = operate_json(&terms, operation, &read(path)?);
            serde_json::from_str(&text).map_err(io::Error::other)?
        }
        (None, None) => operate(&terms, operation, &Value::Null),
    };
    let text = if arguments.json { serde_json::to_string(&answer) } else { serde_json::to_string_pretty(&answer) };
    writeln!(out, "{}", text.map_err(io::Error::other)?)?;
    Ok(if is_refusal(&answer) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn read(path: &PathBuf) -> Result<String, Failure> {
    let fail =
        |error| Failure::File { path: path.clone(), error, help: "give a file with a resource Parameters in JSON" };
    let mut text = String::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(LONGEST + 1).read_to_string(&mut text).map_err(fail)?;
    } else {
        fs::File::open(path).map_err(fail)?.take(LONGEST + 1).read_to_string(&mut text).map_err(fail)?;
    }
    Ok(text)
}

/// The values of a query string; a name that stands more than once has a list.
fn plain(query: &str) -> Result<Value, Failure> {
    let mut values: Map<String, Value> = Map::new();
    for pair in query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let fault = || Failure::Other(format!("--query: `{pair}` is not a name, =, and a value of a URL"));
        let (name, value) = (decoded(name).ok_or_else(fault)?, decoded(value).ok_or_else(fault)?);
        match values.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(list) => list.push(value.into()),
            other => *other = value.into(),
        }
    }
    Ok(Value::Object(values))
}

/// A text without the escapes of a URL.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(core::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}
