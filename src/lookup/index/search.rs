//! The best rows of one master for some words.

use crate::lookup::Rank;

use super::{Bits, END, Index, STANDINGS, hash, texts::Lying};

/// A word of a query, folded.
pub(in crate::lookup) struct Word {
    pub(in crate::lookup) units: Vec<u16>,
    /// Another spelling of it, for codes.
    pub(in crate::lookup) code: Option<Vec<u16>>,
}

impl Word {
    pub(super) fn codes(&self) -> impl Iterator<Item = &[u16]> {
        core::iter::once(&*self.units).chain(self.code.as_deref())
    }
}

/// What one master is asked.
pub(in crate::lookup) struct Wanted<'q> {
    /// All that was typed.
    pub(in crate::lookup) whole: &'q Word,
    /// The words of it, where there are several; the same one twice is one.
    pub(in crate::lookup) words: &'q [Word],
    /// At most so many rows.
    pub(in crate::lookup) need: usize,
    /// Whether a row counts: its day, its pack, its section.
    pub(in crate::lookup) counts: &'q dyn Fn(u32) -> bool,
}

/// A row that was found.
#[derive(Clone, Copy)]
pub(in crate::lookup) struct Match {
    pub(in crate::lookup) n: u32,
    pub(in crate::lookup) rank: Rank,
    /// The code that was found, where it was one.
    pub(in crate::lookup) code: Option<u32>,
}

/// The rows found so far, the best first.
pub(super) struct Search<'q> {
    need: usize,
    counts: &'q dyn Fn(u32) -> bool,
    pub(super) found: Vec<Match>,
    /// What was found; without room until something was.
    seen: Bits,
    rows: usize,
}

impl<'q> Search<'q> {
    pub(super) fn new(wanted: &Wanted<'q>, rows: usize) -> Self {
        Self { need: wanted.need, counts: wanted.counts, found: Vec::new(), seen: Bits::default(), rows }
    }

    pub(super) fn left(&self) -> usize {
        self.need.saturating_sub(self.found.len())
    }

    pub(super) fn counts(&self, n: u32) -> bool {
        !self.seen.has(n) && (self.counts)(n)
    }

    pub(super) fn push(&mut self, n: u32, rank: Rank, code: Option<u32>) {
        if self.left() > 0 && !self.seen.has(n) {
            if !self.seen.has_room() {
                self.seen = Bits::new(self.rows);
            }
            self.seen.put(n);
            self.found.push(Match { n, rank, code });
        }
    }
}

impl Index {
    /// The best rows, in their order.
    pub(in crate::lookup) fn search(&self, wanted: &Wanted<'_>) -> Vec<Match> {
        if self.rows.is_empty() || wanted.need == 0 {
            return Vec::new();
        }
        let mut found = self.one(wanted.whole, wanted);
        if !wanted.words.is_empty() {
            // A row has the better of its two ranks; either list has the first rows of the whole.
            found.extend(self.several(wanted));
            crate::order::by_key(&mut found, |found| (found.n, found.rank));
            found.dedup_by_key(|found| found.n);
            crate::order::by_key(&mut found, |found| (found.rank, found.n));
            found.truncate(wanted.need);
        }
        found
    }

    fn one(&self, word: &Word, wanted: &Wanted<'_>) -> Vec<Match> {
        let mut search = Search::new(wanted, self.rows.len());
        // Most words stand in the texts of few masters: of the others only the codes are looked at.
        let lying = self.lying(&word.units);
        if lying.is_none() && !word.codes().any(|code| self.codes.may_begin(code)) {
            return search.found;
        }
        self.exact(word, lying.is_some(), &mut search);
        self.beginning(word, lying.as_ref(), &mut search);
        for (place, rank) in [(1, Rank::WordStart), (2, Rank::Contains)] {
            if let Some(lying) = lying.as_ref().filter(|_| search.left() > 0) {
                let rows = self.first(place, lying, search.left(), &|n| search.counts(n));
                rows.into_iter().for_each(|n| search.push(n, rank, None));
            }
        }
        search.found
    }

    /// Rows with a code or a text that is the word; `texts` says whether any text may be.
    fn exact(&self, word: &Word, texts: bool, search: &mut Search<'_>) {
        let mut rows: Vec<(u8, bool, u32, Option<u32>)> = Vec::new();
        for code in word.codes().filter(|code| self.codes.may_begin(code)) {
            for place in self.codes.begin(code).0 {
                let row = self.codes.row(place).filter(|n| search.counts(*n));
                rows.extend(row.map(|n| (self.standing(n), false, n, Some(place))));
            }
        }
        if texts {
            let whole = self.whole_rows(&word.units).filter(|n| search.counts(*n));
            rows.extend(whole.map(|n| (self.standing(n), true, n, None)));
        }
        crate::order::sort(&mut rows);
        rows.into_iter().for_each(|(_, _, n, code)| search.push(n, Rank::Exact, code));
    }

    /// Rows with a text that is the word.
    pub(super) fn whole_rows<'s>(&'s self, word: &'s [u16]) -> impl Iterator<Item = u32> + 's {
        let hash = u64::from(hash(word));
        let start = self.wholes.partition_point(|whole| whole >> 32 < hash);
        let same = self.wholes.get(start..).unwrap_or_default().iter().take_while(move |whole| *whole >> 32 == hash);
        let rows = same.map(|whole| u32::try_from(whole & u64::from(u32::MAX)).unwrap_or(u32::MAX));
        rows.filter(move |n| self.texts_of(*n).split(|unit| *unit == END).any(|text| text == word))
    }

    /// Rows with a code or a text that begins with the word and goes on.
    fn beginning(&self, word: &Word, lying: Option<&Lying<'_>>, search: &mut Search<'_>) {
        let left = search.left();
        if left == 0 {
            return;
        }
        // In the order of the codes, for each standing; most rows are of the best, so that the first few codes are enough.
        let mut by_code: [Vec<(u32, u32)>; STANDINGS] = Default::default();
        let mut listed: Option<Bits> = None;
        for code in word.codes().filter(|code| self.codes.may_begin(code)) {
            for place in self.codes.begin(code).1 {
                let listed = listed.get_or_insert_with(|| Bits::new(self.rows.len()));
                let Some(n) = self.codes.row(place).filter(|n| search.counts(*n) && !listed.has(*n)) else { continue };
                let Some(list) = by_code.get_mut(usize::from(self.standing(n))) else { continue };
                if self.codes.text(place).starts_with(code) {
                    listed.put(n);
                    list.push((n, place));
                }
                if by_code.first().is_some_and(|best| best.len() >= left) {
                    break;
                }
            }
        }
        if word.code.is_some() {
            let text = |found: &(u32, u32)| self.codes.text(found.1);
            by_code.iter_mut().for_each(|list| crate::order::by(list, |a, b| (text(a), a.0).cmp(&(text(b), b.0))));
        }
        // Where codes of the best standing are enough, no text comes before them.
        let enough = by_code.first().is_some_and(|best| best.len() >= left);
        let texts = lying.filter(|_| !enough).map(|lying| self.first(0, lying, left, &|n| search.counts(n)));
        let mut texts = texts.into_iter().flatten().peekable();
        for (standing, codes) in (0..).zip(by_code) {
            codes.into_iter().for_each(|(n, place)| search.push(n, Rank::Prefix, Some(place)));
            while let Some(n) = texts.next_if(|n| self.standing(*n) <= standing) {
                search.push(n, Rank::Prefix, None);
            }
        }
    }
}
