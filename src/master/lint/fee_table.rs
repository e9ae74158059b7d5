//! 医科電子点数表: what 補助マスター (01) says of the other tables against those tables.

use crate::master::{CodeValue, cells::Rows, schema::KeyKind};

use super::{
    Lint, Severity,
    context::{Context, common},
};

pub(super) const UNANNOUNCED: Lint = Lint {
    id: "unannounced-rows",
    severity: Severity::Error,
    about: "rows of a code in a table of exclusions or frequencies of which 補助マスター says that it has none",
};
pub(super) const NO_ROWS: Lint = Lint {
    id: "announced-rows",
    severity: Severity::Warning,
    about: "a table of exclusions, frequencies, bundles or additions that lacks what 補助マスター says it has",
};

/// The flags of 01 and the tables that they speak of. A flag has the name of its table.
const FLAGS: &[&str] = &["exclusion_day", "exclusion_month", "exclusion_same", "exclusion_week", "frequency"];
/// The groups that 01 names.
const GROUPS: &[(&str, &str)] = &[
    ("bundle_group_1", "bundle_member"),
    ("bundle_group_2", "bundle_member"),
    ("bundle_group_3", "bundle_member"),
    ("inpatient_group", "inpatient_addition"),
];

pub(super) fn check(context: &mut Context<'_>) {
    for aux in context.tables_named("fee_aux") {
        for flag in FLAGS {
            let tables = filled(context, flag);
            for row in 0..aux.len() {
                flag_of(context, aux, row, flag, &tables);
            }
        }
        for (column, table) in GROUPS {
            let tables = filled(context, table);
            for row in 0..aux.len() {
                group_of(context, aux, row, (column, table), &tables);
            }
        }
    }
}

/// The tables of this name that have rows: of one that was left out, nothing can be said.
fn filled<'p>(context: &Context<'p>, name: &str) -> Vec<Rows<'p>> {
    context.tables_named(name).into_iter().filter(|rows| rows.len() > 0).collect()
}

fn flag_of(context: &mut Context<'_>, aux: Rows<'_>, row: usize, flag: &str, tables: &[Rows<'_>]) {
    let CodeValue::Number(code) = aux.key(row) else { return };
    if tables.is_empty() {
        return;
    }
    let said = aux.number(flag, row) != 0;
    let found = has(tables, code, aux, row);
    if found && !said {
        let text = format!("{flag} is 0, but that table has rows of the code");
        context.push_row(&UNANNOUNCED, aux, row, aux.from(row), text);
    }
    if said && !found {
        let text = format!("{flag} is {}, but that table has no row of the code", aux.number(flag, row));
        context.push_row(&NO_ROWS, aux, row, aux.from(row), text);
    }
}

fn group_of(context: &mut Context<'_>, aux: Rows<'_>, row: usize, (column, table): (&str, &str), tables: &[Rows<'_>]) {
    let (Some(place), Some(first)) = (aux.schema.column(column), tables.first()) else { return };
    let text = aux.cell(place, row);
    let KeyKind::Pair(_) = first.schema.key else { return };
    let Ok(CodeValue::Number(group)) = first.schema.key.parse_part(0, &text) else { return };
    if group != 0 && !has(tables, group, aux, row) {
        let text = format!("{column} is {text}, but {table} has no row of that group");
        context.push_row(&NO_ROWS, aux, row, aux.from(row), text);
    }
}

/// Whether the tables have a row that begins with this code and shares a day with the row of 01.
fn has(tables: &[Rows<'_>], first: u32, aux: Rows<'_>, row: usize) -> bool {
    let period = aux.period(row);
    tables.iter().any(|rows| rows.rows_from(first).any(|other| common(rows.period(other), period).is_some()))
}
