//! Laboratory items: the axes of a JLAC10 or JLAC11 code with their names, from JLAC11 to JLAC10, and by which procedure
//! an item is charged.
//!
//! No table of items and procedures is published. The one here, `masters/lab-procedures.csv`, is the project's own; every
//! answer from it says why, who says so, and how sure it is.
//!
//! ```
//! use santei::{lookup::lab::lab, master::Masters};
//! let masters = Masters::standard()?;
//! let card = lab(&masters, "3B035000002327801", None)?;
//! assert_eq!(card.axes[2].name.as_deref(), Some("血清"));
//! assert_eq!(card.procedures[0].name.as_deref(), Some("ＡＳＴ"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod axes;
mod procedures;

pub use axes::{LabAxis, LabAxisKind, LabSystem};
pub use procedures::{LabItem, LabOfProcedure, LabProcedureMatch, LabProcedureRow, labs_of_procedure};

use serde::Serialize;

use super::fault::{CodeFault, CodeFaultKind, cut};
use crate::{
    date::ServiceDate,
    lookup::fold,
    master::{JlacLink, Lab, Masters},
};

/// The code of 電子カルテ情報共有サービス for a result without a code.
const UNMAPPED: &str = "99999999999999999";
/// Most codes of the other system that are listed.
const MOST: usize = 100;

/// A laboratory item by its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LabCard {
    /// Of which system the code is.
    pub system: LabSystem,
    /// The code.
    pub code: String,
    /// The name of the item, where a master has the whole code.
    pub name: Option<String>,
    /// The unit of its result, where a master has it.
    pub unit: Option<String>,
    /// The axes of the code, in their order.
    pub axes: Vec<LabAxis>,
    /// JLAC10 codes of a JLAC11 code.
    pub jlac10: Vec<LabLink>,
    /// JLAC11 codes of products that have this JLAC10 code.
    pub jlac11: Vec<LabLink>,
    /// By which procedures the item is charged.
    pub procedures: Vec<LabProcedureRow>,
    /// What deserves a look.
    pub faults: Vec<CodeFault>,
}

/// A code of the other system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LabLink {
    /// The code.
    pub code: String,
    /// FHIR項目名称.
    pub name: String,
    /// 販売名称 of the product.
    pub product: String,
    /// 材料.
    pub material: String,
    /// 測定法.
    pub method: String,
    /// 単位.
    pub unit: String,
}

/// Looks a laboratory item up by its JLAC10 code (15 or 17 characters) or its JLAC11 code (17 characters).
///
/// # Errors
/// [`CodeFault`] when the text is neither. A code that no master has is no error: its axes tell what it is.
pub fn lab(masters: &Masters, code: &str, on: Option<ServiceDate>) -> Result<LabCard, Box<CodeFault>> {
    if let Some(fault) = CodeFault::of_day(on) {
        return Err(Box::new(fault));
    }
    // Written in groups, a code has hyphens: 3B035-0000-023-278-01.
    let folded =
        if code.len() > 200 { String::new() } else { fold(code).replace([' ', 'ー'], "").to_ascii_uppercase() };
    if folded == UNMAPPED {
        let fault = CodeFault::error("", CodeFaultKind::UnknownCode, "this code says that the result has no code");
        return Err(Box::new(fault.help("look at the name that stands beside it")));
    }
    let Some(system) = axes::system_of(&folded) else {
        let fault = CodeFault::error("", CodeFaultKind::Schema, "this is no code of a laboratory item");
        let forms = "JLAC10: 15 or 17 characters, a digit and a letter first; JLAC11: 17 characters, a letter and four digits first";
        return Err(Box::new(fault.expected(forms, cut(code)).help("check the code, or search by the item's name")));
    };
    let mut card = LabCard {
        system,
        name: None,
        unit: None,
        axes: axes::axes(masters, system, &folded),
        jlac10: Vec::new(),
        jlac11: Vec::new(),
        procedures: Vec::new(),
        faults: Vec::new(),
        code: folded,
    };
    match system {
        LabSystem::Jlac10 => jlac10(masters, on, &mut card),
        LabSystem::Jlac11 => jlac11(masters, on, &mut card),
    }
    if card.axes.first().is_some_and(|axis| axis.name.is_none()) {
        let message = "no loaded master names what is measured by this code";
        let fault = CodeFault::error("", CodeFaultKind::UnknownCode, message).warning();
        card.faults.push(fault.help("add a pack with the code tables of JLAC10, or the table of JLAC11 and JLAC10"));
    }
    Ok(card)
}

fn jlac10(masters: &Masters, on: Option<ServiceDate>, card: &mut LabCard) {
    let row = masters.versions::<Lab<'_>>(card.code.as_str()).last();
    card.name = row.map(|row| row.name().to_owned());
    card.unit = row.map(|row| row.unit().to_owned()).filter(|unit| !unit.is_empty());
    let order = card.code.as_str();
    let links = procedures::every::<JlacLink<'_>>(masters).filter(|row| row.jlac10().starts_with(order));
    card.jlac11 = links.map(|row| link(row, row.code())).take(MOST).collect();
    tidy(&mut card.jlac11);
    card.name = card.name.take().or_else(|| card.jlac11.first().map(|link| link.name.clone()));
    card.procedures = procedures::of(masters, &card.code, on);
}

fn jlac11(masters: &Masters, on: Option<ServiceDate>, card: &mut LabCard) {
    let rows: Vec<JlacLink<'_>> = masters.versions::<JlacLink<'_>>(card.code.as_str()).collect();
    card.name = rows.first().map(|row| row.name().to_owned());
    card.unit = rows.first().map(|row| row.unit().trim().to_owned()).filter(|unit| !unit.is_empty());
    card.jlac10 = rows.iter().filter(|row| !row.jlac10().is_empty()).map(|row| link(*row, row.jlac10())).collect();
    tidy(&mut card.jlac10);
    for link in &card.jlac10 {
        for found in procedures::of(masters, &link.code, on) {
            if !card.procedures.contains(&found) {
                card.procedures.push(found);
            }
        }
    }
    if rows.is_empty() {
        let message = "no loaded master leads from this JLAC11 code to JLAC10";
        let fault = CodeFault::error("", CodeFaultKind::UnknownCode, message).warning();
        card.faults.push(fault.help("add a pack with the table of JLAC11 and JLAC10 of 電子カルテ情報共有サービス"));
    }
}

fn link(row: JlacLink<'_>, code: &str) -> LabLink {
    LabLink {
        code: code.to_owned(),
        name: row.name().to_owned(),
        product: row.product().to_owned(),
        material: row.material().to_owned(),
        method: row.method().to_owned(),
        unit: row.unit().trim().to_owned(),
    }
}

fn tidy(links: &mut Vec<LabLink>) {
    crate::order::by(links, |one, other| (&one.code, &one.product).cmp(&(&other.code, &other.product)));
    links.dedup();
}

#[cfg(test)]
mod tests;
