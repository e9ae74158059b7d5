//! Questions of any shape have an answer: a resource, never a panic.

use proptest::{collection::vec, prelude::*, sample::select};
use santei::{
    fhir::{Operation, operate, operate_json},
    lookup::{System, Validator},
    master::Masters,
};
use serde_json::{Map, Value};

use super::{SYSTEMS, TERMS};

const OPERATIONS: [Operation; 4] =
    [Operation::Lookup, Operation::ValidateCode, Operation::Translate, Operation::Expand];
/// Names that mean something, so that questions go deep.
const WORDS: [&str; 40] = [
    "resourceType",
    "Parameters",
    "parameter",
    "name",
    "part",
    "code",
    "system",
    "url",
    "coding",
    "codeableConcept",
    "date",
    "version",
    "display",
    "filter",
    "count",
    "offset",
    "targetsystem",
    "target",
    "source",
    "reverse",
    "property",
    "activeOnly",
    "valueCode",
    "valueUri",
    "valueString",
    "valueCoding",
    "valueCodeableConcept",
    "valueDateTime",
    "valueBoolean",
    "valueInteger",
    "2500015",
    "111000110",
    "E11.9",
    "糖尿病",
    "ja",
    "2026-06-01",
    "20260601",
    "",
    "|",
    "\u{0}(.*)+[",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&WORDS[..]).prop_map(str::to_owned),
        select(&SYSTEMS[..]).prop_map(str::to_owned),
        select(&SYSTEMS[..]).prop_map(|system| format!("{system}?fhir_vs")),
        ".{0,12}",
    ]
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0i64..20).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec((text(), inner), 0..6).prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// A resource Parameters with names that are known and values of any kind.
fn question() -> impl Strategy<Value = Value> {
    vec((select(&WORDS[..]), select(&WORDS[22..30]), prop_oneof![text().prop_map(Value::from), json()]), 0..6).prop_map(
        |list| {
            let list: Vec<Value> =
                list.into_iter().map(|(name, key, value)| serde_json::json!({ "name": name, key: value })).collect();
            serde_json::json!({ "resourceType": "Parameters", "parameter": list })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_question_has_an_answer(operation in select(&OPERATIONS[..]), asked in prop_oneof![json(), question()]) {
        let answer = operate(&TERMS, operation, &asked);
        let kind = answer["resourceType"].as_str().unwrap();
        prop_assert!(["Parameters", "ValueSet", "OperationOutcome"].contains(&kind), "{answer}");
        prop_assert_eq!(operate_json(&TERMS, operation, &asked.to_string()), answer.to_string());
    }

    #[test]
    fn every_text_is_validated(code in "\\PC{0,20}|[0-9A-Z]{1,17}", system in proptest::option::of(select(System::ALL))) {
        let answer = TERMS.validator().validate(&code, system, None).unwrap();
        prop_assert_eq!(&answer.code, &code.chars().take(40).collect::<String>());
        prop_assert!(answer.valid || !answer.message.is_empty());
        if let Some(system) = system {
            prop_assert_eq!(answer.system, Some(system.name()));
            prop_assert!(!answer.valid || system.is_well_formed(&code));
            // What is named in place of a code of the same system is written as one.
            for other in answer.instead.iter().filter(|other| other.system == system.name()) {
                prop_assert!(system.is_well_formed(&other.code), "{} {}", system, other.code);
            }
        }
    }
}

#[test]
fn text_that_is_no_json() {
    for text in ["", "{", "null", "[1", "\u{feff}{}", "{\"a\":\"\\ud800\"}", &"[".repeat(10_000)] {
        for operation in OPERATIONS {
            assert!(operate_json(&TERMS, operation, text).contains("OperationOutcome"), "{text:.20}");
        }
    }
    let validator = Validator::new(&Masters::empty().unwrap());
    assert!(!validator.validate(&"9".repeat(10_000), None, None).unwrap().valid);
}
