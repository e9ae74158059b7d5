//! Phase 8: the lines in their order, and the points of each section.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    fee::{
        draft::{Draft, Group, Item, VisitDraft, What},
        refusal::{InputError, InputErrorKind, Refusal},
        section::Section,
        statement::{DrugLine, Line, SectionTotal, Statement, Verdict, VisitStatement},
        trace::TraceNode,
        unchecked,
    },
    master::{AgeLimit, Certainty},
    money::{MoneyError, Points},
};

/// Writes the statement.
pub(crate) fn run(mut draft: Draft<'_>) -> Result<(Statement, Option<Vec<TraceNode>>), Refusal> {
    draft.trace.phase("total");
    let not_checked = unchecked::of(&mut draft);
    let mut total = Points::ZERO;
    let mut visits = Vec::with_capacity(draft.visits.len());
    for visit in core::mem::take(&mut draft.visits) {
        let index = visit.index;
        let statement = statement(visit).and_then(|statement| {
            total = total.plus(statement.total_points)?;
            Ok(statement)
        });
        let statement = statement.map_err(|error: MoneyError| {
            let path = format!("visits[{index}]");
            let error = InputError::new(path, InputErrorKind::Overflow, error.to_string());
            Refusal::one(error.help("check quantities and counts"))
        })?;
        draft.trace.step("visit", || format!("{}: {}", statement.date, statement.total_points));
        visits.push(statement);
    }
    let settled = visits.iter().all(|visit| visit.settled);
    let as_of_revision = draft.masters.kept_revision().map(str::to_owned);
    Ok((Statement { as_of_revision, visits, total_points: total, settled, not_checked }, draft.trace.finish()))
}

fn statement(visit: VisitDraft<'_>) -> Result<VisitStatement, MoneyError> {
    let mut groups = visit.groups;
    // The order of a claim, whatever the order of the input: section, then base or derived, then code and quantity.
    groups.sort_by_cached_key(|group| (group.section, order(group)));
    let mut lines = Vec::new();
    let mut sections: BTreeMap<Section, Points> = BTreeMap::new();
    for group in groups {
        let Group { base, additions, count, section, .. } = group;
        for (addition, item) in core::iter::once((false, base)).chain(additions.into_iter().map(|item| (true, item))) {
            let line = line(item, section, count, addition)?;
            if line.verdict == Verdict::Charged {
                let sum = sections.entry(section).or_default();
                *sum = sum.plus(line.total.unwrap_or_default())?;
            }
            lines.push(line);
        }
    }
    let mut total = Points::ZERO;
    for points in sections.values() {
        total = total.plus(*points)?;
    }
    let settled = lines.iter().all(|line| line.verdict != Verdict::NeedsReview);
    let sections = sections
        .into_iter()
        .map(|(section, points)| SectionTotal { section: section.digits(), name: section.name().to_owned(), points })
        .collect();
    Ok(VisitStatement {
        visit: visit.index,
        date: visit.date,
        revision: visit.revision,
        lines,
        sections,
        total_points: total,
        settled,
    })
}

/// What a group is sorted by within its section.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    rank: u8,
    code: u32,
    drugs: Vec<(u32, String)>,
    figure: String,
    quantity: Option<Decimal>,
    /// What is paid comes before the rest of the same order that is not.
    falls: bool,
    count: u32,
    additions: Vec<(Option<ProcedureCode>, Option<Decimal>)>,
    /// Two lines that charge the same can still have different reasons, such as the 処方料 of two prescriptions.
    reasons: u32,
}

fn order(group: &Group<'_>) -> Order {
    let item = &group.base;
    let (rank, code) = match &item.what {
        What::Procedure(row) => (0, row.code().number()),
        What::Missing { code } => (0, code.number()),
        What::Figure { .. } => (1, 0),
        What::Drugs { .. } => (2, 0),
        What::Reduction { .. } => (3, 0),
    };
    let drugs = match &item.what {
        What::Drugs { drugs, .. } => {
            drugs.iter().map(|(drug, amount)| (drug.code().number(), amount.normalize().to_string())).collect()
        }
        _ => Vec::new(),
    };
    let figure = match &item.what {
        What::Figure { name, .. } => name.clone(),
        _ => String::new(),
    };
    let additions = group.additions.iter().map(|item| (item.code(), item.quantity)).collect();
    let mut reasons = crc32fast::Hasher::new();
    for reason in &item.reasons {
        reasons.update(reason.text.as_bytes());
    }
    let reasons = reasons.finalize();
    let falls = !item.is_paid();
    Order { rank, code, drugs, figure, quantity: item.quantity, falls, count: group.count, additions, reasons }
}

fn line(item: Item<'_>, section: Section, count: u32, addition: bool) -> Result<Line, MoneyError> {
    let certainty = item.row().map_or(item.certainty, |row| row.certainty().max(item.certainty));
    let code = item.code().map(|code| code.to_string()).or_else(|| item.drug_code().map(|code| code.to_string()));
    let mut reasons = item.reasons;
    let points = if item.verdict == Verdict::NeedsReview { None } else { item.points };
    let total = match (item.verdict, points) {
        (Verdict::NeedsReview, _) => None,
        (Verdict::Charged, Some(points)) => Some(points.times(count)?),
        (Verdict::Charged, None) => None,
        _ => Some(Points::ZERO),
    };
    // INVARIANT: a charged line has points; should a phase have left one without, it asks for a review.
    let verdict = match (item.verdict, total) {
        (Verdict::Charged, None) => Verdict::NeedsReview,
        (verdict, _) => verdict,
    };
    let mut worst = certainty;
    let (name, unit, source, drugs) = match &item.what {
        What::Procedure(row) => {
            if let Some(text) = conditions(*row) {
                reasons.push(crate::fee::draft::reason("master.row", row.source(), text));
            }
            let unit = (!row.unit().is_empty()).then(|| row.unit().to_owned());
            (row.name().to_owned(), unit, row.source().to_owned(), Vec::new())
        }
        What::Missing { code } => (format!("（マスターにない {code}）"), None, String::new(), Vec::new()),
        What::Figure { name, source, .. } => (name.clone(), None, source.clone(), Vec::new()),
        What::Reduction { percent, .. } => {
            (format!("薬剤料逓減（{percent}／１００）（内服薬）"), None, String::new(), Vec::new())
        }
        What::Drugs { drugs, .. } => {
            let lines: Vec<DrugLine> = drugs
                .iter()
                .map(|(drug, amount)| DrugLine {
                    code: drug.code().to_string(),
                    name: drug.name().to_owned(),
                    quantity: amount.normalize().to_string(),
                    unit: drug.unit().to_owned(),
                    price: drug.price().to_string(),
                    certainty: drug.certainty(),
                    source: drug.source().to_owned(),
                })
                .collect();
            worst = lines.iter().map(|line| line.certainty).fold(worst, Certainty::max);
            let name = match lines.as_slice() {
                [first, _, ..] => format!("{} ほか{}品", first.name, lines.len() - 1),
                [first] => first.name.clone(),
                [] => String::new(),
            };
            (name, None, lines.first().map_or_else(String::new, |line| line.source.clone()), lines)
        }
    };
    Ok(Line {
        section: section.digits(),
        code,
        name,
        quantity: item.quantity.map(|quantity| quantity.normalize().to_string()),
        unit: item.quantity.and(unit),
        points,
        count,
        total,
        verdict,
        origin: item.origin,
        path: item.path,
        addition,
        certainty: worst,
        source,
        drugs,
        reasons,
    })
}

/// What the row itself asks for, where it asks for an age.
fn conditions(row: crate::master::Procedure<'_>) -> Option<String> {
    let limit = |limit: Option<AgeLimit>| limit.map_or_else(|| "00".to_owned(), |limit| limit.to_string());
    (row.age_low().is_some() || row.age_high().is_some())
        .then(|| format!("対象年齢 {} 以上 {} 未満", limit(row.age_low()), limit(row.age_high())))
}
