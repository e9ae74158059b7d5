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
