//! Claims recomputed: the sample of seventy-five, and claims with one fault each.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that stops says where")]

mod faults;
mod sample;

use santei::{
    claim::{
        read::{Reader, SegmentKind},
        recompute::{History, RecomputeOptions, Recomputed, recompute},
        view::Claim,
    },
    master::Masters,
};

/// Every claim of a file, recomputed.
fn all(masters: &Masters, file: &[u8], history: &History) -> Vec<Recomputed> {
    let mut reader = Reader::new(file);
    let mut out = Vec::new();
    while let Some(batch) = reader.next_batch().unwrap() {
        for segment in batch.segments().filter(|segment| segment.kind() == SegmentKind::Claim) {
            out.extend(recompute(masters, &Claim::of(segment), history, RecomputeOptions { encounter: true }));
        }
    }
    out
}

/// Adds the claims of a file to a history.
fn add(history: &mut History, file: &[u8]) {
    let mut reader = Reader::new(file);
    while let Some(batch) = reader.next_batch().unwrap() {
        for segment in batch.segments().filter(|segment| segment.kind() == SegmentKind::Claim) {
            assert!(history.add(&Claim::of(segment)));
        }
    }
}
