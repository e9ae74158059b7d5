//! One claim (レセプト): a month at one facility, inpatient or outpatient, with its public payers.

use serde::Serialize;

use super::{
    class::{AgeClass, CeilingClass, Setting},
    explain,
    plan::{Amounts, Placed, Plan},
    resolve,
    rounding::Rounding,
};
use crate::{
    date::ServiceDate,
    fee::{InputError, InputErrorKind, Refusal},
    master::{Certainty, Masters},
    money::Yen,
};

/// Highest cost of a claim: far above any, and low enough that no sum leaves the range of amounts.
pub(super) const MAX_COST: i64 = 1_000_000_000_000;

/// What decides a claim. [`settle_claim`] takes it as it stands; [`settle_month`](super::settle_month) makes it from a
/// patient's month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// A day of the month of service.
    pub on: ServiceDate,
    /// Age band.
    pub age: AgeClass,
    /// Inpatient or outpatient.
    pub setting: Setting,
    /// Whether a medical insurance pays. Without one (生活保護単独) the public payers face the whole cost.
    pub insured: bool,
    /// The patient's share in tenths.
    pub rate_tenths: u8,
    /// 適用区分; without one a patient under 70 has no ceiling at the window, and from 70 on 一般 or 現役並みⅢ holds.
    pub class: Option<CeilingClass>,
    /// 多数回該当.
    pub frequent: bool,
    /// 多数回該当 of 特定疾病給付対象療養: inpatient, at the same facility (健康保険法施行令 第42条第7項).
    pub frequent_specified: bool,
    /// The month of turning 75 on another day than the first: all ceilings are halved.
    pub halved: bool,
    /// 長期高額疾病 (マル長): 10,000 or 20,000 yen.
    pub long_term_illness: Option<Yen>,
    /// Whether the relief measure for two tenths from 75 on holds (後期2割の配慮措置).
    pub relief_measure: bool,
    /// The public payers.
    pub payers: Vec<ClaimPayer>,
    /// The cost, split by which public payers it falls under.
    pub segments: Vec<Segment>,
}

/// A public payer of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimPayer {
    /// 法別番号, with 実施機関番号 where the programme depends on it: `54`, `38.602`.
    pub law: String,
    /// Most that is left to the patient in the month, as the voucher says.
    pub cap: Option<Yen>,
    /// A programme of a prefecture or municipality, which works on what is left at the window.
    pub local: bool,
}

/// A part of the cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Cost in yen.
    pub cost: Yen,
    /// Places in [`Claim::payers`]; empty for insurance alone.
    pub payers: Vec<usize>,
}

/// A claim worked out: insurer, public payers and patient make up the cost, to the yen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ClaimCopay {
    /// Inpatient or outpatient.
    pub setting: Setting,
    /// The whole cost.
    pub cost: Yen,
    /// What insurance pays, 高額療養費 and the public money of 70～74歳の特例措置 with it.
    pub insurer: Yen,
    /// What insurance does not pay: the part of public payers and the patient.
    pub not_paid_by_insurer: Yen,
    /// The public payers, in their order.
    pub payers: Vec<PayerCopay>,
    /// The patient's payment to the yen, as the claim has it.
    pub patient: Yen,
    /// The worst certainty of the figures.
    pub certainty: Certainty,
    /// The tables that were used, each with its first day.
    pub tables: Vec<String>,
    /// How it came about.
    pub steps: Vec<Step>,
}

/// One public payer's part of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PayerCopay {
    /// Place in the input.
    pub payer: usize,
    /// 法別番号.
    pub law: String,
    /// Its name.
    pub name: String,
    /// The cost that falls under it.
    pub cost: Yen,
    /// What it faces.
    pub base: Yen,
    /// What it pays.
    pub pays: Yen,
    /// What is left under it: the patient's part, before any payer after it.
    pub patient: Yen,
}

/// One step of a calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Step {
    /// Stable name of the rule.
    pub rule: String,
    /// The article that it rests on.
    pub basis: String,
    /// What happens, in Japanese.
    pub text: String,
    /// What comes out.
    pub amount: Yen,
    /// The rounding, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub rounding: Option<Rounding>,
    /// How sure the figure behind it is.
    pub certainty: Certainty,
}

/// Works a claim out.
///
/// ```
/// use santei::{copay::{AgeClass, CeilingClass, Claim, Segment, Setting, settle_claim}, master::Masters, money::Yen};
/// let claim = Claim {
///     on: "2015-01-01".parse()?, age: AgeClass::Under70, setting: Setting::Inpatient, insured: true, rate_tenths: 3,
///     class: Some(CeilingClass::U), frequent: false, frequent_specified: false, halved: false,
///     long_term_illness: None, relief_measure: false, payers: vec![],
///     segments: vec![Segment { cost: Yen::new(364_520)?, payers: vec![] }],
/// };
/// // 80,100 + (364,520 − 267,000) × 1%
/// assert_eq!(settle_claim(&Masters::empty()?, &claim)?.patient, Yen::new(81_075)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Refusal`] with every fault and its place.
pub fn settle_claim(masters: &Masters, claim: &Claim) -> Result<ClaimCopay, Refusal> {
    let resolved = resolve::plan(masters, claim)?;
    check_total("segments", &claim.segments)?;
    let mut costs = vec![0_i64; resolved.plan.kinds.len()];
    for (segment, kind) in claim.segments.iter().zip(&resolved.kind_of) {
        if let Some(cost) = costs.get_mut(*kind) {
            *cost += segment.cost.get();
        }
    }
    let amounts = resolved.plan.settle(&costs, &Placed::default());
    written(claim.setting, &resolved, &costs, &amounts)
}

/// Refuses costs whose sums could leave the range of amounts.
pub(super) fn check_total(path: &str, segments: &[Segment]) -> Result<(), Refusal> {
    let total = segments.iter().try_fold(0_i64, |sum, segment| sum.checked_add(segment.cost.get()));
    if total.is_none_or(|total| total > MAX_COST) || segments.iter().any(|segment| segment.cost.get() < 0) {
        let error = InputError::new(path, InputErrorKind::TooMuch, "the cost of the month leaves the supported range");
        return Err(Refusal::one(error.expected(format!("0 to {MAX_COST} yen"), "more or less")));
    }
    Ok(())
}

pub(super) fn yen(value: i64) -> Result<Yen, Refusal> {
    Yen::new(value).map_err(|error| Refusal::one(InputError::new("", InputErrorKind::Overflow, error.to_string())))
}

/// A claim with its words.
pub(super) fn written(
    setting: Setting,
    resolved: &resolve::Resolved,
    costs: &[i64],
    amounts: &Amounts,
) -> Result<ClaimCopay, Refusal> {
    let plan: &Plan = &resolved.plan;
    let mut payers = Vec::new();
    for (index, part) in amounts.payers.iter().enumerate() {
        let Some(payer) = plan.payer(index) else { continue };
        payers.push(PayerCopay {
            payer: resolved.places.get(index).copied().unwrap_or(index),
            law: payer.law.clone(),
            name: payer.name.clone(),
            cost: yen(part.cost)?,
            base: yen(part.base)?,
            pays: yen(part.base - part.left)?,
            patient: yen(part.left)?,
        });
    }
    let steps = explain::claim(plan, costs, amounts)?;
    let used = explain::limits(plan, amounts);
    let certainty = used.iter().map(|limit| limit.certainty).chain(steps.iter().map(|step| step.certainty)).max();
    let mut tables: Vec<String> = used.iter().map(|limit| limit.table.clone()).collect();
    tables.dedup();
    Ok(ClaimCopay {
        setting,
        cost: yen(amounts.cost)?,
        insurer: yen(amounts.insurer)?,
        not_paid_by_insurer: yen(amounts.not_paid)?,
        payers,
        patient: yen(amounts.patient)?,
        certainty: certainty.unwrap_or(Certainty::Official),
        tables,
        steps,
    })
}
