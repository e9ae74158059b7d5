//! Readers of the master files that 支払基金 publishes, as CSV in CP932 or in ZIP archives, and how several editions
//! become one set of masters.
//!
//! Reading never stops at a fault: rows with a fault are left out, everything else is read and checked, and every fault
//! has its file, line, column and title.

mod archive;
mod book;
mod changes;
mod document;
mod field;
#[cfg(not(target_arch = "wasm32"))]
mod folder;
mod history;
mod layout;
mod layouts;
mod name;
mod recognise;
mod report;
mod revisions;
mod selection;
mod sheet;
mod table;
#[cfg(test)]
mod test_lines;
mod text;

#[cfg(not(target_arch = "wasm32"))]
pub use folder::{pack_folder, pack_paths};
pub use history::Doubt;
pub use report::{JoinedMaster, NoPack, Report};
pub use selection::reading_order;

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{date::ServiceDate, pack::PackSource};

use super::{Fault, FaultKind, Faults, MasterKind, MasterSet, schema};

use changes::{Base, Kept};
use document::Document;
use history::Edition;
use layout::{Dating, Reads, Table};
use name::Named;
use selection::is_table;
use table::Body;
use text::Encoding;

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FileReport {
    /// File name without its folder; a file in an archive has the archive's name before it.
    pub file: String,
    /// Which master, in English; none when the layout is unknown or not read.
    pub kind: Option<&'static str>,
    /// What the publisher calls it; empty when unknown.
    pub title: &'static str,
    /// Date of the edition, from the file name.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub edition: Option<ServiceDate>,
    /// Columns of each row.
    pub columns: usize,
    /// Rows in the file, good or not.
    pub rows: u32,
    /// Newest 変更年月日.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub newest: Option<ServiceDate>,
    /// Faults in the file.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
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
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename = "ReadStep"))]
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
    editions: Vec<Edition>,
    faults: Faults,
    files: Vec<FileReport>,
    /// Whole editions, which a change file may need.
    whole: Vec<Kept>,
    /// Change files, each with the place of its report.
    changes: Vec<(usize, Kept)>,
    /// Files that are left out for their endings.
    passed_over: u32,
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
    /// The largest file that is read, in bytes, and what an archive may hold when it is unpacked.
    pub const LIMIT: u64 = archive::LIMIT;

    /// Notes a file that is larger than [`LIMIT`](Self::LIMIT), so that nobody has to load it first.
    pub fn too_large(&mut self, name: &str) {
        self.refuse(name, "a file of at most 512 MiB", "a larger one");
    }

    /// Notes a file whose bytes could not be had, and why.
    pub fn unreadable(&mut self, name: &str, why: &str) {
        self.refuse(name, "a file that can be read", why);
    }

    /// Reads one file; a ZIP archive gives the files in it.
    pub fn add(&mut self, name: &str, bytes: &[u8], progress: &mut dyn FnMut(Progress<'_>)) {
        if bytes.len() as u64 > Self::LIMIT {
            return self.too_large(name);
        }
        let mut left = Self::LIMIT;
        self.add_at(name, bytes, 0, &mut left, progress);
    }

    fn add_at(&mut self, name: &str, bytes: &[u8], depth: u8, left: &mut u64, progress: &mut dyn FnMut(Progress<'_>)) {
        if !archive::is_archive(bytes) || sheet::is_workbook(bytes) {
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
            archive::Entry::File(entry, _) => self.pass_over(&format!("{name}/{entry}")),
            archive::Entry::Refused(entry, why) => {
                let file = entry.map_or_else(|| name.to_owned(), |entry| format!("{name}/{entry}"));
                self.refuse(&file, "a ZIP archive that can be unpacked", &why);
            }
        });
    }

    /// Joins the editions that were read.
    pub fn finish(mut self, progress: &mut dyn FnMut(Progress<'_>)) -> PackOutcome {
        self.count_passed_over();
        self.read_changes();
        history::date_by_group(&mut self.editions);
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
        let mut masters: BTreeMap<MasterKind, Vec<Edition>> = BTreeMap::new();
        for edition in self.editions {
            masters.entry(edition.table.kind).or_default().push(edition);
        }
        for (kind, editions) in masters {
            progress(Progress::Joining { kind: schema::schema(kind).name, editions: editions.len() });
            let (rows, doubts) = history::merge(kind, editions);
            outcome.doubts.extend(doubts);
            for row in rows {
                outcome.set.push(kind, row);
            }
        }
        outcome
    }

    fn read(&mut self, name: &str, bytes: &[u8]) -> FileReport {
        let before = self.faults.count();
        let named = name::named(name);
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
        if sheet::is_workbook(bytes) || document::is_document(bytes) {
            self.read_document(&named, name, bytes, &mut report);
            report.faults = self.faults.count().saturating_sub(before);
            return report;
        }
        let (encoding, text) = Encoding::detect(bytes);
        match recognise::recognise(&named, text, encoding) {
            Err((expected, seen)) => self.layout_fault(name, &expected, &seen),
            Ok(layout) => {
                report.title = layout.title;
                match layout.reads {
                    Reads::Not(why) => report.skipped = Some(why),
                    Reads::Table(table) => self.read_text(table, name, text, encoding, &mut report),
                }
            }
        }
        report.faults = self.faults.count().saturating_sub(before);
        report
    }

    fn read_text(
        &mut self,
        table: &'static Table,
        name: &str,
        bytes: &[u8],
        encoding: Encoding,
        report: &mut FileReport,
    ) {
        let Some(count) = table.matches(bytes, encoding) else { return };
        report.kind = Some(table.schema().name);
        report.columns = count;
        if changes::is_change_file(table, bytes)
            && let Some(date) = report.edition
        {
            self.changes.push((self.files.len(), Kept { table, date, bytes: bytes.into(), encoding }));
            return;
        }
        self.read_body(table, count, name, Body::Text(bytes, encoding), report);
        if table.changes
            && let Some(date) = report.edition.or(report.newest)
        {
            self.whole.push(Kept { table, date, bytes: bytes.into(), encoding });
        }
    }

    /// A file that is no lines of text: a workbook, JSON, or a printed page.
    fn read_document(&mut self, named: &Named, name: &str, bytes: &[u8], report: &mut FileReport) {
        let unread = name::announced(named).find_map(|layout| match layout.reads {
            Reads::Not(why) => Some((layout.title, why)),
            Reads::Table(_) => None,
        });
        if let Some((title, why)) = unread {
            (report.title, report.skipped) = (title, Some(why));
            return;
        }
        match document::read(bytes) {
            Err(why) => self.refuse(name, "a file that can be read", &why),
            Ok(Document::Printed) => report.skipped = Some("it is a printed page and no table"),
            Ok(Document::Unknown(seen)) => {
                self.layout_fault(name, "a workbook or a document laid out as published", &seen);
            }
            Ok(Document::Known { title, .. }) if name::announced(named).next().is_some() => {
                let titles: Vec<_> = name::announced(named).map(|layout| layout.title).collect();
                self.layout_fault(name, &format!("{}, as the file name says", titles.join(" or ")), title);
            }
            Ok(Document::Known { title, edition, tables }) => {
                report.title = title;
                report.edition = edition.or(report.edition);
                for (table, rows) in tables {
                    report.kind = Some(table.schema().name);
                    report.columns = table.fields.len();
                    self.read_body(table, table.fields.len(), name, Body::Rows(&rows), report);
                }
            }
        }
    }

    fn read_body(&mut self, table: &'static Table, count: usize, name: &str, body: Body<'_>, report: &mut FileReport) {
        if let Dating::Listed { edition } = table.dating {
            report.edition = report.edition.or_else(|| ServiceDate::from_packed(edition?).ok());
            if report.edition.is_none() {
                self.layout_fault(name, "the day of the edition in the file name, as YYYYMMDD", name);
                return;
            }
        }
        let rows = table::read(table, count, name, body, report.edition, &mut self.faults);
        report.rows = report.rows.saturating_add(rows.lines);
        report.newest = report.newest.max(rows.newest);
        // A file without a good row adds nothing, not even a date.
        if let Some(date) = report.edition.or(rows.newest) {
            self.editions.push(Edition { table, file: name.to_owned(), date, rows });
        }
    }

    /// Reads the change files, each over the newest whole edition before it and the changes in between.
    fn read_changes(&mut self) {
        let whole = core::mem::take(&mut self.whole);
        let mut changes = core::mem::take(&mut self.changes);
        changes.sort_by_key(|(place, kept)| (kept.date, *place));
        let mut bases: Vec<(&Kept, Base)> = Vec::new();
        for (place, kept) in changes {
            let Some(mut report) = self.files.get(place).cloned() else { continue };
            let before = self.faults.count();
            let own = |other: &&Kept| core::ptr::eq(other.table, kept.table) && other.date <= kept.date;
            let newest = whole.iter().filter(own).max_by_key(|other| other.date);
            let completed = newest.map(|newest| {
                let known = bases.iter().position(|(other, _)| core::ptr::eq(*other, newest));
                let place = known.unwrap_or_else(|| {
                    bases.push((newest, Base::of(newest)));
                    bases.len() - 1
                });
                bases.get_mut(place).map(|(_, base)| base.complete(&kept))
            });
            let file = report.file.clone();
            let completed = completed.flatten();
            let body = match &completed {
                Some(bytes) => Body::Text(bytes, Encoding::Utf8),
                None => Body::Text(&kept.bytes, kept.encoding),
            };
            self.read_body(kept.table, report.columns, &file, body, &mut report);
            report.faults = report.faults.saturating_add(self.faults.count().saturating_sub(before));
            if let Some(slot) = self.files.get_mut(place) {
                *slot = report;
            }
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
