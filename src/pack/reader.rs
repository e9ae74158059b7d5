//! Reads packs in place. Opening checks every byte once; reading a number afterwards is an offset and a copy of at most
//! eight bytes, and a text is decoded when it is first asked for.

mod relation;

use core::{
    ops::Range,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};
use std::sync::Arc;

use super::{
    CODE, ENTRY_LEN, FROM, HEADER_LEN, MAGIC, META, PackError, PackMeta, REQUIRED, STRINGS, Tag, UNTIL, VERSION,
    column::{Column, Entries, Found, Runs},
    days::{Spans, joined, period},
    kept::Kept,
    pair,
    places::{Newest, Places, Run},
    point,
    text::Texts,
    u16_at, u32_at, u64_at,
};

/// Columns with higher ids are not known to any schema.
const MANY_COLUMNS: usize = 1_024;

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

    fn open(bytes: Bytes, known: &[Tag]) -> Result<Self, PackError> {
        let all = bytes.get();
        let header = all.get(..HEADER_LEN);
        if !all.starts_with(&MAGIC) {
            return Err(PackError::NotAPack);
        }
        let short = PackError::Length { expected: HEADER_LEN as u64, got: all.len() as u64 };
        let header = header.ok_or(short)?;
        let version = u16_at(header, 8).unwrap_or(0);
        if version > VERSION {
            return Err(PackError::Newer { found: version });
        }
        let damaged = |part: &str| PackError::Damaged { part: part.to_owned() };
        if version == 0 || header.get(..28).map(crc32fast::hash) != u32_at(header, 28) {
            return Err(damaged("header"));
        }
        let expected = u64_at(header, 16).unwrap_or(0);
        if expected != all.len() as u64 {
            return Err(PackError::Length { expected, got: all.len() as u64 });
        }
        let sections = u32_at(header, 12).map_or(0, |n| n as usize);
        let body = sections
            .checked_mul(ENTRY_LEN)
            .and_then(|length| length.checked_add(HEADER_LEN))
            .ok_or_else(|| damaged("header"))?;
        let directory = all.get(HEADER_LEN..body).ok_or_else(|| damaged("header"))?;
        if Some(crc32fast::hash(directory)) != u32_at(header, 24) {
            return Err(damaged("directory"));
        }

        let mut meta = None;
        let mut strings = None;
        let mut tables = Vec::new();
        let mut next = body;
        for entry in directory.chunks_exact(ENTRY_LEN) {
            let section = Entry::read(entry).ok_or_else(|| damaged("directory"))?;
            let malformed = |what| PackError::Malformed { tag: section.tag, what };
            // Sections follow each other without gaps, so that every byte is under one checksum.
            if section.start != next {
                return Err(malformed("it does not begin where the section before it ends"));
            }
            let end = section.start.checked_add(section.length).ok_or_else(|| malformed("its length is impossible"))?;
            let data = all.get(section.start..end).ok_or_else(|| malformed("it reaches past the end of the pack"))?;
            next = end;
            if crc32fast::hash(data) != section.checksum {
                return Err(damaged(&format!("section `{}`", section.tag)));
            }
            if section.version > 1 || !(known.contains(&section.tag) || [META, STRINGS].contains(&section.tag)) {
                if section.flags & REQUIRED != 0 {
                    return Err(PackError::UnknownRequired { tag: section.tag, version: section.version });
                }
            } else if (section.tag == META && meta.is_some()) || (section.tag == STRINGS && strings.is_some()) {
                return Err(malformed("it appears twice"));
            } else if section.tag == META {
                let read = core::str::from_utf8(data).ok().and_then(|text| serde_json::from_str(text).ok());
                meta = Some(read.ok_or_else(|| malformed("it is not the expected JSON"))?);
            } else if section.tag == STRINGS {
                let texts = Texts::check(data, section.start, section.rows);
                strings = Some(texts.ok_or_else(|| malformed("its texts are wrong"))?);
            } else if tables.iter().any(|table: &TableIndex| table.tag == section.tag) {
                return Err(malformed("it appears twice"));
            } else {
                tables.push(
                    TableIndex::check(all, data, &section, version)
                        .ok_or_else(|| malformed("its columns are wrong"))?,
                );
            }
        }
        if next != all.len() {
            return Err(PackError::Length { expected: next as u64, got: all.len() as u64 });
        }
        let missing = |tag| PackError::Malformed { tag, what: "it is missing" };
        let meta = meta.ok_or_else(|| missing(META))?;
        let strings = strings.ok_or_else(|| missing(STRINGS))?;
        let place = |tag: &Tag| tables.iter().position(|table| table.tag == *tag).unwrap_or(usize::MAX);
        let known = known.iter().map(place).collect();
        Ok(Self { bytes, meta, strings: Arc::new(strings), tables: tables.into(), known })
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

/// One entry of the directory.
pub(super) struct Entry {
    pub(super) tag: Tag,
    pub(super) version: u16,
    pub(super) flags: u16,
    start: usize,
    pub(super) length: usize,
    pub(super) rows: usize,
    checksum: u32,
}

impl Entry {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            tag: Tag(bytes.first_chunk().copied()?),
            version: u16_at(bytes, 4)?,
            flags: u16_at(bytes, 6)?,
            start: usize::try_from(u64_at(bytes, 8)?).ok()?,
            length: usize::try_from(u64_at(bytes, 16)?).ok()?,
            rows: u32_at(bytes, 24)? as usize,
            checksum: u32_at(bytes, 28)?,
        })
    }
}

impl TableIndex {
    fn check(pack: &[u8], data: &[u8], section: &Entry, version: u16) -> Option<Self> {
        let columns = u32_at(data, 0)? as usize;
        // A row takes at least one byte: columns of no width must not claim rows without end.
        let rows = usize::try_from(u32_at(data, 4)?).ok().filter(|rows| *rows <= data.len())?;
        let head = columns.checked_mul(Column::ENTRY_LEN)?.checked_add(8)?;
        let mut entries = Entries { version, data, base: section.start, rows, next: head, places: None };
        let (mut places, mut runs, mut seconds) = (Vec::new(), None, None);
        for entry in data.get(8..head)?.chunks_exact(Column::ENTRY_LEN) {
            match entries.read(entry)? {
                // No schema has so many; one column of a high id must not cost the memory of all below it.
                Found::Column(id, _) if id >= MANY_COLUMNS => {}
                Found::Column(id, column) => {
                    if id >= places.len() {
                        places.resize(id.checked_add(1)?, Column::default());
                    }
                    *places.get_mut(id)? = column;
                }
                Found::Second(column) => seconds = Some(column),
                Found::Runs(found) => runs = Some(found).filter(|runs| runs.fill(pack, rows)),
            }
        }
        let pairs = match (runs, seconds) {
            (None, None) => None,
            (Some(runs), Some(seconds)) => Some((runs, seconds)),
            _ => return None,
        };
        let spans = match (places.get(usize::from(FROM)), places.get(usize::from(UNTIL))) {
            (Some(from), Some(until)) => Spans::of(pack, from, until),
            _ => None,
        };
        (rows == section.rows && entries.next == data.len()).then_some(Self {
            tag: section.tag,
            rows,
            columns: places,
            pairs,
            spans,
            places: Places::default(),
            kept: Kept::default(),
        })
    }
}
