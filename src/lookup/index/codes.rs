//! The codes of a master, in order, so that those that begin alike stand together.

use core::ops::Range;

use super::{END, arrange::alike, sorting::Sorting};

/// The codes of all rows: a row has its own and those of other systems.
#[derive(Default)]
pub(in crate::lookup) struct Codes {
    units: Vec<u16>,
    list: Vec<Code>,
    /// The letters with which codes begin, a bit for each of ASCII and one for all others.
    firsts: u128,
    arranging: Arranging,
}

/// What is left to do until the codes are in order.
#[derive(Default)]
enum Arranging {
    #[default]
    Done,
    ByRow(Sorting),
    ByHead(Sorting),
    /// Codes whose heads do not say everything, from a place on.
    Alike {
        order: Vec<(u64, u32)>,
        from: usize,
    },
}

#[derive(Clone, Copy)]
struct Code {
    /// Its first letters, eight bits each, so that most comparisons look at one number.
    head: u64,
    at: u32,
    row: u32,
}

/// Letters in a head.
const HEAD: usize = 8;

impl Codes {
    /// Adds a code of a row; the place of the code.
    pub(super) fn push(&mut self, row: u32, write: impl FnOnce(&mut Vec<u16>)) -> u32 {
        let at = self.units.len();
        write(&mut self.units);
        let head = self.units.get(at..).map_or(0, head);
        let place = u32::try_from(at).unwrap_or(u32::MAX);
        if let Some(first) = self.units.get(at) {
            self.firsts |= bit(*first);
            self.list.push(Code { head, at: place, row });
        }
        self.units.push(END);
        place
    }

    /// Gives the rows their numbers.
    pub(super) fn number(&mut self, number: &[u32]) {
        for code in &mut self.list {
            code.row = number.get(code.row as usize).copied().unwrap_or(u32::MAX);
        }
        let rows = self.list.iter().map(|code| u64::from(code.row)).zip(0..).collect();
        self.arranging = Arranging::ByRow(Sorting::new(rows));
    }

    /// Goes on putting the codes in order, for about so many of them; whether they are. Of equal ones the lower row comes
    /// first.
    pub(super) fn arrange(&mut self, count: usize) -> bool {
        match &mut self.arranging {
            Arranging::Done => return true,
            Arranging::ByRow(sorting) => {
                if let Some(order) = sorting.step() {
                    let head = |place: u32| Some((self.list.get(place as usize)?.head, place));
                    let heads = order.into_iter().filter_map(|(_, place)| head(place)).collect();
                    self.arranging = Arranging::ByHead(Sorting::new(heads));
                }
            }
            Arranging::ByHead(sorting) => {
                if let Some(order) = sorting.step() {
                    self.arranging = Arranging::Alike { order, from: 0 };
                }
            }
            Arranging::Alike { order, from } => {
                let (first, units, list) = (*from, &self.units, &self.list);
                while let Some(heads) = alike(order, *from).filter(|_| *from - first < count) {
                    *from = heads.end;
                    let same = order.get_mut(heads).unwrap_or_default();
                    if same.first().is_some_and(|(head, _)| !is_whole(*head)) {
                        let code = |place: u32| list.get(place as usize).map_or(&[][..], |code| text(units, code.at));
                        crate::order::by(same, |(_, a), (_, b)| code(*a).cmp(code(*b)));
                    }
                }
                if *from >= order.len() {
                    self.list = order.iter().filter_map(|(_, place)| list.get(*place as usize).copied()).collect();
                    self.arranging = Arranging::Done;
                }
            }
        }
        false
    }

    /// The code that begins at a place.
    pub(super) fn at(&self, at: u32) -> &[u16] {
        text(&self.units, at)
    }

    /// The text of an entry.
    pub(super) fn text(&self, place: u32) -> &[u16] {
        self.list.get(place as usize).map_or(&[], |code| self.at(code.at))
    }

    /// The row of an entry.
    pub(super) fn row(&self, place: u32) -> Option<u32> {
        self.list.get(place as usize).map(|code| code.row)
    }

    /// Whether any code begins with the first letter of a word.
    pub(super) fn may_begin(&self, word: &[u16]) -> bool {
        word.first().is_some_and(|first| self.firsts & bit(*first) != 0)
    }

    /// The entries that begin with a word: those that are it, and those that go on.
    pub(super) fn begin(&self, word: &[u16]) -> (Range<u32>, Range<u32>) {
        let low = head(word);
        let after = if word.len() < HEAD { low | (u64::MAX >> (8 * word.len())) } else { low };
        let before =
            |code: &Code| code.head < low || (code.head == low && word.len() > HEAD && self.at(code.at) < word);
        let start = self.list.partition_point(before);
        let rest = self.list.get(start..).unwrap_or_default();
        // Letters that are not ASCII share a head: what begins otherwise ends the range too early only for them.
        let inside = |code: &Code| code.head <= after && self.at(code.at).starts_with(word);
        let end = if word.len() <= HEAD {
            start + rest.partition_point(|code| code.head <= after)
        } else {
            start + rest.partition_point(inside)
        };
        let exact = start + rest.partition_point(|code| code.head <= after && self.at(code.at) == word);
        (part(start)..part(exact.min(end)), part(exact.min(end))..part(end))
    }
}

fn part(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn text(units: &[u16], at: u32) -> &[u16] {
    let rest = units.get(at as usize..).unwrap_or_default();
    let end = rest.iter().position(|unit| *unit == END).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

fn head(text: &[u16]) -> u64 {
    first_letters(text, |unit| match unit {
        // Of what is no ASCII, codes have the folded hyphen only.
        0x30fc => b'-',
        _ => u8::try_from(unit).unwrap_or(u8::MAX),
    })
}

/// The first letters of a code, in the order of the codes as far as they tell.
pub(super) fn plain_head(text: &[u16]) -> u64 {
    first_letters(text, |unit| u8::try_from(unit).unwrap_or(u8::MAX))
}

fn first_letters(text: &[u16], byte: impl Fn(u16) -> u8) -> u64 {
    (0..HEAD).fold(0, |head, place| head << 8 | text.get(place).map_or(0, |unit| u64::from(byte(*unit))))
}

fn bit(letter: u16) -> u128 {
    1 << letter.min(127)
}

/// Whether codes of this head are one code: it has room to spare, and only letters of ASCII.
fn is_whole(head: u64) -> bool {
    head.to_be_bytes().last() == Some(&0) && !head.to_be_bytes().contains(&u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_begin_alike() {
        let mut codes = Codes::default();
        let all = ["e11", "e119", "e11", "1124003f2010", "1124003f2011", "1124003f1", "e1", "", "bー2", "あ", "い"];
        for (row, code) in (0..).zip(all) {
            codes.push(row, |units| units.extend(code.encode_utf16()));
        }
        codes.number(&(0..11).collect::<Vec<_>>());
        while !codes.arrange(3) {}
        let found = |word: &str| {
            let word: Vec<u16> = word.encode_utf16().collect();
            let (exact, longer) = codes.begin(&word);
            let rows = |range: Range<u32>| {
                let of = range.filter(|place| codes.text(*place).starts_with(&word));
                of.map(|place| codes.row(place).unwrap()).collect::<Vec<_>>()
            };
            (rows(exact), rows(longer))
        };
        assert_eq!(found("e11"), (vec![0, 2], vec![1]));
        assert_eq!(found("e119"), (vec![1], vec![]));
        assert_eq!(found("1124003f"), (vec![], vec![5, 3, 4]));
        assert_eq!(found("1124003f201"), (vec![], vec![3, 4]));
        assert_eq!(found("1124003f2010"), (vec![3], vec![]));
        assert_eq!(found("bー"), (vec![], vec![8]));
        assert_eq!(found("い"), (vec![10], vec![]));
        assert_eq!(found("x"), (vec![], vec![]));
    }
}
