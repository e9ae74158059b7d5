//! The texts of a pack: every distinct one once, written in the pack's own alphabet.
//!
//! The characters that occur are listed by how often they do. The frequent ones take one byte, all others two, so that the
//! kana, digits and common kanji of medical names take about a third of their UTF-8. A text is decoded when it is first
//! asked for and kept.

use std::{collections::HashMap, sync::OnceLock};

use super::{PackError, length, u32_at};

/// Texts between two entries of the list of places.
const BLOCK: usize = 16;
/// Decoded texts are kept in pieces of this many, made when one of them is asked for.
const PIECE: usize = 256;

/// Bytes of a text at most, as it is written: twice the letters of a spreadsheet's fullest cell.
const LONGEST: usize = u16::MAX as usize;

/// Texts of one piece, each once it was asked for.
type Piece = Box<[OnceLock<Box<str>>]>;

/// The texts of an opened pack.
pub(super) struct Texts {
    count: usize,
    /// Codes below this take one byte.
    single: u8,
    alphabet: Vec<char>,
    /// First byte of the list of places, and of the texts, in the pack.
    places: usize,
    blob: usize,
    end: usize,
    decoded: Vec<OnceLock<Piece>>,
}

impl Texts {
    /// Checks the section and remembers where everything is.
    ///
    /// The texts must fill what follows the list of places, one after another, each once: then all of them together are
    /// no larger than a few times the pack, however many of them are decoded and kept.
    pub(super) fn check(data: &[u8], start: usize, count: usize) -> Option<Self> {
        let letters = u32_at(data, 0)? as usize;
        let single = u8::try_from(u32_at(data, 4)?).ok();
        let places = letters.checked_mul(4)?.checked_add(8)?;
        let alphabet: Option<Vec<char>> =
            data.get(8..places)?.chunks_exact(4).map(|letter| u32_at(letter, 0).and_then(char::from_u32)).collect();
        let blob = places.checked_add(count.div_ceil(BLOCK).checked_mul(4)?)?;
        if blob > data.len() || (single.is_none() && letters > 256) {
            return None;
        }
        let texts = data.get(blob..)?;
        let mut rest = texts;
        for id in 0..count {
            if id % BLOCK == 0 {
                let place = u32_at(data, places.checked_add((id / BLOCK).checked_mul(4)?)?)? as usize;
                if place != texts.len() - rest.len() {
                    return None;
                }
            }
            let (length, after) = take_length(rest).filter(|(length, _)| *length <= LONGEST)?;
            rest = after.get(length..)?;
        }
        if !rest.is_empty() {
            return None;
        }
        let decoded = (0..count.div_ceil(PIECE)).map(|_| OnceLock::new()).collect();
        Some(Self {
            count,
            // 256 does not fit a byte: then every code takes one.
            single: single.unwrap_or(u8::MAX),
            alphabet: alphabet?,
            places: start.checked_add(places)?,
            blob: start.checked_add(blob)?,
            end: start.checked_add(data.len())?,
            decoded,
        })
    }

    /// A text; empty for a number that none has.
    #[inline]
    pub(super) fn get(&self, pack: &[u8], id: u64) -> &str {
        let known = || {
            let id = usize::try_from(id).ok()?;
            self.decoded.get(id / PIECE)?.get()?.get(id % PIECE)?.get()
        };
        match known() {
            Some(text) => text,
            None => self.first(pack, id),
        }
    }

    /// A text that is asked for the first time.
    #[cold]
    fn first(&self, pack: &[u8], id: u64) -> &str {
        let find = || {
            let id = usize::try_from(id).ok().filter(|id| *id < self.count)?;
            let piece = self.decoded.get(id / PIECE)?;
            let piece = piece.get_or_init(|| (0..PIECE).map(|_| OnceLock::new()).collect());
            Some(&**piece.get(id % PIECE)?.get_or_init(|| {
                let mut text = String::new();
                self.decode(pack, id, &mut text);
                text.into_boxed_str()
            }))
        };
        find().unwrap_or("")
    }

    /// Appends a text to a buffer without keeping it.
    pub(super) fn decode_into(&self, pack: &[u8], id: u64, out: &mut String) {
        if let Some(id) = usize::try_from(id).ok().filter(|id| *id < self.count) {
            self.decode(pack, id, out);
        }
    }

    fn decode(&self, pack: &[u8], id: usize, out: &mut String) -> Option<()> {
        let place = self.places.checked_add((id / BLOCK).checked_mul(4)?)?;
        let mut rest = pack.get(self.blob.checked_add(u32_at(pack, place)? as usize)?..self.end)?;
        for _ in 0..id % BLOCK {
            let (length, after) = take_length(rest)?;
            rest = after.get(length..)?;
        }
        let (length, after) = take_length(rest)?;
        let mut codes = after.get(..length)?.iter();
        out.reserve(length * 3);
        while let Some(first) = codes.next() {
            let code = if *first < self.single || self.alphabet.len() <= 256 {
                usize::from(*first)
            } else {
                let single = usize::from(self.single);
                let second = usize::from(*codes.next()?);
                single + (usize::from(*first) - single) * 256 + second
            };
            out.push(*self.alphabet.get(code)?);
        }
        Some(())
    }
}

/// The number of bytes that a text takes stands before it: seven bits a byte, the lowest first.
fn take_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut length = 0usize;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        length |= usize::from(byte & 0x7f).checked_shl(7 * u32::try_from(place).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((length, bytes.get(place + 1..)?));
        }
    }
    None
}

fn push_length(out: &mut Vec<u8>, mut length: usize) {
    loop {
        let low = u8::try_from(length & 0x7f).unwrap_or(0);
        length >>= 7;
        if length == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Writes the section.
pub(super) fn write(texts: &[String]) -> Result<Vec<u8>, PackError> {
    let too_large = PackError::TooLarge { what: "different characters" };
    let mut often: HashMap<char, u64> = HashMap::new();
    for letter in texts.iter().flat_map(|text| text.chars()) {
        *often.entry(letter).or_default() += 1;
    }
    let mut letters: Vec<(char, u64)> = often.into_iter().collect();
    // The most frequent first; equal ones by code point, so that the same texts give the same bytes.
    letters.sort_by_key(|(letter, times)| (core::cmp::Reverse(*times), *letter));
    // With `double` first bytes for codes of two bytes, 256 - double + 256 × double characters have a code.
    let double = letters.len().saturating_sub(256).div_ceil(255);
    let single = 256usize.checked_sub(double).ok_or(too_large)?;
    let mut codes: HashMap<char, (u8, Option<u8>)> = HashMap::new();
    for (code, (letter, _)) in letters.iter().enumerate() {
        let byte = |value: usize| u8::try_from(value).map_err(|_| PackError::TooLarge { what: "different characters" });
        let code = match code.checked_sub(single) {
            None => (byte(code)?, None),
            Some(rest) => (byte(single + rest / 256)?, Some(byte(rest % 256)?)),
        };
        codes.insert(*letter, code);
    }

    let mut places = Vec::new();
    let mut blob = Vec::new();
    let mut encoded = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        if index % BLOCK == 0 {
            places.extend(length(blob.len(), "bytes of text")?.to_le_bytes());
        }
        encoded.clear();
        for (first, second) in text.chars().filter_map(|letter| codes.get(&letter)) {
            encoded.push(*first);
            encoded.extend(second);
        }
        if encoded.len() > LONGEST {
            return Err(PackError::TooLarge { what: "letters of a text" });
        }
        push_length(&mut blob, encoded.len());
        blob.append(&mut encoded);
    }
    let mut bytes = Vec::new();
    bytes.extend(length(letters.len(), "different characters")?.to_le_bytes());
    bytes.extend(length(single, "different characters")?.to_le_bytes());
    for (letter, _) in letters {
        bytes.extend(u32::from(letter).to_le_bytes());
    }
    bytes.append(&mut places);
    bytes.append(&mut blob);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seventy texts, the first of them long.
    fn section() -> (Vec<u8>, usize) {
        let mut texts = vec!["長い文".repeat(1_000)];
        texts.extend((1..70).map(|number| number.to_string()));
        (write(&texts).unwrap(), texts.len())
    }

    /// Where the list of places begins.
    fn places(data: &[u8]) -> usize {
        8 + 4 * u32_at(data, 0).unwrap() as usize
    }

    #[test]
    fn texts_are_there_once() {
        let (data, count) = section();
        let texts = Texts::check(&data, 0, count).unwrap();
        assert_eq!((texts.get(&data, 0).len(), texts.get(&data, 69), texts.get(&data, 70)), (9_000, "69", ""));
        // A few bytes that give many numbers to the one long text must not grow into gigabytes.
        for block in 1..count.div_ceil(BLOCK) {
            let mut hostile = data.clone();
            let at = places(&data) + 4 * block;
            hostile[at..at + 4].fill(0);
            assert!(Texts::check(&hostile, 0, count).is_none(), "block {block}");
        }
    }

    #[test]
    fn a_text_has_its_limit() {
        let texts = |letters: usize| [String::new(), "a".repeat(letters)];
        let data = write(&texts(LONGEST)).unwrap();
        assert_eq!(Texts::check(&data, 0, 2).unwrap().get(&data, 1).len(), LONGEST);
        assert_eq!(write(&texts(LONGEST + 1)), Err(PackError::TooLarge { what: "letters of a text" }));
    }

    #[test]
    fn texts_fill_their_section() {
        let (mut data, count) = section();
        for count in [0, count - 1, count + 1, count + BLOCK, usize::MAX] {
            assert!(Texts::check(&data, 0, count).is_none(), "{count}");
        }
        let first = places(&data) + 4 * count.div_ceil(BLOCK);
        // A length that reaches past the end, or that never ends.
        for length in [[0xff, 0xff, 0x7f], [0xff, 0xff, 0xff]] {
            data[first..first + 3].copy_from_slice(&length);
            assert!(Texts::check(&data, 0, count).is_none());
        }
        data.push(0);
        assert!(Texts::check(&data, 0, count).is_none());
    }
}
