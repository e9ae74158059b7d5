use super::super::{
    pack_files,
    test_lines::{OPEN, drug, line, procedure},
};
use crate::master::{Certainty, CodeValue, MasterKind, official::PackOutcome};

const CODE: &str = "111000110";

fn pack(files: &[(&str, String)]) -> PackOutcome {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes()));
    let outcome = pack_files(files, &mut |_| {});
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    outcome
}

/// The rows of a master: code, period, figure.
fn rows(outcome: &PackOutcome, kind: MasterKind) -> Vec<(String, u64)> {
    let schema = crate::master::schema::schema(kind);
    let figure = schema.columns.iter().position(|column| column.name == "points" || column.name == "price");
    let number = |row: &crate::master::MasterRow| match figure.and_then(|place| row.cells.get(place)) {
        Some(crate::pack::Cell::Number(number)) => *number / 100,
        _ => 0,
    };
    outcome.set.rows(kind).iter().map(|row| (row.period.to_string(), number(row))).collect()
}

fn procedures(files: &[(&str, String)]) -> Vec<(String, u64)> {
    rows(&pack(files), MasterKind::Procedure)
}

fn owned(rows: &[(&str, u64)]) -> Vec<(String, u64)> {
    rows.iter().map(|(period, figure)| ((*period).to_owned(), *figure)).collect()
}

#[test]
fn a_revision_that_is_missing_is_a_gap() {
    let old = procedure(CODE, "20200401", OPEN, "288.00", "282.00");
    let new = procedure(CODE, "20240601", OPEN, "291.00", "288.00");
    let files = [("s_ALL20220218.csv", old), ("s_ALL20240531.csv", new)];
    let expected = owned(&[("2020-04-01 to 2022-03-31", 288), ("2024-06-01 to 2026-05-31", 291)]);
    assert_eq!(procedures(&files), expected);
    // The order in which files come does not matter.
    let [first, second] = files;
    assert_eq!(procedures(&[second, first]), expected);
}

#[test]
fn editions_that_follow_each_other_touch() {
    let old = procedure(CODE, "20220401", OPEN, "288.00", "288.00");
    let new = procedure(CODE, "20240601", OPEN, "291.00", "288.00");
    assert_eq!(
        procedures(&[("s_ALL20240401.csv", old), ("s_ALL20240531.csv", new)]),
        owned(&[("2022-04-01 to 2024-05-31", 288), ("2024-06-01 to 2026-05-31", 291)])
    );
}

#[test]
fn a_change_within_a_revision() {
    let first = procedure(CODE, "20240601", OPEN, "291.00", "288.00");
    let second = procedure(CODE, "20241201", OPEN, "300.00", "291.00");
    assert_eq!(
        procedures(&[("s_ALL20240531.csv", first), ("s_20251104.csv", second)]),
        owned(&[("2024-06-01 to 2024-11-30", 291), ("2024-12-01 to 2026-05-31", 300)])
    );
}

#[test]
fn one_state_in_two_editions_is_the_later_ones() {
    let first = procedure(CODE, "20240601", OPEN, "291.00", "288.00");
    let second = procedure(CODE, "20240601", "20250331", "292.00", "288.00");
    assert_eq!(
        procedures(&[("s_20251104.csv", second), ("s_ALL20240531.csv", first)]),
        owned(&[("2024-06-01 to 2025-03-31", 292)])
    );
}

#[test]
fn the_last_revision_is_open() {
    let row = procedure(CODE, "20260601", OPEN, "291.00", "291.00");
    assert_eq!(procedures(&[("s_20260605.csv", row)]), owned(&[("from 2026-06-01", 291)]));
}

#[test]
fn states_announced_ahead() {
    // One edition gives both: today's state and the one from the day after tomorrow.
    let both =
        procedure(CODE, "20260601", OPEN, "291.00", "291.00") + &procedure(CODE, "20270601", OPEN, "295.00", "291.00");
    assert_eq!(
        procedures(&[("s_20260605.csv", both)]),
        owned(&[("2026-06-01 to 2027-05-31", 291), ("from 2027-06-01", 295)])
    );
    // A row of the next revision in an edition of this one does not open the others.
    let mixed = ["111000120", "111000130"].map(|code| procedure(code, "20240601", OPEN, "10.00", "10.00")).concat()
        + &procedure(CODE, "20260601", OPEN, "291.00", "291.00");
    assert_eq!(
        procedures(&[("s_20260420.csv", mixed)]),
        owned(&[("from 2026-06-01", 291), ("2024-06-01 to 2026-05-31", 10), ("2024-06-01 to 2026-05-31", 10)])
    );
}

#[test]
fn erased_and_abolished() {
    let first = procedure(CODE, "20240601", OPEN, "291.00", "288.00");
    let change = |kind: &str, text: String| text.replacen("\"0\"", &format!("\"{kind}\""), 1);
    let erased = change("1", procedure("111000120", "20240601", OPEN, "1.00", "0.00"));
    assert_eq!(procedures(&[("s_ALL20240531.csv", first.clone() + &erased)]).len(), 1);
    // Erased as of a later day: nothing is known from then on.
    let later = change("1", procedure(CODE, "20241201", OPEN, "291.00", "288.00"));
    let expected = owned(&[("2024-06-01 to 2024-11-30", 291)]);
    assert_eq!(procedures(&[("s_ALL20240531.csv", first.clone()), ("s_20241201.csv", later.clone())]), expected);
    // What is erased was the newest state of two: the older one does not come back in its place.
    let second = change("5", procedure(CODE, "20241201", OPEN, "300.00", "291.00"));
    let files =
        [("s_ALL20240531.csv", first.clone()), ("s_20241120.csv", second.clone()), ("s_20241210.csv", later.clone())];
    assert_eq!(procedures(&files), expected);
    // An edition after the erasure that has the row again.
    assert_eq!(procedures(&[("s_ALL20240531.csv", later), ("s_20241210.csv", first.clone())]).len(), 1);
    let abolished = change("9", procedure(CODE, "20240601", "20241130", "291.00", "288.00"));
    let expected = owned(&[("2024-06-01 to 2024-11-30", 291)]);
    assert_eq!(procedures(&[("s_ALL20240531.csv", first.clone()), ("s_20241201.csv", abolished)]), expected);
    // An abolition dated with the day after: it gives no state, and ends the one before.
    let ended = change("9", procedure(CODE, "20241201", "20241130", "291.00", "288.00"));
    assert_eq!(procedures(&[("s_ALL20240531.csv", first), ("s_20241201.csv", ended)]), expected);
}

#[test]
fn a_code_that_vanishes_is_sure_only_where_it_was_seen() {
    let other = procedure("111000120", "20240601", OPEN, "1.00", "1.00");
    let outcome = pack(&[
        ("s_20240801.csv", procedure(CODE, "20240601", OPEN, "3.00", "0.00") + &other),
        ("s_20251104.csv", other.clone()),
    ]);
    assert_eq!(rows(&outcome, MasterKind::Procedure)[0], ("2024-06-01 to 2024-08-01".to_owned(), 3));
    assert_eq!(outcome.doubts[0].code, CODE);
    // A file of changes alone (no row marked unchanged) says nothing about the codes that it leaves out.
    let changes = other.replacen("\"0\"", "\"5\"", 1);
    let outcome =
        pack(&[("s_20240801.csv", procedure(CODE, "20240601", OPEN, "3.00", "0.00")), ("s_20251104.csv", changes)]);
    assert_eq!(rows(&outcome, MasterKind::Procedure)[0], ("2024-06-01 to 2026-05-31".to_owned(), 3));
    assert!(outcome.doubts.is_empty());
}

#[test]
fn a_price_that_the_next_edition_contradicts() {
    // 310,154 yen in April; the next list says that it was 275,693 before: some day in between is unknown.
    let april = drug("622633301", "20240401", OPEN, "310154.00", "0.00");
    let next = drug("622633301", "20250401", OPEN, "275000.00", "275693.00");
    let outcome = pack(&[("y_ALL20240520.csv", april.clone()), ("y_20250401.csv", next)]);
    let expected = owned(&[("2024-04-01 to 2024-05-20", 310_154), ("2025-04-01 to 2026-03-31", 275_000)]);
    assert_eq!(rows(&outcome, MasterKind::Drug), expected);
    assert_eq!(outcome.doubts[0].sure_to.to_string(), "2024-05-20");
    let agrees = drug("622633301", "20250401", OPEN, "275000.00", "310154.00");
    let outcome = pack(&[("y_ALL20240520.csv", april), ("y_20250401.csv", agrees)]);
    assert_eq!(rows(&outcome, MasterKind::Drug)[0].0, "2024-04-01 to 2025-03-31");
}

#[test]
fn the_end_of_a_transitional_period() {
    let text = line("y", &[(3, "620000001"), (12, "5.00"), (30, "20240401"), (34, "20240930"), (36, "0")]);
    assert_eq!(
        rows(&pack(&[("y_ALL20240321.csv", text)]), MasterKind::Drug),
        owned(&[("2024-04-01 to 2024-09-30", 5)])
    );
}

#[test]
fn diseases_stay_open_and_old_names_end() {
    let b = |from: &str, listed: &str| line("b", &[(3, "8833421"), (4, "8833421"), (22, listed), (23, from)]);
    let all = |text| rows(&pack(&[("b_20250601.txt", text)]), MasterKind::Disease);
    let only = |text| all(text)[0].0.clone();
    // The name was there before its last change, but its marks may have been others.
    let periods = all(b("20240601", "20100401"));
    assert_eq!(periods, owned(&[("2010-04-01 to 2024-05-31", 0), ("from 2024-06-01", 0)]));
    let outcome = pack(&[("b_20250601.txt", b("20240601", ""))]);
    let certainty: Vec<_> = outcome.set.rows(MasterKind::Disease).iter().map(|row| row.certainty).collect();
    assert_eq!(certainty, [Certainty::Unverified, Certainty::Official]);
    assert_eq!(only(b("20240601", "")), "2002-06-01 to 2024-05-31");
    assert_eq!(only(b("", "20100401")), "from 2010-04-01");
    assert_eq!(only(b("", "")), "from 2002-06-01");
    let old = line(
        "hb",
        &[
            (1, "9"),
            (3, "8833421"),
            (4, ""),
            (11, ""),
            (16, ""),
            (21, ""),
            (22, ""),
            (23, "20260101"),
            (24, "20261231"),
        ],
    );
    let both = pack(&[("hb_20260101.txt", old), ("b_20250601.txt", b("", ""))]);
    assert_eq!(
        rows(&both, MasterKind::Disease),
        owned(&[("2002-06-01 to 2025-12-31", 0), ("2026-01-01 to 2026-12-31", 0)])
    );
    assert_eq!(both.set.rows(MasterKind::Disease)[0].code, CodeValue::Number(8_833_421));
}

#[test]
fn what_is_packed_can_be_looked_up() {
    let text = procedure(CODE, "20240601", OPEN, "291.00", "288.00");
    let bytes = pack(&[("s_ALL20240531.csv", text)]).set.write().unwrap();
    let mut masters = crate::master::Masters::empty().unwrap();
    masters.add_pack(bytes).unwrap();
    let code: crate::code::ProcedureCode = CODE.parse().unwrap();
    let on = |day: &str| {
        masters.get::<crate::master::Procedure>(&code, day.parse().unwrap()).map(|row| row.points().to_string())
    };
    assert!(on("2024-05-31").is_err());
    assert_eq!(on("2024-06-01").unwrap(), "291");
    assert_eq!(on("2026-05-31").unwrap(), "291");
    assert!(on("2026-06-01").is_err());
    assert_eq!(masters.packs()[0].meta().sources[0].edition.as_deref(), Some("2024-05-31"));
}

fn periods(outcome: &PackOutcome, kind: MasterKind) -> Vec<String> {
    let key = crate::master::schema::schema(kind).key;
    outcome.set.rows(kind).iter().map(|row| format!("{} {}", key.text(&row.code), row.period)).collect()
}

#[test]
fn tables_that_keep_their_day_are_known_in_their_revision_alone() {
    let pair =
        |other: &str, from: &str, last: &str| line("03-1", &[(2, CODE), (4, other), (6, "2"), (9, from), (10, last)]);
    let entered = |code: &str, from: &str| line("01", &[(2, code), (5, "0"), (7, "0"), (9, "0"), (26, from)]);
    let outcome = pack(&[
        // The newest row of a folder says of which revision all its files are.
        ("h28/01補助マスターテーブル.csv", entered(CODE, "20100401") + &entered("111000370", "20170701")),
        ("h28/03-1背反テーブル1.csv", pair("113008610", "20100401", OPEN)),
        ("r6/01 補助マスターテーブル.csv", entered(CODE, "20100401") + &entered("111000370", "20250501")),
        ("r6/03-1 背反テーブル1.csv", pair("113008610", "20100401", OPEN) + &pair("113008710", "20100401", "20250331")),
    ]);
    assert_eq!(
        periods(&outcome, MasterKind::ExclusionDay),
        [
            "111000110/113008610 2016-04-01 to 2018-03-31",
            "111000110/113008610 2024-06-01 to 2026-05-31",
            "111000110/113008710 2024-06-01 to 2025-03-31",
        ]
    );
    assert_eq!(
        periods(&outcome, MasterKind::FeeAux),
        [
            "111000110 2016-04-01 to 2018-03-31",
            "111000110 2024-06-01 to 2026-05-31",
            "111000370 2017-07-01 to 2018-03-31",
            "111000370 2025-05-01 to 2026-05-31",
        ]
    );
}

#[test]
fn lists_hold_from_edition_to_edition() {
    let old = |code: &str, successor: &str| line("ikou", &[(1, "2"), (2, code), (5, successor), (6, successor)]);
    let outcome = pack(&[
        ("ikou_20250601.txt", old("0019002", "0088005") + &old("0049003", "0049005") + &old("0050001", "0050002")),
        ("ikou_20260101.txt", old("0019002", "0088005") + &old("0049003", "0049006")),
    ]);
    assert_eq!(
        periods(&outcome, MasterKind::DiseaseSuccession),
        [
            "0019002 from 2025-06-01",
            "0049003 2025-06-01 to 2025-12-31",
            "0049003 from 2026-01-01",
            "0050001 2025-06-01 to 2025-12-31",
        ]
    );
    let undated = super::super::read_file("ikou.txt", old("0019002", "0088005").as_bytes());
    assert!(undated.faults.to_string().contains("the day of the edition in the file name"), "{}", undated.faults);
}
