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

/// A day on which the editions at hand are in force.
pub(crate) const DAY: &str = "2025-12-01";

const FILES: [&str; 3] = ["s_20251104.csv", "y_20251111.csv", "t_20251128.csv"];

fn folder() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters/r6");
    if !path.is_dir() {
        println!("skipped: there is no folder {}", path.display());
        return None;
    }
    Some(path)
}

/// The engine with the official files over the standard masters.
pub(crate) fn masters() -> Option<&'static Masters> {
    static MASTERS: LazyLock<Option<Masters>> = LazyLock::new(|| {
        let folder = folder()?;
        let files = FILES.iter().map(|name| ((*name).to_owned(), std::fs::read(folder.join(name)).unwrap()));
        let outcome = pack_files(files, &mut |_| {});
        assert!(outcome.faults.is_empty(), "{}", outcome.faults);
        let mut masters = Masters::standard().unwrap();
        masters.add_pack(outcome.set.write().unwrap()).unwrap();
        Some(masters)
    });
    MASTERS.as_ref()
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

/// The rows of one file that are in force on the day.
pub(crate) fn rows(file: &str, abolished: usize) -> Vec<Row> {
    let bytes = std::fs::read(folder().unwrap().join(file)).unwrap();
    let (text, _, bad) = encoding_rs::SHIFT_JIS.decode(&bytes);
    assert!(!bad, "{file}");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|record| Row(record.unwrap().iter().map(str::to_owned).collect()));
    rows.filter(|row: &Row| row.text(abolished) >= "20251201").collect()
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
