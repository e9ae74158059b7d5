//! One product: its codes in every system, its price on a day and before, and what the master marks of it.

use serde::Serialize;

use super::{
    packages::{self, DrugPackage},
    rows::{every, newest, own_hot9},
};
use crate::{
    code::{Checked, DrugCode},
    date::{Period, ServiceDate},
    master::{Certainty, Drug, HotDrug, Masters},
};

/// A product of the drug master.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DrugProduct {
    /// 医薬品コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: DrugCode,
    /// Its name with the strength.
    pub name: String,
    /// Whether the row holds on the day; without a day, whether it has no last day.
    pub in_force: bool,
    /// The unit that is counted and priced.
    pub unit: String,
    /// Yen for one unit on the day, or by the newest row.
    pub price: String,
    /// 薬価基準収載医薬品コード.
    pub price_code: String,
    /// Whether its check digit is right.
    pub price_code_valid: bool,
    /// YJ codes: by the HOT table, or the price list code where the product is listed by its own name.
    pub yj: Vec<String>,
    /// HOT9, one for each seller.
    pub hot9: Vec<String>,
    /// HOT7.
    pub hot7: Option<String>,
    /// 一般名コード.
    pub generic_name_code: Option<String>,
    /// 一般名処方の標準的な記載.
    pub generic_name: Option<String>,
    /// 一般名処方加算対象区分: 1 the first addition, 2 both; 0 for none.
    pub generic_addition: u32,
    /// What it is beside others of its generic name.
    pub role: DrugRole,
    /// 選定療養の対象: the patient pays part of the difference on a wish for this product.
    pub elective: bool,
    /// The code of the same product when the patient wishes it (選定療養), or of the product where this is that code.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub elective_pair: Option<DrugCode>,
    /// 剤形: 1 internal, 3 other, 4 injection, 6 external, 8 dental.
    pub form: u32,
    /// 収載方式等識別, as in the master; 8 is listed under a common name.
    pub listing_kind: u32,
    /// 麻薬・毒薬・覚醒剤原料・向精神薬, as in the master.
    pub narcotic: u32,
    /// How sure the row is.
    pub certainty: Certainty,
    /// Prices, the oldest first.
    pub prices: Vec<DrugPrice>,
    /// Sales packages, where a pack with a HOT table is loaded.
    pub packages: Vec<DrugPackage>,
}

/// What a product is beside others of its generic name, as far as the drug master tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DrugRole {
    /// 後発品.
    Generic,
    /// 長期収載品 under 選定療養: an originator that has generics.
    LongListed,
    /// The code of a 長期収載品 for a patient who wishes it.
    PatientChoice,
    /// Not marked: an originator without generics under 選定療養, a basic drug and so on.
    Other,
}

/// A price and the days on which it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DrugPrice {
    /// First day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: ServiceDate,
    /// Last day, if it ends.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub last_day: Option<ServiceDate>,
    /// Yen for one unit.
    pub price: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where it stands.
    pub source: String,
}

/// A drug with everything that the masters say of it.
pub(super) fn product(masters: &Masters, code: DrugCode, on: Option<ServiceDate>) -> Option<DrugProduct> {
    let held = on.and_then(|day| masters.row::<Drug<'_>>(&code, day));
    let row = held.or_else(|| newest(masters, code))?;
    let in_force = if on.is_some() { held.is_some() } else { row.period().until.is_none() };
    let hot: Vec<HotDrug<'_>> = every::<HotDrug<'_>>(masters)
        .filter(|hot| hot.drug_code() == code.number() || hot.drug_code_2() == code.number())
        .collect();
    let mut hot9: Vec<String> = hot.iter().map(|hot| hot.hot9().to_string()).collect();
    hot9.extend(own_hot9(row));
    tidy(&mut hot9);
    let mut yj: Vec<String> = hot.iter().map(|hot| hot.yj_code().to_owned()).filter(|yj| !yj.is_empty()).collect();
    if yj.is_empty() && is_own_listing(row) {
        yj.push(row.price_code().to_owned());
    }
    tidy(&mut yj);
    let packages = hot9.iter().filter_map(|hot9| hot9.parse().ok()).flat_map(|hot9| packages::of(masters, hot9));
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some(DrugProduct {
        code,
        name: row.name().to_owned(),
        in_force,
        unit: row.unit().to_owned(),
        price: row.price().to_string(),
        price_code: row.price_code().to_owned(),
        price_code_valid: Checked::PriceCode.check(row.price_code()) == Ok(true),
        hot7: hot9.first().and_then(|hot9| hot9.get(..7)).map(str::to_owned),
        packages: packages.collect(),
        yj,
        hot9,
        generic_name_code: filled(row.generic_name_code()),
        generic_name: filled(row.generic_name()),
        generic_addition: row.generic_addition(),
        role: role(row),
        elective: row.elective() != 0,
        elective_pair: elective_pair(masters, row, on),
        form: row.form(),
        listing_kind: row.listing_kind(),
        narcotic: row.narcotic(),
        certainty: row.certainty(),
        prices: prices(masters, code),
    })
}

/// Whether the listing is the product's own, and so its YJ code. A common listing (統一名収載) is that of all products of the
/// name: 収載方式等識別 8, or 01 as the tenth and eleventh character of one that is not listed by a brand's name.
fn is_own_listing(row: Drug<'_>) -> bool {
    let common = row.price_code().get(9..11) == Some("01");
    match row.listing_kind() {
        0 => !row.price_code().is_empty(),
        8 => false,
        _ => !row.price_code().is_empty() && !common,
    }
}

/// What the marks of a row say.
pub(super) fn role(row: Drug<'_>) -> DrugRole {
    match (row.elective(), row.generic()) {
        (1, _) => DrugRole::LongListed,
        (2, _) => DrugRole::PatientChoice,
        (_, 1) => DrugRole::Generic,
        _ => DrugRole::Other,
    }
}

/// 長期収載品関連: the row of the patient's wish (2) names the row of the product (1).
fn elective_pair(masters: &Masters, row: Drug<'_>, on: Option<ServiceDate>) -> Option<DrugCode> {
    let named = |row: Drug<'_>| DrugCode::from_number(row.originator_code());
    match row.elective() {
        2 => named(row),
        1 => every::<Drug<'_>>(masters)
            .filter(|other| other.elective() == 2 && named(*other) == Some(row.code()))
            .find(|other| on.is_none_or(|day| other.period().contains(day)))
            .map(Drug::code),
        _ => None,
    }
}

/// The prices of a drug over time, a newer pack's in place of an older one's.
fn prices(masters: &Masters, code: DrugCode) -> Vec<DrugPrice> {
    let periods: Vec<Period> = masters.versions::<Drug<'_>>(&code).map(Drug::period).collect();
    let mut days: Vec<ServiceDate> =
        periods.iter().flat_map(|period| [Some(period.from), period.until]).flatten().collect();
    crate::order::sort(&mut days);
    days.dedup();
    let mut prices: Vec<DrugPrice> = Vec::new();
    for (place, from) in days.iter().enumerate() {
        let Some(row) = masters.row::<Drug<'_>>(&code, *from) else { continue };
        // Between two of these days nothing changes.
        let last_day = days.get(place + 1).map(|next| next.previous());
        let price = row.price().to_string();
        match prices.last_mut() {
            Some(known)
                if known.price == price
                    && known.certainty == row.certainty()
                    && known.source == row.source()
                    && known.last_day.is_some_and(|last| last.next() == *from) =>
            {
                known.last_day = last_day;
            }
            _ => prices.push(DrugPrice {
                from: *from,
                last_day,
                price,
                certainty: row.certainty(),
                source: row.source().to_owned(),
            }),
        }
    }
    prices
}

fn tidy(codes: &mut Vec<String>) {
    crate::order::sort(codes);
    codes.dedup();
}
