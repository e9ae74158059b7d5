//! Rows on their way into a pack: gathered from any reader, checked, sorted, written.

use std::collections::BTreeMap;

use crate::{
    date::Period,
    pack::{Cell, PackError, PackMeta, PackSource, PackWriter, TableRows},
};

use super::{
    Certainty, MasterKind, Pair,
    schema::{self, CERTAINTY, CODE, FROM, KeyKind, SOURCE, TABLES, UNTIL},
};

/// A code as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeValue {
    /// A code of digits.
    Number(u32),
    /// Two codes of digits.
    Pair(Pair),
    /// A code with letters, or the name of a rule's part.
    Text(String),
}

impl core::fmt::Display for CodeValue {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Pair(pair) => write!(f, "{pair}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// One row of a master, not yet in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MasterRow {
    /// The code.
    pub code: CodeValue,
    /// The days on which the row is in force.
    pub period: Period,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where it comes from.
    pub source: String,
    /// One cell for each column of the master's schema.
    pub cells: Vec<Cell>,
}

/// Why rows do not make a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// Two rows claim the same code for the same day.
    #[error("{kind} {code}: two rows for {day}, in `{first}` and `{second}`: end the first before the second begins")]
    Overlap {
        /// The master.
        kind: MasterKind,
        /// The code.
        code: CodeValue,
        /// The first day that both claim.
        day: crate::date::ServiceDate,
        /// Source of the earlier row.
        first: String,
        /// Source of the later row.
        second: String,
    },
    /// The pack cannot be written.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// The rows of several masters.
#[derive(Debug, Clone, Default)]
pub struct MasterSet {
    tables: BTreeMap<MasterKind, Vec<MasterRow>>,
    sources: Vec<PackSource>,
}

impl MasterSet {
    /// Adds a row.
    pub fn push(&mut self, kind: MasterKind, row: MasterRow) {
        self.tables.entry(kind).or_default().push(row);
    }

    /// Notes a file that rows came from.
    pub fn push_source(&mut self, source: PackSource) {
        self.sources.push(source);
    }

    /// The rows of a master, in the order in which they came.
    #[must_use]
    pub fn rows(&self, kind: MasterKind) -> &[MasterRow] {
        self.tables.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The files that rows came from.
    #[must_use]
    pub fn sources(&self) -> &[PackSource] {
        &self.sources
    }

    /// Whether there is no row at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.values().all(Vec::is_empty)
    }

    /// Writes one pack. The same rows and sources give the same bytes.
    ///
    /// # Errors
    /// [`BuildError`] when two rows of a code overlap, or when the pack grows past its format.
    pub fn write(mut self) -> Result<Vec<u8>, BuildError> {
        self.sources.sort_by(|a, b| (&a.kind, &a.edition, &a.file).cmp(&(&b.kind, &b.edition, &b.file)));
        let engine = env!("CARGO_PKG_VERSION").to_owned();
        let mut writer = PackWriter::new(PackMeta { engine, sources: self.sources });
        for table in TABLES {
            let Some(mut rows) = self.tables.remove(&table.kind) else { continue };
            rows.sort_by(|a, b| (&a.code, a.period.from).cmp(&(&b.code, b.period.from)));
            if !table.many {
                check(table.kind, &rows)?;
            }
            let mut columns = vec![CODE, FROM, UNTIL, CERTAINTY, SOURCE];
            columns.extend(table.columns.iter().map(|column| column.id));
            let rows = rows.into_iter().map(cells).collect();
            writer.table(
                schema::schema(table.kind).tag,
                TableRows { columns, rows, pairs: matches!(table.key, KeyKind::Pair(_)) },
            )?;
        }
        Ok(writer.finish()?)
    }
}

fn cells(row: MasterRow) -> Vec<Cell> {
    let code = match row.code {
        CodeValue::Number(number) => Cell::Number(u64::from(number)),
        CodeValue::Pair(pair) => Cell::Number(pair.stored()),
        CodeValue::Text(text) => Cell::Text(text),
    };
    let mut cells = vec![
        code,
        Cell::Number(u64::from(row.period.from.packed())),
        Cell::Number(row.period.until.map_or(0, |day| u64::from(day.packed()))),
        Cell::Number(row.certainty.stored()),
        Cell::Text(row.source),
    ];
    cells.extend(row.cells);
    cells
}

fn check(kind: MasterKind, rows: &[MasterRow]) -> Result<(), BuildError> {
    for (first, second) in rows.iter().zip(rows.iter().skip(1)) {
        if first.code == second.code && first.period.overlaps(second.period) {
            return Err(BuildError::Overlap {
                kind,
                code: second.code.clone(),
                day: second.period.from,
                first: first.source.clone(),
                second: second.source.clone(),
            });
        }
    }
    Ok(())
}
