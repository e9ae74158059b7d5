//! The parts of the fee schedule, each under its letter. A rule names procedures by the part they play
//! (`masters/roles.csv`), never by code.

pub(super) mod a_basic;
pub(super) mod b_guidance;
pub(super) mod d_tests;
pub(super) mod e_imaging;
pub(super) mod f_medication;
pub(super) mod h_rehabilitation;
pub(super) mod inputs;
pub(super) mod j_treatment;
mod joining;
pub(super) mod judgement;
pub(super) mod k_surgery;
pub(super) mod k_transfusion;
pub(super) mod l_anesthesia;
pub(super) mod o_other;
pub(super) mod repeats;
pub(super) mod urgent;
