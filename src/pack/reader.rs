//! Reads packs in place. Opening checks every byte once; reading a number afterwards is an offset and a copy of at most
//! eight bytes, and a text is decoded when it is first asked for.

mod open;
mod relation;

use core::{
    ops::Range,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};
use std::sync::Arc;

use super::{
    CODE, FROM, PackError, PackMeta, Tag, UNTIL,
    column::{Column, Runs},
    days::{Spans, joined, period},
    kept::Kept,
    pair,
    places::{Newest, Places, Run},
    point,
    text::Texts,
};

pub(super) use open::Entry;

/// Periods that are gathered before touching ones are joined.
const MANY_PERIODS: usize = 64;

/// A checked pack. Cloning shares the bytes.
#[derive(Clone)]
pub struct Pack {
    bytes: Bytes,
    meta: PackMeta,
    strings: Arc<Texts>,
    tables: Arc<[TableIndex]>,
    /// For each tag that the opener knows the place of its table; past the end for none.
    known: Arc<[usize]>,
}

#[derive(Clone)]
enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
}

struct TableIndex {
    tag: Tag,
    rows: usize,
    /// Each column at the place of its id.
    columns: Vec<Column>,
    /// Of a relation, in place of column 0: the first codes, and the second ones.
    pairs: Option<(Runs, Column)>,
    /// When the rows are in force, if they share few periods.
    spans: Option<Spans>,
    places: Places,
    kept: Kept,
}

/// One table of a [`Pack`].
#[derive(Clone, Copy)]
pub struct Table<'p> {
    pack: &'p Pack,
    index: &'p TableIndex,
    /// One row's numbers, where they are at hand.
    row: Option<(usize, &'p [AtomicU64])>,
}

impl Pack {
    /// Opens bytes that live as long as the program, without copying them.
    ///
    /// `known` are the table sections that the caller understands.
    ///
    /// # Errors
    /// [`PackError`] for anything but a whole, undamaged pack of a known version.
    pub fn from_static(bytes: &'static [u8], known: &[Tag]) -> Result<Self, PackError> {
        Self::open(Bytes::Static(bytes), known)
    }

    /// Opens bytes read at run time.
    ///
    /// # Errors
    /// [`PackError`] for anything but a whole, undamaged pack of a known version.
    pub fn from_vec(bytes: Vec<u8>, known: &[Tag]) -> Result<Self, PackError> {
        Self::open(Bytes::Shared(bytes.into()), known)
    }

    /// What the pack says of itself.
    #[must_use]
    pub fn meta(&self) -> &PackMeta {
        &self.meta
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.get().len()
    }

    /// The bytes as they were opened.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get()
    }

    /// The table of this tag, if the pack has it.
    #[must_use]
    pub fn table(&self, tag: Tag) -> Option<Table<'_>> {
        self.tables.iter().find(|index| index.tag == tag).map(|index| Table { pack: self, index, row: None })
    }

    /// The table of the tag at this place of the list that the pack was opened with.
    #[must_use]
    #[inline]
    pub fn known(&self, place: usize) -> Option<Table<'_>> {
        let index = self.tables.get(*self.known.get(place)?)?;
        Some(Table { pack: self, index, row: None })
    }

    /// The tags of the pack's tables, in the order of the file.
    pub fn tags(&self) -> impl Iterator<Item = Tag> + '_ {
        self.tables.iter().map(|index| index.tag)
    }
}

impl core::fmt::Debug for Pack {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Pack").field("meta", &self.meta).field("size", &self.size()).finish_non_exhaustive()
    }
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl<'p> Table<'p> {
    /// Number of rows.
    #[must_use]
    pub fn rows(self) -> usize {
        self.index.rows
    }

    /// The number in a column; zero past the end and for a column that the pack does not have.
    #[must_use]
    #[inline]
    pub fn number(self, column: u16, row: usize) -> u64 {
        if let Some((_, cells)) = self.row.filter(|(at, _)| *at == row) {
            return cells.get(usize::from(column) + 1).map_or(0, |cell| cell.load(Relaxed));
        }
        // A column of one number for all rows has no end of its own.
        if row >= self.rows() {
            return 0;
        }
        if column == CODE && self.index.pairs.is_some() {
            let (first, second) = self.pair(row);
            return pair::joined(first, second);
        }
        let column = self.index.columns.get(usize::from(column));
        column.map_or(0, |column| column.number(self.bytes(), row))
    }

    /// The same table with a row's numbers at hand: one that is read column by column is gathered when it is first asked
    /// for, and kept. Not for passes over a whole table.
    #[must_use]
    pub(crate) fn keeping(self, row: usize) -> Self {
        if self.index.pairs.is_some() {
            return self;
        }
        let gather = || {
            let numbers = self.index.columns.iter().map(|column| column.number(self.bytes(), row));
            core::iter::once(0).chain(numbers).map(AtomicU64::new).collect()
        };
        let cells = self.index.kept.row(row, self.rows(), gather);
        Self { row: cells.map(|cells| (row, cells)), ..self }
    }

    /// A number that is made of a row's own, the same whoever makes it and below 2⁶³: kept where the row's numbers are at
    /// hand.
    #[inline]
    pub(crate) fn digest(self, row: usize, make: impl FnOnce() -> u64) -> u64 {
        const MADE: u64 = 1 << 63;
        let Some(cell) = self.row.filter(|(at, _)| *at == row).and_then(|(_, cells)| cells.first()) else {
            return make();
        };
        let mut digest = cell.load(Relaxed);
        if digest & MADE == 0 {
            digest = make() | MADE;
            cell.store(digest, Relaxed);
        }
        digest & !MADE
    }

    /// The text in a column; empty past the end and for a column that the pack does not have.
    #[must_use]
    pub fn text(self, column: u16, row: usize) -> &'p str {
        self.pack.strings.get(self.bytes(), self.number(column, row))
    }

    /// Writes the text in a column into a buffer, without keeping it decoded: for passes over a whole table.
    pub fn text_into(self, column: u16, row: usize, out: &mut String) {
        out.clear();
        self.pack.strings.decode_into(self.bytes(), self.number(column, row), out);
    }

    /// The first row of a code, in a table of codes that are numbers.
    #[must_use]
    pub fn first_row(self, code: u32) -> Option<usize> {
        self.rows_of(code).map(|rows| rows.start)
    }

    /// The newest row of a code, in a table of codes that are numbers.
    #[must_use]
    #[inline]
    pub fn last_row(self, code: u32) -> Option<usize> {
        self.newest(code).map(|newest| newest.row as usize)
    }

    /// The rows of a text, from the oldest to the newest, in a table whose codes are texts.
    #[must_use]
    pub fn named(self, name: &str) -> Range<usize> {
        let texts = || (0..self.rows()).map(|row| self.text(CODE, row)).collect();
        let run = self.index.places.name(name, texts);
        run.map_or(0..0, |run| run.start as usize..run.end as usize)
    }

    /// The row of a code that is in force on a day (`YYYYMMDD`), in a table of codes that are numbers.
    #[must_use]
    #[inline]
    pub fn row_on(self, code: u32, day: u32) -> Option<usize> {
        let newest = self.newest(code)?;
        if newest.alone_on(day) {
            return Some(newest.row as usize);
        }
        if newest.ends_before(day) {
            return None;
        }
        newest.rows().find(|row| self.in_force(*row, day))
    }

    /// Whether a row is in force on a day (`YYYYMMDD`): the order of such numbers is the order of days.
    #[must_use]
    #[inline]
    pub fn in_force(self, row: usize, day: u32) -> bool {
        row < self.rows() && self.days(row).contains(&day)
    }

    /// The days of a row: the first, and the first no longer in force, [`u32::MAX`] for an open row.
    #[inline]
    pub(crate) fn days(self, row: usize) -> Range<u32> {
        match &self.index.spans {
            Some(spans) => spans.get(self.bytes(), row).cloned().unwrap_or_default(),
            None => self.periods().get(row).cloned().unwrap_or_default(),
        }
    }

    /// The days of every row, in a table whose rows do not share a few periods.
    #[inline]
    fn periods(self) -> &'p [Range<u32>] {
        let of = |row| period(self.number(FROM, row), self.number(UNTIL, row));
        self.index.places.periods(|| (0..self.rows()).map(of).collect())
    }

    /// Whether the table has any row that is in force on a day (`YYYYMMDD`).
    #[must_use]
    #[inline]
    pub fn covers(self, day: u32) -> bool {
        let days = self.index.places.days(|| {
            if let Some(spans) = self.index.spans.as_ref().filter(|_| self.rows() > 0) {
                return joined(spans.all());
            }
            let mut all: Vec<Range<u32>> = Vec::new();
            for days in (0..self.rows()).map(|row| self.days(row)) {
                // Rows of a table share few periods: a short list holds them all.
                if !all.contains(&days) {
                    all.push(days);
                    if all.len() > MANY_PERIODS {
                        all = joined(&all).into();
                    }
                }
            }
            joined(&all)
        });
        days.iter().any(|days| days.contains(&day))
    }

    fn bytes(self) -> &'p [u8] {
        self.pack.bytes.get()
    }

    #[inline]
    fn newest(self, code: u32) -> Option<Newest> {
        self.index.places.code(code, self.rows(), |row| (self.number(CODE, row), self.days(row)))
    }

    /// The rows of a code, in a table of codes that are numbers.
    fn rows_of(self, code: u32) -> Option<Range<usize>> {
        self.newest(code).map(Newest::rows)
    }

    /// The first row for which `before` is false, in a table sorted so that it is true for all earlier rows only.
    #[must_use]
    pub fn partition_point(self, before: impl FnMut(usize) -> bool) -> usize {
        point(0..self.index.rows, before)
    }
}

/// A code or a day; the largest number for what is none.
fn part(stored: u64) -> u32 {
    u32::try_from(stored).unwrap_or(u32::MAX)
}
