//! The readers of the published files for JavaScript. Files come one by one: only one of them need be in memory.

use js_sys::{Error, Function};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::master::official::{self, NoPack, PackOutcome, Progress};

use super::fault;

/// The places of the names that are read, in the order of reading.
#[wasm_bindgen(js_name = readingOrder)]
pub fn reading_order(names: Vec<String>) -> Vec<usize> {
    official::reading_order(&names)
}

/// Reads files one by one.
#[wasm_bindgen]
#[derive(Default)]
pub struct Reader {
    inner: official::Reader,
}

#[wasm_bindgen]
impl Reader {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The largest file that is read, in bytes.
    pub fn limit() -> u32 {
        u32::try_from(official::Reader::LIMIT).unwrap_or(u32::MAX)
    }

    /// Reads one file. `progress` is called with texts of JSON and must not throw.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>, progress: &Function) {
        self.inner.add(name, &bytes, &mut |step| tell(progress, step));
    }

    #[wasm_bindgen(js_name = tooLarge)]
    pub fn too_large(&mut self, name: &str) {
        self.inner.too_large(name);
    }

    pub fn unreadable(&mut self, name: &str, why: &str) {
        self.inner.unreadable(name, why);
    }

    /// Joins what was read.
    pub fn join(self, progress: &Function) -> Joined {
        Joined { inner: self.inner.finish(&mut |step| tell(progress, step)) }
    }
}

/// What the files give together.
#[wasm_bindgen]
pub struct Joined {
    inner: PackOutcome,
}

#[wasm_bindgen]
impl Joined {
    /// What was found, as JSON.
    pub fn report(&self) -> Result<String, Error> {
        json(&self.inner.report())
    }

    /// The pack; nothing when there are no rows, or when there are faults and rows must not be left out.
    pub fn pack(self, keep_going: bool) -> Result<Option<Vec<u8>>, Error> {
        match self.inner.into_pack(keep_going) {
            Ok(pack) => Ok(Some(pack)),
            Err(NoPack::Faults(_) | NoPack::Empty) => Ok(None),
            Err(why @ NoPack::Build(_)) => Err(fault("pack", &why)),
        }
    }
}

fn tell(progress: &Function, step: Progress<'_>) {
    // A step that is not told does no harm, and what a listener throws is not the reader's matter.
    if let Ok(text) = serde_json::to_string(&step) {
        let _ = progress.call1(&JsValue::UNDEFINED, &JsValue::from_str(&text));
    }
}

fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| fault("internal", &error))
}
