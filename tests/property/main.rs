//! Laws that hold for every input: of the calendar, of the patient's share, and that the order of the input changes nothing.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail in any way it likes")]

mod copay;
mod dates;
mod order;
