//! The command line as its users run it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test stops at the first surprise"
)]

mod batch;
mod claim;
mod codes;
mod compare;
mod copay;
mod masters;
mod terminology;

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use tempfile::tempdir;

fn santei(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_santei")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn santei_with(input: &str, arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_santei"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const FIRST_VISIT: &str = r#"{
    "facility": { "kind": "clinic" },
    "patient": { "birth_date": "1980-04-01" },
    "visits": [{ "date": "2026-07-01", "consultation": "first" }]
}"#;

#[test]
fn a_visit_as_a_table() {
    let done = santei_with(FIRST_VISIT, &["calc", "-"]);
    let out = text(&done.stdout);
    assert!(done.status.success(), "{}", text(&done.stderr));
    for part in ["令和8年7月1日", "111000110", "初診料", "291×1", "合計 293点", "患者負担 880円"] {
        assert!(out.contains(part), "{part} in\n{out}");
    }
}

#[test]
fn a_visit_as_json_with_trace() {
    let done = santei_with(FIRST_VISIT, &["calc", "-", "--json", "--trace"]);
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(json["schema"], "santei.calculation.v1");
    assert_eq!(json["statement"]["total_points"], 293);
    assert_eq!(json["copay"][0]["amount"], 880);
    let phases: Vec<_> = json["trace"].as_array().unwrap().iter().map(|node| node["label"].as_str().unwrap()).collect();
    assert_eq!(phases, ["resolve", "derive", "adjust", "bundle", "exclude", "limit", "price", "total"]);
}

#[test]
fn another_day_of_service() {
    // The day before and the first day of the revision of 2024.
    for (date, points) in [("2024-05-31", 288), ("2024-06-01", 291)] {
        let done = santei_with(FIRST_VISIT, &["calc", "-", "--json", "--date", date]);
        let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(json["statement"]["total_points"], points, "{date}");
    }
}

#[test]
fn a_refusal_names_every_fault() {
    let visit = r#"{
        "facility": { "kind": "clinic" },
        "patient": { "birth_date": "1980-04-01" },
        "visits": [{ "date": "2026-07-01", "consultation": "revisit", "orders": [
            { "procedure": "199999999" },
            { "procedure": "113013710" },
            { "procedure": "160008010", "count": 0 }
        ] }]
    }"#;
    let done = santei_with(visit, &["calc", "-"]);
    assert_eq!(done.status.code(), Some(1));
    let error = text(&done.stderr);
    for part in [
        "visits[0].orders[0].procedure",
        "visits[0].orders[1].procedure",
        "not in force on 2026-07-01",
        "to 2026-05-31",
        "visits[0].orders[2].count",
    ] {
        assert!(error.contains(part), "{part} in\n{error}");
    }
    let done = santei_with(visit, &["calc", "-", "--json"]);
    assert_eq!(done.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let kinds: Vec<_> =
        json["errors"].as_array().unwrap().iter().map(|error| error["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["unknown_code", "not_in_force", "quantity"]);
}

#[test]
fn an_unknown_field_has_its_path() {
    let visit = FIRST_VISIT.replace("\"consultation\"", "\"telemedecine\": true, \"consultation\"");
    let done = santei_with(&visit, &["calc", "-"]);
    assert_eq!(done.status.code(), Some(1));
    let error = text(&done.stderr);
    assert!(error.contains("visits[0].telemedecine") && error.contains("unknown field"), "{error}");
}

#[test]
fn nonsense_is_refused_and_not_panicked_on() {
    for input in ["", "{", "[]", "null", "\u{0}", "{\"visits\":[]}", "初診料"] {
        let done = santei_with(input, &["calc", "-"]);
        assert_eq!(done.status.code(), Some(1), "{input}");
        assert!(!text(&done.stderr).contains("panicked"), "{input}");
    }
    assert_eq!(santei(&["calc", "no-such-file.json"]).status.code(), Some(1));
    assert_eq!(santei(&["calc"]).status.code(), Some(2));
    assert_eq!(santei(&["nonsense"]).status.code(), Some(2));
}

#[test]
fn a_folder_becomes_a_pack_that_answers() {
    let Some(masters) = shared("masters/r6") else { return };
    let folder = tempdir().unwrap();
    let pack = folder.path().join("r6.pack");
    let done = santei(&["pack", masters.to_str().unwrap(), "-o", pack.to_str().unwrap()]);
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
    assert!(text(&done.stdout).contains("10169"));
    let visit = FIRST_VISIT.replace("2026-07-01", "2025-07-01");
    let done = santei_with(&visit, &["calc", "-", "--json", "--no-standard", "--pack", pack.to_str().unwrap()]);
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(json["statement"]["total_points"], 291);
    assert_eq!(json["statement"]["visits"][0]["lines"][0]["source"], "s_20251104.csv");
}

#[test]
fn a_folder_with_faults_gives_no_pack() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("z_20250601.txt"), "\"0\",\"Z\",\"80x2\"\r\n").unwrap();
    let pack = folder.path().join("out.pack");
    let done = santei(&["pack", folder.path().to_str().unwrap(), "-o", pack.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1));
    let said = text(&done.stdout) + &text(&done.stderr);
    assert!(said.contains("z_20250601.txt"), "{said}");
    assert!(!pack.exists());
}

#[test]
fn a_damaged_pack_is_refused_by_name() {
    let folder = tempdir().unwrap();
    let pack = folder.path().join("bad.pack");
    let mut bytes = fs::read("tests/fixtures/pack-v1.pack").unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&pack, bytes).unwrap();
    let done = santei_with(FIRST_VISIT, &["calc", "-", "--pack", pack.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1));
    let error = text(&done.stderr);
    assert!(error.contains("bad.pack") && error.contains("damaged"), "{error}");
}

/// A folder of real official files, where it is at hand.
fn shared(folder: &str) -> Option<std::path::PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/{folder} is not at hand");
    None
}
