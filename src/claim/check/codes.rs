//! The codes of procedures, drugs and materials: that they were in force, for this patient, in this setting.

use std::rc::Rc;

use super::{
    super::{
        detail::{Detail, DetailKind},
        kinds::PayerClass,
        record::Record,
        view::Header,
    },
    case::{Case, content},
    coverage::Known,
    finding::Severity,
    rules::*,
};
use crate::{
    code::{DrugCode, MaterialCode, ProcedureCode},
    date::{Age, ServiceDate},
    master::{AgeLimit, Drug, LookupError, MasterKind, Material, Procedure, Row, Ward},
};

/// Most beds of a clinic (医療法 第1条の5).
const CLINIC_BEDS: u32 = 19;

pub(super) fn check(case: &mut Case<'_>) {
    if case.month.is_none() || case.header(&[4]).is_none() {
        return;
    }
    let lines = Rc::clone(&case.lines);
    let whose = Whose::of(case);
    let mut begun = false;
    for item in lines.iter().copied() {
        begun |= item.begins_group;
        if item.kind == DetailKind::Comment {
            continue;
        }
        // Its section is that of the group, whatever comment stands before it.
        let leads = core::mem::take(&mut begun);
        if !case.sound(item.record, &[4]) {
            continue;
        }
        let (Some(code), Some((first, last))) = (item.code(), days_of(case, item)) else { continue };
        match item.kind {
            DetailKind::Procedure => procedure(case, &whose, item, leads, code, (first, last)),
            DetailKind::Drug => drug(case, item, code, first, last),
            DetailKind::Material => material(case, item, code, first, last),
            DetailKind::Comment => {}
        }
    }
}

/// The first and the last day of a line; of the month where no day is named.
fn days_of(case: &Case<'_>, item: Detail<'_>) -> Option<(ServiceDate, ServiceDate)> {
    let month = case.month?;
    let days = item.day_bits();
    if days == 0 {
        return Some((month.first_day(), month.first_day()));
    }
    let first = month.day(days.trailing_zeros() + 1);
    let last = if days.is_power_of_two() { first } else { month.day(32 - days.leading_zeros()) };
    Some((first.unwrap_or(month.first_day()), last.or(first).unwrap_or(month.first_day())))
}

/// The row of a code on a day, or a finding that says why there is none.
pub(super) fn row<'a, R: Row<'a>>(
    case: &mut Case<'a>,
    record: Record<'_>,
    field: usize,
    code: &R::Code,
    on: ServiceDate,
) -> Option<R> {
    let kind = R::KIND;
    let known = case.coverage.known(kind);
    if known == Known::Nothing {
        return None;
    }
    if let Some(row) = case.masters.row::<R>(code, on) {
        return Some(row);
    }
    let error = case.masters.get::<R>(code, on).err()?;
    let found = content(record, field);
    let found = if found.len() > 12 { code.to_string() } else { found };
    match error {
        LookupError::Unknown { kind: title, .. } => {
            let (severity, what) = match known {
                Known::All => (Severity::Error, "the edition of the month"),
                _ => (Severity::Warning, "the loaded masters, which are a selection or of another time"),
            };
            case.find_as(severity, &CODE_UNKNOWN, record, field, found, format!("a code of {title} in {what}"));
        }
        LookupError::NotInForce { valid, .. } => {
            let periods: Vec<String> = valid.iter().map(ToString::to_string).collect();
            let expected = format!("a day in force: {}", periods.join(", "));
            let sure = case.coverage.is_packed(kind)
                && (known == Known::All || valid.iter().any(|days| days.until.is_some_and(|until| until <= on)));
            let rule = if sure { &CODE_ENDED } else { &CODE_PERIOD };
            case.find(rule, record, field, format!("{found} on {on}"), expected);
        }
    }
    None
}

fn both<'a, R: Row<'a>>(
    case: &mut Case<'a>,
    item: Detail<'_>,
    code: &R::Code,
    first: ServiceDate,
    last: ServiceDate,
) -> Option<R> {
    let found = row::<R>(case, item.record, 4, code, first)?;
    if last != first {
        row::<R>(case, item.record, 4, code, last)?;
    }
    Some(found)
}

/// Whose claim it is, as far as its header can be relied on.
struct Whose {
    inpatient: Option<bool>,
    class: Option<PayerClass>,
    beds: Option<u32>,
    sex: Option<u32>,
}

impl Whose {
    fn of(case: &Case<'_>) -> Self {
        let claim_type = case.claim_type.filter(|_| case.header(&[3]).is_some());
        Self {
            inpatient: claim_type.map(|claim_type| claim_type.inpatient()),
            class: claim_type.map(|claim_type| claim_type.payer_class()),
            beds: case.header(&[13]).and_then(Header::beds).filter(|beds| *beds > 0),
            sex: case.header(&[6]).and_then(Header::sex),
        }
    }
}

fn procedure(
    case: &mut Case<'_>,
    whose: &Whose,
    item: Detail<'_>,
    leads: bool,
    number: u32,
    (first, last): (ServiceDate, ServiceDate),
) {
    let Some(code) = ProcedureCode::from_number(number) else { return };
    let record = item.record;
    if is_ward(case, code, first) {
        return;
    }
    let Some(row) = both::<Procedure<'_>>(case, item, &code, first, last) else { return };
    let Whose { inpatient, class, beds, sex } = *whose;
    let wrong_setting = match (row.in_out(), inpatient) {
        (1, Some(false)) => Some("an inpatient claim: the code is of inpatients only"),
        (2, Some(true)) => Some("an outpatient claim: the code is of outpatients only"),
        _ => None,
    };
    // A section of the other setting was said.
    if let Some(expected) = wrong_setting.filter(|_| case.sound(record, &[2])) {
        case.find(&CODE_SETTING, record, 4, shown(code, row.name()), expected);
        return;
    }
    let wrong_class = match (row.late_elderly(), class) {
        (1, Some(PayerClass::LateElderly)) => Some("no claim of 後期高齢者医療"),
        (2, Some(PayerClass::Insurance | PayerClass::Retired)) => Some("a claim of 後期高齢者医療"),
        _ => None,
    };
    if let Some(expected) = wrong_class {
        case.find(&CODE_ELDERLY, record, 4, shown(code, row.name()), expected);
        return;
    }
    let wrong_facility = match (row.facility_kind(), beds) {
        (1, Some(beds)) if beds <= CLINIC_BEDS => Some("a hospital: more than 19 beds (RE field 13)"),
        (2, Some(beds)) if beds > CLINIC_BEDS => Some("a clinic: 19 beds at most (RE field 13)"),
        _ => None,
    };
    if let Some(expected) = wrong_facility {
        case.find(&CODE_FACILITY, record, 4, shown(code, row.name()), expected);
        return;
    }
    let (low, high) = (row.age_low(), row.age_high());
    if !age_fits(case, low, high, first, last) {
        let expected = format!("an age from {} to below {}", limit(low), limit(high));
        case.find(&CODE_AGE, record, 4, shown(code, row.name()), expected);
        return;
    }
    if let (Some(only), Some(sex)) = (sex_of_item(row.fee_item()), sex)
        && only != sex
    {
        let expected = if only == 1 { "a man (RE field 6 is 1)" } else { "a woman (RE field 6 is 2)" };
        case.find_with(&CODE_SEX, record, 4, shown(code, row.name()), expected, |finding| {
            row.fee_item().clone_into(&mut finding.row);
        });
        return;
    }
    let tally = match (inpatient, row.section_in()) {
        (Some(true), tally @ 1..) => tally,
        _ => row.section_out(),
    };
    if leads && case.sound(record, &[2]) && !section_fits(item.section, tally) {
        let found = format!("section {} with {}", item.section, shown(code, row.name()));
        case.find(&CODE_SECTION, record, 2, found, format!("section {}", tally / 10));
    }
    if case.sound(record, &[5]) {
        let unit = row.unit();
        match (row.unit_code(), record.field(5).is_empty(), item.quantity()) {
            (0, false, _) => {
                case.find(&QUANTITY_UNUSED, record, 5, content(record, 5), "nothing: the code has no unit");
            }
            (1.., true, _) if item.section != super::units::MEALS => {
                case.find(&QUANTITY_MISSING, record, 5, "nothing", format!("a quantity in {unit}"));
            }
            (1.., _, Some(quantity)) if quantity.is_zero() => {
                case.find(&QUANTITY_ZERO, record, 5, "0", format!("a quantity in {unit}"));
            }
            _ => {}
        }
    }
}

/// Whether a section is that to which the points of a code are added up (点数欄集計先識別). Some codes stand in several.
fn section_fits(section: u8, tally: u32) -> bool {
    let section = u32::from(section);
    match (section, tally / 10) {
        // What has no place, and what belongs to no section of its own.
        (0 | 1 | 28 | 39 | 99, _) | (_, 0) => true,
        (21 | 22, 21) | (31..=33, 30) => true,
        (section, place) => section == place,
    }
}

fn is_ward(case: &Case<'_>, code: ProcedureCode, on: ServiceDate) -> bool {
    (190_610_000..190_650_000).contains(&code.number()) || case.masters.row::<Ward<'_>>(&code, on).is_some()
}

fn shown(code: impl core::fmt::Display, name: &str) -> String {
    format!("{code} {name}")
}

fn limit(limit: Option<AgeLimit>) -> String {
    limit.map_or_else(|| "any".to_owned(), |limit| limit.to_string())
}

/// Whether the patient is of the age on the first day or on the last.
fn age_fits(
    case: &Case<'_>,
    low: Option<AgeLimit>,
    high: Option<AgeLimit>,
    first: ServiceDate,
    last: ServiceDate,
) -> bool {
    if low.is_none() && high.is_none() {
        return true;
    }
    let Some(birth) = case.birth() else { return true };
    let fits = |day| Age::on(birth, day).is_none_or(|age| AgeLimit::admits(low, high, age));
    fits(first) || fits(last)
}

/// The only sex whose organs an item of surgery is on (第10部 第11款): 1 male from K824 to K843, 2 female from K844 on.
fn sex_of_item(item: &str) -> Option<u32> {
    let digits = item.strip_prefix('K')?.get(..3)?;
    match digits.parse::<u32>().ok()? {
        824..=843 => Some(1),
        844..=912 => Some(2),
        _ => None,
    }
}

fn drug(case: &mut Case<'_>, item: Detail<'_>, number: u32, first: ServiceDate, last: ServiceDate) {
    let Some(code) = DrugCode::from_number(number) else { return };
    let record = item.record;
    quantity(case, item);
    let Some(row) = both::<Drug<'_>>(case, item, &code, first, last) else { return };
    let fits = match (item.section, row.form()) {
        (21 | 22, form) => !matches!(form, 4 | 6),
        (23, form) => !matches!(form, 1 | 4),
        (31..=33, form) => !matches!(form, 1 | 6),
        _ => true,
    };
    if !fits && case.sound(record, &[2, 4]) {
        let form = match row.form() {
            1 => "internal (内用薬)",
            4 => "injection (注射薬)",
            _ => "external (外用薬)",
        };
        let found = format!("section {} with {}", item.section, row.name());
        case.find(&DRUG_SECTION, record, 2, found, format!("a section for a drug that is {form}"));
    }
}

fn quantity(case: &mut Case<'_>, item: Detail<'_>) {
    let record = item.record;
    if !case.sound(record, &[5]) {
        return;
    }
    match item.quantity() {
        None => {
            case.find(&QUANTITY_MISSING, record, 5, "nothing", "a quantity");
        }
        Some(quantity) if quantity.is_zero() => {
            case.find(&QUANTITY_ZERO, record, 5, "0", "a quantity");
        }
        Some(_) => {}
    }
}

fn material(case: &mut Case<'_>, item: Detail<'_>, number: u32, first: ServiceDate, last: ServiceDate) {
    let Some(code) = MaterialCode::from_number(number) else { return };
    let record = item.record;
    let Some(row) = both::<Material<'_>>(case, item, &code, first, last) else {
        if case.coverage.known(MasterKind::Material) == Known::Nothing && record.field(5).is_empty() {
            // Corrections and factors have no quantity; without the master it cannot be told.
            return;
        }
        return;
    };
    if matches!(row.price_kind(), 1 | 2) {
        quantity(case, item);
    }
    if row.price_kind() == 2 && record.field(9).is_empty() && case.sound(record, &[9]) {
        case.find(&MATERIAL_PRICE, record, 9, "nothing", "the price for one unit, in yen");
    }
    if let Some(unit) = item.unit_code().filter(|_| case.sound(record, &[8]))
        && row.unit_code() != 0
        && unit != row.unit_code()
    {
        let expected = format!("{:03} {}", row.unit_code(), row.unit());
        case.find(&MATERIAL_UNIT, record, 8, format!("{unit:03}"), expected);
    }
}
