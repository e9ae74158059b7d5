//! As much as the engine takes at once, and more: an answer or a typed refusal within a bounded time, never a panic.

use std::{sync::LazyLock, time::Instant};

use santei::{
    calculation::{Calculation, Options, calculate_json},
    fee::{InputErrorKind, Refusal, Verdict},
    master::Masters,
};
use serde_json::{Value, json};

static MASTERS: LazyLock<Masters> = LazyLock::new(|| Masters::standard().unwrap());

/// As much as the engine takes; without optimisation a tenth of it.
const SCALE: usize = if cfg!(debug_assertions) { 10 } else { 1 };

/// 再診, 処置 and the like that exclude each other on a day or in a month.
const RELATED: [&str; 6] = ["113001810", "113002210", "113002850", "113000910", "140013810", "140014010"];

fn calculate(what: &str, visits: Value, history: Value) -> Result<Calculation, Refusal> {
    let encounter = json!({
        "facility": { "kind": "hospital", "general_beds": 150, "permitted_beds": 180 },
        "patient": { "birth_date": "1985-04-01" }, "visits": visits, "history": history,
    });
    let text = encounter.to_string();
    let start = Instant::now();
    let result = calculate_json(&MASTERS, &text, &Options::default());
    let how = match &result {
        Ok(calculation) => format!("{} points", calculation.statement.total_points.get()),
        Err(refusal) => format!("{:?}", refusal.errors[0].kind),
    };
    println!("{what}: {how} in {:.2} s", start.elapsed().as_secs_f64());
    result
}

/// Related codes that are in force on a day.
fn related(on: &str) -> Vec<Value> {
    let known = |code: &&&str| {
        let one = json!([{ "date": on, "consultation": "none", "orders": [{ "procedure": code }] }]);
        let encounter = json!({
            "facility": { "kind": "clinic" }, "patient": { "birth_date": "1985-04-01" }, "visits": one,
        });
        calculate_json(&MASTERS, &encounter.to_string(), &Options::default()).is_ok()
    };
    RELATED.iter().filter(known).map(|code| json!({ "procedure": code })).collect()
}

fn refused(result: Result<Calculation, Refusal>) -> InputErrorKind {
    result.unwrap_err().errors[0].kind
}

/// Only what is charged counts, whatever the number of lines.
fn sums(calculation: &Calculation) {
    let lines = calculation.statement.visits.iter().flat_map(|visit| &visit.lines);
    let charged = lines.filter(|line| line.verdict == Verdict::Charged).filter_map(|line| line.total);
    assert_eq!(charged.map(|points| points.get()).sum::<i64>(), calculation.statement.total_points.get());
}

#[test]
fn registrations_that_cannot_be() {
    let with = |registrations: Value| {
        let encounter = json!({
            "facility": { "kind": "clinic", "registrations": registrations }, "patient": { "birth_date": "1985-04-01" },
            "visits": [{ "date": "2026-07-06", "consultation": "revisit" }],
        });
        calculate_json(&MASTERS, &encounter.to_string(), &Options::default())
    };
    assert!(with(json!([1, 9_999, 3_056, 3_056])).is_ok());
    let refusal = with(json!([3_056, 0, 10_000, u32::MAX])).unwrap_err();
    let paths: Vec<_> = refusal.errors.iter().map(|error| (error.path.as_str(), error.kind)).collect();
    let place = |number: usize| format!("facility.registrations[{number}]");
    assert_eq!(paths, [1, 2, 3].map(place).each_ref().map(|path| (path.as_str(), InputErrorKind::UnknownCode)));
    assert_eq!(refused(with(json!(vec![3_056; 10_000]))), InputErrorKind::TooMuch);
}

#[test]
fn ten_thousand_lines_in_a_visit() {
    let on = "2025-07-10";
    let orders: Vec<Value> = related(on).into_iter().cycle().take(10_000 / SCALE).collect();
    let visits = json!([{ "date": on, "consultation": "revisit", "orders": orders }]);
    sums(&calculate("10,000 lines", visits, json!([])).unwrap());
    let orders: Vec<Value> = (0..10_000 / SCALE)
        .map(|number| json!({ "procedure": "170027910", "quantity": 1 + number % 99_999_999, "count": 999 }))
        .collect();
    let visits = json!([{ "date": on, "consultation": "none", "orders": orders }]);
    sums(&calculate("10,000 lines at the limits", visits, json!([])).unwrap());
    let orders: Vec<Value> = related(on).into_iter().cycle().take(20_001).collect();
    let visits = json!([{ "date": on, "consultation": "none", "orders": orders }]);
    assert_eq!(refused(calculate("20,001 lines", visits, json!([]))), InputErrorKind::TooMuch);
}

#[test]
fn a_thousand_visits_in_a_month() {
    let orders = related("2025-07-10");
    let visits: Vec<Value> = (0..1_000 / SCALE)
        .map(|number| {
            let on = format!("2025-07-{:02}", 1 + number % 31);
            json!({ "date": on, "consultation": "none", "orders": orders })
        })
        .collect();
    // Every one of a code stands against every one of another: beyond a million relations it is refused.
    match calculate("1,000 visits in a month", json!(visits), json!([])) {
        Ok(calculation) => sums(&calculation),
        Err(refusal) => assert_eq!(refusal.errors[0].kind, InputErrorKind::TooMuch),
    }
    sums(&calculate("200 visits in a month", json!(visits[..200 / SCALE]), json!([])).unwrap());
}

#[test]
fn a_hundred_thousand_entries_of_history() {
    let orders = related("2025-07-10");
    let visits = json!([{ "date": "2025-07-10", "consultation": "revisit", "orders": orders }]);
    let past = |number: usize, code: &Value| {
        let (year, month, day) = (2022 + number % 5, 1 + number % 12, 1 + number % 28);
        // Out of order, repeated, and after the visit too.
        json!({ "date": format!("{year}-{month:02}-{day:02}"), "procedure": code["procedure"], "count": 1 + number % 999 })
    };
    let history: Vec<Value> =
        orders.iter().cycle().take(100_000 / SCALE).enumerate().map(|(at, code)| past(at, code)).collect();
    sums(&calculate("100,000 entries of history", visits.clone(), json!(history)).unwrap());
    // Of one code, with as many lines.
    let same: Vec<Value> = (0..100_000 / SCALE).map(|number| past(number, &orders[0])).collect();
    let lines: Vec<Value> = std::iter::repeat_n(orders[0].clone(), 10_000 / SCALE).collect();
    let many = json!([{ "date": "2025-07-10", "consultation": "none", "orders": lines }]);
    sums(&calculate("100,000 entries and 10,000 lines of one code", many, json!(same)).unwrap());
    let more: Vec<Value> = (0..100_001).map(|number| past(number, &orders[0])).collect();
    assert_eq!(refused(calculate("100,001 entries", visits, json!(more))), InputErrorKind::TooMuch);
}

#[test]
fn codes_of_another_revision_and_days_to_come() {
    // 160245310 begins in 2026; an order of it before is refused, a past charge of it bears on nothing.
    let order = |on: &str| json!([{ "date": on, "consultation": "none", "orders": [{ "procedure": "160245310" }] }]);
    assert_eq!(
        refused(calculate("a code of another revision", order("2025-07-10"), json!([]))),
        InputErrorKind::NotInForce
    );
    let visits = json!([{ "date": "2025-07-10", "consultation": "revisit", "orders": [{ "procedure": "160008010" }] }]);
    let strange = ["160245310", "199999999", "111000110"];
    let history: Vec<Value> = strange.iter().map(|code| json!({ "date": "2025-07-31", "procedure": code })).collect();
    sums(&calculate("strange history", visits.clone(), json!(history)).unwrap());
    // What a later day of the month has used up is not there for an earlier one.
    let later = json!([{ "date": "2025-07-31", "procedure": "160061710" }]);
    let calculation = calculate("a later charge", visits, later).unwrap();
    let judged = calculation.statement.visits[0].lines.iter().find(|line| line.code.as_deref() == Some("160061710"));
    assert!(judged.is_none_or(|line| line.verdict == Verdict::Limited));
}
