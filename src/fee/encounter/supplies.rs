//! What is used for a patient, and why a drug is given.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{code::MaterialCode, fee::quantity};

/// An amount of a material (特定器材).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct MaterialAmount {
    /// 特定器材コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub material: MaterialCode,
    /// Amount in the material's unit; for one without a unit, how many. Left out, one.
    #[serde(default, with = "quantity::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "number | string"))]
    pub quantity: Option<Decimal>,
    /// Yen paid for one unit: for a material at its purchase price, and for oxygen bought below the listed price.
    #[serde(default, with = "quantity::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "number | string"))]
    pub price: Option<Decimal>,
    /// Whether a film is of a plain radiograph of the chest or the abdomen: below six it then has an addition (E400 注1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub chest_or_abdomen: Option<bool>,
}

/// Why an originator with generics is given (長期収載品の選定療養).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DrugChoice {
    /// The patient wants it: part of its price is not insured.
    Patient,
    /// The doctor sees a medical need (医療上の必要): insured in whole.
    MedicalNeed,
    /// The generics are hard to get (後発品の提供が困難): insured in whole.
    Unavailable,
}
