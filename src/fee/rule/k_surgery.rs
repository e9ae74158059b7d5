//! K
use crate::{
    fee::{draft::VisitDraft, trace::Trace},
    master::Masters,
};
pub(crate) fn together<'m>(_masters: &'m Masters, _visit: &mut VisitDraft<'m>, _trace: &mut Trace) {}
