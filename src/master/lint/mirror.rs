//! 背反: that two procedures exclude each other stands in the table under both of them.

use crate::{
    date::Period,
    master::{CodeValue, Pair, cells::Rows},
};

use super::{
    Lint, Severity,
    context::{Context, span, uncovered},
};

pub(super) const UNMIRRORED: Lint = Lint {
    id: "unmirrored-exclusion",
    severity: Severity::Error,
    about: "an exclusion that stands under one of its two procedures only, or differently under the other",
};

const TABLES: &[&str] = &["exclusion_day", "exclusion_month", "exclusion_same", "exclusion_week"];

pub(super) fn check(context: &mut Context<'_>) {
    for table in TABLES {
        let tables = context.tables_named(table);
        for rows in &tables {
            for row in 0..rows.len() {
                one(context, &tables, *rows, row);
            }
        }
    }
}

fn one(context: &mut Context<'_>, tables: &[Rows<'_>], rows: Rows<'_>, row: usize) {
    let CodeValue::Pair(Pair { first, second }) = rows.key(row) else { return };
    let mirrored = CodeValue::Pair(Pair { first: second, second: first });
    let rule = rows.number("rule", row);
    // 背反区分: 1 the first is charged, 2 the other, 3 either.
    let expected = match rule {
        1 => 2,
        2 => 1,
        rule => rule,
    };
    let special = rows.number("special", row);
    let mut periods: Vec<Period> = Vec::new();
    let mut others = Vec::new();
    for other in tables {
        for place in other.rows_of(&mirrored) {
            if (other.number("rule", place), other.number("special", place)) == (expected, special) {
                periods.push(other.period(place));
            } else {
                others.push(other.number("rule", place));
            }
        }
    }
    periods.sort_by_key(|period| period.from);
    let Some(open) = uncovered(rows.period(row), &periods) else { return };
    let got = match others.first() {
        Some(other) => format!("it has 背反区分 {other}, or another 特例条件"),
        None => "there is none".to_owned(),
    };
    let mirrored = rows.schema.key.text(&mirrored);
    let text = format!("背反区分 {rule}: expected {mirrored} with 背反区分 {expected} {}, {got}", span(open));
    context.push_row(&UNMIRRORED, rows, row, open.from, text);
}
