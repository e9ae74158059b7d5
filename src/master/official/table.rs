//! Reads the lines of one master file: every column checked, every fault noted with its place, the good rows kept.

use std::collections::{HashMap, HashSet};

use crate::{
    date::ServiceDate,
    master::{
        CodeValue, Fault, FaultKind, Faults,
        cell::{self, CellFault},
        schema::ColumnKind,
    },
    pack::Cell,
};

use super::{
    field::{Field, Problem},
    layout::{Cells, Code, Dating, Table},
    text::{Encoding, Line, Splitter, lines},
};

/// One row of an edition: the state of a code from a day on.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) code: CodeValue,
    /// Tells the rows of one code apart, where a code may have several.
    pub(super) mark: String,
    pub(super) from: ServiceDate,
    /// Since when there has been the code, where that is before the state.
    pub(super) since: Option<ServiceDate>,
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
    /// Codes that the file takes out (抹消), with their mark and first day.
    pub(super) erased: Vec<(CodeValue, String, ServiceDate)>,
    /// Lines that hold a row, good or not.
    pub(super) lines: u32,
    /// The newest first day of a good row.
    pub(super) newest: Option<ServiceDate>,
    /// Whether some rows are marked unchanged: a whole edition, not a change file.
    pub(super) whole: bool,
}

/// What a file holds, once its layout is known.
#[derive(Clone, Copy)]
pub(super) enum Body<'a> {
    /// Lines of text.
    Text(&'a [u8], Encoding),
    /// Rows of a sheet or a document, each with its number.
    Rows(&'a [(u64, Vec<String>)]),
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
    /// The day of the edition, for a list that holds from then on.
    edition: Option<ServiceDate>,
    columns: Vec<Column>,
    template: Vec<Cell>,
    faults: &'a mut Faults,
}

/// Reads a file whose layout and number of columns are known.
pub(super) fn read(
    table: &'static Table,
    count: usize,
    file: &str,
    body: Body<'_>,
    edition: Option<ServiceDate>,
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
            let needed = table.last.contains(&number) || table.code.columns().contains(&number);
            Column { number, field, blank: field.blank || (table.sparse && !needed), target }
        })
        .collect();
    let template =
        schema.columns.iter().map(|column| cell::parse(column.kind, "").unwrap_or(Cell::Number(0))).collect();
    let encoding = match body {
        Body::Text(_, encoding) => encoding,
        Body::Rows(_) => Encoding::Utf8,
    };
    Reader { table, file, encoding, edition, columns, template, faults }.read(body)
}

/// The rows that were read, and where each of them was seen.
#[derive(Default)]
struct Seen {
    rows: Rows,
    /// The line of each code and first day, and its place among the rows.
    places: HashMap<(CodeValue, String, ServiceDate), (u64, usize)>,
    /// Places whose code has a second, different row.
    twice: HashSet<usize>,
}

impl Reader<'_> {
    fn read(mut self, body: Body<'_>) -> Rows {
        let mut seen = Seen::default();
        seen.rows.whole = self.table.change.is_none();
        let mut splitter = Splitter::new(self.table.delimiter);
        match body {
            Body::Text(bytes, _) => {
                let header = usize::from(self.table.has_header(bytes));
                for line in lines(bytes).skip(header) {
                    seen.rows.lines = seen.rows.lines.saturating_add(1);
                    if self.shape(line, &mut splitter) {
                        self.keep(line.number, &splitter, &mut seen);
                    }
                }
            }
            Body::Rows(rows) => {
                for (number, cells) in rows {
                    seen.rows.lines = seen.rows.lines.saturating_add(1);
                    splitter.fill(cells);
                    self.keep(*number, &splitter, &mut seen);
                }
            }
        }
        let Seen { mut rows, twice, .. } = seen;
        if !twice.is_empty() {
            let mut place = 0usize;
            rows.states.retain(|_| {
                place += 1;
                !twice.contains(&(place - 1))
            });
        }
        rows
    }

    /// Reads one row and keeps it, unless another one has its code, mark and day.
    fn keep(&mut self, line: u64, splitter: &Splitter, seen: &mut Seen) {
        let Some(state) = self.row(line, splitter, &mut seen.rows) else { return };
        let key = (state.code.clone(), state.mark.clone(), state.from);
        if let Some((first, place)) = seen.places.get(&key) {
            let same = seen
                .rows
                .states
                .get(*place)
                .is_some_and(|other| other.cells == state.cells && other.last == state.last);
            // A list may say the same twice.
            if same && (self.table.schema().many || matches!(self.table.dating, Dating::Listed { .. })) {
                return;
            }
            let code = text_of(self.table, &state.code);
            let expected = format!("one row for {code} from {}, as on line {first}", state.from);
            self.whole_line(line, FaultKind::Duplicate, &expected, "a second one");
            // Nothing says which of two different rows is right.
            if !same {
                seen.twice.insert(*place);
            }
            return;
        }
        seen.places.insert(key, (line, seen.rows.states.len()));
        seen.rows.newest = seen.rows.newest.max(Some(state.from));
        seen.rows.states.push(state);
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

    fn row(&mut self, line: u64, splitter: &Splitter, rows: &mut Rows) -> Option<State> {
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
                Err(mut problem) => {
                    // In a change file (差分) a blank means "as before".
                    if bytes.is_empty() && self.table.changes {
                        problem.expected.push_str(" (a change file needs the whole edition before it)");
                    }
                    fault(self.faults, self.file, line, column, problem, &self.encoding.shown(bytes));
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
        let change = self.table.change.and_then(|column| splitter.get(column - 1)).unwrap_or_default();
        rows.whole |= change == UNCHANGED;
        let mark = self.mark(splitter);
        if change == ERASED {
            rows.erased.push((code, mark, from));
            return None;
        }
        if let Some(last) = last
            && last < from
        {
            if change == ABOLISHED {
                rows.ended.push((code, last));
            } else if !matches!(self.table.dating, Dating::Listed { .. }) {
                let expected = format!("a last day not before the first, {from}");
                self.whole_line(line, FaultKind::Date, &expected, &last.to_string());
            }
            return None;
        }
        (self.table.derive)(splitter, &mut Cells { schema: self.table.schema(), code: &code, cells: &mut cells });
        let since = self.listed_since(splitter).filter(|since| *since < from);
        Some(State { code, mark, from, since, last, cells })
    }

    /// 収載年月日, or the epoch of a code that is older than such days.
    fn listed_since(&self, splitter: &Splitter) -> Option<ServiceDate> {
        let given = day(splitter, self.table.listed?);
        match self.table.dating {
            Dating::Changed { epoch: Some(epoch) } => given.or_else(|| ServiceDate::from_packed(epoch).ok()),
            _ => given,
        }
    }

    fn mark(&self, splitter: &Splitter) -> String {
        let mut mark = String::new();
        for column in self.table.mark {
            mark.push_str(&self.encoding.shown(splitter.get(column - 1).unwrap_or_default()));
            mark.push('\u{1f}');
        }
        mark
    }

    /// The code of a row.
    fn code(&mut self, line: u64, splitter: &Splitter) -> Option<CodeValue> {
        let key = &self.table.schema().key;
        let found = match self.table.code {
            Code::Column(column) => key.parse_part(0, splitter.ascii(column)?).map_err(|fault| (column, fault)),
            Code::Pair(first, second) => {
                let part =
                    |at, column| key.parse_part(at, splitter.ascii(column).unwrap_or("")).map_err(|f| (column, f));
                part(0, first).and_then(|a| Ok((a, part(1, second)?))).and_then(|(a, b)| {
                    key.pair(&a, &b).ok_or((first, CellFault { kind: FaultKind::Code, expected: "two codes" }))
                })
            }
            Code::Comment(first) => {
                let part = |column| splitter.ascii(column).unwrap_or("");
                let code = format!("{}{:0>2}{:0>6}", part(first), part(first + 1), part(first + 2));
                key.parse(&code).map_err(|fault| (first + 2, fault))
            }
            Code::Hot(column) => {
                let text = splitter.ascii(column)?;
                let (hot9, package) = text.split_at_checked(9).unwrap_or((text, ""));
                let package = if package.is_empty() { "0000" } else { package };
                key.parse(&format!("{hot9}/{package}")).map_err(|fault| (column, fault))
            }
            Code::Text { before, columns, between } => {
                let parts: Vec<_> = columns
                    .iter()
                    .map(|column| self.encoding.shown(splitter.get(column - 1).unwrap_or_default()))
                    .collect();
                let first = columns.first().copied().unwrap_or(1);
                if parts.iter().all(String::is_empty) {
                    Err((first, CellFault { kind: FaultKind::Code, expected: "a code" }))
                } else {
                    Ok(CodeValue::Text(format!("{before}{}", parts.join(between))))
                }
            }
        };
        found
            .map_err(|(column, problem)| {
                let Some(column) = self.columns.get(column - 1) else { return };
                let bytes = splitter.get(column.number - 1).unwrap_or_default();
                // The column's own check has spoken already when the shape is wrong.
                if column.field.check.read(bytes, column.blank, self.encoding, None).is_ok() {
                    let problem = Problem::new(problem.kind, problem.expected);
                    fault(self.faults, self.file, line, column, problem, &self.encoding.shown(bytes));
                }
            })
            .ok()
    }

    fn first_day(&mut self, line: u64, splitter: &Splitter) -> Option<ServiceDate> {
        let given = self.table.from.iter().find_map(|column| day(splitter, *column));
        match self.table.dating {
            // What the list says holds from its own day on, whenever the thing itself began.
            Dating::Listed { .. } => return self.edition.max(given),
            Dating::Changed { epoch: Some(epoch) } => return given.or_else(|| ServiceDate::from_packed(epoch).ok()),
            Dating::Changed { epoch: None } | Dating::Entered if given.is_some() => return given,
            _ => {}
        }
        let column = self.table.from.first().and_then(|number| self.columns.get(number.checked_sub(1)?))?;
        let bytes = splitter.get(column.number - 1).unwrap_or_default();
        if column.field.check.read(bytes, false, self.encoding, None).is_ok() {
            let problem = Problem::new(FaultKind::Date, "the first day of the row");
            fault(self.faults, self.file, line, column, problem, &self.encoding.shown(bytes));
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
