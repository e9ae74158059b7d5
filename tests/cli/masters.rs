//! `santei masters`.

use std::{fs, path::Path};

use tempfile::{TempDir, tempdir};

use super::{santei, shared, text};

/// A row of the modifier master in its published layout.
fn row(code: &str, name: &str, changed: &str) -> String {
    format!(
        "\"0\",\"Z\",\"{code}\",\"\",\"\",\"2\",\"{name}\",\"\",\"2\",\"ｶﾅ\",\"\",\"0\",\"0\",\"20020601\",\"{changed}\",\
         \"99999999\",\"27000476\",\"1290\",\"A1000000\"\r\n"
    )
}

/// A folder with one modifier master.
fn folder(rows: &[String]) -> TempDir {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("z_20250601.txt"), rows.concat()).unwrap();
    folder
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn json(arguments: &[&str]) -> (Option<i32>, serde_json::Value) {
    let done = santei(arguments);
    let value = serde_json::from_slice(&done.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}{}", text(&done.stdout), text(&done.stderr));
    });
    (done.status.code(), value)
}

#[test]
fn inspect_says_what_is_there() {
    let files = folder(&[row("8001", "顎", "20020601"), row("8002", "の疑い", "20240601")]);
    let (code, said) = json(&["masters", "inspect", path(files.path()), "--json"]);
    assert_eq!(code, Some(0), "{said}");
    let file = &said["files"][0];
    assert_eq!(
        (&file["kind"], &file["edition"], &file["newest"]),
        (&"modifier".into(), &"2025-06-01".into(), &"2024-06-01".into())
    );
    assert_eq!((&file["rows"], &file["columns"], &said["fault_count"]), (&2.into(), &19.into(), &0.into()));
    // The name that was changed in 2024 is given from 2002 on too, as not verified.
    assert_eq!((&said["masters"][0]["table"], &said["masters"][0]["rows"]), (&"modifier".into(), &3.into()));

    let broken = folder(&[row("80x1", "顎", "20020601"), row("8002", "の疑い", "20240631")]);
    let done = santei(&["masters", "inspect", path(broken.path())]);
    let said = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1));
    assert!(said.contains("z_20250601.txt:1: column 3") && said.contains("z_20250601.txt:2: column 15"), "{said}");
    let (code, said) = json(&["masters", "inspect", path(broken.path()), "--json"]);
    assert_eq!((code, &said["fault_count"], &said["faults"][0]["line"]), (Some(1), &2.into(), &1.into()));
}

/// Files are taken as they are, alone or together, whatever they are called; what a folder has besides is named.
#[test]
fn files_are_taken_as_they_are() {
    let (one, two) = (folder(&[row("8001", "顎", "20020601")]), folder(&[row("8002", "の疑い", "20240601")]));
    let (first, second) = (one.path().join("z_20250601.txt"), two.path().join("renamed.dat"));
    fs::rename(two.path().join("z_20250601.txt"), &second).unwrap();
    let (code, said) = json(&["masters", "inspect", path(&first), path(&second), "--json"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!((&said["files"][0]["file"], &said["files"][0]["kind"]), (&"renamed.dat".into(), &"modifier".into()));
    assert_eq!((&said["files"][1]["file"], &said["masters"][0]["rows"]), (&"z_20250601.txt".into(), &3.into()));
    let (_, before) = json(&["masters", "diff", path(&first), path(&first), "--json"]);
    assert_eq!(before["tables"][0]["changes"].as_array().map_or(0, Vec::len), 0, "{before}");

    let (code, said) = json(&["masters", "inspect", path(two.path()), "--json"]);
    assert_eq!((code, &said["files"][0]["file"]), (Some(0), &"renamed.dat".into()));
    assert!(said["files"][0]["skipped"].as_str().unwrap().contains(".csv"), "{said}");
    // Two of one name keep as much of their places as tells them apart.
    fs::rename(&second, two.path().join("z_20250601.txt")).unwrap();
    let (_, said) = json(&["masters", "inspect", path(one.path()), path(two.path()), "--json"]);
    let names = [0, 1].map(|at| said["files"][at]["file"].as_str().unwrap().to_owned());
    assert!(names[0] != names[1] && names.iter().all(|name| name.ends_with("/z_20250601.txt")), "{names:?}");
    let done = santei(&["masters", "inspect", path(&first), "nowhere.zip"]);
    assert!(!done.status.success() && text(&done.stderr).contains("nowhere.zip"), "{}", text(&done.stderr));
}

#[test]
fn a_pack_is_what_its_sources_give() {
    let files = folder(&[row("8001", "顎", "20020601"), row("8002", "の疑い", "20240601")]);
    let out = tempdir().unwrap();
    let (one, two) = (out.path().join("one.pack"), out.path().join("two.pack"));
    assert!(santei(&["masters", "pack", path(files.path()), "-o", path(&one)]).status.success());
    assert!(santei(&["pack", path(files.path()), "-o", path(&two)]).status.success());
    assert_eq!(fs::read(&one).unwrap(), fs::read(&two).unwrap());

    let (code, said) = json(&["masters", "verify", path(&one), path(files.path()), "--json"]);
    assert_eq!((code, &said["sources"][0]["state"], &said["tables"][0]["same"]), (Some(0), &"same".into(), &3.into()));

    let others =
        folder(&[row("8001", "顎", "20020601"), row("8002", "疑い", "20240601"), row("8003", "腕", "20020601")]);
    let done = santei(&["masters", "verify", path(&one), path(others.path())]);
    let said = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1));
    for part in [
        "changed",
        "name `の疑い` in the pack, `疑い` in the files",
        "modifier 8003 from 2002-06-01: only in the files",
    ] {
        assert!(said.contains(part), "{part} in\n{said}");
    }
}

#[test]
fn what_changed() {
    let old = folder(&[row("8001", "顎", "20020601"), row("8002", "の疑い", "20020601")]);
    let new = folder(&[row("8002", "疑い", "20240601"), row("8003", "腕", "20240601")]);
    let (code, said) = json(&["masters", "diff", path(old.path()), path(new.path()), "--table", "modifier", "--json"]);
    assert_eq!(code, Some(1));
    let changes: Vec<_> = said["tables"][0]["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| format!("{} {}", change["change"].as_str().unwrap(), change["code"].as_str().unwrap()))
        .collect();
    assert_eq!(changes, ["abolished 8001", "renamed 8002", "new 8003"]);

    let out = tempdir().unwrap();
    let csv = out.path().join("changes.csv");
    let done = santei(&["masters", "diff", path(old.path()), path(new.path()), "--csv", path(&csv)]);
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stdout).contains("修飾語 – renamed: 1"));
    let written = fs::read_to_string(csv).unwrap();
    assert!(written.starts_with("table,change,code,name,from,column,before,after\n"), "{written}");
    assert!(written.contains("modifier,renamed,8002,疑い,2024-06-01,name,の疑い,疑い\n"), "{written}");

    let same = santei(&["masters", "diff", path(new.path()), path(new.path())]);
    assert_eq!(same.status.code(), Some(0));
    let unknown = santei(&["masters", "diff", path(old.path()), path(new.path()), "--table", "modifiers"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(text(&unknown.stderr).contains("neither has a master `modifiers`"));
}

#[test]
fn a_revision_of_the_standard_masters() {
    let days = ["--date", "2026-05-31", "--to", "2026-06-01", "--table", "procedure", "--json"];
    let (code, said) = json(&[&["masters", "diff", "standard", "standard"][..], &days[..]].concat());
    assert_eq!(code, Some(1));
    let revisit = said["tables"][0]["changes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|change| change["code"] == "112007410" && change["column"] == "points");
    let revisit = revisit.unwrap();
    assert_eq!(
        (&revisit["change"], &revisit["before"], &revisit["after"]),
        (&"figure".into(), &"75".into(), &"76".into())
    );
    assert_eq!(santei(&["masters", "diff", "standard", "standard", "--to", "2026-06-01"]).status.code(), Some(2));
}

#[test]
fn what_is_in_a_pack() {
    let (code, said) = json(&["masters", "stat", "tests/fixtures/pack-v1.pack", "--json"]);
    assert_eq!(code, Some(0));
    let pack = &said[0];
    assert_eq!(pack["bytes"], fs::metadata("tests/fixtures/pack-v1.pack").unwrap().len());
    let tables: Vec<_> =
        pack["tables"].as_array().unwrap().iter().map(|table| table["table"].as_str().unwrap()).collect();
    assert!(tables.contains(&"procedure") && tables.contains(&"modifier"), "{tables:?}");
    let shown = text(&santei(&["masters", "stat", "standard"]).stdout);
    for part in ["PROC", "医科診療行為 (procedure)", "unverified", "procedures.csv"] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
}

#[test]
fn the_standard_masters_hold_together() {
    let (code, said) = json(&["masters", "lint", "--strict", "--json"]);
    assert_eq!((code, &said["errors"], &said["warnings"]), (Some(0), &0.into(), &0.into()), "{said}");
    let listed = text(&santei(&["masters", "lint", "--list"]).stdout);
    assert!(listed.contains("overlapping-periods") && listed.contains("dangling-code"), "{listed}");
}

#[test]
fn findings_of_a_pack_and_their_reasons() {
    // The pack of version 1 has first visits without the infant addition that they name.
    let pack = "tests/fixtures/pack-v1.pack";
    let (code, said) = json(&["masters", "lint", pack, "--json"]);
    let findings = said["findings"].as_array().unwrap();
    assert_eq!(code, Some(i32::from(said["errors"] != 0)));
    let errors: Vec<_> = findings.iter().filter(|found| found["severity"] == "error").collect();
    let folder = tempdir().unwrap();
    let known = folder.path().join("known.csv");
    let mut list = "lint,table,code,day,reason\n".to_owned();
    for found in errors {
        let part = |name: &str| found[name].as_str().unwrap().to_owned();
        list += &format!("{},{},{},{},a small pack\n", part("lint"), part("table"), part("code"), part("day"));
    }
    fs::write(&known, list).unwrap();
    let (code, said) = json(&["masters", "lint", pack, "--known", path(&known), "--json"]);
    assert_eq!((code, &said["errors"]), (Some(0), &0.into()), "{said}");
    fs::write(&known, "lint,table\ngap,procedure\n").unwrap();
    let done = santei(&["masters", "lint", pack, "--known", path(&known)]);
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stderr).contains("known findings"), "{}", text(&done.stderr));
}

#[test]
fn usage_and_missing_files() {
    for arguments in [&["masters"][..], &["masters", "verify", "x"], &["masters", "diff", "x"], &["masters", "stat"]] {
        assert_eq!(santei(arguments).status.code(), Some(2), "{arguments:?}");
    }
    let empty = tempdir().unwrap();
    let none = path(empty.path());
    for arguments in [
        &["masters", "inspect", none][..],
        &["masters", "stat", "no-such.pack"],
        &["masters", "diff", none, none],
        &["masters", "verify", "no-such.pack", none],
        &["masters", "stat", "Cargo.toml"],
    ] {
        let done = santei(arguments);
        assert_eq!(done.status.code(), Some(1), "{arguments:?}");
        assert!(text(&done.stderr).starts_with("santei: "), "{arguments:?}");
    }
    let help = text(&santei(&["masters", "--help"]).stdout);
    assert!(help.contains("Exit codes"), "{help}");
}

#[test]
fn the_real_files_and_their_pack() {
    let Some(files) = shared("masters/r6-initial") else { return };
    let out = tempdir().unwrap();
    let pack = out.path().join("r6.pack");
    assert!(santei(&["masters", "pack", path(&files), "-o", path(&pack)]).status.success());
    let (code, said) = json(&["masters", "verify", path(&pack), path(&files), "--json"]);
    assert_eq!((code, &said["tables"][0]["same"]), (Some(0), &10_133.into()));
    let (code, said) = json(&["masters", "lint", path(&pack), "--json"]);
    assert_eq!((code, &said["errors"]), (Some(0), &0.into()), "{said}");
}
