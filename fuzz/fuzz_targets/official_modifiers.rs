//! Any bytes under the name `z_20240601.txt`: every fault has its place, and the rows that were read make a pack.
#![no_main]

use libfuzzer_sys::fuzz_target;
use santei_fuzz::official;

fuzz_target!(|bytes: &[u8]| official::read("z_20240601.txt", bytes));
