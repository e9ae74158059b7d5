//! Why an operation has no answer.

use serde_json::{Value, json};

/// A refusal, as an `OperationOutcome` with one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The kind of issue, one of FHIR's `issue-type`.
    code: &'static str,
    diagnostics: String,
    /// Where in the question.
    expression: Option<String>,
}

impl Outcome {
    pub(super) fn new(code: &'static str, diagnostics: impl Into<String>) -> Self {
        Self { code, diagnostics: diagnostics.into(), expression: None }
    }

    /// The question has not the shape of one.
    pub(super) fn structure(diagnostics: impl Into<String>) -> Self {
        Self::new("structure", diagnostics)
    }

    /// A parameter is missing.
    pub(super) fn required(diagnostics: impl Into<String>) -> Self {
        Self::new("required", diagnostics)
    }

    /// A value is not one of those that may stand there.
    pub(super) fn value(diagnostics: impl Into<String>) -> Self {
        Self::new("value", diagnostics)
    }

    /// Something that FHIR allows and that is not done here.
    pub(super) fn not_supported(diagnostics: impl Into<String>) -> Self {
        Self::new("not-supported", diagnostics)
    }

    /// No such code, code system, value set or map.
    pub(super) fn not_found(diagnostics: impl Into<String>) -> Self {
        Self::new("not-found", diagnostics)
    }

    /// The same, about this place.
    pub(super) fn at(mut self, expression: impl Into<String>) -> Self {
        self.expression = Some(expression.into());
        self
    }

    pub(super) fn to_json(&self) -> Value {
        let mut issue = json!({ "severity": "error", "code": self.code, "diagnostics": self.diagnostics });
        if let (Some(expression), Some(issue)) = (&self.expression, issue.as_object_mut()) {
            issue.insert("expression".to_owned(), json!([expression]));
        }
        json!({ "resourceType": "OperationOutcome", "issue": [issue] })
    }
}

/// A text of the question, cut so that it can stand in an answer.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}
