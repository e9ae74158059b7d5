//! The whole path once: an encounter in, its statement and what the patient pays out. Every surface goes through here, so
//! that the same visit gives the same bytes everywhere.

use serde::Serialize;

use crate::{
    copay::{self, Copay},
    date::ServiceDate,
    fee::{self, Encounter, InputError, InputErrorKind, Refusal, Statement, TraceNode},
    master::Masters,
};

/// Version of the schema of [`Calculation`] in JSON.
pub const SCHEMA: &str = "santei.calculation.v1";
/// Longest JSON text of an encounter, in bytes.
pub const MAX_INPUT: usize = 16 * 1024 * 1024;

/// How to calculate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Takes this day as the day of service, for an encounter with one visit.
    pub date: Option<ServiceDate>,
    /// Whether to collect the full trace.
    pub trace: bool,
}

/// A calculated encounter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Calculation {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of the engine.
    pub engine: String,
    /// The points.
    pub statement: Statement,
    /// What the patient pays, visit by visit, in the statement's order.
    pub copay: Vec<Copay>,
    /// What each phase did; only when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub trace: Option<Vec<TraceNode>>,
}

impl Calculation {
    /// The JSON form, on one line. The same calculation gives the same bytes on every target.
    #[must_use]
    pub fn to_json(&self) -> String {
        // INVARIANT: nothing in a calculation has a key that is not a text or a number that is not finite.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Calculates an encounter.
///
/// ```
/// use santei::{calculation::{Options, calculate_json}, master::Masters};
/// let masters = Masters::standard()?;
/// let visit = r#"{
///     "facility": { "kind": "clinic" },
///     "patient": { "birth_date": "1980-04-01" },
///     "visits": [{ "date": "2026-07-01", "consultation": "first" }]
/// }"#;
/// let calculation = calculate_json(&masters, visit, &Options::default())?;
/// // 初診料 291 and 外来・在宅物価対応料 2, at three tenths.
/// assert_eq!(calculation.statement.total_points.get(), 293);
/// assert_eq!(calculation.copay[0].amount.map(|yen| yen.get()), Some(880));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Refusal`] with every fault of the input and its JSON path.
pub fn calculate_json(masters: &Masters, text: &str, options: &Options) -> Result<Calculation, Refusal> {
    calculate(masters, parse(text)?, options)
}

/// Calculates an encounter that is at hand as a value.
///
/// # Errors
/// [`Refusal`] with every fault of the input and its JSON path.
pub fn calculate(masters: &Masters, mut encounter: Encounter, options: &Options) -> Result<Calculation, Refusal> {
    if let Some(date) = options.date {
        match encounter.visits.as_mut_slice() {
            [visit] => visit.date = date,
            visits => {
                let message = "another day of service can be given for an encounter with one visit only";
                let error = InputError::new("visits", InputErrorKind::Contradiction, message);
                return Err(Refusal::one(error.expected("one visit", visits.len().to_string())));
            }
        }
    }
    let (statement, trace) = fee::charge(masters, &encounter, options.trace)?;
    let copay = copay::settle(masters, &encounter, &statement)?;
    let engine = env!("CARGO_PKG_VERSION").to_owned();
    Ok(Calculation { schema: SCHEMA.to_owned(), engine, statement, copay, trace })
}

/// Reads an encounter.
///
/// # Errors
/// [`Refusal`] naming the JSON path, or the line and column where the text is not JSON.
pub fn parse(text: &str) -> Result<Encounter, Refusal> {
    parse_as(text, "docs/encounter.md describes the input")
}

/// Reads an input of any sort.
pub(crate) fn parse_as<T: serde::de::DeserializeOwned>(text: &str, help: &str) -> Result<T, Refusal> {
    let too_long = |got: usize| {
        let error = InputError::new("", InputErrorKind::TooMuch, "the input is longer than the engine reads");
        Refusal::one(error.expected(format!("at most {MAX_INPUT} bytes"), format!("{got} bytes")))
    };
    if text.len() > MAX_INPUT {
        return Err(too_long(text.len()));
    }
    // A byte order mark is no JSON, but editors on Windows write one.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let schema = |path: String, message: String| {
        let path = if path == "." { String::new() } else { path };
        Refusal::one(InputError::new(path, InputErrorKind::Schema, message).help(help))
    };
    let input = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| schema(error.path().to_string(), error.inner().to_string()))?;
    deserializer.end().map_err(|error| schema(String::new(), error.to_string()))?;
    Ok(input)
}
