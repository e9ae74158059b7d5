//! Which rows may nearly have a word: by its letters and pairs alone, before a text is read.

use std::borrow::Cow;

use super::{Bits, Index, fuzzy::MOST_EDITS};

/// Of longer words only so many letters are looked at: their parts leave few rows anyway.
const LETTERS: usize = 24;

/// What the next letter of a word asks of a row, as sets.
struct Letter<'i> {
    /// The letter.
    own: Cow<'i, Bits>,
    /// The pair of the letter before it with it.
    after: Option<Cow<'i, Bits>>,
    /// The same pair the other way round.
    about: Option<Cow<'i, Bits>>,
}

/// The rows whose texts may go with the word up to a letter, by edits; first those where that letter is as typed, so that the
/// next one makes a pair with it, then the others.
type States = [(u64, u64); MOST_EDITS + 1];

impl Index {
    /// Leaves only rows that can have the letters of a word in their order with so many edits, as far as letters and pairs tell:
    /// a letter as typed after one as typed asks for their pair, after any other for itself.
    pub(super) fn narrow(&self, word: &[u16], allowed: u8, likely: &mut Bits) {
        // Of the others their parts say all.
        if word.len() < 4 || allowed == 0 || likely.is_empty() {
            return;
        }
        let word = word.get(..LETTERS).unwrap_or(word);
        let pair = |first: u16, second: u16| self.pairs.find(first, second).map(|pair| self.pairs.set(pair));
        let mut before = None;
        let letters: Vec<Letter<'_>> = word
            .iter()
            .map(|letter| {
                let own = self.pairs.letter(*letter);
                let (after, about) = before.map_or((None, None), |last| (pair(last, *letter), pair(*letter, last)));
                before = Some(*letter);
                Letter { own, after, about }
            })
            .collect();
        for (at, block) in likely.blocks().iter_mut().enumerate().filter(|(_, block)| **block != 0) {
            *block &= possible(&letters, usize::from(allowed), at, *block);
        }
    }
}

/// Of 64 rows those that may have all letters.
fn possible(letters: &[Letter<'_>], allowed: usize, at: usize, rows: u64) -> u64 {
    let mut last = States::default();
    let mut now = States::default();
    if let Some(first) = now.first_mut() {
        first.1 = rows;
    }
    for letter in letters {
        let pair = |set: &Option<Cow<'_, Bits>>| set.as_ref().map_or(0, |set| set.block(at));
        let (own, after, about) = (letter.own.block(at), pair(&letter.after), pair(&letter.about));
        let mut next = States::default();
        // The rows with one edit less: at the letter before the last, at the last one, and here.
        let (mut swapped, mut changed, mut inserted) = (0, 0, 0);
        for ((next, now), last) in next.iter_mut().zip(&now).zip(&last).take(allowed + 1) {
            next.0 = (now.0 & after) | (now.1 & own);
            // Another letter or none in its place, the last two changed about, one too many after it.
            next.1 = changed | (swapped & about) | inserted;
            (swapped, changed, inserted) = (last.0 | last.1, now.0 | now.1, next.0);
        }
        (last, now) = (now, next);
    }
    now.iter().fold(0, |all, (typed, other)| all | typed | other)
}
