//! Santei (算定): the open common calculation module for Japanese medical fees.
#![cfg_attr(not(feature = "wasm"), forbid(unsafe_code))]

pub mod code;
pub mod date;
pub mod lookup;
pub mod master;
pub mod money;
pub mod pack;
