//! Whether anything of a calculation can bear on anything else by 電子点数表 02 and 03. In most visits nothing does, and then
//! nothing has to be weighed. It asks by codes and days alone: where it says no there is no relation, where it says yes there
//! may be none all the same.

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        draft::Draft,
        marks::{bundles, exclusions},
        phase::{bundle::member, exclude::Table},
        window::When,
    },
    master::{FeeAux, Masters},
};

/// With more charges the question would cost as much as the answer.
const MANY: usize = 128;

/// A code on a day.
struct Charge {
    code: ProcedureCode,
    on: ServiceDate,
    /// Which tables of exclusion know the code on the day.
    tables: u8,
}

/// Whether a relation may hold between lines, or between a line and what of the past is `near`.
pub(super) fn any(draft: &Draft<'_>, near: impl Fn(When, When) -> bool) -> bool {
    let masters = draft.masters;
    let charge = |code, on| Charge { code, on, tables: 0 };
    let past = draft.encounter.history.iter().filter(|past| {
        let when = |date| When { date, visit: None };
        draft.visits.iter().any(|visit| near(when(past.date), when(visit.date)))
    });
    let past = past.map(|past| charge(past.procedure, past.date));
    let lines = draft
        .visits
        .iter()
        .flat_map(|visit| visit.items().filter_map(move |item| item.code()).map(move |code| charge(code, visit.date)));
    let mut charges: Vec<Charge> = Vec::with_capacity(draft.encounter.history.len().min(MANY) + 24);
    charges.extend(past.chain(lines).take(MANY + 1));
    if charges.len() > MANY {
        return true;
    }
    let latest = charges.iter().map(|charge| charge.on).max();
    // The codes that the tables of exclusion know.
    let mut known: Vec<ProcedureCode> = Vec::with_capacity(charges.len());
    let mut parents: Vec<(FeeAux<'_>, ProcedureCode, ServiceDate)> = Vec::new();
    for charge in &mut charges {
        let Charge { code, on, tables } = charge;
        let aux = |on| masters.row::<FeeAux<'_>>(code, on);
        if let Some(aux) = aux(*on) {
            if bundles(aux) {
                parents.push((aux, *code, *on));
            }
            *tables = exclusions(aux);
        }
        // The rows are those of the later day.
        let later = |latest: &ServiceDate| *latest > *on && aux(*latest).is_some_and(|aux| exclusions(aux) != 0);
        if *tables != 0 || latest.as_ref().is_some_and(later) {
            known.push(*code);
        }
    }
    crate::order::sort(&mut known);
    known.dedup();
    let first = draft.visits.iter().map(|visit| visit.date).min();
    // The past is not weighed against the past.
    let mut asks = charges.iter().filter(|charge| charge.tables != 0 && first.is_some_and(|first| charge.on >= first));
    asks.any(|charge| bears(masters, charge, &known))
        || parents.iter().any(|(aux, code, on)| contains(masters, *aux, (*code, *on), &charges))
}

/// Whether a procedure contains one of these.
fn contains(masters: &Masters, aux: FeeAux<'_>, (code, on): (ProcedureCode, ServiceDate), charges: &[Charge]) -> bool {
    aux.bundles().into_iter().filter_map(|(_, group)| group).any(|group| {
        let mut others = charges.iter().filter(|charge| charge.code != code);
        others.any(|other| member(masters, group, other.code, on.max(other.on)).is_some())
    })
}

/// Whether a table of exclusion leads from a code to one of these.
fn bears(masters: &Masters, charge: &Charge, known: &[ProcedureCode]) -> bool {
    Table::ALL
        .into_iter()
        .filter(|table| charge.tables & table.bit() != 0)
        .any(|table| table.leads(masters, charge.code, known, charge.on))
}
