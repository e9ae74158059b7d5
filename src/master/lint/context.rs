//! What every lint works on: the packs, and where findings go.

use std::collections::BTreeMap;

use crate::{
    date::{Period, ServiceDate},
    master::{
        CodeValue,
        cells::Rows,
        schema::{TABLES, TableSchema},
    },
    pack::Pack,
};

use super::{Finding, LINTS, Lint};

pub(super) struct Context<'p> {
    packs: &'p [Pack],
    findings: Vec<Finding>,
}

impl<'p> Context<'p> {
    pub(super) fn new(packs: &'p [Pack]) -> Self {
        Self { packs, findings: Vec::new() }
    }

    /// Every table of every pack.
    pub(super) fn tables(&self) -> impl Iterator<Item = Rows<'p>> + use<'p> {
        let packs = self.packs;
        TABLES.iter().flat_map(move |schema| packs.iter().filter_map(move |pack| Rows::of(pack, schema)))
    }

    /// The tables of this name, the last added pack's first.
    pub(super) fn tables_named(&self, name: &str) -> Vec<Rows<'p>> {
        let schema: Option<&'static TableSchema> = TABLES.iter().find(|schema| schema.name == name);
        schema.into_iter().flat_map(|schema| self.packs.iter().filter_map(move |pack| Rows::of(pack, schema))).collect()
    }

    pub(super) fn push(
        &mut self,
        lint: &Lint,
        table: &'static str,
        code: String,
        day: Option<ServiceDate>,
        text: String,
    ) {
        let Lint { id, severity, .. } = *lint;
        self.findings.push(Finding { lint: id, severity, table, code, day, text, known: None });
    }

    pub(super) fn push_row(&mut self, lint: &Lint, rows: Rows<'_>, row: usize, day: ServiceDate, text: String) {
        self.push(lint, rows.schema.name, rows.code(row), Some(day), text);
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        let place = |finding: &Finding| LINTS.iter().position(|lint| lint.id == finding.lint);
        self.findings.sort_by(|a, b| {
            (place(a), a.table, &a.code, a.day, &a.text).cmp(&(place(b), b.table, &b.code, b.day, &b.text))
        });
        self.findings.dedup();
        self.findings
    }
}

/// The periods of a code in all packs, in order; touching and overlapping ones are left as they are.
pub(super) fn periods(tables: &[Rows<'_>], key: &CodeValue) -> Vec<Period> {
    let mut periods: Vec<_> = tables.iter().flat_map(|rows| rows.rows_of(key).map(|row| rows.period(row))).collect();
    periods.sort_by_key(|period| period.from);
    periods
}

/// The part of a period that sorted periods leave open: its first day, and the first day no longer in it.
pub(super) fn uncovered(period: Period, by: &[Period]) -> Option<Period> {
    let mut from = period.from;
    for other in by {
        if other.from > from {
            break;
        }
        match other.until {
            None => return None,
            Some(until) => from = from.max(until),
        }
    }
    if period.until.is_some_and(|until| from >= until) {
        return None;
    }
    let next = by.iter().map(|other| other.from).find(|day| *day > from);
    let until = match (next, period.until) {
        (Some(next), Some(until)) => Some(next.min(until)),
        (next, until) => next.or(until),
    };
    Some(Period { from, until })
}

/// The days that tables speak of: from the first to the last on which at least half as many rows hold as on the fullest
/// day. A table that begins with 2024 says nothing of what held in 2020, although single rows of it are older.
pub(super) fn coverage(tables: &[Rows<'_>]) -> Option<Period> {
    let mut steps: BTreeMap<ServiceDate, i64> = BTreeMap::new();
    for rows in tables {
        for row in 0..rows.len() {
            let period = rows.period(row);
            *steps.entry(period.from).or_default() += 1;
            if let Some(until) = period.until {
                *steps.entry(until).or_default() -= 1;
            }
        }
    }
    let mut holding = 0;
    let counts: Vec<(ServiceDate, i64)> = steps
        .into_iter()
        .map(|(day, step)| {
            holding += step;
            (day, holding)
        })
        .collect();
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let full = |(_, count): &&(ServiceDate, i64)| *count * 2 >= most;
    let from = counts.iter().find(full)?.0;
    let last = counts.iter().rev().find(full)?.0;
    let until = counts.iter().find(|(day, _)| *day > last).map(|(day, _)| *day);
    Some(Period { from, until })
}

/// What two periods share.
pub(super) fn common(a: Period, b: Period) -> Option<Period> {
    let from = a.from.max(b.from);
    let until = match (a.until, b.until) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    until.is_none_or(|until| from < until).then_some(Period { from, until })
}

/// A period in words.
pub(super) fn span(period: Period) -> String {
    match period.last_day() {
        Some(last) if last == period.from => format!("on {last}"),
        Some(last) => format!("from {} to {last}", period.from),
        None => format!("from {} on", period.from),
    }
}
