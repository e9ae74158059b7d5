//! The engine for JavaScript: masters, calculation and search.

use std::cell::OnceCell;

use js_sys::Error;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{
    calculation::{self, Options},
    date::{DateError, ServiceDate},
    lookup::{self, Finder, RowId, Search, Setting},
    master::{self, MasterKind, schema::schema},
    pack::{Pack, PackMeta},
};

use super::{fault, thrown};

/// Memory that is asked for before a result is known, at most.
const MOST: usize = 1 << 20;

/// Everything a calculation looks things up in.
#[wasm_bindgen]
pub struct Masters {
    pub(super) inner: master::Masters,
    /// Made by the first search, and again after a pack was added.
    finder: OnceCell<Finder>,
    #[cfg(feature = "wasm-whole")]
    pub(super) kept: super::kept::Kept,
}

impl From<master::Masters> for Masters {
    fn from(inner: master::Masters) -> Self {
        Self {
            inner,
            finder: OnceCell::new(),
            #[cfg(feature = "wasm-whole")]
            kept: super::kept::Kept::default(),
        }
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
        #[cfg(feature = "wasm-whole")]
        {
            self.kept = super::kept::Kept::default();
        }
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
        // A result is some eight times as long as its input.
        let mut result = String::with_capacity(encounter.len().saturating_mul(9).min(MOST));
        calculation::write_json_of(&self.inner, encounter, &options, &mut result)
            .map(|_| result)
            .map_err(|refusal| thrown(&refusal.errors))
    }

    /// What a patient pays in a month, as one line of JSON.
    #[cfg(feature = "wasm-whole")]
    pub fn copay(&self, month: &str) -> Result<String, Error> {
        crate::copay::month_json(&self.inner, month)
            .map(|month| month.to_json())
            .map_err(|refusal| thrown(&refusal.errors))
    }

    /// What a household pays in a month, as one line of JSON.
    #[cfg(feature = "wasm-whole")]
    pub fn household(&self, household: &str) -> Result<String, Error> {
        crate::copay::household_json(&self.inner, household)
            .map(|household| household.to_json())
            .map_err(|refusal| thrown(&refusal.errors))
    }

    /// The numbers of the rows that a search finds, best first.
    #[wasm_bindgen(js_name = findRows)]
    pub fn find_rows(&self, query: &str, options: &FindOptions) -> Vec<u32> {
        self.finder().rows(&options.search(query)).into_iter().map(|row| row.0).collect()
    }

    /// Master, code and name of rows that were found, a line each, with tabs between them: one text crosses the border
    /// quicker than twenty.
    #[wasm_bindgen(js_name = rowNames)]
    pub fn row_names(&self, rows: &[u32]) -> String {
        let mut lines = String::new();
        for row in rows {
            if let Some((kind, code, name)) = self.finder().named(RowId(*row)) {
                let parts = [schema(kind).name, "\t", &code, "\t", name, "\n"];
                lines.extend(parts);
            } else {
                lines.push('\n');
            }
        }
        lines
    }

    /// Builds a part of what a search needs; whether it is whole.
    pub fn prepare(&self, options: &FindOptions, rows: u32) -> bool {
        self.finder().prepare(&options.kinds, usize::try_from(rows).unwrap_or(usize::MAX))
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

impl Masters {
    pub(super) fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| Finder::new(&self.inner))
    }
}

/// How to search. Read once and kept, because a search is quicker than reading them.
#[wasm_bindgen]
pub struct FindOptions {
    kinds: Vec<MasterKind>,
    on: Option<ServiceDate>,
    section: Option<String>,
    setting: Option<Setting>,
    limit: usize,
}

#[wasm_bindgen]
impl FindOptions {
    /// `kinds` with commas between them; empty for all.
    #[wasm_bindgen(constructor)]
    pub fn new(
        kinds: &str,
        date: Option<String>,
        section: Option<String>,
        setting: Option<String>,
        limit: u32,
    ) -> Result<Self, Error> {
        let kinds = kinds.split(',').filter(|kind| !kind.is_empty()).map(master_kind).collect::<Result<_, _>>()?;
        let setting = match setting.as_deref() {
            None => None,
            Some("outpatient") => Some(Setting::Outpatient),
            Some("inpatient") => Some(Setting::Inpatient),
            Some(other) => {
                let message = format!("`setting`: expected outpatient or inpatient, got `{other}`");
                return Err(fault("schema", &message));
            }
        };
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(Self { kinds, on: day(date)?, section, setting, limit })
    }
}

impl FindOptions {
    pub(super) fn kinds(&self) -> &[MasterKind] {
        &self.kinds
    }

    pub(super) fn day(&self) -> Option<ServiceDate> {
        self.on
    }

    pub(super) fn search<'q>(&'q self, query: &'q str) -> Search<'q> {
        let Self { kinds, on, section, setting, limit } = self;
        Search { query, kind: None, kinds, on: *on, section: section.as_deref(), setting: *setting, limit: *limit }
    }
}

pub(super) fn day(text: Option<String>) -> Result<Option<ServiceDate>, Error> {
    text.map(|text| text.parse()).transpose().map_err(|error: DateError| fault("date", &error))
}

fn master_kind(name: &str) -> Result<MasterKind, Error> {
    lookup::kinds().find(|(_, known, _)| *known == name).map(|(kind, ..)| kind).ok_or_else(|| {
        let known: Vec<&str> = lookup::kinds().map(|(_, name, _)| name).collect();
        fault("schema", &format!("`kind`: expected one of {}, got `{name}`", known.join(", ")))
    })
}

/// Plain objects and arrays, as JSON would have them.
#[cfg(feature = "wasm-whole")]
fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, Error> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|error| fault("internal", &error))
}

/// The same by way of a text: the slim engine has the writer of JSON anyway.
#[cfg(not(feature = "wasm-whole"))]
fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, Error> {
    js_sys::JSON::parse(&crate::json::to_string(value)).map_err(|_| fault("internal", &"no JSON came of a value"))
}
