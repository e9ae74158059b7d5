//! The two encodings of claim files, by the shape of their bytes. No table of characters is needed to check a file; to show
//! its names, feature `official` has one, and a browser has its own.

use std::borrow::Cow;

/// How the texts of a file are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Shift_JIS with the characters that Windows adds, as the specification asks for.
    Cp932,
    /// UTF-8, with or without a byte order mark.
    Utf8,
}

/// The widths of the characters of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// Characters of one byte in Shift_JIS: ASCII and half-width kana.
    pub half: usize,
    /// Characters of two bytes.
    pub full: usize,
    /// Half-width kana among the first.
    pub kana: usize,
    /// Control characters.
    pub control: usize,
    /// Characters that Shift_JIS does not have, as far as it can be told without a table.
    pub foreign: usize,
    /// Characters of rows that only Windows has (NEC, IBM).
    pub vendor: usize,
}

impl Shape {
    /// The length in bytes of Shift_JIS, in which the specification counts.
    #[must_use]
    pub const fn bytes(self) -> usize {
        self.half + self.full * 2
    }
}

impl Encoding {
    /// The widths of the characters, or the place of the first byte that is none of a character.
    ///
    /// # Errors
    /// The place, from 0 on.
    pub fn shape(self, field: &[u8]) -> Result<Shape, usize> {
        if field.is_ascii() {
            let control = field.iter().filter(|byte| byte.is_ascii_control()).count();
            return Ok(Shape { half: field.len(), control, ..Shape::default() });
        }
        match self {
            Self::Cp932 => cp932(field),
            Self::Utf8 => utf8(field),
        }
    }
}

/// The place of the first character that is not whole in Shift_JIS.
fn cp932(field: &[u8]) -> Result<Shape, usize> {
    let mut shape = Shape::default();
    let mut at = 0;
    while let Some(byte) = field.get(at) {
        match byte {
            0..=0x7f => {
                shape.half += 1;
                shape.control += usize::from(byte.is_ascii_control());
                at += 1;
            }
            0xa1..=0xdf => {
                shape.half += 1;
                shape.kana += 1;
                at += 1;
            }
            0x81..=0x9f | 0xe0..=0xfc => {
                match field.get(at + 1) {
                    Some(0x40..=0x7e | 0x80..=0xfc) => {}
                    _ => return Err(at),
                }
                match byte {
                    // No character stands in these rows.
                    0x85 | 0x86 | 0xeb | 0xec | 0xef => return Err(at),
                    // NEC's and IBM's, and those that users make themselves.
                    0x87 | 0xed | 0xee | 0xf0..=0xfc => shape.vendor += 1,
                    _ => {}
                }
                shape.full += 1;
                at += 2;
            }
            _ => return Err(at),
        }
    }
    Ok(shape)
}

fn utf8(field: &[u8]) -> Result<Shape, usize> {
    let text = core::str::from_utf8(field).map_err(|error| error.valid_up_to())?;
    let mut shape = Shape::default();
    for letter in text.chars() {
        match u32::from(letter) {
            0..=0x7f => {
                shape.half += 1;
                shape.control += usize::from(letter.is_ascii_control());
            }
            0xff61..=0xff9f => {
                shape.half += 1;
                shape.kana += 1;
            }
            0x80..=0x9f | 0xfffd | 0x1_0000.. => {
                shape.foreign += 1;
                shape.full += 1;
            }
            _ => shape.full += 1,
        }
    }
    Ok(shape)
}

/// Whether bytes that are taken for Shift_JIS are rather UTF-8: they hold together as such, with a character of three bytes.
#[must_use]
pub fn looks_like_utf8(field: &[u8]) -> bool {
    !field.is_ascii() && core::str::from_utf8(field).is_ok_and(|text| text.chars().any(|letter| letter.len_utf8() == 3))
}

/// The text of a field. Bytes that are no text become `�`. Without feature `official` only ASCII, half-width kana, kana and
/// full-width letters, digits and marks of Shift_JIS are known; the rest becomes `〓`.
#[must_use]
pub fn decode(field: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match (encoding, core::str::from_utf8(field)) {
        (_, Ok(text)) if field.is_ascii() => Cow::Borrowed(text),
        (Encoding::Utf8, _) => String::from_utf8_lossy(field),
        #[cfg(feature = "official")]
        (Encoding::Cp932, _) => encoding_rs::SHIFT_JIS.decode_without_bom_handling(field).0,
        #[cfg(not(feature = "official"))]
        (Encoding::Cp932, _) => Cow::Owned(letters(field).collect()),
    }
}

/// The text of a field as ASCII, with full-width letters and digits made half-width; nothing when it has any other.
/// Comments write their figures so.
#[must_use]
pub fn narrow(field: &[u8], encoding: Encoding) -> Option<String> {
    if field.is_ascii() {
        return core::str::from_utf8(field).ok().map(str::to_owned);
    }
    let half = |letter: char| match u32::from(letter) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0),
        0x3000 => Some(' '),
        // The minus signs that the encodings have.
        0x2212 | 0x2015 | 0x2010 => Some('-'),
        0..=0x7f => Some(letter),
        _ => None,
    };
    match encoding {
        Encoding::Utf8 => core::str::from_utf8(field).ok()?.chars().map(half).collect(),
        Encoding::Cp932 => letters(field).map(half).collect(),
    }
}

/// The letters of Shift_JIS that follow a rule: ASCII, kana, and full-width letters, digits and the common marks.
fn letters(field: &[u8]) -> impl Iterator<Item = char> {
    let mut bytes = field.iter().copied().peekable();
    core::iter::from_fn(move || {
        let first = bytes.next()?;
        if first < 0x80 {
            return Some(char::from(first));
        }
        if (0xa1..=0xdf).contains(&first) {
            return char::from_u32(u32::from(first) + 0xff61 - 0xa1);
        }
        let second = bytes.next_if(|second| matches!(second, 0x40..=0x7e | 0x80..=0xfc));
        Some(second.map_or('\u{fffd}', |second| two_bytes(first, second)))
    })
}

/// The first marks of JIS X 0208, in their order from 0x8140 on.
const MARKS: &str =
    "　、。，．・：；？！゛゜´｀¨＾￣＿ヽヾゝゞ〃仝々〆〇ー―‐／＼～∥｜…‥‘’“”（）〔〕［］｛｝〈〉《》「」『』【】＋－±×";

fn two_bytes(first: u8, second: u8) -> char {
    let place = |from: u8| u32::from(second) - u32::from(from);
    let letter = match (first, second) {
        (0x81, 0x40..=0x7e) => return MARKS.chars().nth(usize::from(second - 0x40)).unwrap_or('〓'),
        (0x82, 0x4f..=0x58) => 0xff10 + place(0x4f),
        (0x82, 0x60..=0x79) => 0xff21 + place(0x60),
        (0x82, 0x81..=0x9a) => 0xff41 + place(0x81),
        (0x82, 0x9f..=0xf1) => 0x3041 + place(0x9f),
        (0x83, 0x40..=0x7e) => 0x30a1 + place(0x40),
        (0x83, 0x80..=0x96) => 0x30a1 + place(0x41),
        _ => return '〓',
    };
    char::from_u32(letter).unwrap_or('〓')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sjis(text: &str) -> Vec<u8> {
        encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
    }

    #[test]
    fn letters_by_rule_are_those_of_the_table() {
        let all = "ABZ az09 ｱｲﾝﾞ　、。０１９ＡＺａｚぁあんァアミムヶー／～（）「」＋－±×";
        assert_eq!(letters(&sjis(all)).collect::<String>(), all);
        assert_eq!(letters(&sjis("漢a")).collect::<String>(), "〓a");
        assert_eq!(letters(&[0x82]).collect::<String>(), "\u{fffd}");
    }

    #[test]
    fn shapes() {
        for (text, half, full) in [("ABC", 3, 0), ("テスト　汎用", 0, 6), ("ｱA山", 2, 1), ("", 0, 0)] {
            for (encoding, bytes) in [(Encoding::Cp932, sjis(text)), (Encoding::Utf8, text.as_bytes().to_vec())] {
                let shape = encoding.shape(&bytes).unwrap();
                assert_eq!((shape.half, shape.full, shape.bytes()), (half, full, half + 2 * full), "{text}");
            }
        }
        assert_eq!(Encoding::Cp932.shape(b"A\x82"), Err(1));
        assert_eq!(Encoding::Utf8.shape(b"AB\x82\xa0"), Err(2));
        assert_eq!(Encoding::Cp932.shape(&sjis("①")).unwrap().vendor, 1);
        assert!(looks_like_utf8("山".as_bytes()) && !looks_like_utf8(&sjis("山田　太郎")) && !looks_like_utf8(b"A"));
    }

    #[test]
    fn figures_of_comments() {
        for (text, ascii) in
            [("１８０４１２", Some("180412")), ("３．５", Some("3.5")), ("12", Some("12")), ("山", None)]
        {
            assert_eq!(narrow(&sjis(text), Encoding::Cp932).as_deref(), ascii, "{text}");
            assert_eq!(narrow(text.as_bytes(), Encoding::Utf8).as_deref(), ascii, "{text}");
        }
    }
}
