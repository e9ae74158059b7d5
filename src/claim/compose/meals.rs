//! 食事・生活療養 of a stay: the lines of 97, in yen, with 標準負担額, and the same for the payment of the month.

use std::collections::BTreeMap;

use crate::{
    code::ProcedureCode,
    copay::Meals,
    date::ServiceDate,
    master::{Masters, MealCharge, Procedure, Role},
};

use super::{
    groups::{Group, Item, Kind, Unit},
    input::{ClaimPatient, ClaimPayer},
    stay::{ClaimMeals, ClaimStay},
};
use crate::claim::kinds::{Month, tally};

/// 食事・生活療養.
const SECTION: u8 = 97;
/// Most meals of a day (入院時食事療養費に係る食事療養及び入院時生活療養費に係る生活療養の費用の額の算定に関する基準).
const MOST: u32 = 3;

/// The groups of a stay's meals, all shared by the same payers.
pub(super) fn groups(
    masters: &Masters,
    patient: &ClaimPatient,
    stay: &ClaimStay,
    month: Month,
    burden: char,
) -> Result<Vec<Group>, Vec<String>> {
    let mut out: Vec<Group> = Vec::new();
    let mut problems = Vec::new();
    for (place, meals) in stay.meals.iter().enumerate() {
        if !(1..=MOST).contains(&meals.meals) {
            problems.push(format!("stay.meals[{place}].meals: {} は1～{MOST}ではない", meals.meals));
            continue;
        }
        if meals.days().next().is_none() {
            problems.push(format!("stay.meals[{place}].until: {} より前である", meals.from));
        }
        for day in meals.days() {
            let path = format!("stay.meals[{place}]");
            if Month::of(day) != month {
                problems.push(format!("{path}: {day} は {month} ではない"));
                break;
            }
            if !patient.visits.iter().any(|visit| visit.admitted.is_some() && visit.date == day) {
                problems.push(format!("{path}: {day} に入院していない（admitted のある visits がない）"));
                break;
            }
            match of_day(masters, meals, day) {
                Ok(made) => {
                    for (kind, unit) in made {
                        let days = BTreeMap::from([(day.day(), 1)]);
                        Group { section: SECTION, burden, kind, units: vec![unit], days, remarks: Vec::new() }
                            .join(&mut out);
                    }
                }
                Err(why) => {
                    problems.push(format!("{path}: {why}"));
                    break;
                }
            }
        }
    }
    too_many(&out, &mut problems);
    // The care before what the patient pays of it; each in the order of its codes.
    crate::order::by(&mut out, |a, b| {
        let key = |group: &Group| (group.kind == Kind::Charge, group.units.first().map(|unit| unit.items.clone()));
        key(a).cmp(&key(b))
    });
    if problems.is_empty() { Ok(out) } else { Err(problems) }
}

fn too_many(groups: &[Group], problems: &mut Vec<String>) {
    let mut meals: BTreeMap<u32, u32> = BTreeMap::new();
    for (group, each) in groups.iter().filter_map(|group| match group.kind {
        Kind::Meals(each) => Some((group, each)),
        _ => None,
    }) {
        for (day, times) in &group.days {
            let sum = meals.entry(*day).or_default();
            *sum = sum.saturating_add(each.saturating_mul(*times));
        }
    }
    for (day, meals) in meals.iter().filter(|(_, meals)| **meals > MOST) {
        problems.push(format!("stay.meals: {day}日の食事が{meals}食で、1日{MOST}食を超える"));
    }
}

fn of_day(masters: &Masters, meals: &ClaimMeals, day: ServiceDate) -> Result<Vec<(Kind, Unit)>, String> {
    let mut out = Vec::new();
    for code in &meals.care {
        let row: Procedure<'_> = masters.get(code, day).map_err(|error| error.to_string())?;
        if !tally::is_care(row.section_in()) {
            return Err(format!("{} は食事療養・生活療養のコードではない", row.name()));
        }
        let by_meal = row.unit_code() != 0;
        let each = i64::try_from(row.points().trunc().mantissa()).ok().filter(|_| row.points().fract().is_zero());
        let each = each.ok_or_else(|| format!("{} の金額が円の整数ではない", row.name()))?;
        // An addition such as 特別食加算 is no meal of its own.
        let counted = if by_meal && row.notice_2() != tally::ADDITION { meals.meals } else { 0 };
        out.push((Kind::Meals(counted), unit(*code, by_meal.then_some(meals.meals), each)?));
    }
    if let Some(charge) = &meals.charge {
        let row: MealCharge<'_> = masters.get(charge.as_str(), day).map_err(|error| error.to_string())?;
        let code: ProcedureCode = row.item().parse().map_err(|_| format!("{} のコードがない", row.name()))?;
        let by_meal = !is_room(charge);
        out.push((Kind::Charge, unit(code, by_meal.then_some(meals.meals), i64::from(row.yen()))?));
    }
    Ok(out)
}

/// 居住費 is charged by the day.
fn is_room(charge: &str) -> bool {
    charge.starts_with("living_room")
}

fn unit(code: ProcedureCode, meals: Option<u32>, each: i64) -> Result<Unit, String> {
    let points = each.checked_mul(i64::from(meals.unwrap_or(1))).ok_or_else(|| "金額が範囲を超える".to_owned())?;
    let quantity = meals.map(|meals| meals.to_string());
    Ok(Unit { items: vec![Item::Procedure { code: code.to_string(), quantity }], points })
}

/// The charges of the stay for the payment of the month.
pub(super) fn payment(stay: &ClaimStay) -> Vec<Meals> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for meals in &stay.meals {
        let Some(charge) = meals.charge.as_deref() else { continue };
        let each = if is_room(charge) { 1 } else { meals.meals };
        let count = counts.entry(charge).or_default();
        *count = meals.days().fold(*count, |sum, _| sum.saturating_add(each));
    }
    counts.into_iter().map(|(charge, count)| Meals { charge: charge.to_owned(), count }).collect()
}

/// 一部負担金・食事療養費・生活療養費標準負担額区分: that of the charges, where the input does not say it.
pub(super) fn charge_class(stay: &ClaimStay) -> Option<String> {
    // 低所得Ⅱ and オ up to 90 days, the same beyond them, 低所得Ⅰ, 老齢福祉年金 (記録条件仕様 別表).
    const CLASSES: [(&str, &str); 5] =
        [("low_2_long", "2"), ("low_2", "1"), ("low_65_69", "1"), ("low_1_pension", "4"), ("low_1", "3")];
    let of =
        |charge: &str| CLASSES.iter().find(|(name, _)| charge.contains(name)).map(|(_, class)| (*class).to_owned());
    // The last one holds: ninety days may pass within the month.
    let charges = stay.meals.iter().rev().filter_map(|meals| meals.charge.as_deref());
    stay.charge_class.clone().or_else(|| charges.filter_map(of).next())
}

/// Whether meals fall under a payer: as the input says, or by the table; none where neither does.
pub(super) fn under(masters: &Masters, payer: &ClaimPayer, law: &str, on: ServiceDate) -> Option<bool> {
    let row = || masters.row::<Role<'_>>(&format!("meals.{law}"), on);
    payer.meals.or_else(|| Some(row()?.value() < rust_decimal::Decimal::ONE_HUNDRED))
}
