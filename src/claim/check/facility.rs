//! A facility that is being read: what its claims come to, and whether its totals say the same.

use super::{super::kinds::Month, finding::Finding, rules::*, segment::Facts};

/// A facility that is being read.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) line: Option<u64>,
    pub(super) claims: u64,
    pub(super) payers: Option<u64>,
    pub(super) total: Option<u64>,
    pub(super) added: Option<u64>,
    /// A claim is not whole: totals and numbers tell nothing.
    pub(super) broken: bool,
    pub(super) last_number: Option<u32>,
    pub(super) gap: bool,
    pub(super) stated: Option<(u64, Facts)>,
    pub(super) other: bool,
    pub(super) said_no_facility: bool,
    /// `GO` before a claim, and that claim: one of them is at the wrong place, or an `IR` is missing.
    pub(super) early: Option<(u64, u64)>,
    months: Months,
}

/// Claims of months after 請求年月.
#[derive(Debug, Default)]
enum Months {
    /// All claims so far are of such months: what was found of them is held back.
    #[default]
    None,
    Held(Vec<Finding>),
    /// So many that the facility's month must be wrong.
    Facility,
    /// Another claim is of an earlier month: each is said by itself.
    Mixed,
}

/// How many such claims in a row, without another before them, leave no doubt.
const MOST_HELD: usize = 64;

/// GO field 4 of the last or only volume.
const LAST_VOLUME: u64 = 99;

impl Open {
    pub(super) fn new() -> Self {
        Self { payers: Some(0), total: Some(0), added: Some(0), ..Self::default() }
    }

    /// Whether it ends without `GO`.
    pub(super) fn lacks_total(&self) -> bool {
        self.stated.is_none() && !self.other && (self.claims > 0 || self.line.is_some())
    }

    /// Takes what a claim says of its month. When all of them are of months after 請求年月, that one is wrong.
    pub(super) fn month(&mut self, month: Option<Month>, findings: &mut Vec<Finding>) {
        let late = findings.iter().position(|finding| finding.rule.id == CLAIM_MONTH.id);
        match (late, &mut self.months) {
            (Some(place), Months::None) => self.months = Months::Held(vec![findings.remove(place)]),
            (Some(place), Months::Held(held)) => {
                held.push(findings.remove(place));
                if held.len() > MOST_HELD {
                    self.months = Months::Facility;
                }
            }
            (Some(place), Months::Facility) => drop(findings.remove(place)),
            (None, months) if month.is_some() && !matches!(months, Months::Facility) => {
                if let Months::Held(held) = core::mem::replace(months, Months::Mixed) {
                    findings.extend(held);
                }
            }
            _ => {}
        }
    }

    /// Takes a claim's number: one more than that of the claim before, or its place.
    pub(super) fn number(&mut self, number: Option<u32>, line: u64, findings: &mut Vec<Finding>) {
        self.claims += 1;
        let expected = self.last_number.map_or(Some(1), |last| last.checked_add(1));
        let Some(number) = number else {
            self.last_number = expected;
            return;
        };
        let ordinal = u32::try_from(self.claims).ok();
        if expected != Some(number) && ordinal != Some(number) && !self.broken {
            let wanted = expected.map_or_else(String::new, |expected| expected.to_string());
            let mut finding = Finding::of_file(&CLAIM_NUMBER, line, number.to_string(), wanted);
            (finding.claim, finding.record, finding.field) = (Some(number), "RE".into(), Some(2));
            finding.field_name = "レセプト番号";
            findings.push(finding);
            self.gap |= expected.is_some_and(|expected| number > expected);
        }
        self.last_number = Some(number);
    }

    /// What was held back.
    pub(super) fn held(&mut self) -> Vec<Finding> {
        let mut findings = match core::mem::take(&mut self.months) {
            Months::Held(held) if held.len() == 1 => held,
            Months::Held(_) | Months::Facility => {
                let (found, expected) = ("a month before those of all claims", "that of the claims or a later one");
                let line = self.line.unwrap_or(1);
                let mut finding = Finding::of_file(&CLAIM_MONTH, line, found.to_owned(), expected.to_owned());
                (finding.record, finding.field, finding.field_name) = ("IR".into(), Some(8), "請求年月");
                vec![finding]
            }
            Months::None | Months::Mixed => Vec::new(),
        };
        if let Some((line, _)) = self.early.take() {
            let (found, expected) = ("GO before a claim".to_owned(), "GO behind all claims".to_owned());
            findings.push(Finding::of_file(&RECORD_ORDER, line, found, expected));
        }
        findings
    }

    /// The totals that `GO` states, against those of the claims.
    pub(super) fn totals(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let Some((line, facts)) = self.stated.as_ref().filter(|_| !self.other) else { return findings };
        let Some([claims, points, Some(LAST_VOLUME)]) = facts.stated else { return findings };
        if self.gap {
            // Claims are missing, which was said.
            return findings;
        }
        let mut go = |rule, field: usize, name, stated: u64, expected: u64| {
            let mut finding = Finding::of_file(rule, *line, stated.to_string(), expected.to_string());
            (finding.record, finding.field, finding.field_name) = ("GO".into(), Some(field), name);
            findings.push(finding);
        };
        let payers = self.payers.filter(|_| !self.broken);
        let total = self.total.filter(|_| !self.broken);
        if let (Some(stated), Some(payers)) = (claims, payers)
            && stated != payers
        {
            go(&SUM_CLAIMS, 2, "総件数", stated, payers);
        }
        // A total that was made with what the lines add up to is not wrong as well.
        if let (Some(stated), Some(total)) = (points, total)
            && stated != total
            && Some(stated) != self.added
        {
            go(&SUM_TOTAL, 3, "総合計点数", stated, total);
        }
        if payers.is_none() || total.is_none() {
            let (what, expected) = ("a claim that is not".to_owned(), "claims that are whole".to_owned());
            findings.push(Finding::of_file(&SUM_UNCHECKED, *line, what, expected));
        }
        findings
    }
}
