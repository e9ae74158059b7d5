//! Phase 2: what the rules add to what was ordered.

use crate::{
    fee::{
        draft::{Draft, Group, VisitDraft, reason, role, unsettled},
        rule::{a_basic, d_tests, f_medication, judgement, o_other},
    },
    master::Masters,
};

/// Adds consultation, judgement, collection and prescription fees, and what goes with a consultation.
pub(crate) fn run(draft: &mut Draft<'_>) {
    draft.trace.phase("derive");
    let Draft { masters, encounter, visits, trace } = draft;
    let facility = &encounter.facility;
    for visit in visits.iter_mut() {
        before_the_rules(masters, visit);
        a_basic::consultation(masters, facility, visit, trace);
        d_tests::collection(masters, facility, visit, trace);
        judgement::fees(masters, facility, visit, trace);
        f_medication::fees(masters, facility, visit, trace);
    }
    // What another department did on the same day counts too, so every visit must have its lines by now.
    a_basic::same_day(draft);
    a_basic::outpatient_management(draft);
    let Draft { masters, encounter, visits, trace } = draft;
    for visit in visits {
        o_other::with_consultation(masters, &encounter.facility, visit, trace);
    }
}

/// Codes may be older than the rules that go with them: a visit before these says so.
fn before_the_rules<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>) {
    if role(masters, "rules.known", visit.date).is_none() {
        let text = "この日の算定規則は、この版のデータにない。判断料・採取料・加算などを別に確かめる";
        let line = unsettled("算定規則", reason("rules.known", "masters/roles.csv", text));
        visit.groups.push(Group::of(line));
    }
}
