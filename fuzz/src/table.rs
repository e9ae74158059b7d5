//! Turns rows into a pack and compares what comes out of it.

use santei::{
    master::{BuildError, Faults, MasterRow, MasterSet, schema::TableSchema},
    pack::{Cell, Pack},
};

/// What must hold for the rows and faults of any reader.
pub fn check(schema: &'static TableSchema, rows: &[MasterRow], faults: &Faults) {
    assert!(faults.list().len() <= Faults::LIMIT && faults.list().len() as u64 <= faults.count());
    for fault in faults.list() {
        assert!(!fault.expected.is_empty() && fault.got.chars().count() <= 61, "{fault}");
    }
    for row in rows {
        assert_eq!(row.cells.len(), schema.columns.len());
        assert!(row.period.until.is_none_or(|until| row.period.from < until), "{row:?}");
    }
}

/// Writes the rows of one master and reads them back.
pub fn round_trip(schema: &'static TableSchema, rows: Vec<MasterRow>) {
    let mut set = MasterSet::default();
    for row in &rows {
        set.push(schema.kind, row.clone());
    }
    written(set, &[(schema, rows)]);
}

/// Writes a set and reads the rows of these masters back.
pub fn written(set: MasterSet, masters: &[(&'static TableSchema, Vec<MasterRow>)]) {
    let bytes = match set.clone().write() {
        Ok(bytes) => bytes,
        Err(BuildError::Overlap { .. }) => return,
        Err(error) => panic!("{error}"),
    };
    assert_eq!(set.write().as_ref(), Ok(&bytes), "the same rows give the same bytes");
    let known: Vec<_> = santei::master::schema::TABLES.iter().map(|table| table.tag).collect();
    let pack = Pack::from_vec(bytes, &known).expect("what was written opens");
    for (schema, rows) in masters {
        let mut rows = rows.clone();
        rows.sort_by(|a, b| (&a.code, a.period.from).cmp(&(&b.code, b.period.from)));
        let Some(table) = pack.table(schema.tag) else {
            assert!(rows.is_empty());
            continue;
        };
        assert_eq!(table.rows(), rows.len());
        for (index, row) in rows.iter().enumerate() {
            for (column, cell) in schema.columns.iter().zip(&row.cells) {
                match cell {
                    Cell::Number(number) => assert_eq!(table.number(column.id, index), *number),
                    Cell::Text(text) => assert_eq!(table.text(column.id, index), text),
                }
            }
        }
    }
}

/// Every master, in a fixed order, for a byte of the input to choose from.
pub fn chosen(byte: u8) -> &'static TableSchema {
    let tables = santei::master::schema::TABLES;
    &tables[usize::from(byte) % tables.len()]
}

