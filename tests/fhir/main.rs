//! FHIR terminology over the standard masters: codings that JP Core and JP-CLINS publish, what must hold for every code, and
//! questions of any shape.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    reason = "a test stops at the first surprise"
)]

mod any;
mod every_code;
mod published;

use std::sync::LazyLock;

use santei::{fhir::Terminology, master::Masters};
use serde_json::Value;

static TERMS: LazyLock<Terminology> = LazyLock::new(|| Terminology::new(&Masters::standard().unwrap()));

/// Code systems with codes in the standard masters.
const SYSTEMS: [&str; 15] = [
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease",
    "http://medis.or.jp/CodeSystem/master-disease-keyNumber",
    "http://medis.or.jp/CodeSystem/master-disease-exCode",
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full",
    "http://hl7.org/fhir/sid/icd-10",
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterZ-disease-modifier",
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterS-medicalProcedure",
    "urn:oid:1.2.392.100495.20.2.71",
    "urn:oid:1.2.392.100495.20.2.72",
    "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code",
    "http://medis.or.jp/CodeSystem/master-HOT9",
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationGeneralOrderCode",
    "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
    "urn:x-santei:CodeSystem:material",
    "urn:x-santei:CodeSystem:comment",
];

/// The value of a parameter of an answer.
fn value(answer: &Value, name: &str) -> Value {
    let list = answer["parameter"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let found = list.iter().find(|part| part["name"] == name).and_then(Value::as_object);
    found
        .and_then(|part| part.iter().find(|(key, _)| key.starts_with("value")))
        .map_or(Value::Null, |(_, value)| value.clone())
}

/// The codings of the matches of a translation.
fn matches(answer: &Value) -> Vec<Value> {
    let list = answer["parameter"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let found = list.iter().filter(|part| part["name"] == "match");
    found
        .map(|part| {
            part["part"].as_array().unwrap().iter().find(|part| part["name"] == "concept").unwrap()["valueCoding"]
                .clone()
        })
        .collect()
}
