//! A visit in, its figures out.

use std::sync::OnceLock;

pub(crate) use santei::fee::Verdict::{self, Bundled, Charged, Excluded, Limited, NeedsReview};
use santei::{
    calculation::{Calculation, Options, calculate_json},
    fee::Line,
    master::Masters,
};
pub(crate) use serde_json::{Value, json};

/// The standard masters, read once.
pub(crate) fn masters() -> &'static Masters {
    static MASTERS: OnceLock<Masters> = OnceLock::new();
    MASTERS.get_or_init(|| Masters::standard().unwrap())
}

/// Calculates an encounter.
pub(crate) fn calculate(encounter: &Value) -> Calculation {
    calculate_json(masters(), &encounter.to_string(), &Options::default())
        .unwrap_or_else(|refusal| panic!("{refusal}\nin {encounter:#}"))
}

/// Every fault of an encounter that must be refused, as `path: message`.
pub(crate) fn refused(encounter: &Value) -> String {
    match calculate_json(masters(), &encounter.to_string(), &Options::default()) {
        Ok(calculation) => panic!("expected a refusal, got {} in {encounter:#}", calculation.to_json()),
        Err(refusal) => refusal.to_string(),
    }
}

/// An adult at a clinic, without a word on registrations.
pub(crate) fn at_clinic(visits: Value) -> Value {
    json!({ "facility": { "kind": "clinic" }, "patient": { "birth_date": "1980-06-15" }, "visits": visits })
}

/// The same encounter with one field of its top level replaced.
pub(crate) fn with(mut encounter: Value, field: &str, value: Value) -> Value {
    encounter[field] = value;
    encounter
}

/// The points of all visits, which must be settled.
pub(crate) fn points(encounter: &Value) -> i64 {
    let calculation = calculate(encounter);
    assert!(calculation.statement.settled, "not settled: {}", calculation.to_json());
    calculation.statement.total_points.get()
}

/// The lines with a code, of all visits.
pub(crate) fn lines<'c>(calculation: &'c Calculation, code: &str) -> Vec<&'c Line> {
    let all = calculation.statement.visits.iter().flat_map(|visit| &visit.lines);
    all.filter(|line| line.code.as_deref() == Some(code)).collect()
}

/// The verdict of the only line with a code.
pub(crate) fn verdict(calculation: &Calculation, code: &str) -> Verdict {
    match lines(calculation, code).as_slice() {
        [line] => line.verdict,
        found => panic!("{} lines with {code} in {}", found.len(), calculation.to_json()),
    }
}
