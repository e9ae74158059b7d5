//! One claim under examination: what was found so far, and what can still be relied on. A fault is said once: what follows
//! from it is not looked at.

use std::{borrow::Cow, collections::BTreeSet, rc::Rc};

use crate::{date::ServiceDate, master::Masters};

use super::{
    super::{
        detail::{Detail, Unit},
        kinds::{ClaimType, Month},
        record::{Record, RecordKind},
        view::{Claim, Header},
    },
    coverage::Coverage,
    finding::{Finding, Rule, Severity},
};

/// One claim under examination.
pub struct Case<'a> {
    /// The claim.
    pub claim: Claim<'a>,
    /// What was done, given and said, line by line.
    pub(super) lines: Rc<[Detail<'a>]>,
    /// Its lines, put together by the points that they share.
    pub units: Vec<Unit<'a>>,
    /// The masters to look codes up in.
    pub masters: &'a Masters,
    /// レセプト種別.
    pub claim_type: Option<ClaimType>,
    /// 診療年月.
    pub month: Option<Month>,
    /// Whether its records are whole and in order, so that they can be put together.
    pub whole: bool,
    /// Whether points, counts and totals can be relied on.
    pub amounts: bool,
    pub(super) coverage: Coverage,
    number: Option<u32>,
    findings: Vec<Finding>,
    /// Fields that are wrong: line and number; 0 for all of the line.
    broken: BTreeSet<(u64, usize)>,
}

impl<'a> Case<'a> {
    pub(super) fn new(claim: Claim<'a>, masters: &'a Masters) -> Self {
        let header = claim.header();
        let mut lines = Vec::with_capacity(claim.records().len());
        lines.extend(claim.details());
        Self {
            lines: lines.into(),
            units: Vec::new(),
            masters,
            claim_type: header.and_then(Header::claim_type),
            month: header.and_then(Header::service_month),
            whole: true,
            amounts: true,
            coverage: Coverage::default(),
            number: header.and_then(Header::number),
            findings: Vec::new(),
            broken: BTreeSet::new(),
            claim,
        }
    }

    /// What was found so far.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// レセプト番号.
    #[must_use]
    pub const fn number(&self) -> Option<u32> {
        self.number
    }

    /// Notes a finding in a field. The field is not relied on from here on.
    pub fn find(
        &mut self,
        rule: &'static Rule,
        record: Record<'_>,
        field: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.find_with(rule, record, field, found, expected, |_| {});
    }

    /// The same, with something of the finding's own: its severity, or the row that it rests on.
    pub fn find_with(
        &mut self,
        rule: &'static Rule,
        record: Record<'_>,
        field: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
        own: impl FnOnce(&mut Finding),
    ) {
        self.broken.insert((record.line(), field));
        let mut finding = Finding::at(rule, self.number, record, field, found.into(), expected.into());
        own(&mut finding);
        self.findings.push(finding);
    }

    /// Notes what is missing beside a record, which itself stays as good as it is.
    pub fn miss(
        &mut self,
        rule: &'static Rule,
        record: Record<'_>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.findings.push(Finding::at(rule, self.number, record, 0, found.into(), expected.into()));
    }

    /// Notes a finding about a line whose code and points it does not put in doubt.
    pub(super) fn note_with(
        &mut self,
        rule: &'static Rule,
        record: Record<'_>,
        field: usize,
        (found, expected): (String, String),
        own: impl FnOnce(&mut Finding),
    ) {
        let mut finding = Finding::at(rule, self.number, record, field, found, expected);
        own(&mut finding);
        self.findings.push(finding);
    }

    /// Notes a finding of another severity than the rule's.
    pub fn find_as(
        &mut self,
        severity: Severity,
        rule: &'static Rule,
        record: Record<'_>,
        field: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.find_with(rule, record, field, found, expected, |finding| finding.severity = severity);
    }

    /// Takes back findings of some rules that were made since there were so many.
    pub(super) fn forget(&mut self, since: usize, rules: &[&Rule]) {
        let mut place = 0;
        self.findings.retain(|finding| {
            place += 1;
            place <= since || !rules.iter().any(|rule| rule.id == finding.rule.id)
        });
    }

    /// Takes over a finding that somebody else made.
    pub fn push(&mut self, finding: Finding) {
        self.broken.insert((finding.line, finding.field.unwrap_or(0)));
        self.findings.push(finding);
    }

    /// Leaves a field out of all further checks, without a finding of its own.
    pub(super) fn distrust(&mut self, record: Record<'_>, field: usize) {
        self.broken.insert((record.line(), field));
    }

    /// Whether nothing was found in these fields of a record, nor in it as a whole.
    #[must_use]
    pub fn sound(&self, record: Record<'_>, fields: &[usize]) -> bool {
        let line = record.line();
        self.broken.is_empty()
            || !self.broken.contains(&(line, 0)) && !fields.iter().any(|field| self.broken.contains(&(line, *field)))
    }

    /// Whether nothing was found on a line.
    #[must_use]
    pub fn clean(&self, line: u64) -> bool {
        self.broken.range((line, 0)..=(line, usize::MAX)).next().is_none()
    }

    /// Whether nothing at all was found in the fields of these kinds of records.
    #[must_use]
    pub fn sound_everywhere(&self, kinds: &[RecordKind]) -> bool {
        self.broken.is_empty()
            || self
                .claim
                .records()
                .iter()
                .all(|record| !record.kind().is_some_and(|kind| kinds.contains(&kind)) || self.clean(record.line()))
    }

    /// The header, if these fields of it can be relied on.
    #[must_use]
    pub fn header(&self, fields: &[usize]) -> Option<Header<'a>> {
        self.claim.header().filter(|header| self.sound(header.record(), fields))
    }

    /// The day of birth, if it can be relied on.
    #[must_use]
    pub fn birth(&self) -> Option<ServiceDate> {
        self.header(&[7]).and_then(Header::birth_date)
    }
}

/// Fields that name a patient, or by which somebody can be found. What stands in them is not repeated.
const PRIVATE: &[(RecordKind, &[usize])] = &[
    (RecordKind::Claim, &[5, 7, 14, 19, 21, 37]),
    (RecordKind::Insurer, &[3, 4, 11]),
    (RecordKind::PublicPayer, &[3]),
    (RecordKind::Eligibility, &[5, 6, 8]),
    (RecordKind::Donor, &[5, 7, 14]),
    (RecordKind::Symptom, &[3]),
];

impl Finding {
    /// A finding in a field of a record; field 0 is the record as a whole.
    #[must_use]
    pub fn at(
        rule: &'static Rule,
        claim: Option<u32>,
        record: Record<'_>,
        field: usize,
        found: String,
        expected: String,
    ) -> Self {
        let id: Cow<'static, str> = match record.kind() {
            Some(kind) => Cow::Borrowed(kind.id()),
            None => Cow::Owned(shown(record.field(1), record, 10)),
        };
        let field_name = record.kind().and_then(|kind| kind.layout().field(field)).map_or("", |field| field.name);
        Self {
            rule,
            severity: rule.severity,
            line: record.line(),
            claim,
            record: id,
            field: Some(field).filter(|field| *field > 0),
            field_name,
            found,
            expected,
            row: String::new(),
        }
    }

    /// A finding that concerns the file, or a line that is no record.
    #[must_use]
    pub fn of_file(rule: &'static Rule, line: u64, found: String, expected: String) -> Self {
        Self {
            rule,
            severity: rule.severity,
            line,
            claim: None,
            record: Cow::Borrowed(""),
            field: None,
            field_name: "",
            found,
            expected,
            row: String::new(),
        }
    }
}

/// What stands in a field, for a finding: cut, and not at all where it could name a patient.
pub(super) fn content(record: Record<'_>, field: usize) -> String {
    let private = |(kind, fields): &(RecordKind, &[usize])| record.kind() == Some(*kind) && fields.contains(&field);
    let bytes = record.field(field);
    if bytes.is_empty() {
        return "nothing".to_owned();
    }
    if PRIVATE.iter().any(private) {
        return format!("{} bytes, not shown", bytes.len());
    }
    shown(bytes, record, 40)
}

fn shown(bytes: &[u8], record: Record<'_>, most: usize) -> String {
    let text = super::super::text::decode(bytes, record.encoding());
    let mut letters = text.chars().map(|letter| if letter.is_control() { '�' } else { letter });
    let mut cut: String = letters.by_ref().take(most).collect();
    if letters.next().is_some() {
        cut.push('…');
    }
    cut
}
