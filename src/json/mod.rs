//! Writes values as JSON on one line, the bytes that `serde_json` would write. A result is some kilobytes of texts in which
//! next to nothing has to be escaped: this looks at eight bytes at a time, and takes the names of fields as they are.
//!
//! ```
//! let mut lines = santei::json::to_string(&["初診料", "a \"b\""]);
//! santei::json::write(&Some(76), &mut lines);
//! assert_eq!(lines, r#"["初診料","a \"b\""]76"#);
//! ```

pub(crate) mod place;
mod plain;
mod pull;
mod sorted;
mod writer;

use core::fmt::Write as _;

use serde::Serialize;

pub(crate) use plain::{Json, members, shown, variants};
pub(crate) use pull::{FromPull, Pull, choices, object, parsed};
pub(crate) use sorted::sorted;
use writer::Writer;

/// The JSON of a value. What cannot be written, such as a float, leaves an empty text.
#[must_use]
pub fn to_string(value: &(impl Serialize + ?Sized)) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// Appends the JSON of a value; nothing when the value cannot be written.
pub fn write(value: &(impl Serialize + ?Sized), out: &mut String) {
    let start = out.len();
    if value.serialize(Writer(out)).is_err() {
        out.truncate(start);
    }
}

/// A text in quotation marks.
fn text(out: &mut String, text: &str) {
    out.push('"');
    escaped(out, text);
    out.push('"');
}

fn escaped(out: &mut String, text: &str) {
    if is_plain(text.as_bytes()) {
        return out.push_str(text);
    }
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..' ' => {
                // A text takes whatever is written into it.
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
}

/// Whether nothing has to be escaped. The last words overlap rather than leave single bytes.
fn is_plain(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    // Most words of a Japanese text have no ASCII.
    let whole = || words.iter().all(|word| is_wide(*word) || word_is_plain(*word));
    if rest.is_empty() {
        return whole();
    }
    if let Some(last) = bytes.last_chunk::<8>() {
        return whole() && word_is_plain(*last);
    }
    let mut word = [b' '; 8];
    word.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    word_is_plain(word)
}

/// How many bytes stand before the first that ends a text, begins an escape or may not stand in one.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut length = 0;
    for word in words {
        let marks = marks(*word);
        if marks != 0 {
            // The lowest mark is a true one: only those above it can be borrowed.
            return Some(length + (marks.trailing_zeros() / 8) as usize);
        }
        length += 8;
    }
    rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).map(|more| length + more)
}

/// Whether none of eight bytes is below the space, a quotation mark or a backslash: a byte that is less than another one
/// borrows from its highest bit.
#[inline]
fn word_is_plain(word: [u8; 8]) -> bool {
    marks(word) == 0
}

/// Whether none of eight bytes is ASCII.
#[inline]
fn is_wide(word: [u8; 8]) -> bool {
    u64::from_le_bytes(word) & HIGH == HIGH
}

const ONES: u64 = u64::MAX / 255;
/// The highest bit of each byte.
const HIGH: u64 = ONES << 7;

/// The highest bit of each byte that is not plain, and perhaps of some above one that is not.
#[inline]
fn marks(word: [u8; 8]) -> u64 {
    const QUOTE: u64 = ONES * 0x22;
    const BACKSLASH: u64 = ONES * 0x5c;
    let word = u64::from_le_bytes(word);
    let zero = |word: u64| word.wrapping_sub(ONES);
    // None of the three is above 0x7f: a byte's own highest bit tells whether it borrowed.
    (word.wrapping_sub(ONES * 0x20) | zero(word ^ QUOTE) | zero(word ^ BACKSLASH)) & !word & HIGH
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn same(value: &impl Serialize) {
        assert_eq!(to_string(value), serde_json::to_string(value).unwrap());
    }

    #[test]
    fn every_byte_at_every_place() {
        for byte in 0..=127u8 {
            for place in 0..20 {
                for length in place + 1..20 {
                    let mut text = "あ".repeat(2) + &"x".repeat(length);
                    text.replace_range(place + 6..place + 7, char::from(byte).encode_utf8(&mut [0; 4]));
                    same(&text);
                    same(&text.get(6..));
                }
            }
        }
        same(&"¢漢字🏥\u{7f}\u{80}\u{2028}");
        assert!(is_plain("漢字１２３ m2".as_bytes()) && !is_plain(b"12345678\""));
    }

    #[test]
    fn every_shape() {
        #[derive(Serialize)]
        enum Shape {
            Unit,
            New(i64),
            Tuple(u8, bool),
            Struct { a: Option<char>, b: () },
        }
        #[derive(Serialize)]
        struct All {
            numbers: (i8, i64, u64, u32, i128, u128),
            shapes: Vec<Shape>,
            by_number: BTreeMap<i128, char>,
            map: BTreeMap<String, Vec<u8>>,
            #[serde(flatten)]
            more: BTreeMap<char, Option<bool>>,
            empty: [u8; 0],
        }
        same(&All {
            numbers: (-1, i64::MIN, u64::MAX, 0, i128::MIN, u128::MAX),
            by_number: [(-3, 'a'), (12, 'b')].into(),
            shapes: vec![
                Shape::Unit,
                Shape::New(-7),
                Shape::Tuple(1, false),
                Shape::Struct { a: Some('"'), b: () },
                Shape::Struct { a: None, b: () },
            ],
            map: [("a\n".to_owned(), vec![1, 2]), (String::new(), vec![])].into(),
            more: [('x', Some(true)), ('y', None)].into(),
            empty: [],
        });
        same(&format_args!("{}\t{}", "a\"b", 1));
    }

    #[test]
    fn what_has_no_form_leaves_nothing() {
        let mut out = "before".to_owned();
        write(&(1, 1.5f64), &mut out);
        write(&BTreeMap::from([((), 2)]), &mut out);
        assert_eq!(out, "before");
    }
}
