//! Programmes of municipalities: every row of masters/local-subsidies.csv at the window.

use crate::*;

/// Outpatient visits under one programme: days, points and whether it is a first visit.
fn under(rule: &str, birth: &str, service: &str, list: &[(&str, i64, bool)]) -> Value {
    let visits: Vec<Value> = list
        .iter()
        .map(|(date, points, first)| {
            json!({ "date": date, "first_visit": first, "segments": [{ "points": points, "payers": [0] }] })
        })
        .collect();
    json!({ "birth_date": birth, "service": service, "payers": [{ "rule": rule }], "visits": visits })
}

/// Four visits of a month of 200, 600 and 1,000 points, the first a 初診; what is left of 400, 1,200, 2,000 and 2,000 yen (two tenths)
/// or 600, 1,800, 3,000 and 3,000 (three tenths).
fn four(rule: &str, birth: &str, month: &str) -> Vec<i64> {
    let days: Vec<String> = ["03", "10", "17", "24"].iter().map(|day| format!("{month}-{day}")).collect();
    let list = [(&*days[0], 200, true), (&*days[1], 600, false), (&*days[2], 1_000, false), (&*days[3], 1_000, false)];
    due(&under(rule, birth, "medical", &list))
}

#[test]
fn nineteen_programmes() {
    let (three, seven, thirteen) = ("2023-08-01", "2019-06-01", "2013-06-01");
    for (rule, birth, month, expected) in [
        ("osaka-shi.kodomo", three, "2026-11", vec![400, 500, 0, 0]),
        ("osaka-shi.kodomo", seven, "2026-11", vec![500, 500, 0, 0]),
        ("daito-shi.kodomo", seven, "2023-05", vec![400, 500, 0, 0]),
        ("takatsuki-shi.kodomo", seven, "2025-03", vec![400, 500, 0, 0]),
        ("takatsuki-shi.kodomo", seven, "2025-04", vec![0; 4]),
        ("kobe-shi.kodomo", three, "2026-11", vec![400, 400, 0, 0]),
        ("kobe-shi.kodomo", seven, "2026-11", vec![400, 400, 0, 0]),
        ("kobe-shi.kodomo-0-2", "2024-12-01", "2026-11", vec![0; 4]),
        ("kyoto-fu.kosodate", seven, "2026-11", vec![200, 0, 0, 0]),
        ("kizugawa-shi.kosodate", thirteen, "2026-11", vec![200, 0, 0, 0]),
        ("kyoto-shi.kodomo", seven, "2023-09", vec![200, 0, 0, 0]),
        ("kyoto-shi.kodomo", "2014-06-01", "2023-08", vec![600, 1_800, 3_000, 3_000]),
        ("fukuoka-shi.kodomo", three, "2026-11", vec![400, 100, 0, 0]),
        ("fukuoka-shi.kodomo-0-2", "2024-12-01", "2026-11", vec![0; 4]),
        ("dazaifu-shi.kodomo-preschool", three, "2026-11", vec![400, 200, 0, 0]),
        ("dazaifu-shi.kodomo-elementary", seven, "2026-11", vec![600, 600, 0, 0]),
        ("dazaifu-shi.kodomo-junior", thirteen, "2026-11", vec![600, 1_000, 0, 0]),
        ("fukutsu-shi.kodomo", seven, "2026-11", vec![600, 0, 0, 0]),
        ("fukutsu-shi.hitorioya", seven, "2026-11", vec![600, 200, 0, 0]),
        ("sapporo-shi.kodomo", seven, "2026-11", vec![580, 0, 0, 0]),
        ("chiba-shi.kodomo", seven, "2026-11", vec![300; 4]),
        ("ichikawa-shi.kodomo", seven, "2026-11", vec![300; 4]),
        ("matsudo-shi.kodomo", seven, "2026-11", vec![200; 4]),
        ("urayasu-shi.kodomo", seven, "2026-11", vec![0; 4]),
        ("tokyo.kodomo", seven, "2026-11", vec![200; 4]),
        ("tokyo-23.kodomo", seven, "2026-11", vec![0; 4]),
        ("tokyo.maru-sho", "1980-04-01", "2026-11", vec![200, 600, 1_000, 1_000]),
        ("yokohama-shi.shoni", seven, "2023-07", vec![400, 500, 500, 500]),
        ("yokohama-shi.shoni", seven, "2023-08", vec![0; 4]),
        ("yokohama-shi.shoni", "2009-06-01", "2026-06", vec![0; 4]),
        ("kumagaya-shi.kodomo", seven, "2026-11", vec![0; 4]),
        ("tokyo.maru-to", "1980-04-01", "2026-11", vec![600, 1_800, 3_000, 600]),
    ] {
        assert_eq!(four(rule, birth, month), expected, "{rule} {birth} {month}");
    }
}

/// 大阪市, 180 to 900 points: 360, 500 and nothing; two visits of one day share the day's limit.
#[test]
fn by_day() {
    let list = [("2026-11-02", 180, false), ("2026-11-09", 250, false), ("2026-11-16", 450, false)];
    assert_eq!(due(&under("osaka-shi.kodomo", "2023-01-10", "medical", &list)), [360, 500, 0]);
    let list = [("2026-11-02", 180, false), ("2026-11-02", 250, false), ("2026-11-09", 450, false)];
    assert_eq!(due(&under("osaka-shi.kodomo", "2023-01-10", "medical", &list)), [360, 140, 500]);
}

#[test]
fn pharmacies_and_dentists() {
    let list = [("2026-11-02", 500, true)];
    assert_eq!(due(&under("osaka-shi.kodomo", "2023-01-10", "pharmacy", &list)), [0]);
    assert_eq!(due(&under("sapporo-shi.kodomo", "2019-01-10", "dental", &list)), [510]);
}

/// The age ends with the school year: the last day is 31 March.
#[test]
fn ages_end() {
    let on = |day: &str| under("osaka-shi.kodomo", "2008-05-10", "medical", &[(day, 500, false)]);
    assert_eq!(due(&on("2027-03-31")), [500]);
    assert_eq!(refused(&on("2027-04-01")).errors[0].path, "payers[0].rule");
}

/// After 難病, a programme takes what that left.
#[test]
fn after_a_national_programme() {
    let month = json!({
        "birth_date": "2015-01-10", "coverage": { "ceiling_class": "ウ" },
        "payers": [{ "rule": "chiba-shi.kodomo" }, { "law": "52", "cap": 2500 }],
        "visits": [{ "date": "2026-07-02", "segments": [{ "points": 1000, "payers": [0, 1] }] }],
    });
    let settled = settle(&month);
    assert_eq!(settled.due.get(), 300);
    let claim = &settled.claims[0];
    let parts: Vec<_> = claim.payers.iter().map(|p| (p.payer, p.base.get(), p.patient.get())).collect();
    assert_eq!(parts, [(1, 3_000, 2_000), (0, 2_000, 300)]);
    let paid: i64 = claim.payers.iter().map(|p| p.pays.get()).sum();
    assert_eq!(claim.insurer.get() + paid + claim.patient.get(), claim.cost.get());
}

/// 熊谷市 pays meals too.
#[test]
fn meals() {
    let month = |rule: &str| {
        json!({
            "birth_date": "2019-06-01", "payers": [{ "rule": rule }], "meals": [{ "charge": "meal.general", "count": 9 }],
            "visits": [{ "date": "2026-11-10", "setting": "inpatient", "days": 3, "segments": [{ "points": 9000, "payers": [0] }] }],
        })
    };
    assert_eq!(settle(&month("kumagaya-shi.kodomo")).meals[0].amount.get(), 0);
    assert_eq!(settle(&month("osaka-shi.kodomo")).meals[0].amount.get(), 9 * 550);
}

/// 熊谷市: from 21,000 yen of share on, nothing changes at the window; several bills that reach it together ask for a review.
#[test]
fn paid_back_from_an_amount() {
    let under_21_000 = |list: &[(&str, i64, bool)]| under("kumagaya-shi.kodomo", "2019-06-01", "medical", list);
    assert_eq!(due(&under_21_000(&[("2026-11-02", 6_999, false)])), [0]);
    assert_eq!(due(&under_21_000(&[("2026-11-02", 7_000, false)])), [21_000]);
    assert_eq!(due(&under_21_000(&[("2026-11-02", 3_000, false), ("2026-11-09", 3_000, false)])), [0, 0]);
    let month = under_21_000(&[("2026-11-02", 3_000, false), ("2026-11-09", 4_000, false)]);
    let error = refused(&month).errors.remove(0);
    assert_eq!((error.kind, error.path.as_str()), (santei::fee::InputErrorKind::NeedsReview, "payers[0]"));
}

/// 千葉市: 300 yen a day of a stay; 太宰府市: 500 yen a day, seven days a month, over two bills.
#[test]
fn days_of_a_stay() {
    let stay = |rule: &str, bills: &[(&str, u32)]| {
        let visit = |(day, days): &(&str, u32)| json!({ "date": day, "setting": "inpatient", "days": days, "segments": [{ "points": 9_000, "payers": [0] }] });
        let visits: Vec<Value> = bills.iter().map(visit).collect();
        due(&json!({ "birth_date": "2019-06-01", "payers": [{ "rule": rule }], "visits": visits }))
    };
    assert_eq!(stay("chiba-shi.kodomo", &[("2026-11-10", 10)]), [3_000]);
    assert_eq!(stay("dazaifu-shi.kodomo", &[("2026-11-10", 10)]), [3_500]);
    assert_eq!(
        stay("dazaifu-shi.kodomo", &[("2026-11-05", 5), ("2026-11-20", 5), ("2026-11-28", 3)]),
        [2_500, 1_000, 0]
    );
}
