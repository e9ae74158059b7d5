//! Encounters about the electronic fee table: what stands together in a row of it stands together in them, at the edges of
//! its spans and of its numbers.

use serde_json::{Value, json};

use crate::{
    days::{day, length, shifted, text},
    fee_tables::Exclusion,
    generate::{Random, birth},
    tables::{Row, Tables},
};

/// How far back the generated days lie.
const FIRST: (i64, i64) = (2024, 6);
/// To 2026-05.
const MONTHS: u64 = 24;

fn date(random: &mut Random) -> String {
    let months = random.below(MONTHS) as i64 + FIRST.1 - 1;
    let (year, month) = (FIRST.0 + months / 12, months % 12 + 1);
    let last = length(year, month);
    // The ends of months and what is near them more often.
    let day = match random.below(6) {
        0 => 1,
        1 => last,
        2 => 1 + random.below(8) as i64,
        _ => 1 + random.below(last as u64) as i64,
    };
    text((year, month, day))
}

/// Another day about the spans of the tables.
fn near(random: &mut Random, date: &str) -> String {
    let by = *random.of(&[0, 0, 0, 1, -1, 2, -3, -6, 6, -7, 7, -8, 8, -14, 13, -27, 20, -30, 31, -60, -75, -92, -120]);
    text(shifted(day(date), by))
}

/// Years back, for the history.
fn before(random: &mut Random, date: &str) -> String {
    match random.below(8) {
        0 => text(shifted(day(date), -(random.below(800) as i64))),
        1 => format!(
            "{}{}",
            date[..4].parse::<i64>().unwrap() - 2,
            if date.ends_with("-02-29") { "-02-28" } else { &date[4..] }
        ),
        2 => text(shifted(day(date), 1 + random.below(20) as i64)),
        _ => near(random, date),
    }
}

fn name(code: u32) -> String {
    code.to_string()
}

/// A row that may be ordered on a day: consultations come from the visit.
fn row<'t>(tables: &'t Tables, date: &str, code: &str) -> Option<&'t Row> {
    tables.procedures.get(code, date).filter(|row| !matches!(row.text("fee_item"), "A000" | "A001" | "A002"))
}

fn percentage(row: &Row) -> bool {
    matches!(row.text("point_kind"), "5" | "6")
}

fn quantity(random: &mut Random) -> &'static str {
    random
        .of::<&str>(&["1", "1", "2", "3", "4", "6", "7", "9", "10", "18", "21", "22", "30", "60", "121", "0.5", "2.5"])
}

fn line(random: &mut Random, row: &Row) -> Value {
    let mut line = json!({ "procedure": row.code() });
    if row.number("unit_code") != 0 {
        line["quantity"] = json!(quantity(random));
    }
    line
}

/// Codes that the tables say something of together, with how often.
fn theme(tables: &Tables, random: &mut Random, date: &str) -> Vec<(String, i64)> {
    let fees = &tables.fees;
    let exclusion = |random: &mut Random, table: &[Exclusion]| {
        (0..30)
            .map(|_| random.of(table))
            .find(|row| row.days.hold(date))
            .map(|row| vec![(name(row.one), 1), (name(row.other), 1)])
            .unwrap_or_default()
    };
    match random.below(10) {
        0 => exclusion(random, &fees.day),
        1 => exclusion(random, &fees.month),
        2 => exclusion(random, &fees.same),
        3 => exclusion(random, &fees.week),
        4 | 5 => {
            let aux = (0..400).map(|_| random.of(&fees.aux)).find(|aux| aux.bundles.iter().any(|(unit, _)| *unit != 0));
            let Some((aux, group)) = aux.map(|aux| (aux, &random.of(&aux.bundles).1)) else {
                return Vec::new();
            };
            let members: Vec<_> = fees.members.iter().filter(|member| member.group == *group).collect();
            let mut codes = vec![(name(aux.code), 1)];
            for _ in 0..=random.below(2) {
                if !members.is_empty() {
                    codes.push((name(random.of(&members).code), 1));
                }
            }
            codes
        }
        6 | 7 => {
            let limit = random.of(&fees.limits);
            let more = *random.of(&[-1, 0, 0, 1, 2]);
            vec![(name(limit.code), (limit.most + more).clamp(1, 60))]
        }
        8 => {
            // What contends with one code by any table, so that three and more stand against each other.
            let table = *random.of(&[&fees.day, &fees.month, &fees.same]);
            let one = random.of(table).one;
            let others: Vec<u32> = [&fees.day, &fees.month, &fees.same]
                .into_iter()
                .flatten()
                .filter(|row| row.one == one && row.days.hold(date))
                .map(|row| row.other)
                .collect();
            let mut codes = vec![(name(one), 1)];
            for _ in 0..random.below(5) {
                if !others.is_empty() {
                    codes.push((name(*random.of(&others)), 1));
                }
            }
            codes
        }
        _ => vec![(random.of(&tables.procedures.rows).code().to_owned(), 1 + random.below(3) as i64)],
    }
}

/// A patient's visits and history.
pub(crate) fn encounter(tables: &Tables, random: &mut Random) -> Value {
    let first = date(random);
    let mut visits: Vec<Value> = Vec::new();
    for place in 0..=random.below(3) {
        let date = if place == 0 { first.clone() } else { near(random, &first) };
        if date.as_str() < "2024-06-01" || date.as_str() > "2026-05-31" {
            continue;
        }
        let consultation =
            *random.of(&["none", "none", "none", "first", "revisit", "phone_revisit", "same_day_revisit"]);
        let mut visit = json!({ "date": date, "consultation": consultation, "orders": [] });
        if matches!(consultation, "first" | "revisit") && random.percent(15) {
            visit["second_department"] = json!(true);
        } else if consultation == "first" && random.percent(15) {
            visit["time_class"] = json!(*random.of(&["after_hours", "holiday", "late_night", "early_or_late"]));
        }
        // Two visits that nothing tells apart but their orders have no order of their own.
        if !visits.iter().any(|other| same_rank(other, &visit)) {
            visits.push(visit);
        }
    }
    let mut history: Vec<Value> = Vec::new();
    let wild = random.percent(10);
    for _ in 0..=random.below(3) {
        let codes = if wild {
            (0..6).map(|_| (random.of(&tables.procedures.rows).code().to_owned(), 1)).collect()
        } else {
            theme(tables, random, &first)
        };
        for (code, times) in codes {
            scatter(tables, random, &code, times, &first, &mut visits, &mut history);
        }
    }
    if random.percent(20) && !history.is_empty() {
        let again = random.of(&history).clone();
        history.push(again);
    }
    if random.percent(50) {
        visits.reverse();
    }
    let oldest = visits.iter().map(|visit| visit["date"].as_str().unwrap()).min().unwrap().to_owned();
    let mut patient = json!({ "birth_date": birth(random, &oldest) });
    if random.percent(60) {
        patient["sex"] = json!(*random.of(&["male", "female"]));
    }
    json!({ "facility": facility(tables, random), "patient": patient, "visits": visits, "history": history })
}

fn same_rank(one: &Value, other: &Value) -> bool {
    let rank = |visit: &Value| match visit["consultation"].as_str().unwrap() {
        "none" => 3,
        again if again.starts_with("same_day") => 2,
        _ => i32::from(visit["second_department"] == true),
    };
    one["date"] == other["date"] && rank(one) == rank(other)
}

/// So many times of a code, here and there.
fn scatter(
    tables: &Tables,
    random: &mut Random,
    code: &str,
    times: i64,
    first: &str,
    visits: &mut [Value],
    history: &mut Vec<Value>,
) {
    let mut left = times;
    while left > 0 {
        let count = if left > 1 && random.percent(60) { 1 + random.below(left as u64) as i64 } else { 1 };
        left -= count;
        if random.percent(35) {
            let date = before(random, first);
            let mut past = json!({ "date": date, "procedure": code });
            if count > 1 {
                past["count"] = json!(count);
            }
            if tables.procedures.get(code, &date).is_some_and(|row| row.number("unit_code") != 0) && random.percent(70)
            {
                past["quantity"] = json!(quantity(random));
            }
            history.push(past);
            continue;
        }
        let at = random.below(visits.len() as u64) as usize;
        let visit = &mut visits[at];
        let date = visit["date"].as_str().unwrap().to_owned();
        let Some(row) = row(tables, &date, code) else { continue };
        let orders = visit["orders"].as_array_mut().unwrap();
        let note = matches!(row.text("notice_1"), "7" | "9");
        if percentage(row) || (note && random.percent(50)) {
            let addition = line(random, row);
            if orders.is_empty() {
                continue;
            }
            let place = random.below(orders.len() as u64) as usize;
            let mut additions = orders[place]["additions"].as_array().cloned().unwrap_or_default();
            additions.push(addition);
            orders[place]["additions"] = json!(additions);
        } else {
            let mut order = line(random, row);
            order["urgent"] = json!(false);
            if count > 1 {
                order["count"] = json!(count);
            }
            if row.part() == "D" && random.percent(50) {
                order["specimen"] = json!(*random.of(&["venous_blood", "capillary_blood", "no_fee"]));
            }
            orders.push(order);
        }
    }
}

fn facility(tables: &Tables, random: &mut Random) -> Value {
    let mut facility = if random.percent(60) {
        json!({ "kind": "hospital", "general_beds": 90 + random.below(80), "permitted_beds": 170 + random.below(29) })
    } else {
        json!({ "kind": "clinic" })
    };
    if random.percent(40) {
        let mut registered: Vec<i64> = vec![4307];
        for _ in 0..random.below(40) {
            let row = random.of(&tables.procedures.rows);
            registered.extend(
                row.text("standards").split(';').filter_map(|code| code.parse::<i64>().ok()).filter(|code| *code != 0),
            );
        }
        facility["registrations"] = json!(registered);
    }
    facility
}
