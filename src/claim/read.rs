//! Goes through a claim file of any size in bounded memory, and loses no byte of it.
//!
//! A [`Batch`] is a stretch of the file: whole segments, each a facility, a claim or the totals. What a segment is, its first line
//! says; every line that follows belongs to it, also one that nobody knows, an empty one, or the end mark (0x1A).

mod heads;
mod lines;
mod scan;

use std::{
    io::{self, Read},
    sync::Arc,
};

pub(in crate::claim) use heads::is_payer;
pub(crate) use heads::{Head, heads};
pub use lines::Line;
use lines::lines;
use scan::{Mark, Scan, Step};

use super::{record::Record, text::Encoding};

/// Most bytes of a line. The longest that the specification allows has 2,407.
pub const MAX_LINE: usize = 64 * 1024;
/// Most bytes of one claim that are looked at together.
pub const MAX_SEGMENT: usize = 4 * 1024 * 1024;
/// Bytes of the file that make a batch.
const CHUNK: usize = 256 * 1024;

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentKind {
    /// `IR` and what follows up to the first claim.
    Facility,
    /// `RE` and what follows up to the next claim.
    Claim,
    /// `GO` and what follows.
    Total,
    /// Lines that nothing before them explains: at the beginning of a file, or behind a line too long to be held.
    Rest,
    /// Further lines of a claim longer than [`MAX_SEGMENT`].
    Continued,
    /// A line longer than [`MAX_LINE`], or a part of it.
    Overlong,
}

/// Whole segments of a file, one behind the other.
#[derive(Debug, Clone)]
pub struct Batch {
    bytes: Vec<u8>,
    marks: Vec<Mark>,
    encoding: Encoding,
    /// The line `IR` that holds for the first segment.
    facility: Option<Arc<[u8]>>,
}

/// A facility, a claim, the totals, or lines between them.
#[derive(Debug, Clone, Copy)]
pub struct Segment<'a> {
    kind: SegmentKind,
    line: u64,
    bytes: &'a [u8],
    encoding: Encoding,
    facility: Option<&'a [u8]>,
}

impl Batch {
    /// The bytes as they stand in the file. All batches together are the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How the file's texts are encoded.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The segments in their order.
    pub fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        let mut facility = self.facility.as_deref();
        let ends = self.marks.iter().skip(1).map(|mark| mark.start).chain([self.bytes.len()]);
        self.marks.iter().zip(ends).map(move |(mark, end)| {
            let bytes = self.bytes.get(mark.start..end).unwrap_or_default();
            let mut segment = Segment { kind: mark.kind, line: mark.line, bytes, encoding: self.encoding, facility };
            if mark.kind == SegmentKind::Facility {
                facility = segment.lines().find(|line| !line.text.is_empty()).map(|line| line.text);
                segment.facility = facility;
            }
            segment
        })
    }
}

impl<'a> Segment<'a> {
    /// What it is.
    #[must_use]
    pub const fn kind(self) -> SegmentKind {
        self.kind
    }

    /// Number of its first line in the file.
    #[must_use]
    pub const fn first_line(self) -> u64 {
        self.line
    }

    /// Its bytes as they stand in the file.
    #[must_use]
    pub const fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    /// How its texts are encoded.
    #[must_use]
    pub const fn encoding(self) -> Encoding {
        self.encoding
    }

    /// The line `IR` of the facility that it belongs to.
    #[must_use]
    pub fn facility(self) -> Option<Record<'a>> {
        self.facility.map(|line| Record::new(0, line, self.encoding))
    }

    /// Its lines, also the empty ones. A line that is too long has none.
    pub fn lines(self) -> impl Iterator<Item = Line<'a>> {
        let bytes = if self.kind == SegmentKind::Overlong { &[] } else { self.bytes };
        lines(bytes, self.line)
    }

    /// Its records: the lines that have something in them.
    pub fn records(self) -> impl Iterator<Item = Record<'a>> {
        let encoding = self.encoding;
        let written = self.lines().filter(|line| !line.text.is_empty());
        written.map(move |line| Record::new(line.number, line.text, encoding))
    }
}

/// Reads a file batch by batch.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    scan: Scan,
    buffer: Vec<u8>,
    ended: bool,
    encoding: Option<Encoding>,
    facility: Option<Arc<[u8]>>,
    chunk: usize,
}

impl<R: Read> Reader<R> {
    /// A reader from the beginning of a file.
    pub fn new(input: R) -> Self {
        let scan = Scan::default();
        Self { input, scan, buffer: Vec::new(), ended: false, encoding: None, facility: None, chunk: CHUNK }
    }

    /// The same with batches of about so many bytes.
    #[must_use]
    pub fn with_batches_of(mut self, bytes: usize) -> Self {
        self.chunk = bytes.max(1);
        self
    }

    /// The next batch; nothing at the end.
    ///
    /// # Errors
    /// Those of the input.
    pub fn next_batch(&mut self) -> io::Result<Option<Batch>> {
        loop {
            match self.scan.step(&self.buffer, self.chunk, self.ended) {
                Step::More => self.fill()?,
                Step::Cut(end) => return Ok(Some(self.cut(end))),
                Step::End => return Ok(None),
            }
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let start = self.buffer.len();
        self.buffer.resize(start + self.chunk.min(CHUNK), 0);
        let read = loop {
            match self.input.read(self.buffer.get_mut(start..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(start + read.as_ref().map_or(0, |read| *read));
        self.ended = read? == 0;
        Ok(())
    }

    /// Takes what is before `end` out of the buffer.
    fn cut(&mut self, end: usize) -> Batch {
        let rest = self.buffer.split_off(end);
        let bytes = core::mem::replace(&mut self.buffer, rest);
        let marks = self.scan.take(end);
        if self.encoding.is_none() {
            self.encoding = scan::encoding(&bytes);
        }
        let batch =
            Batch { bytes, marks, encoding: self.encoding.unwrap_or(Encoding::Cp932), facility: self.facility.clone() };
        if let Some(last) = batch.segments().filter(|segment| segment.kind == SegmentKind::Facility).last() {
            self.facility = last.facility.map(Arc::from);
        }
        batch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(file: &[u8], chunk: usize) -> Vec<(SegmentKind, u64, usize)> {
        let mut reader = Reader::new(file).with_batches_of(chunk);
        let mut all = Vec::new();
        let mut bytes = Vec::new();
        while let Some(batch) = reader.next_batch().unwrap() {
            let segments = batch.segments().map(|segment| (segment.kind, segment.line, segment.records().count()));
            all.extend(segments);
            bytes.extend_from_slice(batch.bytes());
        }
        assert!(bytes == file);
        all
    }

    #[test]
    fn segments_of_two_facilities() {
        let file = b"IR,1\r\nRE,1\r\nSI\r\nRE,2\nGO,1\r\n\x1aIR,2\rRE,1\r\n\r\nXX\r\nGO,1,2,99";
        use SegmentKind::{Claim, Facility, Total};
        let expected = [
            (Facility, 1, 1),
            (Claim, 2, 2),
            (Claim, 4, 1),
            (Total, 5, 1),
            (Facility, 6, 1),
            (Claim, 7, 2),
            (Total, 10, 1),
        ];
        for chunk in [1, 2, 3, 5, 7, 11, 1000] {
            assert_eq!(kinds(file, chunk), expected, "{chunk}");
        }
    }

    #[test]
    fn the_facility_of_a_claim() {
        let file = b"IR,1\r\nRE,1\r\nRE,2\r\nIR,2\r\nRE,3\r\n";
        for chunk in [1, 6, 1000] {
            let mut reader = Reader::new(&file[..]).with_batches_of(chunk);
            let mut facilities = Vec::new();
            while let Some(batch) = reader.next_batch().unwrap() {
                let claims = batch.segments().filter(|segment| segment.kind == SegmentKind::Claim);
                facilities.extend(claims.map(|claim| claim.facility().unwrap().field(2).to_vec()));
            }
            assert_eq!(facilities, [b"1", b"1", b"2"]);
        }
    }

    #[test]
    fn a_long_line_is_passed_over_and_kept() {
        let mut file = b"IR,1\r\nRE,1\r\nCO,".to_vec();
        file.resize(file.len() + 3 * MAX_LINE, b'x');
        file.extend_from_slice(b"\r\nSI,1\r\nRE,2\r\nGO,2\r\n");
        use SegmentKind::{Claim, Facility, Overlong, Rest, Total};
        for chunk in [1000, CHUNK] {
            let mut segments = kinds(&file, chunk);
            segments.dedup_by_key(|(kind, ..)| *kind);
            let expected =
                [(Facility, 1, 1), (Claim, 2, 1), (Overlong, 3, 0), (Rest, 4, 1), (Claim, 5, 1), (Total, 6, 1)];
            assert_eq!(segments, expected);
        }
    }

    #[test]
    fn encodings() {
        let sjis = encoding_rs::SHIFT_JIS.encode("RE,山田\r\nRE,鈴木\r\n").0.into_owned();
        let of = |bytes: &[u8]| Reader::new(bytes).next_batch().unwrap().unwrap().encoding();
        assert_eq!(of(&sjis), Encoding::Cp932);
        assert_eq!(of("RE,山田\r\n".as_bytes()), Encoding::Utf8);
        assert_eq!(of("\u{feff}IR\r\n".as_bytes()), Encoding::Utf8);
        assert_eq!(of(b"IR\r\n"), Encoding::Cp932);
        assert_eq!(of(&[&sjis[..], "CO,川田\r\n".as_bytes()].concat()), Encoding::Cp932);
    }
}
