//! A day in hospital. Sources: 告示 令和8年第69号 O100 2 and 注5 (PT-109), 疑義解釈 令和8年 その8 医科 問2 (PT-107).

use santei::{
    calculation::{Calculation, Options, calculate_json},
    master::{MasterKind, MasterSet, Masters, schema, standard},
};

use crate::support::{Charged, NeedsReview, Value, at_clinic, calculate, json, lines, verdict, with};

fn in_hospital(visits: Value) -> Value {
    json!({
        "facility": { "kind": "hospital", "general_beds": 300, "permitted_beds": 300 },
        "patient": { "birth_date": "1960-06-15" },
        "visits": visits,
    })
}

fn day(date: &str, orders: Value) -> Value {
    json!({ "date": date, "consultation": "none", "admitted": "2026-05-30", "orders": orders })
}

/// PT-109: 急性期一般入院料１ 1,874 and 58 a day; 入院料６ 1,523 and 34; twice that from 2027-06-01, nothing before 2026-06-01.
#[test]
fn the_rise_of_prices_in_hospital() {
    for (basic, fee, points, rise) in [("190117710", "180820510", 1874, 58), ("190077410", "180821110", 1523, 34)] {
        for (date, rise) in [("2026-06-01", rise), ("2027-05-31", rise), ("2027-06-01", 2 * rise)] {
            let calculation = calculate(&in_hospital(json!([day(date, json!([{ "procedure": basic }]))])));
            let total = |code: &str| lines(&calculation, code)[0].total.unwrap().get();
            assert_eq!((total(basic), total(fee)), (points, rise), "{date}");
            assert_eq!(calculation.statement.total_points.get(), points + rise);
        }
        let before = calculate(&in_hospital(json!([day("2026-05-31", json!([{ "procedure": basic }]))])));
        assert!(lines(&before, fee).is_empty());
        // Each day of a stay has its own.
        let two = json!([
            day("2026-06-01", json!([{ "procedure": basic }])),
            day("2026-06-02", json!([{ "procedure": basic }]))
        ]);
        assert_eq!(calculate(&in_hospital(two)).statement.total_points.get(), 2 * (points + rise));
    }
}

/// 短期滞在手術等基本料３ of the nose (K333) with its own 物価対応料, which no rule names: made-up codes, the group of the master.
fn masters() -> Masters {
    let header = "code,from,last_day,name,point_kind,points,in_out,section_in,days_kind,notice_1,notice_2,fee_item,price_response,price_response_group,certainty,source";
    let text = format!(
        "{header}
190999910,2026-06-01,,短手３,3,20000,1,920,,1,1,A400,2,301,unverified,santei
180850110,2026-06-01,,物価対応料２（短手３（鼻骨骨折整復固定術））ヘヲ,3,102,1,800,,1,1,O100,1,301,single,s-20261001-copy"
    );
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

/// PT-107: once, on the day on which the basic fee of the whole stay is charged; found by the group in the masters.
#[test]
fn once_for_a_short_stay() {
    let masters = masters();
    let stay = json!([
        day("2026-06-01", json!([{ "procedure": "190999910" }])),
        day("2026-06-02", json!([])),
        day("2026-06-03", json!([])),
    ]);
    let calculation: Calculation =
        calculate_json(&masters, &in_hospital(stay).to_string(), &Options::default()).unwrap_or_else(|e| panic!("{e}"));
    let fees = lines(&calculation, "180850110");
    assert_eq!(fees.len(), 1);
    assert_eq!((fees[0].count, fees[0].total.unwrap().get()), (1, 102));
    assert_eq!(calculation.statement.total_points.get(), 20_102);
}

/// 点数識別 1: 入院時食事療養（Ⅰ） is 640 yen a meal, three a day at most (マスターファイル仕様説明書 11, 30–35); no points, no share.
#[test]
fn meals_are_yen() {
    let Some(masters) = crate::claims::masters() else { return };
    let meals = |quantity: u32, count: u32| {
        let orders = json!([{ "procedure": "197000110", "quantity": quantity, "count": count }]);
        let visit =
            json!([{ "date": "2021-10-15", "admitted": "2021-10-01", "consultation": "none", "orders": orders }]);
        let facility = json!({ "kind": "hospital", "general_beds": 100, "permitted_beds": 100 });
        let encounter = with(with(at_clinic(json!([])), "visits", visit), "facility", facility);
        crate::claims::calculate(masters, &encounter)
    };
    for (quantity, yen) in [(1, 640), (3, 1_920)] {
        let calculation = meals(quantity, 1);
        let line = lines(&calculation, "197000110")[0];
        assert_eq!((line.verdict, line.yen.map(|yen| yen.get())), (Charged, Some(yen)), "{}", calculation.to_json());
        assert_eq!((line.points.map(|points| points.get()), calculation.statement.total_points.get()), (Some(0), 0));
        assert!(calculation.to_json().contains(r#""not_considered":["monthly_ceiling","public_payers","meals"]"#));
    }
    assert_eq!(lines(&meals(1, 2), "197000110")[0].yen.map(|yen| yen.get()), Some(1_280));
    // Four meals on a day: what the row would give is not what may be charged.
    let four = meals(4, 1);
    assert_eq!((verdict(&four, "197000110"), lines(&four, "197000110")[0].yen), (NeedsReview, None));
}
