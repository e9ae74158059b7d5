//! Days before the rules of the project begin: what is known of them is charged, and the visit says that the rest is not.
//! Sources: a claim of 2019-01 and a clinic's program (PT-040, PT-171), the notification of 2020 (PT-041).

use santei::{
    calculation::{Calculation, Options, calculate_json},
    master::{Certainty, MasterKind, MasterSet, Masters, schema, standard},
};

use crate::{
    d_tests::only,
    support::{Bundled, Charged, NeedsReview, Value, json},
};

/// ALP, ALT, AST, CK, HDL, Alb, K, Cre, Na and Cl, γGT, glucose, T-cho: the tests of the claim.
const TESTS: [(&str, u32); 12] = [
    ("160020010", 11),
    ("160022610", 17),
    ("160022510", 17),
    ("160020610", 11),
    ("160023410", 17),
    ("160018910", 11),
    ("160021410", 11),
    ("160019210", 11),
    ("160021110", 11),
    ("160020410", 11),
    ("160019410", 11),
    ("160022410", 17),
];

/// The project's masters with the tests of the claim as they were coded in 2018 and 2019.
fn masters() -> Masters {
    let header = "code,from,last_day,name,point_kind,points,section_out,bundled_test,exam_kind,exam_group,notice_1,notice_2,fee_item,certainty,source";
    let row = |(code, points): &(&str, u32)| {
        format!("\n{code},2018-04-01,2019-09-30,検査,3,{points},600,1,1,3,1,1,D007,unverified,santei")
    };
    let text: String = std::iter::once(header.to_owned()).chain(TESTS.iter().map(row)).collect();
    let (rows, faults) = standard::read(schema::schema(MasterKind::Procedure), "procedures.csv", &text);
    assert!(faults.is_empty(), "{faults}");
    let mut set = MasterSet::default();
    for row in rows {
        set.push(MasterKind::Procedure, row);
    }
    let mut masters = Masters::standard().unwrap();
    masters.add_pack(set.write().unwrap()).unwrap();
    masters
}

fn calculate(day: &str, items: usize) -> Calculation {
    let orders: Value =
        TESTS[..items].iter().map(|(code, _)| json!({ "procedure": code, "specimen": "venous_blood" })).collect();
    let encounter = only(day, orders);
    calculate_json(&masters(), &encounter.to_string(), &Options::default()).unwrap()
}

/// 血液化学検査 10項目以上: 112 points from 2018-04-01; the judgement and the taking of blood are for a person.
#[test]
fn ten_tests_of_2018() {
    for day in ["2018-04-01", "2019-01-15", "2019-09-30"] {
        for items in [10, 12] {
            let calculation = calculate(day, items);
            let lines = &calculation.statement.visits[0].lines;
            let figure = lines.iter().find(|line| line.code.is_none() && line.verdict == Charged).unwrap();
            assert_eq!(figure.points.unwrap().get(), 112);
            assert_eq!(figure.certainty, Certainty::Confirmed);
            assert!(lines.iter().filter(|line| line.code.is_some()).all(|line| line.verdict == Bundled));
            assert!(lines.iter().any(|line| line.verdict == NeedsReview && line.reasons[0].rule == "rules.known"));
            assert!(!calculation.statement.settled);
            assert!(calculation.copay.iter().all(|copay| copay.amount.is_none()));
        }
        // What nine tests were then, the tables do not say: each stands for itself, and the visit is open.
        assert!(!calculate(day, 9).statement.settled);
    }
}

/// From the first day of the rules on nothing of the kind is said.
#[test]
fn the_rules_begin() {
    let said = |day: &str| {
        let visit = json!({ "date": day, "consultation": "none", "orders": [] });
        let encounter = crate::support::at_clinic(json!([visit]));
        let calculation = calculate_json(&masters(), &encounter.to_string(), &Options::default()).unwrap();
        calculation.statement.visits[0].lines.iter().any(|line| line.reasons[0].rule == "rules.known")
    };
    assert!(said("2020-03-31"));
    assert!(!said("2020-04-01"));
    assert!(!said("2026-06-01"));
}
