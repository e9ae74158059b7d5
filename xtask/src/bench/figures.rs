//! The figures that the benchmarks left behind.

use std::{fs, path::Path};

use anyhow::{Context, Result};
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
    pub(crate) fn read(criterion: &Path, node: &Path) -> Result<Self> {
        let mut native = Vec::new();
        for group in folders(criterion)? {
            for function in folders(&group)? {
                let (Some(name), Some(median)) = (name(&group, &function), median(&function)) else { continue };
                native.push((name, median));
            }
        }
        let text = fs::read_to_string(node).with_context(|| format!("cannot read {}", node.display()))?;
        Ok(Self { native, node: serde_json::from_str(&text)? })
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

fn folders(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let all = fs::read_dir(folder).with_context(|| format!("there is no {}", folder.display()))?;
    Ok(all.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect())
}

fn name(group: &Path, function: &Path) -> Option<String> {
    Some(format!("{}/{}", group.file_name()?.to_str()?, function.file_name()?.to_str()?))
}

/// Median of one question in µs.
fn median(function: &Path) -> Option<f64> {
    let json = |file: &str| -> Option<Value> {
        serde_json::from_str(&fs::read_to_string(function.join("new").join(file)).ok()?).ok()
    };
    let nanoseconds = json("estimates.json")?.get("median")?.get("point_estimate")?.as_f64()?;
    let questions = json("benchmark.json")?.get("throughput").and_then(|t| t.get("Elements")?.as_f64()).unwrap_or(1.0);
    Some(ratio(nanoseconds, ratio(questions, 0.001)))
}
