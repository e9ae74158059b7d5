//! Rows that nearly have the words: the last resort when no row has them.
//!
//! One edit is a letter too many, one missing, one that is another, or two neighbours in the wrong order. Words of four
//! letters and more, and of three with a kanji, may have one, of eight and more two. Codes have none: a code with a wrong digit is another code.

use super::{Bits, END, Index, Wanted, pairs::PLACES};

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
const FAR: u8 = u8::MAX;

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
        let mut total: Option<Vec<u8>> = None;
        for word in words {
            let own = self.edits(&word.units, wanted.counts);
            match &mut total {
                None => total = Some(own),
                Some(total) => {
                    total.iter_mut().zip(own).for_each(|(sum, own)| *sum = sum.saturating_add(own));
                }
            }
        }
        let edits = total.unwrap_or_default();
        let mut near: Vec<Near> =
            edits.into_iter().zip(0..).filter(|(edits, _)| *edits < FAR).map(|(edits, n)| Near { edits, n }).collect();
        near.sort_unstable();
        near.truncate(wanted.need);
        near
    }

    /// Of each row: the edits between a word and the nearest part of its texts; [`FAR`] for too many.
    fn edits(&self, word: &[u16], counts: &dyn Fn(u32) -> bool) -> Vec<u8> {
        let mut edits = vec![FAR; self.rows.len()];
        let allowed = allowed(word);
        let pattern = Pattern::new(word);
        let mut candidates = Bits::new(self.rows.len());
        match *word {
            [] => {}
            [only] => {
                for pair in self.pairs.beginning(only) {
                    self.mark(pair, &mut candidates);
                }
            }
            _ if allowed == 0 => self.part(word, &mut candidates),
            _ => {
                // Edits hurt at most as many parts as there are edits: one part at least stands as typed.
                let parts = usize::from(allowed) + 1;
                let length = word.len();
                for part in 0..parts {
                    // Parts of a word of three letters overlap, lest one has one letter only.
                    let range =
                        if length == 3 { part..part + 2 } else { part * length / parts..(part + 1) * length / parts };
                    self.part(word.get(range).unwrap_or_default(), &mut candidates);
                }
                // Two neighbours in the wrong order over the border of two parts hurt both.
                for border in (1..parts).map(|part| part * length / parts) {
                    if let (Some(before), Some(after)) =
                        (border.checked_sub(1).and_then(|at| word.get(at)), word.get(border))
                    {
                        self.part(&[*after, *before], &mut candidates);
                    }
                }
            }
        }
        for n in candidates.rows().filter(|n| counts(*n)) {
            let found = if allowed == 0 {
                self.holds(n, word, 2).then_some(0)
            } else {
                let texts = self.texts_of(n).split(|unit| *unit == END);
                texts.map(|text| pattern.nearest(text)).min().filter(|edits| *edits <= allowed)
            };
            if let (Some(place), Some(found)) = (edits.get_mut(n as usize), found) {
                *place = found;
            }
        }
        edits
    }

    /// Marks every row that has a part of two letters or more.
    fn part(&self, part: &[u16], rows: &mut Bits) {
        if let Some((rarest, _)) = self.rarest(part) {
            self.mark(rarest, rows);
        }
    }

    fn mark(&self, pair: usize, rows: &mut Bits) {
        for place in 0..PLACES {
            self.pairs.rows(pair, place).iter().for_each(|n| rows.put(*n));
        }
    }
}

/// A word as bits, a bit for each of its letters (Myers 1999; with neighbours in the wrong order, Hyyrö 2003).
struct Pattern {
    letters: Vec<(u16, u64)>,
    /// Which letters the word may have, by their last six bits.
    any: u64,
    length: usize,
}

impl Pattern {
    fn new(word: &[u16]) -> Self {
        let mut pattern = Self { letters: Vec::new(), any: 0, length: word.len().min(LETTERS) };
        for (at, unit) in word.iter().take(LETTERS).enumerate() {
            pattern.any |= 1 << (unit & 63);
            match pattern.letters.iter_mut().find(|(known, _)| known == unit) {
                Some((_, bits)) => *bits |= 1 << at,
                None => pattern.letters.push((*unit, 1 << at)),
            }
        }
        pattern
    }

    fn bits(&self, unit: u16) -> u64 {
        if self.any >> (unit & 63) & 1 == 0 {
            return 0;
        }
        self.letters.iter().find(|(known, _)| *known == unit).map_or(0, |(_, bits)| *bits)
    }

    /// The fewest edits between the word and any part of a text.
    fn nearest(&self, text: &[u16]) -> u8 {
        let mut score = u8::try_from(self.length).unwrap_or(FAR);
        let Some(last) = self.length.checked_sub(1) else { return 0 };
        let mut best = score;
        let (mut up, mut down, mut same, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        for unit in text {
            let bits = self.bits(*unit);
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
