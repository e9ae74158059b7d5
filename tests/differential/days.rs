//! Days and ages, by counting.

/// Year, month, day.
pub(crate) type Day = (i64, i64, i64);

pub(crate) fn day(text: &str) -> Day {
    let mut parts = text.split('-').map(|part| part.parse().unwrap());
    (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap())
}

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(crate) fn length(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn next((year, month, day): Day) -> Day {
    match (month, day < length(year, month)) {
        (_, true) => (year, month, day + 1),
        (12, false) => (year + 1, 1, 1),
        (_, false) => (year, month + 1, 1),
    }
}

/// Days from one day to a later one, counted up to a limit.
pub(crate) fn days(from: Day, to: Day, limit: i64) -> i64 {
    let mut at = from;
    (0..limit)
        .find(|_| {
            let found = at == to;
            at = next(at);
            found
        })
        .unwrap_or(limit)
}

/// Completed years.
pub(crate) fn years(birth: Day, on: Day) -> i64 {
    on.0 - birth.0 - i64::from((on.1, on.2) < (birth.1, birth.2))
}

/// Whether an age limit of the masters (上下限年齢) has been reached.
pub(crate) fn reached(limit: &str, birth: Day, on: Day) -> bool {
    match limit {
        "AA" => days(birth, on, 28) >= 28,
        "AE" => days(birth, on, 90) >= 90,
        // 3, 6, 15, 20 years: from the first of the month after the day before that birthday.
        "B3" | "B6" | "BF" | "BK" => {
            let years =
                [("B3", 3), ("B6", 6), ("BF", 15), ("BK", 20)].iter().find(|(name, _)| *name == limit).unwrap().1;
            // Born on the first, the age is reached in the month before.
            let (year, month) = (birth.0 + years, birth.1 + i64::from(birth.2 > 1));
            let (year, month) = if month == 13 { (year + 1, 1) } else { (year, month) };
            on >= (year, month, 1)
        }
        // School begins on the first of April after six years are reached, the day before the birthday.
        "MG" => {
            let year = birth.0 + 6 + i64::from((birth.1, birth.2) > (4, 1));
            on >= (year, 4, 1)
        }
        number => years(birth, on) >= number.parse::<i64>().unwrap(),
    }
}

/// Whether an age lies between two limits; an empty one and `00` are none.
pub(crate) fn admits(low: &str, high: &str, birth: Day, on: Day) -> bool {
    let none = |limit: &str| matches!(limit, "" | "0" | "00");
    (none(low) || reached(low, birth, on)) && (none(high) || !reached(high, birth, on))
}

/// Days since a Sunday, 2000-01-02.
pub(crate) fn serial((year, month, day): Day) -> i64 {
    let years: i64 = (2000..year).map(|year| 365 + i64::from(leap(year))).sum::<i64>()
        - (year..2000).map(|year| 365 + i64::from(leap(year))).sum::<i64>();
    years + (1..month).map(|month| length(year, month)).sum::<i64>() + day - 2
}

/// The day so many days later, or earlier.
pub(crate) fn shifted(day: Day, by: i64) -> Day {
    let mut at = day;
    for _ in 0..by {
        at = next(at);
    }
    for _ in by..0 {
        at = match at {
            (year, 1, 1) => (year - 1, 12, 31),
            (year, month, 1) => (year, month - 1, length(year, month - 1)),
            (year, month, day) => (year, month, day - 1),
        };
    }
    at
}

pub(crate) fn text((year, month, day): Day) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// The calendar week, from Sunday to Saturday.
pub(crate) fn week(day: Day) -> i64 {
    serial(day).div_euclid(7)
}

/// The calendar month.
pub(crate) fn month(day: Day) -> i64 {
    day.0 * 12 + day.1
}

/// From April to March.
pub(crate) fn fiscal_year(day: Day) -> i64 {
    if day.1 >= 4 { day.0 } else { day.0 - 1 }
}

/// The same day so many years later; of 29 February the 28th.
pub(crate) fn after_years((year, month, day): Day, years: i64) -> Day {
    (year + years, month, day.min(length(year + years, month)))
}
