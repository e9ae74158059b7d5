//! Builds the index of one master, in pieces so that a page can go on drawing between them.

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

use super::{END, Entry, Index, LIMIT, arrange::Arranging, pairs::PairBuilder};

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
    Arrange(Box<Arranging>),
    Count { row: u32 },
    Fill { row: u32 },
    Done,
}

/// What is known of the rows before they have their numbers.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) rows: Vec<Gathering>,
    pub(super) texts: Vec<u16>,
    /// Codes that are texts, as they are written: two of them may be folded alike.
    pub(super) raw: String,
}

#[derive(Clone, Copy)]
pub(super) struct Gathering {
    pub(super) entry: Entry,
    pub(super) text: (u32, u32),
    pub(super) raw: (u32, u32),
    pub(super) adopted: bool,
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
        match &mut self.stage {
            Stage::Gather { layer, row } => {
                let (layer, row) = (*layer, *row);
                self.gather(masters, layer, row, rows);
            }
            Stage::Arrange(arranging) => {
                if arranging.step(&mut self.index, rows) {
                    self.stage = Stage::Count { row: 0 };
                }
            }
            Stage::Count { row } => {
                let row = *row;
                let end = self.end(row, rows);
                (row..end).for_each(|row| self.pairs.count(row, self.index.texts_of(row)));
                self.stage = Stage::Count { row: end };
                if end as usize == self.index.rows.len() {
                    self.pairs.arrange(self.index.rows.len());
                    self.stage = Stage::Fill { row: 0 };
                }
            }
            Stage::Fill { row } => {
                let row = *row;
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
            self.stage = Stage::Arrange(Box::new(Arranging::new(core::mem::take(&mut self.gathered))));
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
}

pub(super) fn part(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
