//! The tables of `masters/`, as texts.

use std::{collections::HashMap, rc::Rc};

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

/// One row of a table.
#[derive(Clone)]
pub(crate) struct Row {
    columns: Rc<HashMap<String, usize>>,
    record: csv::StringRecord,
}

impl Row {
    pub(crate) fn text(&self, column: &str) -> &str {
        &self.record[*self.columns.get(column).unwrap_or_else(|| panic!("no column {column}"))]
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
    fn read(file: &str) -> Self {
        let path = format!("{}/masters/{file}", env!("CARGO_MANIFEST_DIR"));
        let mut reader = csv::Reader::from_path(path).unwrap();
        let names = reader.headers().unwrap().iter().enumerate().map(|(place, name)| (name.to_owned(), place));
        let columns = Rc::new(names.collect::<HashMap<_, _>>());
        let rows: Vec<Row> =
            reader.records().map(|record| Row { columns: Rc::clone(&columns), record: record.unwrap() }).collect();
        let mut places = HashMap::<String, Vec<usize>>::new();
        for (place, row) in rows.iter().enumerate() {
            places.entry(row.code().to_owned()).or_default().push(place);
        }
        Self { rows, places }
    }

    pub(crate) fn get(&self, code: &str, on: &str) -> Option<&Row> {
        self.places.get(code)?.iter().map(|place| &self.rows[*place]).find(|row| row.in_force(on))
    }

    pub(crate) fn on<'t>(&'t self, on: &'t str) -> impl Iterator<Item = &'t Row> {
        self.rows.iter().filter(move |row| row.in_force(on))
    }
}

pub(crate) struct Tables {
    pub(crate) procedures: Table,
    pub(crate) drugs: Table,
    pub(crate) bundles: Table,
}

impl Tables {
    pub(crate) fn read() -> Self {
        Self {
            procedures: Table::read("procedures.csv"),
            drugs: Table::read("drugs.csv"),
            bundles: Table::read("test-bundles.csv"),
        }
    }
}
