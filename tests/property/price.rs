//! Invariants of a calculated visit.

use std::sync::LazyLock;

use proptest::{collection::vec, prelude::*};
use santei::{
    calculation::{Calculation, Options, calculate_json},
    fee::{Refusal, Verdict},
    master::Masters,
};
use serde_json::{Value, json};

static MASTERS: LazyLock<Masters> = LazyLock::new(|| Masters::standard().unwrap());

const TESTS: [&str; 16] = [
    "160017410",
    "160018910",
    "160019010",
    "160019210",
    "160022410",
    "160017010",
    "160022510",
    "160036510",
    "160037210",
    "160008010",
    "160000310",
    "160068410",
    "160072110",
    "160072210",
    "170011810",
    "140000610",
];
const DRUGS: [&str; 6] = ["620452801", "621951001", "622323500", "620002477", "622081001", "611170513"];

fn calculate(encounter: &Value) -> Result<Calculation, Refusal> {
    calculate_json(&MASTERS, &encounter.to_string(), &Options::default())
}

fn order() -> impl Strategy<Value = Value> {
    let plain = (
        prop::sample::select(TESTS.to_vec()),
        1u32..4,
        prop::option::of(prop::sample::select(vec!["venous_blood", "no_fee"])),
    )
        .prop_map(|(code, count, specimen)| {
            let mut order = json!({ "procedure": code, "count": count });
            if let Some(specimen) = specimen {
                order["specimen"] = json!(specimen);
            }
            order
        });
    let films = (1u32..8).prop_map(|films| json!({ "procedure": "170027910", "quantity": films }));
    prop_oneof![4 => plain, 1 => films]
}

fn rp() -> impl Strategy<Value = Value> {
    (vec((prop::sample::select(DRUGS.to_vec()), 1u32..8), 1..4), 1u32..30).prop_map(|(drugs, count)| {
        let drugs: Vec<Value> =
            drugs.iter().map(|(drug, quantity)| json!({ "drug": drug, "quantity": quantity })).collect();
        json!({ "use": "internal", "count": count, "drugs": drugs })
    })
}

fn visit() -> impl Strategy<Value = Value> {
    let day = prop::sample::select(vec![
        "2024-05-31",
        "2024-06-01",
        "2025-04-01",
        "2026-05-31",
        "2026-06-01",
        "2026-06-30",
        "2027-06-01",
    ]);
    let consultation = prop::sample::select(vec!["first", "revisit", "none"]);
    (day, consultation, vec(order(), 0..9), vec(rp(), 0..3)).prop_map(|(day, consultation, orders, rps)| {
        let mut visit = json!({ "date": day, "consultation": consultation, "orders": orders });
        if !rps.is_empty() {
            visit["prescriptions"] = json!([{ "dispensing": "in_house", "rps": rps }]);
        }
        visit
    })
}

fn encounter() -> impl Strategy<Value = Value> {
    let birth = prop::sample::select(vec!["2026-05-20", "2023-06-01", "2020-06-01", "1980-04-01", "1950-01-01"]);
    (birth, vec(visit(), 1..4)).prop_map(|(birth, visits)| {
        let mut visits = visits;
        // Nobody is treated before the birth.
        visits.retain(|visit| visit["date"].as_str().unwrap() >= birth);
        if visits.is_empty() {
            visits.push(json!({ "date": "2026-06-01", "consultation": "first" }));
        }
        json!({ "facility": { "kind": "clinic" }, "patient": { "birth_date": birth }, "visits": visits })
    })
}

/// What a visit's lines come to, without the places in the input.
fn lines(calculation: &Calculation) -> Vec<Vec<String>> {
    let visits = calculation.statement.visits.iter();
    let mut all: Vec<Vec<String>> = visits
        .map(|visit| {
            let lines = visit.lines.iter();
            let mut lines: Vec<String> = lines
                .map(|line| {
                    format!(
                        "{} {:?} {:?} {:?} {} {:?}",
                        visit.date, line.code, line.verdict, line.points, line.count, line.total
                    )
                })
                .collect();
            lines.sort();
            lines
        })
        .collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The order of visits, orders and 剤 changes nothing.
    #[test]
    fn order_does_not_matter(encounter in encounter()) {
        let mut turned = encounter.clone();
        let visits = turned["visits"].as_array_mut().unwrap();
        visits.reverse();
        for visit in visits {
            if let Some(orders) = visit.get_mut("orders").and_then(Value::as_array_mut) {
                orders.reverse();
            }
            if let Some(rps) = visit.pointer_mut("/prescriptions/0/rps").and_then(Value::as_array_mut) {
                rps.reverse();
            }
        }
        prop_assert_eq!(lines(&calculate(&encounter).unwrap()), lines(&calculate(&turned).unwrap()));
    }

    /// Sums are what they say, an open line gives no copay, and nothing that is not charged counts.
    #[test]
    fn sums(encounter in encounter()) {
        let calculation = calculate(&encounter).unwrap();
        let mut all = 0;
        for (visit, copay) in calculation.statement.visits.iter().zip(&calculation.copay) {
            let charged: i64 = visit.lines.iter()
                .filter(|line| line.verdict == Verdict::Charged)
                .map(|line| line.points.unwrap().get() * i64::from(line.count))
                .sum();
            let sections: i64 = visit.sections.iter().map(|section| section.points.get()).sum();
            prop_assert_eq!((charged, sections), (visit.total_points.get(), visit.total_points.get()));
            let open = visit.lines.iter().any(|line| line.verdict == Verdict::NeedsReview);
            prop_assert_eq!(visit.settled, !open);
            prop_assert!(copay.amount.is_none() || visit.settled);
            for line in &visit.lines {
                let total = match line.verdict {
                    Verdict::Charged => Some(line.points.unwrap().get() * i64::from(line.count)),
                    Verdict::NeedsReview => None,
                    _ => Some(0),
                };
                prop_assert_eq!(line.total.map(|points| points.get()), total);
                prop_assert!(!line.reasons.is_empty() || line.verdict == Verdict::Charged, "{:?} without a reason", line);
            }
            all += charged;
        }
        prop_assert_eq!(calculation.statement.total_points.get(), all);
    }

    /// The same input gives the same bytes.
    #[test]
    fn same_bytes(encounter in encounter()) {
        prop_assert_eq!(calculate(&encounter).unwrap().to_json(), calculate(&encounter).unwrap().to_json());
    }

    /// More of a step procedure never costs less.
    #[test]
    fn steps_grow(minutes in 1u32..2_000, more in 0u32..500) {
        let points = |minutes: u32| {
            let orders = json!([{ "procedure": "150233410", "quantity": minutes }]);
            let visits = json!([{ "date": "2026-07-01", "consultation": "none", "orders": orders }]);
            let encounter = json!({ "facility": { "kind": "clinic" }, "patient": { "birth_date": "1980-01-01" }, "visits": visits });
            calculate(&encounter).unwrap().statement.total_points.get()
        };
        prop_assert!(points(minutes + more) >= points(minutes));
        prop_assert_eq!(points(minutes.max(121) + 30), points(minutes.max(121)) + 600);
    }

    /// A quantity is taken exactly as it is written, or refused at its path.
    #[test]
    fn any_text_as_quantity(text in prop_oneof!["\\PC{0,40}", "-?[0-9]{0,12}\\.?[0-9]{0,40}", "[0-9.eE+-]{1,12}"]) {
        quantity(&json!(text))?;
    }

    #[test]
    fn any_number_as_quantity(number in any::<f64>().prop_filter("JSON has no others", |number| number.is_finite())) {
        quantity(&json!(number))?;
    }

    #[test]
    fn any_whole_number_as_quantity(number in any::<i64>()) {
        quantity(&json!(number))?;
    }
}

fn quantity(value: &Value) -> Result<(), TestCaseError> {
    let orders = json!([{ "procedure": "170027910", "quantity": value }]);
    let visits = json!([{ "date": "2026-07-01", "consultation": "none", "orders": orders }]);
    let encounter =
        json!({ "facility": { "kind": "clinic" }, "patient": { "birth_date": "1980-01-01" }, "visits": visits });
    match calculate(&encounter) {
        Ok(calculation) => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let taken: f64 = calculation.statement.visits[0].lines[0].quantity.as_ref().unwrap().parse().unwrap();
            prop_assert_eq!(taken, text.parse::<f64>().unwrap());
            prop_assert!(taken > 0.0 && taken <= 99_999_999.0);
            // Two decimals at most.
            let digits = text.split_once('.').map_or("", |(_, fraction)| fraction.trim_end_matches('0'));
            prop_assert!(digits.len() <= 2 || text.contains('e'), "{} was taken", text);
        }
        Err(refusal) => {
            prop_assert!(
                refusal.errors.iter().all(|error| error.path == "visits[0].orders[0].quantity"),
                "{}",
                refusal
            );
        }
    }
    Ok(())
}
