//! Figures of drugs at prices that no product need have, and a whole visit of another program. Sources: the tests of
//! hangilc/myclinic-spring (PT-060 to PT-065), an article on rounding (PT-071, PT-072), an answer of ORCA's interface (PT-132).

use santei::{
    calculation::{Calculation, Options, calculate_json},
    master::{MasterKind, MasterSet, Masters, schema, standard},
};

use crate::support::{Value, at_clinic, json};

/// Internal drugs by their price in hundredths of a yen, under made-up codes.
fn masters(prices: &[(&str, &str)]) -> Masters {
    let header = "code,from,last_day,name,unit_code,unit,price_kind,price,form,certainty,source";
    let row = |(code, price): &(&str, &str)| format!("\n{code},2022-04-01,,薬,16,錠,1,{price},1,unverified,santei");
    let text: String = std::iter::once(header.to_owned()).chain(prices.iter().map(row)).collect();
    let (rows, faults) = standard::read(schema::schema(MasterKind::Drug), "drugs.csv", &text);
    assert!(faults.is_empty(), "{faults}");
    let mut set = MasterSet::default();
    for row in rows {
        set.push(MasterKind::Drug, row);
    }
    let mut masters = Masters::standard().unwrap();
    masters.add_pack(set.write().unwrap()).unwrap();
    masters
}

fn calculate(masters: &Masters, encounter: &Value) -> Calculation {
    let calculation = calculate_json(masters, &encounter.to_string(), &Options::default())
        .unwrap_or_else(|refusal| panic!("{refusal}\nin {encounter:#}"));
    assert!(calculation.statement.settled, "{}", calculation.to_json());
    calculation
}

/// The drug points of one 剤.
fn drugs(prices: &[(&str, &str)], amount: &str, days: u32) -> i64 {
    let masters = masters(prices);
    let drugs: Value = prices.iter().map(|(code, _)| json!({ "drug": code, "quantity": amount })).collect();
    let rps = json!([{ "use": "internal", "count": days, "drugs": drugs }]);
    let encounter = at_clinic(json!([{
        "date": "2026-07-01", "consultation": "none", "prescriptions": [{ "dispensing": "in_house", "rps": rps }],
    }]));
    let calculation = calculate(&masters, &encounter);
    let lines = calculation.statement.visits[0].lines.iter().filter(|line| !line.drugs.is_empty());
    lines.map(|line| line.total.unwrap().get()).sum()
}

/// F200: up to 15 yen one point, then one for every ten yen or part of it.
#[test]
fn prices_at_the_borders() {
    let one = |price: &str| drugs(&[("699999999", price)], "1", 1);
    assert_eq!(one("10"), 1); // PT-060
    assert_eq!(one("15.1"), 2); // PT-062
    assert_eq!(one("25"), 2); // PT-063
    assert_eq!(one("315"), 31); // PT-065
    assert_eq!(one("35"), 3); // PT-071
    for (price, figure) in
        [("0.01", 1), ("15", 1), ("15.01", 2), ("24.99", 2), ("25.01", 3), ("314.99", 31), ("315.01", 32)]
    {
        assert_eq!(one(price), figure, "{price} yen");
    }
    // PT-072: 46.1 × 3 + 5.6 × 3 = 155.1 yen a day, for five days.
    assert_eq!(drugs(&[("699999998", "46.1"), ("699999999", "5.6")], "3", 5), 80);
}

/// PT-132: a revisit of 2023-03 with 外来管理加算 125, medicines 91: 216 points, 650 yen at 3 of 10.
#[test]
fn a_visit_of_2023() {
    let masters = masters(&[("699999999", "20")]);
    // 調剤料 11, 処方料 42, two points a day for 19 days.
    let rps = json!([{ "use": "internal", "count": 19, "drugs": [{ "drug": "699999999", "quantity": 1 }] }]);
    let encounter = at_clinic(json!([{
        "date": "2023-03-20", "consultation": "revisit", "prescriptions": [{ "dispensing": "in_house", "rps": rps }],
    }]));
    let calculation = calculate(&masters, &encounter);
    let section = |section: &str| {
        let sums = calculation.statement.visits[0].sections.iter();
        sums.filter(|sum| sum.section.starts_with(section)).map(|sum| sum.points.get()).sum::<i64>()
    };
    assert_eq!((section("1"), section("2")), (125, 91));
    assert_eq!(calculation.statement.total_points.get(), 216);
    assert_eq!(calculation.copay[0].amount.unwrap().get(), 650);
}
