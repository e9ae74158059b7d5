//! Code systems as types: a code that exists as a value has the right shape. Whether it is in force is the masters' matter.

mod check;
mod icd10;
mod numeric;
mod payer;
mod text;

pub use check::Checked;
pub use icd10::Icd10Code;
pub use numeric::{
    AnyCode, BundleGroup, CodeSystem, CommentCode, DentalCode, DiseaseCode, DispensingCode, DrugCode, InpatientGroup,
    MaterialCode, ModifierCode, NursingCode, PackageNumber, ProcedureCode, Shape, StandardCode, UnitCode,
};
pub(crate) use payer::INSURER_LAWS;
pub use payer::PayerNumber;
pub use text::{Hot9Code, Jlac10Code, YjCode};

/// Why a text is not a code of the system that was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a {system} ({form}), got `{got}`")]
pub struct CodeError {
    /// The code system, in English and Japanese.
    pub system: &'static str,
    /// The shape that was expected.
    pub form: &'static str,
    /// What was found, cut to 40 characters.
    pub got: String,
}

impl CodeError {
    fn new(system: &'static str, form: &'static str, got: &str) -> Self {
        Self { system, form, got: got.chars().take(40).collect() }
    }
}
