//! 算定回数, table 05: each row counts its code within its span.

use serde_json::Value;

use crate::{
    days::{self, Day, day},
    fee_tables::{Days, Limit, code},
    rules::{Group, Visit},
    tables::{Certainty, ONE, Tables, decimal},
};

/// Something that counts: its day, its visit and how often.
struct Done {
    day: Day,
    visit: Option<usize>,
    number: i128,
}

/// Cuts every line to what table 05 allows.
pub(crate) fn settle(tables: &Tables, encounter: &Value, visits: &mut [Visit<'_>]) {
    for place in 0..visits.len() {
        // Which of several lines of one visit comes first must not depend on the input: bases before additions, each by
        // quantity, then by what they stand with.
        let mut lines: Vec<(usize, usize)> = Vec::new();
        for (number, group) in visits[place].groups.iter().enumerate() {
            lines.extend((0..=group.additions.len()).map(|at| (number, at)));
        }
        lines.sort_by_key(|(number, at)| {
            let group = &visits[place].groups[*number];
            let item = group.items().nth(*at).unwrap();
            let mut additions: Vec<_> = group.additions.iter().map(|item| (item.code.clone(), item.quantity)).collect();
            additions.sort();
            let with = (group.base.code.clone(), group.base.quantity, group.count, additions);
            (*at > 0, item.code.clone(), item.quantity, with, *number, *at)
        });
        let mut done: Vec<(u32, i128)> = Vec::new();
        let mut beyond = Vec::new();
        for at in lines {
            one(tables, encounter, visits, place, at, &mut done, &mut beyond);
        }
        visits[place].groups.append(&mut beyond);
    }
}

/// What counts beside a line: the history, and the earlier visits.
fn others(encounter: &Value, visits: &[Visit<'_>], place: usize, code: &str, quantities: bool) -> Vec<Done> {
    // Units are counted whole.
    let units = |quantity: Option<i128>| match quantity.filter(|_| quantities) {
        Some(quantity) => (quantity + ONE - 1) / ONE,
        None => 1,
    };
    let mut done = Vec::new();
    for past in encounter["history"].as_array().into_iter().flatten() {
        if past["procedure"].as_str().unwrap() == code {
            let each = units(past["quantity"].as_str().map(decimal));
            let number = each * i128::from(past["count"].as_i64().unwrap_or(1));
            done.push(Done { day: day(past["date"].as_str().unwrap()), visit: None, number });
        }
    }
    for (other, visit) in visits[..place].iter().enumerate() {
        for group in &visit.groups {
            for item in group.items() {
                if item.code == code && item.row.is_some() && group.base.open() && item.open() {
                    let number = units(item.quantity) * i128::from(group.count);
                    done.push(Done { day: visit.on, visit: Some(other), number });
                }
            }
        }
    }
    done
}

/// 算定単位コード that are things, not spans.
fn is_thing(unit: u32) -> bool {
    !matches!(unit, 53 | 56 | 121 | 131..=135 | 138 | 141..=151 | 159..=162)
}

/// Whether something done falls into the span of a unit in which a line of a day and a visit stands.
fn within(unit: u32, (here, visit): (Day, usize), done: &Done) -> bool {
    let weeks = |number: i64| (days::week(here) - days::week(done.day)).abs() < number;
    let months = |number: i64| (days::month(here) - days::month(done.day)).abs() < number;
    // From day to day.
    let years = |number: i64| {
        let (first, last) = (done.day.min(here), done.day.max(here));
        last < days::after_years(first, number)
    };
    match unit {
        121 => done.day == here,
        138 => weeks(1),
        142 => weeks(2),
        131 => months(1),
        143 => months(2),
        144 => months(3),
        145 => months(4),
        146 => months(6),
        147 => months(12),
        161 => years(2),
        148 => years(5),
        162 => days::fiscal_year(here) == days::fiscal_year(done.day),
        53 | 132..=135 | 149 | 151 | 160 => true,
        56 | 141 | 150 | 159 => done.visit == Some(visit),
        other => panic!("算定単位コード {other}"),
    }
}

/// The input does not tell where a new one begins.
fn only_review(unit: u32) -> bool {
    matches!(unit, 132..=135 | 149 | 151 | 160)
}

/// Spans whose limits the guide tells, or that need none.
fn certainty(unit: u32, date: &str) -> Certainty {
    match unit {
        121 | 53 | 132..=135 | 149 | 151 | 160 => Certainty::Official,
        131 | 138 if date >= "2024-06-01" => Certainty::Official,
        thing if is_thing(thing) => Certainty::Official,
        _ => Certainty::Unverified,
    }
}

/// A row that a line exceeds.
struct Excess {
    unit: u32,
    /// A person decides.
    open: bool,
    /// How many may still be charged.
    left: i128,
    certainty: Certainty,
}

fn one<'t>(
    tables: &Tables,
    encounter: &Value,
    visits: &mut [Visit<'t>],
    place: usize,
    (number, at): (usize, usize),
    here: &mut Vec<(u32, i128)>,
    beyond: &mut Vec<Group<'t>>,
) {
    let visit = &visits[place];
    let group = &visit.groups[number];
    let item = group.items().nth(at).unwrap();
    let Some(row) = item.row.filter(|_| group.base.open() && item.open()) else { return };
    let me = code(&item.code);
    // 上限回数 (36, 37) of a claim, where table 05 says nothing.
    let upper = Limit {
        code: me,
        unit: 131,
        most: row.number("max_count"),
        special: row.text("max_count_error") != "1",
        days: Days { from: String::new(), last: String::new() },
        certainty: Certainty::Official,
    };
    let mut limits: Vec<&Limit> =
        tables.fees.limits.iter().filter(|limit| limit.code == me && limit.days.hold(visit.date)).collect();
    if limits.is_empty() && upper.most > 0 {
        limits.push(&upper);
    }
    let of_claim = limits.first().is_some_and(|limit| std::ptr::eq(*limit, &upper));
    let limits: Vec<&Limit> = limits
        .into_iter()
        // Outside a stay these are counted for what is charged to outpatients alone.
        .filter(|limit| !matches!(limit.unit, 132..=134) || row.text("in_out") == "2")
        .collect();
    let step = row.text("step") == "1";
    let quantities = step && limits.iter().any(|limit| is_thing(limit.unit));
    let each = item.quantity.filter(|_| quantities).map_or(1, |quantity| (quantity + ONE - 1) / ONE);
    let want = each * i128::from(group.count);
    let mut done = others(encounter, visits, place, &item.code, quantities);
    let same = here.iter().filter(|(code, _)| *code == me);
    done.extend(same.map(|(_, number)| Done { day: visit.on, visit: Some(place), number: *number }));
    let mut exceeded: Vec<Excess> = Vec::new();
    for limit in limits {
        let thing = is_thing(limit.unit);
        // A thing has one row for each, which the quantity tells.
        if thing && quantities {
            continue;
        }
        let counts =
            |one: &&Done| if thing { one.visit == Some(place) } else { within(limit.unit, (visit.on, place), one) };
        let near: Vec<&Done> = done.iter().filter(counts).collect();
        // A span may end on a later day that was already charged: the fullest counts.
        let mut ends: Vec<Day> = near.iter().map(|one| one.day).filter(|day| *day > visit.on).collect();
        ends.push(visit.on);
        let until = |end: Day| -> i128 {
            let held = |one: &&&Done| one.day <= end && (thing || within(limit.unit, (end, place), one));
            near.iter().filter(held).map(|one| one.number).sum()
        };
        let used = ends.into_iter().map(until).max().unwrap();
        if used + want > i128::from(limit.most) {
            exceeded.push(Excess {
                unit: limit.unit,
                open: thing || limit.special || only_review(limit.unit),
                left: (i128::from(limit.most) - used).max(0),
                certainty: if of_claim {
                    limit.certainty
                } else {
                    limit.certainty.max(certainty(limit.unit, visit.date))
                },
            });
        }
    }
    let least = |open: bool| exceeded.iter().filter(|one| one.open == open).min_by_key(|one| (one.left, one.unit));
    let (certain, asked) = (least(false), least(true));
    // The row that leaves least is the first that says something.
    let Some(first) = [certain, asked].into_iter().flatten().min_by_key(|one| (one.left, one.open)) else {
        here.push((me, want));
        return;
    };
    let within = certain.map_or(want, |certain| certain.left.min(want));
    let charged = first.left;
    let with_additions = !group.additions.is_empty();
    let sure = certain.map(|certain| certain.certainty);
    let (open, worst) = (first.open, first.certainty);
    let group = &mut visits[place].groups[number];
    let item = group.item(at);
    item.certainty = item.certainty.max(worst);
    if !open && first.left == 0 {
        item.turn("limited");
        here.push((me, 0));
        return;
    }
    // An addition, what ends between two times, and with additions what a person decides, is not divided.
    if at > 0 || charged % each != 0 || within % each != 0 || (open && with_additions) {
        item.turn("needs_review");
        here.push((me, want));
        return;
    }
    here.push((me, within));
    // What stays of a line that is divided rests on the row too: it says how many.
    let mut rest = group.split((charged / each) as i64);
    let mut last = rest.split(((within - charged) / each) as i64);
    if rest.count > 0 {
        rest.base.turn("needs_review");
        if group.count == 0 {
            *group = rest;
        } else {
            beyond.push(rest);
        }
    }
    if last.count > 0 {
        last.base.certainty = last.base.certainty.max(sure.unwrap());
        last.base.turn("limited");
        beyond.push(last);
    }
}
