//! O その他: ベースアップ評価料(Ⅰ) (O100 of 2024, O001 of 2026) and 物価対応料 (O100 of 2026).

use crate::support::*;

/// 施設基準: ベースアップ評価料(Ⅰ), and the same for a facility that goes on raising wages (O001 注5).
const RAISED: u32 = 4307;
const STILL_RAISING: u32 = 4303;

fn registered(encounter: Value, registrations: &[u32]) -> Value {
    with(encounter, "facility", json!({ "kind": "clinic", "registrations": registrations }))
}

/// O100 of 令和6年厚生労働省告示第57号 (6, 2, 28, 7); O001 1 to 3, 注5 to 注7 and O100 1, 注5 of 令和8年厚生労働省告示第69号: the
/// figures for first visit, revisit, home visit and home visit in the same building, each day before and after.
#[test]
fn what_goes_with_a_visit() {
    let none = [0; 4];
    let cases = [
        ("2024-05-31", none, none, none),
        ("2024-06-01", [6, 2, 28, 7], [6, 2, 28, 7], none),
        ("2026-05-31", [6, 2, 28, 7], [6, 2, 28, 7], none),
        ("2026-06-01", [17, 4, 79, 19], [23, 6, 107, 26], [2, 2, 3, 3]),
        ("2027-05-31", [17, 4, 79, 19], [23, 6, 107, 26], [2, 2, 3, 3]),
        ("2027-06-01", [34, 8, 158, 38], [40, 10, 186, 45], [4, 4, 6, 6]),
    ];
    for (day, base_up, raising, price_response) in cases {
        let visits = [
            json!({ "date": day, "consultation": "first" }),
            json!({ "date": day, "consultation": "revisit" }),
            json!({ "date": day, "consultation": "none", "orders": [{ "procedure": "114001110" }] }),
            json!({ "date": day, "consultation": "none", "orders": [{ "procedure": "114030310" }] }),
        ];
        for (at, visit) in visits.into_iter().enumerate() {
            let encounter = at_clinic(json!([visit]));
            let alone: i64 = {
                let calculation = calculate(&registered(encounter.clone(), &[]));
                let other = calculation.statement.visits[0].sections.iter().filter(|section| section.section != "80");
                other.map(|section| section.points.get()).sum()
            };
            let more = |registrations: &[u32]| points(&registered(encounter.clone(), registrations)) - alone;
            assert_eq!(more(&[]), price_response[at], "{day} {encounter}");
            assert_eq!(more(&[RAISED]), price_response[at] + base_up[at], "{day} {encounter}");
            assert_eq!(more(&[RAISED, STILL_RAISING]), price_response[at] + raising[at], "{day} {encounter}");
        }
    }
}

/// The codes charged on one visit after another.
fn codes(encounter: &Value, fees: [&str; 2]) -> Vec<Vec<Verdict>> {
    let calculation = calculate(encounter);
    fees.iter().map(|fee| lines(&calculation, fee).iter().map(|line| line.verdict).collect()).collect()
}

/// 疑義解釈 その2 (2026-04-01) 別添2 問4: from 2026-06-01 a second department has ベースアップ評価料 too. Before, once a day
/// (保医発0305第4号 2024-03-05, O100(2) to (5)).
#[test]
fn a_second_department() {
    const FIRST: [&str; 2] = ["180725710", "180819910"];
    const REVISIT: [&str; 2] = ["180725810", "180820010"];
    for (consultation, fees) in [("first", FIRST), ("revisit", REVISIT)] {
        let visits = |day: &str| {
            let visits = json!([
                { "date": day, "consultation": consultation },
                { "date": day, "consultation": consultation, "second_department": true },
            ]);
            registered(at_clinic(visits), &[RAISED])
        };
        assert_eq!(codes(&visits("2026-05-31"), fees), [vec![Charged, Limited], vec![]]);
        assert_eq!(codes(&visits("2026-06-01"), fees), [vec![Charged, Charged], vec![Charged, Charged]]);
    }
}

/// Once a day before 2026-06-01 over the history too, and again on the next day.
#[test]
fn once_a_day_until_2026() {
    let visits = json!([{ "date": "2026-05-31", "consultation": "same_day_revisit" }]);
    let encounter = registered(at_clinic(visits), &[RAISED]);
    let past = |day: &str| json!([{ "date": day, "procedure": "180725810" }]);
    let verdict_with = |day: &str| verdict(&calculate(&with(encounter.clone(), "history", past(day))), "180725810");
    assert_eq!(verdict_with("2026-05-31"), Limited);
    assert_eq!(verdict_with("2026-05-30"), Charged);
}

/// One visit has each fee once, whatever it is charged for; without a consultation there is none.
#[test]
fn once_for_a_visit() {
    let visit = |consultation: &str, orders: Value| json!([{ "date": "2026-06-01", "consultation": consultation, "orders": orders }]);
    let two_bases = visit("revisit", json!([{ "procedure": "113003610" }]));
    let encounter = with(registered(at_clinic(two_bases), &[RAISED]), "patient", json!({ "birth_date": "2023-01-01" }));
    assert_eq!(codes(&encounter, ["180725810", "180820010"]), [vec![Charged], vec![Charged]]);
    let test_only = visit("none", json!([{ "procedure": "160008010" }]));
    let encounter = registered(at_clinic(test_only), &[RAISED]);
    assert_eq!(codes(&encounter, ["180725810", "180820010"]), [vec![], vec![]]);
}

/// A consultation that is not charged brings nothing along.
#[test]
fn nothing_goes_with_what_is_not_charged() {
    let visits = json!([{ "date": "2026-06-01", "consultation": "phone_revisit", "hospital_fee": "full" }]);
    let facility = json!({ "kind": "hospital", "general_beds": 200, "permitted_beds": 200, "registrations": [RAISED] });
    assert_eq!(points(&with(at_clinic(visits), "facility", facility)), 0);
}
