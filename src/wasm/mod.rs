//! The JavaScript surface, and the only place that knows JavaScript.
//!
//! It is kept thin: texts of JSON go in and come out, so that the bytes are the same as from a native program. The
//! hand-written wrapper in `pkg/` turns objects into texts and back, and documents the whole for its users.

#![allow(unsafe_code, reason = "wasm-bindgen's macros write the foreign function interface")]
#![allow(missing_docs, unreachable_pub, reason = "pkg/api.d.ts is what users read; wasm-bindgen wants `pub`")]

use js_sys::{Error, JSON, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{
    calculation::{self, Options},
    date::DateError,
    master,
    pack::{Pack, PackMeta},
};

/// Version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Everything a calculation looks things up in.
#[wasm_bindgen]
pub struct Masters(master::Masters);

#[wasm_bindgen]
impl Masters {
    #[cfg(feature = "standard")]
    pub fn standard() -> Result<Self, Error> {
        master::Masters::standard().map(Self).map_err(|error| fault("pack", &error))
    }

    pub fn empty() -> Result<Self, Error> {
        master::Masters::empty().map(Self).map_err(|error| fault("pack", &error))
    }

    #[wasm_bindgen(js_name = addPack)]
    pub fn add_pack(&mut self, bytes: Vec<u8>) -> Result<(), Error> {
        self.0.add_pack(bytes).map_err(|error| fault("pack", &error))
    }

    /// The calculation as one line of JSON.
    pub fn calculate(&self, encounter: &str, date: Option<String>, trace: bool) -> Result<String, Error> {
        let date = date.map(|date| date.parse()).transpose().map_err(|error: DateError| fault("date", &error))?;
        calculation::calculate_json(&self.0, encounter, &Options { date, trace })
            .map(|calculation| calculation.to_json())
            .map_err(|refusal| thrown(&refusal.errors))
    }

    /// What the packs say of themselves, last added first.
    pub fn packs(&self) -> Result<JsValue, Error> {
        let packs: Vec<&PackMeta> = self.0.packs().iter().map(Pack::meta).collect();
        to_js(&packs)
    }
}

/// Plain objects and arrays, as JSON would have them.
fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, Error> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| fault("internal", &error))
}

/// An error of one fault that has no place in the input.
fn fault(kind: &str, error: &dyn core::fmt::Display) -> Error {
    #[derive(Serialize)]
    struct Fault<'a> {
        path: &'a str,
        kind: &'a str,
        message: String,
    }
    thrown(&[Fault { path: "", kind, message: error.to_string() }])
}

/// A JavaScript `Error` that carries its faults as `errors`.
fn thrown<T: Serialize>(faults: &[T]) -> Error {
    let error = Error::new("refused");
    // Texts always parse back; were it otherwise, the error would only lose its list.
    if let Some(list) = serde_json::to_string(faults).ok().and_then(|text| JSON::parse(&text).ok()) {
        let _ = Reflect::set(&error, &JsValue::from_str("errors"), &list);
    }
    error
}
