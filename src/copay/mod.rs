//! From a statement to what the patient pays.
//!
//! [`settle`] looks at each visit by itself: the rate by age and income class, and the rounding to ten yen. What it does not
//! consider stands in every result; where the relief measure (配慮措置) changes the amount, none is given. [`settle_month`]
//! goes through a month with its ceilings, public payers, local subsidies and meals, [`settle_claim`] through one claim, and
//! [`settle_household`] through those of a household.

mod ceiling;
mod claim;
mod class;
mod eligibility;
mod explain;
mod extras;
mod figure;
mod household;
mod input;
mod insurer;
mod local;
mod meals;
mod month;
mod month_check;
mod national;
mod plan;
mod programmes;
pub(crate) mod rate;
mod receipt;
mod resolve;
mod rounding;
mod subsidy;
mod window;

pub use claim::{Claim, ClaimCopay, ClaimPayer, PayerCopay, Segment, Step, settle_claim};
pub use class::{AgeClass, CeilingClass, Setting};
pub use eligibility::Eligibility;
pub use extras::{Extra, ExtraKind, TaxRounding};
pub use household::{Household, HouseholdCopay, Member, MemberAge, household_json, settle_household};
pub use input::{Month, MonthCoverage, MonthPayer, MonthSegment, MonthVisit, SameDay, Service};
pub use local::{LocalPattern, LocalRounding};
pub use meals::Meals;
pub use month::{CopayMonth, SCHEMA, VisitCopay, month_json, settle_month};
pub use receipt::{Burden, ClaimCodes};
pub use rounding::Rounding;

use serde::Serialize;

use rate::class_text;

use crate::{
    date::ServiceDate,
    fee::{Encounter, InputError, InputErrorKind, Reason, Refusal, Statement, VisitStatement, reason, text::Text},
    json::{Json, members, variants},
    master::{Ceiling, Certainty, CopayRate, Masters},
    money::{MoneyError, Yen},
};

/// What the patient pays for one visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(S = String)))]
pub struct Copay<S = String> {
    /// The revision by whose rules the points are calculated, when they are hypothetical; the share and its rounding are
    /// those of the real day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub as_of_revision: Option<S>,
    /// Place of the visit in the input.
    pub visit: usize,
    /// The day of service.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: ServiceDate,
    /// The patient's share in tenths; none while it is not settled.
    pub rate_tenths: Option<u8>,
    /// The whole cost: ten yen a point.
    pub cost: Yen,
    /// What the patient pays; none while the points or the share are not settled.
    pub amount: Option<Yen>,
    /// How sure the share is.
    pub certainty: Certainty,
    /// Why.
    pub reasons: Vec<Reason<S>>,
    /// What could still change the amount and is not considered here.
    pub not_considered: Vec<NotConsidered>,
}

/// A part of the law on copays that this version leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum NotConsidered {
    /// 高額療養費: the monthly ceiling.
    MonthlyCeiling,
    /// 公費負担医療 and 地方単独事業.
    PublicPayers,
    /// 後期高齢者 2割の配慮措置: at most 3,000 yen more a month than at one tenth (2022-10-01 to 2025-09-30).
    ReliefMeasure,
}

/// Settles every visit of a statement.
///
/// # Errors
/// [`Refusal`] when an amount leaves the supported range.
pub fn settle(masters: &Masters, encounter: &Encounter, statement: &Statement) -> Result<Vec<Copay>, Refusal> {
    let mut settled: Vec<Copay> =
        settled(masters, encounter, &statement.visits)?.into_iter().map(Copay::owned).collect();
    for copay in &mut settled {
        copay.as_of_revision.clone_from(&statement.as_of_revision);
    }
    Ok(settled)
}

/// The same, with the texts where they stand, and without the revision.
pub(crate) fn settled<'m, S>(
    masters: &'m Masters,
    encounter: &Encounter,
    visits: &[VisitStatement<S>],
) -> Result<Vec<Copay<Text<'m>>>, Refusal> {
    let mut month = SoFar::default();
    visits.iter().map(|visit| settle_visit(masters, encounter, visit, &mut month)).collect()
}

impl Copay<Text<'_>> {
    /// The same with texts of its own.
    pub(crate) fn owned(self) -> Copay {
        Copay {
            as_of_revision: self.as_of_revision.map(String::from),
            visit: self.visit,
            date: self.date,
            rate_tenths: self.rate_tenths,
            cost: self.cost,
            amount: self.amount,
            certainty: self.certainty,
            reasons: self.reasons.into_iter().map(Reason::owned).collect(),
            not_considered: self.not_considered,
        }
    }
}

impl<S: Json> Json for Copay<S> {
    fn json(&self, out: &mut String) {
        out.push('{');
        if self.as_of_revision.is_some() {
            members!(out, self, ""; as_of_revision);
            out.push(',');
        }
        members!(out, self, ""; visit, date, rate_tenths, cost, amount, certainty, reasons, not_considered);
        out.push('}');
    }
}

variants!(NotConsidered {
    MonthlyCeiling "monthly_ceiling",
    PublicPayers "public_payers",
    ReliefMeasure "relief_measure",
});

/// What the visits of the encounter cost in one calendar month, so far.
#[derive(Default)]
struct SoFar {
    of: Option<ServiceDate>,
    cost: Yen,
}

impl SoFar {
    fn add(&mut self, on: ServiceDate, cost: Yen) -> Result<Yen, MoneyError> {
        let before = if self.of.is_some_and(|of| of.same_month(on)) { self.cost } else { Yen::ZERO };
        self.of = Some(on);
        self.cost = before.plus(cost)?;
        Ok(self.cost)
    }
}

fn settle_visit<'m, S>(
    masters: &'m Masters,
    encounter: &Encounter,
    visit: &VisitStatement<S>,
    month: &mut SoFar,
) -> Result<Copay<Text<'m>>, Refusal> {
    let overflow = |error: MoneyError| {
        Refusal::one(InputError::new(format!("visits[{}]", visit.visit), InputErrorKind::Overflow, error.to_string()))
    };
    let cost = visit.total_points.cost().map_err(overflow)?;
    let month = month.add(visit.date, cost).map_err(overflow)?;
    let mut copay = Copay {
        as_of_revision: None,
        visit: visit.visit,
        date: visit.date,
        rate_tenths: None,
        cost,
        amount: None,
        certainty: Certainty::Official,
        reasons: Vec::new(),
        not_considered: vec![NotConsidered::MonthlyCeiling, NotConsidered::PublicPayers],
    };
    let class = match rate::class(masters, encounter.patient.birth_date, &encounter.coverage, visit.date) {
        Ok(class) => class,
        Err(reason) => {
            copay.reasons.push(reason);
            return Ok(copay);
        }
    };
    let row: CopayRate<'_> = match masters.get(class, visit.date) {
        Ok(row) => row,
        Err(error) => {
            let text = format!("{} の負担割合は、{} にない: {error}", class, visit.date);
            copay.reasons.push(reason("copay.rate", "masters/copay-rates.csv", text));
            return Ok(copay);
        }
    };
    let tenths = u8::try_from(row.tenths()).unwrap_or(u8::MAX);
    copay.rate_tenths = Some(tenths);
    copay.certainty = row.certainty();
    copay.reasons.push(reason("copay.rate", row.article(), format!("{}のため{tenths}割", class_text(class))));
    // 配慮措置: up to its threshold in a month two tenths are no more than one tenth and 3,000 yen, so it changes nothing.
    let relief: Option<Ceiling<'_>> =
        if class == "late_elderly.above_threshold" { masters.row("relief.late_elderly", visit.date) } else { None };
    if relief.is_some() {
        copay.not_considered.push(NotConsidered::ReliefMeasure);
    }
    if !visit.settled {
        let text = "要確認の行があるため、負担額は定まらない";
        copay.reasons.push(reason("copay.unsettled", "明細", text));
        return Ok(copay);
    }
    if let Some(relief) = relief.filter(|relief| month.get() > i64::from(relief.threshold())) {
        let from = relief.threshold();
        let text = format!("配慮措置により、1か月の医療費が{from}円を超えると2割より低くなる（この月は{month}）");
        copay.reasons.push(reason("copay.relief_measure", relief.article(), text));
        return Ok(copay);
    }
    let share = cost.share(tenths).map_err(overflow)?;
    let amount = share.rounded_to_ten().map_err(overflow)?;
    let text = format!("{} × 10円 × {tenths}割 = {share} を10円未満四捨五入", visit.total_points);
    copay.reasons.push(reason("copay.ten_yen", "健康保険法 第75条", text));
    copay.amount = Some(amount);
    Ok(copay)
}
