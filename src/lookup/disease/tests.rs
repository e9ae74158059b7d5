use super::*;
use crate::{
    code::ModifierCode,
    date::ServiceDate,
    lookup::{
        CodeFaultKind, FaultSeverity,
        made::{self, row},
    },
    master::{MasterKind, Masters},
};

fn day(text: &str) -> ServiceDate {
    text.parse().unwrap()
}

fn masters() -> Masters {
    use MasterKind::{Disease, DiseaseSuccession, Modifier};
    const ALWAYS: (&str, &str) = ("2002-06-01", "");
    let disease = |code, name, more: &[(&str, &str)]| {
        let columns: Vec<_> =
            [("name", name), ("short_name", name), ("adoption", "1")].into_iter().chain(more.iter().copied()).collect();
        row(Disease, code, ALWAYS, &columns)
    };
    let modifier = |code, name, category| row(Modifier, code, ALWAYS, &[("name", name), ("category", category)]);
    let gone = |code, name, until, successor| {
        row(Disease, code, ("2002-06-01", until), &[("name", name), ("adoption", "1"), ("successor", successor)])
    };
    let rows = vec![
        disease("0000999", "＊＊　未コード化傷病名　＊＊", &[]),
        disease("7153018", "変形性膝関節症", &[("icd10_1", "M171")]),
        disease("0160003", "腎結核", &[("icd10_1", "A181"), ("icd10_2", "N291")]),
        disease("0703012", "輸血後肝炎", &[("icd10_1", "B199"), ("icd10_2", "T802")]),
        disease("9249021", "打撲傷", &[("alone_forbidden", "1")]),
        disease("9999701", "健康診断", &[("not_claimable", "1")]),
        disease("7169011", "関節症", &[]),
        disease("7169012", "膝関節症", &[("adoption", "3")]),
        gone("0000101", "旧病名", "2010-01-01", "0000103"),
        gone("0000102", "中間病名", "2020-01-01", "0000103"),
        row(DiseaseSuccession, "0000101", ALWAYS, &[("name", "旧病名"), ("next", "102"), ("successor", "103")]),
        row(Disease, "0000103", ("2010-01-01", ""), &[("name", "新病名"), ("adoption", "1")]),
        gone("0000201", "輪一", "2010-01-01", "0000202"),
        gone("0000202", "輪二", "2010-01-01", "0000201"),
        modifier("1066", "足", "A1000000"),
        modifier("1057", "膝", "A1000000"),
        modifier("2056", "右", "A2000000"),
        modifier("4012", "急性", "A4000000"),
        modifier("5100", "変形性", "A5000000"),
        modifier("8002", "の疑い", "A8000000"),
        modifier("8048", "術後", "A8000000"),
        modifier("8058", "の後遺症", "A8000000"),
        modifier("9001", "上顎右側１番", "A9000000"),
    ];
    made::masters(rows)
}

fn input(disease: &str, modifiers: &[&str]) -> DiseaseInput {
    let modifiers = modifiers.iter().map(|code| code.parse().unwrap()).collect();
    DiseaseInput { modifiers, ..DiseaseInput::of(disease.parse().unwrap()) }
}

fn kinds(composed: &ComposedDisease) -> Vec<(CodeFaultKind, FaultSeverity)> {
    composed.faults.iter().map(|fault| (fault.kind, fault.severity)).collect()
}

#[test]
fn a_name_is_put_together() {
    let composed = compose(&masters(), &DiseaseInput { suspected: true, main: true, ..input("7153018", &["2056"]) });
    assert_eq!(composed.name, "右変形性膝関節症の疑い");
    assert_eq!(composed.modifier_codes, "20568002");
    assert!(composed.valid && composed.suspected && composed.main);
    assert_eq!(composed.icd10[0].shown, "M17.1");
    assert_eq!(composed.icd10[0].role, Icd10Role::Single);
}

#[test]
fn two_classifications_and_two_codes_are_not_the_same() {
    let roles = |code: &str| -> Vec<_> {
        compose(&masters(), &input(code, &[])).icd10.iter().map(|part| (part.code.clone(), part.role)).collect()
    };
    assert_eq!(roles("0160003"), [("A181".into(), Icd10Role::Etiology), ("N291".into(), Icd10Role::Manifestation)]);
    assert_eq!(roles("0703012"), [("B199".into(), Icd10Role::First), ("T802".into(), Icd10Role::Additional)]);
}

#[test]
fn what_a_claim_would_object_to() {
    use CodeFaultKind as Kind;
    use FaultSeverity::{Error, Warning};
    let masters = masters();
    let found = |input: &DiseaseInput| kinds(&compose(&masters, input));
    assert_eq!(found(&input("9249021", &[])), [(Kind::AloneForbidden, Error)]);
    assert_eq!(found(&input("9249021", &["8002"])), [(Kind::AloneForbidden, Error)]);
    assert_eq!(found(&input("9249021", &["2056"])), [(Kind::AloneForbidden, Warning)]);
    assert_eq!(found(&input("9249021", &["1066"])), []);
    assert_eq!(found(&input("9999701", &[])), [(Kind::NotClaimable, Error)]);
    assert_eq!(found(&input("7153018", &["8002", "2056"])), [(Kind::ModifierOrder, Error)]);
    assert_eq!(found(&input("7153018", &["8002", "8048"])), [(Kind::ModifierOrder, Error)]);
    assert_eq!(found(&input("7153018", &["2056", "2056"])), [(Kind::DuplicateModifier, Warning)]);
    assert_eq!(found(&input("7153018", &["9001"])), [(Kind::ModifierKind, Error)]);
    assert_eq!(found(&input("7153018", &["7777"])), [(Kind::UnknownCode, Error)]);
    assert_eq!(found(&input("1234567", &[])), [(Kind::UnknownCode, Error)]);
    assert_eq!(found(&input("0000999", &[])), [(Kind::FreeText, Error)]);
    let words = |code, name: &str| DiseaseInput { name: Some(name.into()), ..input(code, &[]) };
    assert_eq!(found(&words("0000999", "めずらしい病気")), []);
    assert_eq!(
        found(&words("0000999", "あ\n")),
        [] as [(Kind, FaultSeverity); 0],
        "blanks around a name are not part of it"
    );
    assert_eq!(found(&words("0000999", "あ\u{7}い")), [(Kind::FreeText, Error)]);
    assert_eq!(found(&words("0000999", &"長".repeat(21))), [(Kind::TooMuch, Error)]);
    assert_eq!(found(&words("7153018", "膝の病気")), [(Kind::FreeText, Error)]);
    let dates = DiseaseInput { start: Some(day("2026-07-02")), date: Some(day("2026-07-01")), ..input("7153018", &[]) };
    assert_eq!(found(&dates), [(Kind::Date, Error)]);
    let early = DiseaseInput { date: Some(day("1999-01-01")), ..input("7153018", &[]) };
    assert_eq!(found(&early), [(Kind::NotInForce, Error)]);
}

#[test]
fn twenty_modifiers_and_no_more() {
    let masters = masters();
    let many = |count: usize, suspected| {
        let modifiers = vec!["2056".parse::<ModifierCode>().unwrap(); count];
        let composed = compose(&masters, &DiseaseInput { modifiers, suspected, ..input("7153018", &[]) });
        composed.faults.iter().any(|fault| fault.kind == CodeFaultKind::TooManyModifiers)
    };
    assert!(!many(20, false));
    assert!(many(21, false));
    assert!(many(20, true), "の疑い counts");
    assert!(!many(19, true));
}

#[test]
fn the_right_order_is_offered_and_used() {
    let composed = compose(&masters(), &input("7153018", &["8002", "4012", "8048", "2056"]));
    assert_eq!(composed.name, "急性右変形性膝関節症術後の疑い");
    assert_eq!(composed.faults[0].instead, ["4012", "2056", "8048", "8002"]);
}

#[test]
fn codes_lead_to_their_successors() {
    let masters = masters();
    let on = |code: &str, date: Option<&str>| succession(&masters, code.parse().unwrap(), date.map(day));
    let current = |code: &str, date| on(code, date).current.map(|code| code.to_string());
    assert_eq!(current("0000101", Some("2009-12-31")).as_deref(), Some("0000101"));
    assert_eq!(current("0000101", Some("2010-01-01")).as_deref(), Some("0000102"));
    assert_eq!(current("0000101", Some("2019-12-31")).as_deref(), Some("0000102"));
    assert_eq!(current("0000101", Some("2020-01-01")).as_deref(), Some("0000103"));
    let newest = on("0000101", None);
    assert_eq!(newest.steps.len(), 2);
    assert_eq!((newest.name.as_deref(), newest.ended), (Some("新病名"), Some(day("2009-12-31"))));
    assert_eq!(current("0000103", Some("2009-01-01")), None, "not yet in force is not given up");
    let circle = on("0000201", None);
    assert_eq!((circle.current, circle.steps.len(), circle.known), (None, 1, true));
    assert!(!on("7654321", None).known);
    let composed = compose(&masters, &input("0000101", &["2056"]));
    assert_eq!((composed.name.as_str(), composed.valid), ("右新病名", true));
    assert_eq!(kinds(&composed), [(CodeFaultKind::Replaced, FaultSeverity::Warning)]);
    assert_eq!(composed.faults[0].instead, ["0000103"]);
}

#[test]
fn typed_names_become_codes() {
    let names = Decomposer::new(&masters(), None);
    let first = |name: &str| {
        let found = names.decompose(name, None).unwrap();
        let reading = &found.readings[0];
        (found.whole, reading.disease.to_string(), reading.composed.modifier_codes.clone(), reading.exact)
    };
    for name in ["右変形性膝関節症の疑い", "右 変形性膝関節症 の疑い", "右変形性膝関節症ノ疑イ"]
    {
        assert_eq!(first(name), (true, "7153018".into(), "20568002".into(), true), "{name}");
    }
    assert_eq!(first("右変形性膝関節症（疑い）"), (true, "7153018".into(), "20568002".into(), false));
    assert_eq!(first("右変形性膝関節症の後遺症"), (true, "7153018".into(), "20568058".into(), true));
    assert_eq!(first("右変形性膝関節症後遺症"), (true, "7153018".into(), "20568058".into(), false));
    assert_eq!(first("膝関節症"), (true, "7169012".into(), String::new(), true));
    let all = names.decompose("右変形性膝関節症", None).unwrap();
    let codes: Vec<_> = all.readings.iter().map(|reading| reading.disease.to_string()).collect();
    assert_eq!(codes, ["7153018", "7169012", "7169011"]);
    assert_eq!(all.readings[2].composed.modifier_codes, "205651001057");
}

#[test]
fn what_no_reading_covers_is_said() {
    let names = Decomposer::new(&masters(), None);
    let found = names.decompose("ひどい右変形性膝関節症っぽい", None).unwrap();
    assert!(!found.whole);
    let reading = &found.readings[0];
    assert_eq!((reading.disease.to_string().as_str(), reading.composed.modifier_codes.as_str()), ("7153018", "2056"));
    let over: Vec<_> = reading.uncovered.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(over, ["ヒドイ", "ッポイ"]);
    assert_eq!(names.decompose("なにもない", None).unwrap().readings, []);
}

#[test]
fn days_without_masters() {
    for on in ["1984-12-31", "2101-01-01"] {
        let composed = compose(&masters(), &DiseaseInput { date: Some(day(on)), ..input("7153018", &[]) });
        assert!(composed.faults.iter().any(|fault| fault.path == "date"), "{on}");
        assert!(Decomposer::new(&masters(), Some(day(on))).decompose("関節症", None).is_err(), "{on}");
    }
}

#[test]
fn bad_names_and_long_ones() {
    let names = Decomposer::new(&masters(), None);
    for bad in ["", " ", "\u{0}\n", &"あ".repeat(10_000), &"右".repeat(501)] {
        assert!(names.decompose(bad, None).is_err());
    }
    for text in ["右".repeat(500), "右変形性膝関節症の疑い".repeat(45), ".*[a-z]+(".to_owned(), "の疑い".repeat(160)]
    {
        let found = names.decompose(&text, Some(usize::MAX)).unwrap();
        assert!(found.readings.len() <= 200);
    }
}

#[test]
fn json_is_read_with_paths() {
    let read = DiseaseInput::from_json;
    assert_eq!(read(r#"{"disease":"7153018"}"#).unwrap(), input("7153018", &[]));
    for (text, path) in [
        ("", ""),
        ("[]", ""),
        (r#"{"disease":"715"}"#, "disease"),
        (r#"{"disease":"7153018","modifiers":["2056","x"]}"#, "modifiers[1]"),
        (r#"{"disease":"7153018","color":1}"#, "color"),
        (r#"{"disease":"7153018","date":"2026-02-30"}"#, "date"),
        (r#"{"disease":"7153018"} x"#, ""),
    ] {
        let fault = read(text).unwrap_err();
        assert_eq!((fault.path.as_str(), fault.kind), (path, CodeFaultKind::Schema), "{text}");
    }
    assert_eq!(read(&" ".repeat(70_000)).unwrap_err().kind, CodeFaultKind::TooMuch);
}
