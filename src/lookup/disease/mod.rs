//! Names of diseases as a claim prints them: modifiers in front (右, 急性 …), a base name, modifiers behind (の疑い, 術後 …).
//!
//! [`compose`] makes the name of codes and checks what a claim asks for; [`Decomposer`] finds the codes of a typed name;
//! [`succession`] leads from a code that was given up to the one in its place.
//!
//! ```
//! use santei::{lookup::disease::{DiseaseInput, compose}, master::Masters};
//! let masters = Masters::standard()?;
//! let input = DiseaseInput {
//!     modifiers: vec!["2056".parse()?, "8002".parse()?],
//!     ..DiseaseInput::of("7153018".parse()?)
//! };
//! let composed = compose(&masters, &input);
//! assert_eq!(composed.name, "右変形性膝関節症の疑い");
//! assert!(composed.suspected && composed.valid);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compose;
mod decompose;
mod icd10;
mod index;
mod input;
mod modifier;
mod reading;
mod succession;

pub use compose::{ComposedDisease, DiseaseBase, MAX_MODIFIERS, compose};
pub use decompose::{Decomposed, Decomposer, DiseaseReading, MAX_NAME, UncoveredText};
pub use icd10::{Icd10Part, Icd10Role};
pub use input::{DiseaseInput, DiseaseOutcome};
pub use modifier::{ModifierPart, ModifierPosition, ModifierSort, SUSPECTED};
pub use succession::{Succession, SuccessionStep, succession};

use crate::code::DiseaseCode;

/// 未コード化傷病名: the code of a disease that is written in words.
pub const UNCODED: u32 = 999;

/// Whether the code stands for a disease written in words.
#[must_use]
pub fn is_uncoded(code: DiseaseCode) -> bool {
    code.number() == UNCODED
}

#[cfg(test)]
mod tests;
