//! `santei batch` over JSON Lines, on one thread and on two, as its users run it: a process that reads a file and writes
//! one. Needs the program, which cargo builds for it.

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use criterion::{Criterion, Throughput};

/// Encounters in the file: enough that the program's start does not show.
const ENCOUNTERS: usize = 100_000;
/// What comes one after the other: a visit of twelve lines, one of two and one of five.
const KINDS: [&str; 3] = [
    include_str!("../visit.json"),
    r#"{"facility":{"kind":"clinic"},"patient":{"birth_date":"1980-04-01"},"visits":[{"date":"2026-07-01","consultation":"first"}]}"#,
    r#"{"facility":{"kind":"clinic"},"patient":{"birth_date":"1980-04-01"},"visits":[{"date":"2026-07-01","consultation":"revisit","orders":[{"procedure":"160010010"}],"prescriptions":[{"dispensing":"pharmacy","rps":[{"use":"internal","count":28,"drugs":[{"drug":"620005904","quantity":1}]}]}]}]}"#,
];

pub(crate) fn bench(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (visits, out) = (folder.path().join("visits.jsonl"), folder.path().join("out.jsonl"));
    let kinds: Vec<String> =
        KINDS.iter().map(|kind| serde_json::from_str::<serde_json::Value>(kind).unwrap().to_string() + "\n").collect();
    fs::write(&visits, kinds.iter().cycle().take(ENCOUNTERS).map(String::as_str).collect::<String>()).unwrap();
    let run = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_santei"));
        command.arg("batch").arg(&visits).arg("-o").arg(&out).args(["--quiet", "--threads", threads]);
        let start = Instant::now();
        let done = command.stdin(Stdio::null()).status().unwrap();
        assert!(done.success());
        start.elapsed()
    };
    let mut group = criterion.benchmark_group("batch");
    group.sample_size(10).warm_up_time(Duration::from_millis(1)).throughput(Throughput::Elements(ENCOUNTERS as u64));
    for (name, threads) in [("one_thread", "1"), ("two_threads", "2")] {
        group.bench_function(name, |b| {
            b.iter_custom(|times| (0..times).map(|_| run(threads)).sum());
        });
    }
    group.finish();
    println!(
        "note: batch: {} bytes in, {} out",
        fs::metadata(&visits).unwrap().len(),
        fs::metadata(&out).unwrap().len()
    );
}
