//! Whose claim it is: type, age, month, admission, and the codes of 特記事項.

use super::{
    super::{
        kinds::{Month, PayerClass},
        record::{Record, RecordKind},
        text::Encoding,
        view::Header,
    },
    case::{Case, content},
    rules::*,
};
use crate::{
    date::{Age, ServiceDate},
    master::Role,
};

/// Who is older was not born in any year in which a claim's patient was.
const OLDEST: u32 = 130;

pub(super) fn check(case: &mut Case<'_>) {
    let Some(header) = case.claim.header() else { return };
    let record = header.record();
    if case.claim_type.is_none() && case.sound(record, &[3]) {
        let expected = "1 and who pays (1 to 4), how many pay, whose claim it is";
        case.find(&CLAIM_TYPE, record, 3, content(record, 3), expected);
    }
    month(case, header);
    birth(case, header);
    age(case, header);
    admission(case, header);
    stay(case, record);
    relief(case);
    notes(case, header);
    reading(case, header.record());
}

/// カタカナ(氏名): no blank between the names, and no other script.
fn reading(case: &mut Case<'_>, record: Record<'_>) {
    if !case.sound(record, &[37]) {
        return;
    }
    // In Shift_JIS every katakana begins with one byte: most readings need not be decoded.
    let mut pairs = record.field(37).chunks(2);
    if record.encoding() == Encoding::Cp932 && pairs.all(|pair| matches!(pair, [0x83, 0x40..=0x96] | [0x81, 0x5b])) {
        return;
    }
    let others = record.text(37).chars().filter(|letter| !matches!(letter, 'ァ'..='ヶ' | 'ー')).count();
    if others > 0 {
        case.find(&TEXT_KANA, record, 37, format!("{others} other characters"), "full-width katakana without blanks");
    }
}

fn month(case: &mut Case<'_>, header: Header<'_>) {
    let Some(month) = case.month.filter(|_| case.sound(header.record(), &[4])) else { return };
    let claimed = case.claim.facility().and_then(|facility| facility.claim_month());
    if let Some(claimed) = claimed.filter(|claimed| *claimed < month) {
        case.find(&CLAIM_MONTH, header.record(), 4, month.to_string(), format!("{claimed} or before (IR field 8)"));
    }
}

fn birth(case: &mut Case<'_>, header: Header<'_>) {
    let (Some(birth), Some(month)) = (case.birth(), case.month) else { return };
    let age = Age::on(birth, month.last_day());
    if age.is_none_or(|age| age.years() > OLDEST) && case.sound(header.record(), &[4]) {
        let expected = format!("a day of {month} or before, and of the {OLDEST} years before");
        case.find(&CLAIM_BIRTH, header.record(), 7, "another day, not shown", expected);
    }
}

fn age(case: &mut Case<'_>, header: Header<'_>) {
    let (Some(birth), Some(month), Some(claim_type)) = (case.birth(), case.month, case.claim_type) else { return };
    if !case.sound(header.record(), &[3, 4, 7]) {
        return;
    }
    // The class is that of the first day; a child born in the month has it from its birth on.
    let on = month.first_day().max(birth);
    let Some(age) = Age::on(birth, on) else { return };
    let aged = age.past_month_after(70);
    let (fits, expected) = match (claim_type.payer_class(), claim_type.patient_digit()) {
        (PayerClass::Insurance, 3 | 4) => (age.is_preschool(), "a patient before school (未就学者)"),
        (PayerClass::Insurance, 7..=9 | 0) => (aged, "a patient of 70 or more (高齢受給者)"),
        (PayerClass::Insurance, _) => (!age.is_preschool() && !aged, "a patient between school and 70"),
        (PayerClass::LateElderly, _) => (years_at(birth, month.last_day()) >= 65, "a patient of 65 or more"),
        _ => return,
    };
    if !fits {
        let found = format!("type {claim_type} with {} years on {on}", age.years());
        case.find(&CLAIM_AGE, header.record(), 3, found, format!("{expected}, with type {claim_type}"));
    }
}

fn years_at(birth: ServiceDate, on: ServiceDate) -> u32 {
    Age::on(birth, on).map_or(0, Age::years)
}

fn admission(case: &mut Case<'_>, header: Header<'_>) {
    let record = header.record();
    let (Some(claim_type), Some(month)) = (case.claim_type, case.month) else { return };
    if !case.sound(record, &[3, 4, 9]) {
        return;
    }
    match header.admission_date() {
        // Either of the two is wrong: which setting it is cannot be told from here on.
        None if claim_type.inpatient() => {
            case.find(&CLAIM_ADMISSION, record, 9, "nothing", format!("a day, with type {claim_type} (inpatient)"));
            case.distrust(record, 3);
        }
        Some(day) if !claim_type.inpatient() => {
            case.find(&CLAIM_ADMISSION, record, 9, day.to_string(), format!("nothing, with type {claim_type}"));
            case.distrust(record, 3);
        }
        Some(day) if case.birth().is_some_and(|birth| day < birth) => {
            case.find(&CLAIM_ADMISSION, record, 9, day.to_string(), "a day after the patient's birth");
        }
        Some(day) if day > month.last_day() => {
            case.find(&CLAIM_ADMISSION, record, 9, day.to_string(), format!("a day of {month} or before"));
        }
        _ => {}
    }
}

/// 減額割合 and 減額金額 go with a 減免区分.
fn relief(case: &mut Case<'_>) {
    let Some(record) = case.claim.insurer().map(|insurer| insurer.record()) else { return };
    let reduced = !record.field(14).is_empty() || !record.field(15).is_empty();
    if reduced && record.field(13).is_empty() && case.sound(record, &[13, 14, 15]) {
        case.find(&FIELD_REQUIRED, record, 13, "nothing", "a value beside 減額割合 or 減額金額");
    }
}

/// What only a stay in hospital has: 病棟区分, 公費給付対象入院一部負担金, 医科点数表算定理由.
fn stay(case: &mut Case<'_>, header: Record<'_>) {
    if case.claim_type.is_none_or(|claim_type| claim_type.inpatient()) || !case.sound(header, &[3]) {
        return;
    }
    let amount = |record: &Record<'_>, field| record.number(field).is_some_and(|amount| amount > 0);
    let of_stays = |record: &Record<'_>| match record.kind() {
        Some(RecordKind::Claim) if !record.field(10).is_empty() => Some(10),
        Some(RecordKind::PublicPayer) if amount(record, 9) => Some(9),
        Some(RecordKind::DpcExclusion) => Some(2),
        _ => None,
    };
    let found: Vec<_> = case.claim.own_records().filter_map(|record| Some((record, of_stays(&record)?))).collect();
    for (record, field) in found {
        if case.sound(record, &[field]) {
            case.find(&CLAIM_INPATIENT, record, field, content(record, field), "nothing on an outpatient claim");
        }
    }
}

fn notes(case: &mut Case<'_>, header: Header<'_>) {
    let record = header.record();
    if !case.sound(record, &[12]) {
        return;
    }
    let notes: Vec<&str> = header.notes().collect();
    if let Some(twice) =
        notes.iter().enumerate().find(|(place, note)| notes.iter().take(*place).any(|other| other == *note))
    {
        case.find(&NOTES_REPEATED, record, 12, format!("{} twice", twice.1), "each code once");
        return;
    }
    // 区ア to 区オ, 多ア to 多オ, 区カ, 区キ, 多カ, 多キ.
    let class = |note: &&&str| matches!(note.parse(), Ok(26..=35 | 41..=44));
    let classes: Vec<&str> = notes.iter().filter(class).copied().collect();
    if classes.len() > 1 {
        case.find(&NOTES_CEILING, record, 12, classes.join(" "), "one of 26 to 35 and 41 to 44 at most");
        return;
    }
    let late = case.claim_type.is_none_or(|claim_type| claim_type.payer_class() == PayerClass::LateElderly);
    if let Some(class) = classes.iter().find(|class| class.starts_with('4'))
        && !late
        && case.sound(record, &[3])
    {
        case.find(&NOTES_ELDERLY, record, 12, *class, "one of 26 to 35: this one is of 後期高齢者医療");
        return;
    }
    // Notes that came to an end: rows `note_ended.…` of masters/roles.csv, each with its day.
    let Some(on) = case.month.map(Month::first_day) else { return };
    let masters = case.masters;
    let ended = |note: &&&str| masters.row::<Role<'_>>(&format!("note_ended.{note}"), on);
    if let Some((note, row)) = notes.iter().find_map(|note| Some((note, ended(&note)?))) {
        let expected = format!("another code: this one ended on {}", row.period().from);
        case.find(&NOTES_ENDED, record, 12, (*note).to_owned(), expected);
    }
}
