//! Where the rows of a code begin: hashes of the code column, made when a table is first asked and kept beside it.

use core::ops::Range;
use std::{collections::HashMap, sync::OnceLock};

use foldhash::fast::RandomState;

/// Marks a free place. No code is written with so many digits.
const FREE: u32 = u32::MAX;

/// What is kept beside a table, once somebody has asked.
#[derive(Default)]
pub(super) struct Places {
    codes: OnceLock<Hash<Newest>>,
    runs: OnceLock<Hash<Run>>,
    days: OnceLock<Box<[Range<u32>]>>,
    /// The days of every row.
    periods: OnceLock<Box<[Range<u32>]>>,
    names: OnceLock<HashMap<Box<str>, Run, RandomState>>,
    seconds: OnceLock<Box<[u32]>>,
}

/// The last row of a code, with its days: most questions are about the newest row.
#[derive(Clone, Copy, Default)]
pub(super) struct Newest {
    pub(super) row: u32,
    /// The first row of the code.
    pub(super) first: u32,
    /// The first day; [`u32::MAX`] where an earlier row of the code is in force on some of the days too.
    from: u32,
    /// The first day no longer in force.
    until: u32,
}

impl Newest {
    /// Whether the row is in force on a day, and no other one of its code.
    #[inline]
    pub(super) fn alone_on(self, day: u32) -> bool {
        self.from <= day && day < self.until
    }

    /// The rows of the code, from the oldest to the newest.
    pub(super) fn rows(self) -> Range<usize> {
        self.first as usize..self.row as usize + 1
    }

    /// Whether a day comes after all rows of the code.
    #[inline]
    pub(super) fn ends_before(self, day: u32) -> bool {
        self.from <= day && self.until <= day
    }
}

/// The rows of a relation that begin with one code.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Places {
    /// The last row of a code in a table that is sorted by code; `row` gives a row's code and days.
    #[inline]
    pub(super) fn code(&self, code: u32, rows: usize, row: impl Fn(usize) -> (u64, Range<u32>)) -> Option<Newest> {
        self.codes.get_or_init(|| by_code((0..rows).map(row))).get(code)
    }

    /// The days of every row; `make` gives them.
    #[inline]
    pub(super) fn periods(&self, make: impl FnOnce() -> Box<[Range<u32>]>) -> &[Range<u32>] {
        self.periods.get_or_init(make)
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
            let mut names: HashMap<Box<str>, Run, RandomState> = HashMap::default();
            names.reserve(texts.len());
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
fn by_code(rows: impl Iterator<Item = (u64, Range<u32>)>) -> Hash<Newest> {
    let mut codes: Vec<(u32, Newest)> = Vec::new();
    // The code before, its first row, and the last day of all of its rows.
    let (mut last, mut first, mut end) = (None, 0, 0);
    for ((code, days), row) in rows.zip(0u32..) {
        let Ok(key) = u32::try_from(code) else { continue };
        let again = last.replace(code) == Some(code);
        let apart = !again || end <= days.start;
        first = if again { first } else { row };
        let newest = Newest { row, first, from: if apart { days.start } else { u32::MAX }, until: days.end };
        end = if again { end.max(days.end) } else { days.end };
        match codes.last_mut() {
            Some((_, slot)) if again => *slot = newest,
            _ => codes.push((key, newest)),
        }
    }
    Hash::new(codes)
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
