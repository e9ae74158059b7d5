//! Workbooks (XLSX): the cells of each sheet as rows of text, read one by one, with limits against files made to burst.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::archive;

/// What a workbook may hold when it is unpacked. The largest that is read has about 40 MiB.
const LIMIT: u64 = 256 << 20;
/// Columns that are looked at. The widest table has 56.
const COLUMNS: u32 = 128;
/// Cells that are kept, of all sheets together.
const CELLS: usize = 4_000_000;

/// A sheet: its rows with their numbers, each cell as text.
pub(super) struct Sheet {
    pub(super) rows: Vec<(u64, Vec<String>)>,
}

/// Whether an archive is a workbook.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    archive::is_archive(bytes) && memchr::memmem::find(bytes, b"xl/workbook.xml").is_some()
}

/// Reads every sheet; else says why not.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    // The reader of workbooks trusts the archive: what it would unpack is measured first.
    let mut left = LIMIT;
    archive::measure(bytes, &mut left)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut cells = 0usize;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
        // A sheet of a chart has no cells.
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
            let (row, column) = cell.get_position();
            let text = text(cell.get_value());
            if column >= COLUMNS || text.is_empty() {
                continue;
            }
            cells += 1;
            if cells > CELLS {
                return Err(format!("more than {CELLS} cells"));
            }
            let number = u64::from(row) + 1;
            if rows.last().is_none_or(|(last, _)| *last < number) {
                rows.push((number, Vec::new()));
            }
            let Some((_, row)) = rows.last_mut().filter(|(last, _)| *last == number) else {
                return Err("rows that are not in order".to_owned());
            };
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            if let Some(slot) = row.get_mut(column) {
                *slot = text;
            }
        }
        sheets.push(Sheet { rows });
    }
    Ok(sheets)
}

/// A cell as text: days as `YYYYMMDD`, numbers in their shortest form. A formula gives the value that was last saved.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(value) => u8::from(*value).to_string(),
        DataRef::DateTime(day) if day.is_datetime() => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}{month:02}{day:02}")
        }
        DataRef::DateTimeIso(text) => text.chars().take(10).filter(char::is_ascii_digit).collect(),
        // An error in a formula says nothing.
        DataRef::DateTime(_) | DataRef::DurationIso(_) | DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
