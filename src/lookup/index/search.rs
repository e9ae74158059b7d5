//! The best rows of one master for some words.

use crate::lookup::Rank;

use super::{Bits, END, Index, Lies, STANDINGS, hash, lies, pairs::PLACES};

/// A word of a query, folded.
pub(in crate::lookup) struct Word {
    pub(in crate::lookup) units: Vec<u16>,
    /// Another spelling of it, for codes.
    pub(in crate::lookup) code: Option<Vec<u16>>,
}

impl Word {
    fn codes(&self) -> impl Iterator<Item = &[u16]> {
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

/// A pair and how many entries it has.
type Pair = (usize, usize);

/// The rows found so far, the best first.
struct Search<'q> {
    need: usize,
    counts: &'q dyn Fn(u32) -> bool,
    found: Vec<Match>,
    seen: Bits,
}

impl Search<'_> {
    fn left(&self) -> usize {
        self.need.saturating_sub(self.found.len())
    }

    fn counts(&self, n: u32) -> bool {
        !self.seen.has(n) && (self.counts)(n)
    }

    fn push(&mut self, n: u32, rank: Rank, code: Option<u32>) {
        if self.left() > 0 && !self.seen.has(n) {
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
            found.sort_by_key(|found| (found.n, found.rank));
            found.dedup_by_key(|found| found.n);
            found.sort_by_key(|found| (found.rank, found.n));
            found.truncate(wanted.need);
        }
        found
    }

    fn one(&self, word: &Word, wanted: &Wanted<'_>) -> Vec<Match> {
        let seen = Bits::new(self.rows.len());
        let mut search = Search { need: wanted.need, counts: wanted.counts, found: Vec::new(), seen };
        // Most words stand in the texts of few masters: of the others only the codes are looked at.
        let rarest = self.rarest(&word.units);
        self.exact(word, rarest.is_some() || word.units.len() < 2, &mut search);
        self.beginning(word, rarest, &mut search);
        for (place, rank) in [(1, Rank::WordStart), (2, Rank::Contains)] {
            if search.left() > 0 {
                let rows = self.text_rows(place, &word.units, rarest, search.left(), &|n| search.counts(n));
                rows.into_iter().for_each(|n| search.push(n, rank, None));
            }
        }
        search.found
    }

    /// Rows with a code or a text that is the word; `texts` says whether any text may be.
    fn exact(&self, word: &Word, texts: bool, search: &mut Search<'_>) {
        let mut rows: Vec<(u8, bool, u32, Option<u32>)> = Vec::new();
        for code in word.codes() {
            for place in self.codes.begin(code).0 {
                let row = self.codes.row(place).filter(|n| search.counts(*n));
                rows.extend(row.map(|n| (self.standing(n), false, n, Some(place))));
            }
        }
        if texts {
            let whole = self.whole_rows(&word.units).filter(|n| search.counts(*n));
            rows.extend(whole.map(|n| (self.standing(n), true, n, None)));
        }
        rows.sort_unstable();
        rows.into_iter().for_each(|(_, _, n, code)| search.push(n, Rank::Exact, code));
    }

    /// Rows with a text that is the word.
    fn whole_rows<'s>(&'s self, word: &'s [u16]) -> impl Iterator<Item = u32> + 's {
        let hash = u64::from(hash(word));
        let start = self.wholes.partition_point(|whole| whole >> 32 < hash);
        let same = self.wholes.get(start..).unwrap_or_default().iter().take_while(move |whole| *whole >> 32 == hash);
        let rows = same.map(|whole| u32::try_from(whole & u64::from(u32::MAX)).unwrap_or(u32::MAX));
        rows.filter(move |n| self.texts_of(*n).split(|unit| *unit == END).any(|text| text == word))
    }

    /// Rows with a code or a text that begins with the word and goes on.
    fn beginning(&self, word: &Word, rarest: Option<Pair>, search: &mut Search<'_>) {
        let left = search.left();
        if left == 0 {
            return;
        }
        // In the order of the codes, for each standing; most rows are of the best, so that the first few codes are enough.
        let mut by_code: [Vec<(u32, u32)>; STANDINGS] = Default::default();
        let mut listed: Option<Bits> = None;
        for code in word.codes() {
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
            by_code.iter_mut().for_each(|list| list.sort_by(|a, b| (text(a), a.0).cmp(&(text(b), b.0))));
        }
        let texts = self.text_rows(0, &word.units, rarest, left, &|n| search.counts(n));
        let mut texts = texts.into_iter().peekable();
        for (standing, codes) in (0..).zip(by_code) {
            codes.into_iter().for_each(|(n, place)| search.push(n, Rank::Prefix, Some(place)));
            while let Some(n) = texts.next_if(|n| self.standing(*n) <= standing) {
                search.push(n, Rank::Prefix, None);
            }
        }
    }

    /// The first rows with a text that has the word at a place: the beginning, where a word begins, anywhere. `rarest` is
    /// the word's rarest pair, if it has pairs and the texts have them all.
    fn text_rows(
        &self,
        place: usize,
        word: &[u16],
        rarest: Option<Pair>,
        need: usize,
        counts: &dyn Fn(u32) -> bool,
    ) -> Vec<u32> {
        let pairs = &self.pairs;
        match word {
            [] => Vec::new(),
            [only] => self.first_rows(pairs.beginning(*only).map(|pair| pairs.rows(pair, place)), need, counts),
            [_, _] => {
                let list = rarest.map_or(&[][..], |(pair, _)| pairs.rows(pair, place));
                list.iter().copied().filter(|n| counts(*n)).take(need).collect()
            }
            [first, second, ..] => {
                let Some((rarest, count)) = rarest else { return Vec::new() };
                let holds = |n| counts(n) && self.holds(n, word, place);
                let own = pairs.find(*first, *second).map_or(&[][..], |pair| pairs.rows(pair, place));
                if own.len() <= count {
                    return own.iter().copied().filter(|n| holds(*n)).take(need).collect();
                }
                self.first_rows((0..PLACES).map(|place| pairs.rows(rarest, place)), need, &holds)
            }
        }
    }

    /// The pair of a word of which the texts have fewest; nothing when they lack one.
    pub(super) fn rarest(&self, word: &[u16]) -> Option<Pair> {
        let mut best: Option<Pair> = None;
        for pair in word.windows(2) {
            let [first, second] = pair else { continue };
            let pair = self.pairs.find(*first, *second)?;
            let count = self.pairs.count(pair);
            if best.is_none_or(|(_, fewest)| count < fewest) {
                best = Some((pair, count));
            }
        }
        best
    }

    /// The first rows of several lists, each of which is in order.
    fn first_rows<'s>(
        &self,
        lists: impl Iterator<Item = &'s [u32]>,
        need: usize,
        counts: &dyn Fn(u32) -> bool,
    ) -> Vec<u32> {
        // Sorting in one by one is quick for a few; for many a set is.
        if need > 256 {
            let mut all = Bits::new(self.rows.len());
            lists.flatten().for_each(|n| all.put(*n));
            return all.rows().filter(|n| counts(*n)).take(need).collect();
        }
        let mut first: Vec<u32> = Vec::new();
        for list in lists {
            for n in list {
                if first.len() >= need && first.last().is_none_or(|last| n >= last) {
                    break;
                }
                if let Err(place) = first.binary_search(n)
                    && counts(*n)
                {
                    first.insert(place, *n);
                    first.truncate(need);
                }
            }
        }
        first
    }

    /// Whether a text of the row has the word at a place.
    pub(super) fn holds(&self, n: u32, word: &[u16], place: usize) -> bool {
        let texts = self.texts_of(n);
        if place == 0 {
            return texts.split(|unit| *unit == END).any(|text| text.starts_with(word));
        }
        let Some((first, rest)) = word.split_first() else { return true };
        let mut before = END;
        for (at, unit) in texts.iter().enumerate() {
            if unit == first
                && texts.get(at + 1..).is_some_and(|after| after.starts_with(rest))
                && (place > 1 || (before != END && crate::lookup::fold::word_starts(before, *unit)))
            {
                return true;
            }
            before = *unit;
        }
        false
    }

    /// Rows that have every word somewhere; the rank is that of the word that matches worst.
    fn several(&self, wanted: &Wanted<'_>) -> Vec<Match> {
        let mut sets: Option<[Bits; 4]> = None;
        for word in wanted.words {
            let own = self.sets(word);
            match &mut sets {
                None => sets = Some(own),
                Some(sets) => sets.iter_mut().zip(&own).for_each(|(set, own)| set.and(own)),
            }
        }
        let Some(sets) = sets else { return Vec::new() };
        let seen = Bits::new(self.rows.len());
        let mut search = Search { need: wanted.need, counts: wanted.counts, found: Vec::new(), seen };
        for (set, rank) in sets.iter().zip([Rank::Exact, Rank::Prefix, Rank::WordStart, Rank::Contains]) {
            for n in set.rows() {
                if search.left() == 0 {
                    break;
                }
                if search.counts(n) {
                    search.push(n, rank, None);
                }
            }
        }
        search.found
    }

    /// The rows that match a word exactly, at least at the beginning of a text, at least at that of a word, at all.
    fn sets(&self, word: &Word) -> [Bits; 4] {
        let mut sets = [(); 4].map(|()| Bits::new(self.rows.len()));
        {
            let [exact, start, word_start, within] = &mut sets;
            for code in word.codes() {
                let (same, longer) = self.codes.begin(code);
                same.filter_map(|place| self.codes.row(place)).for_each(|n| exact.put(n));
                let begins = longer.filter(|place| self.codes.text(*place).starts_with(code));
                begins.filter_map(|place| self.codes.row(place)).for_each(|n| start.put(n));
            }
            self.whole_rows(&word.units).for_each(|n| exact.put(n));
            let lists = [start, word_start, within];
            match *word.units {
                [] => {}
                [first] => {
                    let [start, word_start, within] = lists;
                    for pair in self.pairs.beginning(first) {
                        self.put(pair, [&mut *start, &mut *word_start, &mut *within]);
                    }
                }
                [first, second] => {
                    if let Some(pair) = self.pairs.find(first, second) {
                        self.put(pair, lists);
                    }
                }
                _ => {
                    let [start, word_start, within] = lists;
                    self.each_with(&word.units, &mut |n, how| match how {
                        Lies::Whole | Lies::Start => start.put(n),
                        Lies::WordStart => word_start.put(n),
                        Lies::Within => within.put(n),
                    });
                }
            }
        }
        let mut better = Bits::new(self.rows.len());
        for set in &mut sets {
            set.or(&better);
            better.or(set);
        }
        sets
    }

    fn put(&self, pair: usize, lists: [&mut Bits; PLACES]) {
        for (place, list) in lists.into_iter().enumerate() {
            self.pairs.rows(pair, place).iter().for_each(|n| list.put(*n));
        }
    }

    /// Every row with a text that has the word, which is longer than two letters, and how it lies at best.
    fn each_with(&self, word: &[u16], with: &mut dyn FnMut(u32, Lies)) {
        let Some((rarest, _)) = self.rarest(word) else { return };
        for place in 0..PLACES {
            for n in self.pairs.rows(rarest, place) {
                let texts = self.texts_of(*n).split(|unit| *unit == END);
                if let Some(how) = texts.filter_map(|text| lies(text, word)).map(|(how, _)| how).min() {
                    with(*n, how);
                }
            }
        }
    }
}
