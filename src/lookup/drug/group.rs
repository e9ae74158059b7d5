//! What else there is under a drug's generic name, and what of it is cheaper.

use serde::Serialize;

use super::{
    DrugProduct, DrugRole,
    product::role,
    rows::{drugs_where, newest},
};
use crate::{
    code::DrugCode,
    date::ServiceDate,
    master::{Drug, GenericName, Masters},
};

/// Products that may stand for each other on a prescription by generic name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DrugGroup {
    /// What makes them one group.
    pub basis: GroupBasis,
    /// The code of the group: a generic name's code, or the first nine characters of the listing.
    pub code: String,
    /// 一般名処方の標準的な記載, where there is one.
    pub name: Option<String>,
    /// 同一剤形・規格内の最低薬価 by 一般名処方マスタ, where a pack has it.
    pub lowest_listed: Option<String>,
    /// The product with whose price the others are compared: the first one that the code names.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub compared_with: DrugCode,
    /// Whether there is a generic (後発品) among them.
    pub has_generics: bool,
    /// The products in force on the day, the cheapest first, then the codes of a patient's wish.
    pub members: Vec<GroupMember>,
}

/// Why products are one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum GroupBasis {
    /// They have one 一般名コード.
    GenericName,
    /// No generic name is published: their listings agree in ingredient, form and strength.
    PriceCode,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GroupMember {
    /// 医薬品コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: DrugCode,
    /// Its name.
    pub name: String,
    /// Yen for one unit on the day.
    pub price: String,
    /// The unit.
    pub unit: String,
    /// What it is.
    pub role: DrugRole,
    /// 選定療養の対象.
    pub elective: bool,
    /// Whether it costs less than the one it is compared with; none where their units differ, and for the code of a patient's
    /// wish (選定療養), whose price is what the insurance pays.
    pub cheaper: Option<bool>,
    /// Yen by which one unit costs less (or more, with a minus); none where `cheaper` is.
    pub saves: Option<String>,
}

pub(super) fn group(masters: &Masters, first: &DrugProduct, on: Option<ServiceDate>) -> Option<DrugGroup> {
    let listing = first.price_code.get(..9);
    let (basis, code) = match (&first.generic_name_code, listing) {
        (Some(code), _) => (GroupBasis::GenericName, code.as_str()),
        (None, Some(listing)) => (GroupBasis::PriceCode, listing),
        (None, None) => return None,
    };
    let codes = drugs_where(masters, |row| match basis {
        GroupBasis::GenericName => row.generic_name_code() == code,
        GroupBasis::PriceCode => row.price_code().starts_with(code),
    });
    let held = |code: &DrugCode| match on {
        Some(day) => masters.row::<Drug<'_>>(code, day),
        None => newest(masters, *code).filter(|row| row.period().until.is_none()),
    };
    let rows: Vec<Drug<'_>> = codes.iter().filter_map(held).collect();
    let own = held(&first.code).or_else(|| newest(masters, first.code))?;
    // The code for a patient's wish has what the insurance pays: the product itself costs what it did, and the patient more.
    let own = first
        .elective_pair
        .filter(|_| first.role == DrugRole::PatientChoice)
        .and_then(|code| held(&code))
        .unwrap_or(own);
    let mut members: Vec<(rust_decimal::Decimal, GroupMember)> = rows
        .iter()
        .map(|row| {
            let comparable = row.unit() == own.unit() && role(*row) != DrugRole::PatientChoice;
            let member = GroupMember {
                code: row.code(),
                name: row.name().to_owned(),
                price: row.price().to_string(),
                unit: row.unit().to_owned(),
                role: role(*row),
                elective: row.elective() != 0,
                cheaper: comparable.then(|| row.price() < own.price()),
                saves: comparable.then(|| (own.price() - row.price()).normalize().to_string()),
            };
            (row.price(), member)
        })
        .collect();
    crate::order::by_key(&mut members, |(price, member)| (member.role == DrugRole::PatientChoice, *price, member.code));
    let listed = match on {
        Some(day) => masters.row::<GenericName<'_>>(code, day),
        None => masters.versions::<GenericName<'_>>(code).last(),
    };
    Some(DrugGroup {
        basis,
        code: code.to_owned(),
        name: first.generic_name.clone(),
        lowest_listed: listed.map(|row| row.lowest_price().to_string()),
        compared_with: first.code,
        has_generics: rows.iter().any(|row| row.generic() == 1),
        members: members.into_iter().map(|(_, member)| member).collect(),
    })
}
