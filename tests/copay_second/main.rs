//! What the patient pays, worked out a second time: other figures, other dates, other arithmetic, straight from the formulas of
//! the order. It shares no line with the library, and both must agree on every yen of every generated month.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    reason = "a test may fail in any way it likes"
)]

mod figures;
mod generate;
mod patient;
mod rules;

use std::collections::BTreeMap;

use patient::{Patient, Settled};
use santei::{
    copay::{CopayMonth, settle_month},
    master::Masters,
};
use serde_json::{Value, json};

fn input(p: &Patient) -> Value {
    let payers: Vec<Value> = p
        .payers
        .iter()
        .map(|payer| match payer.law {
            "local" => {
                let local = &payer.local;
                json!({ "local": {
                    "percent": local.percent, "visit_max": local.visit, "visit_count": local.visits,
                    "day_max": local.day, "day_count": local.days, "month_max": local.month,
                } })
            }
            law => json!({ "law": law, "cap": payer.cap }),
        })
        .collect();
    let visits: Vec<Value> = p
        .visits
        .iter()
        .map(|visit| {
            let segments: Vec<Value> =
                visit.segments.iter().map(|(points, payers)| json!({ "points": points, "payers": payers })).collect();
            json!({
                "date": format!("{:04}-{:02}-{:02}", p.year, p.month, visit.day),
                "setting": if p.inpatient { "inpatient" } else { "outpatient" },
                "days": p.inpatient.then_some(visit.stay),
                "segments": segments,
            })
        })
        .collect();
    json!({
        "birth_date": format!("{:04}-{:02}-{:02}", p.born.0, p.born.1, p.born.2),
        "coverage": {
            "ceiling_class": p.class, "income_class": p.income, "frequent": p.frequent,
            "frequent_specified": p.frequent_specified, "long_term_illness": p.long_term,
        },
        "payers": payers,
        "visits": visits,
    })
}

fn engine(masters: &Masters, p: &Patient) -> CopayMonth {
    let month = serde_json::from_value(input(p)).unwrap();
    settle_month(masters, &month).unwrap_or_else(|refusal| panic!("{refusal}\nin {p:#?}"))
}

fn settled(p: &Patient, month: &CopayMonth) -> Settled {
    let claim = &month.claims[0];
    let mut payers: Vec<_> =
        claim.payers.iter().map(|payer| (payer.payer, payer.base.get(), payer.patient.get())).collect();
    payers.sort();
    let mut due = vec![0; p.visits.len()];
    for visit in &month.visits {
        due[visit.visit] = visit.due.get();
    }
    Settled {
        rate: i64::from(month.rate_tenths),
        half: month.halved,
        cost: claim.cost.get(),
        insurer: claim.insurer.get(),
        not_paid: claim.not_paid_by_insurer.get(),
        patient: claim.patient.get(),
        payers,
        due,
    }
}

/// What must hold of every month, whatever it is.
fn properties(p: &Patient, month: &CopayMonth) {
    let claim = &month.claims[0];
    let shown = || format!("{p:#?}\n{month:#?}");
    let paid: i64 = claim.payers.iter().map(|payer| payer.pays.get()).sum();
    assert_eq!(claim.insurer.get() + paid + claim.patient.get(), claim.cost.get(), "the sum is the cost\n{}", shown());
    for amount in [claim.insurer, claim.patient, claim.not_paid_by_insurer] {
        assert!((0..=claim.cost.get()).contains(&amount.get()), "between nothing and the cost\n{}", shown());
    }
    for payer in &claim.payers {
        assert!((0..=payer.base.get()).contains(&payer.patient.get()), "a payer pays what it faces\n{}", shown());
    }
    assert!(month.due.get() >= 0, "{}", shown());
    // Each part of each visit is rounded by itself: five yen each, and a yen of the claim's own rounding. Costs under two
    // payers are left out: a cap that an earlier visit used up stays used when a ceiling comes down later.
    let parts = i64::try_from(month.visits.len() * (p.payers.len() + 1)).unwrap();
    let simple = p.visits.iter().flat_map(|visit| &visit.segments).all(|(_, payers)| payers.len() < 2);
    if simple && p.payers.iter().all(|payer| payer.law != "local") {
        let difference = month.rounding_difference.get().abs();
        assert!(difference <= 6 * parts, "rounding makes no more than that\n{}", shown());
    }
}

fn compare(months: usize, seed: u64) {
    let masters = Masters::empty().unwrap();
    let mut random = generate::Random(seed);
    let mut seen = BTreeMap::<String, usize>::new();
    for number in 0..months {
        let p = generate::patient(&mut random);
        let month = engine(&masters, &p);
        let (got, expected) = (settled(&p, &month), rules::settle(&p));
        assert!(got == expected, "month {number}: {p:#?}\nsecond reading {expected:#?}\nengine {got:#?}\n{month:#?}");
        properties(&p, &month);
        for step in month.claims[0].steps.iter().chain(month.visits.iter().flat_map(|visit| &visit.steps)) {
            *seen.entry(step.rule.clone()).or_default() += 1;
        }
    }
    println!("{months} months, steps: {seen:?}");
    // A generator that no longer reaches a part of the rules proves nothing.
    for rule in [
        "copay.ceiling",
        "copay.joint_ceiling",
        "copay.local",
        "copay.long_term_illness",
        "copay.month_so_far",
        "copay.public_ceiling",
        "copay.public_first",
        "copay.public_payer",
        "copay.relief_measure",
    ] {
        assert!(seen.get(rule).is_some_and(|times| *times * 2_000 > months), "{rule} is seldom reached: {seen:?}");
    }
}

#[test]
fn both_readings_agree() {
    compare(5_000, 0x00c0_9a11);
}

#[test]
#[ignore = "takes minutes with optimisation; `cargo xtask differential`"]
fn both_readings_agree_on_a_million_months() {
    let months = std::env::var("SANTEI_MONTHS").map_or(1_000_000, |text| text.parse().unwrap());
    compare(months, 0x5a17_e1c0);
}
