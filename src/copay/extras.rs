//! What lies outside insurance (選定療養 and the like): it counts towards no ceiling, and no public payer takes it over.

use serde::{Deserialize, Serialize};

use super::{
    claim::{MAX_COST, Step, yen},
    figure::figure,
    input::{Month, Service},
    rounding::Rounding,
};
use crate::{
    date::ServiceDate,
    fee::{InputError, InputErrorKind, Refusal},
    master::{Certainty, Masters},
    money::Yen,
};

/// Something outside insurance: 選定療養 such as a first visit without a referral, a reserved hour, a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// What it is.
    pub name: String,
    /// Its price without tax; left out, the least amount that the rules name for its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub amount: Option<Yen>,
    /// What the rules call it, where they say something of its price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub kind: Option<ExtraKind>,
    /// 消費税 in percent; 0 when its price has the tax already.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<u8>"))]
    pub tax_percent: u8,
    /// How a part of a yen of tax is rounded: the facility decides.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<TaxRounding>"))]
    pub tax_rounding: TaxRounding,
}

/// A kind of elective care whose price has rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ExtraKind {
    /// 紹介状なしの初診
    NoReferralFirst,
    /// 逆紹介を受けた後の紹介状なしの再診
    NoReferralRevisit,
}

/// How a part of a yen of tax is rounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TaxRounding {
    /// 切捨て
    #[default]
    Down,
    /// 四捨五入
    HalfUp,
    /// 切上げ
    Up,
}

impl TaxRounding {
    fn tax(self, price: i64, percent: u8) -> (i64, Rounding) {
        let hundredths = price * i64::from(percent);
        match self {
            Self::Down => (hundredths.div_euclid(100), Rounding::YenDown),
            Self::HalfUp => ((hundredths + 50).div_euclid(100), Rounding::YenHalfUp),
            Self::Up => ((hundredths + 99).div_euclid(100), Rounding::YenUp),
        }
    }
}

impl ExtraKind {
    fn key(self) -> &'static str {
        match self {
            Self::NoReferralFirst => "extra.no_referral_first",
            Self::NoReferralRevisit => "extra.no_referral_revisit",
        }
    }
}

/// The steps, and what is to be minded.
pub(super) fn extras(masters: &Masters, month: &Month, on: ServiceDate) -> Result<(Vec<Step>, Vec<String>), Refusal> {
    let (mut steps, mut warnings) = (Vec::new(), Vec::new());
    for (index, extra) in month.extras.iter().enumerate() {
        let (price, article, certainty) = priced(masters, month, on, index, extra, &mut warnings)?;
        if !(0..=MAX_COST).contains(&price) || extra.tax_percent > 100 {
            let error = InputError::new(format!("extras[{index}]"), InputErrorKind::Quantity, "no such price");
            return Err(Refusal::one(
                error.expected("a price of 0 or more, a tax of 0 to 100 percent", price.to_string()),
            ));
        }
        let (tax, rounding) = extra.tax_rounding.tax(price, extra.tax_percent);
        steps.push(Step {
            rule: "copay.extra".to_owned(),
            basis: article,
            text: format!("{} {price}円＋消費税{tax}円（保険外、高額療養費・公費の対象外）", extra.name),
            amount: yen(price + tax)?,
            rounding: (extra.tax_percent > 0).then_some(rounding),
            certainty,
        });
    }
    Ok((steps, warnings))
}

/// The price of an extra with its article: the given one, or the least that the rules name.
fn priced(
    masters: &Masters,
    month: &Month,
    on: ServiceDate,
    index: usize,
    extra: &Extra,
    warnings: &mut Vec<String>,
) -> Result<(i64, String, Certainty), Refusal> {
    let service = if month.service == Service::Dental { "dental" } else { "medical" };
    let least = extra.kind.and_then(|kind| figure(masters, &format!("{}.{service}", kind.key()), on));
    let given = extra.amount.map(Yen::get);
    if let (Some(given), Some(least)) = (given, least)
        && given < least.value
    {
        warnings.push(format!(
            "extras[{index}]: {}円は定められた最低額{}円より低い（{}）",
            given, least.value, least.article
        ));
    }
    if let Some(points) = extra.kind.and_then(|kind| figure(masters, &format!("{}.deduction", kind.key()), on)) {
        // Which hospitals leave these points out of the claim is the matter of the points, not of the payment.
        let text = format!(
            "extras[{index}]: 保険給付から除く{}点は点数に反映していない（{}、未検証）",
            points.value, points.article
        );
        warnings.push(text);
    }
    match (given, least) {
        (Some(given), least) => {
            let article = least.map_or("健康保険法 第86条（保険外）", |least| least.article);
            Ok((given, article.to_owned(), Certainty::Official))
        }
        (None, Some(least)) => Ok((least.value, least.article.to_owned(), least.certainty)),
        (None, None) => {
            let message = "the rules name no price for this on the day";
            let error = InputError::new(format!("extras[{index}].amount"), InputErrorKind::Contradiction, message);
            Err(Refusal::one(error.expected("an amount", "none")))
        }
    }
}
