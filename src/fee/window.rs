//! The spans of time within which the electronic fee table looks: a visit, a day, a week, months, years.
//!
//! 電子点数表 names its spans but does not say where each begins and ends. 週 and 月 are those of the calendar (第1章第1部
//! 通則, 通知 6); the others are choices, and stand with their reason in `masters/roles.csv` under `window.`.

use rust_decimal::prelude::ToPrimitive;

use crate::{
    date::ServiceDate,
    fee::draft::role,
    master::{Certainty, Masters},
};

/// When something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) date: ServiceDate,
    /// The visit in this calculation; none for history.
    pub(crate) visit: Option<usize>,
}

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// One visit: what is done at the same time, in one operation, one series, one test.
    Visit,
    /// One day.
    Day,
    /// So many calendar weeks, from Sunday to Saturday, this one among them.
    Weeks(i64),
    /// So many calendar months, this one among them.
    Months(i32),
    /// So many years from day to day.
    Years(u32),
    /// One fiscal year, from April to March.
    FiscalYear,
    /// So many days, the first one counted.
    Days(i64),
    /// From the day of admission on.
    Stay(ServiceDate),
    /// Everything that is known.
    Ever,
}

impl Span {
    /// Whether two times fall into one span.
    pub(crate) fn holds(self, a: When, b: When) -> bool {
        match self {
            Self::Visit => a.visit.is_some() && a.visit == b.visit,
            Self::Day => a.date == b.date,
            Self::Weeks(weeks) => a.date.weeks_since(b.date).abs() < weeks,
            Self::Months(months) => a.date.months_since(b.date).abs() < months,
            Self::Years(years) => {
                let (first, last) = (a.date.min(b.date), a.date.max(b.date));
                last < first.plus_months(years.saturating_mul(12))
            }
            Self::Stay(admitted) => a.date >= admitted && b.date >= admitted,
            Self::FiscalYear => a.date.fiscal_year() == b.date.fiscal_year(),
            Self::Days(days) => a.date.days_since(b.date).abs() < days,
            Self::Ever => true,
        }
    }
}

/// How 算定単位コード (05, 付表1) counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Within a span of time.
    Within(Span),
    /// Once for as long as something lasts whose beginning the input does not tell: 初回, 1疾患, 1分娩, 妊娠中.
    Episode,
    /// During a stay in hospital: 入院初日, 入院中, 退院時.
    Stay { first_day: bool },
    /// For each thing: 部位, 側, 臓器, 単位 …
    Thing,
}

/// What a unit code counts, and how sure its span is; none while no span is known for the day.
pub(crate) fn unit(masters: &Masters, code: u32, on: ServiceDate) -> Option<(Unit, Certainty)> {
    let days = matches!(code, 121 | 131 | 138 | 142..=148 | 161 | 162);
    if days {
        let name = match code {
            121 => "window.frequency.121",
            131 => "window.frequency.131",
            138 => "window.frequency.138",
            142 => "window.frequency.142",
            143 => "window.frequency.143",
            144 => "window.frequency.144",
            145 => "window.frequency.145",
            146 => "window.frequency.146",
            147 => "window.frequency.147",
            148 => "window.frequency.148",
            161 => "window.frequency.161",
            _ => "window.frequency.162",
        };
        let part = role(masters, name, on)?;
        let size = part.value.to_u32()?;
        let span = match code {
            121 => Span::Day,
            138 | 142 => Span::Weeks(i64::from(size)),
            148 | 161 => Span::Years(size),
            162 => Span::FiscalYear,
            _ => Span::Months(i32::try_from(size).ok()?),
        };
        return Some((Unit::Within(span), part.certainty));
    }
    Some(match code {
        // 患者当り: the patient's whole history, as far as it is given.
        53 => (Unit::Within(Span::Ever), Certainty::Official),
        // 手術当り, 一連, 検査当り, 初診時: one visit is one of them (window.visit).
        56 | 141 | 150 | 159 => (Unit::Within(Span::Visit), role(masters, "window.visit", on)?.certainty),
        132..=134 => (Unit::Stay { first_day: code == 132 }, Certainty::Official),
        135 | 149 | 151 | 160 => (Unit::Episode, Certainty::Official),
        _ => (Unit::Thing, Certainty::Official),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: &str) -> When {
        When { date: date.parse().unwrap(), visit: None }
    }

    fn holds(span: Span, a: &str, b: &str) -> bool {
        assert_eq!(span.holds(at(a), at(b)), span.holds(at(b), at(a)), "a span has no direction");
        span.holds(at(a), at(b))
    }

    #[test]
    fn weeks_begin_on_sunday() {
        // 2026-11-15 is a Sunday.
        assert!(holds(Span::Weeks(1), "2026-11-15", "2026-11-21"));
        assert!(!holds(Span::Weeks(1), "2026-11-14", "2026-11-15"));
        assert!(holds(Span::Weeks(2), "2026-11-08", "2026-11-21"));
        assert!(!holds(Span::Weeks(2), "2026-11-07", "2026-11-15"));
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        assert!(holds(Span::Months(1), "2026-02-01", "2026-02-28"));
        assert!(!holds(Span::Months(1), "2026-01-31", "2026-02-01"));
        assert!(holds(Span::Months(3), "2025-12-31", "2026-02-01"));
        assert!(!holds(Span::Months(3), "2025-11-30", "2026-02-01"));
    }

    #[test]
    fn years_run_from_day_to_day() {
        assert!(holds(Span::Years(5), "2021-03-02", "2026-03-01"));
        assert!(!holds(Span::Years(5), "2021-03-01", "2026-03-01"));
        assert!(holds(Span::FiscalYear, "2025-04-01", "2026-03-31"));
        assert!(!holds(Span::FiscalYear, "2026-03-31", "2026-04-01"));
    }

    #[test]
    fn days_count_the_first() {
        assert!(holds(Span::Days(7), "2026-11-15", "2026-11-21"));
        assert!(!holds(Span::Days(7), "2026-11-15", "2026-11-22"));
    }

    #[test]
    fn history_is_never_the_same_visit() {
        let visit = |visit| When { visit, ..at("2026-11-15") };
        assert!(Span::Visit.holds(visit(Some(0)), visit(Some(0))));
        assert!(!Span::Visit.holds(visit(None), visit(None)));
        assert!(!Span::Visit.holds(visit(Some(0)), visit(Some(1))));
    }
}
