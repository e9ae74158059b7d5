//! Readers of the master files that 支払基金 publishes, as CSV in CP932 or in ZIP archives, and how several editions
//! become one set of masters.
//!
//! Reading never stops at a fault: rows with a fault are left out, everything else is read and checked, and every fault
//! has its file, line, column and title.

mod archive;
mod field;
#[cfg(not(target_arch = "wasm32"))]
mod folder;
mod history;
mod layout;
mod layouts;
mod revisions;
mod table;
#[cfg(test)]
mod test_lines;
mod text;

#[cfg(not(target_arch = "wasm32"))]
pub use folder::pack_folder;
pub use history::Doubt;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{date::ServiceDate, pack::PackSource};

use super::{Fault, FaultKind, Faults, MasterSet};

use history::Edition;
use layout::{Reads, Table};
use text::Encoding;

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// File name without its folder; a file in an archive has the archive's name before it.
    pub file: String,
    /// Which master, in English; none when the layout is unknown or not read.
    pub kind: Option<&'static str>,
    /// What the publisher calls it; empty when unknown.
    pub title: &'static str,
    /// Date of the edition, from the file name.
    pub edition: Option<ServiceDate>,
    /// Columns of each row.
    pub columns: usize,
    /// Rows in the file, good or not.
    pub rows: u32,
    /// Newest 変更年月日.
    pub newest: Option<ServiceDate>,
    /// Faults in the file.
    pub faults: u64,
    /// Why the file was not read although its layout is known.
    pub skipped: Option<&'static str>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

/// What reading files gives.
#[derive(Debug, Default)]
pub struct PackOutcome {
    /// The rows, with their periods.
    pub set: MasterSet,
    /// What is wrong with the files.
    pub faults: Faults,
    /// Each file.
    pub files: Vec<FileReport>,
    /// Rows that the editions contradict, cut to what is sure.
    pub doubts: Vec<Doubt>,
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Progress<'a> {
    /// A file is about to be read.
    Reading {
        /// Its name.
        file: &'a str,
        /// Its size.
        bytes: usize,
    },
    /// A file has been read.
    Read {
        /// What was found.
        report: &'a FileReport,
    },
    /// The editions of a master are being joined.
    Joining {
        /// The master.
        kind: &'static str,
        /// How many editions there are.
        editions: usize,
    },
}

/// Reads files one by one and joins their editions at the end.
#[derive(Default)]
pub struct Reader {
    editions: Vec<(&'static Table, Edition)>,
    faults: Faults,
    files: Vec<FileReport>,
}

/// Reads one file; a ZIP archive gives the files in it.
///
/// ```
/// let outcome = santei::master::official::read_file("notes.txt", b"nothing official");
/// assert_eq!(outcome.faults.count(), 1);
/// ```
#[must_use]
pub fn read_file(name: &str, bytes: &[u8]) -> PackOutcome {
    let mut reader = Reader::default();
    reader.add(name, bytes, &mut |_| {});
    reader.finish(&mut |_| {})
}

/// Reads files and joins the editions of each master.
pub fn pack_files(
    inputs: impl IntoIterator<Item = (String, Vec<u8>)>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> PackOutcome {
    let mut reader = Reader::default();
    for (name, bytes) in inputs {
        reader.add(&name, &bytes, progress);
    }
    reader.finish(progress)
}

impl Reader {
    /// Reads one file; a ZIP archive gives the files in it.
    pub fn add(&mut self, name: &str, bytes: &[u8], progress: &mut dyn FnMut(Progress<'_>)) {
        let mut left = archive::LIMIT;
        if bytes.len() as u64 > left {
            return self.refuse(name, "a file of at most 512 MiB", "a larger one");
        }
        self.add_at(name, bytes, 0, &mut left, progress);
    }

    fn add_at(&mut self, name: &str, bytes: &[u8], depth: u8, left: &mut u64, progress: &mut dyn FnMut(Progress<'_>)) {
        if !archive::is_archive(bytes) {
            progress(Progress::Reading { file: name, bytes: bytes.len() });
            let report = self.read(name, bytes);
            progress(Progress::Read { report: &report });
            self.files.push(report);
            return;
        }
        // Archives of archives are published; anything deeper is not.
        if depth > 1 {
            return self.refuse(name, "an archive in an archive at most", "an archive three deep");
        }
        archive::unpack(bytes, left, &mut |entry, left| match entry {
            archive::Entry::File(entry, bytes) if is_table(&entry) => {
                self.add_at(&format!("{name}/{entry}"), &bytes, depth + 1, left, progress);
            }
            archive::Entry::File(..) => {}
            archive::Entry::Refused(entry, why) => {
                let file = entry.map_or_else(|| name.to_owned(), |entry| format!("{name}/{entry}"));
                self.refuse(&file, "a ZIP archive that can be unpacked", &why);
            }
        });
    }

    /// Joins the editions that were read.
    pub fn finish(self, progress: &mut dyn FnMut(Progress<'_>)) -> PackOutcome {
        let mut outcome = PackOutcome { faults: self.faults, files: self.files, ..PackOutcome::default() };
        for report in outcome.files.iter().filter(|report| report.kind.is_some()) {
            outcome.set.push_source(PackSource {
                file: report.file.clone(),
                kind: report.kind.unwrap_or_default().to_owned(),
                edition: report.edition.map(|day| day.to_string()),
                sha256: report.sha256.clone(),
                rows: report.rows,
            });
        }
        // Each master with all the files that give its rows: b and hb together are the diseases.
        let mut masters: Vec<(&'static Table, Vec<Edition>)> = Vec::new();
        for (table, edition) in self.editions {
            match masters.iter_mut().find(|(known, _)| known.kind == table.kind) {
                Some((_, editions)) => editions.push(edition),
                None => masters.push((table, vec![edition])),
            }
        }
        masters.sort_by_key(|(table, _)| table.kind);
        for (table, editions) in masters {
            progress(Progress::Joining { kind: table.schema().name, editions: editions.len() });
            let (rows, doubts) = history::merge(table, editions);
            outcome.doubts.extend(doubts);
            for row in rows {
                outcome.set.push(table.kind, row);
            }
        }
        outcome
    }

    fn read(&mut self, name: &str, bytes: &[u8]) -> FileReport {
        let before = self.faults.count();
        let named = layout::named(name);
        let mut report = FileReport {
            file: name.to_owned(),
            kind: None,
            title: "",
            edition: named.edition,
            columns: 0,
            rows: 0,
            newest: None,
            faults: 0,
            skipped: None,
            sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        if let Some(layout) = layout::announced(&named) {
            report.title = layout.title;
            match layout.reads {
                Reads::Not(why) => report.skipped = Some(why),
                Reads::Table(table) => self.read_table(table, name, bytes, &mut report),
            }
        } else {
            self.layout_fault(name, &format!("a file named {}", layout::known_names()), name);
        }
        report.faults = self.faults.count().saturating_sub(before);
        report
    }

    fn read_table(&mut self, table: &'static Table, name: &str, bytes: &[u8], report: &mut FileReport) {
        let (encoding, bytes) = Encoding::detect(bytes);
        let count = match table.recognise(bytes, encoding) {
            Ok(count) => count,
            Err(seen) => {
                let expected = format!("{} ({}), as the file name says", report.title, table.form());
                return self.layout_fault(name, &expected, &seen);
            }
        };
        let rows = table::read(table, count, name, bytes, encoding, &mut self.faults);
        report.kind = Some(table.schema().name);
        report.columns = count;
        report.rows = rows.lines;
        report.newest = rows.newest;
        // A file without a good row adds nothing, not even a date.
        if let Some(date) = report.edition.or(rows.newest) {
            self.editions.push((table, Edition { file: name.to_owned(), date, rows }));
        }
    }

    fn layout_fault(&mut self, file: &str, expected: &str, got: &str) {
        self.whole_file(file, FaultKind::UnknownLayout, expected, got);
    }

    fn refuse(&mut self, file: &str, expected: &str, got: &str) {
        self.whole_file(file, FaultKind::Unreadable, expected, got);
    }

    fn whole_file(&mut self, file: &str, kind: FaultKind, expected: &str, got: &str) {
        self.faults.push(Fault {
            file: file.to_owned(),
            line: 0,
            column: None,
            kind,
            expected: expected.to_owned(),
            got: Fault::shown(got),
        });
    }
}

/// Whether a name in a folder or an archive is one of a table or of an archive; others, such as PDF, are no master.
fn is_table(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("csv" | "txt" | "zip"))
}
