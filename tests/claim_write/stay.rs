//! Stays in hospital: type, admission, days, meals, drugs, and two claims of one patient.

use proptest::prelude::*;
use santei::claim::{
    compose,
    read::{Reader, SegmentKind},
    text::Encoding,
    view::Claim,
};
use serde_json::{Value, json};

use super::{agrees, checked, findings, masters, text};

/// 急性期一般入院料１.
const WARD: &str = "190117710";

pub(crate) fn hospital(patients: &[Value]) -> Value {
    json!({
        "month": "2026-07",
        "institution": { "prefecture": "13", "code": "1234567", "name": "算定病院" },
        "facility": { "kind": "hospital", "permitted_beds": 150, "general_beds": 150, "registrations": [3525] },
        "patients": patients,
    })
}

/// A stay from a day on, with meals of so many a day and what was done on its days.
fn stay(from: u32, days: u32, meals: u32, orders: &[Value], drugs: bool) -> Value {
    let until = from + days - 1;
    let visits: Vec<Value> = (from..=until)
        .map(|day| {
            let mut all = vec![json!({ "procedure": WARD })];
            all.extend(orders.iter().filter(|_| day == from).cloned());
            let mut visit = json!({ "date": format!("2026-07-{day:02}"), "consultation": "none",
                "admitted": format!("2026-07-{from:02}"), "orders": all });
            if drugs && day == from {
                visit["prescriptions"] = json!([{ "dispensing": "in_house", "rps": [
                    { "use": "internal", "count": days, "drugs": [{ "drug": "622309700", "quantity": 1 }] }] }]);
            }
            visit
        })
        .collect();
    let first = format!("2026-07-{from:02}");
    let mut of_meals = vec![json!({ "from": first, "meals": meals, "care": ["197000110"], "charge": "meal.general" })];
    if days > 1 {
        let (second, last) = (format!("2026-07-{:02}", from + 1), format!("2026-07-{until:02}"));
        of_meals.push(json!({ "from": second, "until": last, "care": ["197000110"], "charge": "meal.general" }));
    }
    json!({
        "name": "山田　太郎", "birth_date": "1960-05-01", "sex": "male",
        "insurance": { "insurer": checked("0113001"), "symbol": "１２", "number": "３４", "branch": "01" },
        "coverage": { "ceiling_class": "ウ" },
        "diseases": [{ "disease": "8833421", "start": "2026-06-01", "main": true }],
        "visits": visits,
        "stay": { "meals": of_meals },
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_written_stay_passes_its_own_check(
        from in 2_u32..20, days in 1_u32..12, meals in 1_u32..=3, drugs in any::<bool>(), outpatient in any::<bool>(),
        which in proptest::collection::btree_set(0_usize..4, 0..4), payer in 0_u8..3, charge in 0_usize..3,
    ) {
        let orders = [
            json!({ "procedure": "160008010" }), json!({ "procedure": "160054710" }), json!({ "procedure": "160019010" }),
            json!({ "procedure": "130004410", "drugs": [{ "drug": "620006625", "quantity": 1 }] }),
        ];
        let orders: Vec<Value> = which.iter().map(|place| orders[*place].clone()).collect();
        let mut patient = stay(from, days, meals, &orders, drugs);
        if outpatient {
            let visit = json!({ "date": "2026-07-01", "consultation": "first", "orders": [{ "procedure": "160000310" }] });
            patient["visits"].as_array_mut().unwrap().push(visit);
        }
        let (charge, class) = [("meal.general", "ウ"), ("meal.low_2", "オ"), ("meal.low_2_long", "オ")][charge];
        patient["coverage"] = json!({ "ceiling_class": class });
        for meals in patient["stay"]["meals"].as_array_mut().unwrap() {
            meals["charge"] = json!(charge);
        }
        if payer > 0 {
            patient["payers"] = json!([{ "number": checked("5413601"), "recipient": checked("123456"), "cap": 10000,
                "visits": (0..days).collect::<Vec<_>>() }]);
        }
        if payer > 1 {
            patient["payers"][0]["meals"] = json!(true);
        }
        let input = compose::parse(&hospital(&[patient]).to_string()).unwrap();
        let composed = compose::compose(masters(), &input).unwrap();
        prop_assert!(composed.left_out.is_empty(), "{:?}", composed.left_out);
        let bytes = composed.to_bytes(Encoding::Cp932).unwrap();
        prop_assert_eq!(&findings(&bytes), &Vec::<String>::new(), "{}", text(&composed));
        let mut reader = Reader::new(&bytes[..]);
        let mut types = Vec::new();
        while let Some(batch) = reader.next_batch().unwrap() {
            for segment in batch.segments().filter(|segment| segment.kind() == SegmentKind::Claim) {
                let claim = Claim::of(segment);
                agrees(&claim)?;
                let header = claim.header().unwrap();
                types.push(header.claim_type().unwrap().to_string());
                let stays = header.claim_type().unwrap().inpatient();
                prop_assert_eq!(header.admission_date().is_some(), stays);
                let insurer = claim.insurer().unwrap().record();
                if stays {
                    prop_assert_eq!(insurer.number(5), Some(days));
                    // 730 yen a meal in 2026-07, and three of them on every day but the first.
                    let served = meals + 3 * (days - 1);
                    prop_assert_eq!((insurer.number(8), insurer.number(9)), (Some(served), Some(served * 730)));
                }
            }
        }
        let inside = if payer > 0 { "1121" } else { "1111" };
        let expected: Vec<&str> = if outpatient { vec!["1112", inside] } else { vec![inside] };
        prop_assert_eq!(types, expected);
    }
}

/// The columns of a stay that only some have: wards, 標準負担額の区分, 医科点数表算定理由, 特記事項, days, window payment.
#[test]
fn columns_of_a_stay() {
    let mut patient = stay(3, 2, 2, &[], false);
    patient["coverage"] = json!({ "ceiling_class": "オ" });
    patient["stay"]["wards"] = json!(["07"]);
    patient["stay"]["dpc_exclusion"] = json!({ "reason": "05" });
    for meals in patient["stay"]["meals"].as_array_mut().unwrap() {
        meals["charge"] = json!("meal.low_2_long");
    }
    patient["notes"] = json!(["10"]);
    let input = compose::parse(&hospital(&[patient]).to_string()).unwrap();
    let composed = compose::compose(masters(), &input).unwrap();
    assert_eq!(findings(&composed.to_bytes(Encoding::Cp932).unwrap()), Vec::<String>::new());
    let text = text(&composed);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[1].starts_with("RE,1,1111,202607,山田　太郎,1,19600501,,20260703,07,2,3010,150,"), "{text}");
    assert!(lines.iter().any(|line| line.starts_with("GR,05,")), "{text}");
    assert!(lines.iter().any(|line| line.starts_with("JD,1,,,1,1,,")), "{text}");
    assert!(lines.iter().any(|line| line.starts_with("MF,00,")), "{text}");
    let meals: Vec<&&str> = lines.iter().filter(|line| line.starts_with("SI,97")).collect();
    assert!(
        meals[0].starts_with("SI,97,1,197000110,2,1460,1,") && meals[2].starts_with("SI,97,1,197001010,2,"),
        "{text}"
    );
}

/// Papers of a stay: 730 yen a meal of care (食事療養の費用の額の算定に関する基準, 2026-06), 550 of them the patient's; the share of
/// a month is rounded once (健康保険法 第75条).
#[test]
fn papers_of_a_stay() {
    use santei::claim::show::{Paper, page};
    let words = |patient: &Value, paper| {
        let input = compose::parse(&hospital(std::slice::from_ref(patient)).to_string()).unwrap();
        let bytes = compose::compose(masters(), &input).unwrap().to_bytes(Encoding::Cp932).unwrap();
        let batch = Reader::new(&bytes[..]).next_batch().unwrap().unwrap();
        let claim = batch.segments().find(|segment| segment.kind() == SegmentKind::Claim).map(Claim::of).unwrap();
        let points = claim.insurer().unwrap().total_points().unwrap();
        (page(masters(), &[claim], &[paper]), i64::from(points))
    };
    let mut patient = stay(3, 5, 2, &[], false);
    let (receipt, points) = words(&patient, Paper::Receipt);
    let share = (points * 3 + 5) / 10 * 10;
    let comma = |yen: i64| format!("{},{:03}", yen / 1000, yen % 1000);
    for expected in ["10,220", "7,700円", &format!("{}円", comma(share))] {
        assert!(receipt.contains(expected), "{expected}: {receipt}");
    }
    assert!(!receipt.contains("17,920"), "{receipt}");
    let (form, _) = words(&patient, Paper::Form);
    assert!(form.contains("14回　10,220円") && form.contains("7,700円"), "{form}");
    // A public payer that takes meals over: what is left to the patient is not on the claim.
    patient["payers"] = json!([{ "number": checked("5413601"), "recipient": checked("123456"), "cap": 10000,
        "visits": [0, 1, 2, 3, 4], "meals": true }]);
    let (receipt, _) = words(&patient, Paper::Receipt);
    assert!(receipt.contains("定まらない（標準負担額に公費が関わる）"), "{receipt}");
}

/// The visit that led to the admission stands on the claim of the stay.
#[test]
fn the_visit_before_the_admission() {
    let mut patient = stay(3, 2, 2, &[], false);
    let visit = json!({ "date": "2026-07-03", "consultation": "first", "orders": [] });
    patient["visits"].as_array_mut().unwrap().push(visit);
    let types = |patient: &Value| {
        let input = compose::parse(&hospital(std::slice::from_ref(patient)).to_string()).unwrap();
        let composed = compose::compose(masters(), &input).unwrap();
        assert!(composed.left_out.is_empty(), "{:?}", composed.left_out);
        let text = text(&composed);
        let headers =
            text.lines().filter(|line| line.starts_with("RE,")).map(|line| line.split(',').nth(2).unwrap().to_owned());
        (headers.collect::<Vec<_>>(), text)
    };
    assert_eq!(types(&patient).0, ["1112", "1111"]);
    patient["stay"]["visits"] = json!([2]);
    let (types, text) = types(&patient);
    assert_eq!(types, ["1111"]);
    assert!(text.contains("SI,11,1,111000110,") && text.contains("HO,"), "{text}");
}

/// What cannot be settled is left out, with what to do.
#[test]
fn stays_that_are_left_out() {
    let why = |change: fn(&mut Value)| {
        let mut patient = stay(3, 2, 3, &[], false);
        change(&mut patient);
        let input = compose::parse(&hospital(&[patient]).to_string()).unwrap();
        let composed = compose::compose(masters(), &input).unwrap();
        assert_eq!((composed.count, composed.left_out.len()), (0, 1));
        composed.left_out[0].why.join(" ")
    };
    assert!(why(|patient| patient["stay"]["dpc"] = json!(true)).contains("DPC"));
    assert!(why(|patient| patient["stay"]["meals"][0]["from"] = json!("2026-08-01")).contains("2026-07"));
    assert!(why(|patient| patient["stay"]["meals"][1]["from"] = json!("2026-07-03")).contains("1日3食"));
    assert!(why(|patient| patient["stay"]["meals"][1]["until"] = json!("2026-07-05")).contains("入院していない"));
    assert!(why(|patient| patient["stay"]["meals"][0]["care"] = json!([WARD])).contains("食事療養"));
    assert!(why(|patient| patient["stay"]["meals"][0]["charge"] = json!("meal.none")).contains("meal.none"));
    // Whether 養育医療 (法別 23) takes the meals over is not in the table.
    let unknown = why(|patient| {
        patient["payers"] = json!([{ "number": checked("2313601"), "recipient": checked("123456"), "cap": 0 }]);
    });
    assert!(unknown.contains("payers[0].meals"), "{unknown}");
}
