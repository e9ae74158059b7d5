//! The fees for judging what was done, besides those of laboratory tests: E 第2節・第3節 通則1 (the image and its diagnosis are added
//! up), E102 注, E203 注 and 通知(1), N007 注1・2 of 告示 令和8年第69号; マスターファイル仕様説明書 50・51.

use crate::{
    d_tests::only,
    support::{Excluded, Limited, NeedsReview, Value, calculate, json, lines, points, verdict, with},
};

const CT: &str = "170011710";
const MRI: &str = "170020110";
const IMAGE_DIAGNOSIS: &str = "170015410";
const HISTOLOGY: &str = "160060010";
const PATHOLOGY: &str = "160062310";
const HISTOLOGY_DIAGNOSIS: &str = "160155110";

fn specimen() -> Value {
    json!({ "procedure": HISTOLOGY, "quantity": 1 })
}

/// A CT is its image and its diagnosis; of a month the first one alone has a diagnosis, whatever the method.
#[test]
fn images() {
    assert_eq!(points(&only("2025-07-01", json!([{ "procedure": CT }]))), 560 + 450);
    // Ordered besides, it is charged once.
    let both = json!([{ "procedure": CT }, { "procedure": IMAGE_DIAGNOSIS }]);
    assert_eq!(points(&only("2025-07-01", both)), 560 + 450);
    for (day, diagnosis) in [("2025-06-30", 450), ("2025-07-01", 0)] {
        let before = json!([{ "date": day, "procedure": IMAGE_DIAGNOSIS }]);
        let encounter = with(only("2025-07-31", json!([{ "procedure": CT }])), "history", before);
        assert_eq!(points(&encounter), 560 + diagnosis, "{day}");
    }
    let month = json!([
        { "date": "2026-07-01", "consultation": "none", "orders": [{ "procedure": CT }] },
        { "date": "2026-07-31", "consultation": "none", "orders": [{ "procedure": MRI }] },
        { "date": "2026-08-01", "consultation": "none", "orders": [{ "procedure": MRI }] },
    ]);
    let calculation = calculate(&with(only("2026-07-01", json!([])), "visits", month));
    let verdicts: Vec<_> = lines(&calculation, IMAGE_DIAGNOSIS).iter().map(|line| line.verdict).collect();
    assert_eq!(verdicts, [crate::support::Charged, Limited, crate::support::Charged]);
}

/// 病理判断料 once a month for every kind of specimen, and none beside 病理診断料.
#[test]
fn pathology() {
    assert_eq!(points(&only("2025-07-01", json!([specimen()]))), 860 + 130);
    let cells = json!({ "procedure": "160060510", "quantity": 1 });
    let all = calculate(&only("2025-07-01", json!([specimen(), cells])));
    assert_eq!(lines(&all, PATHOLOGY).len(), 1);
    let diagnosed = only("2025-07-01", json!([specimen(), { "procedure": HISTOLOGY_DIAGNOSIS }]));
    assert_eq!(points(&diagnosed), 860 + 520);
    assert!(lines(&calculate(&diagnosed), PATHOLOGY).is_empty());
    // Earlier in the month; before 2024-06 the standard masters have no row of the table for it.
    for day in ["2025-07", "2023-07"] {
        for (code, fallen) in [(PATHOLOGY, Limited), (HISTOLOGY_DIAGNOSIS, Excluded)] {
            let before = json!([{ "date": format!("{day}-01"), "procedure": code }]);
            let encounter = with(only(&format!("{day}-31"), json!([specimen()])), "history", before);
            let fallen = if day == "2023-07" { Limited } else { fallen };
            assert_eq!(verdict(&calculate(&encounter), PATHOLOGY), fallen, "{code} in {day}");
        }
    }
    // A hospital may have to charge 病理診断料 in its place, which no table tells.
    let facility = json!({ "kind": "hospital", "general_beds": 100, "permitted_beds": 100 });
    let hospital = with(only("2025-07-01", json!([specimen()])), "facility", facility);
    assert_eq!(lines(&calculate(&hospital), PATHOLOGY)[0].certainty, santei::master::Certainty::Unverified);
}

/// F200 is for what is taken or applied: an injection among the drugs of a prescription asks for a review.
#[test]
fn an_injection_is_not_prescribed() {
    for usage in ["internal", "as_needed", "external"] {
        let drugs = json!([{ "drug": "620000339", "quantity": 1 }]);
        let rps = json!([{ "use": usage, "count": 1, "drugs": drugs }]);
        let visit = json!([{
            "date": "2025-07-01",
            "consultation": "revisit",
            "prescriptions": [{ "dispensing": "in_house", "rps": rps }]
        }]);
        let calculation = calculate(&with(only("2025-07-01", json!([])), "visits", visit));
        assert_eq!(verdict(&calculation, "620000339"), NeedsReview, "{usage}");
    }
}
