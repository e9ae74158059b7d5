//! From a typed name to codes: every way to read it as modifiers, one base name and modifiers, the best first.

use serde::Serialize;

use super::{
    ComposedDisease, DiseaseInput, compose,
    index::{BaseName, Names, key},
    reading::{Cut, Text, cuts},
};
use crate::{
    code::{DiseaseCode, ModifierCode},
    date::ServiceDate,
    lookup::fault::{CodeFault, CodeFaultKind, cut},
    master::Masters,
};

/// Longest name that is read, in characters: far more than twenty modifiers and a base name have.
pub const MAX_NAME: usize = 500;
/// Readings when the caller names no limit.
const USUAL: usize = 10;
/// Most readings that are worked out in full.
const MOST: usize = 200;

/// Finds the codes of typed names on one day. Made once, it serves any number of names.
#[derive(Debug)]
pub struct Decomposer {
    masters: Masters,
    on: Option<ServiceDate>,
    names: Names,
}

/// What a typed name may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Decomposed {
    /// Whether the readings cover the whole name; otherwise they leave something over.
    pub whole: bool,
    /// The readings, the best first.
    pub readings: Vec<DiseaseReading>,
    /// Whether there are more readings than were asked for.
    pub more: bool,
}

/// One reading of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DiseaseReading {
    /// 傷病名コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub disease: DiseaseCode,
    /// 修飾語コード in the order of a claim.
    #[cfg_attr(feature = "ts", ts(type = "string[]"))]
    pub modifiers: Vec<ModifierCode>,
    /// Whether the reading's own name is the typed one but for spelling (width, kana, old kanji …) and blanks. Otherwise a
    /// short name or another way to write の疑い was read.
    pub exact: bool,
    /// What the reading leaves over.
    pub uncovered: Vec<UncoveredText>,
    /// The disease composed of these codes, with what a claim would object to.
    pub composed: ComposedDisease,
}

/// A part of a name that a reading leaves over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UncoveredText {
    /// The part, in one spelling: katakana, half-width letters, no blanks.
    pub text: String,
}

/// A reading before it is composed.
struct Candidate<'n> {
    base: &'n BaseName,
    length: usize,
    before: &'n Cut,
    behind: &'n Cut,
}

impl Candidate<'_> {
    fn modifiers(&self) -> impl Iterator<Item = ModifierCode> {
        self.before.modifiers.iter().chain(&self.behind.modifiers).map(|modifier| modifier.code)
    }

    fn count(&self) -> usize {
        self.before.modifiers.len() + self.behind.modifiers.len()
    }

    fn over(&self) -> usize {
        self.before.over.len() + self.behind.over.len()
    }

    /// What sorts readings, the smallest first: little left over, a long base name, the name itself before the short one,
    /// names in use before rare ones, one that may stand so, few modifiers.
    fn worth(&self) -> impl Ord + use<> {
        let forbidden = self.base.alone_forbidden && self.before.modifiers.is_empty();
        (
            self.over(),
            core::cmp::Reverse(self.length),
            !self.base.full,
            self.base.adoption,
            forbidden,
            self.count(),
            self.before.loose + self.behind.loose,
            self.base.code,
        )
    }
}

impl Decomposer {
    /// Takes the names that are in force on a day; without a day, the newest.
    #[must_use]
    pub fn new(masters: &Masters, on: Option<ServiceDate>) -> Self {
        Self { masters: masters.clone(), on, names: Names::build(masters, on) }
    }

    /// The day whose names are known.
    #[must_use]
    pub fn date(&self) -> Option<ServiceDate> {
        self.on
    }

    /// Every reading of a name, the best first: the longest base name, then 採択区分, then the fewest modifiers. When none
    /// covers the whole name, the readings that leave the least over.
    ///
    /// ```
    /// use santei::{lookup::disease::Decomposer, master::Masters};
    /// let names = Decomposer::new(&Masters::standard()?, None);
    /// let readings = names.decompose("右変形性膝関節症の疑い", None)?;
    /// let first = &readings.readings[0];
    /// assert_eq!((first.disease.to_string().as_str(), first.composed.modifier_codes.as_str()), ("7153018", "20568002"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`CodeFault`] when the name is empty or longer than [`MAX_NAME`].
    pub fn decompose(&self, name: &str, limit: Option<usize>) -> Result<Decomposed, Box<CodeFault>> {
        if let Some(fault) = CodeFault::of_day(self.on) {
            return Err(Box::new(fault));
        }
        let limit = limit.unwrap_or(USUAL).clamp(1, MOST);
        let length = name.chars().take(MAX_NAME + 1).count();
        if length > MAX_NAME {
            let fault = CodeFault::error("name", CodeFaultKind::TooMuch, "the name is longer than any disease's");
            let fault = fault.expected(format!("at most {MAX_NAME} characters"), format!("{} bytes", name.len()));
            return Err(Box::new(fault.help("give one disease at a time")));
        }
        let text = Text::new(key(name));
        if text.len() == 0 {
            let fault = CodeFault::error("name", CodeFaultKind::Schema, "there is no name to read");
            return Err(Box::new(fault.expected("the name of a disease", cut(name)).help("give a name")));
        }
        let found = self.read(&text, limit, false);
        if !found.readings.is_empty() {
            return Ok(found);
        }
        Ok(self.read(&text, limit, true))
    }

    fn read(&self, text: &Text, limit: usize, skip: bool) -> Decomposed {
        let before = cuts(text, &self.names, false, skip);
        let behind = cuts(text, &self.names, true, skip);
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        for start in 0..text.len() {
            let ways = before.get(start).map_or(&[][..], Vec::as_slice);
            for end in start + 1..=text.len().min(start + self.names.longest_base) {
                let bases = if ways.is_empty() { &[] } else { self.names.bases(text.part(start, end)) };
                let after = behind.get(end).map_or(&[][..], Vec::as_slice);
                for base in bases {
                    candidates.extend(ways.iter().flat_map(|before| {
                        let length = end - start;
                        after.iter().map(move |behind| Candidate { base, length, before, behind })
                    }));
                }
            }
        }
        candidates.retain(|candidate| candidate.count() <= super::MAX_MODIFIERS);
        crate::order::by_key(&mut candidates, Candidate::worth);
        if skip {
            // What leaves more over than the best reading tells nothing.
            let least = candidates.first().map_or(0, Candidate::over);
            candidates.retain(|candidate| candidate.over() == least);
        }
        let mut readings: Vec<DiseaseReading> = Vec::new();
        let mut more = false;
        for candidate in &candidates {
            let same = |reading: &DiseaseReading| {
                reading.disease == candidate.base.code && reading.modifiers.iter().copied().eq(candidate.modifiers())
            };
            if readings.iter().any(same) {
                continue;
            }
            if readings.len() >= limit {
                more = true;
                break;
            }
            readings.push(self.reading(candidate, text));
        }
        Decomposed { whole: !skip && !readings.is_empty(), readings, more }
    }

    fn reading(&self, candidate: &Candidate<'_>, text: &Text) -> DiseaseReading {
        let modifiers: Vec<ModifierCode> = candidate.modifiers().collect();
        let input =
            DiseaseInput { modifiers: modifiers.clone(), date: self.on, ..DiseaseInput::of(candidate.base.code) };
        let composed = compose(&self.masters, &input);
        let mut over: Vec<usize> = candidate.before.over.iter().chain(&candidate.behind.over).copied().collect();
        crate::order::sort(&mut over);
        let runs = over.chunk_by(|one, next| one + 1 == *next);
        let uncovered = runs
            .filter_map(|run| run.first().zip(run.last()))
            .map(|(first, last)| UncoveredText { text: text.part(*first, last + 1).to_owned() });
        DiseaseReading {
            disease: candidate.base.code,
            modifiers,
            exact: key(&composed.name) == text.part(0, text.len()),
            uncovered: uncovered.collect(),
            composed,
        }
    }
}
