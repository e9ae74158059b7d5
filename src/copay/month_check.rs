//! What must hold before a month is worked out: one calendar month, one coverage, ages and classes that go together.

use super::{
    claim::ClaimPayer,
    class::AgeClass,
    figure::figure,
    input::{Month, MonthPayer},
    insurer::{Scheme, contradiction, scheme},
    rate, subsidy,
};
use crate::{
    code::PayerNumber,
    date::{Age, ServiceDate},
    fee::{InputError, InputErrorKind, Refusal, encounter::Coverage},
    master::{Certainty, CopayRate, Masters, PayerRule},
    money::Yen,
};

/// Most visits of a month.
const MOST_VISITS: usize = 1_000;

/// Most days of a month.
const MOST_DAYS: u32 = 31;

/// A month that can be worked out.
pub(super) struct Checked {
    pub(super) on: ServiceDate,
    pub(super) age: AgeClass,
    pub(super) rate_tenths: u8,
    pub(super) halved: bool,
    pub(super) payers: Vec<ClaimPayer>,
    pub(super) certainty: Certainty,
    pub(super) warnings: Vec<String>,
    /// Whose number the insurer has.
    pub(super) scheme: Option<Scheme>,
    /// What is not shown of this person's scheme.
    pub(super) unverified: Vec<String>,
}

struct Faults(Vec<InputError>);

impl Faults {
    fn push(&mut self, path: String, kind: InputErrorKind, message: &str, expected: &str, got: &str) {
        self.0.push(InputError::new(path, kind, message).expected(expected, got));
    }
}

pub(super) fn check(masters: &Masters, month: &Month) -> Result<Checked, Refusal> {
    let mut faults = Faults(Vec::new());
    let Some(first) = month.visits.iter().min_by_key(|visit| visit.date) else {
        let error = InputError::new("visits", InputErrorKind::Contradiction, "a month has visits");
        return Err(Refusal::one(error.expected("at least one visit", "none")));
    };
    if month.visits.len() > MOST_VISITS {
        let got = month.visits.len().to_string();
        faults.push("visits".into(), InputErrorKind::TooMuch, "too many visits", "at most 1000", &got);
    }
    let on = first.date;
    visits(month, on, &mut faults);
    let mut warnings = numbers(month, &mut faults);
    let payers = payers(masters, month, on, &mut faults);
    let person = person(masters, month, on, &mut faults);
    let mut person = match person {
        Some(person) if faults.0.is_empty() => person,
        _ => {
            faults.0.truncate(Refusal::LIMIT);
            return Err(Refusal { errors: faults.0 });
        }
    };
    warnings.extend(asked_by_income(masters, on, &payers));
    if person.scheme == Some(Scheme::Unknown) {
        warnings.push("coverage.insurer: この法別番号の保険者はない".to_owned());
    }
    person.payers = payers;
    person.warnings = warnings;
    Ok(person)
}

fn visits(month: &Month, on: ServiceDate, faults: &mut Faults) {
    let coverage = &month.coverage;
    for (index, visit) in month.visits.iter().enumerate() {
        let path = format!("visits[{index}].date");
        let got = visit.date.to_string();
        if !visit.date.same_month(on) {
            let expected = format!("a day of {:04}-{:02}", on.year(), on.month());
            faults.push(path, InputErrorKind::Date, "the visits lie in several months", &expected, &got);
        } else if coverage.from.is_some_and(|from| visit.date < from) {
            let expected = coverage.from.map_or_else(String::new, |from| format!("from {from} on"));
            faults.push(path, InputErrorKind::Date, "the visit is before the coverage begins", &expected, &got);
        } else if coverage.until.is_some_and(|until| visit.date > until) {
            let expected = coverage.until.map_or_else(String::new, |until| format!("up to {until}"));
            faults.push(path, InputErrorKind::Date, "the visit is after the coverage ends", &expected, &got);
        }
        if visit.segments.is_empty() {
            let path = format!("visits[{index}].segments");
            faults.push(path, InputErrorKind::Contradiction, "a visit has points", "at least one segment", "none");
        }
        if let Some(paid) = visit.paid.filter(|paid| paid.get() < 0) {
            let path = format!("visits[{index}].paid");
            let got = paid.get().to_string();
            faults.push(path, InputErrorKind::Quantity, "a payment is not below zero", "0 or more", &got);
        }
        if let Some(days) = visit.days.filter(|days| !(1..=MOST_DAYS).contains(days)) {
            let path = format!("visits[{index}].days");
            faults.push(path, InputErrorKind::Quantity, "no such number of days", "1 to 31", &days.to_string());
        }
        for (place, segment) in visit.segments.iter().enumerate() {
            let path = format!("visits[{index}].segments[{place}]");
            if !(0..=super::claim::MAX_COST / 10).contains(&segment.points.get()) {
                let got = segment.points.get().to_string();
                faults.push(format!("{path}.points"), InputErrorKind::Quantity, "no such points", "0 or more", &got);
            }
            let national = |payer: &usize| {
                month.payers.get(*payer).is_some_and(|payer| payer.rule.is_none() && payer.local.is_none())
            };
            if !coverage.insured && !segment.payers.iter().any(national) {
                let message = "without insurance every cost needs a national programme";
                let path = format!("{path}.payers");
                faults.push(path, InputErrorKind::Contradiction, message, "a place in `payers`", "none");
            }
            for (at, payer) in segment.payers.iter().enumerate() {
                let path = format!("{path}.payers[{at}]");
                let got = payer.to_string();
                if *payer >= month.payers.len() {
                    let expected = format!("a place below {}", month.payers.len());
                    let message = "the segment names a payer that is not there";
                    faults.push(path, InputErrorKind::Contradiction, message, &expected, &got);
                } else if let Some(days) = month.payers.get(*payer).and_then(|payer| payer.outside(visit.date)) {
                    let message = "the visit is not within the days of the voucher";
                    faults.push(path, InputErrorKind::Date, message, &days, &visit.date.to_string());
                } else if segment.payers.iter().take(at).any(|other| other == payer) {
                    let message = "the segment names a payer twice";
                    faults.push(path, InputErrorKind::Contradiction, message, "each payer once", &got);
                }
            }
        }
    }
}

/// The shapes of all numbers; wrong check digits are warnings.
fn numbers(month: &Month, faults: &mut Faults) -> Vec<String> {
    let mut warnings = Vec::new();
    let mut check = |path: String, kind: PayerNumber, text: &Option<String>| {
        let Some(text) = text else { return };
        match kind.check(text) {
            Ok(true) => {}
            Ok(false) => warnings.push(format!("{path}: {text} の検証番号が合わない")),
            Err(error) => faults.0.push(InputError::new(path, InputErrorKind::Schema, error.to_string())),
        }
    };
    check("coverage.insurer".into(), PayerNumber::Insurer, &month.coverage.insurer);
    for (index, payer) in month.payers.iter().enumerate() {
        check(format!("payers[{index}].number"), PayerNumber::PublicPayer, &payer.number);
        check(format!("payers[{index}].recipient"), PayerNumber::Recipient, &payer.recipient);
    }
    warnings
}

fn payers(masters: &Masters, month: &Month, on: ServiceDate, faults: &mut Faults) -> Vec<ClaimPayer> {
    let mut payers = Vec::new();
    for (index, payer) in month.payers.iter().enumerate() {
        let path = format!("payers[{index}]");
        let local = payer.rule.is_some() || payer.local.is_some() || of_municipality(masters, payer, on);
        let law = law_of(payer);
        if law.is_none() && !local {
            let message = "a public payer needs its number";
            let expected = "`number`, `law`, `rule` or `local`";
            faults.push(format!("{path}.number"), InputErrorKind::Contradiction, message, expected, "none");
        }
        if let (Some(law), Some(number)) = (&payer.law, &payer.number)
            && !number.starts_with(law.as_str())
        {
            let message = "法別番号 and 公費負担者番号 contradict each other";
            let expected = format!("the first two digits of {number}");
            faults.push(format!("{path}.law"), InputErrorKind::Contradiction, message, &expected, law);
        }
        if payer.rule.is_some() && payer.local.is_some() {
            let message = "a programme is described twice";
            faults.push(format!("{path}.local"), InputErrorKind::Contradiction, message, "`rule` or `local`", "both");
        }
        for (name, amount) in [("cap", payer.cap), ("paid_elsewhere", payer.paid_elsewhere)] {
            if let Some(amount) = amount.filter(|amount| amount.get() < 0) {
                let got = amount.get().to_string();
                let path = format!("{path}.{name}");
                faults.push(path, InputErrorKind::Quantity, "an amount is below zero", "0 or more", &got);
            }
        }
        if let Some(name) = payer.local.as_ref().and_then(|pattern| pattern.negative()) {
            let path = format!("{path}.local.{name}");
            faults.push(path, InputErrorKind::Quantity, "an amount is below zero", "0 or more", "less");
        }
        if local && payer.cap.is_some() {
            let message = "the limits of a municipal programme stand in its rule";
            faults.push(format!("{path}.cap"), InputErrorKind::Contradiction, message, "no cap", "a cap");
        }
        // What was paid elsewhere has used the cap up already.
        let elsewhere = payer.paid_elsewhere.map_or(0, Yen::get);
        let cap = payer.cap.map(|cap| Yen::new((cap.get() - elsewhere).max(0)).unwrap_or(Yen::ZERO));
        payers.push(ClaimPayer { law: law.unwrap_or_default(), cap, local });
    }
    payers
}

/// Programmes that take something of the patient by income, where the input names no amount.
fn asked_by_income(masters: &Masters, on: ServiceDate, payers: &[ClaimPayer]) -> Vec<String> {
    let asked = |(index, payer): (usize, &ClaimPayer)| {
        let law = payer.law.split('.').next().filter(|_| payer.cap.is_none())?;
        let figure = figure(masters, &format!("asked.{law}"), on)?;
        let amount = if figure.value > 0 { format!("（月{}円など）", figure.value) } else { String::new() };
        let article = figure.article;
        Some(format!(
            "payers[{index}]: 法別{law}は所得により患者負担がある{amount}。患者票に額があれば cap に入れる（{article}）"
        ))
    };
    payers.iter().enumerate().filter_map(asked).collect()
}

/// Whether a number is one of the 地単公費 master: no national programme has its 法別番号.
pub(super) fn of_municipality(masters: &Masters, payer: &MonthPayer, on: ServiceDate) -> bool {
    let Some(number) = payer.number.as_deref().filter(|number| number.len() == 8) else { return false };
    let national = number.get(..2).is_some_and(|law| masters.row::<PayerRule<'_>>(law, on).is_some());
    !national && subsidy::knows(masters, number, on)
}

/// 法別番号, with 実施機関番号 where the whole number is known.
fn law_of(payer: &MonthPayer) -> Option<String> {
    match &payer.number {
        Some(number) => {
            let law = number.get(..2)?;
            number.get(4..7).map(|office| format!("{law}.{office}"))
        }
        None => payer.law.clone(),
    }
}

/// Age, share and whether the ceilings are halved.
fn person(masters: &Masters, month: &Month, on: ServiceDate, faults: &mut Faults) -> Option<Checked> {
    let coverage = &month.coverage;
    let born = month.birth_date;
    let last = month.visits.iter().map(|visit| visit.date).filter(|date| date.same_month(on)).max().unwrap_or(on);
    let Some(age) = Age::on(born, on) else {
        let expected = format!("a day up to {on}");
        faults.push(
            "birth_date".into(),
            InputErrorKind::Date,
            "the birth is after a visit",
            &expected,
            &born.to_string(),
        );
        return None;
    };
    let scheme = coverage.insurer.as_deref().filter(|number| PayerNumber::Insurer.check(number).is_ok()).map(scheme);
    let late_elderly = coverage.late_elderly || scheme == Some(Scheme::LateElderly);
    let known = Coverage { income_class: None, late_elderly };
    let late = known.is_late_elderly(age);
    if let Some(error) = scheme.filter(|_| coverage.insured).and_then(|scheme| contradiction(scheme, late, age)) {
        faults.0.push(error);
        return None;
    }
    if !late && Age::on(born, last).is_some_and(|age| known.is_late_elderly(age)) {
        let message = "the late-elderly scheme begins between the visits: work out each insurance's month by itself";
        let got = format!("{on} to {last}");
        faults.push("visits".into(), InputErrorKind::Contradiction, message, "visits of one insurance", &got);
    }
    let class = match (late, age.past_month_after(70)) {
        (true, _) => AgeClass::From75,
        (false, true) => AgeClass::From70To74,
        (false, false) => AgeClass::Under70,
    };
    let told = coverage.ceiling_class.and_then(|class| rate::income_of(masters, class, late, on));
    if let (Some(told), Some(given)) = (told, coverage.income_class)
        && told != given
        && class != AgeClass::Under70
    {
        let message = "income class and ceiling class contradict each other";
        let got = format!("{given:?}").to_lowercase();
        faults.push(
            "coverage.income_class".into(),
            InputErrorKind::Contradiction,
            message,
            "the one of the ceiling class",
            &got,
        );
    }
    let rated = Coverage { income_class: coverage.income_class.or(told), late_elderly };
    let row = match rate::class(masters, born, &rated, on) {
        Ok(class) => {
            masters.get::<CopayRate<'_>>(class, on).map_err(|error| (InputErrorKind::NotInForce, error.to_string()))
        }
        Err(reason) => Err((InputErrorKind::Contradiction, format!("{}（{}）", reason.text, reason.basis))),
    };
    let row = match row {
        Ok(row) => row,
        Err((kind, message)) => {
            faults.0.push(InputError::new("coverage.income_class", kind, message));
            return None;
        }
    };
    // 75 on another day than the first: both insurances halve their ceilings (健康保険法施行令 第41条第4項・第42条第4項). Who
    // was in the scheme before for a disability does not change insurance.
    let birthday = ServiceDate::new(born.year().saturating_add(75), born.month(), born.day())
        .unwrap_or_else(|| Age::reaches(born, 75).next());
    let before = coverage.late_elderly || (late_elderly && on < birthday);
    let turns_75 = birthday.same_month(on) && birthday.day() != 1 && !before;
    let (mut certainty, mut unverified) = (row.certainty(), Vec::new());
    if scheme == Some(Scheme::SelfDefence) {
        certainty = Certainty::Unverified;
        unverified.push("自衛官等（法別07）: 割合と限度額を健康保険と同じとした。防衛省の規程は手元にない".to_owned());
    }
    Some(Checked {
        on,
        age: class,
        rate_tenths: u8::try_from(row.tenths()).unwrap_or(u8::MAX),
        halved: turns_75 || coverage.halved,
        payers: Vec::new(),
        certainty,
        warnings: Vec::new(),
        scheme,
        unverified,
    })
}
