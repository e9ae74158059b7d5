//! Where the rows of a code begin: a hash of the code column, made when a table is first asked and kept beside it.

use std::sync::OnceLock;

/// Marks a free place.
const FREE: u32 = u32::MAX;

/// The first row of every code of a table that is sorted by code.
#[derive(Default)]
pub(super) struct Places(OnceLock<Box<[u32]>>);

impl Places {
    /// The first row of a code, or some other row when no row has it. `code` gives the code of a row.
    pub(super) fn first(&self, key: u64, rows: usize, code: impl Fn(usize) -> u64) -> Option<usize> {
        let places = self.0.get_or_init(|| build(rows, &code));
        let mask = places.len().checked_sub(1)?;
        let mut at = hash(key) & mask;
        loop {
            let row = *places.get(at)?;
            if row == FREE {
                return None;
            }
            let row = row as usize;
            if code(row) == key {
                return Some(row);
            }
            at = (at + 1) & mask;
        }
    }
}

fn build(rows: usize, code: &impl Fn(usize) -> u64) -> Box<[u32]> {
    // At most half full, so that a search for a code that is not there soon meets a free place.
    let mut places = vec![FREE; (rows * 2).next_power_of_two().max(2)].into_boxed_slice();
    let mask = places.len() - 1;
    let mut before = None;
    for row in 0..rows {
        let key = code(row);
        if before.replace(key) == Some(key) {
            continue;
        }
        let mut at = hash(key) & mask;
        while places.get(at).is_some_and(|place| *place != FREE) {
            at = (at + 1) & mask;
        }
        if let (Some(place), Ok(row)) = (places.get_mut(at), u32::try_from(row)) {
            *place = row;
        }
    }
    places
}

/// Fibonacci hashing: the high bits of a product with 2⁶⁴ ÷ φ are well mixed even for codes that follow each other.
fn hash(key: u64) -> usize {
    usize::try_from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).unwrap_or(0)
}
