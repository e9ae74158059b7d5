//! Builds the index of one master, in pieces so that a page can go on drawing between them.

use core::cmp::Ordering;

use crate::{
    lookup::{
        fold::fold_units,
        keys::{self, Searched},
    },
    master::{
        MasterKind, Masters,
        schema::{self, Column, FROM, UNTIL},
    },
    pack::Table,
};

use super::{Codes, END, Entry, Index, LIMIT, hash, pairs::PairBuilder};

/// An index on its way.
pub(in crate::lookup) struct Builder {
    searched: &'static Searched,
    codes: Vec<Column>,
    texts: Vec<Column>,
    stage: Stage,
    gathered: Gathered,
    index: Index,
    pairs: PairBuilder,
}

enum Stage {
    Gather { layer: usize, row: usize },
    Arrange,
    Count { row: u32 },
    Fill { row: u32 },
    Done,
}

/// What is known of the rows before they have their numbers.
#[derive(Default)]
struct Gathered {
    rows: Vec<Gathering>,
    texts: Vec<u16>,
    /// Codes that are texts, as they are written: two of them may be folded alike.
    raw: String,
}

#[derive(Clone, Copy)]
struct Gathering {
    entry: Entry,
    text: (u32, u32),
    raw: (u32, u32),
    adopted: bool,
}

/// Buffers: an index over a whole master keeps none of its texts decoded in the pack.
#[derive(Default)]
struct Buffers {
    text: String,
    units: Vec<u16>,
}

impl Builder {
    pub(in crate::lookup) fn new(searched: &'static Searched) -> Self {
        Self {
            searched,
            codes: searched.columns(searched.codes),
            texts: searched.columns(searched.texts),
            stage: Stage::Gather { layer: 0, row: 0 },
            gathered: Gathered::default(),
            index: Index::default(),
            pairs: PairBuilder::default(),
        }
    }

    /// Goes on for about so many rows; whether the index is whole.
    pub(in crate::lookup) fn step(&mut self, masters: &Masters, rows: usize) -> bool {
        match self.stage {
            Stage::Gather { layer, row } => self.gather(masters, layer, row, rows),
            Stage::Arrange => {
                self.arrange();
                self.stage = Stage::Count { row: 0 };
            }
            Stage::Count { row } => {
                let end = self.end(row, rows);
                (row..end).for_each(|row| self.pairs.count(row, self.index.texts_of(row)));
                self.stage = Stage::Count { row: end };
                if end as usize == self.index.rows.len() {
                    self.pairs.arrange(self.index.rows.len());
                    self.stage = Stage::Fill { row: 0 };
                }
            }
            Stage::Fill { row } => {
                let end = self.end(row, rows);
                (row..end).for_each(|row| self.pairs.fill(row, self.index.texts_of(row)));
                self.stage = Stage::Fill { row: end };
                if end as usize == self.index.rows.len() {
                    self.index.pairs = core::mem::take(&mut self.pairs).finish();
                    self.stage = Stage::Done;
                }
            }
            Stage::Done => {}
        }
        matches!(self.stage, Stage::Done)
    }

    /// The rest of it, at once.
    pub(in crate::lookup) fn finish(mut self, masters: &Masters) -> Index {
        while !self.step(masters, usize::MAX) {}
        self.index
    }

    fn end(&self, row: u32, rows: usize) -> u32 {
        let end = (row as usize).saturating_add(rows).min(self.index.rows.len());
        u32::try_from(end).unwrap_or(u32::MAX)
    }

    fn gather(&mut self, masters: &Masters, layer: usize, from: usize, rows: usize) {
        let tag = schema::schema(self.searched.kind).tag;
        let Some(pack) = masters.packs().get(layer) else {
            self.stage = Stage::Arrange;
            return;
        };
        self.stage = Stage::Gather { layer: layer + 1, row: 0 };
        let Some(table) = pack.table(tag) else { return };
        let end = from.saturating_add(rows).min(table.rows());
        let mut buffers = Buffers::default();
        (from..end).for_each(|row| self.row(table, layer, row, &mut buffers));
        if end < table.rows() {
            self.stage = Stage::Gather { layer, row: end };
        }
    }

    fn row(&mut self, table: Table<'_>, layer: usize, row: usize, buffers: &mut Buffers) {
        let kind = self.searched.kind;
        let gathered = &mut self.gathered;
        let place = part(gathered.rows.len());
        let code = keys::code(kind, table, row);
        let raw = (part(gathered.raw.len()), part(gathered.raw.len() + code.len()));
        gathered.raw.push_str(&code);
        let codes = &mut self.index.codes;
        let code_at = codes.push(place, |units| _ = fold_units(&code, units));
        if let Some(other) = keys::other_code(kind, &code) {
            codes.push(place, |units| _ = fold_units(&other, units));
        }
        for column in &self.codes {
            keys::text_into(table, *column, row, &mut buffers.text);
            if !buffers.text.is_empty() {
                codes.push(place, |units| _ = fold_units(&buffers.text, units));
            }
        }
        let start = gathered.texts.len();
        let (mut length, mut even) = (0, false);
        if start < LIMIT {
            for (place, column) in self.texts.iter().enumerate() {
                keys::text_into(table, *column, row, &mut buffers.text);
                buffers.units.clear();
                let alike = fold_units(&buffers.text, &mut buffers.units);
                if place == 0 {
                    length = buffers.text.chars().count();
                    even = alike && length > 0;
                }
                // Many rows have the same text as their short and as their long name.
                let known = gathered.texts.get(start..).unwrap_or_default();
                if !buffers.units.is_empty() && !known.split(|unit| *unit == END).any(|text| text == buffers.units) {
                    gathered.texts.extend_from_slice(&buffers.units);
                    gathered.texts.push(END);
                }
            }
        }
        let number = |column: u16| u32::try_from(table.number(column, row)).unwrap_or(u32::MAX);
        let adopted = kind != MasterKind::Disease
            || schema::schema(kind)
                .column("adoption")
                .is_some_and(|column| matches!(table.number(column.id, row), 1 | 2));
        let entry = Entry {
            row: part(row),
            from: number(FROM),
            until: Some(number(UNTIL)).filter(|until| *until != 0).unwrap_or(u32::MAX),
            code: code_at,
            layer: u16::try_from(layer).unwrap_or(u16::MAX),
            length: u16::try_from(length).unwrap_or(u16::MAX),
            standing: 0,
            newest: false,
            contested: false,
            even,
        };
        gathered.rows.push(Gathering { entry, text: (part(start), part(gathered.texts.len())), raw, adopted });
    }

    /// Gives the rows their numbers.
    fn arrange(&mut self) {
        let mut gathered = core::mem::take(&mut self.gathered);
        let by_code = gathered.by_code(&self.index.codes);
        gathered.judge(&by_code);
        // Standing, length of the name, then the order of the codes.
        let mut order: Vec<(u64, u32)> = by_code
            .iter()
            .zip(0_u64..)
            .filter_map(|(place, at)| {
                let entry = gathered.rows.get(*place as usize)?.entry;
                Some((u64::from(entry.standing) << 60 | u64::from(entry.length) << 40 | at, *place))
            })
            .collect();
        crate::order::by_number(&mut order, |(key, _)| *key);
        let mut numbers = vec![u32::MAX; gathered.rows.len()];
        let index = &mut self.index;
        index.texts = Vec::with_capacity(gathered.texts.len());
        index.rows.reserve(order.len());
        index.starts.reserve(order.len() + 1);
        for (n, (_, place)) in (0_u32..).zip(order) {
            let Some(row) = gathered.rows.get(place as usize) else { continue };
            if let Some(number) = numbers.get_mut(place as usize) {
                *number = n;
            }
            index.rows.push(row.entry);
            index.starts.push(part(index.texts.len()));
            let texts = gathered.texts.get(row.text.0 as usize..row.text.1 as usize).unwrap_or_default();
            index.texts.extend_from_slice(texts);
            for text in texts.split(|unit| *unit == END).filter(|text| !text.is_empty()) {
                index.wholes.push(u64::from(hash(text)) << 32 | u64::from(n));
            }
        }
        index.starts.push(part(index.texts.len()));
        index.wholes.sort_unstable();
        index.codes.arrange(&numbers);
    }
}

impl Gathered {
    /// The rows by code, each code's from the oldest to the newest, of one day the pack that counts first.
    fn by_code(&self, codes: &Codes) -> Vec<u32> {
        let mut order: Vec<u32> = (0..part(self.rows.len())).collect();
        let row = |place: &u32| self.rows.get(*place as usize);
        crate::order::by(&mut order, |a, b| match (row(a), row(b)) {
            (Some(a), Some(b)) => {
                codes.at(a.entry.code).cmp(codes.at(b.entry.code)).then_with(|| self.raw(a).cmp(self.raw(b))).then_with(
                    || (a.entry.from, a.entry.layer, a.entry.row).cmp(&(b.entry.from, b.entry.layer, b.entry.row)),
                )
            }
            _ => Ordering::Equal,
        });
        order
    }

    fn raw(&self, row: &Gathering) -> &str {
        self.raw.get(row.raw.0 as usize..row.raw.1 as usize).unwrap_or_default()
    }

    /// Says of each row whether it is the newest of its code, whether the code goes on, and whether several packs have it.
    ///
    /// An edition says nothing of the days after the next revision: where all rows of a pack's table have an end, the last
    /// of these is that of its knowledge, and a code has ended if its newest row ends earlier.
    fn judge(&mut self, by_code: &[u32]) {
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
        let mut start = 0;
        while let Some(first) = by_code.get(start).and_then(|place| self.rows.get(*place as usize)) {
            let same =
                |place: &&u32| self.rows.get(**place as usize).is_some_and(|row| self.raw(row) == self.raw(first));
            let count = by_code.get(start..).unwrap_or_default().iter().take_while(same).count().max(1);
            let group = by_code.get(start..start + count).unwrap_or_default();
            let entries = || group.iter().filter_map(|place| self.rows.get(*place as usize)).map(|row| row.entry);
            let newest = entries().map(|entry| entry.from).max().unwrap_or(0);
            let layer = entries().filter(|entry| entry.from == newest).map(|entry| entry.layer).min().unwrap_or(0);
            let is_newest = |entry: Entry| entry.from == newest && entry.layer == layer;
            let until = entries().filter(|entry| is_newest(*entry)).map(|entry| entry.until).max();
            let ended = until < known.get(usize::from(layer)).copied();
            let contested = entries().any(|entry| entry.layer != layer);
            let all: Vec<Entry> = if contested { entries().collect() } else { Vec::new() };
            for place in group {
                if let Some(row) = self.rows.get_mut(*place as usize) {
                    row.entry.newest = is_newest(row.entry);
                    row.entry.standing = u8::from(ended) * 2 + u8::from(!row.adopted);
                    row.entry.show(&all);
                }
            }
            start += count;
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

fn part(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
