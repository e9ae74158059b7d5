//! The figures, written down a second time from the orders and tables that announced them; none is read from `masters/`.

/// A month as `yyyymm`.
pub(crate) type MonthNumber = i64;

/// Base, threshold (0: fixed), 多数回 (0: none), outpatient (0: none), in yen.
pub(crate) type Row = (i64, i64, i64, i64);

pub(crate) fn class_row(class: &str, month: MonthNumber) -> Row {
    let new = month >= 202_608;
    match class {
        "ア" | "現役並みⅢ" => {
            if new {
                (270_300, 901_000, 140_100, 0)
            } else {
                (252_600, 842_000, 140_100, 0)
            }
        }
        "イ" | "現役並みⅡ" => {
            if new {
                (179_100, 597_000, 93_000, 0)
            } else {
                (167_400, 558_000, 93_000, 0)
            }
        }
        "ウ" | "現役並みⅠ" => {
            if new {
                (85_800, 286_000, 44_400, 0)
            } else {
                (80_100, 267_000, 44_400, 0)
            }
        }
        "エ" => (if new { 61_500 } else { 57_600 }, 0, 44_400, 0),
        "オ" => (if new { 36_900 } else { 35_400 }, 0, 24_600, 0),
        "現役並み" => (80_100, 267_000, 44_400, if month >= 201_708 { 57_600 } else { 44_400 }),
        "一般" | "一般Ⅱ" | "一般Ⅰ" => match month {
            202_608.. => (61_500, 0, 44_400, 22_000),
            201_808.. => (57_600, 0, 44_400, 18_000),
            201_708.. => (57_600, 0, 44_400, 14_000),
            _ => (44_400, 0, 0, 12_000),
        },
        "低所得Ⅱ" if new => (25_700, 0, 24_600, 11_000),
        "低所得Ⅱ" => (24_600, 0, 0, 8_000),
        "低所得Ⅰ" => (if new { 15_700 } else { 15_000 }, 0, 0, 8_000),
        other => panic!("{other}"),
    }
}

/// 特定給付対象療養: the same for every class.
pub(crate) fn specified_row(under_70: bool, month: MonthNumber) -> Row {
    match (under_70, month) {
        (true, 202_608..) => (85_800, 286_000, 0, 0),
        (true, _) => (80_100, 267_000, 0, 0),
        (false, 202_608..) => (61_500, 0, 0, 22_000),
        (false, 201_808..) => (57_600, 0, 0, 18_000),
        (false, 201_708..) => (57_600, 0, 0, 14_000),
        (false, _) => (44_400, 0, 0, 12_000),
    }
}

/// 生活保護.
pub(crate) fn welfare_row(under_70: bool, month: MonthNumber) -> Row {
    match (under_70, month >= 202_608) {
        (true, false) => (35_400, 0, 0, 0),
        (true, true) => (36_900, 0, 0, 0),
        (false, false) => (15_000, 0, 0, 8_000),
        (false, true) => (15_700, 0, 0, 8_000),
    }
}

/// A row's ceiling at a cost: the amount, and one percent of what exceeds the threshold, 50銭 going up.
pub(crate) fn ceiling(row: Row, cost: i64, outpatient: bool, frequent: bool, half: bool) -> i64 {
    let part = if half { 2 } else { 1 };
    if outpatient && row.3 > 0 {
        return row.3 / part;
    }
    if frequent && row.2 > 0 {
        return row.2 / part;
    }
    let (base, threshold) = (row.0 / part, row.1 / part);
    if threshold == 0 {
        return base;
    }
    // In 銭.
    let sen = (cost.max(threshold) - threshold) * 100 / 100;
    base + sen / 100 + i64::from(sen % 100 >= 50)
}

/// The patient's percentage of the cost under a national programme; none when nothing is left but up to the cap.
pub(crate) fn own_percent(law: &str, rate: i64) -> Option<i64> {
    match law {
        "10" => Some(5),
        "15" | "16" | "21" | "24" => Some(10),
        "52" => Some(20),
        "54" => Some(if rate == 1 { 10 } else { 20 }),
        "38" => Some(rate * 10),
        "11" | "12" | "18" | "19" | "20" | "28" | "51" => None,
        other => panic!("{other}"),
    }
}

/// The order in which programmes pay.
pub(crate) const ORDER: [&str; 15] =
    ["18", "10", "11", "20", "15", "21", "16", "24", "28", "19", "52", "54", "51", "38", "12"];
