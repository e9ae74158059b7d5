//! The JavaScript surfaces, and the only place that knows JavaScript: the engine (feature `wasm`), with it payments of months, cards of
//! codes, claims and FHIR (feature `wasm-whole`), and the readers of the published files (feature `reader`).
//!
//! They are kept thin: texts of JSON go in and come out, so that the bytes are the same as from a native program. The
//! hand-written wrapper in `pkg/` turns objects into texts and back, and documents the whole for its users.

#![allow(unsafe_code, reason = "wasm-bindgen's macros write the foreign function interface")]
#![allow(missing_docs, unreachable_pub, reason = "pkg/*.d.ts is what users read; wasm-bindgen wants `pub`")]

#[cfg(feature = "wasm-whole")]
mod claims;
#[cfg(feature = "wasm-whole")]
mod codes;
#[cfg(feature = "wasm")]
mod engine;
#[cfg(feature = "wasm")]
mod hits;
#[cfg(feature = "wasm-whole")]
mod kept;
#[cfg(feature = "reader")]
mod reader;
#[cfg(feature = "wasm-whole")]
mod terminology;

use js_sys::{Error, JSON, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
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
    if let Ok(list) = JSON::parse(&crate::json::to_string(faults)) {
        let _ = Reflect::set(&error, &JsValue::from_str("errors"), &list);
    }
    error
}
