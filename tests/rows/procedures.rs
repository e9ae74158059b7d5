//! 医科診療行為マスター: columns by their numbers (項番).

use std::collections::HashMap;

use rust_decimal::Decimal;
use santei::master::Masters;
use serde_json::{Value, json};

use super::{Edition, LATEST, Row, Tally, earlier, line, masters, rounded, visit};

/// Why a row that this visit orders may not be charged: the conditions of the row, and what no table settles.
const REASONS: &[&str] = &[
    "master.in_out",
    "master.forensic",
    "master.special",
    "price.step",
    "binding.open",
    "binding.alone",
    "binding.base",
    "adjust.by_weight",
    "a001.outpatient_management",
    // What the rules of its part and 電子点数表 05 ask for, which this visit does not bring.
    "d.emergency",
    "e.emergency",
    "e.electronic",
    "h.early",
    "l008.least_minutes",
    "table.frequency",
];

/// Six years old and not yet at school.
const BEFORE_SCHOOL: &str = "2019-10-15";

/// Births of patients of many ages on 2025-12-01, an adult first; for another edition as many years before.
const BIRTHS: [(&str, u32, u32); 15] = [
    ("1985-06-15", 40, 99_999),
    ("1948-06-15", 77, 99_999),
    ("2025-11-20", 0, 11),
    ("2025-10-20", 0, 42),
    ("2025-05-01", 0, 214),
    ("2024-08-01", 1, 487),
    ("2023-08-01", 2, 853),
    ("2022-08-01", 3, 1_218),
    ("2020-08-01", 5, 1_948),
    (BEFORE_SCHOOL, 6, 2_239),
    ("2018-08-01", 7, 2_679),
    ("2012-08-01", 13, 4_870),
    ("2009-08-01", 16, 5_966),
    ("2006-08-01", 19, 7_062),
    ("2004-08-01", 21, 7_792),
];

/// Whether the age has reached a limit. None of the patients is within a month of 3, 6, 15 or 20.
fn reached(limit: &str, (birth, years, days): (&str, u32, u32)) -> bool {
    match limit {
        "MG" => years >= 6 && birth != BEFORE_SCHOOL,
        "AA" => days >= 28,
        "AE" => days >= 90,
        "B3" => years >= 3,
        "B6" => years >= 6,
        "BF" => years >= 15,
        "BK" => years >= 20,
        number => years >= number.parse().unwrap(),
    }
}

fn admits(row: &Row, birth: (&str, u32, u32)) -> bool {
    (row.text(41) == "00" || reached(row.text(41), birth)) && (row.text(42) == "00" || !reached(row.text(42), birth))
}

/// A patient whom every row admits.
fn patient(rows: &[&Row]) -> Option<(&'static str, u32, u32)> {
    BIRTHS.into_iter().find(|birth| {
        rows.iter().all(|row| {
            let scheme = match row.number(14) {
                1 => birth.1 < 75,
                2 => birth.1 >= 75,
                _ => true,
            };
            scheme && admits(row, *birth)
        })
    })
}

/// A facility that fits every row.
fn facility(rows: &[&Row]) -> Value {
    let mut standards: Vec<u32> = rows.iter().flat_map(|row| (72..=81).map(|column| row.number(column))).collect();
    standards.extend(rows.iter().map(|row| row.number(45)));
    standards.retain(|code| *code != 0);
    // A clinic has fewer than twenty beds and so is within 3, 5 and 7.
    let beds = rows.iter().map(|row| row.number(71)).find(|class| !matches!(class, 0 | 3 | 5 | 7)).unwrap_or_default();
    let hospital = beds != 0 || rows.iter().any(|row| row.number(19) == 1);
    if !hospital {
        return json!({ "kind": "clinic", "registrations": standards });
    }
    let (general, permitted) = match beds {
        1 => (50, 50),
        2 => (150, 150),
        4 | 6 => (250, 250),
        8 => (450, 450),
        _ => (30, 120),
    };
    json!({ "kind": "hospital", "general_beds": general, "permitted_beds": permitted, "registrations": standards })
}

/// 点数識別 and きざみ (11, 12, 30–35) as 別紙7-1 and 別紙7-5 have them: the figure, or nothing where there is none to charge.
fn figure(row: &Row, quantity: u32) -> Option<Decimal> {
    let points = row.decimal(12);
    let sign = match row.number(11) {
        3 => Decimal::ONE,
        8 => Decimal::NEGATIVE_ONE,
        // 購入価格（点数）, 減点診療行為: what the claim gives.
        4 => return Some(GIVEN.into()),
        7 => return Some((-GIVEN).into()),
        _ => return None,
    };
    if row.number(30) != 1 {
        return Some(sign * points);
    }
    let (low, high, size, mode) = (row.number(31), row.number(32), row.number(33), row.number(35));
    let formula = |quantity: u32| points + Decimal::from((quantity - low).div_ceil(size)) * row.decimal(34);
    let beyond = high != 99_999_999 && quantity > high;
    let raw = match mode {
        2 | 3 if quantity + size <= low => return None,
        _ if quantity <= low => points,
        0 | 2 if beyond => return None,
        1 | 3 if beyond => formula(high),
        _ => formula(quantity),
    };
    Some(sign * raw)
}

/// Points of the rows whose figure the claim gives.
const GIVEN: i64 = 1_234;

/// Quantities at and beside every limit.
fn quantities(row: &Row) -> Vec<Option<u32>> {
    if row.number(8) == 0 {
        return vec![None];
    }
    if row.number(30) != 1 {
        return vec![Some(1)];
    }
    let (low, high, size) = (row.number(31), row.number(32), row.number(33));
    let mut all = vec![1, low.saturating_sub(size), low, low + 1, low + size, low + size + 1];
    if high != 99_999_999 {
        all.extend([high, high + 1]);
    }
    all.retain(|quantity| *quantity > 0);
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(Some).collect()
}

/// A quantity for which a base has its own figure.
fn usual(row: &Row) -> Option<u32> {
    (row.number(8) != 0).then(|| row.number(31).max(1))
}

fn order(row: &Row, quantity: Option<u32>) -> Value {
    let mut order = json!({ "procedure": row.text(3), "specimen": "no_fee" });
    if let Some(quantity) = quantity {
        order["quantity"] = json!(quantity);
    }
    if matches!(row.number(11), 4 | 7) {
        order["points"] = json!(GIVEN);
    }
    order
}

fn encounter(edition: &Edition, rows: &[&Row], order: Value) -> Option<Value> {
    let birth = patient(rows)?;
    let (year, rest) = birth.0.split_once('-').unwrap();
    let birth = format!("{}-{rest}", year.parse::<u32>().unwrap() - (LATEST.year - edition.year));
    Some(json!({
        "facility": facility(rows),
        "patient": { "birth_date": birth },
        "coverage": { "income_class": "general" },
        "visits": [{ "date": edition.day(), "consultation": "none", "orders": [order] }],
    }))
}

fn basic(row: &Row) -> bool {
    matches!(row.number(68), 1 | 3 | 5)
}

#[test]
fn every_basic_row() {
    let Some(masters) = masters() else { return };
    basic_rows(&LATEST, masters);
}

#[test]
#[ignore = "minutes: cargo test --test all_rows -- --ignored"]
fn every_row_of_earlier_editions() {
    for (edition, masters) in earlier() {
        basic_rows(edition, &masters);
        all_additions(edition, &masters);
    }
}

fn basic_rows(edition: &Edition, masters: &Masters) {
    let mut tally = Tally::default();
    for row in edition.procedures().iter().filter(|row| basic(row)) {
        for quantity in quantities(row) {
            let encounter = encounter(edition, &[row], order(row, quantity))
                .unwrap_or_else(|| panic!("nobody for {}", row.text(3)));
            let visit = visit(masters, &encounter);
            // The row alone of its group: its own figure is not rounded with anything else.
            // Of a row without a number of the fee schedule (85) nobody knows whether it goes into such a visit.
            let numbered = !matches!(row.text(85), "-" | "*") || matches!(row.number(11), 4 | 7);
            let expected = figure(row, quantity.unwrap_or_default()).map(rounded).filter(|_| numbered);
            let what = format!("{} {} × {quantity:?}", row.text(3), row.text(5));
            tally.count(&what, line(&visit, "visits[0].orders[0]"), expected, REASONS);
        }
    }
    tally.print(&format!("basic rows of 医科診療行為 on {}, at every limit of their quantity", edition.day()));
    assert!(tally.of("charged at the figure of the row") > 6_000);
}

/// Whether a base takes an addition, read off the columns: 38 alike and not 0 (別紙7-7), or the column of its own (別紙7-6), or
/// what the columns of general additions say.
fn takes(base: &Row, addition: &Row) -> bool {
    let part = base.text(85) == addition.text(85);
    if addition.text(38) != "0" {
        let age = addition.text(40) == "2";
        return base.text(38) == addition.text(38) && (!age || base.text(40) == "2");
    }
    for column in [46, 47, 53, 54, 64, 67, 82, 114, 115, 116, 119, 121, 122, 125, 126] {
        if addition.text(column) != "0" && !addition.text(column).is_empty() {
            return base.text(column) == addition.text(column);
        }
    }
    match addition.text(20) {
        "1" => return matches!(base.text(20), "1" | "3" | "5"),
        "2" => return matches!(base.text(20), "2" | "3" | "6"),
        "4" => return matches!(base.text(20), "4" | "5" | "6"),
        "6" => return base.text(20) == "7",
        _ => {}
    }
    match addition.text(55) {
        "1" => return matches!(base.text(55), "1" | "4"),
        "3" => return matches!(base.text(55), "3" | "4"),
        _ => {}
    }
    if let Some(place) = "12379".find(addition.text(124)).or_else(|| "4568A".find(addition.text(124)))
        && !addition.text(124).is_empty()
    {
        let _ = place;
        return base.text(124) == if "12379".contains(addition.text(124)) { "1" } else { "2" };
    }
    if addition.text(40) != "0" {
        return part && base.text(40) == addition.text(40);
    }
    if addition.text(43) != "0" {
        return part && base.text(43) == "1";
    }
    if addition.text(52) == "1" {
        return part && base.text(52) == "1";
    }
    if addition.text(44) == "1" {
        return part && base.text(44) == "2";
    }
    let item = |row: &Row| [row.text(85), row.text(92), row.text(93)].concat();
    (part && addition.text(92) == "000") || item(base) == item(addition)
}

/// What the addition brings on its base alone: percentages of the base's figure, rounded with it once.
fn brings(base: &Row, addition: &Row, quantity: u32) -> Option<i64> {
    let of = figure(base, usual(base).unwrap_or_default())?;
    let more = match addition.number(11) {
        5 => of * addition.decimal(12) / Decimal::ONE_HUNDRED,
        6 => -of * addition.decimal(12) / Decimal::ONE_HUNDRED,
        _ => figure(addition, quantity)?,
    };
    Some(rounded(of + more) - rounded(of))
}

/// A base that takes the addition, is charged in a visit on one day and has no age additions for the patient.
fn base_of<'r>(bases: &'r [&'r Row], addition: &Row) -> Option<&'r Row> {
    let plain = |base: &&&Row| {
        base.number(11) == 3
            && base.number(13) != 1
            && base.number(21) != 4
            && base.number(19) != 4
            && !matches!(base.text(85), "-" | "*")
            && (base.number(19) == 0 || addition.number(19) == 0 || base.number(19) == addition.number(19))
            && patient(&[base, addition]).is_some_and(|birth| {
                // Neither 100–111 nor 通則年齢 brings another addition, and no newborn is weighed.
                let ages = (100..=109).step_by(3);
                let of_age = |column: usize| {
                    let (low, high) = (base.text(column), base.text(column + 1));
                    !["0", addition.text(3)].contains(&base.text(column + 2))
                        && (low == "00" || reached(low, birth))
                        && (high == "00" || !reached(high, birth))
                };
                !ages.into_iter().any(of_age) && (base.text(40) != "1" || birth.1 >= 15 || addition.text(40) == "1")
            })
    };
    bases.iter().filter(plain).find(|base| takes(base, addition)).copied()
}

#[test]
fn every_addition() {
    let Some(masters) = masters() else { return };
    all_additions(&LATEST, masters);
}

fn all_additions(edition: &Edition, masters: &Masters) {
    let all = edition.procedures();
    let mut bases: Vec<&Row> = all.iter().filter(|row| basic(row)).collect();
    // Of several, the one with the fewest conditions of its own.
    bases.sort_by_key(|row| (72..=81).filter(|column| row.number(*column) != 0).count());
    let mut tally = Tally::default();
    let mut nowhere = Vec::new();
    for addition in all.iter().filter(|row| !basic(row)) {
        let base = base_of(&bases, addition);
        for quantity in quantities(addition) {
            let what = format!("{} {} × {quantity:?}", addition.text(3), addition.text(5));
            let Some(base) = base else {
                // No outpatient base takes it: on a line of its own it is an open question at most.
                let Some(encounter) = encounter(edition, &[addition], order(addition, quantity)) else { continue };
                let visit = visit(masters, &encounter);
                tally.count(&what, line(&visit, "visits[0].orders[0]"), None, REASONS);
                nowhere.push(addition.text(3).to_owned());
                continue;
            };
            let mut ordered = order(base, usual(base));
            ordered["additions"] = json!([{ "procedure": addition.text(3) }]);
            if let Some(quantity) = quantity {
                ordered["additions"][0]["quantity"] = json!(quantity);
            }
            let visit = visit(masters, &encounter(edition, &[base, addition], ordered).unwrap());
            let line = line(&visit, "visits[0].orders[0].additions[0]");
            tally.count(
                &format!("{what} on {}", base.text(3)),
                line,
                brings(base, addition, quantity.unwrap_or_default()),
                REASONS,
            );
        }
    }
    nowhere.dedup();
    tally.print(&format!("additions of 医科診療行為 on {}, each on a base that takes it", edition.day()));
    println!("  {} of them without an outpatient base", nowhere.len());
}

/// An addition on a base that does not take it is never charged there.
#[test]
fn no_addition_on_a_wrong_base() {
    let Some(masters) = masters() else { return };
    let all = LATEST.procedures();
    let by_code: HashMap<&str, &Row> = all.iter().map(|row| (row.text(3), row)).collect();
    // 創傷処理, 血液検査, 皮膚科軟膏処置, 再診, 胃カメラ, 単純撮影.
    let bases = ["150001010", "160008010", "140000610", "160093810", "170011810"];
    let mut tally = Tally::default();
    for base in bases.map(|code| by_code[code]) {
        for addition in all.iter().filter(|row| !basic(row) && !takes(base, row)) {
            let mut ordered = order(base, None);
            ordered["additions"] = json!([{ "procedure": addition.text(3) }]);
            if addition.number(8) != 0 {
                ordered["additions"][0]["quantity"] = json!(addition.number(31).max(1));
            }
            let Some(encounter) = encounter(&LATEST, &[base, addition], ordered) else { continue };
            let visit = visit(masters, &encounter);
            let what = format!("{} on {}", addition.text(3), base.text(3));
            tally.count(&what, line(&visit, "visits[0].orders[0].additions[0]"), None, REASONS);
        }
    }
    tally.print("additions on bases that do not take them");
}
