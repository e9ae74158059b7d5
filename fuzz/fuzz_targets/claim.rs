//! Any bytes as a claim file: read without a loss, checked without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use santei_fuzz::claim;

fuzz_target!(|bytes: &[u8]| claim::bytes(bytes));
