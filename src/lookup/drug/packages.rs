//! Packages of a drug by the HOT tables of MEDIS: the standard one with codes and JAN, the optional one with amounts.

use serde::Serialize;

use super::rows::hot_rows;
use crate::{
    code::AnyCode,
    date::ServiceDate,
    master::{HotDrug, HotPackage, MasterKind, Masters},
};

/// One sales package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DrugPackage {
    /// HOT13.
    pub hot13: String,
    /// JAN, where the table has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub jan: Option<String>,
    /// 包装形態, such as PTP.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub form: Option<String>,
    /// What one unit of the package holds (包装単位数, 包装入数), with its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub contents: Option<String>,
    /// How many of them, or the whole amount (包装総量数, 包装数量), with its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub total: Option<String>,
    /// 販売会社.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub seller: Option<String>,
    /// Whether it is still made: not taken out (2) and not ended (4) by 更新区分.
    pub current: bool,
}

/// Whether a pack with the standard HOT table is loaded.
pub(super) fn has_table(masters: &Masters) -> bool {
    masters.tables(MasterKind::HotDrug).next().is_some()
}

/// The packages of a HOT9.
pub(super) fn of(masters: &Masters, hot9: u32) -> Vec<DrugPackage> {
    let mut packages: Vec<DrugPackage> = hot_rows(masters, hot9).into_iter().map(standard).collect();
    let Some(number) = AnyCode::from_number(hot9) else { return packages };
    for row in masters.related::<HotPackage<'_>>(number, ServiceDate::LAST) {
        let hot13 = format!("{}{}", row.hot9(), row.package());
        match packages.iter_mut().find(|package| package.hot13 == hot13) {
            Some(package) => {
                package.contents = package.contents.take().or_else(|| amount(row.contents(), row.contents_unit()));
                package.total = package.total.take().or_else(|| amount(row.amount(), row.amount_unit()));
            }
            None => packages.push(optional(row, hot13)),
        }
    }
    crate::order::by(&mut packages, |one, other| one.hot13.cmp(&other.hot13));
    packages.dedup();
    packages
}

fn standard(row: HotDrug<'_>) -> DrugPackage {
    DrugPackage {
        hot13: format!("{}{}", row.hot9(), row.package()),
        jan: filled(row.jan()),
        form: filled(row.package_form()),
        contents: amount(row.package_amount(), row.package_unit()),
        total: amount(row.total_amount(), row.total_unit()),
        seller: filled(row.seller()),
        current: current(row.change()),
    }
}

fn optional(row: HotPackage<'_>, hot13: String) -> DrugPackage {
    DrugPackage {
        hot13,
        jan: None,
        form: None,
        contents: amount(row.contents(), row.contents_unit()),
        total: amount(row.amount(), row.amount_unit()),
        seller: None,
        current: current(row.change()),
    }
}

/// 更新区分: 2 taken out, 4 no longer made.
fn current(change: u32) -> bool {
    !matches!(change, 2 | 4)
}

fn amount(number: &str, unit: &str) -> Option<String> {
    filled(number).map(|number| format!("{number}{unit}"))
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
