//! `santei validate`: is it a code, and if not, why, and what instead.

use std::{
    fs,
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;
use santei::{
    date::ServiceDate,
    lookup::{Status, System, UnknownSystem, Validation, Validator, Why},
};
use serde::Serialize;

use crate::{calc::plain_table, failure::Failure, load::Packs};

pub(crate) const HELP: &str = "Systems: procedure, drug, material, comment, disease, modifier, yj, price_code, hot7, hot9, hot11, hot13, gtin, generic_name, \
    disease_management, disease_exchange, modifier_management, modifier_exchange, icd10, jlac10, jlac11, health_check, facility_standard, ward, dental, \
    dispensing, visiting_nursing, insurer, public_payer, recipient, institution.\n\
    A line of --file is CODE, or CODE,SYSTEM, or CODE,SYSTEM,YYYY-MM-DD; a first line that begins with `code` is a header.\n\
    Exit codes: 0 every code is valid, 1 some are not or the input is refused, 2 wrong usage";

/// A file may be so long.
const LONGEST: u64 = 64 << 20;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The codes.
    #[arg(required_unless_present = "file")]
    codes: Vec<String>,
    /// The system that they are of; without it, the likeliest.
    #[arg(long, value_name = "SYSTEM", value_parser = |name: &str| name.parse::<System>())]
    system: Option<System>,
    /// Whether they are in force on this day; without it, whether they ever were.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<ServiceDate>,
    /// Codes from a file, one on a line; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
    /// Print JSON, one line for each code, instead of a table.
    #[arg(long)]
    json: bool,
}

/// A code of the input.
struct Asked {
    line: Option<u64>,
    code: String,
    system: Option<System>,
    date: Option<ServiceDate>,
}

/// An answer with the line of its code.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(flatten)]
    validation: &'a Validation,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let asked = asked(arguments)?;
    let validator = Validator::new(&arguments.packs.load()?);
    let mut valid = true;
    let mut table = plain_table();
    table.set_header(["コード", "体系", "判定", "名称", "理由", "候補"]);
    for Asked { line, code, system, date } in asked {
        let validation = validator
            .validate(&code, system, date)
            .map_err(|error| Failure::Other(placed(line, &error.to_string())))?;
        valid &= validation.valid;
        if arguments.json {
            let answer = Answer { line, validation: &validation };
            writeln!(out, "{}", serde_json::to_string(&answer).map_err(io::Error::other)?)?;
        } else {
            table.add_row([
                validation.code.clone(),
                validation.title.unwrap_or("–").to_owned(),
                status(validation.status).to_owned(),
                validation.name.clone().unwrap_or_default(),
                validation.message.clone(),
                instead(&validation),
            ]);
        }
    }
    if !arguments.json {
        writeln!(out, "{table}")?;
    }
    Ok(if valid { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn asked(arguments: &Arguments) -> Result<Vec<Asked>, Failure> {
    let given = arguments.codes.iter().map(|code| Asked {
        line: None,
        code: code.clone(),
        system: arguments.system,
        date: arguments.date,
    });
    let mut asked: Vec<Asked> = given.collect();
    let Some(path) = &arguments.file else { return Ok(asked) };
    let fail = |error| Failure::File { path: path.clone(), error, help: "give a text file with one code on a line" };
    let mut text = String::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(fail)?;
    } else {
        fs::File::open(path).map_err(fail)?.take(LONGEST).read_to_string(&mut text).map_err(fail)?;
    }
    for (line, text) in (1u64..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let mut cells = text.split(',').map(|cell| cell.trim().trim_matches('"'));
        let code = cells.next().unwrap_or_default();
        if code.is_empty() && text.trim().is_empty() || (line == 1 && code.eq_ignore_ascii_case("code")) {
            continue;
        }
        let (system, date) =
            (cells.next().filter(|cell| !cell.is_empty()), cells.next().filter(|cell| !cell.is_empty()));
        let system = system.map(str::parse).transpose();
        let system = system.map_err(|error: UnknownSystem| Failure::Other(placed(Some(line), &error.to_string())))?;
        let date = date.map(str::parse::<ServiceDate>).transpose();
        let date = date.map_err(|error| Failure::Other(placed(Some(line), &error.to_string())))?;
        asked.push(Asked {
            line: Some(line),
            code: code.to_owned(),
            system: system.or(arguments.system),
            date: date.or(arguments.date),
        });
    }
    Ok(asked)
}

fn placed(line: Option<u64>, message: &str) -> String {
    line.map_or_else(|| message.to_owned(), |line| format!("line {line}: {message}"))
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Valid => "有効",
        Status::Unlisted => "書式のみ確認",
        Status::Malformed => "書式違い",
        Status::WrongCheckDigit => "検査数字違い",
        Status::Unknown => "該当なし",
        Status::NotInForce => "期間外",
    }
}

fn instead(validation: &Validation) -> String {
    let why = |why: Why| match why {
        Why::Spelling => "表記",
        Why::CheckDigit => "検査数字",
        Why::Near => "近い",
        Why::Successor => "移行先",
        Why::SamePriceCode => "同じ薬価コード",
        Why::SameGenericName => "同じ一般名",
        Why::OtherSystem => "別の体系",
    };
    let lines = validation.instead.iter().map(|other| {
        let name = other.name.as_deref().unwrap_or_default();
        let system = if other.why == Why::OtherSystem { other.system } else { "" };
        let words = [why(other.why), system, &other.code, name];
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}
