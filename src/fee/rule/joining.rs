//! Several orders that the fee schedule charges as one: the stretches of one anesthesia, the levels of one operation, the
//! films of one part of the body.

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    fee::{
        draft::{Group, VisitDraft, reason},
        statement::Verdict,
        text::Text,
    },
    master::Procedure,
};

/// A part of what is charged as one: every group of one procedure, which become one line.
pub(super) struct Portion<'m> {
    pub(super) row: Procedure<'m>,
    /// Groups in the visit.
    pub(super) places: Vec<usize>,
    /// All of their quantities.
    pub(super) quantity: Decimal,
    /// Points before rounding; none where the portion adds nothing of its own.
    pub(super) figure: Option<Decimal>,
}

/// The groups of a visit whose base is to be paid and of a kind.
pub(super) fn places<'m>(visit: &VisitDraft<'m>, of: impl Fn(Procedure<'m>) -> bool) -> Vec<usize> {
    let base = |(place, group): (usize, &Group<'m>)| {
        let row = group.base.row().filter(|row| group.base.is_paid() && matches!(row.notice_1(), 1 | 3 | 5))?;
        of(row).then_some(place)
    };
    visit.groups.iter().enumerate().filter_map(base).collect()
}

/// One portion for each procedure at these places, by code.
pub(super) fn portions<'m>(visit: &VisitDraft<'m>, places: &[usize]) -> Vec<Portion<'m>> {
    let mut all: Vec<Portion<'m>> = Vec::new();
    for place in places {
        let Some(base) = visit.groups.get(*place).map(|group| &group.base) else { continue };
        let (Some(row), Some(quantity)) = (base.row(), base.quantity) else { continue };
        match all.iter_mut().find(|portion| portion.row.code() == row.code()) {
            Some(portion) => {
                portion.places.push(*place);
                // INVARIANT: a visit's quantities are bounded, so that their sum is far within a decimal.
                portion.quantity = portion.quantity.checked_add(quantity).unwrap_or(Decimal::MAX);
            }
            None => all.push(Portion { row, places: vec![*place], quantity, figure: None }),
        }
    }
    crate::order::by_key(&mut all, |portion| portion.row.code());
    all
}

/// Makes one group of several: the first portion is its base, the others stand below it as further parts of the base, with
/// their own additions.
pub(super) fn join<'m>(visit: &mut VisitDraft<'m>, portions: Vec<Portion<'m>>, why: &Why<'m>) {
    let mut groups: Vec<Option<Group<'m>>> = core::mem::take(&mut visit.groups).into_iter().map(Some).collect();
    let mut take = |place: &usize| groups.get_mut(*place).and_then(Option::take);
    let mut joined: Option<Group<'m>> = None;
    for Portion { places, quantity, figure, .. } in portions {
        let mut same = places.iter().filter_map(&mut take);
        let Some(mut group) = same.next() else { continue };
        group.additions.extend(same.flat_map(|other| other.additions));
        group.base.quantity = Some(quantity);
        group.base.figure = figure;
        match &mut joined {
            None => joined = Some(group),
            Some(first) => {
                let mut item = group.base;
                item.joined = true;
                match figure {
                    Some(_) => item.reasons.push(reason(why.rule, why.article, why.part)),
                    None => item.turn(Verdict::Bundled, reason(why.rule, why.article, why.nothing)),
                }
                first.additions.push(item);
                first.additions.extend(group.additions);
            }
        }
    }
    visit.groups = groups.into_iter().flatten().chain(joined).collect();
}

/// What the lines of a joined group say.
pub(super) struct Why<'w> {
    pub(super) rule: &'w str,
    pub(super) article: &'w str,
    /// On a further part that adds points.
    pub(super) part: &'w str,
    /// On one that adds none.
    pub(super) nothing: &'w str,
}

/// Asks for a review of the bases at these places.
pub(super) fn review<'m>(
    visit: &mut VisitDraft<'m>,
    places: &[usize],
    rule: &'static str,
    article: &'m str,
    text: impl Into<Text<'m>> + Clone,
) {
    for place in places {
        if let Some(group) = visit.groups.get_mut(*place) {
            group.base.turn(Verdict::NeedsReview, reason(rule, article, text.clone()));
        }
    }
}

/// The group of a procedure in a visit.
pub(super) fn group_of<'v, 'm>(visit: &'v mut VisitDraft<'m>, code: ProcedureCode) -> Option<&'v mut Group<'m>> {
    visit.groups.iter_mut().find(|group| group.base.code() == Some(code))
}
