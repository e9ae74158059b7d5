//! Many comparisons together, in a memory that grows with the codes and not with the encounters.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Change, Comparison, LineChange};

/// What many comparisons come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Encounters that were compared.
    pub compared: u64,
    /// Encounters of these with a line that changed.
    pub changed: u64,
    /// Encounters of these with a line that asks for a review under one of the revisions.
    pub unsettled: u64,
    /// Encounters that could not be compared.
    pub not_comparable: u64,
    /// Visits that were compared.
    pub visits: u64,
    /// Points under the one revision.
    pub from_points: i128,
    /// Points under the other.
    pub to_points: i128,
    /// How many points more the other gives.
    pub difference: i128,
    /// What changed, by code; a figure without a code is under its name.
    pub codes: BTreeMap<String, CodeTally>,
}

/// What changed about the lines of one code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CodeTally {
    /// Its name where it was first met.
    pub name: String,
    /// Lines that are new.
    pub new: u64,
    /// Lines that are gone.
    pub gone: u64,
    /// Lines with other points.
    pub points: u64,
    /// Lines with another verdict.
    pub verdict: u64,
    /// How many points more they give, as far as is known.
    pub difference: i128,
}

impl Tally {
    /// Adds a comparison.
    pub fn add(&mut self, comparison: &Comparison) {
        self.compared += 1;
        self.visits += comparison.visits.len() as u64;
        self.unsettled += u64::from(!comparison.settled);
        self.from_points += i128::from(comparison.from_points.get());
        self.to_points += i128::from(comparison.to_points.get());
        self.difference += i128::from(comparison.difference);
        let mut changes = comparison.visits.iter().flat_map(|visit| &visit.changes).peekable();
        self.changed += u64::from(changes.peek().is_some());
        changes.for_each(|change| self.change(change));
    }

    /// Adds an encounter that could not be compared.
    pub fn add_not_comparable(&mut self) {
        self.not_comparable += 1;
    }

    fn change(&mut self, change: &LineChange) {
        let key = change.code.as_ref().unwrap_or(&change.name);
        if !self.codes.contains_key(key) {
            self.codes.insert(key.clone(), CodeTally { name: change.name.clone(), ..CodeTally::default() });
        }
        let Some(code) = self.codes.get_mut(key) else { return };
        match change.change {
            Change::New => code.new += 1,
            Change::Gone => code.gone += 1,
            Change::Points => code.points += 1,
            Change::Verdict => code.verdict += 1,
        }
        code.difference += i128::from(change.difference.unwrap_or_default());
    }

    /// Adds what other comparisons come to. Names stay those of this one.
    pub fn merge(&mut self, other: Self) {
        let Self { compared, changed, unsettled, not_comparable, visits, from_points, to_points, difference, codes } =
            other;
        self.compared += compared;
        self.changed += changed;
        self.unsettled += unsettled;
        self.not_comparable += not_comparable;
        self.visits += visits;
        self.from_points += from_points;
        self.to_points += to_points;
        self.difference += difference;
        for (key, other) in codes {
            match self.codes.get_mut(&key) {
                None => {
                    self.codes.insert(key, other);
                }
                Some(code) => {
                    code.new += other.new;
                    code.gone += other.gone;
                    code.points += other.points;
                    code.verdict += other.verdict;
                    code.difference += other.difference;
                }
            }
        }
    }
}
