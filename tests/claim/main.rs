//! Claim files: read without a loss, faults found one by one, nothing found where nothing is wrong.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::panic,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

mod bad_input;
mod donors;
mod faults;
mod good;
mod linked;
mod round_trip;
mod sample;

use std::sync::OnceLock;

use santei::{
    claim::{
        check::{Checker, Finding, Severity, Summary},
        recompute::{History, Points},
    },
    master::Masters,
};

fn masters() -> &'static Masters {
    static MASTERS: OnceLock<Masters> = OnceLock::new();
    MASTERS.get_or_init(|| Masters::standard().unwrap())
}

/// Everything that is found in a file, and what it comes to.
fn check(bytes: &[u8]) -> (Vec<Finding>, Summary) {
    let mut findings = Vec::new();
    let summary = Checker::new(masters()).check(bytes, None, &mut |finding| findings.push(finding)).unwrap();
    (findings, summary)
}

/// The same with the points recomputed, as `santei check` does.
fn found_with_points(bytes: &[u8]) -> Vec<(&'static str, u64)> {
    let mut found = Vec::new();
    let checker = Checker::new(masters()).with(Points::new(History::new()));
    let keep = &mut |finding: Finding| {
        if finding.severity > Severity::Info {
            found.push((finding.rule.id, finding.line));
        }
    };
    checker.check(bytes, None, keep).unwrap();
    found
}

/// What is wrong or doubtful, as rule and line.
fn found(bytes: &[u8]) -> Vec<(&'static str, u64)> {
    let (findings, _) = check(bytes);
    let worth = findings.iter().filter(|finding| finding.severity > Severity::Info);
    worth.map(|finding| (finding.rule.id, finding.line)).collect()
}

/// Shift_JIS.
fn sjis(text: &str) -> Vec<u8> {
    let (bytes, _, broken) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!broken, "{text}");
    bytes.into_owned()
}
