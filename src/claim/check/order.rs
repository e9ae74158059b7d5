//! The records of a claim: the right ones, in the right order, as often as allowed.

use super::{
    super::{
        kinds::PayerClass,
        record::{Record, RecordKind},
        view::Header,
    },
    case::Case,
    rules::*,
};

/// The place of a record within a claim; the records of a donor begin again.
fn rank(kind: RecordKind) -> Option<u8> {
    Some(match kind {
        RecordKind::Claim | RecordKind::DonorFacility => 0,
        RecordKind::Insurer | RecordKind::Donor => 1,
        RecordKind::PublicPayer | RecordKind::DonorTotal => 2,
        RecordKind::Eligibility => 3,
        RecordKind::VisitDays => 4,
        RecordKind::WindowPayment => 5,
        RecordKind::DpcExclusion => 6,
        RecordKind::Disease => 7,
        RecordKind::Procedure | RecordKind::Drug | RecordKind::Material | RecordKind::Comment => 8,
        RecordKind::Symptom => 9,
        RecordKind::Facility | RecordKind::Total | RecordKind::Daily | RecordKind::Municipal => return None,
    })
}

/// How often a record may stand in a claim.
const MOST: &[(RecordKind, usize)] = &[
    (RecordKind::Insurer, 1),
    (RecordKind::PublicPayer, 4),
    (RecordKind::Eligibility, 5),
    (RecordKind::VisitDays, 5),
    (RecordKind::WindowPayment, 1),
    (RecordKind::DpcExclusion, 1),
];

pub(super) fn check(case: &mut Case<'_>) {
    unknown(case);
    if !case.whole {
        // A record that cannot be told may be any of those that are missing.
        return;
    }
    order(case);
    if case.whole {
        repeated(case);
    }
    present(case);
}

fn unknown(case: &mut Case<'_>) {
    for place in 0..case.claim.records().len() {
        let Some(record) = case.claim.records().get(place).copied() else { break };
        match record.kind() {
            None => {
                let expected = "a record of the specification";
                case.find(&RECORD_UNKNOWN, record, 0, super::case::content(record, 1), expected);
                case.whole = false;
            }
            Some(RecordKind::Daily | RecordKind::Municipal) => {
                case.miss(&RECORD_OBSOLETE, record, "passed over", "nothing");
            }
            _ => {}
        }
    }
}

/// Finds the fewest records whose removal leaves the others in order.
fn order(case: &mut Case<'_>) {
    let records = case.claim.records();
    if ranks(records).map(|(_, rank)| rank).is_sorted() {
        return;
    }
    let ranked: Vec<(Record<'_>, u8)> = ranks(records).map(|(record, rank)| (*record, rank)).collect();
    let donors = records.iter().any(|record| record.kind() == Some(RecordKind::DonorFacility));
    // Several donors (TR) of one facility (TI) begin again each.
    if donors && within_donors(&ranked) {
        return;
    }
    if let Some(record) = second_claim(&ranked) {
        case.find(&RECORD_ORDER, record, 0, "the records of a second claim", "RE before them");
        case.whole = false;
        return;
    }
    let mut before = 0;
    for record in misplaced(&ranked) {
        // Of several in a row the first is enough.
        if core::mem::replace(&mut before, record.line()) + 1 == record.line() {
            continue;
        }
        let id = record.kind().map_or("", RecordKind::id);
        let expected = "RE HO KO SN JD MF GR SY, then SI IY TO CO, then SJ";
        case.find(&RECORD_ORDER, record, 0, format!("{id} here"), expected);
        case.whole = false;
    }
}

/// The records with their places. Each donor's come behind those of the one before.
fn ranks<'r, 'a>(records: &'r [Record<'a>]) -> impl Iterator<Item = (&'r Record<'a>, u8)> {
    let mut donors = 0_u8;
    records.iter().filter_map(move |record| {
        let rank = record.kind().and_then(rank)?;
        if matches!(record.kind(), Some(RecordKind::DonorFacility)) {
            donors = donors.saturating_add(1);
        }
        Some((record, rank.saturating_add(donors.saturating_mul(10))))
    })
}

/// Whether everything is in order but for donors of one facility that follow one another.
fn within_donors(ranked: &[(Record<'_>, u8)]) -> bool {
    ranked.windows(2).all(|pair| match pair {
        [(_, before), (record, rank)] => before <= rank || record.kind() == Some(RecordKind::Donor) && *rank > 10,
        _ => true,
    })
}

/// Where a claim begins whose RE is missing: its payers behind the lines of the claim before, all else in order.
fn second_claim<'a>(ranked: &[(Record<'a>, u8)]) -> Option<Record<'a>> {
    let mut breaks = ranked.windows(2).enumerate().filter(|(_, pair)| match pair {
        [(_, before), (_, rank)] => before > rank,
        _ => false,
    });
    let (place, _) = breaks.next()?;
    let (first, second) = ranked.split_at_checked(place + 1)?;
    let has = |part: &[(Record<'_>, u8)], ranks: core::ops::RangeInclusive<u8>| {
        part.iter().any(|(_, rank)| ranks.contains(rank))
    };
    let whole = |part: &[(Record<'_>, u8)]| has(part, 1..=2) && has(part, 8..=8);
    let (begin, rank) = second.first()?;
    let again = breaks.next().is_none() && matches!(rank, 1 | 2) && whole(first) && whole(second);
    again.then_some(*begin)
}

/// The records that are not in the longest run in order.
fn misplaced<'a>(ranked: &[(Record<'a>, u8)]) -> Vec<Record<'a>> {
    // For each length the lowest rank by which a run of it can end, and the place of that record.
    let mut ends: Vec<(u8, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(ranked.len());
    for (place, (_, rank)) in ranked.iter().enumerate() {
        let length = ends.partition_point(|(end, _)| end <= rank);
        before.push(length.checked_sub(1).and_then(|last| ends.get(last)).map(|(_, place)| *place));
        match ends.get_mut(length) {
            Some(end) => *end = (*rank, place),
            None => ends.push((*rank, place)),
        }
    }
    let mut kept = vec![false; ranked.len()];
    let mut next = ends.last().map(|(_, place)| *place);
    while let Some(place) = next {
        if let Some(kept) = kept.get_mut(place) {
            *kept = true;
        }
        next = before.get(place).copied().flatten();
    }
    ranked.iter().zip(kept).filter(|(_, kept)| !kept).map(|((record, _), _)| *record).collect()
}

fn repeated(case: &mut Case<'_>) {
    for (kind, most) in MOST {
        let again: Vec<_> =
            case.claim.own_records().filter(|record| record.kind() == Some(*kind)).skip(*most).collect();
        for record in again {
            case.find(&RECORD_REPEATED, record, 0, "one more", format!("at most {most}"));
            case.whole = false;
        }
    }
}

fn present(case: &mut Case<'_>) {
    let Some(header) = case.claim.header().map(Header::record) else { return };
    if case.claim.records().len() == 1 {
        // What else is missing goes without saying.
        case.miss(&CLAIM_NO_DETAIL, header, "RE alone", "the records of a claim");
        (case.whole, case.amounts) = (false, false);
        return;
    }
    let complete = case.whole;
    let item = |kind| matches!(kind, Some(RecordKind::Procedure | RecordKind::Drug | RecordKind::Material));
    if complete && !case.claim.own_records().any(|record| item(record.kind())) {
        case.miss(&CLAIM_NO_DETAIL, header, "no record SI, IY or TO", "one at least");
        case.amounts = false;
    }
    if complete && case.claim.diseases().next().is_none() {
        case.miss(&CLAIM_NO_DISEASE, header, "no record SY", "one at least");
    }
    let Some(claim_type) = case.claim_type.filter(|_| case.sound(header, &[3]) && complete) else { return };
    let insured = case.claim.insurer().map(|insurer| insurer.record());
    match (insured, claim_type.payer_class()) {
        (Some(insurer), PayerClass::Public) => {
            let expected = format!("no HO with type {claim_type}");
            case.miss(&CLAIM_PAYERS, insurer, "a record HO", expected);
            case.amounts = false;
            return;
        }
        (None, PayerClass::Insurance | PayerClass::LateElderly | PayerClass::Retired) => {
            case.miss(&CLAIM_PAYERS, header, "no record HO", format!("one with type {claim_type}"));
            case.amounts = false;
            return;
        }
        _ => {}
    }
    let payers = case.claim.public_payers().count();
    if payers != usize::from(claim_type.public_payers()) {
        let expected = format!("{} with type {claim_type}", claim_type.public_payers());
        case.find(&CLAIM_PAYERS, header, 3, format!("{payers} records KO"), expected);
        case.amounts = false;
    }
}
