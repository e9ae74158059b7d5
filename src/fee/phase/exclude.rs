//! Phase 5, 背反: what cannot be charged together. The tables of 電子点数表 03 are not read yet, so the draft passes on as
//! it is and the statement says [`NotChecked::Exclusion`](crate::fee::NotChecked).

use crate::fee::draft::Draft;

/// Passes the draft on.
pub(crate) fn run(draft: &mut Draft<'_>) {
    draft.trace.phase("exclude");
}
