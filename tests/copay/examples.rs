//! Worked examples of the orders' formulas. The official collections are tried with `santei conformance` in tests/cli.

use crate::*;

fn adult(class: &str, list: &[(&str, i64)]) -> Value {
    json!({ "birth_date": "1980-04-01", "coverage": { "ceiling_class": class }, "visits": visits(list) })
}

/// 健保法75条, visit by visit: three visits of 75 points are 690 yen, one of 225 is 680.
#[test]
fn ten_yen_a_visit() {
    let month = |list: &[(&str, i64)]| json!({ "birth_date": "1980-04-01", "visits": visits(list) });
    assert_eq!(due(&month(&[("2026-11-02", 367)])), [1_100]);
    assert_eq!(due(&month(&[("2026-11-02", 145)])), [440]);
    assert_eq!(due(&month(&[("2026-11-02", 75), ("2026-11-09", 75), ("2026-11-16", 75)])), [230; 3]);
    assert_eq!(due(&month(&[("2026-11-02", 225)])), [680]);
    let settled = settle(&month(&[("2026-11-02", 75), ("2026-11-09", 75), ("2026-11-16", 75)]));
    assert_eq!((settled.claims[0].patient.get(), settled.rounding_difference.get()), (675, 15));
}

/// The ceiling on the last day of one table and the first of the next.
#[test]
fn ceilings_by_visit() {
    for (day, yen) in [("2026-07-31", 87_430), ("2026-08-01", 92_940)] {
        assert_eq!(due(&adult("ウ", &[(day, 100_000)])), [yen], "{day}");
    }
    let list = [("2026-08-03", 20_000), ("2026-08-10", 15_000), ("2026-08-17", 10_000)];
    assert_eq!(due(&adult("ウ", &list)), [60_000, 26_440, 1_000]);
    let old = |month: &str| {
        let list: Vec<String> = ["03", "10", "17"].iter().map(|day| format!("{month}-{day}")).collect();
        json!({
            "birth_date": "1954-01-15", "coverage": { "ceiling_class": "一般" },
            "visits": visits(&[(&list[0], 6_000), (&list[1], 4_000), (&list[2], 3_000)]),
        })
    };
    assert_eq!(due(&old("2026-08")), [12_000, 8_000, 2_000]);
    assert_eq!(due(&old("2026-07")), [12_000, 6_000, 0]);
}

/// A late correction: what was paid differs from what was due, and the next visit makes it good.
#[test]
fn corrections() {
    let mut month =
        json!({ "birth_date": "1980-04-01", "visits": visits(&[("2026-11-02", 100), ("2026-11-09", 100)]) });
    month["visits"][0]["paid"] = json!(500);
    let settled = settle(&month);
    let second = &settled.visits[1];
    assert_eq!(
        (second.due.get(), second.carried.get(), second.collect.get(), second.give_back.get()),
        (300, -200, 100, 0)
    );
    month["visits"][0]["paid"] = json!(900);
    let settled = settle(&month);
    assert_eq!((settled.visits[1].collect.get(), settled.visits[1].give_back.get()), (0, 300));
}

/// 難病, three visits: two tenths up to the voucher's cap, less what other facilities wrote on it.
#[test]
fn the_cap_of_a_voucher() {
    let mut month = json!({
        "birth_date": "1980-04-01", "coverage": { "ceiling_class": "ウ" },
        "payers": [{ "number": "54016027", "cap": 5000 }],
        "visits": [
            { "date": "2026-07-03", "segments": [{ "points": 2000, "payers": [0] }] },
            { "date": "2026-07-10", "segments": [{ "points": 2000, "payers": [0] }] },
            { "date": "2026-07-17", "segments": [{ "points": 3000, "payers": [0] }] },
        ],
    });
    assert_eq!(due(&month), [4_000, 1_000, 0]);
    month["payers"][0]["paid_elsewhere"] = json!(3_500);
    assert_eq!(due(&month), [1_500, 0, 0]);
    assert!(settle(&month).warnings.is_empty());
    month["payers"][0]["number"] = json!("54016028");
    assert_eq!(settle(&month).warnings.len(), 1, "a wrong check digit is a warning");
}

/// 生活保護 alone: the public payer bears everything but what the voucher leaves to the patient.
#[test]
fn welfare_without_insurance() {
    let mut month = json!({
        "birth_date": "1980-04-01", "coverage": { "insured": false }, "payers": [{ "law": "12" }],
        "visits": [{ "date": "2026-07-03", "segments": [{ "points": 1234, "payers": [0] }] }],
    });
    let settled = settle(&month);
    assert_eq!((settled.due.get(), settled.claims[0].insurer.get()), (0, 0));
    assert_eq!(settled.claims[0].payers[0].pays.get(), 12_340);
    month["payers"][0]["cap"] = json!(2_000);
    assert_eq!(settle(&month).due.get(), 2_000);
}

/// What rests on figures that nobody has shown says so, and `strict` refuses it.
#[test]
fn unverified_figures() {
    let mut month = json!({
        "birth_date": "1980-04-01", "coverage": { "ceiling_class": "ウ" }, "payers": [{ "law": "15", "cap": 30000 }],
        "visits": [{ "date": "2026-07-31", "segments": [{ "points": 40000, "payers": [0] }] }],
    });
    let settled = settle(&month);
    assert!(settled.unverified.is_empty() && settled.certainty < santei::master::Certainty::Unverified);
    month["visits"][0]["date"] = json!("2026-08-01");
    let settled = settle(&month);
    assert_eq!(settled.certainty, santei::master::Certainty::Unverified);
    assert!(!settled.unverified.is_empty());
    month["strict"] = json!(true);
    assert_eq!(refused(&month).errors[0].path, "strict");
    // The halved month of the new table, and everything of 2027-08.
    let turning = json!({
        "birth_date": "1951-11-15", "coverage": { "ceiling_class": "一般" }, "visits": visits(&[("2026-11-02", 10_000)]),
    });
    let settled = settle(&turning);
    assert_eq!((settled.due.get(), settled.certainty), (11_000, santei::master::Certainty::Unverified));
    let later = adult("標報28万～34万円", &[("2027-08-02", 100_000)]);
    assert_eq!(settle(&later).certainty, santei::master::Certainty::Unverified);
    let errors = refused(&adult("ウ", &[("2027-08-02", 100)])).errors;
    assert_eq!((errors[0].path.as_str(), errors.len()), ("coverage.ceiling_class", 1));
}

/// The relief measure to its last day.
#[test]
fn relief_measure() {
    let old = |day: &str| json!({ "birth_date": "1945-01-15", "coverage": { "ceiling_class": "一般Ⅱ" }, "visits": visits(&[(day, 5_000)]) });
    assert_eq!(due(&old("2025-09-30")), [8_000]);
    assert_eq!(due(&old("2025-10-01")), [10_000]);
}

/// 肝がん・重度肝硬変 (38 with 実施機関番号 602): the class's own ceiling for outpatients, that of 特定疾病給付 for inpatients.
#[test]
fn a_programme_by_its_office() {
    let month = |setting: &str| {
        json!({
            "birth_date": "1980-04-01", "coverage": { "ceiling_class": "エ" },
            "payers": [{ "number": "38136028", "cap": 10000 }],
            "visits": [{ "date": "2026-07-03", "setting": setting, "segments": [{ "points": 40000, "payers": [0] }] }],
        })
    };
    for setting in ["inpatient", "outpatient"] {
        let settled = settle(&month(setting));
        let payer = &settled.claims[0].payers[0];
        assert_eq!((payer.base.get(), payer.patient.get(), settled.due.get()), (57_600, 10_000, 10_000), "{setting}");
        assert_eq!(payer.name, "肝がん・重度肝硬変治療研究促進事業");
    }
}
