//! Writes the claims of a month from visits and coverage: what is charged, by whom it is paid, and the records of both.

mod groups;
mod input;
mod records;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    copay::{self, CopayMonth, Month as PaymentMonth, MonthSegment, MonthVisit, Setting},
    fee::{
        self, Encounter, InputError, InputErrorKind, Refusal, Statement,
        encounter::{Consultation, Coverage, Diagnosis, Patient},
    },
    master::Masters,
};

use super::{
    kinds::{Month, PayerMix},
    record::RecordKind,
    text::Encoding,
    write::{END_MARK, NewRecord, WriteError},
};

pub use input::{
    Agency, ClaimDisease, ClaimMonth, ClaimPatient, ClaimPayer, ClaimRemark, ClaimSymptom, DiseaseOutcome, Institution,
    Insurance,
};

use groups::Group;

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
        match claim(masters, input, month, patient, number + 1) {
            Ok(made) => {
                number += 1;
                out.records.extend(made.records);
                out.count += made.count;
                out.points = out.points.saturating_add(made.points);
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

struct Made {
    records: Vec<NewRecord>,
    count: usize,
    points: i64,
}

fn claim(
    masters: &Masters,
    input: &ClaimMonth,
    month: Month,
    patient: &ClaimPatient,
    number: usize,
) -> Result<Made, Vec<String>> {
    fit(month, input.agency, patient)?;
    let said = |refusal: Refusal| refusal.errors.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (statement, _) = fee::charge(masters, &encounter(input, patient), false).map_err(said)?;
    let payment = copay::settle_month(masters, &payment_month(patient, &statement)).map_err(said)?;
    let nothing = || vec!["この月に算定するものがない".to_owned()];
    let copay = payment.claims.first().ok_or_else(nothing)?;
    let codes = payment.codes.first().ok_or_else(nothing)?;
    // Who shares the points of a visit, in the order of the claim.
    let mix = |visit: usize| -> Vec<usize> {
        let covers = |payer: &usize| patient.payers.get(*payer).is_some_and(|payer| payer.covers(visit));
        copay.payers.iter().map(|payer| payer.payer).filter(covers).collect()
    };
    let burden = |visit: usize| {
        let mut wanted = mix(visit);
        crate::order::sort(&mut wanted);
        let found = codes.burden.iter().find(|burden| {
            let mut payers = burden.payers.clone();
            crate::order::sort(&mut payers);
            payers == wanted
        });
        found.map(|burden| burden.code)
    };
    let groups = groups::groups(masters, patient, &statement, burden)?;
    if groups.is_empty() {
        return Err(nothing());
    }
    let payers = copay.payers.len();
    let (points, days) = shares(&groups, payers).ok_or_else(|| vec!["点数の合計が範囲を超える".to_owned()])?;
    let total = if patient.insurance.is_some() { points.first() } else { points.get(1) };
    let made = records::Claim {
        number,
        month,
        input,
        patient,
        groups: &groups,
        payment: &payment,
        copay,
        codes,
        days,
        points: points.clone(),
    };
    check_totals(copay, &statement, &groups)?;
    let insurers = usize::from(patient.insurance.is_some());
    Ok(Made { records: made.records(), count: insurers + payers, points: total.copied().unwrap_or(0) })
}

/// What the records say must be what was calculated.
fn check_totals(copay: &copay::ClaimCopay, statement: &Statement, groups: &[Group]) -> Result<(), Vec<String>> {
    let written = groups.iter().try_fold(0_i64, |sum, group| sum.checked_add(group.total()?));
    if written == Some(statement.total_points.get()) && copay.cost.get() == statement.total_points.get() * 10 {
        return Ok(());
    }
    let written = written.map_or_else(|| "？".to_owned(), |points| points.to_string());
    Err(vec![format!("記録の合計 {written}点 が計算の合計 {} と違う", statement.total_points)])
}

/// What the input must be for one outpatient claim.
fn fit(month: Month, agency: Agency, patient: &ClaimPatient) -> Result<(), Vec<String>> {
    let mut why = Vec::new();
    for (place, visit) in patient.visits.iter().enumerate() {
        if Month::of(visit.date) != month {
            why.push(format!("visits[{place}].date: {} は {month} ではない", visit.date));
        }
        if visit.admitted.is_some() {
            why.push(format!("visits[{place}].admitted: 入院の明細書はこの版では書けない"));
        }
    }
    if patient.diseases.is_empty() {
        why.push("diseases: 傷病名がない".to_owned());
    }
    if patient.diseases.iter().any(|disease| disease.disease.is_none() && disease.name.is_none()) {
        why.push("diseases: コードも名称もない傷病名がある".to_owned());
    }
    if let Some(insurance) = &patient.insurance {
        // 国保連 takes the claims of 国民健康保険 (six digits), 後期高齢者 (39) and 退職者 (67), 支払基金 all others.
        let number = insurance.insurer.trim();
        let community = number.len() == 6 || ["39", "67"].iter().any(|law| number.starts_with(law));
        let own = if community { Agency::Federation } else { Agency::PaymentFund };
        if own != agency {
            let to = if community { "国保連 (federation)" } else { "支払基金 (payment_fund)" };
            why.push(format!("insurance.insurer: {to} へ請求する保険者である"));
        }
    }
    if patient.insurance.is_none() && patient.payers.is_empty() {
        why.push("insurance: 保険も公費もない".to_owned());
    }
    if why.is_empty() { Ok(()) } else { Err(why) }
}

fn encounter(input: &ClaimMonth, patient: &ClaimPatient) -> Encounter {
    let mut visits = patient.visits.clone();
    let known = |disease: &ClaimDisease| {
        let disease = disease.disease.map(|code| (code, disease.modifiers.clone(), disease.main));
        disease.map(|(disease, modifiers, main)| Diagnosis { disease, modifiers, main })
    };
    if let Some(first) = visits.iter_mut().find(|visit| visit.diagnoses.is_empty()) {
        first.diagnoses = patient.diseases.iter().filter_map(known).collect();
    }
    Encounter {
        facility: input.facility.clone(),
        patient: Patient { birth_date: patient.birth_date, sex: Some(patient.sex) },
        coverage: Coverage { income_class: patient.coverage.income_class, late_elderly: patient.coverage.late_elderly },
        visits,
        history: patient.history.clone(),
    }
}

fn payment_month(patient: &ClaimPatient, statement: &Statement) -> PaymentMonth {
    let visits = statement.visits.iter().map(|visit| {
        let payers = (0..patient.payers.len())
            .filter(|place| patient.payers.get(*place).is_some_and(|payer| payer.covers(visit.visit)))
            .collect();
        let input = patient.visits.get(visit.visit);
        MonthVisit {
            date: visit.date,
            setting: Setting::Outpatient,
            first_visit: input.is_some_and(|visit| visit.consultation == Consultation::First),
            days: None,
            segments: vec![MonthSegment { points: visit.total_points, payers }],
            paid: None,
        }
    });
    let mut coverage = patient.coverage.clone();
    coverage.insured = patient.insurance.is_some();
    coverage.insurer = patient.insurance.as_ref().map(|insurance| insurance.insurer.trim().to_owned());
    PaymentMonth {
        birth_date: patient.birth_date,
        coverage,
        service: copay::Service::Medical,
        same_day: copay::SameDay::default(),
        payers: patient.payers.iter().map(ClaimPayer::payment).collect(),
        visits: visits.collect(),
        meals: Vec::new(),
        extras: Vec::new(),
        strict: false,
    }
}

/// Points and days of each payer: the insurer first, then the public ones.
fn shares(groups: &[Group], payers: usize) -> Option<(Vec<i64>, Vec<usize>)> {
    let mut points = vec![0_i64; payers + 1];
    let mut days: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); payers + 1];
    for group in groups {
        let mut letter = [0; 4];
        let mix = PayerMix::of(group.burden.encode_utf8(&mut letter).as_bytes())?;
        for (place, (sum, days)) in points.iter_mut().zip(&mut days).enumerate() {
            if mix.payer(u8::try_from(place).ok()?) {
                *sum = sum.checked_add(group.total()?)?;
                days.extend(group.days.keys());
            }
        }
    }
    Some((points, days.iter().map(BTreeSet::len).collect()))
}

/// The payment of a patient's month, as the claim has it; for receipts.
///
/// # Errors
/// What keeps it from being calculated.
pub fn payment(
    masters: &Masters,
    input: &ClaimMonth,
    patient: &ClaimPatient,
) -> Result<(Statement, CopayMonth), Refusal> {
    let (statement, _) = fee::charge(masters, &encounter(input, patient), false)?;
    let payment = copay::settle_month(masters, &payment_month(patient, &statement))?;
    Ok((statement, payment))
}
