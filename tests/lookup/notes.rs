//! Why there are no hits, bad input, filters and the order on real codes.

use std::sync::LazyLock;

use santei::{
    lookup::{Finder, FoundReason, MAX_LETTERS, MAX_WORDS, Rank, Search, Setting, kinds},
    master::{MasterKind, Masters},
};

static STANDARD: LazyLock<Finder> = LazyLock::new(|| Finder::new(&Masters::standard().unwrap()));

fn reason(search: &Search<'_>) -> Option<FoundReason> {
    let found = STANDARD.search(search);
    assert!(found.hits.is_empty() || found.note.as_ref().is_none_or(|note| note.reason == FoundReason::OnlyNear));
    found.note.map(|note| {
        assert!(!note.message.is_empty());
        note.reason
    })
}

#[test]
fn an_answer_without_hits_says_why() {
    let long = "あ".repeat(10_000);
    let words = "あ ".repeat(MAX_WORDS + 1);
    let letters = "高".repeat(MAX_LETTERS);
    for (query, expected) in [
        ("", FoundReason::Empty),
        ("　 \t", FoundReason::Empty),
        ("\u{0}\u{1f}\u{7f}", FoundReason::Empty),
        (&*long, FoundReason::TooLong),
        (&*words, FoundReason::TooManyWords),
        (&*letters, FoundReason::NothingFound),
        (".*", FoundReason::NothingFound),
        ("[a-z]+(", FoundReason::NothingFound),
        ("\\", FoundReason::NothingFound),
        ("\u{fffd}\u{fffd}", FoundReason::NothingFound),
        ("😀", FoundReason::NothingFound),
    ] {
        assert_eq!(reason(&Search { query, ..Search::default() }), Some(expected), "{:.20}", query);
    }
    let on = |day: &str| reason(&Search { query: "初診料", on: Some(day.parse().unwrap()), ..Search::default() });
    for day in ["1868-01-01", "1984-12-31", "2101-01-01", "2999-12-31"] {
        assert_eq!(on(day), Some(FoundReason::NotCovered), "{day}");
    }
    assert_eq!(on("2100-12-31"), None, "a row without an end is in force");
    assert_eq!(on("2026-06-01"), None);
    let role = Search { query: "初診", kind: Some(MasterKind::Role), ..Search::default() };
    assert_eq!(reason(&role), Some(FoundReason::NoTable));
}

#[test]
fn one_letter_finds_and_no_letter_stops_anything() {
    for query in ["高", "ア", "ｱ", "1", "a", "(", "*", "ー", "・", "゛"] {
        let hits = STANDARD.find(&Search { query, ..Search::default() });
        assert!(hits.len() <= 50, "{query}");
        assert!(hits.windows(2).all(|pair| pair[0].rank <= pair[1].rank), "{query}");
    }
    assert_eq!(STANDARD.find(&Search { query: "高", ..Search::default() }).len(), 50);
}

#[test]
fn typos_are_the_last_resort() {
    let hits = |query| STANDARD.find(&Search { query, limit: 500, ..Search::default() });
    let all = |hit: &santei::lookup::Hit| hit.elsewhere.iter().fold(hit.name.clone(), |all, place| all + &place.text);
    for (query, name) in [
        ("アムロジビン", "アムロジピン"),
        ("アロムジピン", "アムロジピン"),
        ("アムロジピーン錠", "アムロジピン"),
        ("コンピュータ断層", "コンピューター断層"),
        ("高血厚", "高血圧"),
        ("しょしんりよう", "初診料"),
    ] {
        let hits = hits(query);
        assert!(hits.iter().all(|hit| hit.rank == Rank::Fuzzy), "{query}: {hits:?}");
        assert!(hits.iter().any(|hit| all(hit).contains(name)), "{query}: {hits:?}");
    }
    // Ⅱ型糖尿病 is ２型糖尿病 in the master, and only as a last resort: ＩＩ型 stands in other names.
    let disease = |query| STANDARD.find(&Search { query, kind: Some(MasterKind::Disease), ..Search::default() });
    for query in ["Ⅱ型糖尿病", "II型糖尿病", "ＩＩ型糖尿病"] {
        let first = &disease(query)[0];
        assert_eq!(
            (first.name.as_str(), first.rank, &*first.marks),
            ("２型糖尿病", Rank::Fuzzy, &[[0, 5]][..]),
            "{query}"
        );
    }
    assert_eq!(disease("２型糖尿病")[0].rank, Rank::Exact);
    assert_eq!(reason(&Search { query: "アムロジビン", ..Search::default() }), Some(FoundReason::OnlyNear));
    // A code with a wrong digit is another code.
    assert!(hits("111009910").is_empty());
    assert!(hits("アムロジピン").iter().all(|hit| hit.rank != Rank::Fuzzy));
}

#[test]
fn filters() {
    let find = |search: Search<'_>| STANDARD.find(&Search { limit: usize::MAX, ..search });
    let day = Some("2026-07-01".parse().unwrap());
    let in_section = |section| {
        find(Search {
            query: "検査",
            kind: Some(MasterKind::Procedure),
            on: day,
            section: Some(section),
            ..Search::default()
        })
    };
    let (d, all) = (in_section("D"), in_section(""));
    assert!(!d.is_empty() && d.len() < all.len());
    assert_eq!(d, in_section("d"));
    assert!(!in_section("60").is_empty());
    assert!(in_section("D").len() >= in_section("D00").len());
    assert!(in_section("ZZ").is_empty());
    let set = |setting| find(Search { query: "加算", on: day, setting, ..Search::default() });
    let (both, out, stay) = (set(None), set(Some(Setting::Outpatient)), set(Some(Setting::Inpatient)));
    assert!(out.len() < both.len() && stay.len() < both.len());
    let kinds = &[MasterKind::Drug, MasterKind::Disease][..];
    let two = find(Search { query: "ア", kinds, on: day, ..Search::default() });
    assert!(two.iter().all(|hit| ["drug", "disease"].contains(&hit.kind)));
    assert!(two.iter().any(|hit| hit.kind == "drug") && two.iter().any(|hit| hit.kind == "disease"));
}

#[test]
fn boundary_days() {
    let find = |query, on: &str| {
        let on = Some(on.parse().unwrap());
        STANDARD.find(&Search { query, kind: Some(MasterKind::Procedure), on, limit: 1, ..Search::default() })
    };
    let points = |on| find("112007410", on)[0].points.clone().unwrap();
    assert_eq!([points("2026-05-31"), points("2026-06-01"), points("2026-06-02")], ["75", "76", "76"]);
}

#[test]
fn rows_are_the_same_hits_for_less() {
    let search = Search { query: "血圧", limit: 30, ..Search::default() };
    let hits = STANDARD.find(&search);
    let rows = STANDARD.rows(&search);
    assert_eq!(hits.len(), rows.len());
    for (hit, row) in hits.iter().zip(rows) {
        let (kind, code, name) = STANDARD.named(row).unwrap();
        let kind = kinds().find(|(known, ..)| *known == kind).unwrap().1;
        assert_eq!((kind, &*code, name), (hit.kind, &*hit.code, &*hit.name));
    }
    assert_eq!(STANDARD.named(santei::lookup::RowId(u32::MAX)), None);
}

#[test]
fn every_kind_has_its_name_in_the_declarations() {
    let declared = include_str!("../../pkg/types.d.ts");
    for (_, name, _) in kinds() {
        assert!(declared.contains(&format!("\"{name}\"")), "{name}");
    }
}
