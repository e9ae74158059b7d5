//! What reading files found, in one piece, and the pack that comes of it.

use serde::Serialize;

use crate::master::{BuildError, Fault, schema::TABLES};

use super::{Doubt, FileReport, PackOutcome};

/// What reading files found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename = "ReadReport"))]
pub struct Report<'a> {
    /// Each file that was read or known, in the order of reading.
    pub files: &'a [FileReport],
    /// The masters that the files give together, each with its rows and their periods.
    pub masters: Vec<JoinedMaster>,
    /// What is wrong with the files: the first hundred faults.
    pub faults: &'a [Fault],
    /// How many faults there are altogether.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub fault_count: u64,
    /// Rows that the editions contradict, cut to what is sure.
    pub doubts: &'a [Doubt],
}

/// A master that the files give together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct JoinedMaster {
    /// Which master, in English.
    pub table: &'static str,
    /// What its publisher calls it.
    pub title: &'static str,
    /// Rows with their periods.
    pub rows: usize,
}

/// Why files give no pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPack {
    /// The files have faults, and rows were not to be left out.
    #[error("{0} faults: no pack is written unless the rows with a fault may be left out")]
    Faults(u64),
    /// There is no row at all.
    #[error("no master was found in the files")]
    Empty,
    /// The rows do not make a pack.
    #[error(transparent)]
    Build(#[from] BuildError),
}

impl FileReport {
    /// A file that is left out for its ending.
    pub(super) const fn passed_over(file: String) -> Self {
        let why = "left out: its name ends with none of .csv, .txt, .tsv, .xlsx, .json, .zip and .pdf";
        Self {
            file,
            kind: None,
            title: "",
            edition: None,
            columns: 0,
            rows: 0,
            newest: None,
            faults: 0,
            skipped: Some(why),
            sha256: String::new(),
        }
    }
}

impl PackOutcome {
    /// What was found.
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        let masters = TABLES.iter().map(|table| JoinedMaster {
            table: table.name,
            title: table.title,
            rows: self.set.rows(table.kind).len(),
        });
        Report {
            files: &self.files,
            masters: masters.filter(|master| master.rows > 0).collect(),
            faults: self.faults.list(),
            fault_count: self.faults.count(),
            doubts: &self.doubts,
        }
    }

    /// One pack of all rows. Rows with a fault are not in it, and so there is none when there are faults, unless it is
    /// told to `keep_going`.
    ///
    /// # Errors
    /// [`NoPack`] when there are faults, no rows, or rows that do not make a pack.
    pub fn into_pack(self, keep_going: bool) -> Result<Vec<u8>, NoPack> {
        if !self.faults.is_empty() && !keep_going {
            return Err(NoPack::Faults(self.faults.count()));
        }
        if self.set.is_empty() {
            return Err(NoPack::Empty);
        }
        Ok(self.set.write()?)
    }
}
