//! A drug by any of its codes: the receipt code, YJ, the price list code, HOT7/9/11/13, JAN or GTIN, the code of the generic
//! name; with all its other codes, packages, prices over time, and what else there is under the same generic name.
//!
//! ```
//! use santei::{lookup::drug::drug, master::Masters};
//! let masters = Masters::standard()?;
//! let card = drug(&masters, "2149039F2ZZZ", Some("2025-06-01".parse()?))?;
//! assert!(card.products.len() > 1 && card.group.is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod group;
mod identify;
mod packages;
mod product;
mod rows;

pub use group::{DrugGroup, GroupBasis, GroupMember};
pub use identify::{DrugCodeReading, DrugCodeSystem, readings};
pub use packages::DrugPackage;
pub use product::{DrugPrice, DrugProduct, DrugRole};

use serde::Serialize;

use super::fault::{CodeFault, CodeFaultKind, cut};
use crate::{code::DrugCode, date::ServiceDate, master::Masters};

/// Most products of one code that are worked out; a generic name has some dozens.
const MOST: usize = 200;

/// What a code names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DrugCard {
    /// The day for which prices and comparisons hold; none for the newest rows.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub date: Option<ServiceDate>,
    /// What the code is, in each system that it may be of; the first one that names a product is the one that was taken.
    pub readings: Vec<DrugCodeReading>,
    /// The products that the code names: one for most codes, several for HOT7, the generic name and common listings.
    pub products: Vec<DrugProduct>,
    /// What else there is under the same generic name as the first product.
    pub group: Option<DrugGroup>,
    /// What deserves a look.
    pub faults: Vec<CodeFault>,
}

/// Looks a drug up by any of its codes. Full-width digits, small letters and blanks are read as well, and a generic name's
/// code with or without its `ZZZ`.
///
/// # Errors
/// [`CodeFault`] when the text is no code of a drug, its check digit is wrong, or no loaded master has it.
pub fn drug(masters: &Masters, code: &str, on: Option<ServiceDate>) -> Result<DrugCard, Box<CodeFault>> {
    if let Some(fault) = CodeFault::of_day(on) {
        return Err(Box::new(fault));
    }
    let mut readings = identify::readings(code);
    if readings.is_empty() {
        let fault = CodeFault::error("", CodeFaultKind::Schema, "this is no code of a drug");
        let forms = "a receipt code (9 digits from 6), YJ or price list code (12 characters), HOT7, 9, 11 or 13, JAN or GTIN \
                     (8, 12, 13 or 14 digits), or a generic name's code";
        return Err(Box::new(fault.expected(forms, cut(code)).help("check the code, or search by the drug's name")));
    }
    let mut codes: Vec<DrugCode> = Vec::new();
    for reading in &mut readings {
        let found = identify::products(masters, reading);
        reading.found = !found.is_empty();
        if codes.is_empty() {
            codes = found;
        }
    }
    if codes.is_empty() {
        return Err(Box::new(not_found(masters, &readings)));
    }
    let mut faults: Vec<CodeFault> = Vec::new();
    if let Some(reading) = readings.iter().find(|reading| reading.found && reading.check_digit == Some(false)) {
        let message = format!("the check digit of {} is wrong, but a master has the code so", reading.code);
        let fault = CodeFault::error("", CodeFaultKind::CheckDigit, message).warning();
        faults.push(fault.help("keep the code as the master has it"));
    }
    if codes.len() > MOST {
        let fault =
            CodeFault::error("", CodeFaultKind::TooMuch, "the code names more products than are listed").warning();
        faults.push(fault.expected(format!("at most {MOST}"), codes.len().to_string()));
        codes.truncate(MOST);
    }
    let mut products: Vec<DrugProduct> = codes.iter().filter_map(|code| product::product(masters, *code, on)).collect();
    // Those in force first; within them the order of the codes.
    crate::order::by_key(&mut products, |product| !product.in_force);
    if let Some(date) = on
        && products.iter().all(|product| !product.in_force)
        && let Some(code) = codes.first()
        && let Err(error) = masters.get::<crate::master::Drug>(code, date)
    {
        faults.push(CodeFault::missing("", &error).warning());
    }
    let group = products.first().and_then(|first| group::group(masters, first, on));
    Ok(DrugCard { date: on, readings, products, group, faults })
}

fn not_found(masters: &Masters, readings: &[DrugCodeReading]) -> CodeFault {
    if readings.iter().all(|reading| reading.check_digit == Some(false)) {
        let first = readings.first();
        let code = first.map_or("", |reading| reading.code.as_str());
        let fault = CodeFault::error("", CodeFaultKind::CheckDigit, format!("the check digit of {code} is wrong"));
        let right: Vec<String> = readings.iter().filter_map(identify::mended).collect();
        let fault = fault.expected(right.join(" or "), code);
        return fault.help("look for a mistyped digit: the last one need not be the wrong one").instead(right);
    }
    let names: Vec<&str> = readings.iter().map(|reading| reading.system.title()).collect();
    let code = readings.first().map_or("", |reading| reading.code.as_str());
    let message = format!("no loaded master has the {} {code}", names.join(" or "));
    let needs_hot = readings.iter().any(|reading| reading.system.needs_hot());
    let help = if needs_hot && !packages::has_table(masters) {
        "add a pack with the HOT table (標準) of MEDIS: it knows the packages and their codes"
    } else {
        "search by the drug's name, or add a pack of the official masters"
    };
    CodeFault::error("", CodeFaultKind::UnknownCode, message).help(help)
}

#[cfg(test)]
mod tests;
