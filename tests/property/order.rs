//! The order of visits, orders, prescriptions and their 剤 in the input changes nothing but the paths back into it.

use std::sync::OnceLock;

use proptest::{prelude::*, sample::subsequence};
use santei::{
    calculation::{Options, calculate_json},
    master::Masters,
};
use serde_json::{Value, json};

fn masters() -> &'static Masters {
    static MASTERS: OnceLock<Masters> = OnceLock::new();
    MASTERS.get_or_init(|| Masters::standard().unwrap())
}

/// Orders of every kind: blood tests that are rounded into one, what bars 外来管理加算, a home visit, an addition on a line of
/// its own, steps, an injection with its drug.
pub(crate) fn order_pool() -> Vec<Value> {
    let mut pool: Vec<Value> = [
        "160008010",
        "160019210",
        "160020910",
        "160022510",
        "160017410",
        "160021110",
        "160054710",
        "160000310",
        "140000610",
        "160072510",
        "160068410",
        "113001810",
        "112011010",
        "112014770",
        "114001110",
        "180725810",
    ]
    .into_iter()
    .map(|code| json!({ "procedure": code }))
    .collect();
    pool.push(json!({ "procedure": "170027910", "quantity": 2 }));
    pool.push(json!({ "procedure": "130003510", "drugs": [{ "drug": "620000339", "quantity": "1" }] }));
    pool.push(json!({ "procedure": "160008010", "count": 2 }));
    // The second one of a month is charged less.
    pool.push(json!({ "procedure": "170011810" }));
    pool.push(json!({ "procedure": "170015210" }));
    pool.push(json!({ "procedure": "160072510", "additions": [{ "procedure": "160072370" }] }));
    // What is charged together: stretches of one anesthesia, films of one part, transfusions of a day, operations in one
    // field and in two.
    for (code, minutes) in [("150233410", 10), ("150333010", 150), ("150233410", 20), ("150333210", 25)] {
        pool.push(json!({ "procedure": code, "quantity": minutes }));
    }
    for (code, films, site) in
        [("170000410", 1, "chest"), ("170000410", 2, "chest"), ("170000410", 1, "head"), ("170032050", 3, "chest")]
    {
        pool.push(json!({ "procedure": code, "quantity": films, "site": site }));
    }
    pool.push(json!({ "procedure": "170027910", "quantity": 3, "site": "chest" }));
    for (code, given, source) in [("150224910", 230, 200), ("150224910", 30, 200), ("150286310", 140, 400)] {
        pool.push(json!({ "procedure": code, "quantity": given, "source_quantity": source }));
    }
    for (code, site) in [("150001010", "left hand"), ("150001110", "left hand"), ("150001010", "right hand")] {
        pool.push(json!({ "procedure": code, "site": site }));
    }
    pool.push(json!({ "procedure": "150001010", "additions": [{ "procedure": "150268970" }], "site": "left hand" }));
    pool
}

pub(crate) fn rp_pool() -> Vec<Value> {
    let drug = |code: &str, quantity: &str| json!([{ "drug": code, "quantity": quantity }]);
    vec![
        json!({ "use": "internal", "count": 14, "drugs": drug("610407147", "1") }),
        json!({ "use": "internal", "count": 14, "drugs": drug("610407447", "3") }),
        json!({ "use": "internal", "count": 5, "drugs": drug("610409340", "2") }),
        json!({ "use": "internal", "count": 28, "drugs": drug("610409336", "1") }),
        json!({ "use": "as_needed", "count": 5, "drugs": drug("610406388", "1") }),
        json!({ "use": "external", "drugs": drug("620000348", "10") }),
        json!({ "use": "external", "drugs": drug("620000385", "20") }),
    ]
}

fn visit() -> impl Strategy<Value = Value> {
    let prescription = (subsequence(rp_pool(), 1..4), prop_oneof![Just("in_house"), Just("pharmacy")])
        .prop_map(|(rps, dispensing)| json!({ "dispensing": dispensing, "rps": rps }));
    (
        prop_oneof![Just("2026-06-03"), Just("2026-06-04"), Just("2026-05-29")],
        prop_oneof![Just("first"), Just("revisit"), Just("same_day_revisit"), Just("phone_revisit"), Just("none")],
        any::<bool>(),
        prop_oneof![3 => Just("in_hours"), 1 => Just("holiday"), 1 => Just("early_or_late")],
        subsequence(order_pool(), 0..10),
        prop::collection::vec(prescription, 0..3),
    )
        .prop_map(|(date, consultation, second, time_class, orders, prescriptions)| {
            let time_class = if consultation == "none" { "in_hours" } else { time_class };
            json!({
                "date": date, "consultation": consultation, "time_class": time_class,
                "second_department": second && matches!(consultation, "first" | "revisit"),
                "orders": orders, "prescriptions": prescriptions,
            })
        })
}

/// The same visits twice, each time in another order throughout.
fn twice() -> impl Strategy<Value = (Vec<Value>, Vec<Value>)> {
    prop::collection::vec(visit(), 1..5).prop_flat_map(|visits| {
        let shuffled: Vec<_> = visits.iter().map(shuffled).collect();
        (Just(visits), shuffled.prop_flat_map(|visits| Just(visits).prop_shuffle()))
    })
}

fn shuffled(visit: &Value) -> impl Strategy<Value = Value> + use<> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let prescriptions: Vec<_> = list(&visit["prescriptions"])
        .into_iter()
        .map(|prescription| {
            Just(list(&prescription["rps"])).prop_shuffle().prop_map(move |rps| {
                let mut prescription = prescription.clone();
                prescription["rps"] = json!(rps);
                prescription
            })
        })
        .collect();
    let visit = visit.clone();
    let prescriptions = prescriptions.prop_flat_map(|all| Just(all).prop_shuffle());
    (Just(list(&visit["orders"])).prop_shuffle(), prescriptions).prop_map(move |(orders, prescriptions)| {
        let mut visit = visit.clone();
        visit["orders"] = json!(orders);
        visit["prescriptions"] = json!(prescriptions);
        visit
    })
}

#[derive(Debug, Clone, Copy)]
enum Facility {
    Clinic,
    Registered,
    Hospital,
}

fn facility() -> impl Strategy<Value = Facility> {
    prop_oneof![Just(Facility::Clinic), Just(Facility::Registered), Just(Facility::Hospital)]
}

/// The calculation without what points back into the input.
fn result(visits: &[Value], birth: &str, facility: Facility) -> Value {
    let facility = match facility {
        Facility::Clinic => json!({ "kind": "clinic" }),
        Facility::Registered => json!({ "kind": "clinic", "registrations": [4307] }),
        Facility::Hospital => json!({ "kind": "hospital", "general_beds": 200, "permitted_beds": 200 }),
    };
    let history = json!([{ "date": "2026-06-01", "procedure": "160061810" }]);
    let encounter =
        json!({ "facility": facility, "patient": { "birth_date": birth }, "visits": visits, "history": history });
    let calculation = calculate_json(masters(), &encounter.to_string(), &Options::default())
        .unwrap_or_else(|refusal| panic!("{refusal}"));
    let mut result: Value = serde_json::from_str(&calculation.to_json()).unwrap();
    for copay in result["copay"].as_array_mut().unwrap() {
        copay["visit"] = Value::Null;
    }
    for visit in result["statement"]["visits"].as_array_mut().unwrap() {
        visit["visit"] = Value::Null;
        for line in visit["lines"].as_array_mut().unwrap() {
            line["path"] = Value::Null;
        }
    }
    result
}

/// Where two values differ first, and how.
fn difference(one: &Value, other: &Value, path: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => a
            .iter()
            .find_map(|(key, value)| difference(value, b.get(key).unwrap_or(&Value::Null), &format!("{path}.{key}"))),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(at, (a, b))| difference(a, b, &format!("{path}[{at}]")))
        }
        _ => (one != other).then(|| format!("{path}: {one} and {other}")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_changes_nothing((visits, shuffled) in twice(), infant in any::<bool>(), facility in facility()) {
        let birth = if infant { "2023-01-10" } else { "1970-05-20" };
        let (one, other) = (result(&visits, birth, facility), result(&shuffled, birth, facility));
        prop_assert_eq!(difference(&one, &other, ""), None);
    }

    /// The sums agree with the lines, and only what is charged counts.
    #[test]
    fn sums_are_those_of_the_lines((visits, _) in twice()) {
        let statement = result(&visits, "1970-05-20", Facility::Registered)["statement"].take();
        let number = |value: &Value| value.as_i64().unwrap();
        let mut all = 0;
        for visit in statement["visits"].as_array().unwrap() {
            let lines = visit["lines"].as_array().unwrap();
            let charged: i64 =
                lines.iter().filter(|line| line["verdict"] == "charged").map(|line| number(&line["total"])).sum();
            let sections: i64 =
                visit["sections"].as_array().unwrap().iter().map(|section| number(&section["points"])).sum();
            prop_assert_eq!(charged, number(&visit["total_points"]));
            prop_assert_eq!(sections, charged);
            for line in lines {
                match line["verdict"].as_str().unwrap() {
                    "charged" => prop_assert_eq!(number(&line["total"]), number(&line["points"]) * number(&line["count"])),
                    "needs_review" => prop_assert!(line["total"].is_null() && line["points"].is_null()),
                    _ => prop_assert_eq!(number(&line["total"]), 0),
                }
                prop_assert!(!line["reasons"].as_array().unwrap().is_empty() || line["origin"] == "ordered");
            }
            all += charged;
        }
        prop_assert_eq!(all, number(&statement["total_points"]));
    }
}

/// Where a visit orders two consultation fees, of which one is barred, the additions go to the other one.
#[test]
fn two_consultation_fees() {
    let mut orders = vec![json!({ "procedure": "111000110" }), json!({ "procedure": "111014610" })];
    let visit = |orders: &[Value]| {
        let visit = json!({
            "date": "2026-06-02", "consultation": "first", "time_class": "holiday", "orders": orders,
        });
        result(&[visit], "2026-01-01", Facility::Clinic)
    };
    let one = visit(&orders);
    orders.reverse();
    assert_eq!(difference(&one, &visit(&orders), ""), None);
}
