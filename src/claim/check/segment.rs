//! One segment by itself: what is wrong in it, and what the file as a whole has to know of it.

use super::{
    super::{
        kinds::{FileKind, Month},
        read::{Segment, SegmentKind},
        record::{Record, RecordKind, digits},
        view::{Claim, Facility},
    },
    Pass,
    case::Case,
    codes, comments,
    coverage::{KINDS, Known, Remembered},
    days, diseases, donors, fields,
    finding::Finding,
    header, order, payers,
    rules::*,
    sums, units,
};
use crate::master::Masters;

/// What a segment is, what was found in it, and what the file has to know of it.
#[derive(Debug)]
pub struct SegmentReport {
    pub(super) kind: SegmentKind,
    pub(super) first_line: u64,
    pub(super) last_line: u64,
    /// Length of a line that is too long, as far as it goes here.
    pub(super) bytes: u64,
    pub(super) records: u64,
    pub(super) findings: Vec<Finding>,
    pub(super) ends: Ends,
    pub(super) facts: Facts,
}

/// The first line of each way to end a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ends {
    /// CR and LF, LF, CR.
    pub(super) first: [Option<u64>; 3],
    /// The end mark, and the first line with something behind it.
    pub(super) mark: Option<u64>,
    pub(super) after_mark: Option<u64>,
    /// The last line has no end.
    pub(super) open: bool,
}

/// What the totals of the file are made of.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Another kind of file, and the line that says so.
    pub(super) other: Option<(FileKind, u64)>,
    /// レセプト番号.
    pub(super) number: Option<u32>,
    /// A claim whose records are whole.
    pub(super) whole: bool,
    /// How many claims it counts as: one for each payer.
    pub(super) payers: Option<u64>,
    /// Its total, as it says, and as its lines add up.
    pub(super) total: Option<u64>,
    pub(super) added: Option<u64>,
    /// Records behind the facility or the totals that belong to a claim.
    pub(super) strangers: bool,
    /// Its last record stands at the wrong place: it may belong to the next claim.
    pub(super) tail_lost: bool,
    /// `GO`: claims, points, volume.
    pub(super) stated: Option<[Option<u64>; 3]>,
    /// Kinds of codes for which the masters have nothing, as places in [`KINDS`].
    pub(super) uncovered: u8,
    pub(super) month: Option<Month>,
    pub(super) go_sound: bool,
    /// A line that ends before its last field.
    pub(super) cut: bool,
    /// The file begins as one of another sort does: none of its lines is a record.
    pub(super) foreign: Option<&'static str>,
}

pub(super) fn check(
    segment: Segment<'_>,
    masters: &Masters,
    passes: &[Box<dyn Pass + '_>],
    remembered: &mut Remembered,
) -> SegmentReport {
    let mut report = SegmentReport {
        kind: segment.kind(),
        first_line: segment.first_line(),
        last_line: segment.first_line(),
        bytes: u64::try_from(without_end(segment.bytes()).len()).unwrap_or(u64::MAX),
        records: 0,
        findings: Vec::new(),
        ends: Ends::default(),
        facts: Facts::default(),
    };
    let records = lines(segment, &mut report);
    if segment.first_line() == 1 {
        report.facts.foreign = foreign(segment.bytes());
    }
    if segment.kind() == SegmentKind::Overlong || report.facts.foreign.is_some() {
        return report;
    }
    let whole = Claim::with(records, segment);
    if let Some(kind) = other_kind(segment.kind(), &whole) {
        report.facts.other = Some((kind, segment.first_line()));
        report.findings.clear();
        return report;
    }
    let mut case = Case::new(whole, masters);
    each_record(&mut case, segment, report.ends.open);
    match segment.kind() {
        SegmentKind::Claim => claim(&mut case, &mut report.facts, passes, remembered),
        kind => outside(&mut case, kind, &mut report.facts),
    }
    report.facts.number = case.number().filter(|_| case.header(&[2]).is_some());
    report.facts.cut = case.findings().iter().any(|found| found.rule.id == FILE_CUT.id);
    report.findings.append(&mut case.into_findings());
    report
}

/// What a file is that begins like this and is no claim file.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const BEGINNINGS: [(&[u8], &str); 4] =
        [(b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"PK\x03\x04", "a ZIP archive"), (b"%PDF-", "a PDF")];
    BEGINNINGS.iter().find(|(begin, _)| bytes.starts_with(begin)).map(|(_, name)| *name)
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Looks at line ends, end marks and empty lines, and takes the records.
fn lines<'a>(segment: Segment<'a>, report: &mut SegmentReport) -> Vec<Record<'a>> {
    // A line of a claim has fifty bytes or more, as a rule.
    let mut records = Vec::with_capacity(segment.bytes().len() / 48 + 1);
    for line in segment.lines() {
        let end = line.end.strip_prefix(b"\x1a").unwrap_or(line.end);
        if !line.text.is_empty() {
            records.push(Record::new(line.number, line.text, segment.encoding()));
            report.records += 1;
            report.last_line = line.number;
            if report.ends.mark.take().is_some() {
                report.ends.after_mark.get_or_insert(line.number);
            }
        }
        if line.has_end_mark() {
            report.ends.mark.get_or_insert(line.number);
        } else if line.text.is_empty() {
            let expected = "a record".to_owned();
            report.findings.push(Finding::of_file(&LINE_EMPTY, line.number, "an empty line".to_owned(), expected));
        }
        let place = match end {
            b"\r\n" => 0,
            b"\n" => 1,
            b"\r" => 2,
            _ => {
                report.ends.open |= end.is_empty() && !line.has_end_mark();
                continue;
            }
        };
        if let Some(first) = report.ends.first.get_mut(place) {
            first.get_or_insert(line.number);
        }
    }
    records
}

/// Another kind of file: by the facility, or by a record that only such a claim has.
fn other_kind(segment: SegmentKind, claim: &Claim<'_>) -> Option<FileKind> {
    let by_record = |id: &[u8]| FileKind::of_record(id);
    if let Some(facility) = claim.facility().map(Facility::record) {
        let kind = by_record(facility.field(1)).or_else(|| {
            let table = FileKind::of_fee_table(facility.field(4));
            table.filter(|_| facility.kind() == Some(RecordKind::Facility))
        });
        if let Some(kind) = kind.filter(|kind| *kind != FileKind::Medical) {
            return Some(kind);
        }
    }
    // A DPC claim names its diagnosis group in BU.
    let diagnosis = |record: &Record<'_>| record.kind().is_none() && record.field(1) == b"BU";
    let dpc = segment == SegmentKind::Claim && claim.records().iter().any(diagnosis);
    dpc.then_some(FileKind::Dpc)
}

/// 令和 began when dates had no eras any more.
const REIWA: &[u8] = b"5";

/// Every record against its layout.
fn each_record(case: &mut Case<'_>, segment: Segment<'_>, open: bool) {
    let eras = segment
        .facility()
        .is_some_and(|facility| facility.field(8).len() == 5 && !facility.field(8).starts_with(REIWA));
    let last = case.claim.records().last().map_or(0, |record| record.line());
    let mut place = 0;
    while let Some(record) = case.claim.records().get(place).copied() {
        place += 1;
        fields::check(case, record, eras, open && record.line() == last);
        // A record whose fields cannot be told apart can be put together with nothing.
        if !case.sound(record, &[]) {
            case.whole = false;
        }
    }
}

fn claim(case: &mut Case<'_>, facts: &mut Facts, passes: &[Box<dyn Pass + '_>], remembered: &mut Remembered) {
    if let Some(month) = case.month {
        case.coverage = remembered.of(case.masters, month);
    }
    facts.month = case.month;
    facts.uncovered = uncovered(case);
    order::check(case);
    header::check(case);
    payers::check(case);
    days::within_the_month(case);
    units::check(case);
    days::check(case);
    codes::check(case);
    diseases::check(case);
    comments::check(case);
    comments::symptoms(case);
    donors::check(case);
    if case.whole {
        passes.iter().for_each(|pass| pass.check(case));
    }
    let before = case.findings().len();
    sums::check(case);
    let wrong_sum = case.findings().iter().skip(before).any(|found| found.rule.id == SUM_POINTS.id);
    facts.whole = case.whole;
    if let Some(last) = case.claim.records().last() {
        let head = matches!(last.kind(), Some(RecordKind::Insurer | RecordKind::PublicPayer | RecordKind::Disease));
        facts.tail_lost = head && !case.sound(*last, &[]);
    }
    if case.whole {
        totals(case, facts, wrong_sum);
    }
}

/// What the claim adds to the totals of the file.
fn totals(case: &Case<'_>, facts: &mut Facts, wrong_sum: bool) {
    let paid = case.findings().iter().any(|found| found.rule.id == CLAIM_PAYERS.id);
    let insurer = case.claim.insurer().map(|insurer| insurer.record());
    let public: Vec<Record<'_>> = case.claim.public_payers().map(|payer| payer.record()).collect();
    if paid {
        return;
    }
    facts.payers = u64::try_from(public.len() + usize::from(insurer.is_some())).ok();
    let Some(first) = insurer.or(public.first().copied()) else { return };
    facts.total = first.number(6).filter(|_| case.sound(first, &[6]) || wrong_sum).map(u64::from);
    if case.sound_everywhere(&units::DETAILS) || wrong_sum {
        let place = if insurer.is_some() { 0 } else { 1 };
        let shared = case
            .units
            .iter()
            .filter(|unit| unit.section() != units::MEALS && unit.payer_mix().is_some_and(|mix| mix.payer(place)));
        facts.added = Some(shared.filter_map(|unit| unit.total()).fold(0, u64::saturating_add));
    }
}

fn uncovered(case: &Case<'_>) -> u8 {
    let kinds = KINDS.iter().enumerate();
    kinds.filter(|(_, kind)| case.coverage.known(**kind) == Known::Nothing).fold(0, |all, (place, _)| all | 1 << place)
}

/// What stands before the claims or behind them.
fn outside(case: &mut Case<'_>, kind: SegmentKind, facts: &mut Facts) {
    let own = match kind {
        SegmentKind::Facility => RecordKind::Facility,
        _ => RecordKind::Total,
    };
    let headless = matches!(kind, SegmentKind::Rest | SegmentKind::Continued);
    let mut said = false;
    for record in case.claim.records().to_vec() {
        match record.kind() {
            None => {
                let found = super::case::content(record, 1);
                case.find(&RECORD_UNKNOWN, record, 0, found, "a record of the specification");
            }
            Some(RecordKind::Daily | RecordKind::Municipal) => {
                case.find(&RECORD_OBSOLETE, record, 0, "passed over", "nothing");
            }
            Some(kind_of_record) if headless || kind_of_record != own => {
                facts.strangers = true;
                // One is enough to say that they stand at the wrong place.
                if !said && !headless {
                    let expected = format!("behind {} no record of a claim", own.id());
                    case.find(&RECORD_ORDER, record, 0, format!("{} here", kind_of_record.id()), expected);
                    said = true;
                }
            }
            Some(_) => {}
        }
    }
    let first = case.claim.records().iter().copied().find(|record| record.kind() == Some(own));
    if let Some(total) = first.filter(|_| kind == SegmentKind::Total) {
        let wide = |field: usize| {
            let bytes = total.field(field);
            // 総合計点数 has up to ten digits.
            let long = (bytes.len() == 10).then(|| core::str::from_utf8(bytes).ok()?.parse::<u64>().ok()).flatten();
            digits(bytes).map(u64::from).or(long).filter(|_| case.sound(total, &[field]))
        };
        facts.stated = Some([wide(2), wide(3), wide(4)]);
        facts.go_sound = case.clean(total.line());
    }
    if let Some(facility) = first.filter(|_| kind == SegmentKind::Facility) {
        facts.month = Facility(facility).claim_month();
    }
}
