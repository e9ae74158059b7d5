//! Phase 5, 背反: what is not charged together, by 電子点数表 03-1 to 03-4.

use rust_decimal::prelude::ToPrimitive;

use crate::{
    date::ServiceDate,
    fee::{
        contest::Edge,
        draft::{Draft, role},
        ledger::{Entry, Ground, Ledger, Relations},
        phase::{causes, price},
        refusal::Refusal,
        statement::Verdict,
        window::Span,
    },
    master::{Certainty, ExclusionDay, ExclusionMonth, ExclusionSame, ExclusionWeek, FeeAux, Masters, Pair, Row},
};

/// Takes off what is not charged beside something else.
pub(crate) fn run(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    draft.trace.phase("exclude");
    let masters = draft.masters;
    let ledger = Ledger::of(draft, |past, visit| {
        past.date.same_month(visit.date) || past.date.days_since(visit.date).abs() <= FARTHEST
    });
    let mut relations = Relations::default();
    // The codes in order, each with its entries: most pairs of codes have no row, and are looked up once.
    let mut places: Vec<usize> = (0..ledger.entries.len())
        .filter(|at| ledger.entries.get(*at).is_some_and(|entry| !entry.has_fallen() && flags(entry) != 0))
        .collect();
    let code = |at: &usize| ledger.entries.get(*at).map(|entry| entry.code);
    places.sort_by_key(|at| (code(at), *at));
    let codes: Vec<&[usize]> = places.chunk_by(|a, b| code(a) == code(b)).collect();
    for (at, firsts) in codes.iter().enumerate() {
        for others in codes.iter().skip(at + 1) {
            pairs(masters, &ledger, firsts, others, &mut relations)?;
        }
    }
    ledger.settle(draft, &relations, Verdict::Excluded);
    causes::run(draft);
    Ok(())
}

/// No exclusion looks farther than this many days, but for the calendar month.
const FARTHEST: i64 = 31;

/// 背反関連識別 (10–13 of table 01): which of the four tables know the code.
fn flags(entry: &Entry<'_>) -> u8 {
    entry.aux.map_or(0, |aux| {
        let marks: [u32; 4] = marks(aux);
        marks.iter().enumerate().map(|(at, mark)| u8::from(*mark == 1) << at).sum()
    })
}

fn marks(aux: FeeAux<'_>) -> [u32; 4] {
    [aux.exclusion_day(), aux.exclusion_month(), aux.exclusion_same(), aux.exclusion_week()]
}

/// One row of one of the four tables.
struct Found {
    rule: u32,
    special: u32,
    certainty: Certainty,
}

/// One of the four tables.
#[derive(Clone, Copy)]
enum Table {
    Day,
    Month,
    Same,
    Week,
}

impl Table {
    const ALL: [Self; 4] = [Self::Day, Self::Month, Self::Same, Self::Week];

    /// The rule for two codes on a day.
    fn row(self, masters: &Masters, pair: Pair, on: ServiceDate) -> Option<Found> {
        macro_rules! found {
            ($row:ident) => {{
                let row = masters.row::<$row<'_>>(&pair, on)?;
                Some(Found { rule: row.rule(), special: row.special(), certainty: row.certainty() })
            }};
        }
        match self {
            Self::Day => found!(ExclusionDay),
            Self::Month => found!(ExclusionMonth),
            Self::Same => found!(ExclusionSame),
            Self::Week => found!(ExclusionWeek),
        }
    }

    /// Whether the table knows the two codes on any day.
    fn knows(self, masters: &Masters, pair: Pair) -> bool {
        fn any<'m, R: Row<'m, Code = Pair>>(masters: &'m Masters, pair: Pair) -> bool {
            masters.versions::<R>(&pair).next().is_some()
        }
        match self {
            Self::Day => any::<ExclusionDay<'_>>(masters, pair),
            Self::Month => any::<ExclusionMonth<'_>>(masters, pair),
            Self::Same => any::<ExclusionSame<'_>>(masters, pair),
            Self::Week => any::<ExclusionWeek<'_>>(masters, pair),
        }
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

/// The relations between the entries of two codes.
fn pairs(
    masters: &Masters,
    ledger: &Ledger<'_>,
    firsts: &[usize],
    others: &[usize],
    relations: &mut Relations,
) -> Result<(), Refusal> {
    let entry = |at: &usize| ledger.entries.get(*at);
    let all = |places: &[usize]| places.iter().filter_map(entry).fold(0, |all, entry| all | flags(entry));
    let both = all(firsts) & all(others);
    let Some((first, other)) = firsts.first().and_then(entry).zip(others.first().and_then(entry)) else {
        return Ok(());
    };
    let pair = Pair::of(first.code, other.code);
    for (bit, table) in Table::ALL.into_iter().enumerate() {
        if both & (1 << bit) == 0 || !table.knows(masters, pair) {
            continue;
        }
        for a in firsts {
            for b in others {
                let Some((one, two)) = entry(a).zip(entry(b)).filter(|(one, two)| !(one.is_past() && two.is_past()))
                else {
                    continue;
                };
                let on = one.when.date.max(two.when.date);
                let span = table.span(masters, on).filter(|(span, _)| span.holds(one.when, two.when));
                let Some((_, sure)) = span else { continue };
                let Some(found) = table.row(masters, pair, on) else { continue };
                relate(relations, table, (*a, one), (*b, two), &found, sure)?;
            }
        }
    }
    Ok(())
}

/// 背反区分 (6): 1 the first is charged, 2 the other, 3 one of the two: the main one (主たるもの), which is the one with more
/// points. Where the points are open or equal in name only, a person must choose.
fn relate(
    relations: &mut Relations,
    table: Table,
    (a, one): (usize, &Entry<'_>),
    (b, two): (usize, &Entry<'_>),
    found: &Found,
    sure: Certainty,
) -> Result<(), Refusal> {
    let (rule, number, words) = table.name();
    let ground = || Ground {
        rule,
        basis: format!(
            "電子点数表 {number} 背反テーブル {}・{}（背反区分 {}、特例条件 {}）",
            one.code, two.code, found.rule, found.special
        ),
        words,
        certainty: found.certainty.max(sure),
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
