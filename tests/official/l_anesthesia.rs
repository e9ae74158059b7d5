//! Anesthesia. Sources: 告示 令和8年第69号, 令和6年第57号, 令和4年第54号 (L008), 保医発0305第6号 of 2026 (L008 (12), examples 1 to 4), and the
//! same examples with the figures of 2020 and 2022 in the circulars of those years (PT-011, PT-012, PT-014, PT-016, PT-017).

use crate::{
    d_tests::{born, only},
    support::{Bundled, Excluded, NeedsReview, Value, calculate, json, lines, points, verdict},
};

/// Classes 1 to 5 of L008, for patients with a difficult anesthesia and for others.
const DIFFICULT: [&str; 5] = ["150332510", "150332710", "150332910", "150333110", "150328210"];
const OTHERS: [&str; 5] = ["150332610", "150332810", "150333010", "150333210", "150233410"];

fn stretches(class: [&str; 5], stretches: &[(usize, u32)]) -> Value {
    let one = |(at, minutes): &(usize, u32)| json!({ "procedure": class[at - 1], "quantity": minutes });
    stretches.iter().map(one).collect()
}

fn charged(date: &str, class: [&str; 5], parts: &[(usize, u32)]) -> i64 {
    points(&only(date, stretches(class, parts)))
}

/// 例1 to 例4 as they stand in the circular: supine, prone, on the side, one-lung, heart surgery with and without bypass.
const FIRST: [(usize, u32); 3] = [(5, 10), (3, 150), (5, 20)];
const SECOND: [(usize, u32); 3] = [(5, 10), (4, 80), (5, 47)];
const THIRD: [(usize, u32); 5] = [(5, 5), (4, 21), (2, 87), (4, 30), (5, 5)];
const FOURTH: [(usize, u32); 5] = [(5, 10), (3, 45), (2, 145), (3, 60), (5, 10)];

/// 2026: 10,670, 9,615 (PT-011), 17,370 (PT-012), 21,220.
#[test]
fn examples_of_2026() {
    for date in ["2026-06-01", "2026-10-01"] {
        assert_eq!(charged(date, OTHERS, &FIRST), 9170 + 900 + 600);
        assert_eq!(charged(date, DIFFICULT, &SECOND), 9015 + 600);
        assert_eq!(charged(date, DIFFICULT, &THIRD), 16_720 + 650);
        assert_eq!(charged(date, DIFFICULT, &FOURTH), 16_720 + 2700 + 1200 + 600);
    }
}

/// 2022: 10,550 (PT-014), 9,730, 17,260 (PT-016), 21,100 (PT-017).
#[test]
fn examples_of_2022() {
    for date in ["2022-04-01", "2024-05-31"] {
        assert_eq!(charged(date, OTHERS, &FIRST), 9050 + 900 + 600);
        assert_eq!(charged(date, DIFFICULT, &SECOND), 9130 + 600);
        assert_eq!(charged(date, DIFFICULT, &THIRD), 16_600 + 660);
        assert_eq!(charged(date, DIFFICULT, &FOURTH), 16_600 + 2700 + 1200 + 600);
    }
}

/// 2024: the circular kept the old figures in its examples; the notification has the new ones, and it is what counts.
#[test]
fn examples_of_2024_by_the_notification() {
    for date in ["2024-06-01", "2026-05-31"] {
        assert_eq!(charged(date, OTHERS, &FIRST), 10_670);
        assert_eq!(charged(date, DIFFICULT, &SECOND), 9730);
        assert_eq!(charged(date, DIFFICULT, &THIRD), 17_380);
        assert_eq!(charged(date, DIFFICULT, &FOURTH), 21_220);
    }
}

/// The order of the stretches does not count, only how long each class was (通知(12)ウ(イ)).
#[test]
fn in_any_order() {
    let mut stretches = FOURTH;
    for _ in 0..5 {
        stretches.rotate_left(1);
        assert_eq!(charged("2026-07-01", DIFFICULT, &stretches), 21_220);
    }
    stretches.reverse();
    assert_eq!(charged("2026-07-01", DIFFICULT, &stretches), 21_220);
    assert_eq!(charged("2026-07-01", DIFFICULT, &[(2, 145), (3, 105), (5, 20)]), 21_220);
}

/// One minute more or less, and who gets the half hour.
#[test]
fn borders() {
    let others = |parts: &[(usize, u32)]| charged("2026-07-01", OTHERS, parts);
    assert_eq!(others(&[(5, 120)]), 6000);
    assert_eq!(others(&[(5, 121)]), 6600);
    assert_eq!(others(&[(5, 60), (5, 60)]), 6000);
    assert_eq!(others(&[(5, 60), (5, 61)]), 6600);
    // The basic two hours are of the highest class, however short it was.
    assert_eq!(others(&[(3, 1), (5, 119)]), 9170);
    assert_eq!(others(&[(3, 1), (5, 120)]), 9170 + 600);
    // 29 + 1 minutes make one half hour, 29 + 2 two.
    assert_eq!(others(&[(3, 149), (5, 1)]), 9170 + 900);
    assert_eq!(others(&[(3, 149), (5, 2)]), 9170 + 900 + 600);
    // Of equal rests the one of the higher class is charged.
    assert_eq!(others(&[(3, 130), (4, 10)]), 9170 + 900);
    assert_eq!(others(&[(3, 129), (4, 10)]), 9170 + 650);
    // Whole half hours first, then the rests together: 35 + 5 + 5 are 30 and 15.
    assert_eq!(others(&[(2, 155), (3, 5), (4, 5)]), 12_190 + 1200 + 1200);
    // Three classes with 20 minutes each: two half hours, the two highest.
    assert_eq!(others(&[(1, 140), (3, 20), (5, 20)]), 18_200 + 1800 + 900);
}

/// (1): from 20 minutes on.
#[test]
fn twenty_minutes() {
    assert_eq!(charged("2026-07-01", OTHERS, &[(5, 20)]), 6000);
    assert_eq!(charged("2026-07-01", OTHERS, &[(3, 10), (5, 10)]), 9170);
    let short = calculate(&only("2026-07-01", stretches(OTHERS, &[(3, 10), (5, 9)])));
    assert_eq!(verdict(&short, OTHERS[2]), Excluded);
    assert_eq!(short.statement.total_points.get(), 0);
    // Before 2024-06-01 no circular at hand says so, and the line is marked.
    let before = calculate(&only("2024-05-31", stretches(OTHERS, &[(5, 19)])));
    assert_eq!(verdict(&before, OTHERS[4]), Excluded);
    assert_eq!(lines(&before, OTHERS[4])[0].certainty, santei::master::Certainty::Unverified);
}

/// A class that adds nothing stays on the statement; the lines of one class are one line.
#[test]
fn lines_of_one_anesthesia() {
    let calculation = calculate(&only("2026-07-01", stretches(OTHERS, &[(5, 30), (3, 60), (5, 10)])));
    assert_eq!(verdict(&calculation, OTHERS[2]), super::support::Charged);
    assert_eq!(verdict(&calculation, OTHERS[4]), Bundled);
    assert_eq!(lines(&calculation, OTHERS[4])[0].quantity.as_deref(), Some("40"));
}

/// L 通則2 and 通知 6: the age additions are of all of it, with the hours beyond two.
#[test]
fn age_of_all_stretches() {
    let orders = stretches(DIFFICULT, &SECOND);
    // 9,615 and half of it: 14,422.5.
    assert_eq!(points(&born(only("2026-07-15", orders.clone()), "2026-01-15")), 14_423);
    // From one year on 20 of 100.
    assert_eq!(points(&born(only("2026-07-15", orders.clone()), "2025-07-15")), 9615 + 1923);
    assert_eq!(points(&born(only("2026-07-15", orders), "2023-07-15")), 9615);
}

/// 注4・注5: an epidural with it, wherever it was entered. 750 for two hours, 375 for each half hour more.
#[test]
fn an_epidural_with_it() {
    let epidural = json!([{ "procedure": "150247470", "quantity": 150 }]);
    for at in 0..3 {
        let mut orders = stretches(OTHERS, &FIRST);
        orders[at]["additions"] = epidural.clone();
        assert_eq!(points(&only("2026-07-01", orders)), 10_670 + 750 + 375);
    }
}

/// A patient is either hard to anesthetize or not; twice is not one anesthesia; 通則4 needs the purpose.
#[test]
fn what_a_person_must_settle() {
    let both = calculate(&only(
        "2026-07-01",
        json!([{ "procedure": OTHERS[4], "quantity": 60 }, { "procedure": DIFFICULT[2], "quantity": 90 }]),
    ));
    assert_eq!(verdict(&both, OTHERS[4]), NeedsReview);
    assert_eq!(verdict(&both, DIFFICULT[2]), NeedsReview);
    let twice = calculate(&only("2026-07-01", json!([{ "procedure": OTHERS[4], "quantity": 60, "count": 2 }])));
    assert_eq!(verdict(&twice, OTHERS[4]), NeedsReview);
    let kinds = json!([{ "procedure": OTHERS[4], "quantity": 60 }, { "procedure": "150232610", "quantity": 60 }]);
    let kinds = calculate(&only("2026-07-01", kinds));
    assert_eq!(verdict(&kinds, OTHERS[4]), super::support::Charged);
    assert_eq!(verdict(&kinds, "150232610"), NeedsReview);
}
