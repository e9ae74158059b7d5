//! Medication: drugs by 15 yen, dispensing and prescription fees, seven kinds, the general rules. Sources: 告示 令和8年第69号,
//! 保医発0305第6号 第5部, and the independent examples of the case ids.

use crate::{
    d_tests::{born, only},
    support::{Excluded, NeedsReview, Value, at_clinic, calculate, json, lines, points, verdict},
};

fn prescribed(date: &str, dispensing: &str, rps: Value) -> Value {
    at_clinic(json!([
        { "date": date, "consultation": "none", "prescriptions": [{ "dispensing": dispensing, "rps": rps }] }
    ]))
}

fn drug(code: &str, quantity: &str) -> Value {
    json!({ "drug": code, "quantity": quantity })
}

const HOUSE: i64 = 42 + 11;

/// 薬剤料 (PT-060 to PT-065, PT-071, PT-072): 通則 of F200 at every border, by prices of the standard masters.
#[test]
fn points_of_a_days_drugs() {
    // 10.8 yen a tablet; 15.0 and 15.1 yen a tablet.
    for (code, quantity, figure) in [
        ("620452801", "1", 1),
        ("622323500", "1", 1),
        ("620002477", "1", 2),
        ("620452801", "3", 3),   // 32.4 yen
        ("621951001", "1", 8),   // 78.3 yen
        ("622080701", "1", 3),   // 27.2 yen
        ("622080701", "0.5", 1), // 13.6 yen
    ] {
        let rps = json!([{ "use": "internal", "count": 5, "drugs": [drug(code, quantity)] }]);
        assert_eq!(points(&prescribed("2026-07-01", "in_house", rps)), HOUSE + 5 * figure, "{code} × {quantity}");
    }
    // What is taken together is priced together: 10.8 × 3 + 78.3 = 110.7.
    let rps = json!([{ "use": "internal", "count": 7, "drugs": [drug("620452801", "3"), drug("621951001", "1")] }]);
    assert_eq!(points(&prescribed("2026-07-01", "in_house", rps)), HOUSE + 7 * 11);
}

/// 外用薬 1調剤 (PT-080 to PT-088): ゲーベンクリーム at 12.8 yen.
#[test]
fn external_drugs() {
    for (grams, figure) in [("2", 3), ("4", 5), ("5", 6), ("10", 13), ("15", 19), ("20", 26)] {
        let rps = json!([{ "use": "external", "drugs": [drug("620008991", grams)] }]);
        assert_eq!(points(&prescribed("2026-07-01", "in_house", rps)), 42 + 8 + figure, "{grams} g");
    }
}

/// 通知 F000(2) (PT-090): a troche is external; six a day for three days are eighteen in one. 18 × 6.3 = 113.4 yen.
#[test]
fn troches() {
    let rps = json!([{ "use": "external", "drugs": [drug("620509501", "18")] }]);
    assert_eq!(points(&prescribed("2026-07-01", "in_house", rps)), 42 + 8 + 11);
    let wrong = json!([{ "use": "internal", "count": 3, "drugs": [drug("620509501", "6")] }]);
    assert!(!calculate(&prescribed("2026-07-01", "in_house", wrong)).statement.settled);
}

/// F400 3 and 注3 at each revision: 68 until 2024-05-31, then 60; 3 more below three years.
#[test]
fn prescriptions_for_a_pharmacy() {
    let rps = json!([{ "use": "internal", "count": 7, "drugs": [drug("620452801", "3")] }]);
    for (date, figure) in [("2024-05-31", 68), ("2024-06-01", 60), ("2026-05-31", 60), ("2026-06-01", 60)] {
        assert_eq!(points(&prescribed(date, "pharmacy", rps.clone())), figure, "{date}");
    }
    let child = |birth: &str| points(&born(prescribed("2026-07-15", "pharmacy", rps.clone()), birth));
    assert_eq!(child("2023-07-16"), 63);
    assert_eq!(child("2023-07-15"), 60);
    let child = |birth: &str| points(&born(prescribed("2026-07-15", "in_house", rps.clone()), birth));
    assert_eq!(child("2023-07-16"), HOUSE + 3 + 7 * 3);
}

/// F000 注, F100 注2: a psychotropic brings one point to each.
#[test]
fn controlled_drugs() {
    let rps = json!([{ "use": "internal", "count": 7, "drugs": [drug("611170513", "1")] }]);
    assert_eq!(points(&prescribed("2026-07-01", "in_house", rps)), HOUSE + 1 + 1 + 7);
}

/// Seven brands over 205 yen a day.
const SEVEN: [&str; 7] = ["610451012", "610462006", "610462009", "622068301", "622068401", "622081001", "622336601"];

fn kinds(number: usize, count: u32) -> Value {
    SEVEN[..number]
        .iter()
        .map(|code| json!({ "use": "internal", "count": count, "drugs": [drug(code, "1")] }))
        .collect()
}

/// F100 2, F200 注3, F400 2: six kinds are not seven; seven take 10 of 100 off the drugs.
#[test]
fn seven_kinds() {
    assert_eq!(points(&prescribed("2026-07-01", "pharmacy", kinds(6, 28))), 60);
    assert_eq!(points(&prescribed("2026-07-01", "pharmacy", kinds(7, 28))), 32);
    // 211.8 261.7 266.4 317.6 420.3 330.1 237.0 yen: 21 + 26 + 27 + 32 + 42 + 33 + 24 = 205 points a day for ten days.
    let all = 2050;
    assert_eq!(points(&prescribed("2026-07-01", "in_house", kinds(7, 10))), 29 + 11 + all * 9 / 10);
}

/// 通知 F200(6)ア(ニ): what costs at most 205 yen a day together is one kind.
#[test]
fn a_cheap_dose_is_one_kind() {
    let cheap: Value = json!([{ "use": "internal", "count": 7, "drugs": [
            drug("620452801", "3"), drug("621951001", "1"), drug("620098801", "3"), drug("622381201", "1"),
            drug("620002477", "1"), drug("622323500", "1"), drug("616130132", "1") ] }]);
    assert_eq!(points(&prescribed("2026-07-01", "pharmacy", cheap)), 60);
}

/// F200 注3 looks at one prescription, and at what is given for longer (通知(6)イ・ウ).
#[test]
fn seven_kinds_with_temporary_drugs() {
    let mut rps = kinds(7, 28);
    rps.as_array_mut()
        .unwrap()
        .push(json!({ "use": "internal", "count": 5, "temporary": true, "drugs": [drug("620452801", "3")] }));
    let calculation = calculate(&prescribed("2026-07-01", "in_house", rps));
    let reduction = calculation.statement.visits[0].lines.iter().find(|line| line.name.contains("逓減")).unwrap();
    assert_eq!(reduction.verdict, NeedsReview);
}

/// F100 2: a patient with 地域包括診療加算 is not counted, and F200 注3 leaves the drugs whole.
#[test]
fn comprehensive_care_is_exempt() {
    let encounter = at_clinic(json!([{
        "date": "2026-07-01", "consultation": "none",
        "orders": [{ "procedure": "112017270" }],
        "prescriptions": [{ "dispensing": "in_house", "rps": kinds(7, 10) }],
    }]));
    let calculation = calculate(&encounter);
    assert!(lines(&calculation, "120002610").is_empty());
    assert_eq!(lines(&calculation, "120001210").len(), 1);
    assert!(!calculation.to_json().contains("逓減"));
}

/// The class of the input must be one that the drugs allow.
#[test]
fn a_class_that_cannot_be() {
    let with_class = |class: &str, number: usize| {
        calculate(&at_clinic(json!([{ "date": "2026-07-01", "consultation": "none",
            "prescriptions": [{ "dispensing": "pharmacy", "fee_class": class, "rps": kinds(number, 28) }] }])))
    };
    assert!(!with_class("seven_kinds", 6).statement.settled);
    assert!(!with_class("other", 7).statement.settled);
    assert!(with_class("seven_kinds", 7).statement.settled);
    assert_eq!(with_class("long_psychotropic", 1).statement.total_points.get(), 32);
}

/// 通知 F400(3): two prescriptions at one visit are one, unless two doctors of two departments wrote them.
#[test]
fn two_prescriptions_at_one_visit() {
    let one = json!({ "dispensing": "pharmacy", "rps": [{ "use": "internal", "count": 7, "drugs": [drug("620452801", "3")] }] });
    let encounter = at_clinic(json!([{ "date": "2026-07-01", "consultation": "none", "prescriptions": [one, one] }]));
    assert!(lines(&calculate(&encounter), "120002910").iter().all(|line| line.verdict == NeedsReview));
}

/// 通則4 to 6: gargles alone, plasters beyond 63, nutrition from 2026-06-01.
#[test]
fn general_rules() {
    let settled = |date: &str, rps: Value| calculate(&prescribed(date, "in_house", rps)).statement.settled;
    let external = |code: &str, quantity: &str| json!({ "use": "external", "drugs": [drug(code, quantity)] });
    assert!(!settled("2026-07-01", json!([external("660463002", "10")])));
    assert!(settled("2026-07-01", json!([external("660463002", "10"), external("620008991", "10")])));
    assert!(settled("2026-07-01", json!([external("620007813", "63")])));
    assert!(!settled("2026-07-01", json!([external("620007813", "64")])));
    let nutrition = json!([{ "use": "internal", "count": 7, "drugs": [drug("613250027", "1000")] }]);
    assert!(settled("2026-05-31", nutrition.clone()));
    assert!(!settled("2026-06-01", nutrition));
}

/// G100 charges one point up to 15 yen, J300 nothing.
#[test]
fn drugs_of_injections_and_treatments() {
    let injection = json!([{ "procedure": "130003510", "drugs": [drug("641210099", "1")] }]);
    assert_eq!(points(&only("2026-07-01", injection)), 37 + 1);
    let injection = json!([{ "procedure": "130003510", "drugs": [drug("643180017", "1"), drug("641210099", "2")] }]);
    assert_eq!(points(&only("2026-07-01", injection)), 37 + 18); // 178 yen
    let treatment =
        |amount: &str| only("2026-07-01", json!([{ "procedure": "140000610", "drugs": [drug("641210099", amount)] }]));
    assert_eq!(points(&treatment("1")), 52);
    assert_eq!(verdict(&calculate(&treatment("1")), "641210099"), Excluded);
    assert_eq!(points(&treatment("2")), 52 + 2); // 22 yen
}

/// A drug's price steps at its own revision, on 1 April (薬価改定 2025-04-01): デパス錠 and others differ year by year.
#[test]
fn prices_by_date() {
    // ハイペン錠200mg: 14.2 yen until 2025-03-31, then 12.3.
    let hypen = |date: &str| {
        let rps = json!([{ "use": "internal", "count": 10, "drugs": [drug("610406388", "2")] }]);
        points(&prescribed(date, "in_house", rps)) - HOUSE
    };
    assert_eq!(hypen("2025-03-31"), 30); // 28.4 yen: 3 points
    assert_eq!(hypen("2025-04-01"), 20); // 24.6 yen: 2 points
}
