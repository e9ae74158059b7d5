//! Phase 4, 包括: what is part of something else. The rounding of laboratory tests is here; the table of 電子点数表 02 is
//! not read yet, and the statement says [`NotChecked::Bundling`](crate::fee::NotChecked).

use crate::fee::{draft::Draft, rule::d_tests};

/// Bundles laboratory tests.
pub(crate) fn run(draft: &mut Draft<'_>) {
    draft.trace.phase("bundle");
    let Draft { masters, visits, trace, .. } = draft;
    for visit in visits.iter_mut() {
        d_tests::bundle(masters, visit, trace);
    }
    d_tests::rapid(draft);
}
