//! A claim as what recomputing needs: the patient, the month, the units.

use crate::{
    claim::{
        detail,
        kinds::{Month, PayerClass},
        view::{Claim, Disease},
    },
    date::ServiceDate,
    fee::encounter::{Diagnosis, Sex},
};

use super::unit::{Entry, Unit, written};

/// What recomputing needs of a claim.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Subject {
    pub(crate) line: u64,
    pub(crate) number: Option<u32>,
    pub(crate) month: Month,
    pub(crate) birth: Option<ServiceDate>,
    pub(crate) sex: Option<Sex>,
    pub(crate) inpatient: bool,
    pub(crate) late_elderly: bool,
    pub(crate) admission: Option<ServiceDate>,
    pub(crate) beds: Option<u32>,
    pub(crate) diagnoses: Vec<Diagnosis>,
    pub(crate) units: Vec<Unit>,
}

impl Subject {
    /// Reads a claim, but for what belongs to a donor. Nothing without a month of service.
    pub(crate) fn of(claim: &Claim<'_>) -> Option<Self> {
        Self::with(claim, claim.units().filter_map(|unit| of(&unit)).collect())
    }

    /// The same of a claim whose units are at hand.
    pub(crate) fn of_units(claim: &Claim<'_>, units: &[detail::Unit<'_>]) -> Option<Self> {
        Self::with(claim, units.iter().filter_map(of).collect())
    }

    fn with(claim: &Claim<'_>, units: Vec<Unit>) -> Option<Self> {
        let header = claim.header()?;
        let kind = header.claim_type();
        Some(Self {
            line: header.record().line(),
            number: header.number(),
            month: header.service_month()?,
            birth: header.birth_date(),
            sex: match header.sex() {
                Some(1) => Some(Sex::Male),
                Some(2) => Some(Sex::Female),
                _ => None,
            },
            inpatient: kind.is_some_and(|kind| kind.inpatient()),
            late_elderly: kind.is_some_and(|kind| kind.payer_class() == PayerClass::LateElderly),
            admission: header.admission_date(),
            beds: header.beds(),
            diagnoses: claim.diseases().filter_map(diagnosis).collect(),
            units,
        })
    }
}

fn diagnosis(disease: Disease<'_>) -> Option<Diagnosis> {
    let modifiers = disease.modifiers().filter_map(|code| code.parse().ok()).collect();
    Some(Diagnosis { disease: disease.code()?.parse().ok()?, modifiers, main: disease.main() })
}

/// A unit without its comments; nothing when it has nothing else.
fn of(unit: &detail::Unit<'_>) -> Option<Unit> {
    let mut entries: Vec<Entry> = Vec::with_capacity(unit.lines.len());
    entries.extend(unit.items().map(|line| Entry { line: line.line(), what: written(line) }));
    if entries.is_empty() {
        return None;
    }
    let mut days = Vec::new();
    if let Some(last) = unit.items().next_back() {
        last.each_day(|place, count| days.extend(u32::try_from(place + 1).map(|day| (day, u32::from(count)))));
    }
    Some(Unit {
        section: unit.section(),
        group: unit.group,
        burden: unit.payer_mix(),
        entries,
        points: unit.points().map(i64::from),
        count: unit.count().unwrap_or(0),
        days,
    })
}
