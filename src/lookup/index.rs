//! The folded names and codes of one table as one text, so that a search is a scan.

use memchr::memmem;

use crate::{master::schema, pack::Table};

use super::{
    Rank,
    fold::fold_into,
    keys::{self, Searched},
};

/// Before a code, which a query can only be the beginning of.
const CODE: u8 = 2;
/// Before a name, which a query can be any part of.
const TEXT: u8 = 1;

/// So many bytes of one table's names are searched, several times what the largest master has. A small pack can repeat one long
/// text in every row; rows behind the limit are found by their codes.
const LIMIT: usize = 128 << 20;

/// Every row of a table: its code, its further codes, its names, each behind its mark.
pub(super) struct Index {
    blob: String,
    /// Where each row begins in the blob.
    starts: Vec<u32>,
    /// Characters of each row's name.
    lengths: Vec<u16>,
}

impl Index {
    pub(super) fn build(searched: &Searched, table: Table<'_>) -> Self {
        let codes = searched.columns(searched.codes);
        let texts = searched.columns(searched.texts);
        let mut index = Self { blob: String::new(), starts: Vec::new(), lengths: Vec::new() };
        // Texts pass through buffers: an index over a whole master keeps none of them decoded in the pack.
        let (mut name, mut text) = (String::new(), String::new());
        for row in 0..table.rows() {
            // A blob past 4 GB cannot come out of a pack, whose texts are below that.
            index.starts.push(u32::try_from(index.blob.len()).unwrap_or(u32::MAX));
            let full = index.blob.len() >= LIMIT;
            if !full || schema::schema(searched.kind).has_numeric_codes() {
                index.key(CODE, &keys::code(searched.kind, table, row));
            }
            let (codes, texts) = if full { (&[][..], &[][..]) } else { (&codes[..], &texts[..]) };
            for column in codes {
                index.key(CODE, &keys::text(table, *column, row));
            }
            name.clear();
            for (place, column) in texts.iter().enumerate() {
                table.text_into(column.id, row, &mut text);
                // Many rows have the same text as their short and as their long name.
                if place == 0 || text != name {
                    index.key(TEXT, &text);
                }
                if place == 0 {
                    core::mem::swap(&mut name, &mut text);
                }
            }
            index.lengths.push(u16::try_from(name.chars().count()).unwrap_or(u16::MAX));
        }
        index
    }

    fn key(&mut self, mark: u8, text: &str) {
        if !text.is_empty() {
            self.blob.push(char::from(mark));
            fold_into(text, &mut self.blob);
        }
    }

    /// Characters of a row's name.
    pub(super) fn length(&self, row: usize) -> u16 {
        self.lengths.get(row).copied().unwrap_or(u16::MAX)
    }

    /// The folded code of a row.
    pub(super) fn code(&self, row: usize) -> &str {
        let start = self.starts.get(row).map_or(0, |start| *start as usize + 1);
        let rest = self.blob.get(start..).unwrap_or_default();
        rest.get(..end_of_key(rest.as_bytes())).unwrap_or_default()
    }

    /// Every row that a folded query matches, once, with the best way in which it does, in the order of the table.
    /// `code` is another spelling of the query, for the codes alone.
    pub(super) fn scan(&self, query: &str, code: Option<&str>) -> Vec<(usize, Rank)> {
        let mut found = self.scan_one(query, false);
        if let Some(code) = code {
            found.extend(self.scan_one(code, true));
            found.sort_unstable();
            found.dedup_by_key(|(row, _)| *row);
        }
        found
    }

    fn scan_one(&self, query: &str, only_codes: bool) -> Vec<(usize, Rank)> {
        let blob = self.blob.as_bytes();
        let mut found: Vec<(usize, Rank)> = Vec::new();
        let mut row = 0usize;
        for at in memmem::find_iter(blob, query.as_bytes()) {
            while self.starts.get(row + 1).is_some_and(|start| *start as usize <= at) {
                row += 1;
            }
            let Some(rank) = rank(blob, at, query.len(), only_codes) else { continue };
            match found.last_mut() {
                Some((known, best)) if *known == row => *best = (*best).min(rank),
                _ => found.push((row, rank)),
            }
        }
        found
    }
}

/// How a match lies in its key. No key holds a mark, so that the nearest one before it is its own.
fn rank(blob: &[u8], at: usize, length: usize, only_codes: bool) -> Option<Rank> {
    let before = blob.get(..at)?;
    let start = memchr::memrchr2(CODE, TEXT, before)?;
    let is_code = blob.get(start) == Some(&CODE);
    let first = start + 1 == at;
    if (is_code && !first) || (only_codes && !is_code) {
        return None;
    }
    let last = blob.get(at + length).is_none_or(|next| matches!(*next, CODE | TEXT));
    Some(match (first, last) {
        (true, true) => Rank::Exact,
        (true, false) => Rank::Prefix,
        (false, _) => Rank::Contains,
    })
}

fn end_of_key(rest: &[u8]) -> usize {
    memchr::memchr2(CODE, TEXT, rest).unwrap_or(rest.len())
}
