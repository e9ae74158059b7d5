//! Examples with known answers, each with the text that it comes from, as visits through the public interface.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail in any way it likes"
)]

mod a_basic;
mod additions;
mod boundary;
mod claims;
mod copay;
mod d_tests;
mod e_imaging;
mod f_medication;
mod h_rehabilitation;
mod inpatient;
mod judgement;
mod k_surgery;
mod l_anesthesia;
mod o_other;
mod older;
mod price;
mod supplies;
mod support;
mod tables;
mod vectors;
