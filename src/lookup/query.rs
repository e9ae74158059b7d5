//! What is looked for, and the words of it.

use std::cell::OnceCell;

use crate::{date::ServiceDate, master::MasterKind};

use super::{
    fold::fold_units,
    index::Word,
    keys::{self, Searched},
    numerals,
};

/// Letters of a query at most, folded: more than any name has.
pub const MAX_LETTERS: usize = 400;
/// Words of a query at most.
pub const MAX_WORDS: usize = 16;

const BLANK: u16 = b' ' as u16;
/// What every hyphen is folded to.
const DASH: u16 = 0x30fc;

/// Where a procedure is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// 入院外.
    Outpatient,
    /// 入院.
    Inpatient,
}

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Search<'q> {
    /// A code, the beginning of a code, or a part of a name or reading, in any width, either kana and any common spelling;
    /// several words, in any order, must all match.
    pub query: &'q str,
    /// Only this master.
    pub kind: Option<MasterKind>,
    /// Only these masters; none for all. `kind` counts as one of them.
    pub kinds: &'q [MasterKind],
    /// Only rows in force on this day; without a day, the newest row of each code.
    pub on: Option<ServiceDate>,
    /// Only what stands here in the fee schedule: the beginning of a 区分番号 (`D`, `D00`, `B001-2`), or digits of a 診療識別
    /// (`60`, `6`). Tables without either have no such rows.
    pub section: Option<&'q str>,
    /// Only what may be charged there (入外適用区分); tables that do not say are not narrowed.
    pub setting: Option<Setting>,
    /// At most so many hits.
    pub limit: usize,
}

impl Default for Search<'_> {
    fn default() -> Self {
        Self { query: "", kind: None, kinds: &[], on: None, section: None, setting: None, limit: 50 }
    }
}

impl Search<'_> {
    pub(super) fn wants(&self, searched: &Searched) -> bool {
        let all = self.kind.is_none() && self.kinds.is_empty();
        all || self.kind == Some(searched.kind) || self.kinds.contains(&searched.kind)
    }
}

/// A query in folded units.
pub(super) struct Query {
    whole: Vec<u16>,
    /// Two or more, or none.
    words: Vec<Vec<u16>>,
}

/// Why a query is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoQuery {
    Empty,
    Letters(usize),
    Words(usize),
}

impl Query {
    pub(super) fn read(text: &str) -> Result<Self, NoQuery> {
        let mut units = Vec::new();
        // A text of megabytes is refused before it is folded.
        let given = text.trim();
        if given.len() > MAX_LETTERS * 16 {
            return Err(NoQuery::Letters(given.chars().count()));
        }
        let _ = fold_units(given, &mut units);
        let words: Vec<&[u16]> = units.split(|unit| *unit == BLANK).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Err(NoQuery::Empty);
        }
        if units.len() > MAX_LETTERS {
            return Err(NoQuery::Letters(units.len()));
        }
        if words.len() > MAX_WORDS {
            return Err(NoQuery::Words(words.len()));
        }
        let mut several: Vec<Vec<u16>> = Vec::new();
        for word in words.iter().filter(|_| words.len() > 1) {
            if !several.iter().any(|known| known == word) {
                several.push(word.to_vec());
            }
        }
        let start = units.iter().position(|unit| *unit != BLANK).unwrap_or(0);
        let end = units.iter().rposition(|unit| *unit != BLANK).map_or(0, |last| last + 1);
        Ok(Self { whole: units.get(start..end).unwrap_or_default().to_vec(), words: several })
    }

    /// The same with other numerals: II型 for 2型, 9 for IX. None when there are none.
    pub(super) fn renumbered(&self) -> Option<Self> {
        let whole = numerals::swapped(&self.whole)?;
        let words = self.words.iter().map(|word| numerals::swapped(word).unwrap_or_else(|| word.clone())).collect();
        Some(Self { whole, words })
    }
}

/// A query as the codes of masters are spelled: each spelling is made once for all masters that have it.
pub(super) struct Spelled<'q> {
    query: &'q Query,
    made: [OnceCell<(Word, Vec<Word>)>; 3],
}

impl<'q> Spelled<'q> {
    pub(super) fn new(query: &'q Query) -> Self {
        Self { query, made: Default::default() }
    }

    /// All that was typed, and the words of it where there are several.
    pub(super) fn of(&self, searched: &Searched) -> (&Word, &[Word]) {
        let [plain, dotted, grouped] = &self.made;
        let made = match (searched.has_icd10(), searched.is_written_with_hyphens()) {
            (true, _) => dotted,
            (_, true) => grouped,
            _ => plain,
        };
        let (whole, words) = made.get_or_init(|| {
            let word = |units: &Vec<u16>| word(units, searched);
            (word(&self.query.whole), self.query.words.iter().map(word).collect())
        });
        (whole, words)
    }
}

fn word(units: &[u16], searched: &Searched) -> Word {
    let code = if searched.has_icd10() {
        keys::undotted(units)
    } else if searched.is_written_with_hyphens() {
        // JLAC codes and HOT are written in groups: 3D046-0000-019-062-02.
        let bare: Vec<u16> = units.iter().copied().filter(|unit| *unit != DASH).collect();
        (bare.len() < units.len() && !bare.is_empty()).then_some(bare)
    } else {
        None
    };
    Word { units: units.to_vec(), code }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_and_its_words() {
        let read = |text: &str| {
            Query::read(text).map(|query| {
                let words = query.words.iter().map(|word| String::from_utf16_lossy(word)).collect::<Vec<_>>();
                (String::from_utf16_lossy(&query.whole), words)
            })
        };
        let one = |word: &str| Ok((word.to_owned(), Vec::new()));
        assert_eq!(read(" 高血圧　"), one("高血圧"));
        assert_eq!(read("\u{7}ガス\u{0}"), one("ガス"));
        assert_eq!(read("右　膝\t右"), Ok(("右 膝 右".into(), vec!["右".into(), "膝".into()])));
        for empty in ["", " ", "　\u{200b}", "\u{1}\u{2}"] {
            assert_eq!(read(empty), Err(NoQuery::Empty), "{empty:?}");
        }
        assert_eq!(read(&"あ".repeat(10_000)), Err(NoQuery::Letters(10_000)));
        assert_eq!(read(&"あ".repeat(401)), Err(NoQuery::Letters(401)));
        assert_eq!(read(&"あ ".repeat(17)), Err(NoQuery::Words(17)));
        assert!(read(&"あ".repeat(400)).is_ok());
    }
}
