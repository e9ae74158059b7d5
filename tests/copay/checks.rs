//! What a checker would try: every first and last day, every class, and the sums that must hold.

use crate::*;

/// Day, points.
fn month(birth: &str, coverage: Value, setting: &str, day: &str, points: i64) -> Value {
    json!({
        "birth_date": birth, "coverage": coverage,
        "visits": [{ "date": day, "setting": setting, "segments": [{ "points": points }] }],
    })
}

fn paid(birth: &str, class: &str, frequent: bool, setting: &str, day: &str, points: i64) -> i64 {
    settle(&month(birth, json!({ "ceiling_class": class, "frequent": frequent }), setting, day, points)).due.get()
}

/// 健康保険法施行令 第42条: every class on the last day of one table and the first of the next, with 多数回該当.
#[test]
fn every_class_by_day() {
    let (young, old) = ("1980-04-01", "1955-06-15");
    // 200,000 points: 2,000,000 yen.
    for (birth, class, before, before_many, after, after_many) in [
        (young, "ア", 252_600 + 11_580, 140_100, 270_300 + 10_990, 140_100),
        (young, "イ", 167_400 + 14_420, 93_000, 179_100 + 14_030, 93_000),
        (young, "ウ", 80_100 + 17_330, 44_400, 85_800 + 17_140, 44_400),
        (young, "エ", 57_600, 44_400, 61_500, 44_400),
        (young, "オ", 35_400, 24_600, 36_900, 24_600),
        (old, "現役並みⅢ", 252_600 + 11_580, 140_100, 270_300 + 10_990, 140_100),
        (old, "現役並みⅡ", 167_400 + 14_420, 93_000, 179_100 + 14_030, 93_000),
        (old, "現役並みⅠ", 80_100 + 17_330, 44_400, 85_800 + 17_140, 44_400),
        (old, "一般", 57_600, 44_400, 61_500, 44_400),
        // 低所得Ⅱ has 多数回 from 2026-08 on, 低所得Ⅰ none.
        (old, "低所得Ⅱ", 24_600, 24_600, 25_700, 24_600),
        (old, "低所得Ⅰ", 15_000, 15_000, 15_700, 15_700),
    ] {
        let pays = |day: &str, many: bool| paid(birth, class, many, "inpatient", day, 200_000);
        assert_eq!(pays("2026-07-31", false), before, "{class}");
        assert_eq!(pays("2026-07-31", true), before_many, "{class}");
        assert_eq!(pays("2026-08-01", false), after, "{class}");
        assert_eq!(pays("2026-08-01", true), after_many, "{class}");
        assert_eq!(pays("2026-08-02", false), after, "{class}");
        assert_eq!(pays("2027-07-31", false), after, "{class}");
    }
    // 外来 from 70 on; 現役並み has none of its own, and 多数回 of 一般 is the household's.
    for (class, before, after) in [
        ("一般", 18_000, 22_000),
        ("低所得Ⅱ", 8_000, 11_000),
        ("低所得Ⅰ", 8_000, 8_000),
        ("現役並みⅠ", 97_430, 102_940),
    ] {
        let pays = |day: &str| paid(old, class, false, "outpatient", day, 200_000);
        assert_eq!((pays("2026-07-31"), pays("2026-08-01")), (before, after), "{class}");
    }
    assert_eq!(paid(old, "一般", true, "outpatient", "2026-07-31", 200_000), 18_000);
}

/// The one percent: 50銭 up, below down, nothing below the threshold.
#[test]
fn one_percent() {
    for (points, yen) in
        [(26_699, 80_097), (26_700, 80_100), (26_704, 80_100), (26_705, 80_101), (26_714, 80_101), (26_715, 80_102)]
    {
        let due = paid("1980-04-01", "ウ", false, "inpatient", "2026-07-01", points);
        assert_eq!(due, if yen < 80_100 { (yen + 5) / 10 * 10 } else { yen }, "{points}");
    }
}

/// 75 within a month: both insurances halve, on the first neither; a dependant whose insured turns 75; 障害認定.
#[test]
fn turning_75() {
    let outpatient = |birth: &str, class: &str, day: &str| paid(birth, class, false, "outpatient", day, 20_000);
    assert_eq!(outpatient("1951-07-02", "一般", "2026-07-01"), 9_000);
    assert_eq!(outpatient("1951-07-02", "一般Ⅱ", "2026-07-02"), 9_000);
    assert_eq!(outpatient("1951-07-02", "一般Ⅱ", "2026-07-31"), 9_000);
    assert_eq!(outpatient("1951-07-02", "一般", "2026-06-30"), 18_000);
    assert_eq!(outpatient("1951-07-02", "一般Ⅱ", "2026-08-01"), 22_000);
    assert_eq!(outpatient("1951-07-01", "一般Ⅱ", "2026-07-01"), 18_000);
    assert_eq!(outpatient("1951-07-01", "一般", "2026-06-30"), 18_000);
    assert_eq!(outpatient("1951-07-31", "一般", "2026-07-30"), 9_000);
    assert_eq!(outpatient("1951-07-31", "一般Ⅰ", "2026-07-31"), 9_000);
    // Born on 29 February: 75 on 1 March of a common year, which is the first.
    assert_eq!(outpatient("1952-02-29", "一般", "2027-02-28"), 22_000);
    assert_eq!(outpatient("1952-02-29", "一般Ⅱ", "2027-03-01"), 22_000);
    // 80,100 → 40,050 from 133,500 on (第42条第2項).
    let halved = |class: &str, points: i64| {
        let coverage = json!({ "ceiling_class": class, "halved": true });
        settle(&month("1980-04-01", coverage, "inpatient", "2026-07-03", points)).due.get()
    };
    assert_eq!(halved("ウ", 20_000), 40_050 + 665);
    assert_eq!((halved("エ", 20_000), halved("オ", 20_000)), (28_800, 17_700));
    assert_eq!(halved("ア", 100_000), 126_300 + 5_790);
    assert_eq!(halved("イ", 100_000), 83_700 + 7_210);
    // From 2026-08 the halves are the project's own, and say so.
    let new = settle(&month("1951-08-15", json!({ "ceiling_class": "一般" }), "outpatient", "2026-08-03", 10_000));
    assert_eq!(new.due.get(), 11_000);
    assert!(!new.unverified.is_empty());
    let mut strict = month("1951-08-15", json!({ "ceiling_class": "一般" }), "outpatient", "2026-08-03", 10_000);
    strict["strict"] = json!(true);
    assert_eq!(refused(&strict).errors[0].path, "strict");
    // 障害認定 before: no other insurance begins on the birthday.
    let coverage = json!({ "ceiling_class": "一般Ⅱ", "late_elderly": true });
    assert_eq!(settle(&month("1951-07-15", coverage, "outpatient", "2026-07-20", 20_000)).due.get(), 18_000);
}

/// 配慮措置 from 2022-10-01 to 2025-09-30: 3,000 yen more than one tenth, outpatients only, its 3,000 not halved.
#[test]
fn relief_measure() {
    let pays = |day: &str, points: i64| paid("1945-04-01", "一般Ⅱ", false, "outpatient", day, points);
    for (points, relieved) in
        [(2_999, 6_000), (3_000, 6_000), (3_001, 6_000), (3_010, 6_010), (5_000, 8_000), (15_000, 18_000)]
    {
        assert_eq!(pays("2025-09-30", points), relieved, "{points}");
        assert_eq!(pays("2025-10-01", points), ((points * 2 + 5) / 10 * 10).min(18_000), "{points}");
    }
    assert_eq!(pays("2022-10-01", 5_000), 8_000);
    assert_eq!(paid("1945-04-01", "一般Ⅱ", false, "inpatient", "2025-09-30", 5_000), 10_000);
    assert_eq!(paid("1945-04-01", "一般Ⅰ", false, "outpatient", "2025-09-30", 5_000), 5_000);
    // Over the month at one facility.
    let list = [("2025-09-01", 2_000), ("2025-09-08", 2_000), ("2025-09-16", 2_000), ("2025-09-24", 10_000)];
    let coverage = json!({ "ceiling_class": "一般Ⅱ" });
    let by_visit = json!({ "birth_date": "1945-04-01", "coverage": coverage, "visits": visits(&list) });
    assert_eq!(due(&by_visit), [4_000, 3_000, 2_000, 9_000]);
    let mut later = by_visit.clone();
    later["coverage"]["relief_measure"] = json!(false);
    assert_eq!(due(&later), [4_000, 4_000, 4_000, 6_000]);
    // The month of turning 75: 9,000 instead of 18,000, but 3,000 stay 3,000.
    assert_eq!(paid("1950-09-15", "一般Ⅱ", false, "outpatient", "2025-09-20", 5_000), 8_000);
    assert_eq!(paid("1950-09-15", "一般Ⅱ", false, "outpatient", "2025-09-20", 9_000), 9_000);
}

/// マル長: 10,000, 20,000 for dialysis of ア and イ, half in the month of turning 75.
#[test]
fn long_term_illness() {
    let pays = |birth: &str, class: &str, yen: i64, day: &str| {
        let coverage = json!({ "ceiling_class": class, "long_term_illness": yen });
        settle(&month(birth, coverage, "outpatient", day, 40_000)).due.get()
    };
    assert_eq!(pays("1980-04-01", "ウ", 10_000, "2026-07-03"), 10_000);
    assert_eq!(pays("1980-04-01", "ア", 20_000, "2026-07-03"), 20_000);
    assert_eq!(pays("1980-04-01", "イ", 10_000, "2026-07-03"), 10_000);
    assert_eq!(pays("1954-04-01", "一般", 10_000, "2026-07-03"), 10_000);
    assert_eq!(pays("1951-07-15", "一般", 10_000, "2026-07-03"), 5_000);
    let wrong = month(
        "1980-04-01",
        json!({ "ceiling_class": "ウ", "long_term_illness": 15000 }),
        "outpatient",
        "2026-07-03",
        1,
    );
    assert_eq!(refused(&wrong).errors[0].path, "coverage.long_term_illness");
}

/// Insurer, payers and patient make up the cost, whatever the order in which the payers are named.
#[test]
fn payers_in_their_order() {
    let payers = [
        json!({ "law": "12" }),
        json!({ "law": "54", "cap": 5000 }),
        json!({ "law": "10" }),
        json!({ "law": "15", "cap": 2500 }),
    ];
    let mut seen = Vec::new();
    for turn in 0..4 {
        let order: Vec<usize> = (0..4).map(|at| (at + turn) % 4).collect();
        let list: Vec<Value> = order.iter().map(|at| payers[*at].clone()).collect();
        let place = |law: usize| order.iter().position(|at| *at == law).unwrap();
        let settled = settle(&json!({
            "birth_date": "1980-04-01", "coverage": { "ceiling_class": "エ" }, "payers": list,
            "visits": [{ "date": "2026-07-03", "segments": [
                { "points": 5000, "payers": [place(0), place(1)] }, { "points": 3000, "payers": [place(2), place(0)] },
                { "points": 2000, "payers": [place(3)] }, { "points": 1000 },
            ] }],
        }));
        let claim = &settled.claims[0];
        let laws: Vec<&str> = claim.payers.iter().map(|payer| payer.law.as_str()).collect();
        assert_eq!(laws, ["10", "15", "54", "12"]);
        let sum: i64 = claim.payers.iter().map(|payer| payer.pays.get()).sum();
        assert_eq!(claim.insurer.get() + sum + claim.patient.get(), claim.cost.get());
        seen.push((settled.due.get(), claim.patient.get(), sum));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
    // 更生 10% of 20,000 yen up to 2,500; the rest of 10,000 yen: 3,000; 生活保護 takes what 結核 and 難病 leave.
    assert_eq!(seen[0].1, 2_000 + 3_000);
}

/// Programmes that come before insurance, and 生活保護 alone: nothing is left.
#[test]
fn public_funds_first() {
    for law in ["13", "14", "18", "29", "30"] {
        let settled = settle(&json!({
            "birth_date": "1980-04-01", "payers": [{ "law": law }],
            "visits": [{ "date": "2026-07-03", "segments": [{ "points": 3456, "payers": [0] }, { "points": 100 }] }],
        }));
        let claim = &settled.claims[0];
        assert_eq!((claim.insurer.get(), claim.payers[0].pays.get(), claim.patient.get()), (700, 34_560, 300), "{law}");
    }
    let alone = |cap: Option<i64>| {
        settle(&json!({
            "birth_date": "1980-04-01", "coverage": { "insured": false }, "payers": [{ "law": "12", "cap": cap }],
            "visits": [{ "date": "2026-07-03", "segments": [{ "points": 1000, "payers": [0] }] }],
        }))
        .due
        .get()
    };
    assert_eq!((alone(None), alone(Some(3_000)), alone(Some(50_000))), (0, 3_000, 10_000));
}

/// Several visits of a day are rounded together, at a pharmacy or where the facility has it so each by itself.
#[test]
fn visits_of_a_day() {
    let month = |same_day: &str, service: &str| {
        let list = [("2026-07-01", 75), ("2026-07-01", 75), ("2026-07-02", 75)];
        due(&json!({ "birth_date": "1980-04-01", "same_day": same_day, "service": service, "visits": visits(&list) }))
    };
    assert_eq!(month("together", "medical"), [230, 220, 230]);
    assert_eq!(month("visit", "medical"), [230, 230, 230]);
    assert_eq!(month("together", "pharmacy"), [230, 230, 230]);
}

/// Late corrections: what was paid too little or too much comes up at the next visit.
#[test]
fn corrections() {
    let mut list = visits(&[("2026-07-01", 1_000), ("2026-07-08", 1_000), ("2026-07-15", 1_000)]);
    list[0]["paid"] = json!(2_500);
    list[1]["paid"] = json!(4_000);
    let settled = settle(&json!({ "birth_date": "1980-04-01", "visits": list }));
    let found: Vec<(i64, i64, i64, i64)> = settled
        .visits
        .iter()
        .map(|visit| (visit.due.get(), visit.carried.get(), visit.collect.get(), visit.give_back.get()))
        .collect();
    assert_eq!(found, [(3_000, 0, 3_000, 0), (3_000, 500, 3_500, 0), (3_000, -500, 2_500, 0)]);
}

/// 2027-08: below 70 planned and unverified, from 70 on nothing; the months before have a table.
#[test]
fn beyond_the_tables() {
    let young = settle(&month(
        "1980-04-01",
        json!({ "ceiling_class": "標報28万～34万円" }),
        "inpatient",
        "2027-08-01",
        100_000,
    ));
    assert_eq!((young.due.get(), young.unverified.is_empty()), (85_800 + 7_140, false));
    assert_eq!(
        refused(&month("1980-04-01", json!({ "ceiling_class": "ウ" }), "inpatient", "2027-08-01", 1)).errors[0].path,
        "coverage.ceiling_class"
    );
    assert_eq!(
        refused(&month("1980-04-01", json!({ "ceiling_class": "標報28万～34万円" }), "inpatient", "2027-07-31", 1))
            .errors[0]
            .path,
        "coverage.ceiling_class"
    );
    assert!(
        refused(&month("1955-04-01", json!({ "ceiling_class": "一般" }), "inpatient", "2027-08-01", 1)).errors[0]
            .path
            .starts_with("coverage")
    );
}
