//! Invariants of materials, originators, additions and of figures that the claim gives.

use std::sync::LazyLock;

use proptest::{collection::vec, prelude::*};
use santei::{
    calculation::{Calculation, Options, calculate_json},
    fee::{InputErrorKind, Refusal, Verdict},
    master::Masters,
};
use serde_json::{Value, json};

static MASTERS: LazyLock<Masters> = LazyLock::new(|| Masters::standard().unwrap());

/// Materials with a listed price, with their yen in hundredths and whether they are gases.
const LISTED: [(&str, i64, bool); 5] = [
    ("700080000", 6_200, false),
    ("700010000", 12_000, false),
    ("739230000", 236, true),
    ("739200000", 19, true),
    ("770040000", 12, true),
];

fn calculate(visit: Value) -> Result<Calculation, Refusal> {
    let encounter =
        json!({ "facility": { "kind": "clinic" }, "patient": { "birth_date": "1980-01-01" }, "visits": [visit] });
    calculate_json(&MASTERS, &encounter.to_string(), &Options::default())
}

fn inhaled(materials: &[Value]) -> Value {
    json!({ "date": "2025-07-01", "consultation": "none", "orders": [{ "procedure": "140005610", "materials": materials }] })
}

/// A number with hundredths as it is written.
fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

/// n ÷ d, halves up, for what is not negative.
fn rounded(n: i128, d: i128) -> i64 {
    i64::try_from((2 * n + d) / (2 * d)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// 材料価格 ÷ 10, rounded; of oxygen after its correction and rounding to yen; of several, each for itself.
    #[test]
    fn materials_by_their_price(chosen in vec((prop::sample::select(LISTED.to_vec()), 1i64..9_999_900), 1..6)) {
        let materials: Vec<Value> = chosen
            .iter()
            .map(|((code, ..), quantity)| json!({ "material": code, "quantity": hundredths(*quantity) }))
            .collect();
        let expected: i64 = chosen
            .iter()
            .map(|((code, price, gas), quantity)| {
                // Hundredths by hundredths by tenths of the correction.
                let corrected = if code.starts_with("7392") || code.starts_with("7393") { 13 } else { 10 };
                let exact = i128::from(*price) * i128::from(*quantity) * corrected;
                if *gas { rounded(i128::from(rounded(exact, 100_000)), 10) } else { rounded(exact, 1_000_000) }
            })
            .sum();
        let calculation = calculate(inhaled(&materials)).unwrap();
        prop_assert_eq!(calculation.statement.total_points.get(), 65 + expected);
        let mut turned = materials;
        turned.reverse();
        prop_assert_eq!(calculate(inhaled(&turned)).unwrap().statement.total_points.get(), 65 + expected);
    }

    /// What was paid never makes oxygen dearer than the listed price, and any price is taken as it stands or refused.
    #[test]
    fn any_price_of_a_material(price in prop_oneof![(0i64..10_000_000_000i64).prop_map(hundredths), "-?[0-9]{0,12}\\.?[0-9]{0,6}"]) {
        for (code, kept) in [("739230000", true), ("700590000", false)] {
            match calculate(inhaled(&[json!({ "material": code, "quantity": 1000, "price": price })])) {
                Ok(calculation) => {
                    let points = calculation.statement.total_points.get() - 65;
                    prop_assert!(points >= 0 && (!kept || points <= 307), "{}", points);
                }
                Err(refusal) => {
                    let at = "visits[0].orders[0].materials[0].price";
                    prop_assert!(refusal.errors.iter().all(|error| error.path == at), "{}", refusal);
                }
            }
        }
    }

    /// An originator of choice: the points of the fee never grow by it, what is paid besides is eleven yen a point, and both
    /// parts make up the price that the insurance would have paid.
    #[test]
    fn the_two_parts_of_an_originator(
        quantity in 1u32..300,
        generic in 0i64..20_000,
        count in 1u32..91,
        day in prop::sample::select(vec!["2026-04-01", "2026-05-31", "2026-06-01", "2027-06-01"]),
    ) {
        let visit = |drug: Value| {
            let rps = json!([{ "use": "internal", "count": count, "drugs": [drug] }]);
            json!({ "date": day, "consultation": "none", "prescriptions": [{ "dispensing": "in_house", "rps": rps }] })
        };
        let amount = hundredths(i64::from(quantity) * 25);
        let plain = calculate(visit(json!({ "drug": "620000420", "quantity": amount }))).unwrap();
        let wanted = json!({ "drug": "620000420", "quantity": amount, "choice": "patient", "generic_price": hundredths(generic) });
        match calculate(visit(wanted)) {
            Ok(wanted) => {
                prop_assert!(wanted.statement.total_points <= plain.statement.total_points);
                let care = &wanted.statement.visits[0].elective_care;
                prop_assert_eq!(care.is_empty(), generic >= 17_760);
                if let [care] = care.as_slice() {
                    let points = care.points.unwrap().get();
                    prop_assert_eq!(care.amount.unwrap().get(), points * 11 * i64::from(count));
                    let of = |calculation: &Calculation| {
                        let line = calculation.statement.visits[0].lines.iter().find(|line| !line.drugs.is_empty());
                        line.unwrap().points.unwrap().get()
                    };
                    // Each part is rounded for itself: within a point of the whole.
                    prop_assert!((of(&wanted) + points - of(&plain)).abs() <= 1);
                }
            }
            Err(refusal) => prop_assert!(generic == 0 && refusal.errors[0].path.ends_with("generic_price"), "{}", refusal),
        }
    }

    /// Quantities, counts and points at and beyond every limit: a statement, or an error of the input at its path.
    #[test]
    fn nothing_overflows(
        quantity in prop::sample::select(vec!["0", "0.00001", "1", "99999", "99999.99999", "99999999", "100000000", "1e9"]),
        count in prop::sample::select(vec![0u32, 1, 999, 1000, u32::MAX]),
        points in prop::option::of(prop::sample::select(vec![0u32, 1, 9_999_999, 10_000_000, u32::MAX])),
        code in prop::sample::select(vec!["140005610", "150233410", "170027910", "160177770", "150000290"]),
    ) {
        let mut order = json!({ "procedure": code, "quantity": quantity, "count": count });
        if let Some(points) = points {
            order["points"] = json!(points);
        }
        order["materials"] = json!([{ "material": "700590000", "quantity": quantity, "price": quantity }]);
        order["drugs"] = json!([{ "drug": "620000423", "quantity": quantity }]);
        let orders = vec![order; 40];
        match calculate(json!({ "date": "2025-07-01", "consultation": "none", "orders": orders })) {
            Ok(calculation) => {
                for line in &calculation.statement.visits[0].lines {
                    prop_assert!(line.verdict != Verdict::Charged || line.total.is_some());
                }
            }
            Err(refusal) => {
                for error in &refusal.errors {
                    prop_assert!(error.path.starts_with("visits[0]"), "{}", error);
                    let known = [InputErrorKind::Quantity, InputErrorKind::Contradiction, InputErrorKind::Schema, InputErrorKind::Overflow];
                    prop_assert!(known.contains(&error.kind), "{}", error);
                }
            }
        }
    }

    /// The order of orders, additions and materials changes nothing.
    #[test]
    fn the_order_of_the_input(orders in vec(order(), 1..7), class in prop::sample::select(vec!["in_hours", "holiday", "early_or_late"])) {
        let visit = |orders: &[Value]| {
            json!({ "date": "2025-07-01", "consultation": "revisit", "time_class": class, "orders": orders })
        };
        let mut turned = orders.clone();
        turned.reverse();
        for order in &mut turned {
            for list in ["additions", "materials"] {
                if let Some(list) = order.get_mut(list).and_then(Value::as_array_mut) {
                    list.reverse();
                }
            }
        }
        let lines = |orders: &[Value]| {
            let calculation = calculate(visit(orders)).unwrap();
            let lines = calculation.statement.visits[0].lines.iter();
            let mut lines: Vec<String> = lines
                .map(|line| format!("{:?} {:?} {:?} {} {:?} {:?}", line.code, line.verdict, line.points, line.count, line.total, line.quantity))
                .collect();
            lines.sort();
            lines
        };
        prop_assert_eq!(lines(&orders), lines(&turned));
    }
}

/// An order with additions that fit, that do not and that keep each other out, with materials, in urgency or not.
fn order() -> impl Strategy<Value = Value> {
    let code = prop::sample::select(vec![
        "150001010",
        "140021810",
        "140000610",
        "160093810",
        "170011810",
        "160000190",
        "150000290",
    ]);
    let addition = prop::sample::select(vec![
        "150000290",
        "150000590",
        "150371290",
        "160000190",
        "170012070",
        "140049170",
        "160203970",
    ]);
    let material = prop_oneof![
        Just(json!({ "material": "739230000", "quantity": 180 })),
        Just(json!({ "material": "770030070", "quantity": 2 })),
        Just(json!({ "material": "770020070" })),
        Just(json!({ "material": "700590000", "price": 25 })),
    ];
    (code, vec(addition, 0..3), vec(material, 0..3), prop::option::of(any::<bool>()), 1u32..4).prop_map(
        |(code, additions, materials, urgent, count)| {
            let additions: Vec<Value> = additions.iter().map(|code| json!({ "procedure": code })).collect();
            let mut order =
                json!({ "procedure": code, "additions": additions, "materials": materials, "count": count });
            if let Some(urgent) = urgent {
                order["urgent"] = json!(urgent);
            }
            order
        },
    )
}
