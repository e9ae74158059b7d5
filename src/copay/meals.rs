//! 食事・生活療養標準負担額, and what lies outside insurance: neither counts towards a ceiling (健康保険法施行令 第41条第1項).

use serde::{Deserialize, Serialize};

use super::{
    claim::{Step, yen},
    input::Month,
    rounding::Rounding,
};
use crate::{
    date::ServiceDate,
    fee::{InputError, InputErrorKind, Refusal},
    master::{Certainty, Masters, MealCharge},
    money::Yen,
};

/// Meals, or days of living care, at one charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Meals {
    /// A row of `masters/meal-charges.csv`, such as `meal.general`.
    pub charge: String,
    /// Meals, at most three a day; for `living_room.general`, days.
    pub count: u32,
}

/// Something outside insurance: 選定療養 such as a first visit without a referral, a reserved hour, a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// What it is.
    pub name: String,
    /// Its price without tax.
    pub amount: Yen,
    /// 消費税 in percent; 0 when its price has the tax already.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<u8>"))]
    pub tax_percent: u8,
}

/// The steps of meals.
pub(super) fn meals(
    masters: &Masters,
    month: &Month,
    on: ServiceDate,
    paid_by: Option<&str>,
) -> Result<Vec<Step>, Refusal> {
    let mut steps = Vec::new();
    if !month.meals.is_empty() && !month.coverage.insured {
        let message = "what a patient without insurance pays for meals is not worked out";
        let error = InputError::new("meals", InputErrorKind::Contradiction, message);
        return Err(Refusal::one(error.expected("no meals", "meals")));
    }
    for (index, meals) in month.meals.iter().enumerate() {
        let row: MealCharge<'_> = masters.get(meals.charge.as_str(), on).map_err(|error| {
            let help = "masters/meal-charges.csv has the charges by day";
            let path = format!("meals[{index}].charge");
            Refusal::one(InputError::new(path, InputErrorKind::UnknownCode, error.to_string()).help(help))
        })?;
        let room = meals.charge.starts_with("living_room");
        let most = if room { 31 } else { 93 };
        if meals.count > most {
            let path = format!("meals[{index}].count");
            let error = InputError::new(path, InputErrorKind::Quantity, "more than a month has");
            return Err(Refusal::one(error.expected(format!("at most {most}"), meals.count.to_string())));
        }
        let amount = i64::from(row.yen()) * i64::from(meals.count);
        let unit = if room { "日" } else { "食" };
        let aid = paid_by.filter(|_| !room);
        let helped = aid.map_or_else(String::new, |name| format!("、{name}が助成"));
        steps.push(Step {
            rule: "copay.meals".to_owned(),
            basis: row.article().to_owned(),
            text: format!(
                "{} {}円 × {}{unit} ＝ {amount}円（高額療養費の対象外{helped}）",
                row.name(),
                row.yen(),
                meals.count
            ),
            amount: yen(if aid.is_some() { 0 } else { amount })?,
            rounding: None,
            certainty: row.certainty(),
        });
    }
    Ok(steps)
}

/// The steps of what lies outside insurance; a part of a yen of tax is dropped.
pub(super) fn extras(list: &[Extra]) -> Result<Vec<Step>, Refusal> {
    let mut steps = Vec::new();
    for (index, extra) in list.iter().enumerate() {
        let price = extra.amount.get();
        if !(0..=super::claim::MAX_COST).contains(&price) || extra.tax_percent > 100 {
            let error = InputError::new(format!("extras[{index}]"), InputErrorKind::Quantity, "no such price");
            return Err(Refusal::one(
                error.expected("a price of 0 or more, a tax of 0 to 100 percent", price.to_string()),
            ));
        }
        let tax = (price * i64::from(extra.tax_percent)).div_euclid(100);
        steps.push(Step {
            rule: "copay.extra".to_owned(),
            basis: "健康保険法 第86条（保険外）".to_owned(),
            text: format!("{} {price}円＋消費税{tax}円（保険外、高額療養費・公費の対象外）", extra.name),
            amount: yen(price + tax)?,
            rounding: (extra.tax_percent > 0).then_some(Rounding::YenDown),
            certainty: Certainty::Official,
        });
    }
    Ok(steps)
}
