//! Additions on their base, at most as the tables allow, and those for urgency. Sources: マスターファイル仕様説明書 別紙7-6・7-7・7-8,
//! 告示 令和8年第69号 J 通則5・K 通則12・L 通則3・D 内視鏡検査 通則5 and the circular to them.

use crate::{
    d_tests::{born, only},
    support::{
        Charged, Excluded, Limited, NeedsReview, Value, Verdict, at_clinic, calculate, json, lines, points, refused,
        verdict, with,
    },
};

fn with_additions(code: &str, additions: &[&str]) -> Value {
    let additions: Vec<Value> = additions.iter().map(|code| json!({ "procedure": code })).collect();
    only("2025-07-01", json!([{ "procedure": code, "additions": additions }]))
}

fn of(encounter: &Value, code: &str) -> Verdict {
    verdict(&calculate(encounter), code)
}

/// 別紙7-7 1: the 注加算コード of the addition must be that of the base.
#[test]
fn an_addition_belongs_to_its_base() {
    // 造影剤使用加算 goes with a CT, not with a wound; 電子画像管理加算 goes with images (E 第1節 通則4).
    assert_eq!(of(&with_additions("170011810", &["170012070"]), "170012070"), Charged);
    assert_eq!(of(&with_additions("150001010", &["170012070"]), "170012070"), Excluded);
    assert_eq!(of(&with_additions("150001010", &["170000210"]), "170000210"), Excluded);
    // The general age addition of operations does not go with a treatment, nor the reduction of tests with an operation.
    assert_eq!(of(&with_additions("140000610", &["150000290"]), "150000290"), Excluded);
    assert_eq!(of(&with_additions("150001010", &["160000190"]), "160000190"), Excluded);
    // 処置乳幼児加算 by its own column (46): an ear treatment of a child has another one than a wound.
    let child = |addition: &str| born(with_additions("140000610", &[addition]), "2025-01-01");
    for addition in ["140049170", "140049470"] {
        assert_ne!(of(&child(addition), addition), Charged, "{addition}");
    }
    // Left alone, a percentage or an addition without a base is an open question, not a refusal of the visit.
    for addition in ["160000190", "150000290", "113030470"] {
        let mut order = json!({ "procedure": addition });
        if addition == "113030470" {
            order["quantity"] = json!(1);
        }
        assert_eq!(of(&born(only("2026-07-01", json!([order])), "2025-01-01"), addition), NeedsReview);
    }
}

/// 別紙7-7 2: of one 注加算通番 a base takes one. 時間外対応加算 of a revisit have one 通番.
#[test]
fn one_of_a_serial() {
    let head = |additions: Value| {
        born(only("2026-07-01", json!([{ "procedure": "170011810", "additions": additions }])), "2023-06-01")
    };
    // CT of a child of three: the ordinary age addition is derived, that of a head injury replaces it; 450 for the diagnosis.
    let plain = calculate(&head(json!([])));
    assert_eq!(plain.statement.total_points.get(), 900 + 270 + 450);
    let injured = calculate(&head(json!([{ "procedure": "170037870" }])));
    assert_eq!(injured.statement.total_points.get(), 900 + 315 + 450);
    assert!(lines(&injured, "170040070").is_empty());
    let both = calculate(&head(json!([{ "procedure": "170037870" }, { "procedure": "170040070" }])));
    assert_eq!((verdict(&both, "170037870"), verdict(&both, "170040070")), (NeedsReview, NeedsReview));
}

/// 上限回数 (36, 37): with 1 the limit is charged.
#[test]
fn more_often_than_a_row_allows() {
    let judged = only("2026-07-01", json!([{ "procedure": "160146910", "count": 3 }]));
    let calculation = calculate(&judged);
    let found: Vec<_> = lines(&calculation, "160146910").iter().map(|line| (line.verdict, line.count)).collect();
    assert_eq!(found, [(Charged, 1), (Limited, 2)]);
    assert_eq!(calculation.statement.total_points.get(), 140);
}

/// D205, D238, D241: one judgement for what was done (検査等実施判断 50・51).
#[test]
fn judgement_of_physiological_tests() {
    // スパイログラフィー 肺気量分画 90.
    let once = only("2026-07-01", json!([{ "procedure": "160062610" }]));
    let calculation = calculate(&once);
    assert_eq!(lines(&calculation, "160146910").len(), 1, "{}", calculation.to_json());
    let again = with(once, "history", json!([{ "date": "2026-07-01", "procedure": "160146910" }]));
    assert_eq!(of(&again, "160146910"), Limited);
}

fn at(class: &str, order: Value) -> Value {
    at_clinic(json!([
        { "date": "2026-07-05", "consultation": "revisit", "time_class": class, "orders": [order] }
    ]))
}

/// What an urgent order brings on top of its base.
fn urgent(class: &str, code: &str, addition: &str) -> Option<i64> {
    let calculation = calculate(&at(class, json!({ "procedure": code, "urgent": true })));
    let lines = lines(&calculation, addition);
    lines.first().and_then(|line| line.total).map(|points| points.get())
}

/// J 通則5 ロ: 鼻出血止血法 (240) at 40, 80 or 80 of 100; K 通則12 ロ: a wound (530); D 通則5: gastroscopy (1,140).
#[test]
fn begun_in_urgency() {
    for (class, j, k, d, percent) in [
        ("after_hours", "140000190", "150000490", "160204070", 40),
        ("holiday", "140000290", "150000590", "160203970", 80),
        ("late_night", "140000390", "150000690", "160204170", 80),
        ("emergency_night", "140000490", "150000790", "160204270", 40),
    ] {
        assert_eq!(urgent(class, "140021810", j), Some(240 * percent / 100), "{class}");
        assert_eq!(urgent(class, "150001010", k), Some(530 * percent / 100), "{class}");
        assert_eq!(urgent(class, "160093810", d), Some(1140 * percent / 100), "{class}");
        // Below 150 points a treatment has none, whatever the input says.
        assert_eq!(urgent(class, "140000610", j), None, "{class}");
    }
    // 夜間・早朝等加算 brings none, nor do the hours shown.
    for class in ["early_or_late", "in_hours"] {
        assert_eq!(urgent(class, "140021810", "140000190"), None);
    }
    // Not said, it is asked for where it makes a difference; said no, there is none.
    assert_eq!(of(&at("holiday", json!({ "procedure": "150001010" })), "150001010"), NeedsReview);
    assert_eq!(of(&at("holiday", json!({ "procedure": "140000610" })), "140000610"), Charged);
    let refused = at("holiday", json!({ "procedure": "150001010", "urgent": false }));
    assert_eq!(of(&refused, "150001010"), Charged);
    assert!(lines(&calculate(&refused), "150000590").is_empty());
}

/// K 通知9・15: the age and the time additions are both taken of the figure alone: 530 × (1 + 1.0 + 0.8).
#[test]
fn urgency_and_age() {
    let order = json!({ "procedure": "150001010", "urgent": true });
    let child = born(at("holiday", order), "2024-01-01");
    let calculation = calculate(&child);
    let surgery = calculation.statement.visits[0].sections.iter().find(|section| section.section == "50").unwrap();
    assert_eq!(surgery.points.get(), 530 + 530 + 424);
}

/// K 通則12 イ for a facility that has registered it, of which the input does not tell the department.
#[test]
fn registered_urgency() {
    let order = |additions: Value| json!({ "procedure": "150001010", "urgent": true, "additions": additions });
    let hospital = |order: Value| {
        let facility =
            json!({ "kind": "hospital", "general_beds": 100, "permitted_beds": 100, "registrations": [3397] });
        with(at("holiday", order), "facility", facility)
    };
    assert_eq!(of(&hospital(order(json!([]))), "150371290"), NeedsReview);
    let said = calculate(&hospital(order(json!([{ "procedure": "150371290" }]))));
    let line = lines(&said, "150371290");
    assert_eq!(line[0].total.map(|points| points.get()), Some(848), "{:?}", line[0].reasons);
}

/// 点数識別 4 and 7: what the claim gives; for any other row that is a contradiction.
#[test]
fn points_that_the_claim_gives() {
    let wound = only("2026-07-01", json!([{ "procedure": "150001010", "points": 1 }]));
    assert!(refused(&wound).contains("visits[0].orders[0].points"));
    assert_eq!(points(&only("2026-07-01", json!([{ "procedure": "150001010" }]))), 530);
}
