//! Phase 4, 包括: what is part of something else, by 電子点数表 01 and 02, and by the month after a first consultation.

use rust_decimal::prelude::ToPrimitive;

use crate::{
    code::{BundleGroup, ProcedureCode},
    date::ServiceDate,
    fee::{
        contest::Edge,
        draft::{Draft, role},
        ledger::{Ground, Ledger, Relations},
        phase::{inpatient, related},
        refusal::Refusal,
        rule::b_guidance,
        statement::Verdict,
        window::{Span, When},
    },
    master::{BundleMember, Certainty, Masters, Pair},
};

/// Finds what another procedure contains. Whether that one is itself charged shows with the exclusions only. None where
/// nothing of the calculation bears on anything else.
pub(crate) fn run<'m>(draft: &mut Draft<'m>) -> Result<Option<(Ledger<'m>, Relations)>, Refusal> {
    draft.trace.phase("bundle");
    // What does not go with the stay keeps nobody down either.
    inpatient::run(draft);
    let near = |past: When, visit: When| {
        past.date.same_month(visit.date) || past.date.days_since(visit.date).abs() <= FARTHEST
    };
    if !related::any(draft, near) && !b_guidance::any(draft) {
        return Ok(None);
    }
    let masters = draft.masters;
    let ledger = Ledger::of(draft, near);
    let mut relations = Relations::default();
    for (winner, parent) in ledger.entries.iter().enumerate().filter(|(_, entry)| !entry.has_fallen()) {
        let Some(aux) = parent.aux else { continue };
        for (unit, group) in aux.bundles() {
            let Some((time, group)) = Time::of(masters, unit, parent.when.date).zip(group) else { continue };
            for (loser, child) in ledger.entries.iter().enumerate() {
                if child.code == parent.code || child.has_fallen() || !time.holds(parent.when, child.when) {
                    continue;
                }
                let on = parent.when.date.max(child.when.date);
                let Some(row) = member(masters, group, child.code, on) else { continue };
                let ground = Ground {
                    rule: "table.bundle",
                    verdict: Verdict::Bundled,
                    basis: format!("電子点数表 02 包括テーブル {group} {}（特例条件 {}）", child.code, row.special()),
                    words: time.words,
                    certainty: aux.certainty().max(row.certainty()).max(time.certainty),
                };
                relations.add(Edge { winner, loser, open: row.special() != 0 }, ground)?;
            }
        }
    }
    b_guidance::first_month(masters, &ledger, &mut relations)?;
    Ok(Some((ledger, relations)))
}

/// No relation looks farther than this many days, but for the calendar month.
const FARTHEST: i64 = 31;

/// What table 02 says of a code in a group on a day.
pub(super) fn member(
    masters: &Masters,
    group: BundleGroup,
    child: ProcedureCode,
    on: ServiceDate,
) -> Option<BundleMember<'_>> {
    masters.row(&Pair::of(group, child), on)
}

/// 包括単位 (4, 6, 8 of table 01): when a procedure contains another.
struct Time {
    span: Option<Span>,
    /// Days before the operation.
    before: i64,
    words: &'static str,
    certainty: Certainty,
}

impl Time {
    fn of(masters: &Masters, unit: u32, on: ServiceDate) -> Option<Self> {
        let time = |span, words| Some(Self { span: Some(span), before: 0, words, certainty: Certainty::Official });
        match unit {
            1 => time(Span::Day, "1日につき包括"),
            2 => time(Span::Months(1), "同一月の包括"),
            3 => time(Span::Visit, "同時の包括"),
            5 => {
                let part = role(masters, "window.before_operation", on)?;
                let words = "手術前1週間の包括";
                Some(Self { span: None, before: part.value.to_i64()?, words, certainty: part.certainty })
            }
            6 => time(Span::Visit, "1手術の包括"),
            _ => None,
        }
    }

    fn holds(&self, parent: When, child: When) -> bool {
        match self.span {
            Some(span) => span.holds(parent, child),
            None => (0..=self.before).contains(&parent.date.days_since(child.date)),
        }
    }
}
