//! Opening packs: the standard masters, and the published ones where they are.

use criterion::{BatchSize, Criterion, Throughput};
use santei::{
    lookup::{Finder, Search},
    master::Masters,
};

use crate::data::Data;

pub(crate) fn bench(criterion: &mut Criterion, data: &Data) {
    let mut group = criterion.benchmark_group("pack");
    group.bench_function("open_standard", |b| b.iter(|| Masters::standard().unwrap()));
    let masters = Masters::standard().unwrap();
    group.sample_size(10).bench_function("first_search_standard", |b| {
        b.iter(|| Finder::new(&masters).find(&Search { query: "初診", ..Search::default() }));
    });
    let Some(full) = &data.full else {
        println!("skipped: pack/open_full, because the published masters are not here");
        return;
    };
    println!("note: pack of the published masters: {} bytes", full.len());
    group.throughput(Throughput::Bytes(full.len() as u64));
    group.bench_function("open_full", |b| {
        let open = |bytes| {
            let mut masters = Masters::empty().unwrap();
            masters.add_pack(bytes).unwrap();
            masters
        };
        b.iter_batched(|| full.clone(), open, BatchSize::LargeInput);
    });
    group.finish();
}
