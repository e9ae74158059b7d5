//! 医薬品マスター: columns by their numbers (項番).

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde_json::json;

use super::{Row, Tally, latest, line, masters, visit};

const REASONS: &[&str] = &[
    "price.drug_kind",
    "f200.form",
    "f.gargle_only",
    "f.nutrition",
    "f100.psychotropics_undecided",
    "elective.used_here",
];

/// 薬価が15円以下は1点、15円を超えれば10円またはその端数ごとに1点を加える. What has no price, such as 薬評, has no points.
fn points(price: Decimal) -> i64 {
    if price.is_zero() {
        return 0;
    }
    let fifteen = Decimal::from(15);
    if price <= fifteen { 1 } else { 1 + i64::try_from(((price - fifteen) / Decimal::TEN).ceil()).unwrap() }
}

#[test]
fn every_drug() {
    let Some(masters) = masters() else { return };
    let all = latest("y_20251111.csv", [30, 31]);
    let all: Vec<Row> = all
        .into_iter()
        .filter(|row| matches!(row.text(34), "0" | "00000000" | "") || row.text(34) >= "20251201")
        .collect();
    let by_code: HashMap<&str, &Row> = all.iter().map(|row| (row.text(3), row)).collect();
    let mut tally = Tally::default();
    let mut elective = 0;
    for (place, row) in all.iter().enumerate() {
        let amounts: &[&str] = if row.text(42) == "2" || place % 8 == 0 { &["1", "3", "0.5"] } else { &["1"] };
        for quantity in amounts {
            let amount = json!([{ "drug": row.text(3), "quantity": quantity }]);
            let injected = row.text(28) == "4";
            let visits = if injected {
                let order = json!({ "procedure": "130000510", "drugs": amount });
                json!([{ "date": super::DAY, "consultation": "none", "orders": [order] }])
            } else {
                let (usage, count) = if row.text(28) == "6" { ("external", 1) } else { ("internal", 7) };
                let rps = json!([{ "use": usage, "count": count, "drugs": amount }]);
                let prescriptions = json!([{ "dispensing": "in_house", "rps": rps }]);
                json!([{ "date": super::DAY, "consultation": "none", "prescriptions": prescriptions }])
            };
            let encounter = json!({ "facility": { "kind": "clinic" }, "patient": { "birth_date": "1985-06-15" }, "visits": visits });
            let visit = visit(masters, &encounter);
            let path = if injected { "visits[0].orders[0].drugs" } else { "visits[0].prescriptions[0].rps[0]" };
            let line = line(&visit, path);
            let times: Decimal = quantity.parse().unwrap();
            let expected = (row.text(11) == "1").then(|| points(row.decimal(12) * times));
            tally.count(&format!("{} {} × {quantity}", row.text(3), row.text(5)), line, expected, REASONS);
            // 選定療養区分 2: what the insurance does not pay is the difference to the row that 41 names.
            if row.text(42) == "2" && !injected && line.points.is_some() {
                let special = (by_code[row.text(41)].decimal(12) - row.decimal(12)) * times;
                let [care] = visit.elective_care.as_slice() else {
                    panic!("{} has {:?}", row.text(3), visit.elective_care)
                };
                let count = i64::from(line.count);
                assert_eq!(care.amount.unwrap().get(), points(special) * count * 11, "{} {}", row.text(3), row.text(5));
                elective += 1;
            } else {
                assert!(visit.elective_care.iter().all(|care| care.amount.is_none()), "{}", row.text(3));
            }
        }
    }
    tally.print("rows of 医薬品, some at three amounts");
    println!("  {elective} special charges");
    assert!(tally.of("charged at the figure of the row") > 18_000 && elective > 2_000);
}
