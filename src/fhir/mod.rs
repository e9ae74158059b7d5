//! FHIR R4 terminology: the masters as code systems, value sets and maps with the URIs of JP Core, asked by the operations
//! `$lookup`, `$validate-code`, `$translate` and `$expand`. Plain functions from a question to an answer, both JSON; no server.
//!
//! A question is a resource `Parameters`, or an object of plain values such as a query string has. An answer is a resource
//! `Parameters`, for `$expand` a `ValueSet`; what cannot be answered is an `OperationOutcome` that says why. A parameter of R4
//! is honoured or refused, never passed over.
//!
//! ```
//! use santei::{fhir::{self, Terminology}, master::Masters};
//! use serde_json::json;
//! let terms = Terminology::new(&Masters::standard()?);
//! let answer = fhir::lookup(&terms, &json!({ "resourceType": "Parameters", "parameter": [
//!     { "name": "system", "valueUri": "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease" },
//!     { "name": "code", "valueCode": "2500015" },
//! ] }));
//! let display = answer["parameter"].as_array().unwrap().iter().find(|part| part["name"] == "display").unwrap();
//! assert_eq!(display["valueString"], "２型糖尿病");
//! // The same as the values of a query string.
//! let answer = fhir::validate_code(&terms, &json!({
//!     "url": "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease", "code": "2500099",
//! }));
//! assert_eq!(answer["parameter"][0]["valueBoolean"], false);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod concept;
mod day;
mod expand;
mod lookup;
mod maps;
mod outcome;
mod parameters;
mod systems;
#[cfg(test)]
mod tests;
mod translate;
mod validate_code;

use core::str::FromStr;

use serde_json::Value;

use crate::{
    lookup::{Finder, Validator, validate::entries::Directory},
    master::Masters,
};

use outcome::{Outcome, cut};

/// A question may have so many bytes.
const LONGEST: usize = 1 << 20;

/// What the operations ask. What it needs of each table is made on the first question and kept.
#[derive(Debug)]
pub struct Terminology {
    validator: Validator,
    finder: Finder,
}

impl Terminology {
    /// The terminology of these masters as they are now.
    #[must_use]
    pub fn new(masters: &Masters) -> Self {
        Self { validator: Validator::new(masters), finder: Finder::new(masters) }
    }

    /// Validates single codes, with the same tables.
    #[must_use]
    pub fn validator(&self) -> &Validator {
        &self.validator
    }

    fn directory(&self) -> &Directory {
        self.validator.directory()
    }
}

/// One of the operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// `CodeSystem/$lookup`.
    Lookup,
    /// `CodeSystem/$validate-code` and `ValueSet/$validate-code`.
    ValidateCode,
    /// `ConceptMap/$translate`.
    Translate,
    /// `ValueSet/$expand`.
    Expand,
}

/// The name of no operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no operation is called `{got}`; expected lookup, validate-code, translate or expand")]
pub struct UnknownOperation {
    /// The name, cut to 80 characters.
    pub got: String,
}

impl FromStr for Operation {
    type Err = UnknownOperation;

    /// Reads the name of an operation, with or without its `$`.
    fn from_str(name: &str) -> Result<Self, UnknownOperation> {
        match name.strip_prefix('$').unwrap_or(name) {
            "lookup" => Ok(Self::Lookup),
            "validate-code" => Ok(Self::ValidateCode),
            "translate" => Ok(Self::Translate),
            "expand" => Ok(Self::Expand),
            _ => Err(UnknownOperation { got: cut(name) }),
        }
    }
}

/// `CodeSystem/$lookup`: the name, other names and properties of a code.
#[must_use]
pub fn lookup(terms: &Terminology, question: &Value) -> Value {
    answered(lookup::lookup(terms, question))
}

/// `$validate-code` of a code system or a value set: whether a code is in it, why not, and its display.
#[must_use]
pub fn validate_code(terms: &Terminology, question: &Value) -> Value {
    answered(validate_code::validate_code(terms, question))
}

/// `ConceptMap/$translate`: the codes of other systems that belong to a code, each with its equivalence.
#[must_use]
pub fn translate(terms: &Terminology, question: &Value) -> Value {
    answered(translate::translate(terms, question))
}

/// `ValueSet/$expand`: the codes of a value set, or those of them that a filter finds.
#[must_use]
pub fn expand(terms: &Terminology, question: &Value) -> Value {
    answered(expand::expand(terms, question))
}

/// Any of the operations.
#[must_use]
pub fn operate(terms: &Terminology, operation: Operation, question: &Value) -> Value {
    match operation {
        Operation::Lookup => lookup(terms, question),
        Operation::ValidateCode => validate_code(terms, question),
        Operation::Translate => translate(terms, question),
        Operation::Expand => expand(terms, question),
    }
}

/// Any of the operations, from a text of JSON to a line of JSON.
#[must_use]
pub fn operate_json(terms: &Terminology, operation: Operation, question: &str) -> String {
    let answer = if question.len() > LONGEST {
        Outcome::new("too-long", format!("expected at most {LONGEST} bytes, got {}", question.len())).to_json()
    } else {
        match serde_json::from_str(question) {
            Ok(question) => operate(terms, operation, &question),
            Err(error) => Outcome::structure(format!("expected JSON: {error}")).to_json(),
        }
    };
    answer.to_string()
}

/// Whether an answer is a refusal.
#[must_use]
pub fn is_refusal(answer: &Value) -> bool {
    answer.get("resourceType").and_then(Value::as_str) == Some("OperationOutcome")
}

fn answered(answer: Result<Value, Outcome>) -> Value {
    answer.unwrap_or_else(|outcome| outcome.to_json())
}
