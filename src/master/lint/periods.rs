//! The periods of each code.

use crate::master::cells::Rows;

use super::{Lint, Severity, context::Context};

pub(super) const ROW_ORDER: Lint = Lint {
    id: "row-order",
    severity: Severity::Error,
    about: "rows that are not in the order of code and first day, so that a search does not find them",
};
pub(super) const EMPTY_PERIOD: Lint = Lint {
    id: "empty-period",
    severity: Severity::Error,
    about: "a row that holds on no day: it ends before it begins",
};
pub(super) const OVERLAP: Lint =
    Lint { id: "overlapping-periods", severity: Severity::Error, about: "two rows of a code that hold on one day" };
pub(super) const GAP: Lint = Lint {
    id: "gap",
    severity: Severity::Warning,
    about: "days between two rows of a code on which none holds, with no reason given for it",
};

pub(super) fn check(context: &mut Context<'_>) {
    for rows in context.tables() {
        for row in 0..rows.len() {
            one(context, rows, row);
        }
    }
}

fn one(context: &mut Context<'_>, rows: Rows<'_>, row: usize) {
    let period = rows.period(row);
    if period.until.is_some_and(|until| until <= period.from) {
        let text = format!("the row from {} ends before it begins", period.from);
        context.push_row(&EMPTY_PERIOD, rows, row, period.from, text);
    }
    let next = row + 1;
    if next >= rows.len() {
        return;
    }
    let (key, next_key, later) = (rows.key(row), rows.key(next), rows.period(next));
    if (&next_key, later.from) < (&key, period.from) {
        let text = format!("the row comes after {} from {}", rows.code(row), period.from);
        context.push_row(&ROW_ORDER, rows, next, later.from, text);
    }
    if key != next_key || rows.schema.many {
        return;
    }
    match period.until {
        Some(until) if until < later.from => {
            let last = until.previous();
            let text = format!("no row holds from {until} to {}: one ends on {last}", later.from.previous());
            context.push_row(&GAP, rows, row, until, text);
        }
        Some(until) if until <= later.from => {}
        _ => {
            let text = format!("the rows from {} and from {} both hold", period.from, later.from);
            context.push_row(&OVERLAP, rows, row, later.from, text);
        }
    }
}
