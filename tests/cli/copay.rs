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

#[test]
fn a_household() {
    let household = r#"{ "on": "2026-07-01", "ceiling_class": "エ", "members": [
        { "person": "a", "age_class": "under_70", "setting": "inpatient", "cost_yen": 300000, "copay_rate": 3 }
    ] }"#;
    let done = santei_with(household, &["copay", "-", "--household"]);
    assert!(text(&done.stdout).contains("限度額 57600円　払い戻し 32400円"), "{}", text(&done.stdout));
    let done = santei_with(household, &["copay", "-", "--household", "--json"]);
    let settled: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&settled["self"], &settled["refund"]), (&57_600.into(), &32_400.into()));
}

/// Codes, meals and what lies outside insurance stand in the table too.
#[test]
fn a_stay_as_a_table() {
    let month = r#"{
        "birth_date": "1980-04-01", "coverage": { "ceiling_class": "ウ" },
        "visits": [{ "date": "2026-07-31", "setting": "inpatient", "segments": [{ "points": 50000 }] }],
        "meals": [{ "charge": "meal.general", "count": 30 }], "extras": [{ "name": "差額ベッド", "amount": 5000, "tax_percent": 10 }]
    }"#;
    let shown = text(&santei_with(month, &["copay", "-"]).stdout);
    for line in ["レセプト種別 1111　特記事項 28区ウ", "550円 × 30食 ＝ 16500円", "差額ベッド 5000円＋消費税500円"]
    {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
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
