//! Any bytes under the name `s_ALL20240531.csv`: every fault has its place, and the rows that were read make a pack.
#![no_main]

use libfuzzer_sys::fuzz_target;
use santei_fuzz::official;

fuzz_target!(|bytes: &[u8]| official::read("s_ALL20240531.csv", bytes));
