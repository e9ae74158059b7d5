//! The commands of codes.

use std::io::Write as _;

use serde_json::Value;

use super::{santei, santei_with, text};

fn json(arguments: &[&str]) -> (bool, Value) {
    let done = santei(arguments);
    (done.status.success(), serde_json::from_slice(&done.stdout).unwrap_or(Value::Null))
}

#[test]
fn a_disease_is_composed_and_read() {
    let done = santei(&["disease", "compose", "2056", "7153018", "8002", "--main"]);
    let out = text(&done.stdout);
    assert!(done.status.success());
    for part in ["右変形性膝関節症の疑い", "7153018", "20568002", "M17.1", "主傷病"] {
        assert!(out.contains(part), "{part} in\n{out}");
    }
    let (found, answer) = json(&["disease", "decompose", "右変形性膝関節症の疑い", "--format", "json"]);
    assert!(found);
    assert_eq!(answer["whole"], true);
    assert_eq!(answer["readings"][0]["disease"], "7153018");
    assert_eq!(answer["readings"][0]["composed"]["name"], "右変形性膝関節症の疑い");
    let input = r#"{ "disease": "7153018", "modifiers": ["8002", "2056"], "date": "2026-07-01" }"#;
    let done = santei_with(input, &["disease", "compose", "-", "--json"]);
    assert_eq!(done.status.code(), Some(1), "the order is wrong");
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&answer["valid"], &answer["faults"][0]["kind"]), (&Value::from(false), &Value::from("modifier_order")));
    assert_eq!(answer["faults"][0]["instead"], serde_json::json!(["2056", "8002"]));
}

#[test]
fn diseases_that_a_claim_cannot_have() {
    for (codes, kind) in
        [(&["9249021"][..], "alone_forbidden"), (&["9999701"], "not_claimable"), (&["1234567"], "unknown_code")]
    {
        let arguments: Vec<&str> = ["disease", "compose", "--json"].into_iter().chain(codes.iter().copied()).collect();
        let (good, answer) = json(&arguments);
        assert!(!good);
        assert_eq!(answer["faults"][0]["kind"], kind);
        assert!(answer["faults"][0]["help"].as_str().is_some_and(|help| !help.is_empty()));
    }
    for wrong in [
        &["disease", "compose", "2056"][..],
        &["disease", "compose", "7153018", "7153018"],
        &["disease", "compose", "x"],
    ] {
        let done = santei(wrong);
        assert_eq!(done.status.code(), Some(1));
        assert!(text(&done.stderr).contains("seven digits"), "{}", text(&done.stderr));
    }
    let done = santei(&["disease", "decompose", ""]);
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(santei(&["disease", "decompose", &"あ".repeat(10_000)]).status.code(), Some(1));
    assert_eq!(santei(&["disease"]).status.code(), Some(2));
}

#[test]
fn a_drug_by_its_codes() {
    for code in ["620009127", "2149039F2038", "2149039F2ZZZ", "2149039F2"] {
        let (found, answer) = json(&["drug", code, "--date", "2025-12-01", "--json"]);
        assert!(found, "{code}");
        let products = answer["products"].as_array().unwrap();
        let own = products.iter().find(|product| product["code"] == "620009127").unwrap();
        assert_eq!((&own["price"], &own["role"]), (&Value::from("42.2"), &Value::from("long_listed")));
    }
    let (found, answer) = json(&["drug", "4987107609220", "--json"]);
    assert!(!found);
    assert_eq!(answer["errors"][0]["kind"], "check_digit");
    let done = santei(&["drug", "ロキソニン"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stderr).contains("search by the drug's name"));
}

#[test]
fn laboratory_items_and_procedures() {
    let (found, answer) = json(&["lab", "3D046000001906202", "--json"]);
    assert!(found);
    let names: Vec<_> = answer["axes"].as_array().unwrap().iter().map(|axis| axis["name"].is_string()).collect();
    assert_eq!(names, [true; 5]);
    assert_eq!(answer["procedures"][0]["procedure"], "160010010");
    assert_eq!(answer["procedures"][0]["curator"], "Santei");
    let (found, back) = json(&["lab", "160010010", "--json"]);
    assert!(found && back.as_array().unwrap().iter().any(|row| row["pattern"].as_str().unwrap().starts_with("3D046")));
    let (found, item) = json(&["item", "Ａ０００", "--date", "2026-07-01", "--json"]);
    assert!(found && item["procedures"].as_array().unwrap().iter().any(|row| row["code"] == "111000110"));
    assert_eq!(santei(&["item", "初診料"]).status.code(), Some(1));
    assert_eq!(santei(&["lab", "HbA1c"]).status.code(), Some(1));
}

#[test]
fn comments_and_their_values() {
    let done = santei(&["comment", "840000001", "03", "--date", "2026-05-01"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(text(&done.stdout).starts_with("電話等再診（　３回）"));
    let (good, answer) = json(&["comment", "840000001", "3", "--date", "2026-05-01", "--json"]);
    assert!(!good);
    assert_eq!(answer["faults"][0]["expected"], "2 digits");
    let (good, answer) = json(&["comments", "111000110", "--json"]);
    assert!(!good, "the standard masters have no relations");
    assert_eq!(answer["relations_loaded"], false);
    let mut file = tempfile::NamedTempFile::with_suffix(".json").unwrap();
    file.write_all(br#"{ "disease": "0000999", "name": "\u3042" }"#).unwrap();
    let (good, answer) = json(&["disease", "compose", file.path().to_str().unwrap(), "--json"]);
    assert!(good);
    assert_eq!(answer["name"], "あ");
}
