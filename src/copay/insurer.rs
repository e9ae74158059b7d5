//! 保険者番号: what the first two of eight digits (法別番号) say of the scheme; six digits are 国民健康保険.

use crate::{
    date::Age,
    fee::{InputError, InputErrorKind},
};

/// A scheme, where it matters for the payment or the claim's codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// 健康保険, 船員保険, 共済組合, 国民健康保険.
    Usual,
    /// 後期高齢者医療.
    LateElderly,
    /// 退職者医療 (国民健康保険, up to 64 years).
    Retired,
    /// 自衛官等: its ceilings follow rules of the ministry of defence.
    SelfDefence,
    /// 法別番号 of no scheme.
    Unknown,
}

/// The scheme of a well-formed number.
pub(super) fn scheme(number: &str) -> Scheme {
    if number.len() == 6 {
        return Scheme::Usual;
    }
    match number.get(..2).unwrap_or_default() {
        "01" | "02" | "03" | "04" | "06" | "31" | "32" | "33" | "34" | "63" | "72" | "73" | "74" | "75" => {
            Scheme::Usual
        }
        "07" => Scheme::SelfDefence,
        "39" => Scheme::LateElderly,
        "67" => Scheme::Retired,
        _ => Scheme::Unknown,
    }
}

/// What contradicts the number: only 後期高齢者医療 covers a person of 75, and nobody below 65 (高齢者医療確保法 第50条).
pub(super) fn contradiction(scheme: Scheme, late: bool, age: Age) -> Option<InputError> {
    let path = "coverage.insurer";
    let error = |message: &str| InputError::new(path, InputErrorKind::Contradiction, message);
    let years = format!("{} years", age.years());
    match scheme {
        Scheme::LateElderly if !late => {
            Some(error("the late-elderly scheme covers nobody of this age").expected("from 65 years on", years))
        }
        Scheme::Usual | Scheme::Retired | Scheme::SelfDefence if late => {
            let message = "a patient of the late-elderly scheme has an insurer number that begins with 39";
            Some(error(message).expected("39……", years))
        }
        _ => None,
    }
}
