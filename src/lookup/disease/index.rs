//! The names of diseases and modifiers in one spelling, for finding them in a text.

use std::collections::HashMap;

use super::{ModifierPosition, SUSPECTED, is_uncoded, modifier};
use crate::{
    code::{DiseaseCode, ModifierCode},
    date::ServiceDate,
    lookup::{fault::day_or_last, fold},
    master::{Disease, Masters, Modifier},
};

/// What people write for の疑い (8002).
const SUSPICIONS: [&str; 7] = ["疑い", "うたがい", "のうたがい", "疑", "の疑", "(疑い)", "(疑)"];

/// の in the one spelling of [`key`].
const NO: char = 'ノ';

/// A base name that a text may contain.
#[derive(Debug, Clone, Copy)]
pub(super) struct BaseName {
    pub(super) code: DiseaseCode,
    pub(super) adoption: u32,
    pub(super) alone_forbidden: bool,
    /// The name itself, not the short one.
    pub(super) full: bool,
}

/// A modifier that a text may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ModifierName {
    pub(super) code: ModifierCode,
    /// The name itself, not another way to write it.
    pub(super) full: bool,
}

/// The names that are in force on a day.
#[derive(Debug)]
pub(super) struct Names {
    bases: HashMap<String, Vec<BaseName>>,
    prefixes: HashMap<String, Vec<ModifierName>>,
    suffixes: HashMap<String, Vec<ModifierName>>,
    /// Characters of the longest name.
    pub(super) longest_base: usize,
    pub(super) longest_modifier: usize,
}

/// One spelling of a text, without blanks.
pub(super) fn key(text: &str) -> String {
    let mut key = fold(text);
    key.retain(|letter| letter != ' ');
    key
}

impl Names {
    pub(super) fn build(masters: &Masters, on: Option<ServiceDate>) -> Self {
        let day = day_or_last(on);
        let mut names = Self {
            bases: HashMap::new(),
            prefixes: HashMap::new(),
            suffixes: HashMap::new(),
            longest_base: 0,
            longest_modifier: 0,
        };
        for row in masters.in_force::<Disease>(day).filter(|row| !is_uncoded(row.code())) {
            let base = BaseName {
                code: row.code(),
                adoption: row.adoption(),
                alone_forbidden: row.alone_forbidden() != 0,
                full: true,
            };
            let (name, short) = (key(row.name()), key(row.short_name()));
            if !short.is_empty() && short != name {
                names.add_base(short, BaseName { full: false, ..base });
            }
            names.add_base(name, base);
        }
        for row in masters.in_force::<Modifier>(day) {
            let suffix = match modifier::position_of(row) {
                ModifierPosition::Prefix => false,
                ModifierPosition::Suffix => true,
                ModifierPosition::Dental => continue,
            };
            if suffix && row.code().number() == SUSPECTED {
                for spelling in SUSPICIONS {
                    names.add_modifier(key(spelling), ModifierName { code: row.code(), full: false }, true);
                }
            }
            names.add_modifier(key(row.name()), ModifierName { code: row.code(), full: true }, suffix);
        }
        names.add_without_no();
        names
    }

    /// What follows a name without its の: 胃癌術後 is 胃癌 with の術後, unless a modifier is called 術後 itself.
    fn add_without_no(&mut self) {
        let short: Vec<(String, ModifierName)> = self
            .suffixes
            .iter()
            .filter_map(|(name, known)| name.strip_prefix(NO).zip(known.iter().find(|modifier| modifier.full)))
            .filter(|(rest, _)| rest.chars().count() > 1 && !self.suffixes.contains_key(*rest))
            .map(|(rest, modifier)| (rest.to_owned(), ModifierName { full: false, ..*modifier }))
            .collect();
        for (name, modifier) in short {
            self.suffixes.insert(name, vec![modifier]);
        }
    }

    fn add_base(&mut self, name: String, base: BaseName) {
        if !name.is_empty() {
            self.longest_base = self.longest_base.max(name.chars().count());
            self.bases.entry(name).or_default().push(base);
        }
    }

    fn add_modifier(&mut self, name: String, modifier: ModifierName, suffix: bool) {
        if !name.is_empty() {
            self.longest_modifier = self.longest_modifier.max(name.chars().count());
            let names = if suffix { &mut self.suffixes } else { &mut self.prefixes };
            names.entry(name).or_default().push(modifier);
        }
    }

    pub(super) fn bases(&self, name: &str) -> &[BaseName] {
        self.bases.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn modifiers(&self, name: &str, suffix: bool) -> &[ModifierName] {
        let names = if suffix { &self.suffixes } else { &self.prefixes };
        names.get(name).map_or(&[], Vec::as_slice)
    }
}
