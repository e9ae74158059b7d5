//! The standard masters hold together, and a change of them shows.
#![cfg(feature = "standard")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::{collections::BTreeSet, env, fs, path::Path};

use santei::master::{
    Masters, fingerprint,
    lint::{Known, lint},
    stat::stat,
};

#[test]
fn every_finding_is_mended_or_known() {
    let masters = Masters::standard().unwrap();
    let findings = lint(masters.packs(), &Known::standard().unwrap());
    let open: Vec<_> = findings
        .iter()
        .filter(|found| found.known.is_none())
        .map(|found| {
            let day = found.day.map_or_else(String::new, |day| day.to_string());
            format!("{} {}: {} {} {day}: {}", found.severity.name(), found.lint, found.table, found.code, found.text)
        })
        .collect();
    assert!(
        open.is_empty(),
        "{} findings in masters/: mend them, or list them with their reason in masters/known-findings.csv\n{}",
        open.len(),
        open.join("\n")
    );
}

#[test]
fn the_fingerprint_is_kept() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("masters/FINGERPRINT.csv");
    let now = fingerprint::standard(&Masters::standard().unwrap());
    if env::var_os("SANTEI_UPDATE").is_some() {
        fs::write(&file, &now).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let (kept_lines, now_lines): (BTreeSet<_>, BTreeSet<_>) = (kept.lines().collect(), now.lines().collect());
    let gone = kept_lines.difference(&now_lines).map(|line| format!("- {line}"));
    let come = now_lines.difference(&kept_lines).map(|line| format!("+ {line}"));
    let changed: Vec<_> = gone.chain(come).collect();
    assert!(
        kept == now,
        "masters/FINGERPRINT.csv is not that of masters/*.csv: run `cargo xtask fingerprint` and look at the change\n{}",
        changed.join("\n")
    );
}

#[test]
fn every_source_is_listed_and_used() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("masters/sources.csv");
    let mut reader = csv::Reader::from_path(file).unwrap();
    let listed: BTreeSet<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    let masters = Masters::standard().unwrap();
    let tables = masters.packs().iter().flat_map(|pack| stat(pack).tables);
    let used: BTreeSet<String> = tables.flat_map(|table| table.sources.into_keys()).collect();
    let unlisted: Vec<_> = used.difference(&listed).collect();
    let unused: Vec<_> = listed.difference(&used).collect();
    assert!(unlisted.is_empty() && unused.is_empty(), "not in sources.csv: {unlisted:?}; not used: {unused:?}");
}
