//! What a check finds: which rule, where, what stands there and what should.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Doubtful: somebody has to look.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule: what is looked for, and on what it rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name, which stays.
    pub id: &'static str,
    /// How bad a finding of it is.
    pub severity: Severity,
    /// What it finds.
    pub about: &'static str,
    /// The specification, notification or table that it rests on.
    pub basis: &'static str,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule.
    #[serde(flatten, serialize_with = "rule")]
    pub rule: &'static Rule,
    /// How bad it is, when it is not as the rule says.
    #[serde(skip)]
    pub severity: Severity,
    /// Number of the line in the file.
    pub line: u64,
    /// レセプト番号 of the claim, as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<u32>,
    /// Record identification; empty for the file as a whole.
    pub record: Cow<'static, str>,
    /// Number of the field, from 1 on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<usize>,
    /// Name of the field.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub field_name: &'static str,
    /// What stands there. What could name a patient is not repeated.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// The row of a table or the article, where there is one beside the rule's own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub row: String,
}

fn rule<S: Serializer>(rule: &&'static Rule, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap as _;
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("id", rule.id)?;
    map.serialize_entry("about", rule.about)?;
    map.serialize_entry("basis", rule.basis)?;
    map.end()
}
