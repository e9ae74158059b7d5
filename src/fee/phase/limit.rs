//! Phase 6, 算定回数: what was charged often enough, by 電子点数表 05 and by the rules that limit their own lines; then
//! what the number of tests that remain makes of their points.

use crate::fee::{
    draft::Draft,
    phase::{causes, frequency},
    rule::{b_guidance, d_tests, h_rehabilitation, j_treatment, judgement, o_other, repeats},
};

/// Limits every line to what may be charged in its time, reduces what is done a second time in a month, and rounds
/// several tests on one sample into one figure: a test that is not charged is not one of them.
pub(crate) fn run(draft: &mut Draft<'_>) {
    draft.trace.phase("limit");
    frequency::run(draft);
    h_rehabilitation::units(draft);
    b_guidance::whole_care(draft);
    judgement::limit(draft);
    causes::run(draft);
    repeats::run(draft);
    o_other::limit(draft);
    j_treatment::infants(draft);
    let Draft { masters, visits, trace, .. } = draft;
    for visit in visits.iter_mut() {
        d_tests::bundle(masters, visit, trace);
    }
    d_tests::rapid(draft);
}
