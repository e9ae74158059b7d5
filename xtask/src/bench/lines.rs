//! What is measured against what, and how much it may cost.

use super::figures::{At, Figures, ratio};

/// One line of the table.
pub(crate) struct Line {
    what: &'static str,
    ours: At,
    peer: &'static str,
    theirs: At,
    /// Ours may be at most so many times theirs.
    most: f64,
    unit: &'static str,
}

const fn line(what: &'static str, ours: At, peer: &'static str, theirs: At, most: f64, unit: &'static str) -> Line {
    Line { what, ours, peer, theirs, most, unit }
}

use At::{Fixed, Native, Node, Over};

/// The targets that must be met; a limit in itself is a peer of that figure.
pub(crate) const LINES: &[Line] = &[
    line("code → row, native", Native("exact/santei"), "hashbrown + parse", Native("exact/hashbrown"), 1.5, "µs"),
    line("code → row, native", Native("exact/santei"), "BTreeMap", Native("exact/btreemap"), CONTEXT, "µs"),
    line("code → row, native", Native("exact/santei"), "binary search", Native("exact/binary_search"), CONTEXT, "µs"),
    line("code → row, JS", Node("exact", "santei", "p50"), "Map.get", Node("exact", "Map.get", "p50"), 1.5, "µs"),
    line(
        "code → row, JS",
        Node("exact", "santei", "p50"),
        "sqlite-wasm",
        Node("exact", "sqlite-wasm", "p50"),
        CONTEXT,
        "µs",
    ),
    line(
        "code prefix, first 20, native",
        Native("prefix/santei"),
        "BTreeMap range",
        Native("prefix/btreemap"),
        1.0,
        "µs",
    ),
    line(
        "code prefix, first 20, JS",
        Node("prefix", "santei", "p50"),
        "sorted array",
        Node("prefix", "sorted array", "p50"),
        1.0,
        "µs",
    ),
    line("part of a name, ranked, native", Native("part/santei"), "memmem scan", Native("part/memmem"), 0.05, "µs"),
    line("part of a name, ranked, native", Native("part/santei"), "contains", Native("part/contains"), CONTEXT, "µs"),
    line("the same with marks, native", Native("part/santei_hits"), "rows alone", Native("part/santei"), CONTEXT, "µs"),
    line(
        "part of a name, JS, p50",
        Node("part", "santei", "p50"),
        "sqlite-wasm FTS5",
        Node("part", "sqlite-wasm FTS5", "p50"),
        0.05,
        "µs",
    ),
    line(
        "part of a name, JS, p99",
        Node("part", "santei", "p99"),
        "sqlite-wasm FTS5",
        Node("part", "sqlite-wasm FTS5", "p99"),
        ONE_TWELFTH,
        "µs",
    ),
    line(
        "part of a name, JS, p50",
        Node("part", "santei", "p50"),
        "includes",
        Node("part", "includes", "p50"),
        CONTEXT,
        "µs",
    ),
    line(
        "part of a name, JS, p50",
        Node("part", "santei", "p50"),
        "one big string",
        Node("part", "one big string", "p50"),
        CONTEXT,
        "µs",
    ),
    line(
        "part of a name, JS, p50",
        Node("part", "santei", "p50"),
        "JS bigram map",
        Node("part", "JS bigram map", "p50"),
        CONTEXT,
        "µs",
    ),
    line("a visit of 12 lines, npm, JSON", Node("visit", "santei JSON", "p50"), "the limit", Fixed(60.0), 1.0, "µs"),
    line(
        "a visit of 12 lines, npm, JSON",
        Node("visit", "santei JSON", "p50"),
        "zen-engine, ten rules",
        Node("toy", "zen-engine, ten rules", "p50"),
        CONTEXT,
        "µs",
    ),
    line(
        "what ten rules tell, npm, JSON",
        Node("toy", "santei JSON", "p50"),
        "zen-engine, ten rules",
        Node("toy", "zen-engine, ten rules", "p50"),
        ONE_EIGHTH,
        "µs",
    ),
    line("a claim of 30 lines, native", Native("claim/published"), "the limit", Fixed(9.0), 1.0, "µs"),
    line("a claim of 30 lines, native", Native("claim/standard"), "the limit", Fixed(9.0), CONTEXT, "µs"),
    // 120,000 visits a second, and 1.8 times what one thread does.
    line("a visit in a batch, 2 threads", Native("batch/two_threads"), "the limit", Fixed(8.33), 1.0, "µs"),
    line(
        "a visit in a batch, 2 threads",
        Native("batch/two_threads"),
        "one thread",
        Native("batch/one_thread"),
        0.556,
        "µs",
    ),
    line("copay of a visit, native", Native("copay/santei"), "the limit", Fixed(1.0), 1.0, "µs"),
    line("open the standard pack", Native("pack/open_standard"), "the limit", Fixed(5_000.0), 1.0, "µs"),
    line("open the published pack", Native("pack/open_full"), "the limit", Fixed(5_000.0), 1.0, "µs"),
    line(
        "import to first search",
        Node("start", "santei find", "ms"),
        "one JS string",
        Node("start", "one JS string", "ms"),
        2.0,
        "ms",
    ),
    line(
        "import to first code",
        Node("start", "santei show", "ms"),
        "one JS string",
        Node("start", "one JS string", "ms"),
        CONTEXT,
        "ms",
    ),
    line(
        "import to first visit",
        Node("start", "santei calculate", "ms"),
        "one JS string",
        Node("start", "one JS string", "ms"),
        CONTEXT,
        "ms",
    ),
    line("memory over bare Node", Over("start", "santei find", "bare Node", "mb"), "the limit", Fixed(40.0), 1.0, "MB"),
    line(
        "memory over bare Node",
        Over("start", "santei find", "bare Node", "mb"),
        "JSON.parse of the rows",
        Over("start", "JSON.parse of the rows", "bare Node", "mb"),
        CONTEXT,
        "MB",
    ),
    line("engine wasm, brotli", Node("size", "engine wasm", "brotli"), "the limit", Fixed(300.0), 1.0, "kB"),
    line(
        "engine wasm, brotli",
        Node("size", "engine wasm", "brotli"),
        "sql.js",
        Node("size", "sql.js wasm", "brotli"),
        CONTEXT,
        "kB",
    ),
    line("standard masters, brotli", Node("size", "standard masters", "brotli"), "the limit", Fixed(400.0), 1.0, "kB"),
    line(
        "published pack, brotli",
        Node("size", "published pack", "brotli"),
        "CSV of the same rows",
        Node("size", "published CSV", "brotli"),
        1.3,
        "kB",
    ),
];

/// A peer that is shown although no target names it.
const CONTEXT: f64 = f64::INFINITY;
const ONE_TWELFTH: f64 = 0.083;
const ONE_EIGHTH: f64 = 0.125;

/// Targets for which there is nothing to measure yet.
pub(crate) const NOT_MEASURED: &[&str] = &[
    "part of a name with 20 names over ids alone (at most 5 µs more): the package has no search that gives ids alone",
    "the ten-rule toy natively (200 × faster than zen-engine): the peer is measured in Node only",
    "batches of claims on two cores: claims are not read yet",
];

impl Line {
    pub(crate) fn cells(&self, figures: &Figures) -> [String; 7] {
        let ours = figures.get(self.ours);
        let theirs = figures.get(self.theirs);
        let show = |value: Option<f64>| {
            value.map_or_else(|| "-".to_owned(), |value| format!("{} {}", short(value), self.unit))
        };
        let ratio = ours.zip(theirs).map(|(ours, theirs)| ratio(ours, theirs));
        [
            self.what.to_owned(),
            show(ours),
            self.peer.to_owned(),
            show(theirs),
            ratio.map_or_else(|| "-".to_owned(), short),
            if self.most.is_finite() { format!("≤ {}", self.most) } else { String::new() },
            ratio.map_or("not measured", |ratio| self.met(ratio)).to_owned(),
        ]
    }
}

impl Line {
    fn met(&self, ratio: f64) -> &'static str {
        match (self.most.is_finite(), ratio <= self.most) {
            (false, _) => "",
            (true, true) => "yes",
            (true, false) => "NO",
        }
    }
}

/// Three digits that matter.
fn short(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v if v >= 1.0 => format!("{v:.2}"),
        v => format!("{v:.3}"),
    }
}
