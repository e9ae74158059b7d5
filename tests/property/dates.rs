//! The calendar, ages, and age limits.

use proptest::prelude::*;
use santei::{
    date::{Age, Period, ServiceDate},
    master::AgeLimit,
};

/// Any day from 1900 to 2099.
fn any_day() -> impl Strategy<Value = ServiceDate> {
    (1900..2100_i32, 1..=12_u32, 1..=31_u32)
        .prop_filter_map("a day of the calendar", |(y, m, d)| ServiceDate::new(y, m, d))
}

/// A birth and the days after it, up to a little over a hundred years.
fn birth_and_days() -> impl Strategy<Value = (ServiceDate, u32, u32)> {
    (any_day(), 0..1_250_u32, 0..31_u32)
}

fn after(day: ServiceDate, months: u32, days: u32) -> ServiceDate {
    (0..days).fold(day.plus_months(months), |day, _| day.next())
}

fn limits() -> Vec<AgeLimit> {
    ["01", "03", "06", "15", "20", "65", "75", "AA", "AE", "B3", "B6", "BF", "BK", "MG"]
        .into_iter()
        .map(|text| AgeLimit::parse(text).unwrap().unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_day_survives_writing(day in any_day()) {
        prop_assert_eq!(day.to_string().parse::<ServiceDate>().unwrap(), day);
        prop_assert_eq!(ServiceDate::from_packed(day.packed()).unwrap(), day);
        prop_assert_eq!(day.next().previous(), day);
        prop_assert_eq!(day.next().days_since(day), 1);
        prop_assert!(day.packed() < day.next().packed());
    }

    #[test]
    fn the_next_month_begins_after_this_one(day in any_day()) {
        let first = day.first_of_next_month();
        prop_assert!(day < first && first.day() == 1);
        prop_assert!(day.same_month(first.previous()));
        prop_assert!((1..=31).contains(&first.days_since(day)));
    }

    /// Every day lies in exactly one of two periods that follow each other.
    #[test]
    fn a_boundary_belongs_to_one_period(from in any_day(), until in any_day(), day in any_day()) {
        prop_assume!(from < until);
        let earlier = Period { from, until: Some(until) };
        let later = Period { from: until, until: None };
        prop_assert!(!earlier.overlaps(later) && !later.overlaps(earlier));
        prop_assert_eq!(u8::from(earlier.contains(day)) + u8::from(later.contains(day)), u8::from(day >= from));
        prop_assert!(earlier.contains(earlier.last_day().unwrap()) && later.contains(until));
    }

    /// A year older on the birthday, or on 1 March where the birthday is missing, and on no other day.
    #[test]
    fn years_grow_on_the_birthday((birth, months, days) in birth_and_days()) {
        let on = after(birth, months, days);
        let years = Age::on(birth, on).unwrap().years();
        let tomorrow = on.next();
        let older = Age::on(birth, tomorrow).unwrap().years();
        let same = (tomorrow.month(), tomorrow.day()) == (birth.month(), birth.day());
        let leap = (birth.month(), birth.day()) == (2, 29);
        let instead = leap && (tomorrow.month(), tomorrow.day()) == (3, 1) && (on.month(), on.day()) == (2, 28);
        prop_assert_eq!(older - years, u32::from(same || instead));
    }

    /// An age is reached on the eve of having it (年齢計算ニ関スル法律).
    #[test]
    fn reached_on_the_eve(birth in any_day(), years in 1..110_u32) {
        let reached = Age::reaches(birth, years);
        prop_assert_eq!(Age::on(birth, reached).unwrap().years(), years - 1);
        prop_assert_eq!(Age::on(birth, reached.next()).unwrap().years(), years);
        let first = reached.first_of_next_month();
        prop_assert!(Age::on(birth, first).unwrap().past_month_after(years));
        prop_assert!(!Age::on(birth, first.previous()).unwrap().past_month_after(years));
        prop_assert_eq!(Age::on(birth, first).unwrap().years(), years);
    }

    /// School begins on a 1 April, at six.
    #[test]
    fn school_begins_in_april(birth in any_day()) {
        let begins = std::iter::successors(Some(birth.plus_months(71)), |day| Some(day.next()))
            .find(|day| !Age::on(birth, *day).unwrap().is_preschool())
            .unwrap();
        prop_assert_eq!((begins.month(), begins.day()), (4, 1));
        prop_assert_eq!(Age::on(birth, begins).unwrap().years(), 6);
    }

    /// Once past an age limit, always past it; and at each day one is on one side of it.
    #[test]
    fn age_limits_divide_a_life((birth, months, days) in birth_and_days()) {
        let on = after(birth, months, days);
        let (age, later) = (Age::on(birth, on).unwrap(), Age::on(birth, on.next()).unwrap());
        for limit in limits() {
            prop_assert!(!limit.reached(age) || limit.reached(later), "{} at {} and a day later", limit, on);
            prop_assert!(AgeLimit::admits(Some(limit), None, age) != AgeLimit::admits(None, Some(limit), age));
            prop_assert!(!AgeLimit::admits(Some(limit), Some(limit), age));
        }
        prop_assert!(AgeLimit::admits(None, None, age));
    }

    #[test]
    fn nobody_is_treated_before_birth(birth in any_day(), on in any_day()) {
        prop_assert_eq!(Age::on(birth, on).is_some(), birth <= on);
    }
}
