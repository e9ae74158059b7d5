//! What was prescribed.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{DrugChoice, is_one, one};
use crate::{code::DrugCode, fee::quantity};

/// An amount of a drug.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct DrugAmount {
    /// 医薬品コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub drug: DrugCode,
    /// Amount in the drug's own unit: a day's for internal use, one time's as needed, one injection's, the whole
    /// amount for external use.
    #[serde(with = "quantity")]
    #[cfg_attr(feature = "ts", ts(type = "number | string"))]
    pub quantity: Decimal,
    /// Why an originator with generics (長期収載品) is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub choice: Option<DrugChoice>,
    /// The highest price among its generics for the same unit, in yen: where the masters do not have the price that the
    /// insurance pays when the patient chose the originator.
    #[serde(default, with = "quantity::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "number | string"))]
    pub generic_price: Option<Decimal>,
}

/// One prescription (処方).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Prescription {
    /// Who dispenses.
    pub dispensing: Dispensing,
    /// A prescription that the patient may use again (リフィル処方箋); outside dispensing only.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub refill: bool,
    /// Which of the three fees applies where the drugs alone do not tell (F100 1 and 2). Left out, seven or more kinds
    /// are counted, and three or more psychotropic drugs ask for this answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub fee_class: Option<PrescriptionFeeClass>,
    /// The 剤.
    pub rps: Vec<Rp>,
}

/// Who dispenses a prescription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Dispensing {
    /// The facility itself (院内処方).
    InHouse,
    /// A pharmacy (院外処方).
    Pharmacy,
}

/// The three fees of 処方料 and 処方箋料.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PrescriptionFeeClass {
    /// 1: several psychotropic drugs (向精神薬多剤投与).
    Psychotropics,
    /// 2: seven or more kinds of internal drugs.
    SevenKinds,
    /// 2: the same psychotropic drug for a year or more (向精神薬長期処方).
    LongPsychotropic,
    /// 3: all others.
    Other,
}

/// One 剤: the drugs that are taken at the same times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Rp {
    /// How it is used.
    #[serde(rename = "use")]
    pub usage: DrugUse,
    /// Days for internal use, times for use as needed; 1 for external use.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<u32>"))]
    pub count: u32,
    /// Given for two weeks or less beside the lasting drugs (臨時の投薬): not counted among the seven kinds.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub temporary: bool,
    /// Powders or liquids mixed to be taken as one: one kind.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub mixed: bool,
    /// The drugs.
    pub drugs: Vec<DrugAmount>,
}

/// How a drug is used (F200).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DrugUse {
    /// 内服: amounts of one day.
    Internal,
    /// 屯服: amounts of one time.
    AsNeeded,
    /// 外用: the whole amount.
    External,
}
