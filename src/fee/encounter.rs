//! What happened: the input of a calculation.
//!
//! Every field of the JSON form is known; an unknown one is an error, so that a misspelt condition never silently
//! changes a fee.

mod medication;
mod order;
mod plain;
mod supplies;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use medication::{Dispensing, DrugAmount, DrugUse, Prescription, PrescriptionFeeClass, Rp};
pub use order::{Addition, Order, Rehabilitation, Specimen};
pub use supplies::{DrugChoice, MaterialAmount};

use super::quantity;
use crate::{
    code::{DiseaseCode, ModifierCode, ProcedureCode},
    date::{Age, ServiceDate},
};

/// One patient at one facility: one or more visits, and what is known of the past.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Encounter {
    /// Where the patient was treated.
    pub facility: Facility,
    /// Who was treated.
    pub patient: Patient,
    /// What decides the patient's share.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Coverage>"))]
    pub coverage: Coverage,
    /// The visits to calculate. Their order in the file does not matter.
    pub visits: Vec<Visit>,
    /// What was charged before, at this facility.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<PastCharge>>"))]
    pub history: Vec<PastCharge>,
}

/// A medical facility (保険医療機関).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Facility {
    /// Hospital or clinic.
    pub kind: FacilityKind,
    /// General beds (一般病床) of a hospital: from 200 on a revisit is charged as 外来診療料.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub general_beds: Option<u32>,
    /// All permitted beds (許可病床) of a hospital, for fees that depend on them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub permitted_beds: Option<u32>,
    /// Facility standards that the facility has registered (施設基準の届出), by their codes. Left out, registrations are
    /// not checked and every line that needs one says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub registrations: Option<Vec<u32>>,
}

/// Hospital or clinic (病院・診療所).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FacilityKind {
    /// 病院
    Hospital,
    /// 診療所
    Clinic,
}

/// The patient. No name and no number: nothing here identifies a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Patient {
    /// Day of birth.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub birth_date: ServiceDate,
    /// Sex, where a procedure depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub sex: Option<Sex>,
}

/// Sex (男女区分).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// What decides the patient's share, besides age.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Income class as the insurer certifies it. Needed from the age of 70; before, it changes nothing here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub income_class: Option<IncomeClass>,
    /// A person of 65 to 74 whom the late-elderly scheme covers for a disability (障害認定).
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub late_elderly: bool,
}

impl Coverage {
    /// Whether the late-elderly scheme covers a person of this age: from the birthday of 75 on, from 65 on with a
    /// disability (高齢者医療確保法 第50条・第52条).
    pub(crate) fn is_late_elderly(&self, age: Age) -> bool {
        age.years() >= 75 || (self.late_elderly && age.years() >= 65)
    }
}

/// Income class of a person of 70 or more (所得区分).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum IncomeClass {
    /// 低所得 I or II.
    Low,
    /// 一般 (from 75 on 一般 I).
    General,
    /// 一定以上所得 (一般 II): only in the late-elderly scheme.
    AboveThreshold,
    /// 現役並み所得.
    Active,
}

/// One visit on one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The day of service.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: ServiceDate,
    /// Which consultation fee the visit brings.
    pub consultation: Consultation,
    /// A day in hospital (入院), with the day of admission. Left out, the visit is an outpatient one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<String>"))]
    pub admitted: Option<ServiceDate>,
    /// The part of the day, where it brings an addition.
    #[serde(default, skip_serializing_if = "TimeClass::is_in_hours")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<TimeClass>"))]
    pub time_class: TimeClass,
    /// By video (情報通信機器を用いた診療).
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub telemedicine: bool,
    /// The second department on the same day, for another disease (同一日 2 科目).
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub second_department: bool,
    /// Which fee a hospital has for the consultation. Left out at a hospital that may have to charge the lower one, the
    /// consultation asks for this answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub hospital_fee: Option<HospitalFee>,
    /// Whether the doctor did what 外来管理加算 asks for. Left out, it is taken to be so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub outpatient_management: Option<bool>,
    /// What the patient has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Diagnosis>>"))]
    pub diagnoses: Vec<Diagnosis>,
    /// What was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Order>>"))]
    pub orders: Vec<Order>,
    /// What was prescribed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Prescription>>"))]
    pub prescriptions: Vec<Prescription>,
}

/// Which consultation fee a visit brings (A000 to A002).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Consultation {
    /// 初診.
    First,
    /// 再診; at a hospital with 200 general beds or more 外来診療料.
    Revisit,
    /// 電話等再診.
    PhoneRevisit,
    /// A second revisit on the same day for the same disease (同日再診).
    SameDayRevisit,
    /// A second revisit on the same day by telephone (同日電話等再診).
    SameDayPhoneRevisit,
    /// None: only what is ordered.
    None,
}

/// Which of its consultation fees a hospital charges (A000 注2 to 注4, A001 注2, A002 注2 to 注4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum HospitalFee {
    /// The full fee: neither of the others applies.
    Full,
    /// 文書による紹介がない患者, 文書による紹介の申出をした患者 and the like, at a hospital of 200 general beds or more with a low
    /// share of referrals.
    WithoutReferral,
    /// 特定妥結率: a hospital of 200 permitted beds or more that has settled too few of its purchase prices.
    LowSettlementRate,
}

/// The part of the day in which a visit falls, as the fee schedule divides it (A000 注7 to 注9, A001 注5 to 注7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TimeClass {
    /// Within the hours shown to the public, without an addition.
    #[default]
    InHours,
    /// 時間外.
    AfterHours,
    /// 休日.
    Holiday,
    /// 深夜.
    LateNight,
    /// 時間外特例 (a facility for emergencies at night).
    EmergencyNight,
    /// 夜間・早朝等 (a clinic, within the hours shown).
    EarlyOrLate,
    /// 小児科 夜間 (within the hours shown, under six).
    PediatricNight,
    /// 小児科 休日 (within the hours shown, under six).
    PediatricHoliday,
    /// 小児科 深夜 (within the hours shown, under six).
    PediatricLateNight,
}

impl TimeClass {
    /// Whether it is the ordinary part of the day.
    #[must_use]
    pub fn is_in_hours(&self) -> bool {
        *self == Self::InHours
    }
}

/// A disease of the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    /// 傷病名コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub disease: DiseaseCode,
    /// 修飾語コード.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<String>>"))]
    pub modifiers: Vec<ModifierCode>,
    /// The main disease (主病).
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub main: bool,
}

/// Something that was charged before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PastCharge {
    /// The day of service.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: ServiceDate,
    /// 診療行為コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub procedure: ProcedureCode,
    /// How many times.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<u32>"))]
    pub count: u32,
    /// Quantity each time, for a procedure that is counted in units (単位), places (箇所) and the like.
    #[serde(default, with = "quantity::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "number | string"))]
    pub quantity: Option<Decimal>,
}

const fn one() -> u32 {
    1
}

const fn is_one(count: &u32) -> bool {
    *count == 1
}
