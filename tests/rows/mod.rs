//! The official files as they are, and one visit for each of their rows.

mod drugs;
mod materials;
mod procedures;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use rust_decimal::{Decimal, RoundingStrategy};
use santei::{
    calculation::{Options, calculate_json},
    fee::{Line, Verdict, VisitStatement},
    master::{Masters, official::pack_files},
};
use serde_json::Value;

/// A day on which the editions of [`LATEST`] are in force.
pub(crate) const DAY: &str = "2025-12-01";

/// Official files of one time.
pub(crate) struct Edition {
    folder: &'static str,
    files: &'static [&'static str],
    /// A first of December on which they are in force.
    pub(crate) year: u32,
}

pub(crate) const LATEST: Edition =
    Edition { folder: "r6", files: &["s_20251104.csv", "y_20251111.csv", "t_20251128.csv"], year: 2025 };

impl Edition {
    pub(crate) fn day(&self) -> String {
        format!("{}-12-01", self.year)
    }

    /// The edition's file of procedures.
    pub(crate) fn procedures(&self) -> Vec<Row> {
        let file = folder(self.folder).unwrap().join(self.files[0]);
        rows(&file, [87, 88], &self.day())
    }

    /// The engine with the edition over the standard masters.
    fn masters(&self) -> Option<Masters> {
        let folder = folder(self.folder)?;
        let files = self.files.iter().map(|name| ((*name).to_owned(), std::fs::read(folder.join(name)).unwrap()));
        let outcome = pack_files(files, &mut |_| {});
        assert!(outcome.faults.is_empty(), "{}", outcome.faults);
        let mut masters = Masters::standard().unwrap();
        masters.add_pack(outcome.set.write().unwrap()).unwrap();
        Some(masters)
    }
}

fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters").join(name);
    if !path.is_dir() {
        println!("skipped: there is no folder {}", path.display());
        return None;
    }
    Some(path)
}

/// The engine with the latest official files over the standard masters.
pub(crate) fn masters() -> Option<&'static Masters> {
    static MASTERS: LazyLock<Option<Masters>> = LazyLock::new(|| LATEST.masters());
    MASTERS.as_ref()
}

/// The same for the earlier editions that are at hand.
pub(crate) fn earlier() -> impl Iterator<Item = (&'static Edition, Masters)> {
    static EARLIER: [Edition; 2] = [
        Edition { folder: "r6-initial", files: &["s_ALL20240531.csv"], year: 2024 },
        Edition { folder: "r2", files: &["s_ALL20220218.csv"], year: 2021 },
    ];
    EARLIER.iter().filter_map(|edition| Some((edition, edition.masters()?)))
}

/// The rows of a file of the latest editions.
pub(crate) fn latest(file: &str, dates: [usize; 2]) -> Vec<Row> {
    rows(&folder(LATEST.folder).unwrap().join(file), dates, DAY)
}

/// A row of a file: its columns by the number that the specification gives them.
pub(crate) struct Row(Vec<String>);

impl Row {
    pub(crate) fn text(&self, column: usize) -> &str {
        &self.0[column - 1]
    }

    pub(crate) fn number(&self, column: usize) -> u32 {
        self.text(column).parse().unwrap()
    }

    pub(crate) fn decimal(&self, column: usize) -> Decimal {
        self.text(column).parse().unwrap()
    }
}

/// The rows of one file that are in force on the day, by their columns 変更年月日 and 廃止年月日.
fn rows(file: &Path, [from, last]: [usize; 2], day: &str) -> Vec<Row> {
    let bytes = std::fs::read(file).unwrap();
    let (text, _, bad) = encoding_rs::SHIFT_JIS.decode(&bytes);
    assert!(!bad, "{}", file.display());
    let day = day.replace('-', "");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|record| Row(record.unwrap().iter().map(str::to_owned).collect()));
    rows.filter(|row: &Row| row.text(from) <= day.as_str() && day.as_str() <= row.text(last)).collect()
}

/// Half up, away from zero.
pub(crate) fn rounded(value: Decimal) -> i64 {
    i64::try_from(value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)).unwrap()
}

/// The visit's statement; nothing may be refused as a whole.
pub(crate) fn visit(masters: &Masters, encounter: &Value) -> VisitStatement {
    let calculation = calculate_json(masters, &encounter.to_string(), &Options::default())
        .unwrap_or_else(|refusal| panic!("{refusal}\nin {encounter}"));
    calculation.statement.visits.into_iter().next().unwrap()
}

/// The only line from a path of the input.
pub(crate) fn line<'s>(visit: &'s VisitStatement, path: &str) -> &'s Line {
    let mut lines = visit.lines.iter().filter(|line| line.path.as_deref() == Some(path));
    let line = lines.next().unwrap_or_else(|| panic!("no line from {path} in {visit:?}"));
    assert!(lines.next().is_none(), "two lines from {path} in {visit:?}");
    line
}

/// Rows by what became of them.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<String, usize>);

impl Tally {
    /// Counts a line: charged at the figure that was expected, or turned away for a reason of the list.
    pub(crate) fn count(&mut self, what: &str, line: &Line, expected: Option<i64>, known: &[&str]) {
        let key = match (line.verdict, expected) {
            (Verdict::Charged, Some(expected)) => {
                assert_eq!(line.points.map(|points| points.get()), Some(expected), "{what}: {line:?}");
                "charged at the figure of the row".to_owned()
            }
            (Verdict::Charged, None) => panic!("{what} must not be charged: {line:?}"),
            (verdict, _) => {
                let reason = line.reasons.iter().find(|reason| known.contains(&reason.rule.as_str()));
                let reason = reason.unwrap_or_else(|| {
                    panic!("{what}, expected {expected:?}: {verdict:?} for no known reason: {line:?}")
                });
                format!("{verdict:?} for {}", reason.rule)
            }
        };
        *self.0.entry(key).or_default() += 1;
    }

    pub(crate) fn print(&self, title: &str) {
        println!("{title}:");
        for (key, count) in &self.0 {
            println!("  {count:>6} {key}");
        }
    }

    pub(crate) fn of(&self, key: &str) -> usize {
        self.0.get(key).copied().unwrap_or_default()
    }
}
