//! Writes packs. The same rows give the same bytes, wherever they are written.

use std::collections::HashMap;

use super::{
    CODE, ENTRY_LEN, HEADER_LEN, MAGIC, META, PackError, PackMeta, REQUIRED, STRINGS, Tag, VERSION,
    column::{Column, Columns, SECOND},
    length, pair, text,
};

/// One value of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// A whole number; what it means is the column's matter.
    Number(u64),
    /// A text.
    Text(String),
}

/// The rows of one table, in the order in which they are to be stored.
#[derive(Debug, Clone, Default)]
pub struct TableRows {
    /// Column ids, one for each cell of a row.
    pub columns: Vec<u16>,
    /// The rows; each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the table is a relation: column 0 is the first code × 10⁹ + the second, and is stored as two columns.
    pub pairs: bool,
}

struct Section {
    tag: Tag,
    flags: u16,
    rows: u32,
    bytes: Vec<u8>,
}

/// Collects tables and writes them as one pack.
pub struct PackWriter {
    meta: PackMeta,
    strings: Vec<String>,
    ids: HashMap<String, u64>,
    sections: Vec<Section>,
}

impl PackWriter {
    /// An empty pack with this description.
    #[must_use]
    pub fn new(meta: PackMeta) -> Self {
        Self { meta, strings: vec![String::new()], ids: HashMap::from([(String::new(), 0)]), sections: Vec::new() }
    }

    /// Adds a table. Readers that do not know it refuse the pack.
    ///
    /// # Errors
    /// [`PackError::TooLarge`] past 2³² rows or bytes, [`PackError::Malformed`] for a row of another length.
    pub fn table(&mut self, tag: Tag, table: TableRows) -> Result<(), PackError> {
        let TableRows { columns, rows, pairs } = table;
        let count = length(rows.len(), "rows of a table")?;
        if rows.iter().any(|row| row.len() != columns.len()) {
            return Err(PackError::Malformed { tag, what: "a row does not have one cell for each column" });
        }
        // Texts are numbered column by column: names beside names and readings beside readings compress best.
        let mut cells: Vec<Vec<Cell>> = columns.iter().map(|_| Vec::with_capacity(rows.len())).collect();
        for row in rows {
            for (column, cell) in cells.iter_mut().zip(row) {
                column.push(cell);
            }
        }
        let mut values: Vec<Vec<u64>> = Vec::with_capacity(cells.len());
        for column in cells {
            let mut numbers = Vec::with_capacity(column.len());
            for cell in column {
                numbers.push(match cell {
                    Cell::Number(number) => number,
                    Cell::Text(text) => self.intern(text)?,
                });
            }
            values.push(numbers);
        }
        let mut columns: Vec<(u16, Vec<u64>)> = columns.into_iter().zip(values).collect();
        let mut firsts = None;
        if let Some((id, codes)) = columns.iter_mut().find(|(id, _)| pairs && *id == CODE) {
            firsts = Some(codes.iter().map(|code| u64::from(pair::split(*code).0)).collect::<Vec<_>>());
            codes.iter_mut().for_each(|code| *code = u64::from(pair::split(*code).1));
            *id = SECOND;
        }
        let entries = columns.len() + usize::from(firsts.is_some());
        let mut bytes = Vec::new();
        bytes.extend(length(entries, "columns of a table")?.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        let start = 8 + Column::ENTRY_LEN * entries;
        let mut written = Columns { start, head: bytes, data: Vec::new() };
        if let Some(firsts) = firsts {
            written.runs(&firsts);
        }
        written.write(&columns);
        let Columns { head: mut bytes, mut data, .. } = written;
        bytes.append(&mut data);
        self.sections.push(Section { tag, flags: REQUIRED, rows: count, bytes });
        Ok(())
    }

    /// Adds a section that readers may skip when they do not know it.
    ///
    /// # Errors
    /// [`PackError::TooLarge`] past 2³² bytes.
    pub fn optional(&mut self, tag: Tag, bytes: Vec<u8>) -> Result<(), PackError> {
        length(bytes.len(), "bytes of a section")?;
        self.sections.push(Section { tag, flags: 0, rows: 0, bytes });
        Ok(())
    }

    /// The pack's bytes.
    ///
    /// # Errors
    /// [`PackError::TooLarge`] when the texts do not fit.
    pub fn finish(self) -> Result<Vec<u8>, PackError> {
        let meta = serde_json::to_vec(&self.meta)
            .map_err(|_| PackError::Malformed { tag: META, what: "the description cannot be written" })?;
        let mut sections = vec![
            Section { tag: META, flags: REQUIRED, rows: 0, bytes: meta },
            Section {
                tag: STRINGS,
                flags: REQUIRED,
                rows: length(self.strings.len(), "texts")?,
                bytes: text::write(&self.strings)?,
            },
        ];
        sections.extend(self.sections);

        let mut directory = Vec::new();
        let mut offset = HEADER_LEN + ENTRY_LEN * sections.len();
        for section in &sections {
            directory.extend(section.tag.0);
            directory.extend(1u16.to_le_bytes());
            directory.extend(section.flags.to_le_bytes());
            directory.extend(u64::try_from(offset).unwrap_or(u64::MAX).to_le_bytes());
            directory.extend(u64::try_from(section.bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
            directory.extend(section.rows.to_le_bytes());
            directory.extend(crc32fast::hash(&section.bytes).to_le_bytes());
            offset += section.bytes.len();
        }
        let mut out = Vec::with_capacity(offset);
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend(0u16.to_le_bytes());
        out.extend(length(sections.len(), "sections")?.to_le_bytes());
        out.extend(u64::try_from(offset).unwrap_or(u64::MAX).to_le_bytes());
        out.extend(crc32fast::hash(&directory).to_le_bytes());
        out.extend(crc32fast::hash(&out).to_le_bytes());
        out.append(&mut directory);
        for section in sections {
            out.extend(section.bytes);
        }
        Ok(out)
    }

    fn intern(&mut self, text: String) -> Result<u64, PackError> {
        if let Some(id) = self.ids.get(&text) {
            return Ok(*id);
        }
        let id = u64::from(length(self.strings.len(), "texts")?);
        self.strings.push(text.clone());
        self.ids.insert(text, id);
        Ok(id)
    }
}
