//! Codes that one table names and another has to have.

use std::collections::BTreeSet;

use crate::{
    date::Period,
    master::{
        CodeValue,
        cells::{Rows, code_text},
        schema::Column,
    },
};

use super::{
    Lint, Severity,
    context::{Context, common, coverage, periods, uncovered},
};

pub(super) const DANGLING_CODE: Lint = Lint {
    id: "dangling-code",
    severity: Severity::Error,
    about: "a row that names a code which the other table does not have at all",
};
pub(super) const DANGLING_DAY: Lint = Lint {
    id: "dangling-day",
    severity: Severity::Warning,
    about: "a row that names a code which is not in force for as long as the row is",
};
pub(super) const ROLE_DAY: Lint = Lint {
    id: "role-day",
    severity: Severity::Error,
    about: "a rule that names a procedure which is not in force for as long as the rule is",
};
pub(super) const SUCCESSOR_LOOP: Lint =
    Lint { id: "successor-loop", severity: Severity::Error, about: "a code whose successors lead back to it" };

/// A column that holds codes of another table.
struct Reference {
    table: &'static str,
    column: &'static str,
    to: &'static str,
    lint: &'static Lint,
    when: When,
}

/// When the code that a row names has to be in force.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// As long as the row is.
    Along,
    /// When the row has ended.
    After,
}

/// The columns that hold codes. A column `procedure_code` of any other table is one as well.
const REFERENCES: &[Reference] = &[
    Reference { table: "procedure", column: "age_add_1_code", to: "procedure", lint: &DANGLING_DAY, when: When::Along },
    Reference { table: "procedure", column: "age_add_2_code", to: "procedure", lint: &DANGLING_DAY, when: When::Along },
    Reference { table: "procedure", column: "age_add_3_code", to: "procedure", lint: &DANGLING_DAY, when: When::Along },
    Reference { table: "procedure", column: "age_add_4_code", to: "procedure", lint: &DANGLING_DAY, when: When::Along },
    Reference { table: "role", column: "procedure_code", to: "procedure", lint: &ROLE_DAY, when: When::Along },
    Reference { table: "disease", column: "successor", to: "disease", lint: &DANGLING_DAY, when: When::After },
];

/// What a column `procedure_code` of any other table is.
const PROCEDURE_CODE: Reference =
    Reference { table: "", column: "procedure_code", to: "procedure", lint: &DANGLING_DAY, when: When::Along };

pub(super) fn check(context: &mut Context<'_>) {
    for rows in context.tables() {
        for column in rows.schema.columns {
            let known = REFERENCES.iter().find(|known| (known.table, known.column) == (rows.schema.name, column.name));
            if let Some(reference) = known.or((column.name == PROCEDURE_CODE.column).then_some(&PROCEDURE_CODE)) {
                column_of(context, rows, column, reference);
            }
        }
    }
    successors(context);
}

fn column_of(context: &mut Context<'_>, rows: Rows<'_>, column: &Column, reference: &Reference) {
    let Reference { to, lint, when, .. } = *reference;
    let targets = context.tables_named(to);
    // Without the other table nothing can be said, and neither of days on which it has no rows.
    let (Some(target), Some(covered)) = (targets.first(), coverage(&targets)) else { return };
    let kind = target.schema.kind;
    let mut unknown = BTreeSet::new();
    for row in 0..rows.len() {
        let number = rows.table.number(column.id, row);
        let needed = needed(rows.period(row), when).and_then(|needed| common(needed, covered));
        let Some(needed) = needed.filter(|_| number != 0) else { continue };
        let key = CodeValue::Number(u32::try_from(number).unwrap_or(u32::MAX));
        let code = code_text(kind, &key);
        let found = periods(&targets, &key);
        if found.is_empty() {
            // Once for each code and what it names, not for each of its rows.
            if unknown.insert((rows.code(row), code.clone())) {
                let text = format!("{} names {to} {code}, which no table has", column.name);
                context.push_row(&DANGLING_CODE, rows, row, rows.from(row), text);
            }
        } else if let Some(open) = uncovered(needed, &found) {
            let text = format!("{} names {to} {code}, which is not in force {}", column.name, span(open));
            context.push_row(lint, rows, row, open.from, text);
        }
    }
}

/// The days on which the code that a row names has to be in force.
fn needed(period: Period, when: When) -> Option<Period> {
    match when {
        When::Along => Some(period),
        When::After => {
            let first = period.until?;
            Some(Period { from: first, until: Some(first.next()) })
        }
    }
}

fn span(period: Period) -> String {
    match period.last_day() {
        Some(last) if last == period.from => format!("on {last}"),
        Some(last) => format!("from {} to {last}", period.from),
        None => format!("from {} on", period.from),
    }
}

/// 移行先: each step leads to a newer name, and never back.
fn successors(context: &mut Context<'_>) {
    let tables = context.tables_named("disease");
    let successor = |key: &CodeValue| {
        let rows = tables.iter().find(|rows| !rows.rows_of(key).is_empty())?;
        let number = rows.number("successor", rows.rows_of(key).next_back()?);
        (number != 0).then(|| CodeValue::Number(u32::try_from(number).unwrap_or(u32::MAX)))
    };
    for rows in &tables {
        for (key, group) in rows.groups() {
            let mut seen = vec![key.clone()];
            while let Some(next) = seen.last().and_then(successor) {
                if next == key {
                    let steps: Vec<_> = seen.iter().map(|key| code_text(rows.schema.kind, key)).collect();
                    let text = format!("the successors lead back: {}", steps.join(", "));
                    context.push_row(&SUCCESSOR_LOOP, *rows, group.start, rows.from(group.start), text);
                }
                // A loop further on is found at the codes that are in it.
                if seen.contains(&next) {
                    break;
                }
                seen.push(next);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::master::schema::TABLES;

    use super::*;

    #[test]
    fn every_reference_is_a_column() {
        for Reference { table, column, to, .. } in REFERENCES {
            let schema = TABLES.iter().find(|schema| schema.name == *table);
            assert!(schema.is_some_and(|schema| schema.column(column).is_some()), "{table} {column}");
            assert!(TABLES.iter().any(|schema| schema.name == *to), "{to}");
        }
    }
}
