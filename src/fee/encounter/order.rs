//! What was done: a procedure with all that belongs to it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{DrugAmount, MaterialAmount, is_one, one};
use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{quantity, vertebra::Vertebra},
};

/// A procedure with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// 診療行為コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub procedure: ProcedureCode,
    /// Quantity in the procedure's unit (数量データ): minutes, square centimetres, sheets …
    #[serde(default, with = "quantity::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "number | string"))]
    pub quantity: Option<Decimal>,
    /// How many times (回数).
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<u32>"))]
    pub count: u32,
    /// Additions to this procedure: note additions, general additions, reductions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Addition>>"))]
    pub additions: Vec<Addition>,
    /// Drugs used in it, together one dose: an injection, a contrast medium, an anesthetic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<DrugAmount>>"))]
    pub drugs: Vec<DrugAmount>,
    /// Materials used in it (特定器材): films, oxygen, catheters …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<MaterialAmount>>"))]
    pub materials: Vec<MaterialAmount>,
    /// Points of a code whose figure the claim gives (点数識別 4 and 7): what a donor's care cost, what a trial takes off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub points: Option<u32>,
    /// Whether it was begun in urgency in the visit's time class (時間外加算等 of endoscopy, treatment, operation and
    /// anesthesia). Left out where it makes a difference, the line asks for this answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub urgent: Option<bool>,
    /// Where a laboratory test's material comes from. Left out, the usual one for the test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub specimen: Option<Specimen>,
    /// A name for the place on the body. Orders of one visit with the same name were done on the same part at the same
    /// time (同一の部位につき同時に, E 第1節 通則), or in the same field of operation (同一手術野, K 通則14); with different
    /// names, on different ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub site: Option<String>,
    /// The vertebrae of an operation on the spine (K142): every vertebra that is fused, or whose arch is opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<String>>"))]
    pub levels: Vec<Vertebra>,
    /// For a transfusion, how much blood its products were made from, in mL (K920 通知(7)); `quantity` is what was given.
    #[serde(default, with = "quantity::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "number | string"))]
    pub source_quantity: Option<Decimal>,
    /// For rehabilitation by disease (H000 to H003), the days from which its additions are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub rehabilitation: Option<Rehabilitation>,
}

/// The days from which additions to rehabilitation are counted (H000 to H003).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Rehabilitation {
    /// The day of the onset, the operation or the acute worsening (発症、手術又は急性増悪).
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub onset: ServiceDate,
    /// The day on which its treatment began (治療開始日).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<String>"))]
    pub treatment: Option<ServiceDate>,
    /// The day of admission to hospital (入院した日), for an outpatient the one before the discharge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<String>"))]
    pub admitted: Option<ServiceDate>,
}

/// An addition to a procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Addition {
    /// 診療行為コード of the addition.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub procedure: ProcedureCode,
    /// Quantity in the addition's unit.
    #[serde(default, with = "quantity::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "number | string"))]
    pub quantity: Option<Decimal>,
}

/// Where a laboratory test's material comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Specimen {
    /// Blood from a vein (D400 1).
    VenousBlood,
    /// Blood from a fingertip or an ear lobe (D400 2).
    CapillaryBlood,
    /// Swab of the nose or the throat (D419 6).
    NasalSwab,
    /// Taken without a fee: urine, stool, sputum, or sampled under another fee.
    NoFee,
}
