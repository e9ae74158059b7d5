//! A fingerprint of packs, one line a column, so that a change of the tables shows as a few changed lines.

use core::fmt::Write;
use std::collections::BTreeSet;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use crate::pack::Pack;

use super::{
    Masters,
    cells::{self, COMMON, Rows},
    schema::{Column, ColumnKind},
};

/// The first line of [`fingerprint`].
pub const HEADER: &str = "table,column,rows,filled,distinct,total,sha256";

/// The fingerprint of masters without packs of their own, as it stands in `masters/FINGERPRINT.csv`: the standard masters
/// and the rules.
#[must_use]
pub fn standard(masters: &Masters) -> String {
    let names = ["rules", "standard"];
    // The rules are the pack that every build has, and the last of all.
    let packs: Vec<_> = names.into_iter().zip(masters.packs().iter().rev()).collect();
    fingerprint(&packs)
}

/// The fingerprint of packs, as CSV below [`HEADER`].
///
/// Each pack has a line with its name and its size in bytes. Each column of each table has the number of rows, how many
/// are neither empty nor zero, how many values differ, the total of the column's numbers (blank for texts, days and
/// marks) and the SHA-256 of its values, each followed by a line feed, in the order of the table.
#[must_use]
pub fn fingerprint(packs: &[(&str, &Pack)]) -> String {
    let mut out = format!("{HEADER}\n");
    for (name, pack) in packs {
        line(&mut out, &format!("pack {name}"), "bytes", [&pack.size().to_string(), "", "", "", ""]);
        for rows in cells::tables(pack) {
            for column in common().iter().chain(rows.schema.columns) {
                let values = (0..rows.len()).map(|row| value(rows, column, row));
                let found = Values::of(values, matches!(column.kind, ColumnKind::Number | ColumnKind::Hundredths));
                let cells = [
                    &rows.len().to_string(),
                    &found.filled.to_string(),
                    &found.distinct.to_string(),
                    &found.total.map_or_else(String::new, |total| total.normalize().to_string()),
                    &found.sha256 as &str,
                ];
                line(&mut out, rows.schema.name, column.name, cells);
            }
        }
    }
    out
}

/// The columns that every table has, as texts.
fn common() -> Vec<Column> {
    COMMON.iter().map(|(id, name)| Column { id: *id, name, kind: ColumnKind::Text }).collect()
}

fn value(rows: Rows<'_>, column: &Column, row: usize) -> String {
    match column.name {
        "code" => rows.code(row),
        "from" => rows.from(row).to_string(),
        "last_day" => rows.period(row).last_day().map_or_else(String::new, |day| day.to_string()),
        "certainty" => rows.certainty(row).name().to_owned(),
        "source" => rows.source(row).to_owned(),
        _ => rows.cell(column, row),
    }
}

fn line(out: &mut String, table: &str, column: &str, cells: [&str; 5]) {
    // Writing into a string cannot fail; nothing here holds a comma or a quote.
    let _ = writeln!(out, "{table},{column},{}", cells.join(","));
}

struct Values {
    filled: usize,
    distinct: usize,
    total: Option<Decimal>,
    sha256: String,
}

impl Values {
    fn of(values: impl Iterator<Item = String>, numbers: bool) -> Self {
        let mut hash = Sha256::new();
        let mut distinct = BTreeSet::new();
        let mut filled = 0;
        let mut total = numbers.then_some(Decimal::ZERO);
        for value in values {
            hash.update(value.as_bytes());
            hash.update(b"\n");
            let blank = if numbers { "0" } else { "" };
            filled += usize::from(value != blank);
            total = total.and_then(|total| total.checked_add(value.parse().ok()?));
            distinct.insert(value);
        }
        let sha256 = hash.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Self { filled, distinct: distinct.len(), total, sha256 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MasterKind, cells::test_packs};
    use super::*;

    const CSV: &str = "code,from,last_day,name,points\n\
        111000110,2024-06-01,2026-05-31,初診料,291\n\
        111000110,2026-06-01,,初診料,291.5\n\
        111000370,2026-06-01,,,0";

    #[test]
    fn lines() {
        let pack = test_packs::pack(&[(MasterKind::Procedure, CSV)]);
        let text = fingerprint(&[("test", &pack)]);
        let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap();
        assert_eq!(text.lines().next(), Some(HEADER));
        assert_eq!(line("pack test"), format!("pack test,bytes,{},,,,", pack.size()));
        // As `printf '291\n291.5\n0\n' | sha256sum` gives it.
        let sha256 = "1d28447061f96e3dff5bf697a11af6dadb4c4d775a7780251142d40cb3f85925";
        assert_eq!(line("procedure,points"), format!("procedure,points,3,2,3,582.5,{sha256}"));
        assert!(line("procedure,name").starts_with("procedure,name,3,2,2,,"));
        assert!(line("procedure,code").starts_with("procedure,code,3,3,2,,"));
        assert!(line("procedure,last_day").starts_with("procedure,last_day,3,1,2,,"));
    }

    #[test]
    fn one_changed_cell_changes_one_line() {
        let pack = |csv: &str| test_packs::pack(&[(MasterKind::Procedure, csv)]);
        let (a, b) = (pack(CSV), pack(&CSV.replace("291.5", "292.5")));
        let (a, b) = (fingerprint(&[("test", &a)]), fingerprint(&[("test", &b)]));
        let changed: Vec<_> = a.lines().zip(b.lines()).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
        assert_eq!(changed.len(), 1);
        assert!(changed[0].starts_with("procedure,points,"));
    }
}
