//! Any text as a search: what is found is ranked, is in force, and can be looked up again.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use santei::lookup::{Finder, Search, fold};
use santei_fuzz::visit::STANDARD;

static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::new(&STANDARD));

fuzz_target!(|bytes: &[u8]| {
    let query = String::from_utf8_lossy(bytes);
    let folded = fold(&query);
    assert_eq!(fold(&folded), folded, "folding twice is folding once");
    let search = Search { query: &query, limit: 20, ..Search::default() };
    let hits = FINDER.find(&search);
    assert!(hits.len() <= search.limit);
    assert!(hits.windows(2).all(|pair| pair[0].rank <= pair[1].rank), "the best first");
    for hit in &hits {
        let mut last = 0;
        for [start, end] in &hit.marks {
            assert!(last <= *start && start < end, "marks are in order and apart");
            last = *end;
        }
        let name: String = hit.pieces().into_iter().map(|(piece, _)| piece).collect();
        assert!(name == hit.name && last as usize <= name.encode_utf16().count());
    }
    assert_eq!(FINDER.rows(&search).len(), hits.len());
    let day = "2026-07-01".parse().expect("a day");
    let dated = FINDER.find(&Search { on: Some(day), ..search });
    for hit in &dated {
        assert!(hit.from <= day && hit.last_day.is_none_or(|last| day <= last));
    }
    // The same words in their folded form find the same rows.
    assert_eq!(FINDER.find(&Search { query: &folded, ..search }), hits);
});
