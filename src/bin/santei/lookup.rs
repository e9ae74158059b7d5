//! `santei find` and `santei show`: codes by name, and a code in every period.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Args, ValueEnum, builder::PossibleValuesParser};
use santei::{
    date::ServiceDate,
    lookup::{self, Finder, Hit, Rank, Search, Setting, Value},
    master::{Certainty, MasterKind},
};

use crate::{calc::plain_table, failure::Failure, load::Packs};

#[derive(Args)]
pub(crate) struct FindArguments {
    /// A code, its beginning, or a part of a name or reading (kanji, kana of any width, hiragana); several words must all match,
    /// in any order.
    #[arg(required = true, value_name = "WORD")]
    query: Vec<String>,
    /// Only these masters; may be given several times.
    #[arg(long = "kind", value_delimiter = ',', value_parser = PossibleValuesParser::new(lookup::kinds().map(|(_, name, _)| name)))]
    kinds: Vec<String>,
    /// Only what is in force on this day; without it, the newest row of each code.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<ServiceDate>,
    /// Only what stands here in the fee schedule: the beginning of a 区分番号 (D, D00, B001-2), or a 診療識別 (60).
    #[arg(long)]
    section: Option<String>,
    /// Only what may be charged to outpatients, or to inpatients (入外適用区分).
    #[arg(long, value_enum)]
    setting: Option<Where>,
    /// At most so many.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    packs: Packs,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Where {
    Outpatient,
    Inpatient,
}

#[derive(Args)]
pub(crate) struct ShowArguments {
    /// The code.
    code: String,
    #[command(flatten)]
    packs: Packs,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

pub(crate) fn find(arguments: &FindArguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    let wanted = |name: &str| arguments.kinds.iter().any(|kind| kind == name);
    let kinds: Vec<MasterKind> = lookup::kinds().filter(|(_, name, _)| wanted(name)).map(|(kind, ..)| kind).collect();
    let search = Search {
        query: &arguments.query.join(" "),
        kinds: &kinds,
        on: arguments.date,
        section: arguments.section.as_deref(),
        setting: arguments.setting.map(|setting| match setting {
            Where::Outpatient => Setting::Outpatient,
            Where::Inpatient => Setting::Inpatient,
        }),
        limit: arguments.limit,
        ..Search::default()
    };
    let found = Finder::new(&masters).search(&search);
    let note = found.note.map_or_else(String::new, |note| note.message);
    if arguments.json {
        json(&found.hits, out)?;
    }
    if found.hits.is_empty() {
        let why = if arguments.limit == 0 { "at most 0 hits were asked for" } else { &note };
        return Err(Failure::Other(format!("`{}`: {why}", search.query)));
    }
    if arguments.json {
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = plain_table();
    table.set_header(["種別", "コード", "名称", "点数・薬価・ICD-10", "期間", "一致", "確かさ"]);
    for hit in &found.hits {
        table.add_row([
            hit.kind.to_owned(),
            hit.code.clone(),
            hit.name.clone(),
            figure(hit),
            period(hit.from, hit.last_day),
            matched(hit),
            certainty(hit.certainty).to_owned(),
        ]);
    }
    if !note.is_empty() {
        writeln!(out, "{note}")?;
    }
    writeln!(out, "{table}")?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn show(arguments: &ShowArguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    let Some(shown) = lookup::show(&masters, &arguments.code) else {
        let message = format!("no master has the code `{}`; `santei find` finds codes by name", arguments.code);
        return Err(Failure::Other(message));
    };
    if arguments.json {
        json(&shown, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "{} {}", shown.title, shown.code)?;
    for version in &shown.versions {
        writeln!(out)?;
        let period = period(version.from, version.last_day);
        writeln!(out, "{period}　{}　出典 {}", certainty(version.certainty), version.source)?;
        for (name, value) in &version.columns.0 {
            // What a column does not use is left out of the table; --json has every column.
            match value {
                Value::Number(0) | Value::None => {}
                Value::Number(number) => writeln!(out, "  {name}: {number}")?,
                Value::Text(text) if text.is_empty() || text == "0" => {}
                Value::Text(text) => writeln!(out, "  {name}: {text}")?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn json(value: &impl serde::Serialize, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(value).map_err(io::Error::other)?)
}

fn figure(hit: &Hit) -> String {
    let unit = hit.unit.as_deref().filter(|unit| !unit.is_empty());
    if let Some(price) = &hit.price {
        return format!("{price}円/{}", unit.unwrap_or("単位"));
    }
    match (&hit.points, hit.point_kind, &hit.icd10) {
        (Some(points), Some(1), _) => format!("{points}円"),
        (Some(points), Some(5), _) => format!("+{points}%"),
        (Some(points), Some(6), _) => format!("-{points}%"),
        (Some(points), Some(8), _) => format!("-{points}点"),
        (Some(_), Some(4 | 7), _) => "入力による".to_owned(),
        (Some(points), ..) => format!("{points}点"),
        (.., Some(icd10)) => icd10.clone(),
        _ => String::new(),
    }
}

fn period(from: ServiceDate, last_day: Option<ServiceDate>) -> String {
    match last_day {
        Some(last) => format!("{from}～{last}"),
        None => format!("{from}～"),
    }
}

/// How a row matches, and the columns beside the name in which it does.
fn matched(hit: &Hit) -> String {
    let rank = match hit.rank {
        Rank::Exact => "一致",
        Rank::Prefix => "前方",
        Rank::WordStart => "語頭",
        Rank::Contains => "部分",
        Rank::Fuzzy => "近似",
    };
    let columns = hit.elsewhere.iter().map(|place| place.column);
    columns.fold(rank.to_owned(), |text, column| format!("{text} {column}"))
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Official => "公式",
        Certainty::Confirmed => "2出典",
        Certainty::Single => "1出典",
        Certainty::Unverified => "未検証",
    }
}
