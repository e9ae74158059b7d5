//! What is wrong with a code or a name that was given, and what to do.

use core::fmt;

use serde::Serialize;

use crate::{date::ServiceDate, master::LookupError};

use super::validate::askable;

/// One fault of what was asked. In JSON it has the shape of every other fault of the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CodeFault {
    /// Where: a JSON path such as `modifiers[1]`; empty for the whole.
    pub path: String,
    /// What kind of fault.
    pub kind: CodeFaultKind,
    /// Whether the answer stands in spite of it.
    pub severity: FaultSeverity,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub expected: Option<String>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub got: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub help: Option<String>,
    /// Codes to use instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<String>>"))]
    pub instead: Vec<String>,
}

/// How grave a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FaultSeverity {
    /// It cannot stand on a claim.
    Error,
    /// It can, and deserves a look.
    Warning,
}

/// What kind of fault a code or a name has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CodeFaultKind {
    /// Not JSON, an unknown field, a malformed code or date, or a text that is none.
    Schema,
    /// More than the engine takes.
    TooMuch,
    /// A code that no loaded master has.
    UnknownCode,
    /// A code that is not in force on the day.
    NotInForce,
    /// A code that was given up; another stands in its place.
    Replaced,
    /// A check digit that does not follow from the other digits.
    CheckDigit,
    /// Days that cannot follow each other.
    Date,
    /// More than 20 modifiers.
    TooManyModifiers,
    /// A modifier twice.
    DuplicateModifier,
    /// A modifier that is printed after the name (接尾語) recorded before one that is printed in front of it.
    ModifierOrder,
    /// A modifier that a medical claim does not have.
    ModifierKind,
    /// 単独使用禁止: a name that needs a modifier.
    AloneForbidden,
    /// 保険請求外: a name that no claim has.
    NotClaimable,
    /// 0000999 without a name, or a name beside a code.
    FreeText,
    /// A comment's text that is not of its pattern.
    CommentValue,
}

impl CodeFault {
    pub(super) fn error(path: impl Into<String>, kind: CodeFaultKind, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            kind,
            severity: FaultSeverity::Error,
            message: message.into(),
            expected: None,
            got: None,
            help: None,
            instead: Vec::new(),
        }
    }

    pub(super) fn warning(mut self) -> Self {
        self.severity = FaultSeverity::Warning;
        self
    }

    pub(super) fn expected(mut self, expected: impl Into<String>, got: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self.got = Some(cut(&got.into()));
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn instead(mut self, codes: Vec<String>) -> Self {
        self.instead = codes;
        self
    }

    /// That a day may be asked for: masters are of 1985 to 2100.
    pub(super) fn of_day(on: Option<ServiceDate>) -> Option<Self> {
        let error = on.and_then(|day| askable(day).err())?;
        let fault = Self::error("date", CodeFaultKind::Date, "no master is of that day");
        Some(fault.expected("a day from 1985-01-01 to 2100-12-31", error.got.to_string()).help("name another day"))
    }

    /// Why a look-up gave no row.
    pub(super) fn missing(path: impl Into<String>, error: &LookupError) -> Self {
        let (kind, help) = match error {
            LookupError::Unknown { .. } => {
                (CodeFaultKind::UnknownCode, "find the code by its name, or add a pack of the official masters")
            }
            LookupError::NotInForce { .. } => (CodeFaultKind::NotInForce, "use a code that is in force on the day"),
        };
        Self::error(path, kind, error.to_string()).help(help)
    }
}

impl fmt::Display for CodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)?;
        if let (Some(expected), Some(got)) = (&self.expected, &self.got) {
            write!(f, " (expected {expected}, got {got})")?;
        }
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for CodeFault {}

/// The beginning of a text that was given, without control characters: enough to know it again.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(40).map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

/// The day that was given, or the last day that can be: on it the newest rows hold.
pub(super) fn day_or_last(on: Option<ServiceDate>) -> ServiceDate {
    on.unwrap_or(ServiceDate::LAST)
}
