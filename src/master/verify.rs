//! A pack against the official files it was made from: every source by its SHA-256, every row and cell against a fresh
//! reading of the files.

use core::cmp::Ordering;

use serde::Serialize;

use crate::{
    date::ServiceDate,
    pack::{Pack, PackError, PackSource},
};

use super::{
    BuildError, Fault,
    cells::Rows,
    official::PackOutcome,
    schema::{TABLES, known},
};

/// What comparing a pack with its sources gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Each file that the pack names or the folder holds.
    pub sources: Vec<SourceCheck>,
    /// Each table that the pack or the fresh reading has.
    pub tables: Vec<TableCheck>,
    /// The rows that differ, at most [`Verification::LIMIT`] of them.
    pub differences: Vec<Difference>,
    /// How many differences there are beyond those listed.
    pub more: usize,
    /// Faults of the fresh reading: the rows they stand in are in no pack. At most [`super::Faults::LIMIT`] of them.
    pub faults: Vec<Fault>,
    /// How many faults there are.
    pub fault_count: u64,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceCheck {
    /// File name.
    pub file: String,
    /// Which master.
    pub table: String,
    /// Whether it is the file that the pack was made from.
    pub state: SourceState,
    /// SHA-256 that the pack names.
    pub in_pack: Option<String>,
    /// SHA-256 of the file in the folder.
    pub in_folder: Option<String>,
}

/// How a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    /// The same bytes.
    Same,
    /// A file of this name with other bytes.
    Changed,
    /// The folder does not have it.
    Missing,
    /// The pack does not name it.
    Unused,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableCheck {
    /// The master, in English.
    pub table: &'static str,
    /// The master, in Japanese.
    pub title: &'static str,
    /// Rows that are the same, cell by cell.
    pub same: usize,
    /// Rows of both with cells that differ.
    pub changed: usize,
    /// Rows that only the pack has.
    pub only_in_pack: usize,
    /// Rows that only the fresh reading has.
    pub only_in_files: usize,
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The master, in English.
    pub table: &'static str,
    /// The code.
    pub code: String,
    /// First day of the row.
    pub from: ServiceDate,
    /// How it differs.
    #[serde(flatten)]
    pub what: DifferenceKind,
}

/// How a row differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "difference", rename_all = "snake_case")]
pub enum DifferenceKind {
    /// Only the pack has it.
    OnlyInPack,
    /// Only the fresh reading has it.
    OnlyInFiles,
    /// Cells differ.
    Cells {
        /// Each of them.
        cells: Vec<CellDifference>,
    },
}

/// A cell that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellDifference {
    /// The column.
    pub column: &'static str,
    /// In the pack.
    pub in_pack: String,
    /// In the fresh reading.
    pub in_files: String,
}

/// Why a fresh reading could not be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The rows of the files do not make a pack.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The pack that they make cannot be read back.
    #[error(transparent)]
    Pack(#[from] PackError),
}

impl Verification {
    /// How many differences are listed.
    pub const LIMIT: usize = 200;

    /// Whether the pack is what its sources give, without any fault in them.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.sources.iter().all(|source| source.state == SourceState::Same)
            && self.tables.iter().all(|table| table.changed + table.only_in_pack + table.only_in_files == 0)
            && self.fault_count == 0
    }

    fn push(&mut self, difference: Difference) {
        if self.differences.len() < Self::LIMIT {
            self.differences.push(difference);
        } else {
            self.more += 1;
        }
    }
}

/// Compares a pack with a fresh reading of the files it was made from.
///
/// # Errors
/// [`VerifyError`] when the rows of the files make no pack, so that there is nothing to compare with.
pub fn verify(pack: &Pack, outcome: PackOutcome) -> Result<Verification, VerifyError> {
    let mut found = Verification {
        sources: sources(&pack.meta().sources, outcome.set.sources()),
        tables: Vec::new(),
        differences: Vec::new(),
        more: 0,
        faults: outcome.faults.list().to_vec(),
        fault_count: outcome.faults.count(),
    };
    // Written and read back, so that what is compared is what a pack of these files would answer.
    let fresh = Pack::from_vec(outcome.set.write()?, &known())?;
    for schema in TABLES {
        let (stored, read) = (Rows::of(pack, schema), Rows::of(&fresh, schema));
        let mut check = TableCheck {
            table: schema.name,
            title: schema.title,
            same: 0,
            changed: 0,
            only_in_pack: 0,
            only_in_files: 0,
        };
        Compare { stored, read, check: &mut check, found: &mut found }.run();
        if stored.is_some() || read.is_some() {
            found.tables.push(check);
        }
    }
    Ok(found)
}

/// Files are found by their bytes first: one that was renamed is still the same source.
fn sources(in_pack: &[PackSource], in_folder: &[PackSource]) -> Vec<SourceCheck> {
    let mut rest: Vec<_> = in_folder.iter().collect();
    let mut take = |found: &dyn Fn(&PackSource) -> bool| {
        let place = rest.iter().position(|source| found(source))?;
        Some(rest.remove(place))
    };
    let same: Vec<_> = in_pack.iter().map(|source| take(&|other| other.sha256 == source.sha256)).collect();
    let mut checks = Vec::new();
    for (source, same) in in_pack.iter().zip(same) {
        let (state, other) = match same {
            Some(other) => (SourceState::Same, Some(other)),
            None => match take(&|other| other.file == source.file) {
                Some(other) => (SourceState::Changed, Some(other)),
                None => (SourceState::Missing, None),
            },
        };
        checks.push(SourceCheck {
            file: source.file.clone(),
            table: source.kind.clone(),
            state,
            in_pack: Some(source.sha256.clone()),
            in_folder: other.map(|other| other.sha256.clone()),
        });
    }
    checks.extend(rest.into_iter().map(|source| SourceCheck {
        file: source.file.clone(),
        table: source.kind.clone(),
        state: SourceState::Unused,
        in_pack: None,
        in_folder: Some(source.sha256.clone()),
    }));
    checks
}

/// Walks through a table of the pack and the same table of the fresh reading, both in the order of code and first day.
struct Compare<'a, 'p> {
    stored: Option<Rows<'p>>,
    read: Option<Rows<'p>>,
    check: &'a mut TableCheck,
    found: &'a mut Verification,
}

impl Compare<'_, '_> {
    fn run(&mut self) {
        let rows = |rows: Option<Rows<'_>>| rows.map_or(0, Rows::len);
        let (stored_rows, read_rows) = (rows(self.stored), rows(self.read));
        let (mut stored, mut read) = (0, 0);
        while stored < stored_rows || read < read_rows {
            let order = match (self.stored, self.read) {
                (Some(a), Some(b)) if stored < stored_rows && read < read_rows => {
                    (a.key(stored), a.from(stored)).cmp(&(b.key(read), b.from(read)))
                }
                _ if stored < stored_rows => Ordering::Less,
                _ => Ordering::Greater,
            };
            match order {
                Ordering::Less => {
                    self.only(self.stored, stored, DifferenceKind::OnlyInPack);
                    stored += 1;
                }
                Ordering::Greater => {
                    self.only(self.read, read, DifferenceKind::OnlyInFiles);
                    read += 1;
                }
                Ordering::Equal => {
                    // Tables with several rows of a code and day keep them in the order of their file.
                    self.pair(stored, read);
                    stored += 1;
                    read += 1;
                }
            }
        }
    }

    fn only(&mut self, rows: Option<Rows<'_>>, row: usize, what: DifferenceKind) {
        let Some(rows) = rows else { return };
        match what {
            DifferenceKind::OnlyInPack => self.check.only_in_pack += 1,
            _ => self.check.only_in_files += 1,
        }
        let difference = Difference { table: rows.schema.name, code: rows.code(row), from: rows.from(row), what };
        self.found.push(difference);
    }

    fn pair(&mut self, stored: usize, read: usize) {
        let (Some(pack), Some(files)) = (self.stored, self.read) else { return };
        let mut cells = Vec::new();
        let mut note = |column, in_pack: String, in_files: String| {
            if in_pack != in_files {
                cells.push(CellDifference { column, in_pack, in_files });
            }
        };
        let last = |rows: Rows<'_>, row| rows.period(row).last_day().map_or_else(String::new, |day| day.to_string());
        note("last_day", last(pack, stored), last(files, read));
        let certainty = |rows: Rows<'_>, row| rows.certainty(row).name().to_owned();
        note("certainty", certainty(pack, stored), certainty(files, read));
        note("source", pack.source(stored).to_owned(), files.source(read).to_owned());
        for column in pack.schema.columns {
            if !pack.same(stored, files, read, column) {
                note(column.name, pack.cell(column, stored), files.cell(column, read));
            }
        }
        if cells.is_empty() {
            self.check.same += 1;
            return;
        }
        self.check.changed += 1;
        self.found.push(Difference {
            table: pack.schema.name,
            code: pack.code(stored),
            from: pack.from(stored),
            what: DifferenceKind::Cells { cells },
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::official::pack_files;
    use super::*;

    fn line(code: &str, name: &str) -> String {
        format!(
            "\"0\",\"Z\",\"{code}\",\"\",\"\",\"3\",\"{name}\",\"\",\"3\",\"ｶﾅ\",\"\",\"0\",\"0\",\"20020601\",\"20020601\",\
             \"99999999\",\"27000476\",\"1290\",\"A1000000\"\r\n"
        )
    }

    fn read(lines: &[String]) -> PackOutcome {
        let bytes = encoding_rs::SHIFT_JIS.encode(&lines.concat()).0.into_owned();
        let outcome = pack_files([("z_20250601.txt".to_owned(), bytes)], &mut |_| {});
        assert!(outcome.faults.is_empty(), "{}", outcome.faults);
        outcome
    }

    fn pack(lines: &[String]) -> Pack {
        Pack::from_vec(read(lines).set.write().unwrap(), &known()).unwrap()
    }

    #[test]
    fn the_same_files_hold() {
        let lines = [line("8001", "顎"), line("8002", "腋窩")];
        let found = verify(&pack(&lines), read(&lines)).unwrap();
        assert!(found.holds());
        assert_eq!((found.tables.len(), found.tables[0].same), (1, 2));
    }

    #[test]
    fn every_difference_is_named() {
        let pack = pack(&[line("8001", "顎"), line("8002", "腋窩"), line("8003", "下肢")]);
        let found = verify(&pack, read(&[line("8002", "腋"), line("8003", "下肢"), line("8004", "膝")])).unwrap();
        assert!(!found.holds());
        assert_eq!(found.sources[0].state, SourceState::Changed);
        let table = &found.tables[0];
        assert_eq!((table.same, table.changed, table.only_in_pack, table.only_in_files), (1, 1, 1, 1));
        let codes: Vec<_> = found.differences.iter().map(|difference| difference.code.as_str()).collect();
        assert_eq!(codes, ["8001", "8002", "8004"]);
        let DifferenceKind::Cells { cells } = &found.differences[1].what else { panic!("cells") };
        let expected = CellDifference { column: "name", in_pack: "腋窩".into(), in_files: "腋".into() };
        assert_eq!(cells, &[expected]);
    }

    #[test]
    fn an_empty_folder_has_nothing_of_it() {
        let found = verify(&pack(&[line("8001", "顎")]), PackOutcome::default()).unwrap();
        assert_eq!(found.sources[0].state, SourceState::Missing);
        assert_eq!(found.tables[0].only_in_pack, 1);
        assert!(!found.holds());
    }
}
