//! One fault each, in claims over the standard masters.

use santei::{
    claim::recompute::{History, PointWeight, Recomputed, UnitVerdict},
    master::Masters,
};

use crate::{add, all};

/// A line of a claim: record, section, code, quantity, points and days with their counts.
fn line(record: &str, section: &str, code: &str, quantity: &str, points: &str, days: &[(usize, u32)]) -> String {
    let count: u32 = days.iter().map(|(_, count)| count).sum();
    let mut fields = vec![String::new(); if record == "TO" { 48 } else { 44 }];
    for (place, text) in [record, section, "1", code, quantity, points].into_iter().enumerate() {
        fields[place] = text.to_owned();
    }
    fields[6] = count.to_string();
    let first = if record == "TO" { 17 } else { 13 };
    for (day, count) in days {
        fields[first + day - 1] = count.to_string();
    }
    fields.join(",")
}

fn si(section: &str, code: &str, points: &str, days: &[usize]) -> String {
    let days: Vec<_> = days.iter().map(|day| (*day, 1)).collect();
    line("SI", section, code, "", points, &days)
}

fn claim(month: &str, birth: &str, lines: &[String]) -> String {
    format!(
        "IR,1,13,1,1234567,,A,202608,00,\nRE,1,1112,{month},TARO,1,{birth},,,,,,,C1\nHO,  138057,1,2,1,100,,,,,,,,,\n{}\nGO,1,100,99\n",
        lines.join("\n")
    )
}

fn one(month: &str, birth: &str, lines: &[String]) -> Recomputed {
    all(&Masters::standard().unwrap(), claim(month, birth, lines).as_bytes(), &History::new()).remove(0)
}

fn faults(out: &Recomputed) -> Vec<(&str, u64)> {
    out.faults().iter().map(|fault| (fault.id, fault.line)).collect()
}

/// A month of a clinic: two visits with tests, drugs and an injection.
fn good() -> Vec<String> {
    vec![
        si("12", "112007410", "76", &[3, 17]),
        si("12", "112011010", "52", &[3, 17]),
        si("60", "160008010", "", &[3]),
        si("60", "160061810", "125", &[3]),
    ]
}

#[test]
fn a_good_claim_has_no_fault() {
    let mut lines = good();
    lines[2] = si("60", "160008010", "21", &[3]);
    let out = one("202607", "19600501", &lines);
    assert_eq!(faults(&out), [], "{:#?}", out.units);
    assert!(out.not_rebuilt.is_none());
    assert_eq!(out.units.iter().map(|unit| unit.verdict).collect::<Vec<_>>(), [UnitVerdict::Agrees; 4]);
    assert_eq!(out.computed, Some(out.claimed));
    assert_eq!(out.encounter.unwrap().visits.len(), 2);
}

#[test]
fn wrong_points_and_points_of_another_edition() {
    let out = one("202607", "19600501", &[si("12", "112007410", "77", &[3])]);
    assert_eq!(faults(&out), [("points", 4)]);
    assert_eq!((out.units[0].by_tables, out.units[0].claimed), (Some(76), Some(77)));
    let out = one("202607", "19600501", &[si("12", "112007410", "75", &[3])]);
    assert_eq!(faults(&out), [("revision", 4)]);
    assert_eq!(out.units[0].edition.as_ref().map(|edition| edition.revision.as_str()), Some("r6"));
    let out = one("202605", "19600501", &[si("12", "112007410", "76", &[3])]);
    assert_eq!(out.units[0].edition.as_ref().map(|edition| edition.revision.as_str()), Some("r8"));
}

#[test]
fn frequency_within_the_month_and_over_months() {
    let code = "113001810";
    let out = one("202507", "19600501", &[si("13", code, "225", &[1, 8, 29])]);
    assert_eq!(faults(&out), [("limited", 4)]);
    assert_eq!(out.units[0].by_rules, Some(450));
    // Once for a patient: an earlier month's file tells.
    let masters = Masters::standard().unwrap();
    let virus = [si("13", "113000310", "240", &[4])];
    let now = claim("202511", "19600501", &virus);
    assert_eq!(faults(&all(&masters, now.as_bytes(), &History::new())[0]), []);
    let mut history = History::new();
    add(&mut history, claim("202501", "19600501", &virus).as_bytes());
    assert_eq!(faults(&all(&masters, now.as_bytes(), &history)[0]), [("limited", 4)]);
    let fault = all(&masters, now.as_bytes(), &history)[0].faults().remove(0);
    assert!(fault.weight >= PointWeight::Doubt && fault.text.contains("2025-01-04"), "{fault:?}");
}

/// A patient's inpatient and outpatient claim of one file: what both charge is a fault of the one that comes later.
#[test]
fn claims_of_one_file_see_each_other() {
    let masters = Masters::standard().unwrap();
    let test = |day| si("60", "160008010", "21", &[day]);
    let judgement = |day| si("60", "160061810", "125", &[day]);
    let file = |first: usize, second: usize| {
        let (one, two) = (test(first), test(second));
        let (one_fee, two_fee) = (judgement(first), judgement(second));
        format!(
            "IR,1,13,1,1234567,,A,202608,00,\nRE,1,1112,202607,TARO,1,19600501,,,,,,,C1\nHO,  138057,1,2,1,146,,,,,,,,,\n\
             {one}\n{one_fee}\nRE,2,1111,202607,TARO,1,19600501,,20260715,,,,,C1\nHO,  138057,1,2,1,146,,,,,,,,,\n\
             {two}\n{two_fee}\nGO,2,292,99\n"
        )
    };
    for (first, second) in [(3, 20), (30, 15)] {
        let file = file(first, second);
        let mut history = History::new();
        assert_eq!(history.add_file(|| Ok(file.as_bytes())).unwrap(), 2);
        let claims = all(&masters, file.as_bytes(), &history);
        assert_eq!((faults(&claims[0]), faults(&claims[1])), (vec![], vec![("limited", 9)]), "{first} {second}");
    }
}

/// Five tests of one blood sample, each with its own points: one fault, at the first (D007 注).
#[test]
fn tests_that_are_not_rounded() {
    let tests =
        [("160019410", "11"), ("160020410", "11"), ("160022510", "17"), ("160022610", "17"), ("160019210", "11")];
    let of = |day: usize| tests.map(|(code, points)| si("60", code, points, &[day]));
    let out = one("202511", "19800101", &of(4));
    assert_eq!(faults(&out), [("bundled", 4)]);
    assert!(out.faults()[0].text.contains("ほかに4行"), "{:?}", out.faults());
    let out = one("202511", "19800101", &[of(4), of(18)].concat());
    assert_eq!(faults(&out), [("bundled", 4), ("bundled", 9)]);
}

#[test]
fn bundling_and_exclusion() {
    // B001 7 注3: in the month of the first visit it is part of its fee.
    let out = one("202511", "19800101", &[si("11", "111000110", "291", &[4]), si("13", "113000910", "250", &[20])]);
    assert_eq!(faults(&out), [("bundled", 5)]);
    let out = one("202507", "20150101", &[si("13", "113002210", "270", &[1]), si("13", "113002850", "250", &[31])]);
    assert_eq!(faults(&out), [("excluded", 5)]);
    assert!(out.faults()[0].basis.contains("03-2"), "{:?}", out.faults());
}

#[test]
fn tests_that_are_rounded_belong_into_one_unit() {
    let codes = ["160017410", "160018910", "160019010", "160019210", "160022410"];
    let mut lines: Vec<String> = codes.iter().map(|code| si("", code, "", &[5])).collect();
    lines[0] = si("60", codes[0], "", &[5]);
    lines[4] = si("", codes[4], "93", &[5]);
    let out = one("202507", "19800101", &lines);
    assert_eq!((faults(&out), out.units[0].by_rules), (vec![], Some(93)), "{:#?}", out.units);
    // Each by itself: the rules give one figure for all.
    let lines: Vec<String> =
        codes.iter().zip(["11", "11", "11", "11", "17"]).map(|(code, points)| si("60", code, points, &[5])).collect();
    let out = one("202507", "19800101", &lines);
    assert_eq!(out.units.iter().filter_map(|unit| unit.by_rules).sum::<i64>(), 93);
    assert!(!out.faults().is_empty());
}

#[test]
fn drugs_of_a_prescription_by_the_fifteen_yen_rule() {
    let drug = |points: &str| line("IY", "21", "622309700", "1", points, &[(3, 28)]);
    let lines = |points: &str| vec![si("12", "112007410", "76", &[3]), drug(points)];
    let right = one("202607", "19600501", &lines("2")).units[1].by_tables.unwrap();
    let out = one("202607", "19600501", &lines(&right.to_string()));
    assert_eq!((out.units[1].verdict, out.units[1].by_rules), (UnitVerdict::Agrees, Some(right * 28)), "{out:#?}");
    assert_eq!(faults(&one("202607", "19600501", &lines(&(right + 1).to_string()))), [("points", 5)]);
    // What goes with a prescription is missing, and no fault.
    let missing: Vec<_> = out.not_claimed.iter().filter_map(|line| line.code.as_deref()).collect();
    assert!(missing.contains(&"120000710"), "{missing:?}");
}

#[test]
fn what_cannot_be_priced_says_so() {
    let out = one("202607", "19600501", &[si("60", "169999910", "100", &[3]), si("60", "16000801", "21", &[3])]);
    assert_eq!(faults(&out), []);
    for unit in &out.units {
        assert_eq!(unit.verdict, UnitVerdict::NotPriced);
        assert!(unit.why.is_some());
    }
    assert_eq!(out.computed, None);
}
