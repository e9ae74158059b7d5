//! Writes the claims of a month from visits and coverage: what is charged, by whom it is paid, and the records of both.

mod drugs;
mod groups;
mod input;
mod meals;
mod patient;
mod records;
mod share;
mod split;
mod stay;

use serde::Serialize;

use crate::{
    fee::{InputError, InputErrorKind, Refusal},
    master::Masters,
};

use super::{
    kinds::Month,
    record::RecordKind,
    text::Encoding,
    write::{END_MARK, NewRecord, WriteError},
};

pub use input::{
    Agency, ClaimDisease, ClaimMonth, ClaimPatient, ClaimPayer, ClaimRemark, ClaimSymptom, DiseaseOutcome, Institution,
    Insurance,
};
pub use patient::payment;
pub use stay::{ClaimMeals, ClaimStay, DpcExclusion};

/// A claim file to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// Its records.
    pub records: Vec<NewRecord>,
    /// 総件数: each claim counts once for every payer.
    pub count: usize,
    /// 総合計点数.
    pub points: i64,
    /// Patients without a claim in the file, and why.
    pub left_out: Vec<LeftOut>,
}

/// A patient whose claim cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LeftOut {
    /// Place in the input.
    pub patient: usize,
    /// What keeps the claim from being written.
    pub why: Vec<String>,
}

impl Composed {
    /// The bytes of the file, with its end mark.
    ///
    /// # Errors
    /// [`WriteError`] for a character that cannot be written.
    pub fn to_bytes(&self, encoding: Encoding) -> Result<Vec<u8>, WriteError> {
        let mut out = Vec::new();
        for record in &self.records {
            record.write(encoding, &mut out)?;
        }
        out.push(END_MARK);
        Ok(out)
    }
}

/// Reads the claims of a month from JSON; `docs/claims.md` describes it.
///
/// # Errors
/// [`Refusal`] naming the JSON path.
pub fn parse(text: &str) -> Result<ClaimMonth, Refusal> {
    crate::fee::input::read(text, "docs/claims.md describes the input")
}

/// Composes the file of a month.
///
/// ```
/// use santei::{claim::{compose, text::Encoding}, master::Masters};
/// let month = compose::parse(r#"{
///     "month": "2026-07",
///     "institution": { "prefecture": "13", "code": "1234567", "name": "ＳＡＮＴＥＩ" },
///     "facility": { "kind": "clinic" },
///     "patients": [{
///         "name": "ＴＡＲＯ", "birth_date": "1980-04-01", "sex": "male",
///         "insurance": { "insurer": "01130012", "symbol": "1", "number": "2" },
///         "diseases": [{ "disease": "8833421", "start": "2026-07-01", "main": true }],
///         "visits": [{ "date": "2026-07-01", "consultation": "first" }]
///     }]
/// }"#)?;
/// let composed = compose::compose(&Masters::standard()?, &month)?;
/// assert_eq!((composed.count, composed.points), (1, 293));
/// let file = composed.to_bytes(Encoding::Utf8)?;
/// assert!(file.starts_with("IR,1,13,1,1234567,,ＳＡＮＴＥＩ,202608,00,\r\nRE,1,1112,202607,".as_bytes()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Refusal`] when what holds for the whole file is wrong. What is wrong with a patient stands in [`Composed::left_out`].
pub fn compose(masters: &Masters, input: &ClaimMonth) -> Result<Composed, Refusal> {
    let month = month_of("month", &input.month)?;
    let claim_month = match &input.claim_month {
        Some(text) => month_of("claim_month", text)?,
        None => Month::of(month.first_day().first_of_next_month()),
    };
    let mut out = Composed { records: vec![facility(input, claim_month)], count: 0, points: 0, left_out: Vec::new() };
    let mut number = 0;
    for (place, patient) in input.patients.iter().enumerate() {
        match patient::claims(masters, input, month, patient, number + 1) {
            Ok(claims) => {
                for made in claims {
                    number += 1;
                    out.records.extend(made.records);
                    out.count += made.count;
                    out.points = out.points.saturating_add(made.points);
                }
            }
            Err(why) => out.left_out.push(LeftOut { patient: place, why }),
        }
    }
    let mut total = NewRecord::new(RecordKind::Total);
    total.set(2, out.count.to_string()).set(3, out.points.to_string()).set(4, "99");
    out.records.push(total);
    Ok(out)
}

fn month_of(path: &str, text: &str) -> Result<Month, Refusal> {
    let digits: String = text.chars().filter(|letter| *letter != '-').collect();
    let month = Some(digits).filter(|_| text.len() == 7).and_then(|digits| Month::read(digits.as_bytes()));
    month.ok_or_else(|| {
        let error = InputError::new(path, InputErrorKind::Date, "no month");
        Refusal::one(error.expected("a month such as 2026-07", text.chars().take(20).collect::<String>()))
    })
}

fn facility(input: &ClaimMonth, claim_month: Month) -> NewRecord {
    let institution = &input.institution;
    let mut record = NewRecord::new(RecordKind::Facility);
    record
        .set(2, if input.agency == Agency::PaymentFund { "1" } else { "2" })
        .set(3, format!("{:0>2}", institution.prefecture))
        .set(4, "1")
        .set(5, &institution.code)
        .set(7, &institution.name)
        .set(8, records::packed(claim_month))
        .set(9, "00")
        .set(10, institution.phone.as_deref().unwrap_or_default());
    record
}
