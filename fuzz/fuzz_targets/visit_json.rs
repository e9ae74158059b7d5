//! Any text as a visit: it is refused with a reason, or calculated so that everything adds up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use santei_fuzz::visit;

fuzz_target!(|bytes: &[u8]| {
    visit::text(&visit::STANDARD, &String::from_utf8_lossy(bytes));
});
