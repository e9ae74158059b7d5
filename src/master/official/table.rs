//! Reads the lines of one master file: every column checked, every fault noted with its place, the good rows kept.

use std::collections::{HashMap, HashSet};

use crate::{
    date::ServiceDate,
    master::{CodeValue, Fault, FaultKind, Faults, cell, schema::ColumnKind},
    pack::Cell,
};

use super::{
    field::{Field, Problem},
    layout::{Cells, Table},
    text::{Encoding, Line, Splitter, lines},
};

/// One row of an edition: the state of a code from a day on.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) code: CodeValue,
    pub(super) from: ServiceDate,
    /// The last day, where the edition gives one.
    pub(super) last: Option<ServiceDate>,
    pub(super) cells: Vec<Cell>,
}

/// The rows of one file.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) states: Vec<State>,
    /// Codes that the file declares ended without giving a state, with their last day (廃止 on a day before 変更).
    pub(super) ended: Vec<(CodeValue, ServiceDate)>,
    /// Lines that hold a row, good or not.
    pub(super) lines: u32,
    /// The newest 変更年月日 of a good row.
    pub(super) newest: Option<ServiceDate>,
    /// Whether some rows are marked unchanged: a whole edition, not a change file.
    pub(super) whole: bool,
}

/// 抹消: the row was entered in error and never counted.
const ERASED: &[u8] = b"1";
/// 異動なし: only whole editions list what did not change.
const UNCHANGED: &[u8] = b"0";
/// 廃止.
const ABOLISHED: &[u8] = b"9";

/// One official column, and where its value goes.
struct Column {
    number: usize,
    field: &'static Field,
    blank: bool,
    target: Option<(usize, ColumnKind)>,
}

struct Reader<'a> {
    table: &'static Table,
    file: &'a str,
    encoding: Encoding,
    columns: Vec<Column>,
    template: Vec<Cell>,
    faults: &'a mut Faults,
}

/// Reads a file whose layout and number of columns are known.
pub(super) fn read(
    table: &'static Table,
    count: usize,
    file: &str,
    bytes: &[u8],
    encoding: Encoding,
    faults: &mut Faults,
) -> Rows {
    let schema = table.schema();
    let columns = table
        .fields
        .iter()
        .take(count)
        .enumerate()
        .map(|(index, field)| {
            let target = field.to.and_then(|to| {
                let place = schema.columns.iter().position(|column| column.name == to)?;
                Some((place, schema.columns.get(place)?.kind))
            });
            let number = index + 1;
            let dated = table.last.contains(&number);
            Column { number, field, blank: field.blank || (table.sparse && !dated), target }
        })
        .collect();
    let template =
        schema.columns.iter().map(|column| cell::parse(column.kind, "").unwrap_or(Cell::Number(0))).collect();
    Reader { table, file, encoding, columns, template, faults }.read(bytes)
}

impl Reader<'_> {
    fn read(mut self, bytes: &[u8]) -> Rows {
        let mut rows = Rows::default();
        let mut splitter = Splitter::new();
        // Where each code and first day was seen: the line, and the place among the rows.
        let mut seen: HashMap<(CodeValue, ServiceDate), (u64, usize)> = HashMap::new();
        let mut twice = HashSet::new();
        for line in lines(bytes) {
            rows.lines = rows.lines.saturating_add(1);
            if !self.shape(line, &mut splitter) {
                continue;
            }
            let Some(state) = self.row(line, &splitter, &mut rows) else { continue };
            let key = (state.code.clone(), state.from);
            if let Some((first, place)) = seen.get(&key) {
                let expected =
                    format!("one row for {} from {}, as on line {first}", text_of(self.table, &state.code), state.from);
                self.whole_line(line.number, FaultKind::Duplicate, &expected, "a second one");
                // Nothing says which of two different rows is right.
                if rows.states.get(*place).is_some_and(|other| other.cells != state.cells || other.last != state.last) {
                    twice.insert(*place);
                }
                continue;
            }
            seen.insert(key, (line.number, rows.states.len()));
            rows.newest = rows.newest.max(Some(state.from));
            rows.states.push(state);
        }
        if !twice.is_empty() {
            let mut place = 0usize;
            rows.states.retain(|_| {
                place += 1;
                !twice.contains(&(place - 1))
            });
        }
        rows
    }

    /// Splits a line; whether it has all its columns.
    fn shape(&mut self, line: Line<'_>, splitter: &mut Splitter) -> bool {
        let expected = self.columns.len();
        let count = splitter.split(line.bytes);
        // A last line cut after a comma would else pass for one with an empty last column.
        let comma = !line.ended && line.bytes.starts_with(b"\"") && line.bytes.ends_with(b",");
        let open = line.is_open();
        if count == Some(expected) && !open && !comma {
            return true;
        }
        let got = match count {
            _ if open => "a line that ends inside quotes".to_owned(),
            _ if comma => "a line that ends after a comma".to_owned(),
            Some(1) => "1 column".to_owned(),
            Some(count) => format!("{count} columns"),
            None => "more than 256 columns".to_owned(),
        };
        let cut = open || comma || (!line.ended && count.is_some_and(|count| count < expected));
        let kind = if cut { FaultKind::Truncated } else { FaultKind::ColumnCount };
        self.whole_line(line.number, kind, &format!("{expected} columns"), &got);
        false
    }

    fn row(&mut self, line: Line<'_>, splitter: &Splitter, rows: &mut Rows) -> Option<State> {
        let before = self.faults.count();
        let mut cells = self.template.clone();
        for column in &self.columns {
            let bytes = splitter.get(column.number - 1).unwrap_or_default();
            let wanted = column.target.map(|(_, kind)| kind);
            match column.field.check.read(bytes, column.blank, self.encoding, wanted) {
                Ok(Some(value)) => {
                    if let Some(slot) = column.target.and_then(|(place, _)| cells.get_mut(place)) {
                        *slot = value;
                    }
                }
                Ok(None) => {}
                Err(problem) => {
                    fault(self.faults, self.file, line.number, column, problem, &self.encoding.shown(bytes))
                }
            }
        }
        let code = self.code(line, splitter);
        let from = self.first_day(line, splitter);
        if self.faults.count() > before {
            return None;
        }
        let (code, from) = (code?, from?);
        let last = self.table.last.iter().filter_map(|column| day(splitter, *column)).min();
        let change = splitter.get(self.table.change - 1).unwrap_or_default();
        rows.whole |= change == UNCHANGED;
        if change == ERASED {
            return None;
        }
        if let Some(last) = last
            && last < from
        {
            if change == ABOLISHED {
                rows.ended.push((code, last));
            } else {
                let expected = format!("a last day not before the first, {from}");
                self.whole_line(line.number, FaultKind::Date, &expected, &last.to_string());
            }
            return None;
        }
        (self.table.derive)(splitter, &mut Cells { schema: self.table.schema(), code: &code, cells: &mut cells });
        Some(State { code, from, last, cells })
    }

    fn code(&mut self, line: Line<'_>, splitter: &Splitter) -> Option<CodeValue> {
        let text = splitter.ascii(self.table.code)?;
        match self.table.schema().key.parse(text) {
            Ok(code) => Some(code),
            Err(problem) => {
                let column = self.columns.get(self.table.code - 1)?;
                // The column's own check has spoken already when the shape is wrong.
                if column.field.check.read(text.as_bytes(), false, self.encoding, None).is_ok() {
                    let problem = Problem::new(problem.kind, problem.expected);
                    fault(self.faults, self.file, line.number, column, problem, text);
                }
                None
            }
        }
    }

    fn first_day(&mut self, line: Line<'_>, splitter: &Splitter) -> Option<ServiceDate> {
        if let Some(day) = self.table.from.iter().find_map(|column| day(splitter, *column)) {
            return Some(day);
        }
        if let Some(epoch) = self.table.epoch {
            return ServiceDate::from_packed(epoch).ok();
        }
        let column = self.table.from.first().and_then(|number| self.columns.get(number.checked_sub(1)?))?;
        let bytes = splitter.get(column.number - 1).unwrap_or_default();
        if column.field.check.read(bytes, false, self.encoding, None).is_ok() {
            let problem = Problem::new(FaultKind::Date, "the first day of the row");
            fault(self.faults, self.file, line.number, column, problem, &self.encoding.shown(bytes));
        }
        None
    }

    fn whole_line(&mut self, line: u64, kind: FaultKind, expected: &str, got: &str) {
        self.faults.push(Fault {
            file: self.file.to_owned(),
            line,
            column: None,
            kind,
            expected: expected.to_owned(),
            got: Fault::shown(got),
        });
    }
}

fn fault(faults: &mut Faults, file: &str, line: u64, column: &Column, problem: Problem, got: &str) {
    faults.push(Fault {
        file: file.to_owned(),
        line,
        column: Some((column.number, column.field.title.to_owned())),
        kind: problem.kind,
        expected: problem.expected,
        got: Fault::shown(got),
    });
}

fn day(splitter: &Splitter, column: usize) -> Option<ServiceDate> {
    cell::date(splitter.ascii(column)?).ok().flatten()
}

/// A code as it is written.
pub(super) fn text_of(table: &Table, code: &CodeValue) -> String {
    table.schema().key.text(code)
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
