//! The key of a relation: two codes in one number, as the first version of the format stores them.

/// The second code is below this.
const STEP: u64 = 1_000_000_000;

/// One number for two codes: the first × 10⁹ + the second.
pub(crate) fn joined(first: u32, second: u32) -> u64 {
    u64::from(first) * STEP + u64::from(second)
}

/// The two codes of such a number.
pub(crate) fn split(pair: u64) -> (u32, u32) {
    let part = |part: u64| u32::try_from(part).unwrap_or(u32::MAX);
    (part(pair / STEP), part(pair % STEP))
}
