//! Points: きざみ, percentages, drugs, rounding.

use std::collections::BTreeSet;

use crate::{
    medication::yen,
    rules::{Group, Item, Kind, Line, Visit},
    tables::{Certainty, ONE, Row},
};

/// 四捨五入.
fn rounded(value: i128) -> i64 {
    let half = if value < 0 { -ONE / 2 } else { ONE / 2 };
    ((value + half) / ONE) as i64
}

/// 15円以下 1点; beyond, a point for every ten yen or part of it.
fn of_drug(yen: i128) -> i64 {
    if yen <= 15 * ONE { 1 } else { 1 + ((yen - 15 * ONE + 10 * ONE - 1) / (10 * ONE)) as i64 }
}

/// What a row is worth for a quantity: its figure, and the verdict that the quantity brings.
fn worth(row: &Row, quantity: Option<i128>) -> (Option<i128>, &'static str) {
    match row.text("point_kind") {
        "3" => measured(row, quantity, 1),
        "8" => measured(row, quantity, -1),
        _ => (None, "needs_review"),
    }
}

fn measured(row: &Row, quantity: Option<i128>, sign: i128) -> (Option<i128>, &'static str) {
    let base = row.decimal("points");
    if row.text("step") != "1" {
        return (Some(base * sign), "charged");
    }
    let Some(quantity) = quantity else { return (None, "needs_review") };
    let [low, high, size, more] =
        ["step_low", "step_high", "step_size", "step_points"].map(|column| row.decimal(column));
    let mode = row.number("step_error");
    let formula = |quantity: i128| base + ((quantity - low + size - 1) / size) * more;
    let bounded = high != 0 && high != 99_999_999 * ONE;
    let (value, verdict) = if quantity <= low - size {
        if mode >= 2 { (None, "excluded") } else { (Some(base), "charged") }
    } else if quantity <= low {
        (Some(base), "charged")
    } else if bounded && quantity > high {
        if mode % 2 == 1 { (Some(formula(high)), "charged") } else { (Some(formula(quantity)), "needs_review") }
    } else {
        (Some(formula(quantity)), "charged")
    };
    (value.map(|value| value * sign), verdict)
}

/// The points of a row alone, where row and quantity settle them.
pub(crate) fn own(row: &Row, quantity: Option<i128>) -> Option<i128> {
    match worth(row, quantity) {
        (points, "charged") => points,
        _ => None,
    }
}

/// The figure that a part gives, or that of the row.
fn of_item(row: &Row, item: &Item<'_>) -> (Option<i128>, &'static str) {
    item.figure.map_or_else(|| worth(row, item.quantity), |figure| (Some(figure), "charged"))
}

fn settle(item: &mut Item<'_>, worth: (Option<i128>, &'static str)) -> Option<i128> {
    if worth.1 != "charged" {
        item.turn(worth.1);
    }
    worth.0
}

/// A base with its notes of fixed points, where all of it is known.
pub(crate) fn with_notes(group: &Group<'_>) -> Option<i128> {
    let known = |item: &Item<'_>| {
        let row = item.row?;
        match (row.text("point_kind"), worth(row, item.quantity)) {
            ("3" | "8", (value, "charged")) => value,
            _ => None,
        }
    };
    let mut sum = known(&group.base)?;
    for item in &group.additions {
        let row = item.row?;
        let percentage = matches!(row.text("point_kind"), "5" | "6");
        if item.open() && !percentage && row.text("notice_1") == "7" && row.number("general_base") == 0 {
            sum += known(item)?;
        }
    }
    Some(sum)
}

pub(crate) fn price(visit: &mut Visit<'_>, stand: &BTreeSet<&str>) -> Vec<Line> {
    for group in &mut visit.groups {
        group_points(group, stand);
    }
    tenths(visit);
    let mut lines = Vec::new();
    for group in &visit.groups {
        for (place, item) in group.items().enumerate() {
            let points = item.points.filter(|_| item.verdict != "needs_review");
            let (verdict, total) = match (item.verdict, points) {
                ("needs_review", _) | ("charged", None) => ("needs_review", None),
                ("charged", Some(points)) => ("charged", Some(points * group.count)),
                (other, _) => (other, Some(0)),
            };
            let code = item.code.clone();
            let certainty = item.certainty;
            lines.push(Line { code, addition: place > 0, verdict, points, count: group.count, total, certainty });
        }
    }
    lines.sort();
    lines
}

fn group_points(group: &mut Group<'_>, stand: &BTreeSet<&str>) {
    if !group.base.open() {
        let verdict = group.base.verdict;
        for item in &mut group.additions {
            if !(verdict == "bundled" && stand.contains(item.code.as_str())) {
                item.turn(verdict);
            }
        }
    }
    // Yen are no points, and take none.
    if group.base.row.is_some_and(|row| row.text("point_kind") == "1") {
        let items = std::iter::once(&mut group.base).chain(&mut group.additions);
        for item in items.filter(|item| item.open()) {
            match item.row {
                Some(row) if row.text("point_kind") == "1" => {
                    if settle(item, measured(row, item.quantity, 1)).is_some() {
                        item.points = Some(0);
                    }
                }
                _ => item.turn("needs_review"),
            }
        }
        return;
    }
    let base = match &group.base.kind {
        Kind::Procedure => match group.base.row {
            Some(row) => of_item(row, &group.base),
            None => return,
        },
        Kind::Figure(points) => (Some(i128::from(*points) * ONE), "charged"),
        Kind::Prescribed { drugs, .. } | Kind::Injected(drugs) => {
            (Some(i128::from(of_drug(yen(drugs))) * ONE), "charged")
        }
        Kind::Used(drugs) if yen(drugs) <= 15 * ONE => {
            (Some(0), if group.base.verdict == "charged" { "excluded" } else { "charged" })
        }
        Kind::Used(drugs) => (Some(i128::from(of_drug(yen(drugs))) * ONE), "charged"),
        Kind::Tenth(_) => return,
    };
    let Some(base) = settle(&mut group.base, base) else {
        group.additions.iter_mut().for_each(|item| item.turn("needs_review"));
        return;
    };
    group.base.points = Some(rounded(base));
    additions(group, base);
}

/// Note additions first, then what is added by the hundred, then what is taken off; each step rounded as a sum.
fn additions(group: &mut Group<'_>, figure: i128) {
    let item_of = group.base.row.map_or("", |row| row.text("fee_item")).to_owned();
    let (test, scan) = (item_of.starts_with('D'), matches!(item_of.as_str(), "E200" | "E201" | "E202"));
    let kind = |item: &Item<'_>| item.row.map_or(0, |row| row.number("point_kind"));
    let order = |item: &Item<'_>| match kind(item) {
        5 => 1,
        6 => 2,
        _ => 0,
    };
    group.additions.sort_by(|a, b| (order(a), &a.code).cmp(&(order(b), &b.code)));
    let any = |which: i64| group.additions.iter().any(|item| item.open() && kind(item) == which);
    let mixed = any(5) && any(6) && !test;
    let (mut sum, mut notes, mut ups) = (figure, 0, 0);
    for item in &mut group.additions {
        let Some(row) = item.row else { continue };
        let percent = row.decimal("points");
        // 造影剤使用加算 alone counts for the age of a scan; no note counts for its second time.
        let share = match kind(item) {
            5 => (figure + notes) * percent / (100 * ONE),
            6 if scan => -figure * percent / (100 * ONE),
            6 => -(figure + notes + if test { ups } else { 0 }) * percent / (100 * ONE),
            _ => {
                let worth = of_item(row, item);
                let Some(own) = settle(item, worth) else { continue };
                own
            }
        };
        if mixed && order(item) > 0 {
            item.turn("needs_review");
        }
        if item.verdict != "charged" {
            continue;
        }
        item.points = Some(rounded(sum + share) - rounded(sum));
        sum += share;
        if order(item) == 1 {
            ups += share;
        }
        let note = item.joined || order(item) == 0 && row.text("notice_1") == "7" && row.number("general_base") == 0;
        if note && (!scan || matches!(row.code(), "170012070" | "170020470")) {
            notes += share;
        }
    }
}

/// F200 注3: what remains of a prescription's internal drugs is 90 of 100, rounded.
fn tenths(visit: &mut Visit<'_>) {
    for place in 0..visit.groups.len() {
        let Kind::Tenth(number) = visit.groups[place].base.kind else { continue };
        let mine: Vec<&Group<'_>> = visit
            .groups
            .iter()
            .filter(|group| {
                matches!(&group.base.kind, Kind::Prescribed { usage, prescription, .. }
                    if usage == "internal" && *prescription == number)
            })
            .collect();
        let open = mine.iter().any(|group| group.base.verdict == "needs_review");
        let charged = mine.iter().filter(|group| group.base.verdict == "charged");
        let all: i64 = charged.map(|group| group.base.points.unwrap_or(0) * group.count).sum();
        let base = &mut visit.groups[place].base;
        if open {
            base.turn("needs_review");
        } else {
            base.points = Some(rounded(i128::from(all) * ONE * 9 / 10) - all);
            // At half a point the two ways of rounding differ.
            if all % 10 == 5 {
                base.certainty = Certainty::Unverified;
            }
        }
    }
}
