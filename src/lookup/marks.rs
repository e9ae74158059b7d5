//! Where in a row a search's words lie, so that they can be shown.

use core::ops::Range;

use crate::{
    master::schema::{self},
    pack::Table,
};

use super::{
    Elsewhere, Rank,
    fold::Folded,
    index::{Word, lies},
    keys::{self, Searched},
};

/// A row that is shown.
pub(super) struct Shown<'m> {
    pub(super) searched: &'static Searched,
    pub(super) table: Table<'m>,
    pub(super) row: usize,
    pub(super) name: &'m str,
    pub(super) code: &'m str,
}

/// A column with what it holds.
struct Text {
    column: &'static str,
    is_code: bool,
    text: String,
    folded: Folded,
}

/// How badly a word lies in a text, and where: from 0, the whole of it; of a near match, the edits.
type Place = (u8, Range<usize>);

/// The parts of a row that some words match: of the name, and of the other columns.
pub(super) fn marks(shown: &Shown<'_>, whole: &Word, words: &[Word], rank: Rank) -> (Vec<[u32; 2]>, Vec<Elsewhere>) {
    let near = rank == Rank::Fuzzy;
    let name = Text::new("name", false, shown.name.to_owned());
    // All that was typed in one piece says more than its words.
    let in_one = words.is_empty() || (!near && name.find(whole, false).is_some());
    let words = if in_one { core::slice::from_ref(whole) } else { words };
    let mut in_name = Vec::new();
    let mut others: Vec<(Text, Vec<Range<usize>>)> = Vec::new();
    for word in words {
        let own = name.find(word, near);
        let cost = own.as_ref().map(|(cost, _)| *cost);
        in_name.extend(own.map(|(_, range)| range));
        // A code or a reading that begins with the word says more than a name that has it somewhere.
        if cost.is_some_and(|cost| cost <= 1) {
            continue;
        }
        let places = shown.columns().filter_map(|text| Some((text.find(word, near)?, text)));
        let best = places.min_by_key(|((cost, _), _)| *cost);
        if let Some(((other, range), text)) = best
            && cost.is_none_or(|own| other < own)
        {
            match others.iter_mut().find(|(known, _)| known.column == text.column) {
                Some((_, ranges)) => ranges.push(range),
                None => others.push((text, vec![range])),
            }
        }
    }
    let elsewhere = others.into_iter().map(|(text, ranges)| {
        let marks = text.utf16(ranges);
        Elsewhere { column: text.column, text: text.text, marks }
    });
    (name.utf16(in_name), elsewhere.collect())
}

impl Shown<'_> {
    /// The columns besides the name in which a word may lie: codes, then texts.
    fn columns(&self) -> impl Iterator<Item = Text> {
        let schema = schema::schema(self.searched.kind);
        let text = move |name: &&str, is_code: bool| {
            let column = schema.column(name)?;
            let mut text = String::new();
            keys::text_into(self.table, *column, self.row, &mut text);
            (!text.is_empty()).then(|| Text::new(column.name, is_code, text))
        };
        let own = core::iter::once(Text::new("code", true, self.code.to_owned()));
        let codes = self.searched.codes.iter().filter_map(move |name| text(name, true));
        let texts = self.searched.texts.iter().skip(1).filter_map(move |name| text(name, false));
        own.chain(codes).chain(texts)
    }
}

impl Text {
    fn new(column: &'static str, is_code: bool, text: String) -> Self {
        let folded = Folded::new(&text);
        Self { column, is_code, text, folded }
    }

    /// Where a word lies best.
    fn find(&self, word: &Word, near: bool) -> Option<Place> {
        let units = &self.folded.units;
        if self.is_code {
            let spellings = core::iter::once(&word.units).chain(&word.code);
            let found = spellings.filter(|spelling| units.starts_with(spelling)).map(Vec::len).next()?;
            return Some((u8::from(found < units.len()), 0..found));
        }
        if near {
            return nearest(units, &word.units);
        }
        let (how, at) = lies(units, &word.units)?;
        Some((how as u8, at..at + word.units.len()))
    }

    /// Ranges of folded units as ranges of the text, in order and apart, in units of UTF-16.
    fn utf16(&self, mut ranges: Vec<Range<usize>>) -> Vec<[u32; 2]> {
        crate::order::by_key(&mut ranges, |range| (range.start, range.end));
        let mut marks: Vec<[u32; 2]> = Vec::new();
        for bytes in ranges.into_iter().filter_map(|range| self.folded.original(range)) {
            let units = |end: usize| {
                let before = self.text.get(..end).unwrap_or_default();
                u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
            };
            let (start, end) = (units(bytes.start), units(bytes.end));
            match marks.last_mut() {
                Some([_, last]) if start <= *last => *last = end.max(*last),
                _ => marks.push([start, end]),
            }
        }
        marks
    }
}

/// The part of a text that differs from a word by the fewest edits, the first of those. Nothing when more than a third of
/// the word would have to change.
fn nearest(text: &[u16], word: &[u16]) -> Option<Place> {
    // Of each part of the word: edits, and where in the text the part that it is compared with begins.
    let empty = |start: usize| (0..=word.len()).map(|edits| (edits, start)).collect::<Vec<_>>();
    let mut rows = [empty(0), empty(0), empty(0)];
    let mut best: Option<(usize, Range<usize>)> = None;
    for (at, unit) in text.iter().enumerate() {
        let [before, last, next] = &mut rows;
        next.clear();
        next.push((0, at + 1));
        for (place, letter) in word.iter().enumerate() {
            let plus = |cell: Option<&(usize, usize)>| cell.map(|(edits, start)| (edits + 1, *start));
            let same = last.get(place).map(|(edits, start)| (edits + usize::from(letter != unit), *start));
            let swapped =
                (at > 0 && place > 0 && text.get(at - 1) == Some(letter) && word.get(place - 1) == Some(unit))
                    .then(|| plus(before.get(place - 1)))
                    .flatten();
            let cells = [same, plus(last.get(place + 1)), plus(next.get(place)), swapped];
            let cell = cells.into_iter().flatten().min_by_key(|(edits, _)| *edits).unwrap_or((usize::MAX, 0));
            next.push(cell);
        }
        if let Some((edits, start)) = next.last().copied()
            && best.as_ref().is_none_or(|(fewest, _)| edits < *fewest)
        {
            best = Some((edits, start..at + 1));
        }
        rows.rotate_left(1);
    }
    let (edits, range) = best.filter(|(edits, range)| edits * 3 <= word.len() && !range.is_empty())?;
    Some((u8::try_from(edits).unwrap_or(u8::MAX), range))
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn the_nearest_part() {
        let near = |text: &str, word: &str| nearest(&units(text), &units(word));
        assert_eq!(near("xアムロジピンx", "アムロジビン"), Some((1, 1..7)));
        assert_eq!(near("アムロジピン", "アロムジピン"), Some((1, 0..6)));
        assert_eq!(near("アムロジピン", "アムロピン"), Some((1, 0..6)));
        assert_eq!(near("ab", "xyz"), None);
        assert_eq!(near("", "xyz"), None);
    }

    #[test]
    fn marks_are_in_order_and_apart() {
        let text = Text::new("name", false, "ｶﾞｽ😀ガス".into());
        assert_eq!(text.utf16(vec![4..6, 0..1, 0..2]), [[0, 3], [5, 7]]);
        assert_eq!(text.utf16(iter::once(2..4).collect()), [[3, 5]]);
    }
}
