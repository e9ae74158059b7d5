//! Ages, settings and ceiling classes as claims name them.

use serde::{Deserialize, Serialize};

/// The age bands that the law on ceilings knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AgeClass {
    /// Up to the month in which 70 is reached.
    #[serde(rename = "under_70")]
    Under70,
    /// From the month after, in health insurance.
    #[serde(rename = "70_to_74")]
    From70To74,
    /// In the late-elderly scheme: from the birthday of 75, or from 65 with a disability.
    #[serde(rename = "75_plus")]
    From75,
}

/// Outpatient or inpatient: both are different facilities for the ceilings (健康保険法施行令 第43条第10項).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// 入院外
    Outpatient,
    /// 入院
    Inpatient,
}

/// 適用区分: the class of the monthly ceiling, as claims name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum CeilingClass {
    /// 標準報酬月額83万円以上
    #[serde(rename = "ア")]
    A,
    /// 53万～79万円
    #[serde(rename = "イ")]
    I,
    /// 28万～50万円
    #[serde(rename = "ウ")]
    U,
    /// 26万円以下
    #[serde(rename = "エ")]
    E,
    /// 市町村民税非課税
    #[serde(rename = "オ")]
    O,
    /// 70 and over, until 2018-07
    #[serde(rename = "現役並み")]
    Active,
    /// 70 and over, 標準報酬月額83万円以上
    #[serde(rename = "現役並みⅢ", alias = "現役並みIII")]
    Active3,
    /// 70 and over, 53万～79万円
    #[serde(rename = "現役並みⅡ", alias = "現役並みII")]
    Active2,
    /// 70 and over, 28万～50万円
    #[serde(rename = "現役並みⅠ", alias = "現役並みI")]
    Active1,
    /// 70 and over
    #[serde(rename = "一般")]
    General,
    /// 75 and over at two tenths (from 2022-10)
    #[serde(rename = "一般Ⅱ", alias = "一般II")]
    General2,
    /// 75 and over at one tenth (from 2022-10)
    #[serde(rename = "一般Ⅰ", alias = "一般I")]
    General1,
    /// 70 and over, 市町村民税非課税
    #[serde(rename = "低所得Ⅱ", alias = "低所得II")]
    Low2,
    /// 70 and over, no income
    #[serde(rename = "低所得Ⅰ", alias = "低所得I")]
    Low1,
    /// From 2027-08 (planned): 標準報酬月額127万円以上
    #[serde(rename = "標報127万円以上")]
    Remuneration127,
    /// 103万～121万円
    #[serde(rename = "標報103万～121万円")]
    Remuneration103,
    /// 83万～98万円
    #[serde(rename = "標報83万～98万円")]
    Remuneration83,
    /// 71万～79万円
    #[serde(rename = "標報71万～79万円")]
    Remuneration71,
    /// 62万～68万円
    #[serde(rename = "標報62万～68万円")]
    Remuneration62,
    /// 53万～59万円
    #[serde(rename = "標報53万～59万円")]
    Remuneration53,
    /// 44万～50万円
    #[serde(rename = "標報44万～50万円")]
    Remuneration44,
    /// 36万～41万円
    #[serde(rename = "標報36万～41万円")]
    Remuneration36,
    /// 28万～34万円
    #[serde(rename = "標報28万～34万円")]
    Remuneration28,
    /// 20万～26万円
    #[serde(rename = "標報20万～26万円")]
    Remuneration20,
    /// 16万～19万円
    #[serde(rename = "標報16万～19万円")]
    Remuneration16,
    /// 15万円以下
    #[serde(rename = "標報15万円以下")]
    Remuneration15,
}

impl CeilingClass {
    /// Its row in `masters/ceilings.csv`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::A => "under_70.a",
            Self::I => "under_70.i",
            Self::U => "under_70.u",
            Self::E => "under_70.e",
            Self::O => "under_70.o",
            Self::Active => "from_70.active",
            Self::Active3 => "from_70.active_3",
            Self::Active2 => "from_70.active_2",
            Self::Active1 => "from_70.active_1",
            Self::General | Self::General2 | Self::General1 => "from_70.general",
            Self::Low2 => "from_70.low_2",
            Self::Low1 => "from_70.low_1",
            Self::Remuneration127 => "under_70.remuneration_127",
            Self::Remuneration103 => "under_70.remuneration_103",
            Self::Remuneration83 => "under_70.remuneration_83",
            Self::Remuneration71 => "under_70.remuneration_71",
            Self::Remuneration62 => "under_70.remuneration_62",
            Self::Remuneration53 => "under_70.remuneration_53",
            Self::Remuneration44 => "under_70.remuneration_44",
            Self::Remuneration36 => "under_70.remuneration_36",
            Self::Remuneration28 => "under_70.remuneration_28",
            Self::Remuneration20 => "under_70.remuneration_20",
            Self::Remuneration16 => "under_70.remuneration_16",
            Self::Remuneration15 => "under_70.remuneration_15",
        }
    }

    /// Whether the class is one of patients under 70.
    #[must_use]
    pub fn is_under_70(self) -> bool {
        self.key().starts_with("under_70.")
    }

    /// Whether the class is one of 現役並み所得: three tenths, and no outpatient ceiling of its own since 2018-08.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(self, Self::Active | Self::Active3 | Self::Active2 | Self::Active1)
    }

    /// ア and イ, for whom the ceiling of dialysis is 20,000 yen (健康保険法施行令 第42条第9項第2号).
    pub(super) fn is_high(self) -> bool {
        matches!(
            self,
            Self::A
                | Self::I
                | Self::Remuneration127
                | Self::Remuneration103
                | Self::Remuneration83
                | Self::Remuneration71
                | Self::Remuneration62
                | Self::Remuneration53
        )
    }

    /// Whether the class goes with the age: ア to オ below 70; 一般Ⅰ and 一般Ⅱ in the late-elderly scheme only.
    #[must_use]
    pub fn fits(self, age: AgeClass) -> bool {
        match self {
            Self::General1 | Self::General2 => age == AgeClass::From75,
            class => class.is_under_70() == (age == AgeClass::Under70),
        }
    }

    /// The name on a claim.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "ア",
            Self::I => "イ",
            Self::U => "ウ",
            Self::E => "エ",
            Self::O => "オ",
            Self::Active => "現役並み",
            Self::Active3 => "現役並みⅢ",
            Self::Active2 => "現役並みⅡ",
            Self::Active1 => "現役並みⅠ",
            Self::General => "一般",
            Self::General2 => "一般Ⅱ",
            Self::General1 => "一般Ⅰ",
            Self::Low2 => "低所得Ⅱ",
            Self::Low1 => "低所得Ⅰ",
            Self::Remuneration127 => "標報127万円以上",
            Self::Remuneration103 => "標報103万～121万円",
            Self::Remuneration83 => "標報83万～98万円",
            Self::Remuneration71 => "標報71万～79万円",
            Self::Remuneration62 => "標報62万～68万円",
            Self::Remuneration53 => "標報53万～59万円",
            Self::Remuneration44 => "標報44万～50万円",
            Self::Remuneration36 => "標報36万～41万円",
            Self::Remuneration28 => "標報28万～34万円",
            Self::Remuneration20 => "標報20万～26万円",
            Self::Remuneration16 => "標報16万～19万円",
            Self::Remuneration15 => "標報15万円以下",
        }
    }
}
