//! The best rows for several words, in any order: a row has the rank of the word that it matches worst.

use crate::lookup::Rank;

use super::{
    Bits, Index,
    pairs::PLACES,
    search::{Match, Search, Wanted, Word},
};

/// The ranks of rows that have the words as they were typed, the best first.
const RANKS: [Rank; 4] = [Rank::Exact, Rank::Prefix, Rank::WordStart, Rank::Contains];

/// So few rows are ranked one by one.
const FEW: usize = 96;

/// The rows that may match a word.
struct Rows<'w> {
    word: &'w Word,
    /// By a code: exactly, at its beginning.
    codes: [Bits; 2],
    /// With a text that is the word.
    whole: Bits,
    /// With a text that may have the word at its beginning, at that of a word, anywhere: each has the rows of the one
    /// before it. Of words of up to two letters these are all rows that have it so, and no others. The first two are made
    /// when they are needed.
    texts: [Bits; PLACES],
}

impl Index {
    /// Rows that have every word somewhere.
    pub(super) fn several(&self, wanted: &Wanted<'_>) -> Vec<Match> {
        let mut words: Vec<Rows<'_>> = Vec::new();
        let mut likely: Option<Bits> = None;
        for word in wanted.words {
            let rows = self.rows_of(word);
            let likely = likely.get_or_insert_with(|| rows.may(RANKS.len() - 1));
            if !words.is_empty() {
                likely.and(&rows.may(RANKS.len() - 1));
            }
            if likely.is_empty() {
                return Vec::new();
            }
            words.push(rows);
        }
        let mut search = Search::new(wanted, self.rows.len());
        if let Some(few) = likely.filter(|likely| likely.count() <= FEW) {
            let rank =
                |n: u32| words.iter().map(|rows| rows.rank(self, n)).try_fold(0, |worst, rank| Some(worst.max(rank?)));
            let mut ranked: Vec<(usize, u32)> = few.rows().filter_map(|n| Some((rank(n)?, n))).collect();
            crate::order::sort(&mut ranked);
            for (rank, n) in ranked {
                if let Some(rank) = RANKS.get(rank).filter(|_| search.counts(n)) {
                    search.push(n, *rank, None);
                }
            }
            return search.found;
        }
        words.iter_mut().for_each(|rows| self.with_starts(rows));
        for (at, rank) in RANKS.into_iter().enumerate() {
            let mut likely: Option<Bits> = None;
            for rows in &words {
                match &mut likely {
                    None => likely = Some(rows.may(at)),
                    Some(likely) => likely.and(&rows.may(at)),
                }
            }
            for n in likely.unwrap_or_default().rows() {
                if search.left() == 0 {
                    return search.found;
                }
                if search.counts(n) && words.iter().all(|rows| rows.has(self, n, at)) {
                    search.push(n, rank, None);
                }
            }
        }
        search.found
    }

    fn rows_of<'w>(&self, word: &'w Word) -> Rows<'w> {
        let set = || Bits::new(self.rows.len());
        let mut rows = Rows { word, codes: [set(), set()], whole: set(), texts: Default::default() };
        let [same, begun] = &mut rows.codes;
        for code in word.codes().filter(|code| self.codes.may_begin(code)) {
            let (exact, longer) = self.codes.begin(code);
            exact.filter_map(|place| self.codes.row(place)).for_each(|n| same.put(n));
            let begins = longer.filter(|place| self.codes.text(*place).starts_with(code));
            begins.filter_map(|place| self.codes.row(place)).for_each(|n| begun.put(n));
        }
        let [.., within] = &mut rows.texts;
        *within = match *word.units {
            [] => set(),
            [only] => self.pairs.letter(only).into_owned(),
            _ => self.pairs_of(&word.units).map_or_else(set, |pairs| self.with_pairs(&pairs)),
        };
        self.whole_rows(&word.units).for_each(|n| rows.whole.put(n));
        rows
    }

    /// Makes the sets of rows with a text that may have the word at its beginning, and at that of a word.
    fn with_starts(&self, rows: &mut Rows<'_>) {
        let [start, word_start, within] = &mut rows.texts;
        (*start, *word_start) = (Bits::new(self.rows.len()), Bits::new(self.rows.len()));
        let mut put = |pair: usize| {
            start.put_all(self.pairs.rows(pair, 0));
            word_start.put_all(self.pairs.rows(pair, 1));
        };
        match *rows.word.units {
            [] => {}
            [only] => self.pairs.beginning(only).for_each(&mut put),
            [first, second, ..] => {
                self.pairs.find(first, second).into_iter().for_each(&mut put);
                start.and(within);
                word_start.and(within);
            }
        }
        word_start.or(start);
    }
}

impl Rows<'_> {
    /// The rows that may match at a rank or a better one.
    fn may(&self, rank: usize) -> Bits {
        let [same, begun] = &self.codes;
        let mut all = self.whole.clone();
        all.or(same);
        if let Some(texts) = rank.checked_sub(1).and_then(|place| self.texts.get(place)) {
            all.or(begun);
            all.or(texts);
        }
        all
    }

    /// The rank of a row, as a place in [`RANKS`].
    fn rank(&self, index: &Index, n: u32) -> Option<usize> {
        let [same, begun] = &self.codes;
        if same.has(n) || self.whole.has(n) {
            return Some(0);
        }
        if begun.has(n) {
            return Some(1);
        }
        index.place(n, &self.word.units).map(|place| place + 1)
    }

    /// Whether a row that may match at a rank does.
    fn has(&self, index: &Index, n: u32, rank: usize) -> bool {
        let [same, begun] = &self.codes;
        let by_code = same.has(n) || (rank > 0 && begun.has(n));
        if by_code || self.whole.has(n) || self.word.units.len() < 3 {
            return true;
        }
        index.place(n, &self.word.units).is_some_and(|place| place < rank)
    }
}
