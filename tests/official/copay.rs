//! What the patient pays: the rate by age and class (健康保険法 第74条・第110条, 高齢者医療確保法 第67条) and the rounding to ten
//! yen (健康保険法 第75条, 高齢者医療確保法 第68条). Ages are reached on the day before the birthday (年齢計算ニ関スル法律).

use santei::{
    calculation::parse,
    copay::{Copay, NotConsidered, settle},
    money::Points,
};

use crate::support::*;

/// A patient, a class and a day.
fn encounter(birth: &str, class: Option<&str>, day: &str) -> Value {
    let coverage = class.map_or_else(|| json!({}), |class| json!({ "income_class": class }));
    json!({
        "facility": { "kind": "clinic" }, "patient": { "birth_date": birth }, "coverage": coverage,
        "visits": [{ "date": day, "consultation": "first" }],
    })
}

/// The copay of that visit, had it this many points.
fn copay(encounter: &Value, points: i64) -> Copay {
    let mut statement = calculate(encounter).statement;
    statement.settled = true;
    statement.visits[0].settled = true;
    statement.visits[0].total_points = Points::new(points).unwrap();
    settle(masters(), &parse(&encounter.to_string()).unwrap(), &statement).unwrap().remove(0)
}

fn tenths(birth: &str, class: Option<&str>, day: &str) -> Option<u8> {
    copay(&encounter(birth, class, day), 100).rate_tenths
}

/// Independent examples: the formulas of 健康保険法 第75条 and a receipt of 2023-03-20 (216 points at three tenths, 650 yen).
#[test]
fn ten_yen_by_visit() {
    let adult = encounter("1980-06-15", None, "2026-07-01");
    for (points, yen) in [
        (216, 650),   // 648
        (367, 1_100), // 1,101
        (145, 440),   // 435: five yen go up
        (148, 440),   // 444: four yen go down
        (75, 230),    // 225
        (0, 0),
        (1, 0),  // 3
        (2, 10), // 6
    ] {
        assert_eq!(copay(&adult, points).amount.unwrap().get(), yen, "{points} points");
        assert_eq!(copay(&adult, points).cost.get(), points * 10);
    }
    let child = encounter("2022-06-15", None, "2026-07-01");
    assert_eq!(copay(&child, 402).amount.unwrap().get(), 800); // 804
    assert_eq!(copay(&child, 502).amount.unwrap().get(), 1_000); // 1,004
    // 高額療養費の自己負担限度額に係る計算事例 (2018-08), below the ceiling: 4,600 points and 9,900 points at one tenth.
    let old = encounter("1940-01-01", Some("low"), "2026-07-01");
    assert_eq!(copay(&old, 4_600).amount.unwrap().get(), 4_600);
    assert_eq!(copay(&old, 9_900).amount.unwrap().get(), 9_900);
}

/// Each visit is rounded by itself: three visits of 75 points are 3 × 230 yen, not 680.
#[test]
fn visits_are_not_added_up_before_rounding() {
    let visit = |day: &str| json!({ "date": day, "consultation": "phone_revisit" });
    let visits = json!([visit("2024-06-03"), visit("2024-06-04"), visit("2024-06-05")]);
    let calculation = calculate(&at_clinic(visits));
    let yen: Vec<i64> = calculation.copay.iter().map(|copay| copay.amount.unwrap().get()).collect();
    assert_eq!(yen, [230, 230, 230]);
}

/// 健康保険法 第110条第2項第1号ロ: two tenths up to the first 31 March on or after the day on which six is reached.
#[test]
fn before_school() {
    for (birth, day, expected) in [
        ("2020-03-31", "2026-03-31", 2),
        ("2020-03-31", "2026-04-01", 3),
        ("2020-04-01", "2026-03-31", 2),
        ("2020-04-01", "2026-04-01", 3),
        ("2020-04-02", "2026-04-01", 2),
        ("2020-04-02", "2027-03-31", 2),
        ("2020-04-02", "2027-04-01", 3),
        ("2020-02-29", "2026-03-31", 2),
        ("2020-02-29", "2026-04-01", 3),
    ] {
        assert_eq!(tenths(birth, None, day), Some(expected), "born {birth}, on {day}");
    }
}

/// 健康保険法 第74条第1項第2号: from the month after the one in which seventy is reached.
#[test]
fn seventy() {
    for (birth, day, expected) in [
        ("1956-11-15", "2026-11-30", 3),
        ("1956-11-15", "2026-12-01", 2),
        // Reached on 31 October, the day before the birthday.
        ("1956-11-01", "2026-10-31", 3),
        ("1956-11-01", "2026-11-01", 2),
        ("1956-11-02", "2026-11-30", 3),
        ("1956-02-29", "2026-02-28", 3),
        ("1956-02-29", "2026-03-01", 2),
        ("1956-03-01", "2026-02-28", 3),
        ("1956-03-01", "2026-03-01", 2),
        ("1956-12-31", "2026-12-31", 3),
        ("1956-12-31", "2027-01-01", 2),
    ] {
        for class in ["low", "general"] {
            assert_eq!(tenths(birth, Some(class), day), Some(expected), "born {birth}, on {day}");
        }
        assert_eq!(tenths(birth, Some("active"), day), Some(3));
        // Before seventy the class changes nothing; from then on it is asked for.
        assert_eq!(tenths(birth, None, day), (expected == 3).then_some(3));
    }
    assert_eq!(tenths("1955-01-01", Some("above_threshold"), "2026-07-01"), None, "not a class of 70 to 74");
}

/// 高齢者医療確保法 第50条・第67条: the late-elderly scheme from the birthday itself.
#[test]
fn seventy_five() {
    for (birth, day, expected) in [
        ("1951-11-15", "2026-11-14", 2),
        ("1951-11-15", "2026-11-15", 1),
        ("1951-11-01", "2026-10-31", 2),
        ("1951-11-01", "2026-11-01", 1),
        ("1952-02-29", "2027-02-28", 2),
        ("1952-02-29", "2027-03-01", 1),
    ] {
        assert_eq!(tenths(birth, Some("general"), day), Some(expected), "born {birth}, on {day}");
    }
    for (class, expected) in [("low", 1), ("general", 1), ("above_threshold", 2), ("active", 3)] {
        assert_eq!(tenths("1940-01-01", Some(class), "2026-07-01"), Some(expected), "{class}");
    }
    assert_eq!(tenths("1940-01-01", None, "2026-07-01"), None);
}

/// 高齢者医療確保法 第67条第1項第2号: two tenths above the threshold from 2022-10-01 on; the relief ended on 2025-09-30.
#[test]
fn above_the_threshold() {
    let relief = |day: &str| {
        let copay = copay(&encounter("1940-01-01", Some("above_threshold"), day), 100);
        (copay.rate_tenths, copay.not_considered.contains(&NotConsidered::ReliefMeasure))
    };
    assert_eq!(relief("2022-09-30"), (None, false));
    assert_eq!(relief("2022-10-01"), (Some(2), true));
    assert_eq!(relief("2025-09-30"), (Some(2), true));
    assert_eq!(relief("2025-10-01"), (Some(2), false));
}

/// 後期高齢者医療の自己負担に係る計算事例 (2023-04): from 8,000 points on the relief measure lowers the two tenths, here to 11,000
/// yen. No amount is better than 16,000 yen; up to 30,000 yen of cost a month it changes nothing.
#[test]
fn no_amount_where_the_relief_measure_applies() {
    let patient = |day: &str| encounter("1940-01-01", Some("above_threshold"), day);
    assert_eq!(copay(&patient("2023-04-03"), 8_000).amount, None);
    assert_eq!(copay(&patient("2023-04-03"), 3_001).amount, None);
    assert_eq!(copay(&patient("2023-04-03"), 3_000).amount.unwrap().get(), 6_000);
    assert_eq!(copay(&patient("2025-10-01"), 8_000).amount.unwrap().get(), 16_000);
    // Over several visits of a month.
    let visits = json!([
        { "date": "2023-04-03", "consultation": "first" },
        { "date": "2023-04-28", "consultation": "none", "orders": [{ "procedure": "150002310" }] },
        { "date": "2023-05-01", "consultation": "phone_revisit" },
    ]);
    let calculation = calculate(&with(patient("2023-04-03"), "visits", visits));
    let given: Vec<bool> = calculation.copay.iter().map(|copay| copay.amount.is_some()).collect();
    assert_eq!(given, [true, false, true], "{}", calculation.to_json());
}

/// 高齢者医療確保法 第50条第2号: with a disability from 65 on.
#[test]
fn disability() {
    let rate = |birth: &str, day: &str| {
        let coverage = json!({ "income_class": "general", "late_elderly": true });
        copay(&with(encounter(birth, None, day), "coverage", coverage), 100).rate_tenths
    };
    assert_eq!(rate("1961-07-02", "2026-07-01"), None);
    assert_eq!(rate("1961-07-01", "2026-07-01"), Some(1));
    assert_eq!(rate("1955-01-01", "2026-07-01"), Some(1));
}

/// What is not settled has no price.
#[test]
fn no_amount_for_an_open_line() {
    let mut visits = json!([{ "date": "2026-07-01", "consultation": "first", "time_class": "pediatric_night" }]);
    let open = calculate(&at_clinic(visits.clone())).copay.remove(0);
    assert_eq!((open.rate_tenths, open.amount), (Some(3), None));
    visits[0]["time_class"] = json!("in_hours");
    assert_eq!(calculate(&at_clinic(visits)).copay.remove(0).amount.unwrap().get(), 880); // (291 + 2) × 3 = 879
}
