//! Reads bytes as a published file.

use santei::master::{MasterKind, official, schema};

use crate::table;

/// The masters that the readers give.
const READ: [MasterKind; 4] = [MasterKind::Procedure, MasterKind::Drug, MasterKind::Disease, MasterKind::Modifier];

/// Reads a file and checks what comes out.
pub fn read(name: &str, bytes: &[u8]) {
    let outcome = official::read_file(name, bytes);
    let mut masters = Vec::new();
    for kind in READ {
        let rows = outcome.set.rows(kind).to_vec();
        table::check(schema::schema(kind), &rows, &outcome.faults);
        masters.push((schema::schema(kind), rows));
    }
    for report in &outcome.files {
        assert_eq!(report.sha256.len(), 64);
        assert!(report.faults <= outcome.faults.count());
    }
    assert!(!outcome.files.is_empty() || outcome.faults.count() > 0 || outcome.set.is_empty());
    // Joining leaves no two rows of a code on one day: the set can always be written.
    assert!(outcome.set.clone().write().is_ok(), "{:?}", outcome.set.write().err());
    table::written(outcome.set, &masters);
}
