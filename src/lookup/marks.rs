//! Where in a row a search's words lie, so that they can be shown.

use core::ops::Range;
use std::borrow::Cow;

use crate::{
    master::schema::{Column, ColumnKind},
    pack::Table,
};

use super::{
    Elsewhere, Rank,
    fold::Folded,
    hits::Columns,
    index::{Entry, Index, Word, distance, lies},
    keys,
};

/// A row that is shown.
pub(super) struct Shown<'m> {
    pub(super) columns: &'m Columns,
    pub(super) table: Table<'m>,
    pub(super) index: &'m Index,
    pub(super) n: u32,
    pub(super) entry: &'m Entry,
    pub(super) name: &'m str,
    pub(super) code: &'m str,
}

/// A column with what it holds.
struct Text<'m> {
    column: &'static str,
    is_code: bool,
    text: Cow<'m, str>,
    spelled: Spelled<'m>,
}

/// The folded text.
enum Spelled<'m> {
    /// Its units stand where those of the text do.
    Even(&'m [u16]),
    Folded(Folded),
}

/// How badly a word lies in a text, and where: from 0, the whole of it; of a near match, the edits.
type Place = (u8, Range<usize>);

/// The parts of a row that some words match: of the name, and of the other columns.
pub(super) fn marks(shown: &Shown<'_>, whole: &Word, words: &[Word], rank: Rank) -> (Vec<[u32; 2]>, Vec<Elsewhere>) {
    let near = rank == Rank::Fuzzy;
    let name = shown.named();
    // All that was typed in one piece says more than its words.
    let in_one = words.is_empty() || (!near && name.find(whole, false).is_some());
    let words = if in_one { core::slice::from_ref(whole) } else { words };
    let mut in_name = Vec::with_capacity(words.len());
    let mut others: Vec<(Text<'_>, Vec<Range<usize>>)> = Vec::new();
    for word in words {
        let own = name.find(word, near);
        let cost = own.as_ref().map(|(cost, _)| *cost);
        in_name.extend(own.map(|(_, range)| range));
        // A code or a reading that begins with the word says more than a name that has it somewhere.
        if cost.is_some_and(|cost| cost <= 1) {
            continue;
        }
        if let Some((text, range)) = shown.elsewhere(word, cost, near) {
            match others.iter_mut().find(|(known, _)| known.column == text.column) {
                Some((_, ranges)) => ranges.push(range),
                None => others.push((text, vec![range])),
            }
        }
    }
    let elsewhere = others.into_iter().map(|(text, ranges)| {
        let marks = text.utf16(ranges);
        Elsewhere { column: text.column, text: text.text.into_owned(), marks }
    });
    (name.utf16(in_name), elsewhere.collect())
}

impl<'m> Shown<'m> {
    fn named(&self) -> Text<'m> {
        let even = self.entry.even.then(|| self.index.name(self.n));
        let spelled = even.map_or_else(|| Spelled::Folded(Folded::new(self.name)), Spelled::Even);
        Text { column: "name", is_code: false, text: Cow::Borrowed(self.name), spelled }
    }

    /// The first column besides the name in which a word lies best, codes before texts, if it lies better there than in the
    /// name.
    fn elsewhere(&self, word: &Word, own: Option<u8>, near: bool) -> Option<(Text<'m>, Range<usize>)> {
        let mut best: Option<(Text<'m>, Range<usize>)> = None;
        let mut least = own;
        let better = |text: Text<'m>, least: Option<u8>| {
            // To count edits is quick, to find the place is not.
            let far = |least| distance(&word.units, text.units()).is_some_and(|edits| edits >= least);
            if near && !text.is_code && least.is_some_and(far) {
                return None;
            }
            let (cost, range) = text.find(word, near)?;
            least.is_none_or(|least| cost < least).then_some((cost, (text, range)))
        };
        let held = |column: &Column| Some((column.name, self.held(*column))).filter(|(_, text)| !text.is_empty());
        let own_code = core::iter::once(("code", Cow::Borrowed(self.code)));
        let codes = own_code.chain(self.columns.codes.iter().filter_map(held));
        for (column, text) in codes.filter(|(_, text)| may_begin(text, word)) {
            if let Some((cost, found)) = better(Text::new(column, true, text), least) {
                (least, best) = (Some(cost), Some(found));
            }
        }
        // The index knows how well the word lies in any text: most rows have it best in their names.
        let known = self.index.best(self.n, &word.units).map(|how| how as u8);
        for (column, text) in self.columns.texts.iter().filter_map(held) {
            if !near && least.is_some_and(|least| known.is_none_or(|known| least <= known)) {
                break;
            }
            if (near || text != self.name)
                && let Some((cost, found)) = better(Text::new(column, false, text), least)
            {
                (least, best) = (Some(cost), Some(found));
            }
        }
        best
    }

    fn held(&self, column: Column) -> Cow<'m, str> {
        let row = self.entry.row as usize;
        if column.kind == ColumnKind::Text {
            return Cow::Borrowed(self.table.text(column.id, row));
        }
        let mut text = String::new();
        keys::text_into(self.table, column, row, &mut text);
        Cow::Owned(text)
    }
}

/// Whether a code may begin with a word: of letters of ASCII the first tells.
fn may_begin(code: &str, word: &Word) -> bool {
    let first = |spelling: &[u16]| spelling.first().copied();
    match code.bytes().next() {
        Some(b'-') => true,
        Some(letter) if code.is_ascii() && letter > b' ' => {
            let letter = Some(u16::from(letter.to_ascii_lowercase()));
            first(&word.units) == letter || word.code.as_deref().is_some_and(|code| first(code) == letter)
        }
        _ => true,
    }
}

impl<'m> Text<'m> {
    fn new(column: &'static str, is_code: bool, text: Cow<'m, str>) -> Self {
        let spelled = Spelled::Folded(Folded::new(&text));
        Self { column, is_code, text, spelled }
    }

    fn units(&self) -> &[u16] {
        match &self.spelled {
            Spelled::Even(units) => units,
            Spelled::Folded(folded) => &folded.units,
        }
    }

    /// Where a word lies best.
    fn find(&self, word: &Word, near: bool) -> Option<Place> {
        let units = self.units();
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
        let mut marks: Vec<[u32; 2]> = Vec::with_capacity(ranges.len());
        let part = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        for range in ranges {
            let [start, end] = match &self.spelled {
                Spelled::Even(_) => [part(range.start), part(range.end)],
                Spelled::Folded(folded) => {
                    let Some(bytes) = folded.original(range) else { continue };
                    let units = |end: usize| self.text.get(..end).unwrap_or_default().encode_utf16().count();
                    [part(units(bytes.start)), part(units(bytes.end))]
                }
            };
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
    /// More edits than any word has letters.
    const FAR: usize = usize::MAX / 2;
    // Of each part of the word: edits, and where in the text the part that it is compared with begins.
    let empty = |start: usize| (0..=word.len()).map(|edits| (edits, start)).collect::<Vec<_>>();
    let mut rows = [empty(0), empty(0), empty(0)];
    let mut best: Option<(usize, Range<usize>)> = None;
    for (at, unit) in text.iter().enumerate() {
        let [before, last, next] = &mut rows;
        next.clear();
        next.push((0, at + 1));
        for (place, letter) in word.iter().enumerate() {
            let cell = |row: &[(usize, usize)], place: usize| row.get(place).copied().unwrap_or((FAR, 0));
            let (edits, start) = cell(last, place);
            let mut least = (edits + usize::from(letter != unit), start);
            let mut plus = |(edits, start): (usize, usize)| {
                if edits + 1 < least.0 {
                    least = (edits + 1, start);
                }
            };
            plus(cell(last, place + 1));
            plus(cell(next, place));
            if let (Some(before_at), Some(before_place)) = (at.checked_sub(1), place.checked_sub(1))
                && text.get(before_at) == Some(letter)
                && word.get(before_place) == Some(unit)
            {
                plus(cell(before, before_place));
            }
            next.push(least);
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
        let text = Text::new("name", false, Cow::Borrowed("ｶﾞｽ😀ガス"));
        assert_eq!(text.utf16(vec![4..6, 0..1, 0..2]), [[0, 3], [5, 7]]);
        assert_eq!(text.utf16(iter::once(2..4).collect()), [[3, 5]]);
    }
}
