//! A pack of any bytes: it opens or is refused; when it opens, every cell can be read and every lookup ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use santei_fuzz::{pack, seal};

fuzz_target!(|bytes: &[u8]| {
    pack::open(bytes);
    pack::open(&seal::seal(bytes));
});
