//! Questions about codes for JavaScript: whether they are valid, and the terminology operations of FHIR.

use js_sys::Error;
use wasm_bindgen::prelude::*;

use crate::{
    fhir::{self, Operation, Terminology, UnknownOperation},
    lookup::{System, UnknownSystem},
};

use super::{
    engine::{Masters, day, to_js},
    fault,
};

#[wasm_bindgen]
impl Masters {
    /// Whether a code is valid in a system on a day.
    pub fn validate(&self, code: &str, system: Option<String>, date: Option<String>) -> Result<JsValue, Error> {
        let system = system.map(|name| name.parse()).transpose();
        let system: Option<System> = system.map_err(|error: UnknownSystem| fault("schema", &error))?;
        let answer = self.terminology().validator().validate(code, system, day(date)?);
        to_js(&answer.map_err(|error| fault("date", &error))?)
    }

    /// A terminology operation of FHIR, from JSON to JSON.
    pub fn fhir(&self, operation: &str, question: &str) -> Result<String, Error> {
        let operation: Operation = operation.parse().map_err(|error: UnknownOperation| fault("schema", &error))?;
        Ok(fhir::operate_json(self.terminology(), operation, question))
    }
}

impl Masters {
    fn terminology(&self) -> &Terminology {
        self.terminology.get_or_init(|| Terminology::new(&self.inner))
    }
}
