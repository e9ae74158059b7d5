//! What one master is searched by: its rows in the order in which equal hits are shown, their folded texts, every pair of
//! letters with its rows, and the codes in order.
//!
//! Rows are numbered so that the better one of two equal hits has the lower number. Every list of rows is in that order, so
//! that a search takes the first rows that match and stops.

mod arrange;
mod bits;
mod build;
mod codes;
mod fuzzy;
mod narrow;
mod pairs;
mod search;
mod slots;
mod sorting;
mod texts;
mod words;

pub(super) use build::Builder;
pub(super) use fuzzy::distance;
pub(super) use search::{Match, Wanted, Word};

use bits::Bits;
use codes::Codes;
use pairs::Pairs;

/// After each text and each code; no folded text has it.
const END: u16 = 0;

/// Units of one master's texts that are searched, several times what the largest master has. A small pack can repeat one
/// long text in every row; the texts of rows behind the limit are left out, their codes are not.
const LIMIT: usize = 64 << 20;

/// Of two hits of one rank the one of the lower standing comes first.
pub(super) const STANDINGS: usize = 4;

/// The index of one master over all packs.
#[derive(Default)]
pub(super) struct Index {
    rows: Vec<Entry>,
    /// The texts of each row, one after another, in the order of the rows.
    texts: Vec<u16>,
    /// Where each row's texts begin, and where the last ones end.
    starts: Vec<u32>,
    /// Hash of each whole text with its row, in order.
    wholes: Vec<u64>,
    codes: Codes,
    pairs: Pairs,
}

/// A row of some pack.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// Its place in its table.
    pub(super) row: u32,
    /// First day, and the first day no longer in force, as `YYYYMMDD`, of those that no other pack's row takes.
    pub(super) from: u32,
    pub(super) until: u32,
    /// Where its code begins.
    code: u32,
    /// Its pack.
    pub(super) layer: u16,
    /// Characters of its name.
    pub(super) length: u16,
    /// 0 for a code that goes on and is adopted, 1 when it is not adopted, 2 and 3 for the same of a code that has ended.
    pub(super) standing: u8,
    /// Whether it is the newest row of its code.
    pub(super) newest: bool,
    /// Whether other packs have rows of its code on some of its days.
    pub(super) contested: bool,
    /// Whether the units of its folded name stand where those of the name do.
    pub(super) even: bool,
}

impl Index {
    pub(super) fn entry(&self, n: u32) -> Option<&Entry> {
        self.rows.get(n as usize)
    }

    fn standing(&self, n: u32) -> u8 {
        self.entry(n).map_or(u8::MAX, |entry| entry.standing)
    }

    /// The folded code of a row.
    pub(super) fn code(&self, n: u32) -> &[u16] {
        self.entry(n).map_or(&[], |entry| self.codes.at(entry.code))
    }

    /// The code by which a row was found.
    pub(super) fn found_code(&self, place: u32) -> &[u16] {
        self.codes.text(place)
    }

    /// The first folded text of a row, which is its name where it has one.
    pub(super) fn name(&self, n: u32) -> &[u16] {
        self.texts_of(n).split(|unit| *unit == END).next().unwrap_or_default()
    }

    /// How any text of a row has a word at best.
    pub(super) fn best(&self, n: u32, word: &[u16]) -> Option<Lies> {
        let texts = self.texts_of(n).split(|unit| *unit == END);
        texts.filter_map(|text| lies(text, word)).map(|(how, _)| how).min()
    }

    /// The folded texts of a row, each followed by [`END`].
    fn texts_of(&self, n: u32) -> &[u16] {
        let place = n as usize;
        let start = self.starts.get(place).map_or(0, |start| *start as usize);
        let end = self.starts.get(place + 1).map_or(0, |end| *end as usize);
        self.texts.get(start..end).unwrap_or_default()
    }
}

/// A hash of a text of which only equal ones are compared.
fn hash(text: &[u16]) -> u32 {
    let mut hash = 0u64;
    for unit in text {
        hash = (hash.rotate_left(5) ^ u64::from(*unit)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    u32::try_from(hash >> 32).unwrap_or(0)
}

/// How a text holds a word, at best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lies {
    Whole,
    Start,
    WordStart,
    Within,
}

/// Where a word lies best in a text, and how.
pub(super) fn lies(text: &[u16], word: &[u16]) -> Option<(Lies, usize)> {
    let (first, rest) = word.split_first()?;
    if text.starts_with(word) {
        return Some((if text.len() == word.len() { Lies::Whole } else { Lies::Start }, 0));
    }
    let mut within = None;
    for (at, pair) in text.windows(2).enumerate() {
        let [before, unit] = pair else { continue };
        let here = at + 1;
        if unit == first && text.get(here + 1..).is_some_and(|after| after.starts_with(rest)) {
            if super::fold::word_starts(*before, *unit) {
                return Some((Lies::WordStart, here));
            }
            within = within.or(Some((Lies::Within, here)));
        }
    }
    within
}
