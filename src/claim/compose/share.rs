//! What each payer of a claim shares: points, days, meals.

use std::collections::BTreeSet;

use super::groups::{Group, Kind};
use crate::claim::kinds::PayerMix;

/// What a payer shares: the insurer first, then the public payers in the order of the claim.
#[derive(Default)]
pub(super) struct Share {
    pub(super) points: i64,
    pub(super) days: BTreeSet<u32>,
    pub(super) meals: u32,
    /// Yen of 食事療養 and 生活療養.
    pub(super) meal_cost: i64,
}

/// Points, days and meals of each payer; nothing where a sum is too large.
pub(super) fn shares(groups: &[Group], payers: usize) -> Option<Vec<Share>> {
    let mut shares: Vec<Share> = core::iter::repeat_with(Share::default).take(payers + 1).collect();
    for group in groups {
        let mut letter = [0; 4];
        let mix = PayerMix::of(group.burden.encode_utf8(&mut letter).as_bytes())?;
        let (total, count) = (group.total()?, group.count());
        for (place, share) in (0..).zip(&mut shares) {
            if !mix.payer(place) {
                continue;
            }
            match group.kind {
                Kind::Points => {
                    share.points = share.points.checked_add(total)?;
                    share.days.extend(group.days.keys());
                }
                Kind::Meals(each) => {
                    share.meal_cost = share.meal_cost.checked_add(total)?;
                    share.meals = share.meals.checked_add(each.checked_mul(count)?)?;
                }
                Kind::Charge => {}
            }
        }
    }
    Some(shares)
}
