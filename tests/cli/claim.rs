//! `santei claim`: a month written, recomputed, shown; and `santei check` with its points.

use std::fs;

use crate::{santei, text};

const MONTH: &str = r#"{
    "month": "2026-07",
    "institution": { "prefecture": "13", "code": "1234567", "name": "算定診療所" },
    "facility": { "kind": "clinic" },
    "patients": [{
        "name": "山田　太郎", "birth_date": "1980-04-01", "sex": "male",
        "insurance": { "insurer": "01130012", "symbol": "１", "number": "２" },
        "diseases": [{ "disease": "8833421", "start": "2026-07-01", "main": true }],
        "visits": [{ "date": "2026-07-01", "consultation": "first", "orders": [{ "procedure": "160008010" }] }]
    }]
}"#;

#[test]
fn a_month_from_its_visits_to_its_pages() {
    let folder = std::env::temp_dir().join(format!("santei-claims-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (month, file, page) = (path("month.json"), path("RECEIPTC.UKE"), path("page.html"));
    fs::write(&month, MONTH).unwrap();

    let written = santei(&["claim", "write", &month, "-o", &file]);
    assert!(written.status.success(), "{}", text(&written.stderr));
    assert!(text(&written.stderr).contains("1 件"), "{}", text(&written.stderr));

    let recomputed = santei(&["claim", "recompute", &file, "--format", "json"]);
    assert!(recomputed.status.success(), "{}", text(&recomputed.stdout));
    let claim: serde_json::Value = serde_json::from_slice(&recomputed.stdout).unwrap();
    assert_eq!(claim["schema"], "santei.recompute.v1");
    assert_eq!(claim["claimed"], claim["computed"]);

    let shown = santei(&["claim", "show", &file, "--paper", "form", "--paper", "receipt", "--html", &page]);
    assert!(shown.status.success(), "{}", text(&shown.stderr));
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.contains("山田　太郎") && html.contains("末梢血液一般検査") && html.contains("領収証"));

    // A point too many: both commands say so, and fail.
    let bytes = fs::read(&file).unwrap();
    let at = bytes.windows(16).position(|part| part == b"160008010,,21,1,").unwrap();
    let wrong = [&bytes[..at], b"160008010,,22,1,", &bytes[at + 16..]].concat();
    fs::write(&file, wrong).unwrap();
    assert_eq!(santei(&["claim", "recompute", &file]).status.code(), Some(1));
    let checked = santei(&["check", &file, "--format", "csv", "--quiet"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(text(&checked.stdout).contains("points.table"), "{}", text(&checked.stdout));
    fs::remove_dir_all(&folder).unwrap();
}
