//! 食事・生活療養 on the papers: the care in yen, and 標準負担額, which the patient pays of it.

use crate::{
    claim::{detail::Unit, kinds::tally, view::Claim},
    code::ProcedureCode,
    date::ServiceDate,
    master::{Masters, Procedure},
};

/// 食事・生活療養・標準負担額.
pub(super) const SECTION: u8 = 97;

/// What the figures of a unit of 97 are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Care,
    Charge,
    /// A code that the masters do not have.
    Unknown,
}

pub(super) fn of_code(masters: &Masters, code: &[u8], on: ServiceDate) -> Of {
    let code: Option<ProcedureCode> = core::str::from_utf8(code).ok().and_then(|code| code.parse().ok());
    let row = code.and_then(|code| {
        let row: Option<Procedure<'_>> = masters.row(&code, on);
        row.or_else(|| masters.versions(&code).last())
    });
    match row.map(Procedure::section_in) {
        Some(place) if tally::is_charge(place) => Of::Charge,
        Some(_) => Of::Care,
        None => Of::Unknown,
    }
}

pub(super) fn of_unit(masters: &Masters, unit: &Unit<'_>, on: ServiceDate) -> Of {
    let mut items = unit.items().map(|line| of_code(masters, line.code_text(), on));
    let first = items.next().unwrap_or(Of::Unknown);
    if items.all(|other| other == first) { first } else { Of::Unknown }
}

/// 標準負担額 of a claim: nothing without meals, an error with the reason where the claim does not tell it.
pub(super) fn charge(masters: &Masters, claim: &Claim<'_>, on: ServiceDate) -> Option<Result<i64, &'static str>> {
    let units: Vec<Unit<'_>> = claim.units().filter(|unit| unit.section() == SECTION).collect();
    if units.is_empty() {
        return None;
    }
    let mut sum = None;
    for unit in &units {
        match of_unit(masters, unit, on) {
            Of::Care => {}
            Of::Unknown => return Some(Err("食事・生活療養の行にマスターにないコードがある")),
            // A public payer may take it over, wholly or in part.
            Of::Charge if unit.payer_mix().is_none_or(|mix| (1..=4).any(|place| mix.public(place))) => {
                return Some(Err("標準負担額に公費が関わる"));
            }
            Of::Charge => {
                let Some(yen) = unit.total().and_then(|yen| i64::try_from(yen).ok()) else {
                    return Some(Err("標準負担額の行に額がない"));
                };
                sum = Some(sum.unwrap_or(0_i64).saturating_add(yen));
            }
        }
    }
    Some(sum.ok_or("標準負担額が明細書にない"))
}
