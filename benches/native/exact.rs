//! Code to row on a day: a text comes in, a number of the row goes out.

use std::{collections::BTreeMap, hint::black_box};

use criterion::{Criterion, Throughput};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use santei::{
    code::ProcedureCode,
    date::{Period, ServiceDate},
    master::Procedure,
};

use crate::data::{Data, Dice};

/// What the peers keep of a row.
#[derive(Clone, Copy)]
struct Kept {
    period: Period,
    number: u64,
}

fn pick(versions: &[Kept], day: ServiceDate) -> Option<u64> {
    versions.iter().find(|kept| kept.period.contains(day)).map(|kept| kept.number)
}

pub(crate) fn bench(criterion: &mut Criterion, data: &Data) {
    let day = data.day;
    let mut kept: BTreeMap<u64, Vec<Kept>> = BTreeMap::new();
    let mut codes = Vec::new();
    for row in data.masters.in_force::<Procedure<'_>>(day) {
        let code = row.code();
        codes.push(code.to_string());
        let versions = data.masters.versions::<Procedure<'_>>(&code);
        let versions = versions.map(|row| Kept { period: row.period(), number: raw(row) }).collect();
        kept.insert(u64::from(code.number()), versions);
    }
    let mut dice = Dice::new();
    let queries: Vec<String> = (0..1_000).map(|_| codes[dice.below(codes.len())].clone()).collect();
    let hashed: HashMap<u64, Vec<Kept>, FxBuildHasher> =
        kept.iter().map(|(code, rows)| (*code, rows.clone())).collect();
    let sorted: Vec<(u64, Vec<Kept>)> = kept.iter().map(|(code, rows)| (*code, rows.clone())).collect();

    let santei = |query: &str| {
        let code: ProcedureCode = query.parse().ok()?;
        data.masters.get::<Procedure<'_>>(&code, day).ok().map(raw)
    };
    let hash = |query: &str| pick(hashed.get(&query.parse::<u64>().ok()?)?, day);
    let tree = |query: &str| pick(kept.get(&query.parse::<u64>().ok()?)?, day);
    let binary = |query: &str| {
        let code: u64 = query.parse().ok()?;
        let place = sorted.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        pick(&sorted.get(place)?.1, day)
    };
    for query in &queries {
        assert!(santei(query).is_some());
        assert!(santei(query) == hash(query) && hash(query) == tree(query) && tree(query) == binary(query));
    }

    let mut group = criterion.benchmark_group("exact");
    group.throughput(Throughput::Elements(queries.len() as u64));
    group.bench_function("santei", |b| b.iter(|| queries.iter().map(|q| santei(black_box(q))).for_each(sink)));
    group.bench_function("hashbrown", |b| b.iter(|| queries.iter().map(|q| hash(black_box(q))).for_each(sink)));
    group.bench_function("btreemap", |b| b.iter(|| queries.iter().map(|q| tree(black_box(q))).for_each(sink)));
    group.bench_function("binary_search", |b| b.iter(|| queries.iter().map(|q| binary(black_box(q))).for_each(sink)));
    group.finish();
}

fn sink(found: Option<u64>) {
    black_box(found);
}

/// One small number of the row: what is measured is finding it.
fn raw(row: Procedure<'_>) -> u64 {
    u64::from(row.point_kind())
}
