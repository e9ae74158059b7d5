//! Codes of a claim (診療報酬請求書等の記載要領, 記録条件仕様) that follow from the coverage: レセプト種別, 特記事項, 負担区分.

use serde::Serialize;

use super::{
    ceiling,
    claim::Claim,
    class::{AgeClass, CeilingClass, Setting},
    figure::figure,
    insurer::Scheme,
    plan::Plan,
};
use crate::{master::Masters, money::Yen};

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
    /// Whose number the insurer has, where one is given.
    pub(super) scheme: Option<Scheme>,
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
    let retired = person.scheme == Some(Scheme::Retired);
    let (insurance, inside, outside) = match claim.age {
        AgeClass::From75 if active => (3, 9, 0),
        AgeClass::From75 => (3, 7, 8),
        AgeClass::From70To74 if active => (1, 9, 0),
        AgeClass::From70To74 => (1, 7, 8),
        AgeClass::Under70 if retired && person.preschool => (4, 3, 4),
        AgeClass::Under70 if retired && person.dependant => (4, 5, 6),
        AgeClass::Under70 if retired => (4, 1, 2),
        AgeClass::Under70 if person.preschool => (1, 3, 4),
        AgeClass::Under70 if person.dependant => (1, 5, 6),
        AgeClass::Under70 => (1, 1, 2),
    };
    format!("1{insurance}{}{}", used + 1, if inpatient { inside } else { outside })
}

/// 特記事項 of マル長, 高半 and the ceiling class. Their days stand in `masters/roles.csv`: the classes below 70 have one since
/// 2015-01, those of 70 and over since 現役並み has three of them (2018-08), 一般Ⅱ and 一般Ⅰ since there are two (2022-10).
fn special_notes(masters: &Masters, claim: &Claim, person: Person) -> Vec<String> {
    let note = |name: &str| figure(masters, &format!("note.{name}"), claim.on).and_then(|note| mark(note.value));
    let mut notes = Vec::new();
    if person.long_term_reached {
        let high = ceiling::long_term(masters, claim.on).map(|amounts| amounts.high).ok();
        let high = high.is_some() && claim.long_term_illness.map(Yen::get) == high;
        notes.extend(note(if high { "long_term.high" } else { "long_term.standard" }));
    }
    if person.halved_dependant {
        notes.extend(note("halved_dependant"));
    }
    if let Some(class) = claim.insured.then(|| effective(masters, claim)).flatten() {
        let key = match class {
            // Between 75 and the two classes of 2022-10 there was one 一般.
            CeilingClass::General2 => "late.general_2",
            CeilingClass::General1 if note("late.general_1").is_some() => "late.general_1",
            class => class.key(),
        };
        let frequent = claim.frequent.then(|| note(&format!("{key}.frequent"))).flatten();
        notes.extend(frequent.or_else(|| note(key)));
    }
    notes.into_iter().map(str::to_owned).collect()
}

/// The class by which the claim is worked out: from 70 on 一般 and 現役並みⅢ need no certificate.
fn effective(masters: &Masters, claim: &Claim) -> Option<CeilingClass> {
    use CeilingClass as C;
    match (claim.class, claim.age) {
        (Some(class), _) => Some(class),
        (None, AgeClass::Under70) => None,
        (None, _) if claim.rate_tenths == 3 => {
            ceiling::exists(masters, C::Active3.key(), claim.on).then_some(C::Active3)
        }
        (None, AgeClass::From70To74) => Some(C::General),
        (None, AgeClass::From75) => Some(if claim.rate_tenths == 2 { C::General2 } else { C::General1 }),
    }
}

/// The mark that goes with a number of the table of 特記事項.
fn mark(note: i64) -> Option<&'static str> {
    Some(match note {
        2 => "02長",
        16 => "16長2",
        21 => "21高半",
        26 => "26区ア",
        27 => "27区イ",
        28 => "28区ウ",
        29 => "29区エ",
        30 => "30区オ",
        31 => "31多ア",
        32 => "32多イ",
        33 => "33多ウ",
        34 => "34多エ",
        35 => "35多オ",
        41 => "41区カ",
        42 => "42区キ",
        43 => "43多カ",
        44 => "44多キ",
        _ => return None,
    })
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
