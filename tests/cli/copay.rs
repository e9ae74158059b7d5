//! `santei copay` and `santei conformance`.

use std::path::Path;

use crate::*;

const MONTH: &str = r#"{
    "birth_date": "1980-04-01", "coverage": { "ceiling_class": "ウ" }, "payers": [{ "number": "54016027", "cap": 10000 }],
    "visits": [
        { "date": "2026-07-03", "segments": [{ "points": 6000, "payers": [0] }, { "points": 31000 }] },
        { "date": "2026-07-10", "segments": [{ "points": 100 }] }
    ]
}"#;

#[test]
fn a_month_as_a_table() {
    let done = santei_with(MONTH, &["copay", "-"]);
    let shown = text(&done.stdout);
    assert!(done.status.success(), "{}", text(&done.stderr));
    for line in [
        "2026-07　3割負担",
        "窓口 90530円",
        "難病 特定医療（法別54）",
        "健康保険法施行令 第42条",
        "80100円＋（311000円－267000円）×1％＝80540円",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
}

#[test]
fn a_month_as_json() {
    let done = santei_with(MONTH, &["copay", "-", "--json"]);
    let month: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(month["schema"], "santei.copay.v1");
    assert_eq!(month["visits"][1]["due"], 10);
    let done = santei_with("{}", &["copay", "-", "--json"]);
    assert!(!done.status.success());
    assert!(text(&done.stdout).contains("birth_date"));
}

/// The official examples, where they are at hand.
#[test]
fn official_examples() {
    for (command, file, passed) in [
        ("copay", "copay_official.json", "74 passed, 0 failed\n"),
        ("household", "copay_household.json", "25 passed, 0 failed\n"),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases").join(file);
        if !path.exists() {
            eprintln!("skipped: {} is not there", path.display());
            continue;
        }
        let done = santei(&["conformance", command, path.to_str().unwrap()]);
        assert_eq!((text(&done.stdout).as_str(), done.status.success()), (passed, true));
    }
}

#[test]
fn cases_that_differ_and_unknown_fields() {
    let case = |patient: i64, more: &str| {
        format!(
            r#"[{{ "id": "A", "service_month": "2026-07", "given": {{ "age_class": "under_70", "setting": "inpatient",
            "copay_rate": 3, "ceiling_class": "ウ", "frequent": false, "turns_75_mid_month": false,
            "long_term_illness_ceiling": null, "relief_measure": false{more},
            "segments": [{{ "points": 100000, "public": [] }}] }}, "expect": {{ "patient": {patient} }} }}]"#
        )
    };
    let folder = tempdir().unwrap();
    let file = folder.path().join("cases.json");
    let tried = |text: String| {
        fs::write(&file, text).unwrap();
        santei(&["conformance", "copay", file.to_str().unwrap()])
    };
    let done = tried(case(87_430, ""));
    assert_eq!((text(&done.stdout).as_str(), done.status.success()), ("1 passed, 0 failed\n", true));
    let done = tried(case(87_429, ""));
    assert_eq!(text(&done.stdout), "A: patient expected 87429, got 87430\n0 passed, 1 failed\n");
    assert!(!done.status.success());
    let done = tried(case(87_430, r#", "colour": 1"#));
    assert!(!done.status.success() && text(&done.stderr).contains("colour"), "{}", text(&done.stderr));
}
