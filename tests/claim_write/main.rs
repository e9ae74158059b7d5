//! A month written, read, checked and recomputed: the written file has no fault, and every unit agrees.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that stops says where")]

mod parts;
mod stay;

use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use proptest::prelude::*;
use santei::{
    claim::{
        check::{Checker, Severity},
        compose,
        read::{Reader, SegmentKind},
        recompute::{History, Points, RecomputeOptions, UnitVerdict, recompute},
        text::Encoding,
        view::Claim,
    },
    master::Masters,
};
use serde_json::{Value, json};

fn masters() -> &'static Masters {
    static MASTERS: OnceLock<Masters> = OnceLock::new();
    MASTERS.get_or_init(|| Masters::standard().unwrap())
}

/// A number with its check digit (検証番号).
fn checked(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let product = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
            product / 10 + product % 10
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// Orders that a clinic has every day.
fn order() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({ "procedure": "160008010" })),
        Just(json!({ "procedure": "160010010" })),
        Just(json!({ "procedure": "160000310" })),
        Just(json!({ "procedure": "160054710" })),
        Just(json!({ "procedure": "160017410" })),
        Just(json!({ "procedure": "160018910" })),
        Just(json!({ "procedure": "160019010" })),
        Just(json!({ "procedure": "160019210" })),
        Just(json!({ "procedure": "160022410" })),
        Just(json!({ "procedure": "160022510" })),
        Just(json!({ "procedure": "160020910" })),
        Just(json!({ "procedure": "140019710" })),
        Just(json!({ "procedure": "130003510", "drugs": [{ "drug": "620006625", "quantity": 1 }] })),
        Just(json!({ "procedure": "113001810" })),
    ]
}

fn visit() -> impl Strategy<Value = Value> {
    let prescription = prop_oneof![
        Just(None),
        (1_u32..60, any::<bool>()).prop_map(|(days, outside)| {
            let dispensing = if outside { "pharmacy" } else { "in_house" };
            Some(json!({ "dispensing": dispensing,
                "rps": [{ "use": "internal", "count": days, "drugs": [{ "drug": "622309700", "quantity": 1 }] }] }))
        }),
    ];
    let orders = proptest::collection::vec(order(), 0..6);
    (1_u32..29, any::<bool>(), 0_u8..4, orders, prescription).prop_map(
        |(day, first, time, mut orders, prescription)| {
            // The same test twice on one day is another question.
            orders.sort_by_key(|order| order["procedure"].to_string());
            orders.dedup_by_key(|order| order["procedure"].to_string());
            let time = ["in_hours", "after_hours", "holiday", "late_night"][usize::from(time)];
            let mut visit = json!({ "date": format!("2026-07-{day:02}"),
            "consultation": if first { "first" } else { "revisit" }, "time_class": time, "orders": orders });
            if let Some(prescription) = prescription {
                visit["prescriptions"] = json!([prescription]);
            }
            visit
        },
    )
}

fn patient() -> impl Strategy<Value = Value> {
    let years = prop_oneof![Just("2024-03-15"), Just("2015-06-01"), Just("1980-04-01"), Just("1954-02-02")];
    (years, any::<bool>(), any::<bool>(), proptest::collection::vec(visit(), 1..4)).prop_map(
        |(birth, dependant, intractable, mut visits)| {
            // One visit a day; a first visit comes first.
            visits.sort_by_key(|visit| visit["date"].to_string());
            visits.dedup_by_key(|visit| visit["date"].to_string());
            for visit in visits.iter_mut().skip(1) {
                visit["consultation"] = json!("revisit");
            }
            let mut patient = json!({
                "name": "山田　太郎", "kana": "ヤマダタロウ", "chart": "00123", "birth_date": birth, "sex": "male",
                "insurance": { "insurer": checked("0113001"), "symbol": "１２", "number": "３４", "branch": "01" },
                "coverage": { "dependant": dependant },
                "diseases": [{ "disease": "8833421", "start": "2026-06-01", "main": true }],
                "visits": visits,
            });
            if birth.starts_with("1954") {
                patient["coverage"]["income_class"] = json!("general");
            }
            if intractable {
                patient["payers"] =
                    json!([{ "number": checked("5413601"), "recipient": checked("123456"), "cap": 10000 }]);
            }
            patient
        },
    )
}

fn month(patients: &[Value]) -> Value {
    json!({
        "month": "2026-07",
        "institution": { "prefecture": "13", "code": "1234567", "name": "算定診療所", "phone": "03-1234-5678" },
        "facility": { "kind": "clinic", "registrations": [4307] },
        "patients": patients,
    })
}

/// Units that were written and agree.
static UNITS: AtomicUsize = AtomicUsize::new(0);

#[test]
fn what_is_written_passes_its_own_check() {
    generated();
    let units = UNITS.load(Ordering::Relaxed);
    println!("{units} units were written and agree");
    assert!(units > 300, "only {units} units were written");
}

fn text(composed: &compose::Composed) -> String {
    String::from_utf8(composed.to_bytes(Encoding::Utf8).unwrap()).unwrap()
}

/// What the check of a file finds, notes aside.
fn findings(bytes: &[u8]) -> Vec<String> {
    let mut findings = Vec::new();
    let checker = Checker::new(masters()).with(Points::new(History::new()));
    let mut seen = |finding: santei::claim::check::Finding| {
        if finding.severity > Severity::Info && finding.rule.id != "file.no_facility" {
            let (id, line, field) = (finding.rule.id, finding.line, finding.field);
            findings.push(format!("{id} {line} {field:?} {} | {}", finding.found, finding.expected));
        }
    };
    checker.check(bytes, Some("RECEIPTC.UKE"), &mut seen).unwrap();
    findings
}

/// Every unit of a claim agrees, and so does its sum.
fn agrees(claim: &Claim<'_>) -> Result<i64, TestCaseError> {
    let out = recompute(masters(), claim, &History::new(), RecomputeOptions::default()).unwrap();
    prop_assert!(out.not_rebuilt.is_none(), "{:?}", out.not_rebuilt);
    for unit in &out.units {
        prop_assert!(unit.verdict == UnitVerdict::Agrees, "{unit:#?}");
    }
    prop_assert_eq!(out.computed, Some(out.claimed));
    UNITS.fetch_add(out.units.len(), Ordering::Relaxed);
    Ok(out.claimed)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    fn generated(patients in proptest::collection::vec(patient(), 1..4)) {
        let input = compose::parse(&month(&patients).to_string()).unwrap();
        let composed = compose::compose(masters(), &input).unwrap();
        for left in &composed.left_out {
            // Only what the engine itself leaves to a person.
            prop_assert!(left.why.iter().all(|why| why.contains("要確認")), "{left:?}");
        }
        let bytes = composed.to_bytes(Encoding::Cp932).unwrap();
        if composed.records.len() > 2 {
            prop_assert_eq!(&findings(&bytes), &Vec::<String>::new(), "{}", text(&composed));
        }
        let mut reader = Reader::new(&bytes[..]);
        let mut again = Vec::new();
        let mut points = 0;
        while let Some(batch) = reader.next_batch().unwrap() {
            for segment in batch.segments().filter(|segment| segment.kind() == SegmentKind::Claim) {
                points += agrees(&Claim::of(segment))?;
            }
            again.extend_from_slice(batch.bytes());
        }
        prop_assert_eq!(again, bytes);
        prop_assert_eq!(points, composed.points);
    }
}
