//! The days on which the fee schedule and the price list were revised. An edition of a master gives the figures of its
//! own revision and says nothing of the next one, so that its open rows end where the next revision begins.

use crate::{date::ServiceDate, master::MasterKind};

/// 診療報酬の算定方法 別表第一: the first day of each revision, `YYYYMMDD`, and the act.
const PROCEDURES: &[u32] = &[
    20_160_401, // 平成28年度改定
    20_180_401, // 平成30年度改定
    20_191_001, // 令和元年厚生労働省告示第85号 (消費税率)
    20_200_401, // 令和2年度改定
    20_220_401, // 令和4年厚生労働省告示第54号
    20_240_601, // 令和6年度改定
    20_260_601, // 令和8年厚生労働省告示第69号
];

/// 薬価基準: the first day of each revision; since 2021 every year.
const DRUGS: &[u32] = &[
    20_160_401, // 平成28年度薬価改定
    20_180_401, // 平成30年度薬価改定
    20_191_001, // 令和元年度薬価改定 (消費税率)
    20_200_401, // 令和2年度薬価改定
    20_210_401, // 令和3年度薬価改定
    20_220_401, // 令和4年度薬価改定
    20_230_401, // 令和5年度薬価改定
    20_240_401, // 令和6年度薬価改定
    20_250_401, // 令和7年度薬価改定
    20_260_401, // 令和8年度薬価改定
];

/// An edition with fewer rows says nothing about revisions.
const MANY: usize = 1_000;

/// The revisions that bear on a master, in order; none for a master without money. Those that came after this table
/// are told by the editions themselves: on the day of a revision most rows begin anew.
///
/// `editions` has the first days of the rows of each edition.
pub(super) fn days(kind: MasterKind, editions: impl Iterator<Item = Vec<ServiceDate>>) -> Vec<ServiceDate> {
    let table = match kind {
        // 特定保険医療材料 and the 電子点数表 are revised together with the fee schedule.
        MasterKind::Procedure
        | MasterKind::Material
        | MasterKind::FeeAux
        | MasterKind::BundleMember
        | MasterKind::ExclusionDay
        | MasterKind::ExclusionMonth
        | MasterKind::ExclusionSame
        | MasterKind::ExclusionWeek
        | MasterKind::InpatientAddition
        | MasterKind::Frequency
        | MasterKind::Dental
        | MasterKind::DentalAux
        | MasterKind::DentalBundleMember
        | MasterKind::DentalExclusion
        | MasterKind::DentalFrequency
        | MasterKind::DentalAddition
        | MasterKind::DentalLimit
        | MasterKind::DentalStep
        | MasterKind::DentalAge
        | MasterKind::DentalPair
        | MasterKind::DentalDays
        | MasterKind::Dispensing
        | MasterKind::VisitingNursing => PROCEDURES,
        MasterKind::Drug => DRUGS,
        _ => return Vec::new(),
    };
    let mut days: Vec<ServiceDate> = table.iter().filter_map(|day| ServiceDate::from_packed(*day).ok()).collect();
    let newest = days.last().copied();
    for firsts in editions {
        let Some(middle) = middle(firsts.clone()) else { continue };
        let same = firsts.iter().filter(|day| **day == middle).count();
        if firsts.len() >= MANY && same * 2 > firsts.len() && newest.is_some_and(|newest| middle > newest) {
            days.push(middle);
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// The day in the middle of the first days of an edition's rows: the day of most rows, if there is one.
pub(super) fn middle(mut firsts: Vec<ServiceDate>) -> Option<ServiceDate> {
    let half = firsts.len() / 2;
    if firsts.is_empty() { None } else { Some(*firsts.select_nth_unstable(half).1) }
}

/// The revision that an edition gives.
///
/// One that was published after the revision began and has rows of it; or one published ahead, at most a quarter of a
/// year, in which most rows begin with the revision. A few rows announced ahead do not make an edition of the old
/// revision one of the new.
pub(super) fn revision(
    days: &[ServiceDate],
    edition: ServiceDate,
    newest: ServiceDate,
    middle: ServiceDate,
) -> Option<ServiceDate> {
    const AHEAD: u32 = 92;
    let ahead = (0..AHEAD).fold(edition, |day, _| day.next());
    let reach = edition.min(newest).max(ahead.min(middle));
    days.iter().rev().find(|day| **day <= reach).copied()
}

/// The first day that a row of an edition says nothing of: the first revision after the edition's own and after the
/// row's first day.
pub(super) fn next(
    days: &[ServiceDate],
    edition: ServiceDate,
    revision: Option<ServiceDate>,
    from: ServiceDate,
) -> Option<ServiceDate> {
    let after = revision.unwrap_or(edition).max(from);
    days.iter().find(|day| **day > after).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> ServiceDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_tables_are_days_in_order() {
        for table in [PROCEDURES, DRUGS] {
            assert!(table.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(table.iter().all(|day| ServiceDate::from_packed(*day).is_ok()));
        }
    }

    #[test]
    fn editions_belong_to_their_revision() {
        let days = days(MasterKind::Procedure, core::iter::empty());
        let of = |edition, newest, middle| {
            let own = revision(&days, day(edition), day(newest), day(middle));
            (own.map(|day| day.to_string()), next(&days, day(edition), own, day(middle)).map(|day| day.to_string()))
        };
        let known = |own: &str, next: &str| (Some(own.to_owned()), Some(next.to_owned()));
        // The last edition of a revision, six weeks before the next one.
        assert_eq!(of("2022-02-18", "2022-02-17", "2020-04-01"), known("2020-04-01", "2022-04-01"));
        // The first one, published the day before.
        assert_eq!(of("2024-05-31", "2024-06-01", "2024-06-01"), known("2024-06-01", "2026-06-01"));
        assert_eq!(of("2025-11-04", "2025-11-01", "2024-06-01"), known("2024-06-01", "2026-06-01"));
        // One row of the next revision announced ahead.
        assert_eq!(of("2026-04-20", "2026-06-01", "2024-06-01"), known("2024-06-01", "2026-06-01"));
        assert_eq!(of("2026-06-05", "2027-06-01", "2026-06-01"), (Some("2026-06-01".to_owned()), None));
        assert_eq!(of("2015-01-01", "2014-04-01", "2014-04-01"), (None, Some("2016-04-01".to_owned())));
    }

    #[test]
    fn a_later_revision_shows_in_the_rows() {
        let edition = |rows| (0..rows).map(|i| day(if i % 3 == 0 { "2028-07-01" } else { "2028-06-01" })).collect();
        let last = |rows| days(MasterKind::Procedure, core::iter::once(edition(rows))).last().copied();
        assert_eq!(last(2_000), Some(day("2028-06-01")));
        assert_eq!(last(500), Some(day("2026-06-01")));
    }
}
