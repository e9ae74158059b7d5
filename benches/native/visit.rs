//! One visit of twelve lines with a month's history, as a value and as JSON, and its copay alone.

use std::hint::black_box;

use criterion::{BatchSize, Criterion};
use santei::{
    calculation::{Options, calculate, calculate_json, parse},
    copay, fee,
    master::Masters,
};

const VISIT: &str = include_str!("../visit.json");

pub(crate) fn bench(criterion: &mut Criterion) {
    let masters = Masters::standard().unwrap();
    let options = Options::default();
    let encounter = parse(VISIT).unwrap();
    let calculation = calculate_json(&masters, VISIT, &options).unwrap();
    assert_eq!(calculation.statement.visits[0].lines.len(), 12);
    assert!(calculation.statement.settled);
    println!("note: visit: {} points", calculation.statement.total_points.get());

    let mut group = criterion.benchmark_group("visit");
    group.bench_function("parse", |b| b.iter(|| parse(black_box(VISIT)).unwrap()));
    group.bench_function("charge", |b| b.iter(|| fee::charge(&masters, black_box(&encounter), false).unwrap()));
    let copy = || encounter.clone();
    group.bench_function("calculate", |b| {
        b.iter_batched(copy, |visit| calculate(&masters, visit, &options).unwrap(), BatchSize::SmallInput);
    });
    group.bench_function("write", |b| b.iter(|| black_box(&calculation).to_json()));
    group.bench_function("json", |b| {
        b.iter(|| calculate_json(&masters, black_box(VISIT), &options).unwrap().to_json());
    });
    group.bench_function("trace", |b| {
        let options = Options { trace: true, ..options };
        b.iter(|| calculate_json(&masters, black_box(VISIT), &options).unwrap().to_json());
    });
    group.finish();

    let statement = &calculation.statement;
    criterion.benchmark_group("copay").bench_function("santei", |b| {
        b.iter(|| copay::settle(&masters, black_box(&encounter), black_box(statement)).unwrap());
    });
}
