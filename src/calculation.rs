//! The whole path once: an encounter in, its statement and what the patient pays out. Every surface goes through here, so
//! that the same visit gives the same bytes everywhere.

use serde::Serialize;

use crate::{
    copay::{self, Copay},
    date::ServiceDate,
    fee::{self, Encounter, InputError, InputErrorKind, Refusal, Statement, TraceNode, input},
    json,
    master::{Masters, UnknownRevision},
};

pub use crate::fee::input::{MAX_INPUT, too_long};

/// Version of the schema of [`Calculation`] in JSON.
pub const SCHEMA: &str = "santei.calculation.v1";

/// How to calculate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options<'a> {
    /// Takes this day as the day of service, for an encounter with one visit.
    pub date: Option<ServiceDate>,
    /// Whether to collect the full trace.
    pub trace: bool,
    /// Takes the rules of this revision (`r8`, or its name) whatever the day of service: what would it be? See
    /// [`Masters::as_of_revision`] and `docs/what-if.md`.
    pub as_of_revision: Option<&'a str>,
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
        json::to_string(self)
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
pub fn calculate_json(masters: &Masters, text: &str, options: &Options<'_>) -> Result<Calculation, Refusal> {
    calculate(masters, parse(text)?, options)
}

/// Calculates an encounter from the bytes of its JSON, which should be UTF-8.
///
/// # Errors
/// [`Refusal`] with every fault of the input and its JSON path.
pub fn calculate_bytes(masters: &Masters, bytes: &[u8], options: &Options<'_>) -> Result<Calculation, Refusal> {
    calculate(masters, parse_bytes(bytes)?, options)
}

/// Calculates an encounter that is at hand as a value.
///
/// # Errors
/// [`Refusal`] with every fault of the input and its JSON path.
pub fn calculate(masters: &Masters, mut encounter: Encounter, options: &Options<'_>) -> Result<Calculation, Refusal> {
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
    let as_of = options.as_of_revision.map(|wanted| masters.as_of_revision(wanted)).transpose();
    let as_of = as_of.map_err(|error| unknown(&error))?;
    let rules = as_of.as_ref().unwrap_or(masters);
    let (statement, trace) = fee::charge(rules, &encounter, options.trace)?;
    // What the patient pays of the points is another law with a calendar of its own: it stays by the real day.
    let copay = match rules.kept_revision() {
        Some(_) => copay::settle(&rules.by_calendar(), &encounter, &statement)?,
        None => copay::settle(masters, &encounter, &statement)?,
    };
    let engine = env!("CARGO_PKG_VERSION").to_owned();
    Ok(Calculation { schema: SCHEMA.to_owned(), engine, statement, copay, trace })
}

/// A revision that no loaded master names, as a refusal.
pub(crate) fn unknown(error: &UnknownRevision) -> Refusal {
    let message = format!("no revision is called `{}`", error.wanted);
    let error = InputError::new("", InputErrorKind::UnknownRevision, message)
        .expected(error.known.join(", "), error.wanted.clone());
    Refusal::one(error.help("take one of these, by its code or its name"))
}

/// Reads an encounter.
///
/// # Errors
/// [`Refusal`] naming the JSON path, or the line and column where the text is not JSON.
pub fn parse(text: &str) -> Result<Encounter, Refusal> {
    input::read(text, "docs/encounter.md describes the input")
}

/// Reads an encounter from bytes.
///
/// # Errors
/// [`Refusal`] naming the JSON path, the line and column where the text is not JSON, or the first byte that is no UTF-8.
pub fn parse_bytes(bytes: &[u8]) -> Result<Encounter, Refusal> {
    // A text that is too long is not even looked at.
    if bytes.len() > MAX_INPUT {
        return Err(too_long(bytes.len()));
    }
    let text = core::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let error = InputError::new("", InputErrorKind::Schema, "the input is not UTF-8");
        let got = bytes.get(at).map_or_else(String::new, |byte| format!("byte 0x{byte:02x} after {at} bytes"));
        Refusal::one(error.expected("a text in UTF-8", got).help("save the text as UTF-8"))
    })?;
    parse(text)
}
