//! The tables of the payment against each other.

use std::{collections::HashMap, fs, path::Path};

fn rows(file: &str) -> Vec<HashMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("masters").join(file);
    let text = fs::read_to_string(path).unwrap();
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// What a programme leaves to the patient is what the 国公費 master says, where it says it in figures.
#[test]
fn payer_rules_follow_the_master() {
    let rules = rows("payer-rules.csv");
    let mut compared = 0;
    // 28 above a tax figure, 51.701 with マル長 and 沖縄 depend on more than the number.
    for row in
        rows("public-payers.csv").iter().filter(|row| row["patient_pays"].is_empty() && !row["payer_issue"].is_empty())
    {
        let office = row["payers"].as_str();
        let exact = format!("{}.{office}", row["code"]);
        let rule = rules.iter().find(|rule| rule["code"] == exact);
        let Some(rule) = rule.or_else(|| rules.iter().find(|rule| rule["code"] == row["code"])) else {
            panic!("no rule of {}", row["code"]);
        };
        assert_eq!(rule["priority"], row["priority"], "{exact}");
        assert_eq!(rule["public_first"], row["public_first"], "{exact}");
        let ceiling = match () {
            () if row["public_first"] == "1" => "none",
            // 肝がん: 特定疾病給付 of inpatients, 通常 of outpatients.
            () if row["high_cost_disease"].contains("入院") => "disease_inpatient",
            () if row["high_cost_disease"].starts_with('1') => "disease",
            () if row["high_cost_specified"].starts_with('1') => "specified",
            // 18-1 of 生活保護 and 中国残留邦人 (健康保険法施行令 第42条第8項).
            () => "welfare",
        };
        assert_eq!(rule["ceiling"], ceiling, "{exact}");
        for share in ["30", "20", "10"] {
            let master = row[&format!("share_{share}_patient")].as_str();
            if !master.is_empty() {
                assert_eq!(rule[&format!("patient_{share}")], master, "{exact} at {share}%");
            }
        }
        compared += 1;
    }
    assert!(compared > 30, "{compared} rows compared");
}

/// Every ceiling goes on without a gap to the end of the table of 2026-08.
#[test]
fn ceilings_have_no_gaps() {
    let rows = rows("ceilings.csv");
    let ends = ["from_70.active", "relief.late_elderly"];
    for row in rows.iter().filter(|row| !row["last_day"].is_empty() && row["last_day"] != "2027-07-31") {
        if ends.contains(&row["code"].as_str())
            && !rows.iter().any(|r| r["code"] == row["code"] && r["from"] > row["last_day"])
        {
            continue;
        }
        let next = rows.iter().find(|other| other["code"] == row["code"] && other["from"] > row["last_day"]);
        let days = next.unwrap_or_else(|| panic!("{} ends on {}", row["code"], row["last_day"]));
        let last: santei::date::ServiceDate = row["last_day"].parse().unwrap();
        assert_eq!(last.next().to_string(), days["from"], "{}", row["code"]);
    }
}

/// A 国公費 master in front of the rules is followed; the standard one changes nothing.
#[test]
fn an_official_master_comes_first() {
    use santei::{
        copay::{Month, settle_month},
        master::{MasterKind, MasterSet, Masters, schema::schema, standard},
    };
    let month: Month = serde_json::from_value(serde_json::json!({
        "birth_date": "1980-04-01", "payers": [{ "law": "15" }],
        "visits": [{ "date": "2025-07-03", "segments": [{ "points": 1000, "payers": [0] }] }],
    }))
    .unwrap();
    let due = |masters: &Masters| settle_month(masters, &month).unwrap().due.get();
    assert_eq!(due(&Masters::empty().unwrap()), 1_000);
    assert_eq!(due(&Masters::standard().unwrap()), 1_000);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("masters/public-payers.csv");
    let text = fs::read_to_string(path)
        .unwrap()
        .replace(",70,20,10,80,10,10,90,0,10,1,0,100,", ",70,25,5,80,15,5,90,5,5,1,0,100,");
    let (rows, faults) = standard::read(schema(MasterKind::PublicPayer), "public-payers.csv", &text);
    assert!(faults.is_empty(), "{faults}");
    let mut set = MasterSet::default();
    for row in rows {
        set.push(MasterKind::PublicPayer, row);
    }
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(set.write().unwrap()).unwrap();
    assert_eq!(due(&masters), 500);
}
