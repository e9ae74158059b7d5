//! Ways to cut a stretch of a text into modifiers: the best few for every beginning, so that the work stays bounded
//! whatever the text.

use super::{
    MAX_MODIFIERS,
    index::{ModifierName, Names},
};

/// Ways that are kept for each place of a text.
const KEPT: usize = 12;
/// The same when characters may be left over: there are many such ways, and they tell less.
const KEPT_PARTLY: usize = 3;

/// A text in one spelling, with the places of its characters.
pub(super) struct Text {
    key: String,
    /// Byte offsets of the characters, and the end.
    offsets: Vec<usize>,
}

impl Text {
    pub(super) fn new(key: String) -> Self {
        let mut offsets: Vec<usize> = key.char_indices().map(|(at, _)| at).collect();
        offsets.push(key.len());
        Self { key, offsets }
    }

    /// How many characters there are.
    pub(super) fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    pub(super) fn part(&self, from: usize, to: usize) -> &str {
        let offset = |place: usize| self.offsets.get(place).copied();
        offset(from).zip(offset(to)).and_then(|(from, to)| self.key.get(from..to)).unwrap_or("")
    }
}

/// One way to cut a stretch: modifiers from its beginning, each with its length; characters that no modifier covers
/// are left over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) modifiers: Vec<ModifierName>,
    /// Characters that no modifier covers, as places of the text.
    pub(super) over: Vec<usize>,
    /// Modifiers that are written in another way than the master has them.
    pub(super) loose: usize,
}

impl Cut {
    /// Fewer left over, then fewer modifiers, then those written as in the master.
    fn worth(&self) -> (usize, usize, usize) {
        (self.over.len(), self.modifiers.len(), self.loose)
    }
}

/// The best ways to cut `text[0..end]` for every `end` (prefixes), or `text[start..]` for every `start` (suffixes).
/// With `skip`, a character may be left over.
pub(super) fn cuts(text: &Text, names: &Names, suffix: bool, skip: bool) -> Vec<Vec<Cut>> {
    let length = text.len();
    let mut table: Vec<Vec<Cut>> = vec![Vec::new(); length + 1];
    let first = if suffix { length } else { 0 };
    if let Some(place) = table.get_mut(first) {
        place.push(Cut::default());
    }
    for step in 1..=length {
        let at = if suffix { length - step } else { step };
        let mut ways: Vec<Cut> = Vec::new();
        for reach in 1..=names.longest_modifier.min(step) {
            let (from, to, known) = if suffix { (at, at + reach, at + reach) } else { (at - reach, at, at - reach) };
            let fitting = names.modifiers(text.part(from, to), suffix);
            for way in table.get(known).into_iter().flatten() {
                if way.modifiers.len() < MAX_MODIFIERS {
                    ways.extend(fitting.iter().map(|modifier| with(way, *modifier, suffix)));
                }
                if skip && reach == 1 {
                    let mut way = way.clone();
                    way.over.push(from);
                    ways.push(way);
                }
            }
        }
        // The sort is stable: of ways that are worth the same, the one with the shortest last modifier comes first.
        crate::order::by_key(&mut ways, Cut::worth);
        ways.dedup();
        ways.truncate(if skip { KEPT_PARTLY } else { KEPT });
        if let Some(place) = table.get_mut(at) {
            *place = ways;
        }
    }
    table
}

fn with(way: &Cut, modifier: ModifierName, suffix: bool) -> Cut {
    let mut way = way.clone();
    if suffix {
        way.modifiers.insert(0, modifier);
    } else {
        way.modifiers.push(modifier);
    }
    way.loose += usize::from(!modifier.full);
    way
}
