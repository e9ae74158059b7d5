//! The claims of one patient: outpatient and inpatient are two of them.

use std::collections::BTreeSet;

use crate::{
    claim::{
        kinds::{Month, PayerMix},
        write::NewRecord,
    },
    copay::{self, ClaimCodes, ClaimCopay, CopayMonth, Month as PaymentMonth, MonthSegment, MonthVisit, Setting},
    fee::{
        self, Encounter, Refusal, Statement, VisitStatement,
        encounter::{Consultation, Coverage, Diagnosis, Patient},
    },
    master::Masters,
    money::Points,
};

use super::{
    drugs,
    groups::{self, Group, Kind, Made},
    input::{Agency, ClaimDisease, ClaimMonth, ClaimPatient, ClaimPayer},
    meals, records,
    share::shares,
    split,
};

/// A claim that is written.
pub(super) struct Written {
    pub(super) records: Vec<NewRecord>,
    /// How often it counts in 総件数.
    pub(super) count: usize,
    pub(super) points: i64,
}

/// A day of one claim: what is charged, and by whom it is paid.
struct Day {
    visit: usize,
    on: crate::date::ServiceDate,
    made: Vec<Made>,
    /// Points by public payers.
    points: Vec<(Vec<usize>, i64)>,
}

/// The claims of a patient, or what keeps them from being written.
pub(super) fn claims(
    masters: &Masters,
    input: &ClaimMonth,
    month: Month,
    patient: &ClaimPatient,
    number: usize,
) -> Result<Vec<Written>, Vec<String>> {
    fit(month, input.agency, patient)?;
    let (statement, _) = fee::charge(masters, &encounter(input, patient), false).map_err(said)?;
    let mut out = Vec::new();
    for setting in [Setting::Outpatient, Setting::Inpatient] {
        let days = days(masters, patient, &statement, setting)?;
        if days.iter().any(|day| !day.made.is_empty()) {
            let number = number.saturating_add(out.len());
            out.push(claim(masters, input, month, patient, (number, setting), days)?);
        }
    }
    if out.is_empty() {
        return Err(vec!["この月に算定するものがない".to_owned()]);
    }
    Ok(out)
}

fn said(refusal: Refusal) -> Vec<String> {
    refusal.errors.iter().map(ToString::to_string).collect()
}

/// On which claim a visit of the input stands.
fn setting_of(patient: &ClaimPatient, visit: usize) -> Setting {
    let admitted = patient.visits.get(visit).is_some_and(|visit| visit.admitted.is_some());
    let joined = patient.stay.as_ref().is_some_and(|stay| stay.visits.contains(&visit));
    if admitted || joined { Setting::Inpatient } else { Setting::Outpatient }
}

/// The days of a setting, each with its groups.
fn days(
    masters: &Masters,
    patient: &ClaimPatient,
    statement: &Statement,
    setting: Setting,
) -> Result<Vec<Day>, Vec<String>> {
    let mut problems = Vec::new();
    let mut out = Vec::new();
    let own = |visit: &&VisitStatement| setting_of(patient, visit.visit) == setting;
    for visit in statement.visits.iter().filter(own) {
        let shares = match split::of_visit(masters, patient, visit) {
            Ok(shares) => shares,
            Err(why) => {
                problems.push(why);
                continue;
            }
        };
        let mut made = groups::of_visit(masters, patient, visit, &shares, &mut problems);
        let mut points = split::points(visit.lines.iter().zip(&shares)).unwrap_or_default();
        if setting == Setting::Inpatient {
            for drugs in drugs::of_visit(masters, patient, visit, &mut problems) {
                let each: i64 = drugs.units.iter().map(|unit| unit.points).sum();
                points.push((drugs.payers.clone(), each.saturating_mul(i64::from(drugs.count))));
                made.push(drugs);
            }
        }
        // What the records say must be what was calculated.
        let written = made.iter().map(total).try_fold(0_i64, |sum, points| sum.checked_add(points?));
        if problems.is_empty() && written != sum(points.iter().map(|(_, points)| *points)) {
            problems.push(format!("{}: 記録の点数 {written:?} が計算の点数と違う", visit.date));
        }
        out.push(Day { visit: visit.visit, on: visit.date, made, points });
    }
    if problems.is_empty() { Ok(out) } else { Err(problems) }
}

fn total(made: &Made) -> Option<i64> {
    sum(made.units.iter().map(|unit| unit.points))?.checked_mul(i64::from(made.count))
}

fn sum(mut parts: impl Iterator<Item = i64>) -> Option<i64> {
    parts.try_fold(0_i64, i64::checked_add)
}

fn claim(
    masters: &Masters,
    input: &ClaimMonth,
    month: Month,
    patient: &ClaimPatient,
    (number, setting): (usize, Setting),
    days: Vec<Day>,
) -> Result<Written, Vec<String>> {
    let used: Vec<usize> = (0..patient.payers.len())
        .filter(|payer| days.iter().any(|day| day.points.iter().any(|(payers, _)| payers.contains(payer))))
        .collect();
    let stay = patient.stay.as_ref().filter(|_| setting == Setting::Inpatient);
    let payment = copay::settle_month(masters, &payment_of(patient, setting, &used, &days)).map_err(said)?;
    let nothing = || vec!["この月に算定するものがない".to_owned()];
    let copay = payment.claims.first().ok_or_else(nothing)?;
    let codes = payment.codes.first().ok_or_else(nothing)?;
    // The public payers in the order of the claim, as places of the input.
    let order: Vec<usize> = copay.payers.iter().filter_map(|payer| used.get(payer.payer)).copied().collect();
    let burden = |payers: &[usize]| burden(codes, &used, payers);
    let mut written: Vec<Group> = Vec::new();
    let mut problems = unplaced(patient, &days);
    for made in days.iter().flat_map(|day| day.made.iter().map(move |made| (day, made))) {
        let (day, made) = made;
        let Some(burden) = burden(&made.payers) else {
            problems.push(format!("visits[{}]: 負担区分が定まらない", day.visit));
            continue;
        };
        let group = Group {
            section: made.section,
            burden,
            kind: Kind::Points,
            units: made.units.clone(),
            days: [(day.on.day(), made.count)].into(),
            remarks: made.remarks(&patient.remarks),
        };
        group.join(&mut written);
    }
    // Sections in their order; within one, the order in which they first came.
    crate::order::by_key(&mut written, |group| group.section);
    if let Some(stay) = stay.filter(|stay| !stay.meals.is_empty()) {
        match meal_burden(masters, patient, (copay, codes), &used, month) {
            Ok(burden) => match meals::groups(masters, patient, stay, month, burden) {
                Ok(meals) => written.extend(meals),
                Err(why) => problems.extend(why),
            },
            Err(why) => problems.push(why),
        }
    }
    let notes = records::notes(codes, patient).map_err(|why| vec![why])?;
    if !problems.is_empty() {
        return Err(problems);
    }
    let shares = shares(&written, order.len()).ok_or_else(|| vec!["点数の合計が範囲を超える".to_owned()])?;
    let points = sum(written.iter().filter(|group| group.kind == Kind::Points).filter_map(Group::total));
    if points.and_then(|points| points.checked_mul(10)) != Some(copay.cost.get()) {
        return Err(vec![format!("記録の合計 {points:?}点 が費用 {} と違う", copay.cost)]);
    }
    let insurers = usize::from(patient.insurance.is_some());
    let total = shares.get(1 - insurers).map_or(0, |share| share.points);
    let made = records::Claim {
        number,
        month,
        input,
        patient,
        setting,
        admitted: patient.visits.iter().filter_map(|visit| visit.admitted).min(),
        groups: &written,
        payment: &payment,
        copay,
        codes,
        notes,
        payers: &order,
        shares,
    };
    Ok(Written { records: made.records(), count: insurers + order.len(), points: total })
}

/// 負担区分 of what falls under these payers of the input.
fn burden(codes: &ClaimCodes, used: &[usize], payers: &[usize]) -> Option<char> {
    let wanted: BTreeSet<usize> = payers.iter().copied().collect();
    let own = |burden: &&copay::Burden| {
        burden.payers.iter().filter_map(|payer| used.get(*payer)).copied().collect::<BTreeSet<_>>() == wanted
    };
    codes.burden.iter().find(own).map(|burden| burden.code)
}

/// 負担区分 of the meals: those of the claim's payers that take meals over.
fn meal_burden(
    masters: &Masters,
    patient: &ClaimPatient,
    (copay, codes): (&ClaimCopay, &ClaimCodes),
    used: &[usize],
    month: Month,
) -> Result<char, String> {
    let mut flags = [false; 4];
    let mut payers = Vec::new();
    for (flag, payer) in flags.iter_mut().zip(&copay.payers) {
        let Some(place) = used.get(payer.payer) else { continue };
        let Some(input) = patient.payers.get(*place) else { continue };
        *flag = meals::under(masters, input, &payer.law, month.first_day())
            .ok_or_else(|| format!("payers[{place}].meals: 食事が {} の対象かを入力する", payer.name))?;
        if *flag {
            payers.push(*place);
        }
    }
    let insured = patient.insurance.is_some();
    let known = burden(codes, used, &payers).or_else(|| PayerMix::with(insured, flags)?.to_string().chars().next());
    known.ok_or_else(|| "stay.meals: 食事の負担区分が定まらない。payers[].meals を入力する".to_owned())
}

/// Comments whose order is not on the claim.
fn unplaced(patient: &ClaimPatient, days: &[Day]) -> Vec<String> {
    let visit_of = |path: &str| path.split(['[', ']']).find_map(|part| part.parse::<usize>().ok());
    let mut problems = Vec::new();
    for (place, remark) in patient.remarks.iter().enumerate() {
        let Some(path) = &remark.path else { continue };
        let here = visit_of(path).is_none_or(|visit| days.iter().any(|day| day.visit == visit));
        let placed = days.iter().flat_map(|day| &day.made).any(|made| made.order.as_ref() == Some(path));
        if here && !placed {
            problems.push(format!("remarks[{place}].path: {path} の記録がない（算定していないか、まとめて算定した）"));
        }
    }
    problems
}

/// What the input must be.
fn fit(month: Month, agency: Agency, patient: &ClaimPatient) -> Result<(), Vec<String>> {
    let mut why = Vec::new();
    for (place, visit) in patient.visits.iter().enumerate() {
        if Month::of(visit.date) != month {
            why.push(format!("visits[{place}].date: {} は {month} ではない", visit.date));
        }
    }
    let admissions: BTreeSet<_> = patient.visits.iter().filter_map(|visit| visit.admitted).collect();
    if admissions.len() > 1 {
        why.push("visits[].admitted: 入院年月日が2つ以上ある。入院ごとに患者を分けて入力する".to_owned());
    }
    if patient.stay.is_some() && admissions.is_empty() {
        why.push("stay: admitted のある visits がない".to_owned());
    }
    if patient.stay.as_ref().is_some_and(|stay| stay.dpc) {
        why.push("stay.dpc: DPC の明細書は計算していない".to_owned());
    }
    for (place, payer) in patient.payers.iter().enumerate() {
        // One cap holds for both claims; which of them it leaves what to is not on the month's input.
        let touched = (0..patient.visits.len()).filter(|visit| payer.touches(*visit));
        let touched: BTreeSet<Setting> = touched.map(|visit| setting_of(patient, visit)).collect();
        if payer.cap.is_some() && touched.len() > 1 {
            why.push(format!(
                "payers[{place}].cap: 上限額が外来と入院にまたがる。入院と外来の患者を分け、paid_elsewhere を入力する"
            ));
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
    // Drugs of a stay are priced here, not by the rules for outpatients' prescriptions.
    for visit in visits.iter_mut().filter(|visit| visit.admitted.is_some()) {
        visit.prescriptions.clear();
    }
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

/// The month of one claim. Only the payers that share anything of it take part; segments name them by their place among those.
fn payment_of(patient: &ClaimPatient, setting: Setting, used: &[usize], days: &[Day]) -> PaymentMonth {
    let place = |payer: &usize| used.iter().position(|own| own == payer);
    let visits = days.iter().map(|day| {
        let input = patient.visits.get(day.visit);
        let segment = |(payers, points): &(Vec<usize>, i64)| {
            Some(MonthSegment { points: Points::new(*points).ok()?, payers: payers.iter().filter_map(place).collect() })
        };
        MonthVisit {
            date: day.on,
            setting,
            first_visit: input.is_some_and(|visit| visit.consultation == Consultation::First),
            days: (setting == Setting::Inpatient).then_some(1),
            segments: day.points.iter().filter_map(segment).collect(),
            paid: None,
        }
    });
    let mut coverage = patient.coverage.clone();
    coverage.insured = patient.insurance.is_some();
    coverage.insurer = patient.insurance.as_ref().map(|insurance| insurance.insurer.trim().to_owned());
    let stay = patient.stay.as_ref().filter(|_| setting == Setting::Inpatient);
    PaymentMonth {
        birth_date: patient.birth_date,
        coverage,
        service: copay::Service::Medical,
        same_day: copay::SameDay::default(),
        payers: used.iter().filter_map(|payer| patient.payers.get(*payer)).map(ClaimPayer::payment).collect(),
        visits: visits.collect(),
        meals: stay.map_or_else(Vec::new, meals::payment),
        extras: Vec::new(),
        strict: false,
    }
}

/// The payment of a patient's month in one setting, as the claim has it; for receipts.
///
/// # Errors
/// What keeps it from being calculated.
pub fn payment(
    masters: &Masters,
    input: &ClaimMonth,
    patient: &ClaimPatient,
    setting: Setting,
) -> Result<(Statement, CopayMonth), Refusal> {
    let (statement, _) = fee::charge(masters, &encounter(input, patient), false)?;
    let refused = |why: Vec<String>| {
        let error = |why: String| fee::InputError::new("patients", fee::InputErrorKind::NeedsReview, why);
        Refusal { errors: why.into_iter().map(error).collect() }
    };
    let days = days(masters, patient, &statement, setting).map_err(refused)?;
    let all: Vec<usize> = (0..patient.payers.len()).collect();
    let payment = copay::settle_month(masters, &payment_of(patient, setting, &all, &days))?;
    Ok((statement, payment))
}
