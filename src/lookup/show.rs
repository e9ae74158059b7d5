//! Everything that the masters say of one code.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    date::ServiceDate,
    master::{
        Certainty, CodeValue, Masters,
        schema::{self, CERTAINTY, ColumnKind, SOURCE, TABLES, TableSchema},
    },
    pack::Table,
};

use super::rows::rows_of;

/// A code with all its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Shown {
    /// The master, in English.
    pub kind: &'static str,
    /// The master, in Japanese.
    pub title: &'static str,
    /// The code.
    pub code: String,
    /// Its rows: those of the pack that was added last first, each pack from the oldest to the newest.
    pub versions: Vec<Version>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Version {
    /// First day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: ServiceDate,
    /// Last day, if the row ends.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub last_day: Option<ServiceDate>,
    /// How sure the row is.
    pub certainty: Certainty,
    /// Where the row comes from.
    pub source: String,
    /// Every column of the master.
    #[cfg_attr(feature = "ts", ts(type = "Record<string, number | string | null>"))]
    pub columns: Columns,
}

/// The columns of a row by name, in the order of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(pub Vec<(&'static str, Value)>);

/// The value of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A whole number, such as a kind or a code.
    Number(u32),
    /// A text, an amount in decimal, a day, an age limit or a mark.
    Text(String),
    /// No day, no limit, no mark.
    None,
}

impl Serialize for Columns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Columns {
    /// The value of a column.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// Every row of a code, in whichever master has it; nothing when none has.
#[must_use]
pub fn show(masters: &Masters, code: &str) -> Option<Shown> {
    TABLES.iter().find_map(|schema| {
        let key = schema.key.parse(code).ok()?;
        let versions = versions(masters, schema, &key);
        if versions.is_empty() {
            return None;
        }
        Some(Shown { kind: schema.name, title: schema.title, code: code.to_owned(), versions })
    })
}

fn versions(masters: &Masters, schema: &TableSchema, key: &CodeValue) -> Vec<Version> {
    masters
        .tables(schema.kind)
        .flat_map(|table| rows_of(table, key).map(move |row| version(schema, table, row)))
        .collect()
}

fn version(schema: &TableSchema, table: Table<'_>, row: usize) -> Version {
    let period = schema::period_of(table, row);
    Version {
        from: period.from,
        last_day: period.last_day(),
        certainty: Certainty::from_stored(table.number(CERTAINTY, row)),
        source: table.text(SOURCE, row).to_owned(),
        columns: Columns(
            schema.columns.iter().map(|column| (column.name, value(column.kind, table, column.id, row))).collect(),
        ),
    }
}

fn value(kind: ColumnKind, table: Table<'_>, id: u16, row: usize) -> Value {
    let text = |value: Option<String>| value.map_or(Value::None, Value::Text);
    match kind {
        ColumnKind::Number => Value::Number(u32::try_from(table.number(id, row)).unwrap_or(u32::MAX)),
        ColumnKind::Text => Value::Text(table.text(id, row).to_owned()),
        ColumnKind::Hundredths => Value::Text(schema::amount_of(table, id, row).to_string()),
        ColumnKind::Date => text(schema::date_of(table.number(id, row)).map(|day| day.to_string())),
        ColumnKind::Age => text(crate::master::AgeLimit::from_stored(table.number(id, row)).map(|age| age.to_string())),
        ColumnKind::Mark => text(schema::mark_of(table.number(id, row)).map(|mark| mark.to_string())),
    }
}
