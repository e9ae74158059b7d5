use super::super::{
    pack_files,
    test_lines::{OPEN, change_line, procedure},
};
use crate::{
    master::{FaultKind, MasterKind, official::PackOutcome, schema},
    pack::Cell,
};

const WHOLE: &str = "s_ALL20240531.csv";

fn pack(files: &[(&str, String)]) -> PackOutcome {
    pack_files(files.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes())), &mut |_| {})
}

fn whole() -> String {
    ["111000110", "111000120", "111000130"].map(|code| procedure(code, "20240601", OPEN, "291.00", "288.00")).concat()
}

/// The rows of a code: period, points, name.
fn rows(outcome: &PackOutcome, code: u32) -> Vec<(String, u64, String)> {
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    let schema = schema::schema(MasterKind::Procedure);
    let place = |name: &str| schema.columns.iter().position(|column| column.name == name).unwrap();
    let own = |row: &&crate::master::MasterRow| row.code == crate::master::CodeValue::Number(code);
    outcome
        .set
        .rows(MasterKind::Procedure)
        .iter()
        .filter(own)
        .map(|row| match (&row.cells[place("points")], &row.cells[place("name")]) {
            (Cell::Number(points), Cell::Text(name)) => (row.period.to_string(), points / 100, name.clone()),
            _ => panic!("cells of another kind"),
        })
        .collect()
}

fn row(period: &str, points: u64, name: &str) -> (String, u64, String) {
    (period.to_owned(), points, name.to_owned())
}

#[test]
fn a_blank_is_as_before() {
    let change =
        change_line("s", &[(1, "5"), (2, "S"), (3, "111000110"), (12, "300.00"), (58, "291.00"), (87, "20241201")]);
    let files = [("s_20241120.csv", change), (WHOLE, whole())];
    // The order in which files come does not matter.
    for files in [files.clone(), [files[1].clone(), files[0].clone()]] {
        let outcome = pack(&files);
        assert_eq!(
            rows(&outcome, 111_000_110),
            [row("2024-06-01 to 2024-11-30", 291, "名"), row("2024-12-01 to 2026-05-31", 300, "名")]
        );
        assert_eq!(rows(&outcome, 111_000_120), [row("2024-06-01 to 2026-05-31", 291, "名")]);
        assert_eq!(outcome.files.iter().find(|file| file.file == "s_20241120.csv").unwrap().rows, 1);
    }
}

#[test]
fn changes_follow_each_other() {
    let first = change_line("s", &[(1, "5"), (2, "S"), (3, "111000110"), (5, "新名"), (87, "20241201")]);
    let second =
        change_line("s", &[(1, "5"), (2, "S"), (3, "111000110"), (12, "310.00"), (58, "291.00"), (87, "20250401")]);
    assert_eq!(
        rows(&pack(&[(WHOLE, whole()), ("s_20250320.csv", second), ("s_20241120.csv", first)]), 111_000_110),
        [
            row("2024-06-01 to 2024-11-30", 291, "名"),
            row("2024-12-01 to 2025-03-31", 291, "新名"),
            row("2025-04-01 to 2026-05-31", 310, "新名"),
        ]
    );
}

#[test]
fn taken_out_ended_new_and_revived() {
    let erased = change_line("s", &[(1, "1"), (2, "S"), (3, "111000110")]);
    let ended = change_line("s", &[(1, "9"), (2, "S"), (3, "111000120"), (88, "20241130")]);
    let new = procedure("111000140", "20241201", OPEN, "50.00", "0.00").replacen("\"0\"", "\"3\"", 1);
    let outcome = pack(&[(WHOLE, whole()), ("s_20241120.csv", erased + &ended + &new)]);
    assert_eq!(rows(&outcome, 111_000_110), []);
    assert_eq!(rows(&outcome, 111_000_120), [row("2024-06-01 to 2024-11-30", 291, "名")]);
    assert_eq!(rows(&outcome, 111_000_140), [row("2024-12-01 to 2026-05-31", 50, "名")]);

    let disease = |change: &str, from: &str, last: &str| {
        super::super::test_lines::line(
            "b",
            &[(1, change), (3, "8833421"), (4, "8833421"), (22, "20100401"), (23, from), (24, last)],
        )
    };
    let revived = change_line("b", &[(1, "2"), (2, "B"), (3, "8833421"), (23, "20260101"), (24, OPEN)]);
    let outcome = pack(&[("b_20250601.txt", disease("0", "", "20251231")), ("b_20260101.txt", revived)]);
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    let periods: Vec<_> = outcome.set.rows(MasterKind::Disease).iter().map(|row| row.period.to_string()).collect();
    assert_eq!(periods, ["2010-04-01 to 2025-12-31", "from 2026-01-01"]);
}

#[test]
fn a_row_without_a_mark_of_change_is_a_change() {
    let change = change_line("s", &[(2, "S"), (3, "111000110"), (12, "300.00"), (58, "291.00"), (87, "20241201")]);
    let outcome = pack(&[(WHOLE, whole()), ("s_20241120.csv", change)]);
    assert!(outcome.faults.is_empty() && outcome.doubts.is_empty(), "{}", outcome.faults);
    let expected = [row("2024-06-01 to 2024-11-30", 291, "名"), row("2024-12-01 to 2026-05-31", 300, "名")];
    assert_eq!(rows(&outcome, 111_000_110), expected);
    assert_eq!(rows(&outcome, 111_000_120), [row("2024-06-01 to 2026-05-31", 291, "名")]);
}

#[test]
fn without_an_edition_before_it_a_blank_is_a_fault() {
    let change =
        change_line("s", &[(1, "5"), (2, "S"), (3, "111000110"), (12, "300.00"), (58, "291.00"), (87, "20241201")]);
    let outcome = pack(&[("s_20240501.csv", change), (WHOLE, whole())]);
    assert!(outcome.faults.list().iter().all(|fault| fault.kind != FaultKind::UnknownLayout));
    assert!(outcome.faults.to_string().contains("needs the whole edition before it"), "{}", outcome.faults);
    let report = outcome.files.iter().find(|file| file.file == "s_20240501.csv").unwrap();
    assert!(report.faults > 0 && report.rows == 1);
}

#[test]
fn encodings_may_differ() {
    let change = change_line("s", &[(1, "5"), (2, "S"), (3, "111000110"), (5, "新名"), (87, "20241201")]);
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(&change);
    let files = [(WHOLE.to_owned(), whole().into_bytes()), ("s_20241120.csv".to_owned(), bytes.into_owned())];
    let outcome = pack_files(files, &mut |_| {});
    assert_eq!(rows(&outcome, 111_000_110)[1], row("2024-12-01 to 2026-05-31", 291, "新名"));
}

#[test]
fn an_edition_in_which_everything_is_new_is_whole() {
    let new = whole().replace("\"0\",\"S\"", "\"3\",\"S\"").replace("20240601", "20260601");
    let text = new.replace("\"名\",\"3\",\"291.00\"", "\"\",\"3\",\"291.00\"");
    assert_ne!(text, new);
    let outcome = pack(&[(WHOLE, whole()), ("s_ALL20260531.csv", text)]);
    let unit = |period: &str| {
        let schema = schema::schema(MasterKind::Procedure);
        let place = schema.columns.iter().position(|column| column.name == "unit").unwrap();
        let rows = outcome.set.rows(MasterKind::Procedure);
        rows.iter().find(|row| row.period.to_string() == period).map(|row| row.cells[place].clone())
    };
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    // A blank that the layout allows is nothing, not what was there before.
    assert_eq!(unit("from 2026-06-01"), Some(Cell::Text(String::new())));
    assert_eq!(unit("2024-06-01 to 2026-05-31"), Some(Cell::Text("名".into())));
}
