//! J 処置: what one general addition leaves of another.

use crate::{
    date::ServiceDate,
    fee::{
        draft::{Draft, Group, Item, reason, role},
        statement::Verdict,
    },
    master::Procedure,
    order::Keyed,
};

/// 耳鼻咽喉科乳幼児処置加算, which the order brings: the input does not tell the department.
const ENT_INFANT: &str = "j.ent_infant";
/// 耳垢栓塞除去（複雑なもの）.
const EARWAX: &str = "J113";

/// On a day with 耳鼻咽喉科乳幼児処置加算 the infant addition of J113 is not charged (J 通則7).
pub(crate) fn infants(draft: &mut Draft<'_>) {
    let of_earwax = |group: &Group<'_>| group.base.row().is_some_and(|row| row.fee_item() == EARWAX);
    let infant = |item: &Item<'_>| item.is_paid() && item.row().is_some_and(|row| row.treatment_infant() != 0);
    let concerns = |group: &Group<'_>| group.additions.iter().any(infant) && of_earwax(group);
    let Draft { masters, encounter, visits, .. } = draft;
    if !visits.iter().any(|visit| visit.groups.iter().any(concerns)) {
        return;
    }
    // Whether the addition of the day is charged, or open.
    let mut days: Keyed<ServiceDate, bool> = Keyed::default();
    for past in &encounter.history {
        if role(masters, ENT_INFANT, past.date).and_then(|part| part.code) == Some(past.procedure) {
            *days.of(past.date) = true;
        }
    }
    for visit in visits.iter() {
        let Some(code) = role(masters, ENT_INFANT, visit.date).and_then(|part| part.code) else { continue };
        for item in visit.items().filter(|item| item.is_paid() && item.row().map(Procedure::code) == Some(code)) {
            *days.of(visit.date) |= item.verdict == Verdict::Charged;
        }
    }
    for visit in visits {
        let Some(part) = role(masters, ENT_INFANT, visit.date) else { continue };
        let Some(charged) = days.get(&visit.date) else { continue };
        for group in visit.groups.iter_mut().filter(|group| of_earwax(group)) {
            for item in group.additions.iter_mut().filter(|item| infant(item)) {
                let (verdict, text) = if *charged {
                    (Verdict::Excluded, "耳鼻咽喉科乳幼児処置加算を算定する日は、J113 の乳幼児加算を別に算定できない")
                } else {
                    (Verdict::NeedsReview, "同じ日の耳鼻咽喉科乳幼児処置加算が定まらない")
                };
                item.turn(verdict, reason("j113.infant", part.article, text));
            }
        }
    }
}
