//! What an inpatient's claim has besides: wards, meals and living care, the reason for a claim by points in a hospital of DPC.

use serde::{Deserialize, Serialize};

use crate::{code::ProcedureCode, date::ServiceDate};

/// A stay in hospital. Its days are the visits with `admitted`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, default)]
pub struct ClaimStay {
    /// 病棟区分: `01` 精神, `02` 結核, `07` 療養.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<String>>"))]
    pub wards: Vec<String>,
    /// 一部負担金・食事療養費・生活療養費標準負担額区分, `1` to `4`; left out, as the charges of the meals say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub charge_class: Option<String>,
    /// Meals and living care.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<ClaimMeals>>"))]
    pub meals: Vec<ClaimMeals>,
    /// The stay is paid by diagnosis (DPC): its claim is not computed.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub dpc: bool,
    /// Why a hospital of DPC claims this stay by points (`GR`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub dpc_exclusion: Option<DpcExclusion>,
}

/// 包括評価対象外理由 (`GR`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct DpcExclusion {
    /// 医科点数表算定理由: two digits.
    pub reason: String,
    /// 診断群分類番号: fourteen characters, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub code: Option<String>,
}

/// Meals, or living care, of days that follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ClaimMeals {
    /// First day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: ServiceDate,
    /// Last day; left out, the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<String>"))]
    pub until: Option<ServiceDate>,
    /// Meals of each day, one to three; what is charged by the day needs none.
    #[serde(default = "three")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<u32>"))]
    pub meals: u32,
    /// The codes of 食事療養 or 生活療養 (`197000110`) with their additions.
    #[cfg_attr(feature = "ts", ts(type = "string[]"))]
    pub care: Vec<ProcedureCode>,
    /// 標準負担額: a row of `masters/meal-charges.csv`, such as `meal.general`; left out, nothing is charged to the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub charge: Option<String>,
}

const fn three() -> u32 {
    3
}

impl ClaimMeals {
    /// Its days, at most those of a month.
    pub(super) fn days(&self) -> impl Iterator<Item = ServiceDate> {
        const MOST: usize = 31;
        let last = self.until.unwrap_or(self.from);
        core::iter::successors(Some(self.from), |day| Some(day.next())).take_while(move |day| *day <= last).take(MOST)
    }
}
