//! Faults of an input come with their JSON path, all at once.

use santei::{copay::month_json, fee::InputErrorKind};

use crate::*;

fn good() -> Value {
    json!({
        "birth_date": "1980-04-01", "coverage": { "ceiling_class": "ウ" }, "payers": [{ "law": "54", "cap": 5000 }],
        "visits": [{ "date": "2026-07-03", "segments": [{ "points": 100, "payers": [0] }] }],
    })
}

#[test]
fn every_fault_has_its_path() {
    use InputErrorKind::{Contradiction, Date, NotInForce, Quantity, Schema, TooMuch, UnknownCode};
    type Change = fn(&mut Value);
    let cases: [(&str, InputErrorKind, Change); 32] = [
        ("coverage.ceiling_class", Contradiction, |m| m["coverage"]["ceiling_class"] = json!("一般")),
        ("payers[0].number", Contradiction, |m| m["payers"][0] = json!({ "cap": 5000 })),
        ("payers[0].cap", Quantity, |m| m["payers"][0]["cap"] = json!(-1)),
        ("payers[0].paid_elsewhere", Quantity, |m| m["payers"][0]["paid_elsewhere"] = json!(-1)),
        ("payers[0].law", UnknownCode, |m| m["payers"][0]["law"] = json!("99")),
        ("payers[0].law", Contradiction, |m| m["payers"][0]["number"] = json!("21016028")),
        ("payers[0].number", Schema, |m| m["payers"][0] = json!({ "number": "5401602" })),
        ("payers[0].recipient", Schema, |m| m["payers"][0]["recipient"] = json!("12345678")),
        ("coverage.insurer", Schema, |m| m["coverage"]["insurer"] = json!("1234567")),
        ("payers[1].law", Contradiction, |m| m["payers"] = json!([{ "law": "54" }, { "law": "54" }])),
        ("payers[0].rule", UnknownCode, |m| m["payers"] = json!([{ "rule": "nowhere.kodomo" }])),
        ("payers[0].rule", Contradiction, |m| m["payers"] = json!([{ "rule": "osaka-shi.kodomo" }])),
        ("payers[0].local.day_max", Quantity, |m| m["payers"] = json!([{ "local": { "day_max": -1 } }])),
        ("visits[1].date", Date, |m| {
            let mut other = m["visits"][0].clone();
            other["date"] = json!("2026-08-03");
            m["visits"].as_array_mut().unwrap().push(other);
        }),
        ("visits[0].date", Date, |m| m["coverage"]["from"] = json!("2026-07-04")),
        ("visits[0].date", Date, |m| m["coverage"]["until"] = json!("2026-07-02")),
        ("visits[0].segments[0].payers[0]", Date, |m| m["payers"][0]["from"] = json!("2026-07-04")),
        ("visits[0].segments[0].payers[0]", Date, |m| m["payers"][0]["until"] = json!("2026-07-02")),
        ("visits[0].days", Quantity, |m| m["visits"][0]["days"] = json!(32)),
        ("visits[0].paid", Quantity, |m| m["visits"][0]["paid"] = json!(-10)),
        ("visits[0].segments[0].payers[1]", Contradiction, |m| m["visits"][0]["segments"][0]["payers"] = json!([0, 0])),
        ("payers[0].local.refunded_from", Quantity, |m| m["payers"] = json!([{ "local": { "refunded_from": -1 } }])),
        ("payers", Contradiction, |m| {
            m["payers"] = json!([{ "law": "10" }, { "law": "15" }, { "law": "54" }, { "law": "12" }, { "law": "38" }]);
        }),
        ("extras[0]", Quantity, |m| m["extras"] = json!([{ "name": "予約", "amount": -1 }])),
        ("birth_date", Date, |m| m["birth_date"] = json!("2026-07-04")),
        ("visits[0].segments[0].payers[0]", Contradiction, |m| m["visits"][0]["segments"][0]["payers"] = json!([1])),
        ("visits[0].segments[0].points", Quantity, |m| m["visits"][0]["segments"][0]["points"] = json!(-1)),
        ("coverage.long_term_illness", Contradiction, |m| m["coverage"]["long_term_illness"] = json!(20000)),
        ("visits", Contradiction, |m| m["visits"] = json!([])),
        ("visits[0].segments[0].payers", Contradiction, |m| {
            m["coverage"] = json!({ "insured": false });
            m["visits"][0]["segments"][0]["payers"] = json!([]);
        }),
        ("visits", TooMuch, |m| {
            let many = json!({ "points": 99_999_999_999_i64 });
            m["visits"][0]["segments"] = json!([many, many, many]);
        }),
        ("payers[0].law", NotInForce, |m| {
            m["visits"][0]["date"] = json!("2014-12-31");
            m["coverage"] = json!({});
        }),
    ];
    assert!(settle(&good()).due.get() > 0);
    for (path, kind, change) in cases {
        let mut month = good();
        change(&mut month);
        let errors = refused(&month).errors;
        let found = errors.iter().any(|error| error.path == path && (error.kind == kind || kind == NotInForce));
        assert!(found, "{path}: {errors:?}");
    }
}

#[test]
fn the_75th_birthday_divides_the_month() {
    let month = json!({
        "birth_date": "1951-11-15", "coverage": { "ceiling_class": "一般" },
        "visits": visits(&[("2026-11-14", 100), ("2026-11-15", 100)]),
    });
    assert_eq!(refused(&month).errors[0].path, "visits");
}

#[test]
fn unknown_fields_are_errors() {
    for (text, path) in [
        (r#"{ "birth_date": "1980-04-01", "visits": [], "vists": [] }"#, "vists"),
        (
            r#"{ "birth_date": "1980-04-01", "visits": [{ "date": "2026-07-03", "segments": [{ "point": 1 }] }] }"#,
            "visits[0].segments[0].point",
        ),
        (r#"{ "birth_date": "1980-04-01", "coverage": { "class": "ウ" }, "visits": [] }"#, "coverage.class"),
        (
            r#"{ "birth_date": "1980-04-01", "coverage": { "ceiling_class": "カ" }, "visits": [] }"#,
            "coverage.ceiling_class",
        ),
    ] {
        let errors = month_json(masters(), text).unwrap_err().errors;
        assert_eq!((errors[0].path.as_str(), errors[0].kind), (path, InputErrorKind::Schema));
    }
}
