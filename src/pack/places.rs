//! Where the rows of a code begin: hashes of the code column, made when a table is first asked and kept beside it.

use core::ops::Range;
use std::{collections::HashMap, sync::OnceLock};

/// Marks a free place. No code is written with so many digits.
const FREE: u32 = u32::MAX;

/// What is kept beside a table, once somebody has asked.
#[derive(Default)]
pub(super) struct Places {
    codes: OnceLock<Hash<FirstRow>>,
    runs: OnceLock<Hash<Run>>,
    days: OnceLock<Box<[Range<u32>]>>,
    names: OnceLock<HashMap<Box<str>, Run>>,
    seconds: OnceLock<Box<[u32]>>,
}

/// The first row of a code, with its days: most codes have one row on the days that are asked for.
#[derive(Clone, Copy, Default)]
pub(super) struct FirstRow {
    pub(super) row: u32,
    pub(super) from: u32,
    /// The first day no longer in force; [`u32::MAX`] for an open row.
    pub(super) until: u32,
}

/// The rows of a relation that begin with one code.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Places {
    /// The first row of a code in a table that is sorted by code; `row` gives a row's code and days.
    #[inline]
    pub(super) fn code(&self, code: u32, rows: usize, row: impl Fn(usize) -> (u64, FirstRow)) -> Option<FirstRow> {
        self.codes.get_or_init(|| firsts(rows, row)).get(code)
    }

    /// The rows that begin with a code; `runs` gives all of them, in the order of the table.
    #[inline]
    pub(super) fn run(&self, first: u32, runs: impl FnOnce() -> Vec<(u32, Run)>) -> Option<Run> {
        self.runs.get_or_init(|| Hash::new(runs())).get(first)
    }

    /// The rows of a text that is a table's key; `texts` gives the text of every row, equal ones side by side.
    pub(super) fn name<'t>(&self, name: &str, texts: impl FnOnce() -> Vec<&'t str>) -> Option<Run> {
        let names = self.names.get_or_init(|| {
            let texts = texts();
            let mut names: HashMap<Box<str>, Run> = HashMap::with_capacity(texts.len());
            let mut start = 0;
            for same in texts.chunk_by(|a, b| a == b) {
                let end = start + u32::try_from(same.len()).unwrap_or(0);
                if let Some(text) = same.first() {
                    names.insert((*text).into(), Run { start, end });
                }
                start = end;
            }
            names
        });
        names.get(name).copied()
    }

    /// The second codes that a relation lists.
    #[inline]
    pub(super) fn seconds(&self, make: impl FnOnce() -> Box<[u32]>) -> &[u32] {
        self.seconds.get_or_init(make)
    }

    /// The days on which a table has rows, touching ones joined.
    #[inline]
    pub(super) fn days(&self, make: impl FnOnce() -> Box<[Range<u32>]>) -> &[Range<u32>] {
        self.days.get_or_init(make)
    }
}

#[cold]
fn firsts(rows: usize, row: impl Fn(usize) -> (u64, FirstRow)) -> Hash<FirstRow> {
    let mut before = None;
    let firsts = (0..rows).map(row).filter(|(code, _)| before.replace(*code) != Some(*code));
    Hash::new(firsts.filter_map(|(code, first)| Some((u32::try_from(code).ok()?, first))).collect())
}

/// A hash by code, with what is found beside each.
struct Hash<V>(Box<[(u32, V)]>);

impl<V: Copy + Default> Hash<V> {
    /// The first entry of each code counts.
    fn new(entries: Vec<(u32, V)>) -> Self {
        // At most two thirds full, so that a search for a code that is not there soon meets a free place.
        let size = (entries.len().saturating_mul(3) / 2).next_power_of_two().max(2);
        let mut places = vec![(FREE, V::default()); size].into_boxed_slice();
        let mask = size - 1;
        for (key, value) in entries.into_iter().filter(|(key, _)| *key != FREE) {
            let mut at = hash(key) & mask;
            while places.get(at).is_some_and(|(other, _)| *other != FREE && *other != key) {
                at = (at + 1) & mask;
            }
            if let Some(place) = places.get_mut(at).filter(|(other, _)| *other == FREE) {
                *place = (key, value);
            }
        }
        Self(places)
    }

    #[inline]
    fn get(&self, key: u32) -> Option<V> {
        let mask = self.0.len().wrapping_sub(1);
        let mut at = hash(key) & mask;
        loop {
            let (other, value) = self.0.get(at)?;
            if *other == key {
                return (key != FREE).then_some(*value);
            }
            if *other == FREE {
                return None;
            }
            at = at.wrapping_add(1) & mask;
        }
    }
}

/// Fibonacci hashing: the high bits of a product with 2⁶⁴ ÷ φ are well mixed even for codes that follow each other.
#[inline]
fn hash(key: u32) -> usize {
    usize::try_from(u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).unwrap_or(0)
}
