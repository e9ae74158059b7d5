//! What an order may say only where the fee schedule asks for it: a field that would silently change nothing is a fault.

use rust_decimal::Decimal;

use crate::{
    date::ServiceDate,
    fee::{
        encounter::Order,
        path::Path,
        refusal::{InputError, InputErrorKind},
    },
    master::Procedure,
};

/// 疾患別リハビリテーション料.
pub(super) const REHABILITATION: [&str; 5] = ["H000", "H001", "H001-2", "H002", "H003"];
/// Most characters of a name for a place on the body.
const MAX_NAME: usize = 100;
/// Largest amount of blood in mL: a claim has eight digits for a quantity.
const MAX_BLOOD: i64 = 99_999_999;

/// The faults of an order's own fields.
pub(crate) fn faults(path: Path, order: &Order, row: Procedure<'_>, on: ServiceDate) -> Vec<InputError> {
    let mut faults = Vec::new();
    let fault = |field: &str, kind, message: &str, expected: &str, got: String| {
        InputError::new(format!("{path}.{field}"), kind, message).expected(expected, got)
    };
    if let Some(name) = &order.site {
        let length = name.chars().count();
        if name.trim().is_empty() || length > MAX_NAME {
            let expected = format!("1 to {MAX_NAME} characters");
            let got = format!("{length} characters");
            faults.push(fault("site", InputErrorKind::Quantity, "a name for the part of the body", &expected, got));
        }
    }
    if !order.levels.is_empty() && row.fee_item() != "K142" {
        let message = "the vertebrae belong to an operation on several levels of the spine";
        faults.push(fault(
            "levels",
            InputErrorKind::Contradiction,
            message,
            "a procedure of K142",
            row.name().to_owned(),
        ));
    }
    if let Some(amount) = order.source_quantity {
        if row.fee_item() != "K920" {
            let message = "the blood that products were made from belongs to a transfusion";
            let got = row.name().to_owned();
            faults.push(fault("source_quantity", InputErrorKind::Contradiction, message, "a procedure of K920", got));
        }
        if amount <= Decimal::ZERO || amount > Decimal::from(MAX_BLOOD) || amount.normalize().scale() > 2 {
            let expected = format!("more than 0, at most {MAX_BLOOD}, at most 2 decimals");
            let got = amount.to_string();
            faults.push(fault("source_quantity", InputErrorKind::Quantity, "an amount out of range", &expected, got));
        }
    }
    if let Some(days) = order.rehabilitation {
        if !REHABILITATION.contains(&row.fee_item()) {
            let message = "these days belong to rehabilitation by disease";
            let got = row.name().to_owned();
            faults.push(fault(
                "rehabilitation",
                InputErrorKind::Contradiction,
                message,
                "a procedure of H000 to H003",
                got,
            ));
        }
        let named = [("onset", Some(days.onset)), ("treatment", days.treatment), ("admitted", days.admitted)];
        for (field, day) in named {
            if let Some(day) = day.filter(|day| *day > on) {
                let field = format!("rehabilitation.{field}");
                let expected = format!("a day up to the visit's, {on}");
                faults.push(fault(&field, InputErrorKind::Date, "a day after the visit", &expected, day.to_string()));
            }
        }
    }
    faults
}
