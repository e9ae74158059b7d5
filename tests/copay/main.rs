//! What the patient pays in a month: published examples with known answers, every boundary of a date, and bad input.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail in any way it likes"
)]

mod bad_input;
mod boundaries;
mod checks;
mod codes;
mod examples;
mod household;
mod local;
mod properties;
mod subsidy;
mod tables;

use std::sync::OnceLock;

use santei::{
    copay::{CopayMonth, Month, settle_month},
    fee::Refusal,
    master::Masters,
};
use serde_json::{Value, json};

fn masters() -> &'static Masters {
    static MASTERS: OnceLock<Masters> = OnceLock::new();
    MASTERS.get_or_init(|| Masters::empty().unwrap())
}

fn read(month: &Value) -> Month {
    serde_json::from_value(month.clone()).unwrap_or_else(|error| panic!("{error} in {month:#}"))
}

fn settle(month: &Value) -> CopayMonth {
    settle_month(masters(), &read(month)).unwrap_or_else(|refusal| panic!("{refusal}\nin {month:#}"))
}

fn refused(month: &Value) -> Refusal {
    settle_month(masters(), &read(month)).unwrap_err()
}

fn due(month: &Value) -> Vec<i64> {
    settle(month).visits.iter().map(|visit| visit.due.get()).collect()
}

/// Outpatient visits of insurance alone: days and points.
fn visits(list: &[(&str, i64)]) -> Value {
    let visit = |(date, points): &(&str, i64)| json!({ "date": date, "segments": [{ "points": points }] });
    Value::Array(list.iter().map(visit).collect())
}
