//! `santei compare`: the same encounters under two revisions, as a table, CSV or JSON Lines.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use comfy_table::CellAlignment;
use santei::{
    calculation::{parse_bytes, too_long},
    comparison::{Change, Comparer, Comparison, LineChange, LineFigure, NotComparable, RefusedUnder, Tally},
    fee::{Encounter, Refusal, Verdict},
    json,
};
use serde::Serialize;

use crate::{
    batch::Refused,
    calc::plain_table,
    failure::Failure,
    jsonl::{Chunk, Input, Line, Output},
    load::Packs,
};

pub(crate) const HELP: &str = "docs/what-if.md says what it means. Exit codes: 0 done, 1 some encounters could not be \
    compared or a file is refused, 2 wrong usage";
/// How many codes the table at the end shows.
const CODES: usize = 30;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The one revision: `r6`, or its name.
    #[arg(long, value_name = "REVISION")]
    from: String,
    /// The other revision.
    #[arg(long, value_name = "REVISION")]
    to: String,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write here instead of to standard output. The file appears when it is whole.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: what changed in each encounter, and the sums by code.
    Table,
    /// One row for each visit and each line that changed.
    Csv,
    /// JSON Lines: one for each encounter, and the sums as the last.
    Json,
}

/// Some encounters, written and counted.
#[derive(Default)]
struct Made {
    text: Vec<u8>,
    tally: Tally,
}

#[derive(Serialize)]
struct Compared<'a, T> {
    line: u64,
    #[serde(flatten)]
    comparison: &'a T,
}

#[derive(Serialize)]
struct Total<'a> {
    total: &'a Tally,
    from: &'a str,
    to: &'a str,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    let comparer = Comparer::new(&masters, &arguments.from, &arguments.to)?;
    let mut output = Output::open(arguments.output.as_deref())?;
    let mut tally = Tally::default();
    let mut text = Vec::new();
    arguments.format.head(&comparer, &mut text)?;
    output.write(&text)?;
    arguments.input.each(
        |chunk| compare(&comparer, arguments.format, chunk),
        |made| {
            let Made { text, tally: more } = made?;
            tally.merge(more);
            output.write(&text)
        },
    )?;
    text.clear();
    arguments.format.end(&comparer, &tally, &mut text)?;
    output.write(&text)?;
    output.finish()?;
    Ok(if tally.not_comparable == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn compare(comparer: &Comparer, format: Format, chunk: &Chunk) -> Result<Made, Failure> {
    let mut made = Made::default();
    for (line, text) in chunk.lines() {
        let encounter: Result<Encounter, Refusal> = match text {
            Line::Empty => continue,
            Line::TooLong(length) => Err(too_long(length)),
            Line::Text(text) => parse_bytes(text),
        };
        let encounter = match encounter {
            Ok(encounter) => encounter,
            Err(refusal) => {
                made.tally.add_not_comparable();
                format.refused(line, &refusal, &mut made.text)?;
                continue;
            }
        };
        match comparer.compare(&encounter) {
            Ok(comparison) => {
                made.tally.add(&comparison);
                format.comparison(line, &comparison, &mut made.text)?;
            }
            Err(why) => {
                made.tally.add_not_comparable();
                format.not_comparable(line, &why, &mut made.text)?;
            }
        }
    }
    Ok(made)
}

impl Format {
    fn head(self, comparer: &Comparer, out: &mut Vec<u8>) -> Result<(), Failure> {
        match self {
            Self::Table => writeln!(out, "{} → {}", comparer.from(), comparer.to())?,
            Self::Csv => row(out, CSV_HEAD)?,
            Self::Json => {}
        }
        Ok(())
    }

    fn comparison(self, line: u64, comparison: &Comparison, out: &mut Vec<u8>) -> Result<(), Failure> {
        match self {
            Self::Table => print(line, comparison, out)?,
            Self::Csv => csv_rows(line, comparison, out)?,
            Self::Json => json_line(out, &Compared { line, comparison }),
        }
        Ok(())
    }

    fn not_comparable(self, line: u64, why: &NotComparable, out: &mut Vec<u8>) -> Result<(), Failure> {
        match self {
            Self::Table => {
                for refused in &why.not_comparable {
                    print_refusal(line, &format!("{} では", refused.revision), &refused.errors, out)?;
                }
            }
            Self::Csv => {
                for refused in &why.not_comparable {
                    csv_refusal(line, refused, out)?;
                }
            }
            Self::Json => json_line(out, &Compared { line, comparison: why }),
        }
        Ok(())
    }

    /// A line that is no encounter under any revision.
    fn refused(self, line: u64, refusal: &Refusal, out: &mut Vec<u8>) -> Result<(), Failure> {
        match self {
            Self::Table => print_refusal(line, "", &refusal.errors, out)?,
            Self::Csv => {
                csv_refusal(line, &RefusedUnder { revision: String::new(), errors: refusal.errors.clone() }, out)?;
            }
            Self::Json => json_line(out, &Refused { line, refusal }),
        }
        Ok(())
    }

    fn end(self, comparer: &Comparer, tally: &Tally, out: &mut Vec<u8>) -> Result<(), Failure> {
        match self {
            Self::Table => print_tally(comparer, tally, out)?,
            Self::Csv => {
                let (from, to) = (tally.from_points.to_string(), tally.to_points.to_string());
                let difference = tally.difference.to_string();
                row(out, ["", "", "", "all", "", "", "", "", "", "", &from, "", "", "", &to, &difference, ""])?;
            }
            Self::Json => json_line(out, &Total { total: tally, from: comparer.from(), to: comparer.to() }),
        }
        Ok(())
    }
}

fn json_line(out: &mut Vec<u8>, value: &impl Serialize) {
    out.extend_from_slice(json::to_string(value).as_bytes());
    out.push(b'\n');
}

fn print(line: u64, comparison: &Comparison, out: &mut Vec<u8>) -> io::Result<()> {
    for visit in &comparison.visits {
        let open = if visit.settled { "" } else { "（要確認の行を除く）" };
        writeln!(
            out,
            "{line} 行目 visits[{}] {}: {} → {}（{:+}）{open}",
            visit.visit,
            visit.date,
            visit.from_points.get(),
            visit.to_points.get(),
            visit.difference
        )?;
        for change in &visit.changes {
            let LineChange { section, code, name, from, to, .. } = change;
            let code = code.as_deref().unwrap_or("–");
            let difference = change.difference.map_or_else(|| "？".to_owned(), |points| format!("{points:+}"));
            writeln!(out, "    {section} {code} {name}: {} → {}（{difference}）", shown(*from), shown(*to))?;
        }
    }
    Ok(())
}

fn shown(figure: Option<LineFigure>) -> String {
    let Some(LineFigure { verdict, points, count, yen, .. }) = figure else { return "なし".to_owned() };
    let points = points.map_or_else(|| "？".to_owned(), |points| points.get().to_string());
    match verdict {
        Verdict::Charged => yen.map_or_else(|| format!("{points}×{count}"), |yen| yen.to_string()),
        Verdict::Bundled => "包括".to_owned(),
        Verdict::Excluded => "算定不可".to_owned(),
        Verdict::Limited => "回数超過".to_owned(),
        Verdict::NeedsReview => "要確認".to_owned(),
    }
}

fn print_refusal(line: u64, under: &str, errors: &[santei::fee::InputError], out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, "{line} 行目 {under}計算できない")?;
    errors.iter().try_for_each(|error| writeln!(out, "    {error}"))
}

fn print_tally(comparer: &Comparer, tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
    let mut codes: Vec<_> = tally.codes.iter().collect();
    // The largest difference first, among equal ones the code.
    codes.sort_by_key(|(_, code)| core::cmp::Reverse(code.difference.unsigned_abs()));
    if !codes.is_empty() {
        let mut table = plain_table();
        table.set_header(["コード", "名称", "点数変更", "判定変更", "新", "廃", "増減"]);
        for (key, code) in codes.iter().take(CODES) {
            let counts = [code.points, code.verdict, code.new, code.gone].map(|count| count.to_string());
            let [points, verdict, new, gone] = counts;
            let difference = format!("{:+}", code.difference);
            table.add_row([(*key).clone(), code.name.clone(), points, verdict, new, gone, difference]);
        }
        for column in 2..7 {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        writeln!(out, "\n{table}")?;
        if codes.len() > CODES {
            writeln!(out, "ほか {} コード（--format json にすべてある）", codes.len() - CODES)?;
        }
    }
    writeln!(
        out,
        "\n{} 件（{} 回の診療）、うち変わるもの {} 件、要確認を含むもの {} 件、比べられないもの {} 件",
        tally.compared, tally.visits, tally.changed, tally.unsettled, tally.not_comparable
    )?;
    let Tally { from_points, to_points, difference, .. } = tally;
    writeln!(out, "合計 {} {from_points} → {} {to_points}（{difference:+}）", comparer.from(), comparer.to())
}

const CSV_HEAD: [&str; 17] = [
    "line",
    "visit",
    "date",
    "change",
    "section",
    "code",
    "name",
    "from_verdict",
    "from_points",
    "from_count",
    "from_total",
    "to_verdict",
    "to_points",
    "to_count",
    "to_total",
    "difference",
    "error",
];

fn csv_rows(line: u64, comparison: &Comparison, out: &mut Vec<u8>) -> Result<(), Failure> {
    let line = line.to_string();
    for visit in &comparison.visits {
        let (number, date) = (visit.visit.to_string(), visit.date.to_string());
        let (from, to) = (visit.from_points.get().to_string(), visit.to_points.get().to_string());
        let difference = visit.difference.to_string();
        let kind = if visit.settled { "visit" } else { "visit_unsettled" };
        row(out, [&line, &number, &date, kind, "", "", "", "", "", "", &from, "", "", "", &to, &difference, ""])?;
        for change in &visit.changes {
            let kind = match change.change {
                Change::New => "new",
                Change::Gone => "gone",
                Change::Verdict => "verdict",
                Change::Points => "points",
            };
            let [from_verdict, from_points, from_count, from_total] = cells(change.from);
            let [to_verdict, to_points, to_count, to_total] = cells(change.to);
            let difference = change.difference.map(|points| points.to_string()).unwrap_or_default();
            let code = change.code.as_deref().unwrap_or_default();
            row(
                out,
                [
                    &line,
                    &number,
                    &date,
                    kind,
                    &change.section,
                    code,
                    &change.name,
                    &from_verdict,
                    &from_points,
                    &from_count,
                    &from_total,
                    &to_verdict,
                    &to_points,
                    &to_count,
                    &to_total,
                    &difference,
                    "",
                ],
            )?;
        }
    }
    Ok(())
}

fn cells(figure: Option<LineFigure>) -> [String; 4] {
    let Some(LineFigure { verdict, points, count, total, .. }) = figure else { return Default::default() };
    let number = |points: Option<santei::money::Points>| points.map(|p| p.get().to_string()).unwrap_or_default();
    let verdict = match verdict {
        Verdict::Charged => "charged",
        Verdict::Bundled => "bundled",
        Verdict::Excluded => "excluded",
        Verdict::Limited => "limited",
        Verdict::NeedsReview => "needs_review",
    };
    [verdict.to_owned(), number(points), count.to_string(), number(total)]
}

fn csv_refusal(line: u64, refused: &RefusedUnder, out: &mut Vec<u8>) -> Result<(), Failure> {
    let line = line.to_string();
    for error in &refused.errors {
        let under = if refused.revision.is_empty() { String::new() } else { format!("under {}: ", refused.revision) };
        let error = format!("{under}{error}");
        row(out, [&line, "", "", "not_comparable", "", "", "", "", "", "", "", "", "", "", "", "", &error])?;
    }
    Ok(())
}

fn row(out: &mut Vec<u8>, cells: [&str; 17]) -> Result<(), Failure> {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(256).from_writer(&mut *out);
    writer.write_record(cells).map_err(io::Error::other)?;
    writer.flush()?;
    Ok(())
}
