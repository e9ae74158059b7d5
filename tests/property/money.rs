//! Laws of the roundings.

use proptest::prelude::*;
use rust_decimal::Decimal;
use santei::money::{Points, Yen};

/// A decimal of hundredths.
fn hundredths(value: i64) -> Decimal {
    Decimal::new(value, 2)
}

proptest! {
    /// 五捨五超入: up to 15 yen one point; beyond, the cost lies within five yen of the price, five down and more than five up.
    #[test]
    fn points_of_a_drug(price in 1i64..10_000_000_000) {
        let points = Points::of_drug(hundredths(price)).unwrap().get();
        if price <= 1_500 {
            prop_assert_eq!(points, 1);
        } else {
            let over = points * 1_000 - price;
            prop_assert!((-500..500).contains(&over), "{} hundredths of yen give {} points", price, points);
        }
    }

    /// A dearer drug never has fewer points, and ten yen more is one point more.
    #[test]
    fn points_of_a_drug_grow(price in 1_501i64..10_000_000, more in 0i64..100_000) {
        let points = |price| Points::of_drug(hundredths(price)).unwrap().get();
        prop_assert!(points(price + more) >= points(price));
        prop_assert_eq!(points(price + 1_000), points(price) + 1);
    }

    /// 四捨五入: halves away from zero, and the same on both sides of it.
    #[test]
    fn nearest_point(value in -1_000_000_000i64..1_000_000_000) {
        let points = Points::rounded(hundredths(value)).unwrap().get();
        prop_assert_eq!(points, (value.abs() + 50) / 100 * value.signum());
    }

    /// 10円未満四捨五入 at every share.
    #[test]
    fn ten_yen(points in 0i64..1_000_000_000, tenths in 0u8..=10) {
        let cost = Points::new(points).unwrap().cost().unwrap();
        let share = cost.share(tenths).unwrap();
        prop_assert_eq!(share.get() * 10, cost.get() * i64::from(tenths));
        let paid = share.rounded_to_ten().unwrap().get();
        prop_assert_eq!(paid % 10, 0);
        prop_assert!((-4..=5).contains(&(paid - share.get())));
    }

    /// No amount wraps or panics, and none leaves the range that JSON readers keep exactly.
    #[test]
    fn no_amount_leaves_the_range(a in any::<i64>(), b in any::<i64>(), count in any::<u32>(), tenths in any::<u8>()) {
        const LIMIT: i64 = 9_007_199_254_740_991;
        let within = |value: i64| (-LIMIT..=LIMIT).contains(&value);
        prop_assert_eq!(Points::new(a).is_ok(), within(a));
        let (Ok(one), Ok(other)) = (Points::new(a >> 11), Points::new(b >> 11)) else { return Ok(()) };
        prop_assert_eq!(one.plus(other).map(Points::get).ok(), Some((a >> 11) + (b >> 11)).filter(|sum| within(*sum)));
        let product = i128::from(a >> 11) * i128::from(count);
        prop_assert_eq!(one.times(count).map(|points| i128::from(points.get())).ok(), Some(product).filter(|p| p.abs() <= i128::from(LIMIT)));
        let yen = Yen::new(a >> 11).unwrap();
        prop_assert!(yen.rounded_to_ten().is_ok_and(|yen| within(yen.get())) || yen.get() > LIMIT - 5);
        prop_assert!(yen.share(tenths).is_err() || i128::from(a >> 11) * i128::from(tenths) <= i128::from(LIMIT));
    }

    /// Any decimal gives points or an error.
    #[test]
    fn any_decimal(lo in any::<u32>(), mid in any::<u32>(), hi in any::<u32>(), negative in any::<bool>(), scale in 0u32..=28) {
        let value = Decimal::from_parts(lo, mid, hi, negative, scale);
        let _ = Points::rounded(value);
        let _ = Points::of_drug(value);
    }
}
