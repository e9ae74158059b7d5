//! The binary table format: columns read in place, every byte under a checksum. `docs/pack-format.md` has the layout.
//!
//! A pack is a header, a directory of sections and the sections themselves: [`META`] says where the rows come from,
//! [`STRINGS`] holds every distinct text once, and each table keeps its columns one after another at the smallest width
//! that holds their values. Nothing is decoded on opening: a number is read where it stands, a text is decoded when it is
//! first asked for. A damaged or unknown pack is refused with a [`PackError`] and never read half.

mod column;
mod days;
mod kept;
pub(crate) mod pair;
mod places;
mod reader;
mod section;
mod text;
mod words;
mod writer;

pub use reader::{Pack, Table};
pub use section::Section;
pub use writer::{Cell, PackWriter, TableRows};

use core::ops::Range;

use serde::{Deserialize, Serialize};

/// The first eight bytes of every pack.
pub const MAGIC: [u8; 8] = *b"SANTEIPK";
/// The format version that this engine writes; it reads the older ones too.
pub const VERSION: u16 = 2;

/// Where the rows come from: the [`PackMeta`] as JSON.
pub const META: Tag = Tag(*b"META");
/// Every distinct text of the pack, once.
pub const STRINGS: Tag = Tag(*b"STRS");

/// Columns that every table has: the code, the first day and the first day no longer in force (0: open).
pub(crate) const CODE: u16 = 0;
pub(crate) const FROM: u16 = 1;
pub(crate) const UNTIL: u16 = 2;

const HEADER_LEN: usize = 32;
const ENTRY_LEN: usize = 32;
/// Section flag: a reader that does not know the section must refuse the pack.
const REQUIRED: u16 = 1;

/// The four letters that name a section.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub [u8; 4]);

impl core::fmt::Display for Tag {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for byte in self.0 {
            write!(f, "{}", byte.escape_ascii())?;
        }
        Ok(())
    }
}

impl core::fmt::Debug for Tag {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(self, f)
    }
}

/// What a pack says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackMeta {
    /// Version of the engine that wrote the pack.
    pub engine: String,
    /// The files that the rows were read from.
    pub sources: Vec<PackSource>,
}

/// One file that went into a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackSource {
    /// File name without its folder.
    pub file: String,
    /// Which master: `procedure`, `drug`, `disease`, `modifier` …
    pub kind: String,
    /// Date of the edition, `YYYY-MM-DD`, where the file has one.
    pub edition: Option<String>,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// Data rows in the file.
    pub rows: u32,
}

/// Why bytes are not a pack that this engine can use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// The magic is missing.
    #[error("not a Santei pack: expected the first bytes `SANTEIPK`; build one with `santei pack DIR -o out.pack`")]
    NotAPack,
    /// Written by a newer engine.
    #[error(
        "the pack has format version {found}, this engine reads up to {VERSION}: use a newer Santei, or build the pack again with this one"
    )]
    Newer {
        /// The version found.
        found: u16,
    },
    /// Shorter or longer than its header says.
    #[error(
        "the pack has {got} bytes where its header says {expected}: it was cut short or something was appended; copy it again"
    )]
    Length {
        /// What the header says.
        expected: u64,
        /// What is there.
        got: u64,
    },
    /// A checksum does not hold.
    #[error("the pack's {part} is damaged (checksum differs): copy it or build it again")]
    Damaged {
        /// The header, the directory or a section's tag.
        part: String,
    },
    /// A section that must be understood is unknown.
    #[error("the pack needs section `{tag}` (version {version}), which this engine does not know: use a newer Santei")]
    UnknownRequired {
        /// The section.
        tag: Tag,
        /// Its version.
        version: u16,
    },
    /// The checksums hold but the contents make no sense.
    #[error("the pack's section `{tag}` is malformed: {what}; build the pack again")]
    Malformed {
        /// The section.
        tag: Tag,
        /// What is wrong.
        what: &'static str,
    },
    /// More rows, columns or text than the format holds.
    #[error("too much for one pack: {what}")]
    TooLarge {
        /// What overflowed.
        what: &'static str,
    },
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|b| u64::from_le_bytes(*b))
}

/// The first of these rows for which `before` is false.
fn point(rows: Range<usize>, mut before: impl FnMut(usize) -> bool) -> usize {
    let Range { start: mut low, end: mut high } = rows;
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

/// A length in the four bytes that the format gives it.
fn length(value: usize, what: &'static str) -> Result<u32, PackError> {
    u32::try_from(value).map_err(|_| PackError::TooLarge { what })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Tag = Tag(*b"TEST");

    fn sample() -> Vec<u8> {
        let mut writer = PackWriter::new(PackMeta { engine: "test".into(), sources: Vec::new() });
        let rows = vec![
            vec![Cell::Number(7), Cell::Text("初診料".into()), Cell::Number(0)],
            vec![Cell::Number(70_000), Cell::Text(String::new()), Cell::Number(0)],
            vec![Cell::Number(u64::MAX), Cell::Text("初診料".into()), Cell::Number(0)],
        ];
        writer.table(TABLE, TableRows { columns: vec![1, 2, 9], rows, pairs: false }).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn what_goes_in_comes_out() {
        let pack = Pack::from_vec(sample(), &[TABLE]).unwrap();
        let table = pack.table(TABLE).unwrap();
        assert_eq!(table.rows(), 3);
        assert_eq!((table.number(1, 0), table.number(1, 1), table.number(1, 2)), (7, 70_000, u64::MAX));
        assert_eq!((table.text(2, 0), table.text(2, 1), table.text(2, 2)), ("初診料", "", "初診料"));
        assert_eq!((table.number(9, 1), table.number(5, 0), table.number(1, 3)), (0, 0, 0));
    }

    #[test]
    fn many_texts_and_values() {
        // Enough distinct characters for codes of two bytes, enough rows for every kind of column.
        let name = |n: u32| -> String {
            (0..n % 7).filter_map(|k| char::from_u32(0x4e00 + (n * 31 + k * 977) % 6000)).collect()
        };
        let mut writer = PackWriter::new(PackMeta::default());
        let row = |n: u32| {
            let few = [1, 70_000, 5_000_000_000][(n % 3) as usize];
            vec![
                Cell::Number(u64::from(n) * 1_000_003),
                Cell::Text(name(n)),
                Cell::Number(few),
                Cell::Number(u64::from(n % 900) << 20),
            ]
        };
        let rows = (0..3_000).map(row).collect();
        writer.table(TABLE, TableRows { columns: vec![0, 1, 2, 3], rows, pairs: false }).unwrap();
        let pack = Pack::from_vec(writer.finish().unwrap(), &[TABLE]).unwrap();
        let table = pack.table(TABLE).unwrap();
        let mut buffer = String::new();
        for n in 0..3_000u32 {
            let at = n as usize;
            let cells = [
                Cell::Number(table.number(0, at)),
                Cell::Text(table.text(1, at).to_owned()),
                Cell::Number(table.number(2, at)),
                Cell::Number(table.number(3, at)),
            ];
            assert_eq!(cells.to_vec(), row(n));
            table.text_into(1, at, &mut buffer);
            assert_eq!(buffer, name(n));
        }
    }

    #[test]
    fn cut_anywhere_it_is_refused() {
        let bytes = sample();
        for end in 0..bytes.len() {
            assert!(Pack::from_vec(bytes[..end].to_vec(), &[TABLE]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn any_changed_byte_is_refused() {
        let bytes = sample();
        for at in 0..bytes.len() {
            for flip in [1, 0x80, 0xff] {
                let mut changed = bytes.clone();
                changed[at] ^= flip;
                assert!(Pack::from_vec(changed, &[TABLE]).is_err(), "byte {at} ^ {flip:#x}");
            }
        }
    }

    #[test]
    fn unknown_sections() {
        // Tables are required: a reader that would miss one could price a visit wrongly.
        assert!(matches!(Pack::from_vec(sample(), &[]), Err(PackError::UnknownRequired { tag: TABLE, version: 1 })));
        let mut writer = PackWriter::new(PackMeta::default());
        writer.optional(Tag(*b"NOTE"), b"anything".to_vec()).unwrap();
        assert!(Pack::from_vec(writer.finish().unwrap(), &[]).is_ok());
    }

    #[test]
    fn rows_without_bytes_are_refused() {
        // A few bytes must not claim four billion rows, which every search by day would walk through.
        let mut writer = PackWriter::new(PackMeta::default());
        let row = vec![Cell::Number(0)];
        writer.table(TABLE, TableRows { columns: vec![0], rows: vec![row; 3], pairs: false }).unwrap();
        let mut bytes = writer.finish().unwrap();
        let entry = HEADER_LEN + 2 * ENTRY_LEN;
        let start = bytes.len() - (8 + column::Column::ENTRY_LEN);
        bytes[start + 4..start + 8].copy_from_slice(&u32::MAX.to_le_bytes());
        bytes[entry + 24..entry + 28].copy_from_slice(&u32::MAX.to_le_bytes());
        let table = crc32fast::hash(&bytes[start..]);
        bytes[entry + 28..entry + 32].copy_from_slice(&table.to_le_bytes());
        mend(&mut bytes);
        let error = Pack::from_vec(bytes, &[TABLE]).unwrap_err();
        assert_eq!(error, PackError::Malformed { tag: TABLE, what: "its columns are wrong" });
    }

    #[test]
    fn a_section_appears_once() {
        for tag in [META, STRINGS, TABLE] {
            let mut writer = PackWriter::new(PackMeta::default());
            let table = || TableRows { columns: vec![0], rows: vec![vec![Cell::Number(1)]], pairs: false };
            writer.table(TABLE, table()).unwrap();
            writer.table(tag, table()).unwrap();
            let mut bytes = writer.finish().unwrap();
            mend(&mut bytes);
            let error = Pack::from_vec(bytes, &[TABLE]).unwrap_err();
            assert_eq!(error, PackError::Malformed { tag, what: "it appears twice" });
        }
    }

    #[test]
    fn a_newer_section() {
        // A section that this engine knows in another version: refused when it is required, else skipped like any other.
        let mut bytes = sample();
        let entry = HEADER_LEN + 2 * ENTRY_LEN;
        bytes[entry + 4] = 2;
        mend(&mut bytes);
        let error = Pack::from_vec(bytes.clone(), &[TABLE]).unwrap_err();
        assert_eq!(error, PackError::UnknownRequired { tag: TABLE, version: 2 });
        assert!(error.to_string().contains("`TEST` (version 2)"), "{error}");
        bytes[entry + 6] = 0;
        mend(&mut bytes);
        assert!(Pack::from_vec(bytes, &[TABLE]).unwrap().table(TABLE).is_none());
    }

    /// Makes the checksums of the directory and the header hold again.
    fn mend(bytes: &mut [u8]) {
        let sections = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
        let directory = crc32fast::hash(&bytes[HEADER_LEN..HEADER_LEN + sections * ENTRY_LEN]);
        bytes[24..28].copy_from_slice(&directory.to_le_bytes());
        let header = crc32fast::hash(&bytes[..28]);
        bytes[28..32].copy_from_slice(&header.to_le_bytes());
    }

    #[test]
    fn a_newer_version_says_so() {
        let mut bytes = sample();
        let found = VERSION + 1;
        bytes[8..10].copy_from_slice(&found.to_le_bytes());
        assert_eq!(Pack::from_vec(bytes, &[TABLE]).unwrap_err(), PackError::Newer { found });
    }

    #[test]
    fn a_column_that_no_schema_has_is_ignored() {
        let mut writer = PackWriter::new(PackMeta::default());
        let rows = vec![vec![Cell::Number(7), Cell::Number(8), Cell::Number(9)]];
        writer.table(TABLE, TableRows { columns: vec![0, 1_023, 1_024], rows, pairs: false }).unwrap();
        let pack = Pack::from_vec(writer.finish().unwrap(), &[TABLE]).unwrap();
        let table = pack.table(TABLE).unwrap();
        assert_eq!([0, 1_023, 1_024].map(|column| table.number(column, 0)), [7, 8, 0]);
    }

    #[test]
    fn a_relation_keeps_its_codes() {
        // Runs of many lengths, pairs with two periods, and columns of few values that share their places.
        let mut rows = Vec::new();
        for run in 0..300u64 {
            for second in 0..(run * 7 % 40 + 1) {
                for (from, until) in [(20_200_401, 20_240_601), (20_240_601, 0)].into_iter().skip((run % 2) as usize) {
                    let code = (111_000_110 + run * 10) * 1_000_000_000 + 112_000_000 + second * (run + 1);
                    let few = [code, from, until, second % 3, run % 5].map(Cell::Number);
                    rows.push(few.to_vec());
                }
            }
        }
        let mut writer = PackWriter::new(PackMeta::default());
        writer.table(TABLE, TableRows { columns: vec![0, 1, 2, 5, 6], rows: rows.clone(), pairs: true }).unwrap();
        let bytes = writer.finish().unwrap();
        assert!(bytes.len() < rows.len() * 4 + 6_000, "{} bytes for {} rows", bytes.len(), rows.len());
        let pack = Pack::from_vec(bytes, &[TABLE]).unwrap();
        let table = pack.table(TABLE).unwrap();
        for (at, row) in rows.iter().enumerate() {
            let read = [0, 1, 2, 5, 6].map(|column| Cell::Number(table.number(column, at)));
            assert_eq!(read.to_vec(), *row);
            let (first, second) = table.pair(at);
            assert!(table.run(first).contains(&at) && table.pair_rows(first, second).contains(&at));
            assert_eq!(table.pair_on(first, second, u32::try_from(table.number(FROM, at)).unwrap()), Some(at));
            assert_eq!(table.second(at), second);
        }
        assert!(table.run(111_000_111).is_empty() && table.pair_on(111_000_110, 1, 20_250_401).is_none());
        assert!(table.covers(20_200_401) && table.covers(20_240_601) && !table.covers(20_200_331));
        assert_eq!((table.number(0, rows.len()), table.pair(rows.len())), (0, (0, 0)));
    }
}
