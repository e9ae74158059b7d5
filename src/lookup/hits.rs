//! What is shown of the rows that a search finds.

use crate::{
    master::{
        Certainty, Drug, MasterKind, Material, Procedure, Row,
        schema::{self, CERTAINTY, Column},
    },
    pack::Table,
};

use super::{
    Finder, Hit,
    candidate::Candidate,
    index::Word,
    keys::{self, SEARCHED, Searched},
    marks,
    query::{Query, Spelled},
};

/// The columns of one master that a hit shows or is found by, looked up once.
pub(super) struct Columns {
    pub(super) name: u16,
    unit: Option<u16>,
    icd10: Option<u16>,
    /// Codes besides the row's own.
    pub(super) codes: Vec<Column>,
    /// Texts besides the name.
    pub(super) texts: Vec<Column>,
}

/// No table has a column of this number.
const NONE: u16 = u16::MAX;

impl Columns {
    pub(super) fn of(searched: &Searched) -> Self {
        let schema = schema::schema(searched.kind);
        let id = |name| schema.column(name).map(|column| column.id);
        let mut texts = searched.columns(searched.texts);
        texts.retain(|column| column.name != "name");
        let codes = searched.columns(searched.codes);
        Self { name: id("name").unwrap_or(NONE), unit: id("unit"), icd10: id("icd10_1"), codes, texts }
    }
}

impl Finder {
    /// The hits of the rows that were found, in their order.
    pub(super) fn hits(&self, candidates: &[Candidate<'_>], query: &Query) -> Vec<Hit> {
        let spelled = Spelled::new(query);
        let hit = |candidate: &Candidate<'_>| {
            let searched = SEARCHED.get(candidate.place)?;
            let (whole, words) = spelled.of(searched);
            self.hit(candidate, searched, whole, words)
        };
        candidates.iter().filter_map(hit).collect()
    }

    fn hit(&self, candidate: &Candidate<'_>, searched: &'static Searched, whole: &Word, words: &[Word]) -> Option<Hit> {
        let (kind, row) = (searched.kind, candidate.entry.row as usize);
        let table = self.table(kind, usize::from(candidate.entry.layer))?;
        let columns = self.columns(candidate.place)?;
        let filled = |column: Option<u16>| {
            let text = column.map_or("", |column| table.text(column, row));
            (!text.is_empty()).then(|| text.to_owned())
        };
        let period = schema::period_of(table, row);
        let (code, name) = (keys::code(kind, table, row), table.text(columns.name, row));
        let Candidate { index, entry, .. } = *candidate;
        let shown = marks::Shown { columns, table, index, n: candidate.found.n, entry, name, code: &code };
        let (marks, elsewhere) = marks::marks(&shown, whole, words, candidate.rank);
        let (points, point_kind, price) = amounts(kind, table, row);
        Some(Hit {
            kind: schema::schema(kind).name,
            name: name.to_owned(),
            code,
            rank: candidate.rank,
            from: period.from,
            last_day: period.last_day(),
            certainty: Certainty::from_stored(table.number(CERTAINTY, row)),
            points,
            point_kind,
            price,
            unit: filled(columns.unit),
            icd10: filled(columns.icd10),
            marks,
            elsewhere,
        })
    }
}

/// Points, what they are, and the price of a row, where its master has them.
fn amounts(kind: MasterKind, table: Table<'_>, row: usize) -> (Option<String>, Option<u32>, Option<String>) {
    match kind {
        MasterKind::Procedure => {
            let row = Procedure::at(table, row);
            (Some(row.points().to_string()), Some(row.point_kind()), None)
        }
        MasterKind::Material => (None, None, Some(Material::at(table, row).price().to_string())),
        MasterKind::Drug => (None, None, Some(Drug::at(table, row).price().to_string())),
        _ => (None, None, None),
    }
}
