//! The electronic fee table on the standard masters: 包括, 背反, 算定回数. Each case names the article whose sentence the row
//! comes from (告示 令和6年第57号, 令和8年第69号; 通知 保医発0305第4号, 第6号; 医科電子点数表の活用手引き 令和6年度版).

use crate::support::{
    Bundled, Charged, Excluded, Limited, NeedsReview, Value, at_clinic, calculate, json, lines, verdict, with,
};

/// A revisit with orders.
fn revisit(date: &str, orders: Value) -> Value {
    json!({ "date": date, "consultation": "revisit", "orders": orders })
}

fn order(code: &str) -> Value {
    json!({ "procedure": code })
}

/// B000 注1: 月2回に限り算定する.
#[test]
fn twice_a_month() {
    let code = "113001810";
    for month in ["2024-06", "2026-06"] {
        let visits = [1, 8, 29].map(|day| revisit(&format!("{month}-{day:02}"), json!([order(code)])));
        let calculation = calculate(&at_clinic(json!(visits)));
        let verdicts: Vec<_> = lines(&calculation, code).iter().map(|line| line.verdict).collect();
        assert_eq!(verdicts, [Charged, Charged, Limited]);
        // Another month begins anew; the past counts, and so does how often.
        let past = |day: &str, count: u32| json!([{ "date": day, "procedure": code, "count": count }]);
        let visit = at_clinic(json!([revisit(&format!("{month}-29"), json!([order(code)]))]));
        let first = format!("{month}-01");
        assert_eq!(verdict(&calculate(&with(visit.clone(), "history", past(&first, 2))), code), Limited);
        assert_eq!(verdict(&calculate(&with(visit.clone(), "history", past(&first, 1))), code), Charged);
        let before = if month == "2024-06" { "2024-05-31" } else { "2026-05-31" };
        assert_eq!(verdict(&calculate(&with(visit, "history", past(before, 2))), code), Charged);
    }
}

/// B000 注2, 通知(3)(4); B001の8 注2: what is done within a month of the first consultation is part of it, over the end of the
/// calendar month too.
#[test]
fn the_month_after_a_first_consultation() {
    let (chronic, skin) = ("113001810", "113002310");
    let after = |first: &str, code: &str, date: &str| {
        let visit = at_clinic(json!([revisit(date, json!([order(code)]))]));
        let past =
            verdict(&calculate(&with(visit, "history", json!([{ "date": first, "procedure": "111000110" }]))), code);
        let visits = json!([{ "date": first, "consultation": "first" }, revisit(date, json!([order(code)]))]);
        assert_eq!(verdict(&calculate(&at_clinic(visits)), code), past, "{first} {date}");
        past
    };
    // From 20 June the month has passed on 20 July: a Sunday in 2025, 海の日 in 2026.
    for code in [chronic, skin] {
        assert_eq!(after("2025-06-20", code, "2025-06-27"), Bundled);
        assert_eq!(after("2025-06-20", code, "2025-07-18"), Bundled);
        assert_eq!(after("2025-06-20", code, "2025-07-20"), Charged);
        assert_eq!(after("2026-06-20", code, "2026-07-17"), Bundled);
        assert_eq!(after("2026-06-20", code, "2026-07-21"), Charged);
    }
    // The last working day before it, for B000 alone; whether a day is a national holiday is for a person to say.
    assert_eq!(after("2025-06-20", chronic, "2025-07-19"), Charged);
    assert_eq!(after("2025-06-20", skin, "2025-07-19"), Bundled);
    assert_eq!(after("2026-06-20", chronic, "2026-07-18"), NeedsReview);
    // 通知(4): where the month ends on the first of the month after the next, its last day will do.
    assert_eq!(after("2025-01-31", chronic, "2025-02-28"), Charged);
    assert_eq!(after("2025-01-31", skin, "2025-02-28"), Bundled);
    assert_eq!(after("2025-01-31", skin, "2025-03-01"), Charged);
    // A first consultation is not charged before what was charged within its month.
    let past = json!([{ "date": "2025-07-10", "procedure": chronic }]);
    let visit = at_clinic(json!([{ "date": "2025-06-20", "consultation": "first" }]));
    assert_eq!(verdict(&calculate(&with(visit, "history", past)), "111000110"), NeedsReview);
    // A second department's first consultation counts (通知(3)).
    let visit = at_clinic(json!([revisit("2025-07-10", json!([order(chronic)]))]));
    let past = json!([{ "date": "2025-06-20", "procedure": "111011810" }]);
    assert_eq!(verdict(&calculate(&with(visit, "history", past)), chronic), Bundled);
}

/// B001-2 注3: 小児科外来診療料 contains what the care of the day costs, drugs and materials as well as 処方料 and tests.
#[test]
fn drugs_of_a_day_with_the_pediatric_fee() {
    let child = |visits: Value| with(at_clinic(visits), "patient", json!({ "birth_date": "2023-05-05" }));
    let prescriptions = json!([{ "dispensing": "in_house", "rps": [
        { "use": "internal", "count": 5, "drugs": [{ "drug": "622309700", "quantity": 1 }] },
    ] }]);
    let injection = json!({ "procedure": "130003510", "drugs": [{ "drug": "620006625", "quantity": 1 }] });
    for date in ["2025-07-07", "2026-07-06"] {
        let visit = |fee: &str| {
            let orders = json!([order(fee), injection]);
            json!([{ "date": date, "consultation": "revisit", "orders": orders, "prescriptions": prescriptions }])
        };
        let calculation = calculate(&child(visit("113003810")));
        for code in ["622309700", "620006625", "130003510", "120001210", "120000710"] {
            assert_eq!(verdict(&calculation, code), Bundled, "{code} on {date}");
        }
        // Another fee of part B contains none of it.
        let calculation = calculate(&child(visit("113002850")));
        assert_eq!(verdict(&calculation, "622309700"), Charged);
        // Charged at an earlier visit of the day, and by the past.
        let later = json!({ "date": date, "consultation": "same_day_revisit", "orders": [injection] });
        let earlier = json!({ "date": date, "consultation": "none", "orders": [order("113003810")] });
        assert_eq!(verdict(&calculate(&child(json!([earlier, later]))), "620006625"), Bundled);
        let past = with(child(json!([later])), "history", json!([{ "date": date, "procedure": "113003810" }]));
        assert_eq!(verdict(&calculate(&past), "620006625"), Bundled);
    }
}

/// J119 注2, D216-2 通知(2): of several on one day the main one. 時間外緊急院内検査加算 and 外来迅速検体検査加算 stand in table 03-1 of 2016.
#[test]
fn one_of_several_a_day() {
    for date in ["2025-07-07", "2026-07-06"] {
        let orders = json!([order("140040310"), order("140029610"), order("140002210")]);
        let calculation = calculate(&at_clinic(json!([revisit(date, orders)])));
        assert_eq!(verdict(&calculation, "140002210"), Charged);
        assert_eq!(verdict(&calculation, "140029610"), Excluded);
        assert_eq!(verdict(&calculation, "140040310"), Excluded);
        let orders = json!([order("160170310"), order("160186710")]);
        let calculation = calculate(&at_clinic(json!([revisit(date, orders)])));
        assert_eq!(verdict(&calculation, "160170310"), Charged);
        assert_eq!(verdict(&calculation, "160186710"), Excluded);
    }
}

/// A line that is partly beyond is split: the rest of it falls.
#[test]
fn partly_beyond() {
    let code = "113001810";
    let visit = at_clinic(json!([revisit("2025-07-01", json!([{ "procedure": code, "count": 3 }]))]));
    let calculation = calculate(&visit);
    let found: Vec<_> = lines(&calculation, code).iter().map(|line| (line.verdict, line.count)).collect();
    assert_eq!(found, [(Charged, 2), (Limited, 1)]);
}

/// 第2章 第1部 通則: 小児科療養指導料 and てんかん指導料 are not charged in one month (手引き 4(2)ウ); the main one stays.
#[test]
fn one_of_two_in_a_month() {
    let (paediatric, epilepsy) = ("113002210", "113002850");
    let born = |encounter| with(encounter, "patient", json!({ "birth_date": "2015-01-01" }));
    let visit = |date: &str, code: &str| revisit(date, json!([order(code)]));
    for visits in [
        json!([revisit("2025-07-01", json!([order(paediatric), order(epilepsy)]))]),
        json!([revisit("2025-07-01", json!([order(epilepsy), order(paediatric)]))]),
        json!([visit("2025-07-01", paediatric), visit("2025-07-31", epilepsy)]),
        json!([visit("2025-07-01", epilepsy), visit("2025-07-31", paediatric)]),
    ] {
        let calculation = calculate(&born(at_clinic(visits)));
        // 270 points against 250.
        assert_eq!(verdict(&calculation, paediatric), Charged);
        assert_eq!(verdict(&calculation, epilepsy), Excluded);
    }
    let apart = json!([visit("2025-07-31", paediatric), visit("2025-08-01", epilepsy)]);
    let calculation = calculate(&born(at_clinic(apart)));
    assert_eq!((verdict(&calculation, paediatric), verdict(&calculation, epilepsy)), (Charged, Charged));
    // What was charged before stays: the lower one now falls, the higher one asks whether the past is withdrawn.
    let history = |code: &str| json!([{ "date": "2025-07-01", "procedure": code }]);
    let now = |code: &str, past: &str| {
        let encounter = born(at_clinic(json!([visit("2025-07-31", code)])));
        verdict(&calculate(&with(encounter, "history", history(past))), code)
    };
    assert_eq!(now(epilepsy, paediatric), Excluded);
    assert_eq!(now(paediatric, epilepsy), NeedsReview);
}

/// B001の8 皮膚科特定疾患指導管理料 注2: within a month of the first visit it is part of the first visit's fee.
#[test]
fn contained_for_the_month() {
    let code = "113000910";
    let first = json!({ "date": "2025-11-04", "consultation": "first" });
    let visits =
        json!([first, revisit("2025-11-20", json!([order(code)])), revisit("2025-12-04", json!([order(code)])),]);
    let calculation = calculate(&at_clinic(visits));
    let verdicts: Vec<_> = lines(&calculation, code).iter().map(|line| line.verdict).collect();
    assert_eq!(verdicts, [Bundled, Charged]);
    let reason = lines(&calculation, code)[0].reasons.iter().find(|reason| reason.rule == "table.bundle").unwrap();
    assert!(reason.text.contains("2025-11-04") && reason.text.contains("111000110"), "{}", reason.text);
    assert!(reason.basis.contains("02 包括テーブル A000001"), "{}", reason.basis);
    // By the past as well.
    let history = json!([{ "date": "2025-11-04", "procedure": "111000110" }]);
    let now = at_clinic(json!([revisit("2025-11-20", json!([order(code)]))]));
    assert_eq!(verdict(&calculate(&with(now, "history", history)), code), Bundled);
}

/// B001-3 生活習慣病管理料(Ⅰ) 注2: on another day of the month only what is done for that disease is contained. The test, and
/// the judgement fee that goes with it, ask for a review; so does the fee beside a test that was charged before.
#[test]
fn contained_on_a_condition() {
    let (management, test, judgement) = ("113041810", "160020910", "160061910");
    let blood = json!([{ "procedure": test, "specimen": "venous_blood" }]);
    let visits = json!([revisit("2025-11-04", blood), revisit("2025-11-20", json!([order(management)]))]);
    let calculation = calculate(&at_clinic(visits));
    assert_eq!(verdict(&calculation, management), Charged);
    assert_eq!((verdict(&calculation, test), verdict(&calculation, judgement)), (NeedsReview, NeedsReview));
    let history = json!([{ "date": "2025-11-04", "procedure": test }]);
    let later = at_clinic(json!([revisit("2025-11-20", json!([order(management)]))]));
    assert_eq!(verdict(&calculate(&with(later, "history", history)), management), NeedsReview);
}

/// D005 9 HbA1c: 月1回に限り算定する, with exceptions that no table tells (特例条件 1): a person decides.
#[test]
fn a_special_condition_is_not_a_cut() {
    let code = "160010010";
    let test = |date: &str| revisit(date, json!([{ "procedure": code, "specimen": "venous_blood" }]));
    let calculation = calculate(&at_clinic(json!([test("2025-11-04"), test("2025-11-25")])));
    let verdicts: Vec<_> = lines(&calculation, code).iter().map(|line| line.verdict).collect();
    assert_eq!(verdicts, [Charged, NeedsReview]);
    assert!(!calculation.statement.settled);
}

/// ウイルス疾患指導料1 is charged once for a patient (B001 1 注1): the whole history counts.
#[test]
fn once_for_a_patient() {
    let code = "113000310";
    let visit = at_clinic(json!([revisit("2025-11-04", json!([order(code)]))]));
    assert_eq!(verdict(&calculate(&visit), code), Charged);
    let history = json!([{ "date": "2012-01-01", "procedure": code }]);
    assert_eq!(verdict(&calculate(&with(visit, "history", history)), code), Limited);
}

/// An addition whose base is barred by its own conditions falls with it, and by no table.
#[test]
fn without_a_base_no_table_counts() {
    // 早期診療体制充実加算 of a clinic, ordered at a hospital, with an addition that the child's fee would contain.
    let orders = json!([
        order("113037310"),
        { "procedure": "180761670", "additions": [{ "procedure": "180067870" }] },
    ]);
    let facility = json!({ "kind": "hospital", "general_beds": 109, "permitted_beds": 171 });
    let visit = json!([{ "date": "2024-11-14", "consultation": "none", "orders": orders }]);
    let encounter =
        with(with(at_clinic(visit), "facility", facility), "patient", json!({ "birth_date": "2018-12-31" }));
    let calculation = calculate(&encounter);
    assert_eq!((verdict(&calculation, "180761670"), verdict(&calculation, "180067870")), (Excluded, Excluded));
}
