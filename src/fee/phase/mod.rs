//! The eight phases, one a file, in the official order. Each is a function over the draft.

pub(super) mod adjust;
pub(super) mod bundle;
pub(super) mod causes;
pub(super) mod derive;
pub(super) mod exclude;
pub(super) mod frequency;
pub(super) mod inpatient;
pub(super) mod limit;
pub(super) mod price;
mod related;
pub(super) mod resolve;
pub(super) mod total;
