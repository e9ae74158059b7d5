//! Phase 3: additions for age and time of day, attached to their base.

use crate::{
    code::ProcedureCode,
    fee::{
        condition,
        draft::{Draft, derived, reason},
        rule::a_basic,
    },
    master::AgeLimit,
};

/// Attaches the additions.
pub(crate) fn run(draft: &mut Draft<'_>) {
    draft.trace.phase("adjust");
    let Draft { masters, encounter, visits, trace } = draft;
    for visit in visits {
        a_basic::time_of_day(masters, &encounter.facility, visit, trace);
        // 年齢加算 ①–④ (100–111): the row itself names the addition for an age.
        for index in 0..visit.groups.len() {
            let Some(group) = visit.groups.get(index) else { continue };
            let Some(row) = group.base.row().filter(|_| group.base.is_paid()) else { continue };
            if a_basic::time_addition_replaces_infant(visit, group) {
                continue;
            }
            for (low, high, code) in row.age_additions() {
                let Some(code) = ProcedureCode::from_number(code) else { continue };
                let Some(group) = visit.groups.get(index) else { continue };
                let there = group.additions.iter().any(|item| item.code() == Some(code));
                if there || !AgeLimit::admits(low, high, visit.age) {
                    continue;
                }
                let text = format!("{}歳のため、{}に付く年齢加算", visit.age.years(), row.name());
                let mut item = derived(masters, code, visit.date).because(reason(
                    "adjust.age",
                    "医科診療行為マスター 100–111",
                    text,
                ));
                condition::apply(&mut item, visit, &encounter.facility);
                trace.step("age addition", || format!("{code} to {}", row.code()));
                if let Some(group) = visit.groups.get_mut(index) {
                    group.additions.push(item);
                }
            }
        }
    }
}
