//! Checks of the tables against themselves and against each other: what a reader of single rows cannot see.
//!
//! Every lint has a stable name, a severity and a sentence; a finding has a table, a code and a day. What is known and
//! cannot be mended stands with its reason in `masters/known-findings.csv`.

mod bundles;
mod chain;
mod context;
mod fee_table;
mod known;
mod mirror;
mod periods;
mod references;

pub use known::{Known, KnownFault};

use serde::Serialize;

use crate::{date::ServiceDate, pack::Pack};

use context::Context;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A lookup or a calculation can go wrong.
    Error,
    /// Somebody should look; it may be as it must be.
    Warning,
}

impl Severity {
    /// The name, as in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Lint {
    /// Its name, which stays.
    pub id: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// What it finds.
    pub about: &'static str,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Name of the lint.
    pub lint: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The master, in English.
    pub table: &'static str,
    /// The code.
    pub code: String,
    /// The first day on which it is so.
    pub day: Option<ServiceDate>,
    /// What is so, and what was expected.
    pub text: String,
    /// Why it stays as it is, when that is known.
    pub known: Option<String>,
}

/// Every lint.
pub const LINTS: &[&Lint] = &[
    &periods::ROW_ORDER,
    &periods::EMPTY_PERIOD,
    &periods::OVERLAP,
    &periods::GAP,
    &references::DANGLING_CODE,
    &references::DANGLING_DAY,
    &references::ROLE_DAY,
    &references::SUCCESSOR_LOOP,
    &mirror::UNMIRRORED,
    &fee_table::UNANNOUNCED,
    &fee_table::NO_ROWS,
    &chain::BROKEN_CHAIN,
    &bundles::THRESHOLD,
    &bundles::POINTS_FALL,
    &bundles::NO_TESTS,
    &known::STALE,
];

/// Checks packs, given with the last added first, as [`Masters::packs`](super::Masters::packs) gives them. Rows are
/// checked pack by pack; what one row says of another table is looked up in all of them.
///
/// Findings come in the order of [`LINTS`], each lint's by table, code and day.
#[must_use]
pub fn lint(packs: &[Pack], known: &Known) -> Vec<Finding> {
    let mut context = Context::new(packs);
    periods::check(&mut context);
    references::check(&mut context);
    mirror::check(&mut context);
    fee_table::check(&mut context);
    chain::check(&mut context);
    bundles::check(&mut context);
    known.apply(context.finish())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
