//! What changed between two states of the masters: an old pack and a new one, or one pack on two days.

use std::collections::{BTreeMap, btree_map::Entry};

use serde::Serialize;

use crate::{date::ServiceDate, pack::Pack};

use super::{
    CodeValue,
    cells::Rows,
    schema::{Column, ColumnKind, TABLES, TableSchema},
};

/// Which rows of a state are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The newest row of each code. A code whose newest row ends before those of the others is abolished.
    Newest,
    /// The row of each code that is in force on this day.
    Day(ServiceDate),
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Each master that either state has.
    pub tables: Vec<TableDiff>,
}

/// What differs in one master.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableDiff {
    /// The master, in English.
    pub table: &'static str,
    /// The master, in Japanese.
    pub title: &'static str,
    /// Codes before; none when that state does not have the master, which is then not compared.
    pub before: Option<usize>,
    /// Codes after; none when that state does not have the master, which is then not compared.
    pub after: Option<usize>,
    /// Every change, by code.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change.
    pub change: ChangeKind,
    /// The code.
    pub code: String,
    /// What it is called, after the change where it is still there.
    pub name: String,
    /// First day of the row that says so: the later one, where there is one.
    pub from: ServiceDate,
    /// The column that changed; none for a code that is new or abolished.
    pub column: Option<&'static str>,
    /// What stood there before; of a code that is abolished, its figure.
    pub before: Option<String>,
    /// What stands there now; of a new code, its figure; of one that is abolished, its last day where that is known.
    pub after: Option<String>,
}

/// What kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A code that was not there, or no longer.
    New,
    /// A code that is no longer there.
    Abolished,
    /// Points, a price, a share, or how they are meant.
    Figure,
    /// A name or reading.
    Renamed,
    /// Another column.
    Other,
}

impl ChangeKind {
    /// Every kind, in the order of importance.
    pub const ALL: [Self; 5] = [Self::New, Self::Abolished, Self::Figure, Self::Renamed, Self::Other];

    /// The name in CSV and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Abolished => "abolished",
            Self::Figure => "figure",
            Self::Renamed => "renamed",
            Self::Other => "other",
        }
    }

    fn of(column: &Column) -> Self {
        match column.name {
            "point_kind" | "price_kind" | "tenths" => Self::Figure,
            "name" | "kana" => Self::Renamed,
            name if name.ends_with("_name") => Self::Renamed,
            _ if column.kind == ColumnKind::Hundredths => Self::Figure,
            _ => Self::Other,
        }
    }
}

impl Diff {
    /// Whether nothing changed in the masters that both states have.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.iter().all(|table| table.changes.is_empty())
    }
}

impl TableDiff {
    /// How many changes of a kind there are; columns of one code count one by one.
    #[must_use]
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes.iter().filter(|change| change.change == kind).count()
    }
}

/// Compares two states, each given as its packs with the last added first, as [`Masters::packs`](super::Masters::packs)
/// gives them. Sources are not compared, and neither are columns that tell a row's own past, such as 旧点数.
#[must_use]
pub fn diff((before, before_at): (&[Pack], At), (after, after_at): (&[Pack], At)) -> Diff {
    let tables = TABLES.iter().filter_map(|schema| {
        let (old, new) = (State::of(before, schema, before_at), State::of(after, schema, after_at));
        if !old.present && !new.present {
            return None;
        }
        let changes = if old.present && new.present { compare(schema, &old, &new) } else { Vec::new() };
        Some(TableDiff {
            table: schema.name,
            title: schema.title,
            before: old.present.then_some(old.codes.len()),
            after: new.present.then_some(new.codes.len()),
            changes,
        })
    });
    Diff { tables: tables.collect() }
}

/// The rows of one master that count.
struct State<'p> {
    at: At,
    present: bool,
    codes: BTreeMap<CodeValue, Vec<Place<'p>>>,
    /// The first day after the newest rows of codes that are not abolished; none when they are open.
    horizon: Option<ServiceDate>,
}

/// A row somewhere in a pack.
#[derive(Clone, Copy)]
struct Place<'p> {
    rows: Rows<'p>,
    row: usize,
}

impl<'p> State<'p> {
    fn of(packs: &'p [Pack], schema: &'static TableSchema, at: At) -> Self {
        let layers: Vec<_> = packs.iter().filter_map(|pack| Rows::of(pack, schema)).collect();
        let mut codes: BTreeMap<CodeValue, Vec<Place<'p>>> = BTreeMap::new();
        for rows in &layers {
            for (key, group) in rows.groups() {
                let newest = group.clone().map(|row| rows.from(row)).max();
                let day = match at {
                    At::Newest => newest,
                    At::Day(day) => Some(day),
                };
                let counts = |row: &usize| day.is_some_and(|day| rows.period(*row).contains(day));
                let places: Vec<_> = group.filter(counts).map(|row| Place { rows: *rows, row }).collect();
                // The upper layer comes first and counts, unless a lower one knows a newer row.
                match codes.entry(key) {
                    Entry::Vacant(slot) if !places.is_empty() => {
                        slot.insert(places);
                    }
                    Entry::Occupied(mut known) if at == At::Newest && first_day(&places) > first_day(known.get()) => {
                        known.insert(places);
                    }
                    _ => {}
                }
            }
        }
        let all: Vec<_> = codes.values().flatten().copied().collect();
        Self { at, present: !layers.is_empty(), horizon: end(&all), codes }
    }

    fn get(&self, key: &CodeValue) -> &[Place<'p>] {
        self.codes.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether the rows say anything in this column. HOT9 is not in the official file: there, none of them does.
    fn tells(&self, column: &Column) -> bool {
        let filled = |place: &Place<'_>| place.rows.table.number(column.id, place.row) != 0;
        column.name != "hot9" || self.codes.values().flatten().any(filled)
    }

    /// The last day of a code that ends before the others do. On a day, all codes are in force.
    fn ended(&self, places: &[Place<'_>]) -> Option<ServiceDate> {
        let end = end(places).filter(|_| self.at == At::Newest)?;
        self.horizon.is_none_or(|horizon| end < horizon).then(|| end.previous())
    }
}

fn first_day(places: &[Place<'_>]) -> Option<ServiceDate> {
    places.iter().map(|place| place.rows.from(place.row)).max()
}

/// The first day after all the rows; none when one of them is open.
fn end(places: &[Place<'_>]) -> Option<ServiceDate> {
    places.iter().map(|place| place.rows.period(place.row).until).reduce(|a, b| Some(a?.max(b?))).flatten()
}

fn compare(schema: &'static TableSchema, old: &State<'_>, new: &State<'_>) -> Vec<Change> {
    let mut keys: Vec<_> = old.codes.keys().chain(new.codes.keys()).collect();
    keys.sort();
    keys.dedup();
    let compared = |column: &&Column| !tells_the_past(column) && old.tells(column) && new.tells(column);
    let columns: Vec<_> = schema.columns.iter().filter(compared).collect();
    let mut changes = Vec::new();
    for key in keys {
        let (before, after) = (old.get(key), new.get(key));
        let mut of_code = OfCode { code: schema.key.text(key), changes: &mut changes };
        match (old.ended(before), new.ended(after)) {
            (None, Some(last)) if !before.is_empty() => of_code.push(ChangeKind::Abolished, after, Some(last)),
            (Some(_), None) if !after.is_empty() => of_code.push(ChangeKind::New, after, None),
            _ => of_code.rows(&columns, before, after),
        }
    }
    changes
}

/// Columns that tell what a row was before: they change with every change of the row itself.
fn tells_the_past(column: &Column) -> bool {
    column.name.starts_with("old_") || column.name == "succession"
}

/// The changes of one code.
struct OfCode<'a> {
    code: String,
    changes: &'a mut Vec<Change>,
}

impl OfCode<'_> {
    /// Rows that stand unchanged on both sides are left aside; of the rest, the first is compared with the first, and so
    /// on. But for tables with several rows a code, there is one on each side at most.
    fn rows(&mut self, columns: &[&'static Column], before: &[Place<'_>], after: &[Place<'_>]) {
        let same =
            |a: &Place<'_>, b: &Place<'_>| columns.iter().all(|column| a.rows.same(a.row, b.rows, b.row, column));
        let mut new: Vec<_> = after.to_vec();
        let mut old = Vec::new();
        for place in before {
            match new.iter().position(|other| same(place, other)) {
                Some(found) => {
                    let other = new.remove(found);
                    self.certainty(place, &other);
                }
                None => old.push(*place),
            }
        }
        for (place, other) in old.iter().zip(&new) {
            for column in columns.iter().filter(|column| !place.rows.same(place.row, other.rows, other.row, column)) {
                let values = (place.rows.cell(column, place.row), other.rows.cell(column, other.row));
                self.cell(ChangeKind::of(column), column.name, other, values);
            }
            self.certainty(place, other);
        }
        for gone in old.iter().skip(new.len()) {
            self.push(ChangeKind::Abolished, &[*gone], None);
        }
        for added in new.iter().skip(old.len()) {
            self.push(ChangeKind::New, &[*added], None);
        }
    }

    fn certainty(&mut self, before: &Place<'_>, after: &Place<'_>) {
        let values = (before.rows.certainty(before.row), after.rows.certainty(after.row));
        if values.0 != values.1 {
            let values = (values.0.name().to_owned(), values.1.name().to_owned());
            self.cell(ChangeKind::Other, "certainty", after, values);
        }
    }

    fn cell(&mut self, change: ChangeKind, column: &'static str, place: &Place<'_>, (before, after): (String, String)) {
        self.changes.push(Change {
            change,
            code: self.code.clone(),
            name: place.rows.name(place.row),
            from: place.rows.from(place.row),
            column: Some(column),
            before: Some(before),
            after: Some(after),
        });
    }

    /// A code that came or went.
    fn push(&mut self, change: ChangeKind, places: &[Place<'_>], last: Option<ServiceDate>) {
        let Some(place) = places.first() else { return };
        let figure = place.rows.figure(place.row);
        let (before, after) = match change {
            ChangeKind::New => (None, figure),
            _ => (figure, last.map(|day| day.to_string())),
        };
        self.changes.push(Change {
            change,
            code: self.code.clone(),
            name: place.rows.name(place.row),
            from: place.rows.from(place.row),
            column: None,
            before,
            after,
        });
    }
}

#[cfg(test)]
#[path = "diff_tests.rs"]
mod tests;
