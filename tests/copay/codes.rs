//! Codes of claims and of the eligibility answer, meals, and what lies outside insurance.

use crate::*;

fn one(birth: &str, coverage: Value, payers: Value, under: &[usize], day: &str) -> Value {
    json!({
        "birth_date": birth, "coverage": coverage, "payers": payers,
        "visits": [{ "date": day, "segments": [{ "points": 1000, "payers": under }] }],
    })
}

#[test]
fn claim_codes() {
    let day = "2026-07-03";
    for (birth, coverage, payers, under, kind, notes) in [
        ("1980-04-01", json!({ "ceiling_class": "ウ" }), json!([]), vec![], "1112", vec!["28区ウ"]),
        ("1980-04-01", json!({ "dependant": true }), json!([]), vec![], "1116", vec![]),
        ("2022-04-02", json!({ "dependant": true }), json!([]), vec![], "1114", vec![]),
        ("1954-04-01", json!({ "ceiling_class": "一般", "frequent": true }), json!([]), vec![], "1118", vec!["34多エ"]),
        ("1954-04-01", json!({ "ceiling_class": "現役並みⅡ" }), json!([]), vec![], "1110", vec!["27区イ"]),
        ("1945-04-01", json!({ "ceiling_class": "一般Ⅱ" }), json!([]), vec![], "1318", vec!["41区カ"]),
        ("1980-04-01", json!({ "ceiling_class": "オ" }), json!([{ "law": "54" }]), vec![0], "1122", vec!["30区オ"]),
        ("1980-04-01", json!({ "insured": false }), json!([{ "law": "12" }]), vec![0], "1212", vec![]),
    ] {
        let settled = settle(&one(birth, coverage, payers, &under, day));
        assert_eq!(
            (settled.codes[0].kind.as_str(), &settled.codes[0].special_notes[..]),
            (kind, &notes.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()[..])
        );
    }
}

#[test]
fn burden() {
    let month = json!({
        "birth_date": "1980-04-01", "payers": [{ "law": "12" }, { "law": "54" }],
        "visits": [{ "date": "2026-07-03", "segments": [
            { "points": 1 }, { "points": 2, "payers": [1] }, { "points": 3, "payers": [0] }, { "points": 4, "payers": [0, 1] },
        ] }],
    });
    let codes: Vec<(Vec<usize>, char)> =
        settle(&month).codes[0].burden.iter().map(|burden| (burden.payers.clone(), burden.code)).collect();
    // 難病 is 第一公費, 生活保護 第二公費.
    assert_eq!(codes, [(vec![], '1'), (vec![1], '2'), (vec![1, 0], '4'), (vec![0], '3')]);
}

#[test]
fn eligibility() {
    let answer = |answer: Value| one("1980-04-01", json!({ "eligibility": answer }), json!([]), &[], "2026-07-03");
    let mut month = answer(json!({ "limit_class": "A03" }));
    month["visits"][0]["segments"][0]["points"] = json!(100_000);
    assert_eq!(due(&month), [87_430]);
    month["coverage"] = json!({ "eligibility": { "limit_class": "A01", "specified_diseases": ["1"] } });
    assert_eq!(due(&month), [20_000]);
    month["coverage"] = json!({ "eligibility": { "limit_class": "A01", "specified_diseases": ["1", "3"] } });
    assert_eq!(due(&month), [10_000]);
    let refused_at = |month: &Value| refused(month).errors[0].path.clone();
    assert_eq!(refused_at(&answer(json!({ "limit_class": "A07" }))), "coverage.eligibility.limit_class");
    assert_eq!(
        refused_at(&answer(json!({ "specified_diseases": ["4"] }))),
        "coverage.eligibility.specified_diseases[0]"
    );
    month["coverage"] = json!({ "ceiling_class": "エ", "eligibility": { "limit_class": "A03" } });
    assert_eq!(refused_at(&month), "coverage.ceiling_class");
}

/// Thirty days with ninety meals, on the last day of one charge and the first of the next.
#[test]
fn meals_and_extras() {
    let meals = |charge: &str, count: u32, day: &str| {
        let mut month = one("1980-04-01", json!({}), json!([]), &[], day);
        month["meals"] = json!([{ "charge": charge, "count": count }]);
        settle(&month).meals[0].amount.get()
    };
    for (charge, before, after) in [
        ("meal.general", 45_900, 49_500),
        ("meal.low_2", 21_600, 24_300),
        ("meal.low_2_long", 17_100, 19_800),
        ("meal.low_1", 9_900, 11_700),
        ("meal.rare_disease", 27_000, 29_700),
        ("living_meal.general_1", 45_900, 49_500),
    ] {
        assert_eq!(meals(charge, 90, "2026-05-31"), before, "{charge}");
        assert_eq!(meals(charge, 90, "2026-06-01"), after, "{charge}");
    }
    assert_eq!(meals("living_room.general", 30, "2026-06-01"), 12_900);
    let mut month = one("1980-04-01", json!({}), json!([]), &[], "2026-06-01");
    month["extras"] = json!([{ "name": "紹介状なしの初診", "amount": 7000, "tax_percent": 10 }]);
    assert_eq!(settle(&month).extras[0].amount.get(), 7_700);
    month["meals"] = json!([{ "charge": "meal.general", "count": 94 }]);
    assert_eq!(refused(&month).errors[0].path, "meals[0].count");
}

fn inpatient(birth: &str, coverage: Value, payers: Value, under: &[usize], day: &str, meals: Value) -> Value {
    let mut month = one(birth, coverage, payers, under, day);
    month["visits"][0]["setting"] = json!("inpatient");
    month["meals"] = meals;
    month
}

/// 小児慢性 takes half of a meal over, 難病 nothing, 生活保護 all of it; of other programmes that is not shown.
#[test]
fn meals_beside_public_payers() {
    let meals = json!([{ "charge": "meal.rare_disease", "count": 3 }, { "charge": "living_room.general", "count": 2 }]);
    for (law, expected, certainty) in [
        (None, [990, 860], "official"),
        (Some("52"), [495, 860], "single"),
        (Some("54"), [990, 860], "confirmed"),
        (Some("12"), [0, 0], "unverified"),
        (Some("15"), [990, 860], "unverified"),
        (Some("20"), [990, 860], "unverified"),
    ] {
        let payers = law.map_or(json!([]), |law| json!([{ "law": law }]));
        let under: &[usize] = if law.is_some() { &[0] } else { &[] };
        let settled = settle(&inpatient("2015-01-10", json!({}), payers, under, "2026-07-03", meals.clone()));
        let amounts: Vec<i64> = settled.meals.iter().map(|step| step.amount.get()).collect();
        assert_eq!(amounts, expected, "{law:?}");
        assert_eq!(serde_json::to_value(settled.meals[0].certainty).unwrap(), certainty, "{law:?}");
    }
    // 生活保護単独
    let alone =
        inpatient("1980-01-10", json!({ "insured": false }), json!([{ "law": "12" }]), &[0], "2026-07-03", meals);
    assert_eq!(settle(&alone).meals.iter().map(|step| step.amount.get()).sum::<i64>(), 0);
    // A month has three meals a day.
    let most = |day: &str, count: u32| {
        inpatient("1980-01-10", json!({}), json!([]), &[], day, json!([{ "charge": "meal.general", "count": count }]))
    };
    assert_eq!(settle(&most("2026-02-03", 84)).meals.len(), 1);
    assert_eq!(refused(&most("2026-02-03", 85)).errors[0].path, "meals[0].count");
}

/// 特記事項: the day before and the day of every class's first day; without a certificate the class that holds.
#[test]
fn notes_by_day() {
    for (birth, coverage, day, note) in [
        ("1950-04-01", json!({ "ceiling_class": "一般" }), "2021-07-03", Some("29区エ")),
        ("1944-06-01", json!({ "ceiling_class": "一般" }), "2018-07-31", None),
        ("1944-06-01", json!({ "ceiling_class": "一般" }), "2018-08-01", Some("29区エ")),
        ("1944-06-01", json!({ "ceiling_class": "低所得Ⅱ", "frequent": true }), "2018-08-01", Some("30区オ")),
        ("1955-06-01", json!({ "ceiling_class": "低所得Ⅱ", "frequent": true }), "2026-07-31", Some("30区オ")),
        ("1955-06-01", json!({ "ceiling_class": "低所得Ⅱ", "frequent": true }), "2026-08-01", Some("35多オ")),
        ("1940-06-01", json!({ "ceiling_class": "一般", "income_class": "general" }), "2022-09-30", Some("29区エ")),
        ("1940-06-01", json!({ "ceiling_class": "一般Ⅰ" }), "2022-09-30", Some("29区エ")),
        ("1940-06-01", json!({ "ceiling_class": "一般Ⅰ" }), "2022-10-01", Some("42区キ")),
        ("1940-06-01", json!({ "ceiling_class": "一般Ⅱ", "frequent": true }), "2022-10-01", Some("43多カ")),
        ("1940-06-01", json!({ "income_class": "above_threshold" }), "2022-10-01", Some("41区カ")),
        ("1940-06-01", json!({ "income_class": "general" }), "2022-10-01", Some("42区キ")),
        ("1940-06-01", json!({ "income_class": "general" }), "2022-09-30", Some("29区エ")),
        ("1955-06-01", json!({ "income_class": "active" }), "2026-07-03", Some("26区ア")),
        ("1955-06-01", json!({ "income_class": "low" }), "2026-07-03", Some("29区エ")),
        ("1980-04-01", json!({}), "2026-07-03", None),
    ] {
        let settled = settle(&one(birth, coverage.clone(), json!([]), &[], day));
        let found = settled.codes[0].special_notes.first().map(String::as_str);
        assert_eq!(found, note, "{birth} {coverage} {day}");
    }
}

/// レセプト種別: in and out, every age, one to five parties, 退職, public payers alone.
#[test]
fn claim_kinds() {
    let kind = |birth: &str, coverage: Value, laws: &[&str], day: &str, setting: &str| {
        let payers: Vec<Value> = laws.iter().map(|law| json!({ "law": law })).collect();
        let under: Vec<usize> = (0..laws.len()).collect();
        let mut month = one(birth, coverage, json!(payers), &under, day);
        month["visits"][0]["setting"] = json!(setting);
        settle(&month).codes[0].kind.clone()
    };
    let day = "2026-07-03";
    let dependant = || json!({ "dependant": true });
    for (outpatient, inpatient, birth, coverage, laws) in [
        ("1112", "1111", "1980-04-01", json!({}), &[][..]),
        ("1122", "1121", "1980-04-01", json!({}), &["54"]),
        ("1132", "1131", "1980-04-01", json!({}), &["15", "54"]),
        ("1142", "1141", "1980-04-01", json!({}), &["10", "15", "54"]),
        ("1152", "1151", "1980-04-01", json!({}), &["10", "15", "54", "12"]),
        ("1116", "1115", "1980-04-01", dependant(), &[]),
        ("1126", "1125", "1980-04-01", dependant(), &["54"]),
        ("1114", "1113", "2022-04-02", dependant(), &[]),
        ("1124", "1123", "2022-04-02", dependant(), &["52"]),
        ("1118", "1117", "1954-04-01", json!({ "ceiling_class": "一般" }), &[]),
        ("1118", "1117", "1954-04-01", json!({ "ceiling_class": "低所得Ⅰ" }), &[]),
        ("1110", "1119", "1954-04-01", json!({ "ceiling_class": "現役並みⅠ" }), &[]),
        ("1128", "1127", "1954-04-01", json!({ "ceiling_class": "一般" }), &["54"]),
        ("1318", "1317", "1945-04-01", json!({ "ceiling_class": "一般Ⅰ" }), &[]),
        ("1310", "1319", "1945-04-01", json!({ "ceiling_class": "現役並みⅢ" }), &[]),
        ("1328", "1327", "1945-04-01", json!({ "ceiling_class": "一般Ⅱ" }), &["54"]),
        ("1212", "1211", "1980-04-01", json!({ "insured": false }), &["12"]),
        ("1222", "1221", "1980-04-01", json!({ "insured": false }), &["15", "12"]),
        ("1412", "1411", "1965-04-01", json!({ "insurer": "67010017" }), &[]),
        ("1416", "1415", "1965-04-01", json!({ "insurer": "67010017", "dependant": true }), &[]),
    ] {
        assert_eq!(kind(birth, coverage.clone(), laws, day, "outpatient"), outpatient, "{birth} {coverage} {laws:?}");
        assert_eq!(kind(birth, coverage.clone(), laws, day, "inpatient"), inpatient, "{birth} {coverage} {laws:?}");
    }
}

/// An insurer number tells the scheme.
#[test]
fn insurers() {
    let at = |birth: &str, coverage: Value| one(birth, coverage, json!([]), &[], "2026-07-03");
    // 障害認定: 39 below 75.
    let settled = settle(&at("1958-04-01", json!({ "insurer": "39131107", "ceiling_class": "一般Ⅰ" })));
    assert_eq!((settled.rate_tenths, settled.codes[0].kind.as_str()), (1, "1318"));
    for (birth, coverage) in [
        ("1962-04-01", json!({ "insurer": "39131107", "ceiling_class": "ウ" })),
        ("1945-04-01", json!({ "insurer": "01130012", "ceiling_class": "一般Ⅰ" })),
        ("1945-04-01", json!({ "insurer": "138057", "ceiling_class": "一般Ⅰ" })),
    ] {
        assert_eq!(refused(&at(birth, coverage)).errors[0].path, "coverage.insurer");
    }
    // 自衛官: nothing that is at hand says that its ceilings are the same.
    let soldier = settle(&at("1990-04-01", json!({ "insurer": "07130011" })));
    assert_eq!(soldier.unverified.len(), 1);
    assert!(
        settle(&at("1990-04-01", json!({ "insurer": "99130011" })))
            .warnings
            .iter()
            .any(|text| text.contains("法別番号"))
    );
}

/// 感染症 and the like leave something by income: without an amount nothing is left, and a warning says so.
#[test]
fn asked_by_income() {
    let month = |cap: Option<i64>| {
        let payer = cap.map_or(json!({ "law": "28" }), |cap| json!({ "law": "28", "cap": cap }));
        one("1980-04-01", json!({ "ceiling_class": "ウ" }), json!([payer]), &[0], "2026-07-03")
    };
    let settled = settle(&month(None));
    assert_eq!((settled.due.get(), settled.warnings.len()), (0, 1));
    let settled = settle(&month(Some(2_000)));
    assert_eq!((settled.due.get(), settled.warnings.len()), (2_000, 0));
}

/// 紹介なし: the least amounts of 2022-10, a price below them, and parts of a yen of tax.
#[test]
fn elective_care() {
    let month = |extra: Value, day: &str| {
        let mut month = one("1980-04-01", json!({}), json!([]), &[], day);
        month["extras"] = json!([extra]);
        month
    };
    let amount = |extra: Value| settle(&month(extra, "2026-07-03")).extras[0].amount.get();
    let first = || json!({ "name": "紹介状なしの初診", "kind": "no_referral_first", "tax_percent": 10 });
    assert_eq!(amount(first()), 7_700);
    assert_eq!(amount(json!({ "name": "予約", "amount": 333, "tax_percent": 10 })), 366);
    assert_eq!(amount(json!({ "name": "予約", "amount": 333, "tax_percent": 10, "tax_rounding": "up" })), 367);
    assert_eq!(amount(json!({ "name": "予約", "amount": 335, "tax_percent": 10, "tax_rounding": "half_up" })), 369);
    let low = settle(&month(json!({ "name": "初診", "kind": "no_referral_first", "amount": 5000 }), "2026-07-03"));
    assert!(low.warnings.iter().any(|text| text.contains("7000円")), "{:?}", low.warnings);
    assert_eq!(refused(&month(first(), "2022-09-30")).errors[0].path, "extras[0].amount");
    let revisit = json!({ "name": "再診", "kind": "no_referral_revisit" });
    let settled = settle(&month(revisit, "2022-10-01"));
    assert_eq!(settled.extras[0].amount.get(), 3_000);
    assert_eq!(serde_json::to_value(settled.certainty).unwrap(), "unverified");
}

/// 年間上限 and 外来年間合算 are information: they change no amount.
#[test]
fn yearly_ceilings() {
    let month = |birth: &str, class: &str, day: &str| {
        let settled = settle(&one(birth, json!({ "ceiling_class": class }), json!([]), &[], day));
        (settled.yearly_ceiling.map(|yen| yen.get()), settled.yearly_outpatient_ceiling.map(|yen| yen.get()))
    };
    assert_eq!(month("1980-04-01", "ウ", "2026-07-31"), (None, None));
    assert_eq!(month("1980-04-01", "ウ", "2026-08-01"), (Some(530_000), None));
    assert_eq!(month("1954-04-01", "一般", "2026-07-31"), (None, Some(144_000)));
    assert_eq!(month("1954-04-01", "一般", "2026-08-01"), (Some(530_000), Some(216_000)));
    assert_eq!(month("1954-04-01", "低所得Ⅱ", "2026-08-01"), (Some(290_000), Some(96_000)));
    assert_eq!(month("1954-04-01", "低所得Ⅰ", "2026-08-01"), (Some(180_000), None));
    assert_eq!(month("1954-04-01", "現役並みⅢ", "2026-08-01"), (Some(1_680_000), None));
}

/// The public payers of an answer follow those of the month.
#[test]
fn payers_of_an_answer() {
    let mut month = one("1980-04-01", json!({}), json!([]), &[0], "2026-07-03");
    month["coverage"]["eligibility"] =
        json!({ "limit_class": "A03", "public_payers": [{ "number": "54136015", "cap": 1500 }] });
    let settled = settle(&month);
    assert_eq!((settled.due.get(), settled.claims[0].payers[0].law.as_str()), (1_500, "54"));
    month["payers"] = json!([{ "law": "15", "cap": 500 }]);
    assert_eq!(settle(&month).due.get(), 500);
    month["visits"][0]["segments"][0]["payers"] = json!([1]);
    assert_eq!(settle(&month).due.get(), 1_500);
}
