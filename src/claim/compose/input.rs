//! What the claims of a month are written from. Unknown fields are errors.

use serde::{Deserialize, Serialize};

pub use crate::lookup::disease::DiseaseOutcome;

use super::stay::ClaimStay;
use crate::{
    code::{DiseaseCode, ModifierCode},
    copay::{LocalPattern, MonthCoverage, MonthPayer, Setting},
    date::ServiceDate,
    fee::encounter::{Facility, PastCharge, Sex, Visit},
    money::Yen,
};

/// The claims of one facility for one month of service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ClaimMonth {
    /// 診療年月, `2026-07`.
    pub month: String,
    /// 請求年月; left out, the month after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub claim_month: Option<String>,
    /// 審査支払機関.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Agency>"))]
    pub agency: Agency,
    /// Who claims.
    pub institution: Institution,
    /// The facility as an encounter has it.
    pub facility: Facility,
    /// The patients, in the order of their claims.
    pub patients: Vec<ClaimPatient>,
}

/// To whom the claims go (審査支払機関).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Agency {
    /// 社会保険診療報酬支払基金.
    #[default]
    PaymentFund,
    /// 国民健康保険団体連合会.
    Federation,
}

/// Who claims (保険医療機関).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// 都道府県, two digits.
    pub prefecture: String,
    /// 医療機関コード, seven digits.
    pub code: String,
    /// Its name, full-width.
    pub name: String,
    /// 電話番号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub phone: Option<String>,
}

/// A patient with the month's visits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ClaimPatient {
    /// 氏名.
    pub name: String,
    /// Its reading in katakana.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub kana: Option<String>,
    /// カルテ番号等.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub chart: Option<String>,
    /// Day of birth.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub birth_date: ServiceDate,
    /// Sex.
    pub sex: Sex,
    /// The insurance; left out where public payers pay alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub insurance: Option<Insurance>,
    /// What decides share and ceilings, as `santei copay` takes it; `insured` and `insurer` follow from the insurance.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<MonthCoverage>"))]
    pub coverage: MonthCoverage,
    /// Public payers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<ClaimPayer>>"))]
    pub payers: Vec<ClaimPayer>,
    /// The diseases, in the order of the claim.
    pub diseases: Vec<ClaimDisease>,
    /// The visits of the month, as an encounter has them; a day in hospital is one with `admitted`.
    pub visits: Vec<Visit>,
    /// What only an inpatient's claim has: wards, meals, 医科点数表算定理由.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub stay: Option<ClaimStay>,
    /// Codes of 特記事項 that do not follow from the coverage: two digits, such as `10` (第三) or `96` (災１).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<String>>"))]
    pub notes: Vec<String>,
    /// What was charged before, as an encounter has it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<PastCharge>>"))]
    pub history: Vec<PastCharge>,
    /// Comments of the claim (`CO`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<ClaimRemark>>"))]
    pub remarks: Vec<ClaimRemark>,
    /// Details of the symptoms (`SJ`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<ClaimSymptom>>"))]
    pub symptoms: Vec<ClaimSymptom>,
}

/// An insurance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Insurance {
    /// 保険者番号: six or eight digits.
    pub insurer: String,
    /// 記号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub symbol: Option<String>,
    /// 番号.
    pub number: String,
    /// 枝番: two digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub branch: Option<String>,
}

/// A public payer, and the visits that fall under it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ClaimPayer {
    /// 公費負担者番号: eight digits.
    pub number: String,
    /// 公費受給者番号: seven digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub recipient: Option<String>,
    /// Most yen a month that are left to the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub cap: Option<Yen>,
    /// What was paid towards that elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub paid_elsewhere: Option<Yen>,
    /// A municipal programme of `masters/local-subsidies.csv`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub rule: Option<String>,
    /// A municipal programme that the table has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub local: Option<LocalPattern>,
    /// 事業内区分コード, where the 地単公費 master has several benefits of the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub benefit: Option<String>,
    /// The conditions of the 地単公費 master on the person were checked on the voucher.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub eligible: bool,
    /// Places of the visits that fall under it; without `visits` and `parts`, all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub visits: Option<Vec<usize>>,
    /// Parts of visits that fall under it, such as `visits[0].orders[1]`, `visits[0].consultation` or, for something that the
    /// rules add, `visits[0].160061810`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub parts: Option<Vec<String>>,
    /// Whether the meals of a stay fall under it; left out, as the table says for its 法別番号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub meals: Option<bool>,
}

impl ClaimPayer {
    /// The same for the payment. A municipal programme is known by its rule, not by its number.
    pub(super) fn payment(&self) -> MonthPayer {
        let municipal = self.rule.is_some() || self.local.is_some();
        MonthPayer {
            number: (!municipal).then(|| self.number.clone()),
            recipient: self.recipient.clone().filter(|_| !municipal),
            cap: self.cap,
            paid_elsewhere: self.paid_elsewhere,
            rule: self.rule.clone(),
            local: self.local.clone(),
            benefit: self.benefit.clone(),
            eligible: self.eligible,
            ..MonthPayer::default()
        }
    }
}

/// A disease of the claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ClaimDisease {
    /// 傷病名コード; left out, `name` stands in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<String>"))]
    pub disease: Option<DiseaseCode>,
    /// 修飾語コード.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<String>>"))]
    pub modifiers: Vec<ModifierCode>,
    /// The name of a disease without a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub name: Option<String>,
    /// 診療開始日.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub start: ServiceDate,
    /// 転帰.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<DiseaseOutcome>"))]
    pub outcome: DiseaseOutcome,
    /// 主傷病.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub main: bool,
    /// 補足コメント.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub remark: Option<String>,
    /// On which of the patient's claims it stands; left out, on both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub setting: Option<Setting>,
}

/// A comment of the claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ClaimRemark {
    /// 診療識別: `01` at the head, `99` at the tail, which is taken when left out, or a section, behind whose lines it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub section: Option<String>,
    /// JSON path of the order or 剤 behind which it stands, such as `visits[0].orders[1]`, in place of a section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub path: Option<String>,
    /// コメントコード.
    pub code: String,
    /// 文字データ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub text: Option<String>,
    /// On which of the patient's claims it stands; left out, on both. One with a path stands with its order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub setting: Option<Setting>,
}

/// Details of the symptoms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ClaimSymptom {
    /// 症状詳記区分: two digits.
    pub kind: String,
    /// The text. More than fit into one record go on in the next.
    pub text: String,
    /// On which of the patient's claims it stands; left out, on both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub setting: Option<Setting>,
}
