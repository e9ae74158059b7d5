//! Phase 8: the lines in their order, and the points of each section.

use core::cmp::Ordering;

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        draft::{Draft, Elective, Group, Item, VisitDraft, What, role},
        refusal::{InputError, InputErrorKind, Refusal},
        section::Section,
        statement::{DrugLine, ElectiveCare, Line, SectionTotal, Statement, Verdict, VisitStatement},
        text::Text,
        trace::TraceNode,
        unchecked,
    },
    master::{AgeLimit, Certainty, Drug, Masters},
    money::{MoneyError, Points, Yen},
};

/// Writes the statement.
pub(crate) fn run(mut draft: Draft<'_>) -> Result<(Statement<Text<'_>>, Option<Vec<TraceNode>>), Refusal> {
    draft.trace.phase("total");
    let not_checked = unchecked::of(&mut draft);
    let mut total = Points::ZERO;
    let mut visits = Vec::with_capacity(draft.visits.len());
    for visit in core::mem::take(&mut draft.visits) {
        let index = visit.index;
        let statement = statement(draft.masters, visit).and_then(|statement| {
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
    let as_of_revision = draft.masters.kept_revision().map(Text::from);
    Ok((Statement { as_of_revision, visits, total_points: total, settled, not_checked }, draft.trace.finish()))
}

fn statement<'m>(masters: &'m Masters, visit: VisitDraft<'m>) -> Result<VisitStatement<Text<'m>>, MoneyError> {
    let mut groups = visit.groups;
    if visit.visit.admitted.is_some() {
        // 点数欄集計先識別 of a stay (66).
        for (group, row) in
            groups.iter_mut().filter_map(|group| Some((group.base.row()?, group))).map(|(row, group)| (group, row))
        {
            group.section = Section::of_tally(row.section_in());
        }
    }
    let mut lines = Vec::with_capacity(groups.iter().map(|group| 1 + group.additions.len()).sum());
    let mut elective = Vec::new();
    // The groups are in the order of their sections.
    let mut sections: Vec<(Section, Points)> = Vec::new();
    for (_, place) in in_order(&groups) {
        let Some(Group { base, additions, count, section, .. }) = groups.get_mut(place) else { continue };
        let (section, count) = (*section, *count);
        if let Some(care) = elective_care(masters, base, count, visit.date)? {
            elective.push(care);
        }
        for (addition, item) in core::iter::once((false, base)).chain(additions.iter_mut().map(|item| (true, item))) {
            let line = line(item, section, count, addition)?;
            if line.verdict == Verdict::Charged {
                let points = line.total.unwrap_or_default();
                match sections.last_mut() {
                    Some((last, sum)) if *last == section => *sum = sum.plus(points)?,
                    _ => sections.push((section, points)),
                }
            }
            lines.push(line);
        }
    }
    let mut total = Points::ZERO;
    for (_, points) in &sections {
        total = total.plus(*points)?;
    }
    let settled = lines.iter().all(|line| line.verdict != Verdict::NeedsReview);
    let sections = sections
        .into_iter()
        .map(|(section, points)| SectionTotal { section: section.digits().into(), name: section.name().into(), points })
        .collect();
    Ok(VisitStatement {
        visit: visit.index,
        date: visit.date,
        revision: visit.revision.into(),
        lines,
        sections,
        total_points: total,
        settled,
        elective_care: elective,
    })
}

/// What the patient pays outside the insurance for a line of drugs, with the tax.
fn elective_care<'m>(
    masters: &'m Masters,
    item: &Item<'m>,
    count: u32,
    on: ServiceDate,
) -> Result<Option<ElectiveCare<Text<'m>>>, MoneyError> {
    let What::Drugs { drugs, .. } = &item.what else { return Ok(None) };
    if item.elective.is_empty() {
        return Ok(None);
    }
    let names =
        |place: usize| drugs.get(place).map(|(drug, _)| (Text::Code(drug.code().number()), Text::from(drug.name())));
    let (codes, names): (Vec<_>, Vec<_>) = item.elective.iter().filter_map(|part| names(part.place)).unzip();
    let tax = role(masters, "elective.tax", on);
    let settled = item.verdict == Verdict::Charged;
    let points = item.elective_points.filter(|_| settled);
    let mut certainty = item.certainty;
    let mut amount = None;
    if let (Some(points), Some(tax)) = (points, &tax) {
        certainty = certainty.max(tax.certainty);
        let rate = (Decimal::ONE_HUNDRED.checked_add(tax.value).ok_or(MoneyError)?) / Decimal::ONE_HUNDRED;
        let net = Decimal::from(points.times(count)?.cost()?.get());
        // Ten yen a point at a rate of whole tenths: nothing is left to round.
        let gross = net.checked_mul(rate).ok_or(MoneyError)?;
        amount = gross.is_integer().then(|| yen_of(gross)).transpose()?;
    }
    let text = match (&tax, amount) {
        (Some(tax), Some(_)) => {
            format!("価格差の一部を所定単位ごとに点数とし、10円を乗じて消費税 {}/100 を加える", tax.value.normalize())
        }
        _ => "保険で算定する部分が定まらないため、特別の料金も定まらない".to_owned(),
    };
    let article =
        tax.as_ref().map_or("長期収載品の処方等又は調剤に係る選定療養", |tax| tax.article);
    Ok(Some(ElectiveCare {
        path: item.path.map(Text::Path),
        names,
        codes,
        points,
        count,
        tax_percent: tax.as_ref().map(|tax| Text::Figure(tax.value.normalize())),
        amount,
        certainty,
        reasons: vec![crate::fee::draft::reason("elective.amount", article, text)],
    }))
}

fn yen_of(amount: Decimal) -> Result<Yen, MoneyError> {
    Yen::new(i64::try_from(amount).map_err(|_| MoneyError)?)
}

/// The price by which a drug of a line is charged.
fn insured_price(elective: &[Elective], place: usize, drug: Drug<'_>) -> Decimal {
    elective.iter().find(|part| part.place == place).map_or_else(|| drug.price(), |part| part.insured)
}

/// The places of the groups, each with its rank, in the order of a claim, whatever the order of the input: section, then
/// base or derived, then code and quantity.
fn in_order(groups: &[Group<'_>]) -> Vec<(u64, usize)> {
    let mut places = crate::order::places(groups, rank);
    for equal in places.chunk_by_mut(|a, b| a.0 == b.0) {
        if equal.len() > 1 {
            crate::order::by(equal, |(_, a), (_, b)| match (groups.get(*a), groups.get(*b)) {
                (Some(a), Some(b)) => compare(a, b),
                _ => Ordering::Equal,
            });
        }
    }
    places
}

/// What a group is sorted by, first of all: its section, its kind and its code.
fn rank(group: &Group<'_>) -> u64 {
    let (kind, code) = match &group.base.what {
        What::Procedure(_) | What::Missing { .. } => (0, group.base.code().map_or(0, ProcedureCode::number)),
        What::Figure { .. } => (1, 0),
        What::Drugs { .. } => (2, 0),
        What::Material { row, .. } => (3, row.code().number()),
        What::Reduction { .. } => (4, 0),
    };
    u64::from(group.section.number()) << 40 | kind << 32 | u64::from(code)
}

/// What groups of one kind and one code are sorted by.
fn compare(a: &Group<'_>, b: &Group<'_>) -> Ordering {
    let (one, two) = (&a.base, &b.base);
    content(&one.what, &two.what)
        .then_with(|| one.quantity.cmp(&two.quantity))
        // What is paid comes before the rest of the same order that is not.
        .then_with(|| one.is_paid().cmp(&two.is_paid()).reverse())
        .then_with(|| a.count.cmp(&b.count))
        .then_with(|| {
            let with = |group: &Group<'_>| -> Vec<_> {
                group.additions.iter().map(|item| (item.code(), item.quantity)).collect()
            };
            with(a).cmp(&with(b))
        })
        // Two lines that charge the same can still have different reasons, such as the 処方料 of two prescriptions.
        .then_with(|| {
            let reasons = |item: &Item<'_>| {
                let mut reasons = crc32fast::Hasher::new();
                for reason in &item.reasons {
                    reasons.update(reason.text.words().as_bytes());
                }
                reasons.finalize()
            };
            reasons(one).cmp(&reasons(two))
        })
}

/// Drugs by their codes and amounts, materials by their price, figures by their name.
fn content(one: &What<'_>, two: &What<'_>) -> Ordering {
    match (one, two) {
        (What::Drugs { drugs: one, .. }, What::Drugs { drugs: two, .. }) => {
            let amount = |amount: &Decimal| amount.normalize().to_string();
            let mut drugs = one.iter().zip(two).map(|((one, a), (two, b))| {
                one.code()
                    .cmp(&two.code())
                    .then_with(|| if a == b { Ordering::Equal } else { amount(a).cmp(&amount(b)) })
            });
            drugs.find(|order| order.is_ne()).unwrap_or_else(|| one.len().cmp(&two.len()))
        }
        (What::Figure { name: one, .. }, What::Figure { name: two, .. }) => one.cmp(two),
        (What::Material { price, factor, .. }, What::Material { price: other, factor: by, .. }) => {
            let text = |price: &Option<Decimal>, factor: &Decimal| format!("{} {factor}", price.unwrap_or_default());
            text(price, factor).cmp(&text(other, by))
        }
        _ => Ordering::Equal,
    }
}

/// Makes a line of an item, whose reasons it takes.
fn line<'m>(item: &mut Item<'m>, section: Section, count: u32, addition: bool) -> Result<Line<Text<'m>>, MoneyError> {
    let certainty = item.row().map_or(item.certainty, |row| row.certainty().max(item.certainty));
    let code = match &item.what {
        What::Material { row, .. } => Some(row.code().number()),
        _ => item.code().map(u32::from).or_else(|| item.drug_code().map(u32::from)),
    };
    let mut reasons = core::mem::take(&mut item.reasons);
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
    // Points are zero on a line of money, and a charged one has its yen.
    let yen = match item.yen.filter(|_| verdict == Verdict::Charged) {
        Some(yen) => Some(yen_of(yen.checked_mul(Decimal::from(count)).ok_or(MoneyError)?)?),
        None => None,
    };
    let mut worst = certainty;
    let (name, unit, source, drugs) = match &item.what {
        What::Procedure(row) => {
            if let Some(text) = conditions(*row) {
                reasons.push(crate::fee::draft::reason("master.row", row.source(), text));
            }
            (Text::from(row.name()), row.unit(), row.source(), Vec::new())
        }
        What::Missing { code } => (format!("（マスターにない {code}）").into(), "", "", Vec::new()),
        What::Figure { name, source, .. } => ((*name).into(), "", *source, Vec::new()),
        What::Material { row, .. } => {
            worst = worst.max(row.certainty());
            (Text::from(row.name()), row.unit(), row.source(), Vec::new())
        }
        What::Reduction { percent, .. } => {
            (format!("薬剤料逓減（{percent}／１００）（内服薬）").into(), "", "", Vec::new())
        }
        What::Drugs { drugs, .. } => {
            let lines: Vec<DrugLine<Text<'m>>> = drugs
                .iter()
                .enumerate()
                .map(|(place, (drug, amount))| DrugLine {
                    code: Text::Code(drug.code().number()),
                    name: drug.name().into(),
                    quantity: Text::Figure(amount.normalize()),
                    unit: drug.unit().into(),
                    price: Text::Figure(insured_price(&item.elective, place, *drug)),
                    certainty: drug.certainty(),
                    source: drug.source().into(),
                })
                .collect();
            worst = lines.iter().map(|line| line.certainty).fold(worst, Certainty::max);
            let (name, source) = match drugs.as_slice() {
                [(first, _), _, ..] => (format!("{} ほか{}品", first.name(), drugs.len() - 1).into(), first.source()),
                [(first, _)] => (first.name().into(), first.source()),
                [] => (Text::from(""), ""),
            };
            (name, "", source, lines)
        }
    };
    Ok(Line {
        section: section.digits().into(),
        code: code.map(Text::Code),
        name,
        quantity: item.quantity.map(|quantity| Text::Figure(quantity.normalize())),
        unit: item.quantity.and((!unit.is_empty()).then(|| unit.into())),
        points,
        count,
        total,
        yen,
        verdict,
        origin: item.origin,
        path: item.path.map(Text::Path),
        addition,
        certainty: worst,
        source: source.into(),
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
