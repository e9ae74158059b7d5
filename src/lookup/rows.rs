//! The rows of one code in a table, whatever the master.

use core::{cmp::Ordering, ops::Range};

use crate::{
    master::{CodeValue, schema::CODE},
    pack::Table,
};

/// The rows of a code, from the oldest to the newest. Tables are sorted by code and first day.
pub(super) fn rows_of(table: Table<'_>, key: &CodeValue) -> Range<usize> {
    let start = table.partition_point(|row| order(table, row, key) == Ordering::Less);
    let end = table.partition_point(|row| order(table, row, key) != Ordering::Greater);
    start..end
}

/// The code of a row as a key.
pub(super) fn key_of(table: Table<'_>, numeric: bool, row: usize) -> CodeValue {
    if numeric {
        CodeValue::Number(u32::try_from(table.number(CODE, row)).unwrap_or(u32::MAX))
    } else {
        CodeValue::Text(table.text(CODE, row).to_owned())
    }
}

fn order(table: Table<'_>, row: usize, key: &CodeValue) -> Ordering {
    match key {
        CodeValue::Number(number) => table.number(CODE, row).cmp(&u64::from(*number)),
        CodeValue::Text(text) => table.text(CODE, row).cmp(text),
    }
}
