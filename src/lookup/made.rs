//! Masters made up for tests.

use crate::{
    date::Period,
    master::{Certainty, MasterKind, MasterRow, MasterSet, Masters, cell, schema},
};

/// A row of a key with these columns, the others empty, from a first day up to a day that it no longer holds (empty: open).
pub(super) fn row(
    kind: MasterKind,
    key: &str,
    days: (&str, &str),
    columns: &[(&str, &str)],
) -> (MasterKind, MasterRow) {
    let schema = schema::schema(kind);
    for (name, _) in columns {
        assert!(schema.column(name).is_some(), "{} has no column {name}", schema.name);
    }
    let cells = schema.columns.iter().map(|column| {
        let given = columns.iter().find(|(name, _)| *name == column.name).map_or("", |(_, value)| value);
        cell::parse(column.kind, given).unwrap()
    });
    let day = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    let row = MasterRow {
        code: schema.key.parse(key).unwrap(),
        period: Period { from: day(days.0).unwrap(), until: day(days.1) },
        certainty: Certainty::Official,
        source: "test".into(),
        cells: cells.collect(),
    };
    (kind, row)
}

/// One pack of these rows and nothing else.
pub(super) fn masters(rows: Vec<(MasterKind, MasterRow)>) -> Masters {
    let mut set = MasterSet::default();
    rows.into_iter().for_each(|(kind, row)| set.push(kind, row));
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(set.write().unwrap()).unwrap();
    masters
}
