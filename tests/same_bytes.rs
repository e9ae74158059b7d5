//! The same encounter gives the same bytes from native Rust and from the npm package in Node.
//!
//! Ignored in an ordinary `cargo test`, which must not need a built package; `cargo xtask test` builds it and runs this.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    dead_code,
    reason = "a test may fail in any way it likes, and needs a part of the generator's tables only"
)]

#[path = "differential/days.rs"]
mod days;
#[path = "differential/fee_tables.rs"]
mod fee_tables;
#[path = "differential/generate.rs"]
mod generate;
#[path = "differential/tables.rs"]
mod tables;

use std::{fs, process::Command};

use santei::{
    calculation::{Options, calculate_json},
    master::Masters,
};
use serde_json::Value;
use tempfile::tempdir;

/// How many encounters are compared.
const ENCOUNTERS: usize = 10_000;

/// An encounter by chance as text; every tenth is spoilt in one of several ways.
fn input(number: usize, encounter: &Value) -> String {
    let text = encounter.to_string();
    match number % 50 {
        9 => text.replace("\"date\"", "\"day\""),
        19 => text.replacen("\"procedure\":\"1", "\"procedure\":\"9", 1),
        29 => text.replacen("\"birth_date\":\"19", "\"birth_date\":\"29", 1),
        39 => text[..text.len() / 2].to_owned(),
        49 => text.replacen("\"visits\":[", "\"visits\":[null,", 1),
        _ => text,
    }
}

#[test]
#[ignore = "needs the built npm package: cargo xtask test"]
fn native_and_webassembly_give_the_same_bytes() {
    let masters = Masters::standard().unwrap();
    let tables = tables::Tables::read();
    let mut random = generate::Random(0xb17e5);
    let inputs: Vec<String> =
        (0..ENCOUNTERS).map(|number| input(number, &generate::encounter(&tables, &mut random))).collect();
    let folder = tempdir().unwrap();
    let visits = folder.path().join("visits.jsonl");
    fs::write(&visits, inputs.join("\n")).unwrap();

    let node = Command::new("node").arg("tests/packaging/same_bytes.mjs").arg(&visits).output().unwrap();
    assert!(node.status.success(), "{}", String::from_utf8_lossy(&node.stderr));
    let answers = String::from_utf8(node.stdout).unwrap();
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), inputs.len());

    let mut refused = 0;
    for (input, answer) in inputs.iter().zip(answers) {
        let native = match calculate_json(&masters, input, &Options { trace: true, ..Options::default() }) {
            Ok(calculation) => calculation.to_json(),
            Err(refusal) => {
                refused += 1;
                serde_json::to_string(&refusal).unwrap()
            }
        };
        assert!(native == answer, "in {input}\nnative {native}\nnode   {answer}");
    }
    assert!((ENCOUNTERS / 20..ENCOUNTERS / 5).contains(&refused), "{refused} refused");
}
