//! Any bytes as any published file: the first byte chooses its name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use santei_fuzz::official::{NAMES, read};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    read(NAMES[usize::from(*first) % NAMES.len()], rest);
});
