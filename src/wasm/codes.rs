//! Codes for JavaScript: diseases composed and read, cards of drugs and laboratory items, comments. Every answer is one line
//! of JSON, as from the command line.

use js_sys::Error;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{
    engine::{Masters, day},
    fault, thrown,
};
use crate::{
    code::{AnyCode, CommentCode, DiseaseCode, ProcedureCode},
    date::ServiceDate,
    lookup::{
        CodeFault, System, UnknownSystem, comment,
        disease::{self, Decomposer, DiseaseInput},
        drug, item, lab,
        validate::askable,
    },
};

#[wasm_bindgen]
impl Masters {
    #[wasm_bindgen(js_name = composeDisease)]
    pub fn compose_disease(&self, input: &str) -> Result<String, Error> {
        let input = DiseaseInput::from_json(input).map_err(|fault| thrown(&[fault]))?;
        json(Ok(disease::compose(&self.inner, &input)))
    }

    #[wasm_bindgen(js_name = decomposeDisease)]
    pub fn decompose_disease(&self, name: &str, date: Option<String>, limit: Option<u32>) -> Result<String, Error> {
        let on = day(date)?;
        let limit = limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
        // The names of a day are kept: who types asks again and again.
        let mut names = self.names().borrow_mut();
        if names.as_ref().is_none_or(|names| names.date() != on) {
            *names = Some(Decomposer::new(&self.inner, on));
        }
        let Some(names) = names.as_ref() else { return Err(fault("internal", &"the names were not kept")) };
        json(names.decompose(name, limit))
    }

    #[wasm_bindgen(js_name = diseaseSuccessor)]
    pub fn disease_successor(&self, code: &str, date: Option<String>) -> Result<String, Error> {
        let code: DiseaseCode = parsed(code)?;
        json(Ok(disease::succession(&self.inner, code, asked(date)?)))
    }

    /// Whether a code is valid in a system on a day.
    pub fn validate(&self, code: &str, system: Option<String>, date: Option<String>) -> Result<String, Error> {
        let system = system.map(|name| name.parse()).transpose();
        let system: Option<System> = system.map_err(|error: UnknownSystem| fault("schema", &error))?;
        let answer = self.validator().validate(code, system, day(date)?).map_err(|error| fault("date", &error))?;
        json(Ok(answer))
    }

    pub fn drug(&self, code: &str, date: Option<String>) -> Result<String, Error> {
        json(drug::drug(&self.inner, code, day(date)?))
    }

    pub fn lab(&self, code: &str, date: Option<String>) -> Result<String, Error> {
        json(lab::lab(&self.inner, code, day(date)?))
    }

    #[wasm_bindgen(js_name = labsOfProcedure)]
    pub fn labs_of_procedure(&self, code: &str, date: Option<String>) -> Result<String, Error> {
        let code: ProcedureCode = parsed(code)?;
        json(Ok(lab::labs_of_procedure(&self.inner, code, asked(date)?)))
    }

    #[wasm_bindgen(js_name = feeItem)]
    pub fn fee_item(&self, item: &str, date: Option<String>) -> Result<String, Error> {
        json(item::fee_item(&self.inner, item, day(date)?))
    }

    pub fn comments(&self, code: &str, date: Option<String>) -> Result<String, Error> {
        let code: AnyCode = parsed(code)?;
        json(Ok(comment::comments(&self.inner, code, day(date)?)))
    }

    pub fn comment(&self, code: &str, date: Option<String>) -> Result<String, Error> {
        let code: CommentCode = parsed(code)?;
        json(comment::comment(&self.inner, code, day(date)?))
    }

    #[wasm_bindgen(js_name = composeComment)]
    pub fn compose_comment(&self, code: &str, value: Option<String>, date: Option<String>) -> Result<String, Error> {
        let code: CommentCode = parsed(code)?;
        json(comment::compose_comment(&self.inner, code, value.as_deref(), day(date)?))
    }
}

/// A day for which there may be masters; the answers of the other functions say so themselves.
fn asked(date: Option<String>) -> Result<Option<ServiceDate>, Error> {
    day(date)?.map(askable).transpose().map_err(|error| fault("date", &error))
}

fn parsed<T: core::str::FromStr<Err = crate::code::CodeError>>(code: &str) -> Result<T, Error> {
    code.parse().map_err(|error| fault("schema", &error))
}

fn json<T: Serialize>(found: Result<T, Box<CodeFault>>) -> Result<String, Error> {
    found.map(|found| crate::json::to_string(&found)).map_err(|fault| thrown(&[fault]))
}
