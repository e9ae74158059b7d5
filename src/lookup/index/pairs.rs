//! Every pair of letters that stand together, with the rows in whose texts they do.

use core::ops::Range;
use std::borrow::Cow;

use crate::lookup::fold::word_starts;

use super::{
    Bits, END,
    slots::{Ids, Slots},
    sorting::Sorting,
};

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
    /// The place of each pair among them, by a hash.
    slots: Slots,
    /// Where the lists of each pair end; each begins where the one before it ends.
    ends: Vec<u32>,
    rows: Vec<u32>,
    /// Of each pair that many rows have, its place among the sets and one; 0 for the others. The rows that have such a pair
    /// elsewhere stand in no list.
    many: Vec<u16>,
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
        let key = key(first, second);
        self.slots.find(key, |place| self.keys.get(place).copied())
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
        let place = self.many.get(pair)?.checked_sub(1)?;
        self.sets.get(usize::from(place))
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
    lists: Vec<List>,
    pairs: Pairs,
}

/// A list on its way.
#[derive(Clone, Copy)]
struct List {
    /// How many rows, later where the next one goes.
    count: u32,
    /// The last row of it.
    last: u32,
}

impl List {
    fn at(count: u32) -> Self {
        Self { count, last: u32::MAX }
    }
}

impl PairBuilder {
    pub(super) fn count(&mut self, row: u32, texts: &[u16]) {
        let (ids, lists) = (&mut self.ids, &mut self.lists);
        each(texts, |pair, place| {
            let id = ids.of(pair);
            if (id + 1) * PLACES > lists.len() {
                lists.resize((id + 1) * PLACES, List::at(0));
            }
            if let Some(list) = lists.get_mut(id * PLACES + place).filter(|list| list.last != row) {
                list.last = row;
                list.count = list.count.saturating_add(1);
            }
        });
    }

    /// After all rows have been counted.
    pub(super) fn arrange(&mut self, rows: usize) {
        let Ids { slots, keys } = core::mem::take(&mut self.ids);
        let pairs = &mut self.pairs;
        (pairs.total, pairs.slots) = (rows, slots);
        let counts = core::mem::take(&mut self.lists);
        self.lists.reserve_exact(counts.len());
        let mut places = vec![0; keys.len()];
        let mut end = 0u32;
        let order = keys.iter().map(|key| u64::from(*key)).zip(0..).collect();
        for (_, id) in Sorting::new(order).finish() {
            let id = id as usize;
            let counts = counts.get(id * PLACES..(id + 1) * PLACES).unwrap_or_default();
            let count = counts.iter().fold(0u32, |sum, list| sum.saturating_add(list.count));
            let set = u16::try_from(pairs.sets.len() + 1).ok().filter(|_| is_many(count as usize, rows)).unwrap_or(0);
            if set > 0 {
                pairs.sets.push((Bits::new(rows), 0));
            }
            if let Some(place) = places.get_mut(id) {
                *place = pairs.keys.len();
            }
            pairs.many.push(set);
            pairs.keys.push(keys.get(id).copied().unwrap_or(0));
            for (place, list) in counts.iter().enumerate() {
                self.lists.push(List::at(end));
                // Those that have a frequent pair elsewhere stand in its set alone.
                let count = if set > 0 && place + 1 == PLACES { 0 } else { list.count };
                end = end.saturating_add(count);
                pairs.ends.push(end);
            }
        }
        pairs.rows = vec![0; end as usize];
        pairs.slots.rename(&places);
    }

    pub(super) fn fill(&mut self, row: u32, texts: &[u16]) {
        let (lists, pairs) = (&mut self.lists, &mut self.pairs);
        each(texts, |pair, place| {
            let Some(pair) = pairs.slots.find(pair, |place| pairs.keys.get(place).copied()) else { return };
            let many = pairs.many.get(pair).and_then(|many| many.checked_sub(1));
            if let Some((set, _)) = many.and_then(|many| pairs.sets.get_mut(usize::from(many))) {
                set.put(row);
                if place + 1 == PLACES {
                    return;
                }
            }
            if let Some(list) = lists.get_mut(pair * PLACES + place).filter(|list| list.last != row) {
                list.last = row;
                if let Some(slot) = pairs.rows.get_mut(list.count as usize) {
                    *slot = row;
                }
                list.count = list.count.saturating_add(1);
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
