//! Phase 6, 算定回数: what was charged often enough. The rules that are built in limit their own lines; the table of
//! 電子点数表 05 is not read yet, and the statement says [`NotChecked::Frequency`](crate::fee::NotChecked).

use crate::fee::{
    draft::Draft,
    rule::{d_tests, o_other, repeats},
};

/// Limits judgement fees to one a month, daily fees to one a day, and reduces what is done a second time in a month.
pub(crate) fn run(draft: &mut Draft<'_>) {
    draft.trace.phase("limit");
    d_tests::limit(draft);
    repeats::run(draft);
    o_other::limit(draft);
}
