//! What is wrong with the points of a claim, fault by fault.

use serde::Serialize;

use super::{Recomputed, UnitOutcome, UnitVerdict};
use crate::{
    fee::{Reason, Verdict},
    master::Certainty,
};

/// How much a fault weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PointWeight {
    /// The claim leaves something out that the rules allow.
    Notice,
    /// It rests on a figure or a rule that is not verified.
    Doubt,
    /// The claim has points that the rules do not give.
    Error,
}

/// Tests that are charged together as one figure (D007 注 and the like).
const ROUNDED: &str = "d.bundle";

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PointFault {
    /// Stable name: `points`, `revision`, `bundled`, `excluded`, `limited`, `reduction`, `addition`.
    pub id: &'static str,
    /// How much it weighs.
    pub weight: PointWeight,
    /// The line of the file that has the points.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub line: u64,
    /// What the claim has.
    pub found: String,
    /// What the rules give.
    pub expected: String,
    /// The article or the row of a table that it rests on.
    pub basis: String,
    /// What it means, in Japanese.
    pub text: String,
}

impl Recomputed {
    /// Its faults, in the order of the lines. What nobody can price here is none. Tests that a figure for several takes in and
    /// that are charged one by one are one fault, at the first of them.
    #[must_use]
    pub fn faults(&self) -> Vec<PointFault> {
        let mut faults: Vec<PointFault> = Vec::new();
        let mut rounded: Vec<(&UnitOutcome, &Reason, usize, usize)> = Vec::new();
        for unit in &self.units {
            let Some(one) = fault(unit) else { continue };
            let Some(reason) = unit.reasons.iter().find(|reason| reason.rule == ROUNDED) else {
                faults.push(one);
                continue;
            };
            let same = |other: &UnitOutcome, by: &Reason| other.days == unit.days && by.basis == reason.basis;
            match rounded.iter_mut().find(|(other, by, ..)| same(other, by)) {
                Some((.., more)) => *more += 1,
                None => {
                    rounded.push((unit, reason, faults.len(), 0));
                    faults.push(one);
                }
            }
        }
        for (.., place, more) in rounded.into_iter().filter(|(.., more)| *more > 0) {
            if let Some(fault) = faults.get_mut(place) {
                fault.text.push_str(&format!("。ほかに{more}行が同じ"));
            }
        }
        faults
    }
}

fn fault(unit: &UnitOutcome) -> Option<PointFault> {
    // Most units: nothing is put together for them.
    if matches!(unit.verdict, UnitVerdict::Agrees | UnitVerdict::NeedsReview | UnitVerdict::NotPriced) {
        return None;
    }
    let claimed = unit.claimed?;
    let weight = if unit.certainty == Certainty::Unverified { PointWeight::Doubt } else { PointWeight::Error };
    let times = format!("{claimed}点×{}", unit.count);
    let make = |id, weight, found, expected, basis: &str, text: String| {
        let basis = basis.to_owned();
        Some(PointFault { id, weight, line: unit.line, found, expected, basis, text })
    };
    let names: Vec<&str> = unit.items.iter().map(|item| item.name.as_str()).filter(|name| !name.is_empty()).collect();
    let names = names.join(" ＋ ");
    match unit.verdict {
        UnitVerdict::Differs => {
            let by_tables = unit.by_tables?;
            let (found, expected) = (format!("{claimed}点"), format!("{by_tables}点"));
            match &unit.edition {
                Some(edition) => {
                    let of = if edition.name.is_empty() { "別の版" } else { &edition.name };
                    let text = format!("{names} は {} からの{of}の点数で、診療日の版の点数ではない", edition.from);
                    make("revision", weight, found, expected, "医科診療行為・医薬品・特定器材マスター", text)
                }
                None => {
                    let text = format!("{names} の点数が、診療日のマスターから求めた点数と違う");
                    make("points", weight, found, expected, "医科診療行為・医薬品・特定器材マスター", text)
                }
            }
        }
        UnitVerdict::NotCharged => {
            let id = match unit.rules? {
                Verdict::Bundled => "bundled",
                Verdict::Limited => "limited",
                _ => "excluded",
            };
            let reason = decisive(&unit.reasons)?;
            let expected = unit.by_rules.map_or_else(|| "？".to_owned(), |points| format!("計{points}点"));
            make(id, weight, times, expected, &reason.basis, format!("{names}: {}", reason.text))
        }
        UnitVerdict::Otherwise => {
            let by_rules = unit.by_rules?;
            let total = claimed.checked_mul(i64::from(unit.count))?;
            let less = by_rules < total;
            let (id, weight) = if less { ("reduction", weight) } else { ("addition", PointWeight::Notice) };
            let (basis, text) = decisive(&unit.reasons).map_or_else(
                || (String::new(), "規則により点数が変わる".to_owned()),
                |reason| (reason.basis.clone(), reason.text.clone()),
            );
            make(id, weight, times, format!("計{by_rules}点"), &basis, format!("{names}: {text}"))
        }
        UnitVerdict::Agrees | UnitVerdict::NeedsReview | UnitVerdict::NotPriced => None,
    }
}

/// The reason that decided: not what only says what was not looked at, and not what follows from another line. Ages are
/// looked at with the records.
fn decisive(reasons: &[Reason]) -> Option<&Reason> {
    const BESIDE: [&str; 5] =
        ["table.none", "price.base_unpaid", "master.age", "a000.large_hospital", "a001.large_hospital"];
    reasons.iter().find(|reason| !BESIDE.contains(&reason.rule.as_str()) && !reason.rule.ends_with("_unconfirmed"))
}
