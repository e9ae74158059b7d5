//! O その他: 外来・在宅物価対応料 (O100) and 外来・在宅ベースアップ評価料(Ⅰ) (O001), which go with a consultation.

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        condition,
        draft::{Cause, Draft, Group, VisitDraft, derived, reason, role},
        encounter::Facility,
        statement::Verdict,
        trace::Trace,
    },
    master::{Masters, Part, Procedure},
};

/// 物価対応料区分 (132): the mark on what the fee goes with.
const GOES_WITH_FEE: u32 = 2;
/// The mark on the fee itself.
const PRICE_RESPONSE: u32 = 1;
/// ベースアップ評価料(1) (129): the mark on a base and the mark on the fee that goes with it.
const BASE_UPS: [(char, char); 4] = [('1', '2'), ('3', '4'), ('5', '6'), ('7', '8')];

/// Adds what goes with the visit's consultation or home visit.
pub(crate) fn with_consultation<'m>(
    masters: &'m Masters,
    facility: &Facility,
    visit: &mut VisitDraft<'m>,
    trace: &mut Trace,
) {
    // By code, so that the reason names the same base whatever the order of the input.
    let marked = |row: &Procedure<'m>| row.price_response() == GOES_WITH_FEE || row.base_up_1().is_some();
    let mut bases: Vec<Procedure<'m>> = visit.paid().map(|(_, row)| row).filter(marked).collect();
    crate::order::by_number(&mut bases, |row| row.code().number().into());
    let mut add =
        |visit: &mut VisitDraft<'m>, (code, part): (ProcedureCode, Part<'m>), rule: &'static str, base: &str, cause| {
            if visit.has(code) {
                return;
            }
            let text = [base, " を算定したため"].concat();
            let mut line = derived(masters, code, visit.date).because(reason(rule, part.article, text));
            line.rests_on(part.certainty);
            line.cause = Some(cause);
            condition::apply(&mut line, visit, facility);
            trace.step(rule, || code.to_string());
            visit.groups.push(Group::of(line));
        };
    let part = |name: &[&str], on| masters.role_of(name, on).and_then(|part| Some((part.code?, part)));
    for base in bases {
        if base.price_response() == GOES_WITH_FEE
            && let Some(fee) =
                part(&["o100.group.", itoa::Buffer::new().format(base.price_response_group())], visit.date)
                    .or_else(|| price_response(masters, base.price_response_group(), visit.date))
        {
            let cause = Cause::PriceResponse(base.price_response_group());
            add(visit, fee, "o100.price_response", base.name(), cause);
        }
        let mark = base.base_up_1().filter(|mark| BASE_UPS.iter().any(|(base, _)| base == mark));
        // Both fees need a registration.
        let Some(mark) = mark.filter(|_| facility.registrations.is_some()) else { continue };
        // Two fees go with a base, each for its own standard; a facility that goes on raising wages has the higher one.
        let fee = ["raising.", ""].into_iter().find_map(|level| {
            let fee = part(&["o001.", level, "mark.", mark.encode_utf8(&mut [0; 4])], visit.date)?;
            let row: Procedure<'m> = masters.row(&fee.0, visit.date)?;
            condition::registered(masters, row, facility, visit.date).then_some(fee)
        });
        if let Some(fee) = fee {
            add(visit, fee, "o001.base_up", base.name(), Cause::BaseUp(mark));
        }
    }
}

/// The 物価対応料 that the masters themselves put with a group (132, 133), for the more than three hundred of O100 2 that
/// no rule names: one for each basic fee of a day in hospital.
fn price_response<'m>(masters: &'m Masters, group: u32, on: ServiceDate) -> Option<(ProcedureCode, Part<'m>)> {
    let fee = masters
        .in_force::<Procedure<'m>>(on)
        .find(|row| row.price_response() == PRICE_RESPONSE && row.price_response_group() == group)?;
    let part =
        Part { name: "", code: Some(fee.code()), value: Decimal::ZERO, article: "O100 2", certainty: fee.certainty() };
    Some((fee.code(), part))
}

/// Until 2026-05-31 ベースアップ評価料 is charged once a day. From 2026-06-01 it goes with every consultation, that of a
/// second department too (疑義解釈 その2 令和8年4月1日 別添2 問4), as 物価対応料 always did.
pub(crate) fn limit(draft: &mut Draft<'_>) {
    let Draft { masters, encounter, visits, .. } = draft;
    for at in 0..visits.len() {
        let (earlier, rest) = visits.split_at_mut(at);
        let Some(visit) = rest.first_mut() else { continue };
        let date = visit.date;
        let Some(rule) = role(masters, "o001.once_a_day", date) else { continue };
        for group in &mut visit.groups {
            let is_fee = |mark| BASE_UPS.iter().any(|(_, own)| *own == mark);
            let Some(row) = group.base.row().filter(|row| row.base_up_1().is_some_and(is_fee)) else { continue };
            let code = row.code();
            let past = encounter.history.iter().any(|past| past.procedure == code && past.date == date);
            let before = earlier.iter().any(|other| {
                other.date == date && other.items().any(|item| item.code() == Some(code) && item.is_paid())
            });
            if past || before {
                let text = "1日に1回。同じ日に算定している";
                group.base.turn(Verdict::Limited, reason("o001.once_a_day", rule.article, text));
            }
        }
    }
}
