//! The day before, the day and the day after every boundary.

use crate::*;

fn rate(birth: &str, class: Option<&str>, day: &str) -> (u8, bool) {
    let month = json!({
        "birth_date": birth, "coverage": { "ceiling_class": class }, "visits": visits(&[(day, 100)]),
    });
    let settled = settle(&month);
    (settled.rate_tenths, settled.halved)
}

#[test]
fn ages() {
    // 就学前: up to 31 March after six is reached, which somebody born on 1 April does the day before.
    assert_eq!(rate("2020-04-01", None, "2026-03-31").0, 2);
    assert_eq!(rate("2020-04-01", None, "2026-04-01").0, 3);
    assert_eq!(rate("2020-04-02", None, "2027-03-31").0, 2);
    assert_eq!(rate("2020-04-02", None, "2027-04-01").0, 3);
    // 70: the month after, or the same for the first.
    assert_eq!(rate("1956-11-15", Some("ウ"), "2026-11-30").0, 3);
    assert_eq!(rate("1956-11-15", Some("一般"), "2026-12-01").0, 2);
    assert_eq!(rate("1956-11-01", Some("一般"), "2026-11-01").0, 2);
    assert_eq!(rate("1956-11-01", Some("ウ"), "2026-10-31").0, 3);
    // 75: the day itself; the month's ceilings are halved, but not for the first.
    assert_eq!(rate("1951-11-15", Some("一般"), "2026-11-14"), (2, true));
    assert_eq!(rate("1951-11-15", Some("一般Ⅰ"), "2026-11-15"), (1, true));
    assert_eq!(rate("1951-11-15", Some("一般Ⅱ"), "2026-12-01"), (2, false));
    assert_eq!(rate("1951-11-01", Some("一般Ⅰ"), "2026-11-01"), (1, false));
    assert_eq!(rate("1951-11-01", Some("一般"), "2026-10-31"), (2, false));
}

#[test]
fn special_measure_of_1944() {
    for (birth, class, tenths) in [
        ("1944-04-01", "一般", 1),
        ("1944-04-02", "一般", 2),
        ("1944-04-01", "低所得Ⅰ", 1),
        ("1944-04-01", "現役並みⅠ", 3),
    ] {
        assert_eq!(rate(birth, Some(class), "2018-09-03").0, tenths, "{birth} {class}");
    }
}

#[test]
fn two_tenths_from_2022_10() {
    assert_eq!(rate("1940-01-01", Some("一般"), "2022-09-30").0, 1);
    assert_eq!(rate("1940-01-01", Some("一般Ⅱ"), "2022-10-01").0, 2);
    let early = json!({
        "birth_date": "1940-01-01", "coverage": { "ceiling_class": "一般Ⅱ" }, "visits": visits(&[("2022-09-30", 100)]),
    });
    assert_eq!(refused(&early).errors[0].path, "coverage.income_class");
    // From then on 一般 alone does not tell the share.
    let either = json!({
        "birth_date": "1940-01-01", "coverage": { "ceiling_class": "一般" }, "visits": visits(&[("2022-10-01", 100)]),
    });
    assert_eq!(refused(&either).errors[0].path, "coverage.income_class");
}

/// The tables of 2015-01, 2017-08, 2018-08 and 2026-08, on the last day of one and the first of the next.
#[test]
fn tables() {
    let outpatient = |class: &str, day: &str| {
        let born = "1945-06-15";
        due(&json!({ "birth_date": born, "coverage": { "ceiling_class": class }, "visits": visits(&[(day, 90_000)]) }))
            [0]
    };
    assert_eq!(outpatient("一般", "2017-07-31"), 12_000);
    assert_eq!(outpatient("一般", "2017-08-01"), 14_000);
    assert_eq!(outpatient("一般", "2018-07-31"), 14_000);
    assert_eq!(outpatient("一般", "2018-08-01"), 18_000);
    assert_eq!(outpatient("現役並み", "2017-07-31"), 44_400);
    assert_eq!(outpatient("現役並み", "2018-07-31"), 57_600);
    assert_eq!(outpatient("現役並みⅠ", "2018-08-01"), 80_100 + 6_330);
    assert_eq!(outpatient("一般Ⅰ", "2026-07-31"), 18_000);
    assert_eq!(outpatient("一般Ⅰ", "2026-08-01"), 22_000);
    assert_eq!(outpatient("低所得Ⅱ", "2026-07-31"), 8_000);
    assert_eq!(outpatient("低所得Ⅱ", "2026-08-01"), 11_000);
}

/// Without a certificate: no ceiling below 70, 一般 or 現役並みⅢ from 70 on (健康保険法施行令 第43条第1項).
#[test]
fn without_a_certificate() {
    let month = |birth: &str, income: Option<&str>| json!({ "birth_date": birth, "coverage": { "income_class": income }, "visits": visits(&[("2026-07-01", 100_000)]) });
    assert_eq!(due(&month("1980-04-01", None)), [300_000]);
    assert_eq!(due(&month("1954-04-01", Some("low"))), [18_000]);
    assert_eq!(due(&month("1954-04-01", Some("active"))), [254_180]);
}
