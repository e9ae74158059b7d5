//! Every row of the official masters, priced by the engine and by a literal reading of the file's own columns. The files are
//! no part of the project: without them these tests say so and pass.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test says what it skips, and may fail in any way it likes"
)]

mod rows;
