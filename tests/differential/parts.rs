//! What the parts E, K and L say of several lines of one visit. The generator gives no places on the body.

use serde_json::Value;

use crate::{
    bases,
    days::{Day, day, days},
    rules::{Group, Item, Visit},
    tables::{Certainty, ONE, Row, Tables},
};

pub(crate) fn together<'t>(tables: &'t Tables, encounter: &Value, visits: &mut [Visit<'t>]) {
    for visit in visits.iter_mut() {
        bases::early(tables, visit);
    }
    for kind in [["150224810", "150286210"], ["150224910", "150286310"]] {
        transfusions(tables, encounter, visits, kind);
    }
    for visit in visits {
        bases::check(visit);
        images(visit);
        operations(visit);
        anesthesia(visit);
    }
}

/// The lines of their own that are open.
fn lines<'v>(visit: &'v Visit<'_>, is: impl Fn(&Row) -> bool + 'v) -> Vec<usize> {
    let fits = |group: &Group<'_>| group.base.open() && group.base.row.is_some_and(|row| row.stands_alone() && is(row));
    (0..visit.groups.len()).filter(|at| fits(&visit.groups[*at])).collect()
}

fn row<'t>(visit: &Visit<'t>, at: usize) -> &'t Row {
    visit.groups[at].base.row.unwrap()
}

fn review(visit: &mut Visit<'_>, places: &[usize]) {
    for at in places {
        visit.groups[*at].base.turn("needs_review");
    }
}

/// Takes groups out of the visit, in the order given.
fn take<'t>(visit: &mut Visit<'t>, places: &[usize]) -> Vec<Group<'t>> {
    let mut groups: Vec<Option<Group<'t>>> = visit.groups.drain(..).map(Some).collect();
    let taken = places.iter().map(|at| groups[*at].take().unwrap()).collect();
    visit.groups = groups.into_iter().flatten().collect();
    taken
}

/// K920: the day's amount in one line; the first 200 mL of about a week at the first figure.
fn transfusions<'t>(tables: &'t Tables, encounter: &Value, visits: &mut [Visit<'t>], [first, following]: [&str; 2]) {
    // The first and the latest day of a series.
    let mut series: Option<(Day, Day)> = None;
    let with = |series: Option<(Day, Day)>, on: Day| match series {
        Some((first, _)) if days(first, on, 7) < 7 => Some((first, on)),
        _ => Some((on, on)),
    };
    let history = encounter["history"].as_array().into_iter().flatten();
    let of_kind = history.filter(|past| past["procedure"] == first || past["procedure"] == following);
    let mut past: Vec<Day> = of_kind.map(|past| day(past["date"].as_str().unwrap())).collect();
    past.sort_unstable();
    let mut past = past.into_iter().peekable();
    for visit in visits {
        while let Some(day) = past.next_if(|day| *day <= visit.on) {
            series = with(series, day);
        }
        let places = lines(visit, |row| row.code() == first || row.code() == following);
        if places.is_empty() {
            continue;
        }
        let several = places.iter().any(|at| visit.groups[*at].count > 1);
        if several {
            review(visit, &places);
        } else {
            let mut day = take(visit, &places);
            day.sort_by_key(|group| group.base.code != first);
            let quantity = day.iter().filter_map(|group| group.base.quantity).sum();
            let mut day = day.into_iter();
            let mut one = day.next().unwrap();
            one.additions.extend(day.flat_map(|group| group.additions));
            one.base.quantity = Some(quantity);
            visit.groups.push(one);
        }
        let before = series;
        series = with(before, visit.on);
        let Some(group) = visit.groups.iter_mut().find(|group| group.base.code == first) else { continue };
        let Some((began, latest)) = before else { continue };
        if days(began, visit.on, 7) < 7 {
            group.base.code = following.to_owned();
            group.base.row = tables.procedures.get(following, visit.date);
        } else if days(latest, visit.on, 14) < 14 {
            // About a week: up to two of them, somebody may see it otherwise.
            group.base.certainty = Certainty::Unverified;
        }
    }
}

/// E 第1節 通則4, E 通則3, D 第1節第1款 通則1.
fn images(visit: &mut Visit<'_>) {
    // Films of one kind twice, without a place on the body, are taken to be of two.
    let films = lines(visit, is_film);
    for at in &films {
        let code = visit.groups[*at].base.code.clone();
        if films.iter().any(|other| other != at && visit.groups[*other].base.code == code) {
            visit.groups[*at].base.certainty = Certainty::Unverified;
        }
    }
    let photographed = visit
        .groups
        .iter()
        .any(|group| group.base.open() && group.base.row.is_some_and(|row| row.text("fee_item") == "E002"));
    let class = match (visit.says("consultation"), visit.says("time_class")) {
        ("none", _) => "needs_review",
        (_, "after_hours" | "holiday" | "late_night" | "emergency_night") => "charged",
        (_, "" | "in_hours" | "early_or_late") => "excluded",
        _ => "needs_review",
    };
    for item in visit.groups.iter_mut().flat_map(|group| std::iter::once(&mut group.base).chain(&mut group.additions)) {
        match item.code.as_str() {
            "170000210" | "170016910" | "170017010" | "170026710" if !photographed => item.turn("excluded"),
            "170016010" | "160000210" if class != "charged" => item.turn(class),
            _ => {}
        }
    }
}

fn is_film(row: &Row) -> bool {
    matches!(row.text("fee_item"), "E001" | "E002") && row.text("step") == "1"
}

fn is_operation(row: &Row) -> bool {
    let number = row.text("fee_item").get(1..4).and_then(|number| number.parse::<u32>().ok());
    row.part() == "K" && row.stands_alone() && row.text("notice_2") != "7" && number.is_some_and(|number| number < 920)
}

/// K 通則14, K142.
fn operations(visit: &mut Visit<'_>) {
    for group in &mut visit.groups {
        let Some(base) = group.base.row.filter(|row| is_operation(row)) else { continue };
        for item in &mut group.additions {
            item.joined |= item.row.is_some_and(|row| {
                row.text("fee_item") == base.text("fee_item")
                    && [row.text("notice_1"), row.text("notice_2"), row.text("point_kind")] == ["1", "7", "3"]
            });
        }
    }
    spine(visit);
    let all = lines(visit, is_operation);
    let several: Vec<usize> = all.iter().copied().filter(|at| visit.groups[*at].count > 1).collect();
    review(visit, &several);
    const GRAFTS: [&str; 10] = ["K013", "K013-2", "K016", "K017", "K019", "K020", "K021", "K033", "K059", "K198"];
    let rivals: Vec<usize> = all.into_iter().filter(|at| !GRAFTS.contains(&row(visit, *at).text("fee_item"))).collect();
    if rivals.len() < 2 {
        return;
    }
    let half = |group: &Group<'_>| group.additions.iter().any(|item| item.code == "150268970");
    let worth = |at: &usize| {
        let group = &visit.groups[*at];
        (!half(group), group.base.figure.unwrap_or_else(|| row(visit, *at).decimal("points")))
    };
    let highest = rivals.iter().map(worth).max().unwrap();
    let alone = rivals.iter().filter(|at| worth(at) == highest).count() == 1;
    let halves = rivals.iter().filter(|at| half(&visit.groups[**at])).count();
    let open = |at: &usize| !(alone && worth(at) == highest) && (!half(&visit.groups[*at]) || halves > 1);
    let open: Vec<usize> = rivals.iter().copied().filter(open).collect();
    review(visit, &open);
}

/// K142 without the levels.
fn spine(visit: &mut Visit<'_>) {
    let all =
        lines(visit, |row| row.text("fee_item") == "K142" && row.text("step") == "1" && row.text("notice_2") != "7");
    if all.is_empty() {
        return;
    }
    if all.iter().any(|at| visit.groups[*at].count > 1) {
        return review(visit, &all);
    }
    let of = |from: i64, to: i64| -> Vec<usize> {
        all.iter().copied().filter(|at| (from..=to).contains(&row(visit, *at).number("item_no"))).collect()
    };
    let late = visit.date >= "2026-06-01";
    let (fusions, arches) = if late { (of(5, 16), of(17, 24)) } else { (of(2, 4), of(5, 6)) };
    if !fusions.is_empty() && !arches.is_empty() {
        return review(visit, &arches);
    }
    let mut codes: Vec<(i128, &str)> =
        all.iter().map(|at| (-row(visit, *at).decimal("points"), row(visit, *at).code())).collect();
    codes.sort_unstable();
    codes.dedup();
    let quantity = |code: &str| -> i128 {
        all.iter()
            .filter(|at| visit.groups[**at].base.code == code)
            .filter_map(|at| visit.groups[*at].base.quantity)
            .sum()
    };
    let half = |code: &str| {
        row(visit, *all.iter().find(|at| visit.groups[**at].base.code == code).unwrap()).decimal("step_points")
    };
    let mut levels: Vec<(i128, i128)> = codes.iter().map(|(_, code)| (quantity(code), half(code))).collect();
    levels[0].0 -= ONE;
    let entered: i128 = all
        .iter()
        .flat_map(|at| &visit.groups[*at].additions)
        .filter(|item| item.row.is_some_and(|row| row.text("fee_item") == "K142" && row.text("notice_2") == "7"))
        .filter_map(|item| item.quantity)
        .sum();
    let further: i128 = levels.iter().map(|(levels, _)| levels).sum();
    let mut kinds: Vec<i128> = levels.iter().filter(|(levels, _)| *levels != 0).map(|(_, half)| *half).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if further + entered > 4 * ONE && (kinds.len() > 1 || entered != 0) {
        return review(visit, &all);
    }
    if all.len() == 1 {
        return;
    }
    let mut left = 4 * ONE;
    let figures: Vec<i128> = levels
        .iter()
        .zip(&codes)
        .enumerate()
        .map(|(at, ((levels, half), (points, _)))| {
            let charged = (*levels).min(left);
            left -= charged;
            charged * half / ONE - if at == 0 { *points } else { 0 }
        })
        .collect();
    let codes: Vec<String> = codes.into_iter().map(|(_, code)| code.to_owned()).collect();
    join(visit, &all, &codes, &figures.into_iter().map(Some).collect::<Vec<_>>());
}

/// One group of several: a line for each code, the first one the base.
fn join(visit: &mut Visit<'_>, places: &[usize], codes: &[String], figures: &[Option<i128>]) {
    let mut groups = take(visit, places);
    let mut out: Option<Group<'_>> = None;
    for (code, figure) in codes.iter().zip(figures) {
        let (same, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.base.code == *code);
        groups = others;
        let quantity = same.iter().filter_map(|group| group.base.quantity).sum();
        let mut same = same.into_iter();
        let mut one = same.next().unwrap();
        one.additions.extend(same.flat_map(|group| group.additions));
        one.base.quantity = Some(quantity);
        one.base.figure = *figure;
        match &mut out {
            None => out = Some(one),
            Some(first) => {
                let mut item: Item<'_> = one.base;
                item.joined = true;
                if figure.is_none() {
                    item.turn("bundled");
                }
                first.additions.push(item);
                first.additions.extend(one.additions);
            }
        }
    }
    visit.groups.extend(out);
}

/// L008 minute by minute, and L 通則4.
fn anesthesia(visit: &mut Visit<'_>) {
    general(visit);
    const KINDS: [&str; 9] = ["L000", "L001", "L001-2", "L002", "L004", "L005", "L006", "L007", "L008"];
    let all = lines(visit, |row| KINDS.contains(&row.text("fee_item")));
    if all.len() > 1 {
        let worth = |at: &usize| visit.groups[*at].base.figure.unwrap_or_else(|| row(visit, *at).decimal("points"));
        let best = all.iter().map(worth).max().unwrap();
        let alone = all.iter().filter(|at| worth(at) == best).count() == 1;
        let others: Vec<usize> = all.iter().copied().filter(|at| !(alone && worth(at) == best)).collect();
        review(visit, &others);
    }
}

fn general(visit: &mut Visit<'_>) {
    const DIFFICULT: [&str; 5] = ["150332510", "150332710", "150332910", "150333110", "150328210"];
    let all = lines(visit, |row| row.text("fee_item") == "L008" && row.text("step") == "1");
    if all.is_empty() {
        return;
    }
    let hard = all.iter().filter(|at| DIFFICULT.contains(&row(visit, **at).code())).count();
    if all.iter().any(|at| visit.groups[*at].count > 1) || (hard != 0 && hard != all.len()) {
        return review(visit, &all);
    }
    // Classes from the highest down, with their hundredths of a minute.
    let mut classes: Vec<(i128, String, i128, i128)> = Vec::new();
    for at in &all {
        let (line, minutes) = (row(visit, *at), visit.groups[*at].base.quantity.unwrap());
        match classes.iter_mut().find(|class| class.1 == line.code()) {
            Some(class) => class.2 += minutes,
            None => {
                classes.push((-line.decimal("points"), line.code().to_owned(), minutes, line.decimal("step_points")))
            }
        }
    }
    classes.sort();
    let all_minutes: i128 = classes.iter().map(|class| class.2).sum();
    let mut basic = 120 * ONE;
    let mut units: Vec<i128> = Vec::new();
    let mut rests: Vec<(i128, usize)> = Vec::new();
    for (at, class) in classes.iter().enumerate() {
        let used = class.2.min(basic);
        basic -= used;
        let mut left = class.2 - used;
        units.push(0);
        while left >= 30 * ONE {
            left -= 30 * ONE;
            units[at] += 1;
        }
        rests.push((-left, at));
    }
    let mut together: i128 = rests.iter().map(|(rest, _)| -rest).sum();
    rests.sort_unstable();
    for (rest, at) in rests {
        if together > 0 && rest < 0 {
            units[at] += 1;
            together -= 30 * ONE;
        }
    }
    let figures: Vec<Option<i128>> = classes
        .iter()
        .enumerate()
        .map(|(at, class)| Some(units[at] * class.3 - if at == 0 { class.0 } else { 0 }).filter(|figure| *figure != 0))
        .collect();
    let codes: Vec<String> = classes.iter().map(|class| class.1.clone()).collect();
    join(visit, &all, &codes, &figures);
    if all_minutes < 20 * ONE {
        // No circular before that of 2024 is at hand.
        let unsure = visit.date < "2024-06-01";
        let base = &mut visit.groups.iter_mut().find(|group| group.base.code == codes[0]).unwrap().base;
        base.turn("excluded");
        if unsure {
            base.certainty = Certainty::Unverified;
        }
    }
}
