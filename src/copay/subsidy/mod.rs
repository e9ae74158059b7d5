//! 地単公費マスター: the rule of a prefecture's or municipality's programme, from the rows of its 公費負担者番号.
//!
//! A row is followed only where every column that it fills can be followed. The lists of values that the columns take
//! (入力要領) are not at hand: what a value means stands in `masters/roles.csv` (`subsidy.…`), and a value that is not
//! there asks for a review, never for a guess.

mod columns;
mod row;

use super::{
    class::Setting,
    input::{Month, Service},
    local::{Local, LocalPattern},
};
use crate::{
    date::ServiceDate,
    fee::{InputError, InputErrorKind, Refusal},
    master::{LocalSubsidy, Masters},
};
use row::{Candidate, Doubt};

/// Which insurance the patient has, as the columns 18 to 20 tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Insurance {
    /// 社保
    Employees,
    /// 国保
    National,
    /// 後期高齢
    LateElderly,
}

impl Insurance {
    /// What a well-formed 保険者番号 tells: six digits are 国保.
    pub(super) fn of(number: Option<&str>, late: bool) -> Option<Self> {
        match number {
            _ if late => Some(Self::LateElderly),
            Some(number) if number.len() == 6 => Some(Self::National),
            Some(_) => Some(Self::Employees),
            None => None,
        }
    }
}

/// What a row is held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) on: ServiceDate,
    pub(super) month: &'a Month,
    pub(super) setting: Setting,
    /// None where nothing tells it.
    pub(super) insurance: Option<Insurance>,
    /// Whether another public payer leaves something that falls under the programme.
    pub(super) beside: bool,
    /// Place in the input's payers.
    pub(super) place: usize,
}

/// Whether the loaded masters have rows of this 公費負担者番号 on the day.
pub(super) fn knows(masters: &Masters, number: &str, on: ServiceDate) -> bool {
    rows(masters, number, None, on).next().is_some()
}

/// The rows of a number, or of one benefit (事業内区分コード) of it.
fn rows<'m>(
    masters: &'m Masters,
    number: &str,
    benefit: Option<&str>,
    on: ServiceDate,
) -> impl Iterator<Item = LocalSubsidy<'m>> {
    masters.in_force::<LocalSubsidy<'m>>(on).filter(move |row| {
        row.code()
            .strip_prefix(number)
            .and_then(|rest| rest.strip_prefix('-'))
            .is_some_and(|rest| benefit.is_none_or(|benefit| benefit == rest))
    })
}

/// The programme as its rows say it for this patient.
pub(super) fn local(masters: &Masters, number: &str, wanted: Wanted<'_>) -> Result<Local, Refusal> {
    let path = |field: &str| format!("payers[{}].{field}", wanted.place);
    let payer = wanted.month.payers.get(wanted.place);
    let benefit = payer.and_then(|payer| payer.benefit.as_deref());
    if wanted.month.service != Service::Medical {
        let message = "the columns of the 地単公費 master are those of 医科: what it leaves here is not known";
        let error = InputError::new(path("number"), InputErrorKind::NeedsReview, message);
        return Err(Refusal::one(error.help("describe the programme with `local`")));
    }
    let mut found: Vec<Candidate> = Vec::new();
    let mut any = false;
    for row in rows(masters, number, benefit, wanted.on) {
        any = true;
        found.extend(row::read(masters, row, &wanted));
    }
    if !any {
        let message = format!("no row of {number} has this 事業内区分コード on {}", wanted.on);
        return Err(Refusal::one(InputError::new(path("benefit"), InputErrorKind::UnknownCode, message)));
    }
    let Some(first) = found.first().cloned() else {
        let message = "no row of the programme covers this patient: age, 入院・外来 and insurance are tried";
        let error = InputError::new(path("number"), InputErrorKind::Contradiction, message);
        return Err(Refusal::one(error.expected("a patient whom the programme covers", number)));
    };
    let doubts: Vec<&Doubt> = found.iter().flat_map(|candidate| &candidate.doubts).collect();
    if !doubts.is_empty() {
        return Err(review(&path("number"), &doubts));
    }
    if let Some(other) = found.iter().find(|other| other.local.pattern != first.local.pattern) {
        let message =
            format!("rows of {number} say different things for this patient: {} and {}", first.key, other.key);
        let error = InputError::new(path("benefit"), InputErrorKind::NeedsReview, message);
        let help = "name the benefit on the voucher with `benefit` (事業内区分コード), or describe it with `local`";
        return Err(Refusal::one(error.help(help)));
    }
    Ok(first.local)
}

/// One error for each column that cannot be followed.
fn review(path: &str, doubts: &[&Doubt]) -> Refusal {
    let mut errors: Vec<InputError> = Vec::new();
    for doubt in doubts {
        let message = format!("column {} {} of the 地単公費 master: {}", doubt.column, doubt.title, doubt.why);
        let mut error = InputError::new(path, InputErrorKind::NeedsReview, message).help(doubt.help);
        if !doubt.value.is_empty() {
            error = error.expected("a value that can be followed", doubt.value.as_str());
        }
        if !errors.contains(&error) && errors.len() < Refusal::LIMIT {
            errors.push(error);
        }
    }
    Refusal { errors }
}

/// What a programme that leaves nothing leaves.
fn free() -> LocalPattern {
    LocalPattern { percent: Some(0), ..LocalPattern::default() }
}
