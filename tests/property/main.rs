//! What must hold for every input, tried on many.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail in any way it likes"
)]

mod lookup;
#[cfg(feature = "official")]
mod official;
