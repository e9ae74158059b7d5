//! A statement on its way out: as JSON, or with texts of its own for whoever keeps it.

use super::{
    statement::{
        DrugLine, ElectiveCare, Line, NotChecked, Origin, Reason, SectionTotal, Statement, Verdict, VisitStatement,
    },
    text::Text,
    trace::TraceNode,
};
use crate::json::{Json, members, variants};

impl Statement<Text<'_>> {
    /// The same with texts of its own.
    pub(crate) fn owned(self) -> Statement {
        Statement {
            as_of_revision: self.as_of_revision.map(String::from),
            visits: self.visits.into_iter().map(VisitStatement::owned).collect(),
            total_points: self.total_points,
            settled: self.settled,
            not_checked: self.not_checked,
        }
    }
}

impl VisitStatement<Text<'_>> {
    fn owned(self) -> VisitStatement {
        let sections = self.sections.into_iter().map(|total| SectionTotal {
            section: total.section.into(),
            name: total.name.into(),
            points: total.points,
        });
        VisitStatement {
            visit: self.visit,
            date: self.date,
            revision: self.revision.into(),
            lines: self.lines.into_iter().map(Line::owned).collect(),
            sections: sections.collect(),
            total_points: self.total_points,
            settled: self.settled,
            elective_care: self.elective_care.into_iter().map(ElectiveCare::owned).collect(),
        }
    }
}

impl ElectiveCare<Text<'_>> {
    fn owned(self) -> ElectiveCare {
        ElectiveCare {
            path: self.path.map(String::from),
            codes: self.codes.into_iter().map(String::from).collect(),
            names: self.names.into_iter().map(String::from).collect(),
            points: self.points,
            count: self.count,
            tax_percent: self.tax_percent.map(String::from),
            amount: self.amount,
            certainty: self.certainty,
            reasons: self.reasons.into_iter().map(Reason::owned).collect(),
        }
    }
}

impl Line<Text<'_>> {
    fn owned(self) -> Line {
        Line {
            section: self.section.into(),
            code: self.code.map(String::from),
            name: self.name.into(),
            quantity: self.quantity.map(String::from),
            unit: self.unit.map(String::from),
            points: self.points,
            count: self.count,
            total: self.total,
            verdict: self.verdict,
            origin: self.origin,
            path: self.path.map(String::from),
            addition: self.addition,
            certainty: self.certainty,
            source: self.source.into(),
            drugs: self.drugs.into_iter().map(DrugLine::owned).collect(),
            reasons: self.reasons.into_iter().map(Reason::owned).collect(),
        }
    }
}

impl DrugLine<Text<'_>> {
    fn owned(self) -> DrugLine {
        DrugLine {
            code: self.code.into(),
            name: self.name.into(),
            quantity: self.quantity.into(),
            unit: self.unit.into(),
            price: self.price.into(),
            certainty: self.certainty,
            source: self.source.into(),
        }
    }
}

impl Reason<Text<'_>> {
    /// The same with texts of its own.
    pub(crate) fn owned(self) -> Reason {
        Reason { rule: self.rule.into(), basis: self.basis.into(), text: self.text.into() }
    }
}

impl<S: Json> Json for Statement<S> {
    fn json(&self, out: &mut String) {
        out.push('{');
        if self.as_of_revision.is_some() {
            members!(out, self, ""; as_of_revision);
            out.push(',');
        }
        members!(out, self, ""; visits, total_points, settled, not_checked);
        out.push('}');
    }
}

impl<S: Json> Json for VisitStatement<S> {
    fn json(&self, out: &mut String) {
        members!(out, self, "{"; visit, date, revision, lines, sections, total_points, settled);
        if !self.elective_care.is_empty() {
            members!(out, self, ","; elective_care);
        }
        out.push('}');
    }
}

impl<S: Json> Json for ElectiveCare<S> {
    fn json(&self, out: &mut String) {
        members!(out, self, "{"; path, codes, names, points, count, tax_percent, amount, certainty, reasons);
        out.push('}');
    }
}

impl<S: Json> Json for SectionTotal<S> {
    fn json(&self, out: &mut String) {
        members!(out, self, "{"; section, name, points);
        out.push('}');
    }
}

impl<S: Json> Json for Line<S> {
    fn json(&self, out: &mut String) {
        members!(out, self, "{"; section, code, name, quantity, unit, points, count, total, verdict, origin, path,
            addition, certainty, source);
        if !self.drugs.is_empty() {
            members!(out, self, ","; drugs);
        }
        members!(out, self, ","; reasons);
        out.push('}');
    }
}

impl<S: Json> Json for DrugLine<S> {
    fn json(&self, out: &mut String) {
        members!(out, self, "{"; code, name, quantity, unit, price, certainty, source);
        out.push('}');
    }
}

impl<S: Json> Json for Reason<S> {
    fn json(&self, out: &mut String) {
        members!(out, self, "{"; rule, basis, text);
        out.push('}');
    }
}

impl Json for TraceNode {
    fn json(&self, out: &mut String) {
        members!(out, self, "{"; label);
        if !self.detail.is_empty() {
            members!(out, self, ","; detail);
        }
        if !self.children.is_empty() {
            members!(out, self, ","; children);
        }
        out.push('}');
    }
}

variants!(NotChecked { Bundling "bundling", Exclusion "exclusion", Frequency "frequency" });
variants!(Verdict {
    Charged "charged",
    Bundled "bundled",
    Excluded "excluded",
    Limited "limited",
    NeedsReview "needs_review",
});
variants!(Origin { Ordered "ordered", Derived "derived" });
