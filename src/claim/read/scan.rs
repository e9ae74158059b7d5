//! Finds where segments begin, in bytes that come piece by piece.

use super::{
    MAX_LINE, MAX_SEGMENT, SegmentKind,
    lines::{BYTE_ORDER_MARK, END_MARK, line_end},
};
use crate::claim::text::{Encoding, looks_like_utf8};

/// Where a segment begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) kind: SegmentKind,
    pub(super) start: usize,
    pub(super) line: u64,
}

/// What to do next.
pub(super) enum Step {
    /// Bytes are missing.
    More,
    /// A batch ends here.
    Cut(usize),
    /// Everything was handed out.
    End,
}

#[derive(Debug, Default)]
pub(super) struct Scan {
    marks: Vec<Mark>,
    /// Where the next line begins.
    at: usize,
    /// How many lines were passed.
    lines: u64,
    /// Within a line that is too long.
    overlong: bool,
    /// What follows a line that is too long, or fills up a segment, belongs to nothing that can be held.
    lost: Option<SegmentKind>,
}

impl Scan {
    /// Looks at the lines that are new in the buffer.
    pub(super) fn step(&mut self, buffer: &[u8], chunk: usize, ended: bool) -> Step {
        if self.overlong {
            return self.pass_over(buffer, ended);
        }
        while let Some((text_end, next)) = line_end(buffer, self.at, ended) {
            if text_end - self.at > MAX_LINE {
                return self.too_long(buffer, ended);
            }
            let line = buffer.get(self.at..text_end).unwrap_or_default();
            match first_of(line, self.lines == 0) {
                Some(kind) => {
                    if self.at >= chunk && !self.marks.is_empty() {
                        return Step::Cut(self.at);
                    }
                    self.lost = None;
                    self.mark(kind);
                }
                None if self.marks.is_empty() || self.lost.is_some() => {
                    let kind = self.lost.take().unwrap_or(SegmentKind::Rest);
                    self.mark(kind);
                }
                None => {}
            }
            let begun = self.marks.last().map_or(0, |mark| mark.start);
            if next - begun > MAX_SEGMENT && self.at > begun {
                // The line begins the next batch.
                self.lost = Some(SegmentKind::Continued);
                return Step::Cut(self.at);
            }
            self.at = next;
            self.lines += 1;
        }
        if buffer.len() - self.at > MAX_LINE {
            return self.too_long(buffer, ended);
        }
        match (ended, buffer.is_empty()) {
            (false, _) => Step::More,
            (true, true) => Step::End,
            (true, false) => Step::Cut(buffer.len()),
        }
    }

    fn mark(&mut self, kind: SegmentKind) {
        self.marks.push(Mark { kind, start: self.at, line: self.lines + 1 });
    }

    /// The line that begins here is too long: what is before it is a batch of its own.
    fn too_long(&mut self, buffer: &[u8], ended: bool) -> Step {
        if self.at > 0 {
            return Step::Cut(self.at);
        }
        self.overlong = true;
        self.pass_over(buffer, ended)
    }

    /// Hands out a line that is too long, as far as it is there.
    fn pass_over(&mut self, buffer: &[u8], ended: bool) -> Step {
        match (line_end(buffer, 0, ended), buffer.len()) {
            (Some((_, next)), _) => {
                self.mark(SegmentKind::Overlong);
                (self.at, self.overlong, self.lost) = (next, false, Some(SegmentKind::Rest));
                self.lines += 1;
                Step::Cut(next)
            }
            (None, 0) if ended => {
                self.overlong = false;
                Step::End
            }
            // A carriage return at the very end waits for its line feed.
            (None, 0 | 1) => Step::More,
            (None, length) => {
                self.mark(SegmentKind::Overlong);
                let whole = if buffer.last() == Some(&b'\r') { length - 1 } else { length };
                self.at = whole;
                Step::Cut(whole)
            }
        }
    }

    /// Hands over the marks before `end`; what is behind it moves to the front.
    pub(super) fn take(&mut self, end: usize) -> Vec<Mark> {
        self.at = self.at.saturating_sub(end);
        core::mem::take(&mut self.marks)
    }
}

/// What begins with this line.
fn first_of(line: &[u8], first: bool) -> Option<SegmentKind> {
    let line = if first { line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line) } else { line };
    let line = line.strip_prefix(&[END_MARK]).unwrap_or(line);
    match line {
        [b'R', b'E', b',', ..] | b"RE" => Some(SegmentKind::Claim),
        [b'I', b'R', b',', ..] | b"IR" => Some(SegmentKind::Facility),
        // Of a pharmacy, of visiting nursing: recognised only.
        [b'Y', b'K', b',', ..] | [b'H', b'M', b',', ..] => Some(SegmentKind::Facility),
        [b'G', b'O', b',', ..] | b"GO" => Some(SegmentKind::Total),
        _ => None,
    }
}

/// The encoding that most lines hold together in; nothing as long as all is ASCII.
pub(super) fn encoding(bytes: &[u8]) -> Option<Encoding> {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        return Some(Encoding::Utf8);
    }
    if bytes.is_ascii() {
        return None;
    }
    let (mut utf8, mut other) = (0_usize, 0_usize);
    for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_ascii()) {
        if looks_like_utf8(line) {
            utf8 += 1;
        } else {
            other += 1;
        }
    }
    Some(if utf8 > other { Encoding::Utf8 } else { Encoding::Cp932 })
}
