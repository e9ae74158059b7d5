//! Every rounding of the patient's payment by its legal name.

use serde::Serialize;

/// A rounding. Amounts before it are in hundredths of a yen where they can have a part of a yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// 10円未満四捨五入 of a 一部負担金 at the window (健康保険法 第75条, 高齢者医療確保法 第68条).
    TenYen,
    /// The 1% part of a ceiling: below 50銭 down, from 50銭 up (健康保険法施行令 第42条).
    OnePercentHalfUp,
    /// A public payer's percentage of the cost: 1円未満四捨五入.
    PublicShareHalfUp,
    /// 1円未満切捨て of a share of a cost that is not in whole points, or of tax.
    YenDown,
    /// 1円未満四捨五入 of tax.
    YenHalfUp,
    /// 1円未満切上げ of tax.
    YenUp,
}

impl Rounding {
    /// What a trace calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TenYen => "10円未満四捨五入",
            Self::OnePercentHalfUp => "1%部分の1円未満四捨五入",
            Self::PublicShareHalfUp | Self::YenHalfUp => "1円未満四捨五入",
            Self::YenUp => "1円未満切上げ",
            Self::YenDown => "1円未満切捨て",
        }
    }
}

/// To the nearest ten yen, five up.
pub(super) fn ten_yen(yen: i64) -> i64 {
    (yen + 5).div_euclid(10) * 10
}

/// So many percent of an amount, half a yen up.
pub(super) fn percent_half_up(yen: i64, percent: i64) -> i64 {
    (yen * percent + 50).div_euclid(100)
}

/// So many tenths of an amount; a part of a yen is dropped. Of whole points there is none.
pub(super) fn tenths(yen: i64, tenths: u8) -> i64 {
    (yen * i64::from(tenths)).div_euclid(10)
}
