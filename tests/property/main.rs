//! What must hold for every input, tried on many.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    reason = "a test may fail in any way it likes"
)]

mod money;
mod pack;
mod price;
