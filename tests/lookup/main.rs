//! A search finds what a literal scan finds, in the order that its documentation says: over small masters that are made
//! up, over the standard ones, and over the published files, which the scan reads by itself.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test says what it skips, and may fail in any way it likes"
)]

mod marks;
mod near;
mod notes;
mod published;
mod scan;
mod small;
