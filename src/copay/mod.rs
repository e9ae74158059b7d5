//! From a statement to what the patient pays: the rate by age and income class, and the rounding to ten yen.
//!
//! This version settles each visit by itself. The monthly ceiling, public payers and local subsidies are not considered, and
//! every result says so. Where the relief measure of 2022-10 to 2025-09 changes the amount, none is given.

mod ceiling;
mod claim;
mod class;
mod explain;
mod household;
mod plan;
mod resolve;
mod rounding;

pub use claim::{Claim, ClaimCopay, ClaimPayer, PayerCopay, Segment, Step, settle_claim};
pub use class::{AgeClass, CeilingClass, Setting};
pub use household::{Household, HouseholdCopay, Member, MemberAge, settle_household};
pub use rounding::Rounding;

use serde::Serialize;

use crate::{
    date::{Age, ServiceDate},
    fee::{
        Encounter, InputError, InputErrorKind, Reason, Refusal, Statement, VisitStatement,
        encounter::{Coverage, IncomeClass},
    },
    master::{Certainty, CopayRate, Masters},
    money::{MoneyError, Yen},
};

/// What the patient pays for one visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Copay {
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
    pub reasons: Vec<Reason>,
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
    let mut month = Month::default();
    statement.visits.iter().map(|visit| settle_visit(masters, encounter, visit, &mut month)).collect()
}

/// What the visits of the encounter cost in one calendar month, so far.
#[derive(Default)]
struct Month {
    of: Option<ServiceDate>,
    cost: Yen,
}

impl Month {
    fn add(&mut self, on: ServiceDate, cost: Yen) -> Result<Yen, MoneyError> {
        let before = if self.of.is_some_and(|of| of.same_month(on)) { self.cost } else { Yen::ZERO };
        self.of = Some(on);
        self.cost = before.plus(cost)?;
        Ok(self.cost)
    }
}

fn settle_visit(
    masters: &Masters,
    encounter: &Encounter,
    visit: &VisitStatement,
    month: &mut Month,
) -> Result<Copay, Refusal> {
    let overflow = |error: MoneyError| {
        Refusal::one(InputError::new(format!("visits[{}]", visit.visit), InputErrorKind::Overflow, error.to_string()))
    };
    let cost = visit.total_points.cost().map_err(overflow)?;
    let month = month.add(visit.date, cost).map_err(overflow)?;
    let mut copay = Copay {
        visit: visit.visit,
        date: visit.date,
        rate_tenths: None,
        cost,
        amount: None,
        certainty: Certainty::Official,
        reasons: Vec::new(),
        not_considered: vec![NotConsidered::MonthlyCeiling, NotConsidered::PublicPayers],
    };
    let class = match class(encounter, visit.date) {
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
    if class == "late_elderly.above_threshold" && relief_measure(visit.date) {
        copay.not_considered.push(NotConsidered::ReliefMeasure);
    }
    if !visit.settled {
        let text = "要確認の行があるため、負担額は定まらない";
        copay.reasons.push(reason("copay.unsettled", "明細", text));
        return Ok(copay);
    }
    if copay.not_considered.contains(&NotConsidered::ReliefMeasure) && month.get() > RELIEF_FROM {
        let text =
            format!("配慮措置により、1か月の医療費が{RELIEF_FROM}円を超えると2割より低くなる（この月は{month}）");
        copay.reasons.push(reason("copay.relief_measure", "高齢者医療確保法施行令 附則", text));
        return Ok(copay);
    }
    let share = cost.share(tenths).map_err(overflow)?;
    let amount = share.rounded_to_ten().map_err(overflow)?;
    let text = format!("{} × 10円 × {tenths}割 = {share} を10円未満四捨五入", visit.total_points);
    copay.reasons.push(reason("copay.ten_yen", "健康保険法 第75条", text));
    copay.amount = Some(amount);
    Ok(copay)
}

/// The class of the rate table in which the patient falls on the day, or why that is not known.
fn class(encounter: &Encounter, on: ServiceDate) -> Result<&'static str, Reason> {
    let Some(age) = Age::on(encounter.patient.birth_date, on) else {
        return Err(reason("copay.age", "年齢", "生年月日が診療日より後である"));
    };
    let Coverage { income_class, late_elderly } = encounter.coverage;
    let late = encounter.coverage.is_late_elderly(age);
    if late_elderly && age.years() < 65 {
        let text = "障害認定による後期高齢者医療は65歳からである";
        return Err(reason("copay.late_elderly", "高齢者医療確保法 第50条第2号", text));
    }
    if !late {
        if age.is_preschool() {
            return Ok("preschool");
        }
        // 70 from the month after the one in which it is reached (健康保険法 第74条第1項第2号).
        if !age.past_month_after(70) {
            return Ok("standard");
        }
    }
    let Some(income) = income_class else {
        let text = "70歳以上の負担割合は所得区分による。coverage.income_class を入力する";
        return Err(reason("copay.income_class", "健康保険法 第74条・高齢者医療確保法 第67条", text));
    };
    Ok(match (late, income) {
        (false, IncomeClass::Low) => "70_to_74.low",
        (false, IncomeClass::General) => "70_to_74.general",
        (false, IncomeClass::Active) => "70_to_74.active",
        (false, IncomeClass::AboveThreshold) => {
            let text = "一定以上所得（一般II）は後期高齢者医療の区分で、70～74歳にはない";
            return Err(reason("copay.income_class", "高齢者医療確保法 第67条", text));
        }
        (true, IncomeClass::Low) => "late_elderly.low",
        (true, IncomeClass::General) => "late_elderly.general",
        (true, IncomeClass::AboveThreshold) => "late_elderly.above_threshold",
        (true, IncomeClass::Active) => "late_elderly.active",
    })
}

fn class_text(class: &str) -> &'static str {
    match class {
        "preschool" => "義務教育就学前",
        "standard" => "就学後～70歳未満",
        "70_to_74.low" => "70～74歳・低所得",
        "70_to_74.general" => "70～74歳・一般",
        "70_to_74.active" => "70～74歳・現役並み",
        "late_elderly.low" => "後期高齢者・低所得",
        "late_elderly.general" => "後期高齢者・一般",
        "late_elderly.above_threshold" => "後期高齢者・一定以上所得",
        _ => "後期高齢者・現役並み",
    }
}

/// Up to this cost a month two tenths are no more than one tenth and 3,000 yen, so the relief measure changes nothing.
const RELIEF_FROM: i64 = 30_000;

/// 2022-10-01 to 2025-09-30 (高齢者医療確保法施行令 附則).
fn relief_measure(on: ServiceDate) -> bool {
    let day = on.packed();
    (20_221_001..=20_250_930).contains(&day)
}

fn reason(rule: &str, basis: &str, text: impl Into<String>) -> Reason {
    Reason { rule: rule.to_owned(), basis: basis.to_owned(), text: text.into() }
}
