//! Santei (算定): the open common calculation module for Japanese medical fees: code lookup, points, and what the patient
//! pays, by service date, with every yen explained.
//!
//! # In five minutes
//!
//! [`Masters`](master::Masters) holds the tables. The standard ones are compiled in (feature `standard`); a pack made from
//! the official files goes in front of them with [`add_pack`](master::Masters::add_pack).
//!
//! ```
//! use santei::{code::ProcedureCode, master::{LookupError, Masters, Procedure}};
//!
//! let masters = Masters::standard()?;
//! let revisit: ProcedureCode = "112007410".parse()?;
//! let points = |day: &str| -> Result<String, Box<dyn std::error::Error>> {
//!     Ok(masters.get::<Procedure>(&revisit, day.parse()?)?.points().to_string())
//! };
//! // The last day of one revision and the first of the next.
//! assert_eq!(points("2026-05-31")?, "75");
//! assert_eq!(points("2026-06-01")?, "76");
//! // Before the oldest figure there is an error that says from when on the code is known.
//! let early = masters.get::<Procedure>(&revisit, "2019-01-01".parse()?);
//! assert!(matches!(early, Err(LookupError::NotInForce { .. })));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A visit goes in as JSON or as an [`Encounter`](fee::Encounter) and comes out as a
//! [`Calculation`](calculation::Calculation): a statement with every line's verdict and reasons, and what the patient pays.
//!
//! ```
//! use santei::{calculation::{Options, calculate_json}, fee::Verdict, master::Masters};
//!
//! let masters = Masters::standard()?;
//! // A child of four, on a holiday, with a prescription for a pharmacy.
//! let visit = r#"{
//!     "facility": { "kind": "clinic" },
//!     "patient": { "birth_date": "2022-01-15" },
//!     "visits": [{ "date": "2026-07-20", "consultation": "first", "time_class": "holiday",
//!         "prescriptions": [{ "dispensing": "pharmacy",
//!             "rps": [{ "use": "internal", "count": 5, "drugs": [{ "drug": "612220508", "quantity": 12 }] }] }] }]
//! }"#;
//! let calculation = calculate_json(&masters, visit, &Options::default())?;
//! let names: Vec<_> = calculation.statement.visits[0].lines.iter().map(|line| line.name.as_str()).collect();
//! // Under six the infant's holiday addition stands in place of both the ordinary one and the infant addition.
//! assert_eq!(&names[..2], ["初診料", "乳幼児休日加算（初診）"]);
//! assert!(calculation.statement.visits[0].lines.iter().all(|line| line.verdict == Verdict::Charged));
//! assert_eq!(calculation.copay[0].rate_tenths, Some(2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What the tables do not settle is never a number: the line's verdict is `needs_review`, and no payment is named. Wrong input
//! is a [`Refusal`](fee::Refusal) with every fault and its JSON path.
//!
//! # Features
//!
//! - `standard` (default): the standard masters, compiled in; about 2.4 MB.
//! - `official` (default): readers of the published files, in [`master::official`].
//! - `cli` (default): the program `santei`. A program that links the crate turns it off with `default-features = false`.
//! - `wasm`: the engine for JavaScript, for `wasm32-unknown-unknown`.
//! - `reader`: the readers of the published files for JavaScript, likewise.
#![cfg_attr(not(any(feature = "wasm", feature = "reader")), forbid(unsafe_code))]

pub mod calculation;
pub mod claim;
pub mod code;
pub mod comparison;
pub mod copay;
pub mod date;
pub mod fee;
pub mod fhir;
pub mod json;
pub mod lookup;
pub mod master;
pub mod money;
mod order;
pub mod pack;
mod parsed;
#[cfg(all(any(feature = "wasm", feature = "reader"), target_arch = "wasm32"))]
mod wasm;

/// The examples of the README are run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
