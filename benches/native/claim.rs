//! A claim of thirty lines through every phase, with the tables of the published masters where they are.

use std::hint::black_box;

use criterion::Criterion;
use santei::{calculation::parse, fee, master::Masters};

use crate::data::Data;

const CLAIM: &str = include_str!("../claim.json");

pub(crate) fn bench(criterion: &mut Criterion, data: &Data) {
    let encounter = parse(CLAIM).unwrap();
    let mut group = criterion.benchmark_group("claim");
    let mut measure = |name: &str, masters: &Masters| {
        let (statement, _) = fee::charge(masters, &encounter, false).unwrap();
        let lines: usize = statement.visits.iter().map(|visit| visit.lines.len()).sum();
        println!("note: claim/{name}: {lines} lines, {} points", statement.total_points.get());
        group.bench_function(name, |b| b.iter(|| fee::charge(masters, black_box(&encounter), false).unwrap()));
        lines
    };
    assert_eq!(measure("standard", &Masters::standard().unwrap()), 30);
    match &data.full {
        Some(full) => {
            // As a clinic has it: the edition in front of the standard masters.
            let mut masters = Masters::standard().unwrap();
            masters.add_pack(full.clone()).unwrap();
            measure("published", &masters);
        }
        None => println!("skipped: claim/published, because the published masters are not here"),
    }
    group.finish();
}
