//! The donors of organs: each with its own records, lines and totals behind those of the patient.

use super::{
    super::{
        detail::{Detail, DetailKind, units},
        record::{Record, RecordKind},
        view::Disease,
    },
    case::{Case, content},
    codes, diseases,
    finding::Rule,
    rules::*,
    sums,
    units::{self as lines_of, MEALS},
};

/// What is said of a patient whom the claim's header does not describe: a donor has an age, a sex and a setting of its own.
const OF_THE_PATIENT: [&Rule; 9] = [
    &CODE_AGE,
    &CODE_SEX,
    &CODE_ELDERLY,
    &CODE_SETTING,
    &CODE_FACILITY,
    &CODE_SECTION,
    &CLAIM_INPATIENT,
    &DISEASE_BEGUN,
    &DISEASE_SEX,
];

pub(super) fn check(case: &mut Case<'_>) {
    let records = case.claim.records();
    let Some(first) = records.iter().position(|record| record.kind() == Some(RecordKind::DonorFacility)) else {
        return;
    };
    if !case.whole {
        return;
    }
    let records = records.get(first..).unwrap_or_default().to_vec();
    let before = case.findings().len();
    let (lines, units, amounts) = (case.lines.clone(), core::mem::take(&mut case.units), case.amounts);
    for facility in parts(&records, RecordKind::DonorFacility) {
        let Some((head, rest)) = facility.split_first() else { continue };
        let mut donors = parts(rest, RecordKind::Donor).peekable();
        if let Some(stray) =
            donors.peek().and_then(|part| part.first()).filter(|part| part.kind() != Some(RecordKind::Donor))
        {
            let found = format!("{} here", stray.kind().map_or("", RecordKind::id));
            case.find(&RECORD_ORDER, *stray, 0, found, "TI, then TR TS SY, lines and SJ of each donor");
            continue;
        }
        if donors.peek().is_none() {
            case.miss(&CLAIM_NO_DETAIL, *head, "no record TR", "one at least behind TI");
        }
        for donor in donors {
            case.amounts = amounts;
            of_donor(case, donor);
        }
    }
    (case.lines, case.units, case.amounts) = (lines, units, amounts);
    case.forget(before, &OF_THE_PATIENT);
}

fn of_donor<'a>(case: &mut Case<'a>, records: &[Record<'a>]) {
    let Some((head, rest)) = records.split_first() else { return };
    let is = |kind: RecordKind| move |record: &&Record<'a>| record.kind() == Some(kind);
    let mut totals = rest.iter().filter(is(RecordKind::DonorTotal));
    let total = totals.next().copied();
    if let Some(again) = totals.next() {
        case.find(&RECORD_REPEATED, *again, 0, "one more", "one of each donor");
        return;
    }
    if total.is_none() {
        case.miss(&CLAIM_NO_DETAIL, *head, "no record TS", "the totals of the donor behind TR");
    }
    let found: Vec<Disease<'a>> = rest.iter().filter(is(RecordKind::Disease)).map(|record| Disease(*record)).collect();
    if found.is_empty() {
        case.miss(&CLAIM_NO_DISEASE, *head, "no record SY", "one at least");
    }
    diseases::each(case, &found);
    let mut section = 0;
    let lines: Vec<Detail<'a>> = rest.iter().filter_map(|record| Detail::of(*record, &mut section)).collect();
    if !lines.iter().any(|line| line.kind != DetailKind::Comment) {
        case.miss(&CLAIM_NO_DETAIL, *head, "no record SI, IY or TO", "one at least");
        return;
    }
    case.units = units(lines.iter().copied()).collect();
    case.lines = lines.into();
    lines_of::of_lines(case);
    codes::check(case);
    let Some(total) = total else { return };
    let sound = case.amounts && case.lines.iter().all(|line| case.clean(line.line()));
    if !sound {
        return;
    }
    let sum = |of: sums::Of| -> u64 {
        let own = case.units.iter().filter(|unit| sums::part(case, unit) == of);
        own.fold(0, |sum, unit| sum.saturating_add(unit.total().unwrap_or(0)))
    };
    let unknown = case.units.iter().any(|unit| unit.section() == MEALS && sums::part(case, unit) == sums::Of::Unknown);
    let (points, care) = (sum(sums::Of::Points), sum(sums::Of::Care));
    for (field, rule, own, what) in [(3, &SUM_POINTS, points, "points"), (5, &SUM_MEALS, care, "yen")] {
        let stated = total.number(field).map_or(0, u64::from);
        if stated != own && case.sound(total, &[field]) && !(field == 5 && unknown) {
            let expected = format!("{own} {what}, the sum of the donor's lines");
            case.find(rule, total, field, content(total, field), expected);
        }
    }
}

/// Parts that each begin with one kind of record; what stands before the first is a part too.
fn parts<'r, 'a>(records: &'r [Record<'a>], kind: RecordKind) -> impl Iterator<Item = &'r [Record<'a>]> {
    records.chunk_by(move |_, next| next.kind() != Some(kind))
}
