//! Steps, percentages and rounding. Sources: 保医発0305第6号 第4部, マスターファイル仕様説明書 別紙7-5, claims of 2021-10.

use crate::{
    d_tests::{born, only},
    support::{Excluded, NeedsReview, calculate, json, points, refused, verdict},
};

fn quantity(code: &str, quantity: &str) -> i64 {
    points(&only("2026-07-01", json!([{ "procedure": code, "quantity": quantity }])))
}

/// PT-001, PT-161: two plain digital films: 85 + 42.5 → 128 and 68 + 34; three: 136. Beyond five nothing more.
#[test]
fn films() {
    assert_eq!(quantity("170000410", "2"), 128);
    assert_eq!(quantity("170027910", "2"), 102);
    assert_eq!(quantity("170027910", "3"), 136);
    assert_eq!(quantity("170000410", "5"), 255);
    assert_eq!(quantity("170000410", "6"), 255);
}

/// E002(7) (PT-005, PT-162): the age addition is of all films, rounded once.
#[test]
fn films_of_children() {
    let film = |birth: &str, films: &str| {
        let orders = json!([{ "procedure": "170027910", "quantity": films }]);
        points(&born(only("2026-07-15", orders), birth))
    };
    assert_eq!(film("2026-07-01", "1"), 122);
    assert_eq!(film("2026-07-01", "3"), 245);
    assert_eq!(film("2023-07-15", "1"), 88);
    assert_eq!(film("2023-07-16", "1"), 102);
    assert_eq!(film("2020-07-15", "1"), 68);
}

/// The electronic image addition, a general one, is not in what the age addition is taken of (E002 注4).
#[test]
fn the_base_of_an_age_addition() {
    let orders = json!([{ "procedure": "170027910", "quantity": 1, "additions": [{ "procedure": "170000210" }] }]);
    assert_eq!(points(&born(only("2026-07-15", orders), "2022-07-15")), 88 + 57);
}

/// Steps (30–35): the four ways of treating a quantity outside the limits.
#[test]
fn steps() {
    // 0: the base up to the lower limit, the formula beyond.
    for (minutes, figure) in [("20", 6000), ("120", 6000), ("121", 6600), ("150", 6600), ("180", 7200), ("181", 7800)] {
        assert_eq!(quantity("150233410", minutes), figure, "{minutes} minutes");
    }
    assert_eq!(quantity("150224810", "400"), 1400);
    assert_eq!(quantity("160098210", "2"), 620);
    assert_eq!(quantity("113030470", "6"), 1560);
    assert_eq!(quantity("113030470", "11"), 2860);
    // 0 beyond the upper limit: a warning, so a person decides.
    let beyond = only("2026-07-01", json!([{ "procedure": "113030470", "quantity": 12 }]));
    assert_eq!(verdict(&calculate(&beyond), "113030470"), NeedsReview);
    // 1: cut off at the upper limit. D015 注: 1,430 points at most (PT-169: three are 330).
    for (kinds, figure) in [("1", 110), ("3", 330), ("13", 1430), ("14", 1430)] {
        let orders = json!([{ "procedure": "160056110", "quantity": kinds, "specimen": "no_fee" }]);
        assert_eq!(points(&only("2026-07-01", orders)), figure + 144, "{kinds} kinds");
    }
}

/// 2: a whole step below the lower limit nothing is charged. 往診 患家診療時間加算: from one hour on.
#[test]
fn a_step_below_the_limit() {
    let home = |minutes: &str| {
        let orders = json!([{ "procedure": "114000970", "quantity": minutes }]);
        calculate(&only("2026-07-01", orders))
    };
    assert_eq!(verdict(&home("60"), "114000970"), Excluded);
    for (minutes, figure) in [("61", 100), ("90", 100), ("91", 200), ("100", 200), ("120", 200), ("121", 300)] {
        assert_eq!(home(minutes).statement.total_points.get(), figure, "{minutes} minutes");
    }
}

/// K 通則8: a child's operation at twice or one and a half times the figure.
#[test]
fn operations_of_children() {
    let suture = |birth: &str| points(&born(only("2026-07-15", json!([{ "procedure": "150001010" }])), birth));
    assert_eq!(suture("2023-07-16"), 1060);
    assert_eq!(suture("2023-07-15"), 795);
    assert_eq!(suture("2020-07-15"), 530);
    let newborn = born(only("2026-07-15", json!([{ "procedure": "150001010" }])), "2026-07-01");
    assert_eq!(verdict(&calculate(&newborn), "150001010"), NeedsReview);
}

/// Quantities that are none.
#[test]
fn refused_quantities() {
    for quantity in [
        json!(0),
        json!(-1),
        json!("0"),
        json!(1e-7),
        json!(1e300),
        json!("1e1"),
        json!("１"),
        json!(""),
        json!("1.001"),
        json!("1.00000000000000000000000000001"),
        json!(true),
        json!(null),
        json!(100_000_000),
        json!("-0.0"),
    ] {
        let encounter = only("2026-07-01", json!([{ "procedure": "170027910", "quantity": quantity }]));
        assert!(refused(&encounter).contains("visits[0].orders[0].quantity"), "{quantity}");
    }
    // A number and a text are the same.
    assert_eq!(quantity("170027910", "1.5"), 102);
    assert_eq!(points(&only("2026-07-01", json!([{ "procedure": "170027910", "quantity": 1.5 }]))), 102);
    assert!(refused(&only("2026-07-01", json!([{ "procedure": "170027910" }]))).contains("quantity"));
    assert!(refused(&only("2026-07-01", json!([{ "procedure": "160068410", "quantity": 1 }]))).contains("quantity"));
}
