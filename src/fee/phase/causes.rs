//! What the rules added for the sake of something that a table has taken off since falls with it.

use crate::{
    fee::{
        draft::{Cause, Draft, VisitDraft, reason},
        rule::{a_basic, judgement},
        statement::Verdict,
    },
    master::Procedure,
};

/// How what a line was added for stands now.
enum Now {
    Charged,
    Open,
    Gone { to_past: bool },
}

/// Takes off every derived line whose cause is gone.
pub(crate) fn run(draft: &mut Draft<'_>) {
    for visit in &mut draft.visits {
        for group in 0..visit.groups.len() {
            let Some(line) = visit.groups.get(group) else { continue };
            let Some(cause) = line.base.cause.filter(|_| line.base.is_paid()) else { continue };
            let now = now(visit, cause);
            let Some(line) = visit.groups.get_mut(group) else { continue };
            match now {
                Now::Charged => {}
                Now::Open if line.base.verdict == Verdict::NeedsReview => {}
                Now::Open => {
                    let text = "これを算定するもとになる行が定まらない";
                    line.base.turn(Verdict::NeedsReview, reason("cause.open", "算定規則", text));
                }
                Now::Gone { to_past } => {
                    let text = "これを算定するもとになる行が算定されない";
                    line.base.to_past |= to_past;
                    line.base.turn(Verdict::Excluded, reason("cause.gone", "算定規則", text));
                }
            }
        }
    }
}

/// The best standing among what can be the cause.
fn now(visit: &VisitDraft<'_>, cause: Cause) -> Now {
    let mut best = Now::Gone { to_past: false };
    for group in &visit.groups {
        if !group.base.row().is_some_and(|row| fits(row, cause)) {
            continue;
        }
        match (group.base.verdict, &best) {
            (Verdict::Charged, _) => return Now::Charged,
            (Verdict::NeedsReview, _) => best = Now::Open,
            (_, Now::Gone { .. }) if group.base.to_past => best = Now::Gone { to_past: true },
            _ => {}
        }
    }
    best
}

/// Whether a line of this row is what another was added for.
pub(crate) fn fits(row: Procedure<'_>, cause: Cause) -> bool {
    match cause {
        Cause::Tests(group) => judgement::judges(group, row),
        Cause::Consultation => a_basic::is_consultation(row),
        Cause::PriceResponse(group) => row.price_response() == 2 && row.price_response_group() == group,
        Cause::BaseUp(mark) => row.base_up_1() == Some(mark),
    }
}
