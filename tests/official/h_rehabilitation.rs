//! Rehabilitation. Sources: 告示 令和6年第57号 and 令和8年第69号 (H000 to H003 注2), 疑義解釈 令和8年 その2 問70 (PT-101, PT-102 and the third example).

use santei::calculation::Calculation;

use crate::{
    d_tests::only,
    support::{
        Charged, Excluded, NeedsReview, Value, Verdict, at_clinic, calculate, json, lines, refused, verdict, with,
    },
};

const HEART: &str = "180744210";
const EARLY_UNTIL_2026: &str = "180030770";
const EARLY: &str = "180762470";
const EARLY_LATER: &str = "180762570";

/// The heart's rehabilitation on a day in hospital, one unit with an addition.
fn visit(day: &str, addition: &str, days: &Value) -> Value {
    let order = json!({
        "procedure": HEART, "quantity": 1, "additions": [{ "procedure": addition, "quantity": 1 }], "rehabilitation": days,
    });
    json!({ "date": day, "consultation": "none", "admitted": days["admitted"], "orders": [order] })
}

fn early_lines(calculation: &Calculation) -> Vec<(String, Verdict, Option<i64>)> {
    let early = [EARLY_UNTIL_2026, EARLY, EARLY_LATER];
    let visits = calculation.statement.visits.iter();
    let lines = visits.flat_map(|visit| visit.lines.iter().map(move |line| (visit.date.to_string(), line)));
    let lines = lines.filter(|(_, line)| line.code.as_deref().is_some_and(|code| early.contains(&code)));
    lines.map(|(day, line)| (day, line.verdict, line.total.map(|points| points.get()))).collect()
}

fn episode(days: Value, visits: &[(&str, &str)]) -> Vec<(Verdict, Option<i64>)> {
    let visits: Value = visits.iter().map(|(day, code)| visit(day, code, &days)).collect();
    let calculation = calculate(&at_clinic(visits));
    early_lines(&calculation).into_iter().map(|(_, verdict, points)| (verdict, points)).collect()
}

/// 問70 ① (PT-101): worse on 05-21, in hospital on 05-29, begun on 05-31: counted from 05-27; 25 points until 06-09.
#[test]
fn begun_before_the_change() {
    let days = json!({ "onset": "2026-05-21", "treatment": "2026-05-29", "admitted": "2026-05-29" });
    let got = episode(
        days.clone(),
        &[
            ("2026-05-31", EARLY_UNTIL_2026),
            ("2026-06-01", EARLY_LATER),
            ("2026-06-09", EARLY_LATER),
            ("2026-06-10", EARLY_LATER),
        ],
    );
    assert_eq!(got, [(Charged, Some(25)), (Charged, Some(25)), (Charged, Some(25)), (Excluded, Some(0))]);
    // The sixth day of the count is no day for the 60 points.
    let got = episode(days.clone(), &[("2026-05-31", EARLY_UNTIL_2026), ("2026-06-01", EARLY)]);
    assert_eq!(got[1], (Excluded, Some(0)));
    // Treated before the seventh day, that day counts: 05-24 to 06-06.
    let sooner = json!({ "onset": "2026-05-21", "treatment": "2026-05-24", "admitted": "2026-05-24" });
    let got =
        episode(sooner, &[("2026-05-24", EARLY_UNTIL_2026), ("2026-06-06", EARLY_LATER), ("2026-06-07", EARLY_LATER)]);
    assert_eq!(got.iter().map(|(verdict, _)| *verdict).collect::<Vec<_>>(), [Charged, Charged, Excluded]);
    // What was charged before may be known from the history.
    let alone = at_clinic(json!([visit("2026-06-09", EARLY_LATER, &days), visit("2026-06-10", EARLY_LATER, &days)]));
    let alone = with(alone, "history", json!([{ "date": "2026-05-31", "procedure": EARLY_UNTIL_2026 }]));
    let calculation = calculate(&alone);
    let verdicts: Vec<_> = early_lines(&calculation).into_iter().map(|(_, verdict, _)| verdict).collect();
    assert_eq!(verdicts, [Charged, Excluded]);
}

/// 問70 ② (PT-102): worse on 05-04, in hospital on 05-12, begun on 05-14: counted from 05-10; from June on nothing.
#[test]
fn begun_long_before_the_change() {
    let days = json!({ "onset": "2026-05-04", "treatment": "2026-05-12", "admitted": "2026-05-12" });
    let got = episode(
        days,
        &[("2026-05-14", EARLY_UNTIL_2026), ("2026-05-31", EARLY_UNTIL_2026), ("2026-06-01", EARLY_LATER)],
    );
    assert_eq!(got, [(Charged, Some(25)), (Charged, Some(25)), (Excluded, Some(0))]);
}

/// 問70 ③: worse on 05-23, in hospital on 05-31, begun on 06-02: counted from the admission, 60 points on the third day.
#[test]
fn begun_after_the_change() {
    let days = json!({ "onset": "2026-05-23", "treatment": "2026-05-31", "admitted": "2026-05-31" });
    let got = episode(
        days,
        &[
            ("2026-06-02", EARLY),
            ("2026-06-03", EARLY_LATER),
            ("2026-06-04", EARLY),
            ("2026-06-13", EARLY_LATER),
            ("2026-06-14", EARLY_LATER),
        ],
    );
    let verdicts = got.iter().map(|(verdict, _)| *verdict).collect::<Vec<_>>();
    assert_eq!(verdicts, [Charged, Charged, Excluded, Charged, Excluded]);
    assert_eq!((got[0].1, got[1].1), (Some(60), Some(25)));
}

/// Until 2026-05-31 thirty days, for a stroke from the day itself; from then on fourteen from the admission. The standard
/// masters alone.
#[test]
fn days_of_a_stroke() {
    let one = |day: &str, code: &str, days: Value| {
        let order = json!({
            "procedure": "180745310", "quantity": 2, "additions": [{ "procedure": code, "quantity": 2 }],
            "rehabilitation": days,
        });
        verdict(&calculate(&only(day, json!([order]))), code)
    };
    let old = |day: &str| one(day, EARLY_UNTIL_2026, json!({ "onset": "2025-03-01" }));
    assert_eq!((old("2025-03-01"), old("2025-03-30"), old("2025-03-31")), (Charged, Charged, Excluded));
    let days = || json!({ "onset": "2026-06-28", "admitted": "2026-07-01" });
    let (first, later) = ("180763870", "180763970");
    assert_eq!((one("2026-07-03", first, days()), one("2026-07-04", first, days())), (Charged, Excluded));
    assert_eq!((one("2026-07-03", later, days()), one("2026-07-04", later, days())), (Excluded, Charged));
    assert_eq!((one("2026-07-14", later, days()), one("2026-07-15", later, days())), (Charged, Excluded));
    // Without the days nobody knows.
    assert_eq!(one("2026-07-04", later, json!({ "onset": "2026-06-28" })), NeedsReview);
    let bare =
        json!([{ "procedure": "180745310", "quantity": 1, "additions": [{ "procedure": later, "quantity": 1 }] }]);
    assert_eq!(verdict(&calculate(&only("2026-07-04", bare)), later), NeedsReview);
    // For legs and arms by the same days: 60 a unit.
    let legs = json!([{
        "procedure": "180755710", "quantity": 2, "additions": [{ "procedure": "180770270", "quantity": 2 }],
        "rehabilitation": { "onset": "2026-06-28", "admitted": "2026-07-01" },
    }]);
    assert_eq!(calculate(&only("2026-07-03", legs)).statement.total_points.get(), 2 * (185 + 60));
}

/// The stay itself says when it began; an outpatient's addition for the heart is none.
#[test]
fn the_day_of_admission() {
    let days = json!({ "onset": "2026-06-28", "treatment": "2026-07-01" });
    let mut stay = visit("2026-07-03", EARLY, &days);
    stay["admitted"] = json!("2026-07-01");
    assert_eq!(verdict(&calculate(&at_clinic(json!([stay]))), EARLY), Charged);
    stay["admitted"] = json!("2026-06-30");
    assert_eq!(verdict(&calculate(&at_clinic(json!([stay]))), EARLY), Excluded);
    stay["admitted"] = Value::Null;
    stay["orders"][0]["rehabilitation"]["admitted"] = json!("2026-07-01");
    stay.as_object_mut().unwrap().remove("admitted");
    assert_eq!(verdict(&calculate(&at_clinic(json!([stay]))), EARLY), Excluded);
}

/// Days that cannot be, or that belong nowhere.
#[test]
fn refused_days() {
    let order = |procedure: &str, days: Value| {
        let mut order = json!({ "procedure": procedure, "rehabilitation": days });
        if procedure == HEART {
            order["quantity"] = json!(1);
        }
        refused(&only("2026-07-01", json!([order])))
    };
    assert!(order("160068410", json!({ "onset": "2026-06-01" })).contains("orders[0].rehabilitation"));
    assert!(order(HEART, json!({ "onset": "2026-07-02" })).contains("orders[0].rehabilitation.onset"));
    let after = json!({ "onset": "2026-06-02", "admitted": "2026-07-02" });
    assert!(order(HEART, after).contains("orders[0].rehabilitation.admitted"));
    assert!(order(HEART, json!({})).contains("onset"));
    assert!(order(HEART, json!({ "onset": "2026-06-31" })).contains("rehabilitation"));
}

/// H 通則4: six units a day, of all professions and kinds of rehabilitation by disease together; nine for some patients.
#[test]
fn units_of_a_day() {
    let (by_physical, by_occupational) = ("180755710", "180755810");
    for date in ["2025-07-07", "2026-07-06"] {
        let order = |code: &str, units: u32| json!({ "procedure": code, "quantity": units });
        let visit = |orders: Value| json!({ "date": date, "consultation": "none", "orders": orders });
        let verdicts = |encounter: &Value| {
            let calculation = calculate(encounter);
            let lines: Vec<_> = [by_physical, by_occupational]
                .iter()
                .flat_map(|code| lines(&calculation, code).into_iter().map(|line| line.verdict).collect::<Vec<_>>())
                .collect();
            lines
        };
        let both = |one, other| json!([order(by_physical, one), order(by_occupational, other)]);
        assert_eq!(verdicts(&at_clinic(json!([visit(both(3, 3))]))), [Charged; 2]);
        assert_eq!(verdicts(&at_clinic(json!([visit(both(3, 4))]))), [NeedsReview; 2]);
        let two = json!([visit(json!([order(by_physical, 3)])), visit(json!([order(by_occupational, 4)]))]);
        assert_eq!(verdicts(&at_clinic(two)), [NeedsReview; 2]);
        let past = json!([{ "date": date, "procedure": by_occupational, "quantity": 4 }]);
        let now = |units| with(at_clinic(json!([visit(json!([order(by_physical, units)]))])), "history", past.clone());
        assert_eq!(verdicts(&now(2)), [Charged]);
        assert_eq!(verdicts(&now(3)), [NeedsReview]);
    }
}
