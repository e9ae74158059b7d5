//! `santei calc`: an encounter in, its statement out, as a table or as JSON.

use std::{
    fs,
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;
use comfy_table::{CellAlignment, ContentArrangement, Table, TableComponent, presets};
use santei::{
    calculation::{Calculation, Options, calculate_json},
    copay::Copay,
    date::ServiceDate,
    fee::{Line, TraceNode, Verdict, VisitStatement},
    master::Certainty,
};

use crate::{failure::Failure, load::Packs};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The encounter in JSON; `-` reads standard input.
    visit: PathBuf,
    #[command(flatten)]
    packs: Packs,
    /// Take this day as the day of service (one visit only).
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<ServiceDate>,
    /// Calculate by the rules of this revision (`r8`, or its name), whatever the day of service.
    #[arg(long, value_name = "REVISION")]
    as_of_revision: Option<String>,
    /// Show what each phase did.
    #[arg(long)]
    trace: bool,
    /// Print JSON on one line instead of a table. A refusal is JSON too.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    let text = read(&arguments.visit)?;
    let as_of_revision = arguments.as_of_revision.as_deref();
    let options = Options { date: arguments.date, trace: arguments.trace, as_of_revision };
    match calculate_json(&masters, &text, &options) {
        Ok(calculation) if arguments.json => writeln!(out, "{}", calculation.to_json())?,
        Ok(calculation) => print(&calculation, out)?,
        Err(refusal) if arguments.json => {
            writeln!(out, "{}", serde_json::to_string(&refusal).map_err(io::Error::other)?)?;
            return Ok(ExitCode::FAILURE);
        }
        Err(refusal) => return Err(Failure::Refused(refusal)),
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn read(path: &PathBuf) -> Result<String, Failure> {
    let help = "give a file in JSON (UTF-8), or `-` for standard input";
    let fault = |error| Failure::File { path: path.clone(), error, help };
    if path.as_os_str() != "-" {
        return fs::read_to_string(path).map_err(fault);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(fault)?;
    Ok(text)
}

fn print(calculation: &Calculation, out: &mut impl Write) -> io::Result<()> {
    let statement = &calculation.statement;
    if let Some(revision) = &statement.as_of_revision {
        writeln!(out, "仮定の計算：診療日にかかわらず {revision} の規則による（負担割合は診療日による）")?;
    }
    for (visit, copay) in statement.visits.iter().zip(&calculation.copay) {
        print_visit(visit, copay, out)?;
    }
    if statement.visits.len() > 1 {
        writeln!(out, "全 {} 回の合計 {}", statement.visits.len(), statement.total_points)?;
    }
    let missing: Vec<&str> = calculation.statement.not_checked.iter().map(|check| check.name()).collect();
    if !missing.is_empty() {
        writeln!(out, "マスターに行がないため、一部の行の{}を見ていません。", missing.join("・"))?;
    }
    writeln!(out, "この版は高額療養費、公費を見ていません。")?;
    if let Some(trace) = &calculation.trace {
        writeln!(out, "\n経過")?;
        for node in trace {
            print_trace(node, 1, out)?;
        }
    }
    Ok(())
}

fn print_visit(visit: &VisitStatement, copay: &Copay, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}（{}）　{}", visit.date.era(), visit.date, visit.revision)?;
    let mut table = plain_table();
    table.set_header(["区分", "コード", "名称", "点数×回数", "計", "判定", "理由"]);
    for line in &visit.lines {
        let name = if line.addition { format!("＋{}", line.name) } else { line.name.clone() };
        table.add_row([
            line.section.clone(),
            line.code.clone().unwrap_or_default(),
            name + &quantity(line),
            line.points.map_or_else(|| "？".to_owned(), |points| format!("{}×{}", points.get(), line.count)),
            match (line.yen, line.total) {
                (Some(yen), _) => yen.to_string(),
                (_, total) => total.map_or_else(|| "？".to_owned(), |total| total.get().to_string()),
            },
            verdict(line),
            reasons(line),
        ]);
    }
    for column in [3, 4] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    writeln!(out, "{table}")?;
    let sections: Vec<_> =
        visit.sections.iter().map(|section| format!("{} {}", section.name, section.points.get())).collect();
    writeln!(out, "{}", sections.join("　"))?;
    let open = if visit.settled { "" } else { "（要確認の行を除く）" };
    writeln!(out, "合計 {}{open}", visit.total_points)?;
    match copay.amount {
        Some(amount) => writeln!(out, "患者負担 {amount}")?,
        None => writeln!(out, "患者負担 定まらない")?,
    }
    for reason in &copay.reasons {
        writeln!(out, "　{}（{}）", reason.text, reason.basis)?;
    }
    writeln!(out)
}

/// A table with a rule below its head and none between its rows.
pub(crate) fn plain_table() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    for component in [
        TableComponent::HorizontalLines,
        TableComponent::LeftBorderIntersections,
        TableComponent::RightBorderIntersections,
        TableComponent::MiddleIntersections,
    ] {
        table.remove_style(component);
    }
    table
}

fn quantity(line: &Line) -> String {
    match (&line.quantity, &line.unit) {
        (Some(quantity), Some(unit)) => format!(" {quantity}{unit}"),
        _ => line.drugs.iter().map(|drug| format!("\n　{} {}{}", drug.name, drug.quantity, drug.unit)).collect(),
    }
}

fn verdict(line: &Line) -> String {
    let verdict = match line.verdict {
        Verdict::Charged => "算定",
        Verdict::Bundled => "包括",
        Verdict::Excluded => "算定不可",
        Verdict::Limited => "回数超過",
        Verdict::NeedsReview => "要確認",
    };
    match line.certainty {
        Certainty::Unverified => format!("{verdict}（未検証）"),
        _ => verdict.to_owned(),
    }
}

fn reasons(line: &Line) -> String {
    let reasons = line.reasons.iter().map(|reason| format!("{}（{}）", reason.text, reason.basis));
    reasons.collect::<Vec<_>>().join("\n")
}

fn print_trace(node: &TraceNode, depth: usize, out: &mut impl Write) -> io::Result<()> {
    let colon = if node.detail.is_empty() { "" } else { ": " };
    writeln!(out, "{}{}{colon}{}", "  ".repeat(depth), node.label, node.detail)?;
    node.children.iter().try_for_each(|child| print_trace(child, depth + 1, out))
}
