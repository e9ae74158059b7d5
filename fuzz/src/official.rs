//! Reads bytes as a published file.

use santei::master::{official, schema::TABLES};

use crate::table;

/// A name for each layout that is read, by which the target `official_any` offers its bytes.
pub const NAMES: [&str; 33] = [
    "s_ALL20240531.csv", "y_20240531.csv", "t_20240531.csv", "c_20240531.csv", "ck_ALL_20240531.csv",
    "b_20240601.txt", "hb_20240601.txt", "z_20240601.txt", "ikou_20240601.txt", "k.csv",
    "01補助マスターテーブル.csv", "02包括テーブル.csv", "03-1背反テーブル1.csv", "03-2背反テーブル2.csv",
    "03-3背反テーブル3.csv", "03-4背反テーブル4.csv", "04入院基本料テーブル.csv", "05算定回数テーブル.csv",
    "MEDIS20240531.TXT", "MEDIS20240531_OP.TXT", "shisetsukijun_20240531.tsv", "h_20240531.csv",
    "01歯科補助マスターテーブル.csv", "02歯科包括テーブル.csv", "03-1歯科背反テーブル1.csv", "03-2歯科背反テーブル2.csv",
    "03-3歯科背反テーブル3.csv", "03-4歯科背反テーブル4.csv", "03-5歯科背反テーブル5.csv", "04歯科算定回数テーブル.csv",
    "m_20240531.csv", "r_20240531.csv", "m_regional_publicly_funded_all_20240531.csv",
];

/// Reads a file and checks what comes out.
pub fn read(name: &str, bytes: &[u8]) {
    let outcome = official::read_file(name, bytes);
    let mut masters = Vec::new();
    for schema in TABLES {
        let rows = outcome.set.rows(schema.kind).to_vec();
        table::check(schema, &rows, &outcome.faults);
        masters.push((schema, rows));
    }
    for report in &outcome.files {
        assert_eq!(report.sha256.len(), 64);
        assert!(report.faults <= outcome.faults.count());
    }
    assert!(!outcome.files.is_empty() || outcome.faults.count() > 0 || outcome.set.is_empty());
    // Joining leaves no two rows of a code on one day: the set can always be written.
    let written = outcome.set.clone().write();
    assert!(written.is_ok(), "{:?}", written.err());
    table::written(outcome.set, &masters);
}
