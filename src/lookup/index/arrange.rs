//! Gives the rows of one master their numbers, in pieces: by the order in which equal hits are shown.

use core::ops::Range;

use super::{
    END, Entry, Index,
    build::{Gathered, Gathering, part},
    codes::plain_head,
    hash,
    sorting::Sorting,
};

/// Rows on the way to their numbers.
pub(super) struct Arranging {
    gathered: Gathered,
    stage: Stage,
    /// Of each pack the last day that its table knows.
    known: Vec<u32>,
    /// The rows by code, each code's from the oldest to the newest, of one day the pack that counts first.
    by_code: Vec<(u64, u32)>,
    /// The number of each row.
    numbers: Vec<u32>,
    /// Hash of each whole text with its row.
    wholes: Vec<(u64, u32)>,
}

enum Stage {
    New,
    Heads(Sorting),
    Judge { from: usize },
    Order(Sorting),
    Number { order: Vec<(u64, u32)>, from: usize },
    Wholes(Sorting),
    Codes,
}

impl Arranging {
    pub(super) fn new(gathered: Gathered) -> Self {
        let (known, by_code, numbers, wholes) = Default::default();
        Self { gathered, stage: Stage::New, known, by_code, numbers, wholes }
    }

    /// Goes on for about so many rows; whether all have their numbers.
    pub(super) fn step(&mut self, index: &mut Index, rows: usize) -> bool {
        match &mut self.stage {
            Stage::New => {
                let head = |row: &Gathering| plain_head(index.codes.at(row.entry.code));
                let heads = self.gathered.rows.iter().map(head).zip(0..).collect();
                self.known = self.gathered.known();
                self.stage = Stage::Heads(Sorting::new(heads));
            }
            Stage::Heads(sorting) => {
                if let Some(by_code) = sorting.step() {
                    self.by_code = by_code;
                    self.stage = Stage::Judge { from: 0 };
                }
            }
            Stage::Judge { from } => {
                let (from, mut done) = (*from, *from);
                while let Some(heads) = alike(&self.by_code, done).filter(|_| done - from < rows) {
                    done = heads.end;
                    let same = self.by_code.get_mut(heads).unwrap_or_default();
                    self.gathered.sort(same, index);
                    self.gathered.judge(same, &self.known);
                }
                self.stage = Stage::Judge { from: done };
                if done >= self.by_code.len() {
                    self.stage = Stage::Order(Sorting::new(self.by_standing()));
                }
            }
            Stage::Order(sorting) => {
                if let Some(order) = sorting.step() {
                    self.numbers = vec![u32::MAX; order.len()];
                    self.stage = Stage::Number { order, from: 0 };
                }
            }
            Stage::Number { order, from } => {
                let end = from.saturating_add(rows).min(order.len());
                let next = order.get(*from..end).unwrap_or_default();
                number(index, &self.gathered, next, &mut self.numbers, &mut self.wholes);
                *from = end;
                if end == order.len() {
                    self.stage = Stage::Wholes(Sorting::new(core::mem::take(&mut self.wholes)));
                }
            }
            Stage::Wholes(sorting) => {
                if let Some(wholes) = sorting.step() {
                    index.wholes = wholes.into_iter().map(|(hash, n)| hash << 32 | u64::from(n)).collect();
                    index.codes.number(&self.numbers);
                    self.stage = Stage::Codes;
                }
            }
            Stage::Codes => return index.codes.arrange(rows),
        }
        false
    }

    /// The rows in the order of their codes, with standing and length of the name.
    fn by_standing(&self) -> Vec<(u64, u32)> {
        let standing = |place: u32| {
            let entry = self.gathered.rows.get(place as usize)?.entry;
            Some((u64::from(entry.standing) << 16 | u64::from(entry.length), place))
        };
        self.by_code.iter().filter_map(|(_, place)| standing(*place)).collect()
    }
}

/// The items from a place on that have the same number.
pub(super) fn alike(items: &[(u64, u32)], from: usize) -> Option<Range<usize>> {
    let rest = items.get(from..)?;
    let (head, _) = rest.first()?;
    Some(from..from + rest.iter().take_while(|(other, _)| other == head).count())
}

/// Adds rows to the index.
fn number(
    index: &mut Index,
    gathered: &Gathered,
    order: &[(u64, u32)],
    numbers: &mut [u32],
    wholes: &mut Vec<(u64, u32)>,
) {
    if index.rows.is_empty() {
        index.rows.reserve_exact(gathered.rows.len());
        index.starts.reserve_exact(gathered.rows.len() + 1);
        index.texts.reserve_exact(gathered.texts.len());
        index.starts.push(0);
    }
    for (_, place) in order {
        let Some(row) = gathered.rows.get(*place as usize) else { continue };
        let n = part(index.rows.len());
        if let Some(number) = numbers.get_mut(*place as usize) {
            *number = n;
        }
        index.rows.push(row.entry);
        let texts = gathered.texts.get(row.text.0 as usize..row.text.1 as usize).unwrap_or_default();
        index.texts.extend_from_slice(texts);
        index.starts.push(part(index.texts.len()));
        let texts = texts.split(|unit| *unit == END).filter(|text| !text.is_empty());
        wholes.extend(texts.map(|text| (u64::from(hash(text)), n)));
    }
}

impl Gathered {
    fn raw(&self, row: &Gathering) -> &str {
        self.raw.get(row.raw.0 as usize..row.raw.1 as usize).unwrap_or_default()
    }

    /// Of each pack the last day that its table knows.
    ///
    /// An edition says nothing of the days after the next revision: where all rows of a pack's table have an end, the last
    /// of these is that of its knowledge, and a code has ended if its newest row ends earlier.
    fn known(&self) -> Vec<u32> {
        let mut known: Vec<u32> = Vec::new();
        for entry in self.rows.iter().map(|row| row.entry) {
            let layer = usize::from(entry.layer);
            if layer >= known.len() {
                known.resize(layer + 1, 0);
            }
            if let Some(until) = known.get_mut(layer) {
                *until = entry.until.max(*until);
            }
        }
        known
    }

    /// Puts rows whose codes begin alike in the order of their codes, each code's from the oldest to the newest, of one day
    /// the pack that counts first.
    fn sort(&self, places: &mut [(u64, u32)], index: &Index) {
        let row = |place: &(u64, u32)| self.rows.get(place.1 as usize);
        crate::order::by(places, |a, b| match (row(a), row(b)) {
            (Some(a), Some(b)) => {
                let code = |row: &Gathering| index.codes.at(row.entry.code);
                let day = |row: &Gathering| (row.entry.from, row.entry.layer, row.entry.row);
                code(a).cmp(code(b)).then_with(|| self.raw(a).cmp(self.raw(b))).then_with(|| day(a).cmp(&day(b)))
            }
            _ => core::cmp::Ordering::Equal,
        });
    }

    /// Says of each row whether it is the newest of its code, whether the code goes on, and whether several packs have it.
    fn judge(&mut self, by_code: &[(u64, u32)], known: &[u32]) {
        let row = |place: u32| place as usize;
        let mut rest = by_code;
        while let Some(first) = rest.first().and_then(|(_, place)| self.rows.get(row(*place))) {
            let same = |(_, place): &&(u64, u32)| {
                self.rows.get(row(*place)).is_some_and(|row| self.raw(row) == self.raw(first))
            };
            let (group, after) = rest.split_at(rest.iter().take_while(same).count().max(1));
            rest = after;
            let entries = || group.iter().filter_map(|(_, place)| self.rows.get(row(*place))).map(|row| row.entry);
            let newest = entries().map(|entry| entry.from).max().unwrap_or(0);
            let layer = entries().filter(|entry| entry.from == newest).map(|entry| entry.layer).min().unwrap_or(0);
            let is_newest = |entry: Entry| entry.from == newest && entry.layer == layer;
            let until = entries().filter(|entry| is_newest(*entry)).map(|entry| entry.until).max();
            let ended = until < known.get(usize::from(layer)).copied();
            let contested = entries().any(|entry| entry.layer != layer);
            let all: Vec<Entry> = if contested { entries().collect() } else { Vec::new() };
            for (_, place) in group {
                if let Some(row) = self.rows.get_mut(row(*place)) {
                    row.entry.newest = is_newest(row.entry);
                    row.entry.standing = u8::from(ended) * 2 + u8::from(!row.adopted);
                    row.entry.show(&all);
                }
            }
        }
    }
}

impl Entry {
    /// Takes away the days on which packs that were added later have a row of its code.
    fn show(&mut self, all: &[Self]) {
        let above = || all.iter().filter(|other| other.layer < self.layer);
        let (mut from, mut until) = (self.from, self.until);
        for other in above() {
            if other.from <= from {
                from = from.max(other.until);
            }
            if other.until >= until {
                until = until.min(other.from);
            }
        }
        // What is left of days in the middle, or in an order that one pass does not see, is asked of the tables.
        self.contested = above().any(|other| other.from < until && from < other.until);
        (self.from, self.until) = (from, until);
    }
}
