//! `santei copay`: a patient's month in, what every visit comes to out, as a table or as JSON.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;
use comfy_table::CellAlignment;
use santei::{
    copay::{CopayMonth, Setting, Step, household_json, month_json},
    master::{Certainty, Masters},
};

use crate::{
    calc::{plain_table, read},
    failure::Failure,
    load::Packs,
};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The month in JSON; `-` reads standard input.
    month: PathBuf,
    #[command(flatten)]
    packs: Packs,
    /// The file is a household's month: its ceiling, and what is paid back.
    #[arg(long)]
    household: bool,
    /// Print JSON on one line instead of a table. A refusal is JSON too.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    if arguments.household {
        return household(arguments, &masters, out);
    }
    match month_json(&masters, &read(&arguments.month)?) {
        Ok(month) if arguments.json => writeln!(out, "{}", month.to_json())?,
        Ok(month) => print(&month, out)?,
        Err(refusal) if arguments.json => {
            writeln!(out, "{}", serde_json::to_string(&refusal).map_err(io::Error::other)?)?;
            return Ok(ExitCode::FAILURE);
        }
        Err(refusal) => return Err(Failure::Refused(refusal)),
    }
    Ok(ExitCode::SUCCESS)
}

fn household(arguments: &Arguments, masters: &Masters, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match household_json(masters, &read(&arguments.month)?) {
        Ok(household) if arguments.json => writeln!(out, "{}", household.to_json())?,
        Ok(household) => {
            steps(&household.steps, out)?;
            writeln!(
                out,
                "\n窓口の計 {}　限度額 {}　払い戻し {}　世帯の負担 {}",
                household.paid, household.limit, household.refund, household.own
            )?;
        }
        Err(refusal) if arguments.json => {
            writeln!(out, "{}", serde_json::to_string(&refusal).map_err(io::Error::other)?)?;
            return Ok(ExitCode::FAILURE);
        }
        Err(refusal) => return Err(Failure::Refused(refusal)),
    }
    Ok(ExitCode::SUCCESS)
}

fn name(setting: Setting) -> &'static str {
    match setting {
        Setting::Outpatient => "入院外",
        Setting::Inpatient => "入院",
    }
}

fn print(month: &CopayMonth, out: &mut impl Write) -> io::Result<()> {
    let half = if month.halved { "　75歳到達月（限度額は半額）" } else { "" };
    writeln!(out, "{}　{}割負担{half}", month.month, month.rate_tenths)?;
    for visit in &month.visits {
        writeln!(
            out,
            "\n会計 {}（{}）　医療費 {}　窓口 {}",
            visit.visit + 1,
            name(visit.setting),
            visit.cost,
            visit.due
        )?;
        if visit.collect != visit.due {
            writeln!(out, "　受け取る額 {}　返す額 {}", visit.collect, visit.give_back)?;
        }
        steps(&visit.steps, out)?;
    }
    for (index, claim) in month.claims.iter().enumerate() {
        writeln!(out, "\nこの月の明細書（{}）", name(claim.setting))?;
        if let Some(codes) = month.codes.get(index) {
            let notes = codes.special_notes.join("、");
            let notes = if notes.is_empty() { "なし" } else { &notes };
            writeln!(out, "レセプト種別 {}　特記事項 {notes}", codes.kind)?;
        }
        let mut table = plain_table();
        table.set_header(["支払う者", "対象", "支払額"]);
        table.add_row(["保険者".to_owned(), claim.cost.to_string(), claim.insurer.to_string()]);
        for payer in &claim.payers {
            let law = if payer.law.is_empty() { String::new() } else { format!("（法別{}）", payer.law) };
            table.add_row([format!("{}{law}", payer.name), payer.base.to_string(), payer.pays.to_string()]);
        }
        table.add_row(["患者".to_owned(), String::new(), claim.patient.to_string()]);
        for column in [1, 2] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        writeln!(out, "{table}")?;
        steps(&claim.steps, out)?;
    }
    for (title, list) in [("食事・生活療養", &month.meals), ("保険外", &month.extras)] {
        if !list.is_empty() {
            writeln!(out, "\n{title}")?;
            steps(list, out)?;
        }
    }
    writeln!(out, "\n窓口の計 {}（明細書との差 {}）", month.due, month.rounding_difference)?;
    if let Some(yearly) = month.yearly_ceiling {
        writeln!(out, "年間上限（参考。期間の後に申請して払い戻される） {yearly}")?;
    }
    if let Some(yearly) = month.yearly_outpatient_ceiling {
        writeln!(out, "外来の年間上限（参考。期間の後に申請して払い戻される） {yearly}")?;
    }
    for text in &month.unverified {
        writeln!(out, "未検証: {text}")?;
    }
    for text in &month.warnings {
        writeln!(out, "注意: {text}")?;
    }
    Ok(())
}

fn steps(steps: &[Step], out: &mut impl Write) -> io::Result<()> {
    for step in steps {
        let rounding = step.rounding.map_or_else(String::new, |rounding| format!("　[{}]", rounding.name()));
        let doubt = if step.certainty == Certainty::Unverified { "　未検証" } else { "" };
        writeln!(out, "　{}{rounding}（{}）{doubt}", step.text, step.basis)?;
    }
    Ok(())
}
