//! What is said of a code.

use core::fmt;

use serde::Serialize;

use crate::{
    date::{Period, ServiceDate},
    master::Certainty,
};

use super::system::System;

/// How a text stands in a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "CodeStatus"))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A table has it, and it is in force on the day.
    Valid,
    /// Its form and its check digit, where there is one, are right, and no loaded table could say more: of insurers and the like
    /// there is none, and lists as they were on a day (HOT, JAN, JLAC, generic names) say nothing of earlier days.
    Unlisted,
    /// Not written as a code of the system.
    Malformed,
    /// The check digit does not follow from the other digits, and no table has the code.
    WrongCheckDigit,
    /// No loaded table has it.
    Unknown,
    /// A table has it, but not on the day.
    NotInForce,
}

/// Why another code is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "InsteadReason"))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The same, as the system writes it.
    Spelling,
    /// The same with the check digit that belongs to it.
    CheckDigit,
    /// One slip of the hand away.
    Near,
    /// It took the place of a code that is no longer in force.
    Successor,
    /// A listing with the same price list code.
    SamePriceCode,
    /// A product with the same generic name.
    SameGenericName,
    /// The same text is a code of another system.
    OtherSystem,
}

/// What is said of a text as a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Validation {
    /// The text, cut to 40 characters.
    pub code: String,
    /// The day asked for.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub date: Option<ServiceDate>,
    /// Whether nothing speaks against it: `valid` or `unlisted`.
    pub valid: bool,
    /// The system; none when the text is written as a code of none.
    pub system: Option<&'static str>,
    /// The system's Japanese name.
    pub title: Option<&'static str>,
    /// How the text stands in it.
    pub status: Status,
    /// The status in words: what was expected, what was found.
    pub message: String,
    /// The code as the tables write it, when it is well formed.
    pub canonical: Option<String>,
    /// What it stands for.
    pub name: Option<String>,
    /// Its check digit, where the system has one.
    pub check_digit: Option<CheckDigit>,
    /// Whether a loaded table has it; none when no table of the system is loaded or there is no such table.
    pub exists: Option<bool>,
    /// When it is known to be in force.
    pub periods: Vec<Days>,
    /// How sure its row is.
    pub certainty: Option<Certainty>,
    /// What may be meant or used instead, the likeliest first.
    pub instead: Vec<Instead>,
    /// The systems that it may be of, the likeliest first: all without a system asked for, else the others of a text that is not valid.
    pub systems: Vec<Reading>,
}

/// The check digit of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CheckDigit {
    /// Whether it follows from the other digits.
    pub right: bool,
    /// What it should be.
    pub expected: String,
}

/// Days in which a code is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ValidDays"))]
pub struct Days {
    /// First day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: ServiceDate,
    /// Last day, if there is one.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub last_day: Option<ServiceDate>,
}

impl From<Period> for Days {
    fn from(period: Period) -> Self {
        Self { from: period.from, last_day: period.last_day() }
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last_day {
            Some(last) => write!(f, "{} to {last}", self.from),
            None => write!(f, "from {}", self.from),
        }
    }
}

/// A code that may be meant, or used instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "CodeInstead"))]
pub struct Instead {
    /// Its system.
    pub system: &'static str,
    /// The code.
    pub code: String,
    /// What it stands for.
    pub name: Option<String>,
    /// Why it is named.
    pub why: Why,
}

/// A system that a text may be a code of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "SystemReading"))]
pub struct Reading {
    /// The system.
    pub system: &'static str,
    /// Its Japanese name.
    pub title: &'static str,
    /// How the text stands in it.
    pub status: Status,
    /// Whether a loaded table has it; none when no table of the system is loaded or there is no such table.
    pub exists: Option<bool>,
    /// What it stands for there.
    pub name: Option<String>,
}

impl Validation {
    pub(super) fn new(system: Option<System>, code: &str, date: Option<ServiceDate>) -> Self {
        Self {
            code: code.chars().take(40).collect(),
            date,
            valid: false,
            system: system.map(System::name),
            title: system.map(System::title),
            status: Status::Malformed,
            message: String::new(),
            canonical: None,
            name: None,
            check_digit: None,
            exists: None,
            periods: Vec::new(),
            certainty: None,
            instead: Vec::new(),
            systems: Vec::new(),
        }
    }

    /// Whether the day asked for lies before all that is known.
    pub(super) fn begins_after(&self) -> bool {
        self.date.zip(self.periods.first()).is_some_and(|(day, first)| day < first.from)
    }

    /// Whether no day was asked for and the code has a last one.
    pub(super) fn ends(&self) -> bool {
        self.date.is_none() && self.periods.last().is_some_and(|days| days.last_day.is_some())
    }
}
