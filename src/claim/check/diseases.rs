//! Diseases and their modifiers.

use super::{
    super::view::{Disease as DiseaseRecord, Header},
    case::{Case, content},
    codes::row,
    coverage::Known,
    rules::*,
};
use crate::{
    code::{DiseaseCode, ModifierCode},
    master::{Disease, DiseaseSuccession, MasterKind, Modifier},
};

/// Most diseases of a claim that are compared with one another.
const COMPARED: usize = 500;
/// 未コード化傷病名: its name is written out.
const NO_CODE: &str = "0000999";

pub(super) fn check(case: &mut Case<'_>) {
    let diseases: Vec<DiseaseRecord<'_>> = case.claim.diseases().collect();
    each(case, &diseases);
}

/// These diseases: a patient's or a donor's.
pub(super) fn each(case: &mut Case<'_>, diseases: &[DiseaseRecord<'_>]) {
    for (place, disease) in diseases.iter().enumerate() {
        let record = disease.record();
        begun(case, *disease);
        if !case.sound(record, &[2]) {
            continue;
        }
        let same = |other: &DiseaseRecord<'_>| {
            (2..=6).all(|field| field == 4 || other.record().field(field) == record.field(field))
        };
        if place < COMPARED && diseases.iter().take(place).any(same) {
            case.find(&DISEASE_REPEATED, record, 2, content(record, 2), "each disease once");
            continue;
        }
        named(case, *disease);
        if disease.code() != Some(NO_CODE) {
            coded(case, *disease);
        }
        modifiers(case, *disease);
    }
}

fn begun(case: &mut Case<'_>, disease: DiseaseRecord<'_>) {
    let record = disease.record();
    if !case.sound(record, &[3]) {
        return;
    }
    let Some(begun) = disease.begun() else { return };
    if let Some(month) = case.month.filter(|_| case.header(&[4]).is_some())
        && begun > month.last_day()
    {
        case.find(&DISEASE_BEGUN, record, 3, begun.to_string(), format!("a day of {month} or before"));
    } else if case.birth().is_some_and(|birth| begun < birth) {
        case.find(&DISEASE_BEGUN, record, 3, begun.to_string(), "a day on or after the day of birth");
    }
}

fn named(case: &mut Case<'_>, disease: DiseaseRecord<'_>) {
    let record = disease.record();
    if !case.sound(record, &[6]) {
        return;
    }
    match (disease.code() == Some(NO_CODE), record.field(6).is_empty()) {
        (true, true) => {
            case.find(&DISEASE_NAME, record, 6, "nothing", "the name of a disease without a code");
        }
        (false, false) => {
            case.find(&DISEASE_NAME, record, 6, "a name", "nothing: the code says the name");
        }
        _ => {}
    }
}

fn coded(case: &mut Case<'_>, disease: DiseaseRecord<'_>) {
    let record = disease.record();
    let Some(month) = case.month.filter(|_| case.header(&[4]).is_some()) else { return };
    let Some(code) = disease.code().and_then(|code| code.parse::<DiseaseCode>().ok()) else { return };
    let masters = case.masters;
    // A code that ended within the month was in force on its first day, one that began in it on its last.
    let now = masters.row::<Disease<'_>>(&code, month.last_day());
    let Some(found) = now.or_else(|| masters.row::<Disease<'_>>(&code, month.first_day())) else {
        if !ended(case, disease, code) {
            row::<Disease<'_>>(case, record, 2, &code, month.last_day());
        }
        return;
    };
    if found.alone_forbidden() != 0 && record.field(5).is_empty() && case.sound(record, &[5]) {
        case.find_with(
            &DISEASE_ALONE,
            record,
            2,
            format!("{code} {}", found.name()),
            "a modifier with it",
            |finding| finding.row = format!("傷病名 {code}"),
        );
    }
    if found.not_claimable() != 0 {
        case.find_with(
            &DISEASE_CLAIM,
            record,
            2,
            format!("{code} {}", found.name()),
            "a disease that insurance covers",
            |finding| finding.row = format!("傷病名 {code}"),
        );
    }
    let sex = case.header(&[6]).and_then(Header::sex);
    let icd10 = [found.icd10_1(), found.icd10_2()];
    if let (Some(only), Some(sex)) = (icd10.iter().find_map(|code| sex_of_category(code)), sex)
        && only != sex
    {
        let expected = if only == 1 { "a man (RE field 6 is 1)" } else { "a woman (RE field 6 is 2)" };
        case.find_with(&DISEASE_SEX, record, 2, format!("{code} {}", found.name()), expected, |finding| {
            finding.row = format!("ICD-10 {}", icd10.join(" "))
        });
    }
}

/// Says which code took the place of one that was given up, if the masters know.
fn ended(case: &mut Case<'_>, disease: DiseaseRecord<'_>, code: DiseaseCode) -> bool {
    let Some(month) = case.month else { return false };
    let masters = case.masters;
    let last = masters
        .versions::<Disease<'_>>(&code)
        .filter(|row| row.period().until.is_some_and(|until| until <= month.first_day()))
        .last();
    let moved = masters.versions::<DiseaseSuccession<'_>>(&code).last();
    if last.is_none() && moved.is_none() || case.coverage.known(MasterKind::Disease) == Known::Nothing {
        return false;
    }
    let successor = last.map(|row| row.successor()).filter(|next| *next != 0);
    let successor = successor.or_else(|| moved.map(|row| row.successor()).filter(|next| *next != 0));
    let record = disease.record();
    let until = last.and_then(|row| row.period().last_day()).map_or(String::new(), |day| format!(", ended on {day}"));
    let expected = match successor.and_then(DiseaseCode::from_number) {
        Some(next) => {
            let name = masters.row::<Disease<'_>>(&next, month.last_day()).map_or("", |row| row.name());
            format!("{next} {name}, which took its place").replace("  ", " ")
        }
        None => "a code in force".to_owned(),
    };
    let name = last.map_or("", |row| row.name());
    case.find_with(&DISEASE_ENDED, record, 2, format!("{code} {name}{until}"), expected, |finding| {
        finding.row = format!("傷病名 {code}")
    });
    true
}

fn modifiers(case: &mut Case<'_>, disease: DiseaseRecord<'_>) {
    let record = disease.record();
    if !case.sound(record, &[5]) || record.field(5).is_empty() {
        return;
    }
    let Some(month) = case.month.filter(|_| case.header(&[4]).is_some()) else { return };
    let codes: Vec<&str> = disease.modifiers().collect();
    // They stand in the order in which they are printed; 8000 to 8999 are behind the name.
    let order = |pair: &[&str]| matches!(pair, [behind, front] if behind.starts_with('8') && *front < "8000");
    if let Some([behind, front]) = codes.windows(2).find(|pair| order(pair)) {
        case.find(&MODIFIER_ORDER, record, 5, format!("{behind} before {front}"), "those in front of the name first");
        return;
    }
    for (place, text) in codes.iter().enumerate() {
        if codes.iter().take(place).any(|other| other == text) {
            case.find(&MODIFIER_REPEATED, record, 5, (*text).to_owned(), "each modifier once");
            return;
        }
        let Ok(code) = text.parse::<ModifierCode>() else { continue };
        let found = case.masters.row::<Modifier<'_>>(&code, month.last_day()).is_some();
        if !found && row::<Modifier<'_>>(case, record, 5, &code, month.first_day()).is_none() {
            return;
        }
    }
}

/// The only sex of a category of ICD-10 (2013): 1 male, 2 female.
fn sex_of_category(code: &str) -> Option<u32> {
    let (letter, number) = (code.get(..1)?, code.get(1..3)?.parse::<u32>().ok()?);
    let fourth = code.get(3..4).and_then(|digit| digit.parse::<u32>().ok());
    match (letter, number, fourth) {
        ("C", 60..=63, _) | ("N", 40..=51, _) | ("D", 29 | 40, _) | ("D", 7, Some(4..=6)) | ("B", 26, Some(0)) => {
            Some(1)
        }
        ("C", 51..=58, _)
        | ("O", ..)
        | ("N", 70..=77 | 80..=98, _)
        | ("D", 6 | 25..=28 | 39, _)
        | ("D", 7, Some(0..=3))
        | ("A", 34, _) => Some(2),
        _ => None,
    }
}
