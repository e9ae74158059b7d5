use super::*;
use crate::{
    date::{Period, ServiceDate},
    master::{Certainty, CodeValue, MasterKind, MasterRow, MasterSet, Masters, cell, schema},
};

fn day(text: &str) -> ServiceDate {
    text.parse().unwrap()
}

/// A row with these columns; the others are empty.
fn row(kind: MasterKind, code: &str, from: &str, columns: &[(&str, &str)]) -> MasterRow {
    let schema = schema::schema(kind);
    let cells = schema
        .columns
        .iter()
        .map(|column| {
            let given = columns.iter().find(|(name, _)| *name == column.name).map_or("", |(_, value)| value);
            cell::parse(column.kind, given).unwrap()
        })
        .collect();
    let code = if schema.has_numeric_codes() {
        CodeValue::Number(code.parse().unwrap())
    } else {
        CodeValue::Text(code.into())
    };
    let period = Period { from: day(from), until: None };
    MasterRow { code, period, certainty: Certainty::Official, source: "test".into(), cells }
}

fn masters(packs: Vec<Vec<(MasterKind, MasterRow)>>) -> Masters {
    let mut masters = Masters::empty().unwrap();
    for rows in packs {
        let mut set = MasterSet::default();
        for (kind, row) in rows {
            set.push(kind, row);
        }
        masters.add_pack(set.write().unwrap()).unwrap();
    }
    masters
}

fn sample() -> Masters {
    use MasterKind::{Disease, Drug, Lab, Procedure};
    let columns = |list: &'static [(&'static str, &'static str)]| list;
    masters(vec![
        vec![
            (
                Procedure,
                row(
                    Procedure,
                    "111000110",
                    "2024-06-01",
                    columns(&[("name", "初診料"), ("kana", "ｼｮｼﾝﾘｮｳ"), ("points", "291"), ("fee_item", "A000")]),
                ),
            ),
            (
                Procedure,
                row(
                    Procedure,
                    "111000370",
                    "2024-06-01",
                    columns(&[("name", "乳幼児加算（初診）"), ("kana", "ﾆｭｳﾖｳｼﾞｶｻﾝ"), ("fee_item", "A000")]),
                ),
            ),
            (
                Drug,
                row(
                    Drug,
                    "620034201",
                    "2025-04-01",
                    columns(&[
                        ("name", "ニトラゼパム錠５ｍｇ「ツルハラ」"),
                        ("kana", "ﾆﾄﾗｾﾞﾊﾟﾑｼﾞｮｳ5MGﾂﾙﾊﾗ"),
                        ("price", "5.70"),
                        ("unit", "錠"),
                        ("price_code", "1124003F2010"),
                        ("generic_name", "【般】ニトラゼパム錠５ｍｇ"),
                    ]),
                ),
            ),
            (Disease, row(Disease, "0000999", "2002-06-01", columns(&[("name", "＊＊　未コード化傷病名　＊＊")]))),
            (
                Disease,
                row(
                    Disease,
                    "2500015",
                    "2002-06-01",
                    columns(&[
                        ("name", "２型糖尿病"),
                        ("kana", "２ガタトウニョウビョウ"),
                        ("icd10_1", "E11"),
                        ("icd10_2", "E119"),
                    ]),
                ),
            ),
            (
                Lab,
                row(
                    Lab,
                    "3D046000001906202",
                    "2022-04-01",
                    columns(&[("name", "ＨｂＡ１ｃ"), ("procedure_code", "160010010")]),
                ),
            ),
        ],
        vec![(
            Procedure,
            row(
                Procedure,
                "111000110",
                "2026-06-01",
                columns(&[("name", "初診料"), ("kana", "ｼｮｼﾝﾘｮｳ"), ("points", "295")]),
            ),
        )],
    ])
}

fn codes(query: &str) -> Vec<(String, Rank)> {
    let hits = find(&sample(), &Search { query, ..Search::default() });
    hits.into_iter().map(|hit| (hit.code, hit.rank)).collect()
}

#[test]
fn every_way_to_a_code() {
    use Rank::{Contains, Exact, Prefix, WordStart};
    for (query, code, rank) in [
        ("111000110", "111000110", Exact),
        ("１１１０００１１０", "111000110", Exact),
        ("初診料", "111000110", Exact),
        ("しょしん", "111000110", Prefix),
        ("ｿｼﾝ", "", Exact),
        ("ｼﾝﾘｮｳ", "111000110", Contains),
        ("ツルハラ", "620034201", WordStart),
        ("5mgﾂﾙ", "620034201", WordStart),
        ("1124003f2010", "620034201", Exact),
        ("1124003F", "620034201", Prefix),
        ("003F", "", Exact),
        ("【般】ニト", "620034201", Prefix),
        ("E11.9", "2500015", Exact),
        ("e119", "2500015", Exact),
        ("E11.", "2500015", Exact),
        ("とうにょう", "2500015", Contains),
        ("0000999", "0000999", Exact),
        ("999", "", Exact),
        ("hba1c", "3D046000001906202", Exact),
        ("3d046", "3D046000001906202", Prefix),
        ("160010010", "3D046000001906202", Exact),
        ("  初診料　", "111000110", Exact),
        ("", "", Exact),
        ("\u{1}\u{2}", "", Exact),
    ] {
        let expected: Vec<(String, Rank)> = if code.is_empty() { Vec::new() } else { vec![(code.into(), rank)] };
        assert_eq!(codes(query), expected, "{query:?}");
    }
}

#[test]
fn the_order_of_hits() {
    let shown: Vec<String> = codes("初診").into_iter().map(|(code, rank)| format!("{code} {rank:?}")).collect();
    assert_eq!(shown, ["111000110 Prefix", "111000370 WordStart"]);
    let limited = find(&sample(), &Search { query: "初診", limit: 1, ..Search::default() });
    assert_eq!(limited.len(), 1);
    assert!(find(&sample(), &Search { query: "初診", limit: 0, ..Search::default() }).is_empty());
}

#[test]
fn the_day_and_the_pack_decide() {
    let points = |on: Option<&str>| {
        let hits = find(&sample(), &Search { query: "111000110", on: on.map(day), ..Search::default() });
        hits.into_iter().map(|hit| hit.points.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(points(Some("2024-05-31")), Vec::<String>::new());
    assert_eq!(points(Some("2026-05-31")), ["291"]);
    // Both packs have the code on this day: the one that was added last counts.
    assert_eq!(points(Some("2026-06-01")), ["295"]);
    assert_eq!(points(None), ["295"]);
    // The upper pack's row has no fee item: it hides the lower one's.
    let by_item = |on| find(&sample(), &Search { query: "A000", on: Some(day(on)), ..Search::default() }).len();
    assert_eq!((by_item("2026-05-31"), by_item("2026-06-01")), (2, 1));
}

#[test]
fn only_one_master() {
    let hits = |kind| find(&sample(), &Search { query: "1", kind: Some(kind), ..Search::default() }).len();
    assert_eq!((hits(MasterKind::Procedure), hits(MasterKind::Drug), hits(MasterKind::Role)), (2, 1, 0));
}

#[test]
fn a_hit_as_json() {
    let hit = find(&sample(), &Search { query: "620034201", ..Search::default() }).remove(0);
    assert_eq!(
        serde_json::to_string(&hit).unwrap(),
        r#"{"kind":"drug","code":"620034201","name":"ニトラゼパム錠５ｍｇ「ツルハラ」","rank":"exact","from":"2025-04-01","last_day":null,"certainty":"official","price":"5.7","unit":"錠","marks":[],"elsewhere":[{"column":"code","text":"620034201","marks":[[0,9]]}]}"#
    );
}

#[test]
fn everything_of_a_code() {
    let shown = show(&sample(), "111000110").unwrap();
    assert_eq!((shown.kind, shown.versions.len()), ("procedure", 2));
    let points = |place: usize| shown.versions[place].columns.get("points").cloned();
    assert_eq!(points(0), Some(Value::Text("295".into())));
    assert_eq!(points(1), Some(Value::Text("291".into())));
    let columns = &shown.versions[1].columns;
    assert_eq!(columns.0.len(), schema::schema(MasterKind::Procedure).columns.len());
    assert_eq!(columns.get("age_low"), Some(&Value::None));
    assert!(
        serde_json::to_string(columns)
            .unwrap()
            .starts_with(r#"{"name":"初診料","kana":"ｼｮｼﾝﾘｮｳ","full_name":"","unit_code":0,"#)
    );
    assert_eq!(show(&sample(), "3D046000001906202").unwrap().kind, "lab");
    assert_eq!(show(&sample(), "111999999"), None);
    assert_eq!(show(&sample(), ""), None);
}

#[test]
fn finders_can_be_shared() {
    fn shared<T: Send + Sync>(_: &T) {}
    let finder = Finder::new(&sample());
    shared(&finder);
    let hits = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| finder.find(&Search { query: "初診", ..Search::default() }).len())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(hits, [2, 2, 2, 2]);
}
