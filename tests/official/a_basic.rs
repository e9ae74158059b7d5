//! A 基本診療料. The figures stand in the notification (診療報酬の算定方法 別表第一): 令和4年厚生労働省告示第54号, 令和6年
//! 厚生労働省告示第57号, 令和8年厚生労働省告示第69号; the conditions also in the circular (実施上の留意事項).

use crate::support::*;

/// One day in each of the revisions of 2022, 2024 and 2026.
const DAYS: [&str; 3] = ["2024-05-31", "2024-06-01", "2026-06-01"];

/// 外来・在宅物価対応料 (O100 1イ・ロ), which goes with every consultation from 2026-06-01.
fn price_response(day: &str) -> i64 {
    if day >= "2026-06-01" { 2 } else { 0 }
}

/// The points of one visit without what goes with it.
fn consultation(encounter: &Value) -> i64 {
    let day = encounter["visits"][0]["date"].as_str().unwrap().to_owned();
    points(encounter) - price_response(&day)
}

fn born(encounter: Value, birth: &str) -> Value {
    with(encounter, "patient", json!({ "birth_date": birth }))
}

fn hospital(encounter: Value, general: u32, permitted: u32) -> Value {
    with(encounter, "facility", json!({ "kind": "hospital", "general_beds": general, "permitted_beds": permitted }))
}

/// A000 注1, 注5; A001 注1, 注3: [first, by video, second department, both], then revisits. 外来管理加算 is refused here.
#[test]
fn consultations_of_a_clinic() {
    let figures: [[i64; 8]; 3] = [
        [288, 251, 144, 125, 73, 73, 37, 73],
        [291, 253, 146, 127, 75, 75, 38, 75],
        [291, 253, 146, 127, 76, 76, 39, 76],
    ];
    for (day, figures) in DAYS.iter().zip(figures) {
        let visits = [
            json!({ "consultation": "first" }),
            json!({ "consultation": "first", "telemedicine": true }),
            json!({ "consultation": "first", "second_department": true }),
            json!({ "consultation": "first", "second_department": true, "telemedicine": true }),
            json!({ "consultation": "revisit" }),
            json!({ "consultation": "revisit", "telemedicine": true }),
            json!({ "consultation": "revisit", "second_department": true }),
            json!({ "consultation": "phone_revisit" }),
        ];
        for (visit, expected) in visits.into_iter().zip(figures) {
            let mut visit = with(visit, "date", json!(day));
            visit["outpatient_management"] = json!(false);
            assert_eq!(consultation(&at_clinic(json!([visit]))), expected, "{day} {visit}");
        }
    }
}

/// A002 注1, 注5: 外来診療料 from 200 general beds on, A001 注1 below; without 外来管理加算 (A002 通知(9)).
#[test]
fn two_hundred_general_beds() {
    let figures: [[i64; 6]; 3] =
        [[73 + 52, 74, 73, 37, 74, 73], [75 + 52, 76, 75, 38, 76, 75], [76 + 52, 77, 76, 39, 77, 76]];
    for (day, figures) in DAYS.iter().zip(figures) {
        let cases = [
            (199, json!({ "consultation": "revisit" })),
            (200, json!({ "consultation": "revisit" })),
            (200, json!({ "consultation": "revisit", "telemedicine": true })),
            (200, json!({ "consultation": "revisit", "second_department": true })),
            (200, json!({ "consultation": "same_day_revisit" })),
            (200, json!({ "consultation": "same_day_revisit", "telemedicine": true })),
        ];
        for ((beds, visit), expected) in cases.into_iter().zip(figures) {
            let mut visit = with(visit, "date", json!(day));
            visit["hospital_fee"] = json!("full");
            assert_eq!(
                consultation(&hospital(at_clinic(json!([visit])), beds, beds)),
                expected,
                "{day} {beds} {visit}"
            );
        }
    }
}

/// A000 注2 to 注5, A001 注2・注3, A002 注2 to 注5: the lower fees of hospitals.
#[test]
fn lower_fees_of_hospitals() {
    let second = |visit: Value| with(visit, "second_department", json!(true));
    let video = |visit: Value| with(visit, "telemedicine", json!(true));
    let first = json!({ "consultation": "first" });
    let revisit = json!({ "consultation": "revisit" });
    let referral = |visit: &Value| with(visit.clone(), "hospital_fee", json!("without_referral"));
    let settlement = |visit: &Value| with(visit.clone(), "hospital_fee", json!("low_settlement_rate"));
    let cases = [
        (300, referral(&first), [214, 216, 216]),
        (300, second(referral(&first)), [107, 108, 108]),
        (300, settlement(&first), [214, 216, 216]),
        (300, second(settlement(&first)), [107, 108, 108]),
        (150, settlement(&first), [214, 216, 216]),
        (150, settlement(&revisit), [54 + 52, 55 + 52, 56 + 52]),
        (150, second(settlement(&revisit)), [27, 28, 29]),
        (300, referral(&revisit), [55, 56, 57]),
        (300, settlement(&revisit), [55, 56, 57]),
        (300, second(referral(&revisit)), [27, 28, 29]),
        (300, second(settlement(&revisit)), [27, 28, 29]),
    ];
    for (beds, visit, figures) in cases {
        for (day, expected) in DAYS.iter().zip(figures) {
            let encounter = hospital(at_clinic(json!([with(visit.clone(), "date", json!(day))])), beds, 300);
            assert_eq!(consultation(&encounter), expected, "{day} {beds} {visit}");
        }
    }
    // By video from 2024 on; the figures of 2022 are in no table here.
    for (visit, figures) in [
        (video(referral(&first)), [188, 188]),
        (video(second(referral(&first))), [94, 94]),
        (video(settlement(&first)), [188, 188]),
        (video(referral(&revisit)), [56, 57]),
        (video(second(settlement(&revisit))), [28, 29]),
    ] {
        for (day, expected) in DAYS[1..].iter().zip(figures) {
            let encounter = hospital(at_clinic(json!([with(visit.clone(), "date", json!(day))])), 300, 300);
            assert_eq!(consultation(&encounter), expected, "{day} {visit}");
        }
    }
}

/// A hospital that may have to charge less is asked, and a clinic cannot say that it does.
#[test]
fn a_hospital_is_asked() {
    for (visit, code) in [("first", "111000110"), ("revisit", "112011310")] {
        let visits = json!([{ "date": "2026-06-01", "consultation": visit }]);
        let calculation = calculate(&hospital(at_clinic(visits), 200, 200));
        assert_eq!(verdict(&calculation, code), NeedsReview);
        assert_eq!(calculation.copay[0].amount, None);
    }
    // 特定妥結率 depends on permitted beds (A001 注2).
    let visits = json!([{ "date": "2026-06-01", "consultation": "revisit" }]);
    assert_eq!(verdict(&calculate(&hospital(at_clinic(visits.clone()), 150, 200)), "112007410"), NeedsReview);
    assert_eq!(verdict(&calculate(&hospital(at_clinic(visits), 150, 199)), "112007410"), Charged);
    let lower = json!([{ "date": "2026-06-01", "consultation": "first", "hospital_fee": "without_referral" }]);
    assert!(refused(&at_clinic(lower.clone())).contains("visits[0].hospital_fee"));
    assert!(refused(&hospital(at_clinic(lower), 199, 300)).contains("visits[0].hospital_fee"));
    let visits = json!([{ "date": "2026-06-01", "consultation": "revisit" }]);
    assert!(refused(&hospital(at_clinic(visits), 200, 199)).contains("facility.permitted_beds"));
}

/// A000 注6 to 注9; A001 注4 to 注7; A002 注7 to 注9: additions for the infant and for the time of day.
#[test]
fn time_of_day() {
    let first = [(85, 200), (250, 365), (480, 695), (230, 345)];
    let revisit = [(65, 135), (190, 260), (420, 590), (180, 250)];
    let classes = ["after_hours", "holiday", "late_night", "emergency_night"];
    let pediatric = ["pediatric_night", "pediatric_holiday", "pediatric_late_night"];
    for day in DAYS {
        for (consultation_name, figures, infant, base) in [("first", first, 75, 0), ("revisit", revisit, 38, 52)] {
            let visit = |class: &str| {
                at_clinic(json!([{ "date": day, "consultation": consultation_name, "time_class": class }]))
            };
            let plain = points(&visit("in_hours"));
            assert!(plain > base);
            let child = |encounter: Value| born(encounter, "2021-07-01");
            assert_eq!(points(&child(visit("in_hours"))), plain + infant);
            for (class, (adult, young)) in classes.iter().zip(figures) {
                assert_eq!(points(&visit(class)), plain + adult, "{day} {class}");
                // The infant's addition for the time takes the place of both (注6 ただし書, 注4 ただし書).
                assert_eq!(points(&child(visit(class))), plain + young, "{day} {class}");
            }
            for (class, (_, young)) in pediatric.iter().zip(figures) {
                assert_eq!(points(&child(visit(class))), plain + young, "{day} {class}");
                assert!(!calculate(&visit(class)).statement.settled, "an adult has no {class}");
            }
            // 夜間・早朝等加算 stands beside the infant addition, and is for clinics.
            assert_eq!(points(&visit("early_or_late")), plain + 50);
            assert_eq!(points(&child(visit("early_or_late"))), plain + 50 + infant);
            let mut evening = hospital(visit("early_or_late"), 100, 100);
            evening["visits"][0]["hospital_fee"] = json!("full");
            assert_eq!(points(&evening), plain);
        }
    }
}

/// The addition for the time of day may be ordered on a line of its own, as a claim writes it; the infant addition still
/// gives way to it.
#[test]
fn an_ordered_time_addition_replaces_the_infant_addition() {
    let visits = json!([{ "date": "2026-06-01", "consultation": "revisit", "orders": [{ "procedure": "112014770" }] }]);
    let calculation = calculate(&born(at_clinic(visits), "2022-01-01"));
    assert!(lines(&calculation, "112000970").is_empty());
    assert_eq!(calculation.statement.total_points.get(), 76 + 135 + 52 + 2);
    assert_eq!(verdict(&calculation, "112007410"), Charged);
}

/// A000 注5, A001 注3: no addition at a second department.
#[test]
fn a_second_department_takes_no_additions() {
    for (visit, expected) in [("first", 146 + 2), ("revisit", 39 + 2)] {
        let visits = json!([{ "date": "2026-06-01", "consultation": visit, "second_department": true, "time_class": "holiday" }]);
        assert_eq!(points(&born(at_clinic(visits), "2024-01-01")), expected);
    }
}

/// A000 注5: the second department only, and one consultation on a day.
#[test]
fn one_consultation_and_one_second_department() {
    let visits = json!([
        { "date": "2026-06-01", "consultation": "first" },
        { "date": "2026-06-01", "consultation": "first", "second_department": true },
        { "date": "2026-06-01", "consultation": "first", "second_department": true },
    ]);
    let calculation = calculate(&at_clinic(visits));
    let seconds: Vec<Verdict> = lines(&calculation, "111011810").iter().map(|line| line.verdict).collect();
    assert_eq!(seconds, [Charged, Limited]);
    assert_eq!(calculation.statement.total_points.get(), 291 + 2 + 146 + 2);
    for second in ["first", "revisit"] {
        let visits = json!([
            { "date": "2026-06-01", "consultation": "first" },
            { "date": "2026-06-01", "consultation": second },
        ]);
        assert!(!calculate(&at_clinic(visits)).statement.settled, "first and {second}");
    }
    // A001 通知(1): a revisit is charged every time, on the same day too.
    let visits = json!([
        { "date": "2026-06-01", "consultation": "revisit" },
        { "date": "2026-06-01", "consultation": "same_day_revisit" },
    ]);
    assert_eq!(points(&at_clinic(visits)), 2 * (76 + 52 + 2));
    let past = |code: &str| json!([{ "date": "2026-06-01", "procedure": code }]);
    let visits = json!([{ "date": "2026-06-01", "consultation": "first", "second_department": true }]);
    let third = with(at_clinic(visits), "history", past("112015810"));
    assert_eq!(verdict(&calculate(&third), "111011810"), Limited);
    let visits = json!([{ "date": "2026-06-01", "consultation": "revisit" }]);
    assert!(!calculate(&with(at_clinic(visits), "history", past("111000110"))).statement.settled);
}

/// What belongs to a consultation is not passed over in silence where there is none.
#[test]
fn nothing_belongs_to_no_consultation() {
    for (field, value) in [
        ("time_class", json!("holiday")),
        ("telemedicine", json!(true)),
        ("second_department", json!(true)),
        ("hospital_fee", json!("full")),
    ] {
        let visit = json!({ "date": "2026-06-01", "consultation": "none", "orders": [{ "procedure": "111000110" }] });
        let refusal = refused(&at_clinic(json!([with(visit, field, value)])));
        assert!(refusal.contains(&format!("visits[0].{field}")), "{refusal}");
    }
}

/// A telephone revisit at a hospital of 200 general beds or more cannot be charged (A002 通知(9)).
#[test]
fn no_telephone_revisit_at_a_large_hospital() {
    let visits = json!([{ "date": "2026-06-01", "consultation": "phone_revisit", "hospital_fee": "full" }]);
    let calculation = calculate(&hospital(at_clinic(visits), 200, 200));
    assert_eq!(verdict(&calculation, "112007950"), Excluded);
    assert_eq!(calculation.statement.total_points.get(), 0);
}

/// What a revisit with one order has of 外来管理加算, and whether the visit is settled.
fn management(day: &str, code: &str, quantity: Option<u32>) -> Option<Verdict> {
    let mut order = json!({ "procedure": code });
    if let Some(quantity) = quantity {
        order["quantity"] = json!(quantity);
    }
    let calculation = calculate(&at_clinic(json!([{ "date": day, "consultation": "revisit", "orders": [order] }])));
    lines(&calculation, "112011010").first().map(|line| line.verdict)
}

/// A001 注8 and 通知(7): what bars 外来管理加算 and what does not.
#[test]
fn outpatient_management() {
    for day in DAYS {
        for (code, quantity, expected) in [
            ("140000610", None, Excluded),   // J000 創傷処置
            ("160072510", None, Excluded),   // D215 超音波検査
            ("160068410", None, Charged),    // D208 心電図: 呼吸循環機能検査 is not among them
            ("160008010", None, Charged),    // D005 末梢血液一般検査
            ("170027910", Some(1), Charged), // E002 単純撮影（デジタル）
            ("130003510", None, Charged),    // G001 静脈内注射
        ] {
            assert_eq!(management(day, code, quantity), Some(expected), "{day} {code}");
        }
    }
    // Codes that begin in 2026, in parts H to M and among the eye examinations.
    for code in ["140927510", "150455810", "160249410", "160246010"] {
        assert_eq!(management("2026-06-01", code, None), Some(Excluded), "{code}");
    }
}

/// A001 通知(2): none with a revisit by video; 注9: none by telephone; 注3: none at a second department.
#[test]
fn no_outpatient_management_at_a_distance() {
    for visit in [
        json!({ "date": "2026-06-01", "consultation": "revisit", "telemedicine": true }),
        json!({ "date": "2026-06-01", "consultation": "phone_revisit" }),
        json!({ "date": "2026-06-01", "consultation": "same_day_phone_revisit" }),
        json!({ "date": "2026-06-01", "consultation": "revisit", "second_department": true }),
        json!({ "date": "2026-06-01", "consultation": "first" }),
    ] {
        assert!(lines(&calculate(&at_clinic(json!([visit]))), "112011010").is_empty(), "{visit}");
        // Neither when it is ordered.
        let ordered = with(visit, "orders", json!([{ "procedure": "112011010" }]));
        assert_eq!(verdict(&calculate(&at_clinic(json!([ordered]))), "112011010"), Excluded, "{ordered}");
    }
}

/// A001 通知(7)エ: a treatment in one department bars the addition in the others, whichever was recorded first.
#[test]
fn a_treatment_in_another_department() {
    let revisit = json!({ "date": "2026-06-01", "consultation": "revisit" });
    let treated = json!({
        "date": "2026-06-01", "consultation": "revisit", "second_department": true,
        "orders": [{ "procedure": "140000610" }],
    });
    for visits in [json!([revisit, treated]), json!([treated, revisit])] {
        let calculation = calculate(&at_clinic(visits));
        assert_eq!(verdict(&calculation, "112011010"), Excluded);
        assert_eq!(calculation.statement.total_points.get(), 76 + 39 + 52 + 2 * 2);
    }
    let alone = at_clinic(json!([revisit]));
    let past = json!([{ "date": "2026-06-01", "procedure": "140000610" }]);
    assert_eq!(verdict(&calculate(&with(alone.clone(), "history", past)), "112011010"), Excluded);
    let day_before = json!([{ "date": "2026-05-31", "procedure": "140000610" }]);
    assert_eq!(verdict(&calculate(&with(alone, "history", day_before)), "112011010"), Charged);
    let ordered = json!([{
        "date": "2026-06-01", "consultation": "revisit",
        "orders": [{ "procedure": "112011010" }, { "procedure": "140000610" }],
    }]);
    assert_eq!(verdict(&calculate(&at_clinic(ordered)), "112011010"), Excluded);
}

/// 医科診療行為マスター 14: 1 is for health insurance only.
#[test]
fn late_elderly_patients() {
    let visits = json!([{ "date": "2026-06-01", "consultation": "none", "orders": [{ "procedure": "140028610" }] }]);
    let encounter = at_clinic(visits);
    assert_eq!(verdict(&calculate(&born(encounter.clone(), "1951-06-02")), "140028610"), Charged);
    assert_eq!(verdict(&calculate(&born(encounter, "1951-06-01")), "140028610"), Excluded);
}
