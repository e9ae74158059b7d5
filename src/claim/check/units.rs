//! The lines with points: sections, payers, counts and days, and that they hold together.

use std::rc::Rc;

use super::{
    super::{
        detail::{self, Detail, DetailKind, Unit},
        record::RecordKind,
    },
    case::{Case, content},
    rules::*,
};

/// Most lines that may follow one another without a section.
const RUN: usize = 98;
/// 食事療養・生活療養: amounts, not points.
pub(super) const MEALS: u8 = 97;

/// Checks what does not need the lines to be put together, then puts them together.
pub(super) fn check(case: &mut Case<'_>) {
    sections(case);
    payers(case);
    if !case.whole || !case.sound_everywhere(&DETAILS) {
        case.amounts &= case.sound_everywhere(&DETAILS);
        case.amounts &= case.whole;
    }
    if case.whole {
        case.units = detail::units(case.lines.iter().copied()).collect();
        together(case);
    }
}

/// The same for lines that are put together already: those of a donor.
pub(super) fn of_lines(case: &mut Case<'_>) {
    sections(case);
    payers(case);
    case.amounts &= case.lines.iter().all(|line| case.clean(line.line()));
    together(case);
}

fn together(case: &mut Case<'_>) {
    let units = core::mem::take(&mut case.units);
    groups(case, &units);
    units.iter().for_each(|unit| unit_of(case, unit));
    case.units = units;
}

pub(super) const DETAILS: [RecordKind; 4] =
    [RecordKind::Procedure, RecordKind::Drug, RecordKind::Material, RecordKind::Comment];

fn sections(case: &mut Case<'_>) {
    let details = Rc::clone(&case.lines);
    let Some(first) = details.first() else { return };
    if !first.begins_group && case.sound(first.record, &[2]) && case.whole {
        case.find(&DETAIL_SECTION, first.record, 2, "nothing", "a section (診療識別)");
        case.amounts = false;
    }
    let mut run = 0;
    let outpatient = case.claim_type.is_some_and(|claim_type| !claim_type.inpatient()) && case.header(&[3]).is_some();
    for line in details.iter().copied() {
        run = if line.begins_group { 0 } else { run + 1 };
        if run == RUN + 1 {
            case.find(&DETAIL_RUN, line.record, 2, format!("{run} lines"), format!("{RUN} at most"));
        }
        if outpatient && line.begins_group && matches!(line.section, 90 | 92 | 97) && case.sound(line.record, &[2]) {
            let expected = "a section of outpatients (not 90, 92, 97)";
            case.find(&CLAIM_INPATIENT, line.record, 2, line.section.to_string(), expected);
        }
        let first_digit = match line.kind {
            DetailKind::Procedure => b'1',
            DetailKind::Drug => b'6',
            DetailKind::Material => b'7',
            DetailKind::Comment => b'8',
        };
        if case.sound(line.record, &[4]) && line.code_text().first() != Some(&first_digit) {
            let expected = format!("a code that begins with {}", char::from(first_digit));
            case.find(&DETAIL_KIND, line.record, 4, content(line.record, 4), expected);
        }
    }
}

fn payers(case: &mut Case<'_>) {
    // Which payers there are is settled before (CLAIM_PAYERS).
    if !case.whole || !case.amounts {
        return;
    }
    let insured = case.claim.insurer().is_some();
    let public = case.claim.public_payers().count();
    let details = Rc::clone(&case.lines);
    for line in details.iter().copied() {
        let Some(mix) = line.payer_mix().filter(|_| case.sound(line.record, &[3])) else { continue };
        let stranger =
            mix.insurer() && !insured || (1..=4_u8).any(|place| mix.public(place) && usize::from(place) > public);
        if stranger {
            let expected = format!("payers of the claim: {}{public} KO", if insured { "HO and " } else { "" });
            case.find(&DETAIL_PAYER, line.record, 3, content(line.record, 3), expected);
            case.amounts = false;
        }
    }
}

/// The lines of one group are shared by the same payers.
fn groups(case: &mut Case<'_>, units: &[Unit<'_>]) {
    for group in units.chunk_by(|one, next| one.group == next.group) {
        let lines = || group.iter().flat_map(|unit| &unit.lines);
        let mut mixes = lines().map(|line| line.record.field(3));
        let first = mixes.next();
        if mixes.all(|mix| Some(mix) == first) {
            continue;
        }
        let lines: Vec<Detail<'_>> = lines().copied().collect();
        let mixes: Vec<&[u8]> = lines.iter().map(|line| line.record.field(3)).collect();
        let usual = most(&mixes).unwrap_or_default();
        for line in lines.iter().filter(|line| line.record.field(3) != usual) {
            if case.sound(line.record, &[3]) {
                let expected = format!("{}, as the other lines of the group", String::from_utf8_lossy(usual));
                case.find(&DETAIL_MIX, line.record, 3, content(line.record, 3), expected);
                case.amounts = false;
            }
        }
    }
}

fn unit_of(case: &mut Case<'_>, unit: &Unit<'_>) {
    let Some(last) = unit.items().next_back() else { return };
    if unit.priced().is_none() && case.sound(last.record, &[6]) && !unit.items().all(is_ward) {
        case.find(&DETAIL_POINTS, last.record, 6, "nothing", "the points of the lines that share them");
        case.amounts = false;
    }
    let mut contradictory = false;
    // The count and the days of the first line, and whether the others have the same.
    let mut first: Option<(Option<u32>, [u16; 31])> = None;
    let mut alike = true;
    for item in unit.items() {
        let own = (item.count(), item.days());
        alike &= *first.get_or_insert(own) == own;
        let (Some(count), days) = own else { continue };
        if !case.clean(item.line()) {
            contradictory = true;
            continue;
        }
        let days: u32 = days.iter().map(|count| u32::from(*count)).sum();
        if days != count {
            let expected = format!("{days}, the sum of the days");
            case.find(&DETAIL_COUNT, item.record, 7, count.to_string(), expected);
            (contradictory, case.amounts) = (true, false);
        }
    }
    if contradictory || alike {
        return;
    }
    let items: Vec<Detail<'_>> = unit.items().collect();
    let counts: Vec<Option<u32>> = items.iter().map(|item| item.count()).collect();
    let days: Vec<[u16; 31]> = items.iter().map(|item| item.days()).collect();
    let (usual_count, usual_days) = (most(&counts).flatten(), most(&days));
    for ((item, count), days) in items.iter().zip(&counts).zip(&days) {
        if *count != usual_count {
            let expected = format!("{}, as on the lines that share the points", usual_count.unwrap_or(0));
            case.find(&DETAIL_COUNTS, item.record, 7, count.unwrap_or(0).to_string(), expected);
            case.amounts = false;
        } else if Some(*days) != usual_days {
            let found = format!("day {}", listed(days));
            let expected =
                format!("day {}, as on the lines that share the points", listed(&usual_days.unwrap_or(*days)));
            case.find(&DETAIL_DAYS, item.record, 0, found, expected);
            case.amounts = false;
        }
    }
}

/// 病棟コード (病床機能報告): lines without points.
fn is_ward(item: Detail<'_>) -> bool {
    item.code().is_some_and(|code| (190_610_000..190_650_000).contains(&code))
}

fn listed(days: &[u16; 31]) -> String {
    let days: Vec<String> =
        days.iter().zip(1..).filter(|(count, _)| **count > 0).map(|(_, day): (_, u32)| day.to_string()).collect();
    days.join(" ")
}

/// Most values that are compared with one another.
const COMPARED: usize = 200;

/// The value that stands there most often; of several, the last.
fn most<T: PartialEq + Copy>(values: &[T]) -> Option<T> {
    let values = values.get(..COMPARED).unwrap_or(values);
    let often = |value: &&T| values.iter().filter(|other| other == value).count();
    values.iter().max_by_key(often).copied()
}
