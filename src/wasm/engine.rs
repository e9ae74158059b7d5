//! The engine for JavaScript: masters, calculation and search.

use std::cell::OnceCell;

use js_sys::Error;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{
    calculation::{self, Options},
    date::{DateError, ServiceDate},
    lookup::{self, Finder, Search},
    master::{self, MasterKind, schema::TABLES},
    pack::{Pack, PackMeta},
};

use super::{fault, thrown};

/// Everything a calculation looks things up in.
#[wasm_bindgen]
pub struct Masters {
    inner: master::Masters,
    /// Made by the first search, and again after a pack was added.
    finder: OnceCell<Finder>,
}

impl From<master::Masters> for Masters {
    fn from(inner: master::Masters) -> Self {
        Self { inner, finder: OnceCell::new() }
    }
}

impl Masters {
    /// The masters themselves.
    pub(super) const fn inner(&self) -> &master::Masters {
        &self.inner
    }
}

#[wasm_bindgen]
impl Masters {
    #[cfg(feature = "standard")]
    pub fn standard() -> Result<Self, Error> {
        master::Masters::standard().map(Self::from).map_err(|error| fault("pack", &error))
    }

    pub fn empty() -> Result<Self, Error> {
        master::Masters::empty().map(Self::from).map_err(|error| fault("pack", &error))
    }

    #[wasm_bindgen(js_name = addPack)]
    pub fn add_pack(&mut self, bytes: Vec<u8>) -> Result<(), Error> {
        self.inner.add_pack(bytes).map_err(|error| fault("pack", &error))?;
        self.finder = OnceCell::new();
        Ok(())
    }

    /// The calculation as one line of JSON.
    pub fn calculate(
        &self,
        encounter: &str,
        date: Option<String>,
        trace: bool,
        as_of_revision: Option<String>,
    ) -> Result<String, Error> {
        let options = Options { date: day(date)?, trace, as_of_revision: as_of_revision.as_deref() };
        calculation::calculate_json(&self.inner, encounter, &options)
            .map(|calculation| calculation.to_json())
            .map_err(|refusal| thrown(&refusal.errors))
    }

    /// What a patient pays in a month, as one line of JSON.
    pub fn copay(&self, month: &str) -> Result<String, Error> {
        crate::copay::month_json(&self.inner, month)
            .map(|month| month.to_json())
            .map_err(|refusal| thrown(&refusal.errors))
    }

    /// What a household pays in a month, as one line of JSON.
    pub fn household(&self, household: &str) -> Result<String, Error> {
        crate::copay::household_json(&self.inner, household)
            .map(|household| household.to_json())
            .map_err(|refusal| thrown(&refusal.errors))
    }

    /// The hits of a search, best first.
    pub fn find(
        &self,
        query: &str,
        kind: Option<String>,
        date: Option<String>,
        limit: Option<u32>,
    ) -> Result<JsValue, Error> {
        let mut search =
            Search { query, kind: kind.map(master_kind).transpose()?, on: day(date)?, ..Search::default() };
        if let Some(limit) = limit {
            search.limit = usize::try_from(limit).unwrap_or(usize::MAX);
        }
        to_js(&self.finder.get_or_init(|| Finder::new(&self.inner)).find(&search))
    }

    /// Every row of a code; nothing when no master has it.
    pub fn show(&self, code: &str) -> Result<JsValue, Error> {
        to_js(&lookup::show(&self.inner, code))
    }

    /// What the packs say of themselves, last added first.
    pub fn packs(&self) -> Result<JsValue, Error> {
        let packs: Vec<&PackMeta> = self.inner.packs().iter().map(Pack::meta).collect();
        to_js(&packs)
    }
}

fn day(text: Option<String>) -> Result<Option<ServiceDate>, Error> {
    text.map(|text| text.parse()).transpose().map_err(|error: DateError| fault("date", &error))
}

fn master_kind(name: String) -> Result<MasterKind, Error> {
    let known = TABLES.iter().find(|schema| schema.name == name);
    known.map(|schema| schema.kind).ok_or_else(|| fault("schema", &format!("no master is called `{name}`")))
}

/// Plain objects and arrays, as JSON would have them.
fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, Error> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|error| fault("internal", &error))
}
