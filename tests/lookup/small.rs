//! Masters of few rows in which everything meets: spellings, beginnings, packs and days.

use std::sync::LazyLock;

use proptest::prelude::*;
use santei::{
    date::{Period, ServiceDate},
    lookup::{Finder, Hit, Rank, Search, fold, show},
    master::{
        Certainty, CodeValue, Disease, Drug, Lab, MasterKind, MasterRow, MasterSet, Masters, Modifier, Procedure, Row,
        cell, schema::schema,
    },
};

use crate::scan::{Plain, Scan, Seen};

fn plain(masters: &Masters) -> Vec<Plain> {
    fn rows<'m, R: Row<'m>>(
        masters: &'m Masters,
        out: &mut Vec<Plain>,
        read: impl Fn(R) -> (String, Vec<String>, Vec<&'m str>),
        adopted: impl Fn(R) -> bool,
    ) {
        for (layer, pack) in masters.packs().iter().enumerate() {
            let Some(table) = pack.table(schema(R::KIND).tag) else { continue };
            for row in (0..table.rows()).map(|row| R::at(table, row)) {
                let (code, mut codes, texts) = read(row);
                codes.push(code.clone());
                let folded =
                    |keys: Vec<String>| keys.iter().filter(|key| !key.is_empty()).map(|key| fold(key)).collect();
                let name = texts[0].to_owned();
                let texts = folded(texts.into_iter().map(str::to_owned).collect());
                let (codes, adopted) = (folded(codes), adopted(row));
                out.push(Plain { kind: R::KIND, layer, code, period: row.period(), name, adopted, codes, texts });
            }
        }
    }
    let mut out = Vec::new();
    rows::<Procedure>(
        masters,
        &mut out,
        |row| (row.code().to_string(), vec![row.fee_item().into()], vec![row.name(), row.full_name(), row.kana()]),
        |_| true,
    );
    rows::<Drug>(
        masters,
        &mut out,
        |row| {
            let hot9 = Some(row.hot9()).filter(|hot9| *hot9 != 0).map_or_else(String::new, |hot9| hot9.to_string());
            let codes = vec![row.price_code().into(), row.generic_name_code().into(), hot9];
            (row.code().to_string(), codes, vec![row.name(), row.full_name(), row.kana(), row.generic_name()])
        },
        |_| true,
    );
    rows::<Disease>(
        masters,
        &mut out,
        |row| {
            let codes = vec![row.icd10_1().into(), row.icd10_2().into(), row.exchange_code().into()];
            (row.code().to_string(), codes, vec![row.name(), row.short_name(), row.kana()])
        },
        |row| matches!(row.adoption(), 1 | 2),
    );
    rows::<Modifier>(
        masters,
        &mut out,
        |row| (row.code().to_string(), vec![row.exchange_code().into()], vec![row.name(), row.kana()]),
        |_| true,
    );
    rows::<Lab>(
        masters,
        &mut out,
        |row| {
            let procedure = row.procedure_code();
            let codes = if procedure == 0 { Vec::new() } else { vec![procedure.to_string()] };
            (row.code().to_owned(), codes, vec![row.name(), row.kana()])
        },
        |_| true,
    );
    out
}

/// The hits, without those that are only near.
fn found(hits: Vec<Hit>) -> Vec<Seen> {
    hits.into_iter().filter(|hit| hit.rank != Rank::Fuzzy).map(|hit| (hit.code, hit.rank, hit.from)).collect()
}

/// Texts in which spellings, beginnings and overlaps meet often.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "ア", "ァ", "ｱ", "あ", "ﾞ", "ガ", "ｶﾞ", "か", "ハ", "ﾟ", "A", "ａ", "-", "ー", "初", "診", "1", "１", ".", " ",
        "ウ", "ヴ", "檢", "検", "Ⅱ", "i",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..5).prop_map(|pieces| pieces.concat())
}

fn any_kind() -> impl Strategy<Value = MasterKind> {
    prop::sample::select(
        &[MasterKind::Procedure, MasterKind::Drug, MasterKind::Disease, MasterKind::Modifier, MasterKind::Lab][..],
    )
}

fn day(days: u32) -> ServiceDate {
    (0..days).fold("2024-05-30".parse().unwrap(), |day: ServiceDate, _| day.next())
}

prop_compose! {
    fn row()(kind in any_kind(), number in 0u32..3, from in 0u32..6, length in 1u32..4, open in any::<bool>(),
             texts in prop::collection::vec(text(), 4), adoption in "[1239]", code in prop::sample::select(&["E11", "E119", "A1", ""][..]))
             -> (MasterKind, MasterRow) {
        let schema = schema(kind);
        let cells = schema.columns.iter().map(|column| {
            let text = match column.name {
                "name" => texts[0].as_str(),
                "kana" => &texts[1],
                "full_name" | "short_name" => &texts[2],
                "generic_name" => &texts[3],
                "icd10_1" | "fee_item" | "price_code" => code,
                "procedure_code" | "hot9" => "111",
                "adoption" => &adoption,
                _ => "",
            };
            cell::parse(column.kind, text).unwrap()
        }).collect();
        let code = match kind {
            MasterKind::Procedure => CodeValue::Number(111_000_000 + number),
            MasterKind::Drug => CodeValue::Number(611_000_000 + number),
            MasterKind::Lab => CodeValue::Text(format!("1A{number}")),
            _ => CodeValue::Number(number),
        };
        let until = (!open).then(|| day(from + length));
        let period = Period { from: day(from), until };
        (kind, MasterRow { code, period, certainty: Certainty::Official, source: String::new(), cells })
    }
}

/// Packs of such rows; a row that overlaps an earlier one of its pack is left out.
fn packs() -> impl Strategy<Value = Masters> {
    prop::collection::vec(prop::collection::vec(row(), 0..12), 1..4).prop_map(|packs| {
        let mut masters = Masters::empty().unwrap();
        for rows in packs {
            let mut set = MasterSet::default();
            let mut taken: Vec<(MasterKind, CodeValue, Period)> = Vec::new();
            for (kind, row) in rows {
                let clash = |other: &(MasterKind, CodeValue, Period)| {
                    other.0 == kind && other.1 == row.code && other.2.overlaps(row.period)
                };
                if !taken.iter().any(clash) {
                    taken.push((kind, row.code.clone(), row.period));
                    set.push(kind, row);
                }
            }
            masters.add_pack(set.write().unwrap()).unwrap();
        }
        masters
    })
}

fn query() -> impl Strategy<Value = String> {
    const CODES: &[&str] =
        &["111000001", "1110", "6", "0000001", "0001", "E11.9", "e11", "Ｅ１１．", "1a", "1A-2", "111", "E11 ア"];
    prop_oneof![3 => text(), 1 => prop::sample::select(CODES).prop_map(str::to_owned)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn small_masters(
        masters in packs(),
        queries in prop::collection::vec(query(), 4),
        kind in prop::option::of(any_kind()),
        on in prop::option::of((0u32..10).prop_map(day)),
        limit in 0usize..20,
        pieces in 0usize..60,
    ) {
        let scan = Scan::new(plain(&masters));
        let finder = Finder::new(&masters);
        // Built in one piece or in several, an index is the same.
        for _ in 0..pieces {
            finder.prepare(&[], 2);
        }
        for query in &queries {
            let search = Search { query, kind, on, limit, ..Search::default() };
            prop_assert_eq!(found(finder.find(&search)), scan.find(&search), "{:?}", search);
        }
    }

    #[test]
    fn nothing_breaks_a_search(query in any::<String>()) {
        let masters = &STANDARD.0;
        let hits = STANDARD.2.find(&Search { query: &query, ..Search::default() });
        prop_assert!(hits.len() <= 50);
        let _ = show(masters, &query);
        prop_assert_eq!(fold(&fold(&query)), fold(&query));
    }
}

pub(crate) static STANDARD: LazyLock<(Masters, Scan, Finder)> = LazyLock::new(|| {
    let masters = Masters::standard().unwrap();
    let scan = Scan::new(plain(&masters));
    let finder = Finder::new(&masters);
    (masters, scan, finder)
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_standard_masters(
        row in any::<prop::sample::Index>(),
        key in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        length in 1usize..6,
        dated in any::<bool>(),
    ) {
        let (_, scan, finder) = &*STANDARD;
        let row = scan.rows().nth(row.index(scan.rows().len())).unwrap();
        let keys: Vec<&String> = row.codes.iter().chain(&row.texts).collect();
        let letters: Vec<char> = key.get(&keys).chars().collect();
        let query: String = letters.iter().skip(from.index(letters.len())).take(length).collect();
        let on = dated.then(|| "2026-06-01".parse().unwrap());
        let search = Search { query: &query, kind: Some(row.kind), on, limit: usize::MAX, ..Search::default() };
        prop_assert_eq!(found(finder.find(&search)), scan.find(&search));
    }
}
