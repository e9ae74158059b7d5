//! A patient's month: the input of [`settle_month`](super::settle_month). Unknown fields are errors.

use serde::{Deserialize, Serialize};

use super::{CeilingClass, Eligibility, Extra, LocalPattern, Meals, Setting};
use crate::{
    date::ServiceDate,
    fee::encounter::IncomeClass,
    money::{Points, Yen},
};

/// One patient, one facility, one calendar month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Month {
    /// Day of birth.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub birth_date: ServiceDate,
    /// What decides shares and ceilings.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<MonthCoverage>"))]
    pub coverage: MonthCoverage,
    /// Medical, dental or pharmacy: programmes of municipalities tell them apart.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Service>"))]
    pub service: Service,
    /// How the share of several outpatient visits of one day is rounded.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<SameDay>"))]
    pub same_day: SameDay,
    /// Public payers, at most four on one claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<MonthPayer>>"))]
    pub payers: Vec<MonthPayer>,
    /// The visits (for an inpatient, the bills). Their order does not matter.
    pub visits: Vec<MonthVisit>,
    /// Meals and living care of an inpatient.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Meals>>"))]
    pub meals: Vec<Meals>,
    /// What lies outside insurance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Extra>>"))]
    pub extras: Vec<Extra>,
    /// Refuse what rests on a figure that is not verified.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub strict: bool,
}

/// What a facility does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// 医科
    #[default]
    Medical,
    /// 歯科
    Dental,
    /// 調剤
    Pharmacy,
}

/// How the share of several outpatient visits of one day is rounded to ten yen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SameDay {
    /// Over the day: a further visit pays the difference.
    #[default]
    Together,
    /// Each visit by itself.
    Visit,
}

/// Insurance, and what the insurer certifies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, default)]
pub struct MonthCoverage {
    /// Whether a medical insurance pays; `false` for 生活保護単独.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub insured: bool,
    /// 保険者番号.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub insurer: Option<String>,
    /// A dependant (被扶養者), not the insured person.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub dependant: bool,
    /// The answer of オンライン資格確認, in place of `ceiling_class` and `long_term_illness`.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub eligibility: Option<Eligibility>,
    /// First day of the coverage.
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    pub from: Option<ServiceDate>,
    /// Last day of the coverage.
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    pub until: Option<ServiceDate>,
    /// 適用区分. Without it a patient under 70 has no ceiling at the window; from 70 on 一般 or 現役並みⅢ holds.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub ceiling_class: Option<CeilingClass>,
    /// Income class from 70 on, where the ceiling class does not tell it.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub income_class: Option<IncomeClass>,
    /// A person of 65 to 74 in the late-elderly scheme for a disability (障害認定).
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub late_elderly: bool,
    /// 多数回該当.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub frequent: bool,
    /// 多数回該当 of an inpatient's 難病 or 小児慢性 at this facility.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub frequent_specified: bool,
    /// マル長: 10000 or 20000 yen.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub long_term_illness: Option<Yen>,
    /// Ceilings halved for the dependant of somebody who turns 75 this month (高半); the patient's own 75th birthday is known.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub halved: bool,
    /// `false` where the relief measure of two tenths is paid back later instead of at the window.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub relief_measure: bool,
}

impl Default for MonthCoverage {
    fn default() -> Self {
        Self {
            insured: true,
            insurer: None,
            dependant: false,
            eligibility: None,
            from: None,
            until: None,
            ceiling_class: None,
            income_class: None,
            late_elderly: false,
            frequent: false,
            frequent_specified: false,
            long_term_illness: None,
            halved: false,
            relief_measure: true,
        }
    }
}

/// A public payer: a national programme by its number, or one of a municipality by its rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, default)]
pub struct MonthPayer {
    /// 公費負担者番号: eight digits.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub number: Option<String>,
    /// 法別番号, where the number is not at hand.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub law: Option<String>,
    /// 受給者番号: seven digits.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub recipient: Option<String>,
    /// First day of the voucher.
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    pub from: Option<ServiceDate>,
    /// Last day of the voucher.
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    pub until: Option<ServiceDate>,
    /// Most yen a month that are left to the patient, as the voucher says.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub cap: Option<Yen>,
    /// What the patient has paid towards that cap, or a municipal programme's limit of the month, elsewhere this month
    /// (上限額管理票).
    #[cfg_attr(feature = "ts", ts(optional))]
    pub paid_elsewhere: Option<Yen>,
    /// A programme of `masters/local-subsidies.csv`, such as `osaka-shi.kodomo`.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub rule: Option<String>,
    /// 事業内区分コード: which benefit of the number, where the 地単公費 master has several.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub benefit: Option<String>,
    /// The conditions of the 地単公費 master on the person (所得区分, ひとり親 and the like) were checked on the voucher.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub eligible: bool,
    /// A municipal programme that the table has not.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub local: Option<LocalPattern>,
}

impl MonthPayer {
    /// The days of the voucher, when a day is not one of them.
    pub(super) fn outside(&self, on: ServiceDate) -> Option<String> {
        let early = self.from.filter(|from| on < *from).map(|from| format!("from {from} on"));
        early.or_else(|| self.until.filter(|until| on > *until).map(|until| format!("up to {until}")))
    }
}

/// One visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct MonthVisit {
    /// Day of service; for an inpatient, the day of the bill.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: ServiceDate,
    /// Inpatient or outpatient.
    #[serde(default = "outpatient")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Setting>"))]
    pub setting: Setting,
    /// Whether it is a first visit (初診), for programmes that charge that only.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub first_visit: bool,
    /// Days of the stay that the bill covers; a municipal programme that charges an inpatient by the day needs them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub days: Option<u32>,
    /// Its points, split by which public payers they fall under.
    pub segments: Vec<MonthSegment>,
    /// What was paid, where it is known; without it, what was due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub paid: Option<Yen>,
}

fn outpatient() -> Setting {
    Setting::Outpatient
}

/// Points under the same public payers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct MonthSegment {
    /// Points.
    pub points: Points,
    /// Places in [`Month::payers`]; left out, insurance alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<usize>>"))]
    pub payers: Vec<usize>,
}
