//! `santei validate` and `santei fhir`.

use super::{santei, santei_with, text};

#[test]
fn codes_are_validated() {
    let done =
        santei(&["validate", "--system", "procedure", "--date", "2026-06-01", "--json", "111000110", "111000111"]);
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    let lines: Vec<serde_json::Value> =
        text(&done.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["status"], &lines[0]["name"]), (&"valid".into(), &"初診料".into()));
    assert_eq!(lines[1]["status"], "unknown");
    assert_eq!(lines[1]["instead"][0]["code"], "111000110");
    let done = santei(&["validate", "E11", "2500015", "54016027"]);
    let out = text(&done.stdout);
    assert!(done.status.success(), "{out}");
    assert!(out.contains("２型糖尿病") && out.contains("公費負担者番号"), "{out}");
    assert_eq!(santei(&["validate", "1", "--system", "none"]).status.code(), Some(2));
    assert_eq!(santei(&["validate", "1", "--date", "1984-12-31"]).status.code(), Some(1));
    assert_eq!(santei(&["validate"]).status.code(), Some(2));
}

#[test]
fn codes_of_a_file() {
    let lines = "\u{feff}code,system,date\r\n111000110,procedure,2026-06-01\r\n\r\n\"2500015\",disease\r\n";
    let done = santei_with(lines, &["validate", "--file", "-", "--json"]);
    let out = text(&done.stdout);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let numbers: Vec<&str> = out.lines().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(numbers, ["{\"line\":2", "{\"line\":4"]);
    let done = santei_with("1,none\n", &["validate", "--file", "-"]);
    assert!(text(&done.stderr).contains("line 1: no code system is called `none`"), "{}", text(&done.stderr));
}

#[test]
fn fhir_operations() {
    let system = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease";
    let question = format!(
        r#"{{"resourceType":"Parameters","parameter":[{{"name":"system","valueUri":"{system}"}},{{"name":"code","valueCode":"2500015"}}]}}"#
    );
    let done = santei_with(&question, &["fhir", "lookup", "-"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("２型糖尿病"));
    let query = format!("url={system}%3Ffhir_vs&filter=%E3%81%A8%E3%81%86&count=1&includeDesignations=true");
    let done = santei(&["fhir", "expand", "--json", "--query", &query]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains(r#""resourceType":"ValueSet""#), "{}", text(&done.stdout));
    // No answer is an OperationOutcome, a text that is no JSON as well.
    for (input, arguments) in [("{", ["fhir", "translate", "-"]), ("{}", ["fhir", "validate-code", "-"])] {
        let done = santei_with(input, &arguments);
        assert_eq!(done.status.code(), Some(1));
        assert!(text(&done.stdout).contains("OperationOutcome"), "{}", text(&done.stdout));
    }
    assert_eq!(santei(&["fhir", "subsumes", "-"]).status.code(), Some(2));
    assert_eq!(santei(&["fhir", "lookup", "--query", "%zz=1"]).status.code(), Some(1));
}
