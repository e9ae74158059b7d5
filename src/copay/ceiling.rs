//! 高額療養費算定基準額: the monthly ceilings, from `masters/ceilings.csv` by the day of service.

use crate::{
    copay::rounding::percent_half_up,
    date::ServiceDate,
    master::{Ceiling, Certainty, LookupError, Masters},
};

/// A ceiling: an amount, and a percentage of the cost above a threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) base: i64,
    pub(super) threshold: i64,
    /// 0: the ceiling is a fixed amount.
    pub(super) percent: i64,
    pub(super) certainty: Certainty,
    pub(super) article: String,
    /// Its row, such as `under_70.u@2015-01-01`.
    pub(super) table: String,
    /// What a trace calls it besides its class.
    pub(super) kind: &'static str,
}

/// Which of a row's amounts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Choice {
    /// The outpatient ceiling of one person, where there is one.
    pub(super) outpatient: bool,
    /// 多数回該当, where there is one.
    pub(super) frequent: bool,
    /// Halved: the month of turning 75.
    pub(super) half: bool,
}

impl Limit {
    /// The ceiling at this cost. A cost below the threshold counts as the threshold (健康保険法施行令 第42条).
    pub(super) fn amount(&self, cost: i64) -> i64 {
        if self.percent == 0 {
            return self.base;
        }
        self.base + percent_half_up((cost - self.threshold).max(0), self.percent)
    }

    /// The sum in words, as in `80,100円＋（364,520円－267,000円）×1％`.
    pub(super) fn formula(&self, cost: i64) -> String {
        if self.percent == 0 || cost <= self.threshold {
            return format!("{}円", self.amount(cost));
        }
        format!("{}円＋（{cost}円－{}円）×{}％＝{}円", self.base, self.threshold, self.percent, self.amount(cost))
    }
}

/// Whether a class has a ceiling on a day.
pub(super) fn exists(masters: &Masters, key: &str, on: ServiceDate) -> bool {
    masters.row::<Ceiling<'_>>(key, on).is_some()
}

/// The ceiling of a row on a day.
pub(super) fn limit(masters: &Masters, key: &str, on: ServiceDate, choice: Choice) -> Result<Limit, LookupError> {
    let row: Ceiling<'_> = masters.get(key, on)?;
    let (base, threshold, percent, kind) = if choice.outpatient && row.outpatient() > 0 {
        (row.outpatient(), 0, 0, "外来")
    } else if choice.frequent && row.frequent() > 0 {
        (row.frequent(), 0, 0, "多数回該当")
    } else {
        (row.base(), row.threshold(), row.percent(), "")
    };
    let part = if choice.half { 2 } else { 1 };
    let certainty = if choice.half && row.half_unverified() == 1 { Certainty::Unverified } else { row.certainty() };
    Ok(Limit {
        base: i64::from(base / part),
        threshold: i64::from(threshold / part),
        percent: i64::from(percent),
        certainty,
        article: row.article().to_owned(),
        table: format!("{key}@{}", row.period().from),
        kind,
    })
}

/// The amounts of マル長 on a day: the standard one, and the one for dialysis of ア and イ (健康保険法施行令 第42条第9項).
#[derive(Debug, Clone, Copy)]
pub(super) struct LongTerm {
    pub(super) standard: i64,
    pub(super) high: i64,
}

/// These amounts before they are halved.
pub(super) fn long_term(masters: &Masters, on: ServiceDate) -> Result<LongTerm, LookupError> {
    let amount = |key: &str| limit(masters, key, on, Choice::default()).map(|limit| limit.base);
    Ok(LongTerm { standard: amount("long_term.standard")?, high: amount("long_term.high")? })
}
