//! Codings of the examples that JP Core (jami-fhir-jp-wg/jp-core-v1x, `input/fsh/examples`) and JP-CLINS
//! (jami-fhir-jp-wg/clinical-core, `input/fsh/instances`) publish, with the names that stand there.

use santei::fhir::{lookup, translate, validate_code};
use serde_json::json;

use super::{TERMS, matches, value};

const KEY_NUMBER: &str = "http://medis.or.jp/CodeSystem/master-disease-keyNumber";
const EXCHANGE: &str = "http://medis.or.jp/CodeSystem/master-disease-exCode";
const ICD10: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full";
const HOT9: &str = "http://medis.or.jp/CodeSystem/master-HOT9";
const YJ: &str = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code";

#[test]
fn published_codings_are_valid() {
    for (system, code, display, example) in [
        (KEY_NUMBER, "20064049", "十二指腸潰瘍", "Example-JP-Condition-eCS"),
        (KEY_NUMBER, "20054178", "胃癌", "Example-JP-Condition-eCS"),
        (KEY_NUMBER, "20075639", "噴門癌", "Example-JP-Condition-eCS"),
        (KEY_NUMBER, "20058911", "狭心症", "Example-JP-Condition-eCS"),
        (EXCHANGE, "L3RF", "噴門癌", "Example-JP-Condition-eCS"),
        (YJ, "2359800J1035", "新レシカルボン坐剤", "Example-JP-MedReq-ExtAnus-AsNeeded-Total1"),
        (YJ, "1190027F1022", "デエビゴ錠２．５ｍｇ", "Example-JP-MedReq-PO-Fumin-asNeeded-4"),
        (YJ, "3219100F1020", "デノタスチュアブル配合錠", "Example-JP-MedReq-PO-SID-2d"),
        (YJ, "2316009F1022", "ミヤＢＭ錠", "Example-JP-MedReq-PO-TID-2days"),
        (HOT9, "103835401", "ムコダイン錠２５０ｍｇ", "JP_MedicationRequest_Example"),
        (HOT9, "100558502", "ホリゾン注射液１０ｍｇ", "JP_Medication_Example"),
    ] {
        let answer = validate_code(&TERMS, &json!({ "url": system, "code": code, "display": display }));
        assert_eq!(value(&answer, "result"), true, "{example}: {answer}");
        let answer = lookup(&TERMS, &json!({ "system": system, "code": code }));
        assert_eq!(value(&answer, "display"), display, "{example}");
    }
}

/// カロナール錠３００ has another code than the example gives it: 1141007F1063 is カロナール錠２００.
#[test]
fn a_published_coding_that_is_wrong_is_found() {
    let answer = validate_code(&TERMS, &json!({ "url": YJ, "code": "1141007F1063", "display": "カロナール錠３００" }));
    assert_eq!(value(&answer, "result"), false);
    assert_eq!(value(&answer, "message"), "the display is wrong: expected カロナール錠２００　２００ｍｇ");
}

#[test]
fn codings_of_one_published_concept_belong_together() {
    // Both codings of a condition: 胃癌.
    let answer = translate(&TERMS, &json!({ "system": KEY_NUMBER, "code": "20054178", "targetsystem": ICD10 }));
    assert_eq!(matches(&answer)[0]["code"], "C169");
    let answer = translate(&TERMS, &json!({ "system": EXCHANGE, "code": "L3RF", "targetsystem": KEY_NUMBER }));
    assert!(matches(&answer).iter().any(|coding| coding["code"] == "20075639"), "{answer}");
}
