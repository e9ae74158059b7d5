//! The electronic fee table of 2024 as published, applied. The files are not part of the project: without them these tests
//! say so and pass.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test says what it skips, and may fail in any way it likes"
)]

use std::{path::Path, sync::OnceLock};

use santei::{
    calculation::{Calculation, Options, calculate_json},
    fee::Verdict::{self, Charged, Excluded, Limited, NeedsReview},
    master::{Masters, official::pack_files},
};
use serde_json::{Value, json};

/// The procedures of 2025-11 with tables 01, 03-2 to 03-4, 04 and 05, read once; nothing where the files are absent.
fn masters() -> Option<&'static Masters> {
    static MASTERS: OnceLock<Option<Masters>> = OnceLock::new();
    let read = || {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters/r6");
        if !folder.is_dir() {
            println!("skipped: there is no folder {}", folder.display());
            return None;
        }
        let names = [
            "s_20251104.csv",
            "tensuhyo/01補助マスターテーブル.csv",
            "tensuhyo/03-2背反テーブル2.csv",
            "tensuhyo/03-3背反テーブル3.csv",
            "tensuhyo/03-4背反テーブル4.csv",
            "tensuhyo/04入院基本料テーブル.csv",
            "tensuhyo/05算定回数テーブル.csv",
        ];
        let files = names.map(|name| (name.to_owned(), std::fs::read(folder.join(name)).unwrap()));
        // The standard masters below it have the bundles that the official files at hand lack.
        let mut masters = Masters::standard().unwrap();
        masters.add_pack(pack_files(files, &mut |_| ()).set.write().unwrap()).unwrap();
        Some(masters)
    };
    MASTERS.get_or_init(read).as_ref()
}

fn calculate(masters: &Masters, visits: Value, history: Value) -> Calculation {
    let facility = json!({ "kind": "hospital", "general_beds": 300, "permitted_beds": 300 });
    let patient = json!({ "birth_date": "1980-06-15" });
    let encounter = json!({ "facility": facility, "patient": patient, "visits": visits, "history": history });
    calculate_json(masters, &encounter.to_string(), &Options::default()).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Code and verdict of every line, visit by visit.
fn verdicts(calculation: &Calculation) -> Vec<(&str, Verdict)> {
    let lines = calculation.statement.visits.iter().flat_map(|visit| &visit.lines);
    lines.filter_map(|line| Some((line.code.as_deref()?, line.verdict))).collect()
}

fn day(date: &str, codes: &[&str]) -> Value {
    let orders: Vec<Value> = codes.iter().map(|code| json!({ "procedure": code })).collect();
    json!({ "date": date, "consultation": "none", "orders": orders })
}

fn stay(date: &str, codes: &[&str]) -> Value {
    let mut day = day(date, codes);
    day["admitted"] = json!("2025-11-04");
    day
}

/// 手引き 3(4): with 急性期一般入院料1 go the additions of group 001; of those with one 加算識別 only one.
#[test]
fn additions_of_a_stay() {
    let Some(masters) = masters() else { return };
    let (basic, one, two, support, teaching) = ("190117710", "190190410", "190190510", "190099870", "190117170");
    let visits = json!([
        stay("2025-11-04", &[basic, two, one, support, teaching]),
        stay("2025-11-05", &[basic, support]),
        stay("2025-11-06", &[one]),
    ]);
    let expected = [
        (support, Charged),
        (teaching, Charged),
        (basic, Charged),
        (one, Charged),
        (two, Excluded),
        // 入院初日 alone.
        (support, Limited),
        (basic, Charged),
        // Without a basic fee on the day.
        (one, NeedsReview),
    ];
    assert_eq!(verdicts(&calculate(masters, visits, json!([]))), expected);
    // Outside a stay none of them is charged.
    let calculation = calculate(masters, json!([day("2025-11-04", &[basic, one])]), json!([]));
    assert!(verdicts(&calculation).iter().all(|(_, verdict)| *verdict == Excluded));
}

/// 手引き 3(3): a pacemaker takes 体外ペースメーキング術 of the same week in.
#[test]
fn one_week() {
    let Some(masters) = masters() else { return };
    let (outside, implanted) = ("150267310", "150140110");
    for (date, expected) in [("2025-11-04", Excluded), ("2025-11-10", Excluded), ("2025-11-11", Charged)] {
        let visits = json!([stay("2025-11-04", &[outside]), stay(date, &[implanted])]);
        let calculation = calculate(masters, visits, json!([]));
        let found = verdicts(&calculation);
        assert!(found.contains(&(outside, expected)) && found.contains(&(implanted, Charged)), "{date}: {found:?}");
    }
    let line = calculate(masters, json!([stay("2025-11-04", &[outside, implanted])]), json!([]));
    let line = line.statement.visits[0].lines.iter().find(|line| line.verdict == Excluded).unwrap().clone();
    let reason = line.reasons.iter().find(|reason| reason.rule == "table.exclusion.week").unwrap();
    assert!(reason.basis.contains("03-4") && reason.text.contains(implanted), "{reason:?}");
}

/// 付表5: 入院集団精神療法 once a day and twice a week, from Sunday on.
#[test]
fn twice_a_week() {
    let Some(masters) = masters() else { return };
    let code = "180016710";
    // 2025-11-09 is a Sunday.
    let days = ["2025-11-04", "2025-11-06", "2025-11-08", "2025-11-09", "2025-11-10", "2025-11-15", "2025-11-16"];
    let visits: Vec<Value> = days.iter().map(|date| stay(date, &[code])).collect();
    let calculation = calculate(masters, json!(visits), json!([]));
    let found: Vec<Verdict> = verdicts(&calculation).into_iter().map(|(_, verdict)| verdict).collect();
    assert_eq!(found, [Charged, Charged, Limited, Charged, Charged, Limited, Charged]);
}
