//! オンライン資格確認: what its answer says of ceilings, as the input of a month.

use serde::{Deserialize, Serialize};

use super::{CeilingClass, Month, MonthCoverage, MonthPayer, ceiling};
use crate::{
    fee::{InputError, InputErrorKind},
    master::Masters,
    money::Yen,
};

/// The codes of an answer that bear on the patient's payment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, default)]
pub struct Eligibility {
    /// 限度額適用認定証区分: `A01` to `A06`, `B01` to `B10`.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub limit_class: Option<String>,
    /// 特定疾病療養受療証 認定疾病区分: `1` 人工透析, `2` 血友病, `3` HIV.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<String>>"))]
    pub specified_diseases: Vec<String>,
    /// 公費負担者番号 and 受給者番号 of public payers: their places follow those of the month's `payers`.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<MonthPayer>>"))]
    pub public_payers: Vec<MonthPayer>,
}

/// The class of a code.
fn class(code: &str) -> Option<CeilingClass> {
    use CeilingClass as C;
    Some(match code {
        "A01" => C::A,
        "A02" => C::I,
        "A03" => C::U,
        "A04" => C::E,
        // A06: 境界層該当.
        "A05" | "A06" => C::O,
        "B01" => C::Active3,
        "B02" => C::Active2,
        "B03" => C::Active1,
        "B04" => C::General,
        "B05" => C::Low2,
        // B07 老齢福祉年金, B08 境界層該当.
        "B06" | "B07" | "B08" => C::Low1,
        "B09" => C::General2,
        "B10" => C::General1,
        _ => return None,
    })
}

/// Puts an answer's codes into the coverage; what the coverage says otherwise is a contradiction.
pub(super) fn apply(masters: &Masters, month: &Month, errors: &mut Vec<InputError>) -> MonthCoverage {
    let mut coverage = month.coverage.clone();
    let Some(answer) = coverage.eligibility.clone() else { return coverage };
    // A month without visits is refused afterwards.
    let Some(on) = month.visits.iter().map(|visit| visit.date).min() else { return coverage };
    let path = |field: &str| format!("coverage.eligibility.{field}");
    if let Some(code) = &answer.limit_class {
        match class(code) {
            None => {
                let error = InputError::new(path("limit_class"), InputErrorKind::Schema, "no such class");
                errors.push(error.expected("A01 to A06 or B01 to B10", code.as_str()));
            }
            Some(class) if coverage.ceiling_class.is_some_and(|given| given != class) => {
                let message = "the answer and `ceiling_class` contradict each other";
                let given = coverage.ceiling_class.map_or("", CeilingClass::name);
                let error = InputError::new("coverage.ceiling_class", InputErrorKind::Contradiction, message);
                errors.push(error.expected(class.name(), given));
            }
            Some(class) => coverage.ceiling_class = Some(class),
        }
    }
    for (index, code) in answer.specified_diseases.iter().enumerate() {
        let path = path(&format!("specified_diseases[{index}]"));
        if !matches!(code.as_str(), "1" | "2" | "3") {
            let error = InputError::new(path, InputErrorKind::Schema, "no such disease class");
            errors.push(error.expected("1, 2 or 3", code.as_str()));
            continue;
        }
        let amounts = match ceiling::long_term(masters, on) {
            Ok(amounts) => amounts,
            Err(error) => {
                errors.push(InputError::new(path, InputErrorKind::NotInForce, error.to_string()));
                continue;
            }
        };
        // The higher amount is for dialysis of ア and イ; 血友病 and HIV have the other one (健康保険法施行令 第42条第9項).
        let high = code == "1" && coverage.ceiling_class.is_some_and(|class| class.is_high());
        let Ok(amount) = Yen::new(if high { amounts.high } else { amounts.standard }) else { continue };
        let least = coverage.long_term_illness.map_or(amount, |other| other.min(amount));
        coverage.long_term_illness = Some(least);
    }
    coverage
}
