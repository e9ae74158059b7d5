//! Tests: rounding, judgement, collection, age, the second time in a month. Sources: 告示 令和8年第69号 (notification), 保医発
//! 0305第6号 (circular), マスターファイル仕様説明書 (master specification), claims of 2021-10 (case ids PT-…).

use crate::support::{
    Bundled, Charged, Excluded, Limited, NeedsReview, Value, at_clinic, calculate, json, lines, points, verdict, with,
};

/// What was done on a day, without a consultation.
pub(crate) fn only(date: &str, orders: Value) -> Value {
    at_clinic(json!([{ "date": date, "consultation": "none", "orders": orders }]))
}

pub(crate) fn born(encounter: Value, day: &str) -> Value {
    with(encounter, "patient", json!({ "birth_date": day }))
}

fn section(encounter: &Value, section: &str) -> i64 {
    let calculation = calculate(encounter);
    assert!(calculation.statement.settled, "{}", calculation.to_json());
    let visits = calculation.statement.visits.iter();
    visits.flat_map(|visit| &visit.sections).filter(|sum| sum.section == section).map(|sum| sum.points.get()).sum()
}

fn blood(codes: &[&str]) -> Value {
    codes.iter().map(|code| json!({ "procedure": code, "specimen": "no_fee" })).collect()
}

fn venous(codes: &[&str]) -> Value {
    codes.iter().map(|code| json!({ "procedure": code, "specimen": "venous_blood" })).collect()
}

const CHEMISTRY: [&str; 11] = [
    "160017410",
    "160018910",
    "160019010",
    "160019210",
    "160022410",
    "160017010",
    "160022510",
    "160022610",
    "160019510",
    "160020010",
    "160020410",
];

/// D007 注 (PT-030, PT-043, PT-151, PT-156; R4 notification), with 採血料 and one judgement fee.
#[test]
fn chemistry_is_rounded() {
    for (date, drawn, ten) in [("2024-05-31", 37, 106), ("2024-06-01", 40, 103), ("2026-06-01", 40, 103)] {
        for (items, figure) in [(5, 93), (7, 93), (8, 99), (9, 99), (10, ten), (11, ten)] {
            let encounter = only(date, venous(&CHEMISTRY[..items]));
            assert_eq!(section(&encounter, "60"), figure + drawn + 144, "{items} items on {date}");
        }
        // Four items: each for itself. 11 + 11 + 11 + 11.
        assert_eq!(section(&only(date, venous(&CHEMISTRY[..4])), "60"), 44 + drawn + 144);
    }
}

/// 検算: 静脈採血 40, D007 注ハ 103, 末梢血液一般 21, 判断料 144 + 125.
#[test]
fn chemistry_and_blood_count() {
    let mut codes = CHEMISTRY.to_vec();
    codes.push("160008010");
    assert_eq!(section(&only("2026-07-01", venous(&codes)), "60"), 433);
}

/// D006 注 and D009 注2 (PT-050, PT-052), and D008, D013, D014 at each revision, on the first and the last day of each.
#[test]
fn tables_of_rounded_tests() {
    let revisions = [["2022-04-01", "2024-05-31"], ["2024-06-01", "2026-05-31"], ["2026-06-01", "2027-06-01"]];
    let clotting = ["160015410", "160015510", "160015610", "160015810", "160015910", "160016010"];
    let markers = ["160036510", "160037210", "160037510", "160036710", "160036910"];
    for (revision, days) in revisions.into_iter().enumerate() {
        for day in days {
            let drawn = if revision == 0 { 37 } else { 40 };
            let sum = |codes: &[&str], judged: i64| section(&only(day, venous(codes)), "60") - drawn - judged;
            assert_eq!([3, 4, 5, 6].map(|items| sum(&clotting[..items], 125)), [530, 530, 722, 722], "{day}");
            let four = [396, 385, 385][revision];
            assert_eq!([2, 3, 4, 5].map(|items| sum(&markers[..items], 144)), [230, 290, four, four], "{day}");
            // One marker, and two tests of clotting, stand for themselves.
            assert_eq!(sum(&markers[..1], 144), 99, "{day}");
            assert!(sum(&clotting[..2], 125) != 530, "{day}");
        }
    }
}

/// D009 注2 and 外来迅速検体検査加算 通知(2) 例 (PT-046, PT-052): two markers are one figure, the addition counts both.
#[test]
fn rapid_results_count_rounded_items() {
    let rapid = json!([{ "procedure": "160177770", "quantity": 1 }]);
    let each = json!([
        { "procedure": "160036510", "specimen": "venous_blood", "additions": rapid },
        { "procedure": "160037210", "specimen": "venous_blood", "additions": rapid },
    ]);
    assert_eq!(section(&only("2026-07-01", each), "60"), 230 + 20 + 40 + 144);
    let together = json!([
        { "procedure": "160036510", "specimen": "venous_blood" },
        { "procedure": "160037210", "specimen": "venous_blood" },
        { "procedure": "160177770", "quantity": 2 },
    ]);
    assert_eq!(section(&only("2026-07-01", together), "60"), 230 + 20 + 40 + 144);
    // Five items a day at most (D 通則3): seven in one line are cut off (上限値 5), the sixth line is one too many.
    let seven = json!([{ "procedure": "160177770", "quantity": 7 }]);
    assert_eq!(section(&only("2026-07-01", seven), "60"), 50);
    let one = |code: &&str| json!({ "procedure": code, "specimen": "venous_blood", "additions": rapid });
    let six: Value = CHEMISTRY[..6].iter().map(one).collect();
    let calculation = calculate(&only("2026-07-01", six));
    let verdicts: Vec<_> = lines(&calculation, "160177770").iter().map(|line| line.verdict).collect();
    assert_eq!(verdicts.iter().filter(|verdict| **verdict == Charged).count(), 5, "{verdicts:?}");
    assert_eq!(verdicts.iter().filter(|verdict| **verdict == Limited).count(), 1, "{verdicts:?}");
}

/// 患者から1回に採取した血液: what was not done on blood does not count, and the input does not tell which it is.
#[test]
fn other_samples_are_not_rounded_in_silence() {
    let calculation = calculate(&only("2026-07-01", blood(&CHEMISTRY[..5])));
    assert_eq!(verdict(&calculation, "160017410"), NeedsReview);
    let calculation = calculate(&only("2026-07-01", venous(&CHEMISTRY[..5])));
    assert_eq!(verdict(&calculation, "160017410"), Bundled);
}

/// D026 注2 (PT-056), 注4 (PT-055).
#[test]
fn judgement() {
    let calculation = calculate(&only("2026-07-01", json!([{ "procedure": "160000310" }])));
    assert_eq!(calculation.statement.total_points.get(), 26);
    let managed = json!([{ "procedure": "160000310" }, { "procedure": "160182770" }]);
    assert_eq!(verdict(&calculate(&only("2026-07-01", managed)), "160182770"), Excluded);
}

/// D026 注1: once a calendar month; 初回検査の実施日.
#[test]
fn one_judgement_a_month() {
    let visit = |date: &str| json!({ "date": date, "consultation": "none", "orders": venous(&["160008010"]) });
    assert_eq!(points(&at_clinic(json!([visit("2026-07-31"), visit("2026-07-01")]))), 2 * (21 + 40) + 125);
    assert_eq!(points(&at_clinic(json!([visit("2026-07-31"), visit("2026-08-01")]))), 2 * (21 + 40 + 125));
}

/// D400 注2: 乳幼児加算 until the day before the sixth birthday.
#[test]
fn blood_of_children() {
    let draw = |date: &str| born(only(date, venous(&["160008010"])), "2020-07-02");
    assert_eq!(points(&draw("2026-07-01")), 21 + 40 + 35 + 125);
    assert_eq!(points(&draw("2026-07-02")), 21 + 40 + 125);
}

/// 生体検査 通則1・2 (PT-164, PT-166, PT-167), each border of age.
#[test]
fn age_of_a_living_test() {
    let ecg = |birth: &str| points(&born(only("2026-07-15", json!([{ "procedure": "160068410" }])), birth));
    assert_eq!(ecg("2026-06-18"), 260); // the 27th day: 100/100
    assert_eq!(ecg("2026-06-17"), 221); // the 28th day: 70/100
    assert_eq!(ecg("2023-07-16"), 221);
    assert_eq!(ecg("2023-07-15"), 182); // three years: 40/100
    assert_eq!(ecg("2020-07-16"), 182);
    assert_eq!(ecg("2020-07-15"), 130);
    let both = json!([{ "procedure": "160068410" }, { "procedure": "160093810" }]);
    assert_eq!(points(&born(only("2026-07-15", both), "2024-07-15")), 2159);
    // A new code of 2026 as well: 精密眼圧（近視進行抑制薬） 82 → 139.4.
    let eye = json!([{ "procedure": "160249210" }]);
    assert_eq!(points(&born(only("2026-07-15", eye), "2024-07-15")), 139);
}

/// マスターファイル仕様説明書 別紙7-1: 超音波 Aモード 150 three times in a month is 150 + 135 + 135.
#[test]
fn the_second_time_in_a_month() {
    let again = |date: &str| json!({ "date": date, "consultation": "none", "orders": [{ "procedure": "160072110" }] });
    let month = at_clinic(json!([again("2026-07-01"), again("2026-07-02"), again("2026-07-31"), again("2026-08-01")]));
    assert_eq!(points(&month), 150 + 135 + 135 + 150);
    assert_eq!(points(&only("2026-07-01", json!([{ "procedure": "160072110", "count": 3 }]))), 150 + 135 + 135);
    let history = |date: &str| {
        with(
            only("2026-07-15", json!([{ "procedure": "160072110" }])),
            "history",
            json!([{ "date": date, "procedure": "160072110" }]),
        )
    };
    assert_eq!(points(&history("2026-07-01")), 135);
    assert_eq!(points(&history("2026-06-30")), 150);
    // 通知 D215(1): another method is the same test on the same part of the body, which only a person knows.
    let unlike = at_clinic(json!([
        { "date": "2026-07-01", "consultation": "none", "orders": [{ "procedure": "160072110" }] },
        { "date": "2026-07-02", "consultation": "none", "orders": [{ "procedure": "160072210" }] },
    ]));
    assert_eq!(verdict(&calculate(&unlike), "160072210"), NeedsReview);
}

/// 生体検査 通知 4: the reduction is taken of what the age addition gives. 130 × 1.7 × 0.9 = 198.9.
#[test]
fn the_second_time_with_an_age_addition() {
    let visit = |date: &str| json!({ "date": date, "consultation": "none", "orders": [{ "procedure": "160068410" }] });
    let infant = born(at_clinic(json!([visit("2026-07-15"), visit("2026-07-16")])), "2024-07-15");
    assert_eq!(points(&infant), 221 + 199);
}

/// E 第3節 通則2 and 通知 3: 80/100 of the figure alone; the contrast addition stays whole.
#[test]
fn the_second_scan_in_a_month() {
    let scan = |date: &str, code: &str| {
        let orders = json!([{ "procedure": code, "additions": [{ "procedure": "170012070" }] }]);
        json!({ "date": date, "consultation": "none", "orders": orders })
    };
    let month = |second: &str| points(&at_clinic(json!([scan("2026-07-01", "170011810"), scan("2026-07-08", second)])));
    // With the diagnosis of the month, 450 (E203).
    assert_eq!(month("170011810"), 900 + 500 + 450 + 720 + 500);
    // 128 rows or more, new in 2026.
    assert_eq!(month("170901710"), 900 + 500 + 450 + 880 + 500);
}

/// D012 注: eight virus antibodies on one sample at most, which asks a person what remains.
#[test]
fn tests_with_a_limit_of_their_own() {
    let codes = [
        "160041610",
        "160041710",
        "160041810",
        "160041910",
        "160042010",
        "160042110",
        "160042210",
        "160042310",
        "160042410",
    ];
    let first = |items: usize| only("2026-07-01", blood(&codes[..items]));
    assert_eq!(points(&first(8)), 8 * 79 + 144);
    assert_eq!(verdict(&calculate(&first(9)), codes[0]), NeedsReview);
}
