//! The electronic fee table, metamorphic: what must hold between two calculations.

use std::sync::LazyLock;

use proptest::{collection::vec, prelude::*, sample::select};
use santei::{
    calculation::{Calculation, Options, calculate_json},
    fee::Verdict,
    master::Masters,
};
use serde_json::{Value, json};

static MASTERS: LazyLock<Masters> = LazyLock::new(|| Masters::standard().unwrap());
/// Rows of `masters/procedures.csv` by the names of their columns.
static PROCEDURES: LazyLock<Vec<Vec<(String, String)>>> = LazyLock::new(|| rows("procedures.csv"));
/// Pairs of codes that stand in one row, and codes that have a limit.
static PAIRS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let mut pairs = Vec::new();
    for table in ["exclusions-day.csv", "exclusions-month.csv", "exclusions-same.csv", "exclusions-week.csv"] {
        pairs.extend(rows(table).iter().map(|row| (cell(row, "code").to_owned(), cell(row, "other").to_owned())));
    }
    let limits = rows("frequencies.csv");
    pairs.extend(limits.iter().map(|row| (cell(row, "code").to_owned(), cell(row, "code").to_owned())));
    pairs
});

fn rows(file: &str) -> Vec<Vec<(String, String)>> {
    let path = format!("{}/masters/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        names.iter().zip(record.iter()).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn cell<'r>(row: &'r [(String, String)], column: &str) -> &'r str {
    &row.iter().find(|(name, _)| name == column).unwrap().1
}

/// The row of a code on a day.
fn row<'r>(code: &str, on: &str) -> Option<&'r Vec<(String, String)>> {
    let holds = |row: &&Vec<(String, String)>| {
        let last = cell(row, "last_day");
        cell(row, "code") == code && cell(row, "from") <= on && (last.is_empty() || on <= last)
    };
    PROCEDURES.iter().find(holds)
}

/// Ordered as a line of its own, if it can be.
fn order(code: &str, on: &str) -> Option<Value> {
    let row = row(code, on)?;
    let consultation = matches!(cell(row, "fee_item"), "A000" | "A001" | "A002");
    if consultation || matches!(cell(row, "point_kind"), "5" | "6") {
        return None;
    }
    let mut order = json!({ "procedure": code, "urgent": false });
    if !matches!(cell(row, "unit_code"), "" | "0") {
        order["quantity"] = json!(2);
    }
    Some(order)
}

fn calculate(encounter: &Value) -> Calculation {
    calculate_json(&MASTERS, &encounter.to_string(), &Options::default())
        .unwrap_or_else(|refusal| panic!("{refusal}\nin {encounter}"))
}

fn total(encounter: &Value) -> i64 {
    calculate(encounter).statement.total_points.get()
}

const DAYS: [&str; 8] =
    ["2024-06-30", "2025-06-03", "2025-06-07", "2025-06-08", "2025-06-30", "2025-07-01", "2025-09-15", "2026-02-28"];

fn encounter(visits: Vec<Value>, history: &[Value]) -> Value {
    json!({
        "facility": { "kind": "hospital", "general_beds": 150, "permitted_beds": 180 },
        "patient": { "birth_date": "1985-04-01", "sex": "female" },
        "visits": visits,
        "history": history,
    })
}

/// Pairs that bear on each other, each code with the visit or the day of the history in which it stands.
fn drawn() -> impl Strategy<Value = Vec<(String, usize, bool)>> {
    vec((select(PAIRS.clone()), 0..4usize, 0..4usize, prop::bool::weighted(0.3)), 1..5).prop_map(|pairs| {
        let both =
            pairs.into_iter().flat_map(|((one, other), here, there, past)| [(one, here, false), (other, there, past)]);
        both.collect()
    })
}

/// Visits on days near each other, and a history.
fn built(codes: &[(String, usize, bool)], start: usize) -> (Vec<Value>, Vec<Value>) {
    let day = |place: usize| DAYS[(start + place) % DAYS.len()];
    let mut orders: Vec<Vec<Value>> = vec![Vec::new(); 4];
    let mut history = Vec::new();
    for (code, place, past) in codes {
        if *past {
            history.push(json!({ "date": day(*place), "procedure": code }));
        } else if let Some(order) = order(code, day(*place)) {
            orders[*place].push(order);
        }
    }
    let visits = orders.into_iter().enumerate().filter(|(place, orders)| *place == 0 || !orders.is_empty());
    let visits = visits.map(|(place, orders)| json!({ "date": day(place), "consultation": "none", "orders": orders }));
    (visits.collect(), history)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// What was charged before never makes a visit dearer.
    #[test]
    fn a_longer_history_never_raises_the_total(
        codes in drawn(), start in 0..DAYS.len(), more in select(PAIRS.clone()), place in 0..4usize, units in prop::bool::ANY,
    ) {
        let (visits, mut history) = built(&codes, start);
        let before = total(&encounter(visits.clone(), &history));
        for code in [more.0, more.1] {
            let mut past = json!({ "date": DAYS[(start + place) % DAYS.len()], "procedure": code });
            if units {
                past["quantity"] = json!("3");
            }
            history.push(past);
        }
        let after = total(&encounter(visits, &history));
        prop_assert!(after <= before, "{} became {}", before, after);
    }

    /// What is ordered and visited first in the input does not matter.
    #[test]
    fn another_order_changes_nothing(codes in drawn(), start in 0..DAYS.len()) {
        let (mut visits, mut history) = built(&codes, start);
        let one = encounter(visits.clone(), &history);
        visits.reverse();
        history.reverse();
        for visit in &mut visits {
            visit["orders"].as_array_mut().unwrap().reverse();
        }
        prop_assert_eq!(total(&one), total(&encounter(visits, &history)));
    }

    /// Three times in one line, or in two or three.
    #[test]
    fn a_split_line_changes_nothing(codes in drawn(), start in 0..DAYS.len(), which in 0..8usize, parts in select(vec![vec![1, 2], vec![2, 1], vec![1, 1, 1]])) {
        let (mut visits, history) = built(&codes, start);
        let orders = visits[0]["orders"].as_array().unwrap();
        prop_assume!(!orders.is_empty());
        let order = orders[which % orders.len()].clone();
        let code = order["procedure"].as_str().unwrap();
        let own = row(code, visits[0]["date"].as_str().unwrap()).unwrap();
        // Rules of the parts ask about a line with several: operations and anesthesia one by one, films of one part, tests
        // of one sample, judgement and collection once; a quantity beyond its steps.
        let part = cell(own, "fee_item").get(..1).unwrap_or_default();
        prop_assume!(!matches!(part, "E" | "K" | "L" | "D") && cell(own, "step") != "1");
        let times = |count: i64| { let mut order = order.clone(); order["count"] = json!(count); order };
        let rest: Vec<Value> = orders.iter().filter(|other| other["procedure"] != code).cloned().collect();
        let with = |lines: Vec<Value>| [rest.clone(), lines].concat();
        visits[0]["orders"] = json!(with(vec![times(3)]));
        let one = total(&encounter(visits.clone(), &history));
        visits[0]["orders"] = json!(with(parts.iter().map(|count| times(*count)).collect()));
        prop_assert_eq!(one, total(&encounter(visits, &history)));
    }
}

/// Moving a visit over a border of revisions moves the lines whose rows moved, and no others.
#[test]
fn a_border_moves_the_lines_whose_rows_moved() {
    let mut codes: Vec<&str> = PROCEDURES.iter().map(|row| cell(row, "code")).collect();
    codes.dedup();
    let (mut moved, mut stayed) = (0, 0);
    for (before, after) in [("2024-05-31", "2024-06-01"), ("2026-05-31", "2026-06-01")] {
        for code in codes.iter().step_by(3) {
            let (Some(old), Some(new)) = (row(code, before), row(code, after)) else { continue };
            let (Some(one), Some(other)) = (order(code, before), order(code, after)) else { continue };
            let line = |order: Value, on: &str| {
                let visit = json!({ "date": on, "consultation": "none", "orders": [order] });
                let calculation = calculate(&encounter(vec![visit], &[]));
                let lines = &calculation.statement.visits[0].lines;
                let line = lines.iter().find(|line| line.code.as_deref() == Some(code)).unwrap();
                (line.verdict, line.points, line.count)
            };
            let (one, other) = (line(one, before), line(other, after));
            let unchanged = |column: &&(String, String)| {
                !matches!(
                    column.0.as_str(),
                    "from" | "last_day" | "certainty" | "source" | "name" | "kana" | "full_name"
                )
            };
            // L008 has rules of its own from 2024-06-01 on.
            if cell(old, "fee_item") == "L008" {
                continue;
            }
            let same = old.iter().filter(unchanged).eq(new.iter().filter(unchanged));
            if same {
                stayed += 1;
                assert_eq!(one, other, "{code} over {after}");
            }
            let dearer =
                cell(old, "points") != cell(new, "points") && cell(old, "step") != "1" && cell(new, "step") != "1";
            if dearer && one.0 == Verdict::Charged && other.0 == Verdict::Charged {
                moved += 1;
                assert_ne!(one.1, other.1, "{code} over {after}");
            }
        }
    }
    assert!(moved > 100 && stayed > 300, "{moved} lines moved, {stayed} stayed");
}
