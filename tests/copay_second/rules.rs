//! The second reading: one formula after the other, over plain whole numbers.

use std::collections::BTreeMap;

use crate::{
    figures::{self, ORDER},
    patient::{Local, Patient, Settled},
};

fn ten(yen: i64) -> i64 {
    let rest = yen % 10;
    if rest < 5 { yen - rest } else { yen - rest + 10 }
}

/// Percent of an amount, half a yen up.
fn percent(yen: i64, percent: i64) -> i64 {
    let hundredths = yen * percent;
    hundredths / 100 + i64::from(hundredths % 100 >= 50)
}

#[derive(Clone, Copy, PartialEq)]
enum Age {
    Under70,
    To74,
    From75,
}

struct Case<'a> {
    p: &'a Patient,
    month: i64,
    age: Age,
    rate: i64,
    half: bool,
    /// Costs by the payers that they fall under, in the order in which they pay.
    order: Vec<usize>,
}

fn age_and_rate(p: &Patient) -> (Age, i64, bool) {
    let (y, m, d) = p.born;
    let first_visit = p.visits.iter().map(|visit| visit.day).min().unwrap();
    let on = (p.year, p.month, first_visit);
    let late = on >= (y + 75, m, d);
    // 70 counts from the month after that of the birthday; who is born on the first, from that month.
    let seventy = if d == 1 {
        (y + 70, m)
    } else if m == 12 {
        (y + 71, 1)
    } else {
        (y + 70, m + 1)
    };
    let school = if (m, d) <= (4, 1) { y + 6 } else { y + 7 };
    let half = (p.year, p.month) == (y + 75, m) && d != 1;
    if late {
        let rate = match p.income.unwrap() {
            "active" => 3,
            "above_threshold" => 2,
            _ => 1,
        };
        return (Age::From75, rate, half);
    }
    if (p.year, p.month) >= seventy {
        let rate = match p.income.unwrap() {
            "active" => 3,
            _ if p.born <= (1944, 4, 1) => 1,
            _ => 2,
        };
        return (Age::To74, rate, half);
    }
    let rate = if on <= (school, 3, 31) { 2 } else { 3 };
    (Age::Under70, rate, half)
}

impl Case<'_> {
    fn law(&self, payer: usize) -> &'static str {
        self.p.payers[payer].law
    }

    fn share(&self, cost: i64) -> i64 {
        cost / 10 * self.rate
    }

    /// The row of the class; without one only from 70 on.
    fn class_row(&self) -> Option<figures::Row> {
        let class = match (self.p.class, self.age) {
            (Some(class), _) => class,
            (None, Age::Under70) => return None,
            (None, _) if self.rate < 3 => "一般",
            (None, _) if self.month < 201_808 => "現役並み",
            (None, _) => "現役並みⅢ",
        };
        Some(figures::class_row(class, self.month))
    }

    fn class_ceiling(&self, cost: i64) -> i64 {
        self.class_row()
            .map_or(i64::MAX, |row| figures::ceiling(row, cost, !self.p.inpatient, self.p.frequent, self.half))
    }

    /// The insurance's ceiling beside a payer.
    fn beside_ceiling(&self, law: &str, cost: i64) -> i64 {
        let under_70 = self.age == Age::Under70;
        let outpatient = !self.p.inpatient;
        match (law, self.class_row()) {
            ("51" | "52" | "54", Some(row)) => {
                figures::ceiling(row, cost, outpatient, self.p.frequent_specified && self.p.inpatient, self.half)
            }
            ("12", _) => {
                figures::ceiling(figures::welfare_row(under_70, self.month), cost, outpatient, false, self.half)
            }
            _ => figures::ceiling(figures::specified_row(under_70, self.month), cost, outpatient, false, self.half),
        }
    }

    fn long_term(&self) -> Option<i64> {
        self.p.long_term.map(|yen| if self.half { yen / 2 } else { yen })
    }

    /// 3,000 yen and a tenth, in outpatient care at two tenths from 75 on, 2022-10 to 2025-09.
    fn relief(&self, cost: i64) -> i64 {
        let holds = self.age == Age::From75
            && self.rate == 2
            && !self.p.inpatient
            && (202_210..=202_509).contains(&self.month)
            && self.p.long_term.is_none();
        if holds && cost > 30_000 { 3_000 + cost / 10 } else { i64::MAX }
    }

    fn minimum(&self) -> i64 {
        match (self.age, self.half) {
            (Age::Under70, false) => 21_000,
            (Age::Under70, true) => 10_500,
            _ => 0,
        }
    }

    /// The payers of a segment in the order in which they pay.
    fn sorted(&self, payers: &[usize]) -> Vec<usize> {
        self.order.iter().copied().filter(|payer| payers.contains(payer)).collect()
    }
}

/// A sum by payers.
type Costs = BTreeMap<Vec<usize>, i64>;

fn nothing_or(cap: Option<i64>, base: i64) -> i64 {
    cap.map_or(0, |cap| base.min(cap))
}

/// A claim before programmes of municipalities: what every group leaves.
struct ClaimParts {
    insurer: i64,
    not_paid: i64,
    base: BTreeMap<usize, i64>,
    left: BTreeMap<usize, i64>,
    /// What is left of each sum.
    of: Costs,
}

fn claim(case: &Case<'_>, costs: &Costs, first: &Costs, kept: &BTreeMap<(Vec<usize>, usize), i64>) -> ClaimParts {
    let was_first = |p: &[usize]| first.get(p).copied().unwrap_or(0).max(0);
    let was_kept = |p: &[usize], payer: usize| kept.get(&(p.to_vec(), payer)).copied().unwrap_or(0).max(0);
    let mut out =
        ClaimParts { insurer: 0, not_paid: 0, base: BTreeMap::new(), left: BTreeMap::new(), of: Costs::new() };
    let mut long_term = case.long_term();
    let mut insured = 0;
    let mut beside = 0;
    let mut beside_cost = 0;
    let alone = |payers: &Vec<usize>| payers.first().is_none_or(|first| case.law(*first) == "local");
    for payer in case.order.iter().copied().filter(|payer| case.law(*payer) != "local") {
        let law = case.law(payer);
        let cap = case.p.payers[payer].cap;
        let own: Vec<(&Vec<usize>, i64)> =
            costs.iter().filter(|(p, _)| p.first() == Some(&payer)).map(|(p, c)| (p, *c)).collect();
        let follows: Vec<&Vec<usize>> =
            costs.keys().filter(|p| p.first() != Some(&payer) && p.contains(&payer) && !alone(p)).collect();
        let cost: i64 = own.iter().map(|(_, c)| c).sum();
        let mut t;
        if law == "18" {
            t = cost;
        } else {
            t = case.share(cost);
            match long_term {
                Some(left) => {
                    t = t.min(left);
                    long_term = Some(left - t);
                }
                None => t = t.min(case.beside_ceiling(law, cost)),
            }
            insured += cost;
            out.not_paid += t;
        }
        // What it faces: its own share, and what is left of costs that another programme faced first.
        let later: i64 = follows.iter().map(|p| out.of[*p]).sum();
        let base = t + later;
        let all = cost + follows.iter().map(|p| costs[*p]).sum::<i64>();
        let left = match figures::own_percent(law, case.rate) {
            None => nothing_or(cap, base),
            Some(own) => base.min(percent(all, own)).min(cap.unwrap_or(i64::MAX)),
        };
        // Where somebody else pays after it, what is left falls there first.
        let mut order: Vec<(usize, &Vec<usize>, i64)> =
            own.iter().map(|(p, c)| (p.len(), *p, if law == "18" { *c } else { case.share(*c) })).collect();
        order.sort_by_key(|(length, _, _)| -(*length as i64));
        let list: Vec<(Vec<usize>, i64, i64)> =
            order.iter().map(|(_, p, share)| ((*p).clone(), *share, was_first(p))).collect();
        place_where_paid(&list, t, &mut out.of);
        let mut under: Vec<(usize, Vec<usize>)> = own
            .iter()
            .map(|(p, _)| (*p).clone())
            .chain(follows.iter().map(|p| (*p).clone()))
            .map(|p| (p.iter().skip_while(|x| **x != payer).count(), p))
            .collect();
        under.sort_by_key(|(after, p)| (-(*after as i64), place(costs, p)));
        let list: Vec<(Vec<usize>, i64, i64)> =
            under.into_iter().map(|(_, p)| (p.clone(), out.of[&p], was_kept(&p, payer))).collect();
        place_where_paid(&list, left, &mut out.of);
        out.base.insert(payer, base);
        out.left.insert(payer, left);
    }
    for payer in case.order.iter().copied() {
        let own = costs.iter().filter(|(p, _)| p.first() == Some(&payer));
        let cost: i64 = own.clone().map(|(_, c)| *c).sum();
        if !matches!(case.law(payer), "12" | "18" | "local") && cost > 0 && case.share(cost) >= case.minimum() {
            beside_cost += cost;
            beside += own.map(|(p, _)| out.of[p]).sum::<i64>();
        }
    }
    let single: Vec<(&Vec<usize>, i64)> = costs.iter().filter(|(p, _)| alone(p)).map(|(p, c)| (p, *c)).collect();
    let cost: i64 = single.iter().map(|(_, c)| c).sum();
    let mut s0 =
        case.share(cost).min(case.class_ceiling(cost)).min(case.relief(cost)).min(long_term.unwrap_or(i64::MAX));
    if beside > 0 && cost > 0 && case.share(cost) >= case.minimum() {
        let all = case.class_ceiling(cost + beside_cost);
        if s0 + beside > all {
            s0 = s0.min((all - beside).max(0));
        }
    }
    insured += cost;
    out.not_paid += s0;
    let mut single = single;
    single.sort_by_key(|(p, _)| -(p.len() as i64));
    let list: Vec<(Vec<usize>, i64, i64)> =
        single.into_iter().map(|(p, c)| (p.clone(), case.share(c), was_first(p))).collect();
    place_where_paid(&list, s0, &mut out.of);
    out.insurer = insured - out.not_paid;
    out
}

/// An amount over several sums, each with the most that it takes and what was paid on it at the window: what was paid first.
fn place_where_paid(sums: &[(Vec<usize>, i64, i64)], amount: i64, of: &mut Costs) {
    let mut rest = amount;
    let mut parts = Vec::new();
    for (_, most, paid) in sums {
        let part = rest.min(*most).min(*paid);
        rest -= part;
        parts.push(part);
    }
    for ((sum, most, _), part) in sums.iter().zip(parts) {
        let more = rest.min(most - part);
        rest -= more;
        of.insert(sum.clone(), part + more);
    }
}

fn place(costs: &Costs, payers: &Vec<usize>) -> usize {
    costs.keys().position(|other| other == payers).unwrap()
}

/// What a programme of a municipality has charged.
#[derive(Default)]
struct Record {
    /// Days that the bill at hand covers.
    stay: i64,
    visits: i64,
    days: i64,
    month: i64,
}

/// Every visit is on a day of its own.
fn local(pattern: &Local, before: i64, cost: i64, record: &mut Record) -> i64 {
    if before <= 0 {
        return before;
    }
    let mut pays = before;
    if let Some(own) = pattern.percent {
        pays = pays.min(ten(percent(cost, own)));
    }
    // A bill of a stay pays for each of its days that still has a charge.
    let days = pattern.days.map_or(record.stay, |n| record.stay.min(n - record.days));
    if pattern.visits.is_some_and(|n| record.visits >= n) || days <= 0 {
        pays = 0;
    }
    for most in [pattern.visit, pattern.day.map(|most| most * days), pattern.month.map(|most| most - record.month)]
        .into_iter()
        .flatten()
    {
        pays = pays.min(most);
    }
    if pays > 0 {
        record.visits += 1;
        record.days += days;
        record.month += pays;
    }
    pays
}

/// The month with its payers in the order in which they pay, and their places before.
fn in_order(p: &Patient) -> (Patient, Vec<usize>) {
    let mut order: Vec<usize> = (0..p.payers.len()).collect();
    let rank = |payer: &usize| ORDER.iter().position(|law| *law == p.payers[*payer].law).unwrap_or(99);
    order.sort_by_key(rank);
    let mut sorted = p.clone();
    sorted.payers = order.iter().map(|place| p.payers[*place].clone()).collect();
    for (_, payers) in sorted.visits.iter_mut().flat_map(|visit| &mut visit.segments) {
        for payer in payers {
            *payer = order.iter().position(|place| place == payer).unwrap();
        }
    }
    (sorted, order)
}

pub(crate) fn settle(given: &Patient) -> Settled {
    let (sorted, places) = in_order(given);
    let p = &sorted;
    let (age, rate, half) = age_and_rate(p);
    let order: Vec<usize> = (0..p.payers.len()).collect();
    let case = Case { p, month: p.year * 100 + p.month, age, rate, half, order };
    let mut visits: Vec<usize> = (0..p.visits.len()).collect();
    visits.sort_by_key(|visit| p.visits[*visit].day);
    let mut so_far = Costs::new();
    // Every sum that the month has stands there from the start.
    for visit in &p.visits {
        for (_, payers) in &visit.segments {
            so_far.insert(case.sorted(payers), 0);
        }
    }
    let keys: Vec<Vec<usize>> = so_far.keys().cloned().collect();
    let parts: Vec<usize> = case.order.iter().copied().filter(|payer| case.law(*payer) != "local").collect();
    let alone = |payers: &Vec<usize>| payers.first().is_none_or(|first| case.law(*first) == "local");
    // Running totals: of each national payer's own part, and (None) of what is insured alone.
    let mut totals: BTreeMap<Option<usize>, i64> = BTreeMap::new();
    let mut shares: BTreeMap<Option<usize>, i64> = BTreeMap::new();
    let mut welfare_used = 0;
    let mut kept: BTreeMap<(Vec<usize>, usize), i64> = BTreeMap::new();
    let mut records: BTreeMap<usize, Record> = BTreeMap::new();
    let mut first = Costs::new();
    let mut reduced = false;
    let mut due = vec![0; p.visits.len()];
    for visit in visits {
        let mut now: Costs = keys.iter().map(|key| (key.clone(), 0)).collect();
        for (points, payers) in &p.visits[visit].segments {
            *now.get_mut(&case.sorted(payers)).unwrap() += points * 10;
        }
        for (key, cost) in &now {
            *so_far.get_mut(key).unwrap() += cost;
        }
        for payer in &case.order {
            records.entry(*payer).or_default().stay = p.visits[visit].stay;
        }
        let mut amounts: Costs = keys.iter().map(|key| (key.clone(), 0)).collect();
        let mut long_term = case.long_term();
        for payer in &parts {
            let law = case.law(*payer);
            let cap = p.payers[*payer].cap;
            let mine: Vec<&Vec<usize>> = keys.iter().filter(|key| key.first() == Some(payer)).collect();
            if mine.is_empty() {
                continue;
            }
            let sum = |costs: &Costs| mine.iter().map(|key| costs[*key]).sum::<i64>();
            let (this, all) = (sum(&now), sum(&so_far));
            let share = |cost: i64| if law == "18" { cost } else { case.share(cost) };
            let exact = |cost: i64| match (figures::own_percent(law, rate), cap) {
                (None, None) => 0,
                (None, Some(_)) => share(cost),
                (Some(own), _) => share(cost).min(percent(cost, own)),
            };
            let mut most = i64::MAX;
            if law != "18" {
                match long_term {
                    Some(left) => {
                        most = left;
                        long_term = Some(left - left.min(case.share(all)));
                    }
                    None => most = case.beside_ceiling(law, all),
                }
            }
            let used = if law == "12" { welfare_used } else { 0 };
            most = most.min(cap.map_or(i64::MAX, |cap| (cap - used).max(0)));
            let before = totals.get(&Some(*payer)).copied().unwrap_or(0);
            let sum = shares.entry(Some(*payer)).or_default();
            *sum = if p.inpatient { ten(exact(all)) } else { *sum + ten(exact(this)) };
            let rounded = *sum;
            let after = rounded.min(most);
            totals.insert(Some(*payer), after);
            give(&case, &mine, &now, after - before, &mut amounts, &mut first, law == "18");
        }
        // 生活保護 and municipalities take over what the first payer left.
        for key in keys.iter().filter(|key| !alone(key)) {
            kept_add(&mut kept, key, key[0], amounts[key]);
        }
        for payer in &parts {
            let mine: Vec<&Vec<usize>> =
                keys.iter().filter(|key| !alone(key) && key.first() != Some(payer) && key.contains(payer)).collect();
            take_over(&case, *payer, &mine, &now, &totals, &mut welfare_used, &mut records, &mut amounts, &mut reduced);
            for key in mine {
                // No more is given back than was paid.
                let floor = -kept.get(&(key.clone(), *payer)).copied().unwrap_or(0);
                let amount = amounts[key].max(floor);
                amounts.insert(key.clone(), amount);
                kept_add(&mut kept, key, *payer, amount);
            }
        }
        // Insurance alone.
        let mine: Vec<&Vec<usize>> = keys.iter().filter(|key| alone(key)).collect();
        let sum = |costs: &Costs| mine.iter().map(|key| costs[*key]).sum::<i64>();
        let (this, all) = (sum(&now), sum(&so_far));
        let mut most = case.class_ceiling(all).min(case.relief(all)).min(long_term.unwrap_or(i64::MAX));
        if all > 0 && case.share(all) >= case.minimum() && case.class_row().is_some() {
            let (mut joint, mut beside) = (all, 0);
            for payer in parts.iter().filter(|payer| !matches!(case.law(**payer), "12" | "18")) {
                let own: Vec<&Vec<usize>> = keys.iter().filter(|key| key.first() == Some(payer)).collect();
                let cost: i64 = own.iter().map(|key| so_far[*key]).sum();
                if cost > 0 && case.share(cost) >= case.minimum() {
                    joint += cost;
                    for key in own {
                        let last = key.iter().rev().find(|payer| case.law(**payer) != "local").unwrap();
                        beside += kept.get(&(key.clone(), *last)).copied().unwrap_or(0);
                    }
                }
            }
            if beside > 0 {
                most = most.min((case.class_ceiling(joint) - beside).max(0));
            }
        }
        let before = totals.get(&None).copied().unwrap_or(0);
        let sum = shares.entry(None).or_default();
        *sum = if p.inpatient { ten(case.share(all)) } else { *sum + ten(case.share(this)) };
        let rounded = *sum;
        let after = rounded.min(most);
        totals.insert(None, after);
        give(&case, &mine, &now, after - before, &mut amounts, &mut first, false);
        for payer in case.order.iter().copied().filter(|payer| case.law(*payer) == "local") {
            let mine: Vec<&Vec<usize>> = keys.iter().filter(|key| key.contains(&payer)).collect();
            take_over(&case, payer, &mine, &now, &totals, &mut welfare_used, &mut records, &mut amounts, &mut reduced);
            for key in mine {
                let floor = -kept.get(&(key.clone(), payer)).copied().unwrap_or(0);
                let amount = amounts[key].max(floor);
                amounts.insert(key.clone(), amount);
                kept_add(&mut kept, key, payer, amount);
            }
        }
        due[visit] = amounts.values().sum();
    }
    let claim = claim(&case, &so_far, &first, &kept);
    let mut of = claim.of.clone();
    let mut payers: Vec<(usize, i64, i64)> =
        claim.base.iter().map(|(payer, base)| (*payer, *base, claim.left[payer])).collect();
    for payer in case.order.iter().copied().filter(|payer| case.law(*payer) == "local") {
        let mine: Vec<&Vec<usize>> = keys.iter().filter(|key| key.contains(&payer)).collect();
        let base: i64 = mine.iter().map(|key| of[*key]).sum();
        if reduced {
            for key in &mine {
                let least = of[*key].min(kept.get(&((*key).clone(), payer)).copied().unwrap_or(0).max(0));
                of.insert((*key).clone(), least);
            }
        }
        payers.push((payer, base, mine.iter().map(|key| of[*key]).sum()));
    }
    for payer in &mut payers {
        payer.0 = places[payer.0];
    }
    payers.sort();
    Settled {
        rate,
        half,
        cost: so_far.values().sum(),
        insurer: claim.insurer,
        not_paid: claim.not_paid,
        patient: of.values().sum(),
        payers,
        due,
    }
}

fn kept_add(kept: &mut BTreeMap<(Vec<usize>, usize), i64>, key: &[usize], payer: usize, amount: i64) {
    *kept.entry((key.to_vec(), payer)).or_default() += amount;
}

/// Puts a part's amount onto the sums of the visit, those that somebody pays for afterwards first.
fn give(
    case: &Case<'_>,
    mine: &[&Vec<usize>],
    now: &Costs,
    amount: i64,
    amounts: &mut Costs,
    first: &mut Costs,
    whole: bool,
) {
    if amount < 0 {
        // Given back where it was paid.
        let mut rest = -amount;
        for key in mine {
            let paid = first.entry((*key).clone()).or_default();
            let part = rest.min((*paid).max(0));
            rest -= part;
            *paid -= part;
            *amounts.get_mut(*key).unwrap() -= part;
        }
        return;
    }
    let mut targets: Vec<&Vec<usize>> = mine.iter().copied().filter(|key| now[*key] > 0).collect();
    if targets.is_empty() {
        targets = mine.to_vec();
    }
    targets.sort_by_key(|key| -(key.len() as i64));
    let mut rest = amount;
    let count = targets.len();
    for (index, key) in targets.into_iter().enumerate() {
        let part =
            if index + 1 == count { rest } else { rest.min(ten(if whole { now[key] } else { case.share(now[key]) })) };
        rest -= part;
        *amounts.get_mut(key).unwrap() += part;
        *first.entry(key.clone()).or_default() += part;
    }
}

#[allow(clippy::too_many_arguments, reason = "the record of one visit")]
fn take_over(
    case: &Case<'_>,
    payer: usize,
    mine: &[&Vec<usize>],
    now: &Costs,
    totals: &BTreeMap<Option<usize>, i64>,
    welfare_used: &mut i64,
    records: &mut BTreeMap<usize, Record>,
    amounts: &mut Costs,
    reduced: &mut bool,
) {
    if mine.is_empty() {
        return;
    }
    let before: i64 = mine.iter().map(|key| amounts[*key].max(0)).sum();
    let cost: i64 = mine.iter().map(|key| now[*key]).sum();
    let left = if case.law(payer) == "local" {
        let left = local(&case.p.payers[payer].local, before, cost, records.entry(payer).or_default());
        *reduced |= left != before;
        left
    } else if before == 0 {
        0
    } else {
        assert_eq!(case.law(payer), "12", "only 生活保護 comes second in the generated months");
        let used = *welfare_used + totals.get(&Some(payer)).copied().unwrap_or(0);
        let left = case.p.payers[payer].cap.map_or(0, |cap| before.min((cap - used).max(0)));
        *welfare_used += left;
        left
    };
    let mut rest = left;
    for key in mine.iter().filter(|key| amounts[**key] > 0).copied().collect::<Vec<_>>() {
        let part = amounts[key].min(rest);
        rest -= part;
        amounts.insert(key.clone(), part);
    }
}
