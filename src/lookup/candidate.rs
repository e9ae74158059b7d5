//! Matching rows of all masters, and their order.

use core::{cmp::Ordering, ops::Range};

use super::{
    Rank,
    index::{Entry, Index, Match},
};

/// A matching row of some master.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'f> {
    pub(super) rank: Rank,
    /// Found with the numerals written the other way.
    pub(super) renumbered: bool,
    pub(super) place: usize,
    pub(super) index: &'f Index,
    pub(super) entry: &'f Entry,
    pub(super) found: Match,
    /// What mostly decides the order, the first first.
    key: u64,
}

impl<'f> Candidate<'f> {
    /// A row of the master at a place; `claimed` says whether claims name its rows.
    pub(super) fn new(
        place: usize,
        claimed: bool,
        index: &'f Index,
        entry: &'f Entry,
        found: Match,
        edits: u8,
    ) -> Self {
        let by_text = found.code.is_none();
        let first = [found.rank as u8, edits, entry.standing, u8::from(!claimed), u8::from(by_text)];
        let key = first.iter().fold(0, |key, part| key << 8 | u64::from(*part)) << 16;
        // Rows found by a code stand in the order of the codes; of the others the shorter name comes first.
        let key = if by_text { key | u64::from(entry.length) } else { key };
        Self { rank: found.rank, renumbered: false, place, index, entry, found, key }
    }

    /// The order of hits: see the documentation of the module.
    fn order(&self, other: &Self) -> Ordering {
        let code = |candidate: &Self| candidate.found.code.map_or(&[][..], |code| candidate.index.found_code(code));
        self.key
            .cmp(&other.key)
            .then_with(|| code(self).cmp(code(other)))
            .then_with(|| self.entry.length.cmp(&other.entry.length))
            .then_with(|| self.index.code(self.found.n).cmp(other.index.code(other.found.n)))
            .then_with(|| (self.place, self.found.n).cmp(&(other.place, other.found.n)))
    }
}

/// The first rows of several lists, each of which is in order.
pub(super) fn merged<'f>(all: &[Candidate<'f>], mut lists: Vec<Range<usize>>, need: usize) -> Vec<Candidate<'f>> {
    let mut first = Vec::with_capacity(need.min(all.len()));
    while first.len() < need {
        let heads = lists.iter().enumerate().filter_map(|(at, list)| Some((at, all.get(list.clone())?.first()?)));
        let Some((at, best)) = heads.min_by(|(_, a), (_, b)| a.order(b)) else { break };
        first.push(*best);
        if let Some(list) = lists.get_mut(at) {
            list.start += 1;
        }
    }
    first
}
