//! Goes through a claim file for nothing but whose claims they are: much faster than claim by claim.

use std::io::{self, Read};

use memchr::memmem::Finder;

use super::{
    CHUNK, MAX_LINE,
    lines::{BYTE_ORDER_MARK, END_MARK, lines},
};
use crate::claim::{
    record::{Record, RecordKind},
    text::Encoding,
    view::Claim,
};

/// What a file is of, piece by piece.
pub(crate) enum Head<'a> {
    /// Another facility begins.
    Facility,
    /// A claim as far as its payers.
    Claim(Claim<'a>),
}

/// Enough for the lines that say whose claim it is.
const AHEAD: usize = 2 * MAX_LINE;

/// Hands over the heads of a file.
///
/// # Errors
/// Those of the input.
pub(crate) fn heads(mut input: impl Read, mut take: impl FnMut(Head<'_>)) -> io::Result<()> {
    let finders = [Finder::new(b"IR,"), Finder::new(b"RE,")];
    let mut buffer: Vec<u8> = Vec::new();
    // A byte that ends a line stands before the first one, too.
    buffer.push(b'\n');
    let mut first = true;
    loop {
        let start = buffer.len();
        buffer.resize(start + CHUNK, 0);
        let read = match input.read(buffer.get_mut(start..).unwrap_or_default()) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
            Ok(0) => {
                buffer.truncate(start);
                of(&buffer, buffer.len(), &finders, &mut take);
                return Ok(());
            }
            read => read?,
        };
        buffer.truncate(start + read);
        if core::mem::take(&mut first) && buffer.get(1..).is_some_and(|bytes| bytes.starts_with(BYTE_ORDER_MARK)) {
            buffer.drain(1..=BYTE_ORDER_MARK.len());
        }
        let end = buffer.len().saturating_sub(AHEAD);
        if end > 1 {
            of(&buffer, end, &finders, &mut take);
            // What begins behind the end is looked at next time.
            buffer.drain(..end - 1);
        }
    }
}

/// Hands over what begins before `end`; the first byte of the buffer was looked at.
fn of(buffer: &[u8], end: usize, finders: &[Finder<'_>; 2], take: &mut impl FnMut(Head<'_>)) {
    let starts = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| buffer.get(before));
        matches!(before, Some(b'\n' | b'\r' | &END_MARK))
    };
    // An identification may go beyond the end.
    let within = buffer.get(..end.saturating_add(2)).unwrap_or(buffer);
    let [facility, claim] = finders;
    let mut facilities = facility.find_iter(within).filter(starts).peekable();
    for at in claim.find_iter(within).filter(starts) {
        while facilities.next_if(|facility| *facility < at).is_some() {
            take(Head::Facility);
        }
        let records = lines(buffer.get(at..).unwrap_or_default(), 2)
            .filter(|line| !line.text.is_empty())
            .map(|line| Record::new(line.number, line.text, Encoding::Cp932));
        take(Head::Claim(Claim::of_head(records)));
    }
    facilities.for_each(|_| take(Head::Facility));
}

/// Whether a record says who pays.
pub(in crate::claim) fn is_payer(record: &Record<'_>) -> bool {
    matches!(record.kind(), Some(RecordKind::Insurer | RecordKind::PublicPayer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::read::{Reader, SegmentKind};

    /// Hands out a few bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(into.len());
            self.0.read(&mut into[..count])
        }
    }

    fn found(file: &[u8], step: usize) -> Vec<String> {
        let mut all = Vec::new();
        heads(Slow(file, step), |head| {
            all.push(match head {
                Head::Facility => "IR".to_owned(),
                Head::Claim(claim) => shown(&claim),
            });
        })
        .unwrap();
        all
    }

    fn shown(claim: &Claim<'_>) -> String {
        let records = claim.records().iter().map(|record| String::from_utf8_lossy(record.bytes()).into_owned());
        records.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn the_same_claims_as_the_reader_finds() {
        let filler = "SI,60,1,160008010,,21,1,IRE,RE,IR,,1\r\n".repeat(9_000);
        let file = format!(
            "\u{feff}RE,0\rIR,1,RE,\r\nRE,1,1112\r\n\r\nHO,1\r\nKO,2\r\nSY,1\r\nHO,9\r\n{filler}RE,2\nRE,3\nIR,2\n{filler}{filler}\
             RE,4\r\nKO,1\r\nGO,1\r\n\x1aIR,3\r\nRE,5\r\nHO,5"
        );
        let mut expected = Vec::new();
        let mut reader = Reader::new(file.as_bytes());
        while let Some(batch) = reader.next_batch().unwrap() {
            for segment in batch.segments() {
                match segment.kind() {
                    SegmentKind::Facility => expected.push("IR".to_owned()),
                    SegmentKind::Claim => expected.push(shown(&Claim::head(segment))),
                    _ => {}
                }
            }
        }
        assert_eq!(expected.len(), 9);
        for step in [4_096, 100_003, usize::MAX] {
            assert_eq!(found(file.as_bytes(), step), expected, "{step}");
        }
    }
}
