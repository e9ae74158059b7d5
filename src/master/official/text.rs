//! From bytes to lines and fields. Official files are CP932 with CRLF and every field quoted; copies that somebody saved
//! again may be UTF-8, with LF, without quotes.

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// The encoding of a whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Cp932,
    Utf8,
}

/// How many lines say which encoding and which layout a file has.
const SAMPLE: usize = 1_000;

impl Encoding {
    /// Tells the encoding, and gives the bytes without their mark. Most lines decide: one broken line in a UTF-8 file
    /// must not turn the others into CP932.
    pub(super) fn detect(bytes: &[u8]) -> (Self, &[u8]) {
        if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
            return (Self::Utf8, rest);
        }
        let (mut utf8, mut other) = (0usize, 0usize);
        for line in lines(bytes).filter(|line| !line.bytes.is_ascii()).take(SAMPLE) {
            if core::str::from_utf8(line.bytes).is_ok() {
                utf8 += 1;
            } else {
                other += 1;
            }
        }
        (if utf8 > 0 && utf8 >= other { Self::Utf8 } else { Self::Cp932 }, bytes)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Cp932 => "CP932",
            Self::Utf8 => "UTF-8",
        }
    }

    /// The text of a field, or nothing when its bytes are none of the encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 => core::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Cp932 => encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes),
        }
    }

    /// The text of a field as well as it goes, for an error to show.
    pub(super) fn shown(self, bytes: &[u8]) -> String {
        match self.decode(bytes) {
            Some(text) => text.into_owned(),
            None => bytes.escape_ascii().to_string(),
        }
    }
}

/// One line of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: u64,
    /// Without its end.
    pub(super) bytes: &'a [u8],
    /// Whether the end was there.
    pub(super) ended: bool,
}

impl Line<'_> {
    /// Whether a quoted field is still open at the end. In CP932 no second byte of a character is a quote.
    pub(super) fn is_open(&self) -> bool {
        memchr::memchr_iter(b'"', self.bytes).count() % 2 == 1
    }
}

/// The lines of a file that hold anything. No official field holds a line break, so a line is a record.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut rest = bytes;
    let mut number = 0u64;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        number += 1;
        let (line, ended) = match memchr::memchr(b'\n', rest) {
            Some(end) => {
                let (line, after) = (rest.get(..end)?, rest.get(end + 1..)?);
                rest = after;
                (line, true)
            }
            None => (core::mem::take(&mut rest), false),
        };
        Some(Line { number, bytes: line.strip_suffix(b"\r").unwrap_or(line), ended })
    })
    .filter(|line| !line.bytes.is_empty())
}

/// Takes lines apart. In CP932 no second byte of a character is a comma or a quote, so that this needs no decoding.
pub(super) struct Splitter {
    reader: Reader,
    out: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
}

impl Splitter {
    /// More columns than any layout has.
    const LIMIT: usize = 256;

    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            out: Vec::new(),
            ends: vec![0; Self::LIMIT],
            count: 0,
        }
    }

    /// Splits a line; afterwards [`Splitter::get`] gives its fields. Returns how many there are, and nothing when there
    /// are more than any layout has.
    pub(super) fn split(&mut self, line: &[u8]) -> Option<usize> {
        self.reader.reset();
        self.count = 0;
        if self.out.len() < line.len() {
            self.out.resize(line.len(), 0);
        }
        let (result, _, written, ends) = self.reader.read_record(line, &mut self.out, &mut self.ends);
        if result != ReadRecordResult::InputEmpty {
            return None;
        }
        // The end of the line ends the last field.
        let (out, ends_left) = (self.out.get_mut(written..)?, self.ends.get_mut(ends..)?);
        let (result, _, _, last) = self.reader.read_record(&[], out, ends_left);
        if result != ReadRecordResult::Record {
            return None;
        }
        self.count = ends + last;
        Some(self.count)
    }

    /// Takes the cells of a row that came in no line.
    pub(super) fn fill(&mut self, cells: &[String]) -> Option<usize> {
        self.out.clear();
        self.count = 0;
        for (cell, end) in cells.iter().zip(&mut self.ends) {
            self.out.extend_from_slice(cell.as_bytes());
            *end = self.out.len();
        }
        self.count = cells.len();
        (cells.len() <= Self::LIMIT).then_some(self.count)
    }

    /// A field, from 0.
    pub(super) fn get(&self, index: usize) -> Option<&[u8]> {
        if index >= self.count {
            return None;
        }
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.out.get(start..*self.ends.get(index)?)
    }

    /// A field as text, when it is ASCII; counted from 1 as the publisher counts columns.
    pub(super) fn ascii(&self, column: usize) -> Option<&str> {
        let bytes = self.get(column.checked_sub(1)?)?;
        if bytes.is_ascii() { core::str::from_utf8(bytes).ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &[u8]) -> Option<Vec<Vec<u8>>> {
        let mut splitter = Splitter::new(b',');
        let count = splitter.split(line)?;
        Some((0..count).map(|i| splitter.get(i).unwrap().to_vec()).collect())
    }

    #[test]
    fn quoted_or_not() {
        let expected: Vec<Vec<u8>> = vec![b"0".into(), b"S".into(), b"".into(), b"a,b".into(), b"".into()];
        assert_eq!(fields(b"\"0\",\"S\",\"\",\"a,b\",\"\""), Some(expected));
        assert_eq!(fields(b"0,S,").unwrap().len(), 3);
        assert_eq!(fields(&b",".repeat(300)), None);
        assert_eq!(fields(&b",".repeat(255)).unwrap().len(), 256);
    }

    #[test]
    fn the_last_line_may_lack_its_end() {
        let all: Vec<_> = lines(b"a\r\n\r\nb\nc").map(|l| (l.number, l.bytes, l.ended)).collect();
        assert_eq!(all, [(1, &b"a"[..], true), (3, b"b", true), (4, b"c", false)]);
    }

    #[test]
    fn encodings() {
        let cp932 = b"\"\x8f\x89\x90f\x97\xbf\",\"\xbc\xae\"\r\n";
        assert_eq!(Encoding::detect(cp932).0, Encoding::Cp932);
        assert_eq!(Encoding::Cp932.decode(&cp932[1..7]).unwrap(), "初診料");
        assert_eq!(Encoding::detect("初診料\n再診料\n".as_bytes()).0, Encoding::Utf8);
        assert_eq!(Encoding::detect(b"\xef\xbb\xbf1").1, b"1");
        let mut broken = "初診料\n再診料\n外来\n".as_bytes().to_vec();
        broken[1] = 0x20;
        assert_eq!(Encoding::detect(&broken).0, Encoding::Utf8);
        assert_eq!(Encoding::Cp932.decode(b"\x8f"), None);
    }
}
