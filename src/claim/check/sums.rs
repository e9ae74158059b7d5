//! The totals of each payer against the lines that it shares. This comes last: what is wrong with a line is not said again
//! as a wrong total.

use super::{
    super::{
        detail::{Detail, Unit},
        kinds::{PayerMix, tally},
        record::Record,
    },
    case::{Case, content},
    finding::Severity,
    rules::*,
    units::MEALS,
};
use crate::{code::ProcedureCode, master::Procedure};

pub(super) fn check(case: &mut Case<'_>) {
    if !case.whole || !case.amounts {
        return;
    }
    let insurer = case.claim.insurer().map(|insurer| (insurer.record(), 0_u8, [6, 9]));
    let public = case.claim.public_payers().zip(1..).map(|(payer, place)| (payer.record(), place, [6, 12]));
    let payers: Vec<_> = insurer.into_iter().chain(public).collect();
    let parts: Vec<(Of, Option<PayerMix>, u64)> =
        case.units.iter().map(|unit| (part(case, unit), unit.payer_mix(), unit.total().unwrap_or(0))).collect();
    let mut wrong: Vec<(Record<'_>, u64, u64)> = Vec::new();
    let mut right = false;
    for (record, place, [points, meals]) in &payers {
        let shared = || parts.iter().filter(|(_, mix, _)| mix.is_some_and(|mix| mix.payer(*place)));
        let of = |which: Of| -> u64 {
            shared().filter(|(part, ..)| *part == which).fold(0, |sum, (.., total)| sum.saturating_add(*total))
        };
        let (sum, amount) = (of(Of::Points), of(Of::Care));
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
        let unknown = shared().any(|(part, ..)| *part == Of::Unknown);
        let stated = record.number(*meals).map_or(0, u64::from);
        if case.sound(*record, &[*meals]) && !outpatient && stated == amount && !unknown {
            number_of_meals(case, *record, *place, counted);
        }
        if stated != amount && !unknown && case.sound(*record, &[*meals]) {
            // Some programs add what the patient pays of it.
            let severity =
                if stated == amount.saturating_add(of(Of::Charge)) { Severity::Info } else { Severity::Error };
            let expected = format!("{amount} yen, the sum of the lines of 97 without 標準負担額");
            case.find_as(severity, &SUM_MEALS, *record, *meals, stated.to_string(), expected);
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

/// What the figures of a unit are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Points,
    /// Yen of 食事療養 and 生活療養.
    Care,
    /// Yen of 標準負担額.
    Charge,
    /// Yen of a code that the masters do not have.
    Unknown,
}

/// 回数 of meals against the lines of 97. An addition such as 特別食加算 is no meal of its own, nor is 環境療養 of a day.
fn number_of_meals(case: &mut Case<'_>, record: Record<'_>, place: u8, field: usize) {
    let units = case.units.iter().filter(|unit| unit.section() == MEALS);
    let shared = units.filter(|unit| unit.payer_mix().is_some_and(|mix| mix.payer(place)));
    let meals = shared.flat_map(Unit::items).try_fold(0_u64, |sum, item| {
        let row = row_of(case, item)?;
        let one = row.unit_code() != 0 && row.notice_2() != tally::ADDITION && tally::is_care(row.section_in());
        let each = item.quantity().map_or(Some(1), |quantity| u64::try_from(quantity).ok())?;
        let count = u64::from(item.count()?).checked_mul(each)?;
        sum.checked_add(if one { count } else { 0 })
    });
    let stated = record.number(field).map_or(0, u64::from);
    if let Some(meals) = meals
        && meals != stated
        && case.sound(record, &[field])
    {
        let expected = format!("{meals}, the meals of the lines of 97");
        case.find(&SUM_MEALS, record, field, content(record, field), expected);
    }
}

fn row_of<'a>(case: &Case<'a>, item: Detail<'_>) -> Option<Procedure<'a>> {
    let code = ProcedureCode::from_number(item.code()?)?;
    let row = case.masters.row(&code, case.month?.last_day());
    row.or_else(|| case.masters.versions::<Procedure<'_>>(&code).next())
}

pub(super) fn part(case: &Case<'_>, unit: &Unit<'_>) -> Of {
    if unit.section() != MEALS {
        return Of::Points;
    }
    let tallies = unit.items().map(|item: Detail<'_>| row_of(case, item).map(Procedure::section_in));
    let tallies: Vec<Option<u32>> = tallies.collect();
    match tallies.as_slice() {
        known if known.iter().flatten().any(|code| tally::is_charge(*code)) => Of::Charge,
        known if known.iter().all(Option::is_some) => Of::Care,
        _ => Of::Unknown,
    }
}
