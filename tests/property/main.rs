//! What must hold for every input, tried on many: laws of the calendar, of money, of the patient's share, of packs, of the
//! lookup and the readers, and that the order of the input changes nothing.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    reason = "a test may fail in any way it likes"
)]

mod bounds;
mod copay;
mod dates;
mod money;
#[cfg(feature = "official")]
mod official;
mod order;
mod pack;
mod price;
mod revisions;
mod supplies;
mod tables;
