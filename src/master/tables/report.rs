//! Faults in files: every one with its place, all at once, up to a limit.

use core::fmt;

/// One fault in one place of one file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename = "FileFault"))]
pub struct Fault {
    /// File name with the folder or archive that it stands in.
    pub file: String,
    /// Line in the file, from 1; 0 when the fault is of the whole file.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub line: u64,
    /// Column from 1, and its name; none when the fault is of the whole line.
    pub column: Option<(usize, String)>,
    /// What is wrong.
    pub kind: FaultKind,
    /// What was expected there.
    pub expected: String,
    /// What was found, cut to 60 characters.
    pub got: String,
}

/// What can be wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename = "FileFaultKind"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// The file's layout is none that is known.
    UnknownLayout,
    /// The file cannot be read at all.
    Unreadable,
    /// Bytes that are not text in the file's encoding.
    Encoding,
    /// A line with too few or too many columns.
    ColumnCount,
    /// A line that ends in the middle.
    Truncated,
    /// Not a number of the kind expected.
    Number,
    /// Not a day of the calendar.
    Date,
    /// Not a code of the system expected.
    Code,
    /// A value that the layout does not allow.
    Value,
    /// A text longer than the layout allows.
    Length,
    /// A second row for the same code and day.
    Duplicate,
}

impl Fault {
    /// Cuts a value so that an error stays readable.
    pub(crate) fn shown(text: &str) -> String {
        let mut out: String = text.chars().take(60).collect();
        if text.chars().nth(60).is_some() {
            out.push('…');
        }
        out
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if let Some((number, name)) = &self.column {
            write!(f, ": column {number} {name}")?;
        }
        write!(f, ": expected {}, got `{}`", self.expected, self.got)
    }
}

/// The faults of one or more files, kept up to a limit and counted beyond it.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    list: Vec<Fault>,
    more: u64,
}

impl Faults {
    /// How many faults are kept.
    pub const LIMIT: usize = 100;

    /// Notes a fault.
    pub fn push(&mut self, fault: Fault) {
        if self.list.len() < Self::LIMIT {
            self.list.push(fault);
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Takes over the faults of another file.
    pub fn append(&mut self, other: Self) {
        for fault in other.list {
            self.push(fault);
        }
        self.more = self.more.saturating_add(other.more);
    }

    /// The faults that were kept.
    #[must_use]
    pub fn list(&self) -> &[Fault] {
        &self.list
    }

    /// How many there were altogether.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.more.saturating_add(self.list.len() as u64)
    }

    /// Whether there was none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.list {
            writeln!(f, "{fault}")?;
        }
        if self.more > 0 {
            writeln!(f, "… and {} more", self.more)?;
        }
        Ok(())
    }
}
