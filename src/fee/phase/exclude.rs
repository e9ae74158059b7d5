//! Phase 5, 背反: what is not charged together, by 電子点数表 03-1 to 03-4.

use core::cell::OnceCell;

use rust_decimal::prelude::ToPrimitive;

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        contest::Edge,
        draft::{Draft, role},
        ledger::{Entry, Ground, Ledger, Relations},
        marks::exclusions,
        phase::{causes, price},
        refusal::Refusal,
        statement::Verdict,
        window::Span,
    },
    master::{Certainty, ExclusionDay, ExclusionMonth, ExclusionSame, ExclusionWeek, FeeAux, Masters},
};

/// Takes off what something else contains, and what is not charged beside something else: together, for what has fallen by
/// the one keeps nobody down by the other.
pub(crate) fn run<'m>(draft: &mut Draft<'m>, found: Option<(Ledger<'m>, Relations)>) -> Result<(), Refusal> {
    draft.trace.phase("exclude");
    if let Some((ledger, relations)) = found {
        weigh(draft, &ledger, relations)?;
    }
    causes::run(draft);
    Ok(())
}

fn weigh<'m>(draft: &mut Draft<'m>, ledger: &Ledger<'m>, mut relations: Relations) -> Result<(), Refusal> {
    let masters = draft.masters;
    let index = Index::of(masters, ledger);
    let first = draft.visits.iter().map(|visit| visit.date).min();
    for (code, entries) in &index.codes {
        // Each day of a code once: rows are those of the later of the two days.
        for same_day in entries.chunk_by(|a, b| day(ledger, *a) == day(ledger, *b)) {
            let Some(on) = same_day.first().and_then(|at| day(ledger, *at)) else { continue };
            // The later of two asks, and the past is not weighed against the past.
            if first.is_some_and(|first| on < first) {
                continue;
            }
            let flags =
                same_day.iter().filter_map(|at| ledger.entries.get(*at)).fold(0, |all, entry| all | flags(entry));
            for table in Table::ALL.into_iter().filter(|table| flags & table.bit() != 0) {
                // Most codes of a claim have nothing to do with each other: what a row means is looked up with the first one.
                let terms = OnceCell::new();
                table.related(masters, *code, &index.numbers, on, &mut |other, found| {
                    let Some((_, others)) = index.find(other) else { return Ok(()) };
                    let Some(terms) = *terms.get_or_init(|| table.terms(masters, on)) else { return Ok(()) };
                    for later in same_day {
                        for earlier in others {
                            relate(&mut relations, ledger, table, terms, (*later, *earlier), &found)?;
                        }
                    }
                    Ok(())
                })?;
            }
        }
    }
    ledger.settle(draft, relations);
    Ok(())
}

/// The codes that stand in some table, each with its entries by day.
struct Index {
    codes: Vec<(ProcedureCode, Vec<usize>)>,
    /// The same codes alone, in order.
    numbers: Vec<ProcedureCode>,
}

impl Index {
    fn of(masters: &Masters, ledger: &Ledger<'_>) -> Self {
        let latest = ledger.entries.iter().map(|entry| entry.when.date).max();
        // The rows are those of the later day: table 01 may know a code then that it did not know on the code's own day.
        let later = |entry: &Entry<'_>| {
            let on = latest.filter(|latest| *latest > entry.when.date);
            on.is_some_and(|on| masters.row::<FeeAux<'_>>(&entry.code, on).is_some_and(|aux| exclusions(aux) != 0))
        };
        let known = |at: &usize| {
            ledger.entries.get(*at).is_some_and(|entry| !entry.has_fallen() && (flags(entry) != 0 || later(entry)))
        };
        let code = |at: usize| ledger.entries.get(at).map(|entry| entry.code);
        let mut places: Vec<usize> = (0..ledger.entries.len()).filter(known).collect();
        crate::order::by_number(&mut places, |at| {
            let code = code(*at).map_or(0, ProcedureCode::number);
            u64::from(code) << 32 | u64::from(day(ledger, *at).map_or(0, ServiceDate::packed))
        });
        let codes: Vec<(ProcedureCode, Vec<usize>)> = places
            .chunk_by(|a, b| code(*a) == code(*b))
            .filter_map(|same| Some((code(*same.first()?)?, same.to_vec())))
            .collect();
        let numbers = codes.iter().map(|(code, _)| *code).collect();
        Self { codes, numbers }
    }

    fn find(&self, code: ProcedureCode) -> Option<&(ProcedureCode, Vec<usize>)> {
        self.codes.get(self.numbers.binary_search(&code).ok()?)
    }
}

fn day(ledger: &Ledger<'_>, at: usize) -> Option<ServiceDate> {
    ledger.entries.get(at).map(|entry| entry.when.date)
}

/// 背反関連識別 (10–13 of table 01): which of the four tables know the code.
fn flags(entry: &Entry<'_>) -> u8 {
    entry.aux.map_or(0, exclusions)
}

/// One row of one of the four tables.
struct Found {
    rule: u32,
    special: u32,
    certainty: Certainty,
}

/// One of the four tables.
#[derive(Clone, Copy)]
pub(super) enum Table {
    Day,
    Month,
    Same,
    Week,
}

impl Table {
    pub(super) const ALL: [Self; 4] = [Self::Day, Self::Month, Self::Same, Self::Week];

    pub(super) const fn bit(self) -> u8 {
        match self {
            Self::Day => 1,
            Self::Month => 2,
            Self::Same => 4,
            Self::Week => 8,
        }
    }

    /// The rows of a code on a day that lead to one of these codes.
    fn related(
        self,
        masters: &Masters,
        code: ProcedureCode,
        others: &[ProcedureCode],
        on: ServiceDate,
        take: &mut dyn FnMut(ProcedureCode, Found) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        macro_rules! rows {
            ($row:ident) => {
                for row in masters.related_among::<$row<'_>, _>(code, others, on) {
                    let found = Found { rule: row.rule(), special: row.special(), certainty: row.certainty() };
                    take(row.other(), found)?;
                }
            };
        }
        match self {
            Self::Day => rows!(ExclusionDay),
            Self::Month => rows!(ExclusionMonth),
            Self::Same => rows!(ExclusionSame),
            Self::Week => rows!(ExclusionWeek),
        }
        Ok(())
    }

    /// Whether a row of a code on a day leads to one of these codes.
    pub(super) fn leads(
        self,
        masters: &Masters,
        code: ProcedureCode,
        others: &[ProcedureCode],
        on: ServiceDate,
    ) -> bool {
        macro_rules! leads {
            ($row:ident) => {
                masters.related_among::<$row<'_>, _>(code, others, on).next().is_some()
            };
        }
        match self {
            Self::Day => leads!(ExclusionDay),
            Self::Month => leads!(ExclusionMonth),
            Self::Same => leads!(ExclusionSame),
            Self::Week => leads!(ExclusionWeek),
        }
    }

    /// The time within which the two are not charged together, and how sure that is: where a row says which of them stands,
    /// and where it leaves that open.
    fn terms(self, masters: &Masters, on: ServiceDate) -> Option<(Span, (Certainty, Certainty))> {
        let (span, sure) = self.span(masters, on)?;
        // Which of two that the table leaves open stands is this version's choice.
        let either = role(masters, "exclusion.either", on).map_or(Certainty::Unverified, |part| part.certainty);
        Some((span, (sure, sure.max(either))))
    }

    /// The time within which the two are not charged together.
    fn span(self, masters: &Masters, on: ServiceDate) -> Option<(Span, Certainty)> {
        Some(match self {
            Self::Day => (Span::Day, Certainty::Official),
            Self::Month => (Span::Months(1), Certainty::Official),
            Self::Same => (Span::Visit, Certainty::Official),
            Self::Week => {
                let part = role(masters, "window.exclusion_week", on)?;
                (Span::Days(part.value.to_i64()?), part.certainty)
            }
        })
    }

    const fn name(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Day => ("table.exclusion.day", "03-1", "1日につき背反"),
            Self::Month => ("table.exclusion.month", "03-2", "同一月の背反"),
            Self::Same => ("table.exclusion.same", "03-3", "同時の背反"),
            Self::Week => ("table.exclusion.week", "03-4", "1週間につき背反"),
        }
    }
}

/// 背反区分 (6): 1 the first is charged, 2 the other, 3 one of the two: the main one (主たるもの), which is the one with more
/// points (`exclusion.either`). Where the points are open, a person must choose.
fn relate(
    relations: &mut Relations,
    ledger: &Ledger<'_>,
    table: Table,
    (span, (sure, either)): (Span, (Certainty, Certainty)),
    (a, b): (usize, usize),
    found: &Found,
) -> Result<(), Refusal> {
    let Some((one, two)) = ledger.entries.get(a).zip(ledger.entries.get(b)) else { return Ok(()) };
    // The day of the row is the later one; of two on one day the smaller code asks.
    let asks = (one.when.date, core::cmp::Reverse(one.code)) > (two.when.date, core::cmp::Reverse(two.code));
    if !asks || (one.is_past() && two.is_past()) || !span.holds(one.when, two.when) {
        return Ok(());
    }
    let (rule, number, words) = table.name();
    let ground = || Ground {
        rule,
        verdict: Verdict::Excluded,
        basis: format!(
            "電子点数表 {number} 背反テーブル {}・{}（背反区分 {}、特例条件 {}）",
            one.code, two.code, found.rule, found.special
        ),
        words,
        certainty: found.certainty.max(if matches!(found.rule, 1 | 2) { sure } else { either }),
    };
    let special = found.special != 0;
    let edge = |winner, loser, open| Edge { winner, loser, open };
    match found.rule {
        1 => relations.add(edge(a, b, special), ground()),
        2 => relations.add(edge(b, a, special), ground()),
        _ => match (figure(one), figure(two)) {
            (Some(first), Some(second)) => {
                // Of two with the same points the earlier stands, then the one whose code comes first.
                let before = (one.when.date, one.code) < (two.when.date, two.code);
                let first_stands = first > second || (first == second && before);
                let (winner, loser) = if first_stands { (a, b) } else { (b, a) };
                relations.add(edge(winner, loser, special), ground())
            }
            _ => {
                relations.add(edge(a, b, true), ground())?;
                relations.add(edge(b, a, true), ground())
            }
        },
    }
}

fn figure(entry: &Entry<'_>) -> Option<rust_decimal::Decimal> {
    price::figure(entry.row?, entry.quantity)
}
