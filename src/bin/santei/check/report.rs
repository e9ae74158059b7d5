//! The findings as a table, as JSON or as CSV. JSON and CSV are written as they come; a table holds what it shows.

use santei::claim::check::{Finding, Severity, Summary};

use super::Format;
use crate::{calc::plain_table, failure::Failure, jsonl::Output};

pub(super) struct Report {
    format: Format,
    least: Severity,
    limit: usize,
    file: String,
    files: usize,
    /// What is written next.
    pending: Vec<u8>,
    /// Findings of the file that are in a table.
    rows: Vec<Finding>,
    shown: usize,
}

const COLUMNS: [&str; 13] = [
    "file",
    "severity",
    "line",
    "claim",
    "record",
    "field",
    "field_name",
    "id",
    "found",
    "expected",
    "about",
    "basis",
    "row",
];

impl Report {
    pub(super) fn new(format: Format, least: Severity, limit: usize) -> Self {
        let limit = if limit == 0 { usize::MAX } else { limit };
        Self { format, least, limit, file: String::new(), files: 0, pending: Vec::new(), rows: Vec::new(), shown: 0 }
    }

    pub(super) fn begin(&mut self, output: &mut Output) -> Result<(), Failure> {
        match self.format {
            Format::Json => self.pending.extend_from_slice(b"{\"schema\":\"santei.check.v1\",\"files\":["),
            Format::Csv => self.csv(&COLUMNS)?,
            Format::Table => {}
        }
        self.flush(output)
    }

    pub(super) fn file(&mut self, name: &str, output: &mut Output) -> Result<(), Failure> {
        name.clone_into(&mut self.file);
        (self.shown, self.rows) = (0, Vec::new());
        if self.format == Format::Json {
            if self.files > 0 {
                self.pending.push(b',');
            }
            self.pending.extend_from_slice(b"{\"file\":");
            append(&mut self.pending, name);
            self.pending.extend_from_slice(b",\"findings\":[");
        }
        self.files += 1;
        self.flush(output)
    }

    pub(super) fn take(&mut self, finding: Finding) {
        if finding.severity < self.least {
            return;
        }
        self.shown += 1;
        match self.format {
            Format::Json => {
                if self.shown > 1 {
                    self.pending.push(b',');
                }
                append(&mut self.pending, &finding);
            }
            Format::Csv => {
                let number = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
                let (line, claim) = (finding.line.to_string(), number(finding.claim.map(u64::from)));
                let field = number(finding.field.map(|field| field as u64));
                let file = core::mem::take(&mut self.file);
                let fields = [
                    file.as_str(),
                    finding.severity.name(),
                    &line,
                    &claim,
                    &finding.record,
                    &field,
                    finding.field_name,
                    finding.rule.id,
                    &finding.found,
                    &finding.expected,
                    finding.rule.about,
                    finding.rule.basis,
                    &finding.row,
                ];
                // INVARIANT: writing to a vector does not fail.
                let _ = self.csv(&fields);
                self.file = file;
            }
            Format::Table if self.rows.len() < self.limit => self.rows.push(finding),
            Format::Table => {}
        }
    }

    fn csv(&mut self, fields: &[&str; 13]) -> Result<(), Failure> {
        // What is pending is the buffer.
        let mut writer = csv::WriterBuilder::new().buffer_capacity(256).from_writer(&mut self.pending);
        writer.write_record(fields).map_err(|error| Failure::Other(error.to_string()))?;
        writer.flush()?;
        Ok(())
    }

    pub(super) fn end_file(&mut self, summary: &Summary, output: &mut Output) -> Result<(), Failure> {
        match self.format {
            Format::Json => {
                self.pending.extend_from_slice(b"],\"summary\":");
                append(&mut self.pending, summary);
                self.pending.push(b'}');
            }
            Format::Csv => {}
            Format::Table => self.table(summary),
        }
        self.flush(output)
    }

    fn table(&mut self, summary: &Summary) {
        let mut text = String::new();
        if !self.rows.is_empty() {
            let mut table = plain_table();
            table.set_header(["severity", "line", "claim", "record", "found", "expected", "rule", "rests on"]);
            for finding in core::mem::take(&mut self.rows) {
                let place = match finding.field {
                    Some(field) => format!("{} {field} {}", finding.record, finding.field_name),
                    None => finding.record.into_owned(),
                };
                let basis = if finding.row.is_empty() { finding.rule.basis.to_owned() } else { finding.row };
                table.add_row([
                    finding.severity.name().to_owned(),
                    finding.line.to_string(),
                    finding.claim.map_or_else(String::new, |claim| claim.to_string()),
                    place,
                    finding.found,
                    finding.expected,
                    format!("{}: {}", finding.rule.id, finding.rule.about),
                    basis,
                ]);
            }
            text = format!("{table}\n");
        }
        if self.shown > self.limit {
            text.push_str(&format!("… and {} more (--limit 0 prints all)\n", self.shown - self.limit));
        }
        let Summary { facilities, claims, points, errors, warnings, notes, not_checked, .. } = summary;
        text.push_str(&format!(
            "{}: {facilities} facilities, {claims} claims, {points} points; {errors} errors, {warnings} warnings, {notes} notes\n",
            self.file
        ));
        if !not_checked.is_empty() {
            text.push_str(&format!("not checked: claims of {}\n", not_checked.join(", ")));
        }
        self.pending.extend_from_slice(text.as_bytes());
    }

    pub(super) fn end(&mut self, output: &mut Output) -> Result<(), Failure> {
        if self.format == Format::Json {
            self.pending.extend_from_slice(b"]}\n");
        }
        self.flush(output)
    }

    pub(super) fn flush(&mut self, output: &mut Output) -> Result<(), Failure> {
        if !self.pending.is_empty() {
            output.write(&self.pending)?;
            self.pending.clear();
        }
        Ok(())
    }
}

fn append(out: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) {
    // INVARIANT: nothing that is written has a key that is not a text, and a vector takes every byte.
    let _ = serde_json::to_writer(&mut *out, value);
}
