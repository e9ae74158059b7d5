//! 食事・生活療養標準負担額: they do not count towards a ceiling (健康保険法施行令 第41条第1項).

use serde::{Deserialize, Serialize};

use super::{
    claim::{Step, yen},
    figure::figure,
    input::Month,
    local::Local,
    plan::{Plan, PlanPayer, Scheme},
    rounding::percent_half_up,
};
use crate::{
    date::ServiceDate,
    fee::{InputError, InputErrorKind, Refusal},
    master::{Certainty, Masters, MealCharge},
};

/// 1日3食まで (健康保険法 第85条, 入院時食事療養費に係る食事療養の費用の額の算定に関する基準).
const MEALS_A_DAY: u32 = 3;

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

/// What the payers of an inpatient's claim do for meals.
#[derive(Debug, Clone)]
pub(super) struct MealAid {
    /// Who takes part of the charge over.
    name: String,
    article: String,
    certainty: Certainty,
    /// What is left to the patient of a meal, and of a day of living care, in percent.
    meals: i64,
    room: i64,
}

impl MealAid {
    /// The best of all payers of the claim; none when there is no payer.
    pub(super) fn of(masters: &Masters, on: ServiceDate, plan: &Plan, locals: &[Option<Local>]) -> Option<Self> {
        let used = plan.payers.iter().enumerate().filter(|(index, _)| plan.kinds_of(*index).next().is_some());
        let aids = used.filter_map(|(index, payer)| Self::of_payer(masters, on, payer, locals.get(index)?.as_ref()));
        // Of those that take nothing over the least sure one counts: it might.
        aids.min_by_key(|aid| {
            let (sure, unsure) = (aid.certainty, core::cmp::Reverse(aid.certainty));
            if aid.meals < 100 { (aid.meals, Some(sure), None) } else { (aid.meals, None, Some(unsure)) }
        })
    }

    fn of_payer(masters: &Masters, on: ServiceDate, payer: &PlanPayer, local: Option<&Local>) -> Option<Self> {
        let (name, article) = (payer.name.clone(), payer.article.clone());
        if let Some(local) = local {
            let (name, certainty) = (local.name.clone(), local.certainty);
            let meals = if local.meals { 0 } else { 100 };
            return Some(Self { name, article, certainty, meals, room: 100 });
        }
        if payer.scheme == Scheme::Local {
            return None;
        }
        let left = |of: &str| figure(masters, &format!("{of}.{}", payer.law), on);
        let room = left("living").map_or(100, |left| left.value);
        Some(match left("meals") {
            Some(left) => {
                Self { name, article: left.article.to_owned(), certainty: left.certainty, meals: left.value, room }
            }
            // Whether the programme takes the charge over is not shown.
            None => Self { name, article, certainty: Certainty::Unverified, meals: 100, room },
        })
    }
}

/// The steps of meals.
pub(super) fn meals(
    masters: &Masters,
    month: &Month,
    on: ServiceDate,
    aid: Option<&MealAid>,
) -> Result<Vec<Step>, Refusal> {
    let mut steps = Vec::new();
    let free = aid.is_some_and(|aid| aid.meals == 0 && aid.room == 0);
    if !month.meals.is_empty() && !month.coverage.insured && !free {
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
        let days = on.first_of_next_month().previous().day();
        let most = if room { days } else { days * MEALS_A_DAY };
        if meals.count > most {
            let path = format!("meals[{index}].count");
            let error = InputError::new(path, InputErrorKind::Quantity, "more than a month has");
            return Err(Refusal::one(error.expected(format!("at most {most}"), meals.count.to_string())));
        }
        let amount = i64::from(row.yen()) * i64::from(meals.count);
        let unit = if room { "日" } else { "食" };
        let mut text =
            format!("{} {}円 × {}{unit} ＝ {amount}円（高額療養費の対象外）", row.name(), row.yen(), meals.count);
        let (mut basis, mut certainty, mut left) = (row.article().to_owned(), row.certainty(), amount);
        if let Some(aid) = aid {
            let percent = if room { aid.room } else { aid.meals };
            left = percent_half_up(amount, percent);
            certainty = certainty.max(aid.certainty);
            basis = format!("{basis}・{}", aid.article);
            match left {
                _ if percent < 100 => text.push_str(&format!("。{}が受け持ち、患者は{left}円", aid.name)),
                _ if aid.certainty == Certainty::Unverified => {
                    text.push_str(&format!("。{}が受け持つかは確かめられていない", aid.name));
                }
                _ => {}
            }
        }
        let (rule, rounding) = ("copay.meals".to_owned(), None);
        steps.push(Step { rule, basis, text, amount: yen(left)?, rounding, certainty });
    }
    Ok(steps)
}
