//! What a workbook or a document is, told from the titles of its columns.

use crate::date::ServiceDate;

use super::{layout::Table, sheet::Sheet};

/// A workbook that is published: which tables its sheets hold.
pub(super) struct Book {
    pub(super) title: &'static str,
    /// The first of them tells what the workbook is.
    pub(super) sheets: &'static [SheetTable],
    /// The day of the edition, where the contents say it.
    pub(super) edition: fn(&[Sheet]) -> Option<ServiceDate>,
    /// Adds to the sheets what stands in others.
    pub(super) gather: fn(&mut [Sheet]),
}

/// One table in a workbook.
pub(super) struct SheetTable {
    pub(super) table: &'static Table,
    /// The titles of its first columns, without blanks and line breaks.
    pub(super) titles: &'static [&'static str],
    /// Makes a row ready to be read; whether it is one.
    pub(super) prepare: fn(&mut [String]) -> bool,
}

/// A row of a sheet, with its number.
pub(super) type Row = (u64, Vec<String>);

impl SheetTable {
    /// The rows below the titles in the sheet that has them, each as long as the table.
    pub(super) fn rows(&self, sheets: &[Sheet]) -> Option<Vec<Row>> {
        let (sheet, place) = sheets.iter().find_map(|sheet| Some((sheet, self.titles_in(sheet)?)))?;
        let rows = sheet.rows.iter().skip(place + 1).filter_map(|(number, cells)| {
            let mut cells = cells.clone();
            // Prepared columns come after those of the sheet.
            cells.resize(self.table.fields.len(), String::new());
            (self.prepare)(&mut cells).then_some((*number, cells))
        });
        Some(rows.collect())
    }

    /// The row of the titles.
    pub(super) fn titles_in(&self, sheet: &Sheet) -> Option<usize> {
        const HEAD: usize = 20;
        sheet.rows.iter().take(HEAD).position(|(_, cells)| {
            self.titles.iter().enumerate().all(|(column, title)| {
                let cell = cells.get(column).map(String::as_str).unwrap_or_default();
                cell.chars().filter(|c| !c.is_whitespace()).eq(title.chars())
            })
        })
    }
}

/// Keeps the rows that have something in this column (from 1): notes and further titles have none.
pub(super) fn has(cells: &[String], column: usize) -> bool {
    cells.get(column - 1).is_some_and(|cell| !cell.is_empty())
}

/// The text before the rows that a sheet begins with.
pub(super) fn heads(sheets: &[Sheet]) -> impl Iterator<Item = &str> {
    sheets.iter().flat_map(|sheet| sheet.rows.iter().take(3)).flat_map(|(_, cells)| cells.iter().map(String::as_str))
}

/// The first day written as 令和6年4月1日 in a text.
pub(super) fn era_day(text: &str) -> Option<ServiceDate> {
    let (_, after) = text.split_once("令和")?;
    let (year, after) = after.split_once('年')?;
    let (month, after) = after.split_once('月')?;
    let (day, _) = after.split_once('日')?;
    let year: i32 = if year == "元" { 1 } else { year.parse().ok()? };
    ServiceDate::new(year.checked_add(2018)?, month.parse().ok()?, day.parse().ok()?)
}

/// The first day of a month written as 2026年3月.
pub(super) fn month(text: &str) -> Option<ServiceDate> {
    let (year, after) = text.split_once('年')?;
    let month = after.strip_suffix('月')?;
    ServiceDate::new(year.parse().ok()?, month.parse().ok()?, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_titles() {
        let day = |text| era_day(text).map(|day| day.to_string());
        assert_eq!(day("暫定版-国公費マスタ（令和6年4月1日版）").as_deref(), Some("2024-04-01"));
        assert_eq!(day("令和元年10月1日適用").as_deref(), Some("2019-10-01"));
        assert_eq!(day("令和6年度"), None);
        assert_eq!(month("2026年3月").map(|day| day.to_string()).as_deref(), Some("2026-03-01"));
        assert_eq!(month("2026年13月"), None);
    }
}
