//! No bytes break the readers, and what they keep is what the file says.

use proptest::prelude::*;
use santei::master::{FaultKind, MasterKind, official::read_file};

const NAMES: &[&str] =
    &["s_20240601.csv", "y_20240401.csv", "b_20250601.txt", "hb_20260101.txt", "z_20250601.txt", "k.csv", "x", "a.zip"];

/// A modifier file of so many rows, in the official layout.
fn modifiers(rows: u32) -> String {
    (0..rows)
        .map(|row| {
            format!(
                "\"0\",\"Z\",\"{:04}\",\"\",\"\",\"3\",\"の疑い\",\"\",\"5\",\"ノウタガイ\",\"\",\"0\",\"0\",\"\",\"\",\"99999999\",\"27000001\",\"1234\",\"A8000000\"\r\n",
                // Two digits apart, so that no single changed one makes two rows of the same code.
                8000 + 11 * row
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(name in prop::sample::select(NAMES), bytes in prop::collection::vec(any::<u8>(), 0..400), zip in any::<bool>()) {
        let bytes = if zip { [b"PK\x03\x04".to_vec(), bytes].concat() } else { bytes };
        let _ = read_file(name, &bytes);
    }

    #[test]
    fn one_byte_changed(rows in 1u32..6, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = modifiers(rows).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let outcome = read_file("z_20250601.txt", &bytes);
        let kept = outcome.set.rows(MasterKind::Modifier).len();
        let lines: Vec<u64> = outcome.faults.list().iter().map(|fault| fault.line).collect();
        // A changed byte spoils its own line, and at a line's end the one after it; never another one.
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        prop_assert!(lines.iter().all(|found| *found == 0 || (line..=line + 1).contains(found)), "{lines:?} {line}");
        if outcome.faults.list().iter().all(|fault| fault.kind != FaultKind::UnknownLayout) {
            prop_assert!(kept + 2 >= rows as usize, "{kept} of {rows}");
        }
    }

    #[test]
    fn cut_anywhere(rows in 1u32..6, at in any::<prop::sample::Index>()) {
        let text = modifiers(rows).into_bytes();
        let end = at.index(text.len());
        let outcome = read_file("z_20250601.txt", &text[..end]);
        let length = text.len() / rows as usize;
        // A line is whole once its last quote is there.
        prop_assert_eq!(outcome.set.rows(MasterKind::Modifier).len(), (end + 2) / length);
        let whole = end % length == 0 || end % length + 2 >= length;
        prop_assert_eq!(outcome.faults.is_empty(), whole && end > 0);
    }
}
