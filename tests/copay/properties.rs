//! What holds of every month.

use proptest::prelude::*;

use crate::*;

/// Ages of their own classes: birth, class.
const PEOPLE: [(&str, &str); 9] = [
    ("1980-04-01", "ア"),
    ("1980-04-01", "ウ"),
    ("1980-04-01", "オ"),
    ("2022-04-02", "エ"),
    ("1954-04-01", "現役並みⅡ"),
    ("1954-04-01", "一般"),
    ("1954-04-01", "低所得Ⅰ"),
    ("1945-04-01", "一般Ⅱ"),
    ("1945-04-01", "一般Ⅰ"),
];

fn month(person: usize, day: &str, points: &[i64]) -> Value {
    let (birth, class) = PEOPLE[person];
    let list: Vec<(&str, i64)> = points.iter().map(|points| (day, *points)).collect();
    json!({ "birth_date": birth, "coverage": { "ceiling_class": class }, "visits": visits(&list) })
}

fn total(person: usize, points: &[i64]) -> i64 {
    settle(&month(person, "2026-07-08", points)).due.get()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_points_never_cost_less(person in 0..PEOPLE.len(), points in 0..200_000_i64, more in 0..5_000_i64) {
        prop_assert!(total(person, &[points]) <= total(person, &[points + more]));
    }

    #[test]
    fn never_above_the_ceiling_nor_the_cost(person in 0..PEOPLE.len(), points in proptest::collection::vec(0..90_000_i64, 1..6)) {
        let settled = settle(&month(person, "2026-07-08", &points));
        let cost = points.iter().sum::<i64>() * 10;
        let one_percent = |base: i64, from: i64| base + ((cost - from).max(0) + 50) / 100;
        let ceiling = [
            one_percent(252_600, 842_000), one_percent(80_100, 267_000), 35_400, 57_600,
            one_percent(167_400, 558_000), 18_000, 8_000, 18_000, 18_000,
        ][person];
        prop_assert!((0..=ceiling.min(cost)).contains(&settled.claims[0].patient.get()));
        prop_assert!((0..=ceiling).contains(&settled.due.get()));
    }

    /// Splitting changes the month by at most five yen a visit.
    #[test]
    fn splitting(person in 0..PEOPLE.len(), points in proptest::collection::vec(0..30_000_i64, 1..8)) {
        let apart = total(person, &points);
        let whole = total(person, &[points.iter().sum()]);
        let visits = i64::try_from(points.len() + 1).unwrap();
        prop_assert!((apart - whole).abs() <= 5 * visits, "{apart} {whole}");
    }

    /// The order of the visits of a day does not matter, nor that of the input.
    #[test]
    fn order(person in 0..PEOPLE.len(), mut points in proptest::collection::vec(0..30_000_i64, 2..6), seed in 0..1_000_usize) {
        let by_points = |points: &[i64]| {
            let settled = settle(&month(person, "2026-07-08", points));
            let mut list: Vec<(i64, i64)> =
                settled.visits.iter().map(|visit| (points[visit.visit], visit.due.get())).collect();
            list.sort_unstable();
            list
        };
        let before = by_points(&points);
        let count = points.len();
        points.rotate_left(seed % count);
        points.swap(0, seed % count);
        prop_assert_eq!(by_points(&points), before);
    }

    /// With public payers, a local subsidy and マル長: nobody pays less than nothing, the parts make up the cost to the yen, no cap is
    /// passed, and neither the order of the payers nor that of the visits matters.
    #[test]
    fn payers(
        person in 0..PEOPLE.len(),
        bills in proptest::collection::vec((0..30_000_i64, 0..8_usize, 1..4_u32), 1..6),
        cap in 0..20_000_i64,
        long_term in any::<bool>(),
        turn in 0..3_usize,
    ) {
        let (birth, class) = PEOPLE[person];
        let settled = |turn: usize, reverse: bool| {
            let place = |payer: usize| (payer + turn) % 3;
            let mut payers = vec![Value::Null; 3];
            payers[place(0)] = json!({ "law": "54", "cap": cap });
            payers[place(1)] = json!({ "law": "21", "cap": cap / 2 });
            payers[place(2)] = json!({ "local": { "day_max": 500, "day_count": 2 } });
            let mut visits: Vec<Value> = bills
                .iter()
                .map(|(points, under, day)| {
                    let under: Vec<usize> = (0..3).filter(|payer| under & (1 << payer) != 0).map(place).collect();
                    json!({ "date": format!("2026-07-{day:02}"), "segments": [{ "points": points, "payers": under }] })
                })
                .collect();
            if reverse {
                visits.reverse();
            }
            let coverage = json!({ "ceiling_class": class, "long_term_illness": long_term.then_some(10_000) });
            settle(&json!({ "birth_date": birth, "coverage": coverage, "payers": payers, "visits": visits }))
        };
        let month = settled(0, false);
        let claim = &month.claims[0];
        let paid: i64 = claim.payers.iter().map(|payer| payer.pays.get()).sum();
        prop_assert_eq!(claim.insurer.get() + paid + claim.patient.get(), claim.cost.get());
        prop_assert!(claim.insurer.get() >= 0 && claim.patient.get() >= 0 && month.due.get() >= 0);
        for payer in &claim.payers {
            prop_assert!(payer.pays.get() >= 0 && payer.patient.get() >= 0);
            let most = match payer.law.as_str() { "54" => cap, "21" => cap / 2, _ => i64::MAX };
            prop_assert!(payer.patient.get() <= most);
        }
        prop_assert!(month.due.get() <= claim.cost.get());
        let other = settled(turn, true);
        prop_assert_eq!(other.due.get(), month.due.get());
        prop_assert_eq!(other.claims[0].patient.get(), claim.patient.get());
    }

    /// One visit without a ceiling is the visit's copay of a calculation.
    #[test]
    fn one_visit_is_the_simple_copay(points in 0..100_000_i64) {
        let simple = (points * 3 + 5) / 10 * 10;
        let settled = settle(&json!({ "birth_date": "1980-04-01", "visits": visits(&[("2026-07-08", points)]) }));
        prop_assert_eq!(settled.due.get(), simple);
    }
}
