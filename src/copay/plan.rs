//! The arithmetic of one claim: what insurance, each public payer and the patient bear of the month's costs.
//!
//! Costs come in *kinds*: points that fall under the same public payers. The order is the one of the law:
//!
//! 1. Each public payer that insurance comes before, in its order: the insurance's share of the cost that falls under it,
//!    up to the ceiling of its sort (健康保険法施行令 第42条第6項 to 第9項). The payer takes it over but for what its own law
//!    leaves to the patient.
//! 2. What falls under none of them: the share up to the class's ceiling, the relief measure, 特定疾病.
//! 3. Both together stay below the class's ceiling of all of it (第41条第1項・第3項・第5項): what the patient still bears under
//!    public payers counts, below 70 only where a share of 21,000 yen or more stands behind it.

use super::{
    ceiling::Limit,
    rounding::{percent_half_up, tenths},
};
use crate::master::Certainty;

/// How a payer stands to the ceilings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// 特定給付対象療養 (第42条第6項).
    Specified,
    /// 特定疾病給付対象療養 (第7項).
    Disease,
    /// 生活保護 (第8項).
    Welfare,
    /// The class's own ceiling.
    Usual,
    /// Public funds come before insurance, or there is no insurance.
    None,
    /// 地方単独: works on what is left at the window.
    Local,
}

/// A public payer of the claim.
#[derive(Debug, Clone)]
pub(super) struct PlanPayer {
    pub(super) law: String,
    pub(super) name: String,
    pub(super) article: String,
    pub(super) certainty: Certainty,
    pub(super) priority: u32,
    pub(super) public_first: bool,
    pub(super) scheme: Scheme,
    /// The patient's share of the cost under it.
    pub(super) percent: i64,
    /// Nothing is left to the patient but up to the cap.
    pub(super) up_to_cap: bool,
    pub(super) cap: Option<i64>,
    pub(super) limit: Option<Limit>,
}

/// Everything that is settled before the costs are known.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) rate: u8,
    pub(super) insured: bool,
    pub(super) payers: Vec<PlanPayer>,
    /// The payers of each kind, the first first.
    pub(super) kinds: Vec<Vec<usize>>,
    pub(super) single: Option<Limit>,
    pub(super) relief: Option<Limit>,
    pub(super) long_term: Option<Limit>,
    /// Below this the shares of a patient under 70 are not added up; 0 from 70 on.
    pub(super) minimum: i64,
}

/// One public payer's part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PayerPart {
    /// The cost that falls under it.
    pub(super) cost: i64,
    /// The part of it for which it is the first payer.
    pub(super) own: i64,
    /// The share of insurance of that part before a ceiling.
    pub(super) raw: i64,
    /// What it faces.
    pub(super) base: i64,
    /// What it leaves to the patient (and to the payers after it).
    pub(super) left: i64,
    /// Whether what is left counts towards the joint ceiling.
    pub(super) counts: bool,
}

/// What falls under no public payer that has a ceiling of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SinglePart {
    pub(super) cost: i64,
    pub(super) raw: i64,
    /// After the class's ceiling, 特定疾病 and the relief measure.
    pub(super) limited: i64,
    /// After the joint ceiling.
    pub(super) due: i64,
    /// The joint ceiling, its cost and what counts beside this part; none when nothing is joined.
    pub(super) joint: Option<(i64, i64, i64)>,
    pub(super) by_relief: bool,
    pub(super) by_long_term: bool,
    pub(super) by_class: bool,
}

/// What the window has put where, in the order of the visits. The claim follows it where the law does not say which of several
/// costs under one payer a payment belongs to.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed {
    /// Of each kind, before the payers after the first.
    pub(super) first: Vec<i64>,
    /// Of each kind, after each payer.
    pub(super) after: Vec<Vec<i64>>,
}

impl Placed {
    fn first(&self, kind: usize) -> i64 {
        portion(&self.first, kind).max(0)
    }

    fn after(&self, payer: usize, kind: usize) -> i64 {
        self.after.get(payer).map_or(0, |after| portion(after, kind)).max(0)
    }
}

/// A claim worked out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Amounts {
    pub(super) cost: i64,
    pub(super) insurer: i64,
    /// What insurance leaves: the parts that public payers face first, and the single part.
    pub(super) not_paid: i64,
    pub(super) patient: i64,
    pub(super) payers: Vec<PayerPart>,
    pub(super) single: SinglePart,
    /// What is left to the patient of each kind.
    pub(super) portions: Vec<i64>,
}

impl Plan {
    /// The share of insurance of a cost.
    pub(super) fn share(&self, cost: i64) -> i64 {
        if self.insured { tenths(cost, self.rate) } else { cost }
    }

    /// The payer that faces a kind first.
    pub(super) fn first(&self, kind: usize) -> Option<usize> {
        self.kinds.get(kind).and_then(|payers| payers.first()).copied()
    }

    pub(super) fn payer(&self, index: usize) -> Option<&PlanPayer> {
        self.payers.get(index)
    }

    /// Whether a kind is settled with what falls under no public payer.
    pub(super) fn is_single(&self, kind: usize) -> bool {
        let first = self.first(kind).and_then(|payer| self.payer(payer));
        first.is_none_or(|payer| matches!(payer.scheme, Scheme::Usual | Scheme::Local))
    }

    /// What a payer leaves to the patient of what it faces.
    pub(super) fn leaves(payer: &PlanPayer, cost: i64, base: i64, used: i64) -> i64 {
        let cap = payer.cap.map(|cap| (cap - used).max(0));
        match (payer.scheme, payer.up_to_cap) {
            (Scheme::Local, _) => base,
            (_, true) => base.min(cap.unwrap_or(0)),
            (_, false) => base.min(percent_half_up(cost, payer.percent)).min(cap.unwrap_or(base)),
        }
    }

    /// Works the costs of each kind out.
    pub(super) fn settle(&self, costs: &[i64], placed: &Placed) -> Amounts {
        let mut amounts = Amounts {
            cost: costs.iter().sum(),
            payers: vec![PayerPart::default(); self.payers.len()],
            portions: vec![0; self.kinds.len()],
            ..Amounts::default()
        };
        let cost_of = |kind: usize| costs.get(kind).copied().unwrap_or(0);
        let mut long_term = self.long_term.as_ref().map(|limit| limit.base);
        let mut insured_cost = 0;
        for index in 0..self.payers.len() {
            insured_cost += self.under_payer(index, &cost_of, placed, &mut long_term, &mut amounts);
        }
        insured_cost += self.single(&cost_of, placed, long_term, &mut amounts);
        for index in 0..self.payers.len() {
            self.after_single(index, &cost_of, placed, &mut amounts);
        }
        amounts.patient = amounts.portions.iter().sum();
        amounts.insurer = insured_cost - amounts.not_paid;
        amounts
    }

    /// What a payer faces that has a ceiling of its own, or that comes before insurance. Gives the cost that is insured.
    fn under_payer(
        &self,
        index: usize,
        cost_of: &dyn Fn(usize) -> i64,
        placed: &Placed,
        long_term: &mut Option<i64>,
        amounts: &mut Amounts,
    ) -> i64 {
        let Some(payer) = self.payer(index) else { return 0 };
        let under: Vec<usize> = self.kinds_of(index).filter(|kind| !self.is_single(*kind)).collect();
        let own: Vec<usize> = under.iter().copied().filter(|kind| self.first(*kind) == Some(index)).collect();
        let cost: i64 = own.iter().map(|kind| cost_of(*kind)).sum();
        let (raw, base) = if payer.public_first || !self.insured {
            (cost, cost)
        } else {
            let raw = self.share(cost);
            let limited = payer.limit.as_ref().map_or(raw, |limit| raw.min(limit.amount(cost)));
            let limited = long_term.map_or(limited, |left| raw.min(left));
            if let Some(left) = long_term {
                *left -= limited;
            }
            (raw, limited)
        };
        // What the patient would bear of each kind if this payer took nothing over.
        let most = |kind: usize| if payer.public_first { cost_of(kind) } else { self.share(cost_of(kind)) };
        let first = |kind: usize| placed.first(kind);
        fill(&self.by_followers(&own, index), base, &most, &first, &mut amounts.portions);
        let faced: i64 = under.iter().map(|kind| portion(&amounts.portions, *kind)).sum();
        let all: i64 = under.iter().map(|kind| cost_of(*kind)).sum();
        let left = Self::leaves(payer, all, faced, 0);
        self.distribute(&under, index, left, placed, &mut amounts.portions);
        let counts = matches!(payer.scheme, Scheme::Specified | Scheme::Disease) && raw >= self.minimum && cost > 0;
        if let Some(part) = amounts.payers.get_mut(index) {
            *part = PayerPart { cost: all, own: cost, raw, base: faced, left, counts };
        }
        let insured = self.insured && !payer.public_first;
        if insured {
            amounts.not_paid += base;
        }
        if insured { cost } else { 0 }
    }

    /// What falls under no payer with a ceiling of its own. Gives the cost that is insured.
    fn single(
        &self,
        cost_of: &dyn Fn(usize) -> i64,
        placed: &Placed,
        long_term: Option<i64>,
        amounts: &mut Amounts,
    ) -> i64 {
        let kinds: Vec<usize> = (0..self.kinds.len()).filter(|kind| self.is_single(*kind)).collect();
        let cost: i64 = kinds.iter().map(|kind| cost_of(*kind)).sum();
        let raw = self.share(cost);
        let mut part = SinglePart { cost, raw, limited: raw, ..SinglePart::default() };
        if let Some(left) = long_term.filter(|left| *left < part.limited) {
            part.limited = left;
            part.by_long_term = true;
        }
        if let Some(relief) = &self.relief
            && relief.amount(cost) < part.limited
        {
            part.limited = relief.amount(cost);
            part.by_relief = true;
        }
        if let Some(limit) = self.single.as_ref().filter(|limit| limit.amount(cost) < part.limited) {
            part.limited = limit.amount(cost);
            part.by_class = true;
            part.by_relief = false;
            part.by_long_term = false;
        }
        part.due = part.limited;
        if let Some(limit) = &self.single
            && cost > 0
            && raw >= self.minimum
        {
            let (mut joint_cost, mut beside) = (cost, 0);
            for (index, payer) in amounts.payers.iter().enumerate().filter(|(_, payer)| payer.counts) {
                joint_cost += payer.own;
                let own = (0..self.kinds.len()).filter(|kind| self.first(*kind) == Some(index));
                beside += own.map(|kind| portion(&amounts.portions, kind)).sum::<i64>();
            }
            if beside > 0 {
                let joint = limit.amount(joint_cost);
                part.due = part.due.min((joint - beside).max(0));
                part.joint = Some((joint, joint_cost, beside));
            }
        }
        let most = |kind: usize| self.share(cost_of(kind));
        let rest = fill(&self.by_length(&kinds), part.due, &most, &|kind| placed.first(kind), &mut amounts.portions);
        // Parts of a yen that single kinds lose by rounding down stay with the last of them.
        if let (Some(kind), true) = (kinds.last(), rest > 0) {
            let more = portion(&amounts.portions, *kind) + rest;
            set(&mut amounts.portions, *kind, more);
        }
        if self.insured {
            amounts.not_paid += part.due;
        }
        amounts.single = part;
        if self.insured { cost } else { 0 }
    }

    /// Payers of the kinds that were settled with the single part.
    fn after_single(&self, index: usize, cost_of: &dyn Fn(usize) -> i64, placed: &Placed, amounts: &mut Amounts) {
        let Some(payer) = self.payer(index) else { return };
        let under: Vec<usize> = self.kinds_of(index).filter(|kind| self.is_single(*kind)).collect();
        if under.is_empty() {
            return;
        }
        let faced: i64 = under.iter().map(|kind| portion(&amounts.portions, *kind)).sum();
        let cost: i64 = under.iter().map(|kind| cost_of(*kind)).sum();
        let used = amounts.payers.get(index).map_or(0, |part| part.left);
        let left = Self::leaves(payer, cost, faced, used);
        self.distribute(&under, index, left, placed, &mut amounts.portions);
        if let Some(part) = amounts.payers.get_mut(index) {
            part.cost += cost;
            part.base += faced;
            part.left += left;
        }
    }

    /// The kinds that fall under a payer.
    pub(super) fn kinds_of(&self, payer: usize) -> impl Iterator<Item = usize> {
        self.kinds.iter().enumerate().filter(move |(_, payers)| payers.contains(&payer)).map(|(kind, _)| kind)
    }

    /// Kinds in which more payers follow come first: what is left to the patient is put where somebody else may bear it.
    fn by_followers(&self, kinds: &[usize], payer: usize) -> Vec<usize> {
        let followers = |kind: usize| {
            let payers = self.kinds.get(kind).map(Vec::as_slice).unwrap_or_default();
            payers.iter().skip_while(|other| **other != payer).count()
        };
        let mut kinds = kinds.to_vec();
        crate::order::by_key(&mut kinds, |kind| core::cmp::Reverse(followers(*kind)));
        kinds
    }

    fn by_length(&self, kinds: &[usize]) -> Vec<usize> {
        let mut kinds = kinds.to_vec();
        crate::order::by_key(&mut kinds, |kind| core::cmp::Reverse(self.kinds.get(*kind).map_or(0, Vec::len)));
        kinds
    }

    /// Puts what a payer leaves onto its kinds, none above what it had.
    fn distribute(&self, kinds: &[usize], payer: usize, left: i64, placed: &Placed, portions: &mut [i64]) {
        let had = portions.to_vec();
        let most = |kind: usize| portion(&had, kind);
        fill(&self.by_followers(kinds, payer), left, &most, &|kind| placed.after(payer, kind), portions);
    }
}

/// Puts an amount onto kinds, none above its most: first what is placed there already, then in their order. Gives what found
/// no place.
fn fill(
    kinds: &[usize],
    amount: i64,
    most: &dyn Fn(usize) -> i64,
    placed: &dyn Fn(usize) -> i64,
    portions: &mut [i64],
) -> i64 {
    let mut rest = amount;
    for kind in kinds {
        let part = placed(*kind).min(most(*kind)).min(rest);
        rest -= part;
        set(portions, *kind, part);
    }
    for kind in kinds {
        let part = (most(*kind) - portion(portions, *kind)).min(rest);
        rest -= part;
        let whole = portion(portions, *kind) + part;
        set(portions, *kind, whole);
    }
    rest
}

fn portion(portions: &[i64], kind: usize) -> i64 {
    portions.get(kind).copied().unwrap_or(0)
}

fn set(portions: &mut [i64], kind: usize, value: i64) {
    if let Some(slot) = portions.get_mut(kind) {
        *slot = value;
    }
}
