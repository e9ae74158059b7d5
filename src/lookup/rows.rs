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

fn order(table: Table<'_>, row: usize, key: &CodeValue) -> Ordering {
    match key {
        CodeValue::Number(number) => table.number(CODE, row).cmp(&u64::from(*number)),
        CodeValue::Pair(pair) => table.number(CODE, row).cmp(&pair.stored()),
        CodeValue::Text(text) => table.text(CODE, row).cmp(text),
    }
}
