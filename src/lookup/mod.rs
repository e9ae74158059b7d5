//! Find a code: by the code itself, by a part of its name or its reading, by the codes that other systems give it.
//!
//! ```
//! use santei::{lookup::{Finder, Search}, master::{MasterKind, Masters}};
//! let finder = Finder::new(&Masters::standard()?);
//! let hits = finder.find(&Search { query: "しょしんりょう", on: Some("2026-06-01".parse()?), ..Search::default() });
//! assert_eq!((hits[0].code.as_str(), hits[0].name.as_str()), ("111000110", "初診料"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod comment;
pub mod disease;
pub mod drug;
mod fault;
mod fold;
mod index;
pub mod item;
mod keys;
pub mod lab;
#[cfg(test)]
mod made;
mod rows;
mod show;
pub(crate) mod validate;

pub use fault::{CodeFault, CodeFaultKind, Severity};
pub use fold::fold;
pub use show::{Columns, Shown, Value, Version, show};
pub use validate::{
    CheckDigit, DayOutOfRange, Days, Instead, Reading, Status, System, UnknownSystem, Validation, Validator, Why,
};

use std::sync::OnceLock;

use serde::Serialize;

use crate::{
    date::{Period, ServiceDate},
    master::{
        Certainty, Drug, MasterKind, Masters, Material, Procedure, Row,
        schema::{self, CERTAINTY},
    },
    pack::Table,
};

use index::Index;
use keys::SEARCHED;

/// How a row matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// A code or a name is what was asked for.
    Exact,
    /// A code or a name begins with it.
    Prefix,
    /// A name contains it.
    Contains,
}

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Search<'q> {
    /// A code, the beginning of a code, or a part of a name or reading, in any width and either kana.
    pub query: &'q str,
    /// Only this master.
    pub kind: Option<MasterKind>,
    /// Only rows in force on this day; without a day, the newest row of each code.
    pub on: Option<ServiceDate>,
    /// At most so many hits.
    pub limit: usize,
}

impl Default for Search<'_> {
    fn default() -> Self {
        Self { query: "", kind: None, on: None, limit: 50 }
    }
}

/// A row that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Hit {
    /// The master, in English.
    #[cfg_attr(feature = "ts", ts(type = "\"procedure\" | \"drug\" | \"disease\" | \"modifier\" | \"lab\""))]
    pub kind: &'static str,
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// How it matches.
    pub rank: Rank,
    /// First day of the row.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: ServiceDate,
    /// Last day of the row, if it ends.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub last_day: Option<ServiceDate>,
    /// How sure the row is.
    pub certainty: Certainty,
    /// 点数: points, yen or percent by the point kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub points: Option<String>,
    /// 点数識別.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub point_kind: Option<u32>,
    /// 薬価: yen for one unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub price: Option<String>,
    /// The unit that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub unit: Option<String>,
    /// ICD-10.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub icd10: Option<String>,
}

/// Searches masters. What it needs is built on the first search and kept, each master by itself; cloning the masters
/// into it is cheap.
pub struct Finder {
    masters: Masters,
    /// Of each pack, of each searched master.
    indexes: Vec<OnceLock<Index>>,
}

/// A matching row, before it is known to be the one that counts.
struct Candidate<'f> {
    rank: Rank,
    length: u16,
    code: &'f str,
    kind: MasterKind,
    layer: usize,
    row: usize,
}

impl core::fmt::Debug for Finder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Finder").field("masters", &self.masters).finish_non_exhaustive()
    }
}

/// Searches once; keep a [`Finder`] to search again.
#[must_use]
pub fn find(masters: &Masters, search: &Search<'_>) -> Vec<Hit> {
    Finder::new(masters).find(search)
}

impl Finder {
    /// A finder for these masters as they are now.
    #[must_use]
    pub fn new(masters: &Masters) -> Self {
        let indexes = (0..masters.packs().len() * SEARCHED.len()).map(|_| OnceLock::new()).collect();
        Self { masters: masters.clone(), indexes }
    }

    /// The masters that are searched.
    #[must_use]
    pub fn masters(&self) -> &Masters {
        &self.masters
    }

    /// The best hits: exact ones first, then those that begin with the query, then those that contain it; among equals
    /// the shorter name, then the lower code.
    #[must_use]
    pub fn find(&self, search: &Search<'_>) -> Vec<Hit> {
        let query = fold(search.query.trim());
        let query = query.trim();
        if query.is_empty() {
            return Vec::new();
        }
        let mut candidates = self.candidates(query, search);
        candidates.sort_unstable_by(|a, b| {
            (a.rank, a.length, a.code, a.kind, a.layer).cmp(&(b.rank, b.length, b.code, b.kind, b.layer))
        });
        candidates
            .into_iter()
            .filter(|candidate| self.counts(candidate, search.on))
            .take(search.limit)
            .filter_map(|candidate| Some(hit(&candidate, self.table(candidate.kind, candidate.layer)?)))
            .collect()
    }

    /// The matching rows that are in force in their own pack, or the newest there.
    fn candidates(&self, query: &str, search: &Search<'_>) -> Vec<Candidate<'_>> {
        let undotted = keys::undotted(query);
        let mut candidates = Vec::new();
        for layer in 0..self.masters.packs().len() {
            for (place, searched) in SEARCHED.iter().enumerate() {
                let kind = searched.kind;
                if search.kind.is_some_and(|only| only != kind) {
                    continue;
                }
                let (Some(table), Some(slot)) =
                    (self.table(kind, layer), self.indexes.get(layer * SEARCHED.len() + place))
                else {
                    continue;
                };
                let index = slot.get_or_init(|| Index::build(searched, table));
                let code = undotted.as_deref().filter(|_| kind == MasterKind::Disease);
                candidates.extend(index.scan(query, code).into_iter().filter_map(|(row, rank)| {
                    let in_layer = match search.on {
                        Some(day) => schema::period_of(table, row).contains(day),
                        None => is_newest(table, kind, row),
                    };
                    let (length, code) = (index.length(row), index.code(row));
                    in_layer.then_some(Candidate { rank, length, code, kind, layer, row })
                }));
            }
        }
        candidates
    }

    /// Whether no other pack has the row that counts instead.
    fn counts(&self, candidate: &Candidate<'_>, on: Option<ServiceDate>) -> bool {
        let layers = self.masters.packs().len();
        let Some(own) = self.table(candidate.kind, candidate.layer) else { return false };
        if layers < 2 {
            return true;
        }
        let key = schema::schema(candidate.kind).key.value_at(own, candidate.row);
        let from = schema::period_of(own, candidate.row).from;
        (0..layers).filter(|layer| *layer != candidate.layer).all(|layer| {
            let Some(other) = self.table(candidate.kind, layer) else { return true };
            let mut periods = rows::rows_of(other, &key).map(|row| schema::period_of(other, row));
            let above = layer < candidate.layer;
            match on {
                Some(day) => !(above && periods.any(|period: Period| period.contains(day))),
                None => periods.all(|period| period.from < from || (period.from == from && !above)),
            }
        })
    }

    fn table(&self, kind: MasterKind, layer: usize) -> Option<Table<'_>> {
        self.masters.packs().get(layer)?.table(schema::schema(kind).tag)
    }
}

/// Whether the next row is of another code.
fn is_newest(table: Table<'_>, kind: MasterKind, row: usize) -> bool {
    let next = row + 1;
    next >= table.rows()
        || if schema::schema(kind).has_numeric_codes() {
            table.number(schema::CODE, next) != table.number(schema::CODE, row)
        } else {
            table.text(schema::CODE, next) != table.text(schema::CODE, row)
        }
}

fn hit(candidate: &Candidate<'_>, table: Table<'_>) -> Hit {
    let (kind, row) = (candidate.kind, candidate.row);
    let schema = schema::schema(kind);
    let text = |column: &str| schema.column(column).map_or("", |column| table.text(column.id, row)).to_owned();
    let filled = |text: String| (!text.is_empty()).then_some(text);
    let period = schema::period_of(table, row);
    let mut hit = Hit {
        kind: schema.name,
        code: keys::code(kind, table, row),
        name: text("name"),
        rank: candidate.rank,
        from: period.from,
        last_day: period.last_day(),
        certainty: Certainty::from_stored(table.number(CERTAINTY, row)),
        points: None,
        point_kind: None,
        price: None,
        unit: filled(text("unit")),
        icd10: filled(text("icd10_1")),
    };
    match kind {
        MasterKind::Procedure => {
            let row = Procedure::at(table, row);
            hit.points = Some(row.points().to_string());
            hit.point_kind = Some(row.point_kind());
        }
        MasterKind::Material => hit.price = Some(Material::at(table, row).price().to_string()),
        MasterKind::Drug => hit.price = Some(Drug::at(table, row).price().to_string()),
        _ => {}
    }
    hit
}

#[cfg(test)]
mod tests;
