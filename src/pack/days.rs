//! The days on which rows are in force, where the rows of a table share few periods: one byte a row then says which.

use core::ops::Range;

use super::{column::Column, words::Words};
use crate::date::ServiceDate;

/// Periods that are worth keeping beside a table.
const MANY: usize = 4_096;

/// The periods of a table, by the place that its rows name.
pub(super) struct Spans {
    /// Which period each row has; none when all have the first.
    places: Option<Words>,
    periods: Box<[Range<u32>]>,
}

impl Spans {
    /// The periods of a table whose first and last days are constant or name the same places.
    pub(super) fn of(pack: &[u8], from: &Column, until: &Column) -> Option<Self> {
        let places = match (from.places(), until.places()) {
            (None, None) => None,
            (Some(places), None) | (None, Some(places)) => Some(places),
            (Some(places), Some(same)) if places == same => Some(places),
            _ => return None,
        };
        let count = match (places, from.listed().max(until.listed())) {
            (None, _) => 1,
            (Some(_), listed) => listed,
        };
        if count > MANY || from.is_plain() || until.is_plain() {
            return None;
        }
        let periods = (0..count).map(|place| period(from.at(pack, place), until.at(pack, place))).collect();
        Some(Self { places, periods })
    }

    /// The period of a row.
    #[inline]
    pub(super) fn get(&self, pack: &[u8], row: usize) -> Option<&Range<u32>> {
        let place = match &self.places {
            None => 0,
            Some(places) => usize::try_from(places.get(pack, row)).ok()?,
        };
        self.periods.get(place)
    }

    /// Every period.
    pub(super) fn all(&self) -> &[Range<u32>] {
        &self.periods
    }
}

/// First day and first day no longer in force, as they are stored. What is no day of the calendar counts as none, as it
/// does for those who read the row's period.
pub(super) fn period(from: u64, until: u64) -> Range<u32> {
    let day = |stored: u64| u32::try_from(stored).ok().filter(|day| ServiceDate::from_packed(*day).is_ok());
    day(from).unwrap_or(u32::MAX)..day(until).unwrap_or(u32::MAX)
}

/// Joins periods that touch or overlap.
pub(super) fn joined(periods: &[Range<u32>]) -> Box<[Range<u32>]> {
    // Periods are few: each is put where it belongs.
    let mut sorted: Vec<&Range<u32>> = Vec::with_capacity(periods.len());
    for days in periods.iter().filter(|days| !days.is_empty()) {
        let place = sorted.partition_point(|other| (other.start, other.end) < (days.start, days.end));
        sorted.insert(place, days);
    }
    let mut out: Vec<Range<u32>> = Vec::new();
    for days in sorted {
        match out.last_mut() {
            Some(last) if last.end >= days.start => last.end = last.end.max(days.end),
            _ => out.push(days.clone()),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_day_counts_as_none() {
        assert_eq!(period(20_240_601, 20_260_601), 20_240_601..20_260_601);
        assert_eq!(period(20_240_601, 0), 20_240_601..u32::MAX);
        assert_eq!(period(20_240_601, 20_261_399), 20_240_601..u32::MAX);
        assert!(period(20_240_631, 0).is_empty() && period(0, 20_260_601).is_empty());
        assert!(period(u64::MAX, 0).is_empty());
    }

    #[test]
    fn touching_periods_are_joined() {
        let days = vec![5..7, 1..3, 3..4, 6..9, 2..2, 12..13];
        assert_eq!(joined(&days).to_vec(), [1..4, 5..9, 12..13]);
    }
}
