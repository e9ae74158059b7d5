//! `santei find` and `santei show`: codes by name, and a code in every period.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use santei::{
    date::ServiceDate,
    lookup::{self, Hit, Rank, Search, Value},
    master::{Certainty, MasterKind},
};

use crate::{calc::plain_table, failure::Failure, load::Packs};

#[derive(Args)]
pub(crate) struct FindArguments {
    /// A code, its beginning, or a part of a name or reading (kanji, kana of any width, hiragana).
    query: String,
    /// Only this master.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Only what is in force on this day; without it, the newest row of each code.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<ServiceDate>,
    /// At most so many.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    packs: Packs,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
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

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Procedure,
    Drug,
    Disease,
    Modifier,
    Lab,
    Material,
    Comment,
}

impl From<Kind> for MasterKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Procedure => Self::Procedure,
            Kind::Drug => Self::Drug,
            Kind::Disease => Self::Disease,
            Kind::Modifier => Self::Modifier,
            Kind::Lab => Self::Lab,
            Kind::Material => Self::Material,
            Kind::Comment => Self::Comment,
        }
    }
}

pub(crate) fn find(arguments: &FindArguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    let search = Search {
        query: &arguments.query,
        kind: arguments.kind.map(MasterKind::from),
        on: arguments.date,
        limit: arguments.limit,
    };
    let hits = lookup::find(&masters, &search);
    if arguments.json {
        json(&hits, out)?;
        return Ok(found(!hits.is_empty()));
    }
    if hits.is_empty() {
        return Err(Failure::Other(format!("nothing is found for `{}`", arguments.query)));
    }
    let mut table = plain_table();
    table.set_header(["種別", "コード", "名称", "点数・薬価・ICD-10", "期間", "一致", "確かさ"]);
    for hit in &hits {
        table.add_row([
            hit.kind.to_owned(),
            hit.code.clone(),
            hit.name.clone(),
            figure(hit),
            period(hit.from, hit.last_day),
            rank(hit.rank).to_owned(),
            certainty(hit.certainty).to_owned(),
        ]);
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

fn found(any: bool) -> ExitCode {
    if any { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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

fn rank(rank: Rank) -> &'static str {
    match rank {
        Rank::Exact => "一致",
        Rank::Prefix => "前方",
        Rank::Contains => "部分",
    }
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Official => "公式",
        Certainty::Confirmed => "2出典",
        Certainty::Single => "1出典",
        Certainty::Unverified => "未検証",
    }
}
