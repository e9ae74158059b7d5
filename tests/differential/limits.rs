//! まるめ, 外来迅速検体検査加算, once a day and once a month, the second time in a month.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    rules::{Cause, Group, Item, Kind, Visit},
    tables::{ONE, Row, Tables, decimal},
};

const RAPID: &str = "160177770";

/// D006 to D009, D012 to D014, D287: several tests on one sample.
pub(crate) fn rounded(tables: &Tables, visit: &mut Visit<'_>) {
    let kinds: BTreeSet<String> = visit
        .groups
        .iter()
        .filter(|group| group.base.open())
        .filter_map(|group| group.base.row)
        .map(|row| row.text("bundled_test").to_owned())
        .filter(|kind| !kind.is_empty())
        .collect();
    for kind in kinds {
        let of =
            |group: &Group<'_>| group.base.open() && group.base.row.is_some_and(|row| row.text("bundled_test") == kind);
        let most = match kind.as_str() {
            "8" => Some(3),
            "9" => Some(8),
            "10" => Some(2),
            "13" | "14" | "15" | "16" => Some(1),
            _ => None,
        };
        let all: i64 = visit.groups.iter().filter(|group| of(group)).map(|group| group.count).sum();
        if most.is_some_and(|most| all > most) {
            visit.groups.iter_mut().filter(|group| of(group)).for_each(|group| group.base.turn("needs_review"));
        }
        let codes: BTreeSet<&str> =
            visit.groups.iter().filter(|group| of(group)).map(|group| group.base.code.as_str()).collect();
        let items = codes.len() as i64;
        let repeated = all > items;
        let Some(figure) = tables.bundles.on(visit.date).find(|row| {
            let most = row.number("max_items");
            row.text("group") == kind && row.number("min_items") <= items && (most == 0 || items <= most)
        }) else {
            continue;
        };
        let elsewhere = visit.groups.iter().any(|group| of(group) && group.specimen == "no_fee");
        let open = repeated || (kind != "5" && elsewhere);
        for group in visit.groups.iter_mut().filter(|group| of(group)) {
            group.base.turn(if open { "needs_review" } else { "bundled" });
        }
        if !open {
            let mut item = Item::new("", None, Kind::Figure(figure.number("points")));
            item.certainty = figure.certainty();
            visit.groups.push(Group::of(item));
        }
    }
}

/// Five items a day; an addition to a rounded test is paid. Returns the codes that stand under what is bundled.
pub(crate) fn rapid(visits: &mut [Visit<'_>]) -> BTreeSet<&'static str> {
    let mut days: BTreeMap<String, (i128, usize)> = BTreeMap::new();
    for visit in visits.iter() {
        for group in &visit.groups {
            for item in group.items().filter(|item| item.code == RAPID && item.open()) {
                let day = days.entry(visit.date.to_owned()).or_default();
                day.0 += item.quantity.unwrap() * i128::from(group.count);
            }
        }
    }
    for visit in visits {
        let here = visit.groups.iter().flat_map(Group::items).filter(|item| item.code == RAPID).count();
        let (sum, _) = days.get(visit.date).copied().unwrap_or_default();
        for group in &mut visit.groups {
            for item in std::iter::once(&mut group.base).chain(&mut group.additions).filter(|item| item.code == RAPID) {
                // A single line is cut off by its own steps.
                if sum > 5 * ONE && !(here == 1 && item.quantity == Some(sum)) {
                    item.turn("needs_review");
                }
            }
        }
    }
    BTreeSet::from([RAPID])
}

/// D026 注1, E102 注, E203 注, N007 注 once a month, D400 once a day.
pub(crate) fn once(tables: &Tables, encounter: &Value, visits: &mut [Visit<'_>]) {
    for at in 0..visits.len() {
        for place in 0..visits[at].groups.len() {
            let Some(row) = visits[at].groups[place].base.row else { continue };
            let monthly = matches!(row.part(), "D" | "E" | "N") && row.text("exam_kind") == "2";
            if monthly || row.text("fee_item") == "D400" {
                limit(tables, encounter, visits, at, place, monthly, true);
            }
        }
    }
}

/// ベースアップ評価料 once a day until 2026-05-31.
pub(crate) fn wages(tables: &Tables, encounter: &Value, visits: &mut [Visit<'_>]) {
    for at in 0..visits.len() {
        for place in 0..visits[at].groups.len() {
            let Some(row) = visits[at].groups[place].base.row else { continue };
            if visits[at].date < "2026-06-01" && matches!(row.text("base_up_1"), "2" | "4" | "6" | "8") {
                limit(tables, encounter, visits, at, place, false, false);
            }
        }
    }
}

/// H 通則4: six units a day of H000 to H003 together, whatever the code.
pub(crate) fn rehabilitation(tables: &Tables, encounter: &Value, visits: &mut [Visit<'_>]) {
    let counts = |row: &Row| {
        matches!(row.text("fee_item"), "H000" | "H001" | "H001-2" | "H002" | "H003")
            && matches!(row.text("notice_1"), "1" | "3" | "5")
    };
    for at in 0..visits.len() {
        let date = visits[at].date;
        let mut units = Vec::new();
        for past in encounter["history"].as_array().into_iter().flatten().filter(|past| past["date"] == date) {
            let code = past["procedure"].as_str().unwrap();
            if tables.procedures.get(code, date).is_some_and(counts) {
                let each = past["quantity"].as_str().map_or(ONE, decimal);
                units.push((code.to_owned(), each * i128::from(past["count"].as_i64().unwrap_or(1))));
            }
        }
        let lines = |visit: &Visit<'_>| {
            let mut found = Vec::new();
            for (place, group) in visit.groups.iter().enumerate() {
                if group.base.open() && group.base.row.is_some_and(counts) {
                    let Some(each) = group.base.quantity else { continue };
                    found.push((place, group.base.code.clone(), each * i128::from(group.count)));
                }
            }
            found
        };
        for visit in visits.iter().filter(|visit| visit.date == date) {
            units.extend(lines(visit).into_iter().map(|(_, code, number)| (code, number)));
        }
        let codes: BTreeSet<&str> = units.iter().map(|(code, _)| code.as_str()).collect();
        if codes.len() > 1 && units.iter().map(|(_, number)| number).sum::<i128>() > 6 * ONE {
            for (place, ..) in lines(&visits[at]) {
                visits[at].groups[place].base.turn("needs_review");
            }
        }
    }
}

/// B001-2 注3, B001-2-11 注3: the drugs of a day on which the pediatric fees are charged are part of them.
pub(crate) fn pediatric(tables: &Tables, encounter: &Value, visits: &mut [Visit<'_>]) {
    let contains = |code: &str, date: &str| {
        let groups = ["B001021", "B001023"];
        let number = crate::fee_tables::code(code);
        let mut rows = tables.fees.aux.iter().filter(|aux| aux.code == number && aux.days.hold(date));
        date >= "2024-06-01" && rows.any(|aux| aux.bundles.iter().any(|(_, group)| groups.contains(&group.as_str())))
    };
    for at in 0..visits.len() {
        let date = visits[at].date;
        let drugs = |group: &Group<'_>| {
            matches!(group.base.kind, Kind::Prescribed { .. } | Kind::Injected(_) | Kind::Used(_) | Kind::Tenth(_))
        };
        if !visits[at].groups.iter().any(drugs) {
            continue;
        }
        let past = encounter["history"].as_array().into_iter().flatten();
        let mut found: Vec<&str> = past
            .filter(|past| past["date"] == date && contains(past["procedure"].as_str().unwrap(), date))
            .map(|_| "charged")
            .collect();
        for visit in visits.iter().filter(|visit| visit.date == date) {
            let items = visit.groups.iter().flat_map(Group::items).filter(|item| item.open() && item.row.is_some());
            found.extend(items.filter(|item| contains(&item.code, date)).map(|item| item.verdict));
        }
        let verdict = match found.contains(&"charged") {
            true => "bundled",
            false if found.is_empty() => continue,
            false => "needs_review",
        };
        visits[at].groups.iter_mut().filter(|group| drugs(group)).for_each(|group| group.base.turn(verdict));
    }
}

/// J 通則7: J113 has no infant addition on a day with that of the ear, nose and throat.
pub(crate) fn earwax(encounter: &Value, visits: &mut [Visit<'_>]) {
    const INFANT: &str = "140061990";
    for at in 0..visits.len() {
        let date = visits[at].date;
        let past = encounter["history"].as_array().into_iter().flatten();
        let charged = past.filter(|past| past["procedure"] == INFANT && past["date"] == date).count() > 0;
        let here: Vec<&str> = visits
            .iter()
            .filter(|visit| visit.date == date && visit.date >= "2022-04-01")
            .flat_map(|visit| visit.groups.iter().flat_map(Group::items))
            .filter(|item| item.code == INFANT && item.open())
            .map(|item| item.verdict)
            .collect();
        let verdict = match charged || here.contains(&"charged") {
            true => "excluded",
            false if here.is_empty() => continue,
            false => "needs_review",
        };
        for group in &mut visits[at].groups {
            if group.base.row.is_some_and(|row| row.text("fee_item") == "J113") {
                let infant =
                    |item: &&mut Item<'_>| item.row.is_some_and(|row| !row.text("treatment_infant").is_empty());
                group.additions.iter_mut().filter(infant).for_each(|item| item.turn(verdict));
            }
        }
    }
}

fn limit(
    tables: &Tables,
    encounter: &Value,
    visits: &mut [Visit<'_>],
    at: usize,
    place: usize,
    monthly: bool,
    whole: bool,
) {
    let visit = &visits[at];
    let code = visit.groups[place].base.code.as_str();
    let row = visit.groups[place].base.row.unwrap();
    let same = |date: &str| if monthly { date[..7] == visit.date[..7] } else { date == visit.date };
    // D238, D241 and E102 have several fees, of which one a month; N007 is none beside N006.
    let alike = |other: &Row| {
        let (own, other_item) = (row.text("fee_item"), other.text("fee_item"));
        monthly
            && !matches!(own, "D026" | "N006")
            && other.text("exam_kind") == "2"
            && (other_item == own || (own == "N007" && other_item == "N006"))
    };
    let past = encounter["history"].as_array().into_iter().flatten().any(|past| {
        let (other, date) = (past["procedure"].as_str().unwrap(), past["date"].as_str().unwrap());
        same(date) && (other == code || tables.procedures.get(other, date).is_some_and(alike))
    });
    let earlier = visits[..at].iter().filter(|other| same(other.date)).any(|other| {
        let mut items = other.groups.iter().flat_map(Group::items);
        items.any(|item| item.open() && (item.code == code || item.row.is_some_and(alike)))
    });
    // E102 通知(1), E203 通知(1): on the day of the month's first image.
    let of_first: &[&str] = match row.text("fee_item") {
        "E102" if whole => &["31", "32"],
        "E203" if whole => &["33"],
        _ => &[],
    };
    let image = |row: &Row| row.text("exam_kind") == "1" && of_first.contains(&row.text("exam_group"));
    let imaged = encounter["history"].as_array().into_iter().flatten().any(|past| {
        let (other, date) = (past["procedure"].as_str().unwrap(), past["date"].as_str().unwrap());
        same(date) && date < visit.date && tables.procedures.get(other, date).is_some_and(image)
    });
    let several = (visit.groups[place].count > 1 || imaged) && whole;
    let base = &mut visits[at].groups[place].base;
    if past || earlier {
        base.turn("limited");
    } else if several {
        base.turn("needs_review");
    }
}

/// Whether a line of this row is what another was derived from.
pub(crate) fn is_cause(cause: &Cause, row: &Row) -> bool {
    match cause {
        Cause::Tests(of) if of == "40" => {
            row.text("exam_kind") == "1" && matches!(row.text("exam_group"), "40" | "41" | "42")
        }
        Cause::Tests(of) => row.text("exam_kind") == "1" && row.text("exam_group") == of,
        Cause::Consultation => matches!(row.text("fee_item"), "A000" | "A001" | "A002") && row.text("notice_2") == "1",
        Cause::Mark("price_response_group", of) => {
            row.text("price_response") == "2" && row.text("price_response_group") == of
        }
        Cause::Mark(column, of) => row.text(column) == of,
    }
}

/// A derived line falls with what it was derived from, and asks for a review while all of that does.
pub(crate) fn causes(visits: &mut [Visit<'_>]) {
    for visit in visits {
        for place in 0..visit.groups.len() {
            let Some(cause) = visit.groups[place].base.cause.clone() else { continue };
            let remains =
                |group: &&Group<'_>| group.base.open() && group.base.row.is_some_and(|row| is_cause(&cause, row));
            let remain: Vec<&str> = visit.groups.iter().filter(remains).map(|group| group.base.verdict).collect();
            if remain.is_empty() {
                visit.groups[place].base.turn("excluded");
            } else if !remain.contains(&"charged") {
                visit.groups[place].base.turn("needs_review");
            }
        }
    }
}

/// 逓減: the group of a test or a scan that is charged lower the second time.
fn repeats(row: &Row) -> Option<&str> {
    let group = row.text("reduction_group");
    let reduced = row.stands_alone() && row.text("reduction_target") == "1" && !group.is_empty();
    if reduced { Some(group) } else { combined(row).then_some("201") }
}

/// E 第3節 通知 1(1): PET with CT or MRI comes before a scan as a scan does.
fn combined(row: &Row) -> bool {
    matches!(row.text("fee_item"), "E101-3" | "E101-4") && row.text("exam_kind") == "1"
}

/// D 第3節 90/100, E 第3節 通則2 80/100.
pub(crate) fn again<'t>(tables: &'t Tables, encounter: &Value, visits: &mut [Visit<'t>]) {
    // Day, code, group, visit.
    let mut done: Vec<(String, String, String, usize)> = Vec::new();
    for past in encounter["history"].as_array().into_iter().flatten() {
        let (date, code) = (past["date"].as_str().unwrap(), past["procedure"].as_str().unwrap());
        if let Some(group) = tables.procedures.get(code, date).and_then(repeats) {
            done.push((date.to_owned(), code.to_owned(), group.to_owned(), usize::MAX));
        }
    }
    for visit in visits {
        let mut places: Vec<usize> = (0..visit.groups.len()).collect();
        places.sort_by_key(|place| (visit.groups[*place].base.code.clone(), visit.groups[*place].count));
        // The same test twice with other additions or quantities: which is the second is open.
        let content = |group: &Group<'_>| {
            let mut additions: Vec<(String, Option<i128>)> =
                group.additions.iter().map(|item| (item.code.clone(), item.quantity)).collect();
            additions.sort();
            (group.base.quantity, group.base.verdict, additions)
        };
        let open: Vec<&Group<'_>> = visit.groups.iter().filter(|group| group.base.open()).collect();
        let uneven: BTreeSet<String> = open
            .iter()
            .filter(|group| group.base.row.is_some_and(|row| repeats(row).is_some()))
            .filter(|group| {
                open.iter().any(|other| other.base.code == group.base.code && content(other) != content(group))
            })
            .map(|group| group.base.code.clone())
            .collect();
        for place in places {
            let base = &visit.groups[place].base;
            let Some((row, group)) = base.row.filter(|_| base.open()).and_then(|row| Some((row, repeats(row)?))) else {
                continue;
            };
            let before: Vec<_> = done
                .iter()
                .filter(|one| one.2 == group && one.0.as_str() <= visit.date && one.0[..7] == visit.date[..7])
                .cloned()
                .collect();
            done.push((visit.date.to_owned(), row.code().to_owned(), group.to_owned(), visit.place));
            let mixed = before.iter().any(|one| one.3 == visit.place && one.1 != row.code());
            let ultrasound = group == "40" && !before.is_empty() && before.iter().all(|one| one.1 != row.code());
            if mixed || ultrasound || uneven.contains(row.code()) {
                let same = |item: &Item<'_>| item.row.and_then(repeats) == Some(group);
                visit.groups.iter_mut().filter(|each| same(&each.base)).for_each(|each| each.base.turn("needs_review"));
            } else if combined(row) {
                // E101-3 通知(2), E101-4 通知(2).
                let scan = if row.text("fee_item") == "E101-3" { "E200" } else { "E202" };
                let after = |one: &(String, String, String, usize)| {
                    tables.procedures.get(&one.1, &one.0).is_some_and(|row| row.text("fee_item") == scan)
                };
                if before.iter().any(after) {
                    visit.groups[place].base.turn("needs_review");
                }
            } else if !before.is_empty() {
                lower(tables, visit, place, row);
            } else if visit.groups[place].count > 1 {
                let rest = visit.groups[place].split(1);
                visit.groups.push(rest);
                lower(tables, visit, visit.groups.len() - 1, row);
            }
        }
    }
}

fn lower<'t>(tables: &'t Tables, visit: &mut Visit<'t>, place: usize, row: &Row) {
    let code = if row.part() == "E" { "170022290" } else { "160000190" };
    if visit.groups[place].additions.iter().all(|item| item.code != code) {
        let item = Item::new(code, tables.procedures.get(code, visit.date), Kind::Procedure);
        visit.groups[place].additions.push(item);
    }
}
