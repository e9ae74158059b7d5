//! What a code of a drug may be, by its form and its check digit, and which products it names.

use serde::Serialize;

use super::rows::{drugs_where, every, hot_rows};
use crate::{
    code::{Checked, DrugCode},
    lookup::fold,
    master::{Drug, HotDrug, Masters},
};

/// A system of codes for drugs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DrugCodeSystem {
    /// レセプト電算処理システム 医薬品コード.
    Receipt,
    /// 個別医薬品コード (YJ), or 薬価基準収載医薬品コード: the two have one form.
    PriceList,
    /// 一般名コード.
    GenericName,
    /// 処方用番号.
    Hot7,
    /// With the seller.
    Hot9,
    /// With the form of the package.
    Hot11,
    /// With the sales package.
    Hot13,
    /// JAN or GTIN of a package.
    Gtin,
}

impl DrugCodeSystem {
    /// Its name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Receipt => "receipt code (医薬品コード)",
            Self::PriceList => "YJ or price list code (薬価基準収載医薬品コード)",
            Self::GenericName => "generic name code (一般名コード)",
            Self::Hot7 => "HOT7",
            Self::Hot9 => "HOT9",
            Self::Hot11 => "HOT11",
            Self::Hot13 => "HOT13",
            Self::Gtin => "JAN or GTIN",
        }
    }

    pub(super) const fn needs_hot(self) -> bool {
        matches!(self, Self::Hot7 | Self::Hot9 | Self::Hot11 | Self::Hot13 | Self::Gtin)
    }
}

/// A code in one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DrugCodeReading {
    /// The system.
    pub system: DrugCodeSystem,
    /// The code as the system writes it.
    pub code: String,
    /// Whether the check digit is right; none where the system has none.
    pub check_digit: Option<bool>,
    /// Whether a loaded master has it.
    pub found: bool,
}

/// What a text may be, by its form alone.
#[must_use]
pub fn readings(text: &str) -> Vec<DrugCodeReading> {
    use DrugCodeSystem as System;
    // No code has more than 20 characters; more need not be read.
    if text.len() > 100 {
        return Vec::new();
    }
    let text = fold(text).replace(' ', "").to_ascii_uppercase();
    // A GS1 symbol writes (01) before the GTIN.
    let code = text.strip_prefix("(01)").unwrap_or(&text);
    let digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    let mut out = Vec::new();
    let mut may_be = |system, code: &str, check_digit| {
        out.push(DrugCodeReading { system, code: code.to_owned(), check_digit, found: false });
    };
    let hot7 = || code.get(..7).and_then(|head| Checked::Hot7.check(head).ok());
    match (code.len(), digits) {
        (7, true) => may_be(System::Hot7, code, hot7()),
        (9, true) => {
            if code.starts_with('6') {
                may_be(System::Receipt, code, None);
            }
            may_be(System::Hot9, code, hot7());
        }
        (11, true) => may_be(System::Hot11, code, hot7()),
        (13, true) => {
            let gtin = Checked::Gtin.check(code).ok();
            // 45 and 49 are Japan's: such a code is a JAN before it is a HOT13.
            if code.starts_with("45") || code.starts_with("49") || gtin == Some(true) {
                may_be(System::Gtin, code, gtin);
            }
            // A code that cannot be a HOT13 and may be a JAN is a JAN.
            if gtin.is_none() || hot7() == Some(true) || !(code.starts_with("45") || code.starts_with("49")) {
                may_be(System::Hot13, code, hot7());
            }
        }
        (8 | 12 | 14, true) => may_be(System::Gtin, code, Checked::Gtin.check(code).ok()),
        (12, false) if code.ends_with("ZZZ") && is_generic(code) => may_be(System::GenericName, code, None),
        (9, false) if is_generic(code) => may_be(System::GenericName, &format!("{code}ZZZ"), None),
        (12, false) => {
            if let Ok(right) = Checked::PriceCode.check(code) {
                may_be(System::PriceList, code, Some(right));
            }
        }
        _ => {}
    }
    out
}

/// Seven digits, a letter and a character: ingredient, use, form and strength.
fn is_generic(code: &str) -> bool {
    code.bytes().take(9).enumerate().all(|(place, byte)| match place {
        7 => byte.is_ascii_uppercase(),
        8 => byte.is_ascii_alphanumeric(),
        _ => byte.is_ascii_digit(),
    })
}

/// The code with a right check digit, where the system has one.
pub(super) fn mended(reading: &DrugCodeReading) -> Option<String> {
    match reading.system {
        DrugCodeSystem::PriceList => Checked::PriceCode.mended(&reading.code),
        DrugCodeSystem::Gtin => Checked::Gtin.mended(&reading.code),
        DrugCodeSystem::Receipt | DrugCodeSystem::GenericName => None,
        _ => {
            let (head, tail) = reading.code.split_at_checked(7)?;
            Some(format!("{}{tail}", Checked::Hot7.mended(head)?))
        }
    }
}

/// The drugs that a code names.
pub(super) fn products(masters: &Masters, reading: &DrugCodeReading) -> Vec<DrugCode> {
    let code = reading.code.as_str();
    match reading.system {
        DrugCodeSystem::Receipt => {
            let known = code.parse::<DrugCode>().ok();
            known.filter(|code| masters.versions::<Drug<'_>>(code).next().is_some()).into_iter().collect()
        }
        DrugCodeSystem::GenericName => drugs_where(masters, |row| row.generic_name_code() == code),
        DrugCodeSystem::PriceList => {
            // A YJ code names one product, a price list code all that are listed under it.
            let own = of_hot(masters, every::<HotDrug<'_>>(masters).filter(|row| row.yj_code() == code));
            if own.is_empty() { drugs_where(masters, |row| row.price_code() == code) } else { own }
        }
        DrugCodeSystem::Gtin => {
            // The tables list JANs, never the GTIN-14 of a case: with a wrong check digit it names nothing.
            let jan =
                if code.len() == 14 && reading.check_digit == Some(false) { return Vec::new() } else { jan_of(code) };
            of_hot(masters, every::<HotDrug<'_>>(masters).filter(|row| !row.jan().is_empty() && row.jan() == jan))
        }
        DrugCodeSystem::Hot7 => {
            let Ok(head) = code.parse::<u32>() else { return Vec::new() };
            let hot9 = head.saturating_mul(100);
            let rows = (hot9..hot9.saturating_add(100)).flat_map(|hot9| hot_rows(masters, hot9));
            let found = of_hot(masters, rows);
            merged(found, drugs_where(masters, |row| row.hot9() != 0 && row.hot9() / 100 == head))
        }
        DrugCodeSystem::Hot9 | DrugCodeSystem::Hot11 | DrugCodeSystem::Hot13 => {
            let Some((head, tail)) = code.split_at_checked(9) else { return Vec::new() };
            let Ok(hot9) = head.parse::<u32>() else { return Vec::new() };
            let rows = hot_rows(masters, hot9);
            let found = of_hot(masters, rows.iter().copied().filter(|row| row.package().to_string().starts_with(tail)));
            // A package that the table does not know is still one of that drug, if the table knows none of its packages.
            if found.is_empty() && (tail.is_empty() || rows.is_empty()) {
                return drugs_where(masters, |row| hot9 != 0 && row.hot9() == hot9);
            }
            found
        }
    }
}

/// The JAN of an article in a GTIN-14: without its indicator, with a check digit of its own.
fn jan_of(gtin: &str) -> String {
    match (gtin.len(), gtin.get(1..)) {
        (14, Some(jan)) => Checked::Gtin.mended(jan).unwrap_or_default(),
        _ => gtin.to_owned(),
    }
}

/// The drugs that rows of the HOT table name: by receipt codes, or where those are blank by the listing.
fn of_hot<'m>(masters: &'m Masters, rows: impl Iterator<Item = HotDrug<'m>>) -> Vec<DrugCode> {
    let mut codes = Vec::new();
    let mut listings: Vec<&str> = Vec::new();
    for row in rows {
        let named = [row.drug_code(), row.drug_code_2()].into_iter().filter_map(DrugCode::from_number);
        let mut known = named.filter(|code| masters.versions::<Drug<'_>>(code).next().is_some()).peekable();
        if known.peek().is_none() {
            listings.extend([row.yj_code(), row.price_code()].into_iter().filter(|code| !code.is_empty()));
        }
        codes.extend(known);
    }
    if codes.is_empty() && !listings.is_empty() {
        return drugs_where(masters, |row| listings.contains(&row.price_code()));
    }
    merged(codes, Vec::new())
}

fn merged(mut one: Vec<DrugCode>, other: Vec<DrugCode>) -> Vec<DrugCode> {
    one.extend(other);
    crate::order::sort(&mut one);
    one.dedup();
    one
}
