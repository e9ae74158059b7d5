//! The days: those that the month has, the actual days (診療実日数), and the records JD.

use super::{
    super::{
        commas,
        detail::{Detail, DetailKind},
        record::{Record, RecordKind},
    },
    case::Case,
    rules::*,
};

/// 初診 and 再診.
const VISITS: [u8; 2] = [11, 12];

pub(super) fn check(case: &mut Case<'_>) {
    if case.whole && case.amounts {
        actual_days(case);
    }
}

/// Days that the month does not have.
pub(super) fn within_the_month(case: &mut Case<'_>) {
    let Some(month) = case.month.filter(|_| case.header(&[4]).is_some()) else { return };
    let days = usize::try_from(month.days()).unwrap_or(31);
    if days == 31 {
        return;
    }
    for place in 0..case.claim.records().len() {
        let Some(record) = case.claim.records().get(place).copied() else { break };
        let first = match record.kind() {
            Some(RecordKind::Procedure | RecordKind::Drug) => 14,
            Some(RecordKind::Material) => 18,
            Some(RecordKind::VisitDays) => 3,
            _ => continue,
        };
        let last = first - 1 + days;
        let mut beyond = false;
        commas::fields(record.from(first), |place, _| {
            beyond = place >= days;
            !beyond
        });
        if !beyond {
            continue;
        }
        for (field, _) in record.fields().enumerate().skip(last).filter(|(_, field)| !field.is_empty()) {
            let number = field + 1;
            if case.sound(record, &[number]) {
                let found = format!("day {}", number + 1 - first);
                case.find(&DAYS_MONTH, record, number, found, format!("days 1 to {days} of {month}"));
                case.amounts = false;
            }
        }
    }
}

/// A payer's record, its field of the actual days, and its place: 0 the insurer, 1 to 4 the public payers.
fn payers<'a>(case: &Case<'a>) -> Vec<(Record<'a>, u8)> {
    let insurer = case.claim.insurer().map(|insurer| (insurer.record(), 0));
    let public = case.claim.public_payers().zip(1..).map(|(payer, place)| (payer.record(), place));
    insurer.into_iter().chain(public).collect()
}

fn actual_days(case: &mut Case<'_>) {
    let (Some(claim_type), Some(month)) = (case.claim_type, case.month) else { return };
    if case.header(&[3, 4]).is_none() {
        return;
    }
    let own = |record: &Record<'_>| record.kind() == Some(RecordKind::VisitDays);
    let visit_records: Vec<_> = case.claim.own_records().filter(own).collect();
    for (record, place) in payers(case) {
        let Some(days) = record.number(5).filter(|_| case.sound(record, &[5])) else { continue };
        if days > month.days() {
            case.find(&DAYS_MANY, record, 5, days.to_string(), format!("{} at most in {month}", month.days()));
            continue;
        }
        let (visit_days, active_days) = counted(case, place);
        let (visits, active) = (visit_days.count_ones(), active_days.count_ones());
        let of_payer = |other: &&Record<'_>| other.number(2) == Some(u32::from(place) + 1);
        if let Some(listed) = visit_records.iter().find(of_payer).filter(|listed| case.clean(listed.line())) {
            let counted = listed.fields().skip(2).filter(|field| *field == b"1").count();
            if usize::try_from(days) != Ok(counted) {
                // Whichever of the two the lines contradict is wrong.
                let (record, field) = if days == visits { (*listed, 0) } else { (record, 5) };
                let (found, expected) =
                    (format!("{days} actual days, {counted} days of visits"), "as many days as days of visits");
                case.find(&VISITS_DAYS, record, field, found, expected);
            } else if let Some(day) =
                (0..31_usize).find(|day| visit_days >> day & 1 == 1 && listed.field(day + 3).is_empty())
            {
                let expected = format!("1 or 2: there is a visit on day {}", day + 1);
                case.find(&VISITS_DAYS, *listed, day + 3, "nothing", expected);
            }
            continue;
        }
        if claim_type.inpatient() {
            continue;
        }
        if days < visits {
            case.find(&DAYS_FEW, record, 5, days.to_string(), format!("{visits} or more: so many days have a visit"));
        } else if days > active {
            let expected = format!("{active} at most: on so many days anything was done");
            case.find(&DAYS_MANY, record, 5, days.to_string(), expected);
        }
    }
}

/// On which days there is a visit, and on which anything, of what a payer shares; the first day is the lowest bit.
fn counted(case: &Case<'_>, place: u8) -> (u32, u32) {
    let (mut visits, mut active) = (0_u32, 0_u32);
    let shared =
        |line: &Detail<'_>| line.kind != DetailKind::Comment && line.payer_mix().is_some_and(|mix| mix.payer(place));
    for line in case.units.iter().flat_map(|unit| unit.items()).filter(shared) {
        let days = line.day_bits();
        active |= days;
        if VISITS.contains(&line.section) {
            visits |= days;
        }
    }
    (visits, active)
}
