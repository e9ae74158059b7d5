//! Visits of the right shape, made of codes that the standard masters have: nearly all are accepted, so that the rules
//! and the rounding are reached.
#![no_main]

use libfuzzer_sys::fuzz_target;
use santei_fuzz::{shape::Shape, visit};

fuzz_target!(|shape: Shape| {
    visit::text(&visit::STANDARD, &shape.json());
});
