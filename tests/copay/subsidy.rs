//! Programmes of municipalities by the rows of a made-up file in the layout of the 地単公費 master.

use santei::{
    copay::settle_month,
    fee::InputErrorKind,
    master::{Certainty, Masters, official::read_file},
};

use crate::*;

/// A row: 公費負担者番号, 事業内区分コード and these columns.
fn row(number: &str, benefit: &str, values: &[(usize, &str)]) -> String {
    let column = |column: usize| match (values.iter().find(|(at, _)| *at == column), column) {
        (Some((_, value)), _) => *value,
        (None, 1) => "こども医療費助成",
        (None, 3) => "13",
        (None, 4) => "131016",
        (None, 8) => number,
        (None, 9) => benefit,
        (None, 10) => "20260401",
        (None, 11) => "99991231",
        _ => "",
    };
    (1..=94).map(column).collect::<Vec<_>>().join(",") + "\r\n"
}

fn with(rows: &[String]) -> Masters {
    let text = format!("\u{feff}{}", rows.concat());
    let outcome = read_file("m_regional_publicly_funded_all_20260803.csv", text.as_bytes());
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(outcome.set.write().unwrap()).unwrap();
    masters
}

const NUMBER: &str = "80131234";

/// A child of seven with visits of 200, 600, 1000 and 1000 points, the first one a 初診.
fn child(payer: Value) -> Value {
    let visit = |day: &str, points: i64, first: bool| json!({ "date": day, "first_visit": first, "segments": [{ "points": points, "payers": [0] }] });
    json!({
        "birth_date": "2019-06-01", "payers": [payer],
        "visits": [
            visit("2026-11-02", 200, true), visit("2026-11-09", 600, false),
            visit("2026-11-16", 1_000, false), visit("2026-11-24", 1_000, false),
        ],
    })
}

fn due_by(values: &[(usize, &str)]) -> Vec<i64> {
    let masters = with(&[row(NUMBER, "1", values)]);
    let settled = settle_month(&masters, &read(&child(json!({ "number": NUMBER })))).unwrap();
    settled.visits.iter().map(|visit| visit.due.get()).collect()
}

/// The columns that a review names; none when there is a figure.
fn asked(masters: &Masters, month: &Value) -> Vec<String> {
    let Err(refusal) = settle_month(masters, &read(month)) else { return Vec::new() };
    refusal
        .errors
        .iter()
        .map(|error| {
            assert_eq!(error.kind, InputErrorKind::NeedsReview, "{error}");
            assert!(error.path.starts_with("payers[0]."), "{error}");
            error.message.split(' ').nth(1).unwrap().to_owned()
        })
        .collect()
}

/// Per visit, per day, per month, n times a month, by percentage, on first visits, all, and paid back.
#[test]
fn patterns() {
    assert_eq!(due_by(&[(76, "200")]), [200; 4]);
    assert_eq!(due_by(&[(76, "500"), (77, "2")]), [500, 500, 0, 0]);
    assert_eq!(due_by(&[(78, "500"), (79, "2")]), [500, 500, 0, 0]);
    assert_eq!(due_by(&[(80, "1000")]), [600, 400, 0, 0]);
    assert_eq!(due_by(&[(76, "580"), (37, "1")]), [580, 0, 0, 0]);
    assert_eq!(due_by(&[(55, "自己負担"), (57, "10"), (69, "10円"), (70, "切捨て")]), [200, 600, 1_000, 1_000]);
    assert_eq!(due_by(&[(55, "全額助成")]), [0; 4]);
    assert_eq!(due_by(&[(35, "償還払い"), (76, "200")]), [600, 1_800, 3_000, 3_000]);
    assert_eq!(due_by(&[(35, "現物給付"), (76, "200")]), [200; 4]);
    // 0 yen is a limit, a blank column is none.
    assert_eq!(due_by(&[(80, "0")]), [0; 4]);
}

/// Figures alone are as sure as the file; where the meaning of a value is read by its word, the result says so.
#[test]
fn certainty() {
    let certainty = |values: &[(usize, &str)]| {
        let masters = with(&[row(NUMBER, "1", values)]);
        settle_month(&masters, &read(&child(json!({ "number": NUMBER })))).unwrap().certainty
    };
    assert_eq!(certainty(&[(76, "200")]), Certainty::Official);
    assert_eq!(certainty(&[(17, "1"), (76, "200")]), Certainty::Unverified);
    let masters = with(&[row(NUMBER, "1", &[(17, "1"), (76, "200")])]);
    let mut strict = child(json!({ "number": NUMBER }));
    strict["strict"] = json!(true);
    let refusal = settle_month(&masters, &read(&strict)).unwrap_err();
    assert_eq!(refusal.errors[0].kind, InputErrorKind::Unverified);
}

/// What a column says and the engine cannot follow asks for a review and gives no figure.
#[test]
fn what_cannot_be_followed() {
    for (values, column) in [
        (&[(76, "200"), (35, "7")][..], "35"),
        (&[(76, "200"), (22, "B")], "22"),
        (&[(76, "200"), (21, "1")], "21"),
        (&[(76, "200"), (42, "3")], "42"),
        (&[(76, "200"), (44, "1")], "44"),
        (&[(76, "200"), (45, "1")], "45"),
        (&[(76, "200"), (55, "3")], "55"),
        (&[(56, "500")], "56"),
        (&[(57, "10")], "57"),
        (&[(58, "1"), (59, "3")], "58"),
        (&[(55, "自己負担"), (57, "10")], "70"),
        (&[(76, "200"), (65, "0")], "65"),
        (&[(76, "200"), (18, "1")], "18"),
        (&[(76, "2OO")], "76"),
        (&[(76, "200"), (14, "学年"), (15, "8")], "14"),
        (&[], "55"),
    ] {
        let masters = with(&[row(NUMBER, "1", values)]);
        let columns = asked(&masters, &child(json!({ "number": NUMBER })));
        assert!(columns.contains(&column.to_owned()), "{values:?}: {columns:?}");
    }
    // Conditions on the person are judged by whoever has the voucher in hand.
    let masters = with(&[row(NUMBER, "1", &[(76, "200"), (22, "B"), (21, "1")])]);
    assert!(asked(&masters, &child(json!({ "number": NUMBER, "eligible": true }))).is_empty());
}

/// The rows that cover the patient: setting, insurance, age.
#[test]
fn who_is_covered() {
    let masters = with(&[
        row(NUMBER, "1", &[(17, "1"), (76, "200"), (15, "6"), (14, "年度末")]),
        row(NUMBER, "1", &[(17, "1"), (76, "300"), (13, "7"), (12, "誕生日"), (15, "18"), (14, "年度末")]),
        row(NUMBER, "1", &[(16, "1"), (71, "500")]),
    ]);
    let on = |birth: &str| {
        let mut month = child(json!({ "number": NUMBER }));
        month["birth_date"] = json!(birth);
        settle_month(&masters, &read(&month)).map(|month| month.visits[0].due.get())
    };
    // 就学前: up to the school year in which six is reached.
    assert_eq!(on("2020-04-02").unwrap(), 200);
    assert_eq!(on("2019-06-01").unwrap(), 300);
    assert_eq!(on("2008-04-02").unwrap(), 300);
    let error = on("2008-04-01").unwrap_err().errors.remove(0);
    assert_eq!((error.kind, error.path.as_str()), (InputErrorKind::Contradiction, "payers[0].number"));
    // Six years old, after the school year of six and before the birthday of seven: no row.
    assert!(on("2020-04-01").is_err());
    // A stay pays by the day: the bill says how many there are.
    let mut stay = child(json!({ "number": NUMBER }));
    stay["visits"] =
        json!([{ "date": "2026-11-10", "setting": "inpatient", "segments": [{ "points": 9_000, "payers": [0] }] }]);
    assert_eq!(settle_month(&masters, &read(&stay)).unwrap_err().errors[0].path, "visits[0].days");
    stay["visits"][0]["days"] = json!(6);
    assert_eq!(settle_month(&masters, &read(&stay)).unwrap().due.get(), 3_000);
    // By insurance.
    let masters = with(&[
        row(NUMBER, "1", &[(18, "1"), (19, "0"), (76, "200")]),
        row(NUMBER, "1", &[(18, "0"), (19, "1"), (76, "400")]),
    ]);
    let by = |insurer: &str| {
        let mut month = child(json!({ "number": NUMBER }));
        month["coverage"] = json!({ "insurer": insurer });
        settle_month(&masters, &read(&month)).unwrap().visits[0].due.get()
    };
    assert_eq!((by("01130012"), by("138057")), (200, 400));
    assert_eq!(asked(&masters, &child(json!({ "number": NUMBER }))), ["18", "18"]);
}

/// Two benefits of one number that differ: the voucher tells which.
#[test]
fn benefits() {
    let masters = with(&[row(NUMBER, "1", &[(76, "200")]), row(NUMBER, "2", &[(76, "500")])]);
    let month = |payer: Value| settle_month(&masters, &read(&child(payer)));
    let error = month(json!({ "number": NUMBER })).unwrap_err().errors.remove(0);
    assert_eq!((error.kind, error.path.as_str()), (InputErrorKind::NeedsReview, "payers[0].benefit"));
    assert_eq!(month(json!({ "number": NUMBER, "benefit": "2" })).unwrap().visits[1].due.get(), 500);
    let error = month(json!({ "number": NUMBER, "benefit": "3" })).unwrap_err().errors.remove(0);
    assert_eq!((error.kind, error.path.as_str()), (InputErrorKind::UnknownCode, "payers[0].benefit"));
    // Before its first day the number is unknown.
    let mut early = child(json!({ "number": NUMBER }));
    early["visits"] = json!([{ "date": "2026-03-31", "segments": [{ "points": 100, "payers": [0] }] }]);
    assert_eq!(settle_month(&masters, &read(&early)).unwrap_err().errors[0].kind, InputErrorKind::UnknownCode);
}

/// Beside 小児慢性: only where the row says that it takes over what that leaves.
#[test]
fn beside_a_national_programme() {
    let month = json!({
        "birth_date": "2015-01-10", "payers": [{ "number": NUMBER }, { "law": "52", "cap": 2500 }],
        "visits": [{ "date": "2026-11-02", "segments": [{ "points": 1000, "payers": [0, 1] }] }],
    });
    let masters = |aid: &str| with(&[row(NUMBER, "1", &[(76, "300"), (90, aid)])]);
    assert_eq!(asked(&masters(""), &month), ["90"]);
    assert_eq!(asked(&masters("0"), &month), ["90"]);
    assert_eq!(settle_month(&masters("1"), &read(&month)).unwrap().due.get(), 300);
}

/// What was paid elsewhere has used up the month's limit.
#[test]
fn paid_elsewhere() {
    let masters = with(&[row(NUMBER, "1", &[(80, "1000")])]);
    let settled = settle_month(&masters, &read(&child(json!({ "number": NUMBER, "paid_elsewhere": 700 })))).unwrap();
    assert_eq!(settled.visits.iter().map(|visit| visit.due.get()).collect::<Vec<_>>(), [300, 0, 0, 0]);
}
