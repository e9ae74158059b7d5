//! Files that are no lines of text: workbooks, JSON, printed pages.

use serde_json::Value;

use crate::date::ServiceDate;

use super::{
    book::Row,
    layout::Table,
    layouts::{BOOKS, HEALTH_CHECK},
    sheet,
};

/// What such a file is.
pub(super) enum Document {
    /// Tables that are read.
    Known {
        title: &'static str,
        /// The day that the contents give.
        edition: Option<ServiceDate>,
        tables: Vec<(&'static Table, Vec<Row>)>,
    },
    /// A page to be printed.
    Printed,
    /// Something else, with what it looks like.
    Unknown(String),
}

/// Whether the bytes are JSON or a printed page.
pub(super) fn is_document(bytes: &[u8]) -> bool {
    is_printed(bytes) || text(bytes).first() == Some(&b'{')
}

fn is_printed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF")
}

/// The bytes without a mark of their encoding and without blanks in front.
fn text(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

/// Reads the file; else says why not.
pub(super) fn read(bytes: &[u8]) -> Result<Document, String> {
    if is_printed(bytes) {
        return Ok(Document::Printed);
    }
    if !sheet::is_workbook(bytes) {
        return json(text(bytes));
    }
    let mut sheets = sheet::read(bytes)?;
    let found = BOOKS.iter().find(|book| {
        let first = book.sheets.first();
        first.is_some_and(|table| sheets.iter().any(|sheet| table.titles_in(sheet).is_some()))
    });
    let Some(book) = found else {
        let first = sheets.iter().flat_map(|sheet| &sheet.rows).next();
        let cells = first.map(|(_, cells)| cells.join(" ")).unwrap_or_default();
        return Ok(Document::Unknown(format!("a workbook of {} sheets, beginning {}", sheets.len(), cells.trim())));
    };
    (book.gather)(&mut sheets);
    let tables = book.sheets.iter().filter_map(|table| Some((table.table, table.rows(&sheets)?))).collect();
    Ok(Document::Known { title: book.title, edition: (book.edition)(&sheets), tables })
}

/// The FHIR code system of the health check: `{"title": …, "concept": [{"code": …, "display": …}]}`.
fn json(text: &[u8]) -> Result<Document, String> {
    let value: Value = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let title = value.get("title").and_then(Value::as_str).unwrap_or_default();
    let is_code_system = value.get("resourceType").and_then(Value::as_str) == Some("CodeSystem");
    let concepts = value.get("concept").and_then(Value::as_array);
    let (Some(concepts), true) = (concepts, is_code_system && title.contains("特定健診")) else {
        return Ok(Document::Unknown(format!("a JSON document {title}")));
    };
    let row = |(index, concept): (usize, &Value)| {
        let text = |name| concept.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        (index as u64 + 1, vec![text("code"), text("display")])
    };
    let rows = concepts.iter().enumerate().map(row).collect();
    Ok(Document::Known { title: "特定健診検査項目", edition: phase(title), tables: vec![(HEALTH_CHECK, rows)] })
}

/// 特定健康診査等実施計画: the first day of a 期, of five years until 2017 and of six since.
fn phase(title: &str) -> Option<ServiceDate> {
    [("第３期", 2018), ("第3期", 2018), ("第４期", 2024), ("第4期", 2024)]
        .iter()
        .find(|(phase, _)| title.contains(phase))
        .and_then(|(_, year)| ServiceDate::new(*year, 4, 1))
}
