//! Reads packs in place. Opening checks every byte once; reading a number afterwards is an offset and a copy of at most
//! eight bytes, and a text is decoded when it is first asked for.

use std::sync::Arc;

use super::{
    ENTRY_LEN, HEADER_LEN, MAGIC, META, PackError, PackMeta, REQUIRED, STRINGS, Tag, VERSION, column::Column,
    places::Places, text::Texts, u16_at, u32_at, u64_at,
};

/// A checked pack. Cloning shares the bytes.
#[derive(Clone)]
pub struct Pack {
    bytes: Bytes,
    meta: PackMeta,
    strings: Arc<Texts>,
    tables: Arc<[TableIndex]>,
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
    /// The first row of each number in column 0, once somebody has asked.
    places: Places,
}

/// One table of a [`Pack`].
#[derive(Clone, Copy)]
pub struct Table<'p> {
    pack: &'p Pack,
    index: &'p TableIndex,
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
        self.tables.iter().find(|index| index.tag == tag).map(|index| Table { pack: self, index })
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
                meta = Some(serde_json::from_slice(data).map_err(|_| malformed("it is not the expected JSON"))?);
            } else if section.tag == STRINGS {
                let texts = Texts::check(data, section.start, section.rows);
                strings = Some(texts.ok_or_else(|| malformed("its texts are wrong"))?);
            } else if tables.iter().any(|table: &TableIndex| table.tag == section.tag) {
                return Err(malformed("it appears twice"));
            } else {
                tables.push(TableIndex::check(data, &section).ok_or_else(|| malformed("its columns are wrong"))?);
            }
        }
        if next != all.len() {
            return Err(PackError::Length { expected: next as u64, got: all.len() as u64 });
        }
        let missing = |tag| PackError::Malformed { tag, what: "it is missing" };
        let meta = meta.ok_or_else(|| missing(META))?;
        let strings = strings.ok_or_else(|| missing(STRINGS))?;
        Ok(Self { bytes, meta, strings: Arc::new(strings), tables: tables.into() })
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
    pub fn number(self, column: u16, row: usize) -> u64 {
        let column = self.index.columns.get(usize::from(column));
        if row < self.index.rows { column.map_or(0, |column| column.number(self.pack.bytes.get(), row)) } else { 0 }
    }

    /// The text in a column; empty past the end and for a column that the pack does not have.
    #[must_use]
    pub fn text(self, column: u16, row: usize) -> &'p str {
        self.pack.strings.get(self.pack.bytes.get(), self.number(column, row))
    }

    /// Writes the text in a column into a buffer, without keeping it decoded: for passes over a whole table.
    pub fn text_into(self, column: u16, row: usize, out: &mut String) {
        out.clear();
        self.pack.strings.decode_into(self.pack.bytes.get(), self.number(column, row), out);
    }

    /// The first row with this number in column 0, in a table sorted by that column.
    #[must_use]
    pub fn first_row(self, key: u64) -> Option<usize> {
        self.index.places.first(key, self.index.rows, |row| self.number(0, row))
    }

    /// The first row for which `before` is false, in a table sorted so that it is true for all earlier rows only.
    #[must_use]
    pub fn partition_point(self, mut before: impl FnMut(usize) -> bool) -> usize {
        let (mut low, mut high) = (0, self.index.rows);
        while low < high {
            let middle = low + (high - low) / 2;
            if before(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
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
    fn check(data: &[u8], section: &Entry) -> Option<Self> {
        let columns = u32_at(data, 0)? as usize;
        // A row takes at least one byte: columns of no width must not claim rows without end.
        let rows = usize::try_from(u32_at(data, 4)?).ok().filter(|rows| *rows <= data.len())?;
        let mut next = columns.checked_mul(Column::ENTRY_LEN)?.checked_add(8)?;
        let mut places = Vec::new();
        for entry in data.get(8..next)?.chunks_exact(Column::ENTRY_LEN) {
            let (id, column, end) = Column::check(entry, data, next, section.start, rows)?;
            next = end;
            if id >= places.len() {
                places.resize(id.checked_add(1)?, Column::default());
            }
            *places.get_mut(id)? = column;
        }
        (rows == section.rows && next == data.len()).then_some(Self {
            tag: section.tag,
            rows,
            columns: places,
            places: Places::default(),
        })
    }
}
