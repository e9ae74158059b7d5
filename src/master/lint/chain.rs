//! The figure that a row says it had before (旧点数, 旧金額) against the row before it.

use crate::master::{cells::Rows, schema::Column};

use super::{Lint, Severity, context::Context};

pub(super) const BROKEN_CHAIN: Lint = Lint {
    id: "broken-chain",
    severity: Severity::Error,
    about: "a row with a new figure whose old figure is not the one of the row that ends when it begins",
};

pub(super) fn check(context: &mut Context<'_>) {
    for rows in context.tables() {
        // Each column that has its past beside it: points and old_points, price and old_price.
        let pairs: Vec<(&Column, &Column)> = rows
            .schema
            .columns
            .iter()
            .filter_map(|old| Some((rows.schema.column(old.name.strip_prefix("old_")?)?, old)))
            .collect();
        for row in 1..rows.len() {
            let touch = rows.key(row - 1) == rows.key(row) && rows.period(row - 1).until == Some(rows.from(row));
            if touch {
                pairs.iter().for_each(|(now, old)| one(context, rows, row, (now, old)));
            }
        }
    }
}

fn one(context: &mut Context<'_>, rows: Rows<'_>, row: usize, (now, old): (&Column, &Column)) {
    let (before, said) = (rows.table.number(now.id, row - 1), rows.table.number(old.id, row));
    // Zero: the row does not say. And where another column changed only, the old figure is one of an earlier change.
    if said == 0 || said == before || rows.table.number(now.id, row) == before {
        return;
    }
    let (said, before) = (rows.cell(old, row), rows.cell(now, row - 1));
    let text = format!("{} is {said}, but {} of the row before it is {before}", old.name, now.name);
    context.push_row(&BROKEN_CHAIN, rows, row, rows.from(row), text);
}
