//! Days and times as comments write them: 元号 and two digits for each part, a leading zero printed as a blank.

use crate::date::ServiceDate;

/// The first year of each era less one, with its number and its name.
const ERAS: [(char, &str, i32); 5] =
    [('1', "明治", 1867), ('2', "大正", 1911), ('3', "昭和", 1925), ('4', "平成", 1988), ('5', "令和", 2018)];

/// `GYYMMDD` as a day in words; none when there is no such day in that era.
pub(super) fn day(digits: &str) -> Option<String> {
    let (era, rest) = digits.split_at_checked(1)?;
    let parts = pairs(rest)?;
    let [year, month, day] = parts.as_slice() else { return None };
    let (_, name, before) = ERAS.into_iter().find(|(number, ..)| era.starts_with(*number))?;
    let date = ServiceDate::new(before.checked_add(i32::try_from(*year).ok()?)?, *month, *day)?;
    // The day must lie in the era that was named: 平成32年 is none, nor is 令和1年4月.
    if *year == 0 || !date.era().starts_with(name) {
        return None;
    }
    Some(format!("{name}{}年{}月{}日", padded(*year), padded(*month), padded(*day)))
}

/// `HHMM` as a time in words.
pub(super) fn time(digits: &str) -> Option<String> {
    let parts = pairs(digits)?;
    let [hour, minute] = parts.as_slice() else { return None };
    (*hour < 24 && *minute < 60).then(|| format!("{}時{}分", padded(*hour), padded(*minute)))
}

/// `DDHHMM` as a day of the month and a time in words.
pub(super) fn day_and_time(digits: &str) -> Option<String> {
    let (head, rest) = digits.split_at_checked(2)?;
    let day = pairs(head)?.first().copied().filter(|day| (1..=31).contains(day))?;
    Some(format!("{}日{}", padded(day), time(rest)?))
}

/// Two digits in full width, a leading zero as a blank.
fn padded(number: u32) -> String {
    let text = if number < 10 { format!(" {number}") } else { number.to_string() };
    super::width::full(&text)
}

/// Numbers of two digits each.
fn pairs(digits: &str) -> Option<Vec<u32>> {
    let mut rest = digits;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = rest.split_at_checked(2)?;
        parts.push(part.parse().ok()?);
        rest = after;
    }
    Some(parts)
}
