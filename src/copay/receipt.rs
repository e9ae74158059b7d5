//! Codes of a claim (診療報酬請求書等の記載要領, 記録条件仕様) that follow from the coverage: レセプト種別, 特記事項, 負担区分.

use serde::Serialize;

use super::{
    ceiling,
    claim::Claim,
    class::{AgeClass, CeilingClass, Setting},
    plan::Plan,
};
use crate::master::{Ceiling, Masters};

/// A claim's codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ClaimCodes {
    /// レセプト種別: four digits.
    pub kind: String,
    /// 特記事項: two digits and the mark, such as `28区ウ`.
    pub special_notes: Vec<String>,
    /// 負担区分 of each sum of points: the payers (places in the input) and the code.
    pub burden: Vec<Burden>,
}

/// 負担区分 of the points that fall under the same payers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Burden {
    /// Places in the input's payers, in the order of the claim; insurance is understood where there is one.
    pub payers: Vec<usize>,
    /// One character.
    pub code: char,
}

/// What a claim's codes need besides the claim itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) dependant: bool,
    pub(super) preschool: bool,
    /// Halved for somebody whose insured turns 75.
    pub(super) halved_dependant: bool,
    /// The ceiling of マル長 was reached.
    pub(super) long_term_reached: bool,
}

pub(super) fn codes(masters: &Masters, claim: &Claim, plan: &Plan, places: &[usize], person: Person) -> ClaimCodes {
    let burden = plan.kinds.iter().map(|kind| {
        let payers = kind.iter().filter_map(|payer| places.get(*payer)).copied().collect();
        let insured = claim.insured && !kind.first().and_then(|p| plan.payer(*p)).is_some_and(|p| p.public_first);
        Burden { payers, code: burden(insured, kind) }
    });
    ClaimCodes {
        kind: kind(claim, plan, person),
        special_notes: special_notes(masters, claim, person),
        burden: burden.collect(),
    }
}

/// レセプト種別 of 医科: the kind of insurance, how many payers, and who the patient is.
fn kind(claim: &Claim, plan: &Plan, person: Person) -> String {
    let inpatient = claim.setting == Setting::Inpatient;
    let used = (0..plan.payers.len()).filter(|payer| plan.kinds.iter().any(|kind| kind.contains(payer))).count();
    if !claim.insured {
        return format!("12{used}{}", if inpatient { 1 } else { 2 });
    }
    let active = claim.rate_tenths == 3;
    let (insurance, inside, outside) = match claim.age {
        AgeClass::From75 if active => (3, 9, 0),
        AgeClass::From75 => (3, 7, 8),
        AgeClass::From70To74 if active => (1, 9, 0),
        AgeClass::From70To74 => (1, 7, 8),
        AgeClass::Under70 if person.preschool => (1, 3, 4),
        AgeClass::Under70 if person.dependant => (1, 5, 6),
        AgeClass::Under70 => (1, 1, 2),
    };
    format!("1{insurance}{}{}", used + 1, if inpatient { inside } else { outside })
}

/// 特記事項 of the ceiling class (from 2015-01 below 70, from 2018-08 above, 41 to 44 from 2022-10), マル長 and 高半.
fn special_notes(masters: &Masters, claim: &Claim, person: Person) -> Vec<String> {
    use CeilingClass as C;
    // The classes of 70 and over are told apart since 現役並み has three of them, 低所得Ⅱ since it has 多数回.
    let three_classes = ceiling::exists(masters, C::Active3.key(), claim.on);
    let low_frequent = || masters.row::<Ceiling<'_>>(C::Low2.key(), claim.on).is_some_and(|row| row.frequent() > 0);
    let mut notes = Vec::new();
    if person.long_term_reached {
        let high = claim.long_term_illness.is_some_and(|amount| amount.get() == 20_000);
        notes.push(if high { "16長2" } else { "02長" });
    }
    if person.halved_dependant {
        notes.push("21高半");
    }
    // 低所得 of 70 and over had no 多数回 before 2026-08.
    let frequent = claim.frequent;
    let class = match claim.class {
        Some(C::A) if frequent => Some("31多ア"),
        Some(C::I) if frequent => Some("32多イ"),
        Some(C::U) if frequent => Some("33多ウ"),
        Some(C::E) if frequent => Some("34多エ"),
        Some(C::O) if frequent => Some("35多オ"),
        Some(C::A) => Some("26区ア"),
        Some(C::I) => Some("27区イ"),
        Some(C::U) => Some("28区ウ"),
        Some(C::E) => Some("29区エ"),
        Some(C::O) => Some("30区オ"),
        _ if !three_classes => None,
        Some(C::Active3) if frequent => Some("31多ア"),
        Some(C::Active2) if frequent => Some("32多イ"),
        Some(C::Active1) if frequent => Some("33多ウ"),
        Some(C::General2) if frequent => Some("43多カ"),
        Some(C::General1) if frequent => Some("44多キ"),
        Some(C::General) if frequent => Some("34多エ"),
        Some(C::Low2) if frequent && low_frequent() => Some("35多オ"),
        Some(C::Active3) => Some("26区ア"),
        Some(C::Active2) => Some("27区イ"),
        Some(C::Active1) => Some("28区ウ"),
        Some(C::General2) => Some("41区カ"),
        Some(C::General1) => Some("42区キ"),
        Some(C::General) => Some("29区エ"),
        Some(C::Low2 | C::Low1) => Some("30区オ"),
        // The codes of the thirteen classes of 2027-08 are not known.
        _ => None,
    };
    notes.extend(class);
    notes.into_iter().map(str::to_owned).collect()
}

/// 負担区分: one character for every set of insurance and 第一公費 to 第四公費.
fn burden(insured: bool, kind: &[usize]) -> char {
    let has = |payer: usize| kind.contains(&payer);
    match (insured, has(0), has(1), has(2), has(3)) {
        (true, false, false, false, false) => '1',
        (false, true, false, false, false) => '5',
        (false, false, true, false, false) => '6',
        (false, false, false, true, false) => 'B',
        (false, false, false, false, true) => 'C',
        (true, true, false, false, false) => '2',
        (true, false, true, false, false) => '3',
        (true, false, false, true, false) => 'E',
        (true, false, false, false, true) => 'G',
        (false, true, true, false, false) => '7',
        (false, true, false, true, false) => 'H',
        (false, true, false, false, true) => 'I',
        (false, false, true, true, false) => 'J',
        (false, false, true, false, true) => 'K',
        (false, false, false, true, true) => 'L',
        (true, true, true, false, false) => '4',
        (true, true, false, true, false) => 'M',
        (true, true, false, false, true) => 'N',
        (true, false, true, true, false) => 'O',
        (true, false, true, false, true) => 'P',
        (true, false, false, true, true) => 'Q',
        (false, true, true, true, false) => 'R',
        (false, true, true, false, true) => 'S',
        (false, true, false, true, true) => 'T',
        (false, false, true, true, true) => 'U',
        (true, true, true, true, false) => 'V',
        (true, true, true, false, true) => 'W',
        (true, true, true, true, true) => '9',
        (true, true, false, true, true) => 'X',
        (true, false, true, true, true) => 'Y',
        (false, true, true, true, true) => 'Z',
        // Neither insurance nor a public payer: refused before.
        (false, false, false, false, false) => '0',
    }
}
