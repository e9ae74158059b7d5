//! Rows of any master, whatever their columns: what the tools that compare, count and check tables are made of.

use core::ops::Range;

use crate::{
    date::{Period, ServiceDate},
    pack::{Pack, Table},
};

use super::{
    AgeLimit, Certainty, CodeValue,
    schema::{self, CERTAINTY, CODE, Column, ColumnKind, FROM, SOURCE, TABLES, TableSchema, UNTIL},
};

/// One table of one pack, with its schema.
#[derive(Clone, Copy)]
pub(super) struct Rows<'p> {
    pub(super) schema: &'static TableSchema,
    pub(super) table: Table<'p>,
}

/// The tables of a pack, in the order of the schema.
pub(super) fn tables(pack: &Pack) -> impl Iterator<Item = Rows<'_>> {
    TABLES.iter().filter_map(|schema| Rows::of(pack, schema))
}

impl<'p> Rows<'p> {
    /// The table of a pack, if it has it.
    pub(super) fn of(pack: &'p Pack, schema: &'static TableSchema) -> Option<Self> {
        Some(Self { schema, table: pack.table(schema.tag)? })
    }

    pub(super) fn len(self) -> usize {
        self.table.rows()
    }

    pub(super) fn key(self, row: usize) -> CodeValue {
        self.schema.key.value_at(self.table, row)
    }

    /// The code as people write it, with its leading zeros; two codes with a `/` between them.
    pub(super) fn code(self, row: usize) -> String {
        self.schema.key.text_at(self.table, row)
    }

    pub(super) fn period(self, row: usize) -> Period {
        schema::period_of(self.table, row)
    }

    pub(super) fn from(self, row: usize) -> ServiceDate {
        self.period(row).from
    }

    pub(super) fn certainty(self, row: usize) -> Certainty {
        Certainty::from_stored(self.table.number(CERTAINTY, row))
    }

    pub(super) fn source(self, row: usize) -> &'p str {
        self.table.text(SOURCE, row)
    }

    /// The name of what the row is about; empty in a table that has none.
    pub(super) fn name(self, row: usize) -> String {
        self.schema.column("name").map_or_else(String::new, |column| self.cell(column, row))
    }

    /// The points, the price or the figure of a row.
    pub(super) fn figure(self, row: usize) -> Option<String> {
        let columns = ["points", "price", "tenths", "value"];
        let column = columns.iter().find_map(|name| self.schema.column(name))?;
        Some(self.cell(column, row))
    }

    /// A cell as a text: a day as `YYYY-MM-DD`, an amount in decimal, nothing for no day, no limit and no mark.
    pub(super) fn cell(self, column: &Column, row: usize) -> String {
        let number = || self.table.number(column.id, row);
        match column.kind {
            ColumnKind::Text => {
                let mut text = String::new();
                self.table.text_into(column.id, row, &mut text);
                text
            }
            ColumnKind::Number => number().to_string(),
            ColumnKind::Hundredths => schema::amount_of(self.table, column.id, row).to_string(),
            ColumnKind::Date => shown(schema::date_of(number())),
            ColumnKind::Age => shown(AgeLimit::from_stored(number())),
            ColumnKind::Mark => shown(schema::mark_of(number())),
        }
    }

    /// The number in the column of this name; 0 when there is none.
    pub(super) fn number(self, name: &str, row: usize) -> u64 {
        self.schema.column(name).map_or(0, |column| self.table.number(column.id, row))
    }

    /// Whether a cell is the same in a row of another pack. Numbers of texts differ from pack to pack; texts do not.
    pub(super) fn same(self, row: usize, other: Self, other_row: usize, column: &Column) -> bool {
        if column.kind == ColumnKind::Text {
            self.cell(column, row) == other.cell(column, other_row)
        } else {
            self.table.number(column.id, row) == other.table.number(column.id, other_row)
        }
    }

    /// The rows of each code, one code after another: tables are sorted by code.
    pub(super) fn groups(self) -> impl Iterator<Item = (CodeValue, Range<usize>)> {
        let mut next = 0;
        core::iter::from_fn(move || {
            let start = next;
            if start >= self.len() {
                return None;
            }
            let key = self.key(start);
            next += 1;
            while next < self.len() && self.key(next) == key {
                next += 1;
            }
            Some((key, start..next))
        })
    }

    /// The rows of one code.
    pub(super) fn rows_of(self, key: &CodeValue) -> Range<usize> {
        let start = self.table.partition_point(|row| self.key(row) < *key);
        let end = self.table.partition_point(|row| self.key(row) <= *key);
        start..end
    }

    /// The rows of a relation that begin with a code.
    pub(super) fn rows_from(self, first: u32) -> Range<usize> {
        let begin = |row: usize| match self.key(row) {
            CodeValue::Pair(pair) => u64::from(pair.first),
            CodeValue::Number(number) => u64::from(number),
            CodeValue::Text(_) => u64::MAX,
        };
        let start = self.table.partition_point(|row| begin(row) < u64::from(first));
        let end = self.table.partition_point(|row| begin(row) <= u64::from(first));
        start..end
    }
}

/// The columns that every table has, with the names of `masters/*.csv`.
pub(super) const COMMON: &[(u16, &str)] =
    &[(CODE, "code"), (FROM, "from"), (UNTIL, "last_day"), (CERTAINTY, "certainty"), (SOURCE, "source")];

fn shown(value: Option<impl core::fmt::Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Makes packs for the tests of this room.
#[cfg(test)]
pub(super) mod test_packs {
    use super::super::{MasterKind, MasterSet, schema::known, standard};
    use super::*;

    /// A pack of tables written as in `masters/`, without the columns `certainty` and `source` where they are left out.
    pub(in super::super) fn pack(tables: &[(MasterKind, &str)]) -> Pack {
        let mut set = MasterSet::default();
        for (kind, csv) in tables {
            let schema = schema::schema(*kind);
            let mut lines = csv.lines().map(str::trim).filter(|line| !line.is_empty());
            let header = lines.next().unwrap();
            let text: String = core::iter::once(format!("{header},certainty,source\n"))
                .chain(lines.map(|line| format!("{line},official,test\n")))
                .collect();
            let (rows, faults) = standard::read(schema, schema.name, &text);
            assert!(faults.is_empty(), "{faults}");
            rows.into_iter().for_each(|row| set.push(*kind, row));
        }
        Pack::from_vec(set.write().unwrap(), &known()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::MasterKind, *};

    #[test]
    fn cells_as_texts() {
        let csv = "code,from,last_day,name,points,age_low,note_serial\n\
                   111000110,2024-06-01,2026-05-31,初診料,291,06,A\n\
                   111000110,2026-06-01,,初診料,1.5,,\n\
                   111000370,2026-06-01,,乳幼児加算（初診）,75,,1";
        let pack = test_packs::pack(&[(MasterKind::Procedure, csv)]);
        let rows = tables(&pack).next().unwrap();
        let cell = |name: &str, row| rows.cell(rows.schema.column(name).unwrap(), row);
        assert_eq!((cell("points", 0).as_str(), cell("points", 1).as_str()), ("291", "1.5"));
        assert_eq!((cell("age_low", 0).as_str(), cell("age_low", 1).as_str()), ("06", ""));
        assert_eq!((cell("note_serial", 0).as_str(), cell("section_out", 0).as_str()), ("A", "0"));
        let groups: Vec<_> = rows.groups().map(|(_, rows)| rows).collect();
        assert_eq!(groups, [0..2, 2..3]);
        assert_eq!(rows.rows_of(&CodeValue::Number(111_000_110)), 0..2);
        assert_eq!(rows.rows_of(&CodeValue::Number(1)), 0..0);
        assert_eq!(rows.code(2), "111000370");
    }

    #[test]
    fn codes_keep_their_zeros() {
        let diseases = "code,from,last_day,name\n0000999,2002-06-01,,未コード化傷病名";
        let exclusions = "code,other,from,last_day,rule\n111000110,113008610,2024-06-01,,1";
        let pack = test_packs::pack(&[(MasterKind::Disease, diseases), (MasterKind::ExclusionDay, exclusions)]);
        let codes: Vec<_> = tables(&pack).map(|rows| rows.code(0)).collect();
        assert_eq!(codes, ["0000999", "111000110/113008610"]);
    }
}
