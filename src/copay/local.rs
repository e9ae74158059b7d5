//! 地方単独: programmes of prefectures and municipalities, by one small set of patterns. They work at the window, on what
//! insurance and the national programmes leave to the patient.

use serde::{Deserialize, Serialize};

use super::rounding::{percent_half_up, ten_yen};
use crate::{
    date::{Age, ServiceDate},
    master::{Certainty, LocalRule},
    money::Yen,
};

/// What a programme leaves to the patient at one facility. Left out, a limit does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, default)]
pub struct LocalPattern {
    /// The patient's share of the cost in percent, where it is lower than what is left.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub percent: Option<u8>,
    /// Most yen a visit.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub visit_max: Option<Yen>,
    /// Visits a month with a charge; free afterwards.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub visit_count: Option<u32>,
    /// Most yen a day.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub day_max: Option<Yen>,
    /// Days a month with a charge; free afterwards.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub day_count: Option<u32>,
    /// Most yen a month.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub month_max: Option<Yen>,
    /// Charged on a first visit (初診) only.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub first_visit_only: bool,
    /// Paid back later (償還払い): the window does not change.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub refunded: bool,
    /// From this share of insurance in the month on, the window does not change and all is paid back later.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub refunded_from: Option<Yen>,
    /// How a percentage is rounded.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<LocalRounding>"))]
    pub rounding: LocalRounding,
}

/// How a programme rounds its percentage (地単公費マスター 端数条件).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LocalRounding {
    /// 10円未満四捨五入
    #[default]
    Ten,
    /// 1円未満四捨五入
    One,
    /// 10円未満切捨て
    TenDown,
    /// 10円未満切上げ
    TenUp,
    /// 1円未満切捨て
    OneDown,
    /// 1円未満切上げ
    OneUp,
}

impl LocalRounding {
    /// So many percent of an amount.
    fn percent(self, amount: i64, percent: i64) -> i64 {
        let hundredths = amount.saturating_mul(percent);
        match self {
            Self::Ten => ten_yen(percent_half_up(amount, percent)),
            Self::One => percent_half_up(amount, percent),
            Self::TenDown => hundredths.div_euclid(1_000) * 10,
            Self::TenUp => hundredths.saturating_add(999).div_euclid(1_000) * 10,
            Self::OneDown => hundredths.div_euclid(100),
            Self::OneUp => hundredths.saturating_add(99).div_euclid(100),
        }
    }
}

/// A programme of `masters/local-subsidies.csv`, or one that the input describes.
#[derive(Debug, Clone)]
pub(super) struct Local {
    pub(super) name: String,
    pub(super) pattern: LocalPattern,
    pub(super) certainty: Certainty,
    pub(super) meals: bool,
}

impl Local {
    /// From a row; none when one of its figures cannot be read.
    pub(super) fn of(row: LocalRule<'_>) -> Option<Self> {
        let number = |text: &str| -> Option<Option<i64>> {
            if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
        };
        let yen = |text: &str| -> Option<Option<Yen>> {
            number(text)?.map_or(Some(None), |value| Yen::new(value).ok().map(Some))
        };
        let count = |text: &str| -> Option<Option<u32>> {
            number(text)?.map_or(Some(None), |value| u32::try_from(value).ok().map(Some))
        };
        let pattern = LocalPattern {
            percent: number(row.percent())?.map_or(Some(None), |value| u8::try_from(value).ok().map(Some))?,
            visit_max: yen(row.visit_max())?,
            visit_count: count(row.visit_count())?,
            day_max: yen(row.day_max())?,
            day_count: count(row.day_count())?,
            month_max: yen(row.month_max())?,
            first_visit_only: row.first_visit_only() == 1,
            refunded: row.in_kind() == 0,
            refunded_from: yen(row.refunded_from())?,
            rounding: match row.rounding() {
                "" | "ten" => LocalRounding::Ten,
                "ten_down" => LocalRounding::TenDown,
                "ten_up" => LocalRounding::TenUp,
                "one" => LocalRounding::One,
                "one_down" => LocalRounding::OneDown,
                "one_up" => LocalRounding::OneUp,
                _ => return None,
            },
        };
        Some(Self { name: row.name().to_owned(), pattern, certainty: row.certainty(), meals: row.meals() == 1 })
    }
}

/// Whether a person is of the programme's age: completed years from, and an end in completed years (`y3`) or in the school
/// year in which an age is reached (`g18`: to the 31 March on or after that day).
pub(super) fn in_age(row: LocalRule<'_>, birth: ServiceDate, on: ServiceDate) -> Option<bool> {
    let age = Age::on(birth, on)?;
    let until = row.age_until();
    let below = match until.split_at_checked(1) {
        None => true,
        Some(("y", years)) => age.years() < years.parse().ok()?,
        Some(("g", years)) => age.within_school_year_of(years.parse().ok()?),
        Some(_) => return None,
    };
    Some(age.years() >= row.age_from() && below)
}

/// What a programme has charged so far this month.
#[derive(Debug, Clone, Default)]
pub(super) struct Charged {
    visits: u32,
    days: u32,
    today: Option<(ServiceDate, i64)>,
    month: i64,
}

/// A visit as a programme sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) on: ServiceDate,
    pub(super) first_visit: bool,
    /// Days that the bill covers: 1 but for a stay.
    pub(super) days: u32,
    pub(super) cost: i64,
    /// The share of insurance of it.
    pub(super) share: i64,
}

impl Charged {
    /// With what was paid elsewhere this month.
    pub(super) fn elsewhere(yen: i64) -> Self {
        Self { month: yen, ..Self::default() }
    }
}

impl LocalPattern {
    /// Whether an inpatient's bill needs its number of days.
    pub(super) fn by_day(&self) -> bool {
        !self.refunded && (self.day_max.is_some() || self.day_count.is_some())
    }

    /// What is left to the patient of `before`, and the record brought up to date.
    pub(super) fn leaves(&self, before: i64, seen: Seen, charged: &mut Charged) -> i64 {
        // The share to the yen, not as the window rounds it.
        if self.refunded || before <= 0 || self.refunded_from.is_some_and(|from| before.min(seen.share) >= from.get()) {
            return before;
        }
        let today = charged.today.filter(|(on, _)| *on == seen.on).map_or(0, |(_, paid)| paid);
        let mut left = before;
        if let Some(percent) = self.percent {
            left = left.min(self.rounding.percent(seen.cost, i64::from(percent)));
        }
        if self.first_visit_only && !seen.first_visit {
            left = 0;
        }
        if self.visit_count.is_some_and(|count| charged.visits >= count) {
            left = 0;
        }
        // A bill of a stay covers several days; what is left of the days with a charge is charged.
        let mut days = seen.days;
        if let Some(count) = self.day_count {
            let rest = count.saturating_sub(charged.days);
            days = if today > 0 { days.min(rest.saturating_add(1)) } else { days.min(rest) };
        }
        if days == 0 {
            left = 0;
        }
        if let Some(most) = self.visit_max {
            left = left.min(most.get());
        }
        if let Some(most) = self.day_max {
            left = left.min((most.get().saturating_mul(i64::from(days)) - today).max(0));
        }
        if let Some(most) = self.month_max {
            left = left.min((most.get() - charged.month).max(0));
        }
        if left > 0 {
            charged.visits += 1;
            charged.days += if today == 0 { days } else { days - 1 };
            charged.today = Some((seen.on, today + left));
            charged.month += left;
        }
        left
    }

    /// Whether no limit is below zero.
    pub(super) fn negative(&self) -> Option<&'static str> {
        let below = |yen: Option<Yen>| yen.is_some_and(|yen| yen.get() < 0);
        let limits = [
            ("visit_max", self.visit_max),
            ("day_max", self.day_max),
            ("month_max", self.month_max),
            ("refunded_from", self.refunded_from),
        ];
        limits.into_iter().find(|(_, yen)| below(*yen)).map(|(name, _)| name)
    }
}
