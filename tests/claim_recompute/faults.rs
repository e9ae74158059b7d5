//! One fault each, in claims of 2026 over the standard masters.

use santei::{
    claim::recompute::{History, UnitVerdict},
    master::Masters,
};

use crate::all;
