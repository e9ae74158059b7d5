//! Which addition goes with which base, one of a kind, none without a base; the most times of a row; urgency. By the columns of
//! `masters/procedures.csv`, which has no column of 別紙7-6 but 46 and 124.

use serde_json::Value;

use crate::{
    rules::{Group, Item, Visit},
    tables::{ONE, Row, Tables},
};

fn is_addition(row: &Row) -> bool {
    matches!(row.text("notice_1"), "7" | "9")
}

/// Yes, no, or what the columns do not tell.
fn goes_with(base: &Row, row: &Row) -> Option<bool> {
    if !is_addition(row) && row.text("notice_2") != "7" {
        return None;
    }
    let same = |column: &str| base.text(column) == row.text(column);
    let part = base.part() == row.part();
    if !row.text("note_code").is_empty() {
        return Some(same("note_code") && (row.text("general_age") != "2" || base.text("general_age") == "2"));
    }
    if !row.text("treatment_infant").is_empty() {
        return Some(same("treatment_infant"));
    }
    if !row.text("infection_addition").is_empty() {
        let of_b = "12379".contains(row.text("infection_addition"));
        return Some(base.text("infection_addition") == if of_b { "1" } else { "2" });
    }
    if !row.text("general_age").is_empty() {
        return Some(part && same("general_age"));
    }
    if !row.text("time_class").is_empty() {
        return Some(part && base.text("time_class") == "1");
    }
    if row.text("reduction_target") == "1" {
        return Some(part && base.text("reduction_target") == "1");
    }
    if row.text("conformity") == "1" {
        return Some(part && base.text("conformity") == "2");
    }
    if (part && row.text("fee_item").ends_with("000") && row.text("fee_item").len() == 4) || same("fee_item") {
        return Some(true);
    }
    None
}

/// The ordered additions of a group.
pub(crate) fn check(group: &mut Group<'_>) {
    let Some(base) = group.base.row else { return };
    for item in &mut group.additions {
        let row = item.row.unwrap();
        let guessed = [base, row].iter().any(|row| row.text("certainty") == "unverified");
        match goes_with(base, row) {
            Some(true) => {}
            Some(false) if !guessed => item.turn("excluded"),
            _ => item.turn("needs_review"),
        }
    }
}

/// What a base has one of.
fn kind(row: &Row) -> Option<String> {
    if !is_addition(row) {
        return None;
    }
    let (code, serial) = (row.text("note_code"), row.text("note_serial"));
    if !code.is_empty() {
        return (!matches!(serial, "" | "0")).then(|| format!("{code}/{serial}"));
    }
    let of = ["general_age", "time_class", "reduction_target", "conformity", "treatment_infant"];
    let found = of.iter().find(|column| match **column {
        "reduction_target" | "conformity" => row.text(column) == "1",
        column => !row.text(column).is_empty(),
    });
    found.map(|column| (*column).to_owned())
}

/// Whether an addition of the same kind already stands.
pub(crate) fn taken(group: &Group<'_>, row: &Row) -> bool {
    let mine = kind(row);
    mine.is_some() && group.additions.iter().any(|item| item.open() && item.row.is_some_and(|row| kind(row) == mine))
}

pub(crate) fn one_of_a_kind(group: &mut Group<'_>) {
    let of = |item: &Item<'_>| item.row.filter(|_| item.open()).and_then(kind);
    let kinds: Vec<Option<String>> = group.additions.iter().map(of).collect();
    for (item, own) in group.additions.iter_mut().zip(&kinds) {
        if own.is_some() && kinds.iter().filter(|other| *other == own).count() > 1 {
            item.turn("needs_review");
        }
    }
}

pub(crate) fn alone(visit: &mut Visit<'_>) {
    let bases: Vec<&Row> = visit
        .groups
        .iter()
        .filter(|group| group.base.open())
        .filter_map(|group| group.base.row)
        .filter(|row| !is_addition(row))
        .collect();
    for group in visit.groups.iter_mut().filter(|group| group.ordered) {
        let Some(row) = group.base.row.filter(|row| is_addition(row)) else { continue };
        let percentage = matches!(row.text("point_kind"), "5" | "6");
        if percentage || !bases.iter().any(|base| goes_with(base, row) == Some(true)) {
            group.base.turn("needs_review");
        }
    }
}

/// 36, 37.
pub(crate) fn most(visit: &mut Visit<'_>) {
    for at in 0..visit.groups.len() {
        let group = &mut visit.groups[at];
        let Some(row) = group.base.row.filter(|_| group.base.open()) else { continue };
        let most = row.number("max_count");
        if most == 0 || group.count <= most {
            continue;
        }
        if row.text("max_count_error") == "1" {
            let mut rest = Group { count: group.count - most, ..Group::of(group.base.clone()) };
            group.count = most;
            rest.base.verdict = "limited";
            visit.groups.push(rest);
        } else {
            group.base.turn("needs_review");
        }
    }
}

/// D 内視鏡検査 通則5, J 通則5, K 通則12, L 通則3. The generator has no facility that has registered イ.
pub(crate) fn urgent<'t>(tables: &'t Tables, facility: &Value, visit: &mut Visit<'t>, at: usize) {
    let codes = match visit.says("time_class") {
        "after_hours" => ["160204070", "140000190", "150000490", "150231790"],
        "holiday" => ["160203970", "140000290", "150000590", "150231890"],
        "late_night" => ["160204170", "140000390", "150000690", "150231990"],
        "emergency_night" => ["160204270", "140000490", "150000790", "150232090"],
        "pediatric_night" | "pediatric_holiday" | "pediatric_late_night" => [""; 4],
        _ => return,
    };
    let group = &visit.groups[at];
    let Some(row) = group.base.row.filter(|row| row.stands_alone() && row.text("time_class") == "1") else { return };
    let Some(place) = ["D", "J", "K", "L"].iter().position(|part| *part == row.part()) else { return };
    let timed = |item: &Item<'_>| item.row.is_some_and(|row| !row.text("time_class").is_empty());
    if group.urgent == Some(false) || group.additions.iter().any(timed) {
        return;
    }
    let treatment = row.part() == "J";
    let worth = crate::pricing::with_notes(group);
    if treatment && worth.is_some_and(|worth| worth < 150 * ONE) {
        return;
    }
    if group.urgent.is_none() || codes[place].is_empty() || (treatment && worth.is_none()) {
        visit.groups[at].base.turn("needs_review");
        return;
    }
    let item = visit.derived(tables, facility, codes[place]);
    visit.groups[at].additions.push(item);
}
