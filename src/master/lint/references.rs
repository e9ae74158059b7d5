//! Codes that one table names and another has to have.

use std::collections::BTreeSet;

use crate::{
    date::Period,
    master::{CodeValue, cells::Rows},
};

use super::{
    Lint, Severity,
    context::{Context, common, coverage, periods, span, uncovered},
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

const fn along(table: &'static str, column: &'static str, to: &'static str) -> Reference {
    Reference { table, column, to, lint: &DANGLING_DAY, when: When::Along }
}

/// The columns, of the key or after it, that hold codes.
const REFERENCES: &[Reference] = &[
    along("procedure", "age_add_1_code", "procedure"),
    along("procedure", "age_add_2_code", "procedure"),
    along("procedure", "age_add_3_code", "procedure"),
    along("procedure", "age_add_4_code", "procedure"),
    along("procedure", "standard_1", "facility_standard"),
    along("procedure", "standard_2", "facility_standard"),
    along("procedure", "standard_3", "facility_standard"),
    along("procedure", "standard_4", "facility_standard"),
    along("procedure", "standard_5", "facility_standard"),
    along("procedure", "standard_6", "facility_standard"),
    along("procedure", "standard_7", "facility_standard"),
    along("procedure", "standard_8", "facility_standard"),
    along("procedure", "standard_9", "facility_standard"),
    along("procedure", "standard_10", "facility_standard"),
    along("lab", "procedure_code", "procedure"),
    along("lab_procedure", "procedure_code", "procedure"),
    Reference { lint: &ROLE_DAY, ..along("role", "procedure_code", "procedure") },
    Reference { when: When::After, ..along("disease", "successor", "disease") },
    Reference { when: When::After, ..along("disease_succession", "successor", "disease") },
    along("fee_aux", "code", "procedure"),
    along("bundle_member", "code", "procedure"),
    along("exclusion_day", "code", "procedure"),
    along("exclusion_day", "other", "procedure"),
    along("exclusion_month", "code", "procedure"),
    along("exclusion_month", "other", "procedure"),
    along("exclusion_same", "code", "procedure"),
    along("exclusion_same", "other", "procedure"),
    along("exclusion_week", "code", "procedure"),
    along("exclusion_week", "other", "procedure"),
    along("inpatient_addition", "code", "procedure"),
    along("frequency", "code", "procedure"),
    along("comment_link", "comment", "comment"),
    along("hot_drug", "drug_code", "drug"),
];

/// Where a row has a code.
enum Place {
    /// In this column.
    Column(u16),
    /// In its key: the first code or the second.
    Key(usize),
}

impl Place {
    fn of(rows: Rows<'_>, column: &str) -> Option<Self> {
        match rows.schema.column(column) {
            Some(column) => Some(Self::Column(column.id)),
            None => rows.schema.key.columns().iter().position(|name| *name == column).map(Self::Key),
        }
    }

    /// The code; 0 for none.
    fn code(&self, rows: Rows<'_>, row: usize) -> u32 {
        let part = match self {
            Self::Column(id) => return u32::try_from(rows.table.number(*id, row)).unwrap_or(u32::MAX),
            Self::Key(part) => *part,
        };
        match rows.key(row) {
            CodeValue::Number(number) => number,
            CodeValue::Pair(pair) if part == 0 => pair.first,
            CodeValue::Pair(pair) => pair.second,
            CodeValue::Text(_) => 0,
        }
    }
}

pub(super) fn check(context: &mut Context<'_>) {
    for rows in context.tables() {
        for reference in REFERENCES.iter().filter(|reference| reference.table == rows.schema.name) {
            column_of(context, rows, reference);
        }
    }
    successors(context);
}

fn column_of(context: &mut Context<'_>, rows: Rows<'_>, reference: &Reference) {
    let Reference { column, to, lint, when, .. } = *reference;
    let targets = context.tables_named(to);
    // Without the other table nothing can be said, and neither of days on which it has no rows.
    let (Some(target), Some(covered)) = (targets.first(), coverage(&targets)) else { return };
    let Some(place) = Place::of(rows, column) else { return };
    let mut unknown = BTreeSet::new();
    for row in 0..rows.len() {
        let number = place.code(rows, row);
        let needed = needed(rows.period(row), when).and_then(|needed| common(needed, covered));
        let Some(needed) = needed.filter(|_| number != 0) else { continue };
        let key = CodeValue::Number(number);
        let code = || target.schema.key.text(&key);
        let found = periods(&targets, &key);
        if found.is_empty() {
            // Once for each code and what it names, not for each of its rows.
            if unknown.insert((rows.key(row), number)) {
                let text = format!("{column} names {to} {}, which no table has", code());
                context.push_row(&DANGLING_CODE, rows, row, rows.from(row), text);
            }
        } else if let Some(open) = uncovered(needed, &found) {
            let text = format!("{column} names {to} {}, which is not in force {}", code(), span(open));
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
                    let steps: Vec<_> = seen.iter().map(|key| rows.schema.key.text(key)).collect();
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
    use crate::master::schema::{KeyKind, TABLES};

    use super::*;

    #[test]
    fn every_reference_is_a_column() {
        for Reference { table, column, to, .. } in REFERENCES {
            let schema = TABLES.iter().find(|schema| schema.name == *table).unwrap();
            let is_column = schema.column(column).is_some() || schema.key.columns().contains(column);
            assert!(is_column, "{table} {column}");
            let to = TABLES.iter().find(|schema| schema.name == *to).unwrap();
            assert!(matches!(to.key, KeyKind::Code(_)), "{}", to.name);
        }
    }

    #[test]
    fn every_column_of_procedures_is_checked() {
        for schema in TABLES {
            for column in schema.columns.iter().filter(|column| column.name == "procedure_code") {
                let known = REFERENCES.iter().any(|known| (known.table, known.column) == (schema.name, column.name));
                assert!(known, "{} {}", schema.name, column.name);
            }
        }
    }
}
