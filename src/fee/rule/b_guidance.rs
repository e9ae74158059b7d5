//! B 医学管理等 and C 在宅医療: guidance that a first consultation contains for a month from day to day, where 電子点数表 knows
//! the calendar month alone; and fees that contain the drugs and materials of the day, of which it knows nothing.

use rust_decimal::prelude::ToPrimitive;

use crate::{
    date::ServiceDate,
    fee::{
        contest::Edge,
        draft::{Draft, Group, What, reason},
        ledger::{Entry, Ground, Ledger, Relations},
        refusal::Refusal,
        statement::Verdict,
    },
    master::{FeeAux, Masters, Part, Procedure},
    order::Keyed,
};

/// 特定疾患療養管理料, which may be charged a little earlier where the day falls on a holiday (通知 (3), (4)).
const CHRONIC: &str = "B000";
/// No row of holidays is longer.
const LONGEST_HOLIDAYS: i64 = 7;

/// Whether a line is guidance that a first consultation may contain, or a first consultation with a past after it.
pub(crate) fn any(draft: &Draft<'_>) -> bool {
    let guidance = |row: Procedure<'_>, on| row.notice_1() == 1 && month(draft.masters, row, on).is_some();
    let later = |on: ServiceDate| {
        let after = |day: ServiceDate| day.months_since(on) == 1;
        draft.encounter.history.iter().any(|past| after(past.date))
    };
    let mut visits = draft.visits.iter();
    visits.any(|visit| {
        visit.items().any(|item| {
            let Some(row) = item.row() else { return false };
            let guides = (item.is_of(b'B') || item.is_of(b'C')) && guidance(row, visit.date);
            guides || item.is_of(b'A') && is_first(row) && later(visit.date)
        })
    })
}

fn is_first(row: Procedure<'_>) -> bool {
    row.fee_item() == "A000" && row.notice_1() == 1
}

/// Sets every first consultation against the guidance of the month that begins with it.
pub(crate) fn first_month<'m>(
    masters: &'m Masters,
    ledger: &Ledger<'m>,
    relations: &mut Relations,
) -> Result<(), Refusal> {
    let guidance = |(at, entry): (usize, &Entry<'m>)| {
        let row = entry.row.filter(|row| row.notice_1() == 1 && !entry.has_fallen())?;
        Some((at, entry.when.date, row, month(masters, row, entry.when.date)?))
    };
    let children: Vec<_> = ledger.entries.iter().enumerate().filter_map(guidance).collect();
    if children.is_empty() {
        return Ok(());
    }
    let first = |entry: &Entry<'m>| entry.row.is_some_and(is_first);
    for (winner, parent) in ledger.entries.iter().enumerate().filter(|(_, entry)| !entry.has_fallen() && first(entry)) {
        let from = parent.when.date;
        for (loser, date, row, part) in &children {
            // The calendar month of the consultation is in table 02.
            if from.same_month(*date) {
                continue;
            }
            let Some(open) = contains(row.fee_item() == CHRONIC, from, part, *date) else { continue };
            let ground = Ground {
                rule: "b.first_month",
                verdict: Verdict::Bundled,
                basis: part.article.to_owned(),
                words: if open {
                    "1か月を経過した日が休日なら、その直前の休日でない日に算定できる"
                } else {
                    "初診から1か月以内"
                },
                certainty: part.certainty,
            };
            relations.add(Edge { winner, loser: *loser, open }, ground)?;
        }
    }
    Ok(())
}

/// For how many months a first consultation contains the guidance.
fn month<'m>(masters: &'m Masters, row: Procedure<'m>, on: ServiceDate) -> Option<Part<'m>> {
    let item = row.fee_item();
    match item {
        CHRONIC | "C010" => masters.role_of(&["b.first_month.", item], on),
        "B001" => masters.role_of(&["b.first_month.B001.", itoa::Buffer::new().format(row.item_no())], on),
        _ => None,
    }
}

/// Whether a first consultation contains guidance of a day: `Some(false)` for certain, `Some(true)` when a holiday decides.
fn contains(chronic: bool, first: ServiceDate, part: &Part<'_>, on: ServiceDate) -> Option<bool> {
    let months = part.value.to_u32().filter(|_| on >= first)?;
    // The same day of a later month; where there is none, that month's last.
    let due = first.plus_months(months);
    if chronic {
        return (on < due).then(|| may_be_early(on, due)).and_then(|early| match early {
            Early::No => Some(false),
            Early::Perhaps => Some(true),
            Early::Yes => None,
        });
    }
    let over = if due.day() < first.day() { on > due } else { on >= due };
    (!over).then_some(false)
}

/// 小児科外来診療料 and 小児かかりつけ診療料 contain what the care of the day costs (B001-2 注3, B001-2-11 注3): drugs and
/// materials too, at whichever visit of the day.
pub(crate) fn whole_care(draft: &mut Draft<'_>) {
    let Draft { masters, encounter, visits, .. } = draft;
    let contained = |group: &Group<'_>| {
        group.base.is_paid()
            && matches!(group.base.what, What::Drugs { .. } | What::Material { .. } | What::Reduction { .. })
    };
    // The days that have any, with the fee: whether it is charged, its article and how sure that is.
    let mut days: Keyed<ServiceDate, Option<(bool, Part<'_>)>> = Keyed::default();
    for visit in visits.iter().filter(|visit| visit.groups.iter().any(contained)) {
        days.of(visit.date);
    }
    if days.is_empty() {
        return;
    }
    let fee = |row: Procedure<'_>, on: ServiceDate| {
        let aux = masters.row::<FeeAux<'_>>(&row.code(), on).filter(|_| row.fee_item().starts_with('B'))?;
        let groups = [aux.bundle_group_1(), aux.bundle_group_2(), aux.bundle_group_3()];
        groups.into_iter().find_map(|group| masters.role_of(&["b.whole_care.", group], on))
    };
    let here = visits.iter().filter(|visit| visit.parts.have(b'B')).flat_map(|visit| {
        let paid = visit.items().filter(|item| item.is_paid());
        paid.filter_map(move |item| Some((visit.date, item.row()?, item.verdict == Verdict::Charged)))
    });
    let past = encounter.history.iter().filter(|past| days.get(&past.date).is_some()).filter_map(|past| {
        let row: Procedure<'_> = masters.row(&past.procedure, past.date)?;
        Some((past.date, row, true))
    });
    for (date, row, charged) in here.chain(past).collect::<Vec<_>>() {
        if days.get(&date).is_none() {
            continue;
        }
        let known = days.of(date);
        if !known.as_ref().is_some_and(|(sure, _)| *sure || !charged)
            && let Some(part) = fee(row, date)
        {
            *known = Some((charged, part));
        }
    }
    for visit in visits {
        let Some(Some((charged, part))) = days.get(&visit.date) else { continue };
        let (verdict, text) = if *charged {
            (Verdict::Bundled, "同じ日に、診療に係る費用を含む診療料を算定している")
        } else {
            (Verdict::NeedsReview, "診療に係る費用を含む診療料を同じ日に算定するかどうかで決まる")
        };
        for group in visit.groups.iter_mut().filter(|group| contained(group)) {
            group.base.turn(verdict, reason("b.whole_care", part.article, text));
            group.base.rests_on(part.certainty);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Early {
    No,
    Perhaps,
    Yes,
}

/// Whether a day before the one on which the month has passed is the last before a row of holidays that reaches to it.
fn may_be_early(on: ServiceDate, due: ServiceDate) -> Early {
    if due.days_since(on) > LONGEST_HOLIDAYS {
        return Early::No;
    }
    let (mut day, mut found) = (due, Early::Yes);
    while day > on {
        match day {
            day if day.is_sunday() => {}
            day if may_be_holiday(day) => found = Early::Perhaps,
            _ => return Early::No,
        }
        day = day.previous();
    }
    found
}

/// Whether a day may be a holiday (国民の祝日に関する法律, 年末年始) by its place in the year: every one is among them, and
/// some working days are.
fn may_be_holiday(day: ServiceDate) -> bool {
    let fixed = |day: ServiceDate| {
        matches!(
            (day.month(), day.day()),
            (1, 1..=3)
                | (2, 11 | 23)
                | (3, 20 | 21)
                | (4, 29)
                | (5, 3..=6)
                | (8, 11)
                | (9, 21..=23)
                | (11, 3 | 23)
                | (12, 29..=31)
        )
    };
    let before = day.previous();
    let monday = before.is_sunday();
    let moved = matches!((day.month(), day.day()), (1, 8..=14) | (7, 15..=21) | (9, 15..=21) | (10, 8..=14));
    // The years of the Olympic games in Tokyo moved three of them.
    let olympic = matches!(day.year(), 2020 | 2021) && matches!((day.month(), day.day()), (7, 22..=24) | (8, 8..=10));
    fixed(day) || (monday && (moved || fixed(before))) || olympic
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> ServiceDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_from_day_to_day() {
        let part =
            Part { name: "", code: None, value: 1.into(), article: "", certainty: crate::master::Certainty::Official };
        let holds = |chronic, first: &str, on: &str| contains(chronic, day(first), &part, day(on));
        // 1か月を経過した日: 2025-06-10 and a month is 2025-07-10, a Thursday.
        assert_eq!(holds(false, "2025-06-10", "2025-07-09"), Some(false));
        assert_eq!(holds(false, "2025-06-10", "2025-07-10"), None);
        assert_eq!(holds(true, "2025-06-10", "2025-07-09"), Some(false));
        assert_eq!(holds(false, "2025-06-10", "2025-06-09"), None);
        // A month that lacks the day has passed on the first of the next; 特定疾患療養管理料 takes its last day (通知 (4)).
        assert_eq!(holds(false, "2025-01-31", "2025-02-28"), Some(false));
        assert_eq!(holds(false, "2025-01-31", "2025-03-01"), None);
        assert_eq!(holds(true, "2025-01-31", "2025-02-28"), None);
        assert_eq!(holds(true, "2025-01-31", "2025-02-27"), Some(false));
    }

    #[test]
    fn the_last_day_before_holidays() {
        let early = |on: &str, due: &str| may_be_early(day(on), day(due));
        // 2025-07-13 is a Sunday, 2025-07-21 海の日, 2025-05-06 a substitute.
        assert_eq!(early("2025-07-12", "2025-07-13"), Early::Yes);
        assert_eq!(early("2025-07-11", "2025-07-13"), Early::No);
        assert_eq!(early("2025-07-19", "2025-07-21"), Early::Perhaps);
        assert_eq!(early("2025-07-18", "2025-07-21"), Early::No);
        assert_eq!(early("2025-05-02", "2025-05-06"), Early::Perhaps);
        assert_eq!(early("2025-07-22", "2025-07-23"), Early::No);
        assert_eq!(early("2025-12-28", "2026-01-04"), Early::Perhaps);
        assert_eq!(early("2025-12-26", "2026-01-04"), Early::No);
    }
}
