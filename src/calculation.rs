//! The whole path once: an encounter in, its statement and what the patient pays out. Every surface goes through here, so
//! that the same visit gives the same bytes everywhere.

use serde::Serialize;

use crate::{
    copay::{self, Copay},
    date::ServiceDate,
    fee::{self, Encounter, InputError, InputErrorKind, Refusal, Statement, TraceNode, input, text::Text},
    json::{Json, members},
    master::{Masters, UnknownRevision},
    money::Points,
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

/// A calculated encounter. Its texts are of the type `S`, as those of [`Statement`].
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(S = String)))]
pub struct Calculation<S = String> {
    /// [`SCHEMA`].
    pub schema: S,
    /// Version of the engine.
    pub engine: S,
    /// The points.
    pub statement: Statement<S>,
    /// What the patient pays, visit by visit, in the statement's order.
    pub copay: Vec<Copay<S>>,
    /// What each phase did; only when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub trace: Option<Vec<TraceNode>>,
}

impl Calculation {
    /// The JSON form, on one line. The same calculation gives the same bytes on every target.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.json(&mut out);
        out
    }
}

impl<S: Json> Json for Calculation<S> {
    fn json(&self, out: &mut String) {
        members!(out, self, "{"; schema, engine, statement, copay);
        if self.trace.is_some() {
            members!(out, self, ","; trace);
        }
        out.push('}');
    }
}

/// What a calculation comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Points of all charged lines of all visits.
    pub total_points: Points,
    /// Whether every line is settled.
    pub settled: bool,
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

/// Calculates an encounter from the bytes of its JSON and appends the result's JSON to a text: the same as
/// [`calculate_bytes`] and [`Calculation::to_json`], for many encounters one after the other. Nothing is appended when the
/// input is refused.
///
/// ```
/// use santei::{calculation::{Options, write_json}, master::Masters};
/// let masters = Masters::standard()?;
/// let visit = r#"{
///     "facility": { "kind": "clinic" },
///     "patient": { "birth_date": "1980-04-01" },
///     "visits": [{ "date": "2026-07-01", "consultation": "first" }]
/// }"#;
/// let mut lines = String::new();
/// let outcome = write_json(&masters, visit.as_bytes(), &Options::default(), &mut lines)?;
/// assert_eq!(outcome.total_points.get(), 293);
/// assert!(lines.starts_with(r#"{"schema":"santei.calculation.v1""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Refusal`] with every fault of the input and its JSON path.
pub fn write_json(
    masters: &Masters,
    bytes: &[u8],
    options: &Options<'_>,
    out: &mut String,
) -> Result<Outcome, Refusal> {
    written(masters, parse_bytes(bytes)?, options, out)
}

/// The same from a text that is known to be UTF-8.
#[cfg(any(feature = "wasm", test))]
pub(crate) fn write_json_of(
    masters: &Masters,
    text: &str,
    options: &Options<'_>,
    out: &mut String,
) -> Result<Outcome, Refusal> {
    written(masters, parse(text)?, options, out)
}

fn written(
    masters: &Masters,
    encounter: Encounter,
    options: &Options<'_>,
    out: &mut String,
) -> Result<Outcome, Refusal> {
    calculated(masters, encounter, options, |calculation| {
        calculation.json(out);
        let Statement { total_points, settled, .. } = calculation.statement;
        Outcome { total_points, settled }
    })
}

/// Calculates an encounter that is at hand as a value.
///
/// # Errors
/// [`Refusal`] with every fault of the input and its JSON path.
pub fn calculate(masters: &Masters, encounter: Encounter, options: &Options<'_>) -> Result<Calculation, Refusal> {
    calculated(masters, encounter, options, |calculation| Calculation {
        schema: calculation.schema.into(),
        engine: calculation.engine.into(),
        statement: calculation.statement.owned(),
        copay: calculation.copay.into_iter().map(Copay::owned).collect(),
        trace: calculation.trace,
    })
}

/// Calculates an encounter and hands over the result, whose texts stand in the masters and in the encounter.
fn calculated<T>(
    masters: &Masters,
    mut encounter: Encounter,
    options: &Options<'_>,
    take: impl FnOnce(Calculation<Text<'_>>) -> T,
) -> Result<T, Refusal> {
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
    let (statement, trace) = fee::billed(rules, &encounter, options.trace)?;
    // What the patient pays of the points is another law with a calendar of its own: it stays by the real day.
    let calendar = rules.kept_revision().map(|_| rules.by_calendar());
    let mut copay = copay::settled(calendar.as_ref().unwrap_or(masters), &encounter, &statement.visits)?;
    for copay in &mut copay {
        copay.as_of_revision.clone_from(&statement.as_of_revision);
    }
    let (schema, engine) = (SCHEMA.into(), env!("CARGO_PKG_VERSION").into());
    Ok(take(Calculation { schema, engine, statement, copay, trace }))
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
    input::read_plain(text, "docs/encounter.md describes the input")
}

/// Reads an encounter from bytes.
///
/// # Errors
/// [`Refusal`] naming the JSON path, the line and column where the text is not JSON, or the first byte that is no UTF-8.
pub fn parse_bytes(bytes: &[u8]) -> Result<Encounter, Refusal> {
    if let Some(encounter) = input::plain(bytes) {
        return Ok(encounter);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The visit of the benchmarks, and one on which nearly everything falls or asks.
    const VISITS: [&str; 3] = [
        include_str!("../benches/visit.json"),
        r#"{ "facility": { "kind": "hospital", "general_beds": 300, "permitted_beds": 300 },
             "patient": { "birth_date": "1946-01-01" }, "coverage": { "income_class": "above_threshold" },
             "visits": [{ "date": "2025-07-01", "consultation": "first", "orders": [
                { "procedure": "160008010", "count": 2, "additions": [{ "procedure": "111000370" }] },
                { "procedure": "160008010" }, { "procedure": "111000110" } ] },
             { "date": "2025-07-01", "consultation": "revisit", "prescriptions": [
                { "dispensing": "in_house", "rps": [{ "use": "internal", "count": 7, "drugs": [
                    { "drug": "620005904", "quantity": "0.5", "choice": "patient", "generic_price": "1" },
                    { "drug": "620002477", "quantity": 2 } ] }] },
                { "dispensing": "pharmacy", "rps": [{ "use": "external", "drugs": [
                    { "drug": "620002477", "quantity": "2.50" } ] }] } ] }] }"#,
        r#"{ "facility": { "kind": "clinic", "registrations": [] }, "patient": { "birth_date": "2024-07-01" },
             "visits": [{ "date": "1990-07-01", "consultation": "first" }] }"#,
    ];

    #[test]
    fn one_result_in_every_form() {
        let masters = Masters::standard().unwrap();
        for visit in VISITS {
            for trace in [false, true] {
                for as_of_revision in [None, Some("r8")] {
                    let options = Options { trace, as_of_revision, ..Options::default() };
                    let mut text = "before".to_owned();
                    let outcome = write_json(&masters, visit.as_bytes(), &options, &mut text);
                    let mut again = "before".to_owned();
                    assert_eq!(write_json_of(&masters, visit, &options, &mut again), outcome);
                    assert_eq!(again, text);
                    match calculate_json(&masters, visit, &options) {
                        Ok(calculation) => {
                            let derived = serde_json::to_string(&calculation).unwrap();
                            assert_eq!(calculation.to_json(), derived);
                            assert_eq!(text, format!("before{derived}"));
                            let (total_points, settled) =
                                (calculation.statement.total_points, calculation.statement.settled);
                            assert_eq!(outcome, Ok(Outcome { total_points, settled }));
                        }
                        Err(refusal) => assert_eq!((outcome, text.as_str()), (Err(refusal), "before")),
                    }
                }
            }
        }
    }
}
