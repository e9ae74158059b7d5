//! Calculates a visit in several ways that must agree.

use std::sync::LazyLock;

use santei::{
    calculation::{self, Calculation, Options},
    fee::{Encounter, Refusal},
    master::Masters,
};

/// The standard masters, opened once.
pub static STANDARD: LazyLock<Masters> = LazyLock::new(|| Masters::standard().expect("the standard masters open"));

/// Calculates a JSON text, and checks all that must hold whether it is accepted or not.
pub fn text(masters: &Masters, text: &str) {
    let plain = calculation::calculate_json(masters, text, &Options::default());
    let encounter = match calculation::parse(text) {
        Ok(encounter) => encounter,
        Err(refusal) => {
            assert_eq!(plain.as_ref(), Err(&refusal));
            return refused(&refusal);
        }
    };
    let again = serde_json::to_string(&encounter).expect("an encounter can be written");
    assert_eq!(calculation::parse(&again).as_ref(), Ok(&encounter), "{again}");
    match plain {
        Ok(calculation) => {
            crate::money::check(&calculation);
            agree(masters, &encounter, &calculation);
        }
        Err(refusal) => refused(&refusal),
    }
}

/// Calculates an encounter and gives what came out.
pub fn encounter(masters: &Masters, encounter: &Encounter) -> bool {
    let text = serde_json::to_string(encounter).expect("an encounter can be written");
    self::text(masters, &text);
    calculation::calculate_json(masters, &text, &Options::default()).is_ok()
}

/// The trace and the order of what is given change nothing.
fn agree(masters: &Masters, encounter: &Encounter, plain: &Calculation) {
    let options = Options { trace: true, ..Options::default() };
    let mut traced = calculation::calculate(masters, encounter.clone(), &options).expect("the trace refuses nothing");
    assert!(traced.trace.take().is_some_and(|trace| !trace.is_empty()));
    assert_eq!(&traced, plain, "the trace changed the result");

    let mut turned = encounter.clone();
    for visit in &mut turned.visits {
        visit.diagnoses.reverse();
        visit.orders.reverse();
        visit.prescriptions.reverse();
    }
    turned.history.reverse();
    let turned = calculation::calculate(masters, turned, &Options::default()).expect("the order refuses nothing");
    assert_eq!(turned.statement.total_points, plain.statement.total_points, "the order of orders changed the points");
    assert_eq!(turned.statement.settled, plain.statement.settled);
    let amounts = |calculation: &Calculation| calculation.copay.iter().map(|copay| copay.amount).collect::<Vec<_>>();
    assert_eq!(amounts(&turned), amounts(plain), "the order of orders changed the copay");
}

fn refused(refusal: &Refusal) {
    assert!(!refusal.errors.is_empty() && refusal.errors.len() <= Refusal::LIMIT);
    assert!(refusal.errors.iter().all(|error| !error.message.is_empty()));
    assert!(!refusal.to_string().is_empty());
}
