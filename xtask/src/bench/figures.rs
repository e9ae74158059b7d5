//! The figures that the benchmarks left behind.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use serde_json::Value;

/// What criterion and the Node script measured.
pub(crate) struct Figures {
    native: Vec<(String, f64)>,
    node: Value,
}

/// Where a figure stands.
#[derive(Clone, Copy)]
pub(crate) enum At {
    /// Native: group and function; the median of one question, in µs.
    Native(&'static str),
    /// In Node: group, peer, and `p50`, `p99`, `ms`, `mb`, `raw` or `brotli`.
    Node(&'static str, &'static str, &'static str),
    /// The difference of two figures in Node of the same group and kind.
    Over(&'static str, &'static str, &'static str, &'static str),
    /// A figure of the target itself.
    Fixed(f64),
}

impl Figures {
    /// What was measured since then: figures of earlier runs, perhaps of another engine, do not count.
    pub(crate) fn read(criterion: &Path, node: &Path, since: SystemTime) -> Self {
        let mut native = Vec::new();
        for group in folders(criterion) {
            for function in folders(&group) {
                let (Some(name), Some(median)) = (name(&group, &function), median(&function, since)) else { continue };
                native.push((name, median));
            }
        }
        Self { native, node: json(node, since).unwrap_or(Value::Null) }
    }

    pub(crate) fn get(&self, at: At) -> Option<f64> {
        match at {
            At::Native(wanted) => self.native.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value),
            At::Node(group, peer, kind) => self.node.get(group)?.get(peer)?.get(kind)?.as_f64(),
            At::Over(group, peer, base, kind) => {
                let value = self.get(At::Node(group, peer, kind))?;
                Some(difference(value, self.get(At::Node(group, base, kind))?))
            }
            At::Fixed(value) => Some(value),
        }
    }
}

#[expect(clippy::float_arithmetic, reason = "a measurement, not money")]
pub(crate) fn difference(value: f64, base: f64) -> f64 {
    value - base
}

#[expect(clippy::float_arithmetic, reason = "a measurement, not money")]
pub(crate) fn ratio(value: f64, base: f64) -> f64 {
    value / base
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).into_iter().flatten();
    all.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect()
}

fn name(group: &Path, function: &Path) -> Option<String> {
    Some(format!("{}/{}", group.file_name()?.to_str()?, function.file_name()?.to_str()?))
}

/// A file that was written since then.
fn json(file: &Path, since: SystemTime) -> Option<Value> {
    let new = fs::metadata(file).and_then(|meta| meta.modified()).is_ok_and(|written| written >= since);
    if new { serde_json::from_str(&fs::read_to_string(file).ok()?).ok() } else { None }
}

/// Median of one question in µs.
fn median(function: &Path, since: SystemTime) -> Option<f64> {
    let estimates = json(&function.join("new/estimates.json"), since)?;
    let nanoseconds = estimates.get("median")?.get("point_estimate")?.as_f64()?;
    let benchmark = json(&function.join("new/benchmark.json"), since)?;
    let questions = benchmark.get("throughput").and_then(|t| t.get("Elements")?.as_f64()).unwrap_or(1.0);
    Some(ratio(nanoseconds, ratio(questions, 0.001)))
}
