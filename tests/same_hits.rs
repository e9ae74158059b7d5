//! A search finds the same, and says the same of it, in native Rust and in the npm package in Node.
//!
//! Ignored in an ordinary `cargo test`, which must not need a built package; `cargo xtask test` builds it and runs this.
#![allow(clippy::unwrap_used, reason = "a test may fail in any way it likes")]

use std::{fs, process::Command};

use santei::{
    date::ServiceDate,
    lookup::{Finder, Search, kinds},
    master::Masters,
};
use serde_json::json;
use tempfile::tempdir;

const QUERIES: &[&str] = &[
    "",
    "初診",
    "しょしん",
    "ｼｮｼﾝ",
    "血圧",
    "高 血圧",
    "E11.9",
    "1110",
    "アムロジピン",
    "ｱﾑﾛ",
    "10mg",
    "１",
    "ア",
    "けつあつ",
    "高血厚症",
    "D007",
    "検査 血",
    "a",
    "ー",
    "ヴィ",
    "算 加",
    "zzzz",
    "入院料",
    "材料",
    "の疑い",
    "𠮷",
];

#[test]
#[ignore = "needs the built npm package: cargo xtask test"]
fn native_and_webassembly_find_the_same() {
    let finder = Finder::new(&Masters::standard().unwrap());
    let days = [None, Some("2024-06-01"), Some("2026-07-01")];
    let asked = || QUERIES.iter().flat_map(move |query| days.map(|day| (*query, day)));
    let questions: Vec<_> = asked()
        .map(|(query, day)| match day {
            None => json!({ "query": query, "limit": 30 }),
            Some(day) => json!({ "query": query, "limit": 30, "date": day }),
        })
        .collect();
    let folder = tempdir().unwrap();
    let file = folder.path().join("queries.json");
    fs::write(&file, serde_json::to_string(&questions).unwrap()).unwrap();

    let node = Command::new("node").arg("tests/packaging/same_hits.mjs").arg(&file).output().unwrap();
    assert!(node.status.success(), "{}", String::from_utf8_lossy(&node.stderr));
    let answers = String::from_utf8(node.stdout).unwrap();
    assert_eq!(answers.lines().count(), questions.len());
    for ((query, day), answer) in asked().zip(answers.lines()) {
        let on: Option<ServiceDate> = day.map(|day| day.parse().unwrap());
        let search = Search { query, on, limit: 30, ..Search::default() };
        let found = finder.search(&search);
        let first = found.hits.first();
        let row = first.and_then(|hit| {
            let kind = kinds().find(|(_, name, _)| *name == hit.kind).unwrap().0;
            finder.row(&hit.code, &[kind], on)
        });
        let named = row.and_then(|row| finder.named(row));
        assert_eq!(named.as_ref().map(|(_, code, _)| code), first.map(|hit| &hit.code), "{query} {day:?}");
        let name = named.map(|(_, _, name)| name);
        let number = finder.rows(&search).first().map(|row| row.0);
        let native = serde_json::to_string(&(&found, name, number, row.map(|row| row.0))).unwrap();
        assert_eq!(native, answer, "{query} {day:?}");
    }
}
