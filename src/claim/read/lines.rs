//! Lines by whatever ends them.

use super::super::text::Encoding;

/// The byte that ends a file (EOF).
pub(super) const END_MARK: u8 = 0x1a;
pub(super) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// One line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number in the file, from 1 on.
    pub number: u64,
    /// What is written on it, without a byte order mark.
    pub text: &'a [u8],
    /// What ends it: CR and LF, one of them, the end mark, both, or nothing at the end of a file.
    pub end: &'a [u8],
}

impl Line<'_> {
    /// Whether the end mark (0x1A) stands here.
    #[must_use]
    pub fn has_end_mark(&self) -> bool {
        self.end.first() == Some(&END_MARK)
    }

    /// The widths of its characters.
    ///
    /// # Errors
    /// The place of the first byte that is none of a character.
    pub fn shape(&self, encoding: Encoding) -> Result<super::super::text::Shape, usize> {
        encoding.shape(self.text)
    }
}

/// Where the line that begins at `start` ends, and where the next begins. Nothing when more bytes may belong to it.
pub(super) fn line_end(bytes: &[u8], start: usize, ended: bool) -> Option<(usize, usize)> {
    let rest = bytes.get(start..).unwrap_or_default();
    let Some(at) = memchr::memchr2(b'\n', b'\r', rest) else {
        return if ended && !rest.is_empty() { Some((bytes.len(), bytes.len())) } else { None };
    };
    match (rest.get(at), rest.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some((start + at, start + at + 2)),
        // A line feed may follow.
        (Some(b'\r'), None) if !ended => None,
        _ => Some((start + at, start + at + 1)),
    }
}

pub(super) fn lines(bytes: &[u8], first: u64) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    let mut number = first;
    core::iter::from_fn(move || {
        let (mut end, mut next) = line_end(bytes, start, true)?;
        let mut text = bytes.get(start..end)?;
        if number == 1 && start == 0 {
            text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        }
        let mut following = number + 1;
        if text.first() == Some(&END_MARK) && (text.len() > 1 || next > end) {
            // Something stands behind the mark: it is a line of its own.
            (end, next, following) = (end - text.len(), end - text.len() + 1, number);
            text = &[];
        } else if let Some(before) = text.strip_suffix(&[END_MARK]) {
            (text, end) = (before, end - 1);
        }
        let line = Line { number, text, end: bytes.get(end..next)? };
        (start, number) = (next, following);
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_lines() {
        let all = |bytes| {
            let lines = lines(bytes, 1).map(|line| (line.number, line.text, line.end));
            lines.collect::<Vec<_>>()
        };
        let crlf = &b"\r\n"[..];
        assert_eq!(all(b"A\r\nB\nC\rD"), [(1, &b"A"[..], crlf), (2, b"B", b"\n"), (3, b"C", b"\r"), (4, b"D", b"")]);
        assert_eq!(all(b"A\r\n\x1a"), [(1, &b"A"[..], crlf), (2, b"", b"\x1a")]);
        assert_eq!(all(b"A\x1a"), [(1, &b"A"[..], &b"\x1a"[..])]);
        assert_eq!(all(b"\x1aIR\r\n"), [(1, &b""[..], &b"\x1a"[..]), (1, b"IR", crlf)]);
        assert_eq!(all(b"\x1a\r\n"), [(1, &b""[..], &b"\x1a"[..]), (1, b"", crlf)]);
        assert_eq!(all(b"\x1a\x1a"), [(1, &b""[..], &b"\x1a"[..]), (1, b"", b"\x1a")]);
        assert_eq!(all(b"\xef\xbb\xbfIR\n"), [(1, &b"IR"[..], &b"\n"[..])]);
        assert!(all(b"").is_empty());
    }
}
