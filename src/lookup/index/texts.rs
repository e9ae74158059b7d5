//! The rows that have a word in their texts, the first ones of each way in which it may lie there.

use std::cell::OnceCell;

use crate::lookup::fold::word_starts;

use super::{Bits, END, Index, pairs::PLACES};

/// So many rows are compared letter by letter without further thought.
const FEW: usize = 96;
/// Sorting in one by one is quick for so many.
const SORTED: usize = 256;

/// A word in the texts of one master.
pub(super) struct Lying<'w> {
    word: &'w [u16],
    /// The pairs of the word, that of the fewest rows first.
    pairs: Vec<usize>,
    /// Of a word of three letters and more, once they are asked for.
    rows: OnceCell<Rows>,
}

/// The rows that may have the word.
enum Rows {
    /// The rows that have it, each with its best place.
    Found(Vec<(u32, usize)>),
    /// The rows that have all its pairs.
    Likely(Bits),
}

impl Index {
    /// The pairs of a word, that of the fewest rows first; nothing when the texts lack one.
    pub(super) fn pairs_of(&self, word: &[u16]) -> Option<Vec<usize>> {
        let mut pairs: Vec<(usize, usize)> = Vec::with_capacity(word.len());
        for pair in word.windows(2) {
            let [first, second] = pair else { continue };
            let pair = self.pairs.find(*first, *second)?;
            pairs.push((self.pairs.count(pair), pair));
        }
        crate::order::sort(&mut pairs);
        pairs.dedup();
        Some(pairs.into_iter().map(|(_, pair)| pair).collect())
    }

    /// The rows that have all of some pairs.
    pub(super) fn with_pairs(&self, pairs: &[usize]) -> Bits {
        let mut all: Option<Bits> = None;
        for pair in pairs {
            let own = self.pairs.set(*pair);
            match &mut all {
                None => all = Some(own.into_owned()),
                Some(all) => all.and(&own),
            }
        }
        all.unwrap_or_default()
    }

    /// A word as [`Index::first`] wants it; nothing when no text has it.
    pub(super) fn lying<'w>(&self, word: &'w [u16]) -> Option<Lying<'w>> {
        let pairs = if word.len() > 1 { self.pairs_of(word)? } else { Vec::new() };
        Some(Lying { word, pairs, rows: OnceCell::new() })
    }

    fn rows_with(&self, word: &[u16], pairs: &[usize]) -> Rows {
        let rarest = pairs.first().filter(|pair| self.pairs.count(**pair) <= FEW);
        let likely = rarest.map_or_else(|| self.with_pairs(pairs), |pair| self.pairs.set(*pair).into_owned());
        if likely.count() > FEW {
            return Rows::Likely(likely);
        }
        Rows::Found(likely.rows().filter_map(|n| Some((n, self.place(n, word)?))).collect())
    }

    /// The first rows with a text that has the word at a place: the beginning, where a word begins, anywhere. Rows that have it
    /// at a better place are not to be counted again.
    pub(super) fn first(&self, place: usize, lying: &Lying<'_>, need: usize, counts: &dyn Fn(u32) -> bool) -> Vec<u32> {
        let (pairs, word, anywhere) = (&self.pairs, lying.word, place + 1 == PLACES);
        let first = |rows: &mut dyn Iterator<Item = u32>| rows.filter(|n| counts(*n)).take(need).collect();
        match *word {
            [only] if anywhere => return first(&mut pairs.letter(only).rows()),
            [only] => return self.merged(pairs.beginning(only).map(|pair| pairs.rows(pair, place)), need, counts),
            [first_letter, second] => {
                let Some(pair) = pairs.find(first_letter, second) else { return Vec::new() };
                return match pairs.many(pair).filter(|_| anywhere) {
                    Some((many, _)) => first(&mut many.rows()),
                    None => first(&mut pairs.rows(pair, place).iter().copied()),
                };
            }
            _ => {}
        }
        let at = |n: &u32| counts(*n) && self.place(*n, word).is_some_and(|own| own <= place);
        let listed = if anywhere { &[][..] } else { lying.starting(self, place) };
        if !anywhere && listed.len() <= FEW {
            return listed.iter().copied().filter(at).take(need).collect();
        }
        match lying.rows.get_or_init(|| self.rows_with(word, &lying.pairs)) {
            Rows::Found(found) => first(&mut found.iter().filter(|(_, own)| *own <= place).map(|(n, _)| *n)),
            Rows::Likely(likely) if anywhere || listed.len() > likely.count() => {
                likely.rows().filter(at).take(need).collect()
            }
            Rows::Likely(likely) => listed.iter().copied().filter(|n| likely.has(*n)).filter(at).take(need).collect(),
        }
    }

    /// The first rows of several lists, each of which is in order.
    fn merged<'s>(
        &self,
        lists: impl Iterator<Item = &'s [u32]>,
        need: usize,
        counts: &dyn Fn(u32) -> bool,
    ) -> Vec<u32> {
        if need > SORTED {
            let mut all = Bits::new(self.rows.len());
            lists.for_each(|list| all.put_all(list));
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

    /// Where a row's texts have a word at best: 0 for the beginning of one, 1 for that of a word, 2 for elsewhere.
    pub(super) fn place(&self, n: u32, word: &[u16]) -> Option<usize> {
        let (first, rest) = word.split_first()?;
        let mut best = None;
        let mut before = END;
        let mut texts = self.texts_of(n);
        while let Some((unit, after)) = texts.split_first() {
            if unit == first && after.starts_with(rest) {
                if before == END {
                    return Some(0);
                }
                if best != Some(1) {
                    best = Some(if word_starts(before, *unit) { 1 } else { 2 });
                }
            }
            before = *unit;
            texts = after;
        }
        best
    }
}

impl Lying<'_> {
    /// The rows that have the word's first two letters at a place.
    fn starting<'i>(&self, index: &'i Index, place: usize) -> &'i [u32] {
        let [first, second, ..] = self.word else { return &[] };
        index.pairs.find(*first, *second).map_or(&[], |pair| index.pairs.rows(pair, place))
    }
}
