//! A second, slow reading of the fee rules, article by article, and of the electronic fee table, row by row, over the tables
//! as they stand in `masters/*.csv` and, where they are at hand, in the published files. It shares no line with the library:
//! other tables, other dates, other arithmetic. Both must give the same lines for every visit.
//!
//! `SANTEI_VISITS` sets how many visits are compared, `SANTEI_SEED` with which chance they are drawn.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    reason = "a test may fail in any way it likes"
)]

mod bases;
mod contest;
mod days;
mod fee_tables;
mod generate;
mod limits;
mod medication;
#[cfg(feature = "official")]
mod official;
mod often;
mod parts;
mod pricing;
mod related;
mod rules;
mod shrink;
mod tables;

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use santei::{
    calculation::{Options, calculate_json},
    fee::Verdict,
    master::Masters,
};
use serde_json::Value;

use generate::Random;
use rules::Line;
use tables::{Certainty, Tables};

/// How many visits an ordinary test compares.
const VISITS: usize = 1_500;
/// How many the whole comparison has, official tables and standard masters together.
const ALL: usize = 200_000;
/// How many differences are shown before the comparison stops.
const SHOWN: usize = 5;

type Visit = (Vec<Line>, i64);

fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Charged => "charged",
        Verdict::Bundled => "bundled",
        Verdict::Excluded => "excluded",
        Verdict::Limited => "limited",
        Verdict::NeedsReview => "needs_review",
    }
}

/// The engine's lines of each visit in the order of the input, with the total, sorted.
fn engine(masters: &Masters, encounter: &Value) -> Result<Vec<Visit>, String> {
    let calculation = calculate_json(masters, &encounter.to_string(), &Options::default())
        .map_err(|refusal| format!("the engine refuses: {refusal}"))?;
    let mut visits = vec![(Vec::new(), 0); calculation.statement.visits.len()];
    for visit in calculation.statement.visits {
        let mut lines: Vec<Line> = visit
            .lines
            .iter()
            .map(|line| Line {
                code: line.code.clone().unwrap_or_default(),
                addition: line.addition,
                verdict: name(line.verdict),
                points: line.points.map(|points| points.get()),
                count: i64::from(line.count),
                total: line.total.map(|points| points.get()),
                certainty: Certainty::of(line.certainty.name()),
            })
            .collect();
        lines.sort();
        visits[visit.visit] = (lines, visit.total_points.get());
    }
    Ok(visits)
}

/// How the two readings differ, if they do.
fn difference(masters: &Masters, tables: &Tables, encounter: &Value) -> Result<Vec<Visit>, String> {
    let expected = rules::charge(tables, encounter);
    let got = engine(masters, encounter)?;
    assert_eq!(expected.len(), got.len());
    for (index, (expected, got)) in expected.iter().zip(&got).enumerate() {
        if expected != got {
            let only = |a: &[Line], b: &[Line]| {
                let mut rest = b.to_vec();
                let mut text = String::new();
                for line in a {
                    match rest.iter().position(|other| other == line) {
                        Some(place) => drop(rest.remove(place)),
                        None => text.push_str(&format!("\n    {line:?}")),
                    }
                }
                text
            };
            return Err(format!(
                "visit {index}:\n  row by row {} lines, total {}, of which alone{}\n  the engine {} lines, total {}, of which alone{}",
                expected.0.len(),
                expected.1,
                only(&expected.0, &got.0),
                got.0.len(),
                got.1,
                only(&got.0, &expected.0),
            ));
        }
    }
    Ok(expected)
}

/// Compares so many visits on all cores, and shows the smallest encounters that differ.
fn compare(what: &str, masters: &Masters, tables: &Tables, visits: usize, draw: fn(&Tables, &mut Random) -> Value) {
    let seed: u64 = std::env::var("SANTEI_SEED").map_or(0x5a17e1, |text| text.parse().unwrap());
    let (next, compared, differences) = (AtomicU64::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let (verdicts, shown) = (Mutex::new(BTreeMap::<&str, usize>::new()), Mutex::new(Vec::<String>::new()));
    let started = std::time::Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let mut mine = BTreeMap::<&str, usize>::new();
                while compared.load(Ordering::Relaxed) < visits && differences.load(Ordering::Relaxed) < SHOWN {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    // Each encounter has a chance of its own, so that any one can be drawn again.
                    let mut random = Random(seed.wrapping_add(number).wrapping_mul(0x2545_f491_4f6c_dd1d));
                    let encounter = draw(tables, &mut random);
                    match difference(masters, tables, &encounter) {
                        Ok(visits) => {
                            compared.fetch_add(visits.len(), Ordering::Relaxed);
                            for line in visits.iter().flat_map(|(lines, _)| lines) {
                                *mine.entry(line.verdict).or_default() += 1;
                            }
                        }
                        Err(_) => {
                            differences.fetch_add(1, Ordering::Relaxed);
                            let small = shrink::smallest(&encounter, &|one| difference(masters, tables, one).is_err());
                            let how = difference(masters, tables, &small).unwrap_err();
                            shown.lock().unwrap().push(format!("encounter {number}: {small}\n  {how}"));
                        }
                    }
                }
                for (verdict, lines) in mine {
                    *verdicts.lock().unwrap().entry(verdict).or_default() += lines;
                }
            });
        }
    });
    let (verdicts, shown) = (verdicts.into_inner().unwrap(), shown.into_inner().unwrap());
    let compared = compared.into_inner();
    println!("{what}: {compared} visits in {:.1} s, lines by verdict: {verdicts:?}", started.elapsed().as_secs_f64());
    assert!(shown.is_empty(), "the two readings differ:\n\n{}", shown.join("\n\n"));
    // Draws that no longer reach a part of the rules prove nothing.
    for verdict in ["charged", "bundled", "excluded", "limited", "needs_review"] {
        let lines = verdicts.get(verdict).copied().unwrap_or_default();
        assert!(lines > visits / 100, "few lines are {verdict}: {verdicts:?}");
    }
}

/// So many visits as the environment asks for.
fn visits(usual: usize) -> usize {
    std::env::var("SANTEI_VISITS").map_or(usual, |text| text.parse().unwrap())
}

/// Draws about the whole fee schedule, and about what the electronic fee table says.
fn standard(visits: usize) {
    let (masters, tables) = (Masters::standard().unwrap(), Tables::read());
    compare("standard masters, visits of a clinic", &masters, &tables, visits / 2, generate::encounter);
    compare("standard masters, electronic fee table", &masters, &tables, visits / 2, related::encounter);
}

#[cfg(feature = "official")]
fn published(visits: usize) {
    let Some(folder) = official::folder() else { return };
    let files = official::files(&folder);
    let tables = official::tables(&files);
    let outcome = santei::master::official::pack_files(
        files.iter().map(|(name, bytes)| (name.clone(), bytes.clone())),
        &mut |_| {},
    );
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(outcome.set.write().unwrap()).unwrap();
    compare("published tables", &masters, &tables, visits, related::encounter);
}

#[test]
fn both_readings_agree() {
    standard(visits(VISITS));
}

#[cfg(feature = "official")]
#[test]
fn both_readings_agree_on_the_published_tables() {
    published(visits(VISITS));
}

#[cfg(feature = "official")]
#[test]
#[ignore = "takes a minute with optimisation; `cargo xtask differential`"]
fn both_readings_agree_on_two_hundred_thousand_visits() {
    let visits = visits(ALL);
    standard(visits * 3 / 10);
    published(visits * 7 / 10);
}
