//! Materials, oxygen and films: 保医発0305第6号 J201・E400, マスターファイル仕様説明書 別紙5-1, 特定保険医療材料の材料価格算定に関する
//! 留意事項 I 1(2). Originators with generics: 長期収載品の処方等又は調剤に係る選定療養における費用の計算方法 (2024-07-12), 疑義解釈 令和8年 調剤 問20.

use crate::{
    d_tests::{born, only},
    support::{NeedsReview, Value, at_clinic, calculate, json, lines, points, refused, verdict},
};

/// 酸素吸入 (J024) with materials; a day on which the standard materials have prices.
fn inhaled(materials: Value) -> Value {
    only("2025-07-01", json!([{ "procedure": "140005610", "materials": materials }]))
}

const INHALATION: i64 = 65;

fn material(materials: Value) -> i64 {
    points(&inhaled(materials)) - INHALATION
}

/// J201 通知(4): price × litres × 1.3 to whole yen, then ÷ 10. A small cylinder, 180 L: 552.24 → 552 yen → 55 points.
#[test]
fn oxygen() {
    let small = |more: Value| {
        let mut amount = json!({ "material": "739230000", "quantity": 180 });
        amount.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        amount
    };
    assert_eq!(material(json!([small(json!({}))])), 55);
    // Bought for less: 2.00 × 180 × 1.3 = 468 → 46.8 → 47. Bought for more, the listed price counts.
    assert_eq!(material(json!([small(json!({ "price": "2.00" }))])), 47);
    assert_eq!(material(json!([small(json!({ "price": 3 }))])), 55);
    // The claim's own line for the correction changes nothing, that for the pressure multiplies: 1,104.48 → 1,104 → 110.
    assert_eq!(material(json!([small(json!({})), { "material": "770020070" }])), 55);
    assert_eq!(material(json!([small(json!({})), { "material": "770030070", "quantity": 2 }])), 110);
    // 1,041 L of a large one: 0.42 × 1,041 × 1.3 = 568.386 → 568 → 57; exactly half a yen more: 0.19 × 50 × 1.3 = 12.35 → 12 → 1.
    assert_eq!(material(json!([{ "material": "739220000", "quantity": 1041 }])), 57);
    assert_eq!(material(json!([{ "material": "739200000", "quantity": 50 }])), 1);
    // Nitrogen has no correction: 120 yen.
    assert_eq!(material(json!([{ "material": "770040000", "quantity": 1000 }])), 12);
    // Nothing that a correction could correct.
    assert_eq!(verdict(&calculate(&inhaled(json!([{ "material": "770020070" }]))), "770020070"), NeedsReview);
}

/// 材料価格 ÷ 10, halves up; what has no listed price needs the one that was paid.
#[test]
fn purchase_prices() {
    let film = |price: Value| json!([{ "material": "700590000", "quantity": 1, "price": price }]);
    assert_eq!(material(film(json!("24.99"))), 2);
    assert_eq!(material(film(json!(25))), 3);
    assert_eq!(material(json!([{ "material": "700590000", "quantity": 5, "price": 5 }])), 3);
    assert_eq!(verdict(&calculate(&inhaled(json!([{ "material": "700590000" }]))), "700590000"), NeedsReview);
    // D256 通知(6): an instant film has sixteen points at most.
    for (price, figure) in [(154, 15), (155, 16), (164, 16), (165, 16), (200, 16)] {
        let instant = json!([{ "material": "729780000", "quantity": 1, "price": price }]);
        assert_eq!(material(instant), figure, "{price} yen");
    }
    let bad = json!([{ "material": "700590000", "quantity": 0, "price": -1 }]);
    let refused = refused(&inhaled(bad));
    assert!(refused.contains("materials[0].quantity") && refused.contains("materials[0].price"), "{refused}");
    assert!(self::refused_code("700590009").contains("materials[0].material"));
}

fn refused_code(code: &str) -> String {
    refused(&inhaled(json!([{ "material": code }])))
}

/// E400 注1: 1.1 times the price for the chest or the abdomen of a child below six.
#[test]
fn films_of_the_chest() {
    let film = |birth: &str, said: Value| {
        let mut amount = json!({ "material": "700080000", "quantity": 2 });
        if !said.is_null() {
            amount["chest_or_abdomen"] = said;
        }
        let orders = json!([{ "procedure": "170000410", "quantity": 2, "materials": [amount] }]);
        born(only("2025-07-15", orders), birth)
    };
    // 62 × 2 = 124 yen; × 1.1 = 136.4.
    let of = |encounter: &Value| lines(&calculate(encounter), "700080000")[0].points.map(|points| points.get());
    assert_eq!(of(&film("1980-01-01", json!(true))), Some(12));
    assert_eq!(of(&film("2019-07-16", json!(true))), Some(14));
    assert_eq!(of(&film("2019-07-15", json!(true))), Some(12));
    assert_eq!(of(&film("2019-07-16", json!(false))), Some(12));
    assert_eq!(of(&film("2019-07-16", Value::Null)), None);
    // The claim's own line says it too.
    let materials = json!([{ "material": "700080000", "quantity": 2 }, { "material": "799990070" }]);
    let child = born(inhaled(materials), "2022-01-01");
    assert_eq!(of(&child), Some(14));
}

/// A prescription of one originator for the patient, a day at a time.
fn prescribed(date: &str, drugs: Value, count: u32) -> Value {
    let rps = json!([{ "use": "internal", "count": count, "drugs": drugs }]);
    at_clinic(json!([
        { "date": date, "consultation": "none", "prescriptions": [{ "dispensing": "in_house", "rps": rps }] }
    ]))
}

/// The points of the line of drugs and the yen of the special charge.
fn parts(encounter: &Value) -> (Option<i64>, Vec<Option<i64>>) {
    let calculation = calculate(encounter);
    let visit = &calculation.statement.visits[0];
    let line = visit.lines.iter().find(|line| !line.drugs.is_empty()).unwrap();
    let care = visit.elective_care.iter().map(|care| care.amount.map(|yen| yen.get())).collect();
    (line.points.map(|points| points.get()), care)
}

/// リバロ錠2mg: 34.5 yen, 32.22 for the insurance when the patient wants it.
#[test]
fn an_originator_by_its_own_row() {
    let drug = |more: Value| {
        let mut drug = json!({ "drug": "620000423", "quantity": 1 });
        drug.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([drug])
    };
    // 34.5 yen → 3 points a day; 32.22 → 3, and 2.28 → 1 point, 10 yen, 11 with the tax, on 28 days.
    assert_eq!(parts(&prescribed("2025-07-01", drug(json!({})), 28)), (Some(3), vec![]));
    let wanted = prescribed("2025-07-01", drug(json!({ "choice": "patient" })), 28);
    assert_eq!(parts(&wanted), (Some(3), vec![Some(308)]));
    let by_code = prescribed("2025-07-01", json!([{ "drug": "670000423", "quantity": 1 }]), 28);
    assert_eq!(parts(&by_code), (Some(3), vec![Some(308)]));
    assert_eq!(lines(&calculate(&wanted), "670000423").len(), 1);
    for choice in ["medical_need", "unavailable"] {
        assert_eq!(parts(&prescribed("2025-07-01", drug(json!({ "choice": choice })), 28)), (Some(3), vec![]));
    }
    // No part of the points, and none of the share.
    let calculation = calculate(&wanted);
    assert_eq!(calculation.statement.total_points.get(), 42 + 11 + 3 * 28);
    assert_eq!(calculation.copay[0].cost.get(), 1370);
    let contradiction = json!([{ "drug": "670000423", "quantity": 1, "choice": "medical_need" }]);
    assert!(refused(&prescribed("2025-07-01", contradiction, 28)).contains("drugs[0].choice"));
}

/// 所定単位ごと: the drugs of one 剤 are added up on both sides; several 剤 have a charge each.
#[test]
fn several_drugs_in_one_dose() {
    let choice = |code: &str, quantity: u32| json!({ "drug": code, "quantity": quantity, "choice": "patient" });
    // (32.22 × 2) + (9.15 × 2) + 10.8 = 93.54 → 9; (2.28 × 2) + (0.95 × 2) = 6.46 → 1.
    let plain = json!({ "drug": "620452801", "quantity": 1 });
    let drugs = json!([choice("620000423", 2), choice("620000167", 2), plain]);
    assert_eq!(parts(&prescribed("2025-07-01", drugs, 14)), (Some(9), vec![Some(14 * 11)]));
    // 2.28 × 7 = 15.96 → 2 points.
    assert_eq!(parts(&prescribed("2025-07-01", json!([choice("620000423", 7)]), 14)).1, vec![Some(2 * 14 * 11)]);
}

/// The share by date: a quarter to 2026-05-31, a half from 2026-06-01; before 2024-10-01 none. 計算方法 第3(1): (100.0 − 49.3) ×
/// 1/4 = 12.675 → 12.68.
#[test]
fn the_share_of_the_difference() {
    let drug =
        |generic: &str| json!([{ "drug": "620000420", "quantity": 1, "choice": "patient", "generic_price": generic }]);
    // マクサルトRPD錠10mg: 177.6 yen from 2026-04-01. Of 100 yen a quarter is 25 → 2 points, a half is 50 → 5.
    assert_eq!(parts(&prescribed("2026-05-31", drug("77.6"), 10)), (Some(15), vec![Some(2 * 10 * 11)]));
    assert_eq!(parts(&prescribed("2026-06-01", drug("77.6"), 10)), (Some(13), vec![Some(5 * 10 * 11)]));
    // 50.7 of difference: 12.675 → 12.68, so 164.92 remain: 16 points; a half 25.35: 152.25, 15 points, and 25.35 → 3.
    assert_eq!(parts(&prescribed("2026-05-31", drug("126.9"), 10)), (Some(16), vec![Some(10 * 11)]));
    assert_eq!(parts(&prescribed("2026-06-01", drug("126.9"), 10)), (Some(15), vec![Some(3 * 10 * 11)]));
    // Without the generics' price nothing tells the parts; a generic that costs as much leaves none.
    let unknown = json!([{ "drug": "620000420", "quantity": 1, "choice": "patient" }]);
    assert_eq!(parts(&prescribed("2026-07-01", unknown, 10)), (None, vec![]));
    assert_eq!(parts(&prescribed("2026-07-01", drug("177.6"), 10)), (Some(18), vec![]));
    // On 2024-09-30 a patient's wish costs nothing yet; of what follows the standard masters do not say which drugs it is.
    let early = json!([{ "drug": "620000423", "quantity": 1, "choice": "patient" }]);
    assert_eq!(parts(&prescribed("2024-09-30", early.clone(), 10)), (Some(4), vec![]));
    assert_eq!(parts(&prescribed("2024-10-01", early, 10)), (None, vec![]));
}
