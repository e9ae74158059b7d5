//! The programmes of municipalities that a month names: by a rule of the table, by a pattern of the input, or by the number of
//! the 地単公費 master.

use super::{
    class::{AgeClass, Setting},
    input::{Month, MonthVisit, Service},
    local::{Local, in_age},
    month_check::Checked,
    plan::Scheme,
    resolve::Resolved,
    subsidy::{self, Insurance, Wanted},
};
use crate::{
    fee::{InputError, InputErrorKind, Refusal},
    master::{Certainty, LocalRule, Masters},
};

/// Whether anything of the claim falls under a payer of the plan.
fn used(resolved: &Resolved, payer: usize) -> bool {
    resolved.plan.kinds_of(payer).next().is_some()
}

/// Whether a national programme stands before a payer of the plan on the same cost.
fn beside(resolved: &Resolved, payer: usize) -> bool {
    let plan = &resolved.plan;
    let national = |other: &usize| plan.payer(*other).is_some_and(|other| other.scheme != Scheme::Local);
    plan.kinds_of(payer).any(|kind| plan.kinds.get(kind).is_some_and(|payers| payers.iter().any(national)))
}

/// Refuses a month in which several bills together reach the amount from which a programme pays back later: whether what was
/// waived before is then collected, nothing at hand says. `before` is what each bill had before the programme.
pub(super) fn paid_back(locals: &[Option<Local>], resolved: &Resolved, before: &[(usize, i64)]) -> Result<(), Refusal> {
    for (index, local) in locals.iter().enumerate() {
        let Some(from) = local.as_ref().and_then(|local| local.pattern.refunded_from) else { continue };
        let bills: Vec<i64> = before.iter().filter(|(payer, _)| *payer == index).map(|(_, yen)| *yen).collect();
        if bills.len() > 1 && bills.iter().sum::<i64>() >= from.get() {
            let place = resolved.places.get(index).copied().unwrap_or(index);
            let message = format!(
                "the month's share reaches {from}, from which the programme pays back later: what becomes of the bills before \
                 is not known"
            );
            return Err(Refusal::one(InputError::new(
                format!("payers[{place}]"),
                InputErrorKind::NeedsReview,
                message,
            )));
        }
    }
    Ok(())
}

impl Checked {
    /// A programme that charges by the day needs to know how many days a bill of a stay covers.
    pub(super) fn days_known(visits: &[(usize, &MonthVisit)]) -> Result<(), Refusal> {
        let unknown = visits.iter().filter(|(_, visit)| visit.days.is_none());
        let errors: Vec<InputError> = unknown
            .map(|(index, _)| {
                let message = "a programme charges by the day: how many days does this bill of the stay cover?";
                let error = InputError::new(format!("visits[{index}].days"), InputErrorKind::Contradiction, message);
                error.expected("a number of days", "none")
            })
            .take(Refusal::LIMIT)
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(Refusal { errors }) }
    }

    /// The programmes of the plan's payers, in the plan's order.
    pub(super) fn locals(
        &self,
        masters: &Masters,
        month: &Month,
        setting: Setting,
        resolved: &Resolved,
    ) -> Result<Vec<Option<Local>>, Refusal> {
        let mut locals = Vec::new();
        for place in &resolved.places {
            let Some(payer) = month.payers.get(*place) else { continue };
            let municipal = self.payers.get(*place).is_some_and(|payer| payer.local);
            let local = match (&payer.rule, &payer.local, &payer.number) {
                (Some(rule), _, _) => Some(self.of_rule(masters, month, setting, rule, *place)?),
                (None, Some(pattern), _) => Some(Local {
                    name: "地方単独".to_owned(),
                    pattern: pattern.clone(),
                    certainty: Certainty::Official,
                    meals: false,
                }),
                (None, None, Some(number)) if municipal && used(resolved, locals.len()) => {
                    let insurance = Insurance::of(month.coverage.insurer.as_deref(), self.age == AgeClass::From75);
                    let beside = beside(resolved, locals.len());
                    let wanted = Wanted { on: self.on, month, setting, insurance, beside, place: *place };
                    Some(subsidy::local(masters, number, wanted)?)
                }
                _ => None,
            };
            locals.push(local);
        }
        Ok(locals)
    }

    fn of_rule(
        &self,
        masters: &Masters,
        month: &Month,
        setting: Setting,
        rule: &str,
        place: usize,
    ) -> Result<Local, Refusal> {
        let key = match (setting, month.service) {
            (Setting::Inpatient, _) => format!("{rule}/inpatient"),
            (_, Service::Medical) => format!("{rule}/outpatient"),
            (_, Service::Dental) => format!("{rule}/dental"),
            (_, Service::Pharmacy) => format!("{rule}/pharmacy"),
        };
        let path = format!("payers[{place}].rule");
        let row: LocalRule<'_> = masters.get(key.as_str(), self.on).map_err(|error| {
            let help = "masters/local-subsidies.csv has the programmes; `local` describes another one";
            Refusal::one(InputError::new(path.clone(), InputErrorKind::UnknownCode, error.to_string()).help(help))
        })?;
        if in_age(row, month.birth_date, self.on) != Some(true) {
            let message = "the patient is not of the programme's age";
            let error = InputError::new(path, InputErrorKind::Contradiction, message);
            let expected = format!("from {} years, up to {}", row.age_from(), row.age_until());
            return Err(Refusal::one(error.expected(expected, format!("born {}", month.birth_date))));
        }
        Local::of(row).ok_or_else(|| {
            let message = "the programme's row cannot be read";
            Refusal::one(InputError::new(format!("payers[{place}].rule"), InputErrorKind::UnknownCode, message))
        })
    }
}
