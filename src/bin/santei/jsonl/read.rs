//! Cuts the input into chunks of whole lines. No line longer than the limit is ever held in memory.

use std::io::{self, Read};

/// Whole lines that stand together.
pub(crate) struct Chunk {
    /// Number of the first line, from 1 on.
    first: u64,
    lines: Lines,
}

enum Lines {
    /// The bytes with their line ends; the last line may have none.
    Whole(Vec<u8>),
    /// One line longer than the limit, of which only the length is known.
    TooLong(usize),
}

/// One line that is not empty.
pub(crate) enum Line<'a> {
    Text(&'a [u8]),
    /// Longer than the limit: how many bytes it has.
    TooLong(usize),
    /// Nothing but blanks.
    Empty,
}

impl Chunk {
    /// The lines with their numbers.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (u64, Line<'_>)> {
        let (bytes, long) = match &self.lines {
            Lines::Whole(bytes) => (bytes.as_slice(), None),
            Lines::TooLong(length) => (&[][..], Some(Line::TooLong(*length))),
        };
        // Behind the last line end there is a line only when something stands there.
        let last = if bytes.is_empty() || bytes.ends_with(b"\n") { None } else { Some(bytes.len()) };
        let mut start = 0;
        let lines = memchr::memchr_iter(b'\n', bytes).chain(last).map(move |end| {
            let line = bytes.get(start..end).unwrap_or_default().trim_ascii();
            start = end + 1;
            if line.is_empty() { Line::Empty } else { Line::Text(line) }
        });
        (self.first..).zip(lines.chain(long))
    }

    /// How many bytes of the input they are.
    pub(crate) fn length(&self) -> usize {
        match &self.lines {
            Lines::Whole(bytes) => bytes.len(),
            Lines::TooLong(length) => *length,
        }
    }
}

/// The input, chunk by chunk.
pub(crate) struct Chunks<R> {
    input: R,
    /// Most bytes that are read at once.
    size: usize,
    /// Most bytes of a line.
    limit: usize,
    /// What was read behind the last whole line.
    rest: Vec<u8>,
    line: u64,
    ended: bool,
}

impl<R: Read> Chunks<R> {
    pub(crate) fn new(input: R, size: usize, limit: usize) -> Self {
        Self { input, size, limit, rest: Vec::new(), line: 0, ended: false }
    }

    /// The next chunk; nothing at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Chunk>> {
        let mut bytes = core::mem::take(&mut self.rest);
        // Up to here there is no line end.
        let mut searched = 0;
        let end = loop {
            // What is there is passed on at once: whoever writes into a pipe may wait for the answer.
            if let Some(at) = memchr::memrchr(b'\n', bytes.get(searched..).unwrap_or_default()) {
                break searched + at + 1;
            }
            searched = bytes.len();
            if self.ended {
                break bytes.len();
            }
            // One more for the line feed, one for a carriage return.
            if searched > self.limit + 2 {
                return self.too_long(searched).map(Some);
            }
            self.ended = fill(&mut self.input, &mut bytes, self.size)? == 0;
        };
        self.rest = bytes.split_off(end);
        if bytes.is_empty() {
            return Ok(None);
        }
        if self.line == 0 && bytes.starts_with("\u{feff}".as_bytes()) {
            // A byte order mark belongs to the file and to no line.
            bytes.drain(..3);
        }
        let first = self.line + 1;
        let ends = memchr::memchr_iter(b'\n', &bytes).count();
        self.line += ends as u64 + u64::from(!bytes.ends_with(b"\n"));
        Ok(Some(Chunk { first, lines: Lines::Whole(bytes) }))
    }

    /// Passes over the rest of a line that is longer than the limit.
    fn too_long(&mut self, read: usize) -> io::Result<Chunk> {
        let mut length = read;
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if fill(&mut self.input, &mut bytes, self.size)? == 0 {
                self.ended = true;
                break;
            }
            if let Some(at) = memchr::memchr(b'\n', &bytes) {
                length += at;
                self.rest = bytes.split_off(at + 1);
                break;
            }
            length += bytes.len();
        }
        self.line += 1;
        Ok(Chunk { first: self.line, lines: Lines::TooLong(length) })
    }
}

/// Reads up to so many bytes behind what is there. Gives how many; 0 at the end only.
fn fill(input: &mut impl Read, bytes: &mut Vec<u8>, most: usize) -> io::Result<usize> {
    let start = bytes.len();
    bytes.resize(start + most, 0);
    let read = loop {
        match input.read(bytes.get_mut(start..).unwrap_or_default()) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read,
        }
    };
    bytes.truncate(start + read.as_ref().map_or(0, |read| *read));
    read
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    /// Gives one byte at a time, as a slow pipe may.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            match (self.0.split_first(), into.first_mut()) {
                (Some((byte, rest)), Some(place)) => {
                    (*place, self.0) = (*byte, rest);
                    Ok(1)
                }
                _ => Ok(0),
            }
        }
    }

    fn lines(input: &str, size: usize, limit: usize) -> Vec<String> {
        let mut chunks = Chunks::new(Drops(input.as_bytes()), size, limit);
        let mut out = Vec::new();
        while let Some(chunk) = chunks.next().unwrap() {
            out.extend(chunk.lines().map(|(number, line)| match line {
                Line::Text(text) => format!("{number}:{}", String::from_utf8_lossy(text)),
                Line::TooLong(length) => format!("{number}!{length}"),
                Line::Empty => format!("{number}-"),
            }));
        }
        out
    }

    #[test]
    fn lines_of_every_kind() {
        for size in [1, 2, 3, 5, 8, 100] {
            assert_eq!(lines("", size, 9), [""; 0], "{size}");
            assert_eq!(lines("a\nb\n", size, 9), ["1:a", "2:b"], "{size}");
            assert_eq!(lines("a\r\nb", size, 9), ["1:a", "2:b"], "{size}");
            assert_eq!(lines("\n\na\n \r\n", size, 9), ["1-", "2-", "3:a", "4-"], "{size}");
            assert_eq!(lines("\u{feff}a\n\u{feff}b\n", size, 9), ["1:a", "2:\u{feff}b"], "{size}");
        }
    }

    #[test]
    fn lines_beyond_the_limit() {
        let long = "x".repeat(40);
        for size in [1, 2, 7, 16] {
            let input = format!("a\n{long}\nb\n{long}");
            assert_eq!(lines(&input, size, 9), ["1:a", "2!40", "3:b", "4!40"], "{size}");
        }
        // One that is read whole before its length is known is left for the engine to refuse.
        assert_eq!(lines("1234567890\n", 100, 9), ["1:1234567890"]);
    }
}
