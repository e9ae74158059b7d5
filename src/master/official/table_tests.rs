use super::super::{
    read_file,
    test_lines::{OPEN, line, procedure, sample_line},
};
use crate::{
    master::{FaultKind, MasterKind},
    pack::Cell,
};

const FILE: &str = "s_ALL20240531.csv";

fn good(code: &str) -> String {
    procedure(code, "20240601", OPEN, "291.00", "288.00")
}

/// The faults of a file: line, column, kind.
fn faults(name: &str, bytes: &[u8]) -> Vec<(u64, usize, FaultKind)> {
    let outcome = read_file(name, bytes);
    outcome.faults.list().iter().map(|f| (f.line, f.column.as_ref().map_or(0, |(n, _)| *n), f.kind)).collect()
}

#[test]
fn a_row_fills_the_schema() {
    let text = line(
        "s",
        &[
            (3, "111000110"),
            (5, "初診料"),
            (7, "ｼｮｼﾝﾘｮｳ"),
            (11, "3"),
            (12, "291.00"),
            (39, "A"),
            (42, "B3"),
            (85, "B"),
            (92, "001"),
            (93, "02"),
            (87, "20240601"),
            (113, "初診料"),
        ],
    );
    let outcome = read_file(FILE, text.as_bytes());
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    let row = &outcome.set.rows(MasterKind::Procedure)[0];
    let schema = crate::master::schema::schema(MasterKind::Procedure);
    let cell = |name: &str| &row.cells[schema.columns.iter().position(|c| c.name == name).unwrap()];
    assert_eq!(cell("name"), &Cell::Text("初診料".into()));
    assert_eq!(cell("full_name"), &Cell::Text(String::new()));
    assert_eq!(cell("points"), &Cell::Number(29_100));
    assert_eq!(cell("note_serial"), &Cell::Number(u64::from(b'A')));
    assert_eq!(cell("age_high"), &Cell::Number(223));
    assert_eq!(cell("fee_item"), &Cell::Text("B001-2".into()));
    assert_eq!((row.source.as_str(), row.period.from.to_string().as_str()), (FILE, "2024-06-01"));
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    let mut text = good("111000110");
    text += &good("111000120").replace("\"291.00\"", "\"29x.00\"");
    text += &good("111000130").replace("\"20240601\"", "\"20240631\"");
    text += "\"0\",\"S\"\r\n";
    text += &good("111000110").replace("291.00", "300.00");
    text += &good("211000110");
    text += &good("111000140").replace("\"S\"", "\"Y\"");
    text += &good("111000150");
    let outcome = read_file(FILE, text.as_bytes());
    assert_eq!(
        faults(FILE, text.as_bytes()),
        [
            (2, 12, FaultKind::Number),
            (3, 87, FaultKind::Date),
            (4, 0, FaultKind::ColumnCount),
            (5, 0, FaultKind::Duplicate),
            (6, 3, FaultKind::Code),
            (7, 2, FaultKind::Value),
        ]
    );
    assert_eq!(
        outcome.faults.list()[0].to_string(),
        "s_ALL20240531.csv:2: column 12 新又は現点数: expected a number with at most two decimals, at most 10 characters, got `29x.00`"
    );
    // Of two different rows for one code and day neither counts.
    let rows = outcome.set.rows(MasterKind::Procedure);
    assert_eq!(rows.iter().map(|row| row.code.to_string()).collect::<Vec<_>>(), ["111000150"]);
    assert_eq!((outcome.files[0].rows, outcome.files[0].faults), (8, 6));
}

#[test]
fn a_repeated_row_is_kept_once() {
    let text = good("111000110").repeat(3);
    assert_eq!(faults(FILE, text.as_bytes()), [(2, 0, FaultKind::Duplicate), (3, 0, FaultKind::Duplicate)]);
    assert_eq!(read_file(FILE, text.as_bytes()).set.rows(MasterKind::Procedure).len(), 1);
}

#[test]
fn cut_short_at_any_byte() {
    let text = good("111000110") + &good("111000120");
    // Where the fields of the first and of the second line end.
    let (first, whole) = (text.find('\r').unwrap(), text.len() - 2);
    for end in 1..whole {
        let outcome = read_file(FILE, &text.as_bytes()[..end]);
        let rows = outcome.set.rows(MasterKind::Procedure).len();
        assert_eq!(rows, usize::from(end >= first), "{end}");
        let kinds: Vec<_> = outcome.faults.list().iter().map(|fault| fault.kind).collect();
        match end {
            // The only line there is: too short to tell what it is, or all columns but the last.
            _ if end < first => {
                assert!(matches!(kinds[..], [FaultKind::UnknownLayout] | [FaultKind::Truncated]), "{end} {kinds:?}");
            }
            _ if end <= first + 2 => assert!(kinds.is_empty(), "{end}"),
            _ => assert_eq!(kinds, [FaultKind::Truncated], "{end}"),
        }
    }
    assert!(faults(FILE, &text.as_bytes()[..whole]).is_empty());
}

#[test]
fn a_change_file_is_refused() {
    let text = good("111000110").replace("\"3\",\"291.00\"", "\"\",\"\"");
    let outcome = read_file(FILE, text.as_bytes());
    assert_eq!(faults(FILE, text.as_bytes()), [(1, 11, FaultKind::Number), (1, 12, FaultKind::Number)]);
    assert!(outcome.faults.to_string().contains("needs the whole edition before it"));
    assert!(outcome.set.is_empty());
}

#[test]
fn the_forms_in_which_copies_are_saved() {
    let utf8 = good("111000110");
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(&utf8);
    let bom = [b"\xef\xbb\xbf", utf8.as_bytes()].concat();
    let plain = utf8.replace('"', "").replace("\r\n", "\n");
    for bytes in [utf8.as_bytes(), &cp932, &bom, plain.as_bytes()] {
        let outcome = read_file(FILE, bytes);
        assert!(outcome.faults.is_empty(), "{}", outcome.faults);
        assert_eq!(outcome.set.rows(MasterKind::Procedure).len(), 1);
    }
}

#[test]
fn broken_cp932_has_line_and_column() {
    let mut bytes = Vec::new();
    for code in ["111000110", "111000120", "111000130"] {
        bytes.extend_from_slice(&encoding_rs::SHIFT_JIS.encode(&good(code)).0);
    }
    let second = bytes.iter().position(|b| *b == b'\n').unwrap();
    let name = bytes[second..].windows(2).position(|pair| pair == [0x96, 0xbc]).unwrap() + second;
    bytes[name + 1] = 0x20;
    assert_eq!(faults(FILE, &bytes), [(2, 5, FaultKind::Encoding)]);
    assert_eq!(read_file(FILE, &bytes).set.rows(MasterKind::Procedure).len(), 2);
}

#[test]
fn name_and_contents_must_agree() {
    let procedures = good("111000110");
    for (name, bytes) in [
        ("y_20240601.csv", procedures.as_bytes()),
        ("k_20240601.csv", procedures.as_bytes()),
        (FILE, b"".as_slice()),
        (FILE, b"\0\x01\xff".as_slice()),
        (FILE, b"\xff\xfe0\0,\0".as_slice()),
    ] {
        assert_eq!(faults(name, bytes), [(0, 0, FaultKind::UnknownLayout)], "{name}");
    }
    let shown = read_file("y_20240601.csv", procedures.as_bytes()).faults.to_string();
    assert!(
        shown.contains("35 or 40 or 42 columns, マスター種別 Y") && shown.contains("150 columns, マスター種別 S"),
        "{shown}"
    );
}

#[test]
fn drugs_of_every_width() {
    let all = super::super::test_lines::drug("620000001", "20240401", OPEN, "10.10", "10.00");
    for count in [35, 40, 42] {
        let text = all.trim_end().split(',').take(count).collect::<Vec<_>>().join(",") + "\r\n";
        let outcome = read_file("y_20240401.csv", text.as_bytes());
        assert!(outcome.faults.is_empty(), "{}", outcome.faults);
        assert_eq!(outcome.files[0].columns, count);
    }
}

#[test]
fn not_every_published_file_is_read() {
    let outcome = read_file("f_20111003.csv", b"\"0\",\"F\",\"101630\"\r\n");
    assert!(outcome.faults.is_empty() && outcome.set.is_empty());
    assert!(outcome.files[0].skipped.is_some());
}

#[test]
fn a_renamed_file_is_known_by_its_contents() {
    let kind = |name: &str, bytes: &str| {
        let outcome = read_file(name, bytes.as_bytes());
        (outcome.faults.is_empty(), outcome.files[0].kind)
    };
    assert_eq!(kind("export.csv", &good("111000110")), (true, Some("procedure")));
    assert_eq!(kind("export.csv", &good("190610001")), (true, Some("ward")));
    assert_eq!(kind("病名 2025.txt", &line("b", &[(3, "8833421"), (4, "8833421")])), (true, Some("disease")));
    for (prefix, name) in [
        ("y", "drug"),
        ("t", "material"),
        ("z", "modifier"),
        ("ck", "comment_link"),
        ("01", "fee_aux"),
        ("02", "bundle_member"),
        ("04", "inpatient_addition"),
        ("05", "frequency"),
        ("h", "dental"),
        ("m", "dispensing"),
        ("r", "visiting_nursing"),
    ] {
        let bytes = sample_line(prefix);
        let outcome = read_file("copy.csv", bytes.as_bytes());
        assert_eq!(outcome.files[0].kind, Some(name), "{}\n{bytes}", outcome.faults);
    }
    // The four exclusion tables look alike.
    assert_eq!(kind("copy.csv", &sample_line("03-1")), (false, None));
    assert_eq!(kind("03-1 背反テーブル1.csv", &sample_line("03-1")), (true, Some("exclusion_day")));
    assert_eq!(kind("04入院基本料テーブル.csv", &sample_line("05")), (false, None));
}

mod archives {
    use super::*;
    use std::io::Write;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn files_in_archives_are_read() {
        let text = good("111000110");
        let inner = zip(&[("folder/s_ALL20240531.csv", text.as_bytes()), ("readme.pdf", b"%PDF")]);
        let outer = zip(&[("inner.zip", &inner)]);
        for (bytes, file) in [(&inner, "a.zip/s_ALL20240531.csv"), (&outer, "a.zip/inner.zip/s_ALL20240531.csv")] {
            let outcome = read_file("a.zip", bytes);
            assert!(outcome.faults.is_empty(), "{}", outcome.faults);
            assert_eq!(outcome.set.rows(MasterKind::Procedure)[0].source, file);
        }
        let deep = zip(&[("outer.zip", &outer)]);
        assert_eq!(faults("a.zip", &deep), [(0, 0, FaultKind::Unreadable)]);
    }

    #[test]
    fn archives_that_burst_or_are_cut() {
        let bomb = zip(&[("s_20240601.csv", &vec![b'0'; 50 << 20])]);
        assert_eq!(faults("a.zip", &bomb), [(0, 0, FaultKind::Unreadable)]);
        let whole = zip(&[("s_20240601.csv", good("111000110").as_bytes())]);
        for end in 4..whole.len() {
            assert!(!read_file("a.zip", &whole[..end]).faults.is_empty(), "{end}");
        }
    }
}
