//! Which addition goes with which base, by the columns of the masters (別紙7-6, 7-7), and urgency.

use serde_json::Value;

use crate::{
    rules::{Group, Item, Visit},
    tables::{Certainty, ONE, Row, Tables},
};

#[derive(PartialEq, Eq)]
enum Fit {
    Yes,
    No,
    Unknown,
}

fn is_addition(row: &Row) -> bool {
    matches!(row.text("notice_1"), "7" | "9")
}

fn fit(base: &Row, addition: &Row) -> Fit {
    let decided = |fits: bool| if fits { Fit::Yes } else { Fit::No };
    if addition.stands_alone() && addition.text("notice_2") != "7" {
        return Fit::Unknown;
    }
    if addition.number("note_code") != 0 {
        let age = addition.text("general_age") == "2" && base.text("general_age") != "2";
        return decided(addition.number("note_code") == base.number("note_code") && !age);
    }
    // A column of its own has the same mark on both.
    const SAME: [&str; 15] = [
        "treatment_infant",
        "low_birth_weight",
        "evoked_potential",
        "neck_dissection",
        "endoscopic_ultrasound",
        "anastomosis",
        "ultrasonic_coagulation",
        "sinus_endoscope",
        "sinus_shaver",
        "long_anesthesia",
        "preserved_tissue",
        "external_fixator",
        "ultrasonic_cutter",
        "ent_infant",
        "ent_antibiotic",
    ];
    if let Some(column) = SAME.iter().find(|column| addition.mark(column) != 0) {
        return decided(addition.mark(column) == base.mark(column));
    }
    if addition.mark("surgery_support") != 0 {
        let pair = (base.mark("surgery_support"), addition.mark("surgery_support"));
        return decided(matches!(pair, (1 | 3 | 5, 1) | (2 | 3 | 6, 2) | (4..=6, 4) | (7, 6)));
    }
    if addition.mark("stapler") != 0 {
        let pair = (base.mark("stapler"), addition.mark("stapler"));
        return decided(if pair.0 == 4 { matches!(pair.1, 1 | 3) } else { pair.0 == pair.1 });
    }
    match addition.text("infection_addition") {
        "" | "0" => {}
        "1" | "2" | "3" | "7" | "9" => return decided(base.text("infection_addition") == "1"),
        _ => return decided(base.text("infection_addition") == "2"),
    }
    let same_part = base.part() == addition.part();
    if addition.number("general_age") != 0 {
        return decided(same_part && base.number("general_age") == addition.number("general_age"));
    }
    if addition.number("time_class") != 0 {
        return decided(same_part && base.text("time_class") == "1");
    }
    if addition.text("reduction_target") == "1" {
        return decided(same_part && base.text("reduction_target") == "1");
    }
    if addition.text("conformity") == "1" {
        return decided(same_part && base.text("conformity") == "2");
    }
    let item = addition.text("fee_item");
    if (item.get(1..) == Some("000") && same_part) || item == base.text("fee_item") { Fit::Yes } else { Fit::Unknown }
}

/// 早期リハビリテーション加算 without the days that it is counted from, which are not drawn.
pub(crate) fn early(tables: &Tables, visit: &mut Visit<'_>) {
    let date = visit.date;
    for group in &mut visit.groups {
        let base = group.base.row.map_or("", |row| row.text("fee_item"));
        if !matches!(base, "H000" | "H001" | "H001-2" | "H002" | "H003") {
            continue;
        }
        let names = [format!("h.early.first.{base}"), format!("h.early.later.{base}")];
        for item in &mut group.additions {
            let is =
                |role: &Row| names.iter().any(|name| name == role.code()) && role.text("procedure_code") == item.code;
            if tables.roles.on(date).any(is) {
                item.turn("needs_review");
            }
        }
    }
}

/// Ordered additions that do not go with their base.
pub(crate) fn check(visit: &mut Visit<'_>) {
    for group in &mut visit.groups {
        let Some(base) = group.base.row else { continue };
        for item in group.additions.iter_mut().filter(|item| item.open()) {
            let Some(row) = item.row else { continue };
            let sure = row.certainty().max(base.certainty()) < Certainty::Unverified;
            match fit(base, row) {
                Fit::Yes => {}
                Fit::No if sure => item.turn("excluded"),
                _ => item.turn("needs_review"),
            }
        }
    }
}

/// Of what there is one on a base: a note by its 通番, or a kind of general addition.
fn kind(row: &Row) -> Option<String> {
    if !is_addition(row) {
        return None;
    }
    if row.number("note_code") != 0 {
        let serial = row.text("note_serial");
        return (!matches!(serial, "" | "0")).then(|| format!("{} {serial}", row.text("note_code")));
    }
    let kinds = [
        ("age", row.number("general_age") != 0),
        ("time", row.number("time_class") != 0),
        ("reduction", row.text("reduction_target") == "1"),
        ("conformity", row.text("conformity") == "1"),
        ("infant", row.mark("treatment_infant") != 0),
    ];
    kinds.iter().find(|(_, is)| *is).map(|(name, _)| (*name).to_owned())
}

/// Whether an addition of the same kind stands in the group.
pub(crate) fn taken(group: &Group<'_>, row: &Row) -> bool {
    let wanted = kind(row);
    wanted.is_some() && group.additions.iter().filter(|item| item.open()).any(|item| item.row.and_then(kind) == wanted)
}

/// After all additions are there: of one kind one, and additions on lines of their own.
pub(crate) fn settle(visit: &mut Visit<'_>) {
    for group in &mut visit.groups {
        let kinds: Vec<String> =
            group.additions.iter().filter(|item| item.open()).filter_map(|item| kind(item.row?)).collect();
        for item in &mut group.additions {
            let mine = item.row.and_then(kind);
            if mine.is_some_and(|mine| kinds.iter().filter(|other| **other == mine).count() > 1) {
                item.turn("needs_review");
            }
        }
    }
    let bases: Vec<&Row> = visit
        .groups
        .iter()
        .filter(|group| group.base.open())
        .filter_map(|group| group.base.row)
        .filter(|row| !is_addition(row))
        .collect();
    for group in visit.groups.iter_mut().filter(|group| group.ordered) {
        let Some(row) = group.base.row.filter(|row| is_addition(row)) else { continue };
        if !bases.iter().any(|base| fit(base, row) == Fit::Yes) {
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
