//! The statement of the rebuilt encounter, unit by unit.

use std::collections::BTreeMap;

use crate::{
    fee::{Line, Origin, Reason, Statement, Verdict, VisitStatement, text::Text},
    master::Certainty,
};

use super::{Depth, outcome::NotClaimed, rebuild::Origins};

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

    fn fell(&mut self, line: &Line<Text<'_>>) {
        if rank(line.verdict) > rank(self.verdict) {
            self.verdict = line.verdict;
            self.certainty = self.certainty.max(line.certainty);
        }
        for reason in line.reasons.iter().filter(|reason| !matches!(reason.rule.words(), "ordered" | "master.row")) {
            let reason = reason.clone().owned();
            if !self.reasons.contains(&reason) {
                self.reasons.push(reason);
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
pub(super) fn compare(
    statement: &Statement<Text<'_>>,
    origins: &Origins,
    depth: Depth,
) -> (BTreeMap<usize, Charged>, Vec<NotClaimed>) {
    let mut units: BTreeMap<usize, Charged> = BTreeMap::new();
    // Fees that the rules add on a day of their own choice within the month, such as a judgement fee.
    let mut pool: Vec<(&VisitStatement<Text<'_>>, &Line<Text<'_>>)> = statement
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
            current = origin(line, origins);
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
            let first = figures.iter().find(|(name, _)| **name == line.name.words()).map(|(_, unit)| *unit);
            if let Some(charged) = first.and_then(|unit| units.get_mut(&unit)) {
                charged.total += points;
                charged.written += points;
                charged.certainty = charged.certainty.max(line.certainty);
                charged.joined.extend(line.reasons.iter().filter(|reason| is_rounded(reason)).map(owned));
            }
        }
    }
    let extra = if depth == Depth::Whole { not_claimed(statement, pool) } else { Vec::new() };
    (units, extra)
}

/// What the rules add and the claim does not have.
fn not_claimed(
    statement: &Statement<Text<'_>>,
    pool: Vec<(&VisitStatement<Text<'_>>, &Line<Text<'_>>)>,
) -> Vec<NotClaimed> {
    let mut extra = Vec::new();
    // What a prescription brings is added whether the claim has it or not.
    let has = |visit: &VisitStatement<Text<'_>>, line: &Line<Text<'_>>| {
        let same = statement.visits.iter().filter(|other| other.date == visit.date).flat_map(|other| &other.lines);
        let mut same = same.filter(|other| other.origin == Origin::Ordered);
        same.any(|other| other.code.is_some() && other.code == line.code)
    };
    for (visit, line) in pool.into_iter().filter(|(visit, line)| !has(visit, line)) {
        extra.push(NotClaimed {
            date: visit.date,
            section: line.section.to_string(),
            code: line.code.clone().map(String::from),
            name: line.name.to_string(),
            points: line.total.map(|points| points.get()),
            reasons: line.reasons.iter().map(owned).collect(),
        });
    }
    crate::order::by(&mut extra, |a, b| (a.date, &a.section, &a.code).cmp(&(b.date, &b.section, &b.code)));
    extra
}

/// The unit that a line comes from.
fn origin(line: &Line<Text<'_>>, origins: &Origins) -> Option<usize> {
    match &line.path {
        Some(Text::Path(path)) => origins.get(path).copied(),
        _ => None,
    }
}

fn owned(reason: &Reason<Text<'_>>) -> Reason {
    reason.clone().owned()
}

fn is_rounded(reason: &Reason<Text<'_>>) -> bool {
    reason.rule.words() == ROUNDED
}

fn base(charged: &mut Charged, line: &Line<Text<'_>>) {
    let points = line.total.map_or(0, |points| points.get());
    charged.total += points;
    charged.written += points;
    if line.verdict == Verdict::Charged {
        charged.certainty = charged.certainty.max(line.certainty);
    } else {
        charged.fell(line);
    }
}

fn addition(charged: &mut Charged, line: &Line<Text<'_>>, origins: &Origins) {
    let points = line.total.map_or(0, |points| points.get());
    let ordered = line.origin == Origin::Ordered || origin(line, origins).is_some();
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
        let mut reasons = line.reasons.iter().filter(|reason| reason.rule.words() != "master.row");
        if let Some(mut reason) = reasons.next().map(owned) {
            reason.text = format!("{} {points:+}: {}", line.name, reason.text);
            charged.joined.push(reason);
        }
    }
}

/// Whether a line is the figure that several tests are rounded into.
fn is_figure(line: &Line<Text<'_>>) -> bool {
    line.code.is_none() && line.drugs.is_empty() && line.reasons.iter().any(is_rounded)
}

/// The figure that a test is rounded into.
fn figure_of<'l>(line: &'l Line<Text<'_>>) -> Option<&'l str> {
    const PART_OF: &str = " に含まれる";
    if line.verdict != Verdict::Bundled {
        return None;
    }
    let reason = line.reasons.iter().find(|reason| is_rounded(reason))?;
    reason.text.words().strip_suffix(PART_OF)
}
