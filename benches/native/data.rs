//! What is measured on: the published masters of 2024 where they lie beside the project, else the standard masters.

use std::{
    fs,
    path::{Path, PathBuf},
};

use santei::{
    date::ServiceDate,
    lookup::fold,
    master::{
        Disease, Drug, Masters, Modifier, Procedure, Row,
        official::pack_folder,
        schema::{ColumnKind, TABLES, schema},
    },
};

pub(crate) struct Data {
    pub(crate) masters: Masters,
    /// The bytes of the published masters as one pack.
    pub(crate) full: Option<Vec<u8>>,
    pub(crate) label: String,
    /// A day on which most rows are in force.
    pub(crate) day: ServiceDate,
    /// Every row in force on the day.
    pub(crate) rows: Vec<Found>,
}

/// A row as the peers keep it.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) code: String,
    pub(crate) name: String,
    /// Folded: everything by which the search finds the row; codes come first.
    pub(crate) codes: Vec<String>,
    pub(crate) texts: Vec<String>,
}

impl Data {
    pub(crate) fn load() -> Self {
        let full = full();
        let (masters, label, day) = match &full {
            Some(bytes) => {
                let mut masters = Masters::empty().unwrap();
                masters.add_pack(bytes.clone()).unwrap();
                (masters, "the published masters of 2024", "2025-12-01")
            }
            None => (Masters::standard().unwrap(), "the standard masters", "2026-07-01"),
        };
        let day = day.parse().unwrap();
        let rows = rows(&masters, day);
        let label = format!("{label}, {} rows in force on {day}", rows.len());
        Self { masters, full, label, day, rows }
    }
}

impl Data {
    /// Leaves the rows and the pack for the benchmarks in Node, where a folder for them is named.
    pub(crate) fn leave(&self) {
        let Some(folder) = std::env::var_os("SANTEI_BENCH_FOLDER").map(PathBuf::from) else { return };
        fs::create_dir_all(&folder).unwrap();
        // Code, name, every text by which the row is found.
        let rows: Vec<_> = self.rows.iter().map(|row| (&row.code, &row.name, &row.codes, &row.texts)).collect();
        fs::write(folder.join("rows.json"), serde_json::to_string(&rows).unwrap()).unwrap();
        fs::write(folder.join("day"), self.day.to_string()).unwrap();
        let pack = folder.join("masters.pack");
        match &self.full {
            Some(bytes) => {
                fs::write(pack, bytes).unwrap();
                fs::write(folder.join("masters.csv"), csv(&self.masters)).unwrap();
            }
            // A pack of an earlier run must not be taken for this one's.
            None => ["masters.pack", "masters.csv"].iter().for_each(|name| drop(fs::remove_file(folder.join(name)))),
        }
    }
}

/// The rows of the first pack as CSV, to compare sizes.
fn csv(masters: &Masters) -> String {
    let mut out = String::new();
    for (schema, table) in TABLES.iter().filter_map(|schema| Some((schema, masters.packs()[0].table(schema.tag)?))) {
        for row in 0..table.rows() {
            let mut line: Vec<String> = (0..5).map(|column| table.number(column, row).to_string()).collect();
            line[4] = table.text(4, row).to_owned();
            for column in schema.columns {
                line.push(match column.kind {
                    ColumnKind::Text => table.text(column.id, row).to_owned(),
                    _ => Some(table.number(column.id, row))
                        .filter(|n| *n != 0)
                        .map_or_else(String::new, |n| n.to_string()),
                });
            }
            out.push_str(&line.join(","));
            out.push('\n');
        }
    }
    out
}

fn full() -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters/r6");
    if !folder.is_dir() {
        println!("skipped: the published masters, because there is no folder {}", folder.display());
        return None;
    }
    let outcome = pack_folder(&folder, &mut |_| {}).unwrap();
    Some(outcome.set.write().unwrap())
}

fn rows(masters: &Masters, day: ServiceDate) -> Vec<Found> {
    let mut out = Vec::new();
    let folded = |keys: &[&str]| keys.iter().filter(|key| !key.is_empty()).map(|key| fold(key)).collect::<Vec<_>>();
    let mut add = |code: String, name: &str, codes: &[&str], texts: &[&str]| {
        let mut codes = folded(codes);
        codes.push(code.clone());
        out.push(Found { code, name: name.to_owned(), codes, texts: folded(texts) });
    };
    each::<Procedure<'_>>(masters, day, |row| {
        let texts = [row.name(), row.full_name(), row.kana()];
        add(row.code().to_string(), row.name(), &[row.fee_item()], &texts);
    });
    each::<Drug<'_>>(masters, day, |row| {
        let texts = [row.name(), row.full_name(), row.kana(), row.generic_name()];
        let hot9 = Some(row.hot9()).filter(|hot9| *hot9 != 0).map_or_else(String::new, |hot9| hot9.to_string());
        add(row.code().to_string(), row.name(), &[row.price_code(), row.generic_name_code(), &hot9], &texts);
    });
    each::<Disease<'_>>(masters, day, |row| {
        let texts = [row.name(), row.short_name(), row.kana()];
        add(row.code().to_string(), row.name(), &[row.icd10_1(), row.icd10_2(), row.exchange_code()], &texts);
    });
    each::<Modifier<'_>>(masters, day, |row| {
        add(row.code().to_string(), row.name(), &[row.exchange_code()], &[row.name(), row.kana()]);
    });
    out
}

fn each<'m, R: Row<'m>>(masters: &'m Masters, day: ServiceDate, mut with: impl FnMut(R)) {
    let Some(pack) = masters.packs().iter().find(|pack| pack.table(schema(R::KIND).tag).is_some()) else { return };
    let Some(table) = pack.table(schema(R::KIND).tag) else { return };
    (0..table.rows()).map(|row| R::at(table, row)).filter(|row| row.period().contains(day)).for_each(&mut with);
}

/// Numbers that are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}
