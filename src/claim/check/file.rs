//! The file as a whole: facilities, the numbers of the claims, the totals, the line ends.

use serde::Serialize;

use super::{
    super::{kinds::FileKind, read::SegmentKind},
    coverage::KINDS,
    facility::Open,
    finding::{Finding, Severity},
    rules::*,
    segment::{Facts, SegmentReport},
};
use crate::master::schema;

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Facilities (`IR`).
    pub facilities: u64,
    /// Claims (`RE`).
    pub claims: u64,
    /// Lines with something on them.
    pub records: u64,
    /// Points of all claims, as they say.
    pub points: u64,
    /// Findings that are wrong.
    pub errors: u64,
    /// Findings that are doubtful.
    pub warnings: u64,
    /// Findings that are worth knowing.
    pub notes: u64,
    /// Other kinds of claims that were recognised and not checked, by their Japanese names.
    pub not_checked: Vec<&'static str>,
}

/// Puts the reports of the segments together, in the order of the file.
#[derive(Debug, Default)]
pub struct FileCheck {
    by_name: Option<FileKind>,
    summary: Summary,
    /// The report before, which the next one may put in another light.
    pending: Option<SegmentReport>,
    facility: Option<Open>,
    /// The line that is too long, and how long it is so far.
    overlong: Option<(u64, u64)>,
    /// How the first line ends, and which other ends were said.
    usual_end: Option<usize>,
    other_ends: [bool; 3],
    /// A line that ends with CR: a file that is cut there has lost the LF.
    half_end: Option<Finding>,
    mark: Option<u64>,
    after_mark: bool,
    /// Kinds of codes that were said not to be covered, month by month.
    said_uncovered: Vec<(crate::claim::kinds::Month, u8)>,
    open_end: bool,
    foreign: bool,
    cut: bool,
    last_line: u64,
}

type Sink<'s> = &'s mut dyn FnMut(Finding);

impl FileCheck {
    /// A file whose name says that it is of a kind.
    #[must_use]
    pub fn new(by_name: Option<FileKind>) -> Self {
        Self { by_name, ..Self::default() }
    }

    /// Takes the next report.
    pub fn take(&mut self, mut report: SegmentReport, found: &mut dyn FnMut(Finding)) {
        if let (Some(what), false) = (report.facts.foreign, self.foreign) {
            let expected = "a text in Shift_JIS or UTF-8".to_owned();
            self.say(Finding::of_file(&TEXT_ENCODING, 1, what.to_owned(), expected), found);
            self.foreign = true;
        }
        if self.foreign {
            return;
        }
        self.line_ends(&mut report, found);
        if report.kind == SegmentKind::Overlong {
            let length = self.overlong.map_or(0, |(_, length)| length).saturating_add(report.bytes);
            self.overlong = Some((report.first_line, length));
            self.open_end = report.ends.open;
            self.last_line = report.first_line;
            return;
        }
        self.say_overlong(found);
        self.summary.records += report.records;
        if report.records > 0 {
            self.open_end = report.ends.open;
            self.last_line = report.last_line;
        }
        self.cut |= report.facts.cut;
        if report.facts.strangers && report.kind != SegmentKind::Rest {
            // The records of a claim stand behind another record: what its own part lacks is not said.
            if let Some(before) = self.pending.as_mut().filter(|before| before.kind == SegmentKind::Claim) {
                before.findings.clear();
            }
            if let Some(open) = &mut self.facility {
                open.broken = true;
            }
        }
        if let (SegmentKind::Continued, Some(before)) = (report.kind, self.pending.as_mut()) {
            report.findings.retain(|finding| finding.field.is_some());
            // Half of a claim: what the other half would explain is not said.
            before.findings.clear();
            if before.kind == SegmentKind::Claim {
                let expected = format!("{} bytes at most", super::super::read::MAX_SEGMENT);
                let what = "more".to_owned();
                before.findings.push(Finding::of_file(&CLAIM_TOO_LARGE, before.first_line, what, expected));
            }
        }
        let lost = self.pending.as_ref().is_some_and(|before| before.facts.tail_lost || before.facts.strangers);
        if lost {
            report.findings.retain(|finding| finding.rule.id != CLAIM_PAYERS.id);
        }
        self.flush(found);
        match report.kind {
            SegmentKind::Facility => self.begin(&report, found),
            SegmentKind::Claim => self.claim(&mut report, found),
            SegmentKind::Total => self.total(&mut report),
            SegmentKind::Rest => self.rest(&mut report),
            SegmentKind::Continued => self.open().broken = true,
            SegmentKind::Overlong => {}
        }
        self.pending = Some(report);
    }

    /// The end of the file.
    pub fn finish(mut self, found: &mut dyn FnMut(Finding)) -> Summary {
        if self.foreign {
            return self.summary;
        }
        self.say_overlong(found);
        if self.facility.as_ref().is_some_and(|open| open.stated.is_none()) {
            self.unfinished();
            // Half an identification is no record that does not exist.
            let cut = self.pending.as_mut().filter(|_| self.open_end);
            let last = self.last_line;
            if let Some(before) = cut {
                before.findings.retain(|finding| finding.line != last || finding.rule.id != RECORD_UNKNOWN.id);
            }
        } else if let Some(finding) = self.half_end.take() {
            self.say(finding, found);
        }
        self.flush(found);
        let read = self.summary.records > 0 || self.last_line > 0;
        if !read {
            let what = "no record".to_owned();
            self.say(Finding::of_file(&FILE_EMPTY, 1, what, "IR, claims, GO".to_owned()), found);
            return self.summary;
        }
        let unfinished = self.facility.as_ref().is_some_and(|open| open.stated.is_none() && !open.other);
        if self.open_end && !self.cut && !self.after_mark && self.summary.not_checked.is_empty() {
            let (rule, expected) =
                if unfinished { (&FILE_CUT, "CR and LF, further records, GO") } else { (&LINE_END, "CR and LF") };
            self.say(Finding::of_file(rule, self.last_line, "no line end".to_owned(), expected.to_owned()), found);
            self.cut |= unfinished;
        }
        self.end(found);
        if self.mark.is_none() && !self.cut {
            let expected = "0x1A behind the last line".to_owned();
            self.say(Finding::of_file(&FILE_END_MARK, self.last_line, "nothing".to_owned(), expected), found);
        }
        self.summary
    }

    fn say(&mut self, finding: Finding, found: Sink<'_>) {
        match finding.severity {
            Severity::Error => self.summary.errors += 1,
            Severity::Warning => self.summary.warnings += 1,
            Severity::Info => self.summary.notes += 1,
        }
        found(finding);
    }

    fn flush(&mut self, found: Sink<'_>) {
        if let Some(mut report) = self.pending.take() {
            crate::order::by_key(&mut report.findings, |finding| (finding.line, finding.field));
            report.findings.into_iter().for_each(|finding| self.say(finding, found));
        }
    }

    /// The claim before may go on where nobody can read it: what it seems to lack is not said.
    fn unfinished(&mut self) {
        const OF_ALL: &[&super::Rule] = &[
            &SUM_POINTS,
            &SUM_MEALS,
            &DAYS_FEW,
            &DAYS_MANY,
            &VISITS_DAYS,
            &CLAIM_NO_DETAIL,
            &CLAIM_NO_DISEASE,
            &CLAIM_PAYERS,
            &DETAIL_POINTS,
            &COMMENT_REQUIRED,
        ];
        if let Some(before) = self.pending.as_mut().filter(|before| before.kind == SegmentKind::Claim) {
            before.findings.retain(|finding| !OF_ALL.iter().any(|rule| rule.id == finding.rule.id));
        }
    }

    fn say_overlong(&mut self, found: Sink<'_>) {
        if let Some((line, length)) = self.overlong.take() {
            let expected = format!("{} at most", super::super::read::MAX_LINE);
            self.unfinished();
            self.flush(found);
            self.say(Finding::of_file(&LINE_TOO_LONG, line, format!("{length} bytes"), expected), found);
            self.open().broken = true;
        }
    }

    fn open(&mut self) -> &mut Open {
        self.facility.get_or_insert_with(Open::new)
    }

    /// CR and LF, LF, CR: whatever the first line has is usual.
    fn line_ends(&mut self, report: &mut SegmentReport, found: Sink<'_>) {
        if let Some(finding) = self.half_end.take() {
            self.say(finding, found);
        }
        const NAMES: [&str; 3] = ["CR and LF", "LF", "CR"];
        const HALF: usize = 2;
        let mut first: Vec<(u64, usize)> =
            report.ends.first.iter().enumerate().filter_map(|(end, line)| Some(((*line)?, end))).collect();
        crate::order::sort(&mut first);
        for (line, end) in first {
            let usual = *self.usual_end.get_or_insert(end);
            let said = self.other_ends.get_mut(end).is_none_or(|said| core::mem::replace(said, true));
            let name = |end: usize| NAMES.get(end).copied().unwrap_or_default().to_owned();
            if !said && end != usual {
                let finding = Finding::of_file(&LINE_END, line, name(end), name(usual));
                if end == HALF && line == report.last_line {
                    self.half_end = Some(finding);
                } else {
                    self.say(finding, found);
                }
            } else if !said && end != 0 {
                self.say(Finding::of_file(&LINE_ENDS, line, name(end), name(0)), found);
            }
        }
        // Behind an end mark a further facility may begin.
        let behind = match report.kind {
            SegmentKind::Facility => None,
            _ => report.ends.after_mark.or(self.mark.filter(|_| report.records > 0).map(|_| report.first_line)),
        };
        if let Some(line) = behind {
            // What it is matters no more: it does not belong there.
            report.findings.retain(|finding| finding.line < line || finding.rule.id != RECORD_UNKNOWN.id);
        }
        if let Some(line) = behind.filter(|_| !self.after_mark) {
            self.after_mark = true;
            let what = "something behind 0x1A".to_owned();
            self.say(Finding::of_file(&FILE_AFTER_END, line, what, "nothing, or a facility (IR)".to_owned()), found);
        }
        if report.records > 0 {
            self.mark = None;
        }
        self.mark = report.ends.mark.or(self.mark);
    }

    fn begin(&mut self, report: &SegmentReport, found: Sink<'_>) {
        if report.facts.strangers && self.facility.as_ref().is_some_and(|open| open.line.is_none()) {
            // The facility stands behind its first claim, which was said.
            self.facility = None;
        }
        self.end(found);
        self.summary.facilities += 1;
        let mut open = Open::new();
        open.line = Some(report.first_line);
        open.broken = report.facts.strangers;
        self.facility = Some(open);
        self.other(report, found);
    }

    /// A kind of claims that is recognised only; said once for a facility.
    fn other(&mut self, report: &SegmentReport, found: Sink<'_>) -> bool {
        let Some((kind, line)) = report.facts.other else { return false };
        // Its number is not looked at: what comes behind it is numbered from anywhere.
        self.open().broken = true;
        if !core::mem::replace(&mut self.open().other, true) {
            self.say_kind(kind, line, found);
        }
        true
    }

    fn say_kind(&mut self, kind: FileKind, line: u64, found: Sink<'_>) {
        if !self.summary.not_checked.contains(&kind.title()) {
            self.summary.not_checked.push(kind.title());
        }
        let expected = "claims of 医科, which are checked".to_owned();
        self.say(Finding::of_file(&FILE_KIND, line, format!("claims of {}", kind.title()), expected), found);
    }

    fn claim(&mut self, report: &mut SegmentReport, found: Sink<'_>) {
        self.summary.claims += 1;
        if self.other(report, found) {
            return;
        }
        self.uncovered(&report.facts, report.first_line, found);
        let by_name = self.by_name;
        let open = self.open();
        let mut unexpected = open.line.is_none();
        if let (Some((line, _)), false) = (&open.stated, open.said_no_facility) {
            // Either GO stands before the last claim, or a second one shows that IR is missing here.
            open.early = Some((*line, report.first_line));
            (open.said_no_facility, unexpected, open.broken) = (true, false, true);
        }
        if open.early.is_some() {
            report.findings.retain(|finding| finding.rule.id != INSURER_AGENCY.id);
        }
        open.month(report.facts.month, &mut report.findings);
        if unexpected && !core::mem::replace(&mut open.said_no_facility, true) {
            if let Some(kind) = by_name.filter(|kind| *kind != FileKind::Medical) {
                open.other = true;
                report.findings.clear();
                self.say_kind(kind, report.first_line, found);
                return;
            }
            let what = "a claim".to_owned();
            report.findings.push(Finding::of_file(
                &FILE_NO_FACILITY,
                report.first_line,
                what,
                "IR before it".to_owned(),
            ));
        }
        open.number(report.facts.number, report.first_line, &mut report.findings);
        let facts = &report.facts;
        open.broken |= !facts.whole;
        let sum = |one: Option<u64>, other: Option<u64>| one.zip(other).map(|(one, other)| one.saturating_add(other));
        open.payers = sum(open.payers, facts.payers);
        // A claim that cannot say one of the two counts with the other.
        open.total = sum(open.total, facts.total.or(facts.added));
        open.added = sum(open.added, facts.added.or(facts.total));
        self.summary.points = self.summary.points.saturating_add(facts.total.unwrap_or(0));
    }

    fn uncovered(&mut self, facts: &Facts, line: u64, found: Sink<'_>) {
        let Some(month) = facts.month.filter(|_| facts.uncovered != 0) else { return };
        if self.said_uncovered.iter().any(|(said, _)| *said == month) {
            return;
        }
        self.said_uncovered.push((month, facts.uncovered));
        let kinds = KINDS.iter().enumerate().filter(|(place, _)| facts.uncovered >> place & 1 == 1);
        let names: Vec<&str> = kinds.map(|(_, kind)| schema::schema(*kind).title).collect();
        let expected = "a pack with an edition of the month (--pack)".to_owned();
        let what = format!("nothing of {} in {month}", names.join(", "));
        self.say(Finding::of_file(&FILE_MASTERS, line, what, expected), found);
    }

    fn total(&mut self, report: &mut SegmentReport) {
        let open = self.open();
        open.broken |= report.facts.strangers;
        if open.stated.is_none() {
            open.stated = Some((report.first_line, report.facts.clone()));
        } else if let Some((_, claim)) = open.early.take() {
            let (what, expected) = ("a claim behind GO".to_owned(), "IR before it".to_owned());
            report.findings.push(Finding::of_file(&FILE_NO_FACILITY, claim, what, expected));
        } else {
            let what = "a second GO".to_owned();
            report.findings.push(Finding::of_file(&RECORD_REPEATED, report.first_line, what, "one".to_owned()));
        }
    }

    /// Lines that nothing explains: behind a line that is too long they are what is left of a claim.
    fn rest(&mut self, report: &mut SegmentReport) {
        let first = self.facility.is_none() && self.summary.claims == 0;
        let open = self.open();
        open.broken = true;
        if first && report.facts.strangers && !core::mem::replace(&mut open.said_no_facility, true) {
            let what = "records of a claim".to_owned();
            let expected = "IR, then RE, before them".to_owned();
            report.findings.push(Finding::of_file(&FILE_NO_FACILITY, report.first_line, what, expected));
        }
    }

    /// The facility ends here.
    fn end(&mut self, found: Sink<'_>) {
        let Some(mut open) = self.facility.take() else { return };
        open.held().into_iter().for_each(|finding| self.say(finding, found));
        if open.lacks_total() && !self.cut {
            let what = "no record GO".to_owned();
            let expected = "GO behind the claims".to_owned();
            self.say(Finding::of_file(&FILE_NO_TOTAL, self.last_line, what, expected), found);
        }
        open.totals().into_iter().for_each(|finding| self.say(finding, found));
    }
}
