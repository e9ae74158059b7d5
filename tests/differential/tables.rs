//! The tables of `masters/`, as texts.

use std::{collections::HashMap, sync::Arc};

use crate::fee_tables::FeeTables;

/// One hundred-millionth: figures have two decimals, percentages two more each, amounts of drugs five.
pub(crate) const ONE: i128 = 100_000_000;

/// A decimal text as a whole number of hundred-millionths.
pub(crate) fn decimal(text: &str) -> i128 {
    if text.is_empty() {
        return 0;
    }
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    assert!(fraction.len() <= 8, "{text}");
    let fraction: i128 = format!("{fraction:0<8}").parse().unwrap();
    sign * (whole.parse::<i128>().unwrap() * ONE + fraction)
}

/// How sure a figure is, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Certainty {
    Official,
    Confirmed,
    Single,
    Unverified,
}

impl Certainty {
    pub(crate) fn of(name: &str) -> Self {
        match name {
            "official" => Self::Official,
            "confirmed" => Self::Confirmed,
            "single" => Self::Single,
            "unverified" => Self::Unverified,
            other => panic!("{other}"),
        }
    }
}

/// One row of a table.
#[derive(Clone)]
pub(crate) struct Row {
    columns: Arc<HashMap<String, usize>>,
    record: csv::StringRecord,
}

impl Row {
    pub(crate) fn text(&self, column: &str) -> &str {
        &self.record[*self.columns.get(column).unwrap_or_else(|| panic!("no column {column}"))]
    }

    /// A mark that the tables of `masters/` may not have.
    pub(crate) fn mark(&self, column: &str) -> i64 {
        if self.columns.contains_key(column) { self.number(column) } else { 0 }
    }

    pub(crate) fn number(&self, column: &str) -> i64 {
        let text = self.text(column);
        if text.is_empty() { 0 } else { text.parse().unwrap_or_else(|_| panic!("{column}: {text}")) }
    }

    pub(crate) fn decimal(&self, column: &str) -> i128 {
        decimal(self.text(column))
    }

    pub(crate) fn code(&self) -> &str {
        self.text("code")
    }

    /// How sure its figures are, as the engine names it.
    pub(crate) fn certainty(&self) -> Certainty {
        Certainty::of(self.text("certainty"))
    }

    /// The part of the fee schedule: its first letter.
    pub(crate) fn part(&self) -> &str {
        self.text("fee_item").get(..1).unwrap_or("")
    }

    /// 告示等識別区分(1): a line of its own.
    pub(crate) fn stands_alone(&self) -> bool {
        matches!(self.text("notice_1"), "1" | "3" | "5")
    }

    fn in_force(&self, on: &str) -> bool {
        let last = self.text("last_day");
        self.text("from") <= on && (last.is_empty() || on <= last)
    }
}

/// One table, by code.
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
    places: HashMap<String, Vec<usize>>,
}

impl Table {
    /// Rows by the names of their columns.
    pub(crate) fn of(names: &[&str], records: impl IntoIterator<Item = csv::StringRecord>) -> Self {
        let columns: HashMap<String, usize> =
            names.iter().enumerate().map(|(place, name)| ((*name).to_owned(), place)).collect();
        let columns = Arc::new(columns);
        let rows: Vec<Row> = records.into_iter().map(|record| Row { columns: Arc::clone(&columns), record }).collect();
        let mut places = HashMap::<String, Vec<usize>>::new();
        if columns.contains_key("code") {
            for (place, row) in rows.iter().enumerate() {
                places.entry(row.code().to_owned()).or_default().push(place);
            }
        }
        Self { rows, places }
    }

    /// A table of `masters/`.
    pub(crate) fn read(file: &str) -> Self {
        let path = format!("{}/masters/{file}", env!("CARGO_MANIFEST_DIR"));
        let mut reader = csv::Reader::from_path(path).unwrap();
        let header = reader.headers().unwrap().clone();
        Self::of(&header.iter().collect::<Vec<_>>(), reader.records().map(Result::unwrap))
    }

    pub(crate) fn get(&self, code: &str, on: &str) -> Option<&Row> {
        self.places.get(code)?.iter().map(|place| &self.rows[*place]).find(|row| row.in_force(on))
    }

    pub(crate) fn on<'t>(&'t self, on: &'t str) -> impl Iterator<Item = &'t Row> {
        self.rows.iter().filter(move |row| row.in_force(on))
    }
}

/// What one reading rests on.
pub(crate) struct Tables {
    pub(crate) procedures: Table,
    pub(crate) drugs: Table,
    pub(crate) bundles: Table,
    pub(crate) roles: Table,
    pub(crate) fees: FeeTables,
}

impl Tables {
    pub(crate) fn read() -> Self {
        Self {
            procedures: Table::read("procedures.csv"),
            drugs: Table::read("drugs.csv"),
            bundles: Table::read("test-bundles.csv"),
            roles: Table::read("roles.csv"),
            fees: FeeTables::read(),
        }
    }
}
