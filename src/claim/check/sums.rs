//! The totals of each payer against the lines that it shares. This comes last: what is wrong with a line is not said again
//! as a wrong total.

use super::{
    super::{detail::Unit, record::Record},
    case::{Case, content},
    rules::*,
    units::MEALS,
};

pub(super) fn check(case: &mut Case<'_>) {
    if !case.whole || !case.amounts {
        return;
    }
    let insurer = case.claim.insurer().map(|insurer| (insurer.record(), 0_u8, [6, 9]));
    let public = case.claim.public_payers().zip(1..).map(|(payer, place)| (payer.record(), place, [6, 12]));
    let payers: Vec<_> = insurer.into_iter().chain(public).collect();
    let mut wrong: Vec<(Record<'_>, u64, u64)> = Vec::new();
    let mut right = false;
    for (record, place, [points, meals]) in &payers {
        let shared = |unit: &&Unit<'_>| unit.payer_mix().is_some_and(|mix| mix.payer(*place));
        let of = |meal: bool| -> u64 {
            let units = case.units.iter().filter(shared).filter(|unit| (unit.section() == MEALS) == meal);
            units.filter_map(Unit::total).fold(0, u64::saturating_add)
        };
        let (sum, amount) = (of(false), of(true));
        if case.sound(*record, &[*points])
            && let Some(total) = record.number(*points)
        {
            if u64::from(total) == sum {
                right = true;
            } else {
                wrong.push((*record, u64::from(total), sum));
            }
        }
        // 回数 stands before the amount. Who does not stay has no meals.
        let counted = meals.saturating_sub(1);
        let outpatient =
            case.header(&[3]).is_some() && case.claim_type.is_some_and(|claim_type| !claim_type.inpatient());
        let eaten = outpatient && amount == 0 && record.number(counted).is_some_and(|number| number > 0);
        if eaten && case.sound(*record, &[counted]) {
            let found = content(*record, counted);
            case.find(&CLAIM_INPATIENT, *record, counted, found, "no meals on an outpatient claim");
            case.distrust(*record, *meals);
        }
        if case.sound(*record, &[*meals]) {
            let stated = record.number(*meals).map_or(0, u64::from);
            if stated != amount {
                let expected = format!("{amount} yen, the sum of the lines of 97");
                case.find(&SUM_MEALS, *record, *meals, stated.to_string(), expected);
            }
        }
    }
    // When every payer's total is off by as much, one of the lines is: it is said once.
    let alike = wrong.windows(2).all(|pair| match pair {
        [(_, total, sum), (_, other_total, other_sum)] => total.abs_diff(*sum) == other_total.abs_diff(*other_sum),
        _ => true,
    });
    let once = alike && !right;
    let several = wrong.len() > 1;
    for (record, total, sum) in wrong.into_iter().take(if once { 1 } else { usize::MAX }) {
        let expected = format!("{sum}, the sum of the lines that the payer shares");
        case.find_with(&SUM_POINTS, record, 6, total.to_string(), expected, |finding| {
            if once && several {
                "the totals of the other payers of the claim differ by as much".clone_into(&mut finding.row);
            }
        });
        case.amounts = false;
    }
}
