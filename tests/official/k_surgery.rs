//! Operations and transfusions. Sources: 告示 令和6年第57号 and 令和8年第69号 (K 通則14, K142, K920), 保医発0305第6号 of 2026 (第10部 通則19, K142(1)
//! examples 1 and 2, K920(1), (2), (7)), a society's answer of 2014 on stored blood (PT-021, PT-025, PT-026).

use santei::{
    calculation::{Options, calculate_json},
    master::{MasterKind, MasterSet, Masters, schema, standard},
};

use crate::{
    d_tests::{born, only},
    support::{
        Bundled, Charged, NeedsReview, Value, at_clinic, calculate, json, lines, points, refused, verdict, with,
    },
};

/// 後方又は後側方固定, 椎弓切除, 椎弓形成, 前方椎体固定, 前方後方同時固定 by the codes until 2026-05.
const FUSION: &str = "150282610";
const OPENING: &str = "150355010";
const SHAPING: &str = "150355110";
const FRONT: &str = "150282510";
const BOTH: &str = "150314710";
const R6: &str = "2026-05-31";

fn levels(code: &str, quantity: u32, levels: &[&str]) -> Value {
    json!({ "procedure": code, "quantity": quantity, "levels": levels })
}

fn charged(orders: Value) -> i64 {
    points(&only(R6, orders))
}

/// K142(1) 例1, 例2 (PT-021): 32,890 + 16,445, and 6,655 for an arch that lies beside no fused disc.
#[test]
fn examples_of_the_spine() {
    let fusion = levels(FUSION, 2, &["T10", "T11", "T12"]);
    for date in ["2022-04-01", "2024-05-31", "2024-06-01", R6] {
        let sum = |orders: Value| points(&only(date, orders));
        assert_eq!(sum(json!([fusion, levels(OPENING, 1, &["T11"])])), 32_890 + 16_445);
        assert_eq!(sum(json!([fusion, levels(OPENING, 1, &["T9"])])), 32_890 + 16_445 + 6655);
        assert_eq!(sum(json!([levels(OPENING, 1, &["T9"]), fusion])), 55_990);
        // As a claim writes it, with the addition for the further arch.
        let addition = json!([{ "procedure": "150369270", "quantity": 1 }]);
        let claim = json!([{ "procedure": FUSION, "quantity": 2, "additions": addition }]);
        assert_eq!(sum(claim), 55_990);
    }
    let calculation = calculate(&only(R6, json!([fusion, levels(OPENING, 1, &["T11"])])));
    assert_eq!(verdict(&calculation, OPENING), Bundled);
}

/// 注2: beside a fused disc lie the arches above and below it; a fusion from the front holds none.
#[test]
fn what_a_fusion_holds() {
    let fusion = || levels(FUSION, 1, &["L4", "L5"]);
    assert_eq!(charged(json!([fusion(), levels(OPENING, 2, &["L4", "L5"])])), 32_890);
    assert_eq!(charged(json!([fusion(), levels(OPENING, 2, &["L3", "L4"])])), 32_890 + 6655);
    assert_eq!(charged(json!([fusion(), levels(OPENING, 1, &["S1"])])), 32_890 + 6655);
    assert_eq!(charged(json!([fusion(), levels(SHAPING, 1, &["L3"])])), 32_890 + 12_130);
    assert_eq!(charged(json!([levels(FRONT, 1, &["L4", "L5"]), levels(OPENING, 1, &["L4"])])), 41_710 + 6655);
    // Without the levels nobody knows.
    let open = json!([{ "procedure": FUSION, "quantity": 1 }, { "procedure": OPENING, "quantity": 1 }]);
    let open = calculate(&only(R6, open));
    assert_eq!((verdict(&open, FUSION), verdict(&open, OPENING)), (Charged, NeedsReview));
    // Numbers and levels must agree: three vertebrae have two discs between them, or one gap.
    let wrong = |order: Value| verdict(&calculate(&only(R6, json!([order]))), FUSION);
    assert_eq!(wrong(levels(FUSION, 3, &["T10", "T11", "T12"])), NeedsReview);
    assert_eq!(wrong(levels(FUSION, 2, &["T10", "T12"])), NeedsReview);
    assert_eq!(wrong(levels(FUSION, 1, &["T10", "T10", "T11"])), NeedsReview);
    assert_eq!(wrong(levels(FUSION, 1, &["C7", "T1"])), Charged);
}

/// 注1: four further levels at most, of all operations together; the main one is the highest.
#[test]
fn four_further_levels() {
    for (discs, more) in [(1, 0), (2, 1), (5, 4), (6, 4)] {
        assert_eq!(charged(json!([{ "procedure": FUSION, "quantity": discs }])), 32_890 + 16_445 * more);
    }
    let both =
        |arches: u32| json!([{ "procedure": OPENING, "quantity": arches }, { "procedure": SHAPING, "quantity": 1 }]);
    assert_eq!(charged(both(1)), 24_260 + 6655);
    assert_eq!(charged(both(4)), 24_260 + 4 * 6655);
    assert_eq!(charged(both(5)), 24_260 + 4 * 6655);
    // Which of unlike ones falls away, nobody says.
    let unlike = json!([
        { "procedure": OPENING, "quantity": 4 },
        { "procedure": SHAPING, "quantity": 2 },
    ]);
    assert_eq!(verdict(&calculate(&only(R6, unlike)), OPENING), NeedsReview);
    let high = json!([levels(BOTH, 1, &["L4", "L5"]), levels(FRONT, 1, &["L2", "L3"])]);
    assert_eq!(charged(high), 74_580 + 20_855);
}

/// K 通則8: a child's addition is of all levels.
#[test]
fn a_childs_spine() {
    let orders = json!([levels(FUSION, 2, &["T10", "T11", "T12"]), levels(OPENING, 1, &["T9"])]);
    assert_eq!(points(&born(only(R6, orders.clone()), "2021-06-01")), 55_990 + 27_995);
    assert_eq!(points(&born(only(R6, orders), "2020-05-31")), 55_990);
    let addition = json!([{ "procedure": "150369270", "quantity": 1 }]);
    let claim = json!([{ "procedure": FUSION, "quantity": 2, "additions": addition }]);
    assert_eq!(points(&born(only(R6, claim), "2021-06-01")), 55_990 + 27_995);
}

/// 通則14: two operations in one field, in different fields, in fields that nobody named; at half where the list of the
/// ministry says so, which the claim shows by its addition; with a graft each one.
#[test]
fn two_operations() {
    let (small, large) = ("150001010", "150001110"); // 創傷処理 530, 950
    let at = |code: &str, site: &str| json!({ "procedure": code, "site": site });
    let sum = |orders: Value| points(&only("2026-07-01", orders));
    assert_eq!(sum(json!([at(small, "left hand"), at(large, "right knee")])), 530 + 950);
    // A child's addition goes with each of them, also where both are the same operation.
    let child = only("2026-07-15", json!([at(small, "left hand"), at(small, "right knee")]));
    assert_eq!(points(&born(child, "2024-07-15")), 2 * 1060);
    let review = |orders: Value| {
        let calculation = calculate(&only("2026-07-01", orders));
        (verdict(&calculation, small), verdict(&calculation, large))
    };
    assert_eq!(review(json!([at(small, "left hand"), at(large, "left hand")])), (NeedsReview, Charged));
    assert_eq!(review(json!([{ "procedure": small }, { "procedure": large }])), (NeedsReview, Charged));
    assert_eq!(review(json!([{ "procedure": small }, at(large, "left hand")])), (NeedsReview, Charged));
    let half = json!({ "procedure": small, "site": "left hand", "additions": [{ "procedure": "150268970" }] });
    assert_eq!(sum(json!([half, at(large, "left hand")])), 265 + 950);
    assert_eq!(sum(json!([at(large, "left hand"), half])), 265 + 950);
    let twice = calculate(&only("2026-07-01", json!([{ "procedure": small, "count": 2 }])));
    assert_eq!(verdict(&twice, small), NeedsReview);
}

fn transfusion(day: &str, code: &str, amounts: &[u32]) -> Value {
    let orders: Value = amounts.iter().map(|amount| json!({ "procedure": code, "quantity": amount })).collect();
    json!({ "date": day, "consultation": "none", "orders": orders })
}

const STORED: &str = "150224910";
const STORED_MORE: &str = "150286310";

/// PT-025: stored blood on three days, 400 mL each, as one series: 450 + 350 × 5.
#[test]
fn a_series_of_transfusions() {
    for days in [["2022-04-01", "2022-04-02", "2022-04-03"], ["2026-05-31", "2026-06-01", "2026-06-02"]] {
        let visits: Value = days.iter().map(|day| transfusion(day, STORED, &[400])).collect();
        assert_eq!(points(&at_clinic(visits)), 2200);
        // The days before may be known from the history.
        let last = at_clinic(json!([transfusion(days[2], STORED, &[400])]));
        let history = json!([{ "date": days[0], "procedure": STORED }, { "date": days[1], "procedure": STORED_MORE }]);
        assert_eq!(points(&with(last.clone(), "history", history)), 700);
        assert_eq!(points(&last), 800);
    }
    // By the code for what follows, without a history: as it was entered.
    assert_eq!(points(&at_clinic(json!([transfusion("2026-07-01", STORED_MORE, &[400])]))), 700);
    // About a week is a series: the seventh day is in it, the eighth is not, and the line says that it rests on that.
    let two =
        |day: &str| at_clinic(json!([transfusion("2026-07-01", STORED, &[200]), transfusion(day, STORED, &[200])]));
    assert_eq!(points(&two("2026-07-07")), 450 + 350);
    assert_eq!(points(&two("2026-07-08")), 450 + 450);
    let calculation = calculate(&two("2026-07-08"));
    assert_eq!(lines(&calculation, STORED)[1].certainty, santei::master::Certainty::Unverified);
    assert!(lines(&calculation, STORED)[0].certainty < santei::master::Certainty::Unverified);
    // 自家採血輸血 is another kind.
    let kinds = json!([transfusion("2026-07-01", STORED, &[200]), transfusion("2026-07-02", "150224810", &[400])]);
    assert_eq!(points(&at_clinic(kinds)), 450 + 750 + 650);
}

/// (1): each 200 mL or part of it, of one day together.
#[test]
fn by_200_ml_of_a_day() {
    let day = |amounts: &[u32]| points(&at_clinic(json!([transfusion("2026-07-01", STORED, amounts)])));
    for (amount, figure) in [(1, 450), (200, 450), (201, 800), (400, 800), (401, 1150), (1000, 1850)] {
        assert_eq!(day(&[amount]), figure, "{amount} mL");
    }
    assert_eq!(day(&[100, 100]), 450);
    assert_eq!(day(&[140, 140]), 800);
    assert_eq!(day(&[280, 120, 1]), 1150);
}

/// PT-026: 30 mL made from 200 mL count as 30, 230 mL made from 200 mL as 200; of a day together.
#[test]
fn what_it_was_made_from() {
    let order = |given: u32, source: u32| json!({ "procedure": STORED, "quantity": given, "source_quantity": source });
    let quantity = |orders: Value| {
        let calculation = calculate(&only("2026-07-01", orders));
        lines(&calculation, STORED)[0].quantity.clone().unwrap()
    };
    assert_eq!(quantity(json!([order(30, 200)])), "30");
    assert_eq!(quantity(json!([order(230, 200)])), "200");
    assert_eq!(points(&only("2026-07-01", json!([order(230, 200)]))), 450);
    assert_eq!(points(&only("2026-07-01", json!([{ "procedure": STORED, "quantity": 230 }]))), 800);
    // 30 of 200 and 230 of 200: 260 given, of 400.
    assert_eq!(quantity(json!([order(30, 200), order(230, 200)])), "260");
    assert_eq!(quantity(json!([order(300, 200), order(230, 200)])), "400");
    let some = calculate(&only("2026-07-01", json!([order(230, 200), { "procedure": STORED, "quantity": 200 }])));
    assert!(!some.statement.settled);
    assert!(lines(&some, STORED).iter().all(|line| line.verdict != Charged));
}

/// What belongs elsewhere, or is none.
#[test]
fn refused_places() {
    let order = |field: &str, value: Value| {
        let mut order = json!({ "procedure": "160068410" });
        order[field] = value;
        refused(&only("2026-07-01", json!([order])))
    };
    assert!(order("levels", json!(["T9"])).contains("visits[0].orders[0].levels"));
    assert!(order("levels", json!(["T13"])).contains("`T13` is no vertebra"));
    assert!(order("source_quantity", json!(200)).contains("visits[0].orders[0].source_quantity"));
    assert!(order("site", json!(" ")).contains("visits[0].orders[0].site"));
    assert!(order("site", json!("x".repeat(101))).contains("101 characters"));
    let blood = |source: Value| json!([{ "procedure": STORED, "quantity": 200, "source_quantity": source }]);
    for source in [json!(0), json!(-1), json!("1e1"), json!(100_000_000), json!("1.001")] {
        assert!(refused(&only("2026-07-01", blood(source))).contains("source_quantity"));
    }
}

/// The operations of K142 as 2026 divides them by region, under made-up codes: the codes of 2026 are not at hand, their
/// numbers in the notification are.
fn by_region() -> Masters {
    let header = "code,from,last_day,name,unit_code,unit,point_kind,points,section_out,step,step_low,step_high,step_size,step_points,step_error,notice_1,notice_2,fee_item,item_no,certainty,source";
    let row = |(code, unit, points, number): (u32, &str, u32, u32)| {
        let half = points / 2;
        format!(
            "\n{code},2026-06-01,,手術,{unit},3,{points},500,1,1,5,1,{half},1,1,1,K142,{number},unverified,notice-r8-69"
        )
    };
    let (discs, arches) = ("122,椎間", "127,椎弓");
    let rows = [
        (150_999_910, discs, 41_710, 2),   // 胸椎前方椎体固定術
        (150_999_920, discs, 32_890, 6),   // 胸椎後方又は後側方固定術
        (150_999_930, discs, 74_580, 16),  // 仙椎前方後方同時固定術
        (150_999_940, arches, 13_310, 18), // 胸椎椎弓切除術
        (150_999_950, arches, 24_260, 24), // 仙椎椎弓形成術
    ];
    let text: String = std::iter::once(header.to_owned()).chain(rows.into_iter().map(row)).collect();
    let (rows, faults) = standard::read(schema::schema(MasterKind::Procedure), "procedures.csv", &text);
    assert!(faults.is_empty(), "{faults}");
    let mut set = MasterSet::default();
    for row in rows {
        set.push(MasterKind::Procedure, row);
    }
    let mut masters = Masters::standard().unwrap();
    masters.add_pack(set.write().unwrap()).unwrap();
    masters
}

/// K142(1) 例1, 例2 of 2026 (PT-021): 「６」胸椎後方又は後側方固定術 and 「18」胸椎椎弓切除術.
#[test]
fn the_spine_of_2026() {
    let masters = by_region();
    let charged = |orders: Value| {
        let encounter = only("2026-06-01", orders);
        let calculation = calculate_json(&masters, &encounter.to_string(), &Options::default()).unwrap();
        assert!(calculation.statement.settled, "{}", calculation.to_json());
        calculation.statement.total_points.get()
    };
    let fusion = || levels("150999920", 2, &["T10", "T11", "T12"]);
    let opening = |level: &str| levels("150999940", 1, &[level]);
    assert_eq!(charged(json!([fusion(), opening("T11")])), 32_890 + 16_445);
    assert_eq!(charged(json!([fusion(), opening("T9")])), 32_890 + 16_445 + 6655);
    // The first and the last number of each range.
    assert_eq!(charged(json!([levels("150999910", 1, &["T10", "T11"]), opening("T11")])), 41_710 + 6655);
    let both = json!([levels("150999930", 1, &["S1", "S2"]), levels("150999950", 2, &["S2", "S3"])]);
    assert_eq!(charged(both), 74_580 + 12_130);
}
