//! From an encounter to a statement, in eight phases.
//!
//! 1. **resolve**: each ordered code at its service date
//! 2. **derive**: what the rules add
//! 3. **adjust**: additions attach to their base
//! 4. **bundle**: 包括
//! 5. **exclude**: 背反
//! 6. **limit**: 算定回数
//! 7. **price**: きざみ, drugs, percentages, rounding
//! 8. **total**: by section
//!
//! `docs/phases.md` tells what each does and what this version leaves out.

mod billed;
mod binding;
mod condition;
mod contest;
mod draft;
pub mod encounter;
pub(crate) mod input;
mod ledger;
mod marks;
pub(crate) mod path;
mod phase;
mod quantity;
mod refusal;
mod rule;
mod section;
mod statement;
pub(crate) mod text;
mod trace;
mod unchecked;
mod vertebra;
mod window;
pub(crate) mod written;

pub(crate) use binding::{Fit, fit, is_addition};
pub(crate) use draft::{Why, reason};
pub use encounter::Encounter;
pub use refusal::{InputError, InputErrorKind, Refusal};
pub use statement::{
    DrugLine, ElectiveCare, Line, NotChecked, Origin, Reason, SectionTotal, Statement, Verdict, VisitStatement,
};
pub use trace::TraceNode;
pub use vertebra::{NotAVertebra, Vertebra};

use crate::master::Masters;
use phase::{adjust, bundle, derive, exclude, limit, price, resolve, total};
use text::Text;

/// Charges an encounter.
///
/// With `trace`, what each phase did comes back as a tree; without, none is collected.
///
/// # Errors
/// [`Refusal`] with every fault of the input and its JSON path.
pub fn charge(
    masters: &Masters,
    encounter: &Encounter,
    trace: bool,
) -> Result<(Statement, Option<Vec<TraceNode>>), Refusal> {
    billed(masters, encounter, trace).map(|(statement, trace)| (statement.owned(), trace))
}

/// The same, with the texts of the statement where they stand.
pub(crate) fn billed<'m>(
    masters: &'m Masters,
    encounter: &'m Encounter,
    trace: bool,
) -> Result<(Statement<Text<'m>>, Option<Vec<TraceNode>>), Refusal> {
    let mut draft = resolve::run(masters, encounter, trace)?;
    derive::run(&mut draft);
    adjust::run(&mut draft);
    let found = bundle::run(&mut draft)?;
    exclude::run(&mut draft, found)?;
    limit::run(&mut draft);
    price::run(&mut draft)?;
    total::run(draft)
}
