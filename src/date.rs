//! Service dates, periods and ages. There is no clock here: every date comes from the caller or from a table.

use core::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day between 1868-01-01 and 2999-12-31, written `YYYY-MM-DD`.
///
/// ```
/// use santei::date::ServiceDate;
/// let day: ServiceDate = "2026-06-01".parse()?;
/// assert_eq!(day.to_string(), "2026-06-01");
/// assert_eq!(day.era(), "令和8年6月1日");
/// # Ok::<(), santei::date::DateError>(())
/// ```
///
/// The day is kept as the number `YYYYMMDD`, whose order is that of days.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceDate(u32);

/// Why a text or number is not a [`ServiceDate`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a date {expected}, got `{got}`")]
pub struct DateError {
    /// The form that was expected.
    pub expected: &'static str,
    /// What was found.
    pub got: String,
}

const FORM: &str = "YYYY-MM-DD between 1868-01-01 and 2999-12-31";

/// The first days of the Japanese eras in use since the calendar reform.
const ERAS: [(i32, u32, u32, &str); 5] =
    [(2019, 5, 1, "令和"), (1989, 1, 8, "平成"), (1926, 12, 25, "昭和"), (1912, 7, 30, "大正"), (1868, 1, 25, "明治")];

impl ServiceDate {
    /// The last day of the supported range.
    pub const LAST: Self = Self(29_991_231);

    /// The day of this year, month and day, if there is one in the supported range.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let year = u32::try_from(year).ok().filter(|year| (1868..=2999).contains(year))?;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (1..=last).contains(&day).then_some(Self(year * 10_000 + month * 100 + day))
    }

    /// Reads the packed form `YYYYMMDD`, as the official files and the pack write it.
    ///
    /// # Errors
    /// [`DateError`] when the number is not a day of the calendar.
    pub fn from_packed(packed: u32) -> Result<Self, DateError> {
        let day = || {
            let year = i32::try_from(packed / 10_000).ok()?;
            Self::new(year, packed / 100 % 100, packed % 100)
        };
        day().ok_or_else(|| DateError { expected: "YYYYMMDD", got: packed.to_string() })
    }

    /// The packed form `YYYYMMDD`.
    #[must_use]
    pub fn packed(self) -> u32 {
        self.0
    }

    /// The day as it is written, in ASCII.
    pub(crate) fn letters(self) -> [u8; 10] {
        let packed = self.packed();
        let digit = |place: u32| b'0' + u8::try_from(packed / place % 10).unwrap_or(0);
        [
            digit(10_000_000),
            digit(1_000_000),
            digit(100_000),
            digit(10_000),
            b'-',
            digit(1_000),
            digit(100),
            b'-',
            digit(10),
            digit(1),
        ]
    }

    /// Year of the common era.
    #[must_use]
    pub fn year(self) -> i32 {
        (self.0 / 10_000).cast_signed()
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0 / 100 % 100
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0 % 100
    }

    /// The same day as the calendar's arithmetic takes it.
    fn calendar(self) -> NaiveDate {
        // INVARIANT: every day of this type is one of the calendar.
        NaiveDate::from_ymd_opt(self.year(), self.month(), self.day()).unwrap_or_default()
    }

    /// A day that the calendar gives; nothing outside the range that is written with four digits.
    fn of(day: NaiveDate) -> Option<Self> {
        let year = u32::try_from(day.year()).ok().filter(|year| (1..=9999).contains(year))?;
        Some(Self(year * 10_000 + day.month() * 100 + day.day()))
    }

    /// Whether both days lie in the same calendar month of the same year.
    #[must_use]
    pub fn same_month(self, other: Self) -> bool {
        self.0 / 100 == other.0 / 100
    }

    /// The day after, or the same day at the end of the supported range.
    #[must_use]
    pub fn next(self) -> Self {
        self.calendar().checked_add_days(Days::new(1)).and_then(Self::of).unwrap_or(self)
    }

    /// The day before, or the same day at the start of the supported range.
    #[must_use]
    pub fn previous(self) -> Self {
        self.calendar().checked_sub_days(Days::new(1)).and_then(Self::of).unwrap_or(self)
    }

    /// This day `months` later; a day that the target month lacks becomes its last one.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        self.calendar().checked_add_months(Months::new(months)).and_then(Self::of).unwrap_or(self)
    }

    /// The first day of the month after this one.
    #[must_use]
    pub fn first_of_next_month(self) -> Self {
        Self(self.0 - self.day() + 1).plus_months(1)
    }

    /// Whole days from `earlier` to this day; negative when `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.calendar().signed_duration_since(earlier.calendar()).num_days()
    }

    /// Calendar months from `earlier`'s month to this day's; negative when `earlier` is in a later month.
    #[must_use]
    pub fn months_since(self, earlier: Self) -> i32 {
        let months = |day: Self| day.year() * 12 + day.month().cast_signed();
        months(self) - months(earlier)
    }

    /// Calendar weeks, from Sunday to Saturday, from `earlier`'s week to this day's; negative when `earlier` is in a
    /// later week.
    #[must_use]
    pub fn weeks_since(self, earlier: Self) -> i64 {
        let sunday =
            |day: NaiveDate| i64::from(day.num_days_from_ce()) - i64::from(day.weekday().num_days_from_sunday());
        (sunday(self.calendar()) - sunday(earlier.calendar())) / 7
    }

    /// The fiscal year (年度) in which the day falls: it begins on the first of April.
    #[must_use]
    pub fn fiscal_year(self) -> i32 {
        self.year() - i32::from(self.month() < 4)
    }

    /// Sunday.
    #[must_use]
    pub fn is_sunday(self) -> bool {
        self.calendar().weekday() == chrono::Weekday::Sun
    }

    /// The day in the Japanese calendar, such as `令和8年6月1日`; the first year of an era is written 元年.
    #[must_use]
    pub fn era(self) -> String {
        for (year, month, day, name) in ERAS {
            if (self.year(), self.month(), self.day()) >= (year, month, day) {
                let n = self.year() - year + 1;
                let n = if n == 1 { "元".to_owned() } else { n.to_string() };
                return format!("{name}{n}年{}月{}日", self.month(), self.day());
            }
        }
        format!("{}年{}月{}日", self.year(), self.month(), self.day())
    }
}

impl fmt::Display for ServiceDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for ServiceDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::str::FromStr for ServiceDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let fault = || DateError { expected: FORM, got: text.chars().take(40).collect() };
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
        };
        let day = || {
            let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
            let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
            Self::new(year, number(&[m1, m2])?, number(&[d1, d2])?)
        };
        day().ok_or_else(fault)
    }
}

impl Serialize for ServiceDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(core::str::from_utf8(&self.letters()).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for ServiceDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::parsed::deserialize(deserializer)
    }
}

/// The days from `from` up to, but not including, `until`; without `until`, for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// First day.
    pub from: ServiceDate,
    /// First day no longer included.
    pub until: Option<ServiceDate>,
}

impl Period {
    /// Whether the day lies in the period.
    #[must_use]
    pub fn contains(self, day: ServiceDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether the two periods share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.until.is_none_or(|until| other.from < until) && other.until.is_none_or(|until| self.from < until)
    }

    /// The last day included, if the period ends.
    #[must_use]
    pub fn last_day(self) -> Option<ServiceDate> {
        self.until.map(ServiceDate::previous)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last_day() {
            Some(last) => write!(f, "{} to {last}", self.from),
            None => write!(f, "from {}", self.from),
        }
    }
}

/// A patient's age on one day, in every way in which the fee schedule counts it.
///
/// Completed years count from the birthday itself. A person *reaches* an age on the day before the birthday
/// (年齢計算ニ関スル法律), which decides school age and the "first of the next month" rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    birth: ServiceDate,
    on: ServiceDate,
}

impl Age {
    /// The age on `on` of somebody born on `birth`; `None` when not yet born.
    #[must_use]
    pub fn on(birth: ServiceDate, on: ServiceDate) -> Option<Self> {
        (birth <= on).then_some(Self { birth, on })
    }

    /// Completed years.
    #[must_use]
    pub fn years(self) -> u32 {
        let before_birthday = (self.on.month(), self.on.day()) < (self.birth.month(), self.birth.day());
        (self.on.year() - self.birth.year() - i32::from(before_birthday)).unsigned_abs()
    }

    /// Days since birth; 0 on the day of birth.
    #[must_use]
    pub fn days(self) -> i64 {
        self.on.days_since(self.birth)
    }

    /// The day on which the age of `years` is reached: the day before that birthday.
    #[must_use]
    pub fn reaches(birth: ServiceDate, years: u32) -> ServiceDate {
        // Born on 29 February: in a common year the age is complete at the end of 28 February.
        let months = birth.plus_months(years.saturating_mul(12));
        if months.day() == birth.day() { months.previous() } else { months }
    }

    /// Whether the first day of the month after reaching `years` has come ("達した日の翌月1日").
    #[must_use]
    pub fn past_month_after(self, years: u32) -> bool {
        // It never comes before the year of that birthday.
        let between = u32::try_from(self.on.year() - self.birth.year()).unwrap_or(0);
        between >= years && self.on >= Self::reaches(self.birth, years).first_of_next_month()
    }

    /// Before compulsory school: up to the first 31 March on or after the day on which six is reached (未就学).
    #[must_use]
    pub fn is_preschool(self) -> bool {
        self.within_school_year_of(6)
    }

    /// Up to the first 31 March on or after the day on which `years` is reached (年度末まで).
    #[must_use]
    pub fn within_school_year_of(self, years: u32) -> bool {
        // It never lasts beyond the year after that of the birthday.
        if u32::try_from(self.on.year() - self.birth.year()).is_ok_and(|between| between > years.saturating_add(1)) {
            return false;
        }
        let day = Self::reaches(self.birth, years);
        let year = if (day.month(), day.day()) <= (3, 31) { day.year() } else { day.year() + 1 };
        ServiceDate::new(year, 3, 31).is_none_or(|end| self.on <= end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> ServiceDate {
        text.parse().unwrap()
    }

    #[test]
    fn nonsense_is_no_date() {
        for text in
            ["", "2026-6-1", "2026-02-30", "20260601", "2026-06-01 ", "２０２６-06-01", "1867-12-31", "3000-01-01"]
        {
            assert!(text.parse::<ServiceDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn eras_change_on_their_day() {
        assert_eq!(day("2019-04-30").era(), "平成31年4月30日");
        assert_eq!(day("2019-05-01").era(), "令和元年5月1日");
        assert_eq!(day("1989-01-07").era(), "昭和64年1月7日");
    }

    #[test]
    fn age_follows_the_birthday() {
        let born = day("2020-06-15");
        assert_eq!(Age::on(born, day("2026-06-14")).unwrap().years(), 5);
        assert_eq!(Age::on(born, day("2026-06-15")).unwrap().years(), 6);
        assert_eq!(Age::on(born, day("2020-06-14")), None);
    }

    #[test]
    fn school_age_by_the_day_before() {
        // Born on 1 April: six is reached on 31 March, so that very day is the last of preschool.
        assert!(Age::on(day("2020-04-01"), day("2026-03-31")).unwrap().is_preschool());
        assert!(!Age::on(day("2020-04-01"), day("2026-04-01")).unwrap().is_preschool());
        assert!(Age::on(day("2020-04-02"), day("2027-03-31")).unwrap().is_preschool());
        assert!(!Age::on(day("2020-04-02"), day("2027-04-01")).unwrap().is_preschool());
    }

    #[test]
    fn leap_day_birthdays() {
        let born = day("1956-02-29");
        assert_eq!(Age::reaches(born, 70), day("2026-02-28"));
        assert_eq!(Age::reaches(born, 72), day("2028-02-28"));
        assert!(Age::on(born, day("2026-03-01")).unwrap().past_month_after(70));
        assert!(!Age::on(born, day("2026-02-28")).unwrap().past_month_after(70));
    }

    #[test]
    fn month_after_for_a_birthday_on_the_first() {
        assert!(Age::on(day("1956-11-01"), day("2026-11-01")).unwrap().past_month_after(70));
        assert!(!Age::on(day("1956-11-15"), day("2026-11-30")).unwrap().past_month_after(70));
        assert!(Age::on(day("1956-11-15"), day("2026-12-01")).unwrap().past_month_after(70));
    }
}
