//! Why an input gives no statement: every fault with its JSON path, all at once.

use core::fmt;

use serde::Serialize;

/// One fault of an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct InputError {
    /// Where: a JSON path such as `visits[0].orders[2].procedure`; empty for the whole input.
    pub path: String,
    /// What kind of fault.
    pub kind: InputErrorKind,
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
}

/// What kind of fault an input has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InputErrorKind {
    /// Not JSON, or not of the schema: an unknown field, a wrong type, a malformed code or date.
    Schema,
    /// More of something than the engine takes.
    TooMuch,
    /// A code that no loaded master has.
    UnknownCode,
    /// A code that is not in force on the day of service.
    NotInForce,
    /// A quantity, count or number of days out of range.
    Quantity,
    /// A date that cannot be, such as a birth after the visit.
    Date,
    /// Statements that contradict each other, or one that is missing.
    Contradiction,
    /// An amount beyond what the engine represents.
    Overflow,
    /// A revision of the fee schedule that no loaded master names.
    UnknownRevision,
    /// A figure that is not verified, where the input asks for none.
    Unverified,
    /// Something that the tables say and the engine cannot follow: no figure is given.
    NeedsReview,
}

impl InputError {
    pub(crate) fn new(path: impl Into<String>, kind: InputErrorKind, message: impl Into<String>) -> Self {
        Self { path: path.into(), kind, message: message.into(), expected: None, got: None, help: None }
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>, got: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self.got = Some(got.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for InputError {
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

/// An input that gives no statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Refusal {
    /// Every fault that was found, in the order of the input; at most [`Refusal::LIMIT`].
    pub errors: Vec<InputError>,
}

impl Refusal {
    /// How many faults are listed.
    pub const LIMIT: usize = 100;

    pub(crate) fn one(error: InputError) -> Self {
        Self { errors: vec![error] }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
