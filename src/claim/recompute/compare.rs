//! The statement of the rebuilt encounter, unit by unit.

use std::collections::BTreeMap;

use crate::{
    fee::{Line, Origin, Reason, Statement, Verdict, VisitStatement},
    master::Certainty,
};

use super::{outcome::NotClaimed, rebuild::Origins};

/// The reason of a test that is rounded with others, and of the figure that they are rounded into.
const ROUNDED: &str = "d.bundle";

/// What the rules charge for a unit.
#[derive(Debug, Clone)]
pub(super) struct Charged {
    pub(super) total: i64,
    /// The same without the additions and reductions that the rules join to it.
    pub(super) written: i64,
    /// The worst that befell one of its lines, with its reasons.
    pub(super) verdict: Verdict,
    pub(super) reasons: Vec<Reason>,
    /// What the rules join, by name.
    pub(super) joined: Vec<Reason>,
    pub(super) certainty: Certainty,
}

impl Charged {
    fn new() -> Self {
        let (reasons, joined) = (Vec::new(), Vec::new());
        Self { total: 0, written: 0, verdict: Verdict::Charged, reasons, joined, certainty: Certainty::Official }
    }

    fn fell(&mut self, line: &Line) {
        if rank(line.verdict) > rank(self.verdict) {
            self.verdict = line.verdict;
            self.certainty = self.certainty.max(line.certainty);
        }
        for reason in line.reasons.iter().filter(|reason| !matches!(reason.rule.as_str(), "ordered" | "master.row")) {
            if !self.reasons.contains(reason) {
                self.reasons.push(reason.clone());
            }
        }
    }
}

const fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Charged => 0,
        Verdict::NeedsReview => 1,
        Verdict::Limited => 2,
        Verdict::Excluded => 3,
        Verdict::Bundled => 4,
    }
}

/// What the rules charge for every unit, and what they add that no unit has.
pub(super) fn compare(statement: &Statement, origins: &Origins) -> (BTreeMap<usize, Charged>, Vec<NotClaimed>) {
    let mut units: BTreeMap<usize, Charged> = BTreeMap::new();
    let mut extra = Vec::new();
    // Fees that the rules add on a day of their own choice within the month, such as a judgement fee.
    let mut pool: Vec<(&VisitStatement, &Line)> = statement
        .visits
        .iter()
        .flat_map(|visit| visit.lines.iter().map(move |line| (visit, line)))
        .filter(|(_, line)| line.origin == Origin::Derived && !line.addition && !is_figure(line))
        .filter(|(_, line)| line.verdict == Verdict::Charged)
        .collect();
    for visit in &statement.visits {
        let mut current: Option<usize> = None;
        // For each figure, its first unit.
        let mut figures: BTreeMap<&str, usize> = BTreeMap::new();
        for line in &visit.lines {
            if line.addition {
                if let Some(charged) = current.and_then(|unit| units.get_mut(&unit)) {
                    addition(charged, line, origins);
                }
                continue;
            }
            current = line.path.as_deref().and_then(|path| origins.get(path)).copied();
            let Some(unit) = current else { continue };
            let charged = units.entry(unit).or_insert_with(Charged::new);
            if let Some(figure) = figure_of(line) {
                let first = *figures.entry(figure).or_insert(unit);
                if first != unit {
                    charged.fell(line);
                }
                continue;
            }
            let swap = (line.verdict == Verdict::Limited)
                .then(|| pool.iter().position(|(_, other)| other.code.is_some() && other.code == line.code))
                .flatten();
            match swap {
                Some(place) => {
                    let (_, other) = pool.swap_remove(place);
                    let points = other.total.map_or(0, |points| points.get());
                    charged.total += points;
                    charged.written += points;
                }
                None => base(charged, line),
            }
        }
        for line in visit.lines.iter().filter(|line| is_figure(line)) {
            let points = line.total.map_or(0, |points| points.get());
            let first = figures.iter().find(|(name, _)| **name == line.name).map(|(_, unit)| *unit);
            if let Some(charged) = first.and_then(|unit| units.get_mut(&unit)) {
                charged.total += points;
                charged.written += points;
                charged.certainty = charged.certainty.max(line.certainty);
                charged.joined.extend(line.reasons.iter().filter(|reason| reason.rule == ROUNDED).cloned());
            }
        }
    }
    // What a prescription brings is added whether the claim has it or not.
    let has = |visit: &VisitStatement, line: &Line| {
        let same = statement.visits.iter().filter(|other| other.date == visit.date).flat_map(|other| &other.lines);
        let mut same = same.filter(|other| other.origin == Origin::Ordered);
        same.any(|other| other.code.is_some() && other.code == line.code)
    };
    for (visit, line) in pool.into_iter().filter(|(visit, line)| !has(visit, line)) {
        extra.push(NotClaimed {
            date: visit.date,
            section: line.section.clone(),
            code: line.code.clone(),
            name: line.name.clone(),
            points: line.total.map(|points| points.get()),
            reasons: line.reasons.clone(),
        });
    }
    crate::order::by(&mut extra, |a, b| (a.date, &a.section, &a.code).cmp(&(b.date, &b.section, &b.code)));
    (units, extra)
}

fn base(charged: &mut Charged, line: &Line) {
    let points = line.total.map_or(0, |points| points.get());
    charged.total += points;
    charged.written += points;
    if line.verdict == Verdict::Charged {
        charged.certainty = charged.certainty.max(line.certainty);
    } else {
        charged.fell(line);
    }
}

fn addition(charged: &mut Charged, line: &Line, origins: &Origins) {
    let points = line.total.map_or(0, |points| points.get());
    let ordered = line.origin == Origin::Ordered || line.path.as_deref().is_some_and(|path| origins.contains_key(path));
    charged.total += points;
    if ordered {
        charged.written += points;
        if line.verdict == Verdict::Charged {
            charged.certainty = charged.certainty.max(line.certainty);
        } else {
            charged.fell(line);
        }
    } else if line.verdict == Verdict::Charged && points != 0 {
        charged.certainty = charged.certainty.max(line.certainty);
        let mut reasons = line.reasons.iter().filter(|reason| reason.rule != "master.row").cloned();
        if let Some(mut reason) = reasons.next() {
            reason.text = format!("{} {points:+}: {}", line.name, reason.text);
            charged.joined.push(reason);
        }
    }
}

/// Whether a line is the figure that several tests are rounded into.
fn is_figure(line: &Line) -> bool {
    line.code.is_none() && line.drugs.is_empty() && line.reasons.iter().any(|reason| reason.rule == ROUNDED)
}

/// The figure that a test is rounded into.
fn figure_of(line: &Line) -> Option<&str> {
    const PART_OF: &str = " に含まれる";
    if line.verdict != Verdict::Bundled {
        return None;
    }
    let reason = line.reasons.iter().find(|reason| reason.rule == ROUNDED)?;
    reason.text.strip_suffix(PART_OF)
}
