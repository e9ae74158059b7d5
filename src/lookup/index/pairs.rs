//! Every pair of letters that stand together, with the rows in whose texts they do.

use core::ops::Range;
use std::borrow::Cow;

use crate::lookup::fold::word_starts;

use super::{Bits, END};

/// Where in its text a pair stands: at its beginning, where a word begins, elsewhere.
pub(super) const PLACES: usize = 3;

/// A pair or a letter that more than one row in so many has is kept as a set: then the set is no larger than a list.
const MANY: usize = 32;
/// In a small master lists are quick enough.
const FEW_ROWS: usize = 64;

/// The rows of each pair, a list for each place, in the order of the rows. The last letter of a text makes a pair with what
/// ends it, so that every letter is the first of a pair.
#[derive(Default)]
pub(super) struct Pairs {
    /// In order.
    keys: Vec<u32>,
    /// Where the lists of each pair end; each begins where the one before it ends.
    ends: Vec<u32>,
    rows: Vec<u32>,
    /// The pairs that many rows have, in order; of these the rows that have them elsewhere stand in no list.
    many: Vec<u32>,
    /// Of each of those: all its rows, and how many they are.
    sets: Vec<(Bits, u32)>,
    /// The letters that many rows have, in order, with these rows.
    letters: Vec<(u16, Bits)>,
    /// How many rows there are in all.
    total: usize,
}

impl Pairs {
    /// The place of a pair.
    pub(super) fn find(&self, first: u16, second: u16) -> Option<usize> {
        self.keys.binary_search(&key(first, second)).ok()
    }

    /// The places of all pairs that begin with a letter.
    pub(super) fn beginning(&self, first: u16) -> Range<usize> {
        let start = self.keys.partition_point(|known| *known < key(first, 0));
        let rest = self.keys.get(start..).unwrap_or_default();
        start..start + rest.partition_point(|known| *known <= key(first, u16::MAX))
    }

    /// The rows that have a pair at a place. Those that have it elsewhere are missing where [`Pairs::many`] knows them.
    pub(super) fn rows(&self, pair: usize, place: usize) -> &[u32] {
        let list = pair * PLACES + place;
        let end = |list: usize| self.ends.get(list).map_or(0, |end| *end as usize);
        let start = list.checked_sub(1).map_or(0, end);
        self.rows.get(start..end(list)).unwrap_or_default()
    }

    /// All rows of a pair that many have, and how many they are.
    pub(super) fn many(&self, pair: usize) -> Option<&(Bits, u32)> {
        let place = self.many.binary_search(&u32::try_from(pair).ok()?).ok()?;
        self.sets.get(place)
    }

    /// How many entries a pair has in all.
    pub(super) fn count(&self, pair: usize) -> usize {
        match self.many(pair) {
            Some((_, count)) => *count as usize,
            None => (0..PLACES).map(|place| self.rows(pair, place).len()).sum(),
        }
    }

    /// Puts all rows of a pair into a set.
    pub(super) fn put(&self, pair: usize, set: &mut Bits) {
        match self.many(pair) {
            Some((many, _)) => set.or(many),
            None => (0..PLACES).for_each(|place| set.put_all(self.rows(pair, place))),
        }
    }

    /// All rows of a pair.
    pub(super) fn set(&self, pair: usize) -> Cow<'_, Bits> {
        if let Some((many, _)) = self.many(pair) {
            return Cow::Borrowed(many);
        }
        let mut set = Bits::new(self.total);
        self.put(pair, &mut set);
        Cow::Owned(set)
    }

    /// All rows that have a letter.
    pub(super) fn letter(&self, letter: u16) -> Cow<'_, Bits> {
        if let Some((_, set)) =
            self.letters.binary_search_by_key(&letter, |(known, _)| *known).ok().and_then(|at| self.letters.get(at))
        {
            return Cow::Borrowed(set);
        }
        let mut set = Bits::new(self.total);
        self.beginning(letter).for_each(|pair| self.put(pair, &mut set));
        Cow::Owned(set)
    }

    /// Makes the sets of the letters that many rows have.
    fn with_letters(mut self) -> Self {
        let mut start = 0;
        while let Some(first) = self.keys.get(start).map(|key| key >> 16) {
            let rest = self.keys.get(start..).unwrap_or_default();
            let end = start + rest.partition_point(|key| key >> 16 == first);
            let count: usize = (start..end).map(|pair| self.count(pair)).sum();
            if is_many(count, self.total) {
                let mut set = Bits::new(self.total);
                (start..end).for_each(|pair| self.put(pair, &mut set));
                self.letters.push((u16::try_from(first).unwrap_or(0), set));
            }
            start = end;
        }
        self
    }
}

fn is_many(count: usize, rows: usize) -> bool {
    count > FEW_ROWS && count.saturating_mul(MANY) > rows
}

fn key(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

/// Gives every pair of some texts with its place.
fn each(texts: &[u16], mut with: impl FnMut(u32, usize)) {
    let mut before = END;
    for pair in texts.windows(2) {
        let [first, second] = *pair else { continue };
        if first != END {
            let place = match before {
                END => 0,
                _ if word_starts(before, first) => 1,
                _ => 2,
            };
            with(key(first, second), place);
        }
        before = first;
    }
}

/// Makes [`Pairs`] of rows that come in order: first every row is counted, then every row is filled in.
#[derive(Default)]
pub(super) struct PairBuilder {
    ids: Ids,
    /// Of each list: how many rows, later where the next one goes.
    counts: Vec<u32>,
    /// Of each list: the last row that was counted.
    last: Vec<u32>,
    /// Of each pair that many rows have, its place among them and one; 0 for the others.
    many: Vec<u32>,
    pairs: Pairs,
}

impl PairBuilder {
    pub(super) fn count(&mut self, row: u32, texts: &[u16]) {
        let (ids, counts, last) = (&mut self.ids, &mut self.counts, &mut self.last);
        each(texts, |pair, place| {
            let id = ids.of(pair);
            let list = id * PLACES + place;
            if list >= counts.len() {
                counts.resize((id + 1) * PLACES, 0);
                last.resize((id + 1) * PLACES, u32::MAX);
            }
            if let (Some(count), Some(last)) = (counts.get_mut(list), last.get_mut(list))
                && *last != row
            {
                *last = row;
                *count = count.saturating_add(1);
            }
        });
    }

    /// After all rows have been counted.
    pub(super) fn arrange(&mut self, rows: usize) {
        let pairs = &mut self.pairs;
        pairs.total = rows;
        self.many = vec![0; self.ids.keys.len()];
        let mut order: Vec<(u32, usize)> = self.ids.keys.iter().copied().zip(0..).collect();
        crate::order::by_number(&mut order, |(key, _)| u64::from(*key));
        let mut end = 0u32;
        for (key, id) in order {
            let lists = id * PLACES..(id + 1) * PLACES;
            let counts = self.counts.get_mut(lists).unwrap_or_default();
            let count = counts.iter().fold(0u32, |sum, count| sum.saturating_add(*count));
            if is_many(count as usize, rows)
                && let Some(many) = self.many.get_mut(id)
                && let Some(elsewhere) = counts.last_mut()
            {
                *elsewhere = 0;
                pairs.many.push(u32::try_from(pairs.keys.len()).unwrap_or(u32::MAX));
                pairs.sets.push((Bits::new(rows), 0));
                *many = u32::try_from(pairs.sets.len()).unwrap_or(0);
            }
            pairs.keys.push(key);
            for count in counts {
                let start = end;
                end = end.saturating_add(*count);
                *count = start;
                pairs.ends.push(end);
            }
        }
        pairs.rows = vec![0; end as usize];
        self.last.fill(u32::MAX);
    }

    pub(super) fn fill(&mut self, row: u32, texts: &[u16]) {
        let (ids, counts, last, pairs) = (&mut self.ids, &mut self.counts, &mut self.last, &mut self.pairs);
        each(texts, |pair, place| {
            let id = ids.of(pair);
            let many = self.many.get(id).and_then(|many| many.checked_sub(1));
            if let Some((set, _)) = many.and_then(|many| pairs.sets.get_mut(many as usize)) {
                set.put(row);
                if place + 1 == PLACES {
                    return;
                }
            }
            let list = id * PLACES + place;
            if let (Some(next), Some(last)) = (counts.get_mut(list), last.get_mut(list))
                && *last != row
            {
                *last = row;
                if let Some(slot) = pairs.rows.get_mut(*next as usize) {
                    *slot = row;
                }
                *next = next.saturating_add(1);
            }
        });
    }

    pub(super) fn finish(mut self) -> Pairs {
        for (set, count) in &mut self.pairs.sets {
            *count = u32::try_from(set.count()).unwrap_or(u32::MAX);
        }
        self.pairs.with_letters()
    }
}

/// A number for each pair, in the order in which they come: a hash table whose places are looked at one after another.
#[derive(Default)]
struct Ids {
    /// The number of the pair there and one; 0 for a free place. As many as a power of two.
    slots: Vec<u32>,
    keys: Vec<u32>,
}

impl Ids {
    fn of(&mut self, key: u32) -> usize {
        if self.keys.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = spread(key) & mask;
        loop {
            match self.slots.get_mut(at) {
                Some(slot) if *slot == 0 => {
                    self.keys.push(key);
                    *slot = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
                    return self.keys.len() - 1;
                }
                Some(slot) => {
                    let id = (*slot - 1) as usize;
                    if self.keys.get(id) == Some(&key) {
                        return id;
                    }
                }
                None => return 0,
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1024);
        self.slots = vec![0; size];
        for (number, key) in (1..).zip(&self.keys) {
            let mut at = spread(*key) & (size - 1);
            while self.slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & (size - 1);
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = number;
            }
        }
    }
}

fn spread(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> 7) as usize
}
