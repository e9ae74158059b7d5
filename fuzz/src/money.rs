//! What must hold for every calculation that is not refused.

use santei::{
    calculation::{Calculation, SCHEMA},
    copay::NotConsidered,
    fee::{Line, NotChecked, Verdict, VisitStatement},
    master::Certainty,
};

/// Adds up a whole calculation again.
pub fn check(calculation: &Calculation) {
    assert_eq!(calculation.schema, SCHEMA);
    let statement = &calculation.statement;
    let total: i64 = statement.visits.iter().map(|visit| visit.total_points.get()).sum();
    assert_eq!(statement.total_points.get(), total, "total of all visits");
    assert_eq!(statement.settled, statement.visits.iter().all(|visit| visit.settled));
    assert!(statement.not_checked.contains(&NotChecked::Exclusion) || statement.not_checked.len() < 3);
    assert_eq!(calculation.copay.len(), statement.visits.len());
    for (visit, copay) in statement.visits.iter().zip(&calculation.copay) {
        visit_adds_up(visit);
        assert_eq!((copay.visit, copay.date), (visit.visit, visit.date));
        let cost = copay.cost.get();
        assert_eq!(cost, visit.total_points.get() * 10, "ten yen a point");
        assert!(!copay.reasons.is_empty(), "a copay says why");
        match (copay.amount, copay.rate_tenths) {
            (Some(amount), Some(tenths)) => {
                let amount = amount.get();
                assert!(visit.settled, "a visit with open lines has no copay");
                assert!((0..=10).contains(&tenths));
                // Points may be negative when a reduction is ordered alone; the patient's share then is too.
                let (low, high) = (cost.min(0), cost.max(0));
                assert!((low..=high).contains(&amount), "copay {amount} of a cost of {cost}");
                assert_eq!(amount % 10, 0);
                let exact = cost * i64::from(tenths);
                assert!((amount * 10 - exact).abs() <= 50, "{amount} is not {tenths}/10 of {cost}");
            }
            (Some(_), None) => panic!("an amount without a rate"),
            (None, Some(_)) => {
                let lowered = copay.not_considered.contains(&NotConsidered::ReliefMeasure);
                assert!(!visit.settled || lowered, "a settled visit with a rate has a copay");
            }
            (None, None) => {}
        }
    }
    let json = calculation.to_json();
    let value: serde_json::Value = serde_json::from_str(&json).expect("a calculation is JSON");
    assert_eq!(value["statement"]["total_points"], total);
}

fn visit_adds_up(visit: &VisitStatement) {
    let mut sum = 0;
    let mut settled = true;
    for line in &visit.lines {
        sum += line_adds_up(line);
        settled &= line.verdict != Verdict::NeedsReview;
    }
    assert_eq!(visit.settled, settled);
    assert_eq!(visit.total_points.get(), sum, "total of the charged lines");
    let sections: i64 = visit.sections.iter().map(|section| section.points.get()).sum();
    assert_eq!(visit.total_points.get(), sections, "total of the sections");
    for section in &visit.sections {
        let lines = visit.lines.iter().filter(|line| line.section == section.section);
        let points: i64 = lines.map(line_adds_up).sum();
        assert_eq!(section.points.get(), points, "section {}", section.section);
    }
    assert!(visit.sections.windows(2).all(|pair| pair[0].section < pair[1].section), "sections in order, each once");
    assert!(visit.lines.first().is_none_or(|line| !line.addition), "an addition follows its base");
}

/// The points that a line adds to its visit.
fn line_adds_up(line: &Line) -> i64 {
    assert!((1..=999).contains(&line.count));
    match line.verdict {
        Verdict::Charged => {
            let total = line.total.expect("a charged line has a total").get();
            let points = line.points.expect("a charged line has points").get();
            assert_eq!(total, points * i64::from(line.count));
            assert!(!line.name.is_empty() || line.certainty == Certainty::Unverified || line.code.is_some());
            total
        }
        Verdict::NeedsReview => {
            assert!(line.points.is_none() && line.total.is_none(), "no number where the tables do not settle it");
            assert!(!line.reasons.is_empty(), "a line that is not charged says why");
            0
        }
        Verdict::Bundled | Verdict::Excluded | Verdict::Limited => {
            assert_eq!(line.total.map(santei::money::Points::get), Some(0));
            assert!(!line.reasons.is_empty(), "a line that is not charged says why");
            0
        }
    }
}
