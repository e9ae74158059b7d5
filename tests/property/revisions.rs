//! What another revision would give: its own changes nothing, the day before a boundary by the rules after it is the day
//! after, and a comparison adds up both ways.

use std::sync::OnceLock;

use proptest::{prelude::*, sample::subsequence};
use santei::{
    calculation::{Options, calculate_json, parse},
    comparison::{Change, Comparer},
    master::Masters,
};
use serde_json::{Value, json};

use crate::order::{order_pool, rp_pool};

fn masters() -> &'static Masters {
    static MASTERS: OnceLock<Masters> = OnceLock::new();
    MASTERS.get_or_init(|| Masters::standard().unwrap())
}

fn comparers() -> &'static [Comparer; 2] {
    static COMPARERS: OnceLock<[Comparer; 2]> = OnceLock::new();
    COMPARERS.get_or_init(|| [("r6", "r8"), ("r8", "r6")].map(|(from, to)| Comparer::new(masters(), from, to).unwrap()))
}

/// The result as JSON without what says that it is hypothetical; nothing when the input is refused.
fn calculated(visit: &Value, as_of_revision: Option<&str>) -> Option<Value> {
    let options = Options { as_of_revision, ..Options::default() };
    let calculation = calculate_json(masters(), &visit.to_string(), &options).ok()?;
    assert_eq!(calculation.statement.as_of_revision.as_deref(), as_of_revision);
    let mut json: Value = serde_json::from_str(&calculation.to_json()).unwrap();
    json["statement"].as_object_mut().unwrap().remove("as_of_revision");
    for copay in json["copay"].as_array_mut().unwrap() {
        copay.as_object_mut().unwrap().remove("as_of_revision");
    }
    Some(json)
}

/// Code, verdict and points of every line.
fn lines(calculation: &Value) -> Vec<(Value, Value, Value)> {
    let lines = calculation["statement"]["visits"][0]["lines"].as_array().unwrap().iter();
    lines.map(|line| (line["code"].clone(), line["verdict"].clone(), line["total"].clone())).collect()
}

fn encounter(born: u32, consultation: &str, dates: &[&str], orders: &[Value], rps: &[Value]) -> Value {
    let visits = dates.iter().map(|date| {
        let mut visit = json!({ "date": date, "consultation": consultation, "orders": orders });
        if !rps.is_empty() {
            visit["prescriptions"] = json!([{ "dispensing": "in_house", "rps": rps }]);
        }
        visit
    });
    json!({
        "facility": { "kind": "clinic" },
        "patient": { "birth_date": format!("{born}-02-10") },
        "visits": visits.collect::<Vec<_>>(),
    })
}

fn orders() -> impl Strategy<Value = Vec<Value>> {
    subsequence(order_pool(), 0..6)
}

fn rps() -> impl Strategy<Value = Vec<Value>> {
    subsequence(rp_pool(), 0..3)
}

fn consultation() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("first"), Just("revisit"), Just("phone_revisit"), Just("none")]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn its_own_revision_changes_nothing(
        born in 1950u32..2024, consultation in consultation(), orders in orders(), rps in rps(), late: bool,
    ) {
        let (revision, dates) =
            if late { ("r8", ["2026-06-01", "2026-07-15"]) } else { ("r6", ["2025-04-30", "2026-05-31"]) };
        let encounter = encounter(born, consultation, &dates, &orders, &rps);
        prop_assert_eq!(calculated(&encounter, Some(revision)), calculated(&encounter, None));
    }

    #[test]
    fn the_day_before_by_the_rules_of_the_day_after(
        born in 1950u32..2024, consultation in consultation(), orders in orders(), rps in rps(),
    ) {
        let on = |date| encounter(born, consultation, &[date], &orders, &rps);
        let (before, after) = ("2026-05-31", "2026-06-01");
        for (day, other, revision) in [(before, after, "r8"), (after, before, "r6")] {
            let (hypothetical, real) = (calculated(&on(day), Some(revision)), calculated(&on(other), None));
            prop_assert_eq!(hypothetical.as_ref().map(lines), real.as_ref().map(lines));
        }
    }

    #[test]
    fn a_comparison_adds_up_both_ways(
        born in 1950u32..2024, consultation in consultation(), orders in orders(), rps in rps(),
    ) {
        let encounter = encounter(born, consultation, &["2025-12-03", "2026-06-20"], &orders, &rps);
        let Ok(encounter) = parse(&encounter.to_string()) else { return Ok(()) };
        let [there, back] = comparers().each_ref().map(|comparer| comparer.compare(&encounter));
        prop_assert_eq!(there.is_ok(), back.is_ok());
        let (Ok(there), Ok(back)) = (there, back) else { return Ok(()) };
        prop_assert_eq!((there.from_points, there.to_points), (back.to_points, back.from_points));
        for (there, back) in there.visits.iter().zip(&back.visits) {
            prop_assert_eq!(there.difference, -back.difference);
            let count = |changes: &[santei::comparison::LineChange], kind| {
                changes.iter().filter(|change| change.change == kind).count()
            };
            prop_assert_eq!(count(&there.changes, Change::New), count(&back.changes, Change::Gone));
            prop_assert_eq!(count(&there.changes, Change::Points), count(&back.changes, Change::Points));
            if there.settled {
                let sum: Option<i64> = there.changes.iter().map(|change| change.difference).sum();
                prop_assert_eq!(sum, Some(there.difference));
            }
        }
    }
}
