//! Households, beyond the published examples: both ages, the order of the steps, and bad input.

use santei::{
    copay::{HouseholdCopay, household_json},
    fee::Refusal,
};

use crate::*;

fn tried(household: &Value) -> Result<HouseholdCopay, Refusal> {
    household_json(masters(), &household.to_string())
}

fn member(person: &str, age: &str, setting: &str, cost: i64, rate: u8) -> Value {
    json!({ "person": person, "age_class": age, "setting": setting, "cost_yen": cost, "copay_rate": rate })
}

/// 健康保険法施行令 第41条: 18,000 yen of the outpatient of 70, then 80,100 + (150,000 + 300,000 - 267,000) x 1% for all.
#[test]
fn both_ages() {
    let household = json!({
        "on": "2026-07-01", "ceiling_class": "ウ",
        "members": [
            member("a", "70_plus", "outpatient", 150_000, 2), member("b", "under_70", "inpatient", 300_000, 3),
            member("b", "under_70", "outpatient", 69_997, 3),
        ],
    });
    let settled = tried(&household).unwrap();
    assert_eq!(settled.limit.get(), 81_930);
    assert_eq!(settled.paid.get(), 30_000 + 90_000 + 20_999);
    assert_eq!(settled.refund.get(), 12_000 + (18_000 + 90_000 - 81_930));
    assert_eq!(settled.paid.get() - settled.refund.get(), settled.own.get());
    let rules: Vec<&str> = settled.steps.iter().map(|step| step.rule.as_str()).collect();
    let order = [
        "copay.household_outpatient",
        "copay.household_70",
        "copay.household_sum",
        "copay.household",
        "copay.household_total",
    ];
    assert_eq!(rules, order);
}

/// Two facilities of one person count together for the outpatient ceiling; two persons have one each.
#[test]
fn outpatient_ceilings_by_person() {
    let household = |other: &str| {
        json!({
            "on": "2026-07-01", "ceiling_class": "一般",
            "members": [member("a", "70_plus", "outpatient", 75_000, 2), member(other, "70_plus", "outpatient", 75_000, 2)],
        })
    };
    assert_eq!(tried(&household("a")).unwrap().own.get(), 18_000);
    assert_eq!(tried(&household("b")).unwrap().own.get(), 30_000);
}

#[test]
fn faults() {
    let good = json!({
        "on": "2026-07-01", "ceiling_class": "一般", "members": [member("a", "under_70", "inpatient", 300_000, 3)],
    });
    let path = |household: &Value| tried(household).unwrap_err().errors[0].path.clone();
    assert_eq!(path(&good), "other_class", "ウ or エ: 一般 does not tell");
    let mut household = good.clone();
    household["other_class"] = json!("エ");
    assert_eq!(tried(&household).unwrap().own.get(), 57_600);
    household["other_class"] = json!("低所得Ⅰ");
    assert_eq!(path(&household), "other_class");
    household = good.clone();
    household["members"] = json!([]);
    assert_eq!(path(&household), "members");
    household["members"] = json!([member("a", "under_70", "inpatient", -1, 3)]);
    assert_eq!(path(&household), "members[0].cost_yen");
    household["members"] = json!([member("a", "under_70", "inpatient", 1, 4)]);
    assert_eq!(path(&household), "members[0].copay_rate");
    household["on"] = json!("2014-12-31");
    household["members"] = json!([member("a", "70_plus", "inpatient", 1, 2)]);
    assert_eq!(path(&household), "ceiling_class");
}
