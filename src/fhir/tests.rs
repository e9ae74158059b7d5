use serde_json::{Value, json};

use super::*;
use crate::{lookup::validate::tests::masters, master::MasterKind};

const DRUGS: &str =
    "code,from,last_day,name,kana,price,unit,listing_kind,price_code,generic_name_code,generic_name,hot9
    620000001,2024-04-01,,ア錠５ｍｇ,ｱｼﾞｮｳ,10.5,錠,0,1124003F2036,1124003F2ZZZ,【般】ア錠５ｍｇ,100303101
    620000002,2024-04-01,,ア錠５ｍｇ「乙」,ｱｼﾞｮｳｵﾂ,5.7,錠,8,1124003F2010,1124003F2ZZZ,【般】ア錠５ｍｇ,0
    620000003,2024-04-01,,ア５ｍｇ錠,ｱ5MGｼﾞｮｳ,5.7,錠,8,1124003F2010,1124003F2ZZZ,【般】ア錠５ｍｇ,0";
const HOT: &str = "hot9,package,from,last_day,hot7,jan,price_code,yj_code,drug_code,drug_code_2,name
    100303102,0101,2020-04-01,,1003031,4987107609229,1124003F2010,1124003F2109,620000002,620000003,ア錠５ｍｇ「乙」
    100303103,0101,2020-04-01,,1003031,,1124003F2010,1124003F2117,620000004,620000003,ア錠５ｍｇ「丙」";
const DISEASES: &str = "code,from,last_day,name,kana,management_number,adoption,exchange_code,icd10_1,icd10_2
    2500013,2002-06-01,,糖尿病,トウニョウビョウ,20056637,2,BAUK,E14,
    2500014,2002-06-01,,糖尿の病,トウニョウノヤマイ,20056638,3,BAUK,E14,
    3620001,2002-06-01,,糖尿病網膜症,トウニョウビョウモウマクショウ,20056700,1,UFFL,E143,H360
    9999999,2002-06-01,2019-03-31,古い病,フルイヤマイ,20056701,1,ZZZZ,E14,";
const LABS: &str = "code,from,last_day,name,analyte,material,method,result,procedure_code
    3D046000001906202,2022-04-01,,ＨｂＡ１ｃ,3D046,019,062,02,160010010
    3D046000001920402,2022-04-01,,ＨｂＡ１ｃ,3D046,019,204,02,0";
const PROCEDURES: &str = "code,from,last_day,name,points,point_kind,fee_item
    160010010,2022-04-01,,ＨｂＡ１ｃ,49,3,D005";
const LINKS: &str = "code,from,last_day,jlac10,name
    C4250000001806201,2024-09-30,,3D046000001906202,HbA1c(NGSP)";
const CHARGED: &str = "code,from,last_day,procedure_code,basis,note,curator
    3D046-0000-*-*-02,2022-04-01,,160010010,name,,test";
const ICD10: &str = "code,from,last_day,name,level,parent
    E10-E14,2016-01-01,,糖尿病,2,IV
    E14,2016-01-01,,詳細不明の糖尿病,3,E10-E14
    E143,2016-01-01,,眼合併症を伴うもの,5,E14
    H360,2016-01-01,,糖尿病性網膜症,6,H36";

const DISEASE: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease";
const YJ: &str = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code";
const DRUG: &str = "urn:oid:1.2.392.100495.20.2.71";
const HOT9: &str = "http://medis.or.jp/CodeSystem/master-HOT9";
const JLAC10: &str = "http://medis.or.jp/CodeSystem/master-JLAC10-17digits";
const ICD: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full";

fn terms() -> Terminology {
    Terminology::new(&masters(&[
        (MasterKind::Drug, DRUGS),
        (MasterKind::HotDrug, HOT),
        (MasterKind::Disease, DISEASES),
        (MasterKind::Lab, LABS),
        (MasterKind::Procedure, PROCEDURES),
        (MasterKind::JlacLink, LINKS),
        (MasterKind::Icd10, ICD10),
        (MasterKind::LabProcedure, CHARGED),
    ]))
}

fn question(list: &[(&str, &str, Value)]) -> Value {
    let list: Vec<Value> =
        list.iter().map(|(name, kind, value)| json!({ "name": name, format!("value{kind}"): value })).collect();
    json!({ "resourceType": "Parameters", "parameter": list })
}

/// The first value of a parameter.
fn value(answer: &Value, name: &str) -> Value {
    let list = answer["parameter"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let found = list.iter().find(|part| part["name"] == name);
    let found = found.and_then(|part| part.as_object()?.iter().find(|(key, _)| key.starts_with("value")));
    found.map_or(Value::Null, |(_, value)| value.clone())
}

/// The values of the properties of a `$lookup`.
fn property(answer: &Value, code: &str) -> Vec<Value> {
    let parts = answer["parameter"].as_array().unwrap().iter().filter(|part| part["name"] == "property");
    let own = parts.filter(|part| part["part"][0]["valueCode"] == code);
    own.map(|part| part["part"][1].as_object().unwrap().iter().find(|(key, _)| *key != "name").unwrap().1.clone())
        .collect()
}

/// The targets of a `$translate`, with their equivalence.
fn matches(answer: &Value) -> Vec<(String, String)> {
    let parts = answer["parameter"].as_array().unwrap().iter().filter(|part| part["name"] == "match");
    let told = |value: &Value| value.as_str().unwrap().to_owned();
    parts.map(|part| (told(&part["part"][1]["valueCoding"]["code"]), told(&part["part"][0]["valueCode"]))).collect()
}

fn translated(system: &str, code: &str, target: &str) -> Vec<(String, String)> {
    matches(&translate(&terms(), &json!({ "system": system, "code": code, "targetsystem": target })))
}

fn expanded(question: &Value) -> Vec<String> {
    let answer = expand(&terms(), question);
    let list = answer["expansion"]["contains"].as_array().cloned().unwrap_or_default();
    list.iter().map(|coding| coding["code"].as_str().unwrap().to_owned()).collect()
}

/// The kind of issue of a refusal.
fn issue(answer: &Value) -> &str {
    assert_eq!(answer["resourceType"], "OperationOutcome", "{answer}");
    answer["issue"][0]["code"].as_str().unwrap()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(code, equivalence)| ((*code).to_owned(), (*equivalence).to_owned())).collect()
}

#[test]
fn what_a_code_stands_for() {
    let ask = question(&[
        ("system", "Uri", DRUG.into()),
        ("code", "Code", "620000001".into()),
        ("date", "DateTime", "2026-06-01".into()),
    ]);
    let answer = lookup(&terms(), &ask);
    assert_eq!(value(&answer, "name"), "医薬品コード（レセプト電算）");
    assert_eq!(value(&answer, "version"), "20260601");
    assert_eq!(value(&answer, "display"), "ア錠５ｍｇ");
    assert_eq!(property(&answer, "price"), [json!(10.5)]);
    assert_eq!(property(&answer, "validFrom"), ["2024-04-01"]);
    assert_eq!(property(&answer, "inactive"), [false]);
    assert_eq!(property(&answer, "yj")[0]["code"], "1124003F2036");
    assert_eq!(property(&answer, "hot9")[0]["code"], "100303101");
    let kana = answer["parameter"].as_array().unwrap().iter().find(|part| part["name"] == "designation").unwrap();
    assert_eq!(
        kana["part"],
        json!([{ "name": "language", "valueCode": "ja-Kana" }, { "name": "value", "valueString": "ｱｼﾞｮｳ" }])
    );
    // The parent of a code, but no block of codes, is one.
    let answer = lookup(&terms(), &json!({ "system": ICD, "code": "E14.3" }));
    assert_eq!(property(&answer, "parent"), ["E14"]);
    let answer =
        lookup(&terms(), &json!({ "system": "http://hl7.org/fhir/sid/icd-10", "code": "E143", "property": "parent" }));
    assert_eq!(
        (value(&answer, "display"), property(&answer, "parent")),
        ("眼合併症を伴うもの".into(), vec!["E14".into()])
    );
    assert_eq!(property(&lookup(&terms(), &json!({ "system": ICD, "code": "E14" })), "parent"), [] as [Value; 0]);
    let old = lookup(&terms(), &json!({ "system": DISEASE, "code": "9999999" }));
    assert_eq!((property(&old, "inactive"), property(&old, "validTo")), (vec![true.into()], vec!["2019-03-31".into()]));
}

#[test]
fn what_has_no_answer() {
    let terms = terms();
    let code = ("code", "Code", json!("2500013"));
    let system = ("system", "Uri", json!(DISEASE));
    for (list, kind) in [
        (vec![code.clone(), system.clone(), ("date", "DateTime", "2026-06".into())], "value"),
        (vec![code.clone(), system.clone(), ("date", "DateTime", "1984-12-31".into())], "value"),
        (vec![code.clone(), system.clone(), ("date", "DateTime", "2101-01-01".into())], "value"),
        (vec![code.clone(), system.clone(), ("version", "String", "R8".into())], "not-found"),
        (
            vec![
                code.clone(),
                system.clone(),
                ("version", "String", "20260601".into()),
                ("date", "Date", "2026-06-02".into()),
            ],
            "conflict",
        ),
        (vec![code.clone(), system.clone(), ("displayLanguage", "Code", "en".into())], "not-supported"),
        (vec![code.clone(), system.clone(), ("property", "Code", "colour".into())], "not-supported"),
        (vec![code.clone(), system.clone(), ("colour", "Code", "red".into())], "not-supported"),
        (vec![code.clone(), code.clone(), system.clone()], "invariant"),
        (vec![code.clone()], "required"),
        (vec![], "required"),
        (vec![("code", "String", "2500013".into()), system.clone()], "structure"),
        (vec![("code", "Code", json!(2_500_013)), system.clone()], "value"),
        (vec![("code", "Code", " 2500013".into()), system.clone()], "value"),
        (vec![code.clone(), ("system", "Uri", "http://loinc.org".into())], "not-found"),
        (vec![("code", "Code", "2500012".into()), system.clone()], "not-found"),
        (vec![("code", "Code", "9999999".into()), system.clone(), ("date", "Date", "2026-06-01".into())], "not-found"),
        (vec![("code", "Code", "1".repeat(1_001).into()), system.clone()], "too-long"),
        (vec![("code", "Code", "100".into()), ("system", "Uri", "urn:x-santei:CodeSystem:ward".into())], "not-found"),
    ] {
        let ask = question(&list);
        assert_eq!(issue(&lookup(&terms, &ask)), kind, "{ask}");
    }
    for ask in [
        json!(null),
        json!([]),
        json!({ "resourceType": "Bundle" }),
        json!({ "resourceType": "Parameters", "parameter": [1] }),
    ] {
        assert_eq!(issue(&lookup(&terms, &ask)), "structure", "{ask}");
    }
    let outcome = lookup(&terms, &question(&[system, ("code", "Uri", "1".into())]));
    assert_eq!(outcome["issue"][0]["expression"], json!(["Parameters.parameter[1]"]));
    assert_eq!(outcome["issue"][0]["diagnostics"], "parameter code: expected valueCode, got valueUri");
    assert!(operate_json(&terms, Operation::Lookup, "{").contains("OperationOutcome"));
    assert!(operate_json(&terms, Operation::Lookup, &" ".repeat(LONGEST + 1)).contains("too-long"));
    // What R4 has and is not done here says so.
    let set = json!({ "resourceType": "Parameters", "parameter": [{ "name": "valueSet", "resource": { "resourceType": "ValueSet" } }] });
    assert_eq!(issue(&expand(&terms, &set)), "not-supported");
    assert_eq!(issue(&validate_code(&terms, &set)), "not-supported");
    let dependency = json!({ "resourceType": "Parameters", "parameter": [{ "name": "dependency", "part": [] }] });
    assert_eq!(issue(&translate(&terms, &dependency)), "not-supported");
}

#[test]
fn is_it_a_code() {
    let terms = terms();
    let result = |ask: Value| {
        let answer = validate_code(&terms, &ask);
        (value(&answer, "result"), value(&answer, "message"), value(&answer, "display"))
    };
    let name = || Value::from("糖尿病");
    assert_eq!(result(json!({ "url": DISEASE, "code": "2500013" })), (true.into(), Value::Null, name()));
    let set = format!("{DISEASE}?fhir_vs");
    assert_eq!(result(json!({ "url": set, "system": DISEASE, "code": "2500013" })), (true.into(), Value::Null, name()));
    assert_eq!(
        result(json!({ "url": format!("{DISEASE}|20260601"), "code": "2500013" })),
        (true.into(), Value::Null, name())
    );
    assert_eq!(result(json!({ "url": DISEASE, "code": "2500013", "display": "ﾄｳﾆｮｳﾋﾞｮｳ" })).0, true);
    assert_eq!(
        result(json!({ "url": DISEASE, "code": "2500013", "display": "かぜ" })),
        (false.into(), "the display is wrong: expected 糖尿病".into(), name())
    );
    let (no, message, _) = result(json!({ "url": DISEASE, "code": "2500012" }));
    assert_eq!(no, false);
    assert!(message.as_str().unwrap().contains("instead: 2500013 糖尿病"), "{message}");
    let (no, message, _) = result(json!({ "url": DISEASE, "code": "9999999", "date": "2026-06-01" }));
    assert_eq!(
        (no, message),
        (false.into(), "9999999: it is not in force on 2026-06-01; it is known 2002-06-01 to 2019-03-31".into())
    );
    assert_eq!(result(json!({ "url": DISEASE, "code": "9999999" })).0, true);
    // One coding of several is enough; of another system than the value set's it does not count.
    let concept =
        json!({ "coding": [{ "system": "http://loinc.org", "code": "1" }, { "system": DISEASE, "code": "2500013" }] });
    let ask =
        |url: &str| question(&[("url", "Uri", url.into()), ("codeableConcept", "CodeableConcept", concept.clone())]);
    assert_eq!(result(ask(&set)).0, true);
    assert_eq!(result(ask(YJ)).0, false);
    assert_eq!(issue(&validate_code(&terms, &json!({ "code": "2500013" }))), "required");
    assert_eq!(issue(&validate_code(&terms, &json!({ "url": "x", "code": "2500013" }))), "not-found");
    assert_eq!(issue(&validate_code(&terms, &json!({ "system": "http://loinc.org", "code": "1" }))), "not-found");
    assert_eq!(issue(&validate_code(&terms, &json!({ "url": DISEASE }))), "required");
}

#[test]
fn codes_of_other_systems() {
    // A product has its own codes; a group of products has many.
    assert_eq!(translated(DRUG, "620000001", YJ), pairs(&[("1124003F2036", "equivalent")]));
    assert_eq!(translated(DRUG, "620000001", HOT9), pairs(&[("100303101", "equivalent")]));
    assert_eq!(translated(DRUG, "620000002", YJ), pairs(&[("1124003F2109", "equivalent")]));
    assert_eq!(translated(DRUG, "620000003", YJ), pairs(&[("1124003F2109", "narrower"), ("1124003F2117", "narrower")]));
    assert_eq!(translated(YJ, "1124003F2109", DRUG), pairs(&[("620000002", "equivalent"), ("620000003", "wider")]));
    assert_eq!(translated(HOT9, "100303102", YJ), pairs(&[("1124003F2109", "equivalent")]));
    let generic = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationGeneralOrderCode";
    assert_eq!(translated(YJ, "1124003F2036", generic), pairs(&[("1124003F2ZZZ", "wider")]));
    assert_eq!(translated(YJ, "1124003F2109", generic), pairs(&[("1124003F2ZZZ", "wider")]));
    assert_eq!(translated(generic, "1124003F2ZZZ", DRUG).len(), 3);
    assert!(translated(generic, "1124003F2ZZZ", YJ).iter().all(|(_, how)| how == "narrower"));
    assert_eq!(translated(generic, "1124003F2ZZZ", YJ).len(), 3);

    let exchange = "http://medis.or.jp/CodeSystem/master-disease-exCode";
    let key = "http://medis.or.jp/CodeSystem/master-disease-keyNumber";
    assert_eq!(translated(DISEASE, "2500014", key), pairs(&[("20056638", "equivalent")]));
    assert_eq!(translated(DISEASE, "2500014", exchange), pairs(&[("BAUK", "equivalent")]));
    // The preferred term first.
    assert_eq!(translated(exchange, "BAUK", DISEASE), pairs(&[("2500013", "equivalent"), ("2500014", "equivalent")]));
    assert_eq!(translated(DISEASE, "3620001", ICD), pairs(&[("E143", "wider"), ("H360", "wider")]));
    assert_eq!(
        translated(DISEASE, "3620001", "http://hl7.org/fhir/sid/icd-10"),
        pairs(&[("E14.3", "wider"), ("H36.0", "wider")])
    );
    assert_eq!(translated(ICD, "E14.3", key), pairs(&[("20056700", "narrower")]));

    let procedure = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterS-medicalProcedure";
    let jlac11 = "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC11/JP_CLINS_ObsLabResult_CoreLabo_CS";
    assert_eq!(translated(JLAC10, "3D046000001906202", procedure), pairs(&[("160010010", "relatedto")]));
    // By the table of items and procedures, where no item names its procedure itself.
    assert_eq!(translated(JLAC10, "3D046000001920402", procedure), pairs(&[("160010010", "relatedto")]));
    assert_eq!(
        translated(procedure, "160010010", JLAC10),
        pairs(&[("3D046000001906202", "relatedto"), ("3D046000001920402", "relatedto")])
    );
    assert_eq!(translated(jlac11, "C4250000001806201", JLAC10), pairs(&[("3D046000001906202", "wider")]));
    assert_eq!(translated(JLAC10, "3D046000001906202", jlac11), pairs(&[("C4250000001806201", "narrower")]));
}

#[test]
fn every_way_to_name_a_map() {
    let terms = terms();
    let ask = |list: &[(&str, &str)]| {
        let mut ask = json!({ "system": DISEASE, "code": "2500013" });
        list.iter().for_each(|(name, value)| ask[*name] = (*value).into());
        translate(&terms, &ask)
    };
    assert_eq!(matches(&ask(&[])).len(), 3);
    assert_eq!(matches(&ask(&[("url", "urn:x-santei:ConceptMap:disease-to-icd10")])), pairs(&[("E14", "wider")]));
    assert_eq!(matches(&ask(&[("target", &format!("{ICD}?fhir_vs"))])), pairs(&[("E14", "wider")]));
    assert_eq!(
        matches(&ask(&[("source", &format!("{DISEASE}?fhir_vs")), ("targetsystem", ICD)])),
        pairs(&[("E14", "wider")])
    );
    assert_eq!(value(&ask(&[("source", &format!("{ICD}?fhir_vs"))]), "result"), false);
    assert_eq!(value(&ask(&[("targetsystem", YJ)]), "result"), false);
    assert_eq!(issue(&ask(&[("url", "urn:x-santei:ConceptMap:disease-to-yj")])), "not-found");
    assert_eq!(issue(&ask(&[("targetsystem", YJ), ("target", &format!("{ICD}?fhir_vs"))])), "conflict");
    // In reverse the code is a target: the equivalence is that of the map to it.
    let back = translate(
        &terms,
        &json!({ "system": ICD, "code": "E143", "reverse": true, "url": "urn:x-santei:ConceptMap:disease-to-icd10" }),
    );
    assert_eq!(matches(&back), pairs(&[("3620001", "wider")]));
    assert_eq!(back["parameter"][1]["part"][2]["valueUri"], "urn:x-santei:ConceptMap:disease-to-icd10");
    let none = translate(&terms, &json!({ "system": DISEASE, "code": "2500012" }));
    assert_eq!(value(&none, "result"), false);
    assert!(value(&none, "message").as_str().unwrap().starts_with("2500012: no loaded table"));
}

#[test]
fn the_codes_of_a_value_set() {
    let set = format!("{DISEASE}?fhir_vs");
    let ask = |list: &[(&str, Value)]| {
        let mut ask = json!({ "url": set });
        list.iter().for_each(|(name, value)| ask[*name] = value.clone());
        ask
    };
    assert_eq!(expanded(&ask(&[])), ["2500013", "2500014", "3620001", "9999999"]);
    assert_eq!(expanded(&ask(&[("date", "2026-06-01".into())])), ["2500013", "2500014", "3620001"]);
    assert_eq!(expanded(&ask(&[("activeOnly", true.into())])), ["2500013", "2500014", "3620001"]);
    assert_eq!(expanded(&ask(&[("offset", 1.into()), ("count", 2.into())])), ["2500014", "3620001"]);
    assert_eq!(expanded(&ask(&[("count", 0.into())])), [] as [&str; 0]);
    assert_eq!(expanded(&ask(&[("filter", "糖尿病".into())])), ["2500013", "3620001"]);
    assert_eq!(expanded(&ask(&[("exclude-system", DISEASE.into())])), [] as [&str; 0]);
    assert_eq!(expanded(&ask(&[("force-system-version", format!("{DISEASE}|20260601").into())])).len(), 3);
    assert_eq!(expanded(&ask(&[("system-version", format!("{DISEASE}|20190101").into())])).len(), 4);
    assert_eq!(
        expanded(&json!({ "url": "http://jpfhir.jp/fhir/core/ValueSet/JP_MedicationCodeYJ_VS", "filter": "丙" })),
        ["1124003F2117"]
    );
    assert_eq!(expanded(&json!({ "url": format!("{ICD}?fhir_vs"), "filter": "e14." })), ["E14", "E143"]);
    assert_eq!(expanded(&json!({ "url": "http://hl7.org/fhir/sid/icd-10?fhir_vs", "filter": "眼合併症" })), ["E14.3"]);

    let answer =
        expand(&terms(), &ask(&[("count", 1.into()), ("offset", 3.into()), ("includeDefinition", true.into())]));
    assert_eq!(answer["expansion"]["contains"][0]["inactive"], true);
    assert_eq!((&answer["expansion"]["total"], &answer["expansion"]["offset"]), (&json!(4), &json!(3)));
    assert_eq!(answer["compose"], json!({ "include": [{ "system": DISEASE }] }));
    let conflict =
        ask(&[("date", "2026-06-01".into()), ("check-system-version", format!("{DISEASE}|20190101").into())]);
    assert_eq!(issue(&expand(&terms(), &conflict)), "conflict");
    assert_eq!(issue(&expand(&terms(), &json!({ "url": "urn:x-santei:CodeSystem:ward?fhir_vs" }))), "not-found");
    assert_eq!(issue(&expand(&terms(), &json!({}))), "required");
    assert_eq!(issue(&expand(&terms(), &ask(&[("count", (-1).into())]))), "value");
}
