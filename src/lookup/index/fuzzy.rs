//! Rows that nearly have the words: the last resort when no row has them.
//!
//! One edit is a letter too many, one missing, one that is another, or two neighbours in the wrong order. Words of four
//! letters and more, and of three with a kanji, may have one, of eight and more two. Codes have none: a code with a wrong digit is another code.

use super::{Bits, END, Index, Wanted};

/// A row and by how many edits its texts differ from the words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lookup) struct Near {
    pub(in crate::lookup) edits: u8,
    pub(in crate::lookup) n: u32,
}

/// More words are not tried: each looks at many rows.
const WORDS: usize = 4;
/// Longer words are not tried: one number holds a column of so many letters.
const LETTERS: usize = 64;
/// Of one master no more rows are compared, the first in the order of equal hits: what a query costs has an end.
const TRIED: usize = 2048;

/// The most edits of a word.
pub(super) const MOST_EDITS: usize = 2;

/// The edits that a word may have.
fn allowed(word: &[u16]) -> u8 {
    // Three kana say little; three kanji are a word.
    let kanji = word.iter().any(|unit| (0x4e00..=0x9fff).contains(unit));
    match word.len() {
        3 if kanji => 1,
        4..=7 => 1,
        8..=LETTERS => 2,
        _ => 0,
    }
}

impl Index {
    /// The nearest rows, those with the fewest edits first.
    pub(in crate::lookup) fn near(&self, wanted: &Wanted<'_>) -> Vec<Near> {
        let one = core::slice::from_ref(wanted.whole);
        let words = if wanted.words.is_empty() { one } else { wanted.words };
        if words.len() > WORDS || self.rows.is_empty() {
            return Vec::new();
        }
        let mut likely: Option<Bits> = None;
        for word in words {
            let own = self.likely(&word.units);
            match &mut likely {
                None => likely = Some(own),
                Some(likely) => likely.and(&own),
            }
        }
        let mut likely = likely.unwrap_or_default();
        words.iter().for_each(|word| self.narrow(&word.units, allowed(&word.units), &mut likely));
        let patterns: Vec<Pattern<'_>> = words.iter().map(|word| Pattern::new(&word.units)).collect();
        let mut near: Vec<Near> = Vec::new();
        let mut nearest = 0;
        for n in likely.rows().filter(|n| (wanted.counts)(*n)).take(TRIED) {
            let edits = patterns.iter().try_fold(0u8, |sum, word| Some(sum.saturating_add(self.edits(n, word)?)));
            near.extend(edits.map(|edits| Near { edits, n }));
            // No row has all words: one edit is the least.
            nearest += usize::from(edits.is_some_and(|edits| edits < 2));
            if nearest >= wanted.need {
                break;
            }
        }
        crate::order::sort(&mut near);
        near.truncate(wanted.need);
        near
    }

    /// The rows that may have a word with the edits that it is allowed, and some that do not.
    fn likely(&self, word: &[u16]) -> Bits {
        if let [only] = *word {
            return self.pairs.letter(only).into_owned();
        }
        let with = |part: &[u16]| self.pairs_of(part).map(|pairs| self.with_pairs(&pairs)).unwrap_or_default();
        let allowed = allowed(word);
        if allowed == 0 {
            return with(word);
        }
        let mut likely = Bits::new(self.rows.len());
        // Edits hurt at most as many parts as there are edits: one part at least stands as typed.
        let parts = usize::from(allowed) + 1;
        let length = word.len();
        for part in 0..parts {
            // Parts of a word of three letters overlap, lest one has one letter only.
            let range = if length == 3 { part..part + 2 } else { part * length / parts..(part + 1) * length / parts };
            likely.or(&with(word.get(range).unwrap_or_default()));
        }
        // Two neighbours in the wrong order over the border of two parts hurt both.
        for border in (1..parts).map(|part| part * length / parts) {
            if let (Some(before), Some(after)) = (border.checked_sub(1).and_then(|at| word.get(at)), word.get(border)) {
                likely.or(&with(&[*after, *before]));
            }
        }
        likely
    }

    /// The edits between a word and the nearest part of a row's texts; nothing for too many.
    fn edits(&self, n: u32, word: &Pattern<'_>) -> Option<u8> {
        if word.allowed == 0 {
            return self.place(n, word.word).map(|_| 0);
        }
        let least = word.length.saturating_sub(usize::from(word.allowed));
        let texts = self.texts_of(n).split(|unit| *unit == END).filter(|text| text.len() >= least);
        texts.map(|text| word.nearest(text)).min().filter(|edits| *edits <= word.allowed)
    }
}

/// The fewest edits between a word and any part of a text; nothing for a word that is too long to say.
pub(in crate::lookup) fn distance(word: &[u16], text: &[u16]) -> Option<u8> {
    (word.len() <= LETTERS).then(|| Pattern::new(word).nearest(text))
}

/// A word as bits, a bit for each of its letters (Myers 1999; with neighbours in the wrong order, Hyyrö 2003).
struct Pattern<'w> {
    word: &'w [u16],
    /// The edits that it may have.
    allowed: u8,
    /// Of each last six bits the first letter of the word that has them, and where it stands.
    first: [(u16, u64); 64],
    /// The other letters of the word.
    others: Vec<(u16, u64)>,
    length: usize,
}

impl<'w> Pattern<'w> {
    fn new(word: &'w [u16]) -> Self {
        let length = word.len().min(LETTERS);
        let mut pattern = Self { word, allowed: allowed(word), first: [(0, 0); 64], others: Vec::new(), length };
        for (at, unit) in word.iter().take(LETTERS).enumerate() {
            let Some(first) = pattern.first.get_mut(usize::from(unit & 63)) else { continue };
            if first.1 == 0 || first.0 == *unit {
                *first = (*unit, first.1 | 1 << at);
            } else {
                match pattern.others.iter_mut().find(|(known, _)| known == unit) {
                    Some((_, bits)) => *bits |= 1 << at,
                    None => pattern.others.push((*unit, 1 << at)),
                }
            }
        }
        pattern
    }

    #[inline]
    fn bits(&self, unit: u16) -> u64 {
        let (first, bits) = self.first.get(usize::from(unit & 63)).copied().unwrap_or((0, 0));
        if first == unit || bits == 0 {
            return bits;
        }
        self.others.iter().find(|(known, _)| *known == unit).map_or(0, |(_, bits)| *bits)
    }

    /// The fewest edits between the word and any part of a text.
    fn nearest(&self, text: &[u16]) -> u8 {
        let mut score = u8::try_from(self.length).unwrap_or(u8::MAX);
        let Some(last) = self.length.checked_sub(1) else { return 0 };
        let letters = u64::MAX >> (63 - last);
        let mut best = score;
        let (mut up, mut down, mut same, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        for unit in text {
            let bits = self.bits(*unit);
            // Where no letter of the word is near, nothing changes.
            if bits == 0 && !up & letters == 0 {
                (same, before) = (0, 0);
                continue;
            }
            let swapped = ((!same & bits) << 1) & before;
            same = ((bits & up).wrapping_add(up) ^ up) | bits | down | swapped;
            let (right, left) = (down | !(same | up), same & up);
            if right >> last & 1 == 1 {
                score = score.saturating_add(1);
            } else if left >> last & 1 == 1 {
                score = score.saturating_sub(1);
            }
            best = best.min(score);
            // Any place of the text may be the first: nothing is carried into the lowest bit.
            let (right, left) = (right << 1, left << 1);
            up = left | !(same | right);
            down = right & same;
            before = bits;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by a table, letter by letter.
    fn slow(word: &[u16], text: &[u16]) -> u8 {
        let mut rows = vec![vec![0_u8; text.len() + 1]; word.len() + 1];
        for i in 1..=word.len() {
            rows[i][0] = u8::try_from(i).unwrap();
            for j in 1..=text.len() {
                let differ = u8::from(word[i - 1] != text[j - 1]);
                let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + differ);
                if i > 1 && j > 1 && word[i - 1] == text[j - 2] && word[i - 2] == text[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                rows[i][j] = best;
            }
        }
        *rows[word.len()].iter().min().unwrap()
    }

    proptest::proptest! {
        #[test]
        fn bits_count_as_a_table_does(
            word in proptest::collection::vec(97_u16..101, 1..12),
            text in proptest::collection::vec(97_u16..101, 0..20),
        ) {
            proptest::prop_assert_eq!(Pattern::new(&word).nearest(&text), slow(&word, &text));
        }
    }
}
