//! A search finds what a literal scan over every row finds, in the same order.

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

/// A row as a plain reading of the masters gives it.
struct Plain {
    kind: MasterKind,
    layer: usize,
    code: String,
    period: Period,
    name: String,
    /// Folded.
    codes: Vec<String>,
    /// Folded.
    texts: Vec<String>,
}

fn plain(masters: &Masters) -> Vec<Plain> {
    fn rows<'m, R: Row<'m>>(
        masters: &'m Masters,
        out: &mut Vec<Plain>,
        read: impl Fn(R) -> (String, Vec<String>, Vec<&'m str>),
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
                out.push(Plain { kind: R::KIND, layer, code, period: row.period(), name, codes: folded(codes), texts });
            }
        }
    }
    let mut out = Vec::new();
    rows::<Procedure>(masters, &mut out, |row| {
        (row.code().to_string(), vec![row.fee_item().into()], vec![row.name(), row.full_name(), row.kana()])
    });
    rows::<Drug>(masters, &mut out, |row| {
        let hot9 = Some(row.hot9()).filter(|hot9| *hot9 != 0).map_or_else(String::new, |hot9| hot9.to_string());
        let codes = vec![row.price_code().into(), row.generic_name_code().into(), hot9];
        (row.code().to_string(), codes, vec![row.name(), row.full_name(), row.kana(), row.generic_name()])
    });
    rows::<Disease>(masters, &mut out, |row| {
        let codes = vec![row.icd10_1().into(), row.icd10_2().into()];
        (row.code().to_string(), codes, vec![row.name(), row.short_name(), row.kana()])
    });
    rows::<Modifier>(masters, &mut out, |row| (row.code().to_string(), Vec::new(), vec![row.name(), row.kana()]));
    rows::<Lab>(masters, &mut out, |row| {
        let procedure = row.procedure_code();
        let codes = if procedure == 0 { Vec::new() } else { vec![procedure.to_string()] };
        (row.code().to_owned(), codes, vec![row.name(), row.kana()])
    });
    out
}

fn literal(rows: &[Plain], search: &Search<'_>) -> Vec<(String, Rank, ServiceDate)> {
    let folded = fold(search.query.trim());
    let query = folded.trim();
    if query.is_empty() {
        return Vec::new();
    }
    // E11.9 is E119 for the codes of diseases.
    let bytes = query.as_bytes();
    let dotted = bytes.len() > 3
        && bytes[0].is_ascii_lowercase()
        && bytes[1..3].iter().all(u8::is_ascii_digit)
        && bytes[3] == b'.'
        && query.matches('.').count() == 1;
    let rank = |row: &Plain| {
        let mut best = None;
        let mut note = |rank| best = Some(best.map_or(rank, |known: Rank| known.min(rank)));
        let undotted = (dotted && row.kind == MasterKind::Disease).then(|| query.replace('.', ""));
        for code in &row.codes {
            for query in [Some(query), undotted.as_deref()].into_iter().flatten() {
                if code == query {
                    note(Rank::Exact);
                } else if code.starts_with(query) {
                    note(Rank::Prefix);
                }
            }
        }
        for text in &row.texts {
            if text == query {
                note(Rank::Exact);
            } else if text.starts_with(query) {
                note(Rank::Prefix);
            } else if text.contains(query) {
                note(Rank::Contains);
            }
        }
        best
    };
    let counts = |row: &&Plain| {
        rows.iter().filter(|other| other.kind == row.kind && other.code == row.code).all(|other| match search.on {
            Some(day) => !(other.layer < row.layer && other.period.contains(day)),
            None => {
                other.period.from < row.period.from
                    || (other.period.from == row.period.from && other.layer >= row.layer)
            }
        })
    };
    let mut hits: Vec<_> = rows
        .iter()
        .filter(|row| search.kind.is_none_or(|kind| kind == row.kind))
        .filter(|row| search.on.is_none_or(|day| row.period.contains(day)))
        .filter_map(|row| Some((rank(row)?, row)))
        .filter(|(_, row)| counts(row))
        .collect();
    hits.sort_by_key(|(rank, row)| (*rank, row.name.chars().count(), fold(&row.code), row.kind));
    hits.into_iter().take(search.limit).map(|(rank, row)| (row.code.clone(), rank, row.period.from)).collect()
}

fn found(hits: Vec<Hit>) -> Vec<(String, Rank, ServiceDate)> {
    hits.into_iter().map(|hit| (hit.code, hit.rank, hit.from)).collect()
}

/// Texts in which spellings, beginnings and overlaps meet often.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] =
        &["ア", "ァ", "ｱ", "あ", "ﾞ", "ガ", "ｶﾞ", "か", "ハ", "ﾟ", "A", "ａ", "-", "ー", "初", "診", "1", "１", ".", " "];
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
             texts in prop::collection::vec(text(), 4), code in prop::sample::select(&["E11", "E119", "A1", ""][..]))
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
        &["111000001", "1110", "6", "0000001", "0001", "E11.9", "e11", "Ｅ１１．", "1a", "1A2", "111"];
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
    ) {
        let rows = plain(&masters);
        let finder = Finder::new(&masters);
        for query in &queries {
            let search = Search { query, kind, on, limit };
            prop_assert_eq!(found(finder.find(&search)), literal(&rows, &search), "{:?}", search);
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

static STANDARD: LazyLock<(Masters, Vec<Plain>, Finder)> = LazyLock::new(|| {
    let masters = Masters::standard().unwrap();
    let rows = plain(&masters);
    let finder = Finder::new(&masters);
    (masters, rows, finder)
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
        let (_, rows, finder) = &*STANDARD;
        let row = row.get(rows);
        let keys: Vec<&String> = row.codes.iter().chain(&row.texts).collect();
        let letters: Vec<char> = key.get(&keys).chars().collect();
        let query: String = letters.iter().skip(from.index(letters.len())).take(length).collect();
        let on = dated.then(|| "2026-06-01".parse().unwrap());
        // The literal scan compares every row with every other: it needs the rows of these codes alone.
        let hits = finder.find(&Search { query: &query, kind: Some(row.kind), on, limit: usize::MAX });
        let literal = literal_in_one_layer(rows, &Search { query: &query, kind: Some(row.kind), on, limit: usize::MAX });
        prop_assert_eq!(found(hits), literal);
    }
}

/// [`literal`] over one pack, whose rows stand by code and day, so that the newest row of a code is its last.
fn literal_in_one_layer(rows: &[Plain], search: &Search<'_>) -> Vec<(String, Rank, ServiceDate)> {
    let own: Vec<&Plain> = rows.iter().filter(|row| Some(row.kind) == search.kind).collect();
    let mut hits = Vec::new();
    for (place, row) in own.iter().enumerate() {
        let newest = own.get(place + 1).is_none_or(|next| next.code != row.code);
        if search.on.is_none() && !newest {
            continue;
        }
        let alone = std::slice::from_ref(*row);
        hits.extend(literal(alone, search).into_iter().map(|hit| (hit, row.name.chars().count())));
    }
    hits.sort_by(|((a, x, _), m), ((b, y, _), n)| (x, m, fold(a)).cmp(&(y, n, fold(b))));
    hits.into_iter().map(|(hit, _)| hit).collect()
}
