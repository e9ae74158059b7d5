//! Days as FHIR writes them.

use chrono::{DateTime, Datelike, FixedOffset};

use crate::{
    date::ServiceDate,
    lookup::{DayOutOfRange, validate::askable},
};

/// Japan is so many seconds before UTC.
const JAPAN: i32 = 9 * 60 * 60;

/// The day of a `date` or `dateTime`; a moment is in its day in Japan. A year or a month alone is none: masters change by the day.
pub(super) fn of_date_time(text: &str) -> Option<ServiceDate> {
    if text.len() == 10 {
        return text.parse().ok();
    }
    let moment = DateTime::parse_from_rfc3339(text).ok()?;
    let day = moment.with_timezone(&FixedOffset::east_opt(JAPAN)?).date_naive();
    ServiceDate::new(day.year(), day.month(), day.day())
}

/// The day of a version: the tables as they are in force on it, `YYYYMMDD` or `YYYY-MM-DD`.
pub(super) fn of_version(text: &str) -> Option<ServiceDate> {
    let packed = text.parse().ok().filter(|_| text.len() == 8);
    match packed {
        Some(packed) => ServiceDate::from_packed(packed).ok(),
        None => text.parse().ok(),
    }
}

/// The version of a day.
pub(super) fn version(day: ServiceDate) -> String {
    day.packed().to_string()
}

/// A day that the masters may be asked for.
pub(super) fn asked(day: ServiceDate) -> Result<ServiceDate, DayOutOfRange> {
    askable(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_in_their_day_in_japan() {
        for (text, day) in [
            ("2026-06-01", Some("2026-06-01")),
            ("2026-05-31T15:00:00Z", Some("2026-06-01")),
            ("2026-05-31T14:59:59.999Z", Some("2026-05-31")),
            ("2026-06-01T00:00:00+09:00", Some("2026-06-01")),
            ("2026-06", None),
            ("2026", None),
            ("2026-02-30", None),
            ("2026-06-01T00:00:00", None),
            ("", None),
        ] {
            assert_eq!(of_date_time(text).map(|day| day.to_string()).as_deref(), day, "{text}");
        }
        assert_eq!(of_version("20260601").map(version).as_deref(), Some("20260601"));
        assert_eq!(of_version("2026-06-01").map(version).as_deref(), Some("20260601"));
        assert_eq!(of_version("R8"), None);
    }
}
