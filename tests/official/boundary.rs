//! The day before and the day itself of every change: revisions, and ages of the fee schedule.

use santei::date::ServiceDate;

use crate::support::*;

fn day(text: &str) -> ServiceDate {
    text.parse().unwrap()
}

/// First visit, and revisit with 外来管理加算, at an unregistered clinic around each revision.
#[test]
fn revisions() {
    for (first_day, revision, before, after) in [
        ("2024-06-01", "r6", [288, 73 + 52], [291, 75 + 52]),
        ("2026-06-01", "r8", [291, 75 + 52], [291 + 2, 76 + 52 + 2]),
        ("2027-06-01", "r8", [291 + 2, 76 + 52 + 2], [291 + 4, 76 + 52 + 4]),
    ] {
        let first_day = day(first_day);
        for (on, expected) in [(first_day.previous(), before), (first_day, after), (first_day.next(), after)] {
            for (visit, expected) in ["first", "revisit"].into_iter().zip(expected) {
                let encounter = at_clinic(json!([{ "date": on, "consultation": visit }]));
                assert_eq!(points(&encounter), expected, "{visit} on {on}");
                if on >= first_day {
                    assert_eq!(calculate(&encounter).statement.visits[0].revision, revision);
                }
            }
        }
    }
}

/// Before 2022-04-01 the standard masters have no figures: no number, and no payment.
#[test]
fn before_the_first_figures() {
    for visit in ["first", "revisit", "phone_revisit"] {
        let calculation = calculate(&at_clinic(json!([{ "date": "2022-03-31", "consultation": visit }])));
        assert!(!calculation.statement.settled);
        assert_eq!(calculation.copay[0].amount, None);
        let after = at_clinic(json!([{ "date": "2022-04-01", "consultation": visit, "outpatient_management": false }]));
        assert_eq!(points(&after), if visit == "first" { 288 } else { 73 });
    }
}

/// What 医療DX and its successor bring to a first visit, by the day (A000 注16 of 2026; the notices of 2024-10 and 2025-04).
#[test]
fn steps_within_a_revision() {
    let addition = |code: &str, on: ServiceDate| {
        let order = json!([{ "procedure": code }]);
        let visits = json!([{ "date": on, "consultation": "first", "orders": order }]);
        let refused = santei::calculation::calculate_json(
            masters(),
            &at_clinic(visits.clone()).to_string(),
            &santei::calculation::Options::default(),
        )
        .is_err();
        (!refused).then(|| lines(&calculate(&at_clinic(visits)), code)[0].total.unwrap().get())
    };
    for (code, on, before, after) in [
        ("111703370", "2024-06-01", None, Some(8)),
        ("111703470", "2024-10-01", None, Some(11)),
        ("111703470", "2025-04-01", Some(11), Some(10)),
        ("111703570", "2025-04-01", Some(10), Some(9)),
        ("111703670", "2025-04-01", None, Some(12)),
        ("111703170", "2024-12-01", Some(3), None),
        ("111703270", "2024-12-01", Some(1), Some(1)),
        ("111703370", "2026-06-01", Some(8), None),
        ("111704070", "2026-06-01", None, Some(15)),
    ] {
        let on = day(on);
        assert_eq!([addition(code, on.previous()), addition(code, on)], [before, after], "{code} around {on}");
    }
}

/// Under six: up to the day before the sixth birthday (A000 注6, A001 注4).
#[test]
fn six_years() {
    for (birth, last, first) in [
        ("2020-07-10", "2026-07-09", "2026-07-10"),
        ("2020-03-31", "2026-03-30", "2026-03-31"),
        ("2020-04-01", "2026-03-31", "2026-04-01"),
        ("2020-02-29", "2026-02-28", "2026-03-01"),
    ] {
        for (on, has) in [(last, true), (first, false)] {
            let child = |visit: &str, class: &str| {
                let visits = json!([{ "date": on, "consultation": visit, "time_class": class }]);
                calculate(&with(at_clinic(visits), "patient", json!({ "birth_date": birth })))
            };
            for (visit, addition) in [("first", "111000370"), ("revisit", "112000970")] {
                assert_eq!(!lines(&child(visit, "in_hours"), addition).is_empty(), has, "born {birth}, on {on}");
            }
            let (young, adult) = ("111011970", "111000570");
            let at_night = child("first", "after_hours");
            assert_eq!(verdict(&at_night, if has { young } else { adult }), Charged);
        }
    }
}

/// 小児科外来診療料 (B6, `B001-2`): up to the end of the month in which six is reached, which for a birthday on the first is the
/// month before.
#[test]
fn the_month_after_six() {
    for (birth, last, first) in [("2020-07-10", "2026-07-31", "2026-08-01"), ("2020-08-01", "2026-07-31", "2026-08-01")]
    {
        for (on, expected) in [(last, Charged), (first, Excluded)] {
            let order = json!([{ "procedure": "113003510" }]);
            let visits = json!([{ "date": on, "consultation": "none", "orders": order }]);
            let child = with(at_clinic(visits), "patient", json!({ "birth_date": birth }));
            assert_eq!(verdict(&calculate(&child), "113003510"), expected, "born {birth}, on {on}");
        }
    }
}

/// Born after the visit, or more than 150 years before, is refused; born on the day is not.
#[test]
fn impossible_births() {
    let visits = json!([{ "date": "2026-06-01", "consultation": "first" }]);
    let born = |birth: &str| with(at_clinic(visits.clone()), "patient", json!({ "birth_date": birth }));
    assert_eq!(points(&born("2026-06-01")), 291 + 75 + 2);
    assert!(refused(&born("2026-06-02")).contains("patient.birth_date"));
    assert!(refused(&born("1875-06-01")).contains("patient.birth_date"));
}
