//! Checks a claim file: structure, numbers, codes, sums. Each fault is said once, at its line; what follows from it is not
//! said again.
//!
//! ```
//! use santei::{claim::check::{Checker, Severity}, master::Masters};
//!
//! let masters = Masters::standard()?;
//! let file = "IR,2,13,1,1234567,,診療所,202607,00,\r\n\
//!     RE,1,1112,202607,TARO,1,19800401,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n\
//!     HO,  138057,1,2,1,292,,,,,,,,,\r\nSY,8840107,20260701,1,,,01,\r\n\
//!     SI,11,1,111000110,,291,1,,,,,,,,,,1,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n\
//!     GO,1,292,99\r\n\x1a";
//! let mut findings = Vec::new();
//! let summary = Checker::new(&masters).check(file.as_bytes(), None, &mut |finding| findings.push(finding))?;
//! let errors: Vec<_> = findings.iter().filter(|found| found.severity == Severity::Error).collect();
//! assert_eq!((errors[0].rule.id, errors[0].line), ("sum.points", 3));
//! assert_eq!((summary.claims, summary.errors), (1, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod case;
mod codes;
mod comments;
mod coverage;
mod days;
mod diseases;
mod donors;
mod facility;
mod fields;
mod file;
mod finding;
mod header;
mod order;
mod payers;
mod rules;
mod segment;
mod sums;
mod units;

use std::io::{self, Read};

pub use case::Case;
pub use file::{FileCheck, Summary};
pub use finding::{Finding, Rule, Severity};
pub use rules::RULES;
pub use segment::SegmentReport;

use super::{
    kinds::FileKind,
    read::{Batch, Reader},
};
use crate::master::Masters;

/// A further check of a claim. It runs when the claim's records are whole; the totals are checked after it.
pub trait Pass: Send + Sync {
    /// Looks at a claim and notes what it finds with [`Case::find`]. One that finds points or counts wrong sets
    /// [`Case::amounts`] to false, so that totals which follow from them are not said to be wrong as well.
    fn check(&self, case: &mut Case<'_>);
}

/// Checks claims against masters. Several threads can share one.
pub struct Checker<'m> {
    masters: &'m Masters,
    passes: Vec<Box<dyn Pass + 'm>>,
}

impl<'m> Checker<'m> {
    /// A checker with these masters.
    #[must_use]
    pub fn new(masters: &'m Masters) -> Self {
        Self { masters, passes: Vec::new() }
    }

    /// Adds a check of claims.
    #[must_use]
    pub fn with(mut self, pass: impl Pass + 'm) -> Self {
        self.passes.push(Box::new(pass));
        self
    }

    /// Checks what can be checked in a batch alone, segment by segment.
    #[must_use]
    pub fn batch(&self, batch: &Batch) -> Vec<SegmentReport> {
        let mut remembered = coverage::Remembered::default();
        batch.segments().map(|segment| segment::check(segment, self.masters, &self.passes, &mut remembered)).collect()
    }

    /// Checks a whole file. `name` is its file name, which says what kind of file it is where its contents do not.
    ///
    /// # Errors
    /// Those of the input.
    pub fn check(&self, input: impl Read, name: Option<&str>, found: &mut dyn FnMut(Finding)) -> io::Result<Summary> {
        let mut file = FileCheck::new(name.and_then(FileKind::of_name));
        let mut reader = Reader::new(input);
        while let Some(batch) = reader.next_batch()? {
            self.batch(&batch).into_iter().for_each(|report| file.take(report, found));
        }
        Ok(file.finish(found))
    }
}
