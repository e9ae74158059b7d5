use std::io::{Cursor, Write};

use super::super::{FileReport, PackOutcome, read_file};
use crate::{
    master::{FaultKind, MasterKind},
    pack::Cell,
};

const NAMES: &str = "xl/workbook.xml";

/// A workbook of one sheet with this XML in its rows.
fn book(rows: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    zip(&[
        (
            "[Content_Types].xml",
            br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            NAMES,
            br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The XML of a row: what begins with `=` is a formula with its saved value behind a `|`.
fn row(number: usize, cells: &[&str]) -> String {
    let cell = |(index, text): (usize, &&str)| {
        let place = format!("{}{number}", char::from(b'A' + u8::try_from(index).unwrap()));
        match text.strip_prefix('=').and_then(|formula| formula.split_once('|')) {
            Some((formula, value)) => format!(r#"<c r="{place}"><f>{formula}</f><v>{value}</v></c>"#),
            None if text.parse::<f64>().is_ok() => format!(r#"<c r="{place}"><v>{text}</v></c>"#),
            None => format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#),
        }
    };
    format!(r#"<row r="{number}">{}</row>"#, cells.iter().enumerate().map(cell).collect::<String>())
}

const TITLES: &[&str] = &[
    "区分",
    "一般名コード",
    "一般名処方の標準的な記載",
    "成分名",
    "規格",
    "一般名処方 加算対象",
    "例外コード",
    "最低薬価",
    "備考",
];

fn names(rows: &[&[&str]]) -> String {
    let mut xml = row(1, &["一般名処方マスタ", "令和7年8月14日適用"]) + &row(3, TITLES);
    for (index, cells) in rows.iter().enumerate() {
        xml += &row(4 + index, cells);
    }
    xml
}

fn one() -> String {
    names(&[&[
        "内用薬",
        "1124001F2ZZZ",
        "【般】エスタゾラム錠２ｍｇ",
        "エスタゾラム",
        "２ｍｇ１錠",
        "加算1,2",
        "",
        "=6+0.6|6.6",
    ]])
}

fn report(outcome: &PackOutcome) -> &FileReport {
    outcome.files.first().unwrap()
}

#[test]
fn a_formula_gives_the_value_that_was_saved() {
    let outcome = read_file("whatever.xlsx", &book(&one()));
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    let rows = outcome.set.rows(MasterKind::GenericName);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].period.to_string(), "from 2025-08-14");
    let schema = crate::master::schema::schema(MasterKind::GenericName);
    let cell = |name: &str| &rows[0].cells[schema.columns.iter().position(|column| column.name == name).unwrap()];
    assert_eq!(cell("lowest_price"), &Cell::Number(660));
    assert_eq!(cell("addition"), &Cell::Number(2));
    assert_eq!(cell("name"), &Cell::Text("【般】エスタゾラム錠２ｍｇ".into()));
}

#[test]
fn faults_have_their_row_and_column() {
    let bad = &["内用薬", "1124001F2ZZZ", "【般】", "x", "２ｍｇ", "加算9", "", "=1/0|abc"];
    let outcome = read_file("a.xlsx", &book(&names(&[bad])));
    let found: Vec<_> =
        outcome.faults.list().iter().map(|fault| (fault.line, fault.column.clone().unwrap().0)).collect();
    assert!(found.contains(&(4, 6)), "{}", outcome.faults);
    assert!(outcome.set.is_empty());
    let other = read_file("a.xlsx", &book(&row(1, &["something", "else"])));
    assert_eq!(other.faults.list()[0].kind, FaultKind::UnknownLayout);
    assert!(other.faults.to_string().contains("something else"), "{}", other.faults);
    // The name of a table of text, the contents of a workbook.
    let other = read_file("s_20240601.xlsx", &book(&one()));
    assert_eq!(other.faults.list()[0].kind, FaultKind::UnknownLayout);
    let skipped = read_file("dpc_R6.xlsx", &book(&one()));
    assert!(skipped.faults.is_empty() && report(&skipped).skipped.is_some());
    let printed = read_file("list.pdf", b"%PDF-1.7");
    assert!(printed.faults.is_empty() && report(&printed).skipped.is_some());
}

#[test]
fn workbooks_that_burst() {
    // 50 MiB of blanks in 50 KB.
    let blank = " ".repeat(50 << 20);
    let outcome = read_file("a.xlsx", &book(&blank));
    assert_eq!(outcome.faults.list()[0].kind, FaultKind::Unreadable);
    // A cell in the last corner of the largest sheet takes no room for the cells before it.
    let corner = one() + r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="A1048576"><v>2</v></c></row>"#;
    let outcome = read_file("a.xlsx", &book(&corner));
    assert_eq!(outcome.set.rows(MasterKind::GenericName).len(), 1);
}

/// Every kind of damage to the XML of a sheet and to the archive itself.
#[test]
fn damaged_workbooks() {
    let xml = one();
    let mut seed = 7u64;
    let mut next = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % limit.max(1)
    };
    let pieces = [
        "<c",
        "r=\"",
        "t=\"s\"",
        "<v>99999999999999999999</v>",
        "<v>-1</v>",
        "r=\"ZZZZZZ9\"",
        "r=\"A0\"",
        "&#x0;",
        "</row>",
        "t=\"d\"",
        "t=\"e\"",
        "<f t=\"shared\" si=\"9\"/>",
        "s=\"77\"",
        "\u{0}",
    ];
    for _ in 0..1_500 {
        let mut text: Vec<char> = xml.chars().collect();
        for _ in 0..=next(3) {
            let at = next(text.len());
            match next(3) {
                0 => {
                    text.remove(at);
                }
                1 => {
                    text.splice(at..at, pieces[next(pieces.len())].chars());
                }
                _ => text.truncate(at.max(1)),
            }
        }
        let _ = read_file("a.xlsx", &book(&text.into_iter().collect::<String>()));
    }
    let whole = book(&xml);
    for _ in 0..1_500 {
        let mut bytes = whole.clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            bytes[at] = u8::try_from(next(256)).unwrap();
        }
        let _ = read_file("a.xlsx", &bytes);
    }
    for end in 0..whole.len() {
        let _ = read_file("a.xlsx", &whole[..end]);
    }
}
