//! A table in the project's own CSV: the first byte chooses which. Rows that are read come out of a pack unchanged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use santei::master::standard;
use santei_fuzz::table;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let schema = table::chosen(*first);
    let text = String::from_utf8_lossy(rest);
    let (rows, faults) = standard::read(schema, schema.name, &text);
    table::check(schema, &rows, &faults);
    table::round_trip(schema, rows);
});
