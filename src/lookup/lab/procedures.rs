//! Which procedure a laboratory item is charged by, and which items a procedure stands for.

use serde::Serialize;

use super::axes::split;
use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    lookup::fault::day_or_last,
    master::{Certainty, Lab, LabProcedure, Masters, Procedure, Row},
};

/// Materials of JLAC10 that are blood or a part of it: the fee schedule does not tell them apart.
const BLOOD: [&str; 7] = ["017", "018", "019", "020", "021", "022", "023"];

/// A procedure by which an item is charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LabProcedureRow {
    /// 診療行為コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub procedure: ProcedureCode,
    /// Its name on the day; none when it is not in force.
    pub name: Option<String>,
    /// 区分番号 on the day.
    pub fee_item: Option<String>,
    /// How the item was found in the table.
    pub matched: LabProcedureMatch,
    /// Why: `name` (the procedure has the item's name), `abbreviation`, `part` (one figure of several), `count` (the number
    /// of items decides) or `judgement`.
    pub basis: String,
    /// The same in words.
    pub note: String,
    /// Who says so: no table is published.
    pub curator: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where the facts stand.
    pub source: String,
}

/// How an item was found in the table of procedures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LabProcedureMatch {
    /// Analyte, identification, material and result are those of the table.
    Item,
    /// The material is another part of blood than the table has.
    Blood,
}

/// An item that a procedure stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LabOfProcedure {
    /// The axes of the item's JLAC10 code with a `-` between them, `*` for any.
    pub pattern: String,
    /// Names of known items of this pattern, with their codes.
    pub items: Vec<LabItem>,
    /// Why, as with [`LabProcedureRow`].
    pub basis: String,
    /// Who says so.
    pub curator: String,
    /// How sure it is.
    pub certainty: Certainty,
}

/// A laboratory item of the masters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LabItem {
    /// JLAC10.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Every row of a master, the pack that was added last first.
pub(super) fn every<'m, R: Row<'m>>(masters: &'m Masters) -> impl Iterator<Item = R> {
    masters.tables(R::KIND).flat_map(|table| (0..table.rows()).map(move |row| R::at(table, row)))
}

/// The procedures of a JLAC10 code, the surest first.
pub(super) fn of(masters: &Masters, code: &str, on: Option<ServiceDate>) -> Vec<LabProcedureRow> {
    let parts = split(code);
    let mut found: Vec<LabProcedureRow> = Vec::new();
    for row in masters.in_force::<LabProcedure<'_>>(day_or_last(on)) {
        let Some(matched) = fits(row.code(), &parts) else { continue };
        let Some(procedure) = ProcedureCode::from_number(row.procedure_code()) else { continue };
        let held = masters.row::<Procedure<'_>>(&procedure, day_or_last(on));
        let known = found.iter().any(|known| known.procedure == procedure && known.matched <= matched);
        if known {
            continue;
        }
        found.push(LabProcedureRow {
            procedure,
            name: held.map(|held| held.name().to_owned()),
            fee_item: held.map(|held| held.fee_item().to_owned()).filter(|item| !item.is_empty()),
            matched,
            basis: row.basis().to_owned(),
            note: row.note().to_owned(),
            curator: row.curator().to_owned(),
            certainty: if matched == LabProcedureMatch::Item { row.certainty() } else { Certainty::Unverified },
            source: row.source().to_owned(),
        });
    }
    // What the table says of the very material goes before what it says of another.
    if found.iter().any(|row| row.matched == LabProcedureMatch::Item) {
        found.retain(|row| row.matched == LabProcedureMatch::Item);
    }
    crate::order::by_key(&mut found, |row| (row.matched, row.certainty, row.procedure));
    found.dedup_by_key(|row| row.procedure);
    found
}

/// Whether the axes of a code are those of a row.
fn fits(pattern: &str, parts: &[&str]) -> Option<LabProcedureMatch> {
    let mut matched = LabProcedureMatch::Item;
    for (place, known) in pattern.split('-').enumerate() {
        // A code of 15 characters says nothing of the result.
        let Some(part) = parts.get(place) else { break };
        if known == "*" || known == *part {
            continue;
        }
        if place == 2 && BLOOD.contains(&known) && BLOOD.contains(part) {
            matched = LabProcedureMatch::Blood;
            continue;
        }
        return None;
    }
    Some(matched)
}

/// The items that a procedure stands for.
///
/// ```
/// use santei::{lookup::lab::labs_of_procedure, master::Masters};
/// let masters = Masters::standard()?;
/// let items = labs_of_procedure(&masters, "160010010".parse()?, Some("2026-07-01".parse()?));
/// assert!(items.iter().any(|item| item.pattern.starts_with("3D046")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn labs_of_procedure(masters: &Masters, procedure: ProcedureCode, on: Option<ServiceDate>) -> Vec<LabOfProcedure> {
    let labs: Vec<(Vec<&str>, Lab<'_>)> =
        masters.in_force::<Lab<'_>>(day_or_last(on)).map(|lab| (split(lab.code()), lab)).collect();
    let rows = masters.in_force::<LabProcedure<'_>>(day_or_last(on));
    rows.filter(|row| row.procedure_code() == procedure.number())
        .map(|row| LabOfProcedure {
            pattern: row.code().to_owned(),
            items: labs
                .iter()
                .filter(|(parts, _)| fits(row.code(), parts) == Some(LabProcedureMatch::Item))
                .map(|(_, lab)| LabItem { code: lab.code().to_owned(), name: lab.name().to_owned() })
                .collect(),
            basis: row.basis().to_owned(),
            curator: row.curator().to_owned(),
            certainty: row.certainty(),
        })
        .collect()
}
