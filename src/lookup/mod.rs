//! Find a code: by the code itself, by a part of its name or its reading, by the codes that other systems give it.
//!
//! ```
//! use santei::{lookup::{Finder, Search}, master::{MasterKind, Masters}};
//! let finder = Finder::new(&Masters::standard()?);
//! let hits = finder.find(&Search { query: "しょしんりょう", on: Some("2026-06-01".parse()?), ..Search::default() });
//! assert_eq!((hits[0].code.as_str(), hits[0].name.as_str()), ("111000110", "初診料"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What matches
//!
//! Texts and queries are compared as [`fold`] writes them. A query is split at blanks; a row matches when each word is a part
//! of one of its texts (name, full and short name, reading, generic name …) or the beginning of one of its codes (its own,
//! 区分番号, ICD-10 with or without the dot, price code …). When no row of all masters that are searched does, words of four letters and
//! more, and of three with a kanji, may differ from a text by one edit, of eight and more by two; such hits say [`Rank::Fuzzy`].
//!
//! # The order of hits
//!
//! 1. [`Rank`]: exact, prefix, word start, contains, fuzzy. Of several words the one that matches worst counts, or all that was typed if
//!    it lies in one piece. Of fuzzy hits, the fewer edits.
//! 2. Standing: codes that go on before those whose newest row ends before the last day that their pack's table knows; of each,
//!    diseases of 採択区分 1 and 2 before the others.
//! 3. Masters that a claim names before those that only explain (ICD-10, HOT, JLAC …).
//! 4. Of a query of one word, rows found by a code before those found by a text, in the order of the codes that were found.
//! 5. The shorter name, the lower code, the master in the order of [`kinds`], the pack that was added last.

mod candidate;
pub mod comment;
pub mod disease;
pub mod drug;
mod fault;
mod finder;
mod fold;
mod found;
mod hits;
mod index;
pub mod item;
mod keys;
pub mod lab;
mod letters;
#[cfg(test)]
mod made;
mod marks;
mod numbers;
mod numerals;
mod query;
mod rows;
mod show;
pub(crate) mod validate;

pub use fault::{CodeFault, CodeFaultKind, FaultSeverity};
pub use finder::{Finder, find};
pub use fold::fold;
pub use found::{Elsewhere, Found, FoundNote, FoundReason, Hit, Rank};
pub use keys::kinds;
pub use numbers::RowId;
pub use query::{MAX_LETTERS, MAX_WORDS, Search, Setting};
pub use show::{Columns, Shown, Value, Version, show};
pub use validate::{
    CheckDigit, DayOutOfRange, Days, Instead, Reading, Status, System, UnknownSystem, Validation, Validator, Why,
};

#[cfg(test)]
mod tests;
