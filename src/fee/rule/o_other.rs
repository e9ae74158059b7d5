//! O その他: 外来・在宅物価対応料 (O100) and 外来・在宅ベースアップ評価料(Ⅰ) (O001), which go with a consultation.

use crate::{
    code::ProcedureCode,
    fee::{
        condition,
        draft::{Draft, Group, VisitDraft, derived, reason, role},
        encounter::Facility,
        statement::Verdict,
        trace::Trace,
    },
    master::{Masters, Procedure},
};

/// 物価対応料区分 (132): 1 is the fee, 2 goes with it.
const IS_FEE: u32 = 1;
const GOES_WITH_FEE: u32 = 2;
/// ベースアップ評価料(1) (129): the mark on a base and the mark on the fee that goes with it.
const BASE_UPS: [(char, char); 4] = [('1', '2'), ('3', '4'), ('5', '6'), ('7', '8')];

/// Adds what goes with the visit's consultation or home visit.
pub(crate) fn with_consultation<'m>(
    masters: &'m Masters,
    facility: &Facility,
    visit: &mut VisitDraft<'m>,
    trace: &mut Trace,
) {
    let bases: Vec<Procedure<'m>> = visit.paid().map(|(_, row)| row).collect();
    let mut add = |visit: &mut VisitDraft<'m>, fee: ProcedureCode, rule: &str, basis: &str, base: &str| {
        if visit.has(fee) {
            return;
        }
        let text = format!("{base} を算定する日に算定する");
        let mut line = derived(masters, fee, visit.date).because(reason(rule, basis, text));
        condition::apply(&mut line, visit, facility);
        trace.step(rule, || fee.to_string());
        visit.groups.push(Group::of(line));
    };
    for base in bases {
        if base.price_response() == GOES_WITH_FEE {
            let name = format!("o100.group.{}", base.price_response_group());
            if let Some(code) = role(masters, &name, visit.date).and_then(|part| part.code) {
                add(visit, code, "o100.price_response", "O100", base.name());
            }
        }
        let mark = base.base_up_1().filter(|mark| BASE_UPS.iter().any(|(base, _)| base == mark));
        let Some(mark) = mark else { continue };
        // Two fees go with a base, each for its own standard; a facility that goes on raising wages has the higher one.
        let fee = ["raising.", ""].into_iter().find_map(|level| {
            let code = role(masters, &format!("o001.{level}mark.{mark}"), visit.date)?.code?;
            let row: Procedure<'m> = masters.get(&code, visit.date).ok()?;
            condition::registered(row, facility).then_some(code)
        });
        if let Some(code) = fee {
            add(visit, code, "o001.base_up", "O001", base.name());
        }
    }
}

/// Both are charged once a day (O001 注, O100 注).
pub(crate) fn limit(draft: &mut Draft<'_>) {
    let Draft { encounter, visits, .. } = draft;
    for at in 0..visits.len() {
        let (earlier, rest) = visits.split_at_mut(at);
        let Some(visit) = rest.first_mut() else { continue };
        let date = visit.date;
        for group in &mut visit.groups {
            let Some(row) = group.base.row() else { continue };
            let rule = if row.price_response() == IS_FEE {
                ("o100.once_a_day", "O100 注")
            } else if row.base_up_1().is_some_and(|mark| BASE_UPS.iter().any(|(_, own)| *own == mark)) {
                ("o001.once_a_day", "O001 注")
            } else {
                continue;
            };
            let code = row.code();
            let past = encounter.history.iter().any(|past| past.procedure == code && past.date == date);
            let before = earlier.iter().any(|other| {
                other.date == date && other.items().any(|item| item.code() == Some(code) && item.is_paid())
            });
            if past || before {
                group.base.turn(Verdict::Limited, reason(rule.0, rule.1, "1日に1回。同じ日に算定している"));
            }
        }
    }
}
