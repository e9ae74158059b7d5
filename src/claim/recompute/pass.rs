//! The check of points as a pass of `santei check`: every unit by the tables, every claim by the rules of the fee schedule.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hasher},
    sync::Mutex,
};

use foldhash::quality::RandomState;

use super::{Depth, History, PointFault, PointWeight, RecomputeOptions, Subject, of_subject};
use crate::claim::{
    check::{Case, Pass, Rule, Severity},
    record::{Record, RecordKind},
};

/// 点数 of `SI`, `IY` and `TO`, and their code.
const POINTS: usize = 6;
const CODE: usize = 4;

/// What rests on a row of these names the other line itself.
const TABLES: &str = "電子点数表";

/// 別表第一 医科診療報酬点数表.
const FEES: &str = "医科診療報酬点数表";

macro_rules! rules {
    ($($id:literal $name:literal $basis:expr, $about:literal;)*) => {
        /// The rules of this pass.
        pub const RULES: &[Rule] = &[$(Rule { id: $name, severity: Severity::Error, about: $about, basis: $basis }),*];

        fn rule(id: &str) -> Option<&'static Rule> {
            let name = match id {
                $($id => $name,)*
                _ => return None,
            };
            RULES.iter().find(|rule| rule.id == name)
        }
    };
}

rules! {
    "points" "points.table" "loaded masters", "points that are not those of the tables on the day";
    "revision" "points.revision" "loaded masters", "points of another edition of the tables";
    "bundled" "points.bundled" "医科電子点数表 02 包括テーブル", "something that is part of another fee (包括)";
    "excluded" "points.excluded" "医科電子点数表 03 背反テーブル", "something that is not charged beside another fee (背反), or not under these conditions";
    "limited" "points.limited" "医科電子点数表 05 算定回数テーブル", "something charged more often than allowed (算定回数)";
    "reduction" "points.reduction" FEES, "points from which the rules take something off";
    "addition" "points.addition" FEES, "points to which the rules add something that the claim does not have";
}

/// Checks the points of claims.
///
/// ```
/// use santei::{claim::{check::Checker, recompute::{History, Points}}, master::Masters};
/// let masters = Masters::standard()?;
/// let checker = Checker::new(&masters).with(Points::new(History::new()));
/// let file = "IR,2,13,1,1234567,,診療所,202608,00,\r\n\
///     RE,1,1112,202607,TARO,1,19800401,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n\
///     HO,  138057,1,2,1,75,,,,,,,,,\r\nSY,8833421,20260701,1,,,01,\r\n\
///     SI,12,1,112007410,,75,1,,,,,,,,,,1,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n\
///     GO,1,75,99\r\n\x1a";
/// let mut found = Vec::new();
/// checker.check(file.as_bytes(), None, &mut |finding| found.push((finding.rule.id, finding.line)))?;
/// assert!(found.contains(&("points.revision", 5)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Points {
    history: History,
    known: Mutex<HashMap<u128, Vec<PointFault>, RandomState>>,
    /// Two hashes make a number.
    hashes: [RandomState; 2],
}

impl Points {
    /// How many claims are remembered: many patients of a clinic have the same done to them.
    const REMEMBERED: usize = 16_384;

    /// A check that also looks at what was charged before.
    #[must_use]
    pub fn new(history: History) -> Self {
        Self { history, ..Self::default() }
    }

    /// The faults of a claim, with lines counted from its `RE`.
    fn faults(&self, case: &Case<'_>) -> Vec<PointFault> {
        let Some(first) = case.claim.header().map(|header| header.record().line()) else { return Vec::new() };
        let past = case.month.map_or_else(Vec::new, |month| self.history.before(&case.claim, month));
        let key = past.is_empty().then(|| self.content(case, first));
        if let Some(key) = key
            && let Some(known) = self.known.lock().ok().and_then(|known| known.get(&key).cloned())
        {
            return known;
        }
        let Some(subject) = Subject::of_units(&case.claim, &case.units) else { return Vec::new() };
        let mut faults = of_subject(case.masters, &subject, past, RecomputeOptions::default(), Depth::Faults).faults();
        for fault in &mut faults {
            fault.line = fault.line.saturating_sub(first);
        }
        if let Some(key) = key
            && let Ok(mut known) = self.known.lock()
        {
            if known.len() >= Self::REMEMBERED {
                known.clear();
            }
            known.insert(key, faults.clone());
        }
        faults
    }

    /// What decides the points of a claim, as a number that two different claims do not share.
    fn content(&self, case: &Case<'_>, first: u64) -> u128 {
        let [mut one, mut two] = self.hashes.each_ref().map(BuildHasher::build_hasher);
        let mut add = |bytes: &[u8]| {
            for hash in [&mut one, &mut two] {
                hash.write(bytes);
                hash.write_usize(bytes.len());
            }
        };
        // Other masters give other points: a check is made for one set of them, and so is this memory.
        for record in case.claim.own_records() {
            let counts = record
                .kind()
                .is_some_and(|kind| matches!(kind, RecordKind::Claim | RecordKind::Disease) || kind.is_detail());
            if counts {
                add(&record.line().saturating_sub(first).to_be_bytes());
            }
            match record.kind() {
                // レセプト種別, 診療年月, 男女区分, 生年月日, 入院年月日, 病床数.
                Some(RecordKind::Claim) => [3, 4, 6, 7, 9, 13].iter().for_each(|number| add(record.field(*number))),
                Some(RecordKind::Disease) => [1, 2, 5, 7].iter().for_each(|number| add(record.field(*number))),
                Some(kind) if kind.is_detail() => add(without_texts(record)),
                _ => {}
            }
        }
        u128::from(one.finish()) << 64 | u128::from(two.finish())
    }
}

impl Pass for Points {
    fn check(&self, case: &mut Case<'_>) {
        if !case.whole {
            return;
        }
        let Some(first) = case.claim.header().map(|header| header.record().line()) else { return };
        // The rules see the setting, the patient, the days and counts: wrong ones give wrong answers.
        let settled = case.amounts && case.header(&[3, 4, 6, 7]).is_some();
        // Nor do they know what a line with a wrong code was meant to be: whether a condition is met may hang on it.
        let known = case.units.iter().flat_map(|unit| &unit.lines).all(|line| case.clean(line.line()));
        for fault in self.faults(case) {
            let Some(rule) = rule(fault.id) else { continue };
            let line = first.saturating_add(fault.line);
            let record = case.claim.records().iter().copied().find(|record| record.line() == line);
            // What is wrong with a line otherwise is said already, and may be why its points differ.
            let unit = case.units.iter().find(|unit| unit.lines.iter().any(|own| own.line() == line));
            let clean = unit.is_none_or(|unit| unit.lines.iter().all(|own| case.clean(own.line())));
            let Some(record) = record.filter(|_| clean) else { continue };
            let severity = match fault.weight {
                PointWeight::Error => Severity::Error,
                PointWeight::Doubt => Severity::Warning,
                PointWeight::Notice => Severity::Info,
            };
            let by_tables = matches!(fault.id, "points" | "revision");
            let conditional = !matches!(fault.id, "bundled" | "limited") && !fault.basis.starts_with(TABLES);
            if !by_tables && !(settled && (known || !conditional)) {
                continue;
            }
            let field = if by_tables { POINTS } else { CODE };
            let expected = format!("{}　{}", fault.expected, fault.text);
            case.find_with(rule, record, field, fault.found, expected, |finding| {
                finding.severity = severity;
                finding.row = fault.basis;
            });
            // Totals that were made with the right points are not wrong as well.
            case.amounts &= !by_tables;
        }
    }
}

/// A comment says nothing of points, but it opens groups and takes a line.
fn without_texts(record: Record<'_>) -> &[u8] {
    if record.kind() == Some(RecordKind::Comment) { record.field(2) } else { record.bytes() }
}
