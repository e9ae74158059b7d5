//! Findings that are known and stay, each with its reason: `masters/known-findings.csv`.

use serde::Deserialize;

use crate::date::ServiceDate;

use super::{Finding, LINTS, Lint, Severity};

pub(super) const STALE: Lint = Lint {
    id: "stale-known-finding",
    severity: Severity::Error,
    about: "a known finding that is found no more: take it out of the list",
};

const STANDARD: &str = include_str!("../../../masters/known-findings.csv");

/// Findings with a reason.
#[derive(Debug, Clone, Default)]
pub struct Known {
    entries: Vec<Entry>,
    /// Whether an entry that matches nothing is a finding itself.
    complete: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Entry {
    lint: String,
    table: String,
    /// `*` for every code.
    code: String,
    /// Blank for every day.
    day: Option<ServiceDate>,
    reason: String,
}

impl Entry {
    fn means(&self, finding: &Finding) -> bool {
        (self.lint.as_str(), self.table.as_str()) == (finding.lint, finding.table)
            && (self.code == "*" || self.code == finding.code)
            && (self.day.is_none() || self.day == finding.day)
    }
}

/// Why a list of known findings cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum KnownFault {
    /// Not CSV with the columns expected.
    #[error("known findings: {0}; expected the columns lint, table, code, day and reason")]
    Csv(#[from] csv::Error),
    /// Not a lint.
    #[error("known findings: there is no lint `{lint}` ({code}); `santei masters lint --list` names them")]
    Lint {
        /// What stands there.
        lint: String,
        /// The entry's code.
        code: String,
    },
}

impl Known {
    /// Nothing is known.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// What is known of the standard masters.
    ///
    /// # Errors
    /// [`KnownFault`] when the project's own list is wrong.
    pub fn standard() -> Result<Self, KnownFault> {
        Ok(Self { complete: true, ..Self::read(STANDARD)? })
    }

    /// Reads a list: CSV with the columns lint, table, code (`*` for every one), day (the finding's, `YYYY-MM-DD`, or
    /// blank for every one) and reason.
    ///
    /// # Errors
    /// [`KnownFault`] when it is not such a list.
    pub fn read(text: &str) -> Result<Self, KnownFault> {
        let entries: Vec<Entry> = csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>()?;
        match entries.iter().find(|entry| !LINTS.iter().any(|lint| lint.id == entry.lint)) {
            Some(Entry { lint, code, .. }) => Err(KnownFault::Lint { lint: lint.clone(), code: code.clone() }),
            None => Ok(Self { entries, complete: false }),
        }
    }

    /// Writes the reasons beside the findings that have one.
    pub(super) fn apply(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        for entry in &self.entries {
            let mut found = false;
            for finding in findings.iter_mut().filter(|finding| entry.means(finding)) {
                finding.known = Some(entry.reason.clone());
                found = true;
            }
            if self.complete && !found {
                let day = entry.day.map_or_else(String::new, |day| format!(" on {day}"));
                let text = format!("`{}` of {} {}{day} is found no more", entry.lint, entry.table, entry.code);
                findings.push(Finding {
                    lint: STALE.id,
                    severity: STALE.severity,
                    table: "known-findings",
                    code: entry.code.clone(),
                    day: entry.day,
                    text,
                    known: None,
                });
            }
        }
        findings
    }
}
