//! What a published file is: told from its name and, independently, from its contents.

use crate::{
    date::ServiceDate,
    master::{CodeValue, MasterKind, schema, schema::TableSchema},
    pack::Cell,
};

use super::{
    field::Field,
    layouts::LAYOUTS,
    text::{Encoding, Line, Splitter, lines},
};

/// One kind of published file.
pub(super) struct Layout {
    /// The file name up to its first `_`, blank or date, in small letters.
    pub(super) prefix: &'static str,
    /// What the publisher calls it.
    pub(super) title: &'static str,
    /// Whether it is read.
    pub(super) reads: Reads,
}

/// Whether a kind of file is read.
pub(super) enum Reads {
    /// By this table.
    Table(&'static Table),
    /// Not, for this reason.
    Not(&'static str),
}

/// The columns of a master file. Columns are counted from 1, as the publisher does (項番).
pub(super) struct Table {
    pub(super) kind: MasterKind,
    /// マスター種別, in column 2.
    pub(super) letter: &'static str,
    /// How many columns an edition may have: the first so many of `fields`.
    pub(super) counts: &'static [usize],
    pub(super) fields: &'static [Field],
    /// Whether any column but the code may be empty.
    pub(super) sparse: bool,
    /// 変更区分.
    pub(super) change: usize,
    /// The code.
    pub(super) code: usize,
    /// The first day of the row's state: the first of these columns that has one.
    pub(super) from: &'static [usize],
    /// The last day, inclusive: the earliest of these columns.
    pub(super) last: &'static [usize],
    /// The first day of rows that give none, `YYYYMMDD`; without one, a row must give its own.
    pub(super) epoch: Option<u32>,
    /// The money of a row.
    pub(super) figure: Option<Figure>,
    /// Fills the columns of the schema that are not one official column.
    pub(super) derive: fn(&Splitter, &mut Cells<'_>),
}

/// The columns of the schema that hold a row's money and the money before its last change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub(super) now: &'static str,
    pub(super) before: &'static str,
}

/// The cells of a row that is being read, by the names of the schema.
pub(super) struct Cells<'a> {
    pub(super) schema: &'static TableSchema,
    pub(super) code: &'a CodeValue,
    pub(super) cells: &'a mut [Cell],
}

impl Cells<'_> {
    fn place(&self, column: &str) -> Option<usize> {
        self.schema.columns.iter().position(|known| known.name == column)
    }

    pub(super) fn get(&self, column: &str) -> Option<&Cell> {
        self.cells.get(self.place(column)?)
    }

    pub(super) fn set(&mut self, column: &str, cell: Cell) {
        if let Some(slot) = self.place(column).and_then(|place| self.cells.get_mut(place)) {
            *slot = cell;
        }
    }

    /// Leaves out a text that repeats another one.
    pub(super) fn blank_when_same(&mut self, column: &str, other: &str) {
        if self.get(column) == self.get(other) {
            self.set(column, Cell::Text(String::new()));
        }
    }

    /// Leaves out a code that repeats the row's own.
    pub(super) fn zero_when_code(&mut self, column: &str) {
        if let (Some(Cell::Number(number)), CodeValue::Number(code)) = (self.get(column), self.code)
            && *number == u64::from(*code)
        {
            self.set(column, Cell::Number(0));
        }
    }
}

/// What a file name says.
pub(super) struct Named {
    /// The beginning, in small letters.
    pub(super) prefix: String,
    /// The date of the edition.
    pub(super) edition: Option<ServiceDate>,
}

/// Takes a file name apart: `s_ALL20240531.csv` is `s` of 2024-05-31.
pub(super) fn named(file: &str) -> Named {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let letters = |c: &char| c.is_ascii_alphabetic();
    let digits = |c: &char| c.is_ascii_digit();
    let mut prefix: String = stem.chars().take_while(letters).collect();
    if prefix.is_empty() {
        prefix = stem.chars().take_while(digits).collect();
    }
    let edition = stem
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 8)
        .find_map(|run| run.parse().ok().and_then(|packed| ServiceDate::from_packed(packed).ok()));
    Named { prefix: prefix.to_ascii_lowercase(), edition }
}

/// The layout that a file name announces.
pub(super) fn announced(named: &Named) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.prefix == named.prefix)
}

/// The file names that are known, for an error to say.
pub(super) fn known_names() -> String {
    let names: Vec<_> = LAYOUTS
        .iter()
        .filter(|layout| matches!(layout.reads, Reads::Table(_)))
        .map(|layout| format!("{}_YYYYMMDD", layout.prefix))
        .collect();
    names.join(", ")
}

impl Table {
    pub(super) fn schema(&self) -> &'static TableSchema {
        schema::schema(self.kind)
    }

    /// How many columns the file has, if its first lines are of this table; else what they look like.
    pub(super) fn recognise(&self, bytes: &[u8], encoding: Encoding) -> Result<usize, String> {
        let mut splitter = Splitter::new();
        let mut seen = String::from("no line at all");
        for (index, Line { bytes, .. }) in lines(bytes).take(20).enumerate() {
            let count = splitter.split(bytes);
            let letter = splitter.get(1).unwrap_or_default();
            if let Some(count) = count
                && self.counts.contains(&count)
                && letter == self.letter.as_bytes()
            {
                return Ok(count);
            }
            if index == 0 {
                let count = count.map_or_else(|| "more than 256".to_owned(), |count| count.to_string());
                let letter: String = encoding.shown(letter).chars().take(20).collect();
                seen = format!("{count} columns, マスター種別 {letter}");
            }
        }
        Err(seen)
    }

    /// What [`Table::recognise`] looks for, in words.
    pub(super) fn form(&self) -> String {
        let counts: Vec<_> = self.counts.iter().map(usize::to_string).collect();
        format!("{} columns, マスター種別 {}", counts.join(" or "), self.letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (file, prefix, edition) in [
            ("s_ALL20240531.csv", "s", "2024-05-31"),
            ("Y_20251111.CSV", "y", "2025-11-11"),
            ("hb_20260101.txt", "hb", "2026-01-01"),
            ("m20250307.csv", "m", "2025-03-07"),
            ("a.zip/b_20250601.txt", "b", "2025-06-01"),
        ] {
            let named = named(file);
            assert_eq!((named.prefix.as_str(), named.edition.unwrap().to_string().as_str()), (prefix, edition));
            assert!(announced(&named).is_some());
        }
        assert_eq!(named("01補助マスターテーブル.csv").prefix, "01");
        assert!(announced(&named("export.csv")).is_none());
        assert_eq!(named("s_20241345.csv").edition, None);
    }

    #[test]
    fn every_column_goes_where_the_schema_has_one() {
        for layout in LAYOUTS {
            let Reads::Table(table) = layout.reads else { continue };
            assert_eq!(table.fields.len(), *table.counts.iter().max().unwrap(), "{}", layout.title);
            let columns: Vec<_> = table.fields.iter().filter_map(|field| field.to).collect();
            for column in &columns {
                assert!(table.schema().column(column).is_some(), "{} {column}", layout.title);
                assert_eq!(columns.iter().filter(|other| *other == column).count(), 1, "{} {column}", layout.title);
            }
        }
    }

    #[test]
    fn every_column_of_the_schema_is_filled() {
        for layout in LAYOUTS {
            let Reads::Table(table) = layout.reads else { continue };
            for column in table.schema().columns {
                let filled = table.fields.iter().any(|field| field.to == Some(column.name));
                assert!(filled || column.name == "fee_item", "{} {}", layout.title, column.name);
            }
        }
    }
}
