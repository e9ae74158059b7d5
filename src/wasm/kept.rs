//! What the questions about codes make of the masters and keep until a pack is added.

use std::cell::{OnceCell, RefCell};

use super::engine::Masters;
use crate::{
    fhir::Terminology,
    lookup::{Validator, disease::Decomposer},
};

#[derive(Default)]
pub(super) struct Kept {
    /// Made by the first name that is read, and again for another day.
    names: RefCell<Option<Decomposer>>,
    validator: OnceCell<Validator>,
    terminology: OnceCell<Terminology>,
}

impl Masters {
    pub(super) fn names(&self) -> &RefCell<Option<Decomposer>> {
        &self.kept.names
    }

    pub(super) fn validator(&self) -> &Validator {
        self.kept.validator.get_or_init(|| Validator::new(&self.inner))
    }

    pub(super) fn terminology(&self) -> &Terminology {
        self.kept.terminology.get_or_init(|| Terminology::new(&self.inner))
    }
}
