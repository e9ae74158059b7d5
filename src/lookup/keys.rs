//! What a row of each master is found by.

use crate::{
    master::{
        MasterKind,
        schema::{self, Column, ColumnKind},
    },
    pack::Table,
};

/// The columns of one master that are searched.
pub(super) struct Searched {
    pub(super) kind: MasterKind,
    /// Columns besides the code that a query may begin.
    pub(super) codes: &'static [&'static str],
    /// Columns that may contain a query; the first is the name.
    pub(super) texts: &'static [&'static str],
}

/// Every master that is searched. The others have no names.
pub(super) const SEARCHED: &[Searched] = &[
    Searched { kind: MasterKind::Procedure, codes: &["fee_item"], texts: &["name", "full_name", "kana"] },
    Searched {
        kind: MasterKind::Drug,
        codes: &["price_code", "generic_name_code", "hot9"],
        texts: &["name", "full_name", "kana", "generic_name"],
    },
    Searched { kind: MasterKind::Disease, codes: &["icd10_1", "icd10_2"], texts: &["name", "short_name", "kana"] },
    Searched { kind: MasterKind::Modifier, codes: &[], texts: &["name", "kana"] },
    Searched { kind: MasterKind::Lab, codes: &["procedure_code"], texts: &["name", "kana"] },
    Searched { kind: MasterKind::Material, codes: &[], texts: &["name", "full_name", "kana"] },
    Searched { kind: MasterKind::Comment, codes: &[], texts: &["name", "kana"] },
];

impl Searched {
    /// The columns of these names, with what they hold.
    pub(super) fn columns(&self, names: &[&str]) -> Vec<Column> {
        let schema = schema::schema(self.kind);
        names.iter().filter_map(|name| schema.column(name)).copied().collect()
    }
}

/// The code of a row, as it is written.
pub(super) fn code(kind: MasterKind, table: Table<'_>, row: usize) -> String {
    schema::schema(kind).key.text_at(table, row)
}

/// The text of a column in which a query is looked for; a column of numbers holds codes, and 0 is none.
pub(super) fn text(table: Table<'_>, column: Column, row: usize) -> String {
    match column.kind {
        ColumnKind::Text => table.text(column.id, row).to_owned(),
        _ => match table.number(column.id, row) {
            0 => String::new(),
            number => number.to_string(),
        },
    }
}

/// An ICD-10 code as people write it, `e11.9`, without the dot as the masters write it. Nothing for any other query.
pub(super) fn undotted(folded: &str) -> Option<String> {
    let (head, tail) = folded.split_once('.')?;
    let letter = head.starts_with(|first: char| first.is_ascii_lowercase());
    let shape = head.len() == 3 && letter && head.bytes().skip(1).all(|b| b.is_ascii_digit());
    (shape && !tail.contains('.')).then(|| format!("{head}{tail}"))
}
