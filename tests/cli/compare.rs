//! `santei calc --as-of-revision` and `santei compare`.

use serde_json::Value;

use super::{batch::visit, santei_with, text};

fn json(output: &std::process::Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_visit_by_the_rules_of_another_revision() {
    for (revision, points) in [("r4", 288), ("r6", 291), ("R8", 293), ("令和8年度改定", 293)] {
        let done = santei_with(&visit(1980), &["calc", "-", "--json", "--as-of-revision", revision]);
        let result: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(result["statement"]["total_points"], points, "{revision}");
        // It says that it is hypothetical, and keeps the day.
        let code = result["statement"]["visits"][0]["revision"].clone();
        assert_eq!(result["statement"]["as_of_revision"], code);
        assert_eq!(result["copay"][0]["as_of_revision"], code);
        assert_eq!(result["statement"]["visits"][0]["date"], "2026-07-01");
    }
    let plain = santei_with(&visit(1980), &["calc", "-", "--json"]);
    assert!(!text(&plain.stdout).contains("as_of_revision"));
    let table = text(&santei_with(&visit(1980), &["calc", "-", "--as-of-revision", "r6"]).stdout);
    assert!(table.contains("仮定の計算") && table.contains("合計 291点"), "{table}");
}

#[test]
fn the_share_stays_by_the_real_day() {
    // A general late-elderly patient: the share of two tenths began on 2022-10-01, within the revision of 2022.
    let visit = visit(1940)
        .replace("\"visits\"", "\"coverage\":{\"income_class\":\"above_threshold\"},\"visits\"")
        .replace("2026-07-01", "2022-09-30");
    let result = |arguments: &[&str]| -> Value {
        let mut all = vec!["calc", "-", "--json"];
        all.extend(arguments);
        serde_json::from_slice(&santei_with(&visit, &all).stdout).unwrap()
    };
    let (real, hypothetical) = (result(&[]), result(&["--as-of-revision", "r8"]));
    assert_eq!(hypothetical["statement"]["total_points"], 293);
    assert_eq!(real["copay"][0]["rate_tenths"], hypothetical["copay"][0]["rate_tenths"]);
    assert_eq!(real["copay"][0]["reasons"][0], hypothetical["copay"][0]["reasons"][0]);
}

#[test]
fn an_unknown_revision_names_the_known_ones() {
    let done = santei_with(&visit(1980), &["calc", "-", "--json", "--as-of-revision", "r7"]);
    assert_eq!(done.status.code(), Some(1));
    let error: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(error["errors"][0]["kind"], "unknown_revision");
    assert_eq!(error["errors"][0]["got"], "r7");
    assert!(error["errors"][0]["expected"].as_str().unwrap().contains("r6 (令和6年度改定), r8 (令和8年度改定)"));
    let done = santei_with(&visit(1980), &["compare", "-", "--from", "r7", "--to", "r8"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stderr).contains("`r7`"), "{}", text(&done.stderr));
}

fn input() -> String {
    // 113013710 ended with the revision of 2024; the fourth line is no encounter at all.
    let gone = visit(1980).replace("\"first\"", "\"first\",\"orders\":[{\"procedure\":\"113013710\"}]");
    format!("{}\n\n{}\n{{\"x\":1}}\n{}\n", visit(1980), gone, visit(2024))
}

#[test]
fn encounters_under_two_revisions() {
    let mut results = Vec::new();
    for threads in ["1", "3"] {
        let arguments = ["compare", "-", "--from", "r6", "--to", "r8", "--format", "json", "--threads", threads];
        let done = santei_with(&input(), &arguments);
        assert_eq!(done.status.code(), Some(1));
        results.push(done.stdout.clone());
        let out = json(&done);
        assert_eq!(out.len(), 5);
        assert_eq!(
            (&out[0]["line"], &out[0]["from_points"], &out[0]["to_points"]),
            (&1.into(), &291.into(), &293.into())
        );
        let change = &out[0]["visits"][0]["changes"][0];
        assert_eq!(
            (&change["change"], &change["code"], &change["from"]),
            (&"new".into(), &"180819910".into(), &Value::Null)
        );
        let why = &out[1]["not_comparable"];
        assert_eq!((&out[1]["line"], &why[0]["revision"]), (&3.into(), &"r8".into()));
        assert_eq!(why[0]["errors"][0]["kind"], "not_in_force");
        assert_eq!(why.as_array().unwrap().len(), 1);
        assert_eq!((&out[2]["line"], &out[2]["errors"][0]["path"]), (&4.into(), &"x".into()));
        let total = &out[4]["total"];
        assert_eq!(
            (&total["compared"], &total["changed"], &total["not_comparable"]),
            (&2.into(), &2.into(), &2.into())
        );
        assert_eq!(total["difference"], total["to_points"].as_i64().unwrap() - total["from_points"].as_i64().unwrap());
        assert_eq!(total["codes"]["180819910"]["new"], 2);
    }
    assert_eq!(results[0], results[1]);
}

#[test]
fn a_revision_with_itself_changes_nothing() {
    let done = santei_with(&visit(1980), &["compare", "-", "--from", "r8", "--to", "r8", "--format", "json"]);
    assert!(done.status.success());
    let out = json(&done);
    assert_eq!(out[0]["visits"][0]["changes"], Value::Array(Vec::new()));
    assert_eq!(out[1]["total"]["changed"], 0);
}

#[test]
fn tables_and_csv() {
    let table = text(&santei_with(&input(), &["compare", "-", "--from", "r6", "--to", "r8"]).stdout);
    for part in [
        "r6 → r8",
        "1 行目",
        "291 → 293（+2）",
        "なし → 2×1（+2）",
        "3 行目 r8 では計算できない",
        "比べられないもの 2 件",
    ] {
        assert!(table.contains(part), "{part} in\n{table}");
    }
    let done = santei_with(&input(), &["compare", "-", "--from", "r6", "--to", "r8", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(done.stdout.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.iter().all(|row| row.len() == 17));
    let kinds: Vec<&str> = rows.iter().map(|row| &row[3]).collect();
    assert_eq!(kinds[..2], ["visit", "new"]);
    assert!(kinds.contains(&"not_comparable") && kinds.last() == Some(&"all"));
}
