//! `CodeSystem/$lookup`: what a code stands for.

use serde_json::{Value, json};

use crate::{
    date::ServiceDate,
    lookup::{Days, System, Validation, validate::entries::Directory},
    master::schema::{self, ColumnKind},
};

use super::{
    Terminology,
    concept::{Concept, asked, day_of, language, parameter, parameters, parts, place, said, versions},
    day::version,
    outcome::{Outcome, cut},
    parameters::{Input, Kind, Parameter, many, one},
    systems::Place,
};

pub(super) const PARAMETERS: &[Parameter] = &[
    one("code", Kind::Code),
    one("system", Kind::Uri),
    one("version", Kind::Text),
    one("coding", Kind::Coding),
    one("date", Kind::Day),
    one("displayLanguage", Kind::Code),
    many("property", Kind::Code),
];

/// Names of a row besides its display, with their language.
const DESIGNATIONS: &[(&str, &str)] = &[("full_name", "ja"), ("short_name", "ja"), ("kana", "ja-Kana")];

/// The systems in which a code's other codes are told.
const LINKS: &[(&str, System)] = &[
    ("keyNumber", System::DiseaseManagement),
    ("exchangeCode", System::DiseaseExchange),
    ("modifierKeyNumber", System::ModifierManagement),
    ("modifierExchangeCode", System::ModifierExchange),
    ("icd10", System::Icd10),
    ("nhiPriceCode", System::PriceCode),
    ("yj", System::Yj),
    ("hot9", System::Hot9),
    ("genericName", System::GenericName),
    ("procedure", System::Procedure),
];

/// Columns that are told as properties.
const COLUMNS: &[(&str, &str)] = &[
    ("points", "points"),
    ("pointsType", "point_kind"),
    ("price", "price"),
    ("unit", "unit"),
    ("inOut", "in_out"),
    ("feeItem", "fee_item"),
    ("generic", "generic"),
    ("adoption", "adoption"),
    ("notStandalone", "alone_forbidden"),
    ("notClaimable", "not_claimable"),
    ("category", "category"),
    ("pattern", "pattern"),
    ("analyte", "analyte"),
    ("material", "material"),
    ("method", "method"),
    ("parent", "parent"),
];

pub(super) fn lookup(terms: &Terminology, question: &Value) -> Result<Value, Outcome> {
    let input = Input::read(question, PARAMETERS)?;
    language(&input)?;
    let codings = input.codings("coding").unwrap_or_default();
    let on = day_of(&input, input.text("version").into_iter().chain(versions(codings)))?;
    let (place, code) = match (codings.first(), input.text("code"), input.text("system")) {
        (Some(coding), None, None) => {
            let asked = asked(coding)?;
            (asked.place, asked.code)
        }
        (None, Some(code), Some(system)) => (place(system)?, code.to_owned()),
        (Some(_), ..) => {
            return Err(Outcome::new("invariant", "expected a coding, or a code with its system, not both"));
        }
        _ => return Err(Outcome::required("expected a code with its system, or a coding")),
    };
    let answer = terms.known(place, &code, on)?;
    if !answer.valid {
        return Err(Outcome::not_found(said(&answer)));
    }
    let concept = terms.concept(place, &answer, on);
    let wanted: Vec<&str> = input.texts("property").collect();
    let mut out = vec![parameter("name", "valueString", place.system.title())];
    if let Some(day) = on {
        out.push(parameter("version", "valueString", version(day)));
    }
    out.push(parameter("display", "valueString", concept.display.as_str()));
    if wanted.is_empty() || wanted.contains(&"designation") {
        out.extend(designations(terms, &concept).into_iter().map(|(language, text)| {
            let language = parameter("language", "valueCode", language);
            parts("designation", vec![language, parameter("value", "valueString", text)])
        }));
    }
    let properties = properties(terms, &concept, &answer, on);
    if let Some(unknown) = wanted.iter().find(|name| !is_known(name)) {
        let message = format!("no property {}; expected one of {}", cut(unknown), names().join(", "));
        return Err(Outcome::not_supported(message));
    }
    let told = properties.into_iter().filter(|(name, ..)| wanted.is_empty() || wanted.contains(name));
    out.extend(told.map(|(name, key, value)| {
        parts("property", vec![parameter("code", "valueCode", name), json!({ "name": "value", key: value })])
    }));
    Ok(parameters(out))
}

/// Properties that every code system has; those that are no property of a concept here are always told.
const ALWAYS: &[&str] = &["system", "name", "version", "display", "definition", "designation"];
const OWN: &[&str] = &["inactive", "validFrom", "validTo", "certainty"];

fn names() -> Vec<&'static str> {
    let columns = COLUMNS.iter().map(|(name, _)| *name);
    let links = LINKS.iter().map(|(name, _)| *name);
    ALWAYS.iter().chain(OWN).copied().chain(columns).chain(links).collect()
}

fn is_known(name: &str) -> bool {
    names().contains(&name) || name == "lang.ja"
}

/// Other names than the display.
pub(super) fn designations(terms: &Terminology, concept: &Concept<'_>) -> Vec<(&'static str, String)> {
    let Some(entry) = concept.entries.iter().find(|entry| Directory::is_named(entry)) else { return Vec::new() };
    let mut found: Vec<(&str, String)> = Vec::new();
    for (column, language) in DESIGNATIONS {
        let text = terms.directory().text(entry, column);
        if !text.is_empty() && text != concept.display && !found.iter().any(|(_, known)| *known == text) {
            found.push((language, text));
        }
    }
    found
}

/// The properties of a concept: name, the key of the value, the value.
fn properties(
    terms: &Terminology,
    concept: &Concept<'_>,
    answer: &Validation,
    on: Option<ServiceDate>,
) -> Vec<(&'static str, &'static str, Value)> {
    let directory = terms.directory();
    let Some(entry) = concept.entries.first() else { return Vec::new() };
    // Without a day the newest period counts: a code whose newest period has ended is no longer in use.
    let days = match on {
        Some(day) => {
            answer.periods.iter().find(|days| days.from <= day && days.last_day.is_none_or(|last| day <= last))
        }
        None => answer.periods.last(),
    };
    let mut found = Vec::new();
    if let Some(Days { from, last_day }) = days {
        found.push(("inactive", "valueBoolean", Value::Bool(on.is_none() && last_day.is_some())));
        found.push(("validFrom", "valueDateTime", from.to_string().into()));
        found.extend(last_day.map(|last| ("validTo", "valueDateTime", last.to_string().into())));
    }
    found.push(("certainty", "valueCode", directory.certainty(entry).name().into()));
    let named = || concept.entries.iter().filter(|entry| Directory::is_named(entry));
    for (name, column) in COLUMNS {
        // Of several tables with the code, the first that has the column.
        let known = named().find_map(|entry| Some((*entry, schema::schema(entry.kind).column(column)?)));
        let Some((entry, known)) = known else { continue };
        let text = directory.text(entry, column);
        let (key, value) = match known.kind {
            // Amounts are decimals without an exponent, so that JSON has the same digits.
            ColumnKind::Hundredths => ("valueDecimal", serde_json::from_str(&text).unwrap_or(Value::Null)),
            ColumnKind::Number => ("valueCode", if text.is_empty() { "0".into() } else { text.into() }),
            _ if *name == "parent" => {
                if directory.at(concept.place.system, &text, None).is_empty() {
                    continue;
                }
                ("valueCode", concept.place.written(&text).into())
            }
            _ => ("valueString", text.into()),
        };
        let nothing = value.is_null() || value.as_str() == Some("");
        if !nothing {
            found.push((name, key, value));
        }
    }
    for (name, system) in LINKS.iter().filter(|(_, system)| *system != concept.place.system) {
        let mut codes: Vec<String> = directory.codes(entry, *system);
        codes.dedup();
        for code in codes {
            let display = directory.name_of(*system, &code, None);
            if let Some(place) = Place::first(*system) {
                let mut coding = json!({ "system": place.uri, "code": place.written(&code) });
                if let (Some(display), Some(coding)) = (display, coding.as_object_mut()) {
                    coding.insert("display".to_owned(), display.into());
                }
                found.push((name, "valueCoding", coding));
            }
        }
    }
    found
}
