//! Payers of single orders, oxygen, comments behind an order, notes.

use santei::claim::{compose, text::Encoding};
use serde_json::{Value, json};

use super::{checked, findings, masters, month, text};

fn patient(orders: &Value) -> Value {
    json!({
        "name": "山田　太郎", "birth_date": "1980-04-01", "sex": "male",
        "insurance": { "insurer": checked("0113001"), "symbol": "１２", "number": "３４", "branch": "01" },
        "diseases": [{ "disease": "8833421", "start": "2026-04-01", "main": true }],
        "visits": [{ "date": "2026-07-01", "consultation": "revisit", "orders": orders }],
    })
}

fn written(month: &Value) -> compose::Composed {
    let composed = compose::compose(masters(), &compose::parse(&month.to_string()).unwrap()).unwrap();
    let bytes = composed.to_bytes(Encoding::Cp932).unwrap();
    assert!(composed.left_out.is_empty(), "{:?}", composed.left_out);
    assert_eq!(findings(&bytes), Vec::<String>::new(), "{}", text(&composed));
    composed
}

/// One of two tests of a visit falls under a public payer, and with it its judgement fee.
#[test]
fn a_payer_of_one_order() {
    let mut own = patient(&json!([{ "procedure": "160008010", "specimen": "no_fee" },
        { "procedure": "160054710", "specimen": "no_fee" }]));
    own["payers"] = json!([{ "number": checked("5413601"), "recipient": checked("123456"), "cap": 5000,
        "parts": ["visits[0].orders[1]"] }]);
    let text = text(&written(&month(&[own])));
    let mixes: Vec<(&str, &str)> = text
        .lines()
        .filter(|line| line.starts_with("SI"))
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            (fields[3], fields[2])
        })
        .collect();
    for (code, mix) in [("160008010", "1"), ("160061810", "1"), ("160054710", "2"), ("160062110", "2")] {
        assert!(mixes.contains(&(code, mix)), "{code} {mix}: {text}");
    }
    // 末梢血液一般検査 and its judgement fee are not among the payer's points.
    let payer: Vec<&str> = text.lines().find(|line| line.starts_with("KO")).unwrap().split(',').collect();
    assert_eq!(payer[5], "160", "{text}");
}

/// What is not said stays open: the taking of blood for tests of both.
#[test]
fn an_open_part_is_left_out() {
    let mut own = patient(&json!([{ "procedure": "160008010" }, { "procedure": "160054710" }]));
    own["payers"] = json!([{ "number": checked("5413601"), "recipient": checked("123456"), "cap": 5000,
        "parts": ["visits[0].orders[1]"] }]);
    let composed = compose::compose(masters(), &compose::parse(&month(&[own.clone()]).to_string()).unwrap()).unwrap();
    assert!(composed.left_out[0].why[0].contains("Ｂ－Ｖ"), "{:?}", composed.left_out);
    own["payers"][0]["parts"] = json!(["visits[0].orders[1]", "visits[0].160095710"]);
    assert!(text(&written(&month(&[own]))).contains(",2,160095710,"));
}

/// Oxygen of J024 with its litres, price and 補正率 in one unit; a comment behind the order; a note of the input.
#[test]
fn oxygen_with_its_correction() {
    let mut own = patient(&json!([{ "procedure": "140005610",
        "materials": [{ "material": "739220000", "quantity": 180, "price": "0.3" }] }]));
    own["visits"][0]["date"] = json!("2026-05-11");
    own["diseases"][0]["start"] = json!("2026-05-01");
    own["remarks"] = json!([{ "path": "visits[0].orders[0]", "code": "810000001", "text": "酸素の購入単価を記載" }]);
    own["notes"] = json!(["96"]);
    let mut month = month(&[own]);
    month["month"] = json!("2026-05");
    let text = text(&written(&month));
    // 0.3 yen × 180 litres × 1.3 = 70 yen, 7 points.
    assert!(text.contains("TO,,1,739220000,180,,1,037,0.3,,"), "{text}");
    assert!(text.contains("TO,,1,770020070,,7,1,,,,"), "{text}");
    assert!(text.contains("CO,,1,810000001,酸素の購入単価を記載"), "{text}");
    let header: Vec<&str> = text.lines().find(|line| line.starts_with("RE")).unwrap().split(',').collect();
    assert_eq!(header[11], "96");
}

/// The days of a visit and how it was paid stand beside the payers.
#[test]
fn days_and_window_payment() {
    let mut own = patient(&json!([]));
    own["symptoms"] = json!([{ "kind": "01", "text": "あ".repeat(1_300) }]);
    own["remarks"] = json!([{ "code": "810000001", "text": "い".repeat(80) }, { "code": "810000001", "text": "う" }]);
    let text = text(&written(&month(&[own])));
    assert!(text.contains("\r\nJD,1,1,,"), "{text}");
    assert!(text.contains("\r\nMF,00,"), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("SJ")).count(), 2);
    // A comment has 38 characters in a record.
    let [long, rest] = ["い".repeat(38), "い".repeat(4)];
    let comments = format!(
        "CO,99,1,810000001,{long}\r\nCO,,1,810000001,{long}\r\nCO,,1,810000001,{rest}\r\nCO,,1,810000001,う\r\n"
    );
    assert!(text.contains(&comments), "{text}");
}
