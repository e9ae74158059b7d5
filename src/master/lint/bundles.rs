//! 検査のまるめ: for every number of tests of a group there is one figure, or none because there are too few.

use std::collections::{BTreeMap, BTreeSet};

use crate::{date::ServiceDate, master::cells::Rows};

use super::{
    Lint, Severity,
    context::{Context, coverage},
};

pub(super) const THRESHOLD: Lint = Lint {
    id: "bundle-threshold",
    severity: Severity::Error,
    about: "numbers of tests for which a group has no figure between two that have one, or has two, or that cannot be",
};
pub(super) const POINTS_FALL: Lint =
    Lint { id: "bundle-points", severity: Severity::Warning, about: "more tests of a group that give fewer points" };
pub(super) const NO_TESTS: Lint =
    Lint { id: "bundle-without-tests", severity: Severity::Warning, about: "a group that has figures but no tests" };

/// One row.
struct Step {
    row: usize,
    code: String,
    min: u64,
    /// 0: no upper end.
    max: u64,
    points: u64,
}

pub(super) fn check(context: &mut Context<'_>) {
    for rows in context.tables_named("test_bundle") {
        let mut seen = BTreeSet::new();
        for day in days(rows) {
            for (group, steps) in groups(rows, day) {
                for (lint, row, text) in faults(&steps) {
                    // Once for each fault, on the first of its days.
                    if seen.insert((row, text.clone())) {
                        context.push_row(lint, rows, row, day, text);
                    }
                }
                without_tests(context, rows, day, group, &steps, &mut seen);
            }
        }
    }
}

/// The days on which something changes.
fn days(rows: Rows<'_>) -> BTreeSet<ServiceDate> {
    let periods = (0..rows.len()).map(|row| rows.period(row));
    periods.flat_map(|period| [Some(period.from), period.until]).flatten().collect()
}

/// The figures of each group on a day, by number of tests.
fn groups(rows: Rows<'_>, day: ServiceDate) -> BTreeMap<u64, Vec<Step>> {
    let mut groups: BTreeMap<u64, Vec<Step>> = BTreeMap::new();
    for row in (0..rows.len()).filter(|row| rows.period(*row).contains(day)) {
        let step = Step {
            row,
            code: rows.code(row),
            min: rows.number("min_items", row),
            max: rows.number("max_items", row),
            points: rows.number("points", row),
        };
        groups.entry(rows.number("group", row)).or_default().push(step);
    }
    groups.values_mut().for_each(|steps| steps.sort_by_key(|step| (step.min, step.max)));
    groups
}

fn faults(steps: &[Step]) -> Vec<(&'static Lint, usize, String)> {
    let mut faults = Vec::new();
    for step in steps {
        if step.min == 0 || (step.max != 0 && step.max < step.min) {
            let text = format!("{} to {} tests: no number of tests is that", step.min, step.max);
            faults.push((&THRESHOLD, step.row, text));
        }
    }
    for (step, next) in steps.iter().zip(steps.iter().skip(1)) {
        if step.max == 0 || step.max >= next.min {
            let text = format!("{} tests are covered by {} too", next.min, step.code);
            faults.push((&THRESHOLD, next.row, text));
        } else if step.max + 1 < next.min {
            let text = format!("{} to {} tests have no figure", step.max + 1, next.min - 1);
            faults.push((&THRESHOLD, next.row, text));
        }
        if next.points < step.points {
            let text = format!("it gives fewer points than {}, which takes fewer tests", step.code);
            faults.push((&POINTS_FALL, next.row, text));
        }
    }
    faults
}

/// A group that no procedure is in on a day of which the procedure master speaks.
fn without_tests(
    context: &mut Context<'_>,
    rows: Rows<'_>,
    day: ServiceDate,
    group: u64,
    steps: &[Step],
    seen: &mut BTreeSet<(usize, String)>,
) {
    let procedures = context.tables_named("procedure");
    if !coverage(&procedures).is_some_and(|covered| covered.contains(day)) {
        return;
    }
    let has = |table: &Rows<'_>| {
        (0..table.len()).any(|row| table.number("bundled_test", row) == group && table.period(row).contains(day))
    };
    let Some(step) = steps.first() else { return };
    let text = format!("group {group} has a figure but no test");
    if !procedures.iter().any(has) && seen.insert((step.row, text.clone())) {
        context.push_row(&NO_TESTS, rows, step.row, day, text);
    }
}
