//! Reads `masters/*.csv`: UTF-8 with a header of column names, one row for each code and period.

use crate::{date::Period, pack::Cell};

use super::{
    Fault, FaultKind, Faults, MasterKind, MasterRow,
    cell::{self, CellFault},
    schema::{Column, TableSchema},
};

/// The ten 施設基準コード are one column in CSV, joined by `;`.
const STANDARDS: &str = "standards";

/// Where a CSV column goes.
enum Target {
    /// The code, or the first or the second of two.
    Code(usize),
    From,
    LastDay,
    Certainty,
    Source,
    Standards,
    Cell(usize, &'static Column),
}

/// Reads one table. Rows with a fault are left out; every fault is noted.
#[must_use]
pub fn read(schema: &'static TableSchema, file: &str, text: &str) -> (Vec<MasterRow>, Faults) {
    let mut faults = Faults::default();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let targets = match reader.headers() {
        Ok(header) => targets(schema, file, header, &mut faults),
        Err(error) => {
            faults.push(whole_line(file, 1, FaultKind::Unreadable, "a header in UTF-8", &error.to_string()));
            return (rows, faults);
        }
    };
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                rows.extend(Line { schema, file, line, faults: &mut faults }.read(&targets, &record));
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                faults.push(whole_line(file, line, FaultKind::Encoding, "text in UTF-8", &error.to_string()));
            }
        }
    }
    (rows, faults)
}

fn targets(
    schema: &'static TableSchema,
    file: &str,
    header: &csv::StringRecord,
    faults: &mut Faults,
) -> Vec<(String, Option<Target>)> {
    let keys = schema.key.columns();
    let target = |name: &str| match name {
        "from" => Some(Target::From),
        "last_day" => Some(Target::LastDay),
        "certainty" => Some(Target::Certainty),
        "source" => Some(Target::Source),
        STANDARDS if schema.kind == MasterKind::Procedure => Some(Target::Standards),
        name => match keys.iter().position(|key| *key == name) {
            Some(place) => Some(Target::Code(place)),
            None => {
                let place = schema.columns.iter().position(|column| column.name == name)?;
                Some(Target::Cell(place, schema.columns.get(place)?))
            }
        },
    };
    let targets: Vec<_> = header.iter().map(|name| (name.to_owned(), target(name))).collect();
    for (index, (name, target)) in targets.iter().enumerate() {
        if target.is_none() {
            faults.push(Fault {
                column: Some((index + 1, name.clone())),
                ..whole_line(file, 1, FaultKind::UnknownLayout, "a column of the schema", name)
            });
        }
    }
    for needed in keys.iter().chain(&["from", "last_day", "certainty", "source"]) {
        if !targets.iter().any(|(name, _)| name == needed) {
            faults.push(whole_line(file, 1, FaultKind::UnknownLayout, &format!("a column `{needed}`"), "none"));
        }
    }
    targets
}

struct Line<'a> {
    schema: &'static TableSchema,
    file: &'a str,
    line: u64,
    faults: &'a mut Faults,
}

impl Line<'_> {
    fn read(&mut self, targets: &[(String, Option<Target>)], record: &csv::StringRecord) -> Option<MasterRow> {
        if record.len() != targets.len() {
            let expected = format!("{} columns", targets.len());
            let got = format!("{} columns", record.len());
            self.faults.push(whole_line(self.file, self.line, FaultKind::ColumnCount, &expected, &got));
            return None;
        }
        let before = self.faults.count();
        let mut codes = [None, None];
        let mut from = None;
        let mut last_day = None;
        let mut certainty = None;
        let mut source = None;
        let mut cells: Vec<Cell> =
            self.schema.columns.iter().map(|column| cell::parse(column.kind, "").unwrap_or(Cell::Number(0))).collect();
        for (index, ((name, target), text)) in targets.iter().zip(record).enumerate() {
            let place = (index + 1, name.as_str());
            match target {
                None => {}
                Some(Target::Code(at)) => {
                    let code = self.take(place, text, self.schema.key.parse_part(*at, text));
                    if let Some(slot) = codes.get_mut(*at) {
                        *slot = code;
                    }
                }
                Some(Target::From) => {
                    let day = cell::date(text).and_then(|day| {
                        day.ok_or(CellFault { kind: FaultKind::Date, expected: "the first day of the row" })
                    });
                    from = self.take(place, text, day);
                }
                Some(Target::LastDay) => last_day = self.take(place, text, cell::date(text)).flatten(),
                Some(Target::Certainty) => {
                    let expected = "official, confirmed, single or unverified";
                    let parsed = text.parse().map_err(|()| CellFault { kind: FaultKind::Value, expected });
                    certainty = self.take(place, text, parsed);
                }
                Some(Target::Source) => {
                    let known = !text.is_empty();
                    let fault = CellFault { kind: FaultKind::Value, expected: "a key of sources.csv" };
                    source = self.take(place, text, known.then(|| text.to_owned()).ok_or(fault));
                }
                Some(Target::Standards) => self.standards(place, text, &mut cells),
                Some(Target::Cell(at, column)) => {
                    if let (Some(value), Some(slot)) =
                        (self.take(place, text, cell::parse(column.kind, text)), cells.get_mut(*at))
                    {
                        *slot = value;
                    }
                }
            }
        }
        if let (Some(from), Some(last)) = (from, last_day)
            && last < from
        {
            let expected = format!("a last day not before {from}");
            self.faults.push(whole_line(self.file, self.line, FaultKind::Date, &expected, &last.to_string()));
        }
        if self.faults.count() > before {
            return None;
        }
        let period = Period { from: from?, until: last_day.map(crate::date::ServiceDate::next) };
        let code = match codes {
            [Some(first), Some(second)] => self.schema.key.pair(&first, &second)?,
            [first, _] => first?,
        };
        Some(MasterRow { code, period, certainty: certainty?, source: source?, cells })
    }

    fn standards(&mut self, place: (usize, &str), text: &str, cells: &mut [Cell]) {
        let first = self.schema.columns.iter().position(|column| column.name == "standard_1");
        let Some(slots) = first.and_then(|first| cells.get_mut(first..first + 10)) else { return };
        if text.is_empty() {
            return;
        }
        let values: Vec<_> = text.split(';').collect();
        if values.len() != slots.len() {
            let fault = CellFault { kind: FaultKind::Value, expected: "ten numbers joined by `;`, or nothing" };
            self.take::<()>(place, text, Err(fault));
            return;
        }
        for (slot, value) in slots.iter_mut().zip(values) {
            if let Some(number) = self.take(place, value, cell::whole(value)) {
                *slot = Cell::Number(number);
            }
        }
    }

    fn take<T>(&mut self, (number, name): (usize, &str), text: &str, value: Result<T, CellFault>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(fault) => {
                self.faults.push(Fault {
                    column: Some((number, name.to_owned())),
                    ..whole_line(self.file, self.line, fault.kind, fault.expected, text)
                });
                None
            }
        }
    }
}

fn whole_line(file: &str, line: u64, kind: FaultKind, expected: &str, got: &str) -> Fault {
    Fault { file: file.to_owned(), line, column: None, kind, expected: expected.to_owned(), got: Fault::shown(got) }
}

#[cfg(test)]
mod tests {
    use super::super::schema::schema;
    use super::*;

    fn modifiers(text: &str) -> (Vec<MasterRow>, Faults) {
        read(schema(MasterKind::Modifier), "modifiers.csv", text)
    }

    #[test]
    fn every_fault_at_once() {
        let (rows, faults) = modifiers(
            "code,from,last_day,name,certainty,source,colour\n\
             8002,2002-06-01,,の疑い,official,Z,\n\
             80x2,2002-06-31,,の疑い,sure,Z,\n\
             8003,2002-06-01,2002-05-31,x,official,,\n\
             8004,2002-06-01\n",
        );
        assert_eq!(rows.len(), 1);
        let lines: Vec<_> = faults.list().iter().map(|f| (f.line, f.kind)).collect();
        assert_eq!(
            lines,
            [
                (1, FaultKind::UnknownLayout),
                (3, FaultKind::Code),
                (3, FaultKind::Date),
                (3, FaultKind::Value),
                (4, FaultKind::Value),
                (4, FaultKind::Date),
                (5, FaultKind::ColumnCount),
            ]
        );
        assert_eq!(
            faults.list()[1].to_string(),
            "modifiers.csv:3: column 1 code: expected a modifier code (修飾語): four digits, got `80x2`"
        );
    }
}
