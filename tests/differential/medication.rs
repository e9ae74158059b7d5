//! F 投薬.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    rules::{Group, Item, Kind, Visit},
    tables::{ONE, Row, Tables, decimal},
};

pub(crate) fn drugs<'t>(tables: &'t Tables, date: &str, list: &Value) -> Vec<(&'t Row, i128)> {
    let row = |drug: &Value| {
        let code = drug["drug"].as_str().unwrap();
        (tables.drugs.get(code, date).unwrap(), decimal(drug["quantity"].as_str().unwrap()))
    };
    list.as_array().into_iter().flatten().map(row).collect()
}

/// Yen of drugs together, in hundred-millionths.
pub(crate) fn yen(drugs: &[(&Row, i128)]) -> i128 {
    drugs.iter().map(|(row, amount)| row.decimal("price") * amount / ONE).sum()
}

/// The 剤 of a prescription that the house dispenses.
pub(crate) fn doses<'t>(tables: &'t Tables, visit: &mut Visit<'t>, place: usize, prescription: &Value) {
    if prescription["dispensing"] == "pharmacy" {
        return;
    }
    for rp in prescription["rps"].as_array().unwrap() {
        let list = drugs(tables, visit.date, &rp["drugs"]);
        let code = list[0].0.code();
        let usage = rp["use"].as_str().unwrap().to_owned();
        // 28: 1 internal, 6 external.
        let wrong = if usage == "external" { "1" } else { "6" };
        let misfit = list.iter().any(|(row, _)| row.text("form") == wrong || row.text("form") == "4");
        let temporary = rp["temporary"].as_bool().unwrap_or(false);
        let mut item = Item::new(code, None, Kind::Prescribed { usage, prescription: place, temporary, drugs: list });
        if misfit {
            item.turn("needs_review");
        }
        visit.groups.push(Group { count: rp["count"].as_i64().unwrap_or(1), ..Group::of(item) });
    }
}

/// F200 注3 通知(6)ア: the kinds, counting a brand in every 剤 and once.
fn kinds(tables: &Tables, date: &str, prescription: &Value) -> (usize, usize) {
    let (mut each, mut shared, mut brands) = (0, 0, BTreeSet::new());
    for rp in prescription["rps"].as_array().unwrap() {
        if rp["use"] != "internal" || rp["temporary"] == true {
            continue;
        }
        let list = drugs(tables, date, &rp["drugs"]);
        if rp["mixed"] == true || yen(&list) <= 205 * ONE {
            each += 1;
            shared += 1;
        } else {
            let own: BTreeSet<String> = list.iter().map(|(row, _)| row.code().to_owned()).collect();
            each += own.len();
            brands.extend(own);
        }
    }
    (each, shared + brands.len())
}

/// Drugs that may be 抗不安薬, 睡眠薬, 抗うつ薬 or 抗精神病薬.
fn may_be_psychotropic(row: &Row) -> bool {
    ["112", "117", "119"].iter().any(|class| row.text("price_code").starts_with(class))
}

/// 地域包括診療加算 (F100 2) and 地域包括診療料 (F200 注3), by their codes of the day.
fn exempt(visit: &Visit<'_>, with_fee: bool) -> bool {
    let r8 = visit.date >= "2026-06-01";
    let mut codes = vec!["112021770", "112017270"];
    if r8 {
        codes.extend(["112021870", "112017570"]);
    }
    if with_fee {
        codes.extend(if r8 {
            ["113710810", "113710910", "113025710", "113018410"].as_slice()
        } else {
            ["113015810", "113024810"].as_slice()
        });
    }
    let mut items = visit.groups.iter().flat_map(Group::items);
    items.any(|item| item.open() && codes.contains(&item.code.as_str()))
}

/// 通則4 to 6.
fn against_general_rules(date: &str, drugs: &[(&Row, i128)]) -> bool {
    let class = |row: &Row, class: &str| row.text("price_code").starts_with(class);
    let gargles = drugs.iter().all(|(row, _)| class(row, "226"));
    let plasters: i128 = drugs
        .iter()
        .filter(|(row, _)| {
            row.text("unit") == "枚"
                && row.text("form") == "6"
                && row.text("narcotic").is_empty()
                && (class(row, "264") || class(row, "114"))
                && row.text("price_code").chars().nth(7) == Some('S')
        })
        .map(|(_, amount)| amount)
        .sum();
    let nutrition = drugs.iter().any(|(row, _)| class(row, "3259") && row.text("form") == "1");
    gargles || plasters > 63 * ONE || (date >= "2026-06-01" && nutrition)
}

pub(crate) fn fees<'t>(tables: &'t Tables, facility: &Value, visit: &mut Visit<'t>) {
    let input = visit.input;
    let prescriptions: Vec<&Value> = input["prescriptions"].as_array().into_iter().flatten().collect();
    let of = |who: &str| prescriptions.iter().filter(|one| one["dispensing"] == who).count();
    for (place, prescription) in prescriptions.iter().enumerate() {
        let start = visit.groups.len();
        let all: Vec<(&Row, i128)> = prescription["rps"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|rp| drugs(tables, visit.date, &rp["drugs"]))
            .collect();
        let controlled = all.iter().any(|(row, _)| matches!(row.text("narcotic"), "1" | "2" | "3" | "5"));
        let uses: BTreeSet<&str> =
            prescription["rps"].as_array().unwrap().iter().map(|rp| rp["use"].as_str().unwrap()).collect();
        let house = prescription["dispensing"] == "in_house";
        let mut codes: Vec<&str> = Vec::new();
        if house {
            // F000 1.
            if uses.contains("internal") || uses.contains("as_needed") {
                codes.push("120000710");
            }
            if uses.contains("external") {
                codes.push("120001010");
            }
            if controlled {
                codes.push("120000110");
            }
        }
        let (each, once) = kinds(tables, visit.date, prescription);
        let (many, unsure) = (each >= 7, (each >= 7) != (once >= 7));
        let class = prescription["fee_class"].as_str();
        let spared = exempt(visit, false);
        let column = match class {
            Some("psychotropics") => 0,
            Some("seven_kinds") => 1,
            Some("long_psychotropic") => 2,
            Some(_) => 3,
            None if many && !spared => 1,
            None => 3,
        };
        let fee = match (house, prescription["refill"] == true) {
            (true, _) => ["120003610", "120002610", "120004410", "120001210"],
            (false, false) => ["120003710", "120002710", "120004610", "120002910"],
            (false, true) => ["120004710", "120004810", "120004910", "120005010"],
        }[column];
        let names: BTreeSet<&str> = all
            .iter()
            .filter(|(row, _)| may_be_psychotropic(row))
            .map(|(row, _)| &row.text("price_code")[..7])
            .collect();
        let undecided = class.is_none() && names.len() >= 3;
        let contradicts = match class {
            Some("seven_kinds") => !many || spared,
            Some("other") => many && !spared,
            _ => false,
        };
        codes.push(fee);
        if house && controlled {
            codes.push("120001310");
        }
        for code in codes {
            let mut item = visit.derived(tables, facility, code);
            if code == fee && (undecided || contradicts || (unsure && class.is_none())) {
                item.turn("needs_review");
            }
            visit.groups.push(Group::of(item));
        }
        if house {
            let mine = |group: &Group<'_>| matches!(&group.base.kind, Kind::Prescribed { prescription, .. } if *prescription == place);
            if undecided || class == Some("psychotropics") {
                // F200 注2.
                for group in visit.groups.iter_mut().filter(|group| mine(group)) {
                    if let Kind::Prescribed { drugs, .. } = &group.base.kind
                        && drugs.iter().any(|(row, _)| may_be_psychotropic(row))
                    {
                        group.base.turn("needs_review");
                    }
                }
            } else if (many || unsure) && !exempt(visit, true) {
                // F200 注3.
                let temporary = visit.groups.iter().filter(|group| mine(group)).any(|group| {
                    matches!(&group.base.kind, Kind::Prescribed { usage, temporary: true, .. } if usage == "internal")
                });
                let mut item = Item::new("", None, Kind::Tenth(place));
                if unsure || contradicts || temporary {
                    item.turn("needs_review");
                }
                visit.groups.push(Group::of(item));
            }
        }
        let several = of(prescription["dispensing"].as_str().unwrap()) > 1;
        let both = of("in_house") > 0 && of("pharmacy") > 0;
        let general = against_general_rules(visit.date, &all);
        for (number, group) in visit.groups.iter_mut().enumerate() {
            let dose = matches!(&group.base.kind, Kind::Prescribed { prescription, .. } if *prescription == place);
            if (number >= start && (several || both || general)) || (dose && (both || general)) {
                group.base.turn("needs_review");
            }
        }
    }
}
