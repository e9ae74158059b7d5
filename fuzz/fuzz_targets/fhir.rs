//! Any text as a question to FHIR terminology: an answer is a resource, and what is expanded is valid. The first byte chooses the
//! operation.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use santei::fhir::{Operation, Terminology, operate_json, validate_code};
use santei_fuzz::visit::STANDARD;
use serde_json::{Value, json};

static TERMS: LazyLock<Terminology> = LazyLock::new(|| Terminology::new(&STANDARD));

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let operations = [Operation::Lookup, Operation::ValidateCode, Operation::Translate, Operation::Expand];
    let operation = operations[usize::from(*first) % operations.len()];
    let answer = operate_json(&TERMS, operation, &String::from_utf8_lossy(rest));
    let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
    let kind = answer["resourceType"].as_str().expect("an answer is a resource");
    assert!(["Parameters", "ValueSet", "OperationOutcome"].contains(&kind));
    let contained = answer["expansion"]["contains"].as_array();
    for coding in contained.into_iter().flatten().take(3) {
        let mut question = json!({ "system": coding["system"], "code": coding["code"] });
        if !coding["version"].is_null() {
            question["version"] = coding["version"].clone();
        }
        assert_eq!(validate_code(&TERMS, &question)["parameter"][0]["valueBoolean"], true, "{coding}");
    }
    // The same text as a code.
    let text = String::from_utf8_lossy(rest);
    let answer = TERMS.validator().validate(&text, None, None).expect("no day, no refusal");
    assert!(answer.code.chars().count() <= 40);
});
