//! A facility that is being read: what its claims come to, and whether its totals say the same.

use super::{finding::Finding, rules::*, segment::Facts};

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
}

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
