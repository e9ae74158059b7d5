//! A month at one facility: what is due at every visit, given what was paid, and the claims that come out.

use serde::Serialize;

use super::{
    ceiling::{self, Choice},
    claim::{self, Claim, ClaimCopay, Segment, Step, yen},
    class::{AgeClass, Setting},
    eligibility, explain, extras,
    input::{Month, MonthVisit, SameDay, Service},
    local::Seen,
    meals::{self, MealAid},
    month_check::{Checked, check},
    programmes,
    receipt::{self, ClaimCodes},
    resolve::{self, Resolved},
    window::{Span, Window},
};
use crate::{
    fee::{InputError, InputErrorKind, Refusal},
    master::{Certainty, Masters},
    money::Yen,
};

/// Version of the schema of [`CopayMonth`] in JSON.
pub const SCHEMA: &str = "santei.copay.v1";

/// A month worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CopayMonth {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of the engine.
    pub engine: String,
    /// The month, as `2026-08`.
    pub month: String,
    /// Age band.
    pub age: AgeClass,
    /// The patient's share in tenths.
    pub rate_tenths: u8,
    /// Whether the ceilings are halved.
    pub halved: bool,
    /// The visits, in the order of their days.
    pub visits: Vec<VisitCopay>,
    /// The claims: outpatient, then inpatient.
    pub claims: Vec<ClaimCopay>,
    /// The codes of each claim.
    pub codes: Vec<ClaimCodes>,
    /// Meals and living care.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Step>>"))]
    pub meals: Vec<Step>,
    /// What lies outside insurance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Step>>"))]
    pub extras: Vec<Step>,
    /// What all visits come to at the window.
    pub due: Yen,
    /// That less the payments of the claims: what the rounding to ten yen adds or takes.
    pub rounding_difference: Yen,
    /// 年間上限 of the class, for information only: it is paid back after the year (from 2026-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub yearly_ceiling: Option<Yen>,
    /// 外来年間合算 of the class (from 70 on, August to July), for information only: it is paid back after the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub yearly_outpatient_ceiling: Option<Yen>,
    /// The worst certainty of the figures.
    pub certainty: Certainty,
    /// What rests on a figure that is not verified.
    pub unverified: Vec<String>,
    /// What does not stop the calculation, such as a wrong check digit.
    pub warnings: Vec<String>,
}

/// What one visit comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct VisitCopay {
    /// Place in the input.
    pub visit: usize,
    /// Inpatient or outpatient.
    pub setting: Setting,
    /// The whole cost.
    pub cost: Yen,
    /// What this visit adds to the month; below zero when an earlier visit came to too much.
    pub due: Yen,
    /// What was due this month before this visit, less what was paid.
    pub carried: Yen,
    /// What is to be collected at this visit.
    pub collect: Yen,
    /// What is to be given back.
    pub give_back: Yen,
    /// How it came about.
    pub steps: Vec<Step>,
}

/// Works a month out from its JSON.
///
/// ```
/// use santei::{copay::month_json, master::Masters};
/// let month = month_json(&Masters::empty()?, r#"{
///     "birth_date": "1980-04-01", "coverage": { "ceiling_class": "ウ" },
///     "visits": [
///         { "date": "2026-08-03", "segments": [{ "points": 20000 }] },
///         { "date": "2026-08-10", "segments": [{ "points": 15000 }] },
///         { "date": "2026-08-17", "segments": [{ "points": 10000 }] }
///     ]
/// }"#)?;
/// let due: Vec<i64> = month.visits.iter().map(|visit| visit.due.get()).collect();
/// // Up to 85,800 + (350,000 − 286,000) × 1%, then one percent of what is added.
/// assert_eq!(due, [60_000, 26_440, 1_000]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Refusal`] with every fault and its JSON path.
pub fn month_json(masters: &Masters, text: &str) -> Result<CopayMonth, Refusal> {
    settle_month(masters, &crate::fee::input::read(text, "docs/copay.md describes the input")?)
}

impl CopayMonth {
    /// The JSON form, on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        crate::json::to_string(self)
    }
}

/// Works a month out.
///
/// # Errors
/// [`Refusal`] with every fault and its JSON path.
pub fn settle_month(masters: &Masters, month: &Month) -> Result<CopayMonth, Refusal> {
    let mut errors = Vec::new();
    let coverage = eligibility::apply(masters, month, &mut errors);
    if !errors.is_empty() {
        return Err(Refusal { errors });
    }
    let mut month = Month { coverage, ..month.clone() };
    if let Some(answer) = month.coverage.eligibility.take() {
        month.payers.extend(answer.public_payers);
    }
    let month = &month;
    let checked = check(masters, month)?;
    let mut out = CopayMonth {
        schema: SCHEMA.to_owned(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        month: format!("{:04}-{:02}", checked.on.year(), checked.on.month()),
        age: checked.age,
        rate_tenths: checked.rate_tenths,
        halved: checked.halved,
        visits: Vec::new(),
        claims: Vec::new(),
        codes: Vec::new(),
        meals: Vec::new(),
        extras: Vec::new(),
        due: Yen::ZERO,
        rounding_difference: Yen::ZERO,
        yearly_ceiling: None,
        yearly_outpatient_ceiling: None,
        certainty: checked.certainty,
        unverified: checked.unverified.clone(),
        warnings: checked.warnings.clone(),
    };
    let mut aid = None;
    for setting in [Setting::Outpatient, Setting::Inpatient] {
        if month.visits.iter().any(|visit| visit.setting == setting) {
            let of_claim = settle_claim(masters, month, &checked, setting, &mut out)?;
            aid = aid.or(of_claim.filter(|_| setting == Setting::Inpatient));
        }
    }
    crate::order::by_key(&mut out.visits, |visit| {
        let date = month.visits.get(visit.visit).map(|visit| visit.date);
        (date, visit.setting, visit.visit)
    });
    let due: i64 = out.visits.iter().map(|visit| visit.due.get()).sum();
    let patient: i64 = out.claims.iter().map(|claim| claim.patient.get()).sum();
    out.due = yen(due)?;
    out.rounding_difference = yen(due - patient)?;
    if let Some(class) = month.coverage.ceiling_class {
        let key = format!("annual.{}", class.key());
        let amount = |key: &str| ceiling::limit(masters, key, checked.on, Choice::default()).ok();
        out.yearly_ceiling = amount(&key).map(|limit| yen(limit.base)).transpose()?;
        let key = format!("annual_outpatient.{}", class.key());
        out.yearly_outpatient_ceiling = amount(&key).map(|limit| yen(limit.base)).transpose()?;
    }
    out.meals = meals::meals(masters, month, checked.on, aid.as_ref())?;
    let (extras, warnings) = extras::extras(masters, month, checked.on)?;
    out.extras = extras;
    out.warnings.extend(warnings);
    finish(month, &mut out)?;
    Ok(out)
}

/// Collects what is not verified; refuses it where the input asks for that.
fn finish(month: &Month, out: &mut CopayMonth) -> Result<(), Refusal> {
    for claim in &out.claims {
        out.certainty = out.certainty.max(claim.certainty);
    }
    let steps = out.claims.iter().flat_map(|claim| &claim.steps);
    let steps = steps.chain(out.visits.iter().flat_map(|visit| &visit.steps)).chain(&out.meals).chain(&out.extras);
    let mut unverified = core::mem::take(&mut out.unverified);
    let doubtful = steps.filter(|step| step.certainty == Certainty::Unverified);
    unverified.extend(doubtful.map(|step| format!("{}（{}）", step.text, step.basis)));
    unverified.dedup();
    if out.certainty == Certainty::Unverified && unverified.is_empty() {
        let tables = out.claims.iter().flat_map(|claim| &claim.tables).cloned().collect::<Vec<_>>();
        unverified.push(format!("比べた限度額に未検証のものがある: {}", tables.join("、")));
    }
    out.unverified = unverified;
    for step in out.visits.iter().flat_map(|visit| &visit.steps).chain(&out.meals).chain(&out.extras) {
        out.certainty = out.certainty.max(step.certainty);
    }
    if month.strict && out.certainty == Certainty::Unverified {
        let message = format!("the result rests on figures that are not verified: {}", out.unverified.join("; "));
        let error = InputError::new("strict", InputErrorKind::Unverified, message);
        return Err(Refusal::one(error.help("leave `strict` out to get it with the flag `unverified`")));
    }
    Ok(())
}

/// Works one claim out; gives what its payers do for meals.
fn settle_claim(
    masters: &Masters,
    month: &Month,
    checked: &Checked,
    setting: Setting,
    out: &mut CopayMonth,
) -> Result<Option<MealAid>, Refusal> {
    let mut visits: Vec<(usize, &MonthVisit)> =
        month.visits.iter().enumerate().filter(|(_, visit)| visit.setting == setting).collect();
    let claim = as_claim(month, checked, setting, &visits)?;
    let resolved = resolve::plan(masters, &claim)?;
    claim::check_total("visits", &claim.segments)?;
    let costs = costs_of(&claim, &resolved, &visits);
    let mut order: Vec<usize> = (0..visits.len()).collect();
    // Visits of one day come in an order of their own, not that of the input.
    crate::order::by(&mut order, |a, b| {
        let key =
            |place: &usize| (visits.get(*place).map(|(_, visit)| (visit.date, !visit.first_visit)), costs.get(*place));
        key(a).cmp(&key(b))
    });
    let locals = checked.locals(masters, month, setting, &resolved)?;
    if setting == Setting::Inpatient && locals.iter().flatten().any(|local| local.pattern.by_day()) {
        Checked::days_known(&visits)?;
    }
    let span = match (setting, month.same_day, month.service) {
        (Setting::Inpatient, ..) => Span::Month,
        // Each prescription of a pharmacy is a bill of its own.
        (_, SameDay::Visit, _) | (_, _, Service::Pharmacy) => Span::Visit,
        (_, SameDay::Together, _) => Span::Day,
    };
    let elsewhere = resolved.places.iter().map(|place| {
        let payer = month.payers.get(*place).filter(|_| checked.payers.get(*place).is_some_and(|payer| payer.local));
        payer.and_then(|payer| payer.paid_elsewhere).map_or(0, Yen::get)
    });
    let mut window = Window::new(&resolved.plan, &locals, elsewhere, span);
    let mut balance = 0;
    let mut before: Vec<(usize, i64)> = Vec::new();
    let visits_of_claim = core::mem::take(&mut visits);
    for place in order {
        let (Some((visit, given)), Some(costs)) = (visits_of_claim.get(place), costs.get(place)) else { continue };
        let seen =
            Seen { on: given.date, first_visit: given.first_visit, days: given.days.unwrap_or(1), cost: 0, share: 0 };
        let bill = window.bill(costs, seen);
        before.extend(bill.local.iter().map(|(payer, before, _)| (*payer, *before)));
        let collect = bill.due + balance;
        let steps = explain::bill(&bill, collect, &locals, &resolved)?;
        out.visits.push(VisitCopay {
            visit: *visit,
            setting,
            cost: yen(bill.cost)?,
            due: yen(bill.due)?,
            carried: yen(balance)?,
            collect: yen(collect.max(0))?,
            give_back: yen((-collect).max(0))?,
            steps,
        });
        balance = collect - given.paid.map_or(collect, Yen::get);
    }
    programmes::paid_back(&locals, &resolved, &before)?;
    let mut amounts = resolved.plan.settle(&window.costs, &window.placed());
    for (index, local) in locals.iter().enumerate() {
        let Some(local) = local else { continue };
        out.certainty = out.certainty.max(local.certainty);
        let kinds: Vec<usize> = (0..resolved.plan.kinds.len())
            .filter(|kind| resolved.plan.kinds.get(*kind).is_some_and(|payers| payers.contains(&index)))
            .collect();
        let base: i64 = kinds.iter().filter_map(|kind| amounts.portions.get(*kind)).sum();
        for kind in kinds.iter().filter(|_| window.reduced(index)) {
            if let Some(portion) = amounts.portions.get_mut(*kind) {
                *portion = (*portion).min(window.kept(index, *kind).max(0));
            }
        }
        let left: i64 = kinds.iter().filter_map(|kind| amounts.portions.get(*kind)).sum();
        if let Some(part) = amounts.payers.get_mut(index) {
            (part.base, part.left) = (base, left);
        }
    }
    amounts.patient = amounts.portions.iter().sum();
    let mut written = claim::written(setting, &resolved, &window.costs, &amounts)?;
    for payer in &mut written.payers {
        let place = resolved.places.iter().position(|place| *place == payer.payer);
        if let Some(local) = place.and_then(|place| locals.get(place)).and_then(Option::as_ref) {
            payer.name.clone_from(&local.name);
        }
    }
    let person = receipt::Person {
        dependant: month.coverage.dependant,
        scheme: checked.scheme,
        preschool: crate::date::Age::on(month.birth_date, checked.on).is_some_and(crate::date::Age::is_preschool),
        halved_dependant: month.coverage.halved,
        long_term_reached: written.steps.iter().any(|step| step.rule == "copay.long_term_illness"),
    };
    out.codes.push(receipt::codes(masters, &claim, &resolved.plan, &resolved.places, person));
    out.claims.push(written);
    Ok(MealAid::of(masters, checked.on, &resolved.plan, &locals))
}

/// The claim of the visits, its segments in their order.
fn as_claim(
    month: &Month,
    checked: &Checked,
    setting: Setting,
    visits: &[(usize, &MonthVisit)],
) -> Result<Claim, Refusal> {
    let coverage = &month.coverage;
    let mut segments = Vec::new();
    for (index, visit) in visits {
        for (place, segment) in visit.segments.iter().enumerate() {
            let cost = segment.points.cost().map_err(|error| {
                let path = format!("visits[{index}].segments[{place}].points");
                Refusal::one(InputError::new(path, InputErrorKind::Overflow, error.to_string()))
            })?;
            segments.push(Segment { cost, payers: segment.payers.clone() });
        }
    }
    Ok(Claim {
        on: checked.on,
        age: checked.age,
        setting,
        insured: coverage.insured,
        rate_tenths: checked.rate_tenths,
        class: coverage.ceiling_class,
        frequent: coverage.frequent,
        frequent_specified: coverage.frequent_specified,
        halved: checked.halved,
        long_term_illness: coverage.long_term_illness,
        relief_measure: coverage.relief_measure,
        payers: checked.payers.clone(),
        segments,
    })
}

/// The costs of each visit by kind.
fn costs_of(claim: &Claim, resolved: &Resolved, visits: &[(usize, &MonthVisit)]) -> Vec<Vec<i64>> {
    let mut segments = claim.segments.iter().zip(&resolved.kind_of);
    visits
        .iter()
        .map(|(_, visit)| {
            let mut costs = vec![0; resolved.plan.kinds.len()];
            for (segment, kind) in segments.by_ref().take(visit.segments.len()) {
                if let Some(cost) = costs.get_mut(*kind) {
                    *cost += segment.cost.get();
                }
            }
            costs
        })
        .collect()
}
