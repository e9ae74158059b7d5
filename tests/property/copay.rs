//! The patient's share and its rounding.

use std::sync::OnceLock;

use proptest::prelude::*;
use santei::{
    calculation::parse,
    copay::settle,
    fee::{Encounter, Statement, charge},
    master::Masters,
    money::{Points, Yen},
};
use serde_json::json;

fn masters() -> &'static Masters {
    static MASTERS: OnceLock<Masters> = OnceLock::new();
    MASTERS.get_or_init(|| Masters::standard().unwrap())
}

fn first_visit(birth: &str, class: &str) -> (Encounter, Statement) {
    let text = json!({
        "facility": { "kind": "clinic" }, "patient": { "birth_date": birth }, "coverage": { "income_class": class },
        "visits": [{ "date": "2026-07-01", "consultation": "first" }],
    });
    let encounter = parse(&text.to_string()).unwrap();
    let (statement, _) = charge(masters(), &encounter, false).unwrap();
    (encounter, statement)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// 健康保険法 第75条: at most five yen away, on a multiple of ten, and up at exactly five.
    #[test]
    fn ten_yen(yen in 0..100_000_000_i64) {
        let rounded = Yen::new(yen).unwrap().rounded_to_ten().unwrap().get();
        prop_assert_eq!(rounded % 10, 0);
        prop_assert!((-4..=5).contains(&(rounded - yen)));
        prop_assert_eq!(Yen::new(rounded).unwrap().rounded_to_ten().unwrap().get(), rounded);
    }

    /// The shares of the patient and of the insurer make up the cost, with no yen lost.
    #[test]
    fn shares_make_up_the_cost(points in 0..10_000_000_i64, tenths in 0..=10_u8) {
        let cost = Points::new(points).unwrap().cost().unwrap();
        let (patient, insurer) = (cost.share(tenths).unwrap(), cost.share(10 - tenths).unwrap());
        prop_assert_eq!(patient.plus(insurer).unwrap(), cost);
        prop_assert_eq!(patient.get() * 10, cost.get() * i64::from(tenths));
    }

    /// The 五捨五超入 of a drug, against its words: one point up to 15 yen, then one more for every ten or part of it.
    #[test]
    fn drug_points_by_their_words(hundredths in 1..10_000_000_i64) {
        let price = rust_decimal::Decimal::new(hundredths, 2);
        let mut points = 1;
        let mut covered = 1_500;
        while covered < hundredths.min(200_000) {
            covered += 1_000;
            points += 1;
        }
        points += (hundredths - covered).max(0).div_euclid(1_000) + i64::from((hundredths - covered).max(0) % 1_000 > 0);
        prop_assert_eq!(Points::of_drug(price).unwrap().get(), points);
    }

    /// More points never cost less, a higher rate never less, and nobody pays more than the cost.
    #[test]
    fn copays_grow_with_points_and_rate(points in 0..1_000_000_i64, more in 0..100_i64) {
        let mut last = 0;
        for (birth, class, tenths) in
            [("1940-01-01", "general", 1), ("1955-01-01", "general", 2), ("1980-01-01", "general", 3)]
        {
            let (encounter, mut statement) = first_visit(birth, class);
            let mut pays = |points: i64| {
                statement.visits[0].total_points = Points::new(points).unwrap();
                settle(masters(), &encounter, &statement).unwrap().remove(0)
            };
            let (some, other) = (pays(points), pays(points + more));
            prop_assert_eq!(some.rate_tenths, Some(tenths));
            prop_assert!(some.amount <= other.amount);
            let amount = some.amount.unwrap().get();
            prop_assert!(amount >= last && (amount - points * i64::from(tenths)).abs() <= 5);
            last = amount;
        }
    }
}
