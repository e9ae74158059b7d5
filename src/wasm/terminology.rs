//! The terminology operations of FHIR for JavaScript.

use js_sys::Error;
use wasm_bindgen::prelude::*;

use crate::fhir::{self, Operation, UnknownOperation};

use super::{engine::Masters, fault};

#[wasm_bindgen]
impl Masters {
    /// A terminology operation of FHIR, from JSON to JSON.
    pub fn fhir(&self, operation: &str, question: &str) -> Result<String, Error> {
        let operation: Operation = operation.parse().map_err(|error: UnknownOperation| fault("schema", &error))?;
        Ok(fhir::operate_json(self.terminology(), operation, question))
    }
}
