//! Lines in the official layouts, for tests.

use super::{
    field::Check,
    layout::Table,
    layouts::LAYOUTS,
    {Reads, layout::Layout},
};

pub(super) fn table(prefix: &str) -> &'static Table {
    match LAYOUTS.iter().find(|layout| layout.prefix == prefix) {
        Some(Layout { reads: Reads::Table(table), .. }) => table,
        _ => panic!("no table {prefix}"),
    }
}

/// A good line with these values in these columns (from 1), in UTF-8, quoted, with its end.
pub(super) fn line(prefix: &str, values: &[(usize, &str)]) -> String {
    let fields: Vec<String> = table(prefix)
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let given = values.iter().find(|(column, _)| *column == index + 1).map(|(_, value)| (*value).to_owned());
            given.unwrap_or_else(|| match field.check {
                Check::Digits(count) => "0".repeat(count),
                Check::UpTo(_) | Check::Cents(_) | Check::Letters(1) => "0".to_owned(),
                Check::Letters(_) => "00".to_owned(),
                Check::Amount(_) => "0.00".to_owned(),
                Check::Day => "99999999".to_owned(),
                Check::Text(_) | Check::Prose(_) => "名".to_owned(),
                Check::Is(value) => value.to_owned(),
                Check::OneOf(values) => values.chars().take(1).collect(),
                Check::Spare => String::new(),
            })
        })
        .map(|value| format!("\"{value}\""))
        .collect();
    fields.join(",") + "\r\n"
}

/// A procedure: code, 変更年月日, 廃止年月日, points, 旧点数.
pub(super) fn procedure(code: &str, from: &str, last: &str, points: &str, before: &str) -> String {
    line("s", &[(3, code), (11, "3"), (12, points), (57, "3"), (58, before), (87, from), (88, last)])
}

/// A drug: code, 変更年月日, 廃止年月日, price, 旧金額.
pub(super) fn drug(code: &str, from: &str, last: &str, price: &str, before: &str) -> String {
    line("y", &[(3, code), (12, price), (25, before), (30, from), (31, last), (34, "0"), (36, "0")])
}

pub(super) const OPEN: &str = "99999999";

/// A good line with codes and days that are some.
pub(super) fn sample_line(prefix: &str) -> String {
    let values: &[(usize, &str)] = match prefix {
        "y" => &[(3, "620000001"), (30, "20240401")],
        "t" => &[(3, "710010001"), (28, "20240601")],
        "z" => &[(3, "8002")],
        "ck" => &[(2, "1"), (4, "A000"), (6, "111000110"), (9, "820100001"), (12, "20240601")],
        "01" => &[(2, "111000110"), (5, "A000001"), (7, "0"), (9, "0"), (26, "20100401")],
        "02" => &[(2, "J028001"), (3, "140005610"), (6, "20100401")],
        "03-1" => &[(2, "111000110"), (4, "113008610"), (6, "2"), (9, "20100401")],
        "04" => &[(2, "001"), (3, "190077070"), (7, "20100401")],
        "05" => &[(2, "111000110"), (4, "159"), (6, "1"), (13, "20180401")],
        "h" => &[(3, "301000110"), (4, "A"), (57, "20240601")],
        "h-2" | "h-3" | "h-4" | "h-5" => &[(4, "301000110"), (7, "20240601")],
        "h-6" => &[(2, "301000110"), (3, "A"), (13, "20240601")],
        "h-7" => &[(2, "301000110"), (3, "A"), (18, "20240601")],
        "h-8" | "h-10" => &[(2, "301000110"), (3, "A"), (12, "20240601")],
        "h-9" => &[(2, "301000110"), (3, "A"), (100, "20240601")],
        "m" => &[(3, "410004110"), (12, "4500"), (60, "20240601")],
        "medis" => &[(1, "1003031010101"), (6, "1"), (7, "20250331")],
        "ikou" => &[(1, "2"), (2, "0019002"), (5, "0088005"), (6, "0088005")],
        "r" => &[(3, "510000110"), (71, "20240601")],
        _ => &[],
    };
    line(prefix, values)
}

/// A line of a change file: these columns, all others blank.
pub(super) fn change_line(prefix: &str, values: &[(usize, &str)]) -> String {
    let count = table(prefix).fields.len();
    let value = |column: usize| values.iter().find(|(known, _)| *known == column).map_or("", |(_, value)| *value);
    let fields: Vec<_> = (1..=count).map(|column| format!("\"{}\"", value(column))).collect();
    fields.join(",") + "\r\n"
}
