//! Opens a pack: the header, the directory and every section, each byte under one checksum and checked once.

use super::{
    super::{
        ENTRY_LEN, FROM, HEADER_LEN, MAGIC, META, PackError, REQUIRED, STRINGS, Tag, UNTIL, VERSION,
        column::{Column, Entries, Found},
        days::Spans,
        kept::Kept,
        places::Places,
        text::Texts,
        u16_at, u32_at, u64_at,
    },
    Bytes, Pack, TableIndex,
};
use std::sync::Arc;

/// Columns with higher ids are not known to any schema.
const MANY_COLUMNS: usize = 1_024;

impl Pack {
    pub(super) fn open(bytes: Bytes, known: &[Tag]) -> Result<Self, PackError> {
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

/// One entry of the directory.
pub(in crate::pack) struct Entry {
    pub(in crate::pack) tag: Tag,
    pub(in crate::pack) version: u16,
    pub(in crate::pack) flags: u16,
    start: usize,
    pub(in crate::pack) length: usize,
    pub(in crate::pack) rows: usize,
    checksum: u32,
}

impl Entry {
    pub(in crate::pack) fn read(bytes: &[u8]) -> Option<Self> {
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
