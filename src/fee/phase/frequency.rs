//! How often a procedure is charged in a time: 電子点数表 05, and 上限回数 of the master where that says nothing.

use core::cell::OnceCell;

use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        draft::{Draft, Group, Item, VisitDraft, Why, reason},
        encounter::PastCharge,
        statement::Verdict,
        window::{Span, Unit, When, unit},
    },
    master::{Certainty, Frequency, Masters, Procedure},
    order::Keyed,
};

/// Times or units charged.
type Amount = u64;

/// What this calculation has charged so far.
struct Charged {
    when: When,
    amount: Amount,
}

/// What was charged of a code on one day of the past.
struct PastDay {
    date: ServiceDate,
    times: Amount,
    units: Amount,
}

/// The history by code and day: a line looks at the days of its own code only.
struct History<'e> {
    all: &'e [PastCharge],
    /// The places of the charges.
    order: Vec<(u64, usize)>,
}

impl<'e> History<'e> {
    fn of(all: &'e [PastCharge]) -> Self {
        let key = |past: &PastCharge| u64::from(past.procedure.number()) << 32 | u64::from(past.date.packed());
        Self { all, order: crate::order::places(all, key) }
    }

    /// The days of a code.
    fn days(&self, code: ProcedureCode) -> Vec<PastDay> {
        let first = u64::from(code.number()) << 32;
        let rest = self.order.get(self.order.partition_point(|(key, _)| *key < first)..).unwrap_or_default();
        let charges = rest.iter().filter_map(|(_, place)| self.all.get(*place));
        let mut days: Vec<PastDay> = Vec::new();
        for past in charges.take_while(|past| past.procedure == code) {
            let times = Amount::from(past.count);
            let units = units(past.quantity).saturating_mul(times);
            match days.last_mut() {
                Some(day) if day.date == past.date => {
                    day.times = day.times.saturating_add(times);
                    day.units = day.units.saturating_add(units);
                }
                _ => days.push(PastDay { date: past.date, times, units }),
            }
        }
        days
    }
}

/// One row of the table for a code on a day.
struct Limit<'m> {
    /// Within what it counts; none where the input does not tell one 部位 or 側 from another.
    span: Option<Span>,
    most: Amount,
    /// Beyond it a person decides: 特例条件, or a span whose beginning the input does not tell.
    open: bool,
    unit: &'m str,
    source: &'static str,
    certainty: Certainty,
}

/// What a line exceeds.
struct Excess<'a> {
    limit: &'a Limit<'a>,
    /// How much may still be charged.
    left: Amount,
    /// Whether it would be within the limit without the patient's past.
    to_past: bool,
    before: Option<ServiceDate>,
}

/// Counts every line against the rows of its code, day by day: what comes first stands, what is beyond falls, and a line
/// that is partly beyond is split.
pub(crate) fn run(draft: &mut Draft<'_>) {
    let Draft { masters, encounter, visits, trace } = draft;
    // Few lines have a limit: the history is put in order for the first of them.
    let history = OnceCell::new();
    // Of each code, the days of its past, asked once, and what is charged now.
    let mut charged: Keyed<ProcedureCode, (Option<Vec<PastDay>>, Vec<Charged>)> = Keyed::default();
    for (at, visit) in visits.iter_mut().enumerate() {
        let when = When { date: visit.date, visit: Some(at) };
        let mut beyond: Vec<Group<'_>> = Vec::new();
        for (place, addition, limits) in in_order(visit, |row| limits(masters, row, visit.date, visit.visit.admitted)) {
            let Some(group) = visit.groups.get_mut(place) else { continue };
            let count = Amount::from(group.count);
            let base_falls = addition.is_some() && !group.base.is_paid();
            let plain = addition.is_none() && group.additions.is_empty();
            let item = match addition {
                Some(addition) => group.additions.get_mut(addition),
                None => Some(&mut group.base),
            };
            let Some(item) = item.filter(|item| item.is_paid() && !base_falls) else { continue };
            let Some(row) = item.row() else { continue };
            let counts_units = counts_units(row, &limits);
            let each = if counts_units { units(item.quantity) } else { 1 };
            let want = each.saturating_mul(count);
            let (past, now) = charged.of(row.code());
            let past =
                past.get_or_insert_with(|| history.get_or_init(|| History::of(&encounter.history)).days(row.code()));
            let excess: Vec<Excess<'_>> = limits
                .iter()
                .filter(|limit| limit.span.is_some() || !counts_units)
                .filter_map(|limit| excess(limit, when, want, counts_units, past, now))
                .collect();
            let mut kept = want;
            if let Some((first, cut)) = worst(&excess) {
                let why = why(row.code(), first);
                trace.step("table.frequency", || format!("{} {}: {}", row.code(), visit.date, why.text));
                item.rests_on(first.limit.certainty);
                let times = first.left.checked_div(each).unwrap_or(0);
                let whole = times.saturating_mul(each) == first.left && addition.is_none();
                if cut && first.left == 0 {
                    item.to_past |= first.to_past;
                    item.turn(Verdict::Limited, why);
                    kept = 0;
                } else if !cut && plain {
                    let certain = excess.iter().filter(|excess| !excess.limit.open).min_by_key(|excess| excess.left);
                    let within = certain.map_or(want, |certain| certain.left.min(want));
                    kept = match parts(each, first.left, within) {
                        Some((charged, asks)) => {
                            let certain = certain.map(|certain| (certain, self::why(row.code(), certain)));
                            divide(group, (charged, asks), why, certain, &mut beyond);
                            within
                        }
                        None => {
                            item.turn(Verdict::NeedsReview, why);
                            want
                        }
                    };
                } else if !cut || !whole || times == 0 {
                    item.turn(Verdict::NeedsReview, why);
                } else if let Some(mut rest) = u32::try_from(times).ok().and_then(|times| group.split(times)) {
                    rest.base.to_past |= first.to_past;
                    rest.base.turn(Verdict::Limited, why);
                    beyond.push(rest);
                    kept = first.left;
                }
            }
            now.push(Charged { when, amount: kept });
        }
        visit.groups.append(&mut beyond);
    }
}

/// How many times of a line are charged and how many ask for a review, where both ends fall between two times.
fn parts(each: Amount, left: Amount, within: Amount) -> Option<(u32, u32)> {
    let times = |amount: Amount| u32::try_from(amount.checked_div(each)?).ok();
    let whole = left.is_multiple_of(each) && within.is_multiple_of(each);
    whole.then(|| times(left).zip(times(within.saturating_sub(left)))).flatten()
}

/// Divides a line into what is charged, what asks for a review, and what is beyond a certain limit.
fn divide<'m>(
    group: &mut Group<'m>,
    (charged, asks): (u32, u32),
    why: Why<'m>,
    certain: Option<(&Excess<'_>, Why<'m>)>,
    beyond: &mut Vec<Group<'m>>,
) {
    let cut = |mut rest: Group<'m>, beyond: &mut Vec<Group<'m>>| {
        if let Some((certain, why)) = certain {
            rest.base.to_past |= certain.to_past;
            rest.base.rests_on(certain.limit.certainty);
            rest.base.turn(Verdict::Limited, why);
        }
        beyond.push(rest);
    };
    if charged == 0 {
        if let Some(rest) = group.split(asks) {
            cut(rest, beyond);
        }
        group.base.turn(Verdict::NeedsReview, why);
    } else if let Some(mut rest) = group.split(charged) {
        if let Some(last) = rest.split(asks) {
            cut(last, beyond);
        }
        rest.base.turn(Verdict::NeedsReview, why);
        beyond.push(rest);
    }
}

/// A line that has limits: its group, its place among the additions, and the limits.
type Limited<'m> = (usize, Option<usize>, Vec<Limit<'m>>);

/// The lines of a visit that have limits, bases before additions, equal ones together: which of them comes first must not
/// depend on the order of the input.
fn in_order<'m>(visit: &VisitDraft<'m>, limits: impl Fn(Procedure<'m>) -> Vec<Limit<'m>>) -> Vec<Limited<'m>> {
    let found = |place: usize, addition: Option<usize>, item: &Item<'m>| {
        let limits = limits(item.row().filter(|_| item.is_paid())?);
        (!limits.is_empty()).then_some((place, addition, limits))
    };
    let groups = || visit.groups.iter().enumerate();
    let mut bases: Vec<Limited<'m>> = groups().filter_map(|(place, group)| found(place, None, &group.base)).collect();
    let additions = groups().flat_map(|(place, group)| {
        let items = group.additions.iter().enumerate();
        items.filter_map(move |(addition, item)| found(place, Some(addition), item))
    });
    let mut additions: Vec<Limited<'m>> = additions.collect();
    for lines in [&mut bases, &mut additions] {
        if lines.len() > 1 {
            crate::order::by_key(lines, |(place, addition, _)| key(visit, *place, *addition));
        }
    }
    bases.append(&mut additions);
    bases
}

fn key(visit: &VisitDraft<'_>, place: usize, addition: Option<usize>) -> impl Ord + use<> {
    let group = visit.groups.get(place)?;
    let item = addition.map_or(Some(&group.base), |addition| group.additions.get(addition))?;
    let mut additions: Vec<_> = group.additions.iter().map(|item| (item.code(), item.quantity)).collect();
    crate::order::sort(&mut additions);
    Some((item.code(), item.quantity, group.base.code(), group.base.quantity, group.count, additions))
}

/// The rows of a procedure on a day.
fn limits<'m>(
    masters: &'m Masters,
    row: Procedure<'_>,
    on: ServiceDate,
    admitted: Option<ServiceDate>,
) -> Vec<Limit<'m>> {
    let limit = |found: Frequency<'m>| {
        let (unit, sure) = unit(masters, found.unit_code().number(), on)?;
        let most = Amount::from(found.max_count());
        let (span, episode, most) = match unit {
            Unit::Within(span) => (Some(span), false, most),
            Unit::Episode => (Some(Span::Ever), true, most),
            // Outside a stay, what is charged to outpatients alone (入外適用区分 (13) = 2) is counted as far as the past is
            // known; the rest has no limit there.
            Unit::Stay { first_day } => match admitted {
                // 入院初日: on another day there is nothing left.
                Some(admitted) if first_day && admitted != on => (Some(Span::Stay(admitted)), false, 0),
                Some(admitted) => (Some(Span::Stay(admitted)), false, most),
                None => (row.in_out() == 2).then_some((Some(Span::Ever), true, most))?,
            },
            Unit::Thing => (None, true, most),
        };
        Some(Limit {
            span,
            most,
            open: episode || found.special() != 0,
            unit: found.unit(),
            source: "電子点数表 05 算定回数テーブル",
            certainty: found.certainty().max(sure),
        })
    };
    let mut rows = masters.related::<Frequency<'_>>(row.code(), on).peekable();
    if rows.peek().is_none() {
        return Vec::from_iter(upper(row));
    }
    rows.filter_map(limit).collect()
}

/// 上限回数 (36, 37) of the master itself, for a code of which table 05 says nothing: so often on a claim, which is that of
/// one month.
fn upper<'m>(row: Procedure<'_>) -> Option<Limit<'m>> {
    const CHARGED_AT_LIMIT: u32 = 1;
    (row.max_count() > 0).then(|| Limit {
        span: Some(Span::Months(1)),
        most: Amount::from(row.max_count()),
        open: row.max_count_error() != CHARGED_AT_LIMIT,
        unit: "1月のレセプト",
        source: "医科診療行為マスター 36・37 上限回数",
        certainty: Certainty::Official,
    })
}

/// Whether a procedure is counted in the units of its quantity (きざみ), such as 単位 or 箇所: the table then says how many of
/// them a day, and once for each.
fn counts_units(row: Procedure<'_>, limits: &[Limit<'_>]) -> bool {
    row.step() == 1 && limits.iter().any(|limit| limit.span.is_none())
}

fn units(quantity: Option<Decimal>) -> Amount {
    quantity.map_or(1, |quantity| quantity.ceil().to_u64().unwrap_or(Amount::MAX))
}

/// What a line exceeds of one limit, if anything.
fn excess<'a>(
    limit: &'a Limit,
    when: When,
    want: Amount,
    counts_units: bool,
    past: &[PastDay],
    now: &[Charged],
) -> Option<Excess<'a>> {
    // Without a span, one visit: there the line alone says how many.
    let span = limit.span.unwrap_or(Span::Visit);
    let now = now.iter().filter(|other| span.holds(other.when, when));
    let past = past.iter().filter(|past| span.holds(When { date: past.date, visit: None }, when));
    let amount = |past: &PastDay| if counts_units { past.units } else { past.times };
    let used_now = now.clone().fold(0, |sum: Amount, other| sum.saturating_add(other.amount));
    let mut used = past.clone().fold(used_now, |sum, past| sum.saturating_add(amount(past)));
    // What is charged here is never later than the line.
    if past.clone().next_back().is_some_and(|past| past.date > when.date) {
        let now = now.clone().map(|other| (other.when.date, other.amount));
        used = fullest(span, when, now.chain(past.clone().map(|past| (past.date, amount(past)))).collect());
    }
    (used.saturating_add(want) > limit.most).then(|| Excess {
        limit,
        left: limit.most.saturating_sub(used),
        to_past: used_now.saturating_add(want) <= limit.most,
        before: past.map(|past| past.date).chain(now.map(|other| other.when.date)).max(),
    })
}

/// What the fullest span holds in which a day stands: one may end on a later day that is already charged.
fn fullest(span: Span, when: When, mut done: Vec<(ServiceDate, Amount)>) -> Amount {
    crate::order::sort(&mut done);
    let (mut start, mut sum, mut most): (usize, Amount, Amount) = (0, 0, 0);
    for (date, amount) in &done {
        sum = sum.saturating_add(*amount);
        let end = When { date: when.date.max(*date), ..when };
        while let Some((first, out)) = done.get(start)
            && !span.holds(When { date: *first, ..when }, end)
        {
            sum = sum.saturating_sub(*out);
            start += 1;
        }
        most = most.max(sum);
    }
    most
}

/// The excess that decides, and whether it is a cut: the one that leaves least, of two alike the one that is certain.
fn worst<'a, 'b>(excess: &'b [Excess<'a>]) -> Option<(&'b Excess<'a>, bool)> {
    let certain = excess.iter().filter(|excess| !excess.limit.open).min_by_key(|excess| excess.left);
    let open = excess.iter().filter(|excess| excess.limit.open).min_by_key(|excess| excess.left);
    match (certain, open) {
        (Some(certain), Some(open)) if certain.left <= open.left => Some((certain, true)),
        (_, Some(open)) => Some((open, false)),
        (certain, None) => certain.map(|certain| (certain, true)),
    }
}

fn why(code: ProcedureCode, excess: &Excess<'_>) -> Why<'static> {
    let limit = excess.limit;
    let before = excess.before.map_or_else(String::new, |date| format!("直近は {date}。"));
    let text = if limit.most == 0 {
        format!("{}に限り算定する", limit.unit)
    } else if limit.open {
        format!("{}{}回を超える。{before}算定できる場合に当たるかを確かめる", limit.unit, limit.most)
    } else {
        format!("{}{}回が限度。{before}残りは {}", limit.unit, limit.most, excess.left)
    };
    reason("table.frequency", format!("{} {code}（{} {}回）", limit.source, limit.unit, limit.most), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_may_end_later() {
        let day = |text: &str| text.parse::<ServiceDate>().unwrap();
        let when = When { date: day("2026-07-10"), visit: Some(0) };
        let fullest = |span, days: &[&str]| fullest(span, when, days.iter().map(|text| (day(text), 1)).collect());
        // Three calendar months: May to July, June to August, July to September.
        assert_eq!(fullest(Span::Months(3), &["2026-05-01", "2026-09-30"]), 1);
        assert_eq!(fullest(Span::Months(3), &["2026-06-01", "2026-08-30"]), 2);
        assert_eq!(fullest(Span::Months(1), &["2026-07-01", "2026-07-31"]), 2);
        assert_eq!(fullest(Span::Ever, &["2020-05-01", "2026-07-10", "2027-09-30"]), 3);
        assert_eq!(fullest(Span::Months(3), &[]), 0);
    }
}
