//! A second, slow reading of the fee rules, article by article, over the tables as they stand in `masters/*.csv`. It shares no
//! line with the library: other tables, other dates, other arithmetic. Both must give the same lines for every visit.
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

mod days;
mod generate;
mod limits;
mod medication;
mod parts;
mod pricing;
mod rules;
mod tables;

use santei::{
    calculation::{Options, calculate_json},
    fee::Verdict,
    master::Masters,
};
use serde_json::Value;

use rules::Line;
use tables::Tables;

/// How many visits are compared.
const VISITS: usize = 20_000;

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
fn engine(masters: &Masters, encounter: &Value) -> Vec<(Vec<Line>, i64)> {
    let calculation = calculate_json(masters, &encounter.to_string(), &Options::default())
        .unwrap_or_else(|refusal| panic!("{refusal}\nin {encounter:#}"));
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
            })
            .collect();
        lines.sort();
        visits[visit.visit] = (lines, visit.total_points.get());
    }
    visits
}

#[test]
fn both_readings_agree() {
    let masters = Masters::standard().unwrap();
    let tables = Tables::read();
    let mut random = generate::Random(0x5a17e1);
    let mut compared = 0;
    let mut verdicts = std::collections::BTreeMap::<&str, usize>::new();
    while compared < VISITS {
        let encounter = generate::encounter(&tables, &mut random);
        let got = engine(&masters, &encounter);
        let expected = rules::charge(&tables, &encounter);
        for (index, (expected, got)) in expected.iter().zip(&got).enumerate() {
            if expected != got {
                let only = |a: &[Line], b: &[Line]| {
                    a.iter().filter(|line| !b.contains(line)).map(|line| format!("\n  {line:?}")).collect::<String>()
                };
                panic!(
                    "visit {index} of {encounter:#}\nthe article by article reading alone has {} (total {}){}\nthe engine alone has {} (total {}){}",
                    expected.0.len(),
                    expected.1,
                    only(&expected.0, &got.0),
                    got.0.len(),
                    got.1,
                    only(&got.0, &expected.0),
                );
            }
            for line in &expected.0 {
                *verdicts.entry(line.verdict).or_default() += 1;
            }
        }
        assert_eq!(expected.len(), got.len());
        compared += got.len();
    }
    println!("{compared} visits, lines by verdict: {verdicts:?}");
    // A generator that no longer reaches a part of the rules proves nothing.
    for verdict in ["charged", "bundled", "excluded", "limited", "needs_review"] {
        assert!(verdicts.get(verdict).is_some_and(|lines| *lines > 300), "few lines are {verdict}: {verdicts:?}");
    }
}
