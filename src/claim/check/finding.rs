//! What a check finds: which rule, where, what stands there and what should.

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is; mostly as the rule says.
    pub severity: Severity,
    /// Number of the line in the file.
    pub line: u64,
    /// レセプト番号 of the claim, as it is written.
    pub claim: Option<u32>,
    /// Record identification; empty for the file as a whole.
    pub record: Cow<'static, str>,
    /// Number of the field, from 1 on.
    pub field: Option<usize>,
    /// Name of the field.
    pub field_name: &'static str,
    /// What stands there. What could name a patient is not repeated.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// The row of a table or the article, where there is one beside the rule's own.
    pub row: String,
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Finding", 12)?;
        out.serialize_field("id", self.rule.id)?;
        out.serialize_field("severity", &self.severity)?;
        out.serialize_field("line", &self.line)?;
        out.serialize_field("claim", &self.claim)?;
        out.serialize_field("record", &self.record)?;
        out.serialize_field("field", &self.field)?;
        out.serialize_field("field_name", self.field_name)?;
        out.serialize_field("found", &self.found)?;
        out.serialize_field("expected", &self.expected)?;
        out.serialize_field("about", self.rule.about)?;
        out.serialize_field("basis", self.rule.basis)?;
        out.serialize_field("row", &self.row)?;
        out.end()
    }
}
