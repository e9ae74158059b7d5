//! Reads and checks any bytes as a claim file.

use santei::{
    claim::{
        check::{Checker, RULES},
        read::{Reader, SegmentKind},
        recompute::{History, Points, RULES as POINT_RULES},
        view::Claim,
    },
};

use crate::visit::STANDARD;

/// Most bytes of a batch, so that a file of few bytes has several.
const BATCH: usize = 512;

/// What is read is the file, whatever it is; batches of another size see the same; a finding names a rule and a line of it.
pub fn bytes(bytes: &[u8]) {
    let Some((first, file)) = bytes.split_first() else { return };
    let batch = usize::from(*first) * 2 % BATCH + 1;
    assert_eq!(segments(file, batch), segments(file, usize::MAX), "batches of {batch}");
    let lines = 1 + file.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64;
    let mut found = 0_u64;
    let checker = Checker::new(&STANDARD).with(Points::new(History::new()));
    let summary = checker
        .check(file, None, &mut |finding| {
            found += 1;
            assert!((1..=lines).contains(&finding.line), "{finding:?}");
            assert!(RULES.iter().copied().chain(POINT_RULES).any(|rule| rule.id == finding.rule.id), "{finding:?}");
        })
        .expect("a slice can be read");
    assert_eq!(summary.errors + summary.warnings + summary.notes, found);
}

fn segments(file: &[u8], size: usize) -> Vec<(SegmentKind, u64, usize)> {
    let mut reader = Reader::new(file).with_batches_of(size);
    let (mut whole, mut all) = (Vec::new(), Vec::new());
    while let Some(batch) = reader.next_batch().expect("a slice can be read") {
        whole.extend_from_slice(batch.bytes());
        for segment in batch.segments() {
            all.push((segment.kind(), segment.first_line(), segment.bytes().len()));
            for unit in Claim::of(segment).units() {
                assert!(unit.items().filter(|item| !item.record.field(6).is_empty()).count() <= 1);
            }
        }
    }
    assert!(whole == file, "the file is read without a loss");
    all
}
