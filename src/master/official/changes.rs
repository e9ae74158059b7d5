//! Change files (差分): rows in which a blank means "as before". Such a file is made whole with the newest whole edition
//! before it and with the change files in between, and then read like any other.

use std::{borrow::Cow, collections::HashMap};

use crate::date::ServiceDate;

use super::{
    field::Field,
    layout::Table,
    text::{Encoding, Splitter, lines},
};

/// 変更.
const CHANGED: &str = "5";

/// A file of text, kept until all files are there.
pub(super) struct Kept {
    pub(super) table: &'static Table,
    pub(super) date: ServiceDate,
    pub(super) bytes: Box<[u8]>,
    pub(super) encoding: Encoding,
}

/// The newest line of every row, each field in UTF-8.
pub(super) struct Base {
    table: &'static Table,
    rows: HashMap<Vec<String>, Vec<String>>,
}

/// Whether a file has changes alone: no row is marked unchanged, and some column is blank that never is.
pub(super) fn is_change_file(table: &Table, bytes: &[u8]) -> bool {
    // 変更区分 is the first column wherever there is one.
    if !table.changes || table.change != Some(1) {
        return false;
    }
    if lines(bytes).any(|line| line.bytes.starts_with(b"\"0\",") || line.bytes.starts_with(b"0,")) {
        return false;
    }
    let mut splitter = Splitter::new(table.delimiter);
    lines(bytes).any(|line| {
        let known = splitter.split(line.bytes).is_some_and(|count| table.counts.contains(&count));
        let blank = |(index, field): (usize, &Field)| !field.blank && splitter.get(index).is_some_and(<[u8]>::is_empty);
        known && table.fields.iter().enumerate().any(blank)
    })
}

impl Base {
    pub(super) fn of(edition: &Kept) -> Self {
        let mut base = Self { table: edition.table, rows: HashMap::new() };
        let mut splitter = Splitter::new(edition.table.delimiter);
        for line in lines(&edition.bytes) {
            if let Some(fields) = fields(&mut splitter, line.bytes, edition.encoding) {
                base.keep(fields);
            }
        }
        base
    }

    /// The file with every blank filled in, in UTF-8, line by line as it was. Lines that cannot be read stay as they are.
    pub(super) fn complete(&mut self, changes: &Kept) -> Vec<u8> {
        let mut out = Vec::new();
        let mut splitter = Splitter::new(changes.table.delimiter);
        let mut written = 0u64;
        for line in lines(&changes.bytes) {
            while written + 1 < line.number {
                out.push(b'\n');
                written += 1;
            }
            written += 1;
            match fields(&mut splitter, line.bytes, changes.encoding) {
                // A line cut in the middle must be seen as such.
                Some(mut fields) if !line.is_open() && changes.table.counts.contains(&fields.len()) => {
                    // Without a 変更区分 of its own the row is a change, not what the edition says of itself.
                    if let Some(change) = fields.first_mut().filter(|change| change.is_empty()) {
                        CHANGED.clone_into(change);
                    }
                    if let Some(before) = self.rows.get(&self.key(&fields)) {
                        for (field, before) in fields.iter_mut().zip(before) {
                            if field.is_empty() {
                                field.clone_from(before);
                            }
                        }
                    }
                    write(&fields, &mut out);
                    if fields.first().is_some_and(|change| change == "1") {
                        let key = self.key(&fields);
                        self.rows.remove(&key);
                    } else {
                        self.keep(fields);
                    }
                }
                _ => out.extend_from_slice(line.bytes),
            }
            if line.ended {
                out.push(b'\n');
            }
        }
        out
    }

    fn keep(&mut self, fields: Vec<String>) {
        self.rows.insert(self.key(&fields), fields);
    }

    /// The columns that make a row the same row: its code and its mark.
    fn key(&self, fields: &[String]) -> Vec<String> {
        let columns = self.table.code.columns();
        let field = |column: &usize| fields.get(column.saturating_sub(1)).cloned().unwrap_or_default();
        columns.iter().chain(self.table.mark).map(field).collect()
    }
}

/// The fields of a line, or nothing when it cannot be read.
fn fields(splitter: &mut Splitter, line: &[u8], encoding: Encoding) -> Option<Vec<String>> {
    let count = splitter.split(line)?;
    (0..count).map(|index| encoding.decode(splitter.get(index)?).map(Cow::into_owned)).collect()
}

fn write(fields: &[String], out: &mut Vec<u8>) {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.push(b'"');
        out.extend_from_slice(field.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    }
}

#[cfg(test)]
#[path = "changes_tests.rs"]
mod tests;
