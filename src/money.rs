//! Points, yen and every rounding by its legal name. All arithmetic is decimal and checked; nothing here is a float.

use core::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// Whole points (点) of the fee schedule, after rounding. One point is ten yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "number"))]
#[serde(transparent)]
pub struct Points(i64);

/// Whole yen (円).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "number"))]
#[serde(transparent)]
pub struct Yen(i64);

/// An amount left the supported range (±9,007,199,254,740,991, the whole numbers that JSON readers keep exactly).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount leaves the supported range of ±9007199254740991")]
pub struct MoneyError;

/// The largest whole number that a JavaScript number holds exactly.
const LIMIT: i64 = 9_007_199_254_740_991;

/// A decimal as a text; most are whole numbers.
pub(crate) fn text_of(value: Decimal) -> String {
    if value.scale() == 0 && value.is_sign_positive() {
        return itoa::Buffer::new().format(value.mantissa()).to_owned();
    }
    value.to_string()
}

fn within(value: Option<i64>) -> Result<i64, MoneyError> {
    value.filter(|v| (-LIMIT..=LIMIT).contains(v)).ok_or(MoneyError)
}

fn whole(value: Decimal) -> Result<i64, MoneyError> {
    within(i64::try_from(value).ok())
}

macro_rules! amount {
    ($name:ident, $unit:literal) => {
        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);

            /// From a whole number.
            ///
            /// # Errors
            /// [`MoneyError`] outside the supported range.
            pub fn new(value: i64) -> Result<Self, MoneyError> {
                within(Some(value)).map(Self)
            }

            /// The whole number.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }

            /// The sum.
            ///
            /// # Errors
            /// [`MoneyError`] outside the supported range.
            pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
                within(self.0.checked_add(other.0)).map(Self)
            }

            /// The product with a count.
            ///
            /// # Errors
            /// [`MoneyError`] outside the supported range.
            pub fn times(self, count: u32) -> Result<Self, MoneyError> {
                within(self.0.checked_mul(i64::from(count))).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{}", $unit), self.0)
            }
        }
    };
}

amount!(Points, "点");
amount!(Yen, "円");

impl Points {
    /// 四捨五入: to the nearest point, halves up (for a reduction, halves away from zero).
    ///
    /// # Errors
    /// [`MoneyError`] outside the supported range.
    pub fn rounded(value: Decimal) -> Result<Self, MoneyError> {
        whole(value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)).map(Self)
    }

    /// 五捨五超入: the points of a drug whose price for the unit in question is `price` yen (F200, G100).
    ///
    /// Up to 15 yen one point; above, one more point for every ten yen or part of it.
    /// A price of zero or less gives no point. The two figures are part of the method and have stood unchanged in every
    /// notification from 2016 to 2026.
    ///
    /// ```
    /// use santei::money::Points;
    /// # use rust_decimal::Decimal;
    /// assert_eq!(Points::of_drug(Decimal::new(151, 1))?, Points::new(2)?); // 15.1 yen
    /// assert_eq!(Points::of_drug(Decimal::from(25))?, Points::new(2)?);
    /// # Ok::<(), santei::money::MoneyError>(())
    /// ```
    ///
    /// # Errors
    /// [`MoneyError`] outside the supported range.
    pub fn of_drug(price: Decimal) -> Result<Self, MoneyError> {
        if price <= Decimal::ZERO {
            return Ok(Self::ZERO);
        }
        let fifteen = Decimal::from(15);
        if price <= fifteen {
            return Ok(Self(1));
        }
        // In units of the price's last decimal, where those are few: the same without a division of decimals.
        if let (Ok(units), Some(one)) = (i64::try_from(price.mantissa()), 10_i64.checked_pow(price.scale()))
            && let (Some(less), Some(ten)) = (one.checked_mul(15), one.checked_mul(10))
        {
            let whole = units.saturating_sub(less);
            let part = whole % ten != 0;
            return within((whole / ten).checked_add(1 + i64::from(part))).map(Self);
        }
        whole(((price - fifteen) / Decimal::TEN).ceil()).and_then(|n| within(n.checked_add(1))).map(Self)
    }

    /// The cost: ten yen a point.
    ///
    /// # Errors
    /// [`MoneyError`] outside the supported range.
    pub fn cost(self) -> Result<Yen, MoneyError> {
        within(self.0.checked_mul(10)).map(Yen)
    }
}

impl Yen {
    /// 10円未満四捨五入: to the nearest ten yen, five yen up (健康保険法 第75条, 高齢者医療確保法 第68条).
    ///
    /// # Errors
    /// [`MoneyError`] outside the supported range.
    pub fn rounded_to_ten(self) -> Result<Self, MoneyError> {
        let shifted = within(self.0.checked_add(5))?;
        Ok(Self(shifted.div_euclid(10) * 10))
    }

    /// The share of a cost at `tenths` tenths (3 for 3割). A cost in whole points gives whole yen.
    ///
    /// # Errors
    /// [`MoneyError`] outside the supported range.
    pub fn share(self, tenths: u8) -> Result<Self, MoneyError> {
        within(self.0.checked_mul(i64::from(tenths))).map(|v| Self(v.div_euclid(10)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drug_points_at_every_border() {
        for (price, points) in [
            ("0", 0),
            ("0.1", 1),
            ("15", 1),
            ("15.1", 2),
            ("25", 2),
            ("25.1", 3),
            ("35", 3),
            ("55", 5),
            ("315", 31),
            ("663", 66),
            ("25.000", 2),
            ("25.0001", 3),
            ("92233720368547.7580", 9_223_372_036_855),
        ] {
            assert_eq!(Points::of_drug(price.parse().unwrap()).unwrap().get(), points, "{price} yen");
        }
    }

    #[test]
    fn ten_yen() {
        for (yen, rounded) in [(0, 0), (4, 0), (5, 10), (1294, 1290), (1295, 1300), (1299, 1300)] {
            assert_eq!(Yen(yen).rounded_to_ten().unwrap(), Yen(rounded));
        }
    }

    #[test]
    fn the_range_is_guarded() {
        assert_eq!(Points::new(LIMIT).unwrap().plus(Points(1)), Err(MoneyError));
        assert_eq!(Points::new(LIMIT).unwrap().times(2), Err(MoneyError));
        assert_eq!(Points::of_drug(Decimal::MAX), Err(MoneyError));
        assert_eq!(Points::rounded(Decimal::MAX), Err(MoneyError));
    }
}
