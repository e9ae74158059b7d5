//! 電子点数表: one pair, the relations of one code, and a claim of thirty lines asked against itself.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use santei::{
    code::ProcedureCode,
    date::ServiceDate,
    master::{ExclusionDay, ExclusionMonth, ExclusionSame, ExclusionWeek, FeeAux, Frequency, Masters, Pair, Row},
};

use crate::data::Dice;

/// The codes of a made-up claim, sorted: every one has relations of its own.
fn claim(masters: &Masters, day: ServiceDate) -> Vec<ProcedureCode> {
    let mut codes: Vec<_> = masters.in_force::<ExclusionMonth<'_>>(day).map(|row| row.code()).collect();
    codes.dedup();
    let mut dice = Dice::new();
    let mut claim: Vec<_> = (0..30).map(|_| codes[dice.below(codes.len())]).collect();
    claim.sort_unstable();
    claim
}

fn among<'m, R: Row<'m, Code = Pair>>(masters: &'m Masters, claim: &[ProcedureCode], day: ServiceDate) -> usize {
    let later = |place: usize| claim.get(place + 1..).unwrap_or_default();
    claim.iter().enumerate().map(|(place, code)| masters.related_among::<R, _>(*code, later(place), day).count()).sum()
}

pub(crate) fn bench(criterion: &mut Criterion) {
    let masters = Masters::standard().unwrap();
    let day = "2025-07-01".parse().unwrap();
    let claim = claim(&masters, day);
    let mut group = criterion.benchmark_group("relations");
    group.bench_function("claim_of_30", |b| {
        b.iter(|| {
            let claim = black_box(&claim);
            let limits = |code: &ProcedureCode| masters.related::<Frequency<'_>>(*code, day).count();
            among::<ExclusionDay<'_>>(&masters, claim, day)
                + among::<ExclusionMonth<'_>>(&masters, claim, day)
                + among::<ExclusionSame<'_>>(&masters, claim, day)
                + among::<ExclusionWeek<'_>>(&masters, claim, day)
                + claim.iter().map(limits).sum::<usize>()
        });
    });
    group.throughput(Throughput::Elements(900));
    group.bench_function("pair", |b| {
        b.iter(|| {
            let claim = black_box(&claim);
            let pairs = claim.iter().flat_map(|first| claim.iter().map(move |second| (first, second)));
            pairs.filter(|(a, b)| masters.pair::<ExclusionMonth<'_>>(**a, **b, day).is_some()).count()
        });
    });
    group.throughput(Throughput::Elements(30));
    group.bench_function("run", |b| {
        b.iter(|| claim.iter().map(|code| masters.related::<ExclusionMonth<'_>>(*code, day).count()).sum::<usize>());
    });
    group.bench_function("fee_aux", |b| {
        b.iter(|| claim.iter().filter(|code| masters.get::<FeeAux<'_>>(code, day).is_ok()).count());
    });
    group.finish();
}
