//! What a hit says of where it matches.

use std::sync::LazyLock;

use proptest::prelude::*;
use santei::{
    lookup::{Finder, Hit, Rank, Search, fold},
    master::{MasterKind, Masters},
};

static STANDARD: LazyLock<Finder> = LazyLock::new(|| Finder::new(&Masters::standard().unwrap()));

fn first(query: &str, kind: MasterKind) -> Hit {
    STANDARD.find(&Search { query, kind: Some(kind), limit: 1, ..Search::default() }).remove(0)
}

/// The marked parts of the name, and of the other columns.
fn shown(hit: &Hit) -> String {
    let marked = |pieces: Vec<(&str, bool)>| {
        let marked = pieces.into_iter().map(|(piece, marked)| if marked { format!("[{piece}]") } else { piece.into() });
        marked.collect::<String>()
    };
    let name = marked(hit.pieces());
    hit.elsewhere.iter().fold(name, |all, place| format!("{all} {}={}", place.column, marked(place.pieces())))
}

#[test]
fn where_a_match_lies() {
    for (query, kind, expected) in [
        ("しょしん", MasterKind::Procedure, "初診料 kana=[ｼｮｼﾝ]ﾘｮｳ"),
        ("初診", MasterKind::Procedure, "[初診]料"),
        ("111000110", MasterKind::Procedure, "初診料 code=[111000110]"),
        ("血圧　高", MasterKind::Disease, "[高血圧]症"),
        ("高血壓", MasterKind::Disease, "[高血圧]症"),
        ("I10", MasterKind::Disease, "高血圧症 icd10_1=[I10]"),
    ] {
        assert_eq!(shown(&first(query, kind)), expected, "{query}");
    }
}

#[test]
fn a_match_through_folding_is_marked_in_the_name_as_it_is_written() {
    let near = first("高血厚症", MasterKind::Disease);
    assert_eq!((near.rank, shown(&near)), (Rank::Fuzzy, "[高血圧症]".to_owned()));
    // The reading is written in half width: a voiced letter is two there.
    let hits = STANDARD.find(&Search { query: "ガスター", kind: Some(MasterKind::Drug), ..Search::default() });
    for hit in hits {
        let marked = hit.pieces().into_iter().filter(|(_, marked)| *marked).map(|(piece, _)| piece).collect::<String>();
        assert_eq!(fold(&marked), "ガスター", "{}", hit.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Every word of a query is marked somewhere, and what is marked is the word.
    #[test]
    fn what_is_marked_is_what_was_typed(
        query in prop::sample::select(&[
            "あむろ", "ｱﾑﾛ", "ガス", "ｶﾞｽ", "血圧", "高 血圧", "E11", "e11.9", "1110", "けつあつ", "10mg", "１０ｍｇ", "初診 加算",
            "糖尿 2型", "A00", "mg 錠", "ー", "Ⅱ", "ii", "ウイルス 性", "検査", "檢査", "b001-2",
        ][..]),
        limit in 1usize..40,
    ) {
        for hit in STANDARD.find(&Search { query, limit, ..Search::default() }) {
            let pieces = hit.pieces();
            prop_assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), hit.name.clone());
            let mut last = 0;
            for [start, end] in &hit.marks {
                prop_assert!(start < end && *start >= last, "{:?}", hit);
                last = *end;
            }
            prop_assert!(usize::try_from(last).unwrap() <= hit.name.encode_utf16().count());
            let mut marked: Vec<String> = pieces.iter().filter(|(_, marked)| *marked).map(|(piece, _)| fold(piece)).collect();
            for place in &hit.elsewhere {
                let pieces = place.pieces().into_iter().filter(|(_, marked)| *marked);
                marked.extend(pieces.map(|(piece, _)| fold(piece)));
            }
            for word in fold(query).split(' ').filter(|_| hit.rank != Rank::Fuzzy) {
                let bare = word.replace('.', "");
                let says = |part: &String| part.contains(word) || (part.contains(&bare));
                prop_assert!(marked.iter().any(says) || fold(query).contains(&marked.concat()), "{word} {:?}", hit);
            }
        }
    }
}
