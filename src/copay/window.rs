//! What is due at the window, bill by bill, so that the month comes to what the law says.
//!
//! Each part of the claim (every first public payer, and insurance alone) has a running total: the rounded shares of all bills
//! (健康保険法 第75条), or the ceiling of what the month has cost so far if that is less (健康保険法施行令 第43条). A bill is what
//! it adds to that: the rounded share, or what is missing to the ceiling. Where a ceiling comes down, as when a public
//! payer's part begins to count beside the insurance's, the bill is negative: money to give back.

use super::{
    local::{Charged, Local, Seen},
    plan::{Placed, Plan, Scheme},
    rounding::{percent_half_up, ten_yen},
};
use crate::date::ServiceDate;

/// Over what a share is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// Each bill by itself.
    Visit,
    /// All bills of a day at one facility: another one is the difference.
    Day,
    /// Inpatients pay once for the month.
    Month,
}

/// The window's records of one claim.
pub(super) struct Window<'p> {
    plan: &'p Plan,
    /// The programmes of each payer that has one.
    locals: &'p [Option<Local>],
    span: Span,
    pub(super) costs: Vec<i64>,
    /// The day, and what it has cost so far, of each kind: over this a share is rounded.
    day: Option<ServiceDate>,
    span_costs: Vec<i64>,
    /// The rounded shares of each payer's part, and last of the single part: before that day, and with it.
    base: Vec<i64>,
    shares: Vec<i64>,
    /// The running total of each payer's part, and last the single part.
    totals: Vec<i64>,
    /// What later payers have left to the patient so far.
    used: Vec<i64>,
    /// Whether a programme has changed anything.
    reduced: Vec<bool>,
    charged: Vec<Charged>,
    /// What the parts have put onto each kind so far, before later payers.
    first: Vec<i64>,
    /// What each payer has left to the patient of each kind so far, and last of all the patient's own total.
    kept: Vec<Vec<i64>>,
}

/// One bill.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bill {
    pub(super) cost: i64,
    /// Whether the share is rounded together with another bill of the day.
    pub(super) same_day: bool,
    /// The rounded shares, before ceilings and later payers.
    pub(super) rounded: i64,
    /// After ceilings and caps.
    pub(super) limited: i64,
    /// Each programme of a municipality: payer, before, after.
    pub(super) local: Vec<(usize, i64, i64)>,
    /// What the patient owes; negative when money is to be given back.
    pub(super) due: i64,
}

impl<'p> Window<'p> {
    /// `elsewhere`: what was paid elsewhere this month towards each programme of a municipality.
    pub(super) fn new(
        plan: &'p Plan,
        locals: &'p [Option<Local>],
        elsewhere: impl Iterator<Item = i64>,
        span: Span,
    ) -> Self {
        let (payers, kinds) = (plan.payers.len(), plan.kinds.len());
        Self {
            plan,
            locals,
            span,
            costs: vec![0; kinds],
            day: None,
            span_costs: vec![0; kinds],
            base: vec![0; payers + 1],
            shares: vec![0; payers + 1],
            totals: vec![0; payers + 1],
            used: vec![0; payers],
            reduced: vec![false; payers],
            charged: elsewhere.map(Charged::elsewhere).collect(),
            first: vec![0; kinds],
            kept: vec![vec![0; kinds]; payers + 1],
        }
    }

    /// Bills the costs of each kind.
    pub(super) fn bill(&mut self, costs: &[i64], seen: Seen) -> Bill {
        for (slot, cost) in self.costs.iter_mut().zip(costs) {
            *slot += cost;
        }
        let same_day = self.begin(seen.on);
        for (slot, cost) in self.span_costs.iter_mut().zip(costs) {
            *slot += cost;
        }
        let mut bill = Bill { cost: costs.iter().sum(), same_day, ..Bill::default() };
        let mut portions = vec![0; self.plan.kinds.len()];
        let mut long_term = self.plan.long_term.as_ref().map(|limit| limit.base);
        let payers = self.plan.payers.len();
        for payer in 0..payers {
            self.part_of_payer(payer, costs, &mut long_term, &mut portions, &mut bill);
        }
        self.after(costs, &mut portions, false);
        self.single(costs, long_term, &mut portions, &mut bill);
        self.after(costs, &mut portions, true);
        self.municipal(costs, &mut portions, &mut bill, seen);
        for (kind, portion) in portions.iter().enumerate() {
            add(&mut self.kept, payers, kind, *portion);
        }
        bill.due = portions.iter().sum();
        bill
    }

    /// Begins a bill: a new day, or another bill where each is rounded by itself, begins a new sum. Gives whether the bill goes
    /// on with the sum of another one of its day.
    fn begin(&mut self, on: ServiceDate) -> bool {
        let goes_on = match self.span {
            Span::Month => return false,
            Span::Day => self.day == Some(on),
            Span::Visit => false,
        };
        self.day = Some(on);
        if !goes_on {
            self.span_costs.fill(0);
            self.base.clone_from(&self.shares);
        }
        goes_on
    }

    /// The part of a claim for which a payer comes first.
    fn part_of_payer(
        &mut self,
        index: usize,
        costs: &[i64],
        long_term: &mut Option<i64>,
        portions: &mut [i64],
        bill: &mut Bill,
    ) {
        let plan = self.plan;
        let Some(payer) = plan.payer(index) else { return };
        let own: Vec<usize> =
            (0..plan.kinds.len()).filter(|kind| !plan.is_single(*kind) && plan.first(*kind) == Some(index)).collect();
        if own.is_empty() {
            return;
        }
        let sum = |costs: &[i64]| own.iter().filter_map(|kind| costs.get(*kind)).sum::<i64>();
        let (span, month) = (sum(&self.span_costs), sum(&self.costs));
        let share = |cost: i64| if payer.public_first { cost } else { plan.share(cost) };
        let exact = |cost: i64| match (payer.up_to_cap, payer.cap) {
            (true, None) => 0,
            (true, Some(_)) => share(cost),
            (false, _) => share(cost).min(percent_half_up(cost, payer.percent)),
        };
        let mut bound = payer.limit.as_ref().map_or(i64::MAX, |limit| limit.amount(month));
        if let Some(left) = long_term.filter(|_| !payer.public_first) {
            bound = left;
            *long_term = Some(left - share(month).min(left));
        }
        bound = bound.min(payer.cap.map_or(i64::MAX, |cap| (cap - self.used_of(index)).max(0)));
        let before = self.totals.get(index).copied().unwrap_or(0);
        let rounded = ten_yen(exact(span));
        let shares_before = self.shares.get(index).copied().unwrap_or(0);
        let shares = self.shares(index, rounded);
        let after = shares.min(bound).max(0);
        if let Some(total) = self.totals.get_mut(index) {
            *total = after;
        }
        bill.rounded += shares - shares_before;
        bill.limited += after - before;
        self.spread(&own, costs, after - before, &share, portions);
    }

    /// What falls under no payer with a ceiling of its own.
    fn single(&mut self, costs: &[i64], long_term: Option<i64>, portions: &mut [i64], bill: &mut Bill) {
        let plan = self.plan;
        let kinds: Vec<usize> = (0..plan.kinds.len()).filter(|kind| plan.is_single(*kind)).collect();
        let sum = |costs: &[i64]| kinds.iter().filter_map(|kind| costs.get(*kind)).sum::<i64>();
        let (span, month) = (sum(&self.span_costs), sum(&self.costs));
        let mut bound = long_term.unwrap_or(i64::MAX);
        for limit in [&plan.single, &plan.relief].into_iter().flatten() {
            bound = bound.min(limit.amount(month));
        }
        let raw = plan.share(month);
        if let Some(limit) = plan.single.as_ref().filter(|_| month > 0 && raw >= plan.minimum) {
            bound = bound.min(self.joint(limit, month));
        }
        let place = plan.payers.len();
        let before = self.totals.get(place).copied().unwrap_or(0);
        let rounded = ten_yen(plan.share(span));
        let shares_before = self.shares.get(place).copied().unwrap_or(0);
        let shares = self.shares(place, rounded);
        let after = shares.min(bound).max(0);
        if let Some(total) = self.totals.get_mut(place) {
            *total = after;
        }
        bill.rounded += shares - shares_before;
        bill.limited += after - before;
        self.spread(&kinds, costs, after - before, &|cost| plan.share(cost), portions);
    }

    /// What the joint ceiling leaves for the single part, given what the patient has borne under public payers.
    fn joint(&self, limit: &super::ceiling::Limit, single: i64) -> i64 {
        let plan = self.plan;
        let (mut cost, mut beside) = (single, 0);
        for (index, payer) in plan.payers.iter().enumerate() {
            if !matches!(payer.scheme, Scheme::Specified | Scheme::Disease) {
                continue;
            }
            let own = (0..plan.kinds.len()).filter(|kind| !plan.is_single(*kind) && plan.first(*kind) == Some(index));
            let own: Vec<usize> = own.collect();
            let month: i64 = own.iter().filter_map(|kind| self.costs.get(*kind)).sum();
            if month > 0 && plan.share(month) >= plan.minimum {
                cost += month;
                beside += own.iter().map(|kind| self.national(index, *kind)).sum::<i64>();
            }
        }
        if beside > 0 { (limit.amount(cost) - beside).max(0) } else { i64::MAX }
    }

    /// What the national payers of a kind have left so far.
    fn national(&self, first: usize, kind: usize) -> i64 {
        let payers = self.plan.kinds.get(kind).map(Vec::as_slice).unwrap_or_default();
        let national = |payer: &&usize| self.plan.payer(**payer).is_some_and(|payer| payer.scheme != Scheme::Local);
        let last = payers.iter().rfind(national).copied().unwrap_or(first);
        self.kept.get(last).and_then(|kept| kept.get(kind)).copied().unwrap_or(0)
    }

    /// The national payers after the first, and those of the single part.
    fn after(&mut self, costs: &[i64], portions: &mut [i64], single: bool) {
        let plan = self.plan;
        for index in 0..plan.payers.len() {
            let Some(payer) = plan.payer(index).filter(|payer| payer.scheme != Scheme::Local) else { continue };
            let mine: Vec<usize> = plan.kinds_of(index).filter(|kind| plan.is_single(*kind) == single).collect();
            let later: Vec<usize> =
                mine.iter().copied().filter(|kind| single || plan.first(*kind) != Some(index)).collect();
            let before = owed(&later, portions);
            let cost: i64 = later.iter().filter_map(|kind| costs.get(*kind)).sum();
            if before > 0 {
                let used = self.used_of(index) + self.totals.get(index).copied().unwrap_or(0);
                let left = Plan::leaves(payer, cost, before, used);
                if let Some(used) = self.used.get_mut(index) {
                    *used += left;
                }
                keep(&later, left, portions);
            }
            self.record(index, &mine, portions);
        }
    }

    /// The programmes of municipalities: each once a visit, on what is left of all that falls under it.
    fn municipal(&mut self, costs: &[i64], portions: &mut [i64], bill: &mut Bill, mut seen: Seen) {
        let plan = self.plan;
        for index in 0..plan.payers.len() {
            let Some(local) = self.locals.get(index).and_then(Option::as_ref) else { continue };
            let mine: Vec<usize> = plan.kinds_of(index).collect();
            let before = owed(&mine, portions);
            seen.cost = mine.iter().filter_map(|kind| costs.get(*kind)).sum();
            seen.share = mine.iter().filter_map(|kind| costs.get(*kind)).map(|cost| plan.share(*cost)).sum();
            if before > 0
                && let Some(charged) = self.charged.get_mut(index)
            {
                let left = local.pattern.leaves(before, seen, charged);
                bill.local.push((index, before, left));
                keep(&mine, left, portions);
                if let Some(reduced) = self.reduced.get_mut(index) {
                    *reduced |= left != before;
                }
            }
            self.record(index, &mine, portions);
        }
    }

    /// Writes down what a payer has left of its kinds. It never falls below nothing: no more is given back than was paid.
    fn record(&mut self, payer: usize, kinds: &[usize], portions: &mut [i64]) {
        for kind in kinds {
            let kept = self.kept(payer, *kind);
            if let Some(portion) = portions.get_mut(*kind) {
                *portion = (*portion).max(-kept);
                add(&mut self.kept, payer, *kind, *portion);
            }
        }
    }

    /// Spreads a part's amount over its kinds that this bill has.
    fn spread(
        &mut self,
        kinds: &[usize],
        costs: &[i64],
        amount: i64,
        share: &dyn Fn(i64) -> i64,
        portions: &mut [i64],
    ) {
        if amount < 0 {
            return self.take_back(kinds, -amount, portions);
        }
        let billed: Vec<usize> =
            kinds.iter().copied().filter(|kind| costs.get(*kind).is_some_and(|cost| *cost > 0)).collect();
        // A part that the bill has no cost of can still change: its ceiling came down.
        let targets = if billed.is_empty() { kinds.to_vec() } else { billed };
        let mut targets_by_length = targets;
        crate::order::by_key(&mut targets_by_length, |kind| {
            core::cmp::Reverse(self.plan.kinds.get(*kind).map_or(0, Vec::len))
        });
        let mut rest = amount;
        let last = targets_by_length.last().copied();
        for kind in targets_by_length {
            let most = ten_yen(share(costs.get(kind).copied().unwrap_or(0)));
            let part = if Some(kind) == last { rest } else { rest.min(most) };
            rest -= part;
            if let Some(slot) = portions.get_mut(kind) {
                *slot += part;
            }
            if let Some(first) = self.first.get_mut(kind) {
                *first += part;
            }
        }
    }

    /// Takes an amount back from where it was put.
    fn take_back(&mut self, kinds: &[usize], amount: i64, portions: &mut [i64]) {
        let mut rest = amount;
        for kind in kinds {
            let (Some(portion), Some(first)) = (portions.get_mut(*kind), self.first.get_mut(*kind)) else { continue };
            let part = rest.min((*first).max(0));
            rest -= part;
            *portion -= part;
            *first -= part;
        }
    }

    /// Adds the rounded share of the day (of the month, for a stay) to a part's, and gives their sum.
    fn shares(&mut self, part: usize, rounded: i64) -> i64 {
        let before = self.base.get(part).copied().unwrap_or(0);
        self.shares.get_mut(part).map_or(rounded, |sum| {
            *sum = before + rounded;
            *sum
        })
    }

    /// What the claim follows.
    pub(super) fn placed(&self) -> Placed {
        Placed { first: self.first.clone(), after: self.kept.clone() }
    }

    /// What later parts have used of a payer's cap.
    fn used_of(&self, payer: usize) -> i64 {
        self.used.get(payer).copied().unwrap_or(0)
    }

    /// Whether a programme has changed anything.
    pub(super) fn reduced(&self, payer: usize) -> bool {
        self.reduced.get(payer).copied().unwrap_or(false)
    }

    /// What each payer has left to the patient of a kind so far.
    pub(super) fn kept(&self, payer: usize, kind: usize) -> i64 {
        self.kept.get(payer).and_then(|kept| kept.get(kind)).copied().unwrap_or(0)
    }
}

/// What the kinds add. What is given back is not part of it: a payer's limits hold for what is asked of the patient.
fn owed(kinds: &[usize], portions: &[i64]) -> i64 {
    kinds.iter().filter_map(|kind| portions.get(*kind)).map(|portion| (*portion).max(0)).sum()
}

/// Leaves so much of what the kinds add, the first first.
fn keep(kinds: &[usize], left: i64, portions: &mut [i64]) {
    let mut rest = left;
    for kind in kinds {
        if let Some(portion) = portions.get_mut(*kind).filter(|portion| **portion > 0) {
            *portion = (*portion).min(rest);
            rest -= *portion;
        }
    }
}

fn add(kept: &mut [Vec<i64>], payer: usize, kind: usize, amount: i64) {
    if let Some(slot) = kept.get_mut(payer).and_then(|kept| kept.get_mut(kind)) {
        *slot += amount;
    }
}
