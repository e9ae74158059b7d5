//! What a row of each master is found by.

use crate::{
    master::{
        MasterKind,
        schema::{self, Column, ColumnKind},
    },
    pack::Table,
};

/// The columns of one master that are searched.
pub(super) struct Searched {
    pub(super) kind: MasterKind,
    /// Columns besides the code that a query may begin.
    pub(super) codes: &'static [&'static str],
    /// Columns that may contain a query; the first is the name.
    pub(super) texts: &'static [&'static str],
    /// Whether a claim names its rows. They come before those of the tables that only explain.
    pub(super) claimed: bool,
}

const fn claimed(kind: MasterKind, codes: &'static [&'static str], texts: &'static [&'static str]) -> Searched {
    Searched { kind, codes, texts, claimed: true }
}

const fn reference(kind: MasterKind, codes: &'static [&'static str], texts: &'static [&'static str]) -> Searched {
    Searched { kind, codes, texts, claimed: false }
}

/// Every master that is searched: all whose rows have names that are not the engine's own.
pub(super) const SEARCHED: &[Searched] = &[
    claimed(MasterKind::Procedure, &["fee_item"], &["name", "full_name", "kana"]),
    claimed(
        MasterKind::Drug,
        &["price_code", "generic_name_code", "hot9"],
        &["name", "full_name", "kana", "generic_name"],
    ),
    claimed(MasterKind::Disease, &["icd10_1", "icd10_2", "exchange_code"], &["name", "short_name", "kana"]),
    claimed(MasterKind::Modifier, &["exchange_code"], &["name", "kana"]),
    claimed(MasterKind::Lab, &["procedure_code"], &["name", "kana"]),
    claimed(MasterKind::Material, &[], &["name", "full_name", "kana"]),
    claimed(MasterKind::Comment, &[], &["name", "kana"]),
    claimed(MasterKind::FacilityStandard, &[], &["name"]),
    claimed(MasterKind::PublicPayer, &[], &["name", "law"]),
    claimed(MasterKind::LocalSubsidy, &[], &["name", "short_name"]),
    claimed(MasterKind::Ward, &[], &["name", "full_name", "kana"]),
    claimed(MasterKind::Dental, &["fee_item"], &["name", "full_name"]),
    claimed(MasterKind::Dispensing, &[], &["name", "kana"]),
    claimed(MasterKind::VisitingNursing, &[], &["name", "full_name", "kana"]),
    reference(MasterKind::DiseaseSuccession, &["next", "successor"], &["name"]),
    reference(MasterKind::Icd10, &["shown"], &["name"]),
    reference(MasterKind::GenericName, &[], &["name", "ingredient"]),
    reference(
        MasterKind::HotDrug,
        &["hot7", "jan", "price_code", "yj_code", "drug_code", "drug_code_2"],
        &["name", "listed_name", "drug_name"],
    ),
    reference(MasterKind::JlacCode, &[], &["name", "name_2", "name_en"]),
    reference(MasterKind::JlacLink, &["jlac10"], &["name", "label", "item", "abbreviation", "product"]),
    reference(MasterKind::HealthCheck, &[], &["name"]),
];

impl Searched {
    /// The columns of these names, with what they hold.
    pub(super) fn columns(&self, names: &[&str]) -> Vec<Column> {
        let schema = schema::schema(self.kind);
        names.iter().filter_map(|name| schema.column(name)).copied().collect()
    }

    /// Whether its rows stand under ICD-10 codes, which people write with a dot.
    pub(super) fn has_icd10(&self) -> bool {
        matches!(self.kind, MasterKind::Disease | MasterKind::Icd10)
    }

    /// Whether people write its codes in groups, which the masters do not.
    pub(super) fn is_written_with_hyphens(&self) -> bool {
        matches!(
            self.kind,
            MasterKind::Lab
                | MasterKind::JlacCode
                | MasterKind::JlacLink
                | MasterKind::HealthCheck
                | MasterKind::HotDrug
        )
    }
}

/// The masters that are searched, each by its English name and its Japanese one.
pub fn kinds() -> impl Iterator<Item = (MasterKind, &'static str, &'static str)> {
    SEARCHED.iter().map(|searched| {
        let schema = schema::schema(searched.kind);
        (searched.kind, schema.name, schema.title)
    })
}

/// The code of a row, as it is written.
pub(super) fn code(kind: MasterKind, table: Table<'_>, row: usize) -> String {
    schema::schema(kind).key.text_at(table, row)
}

/// Another spelling of the code of a row: the thirteen digits of a HOT, a JLAC10 element without its axis.
pub(super) fn other_code(kind: MasterKind, code: &str) -> Option<String> {
    match kind {
        MasterKind::HotDrug => Some(code.replace('/', "")),
        MasterKind::JlacCode => code.split_once('.').map(|(_, element)| element.to_owned()),
        _ => None,
    }
}

/// The text of a column in which a query is looked for; a column of numbers holds codes, and 0 is none.
pub(super) fn text_into(table: Table<'_>, column: Column, row: usize, out: &mut String) {
    match column.kind {
        ColumnKind::Text => table.text_into(column.id, row, out),
        _ => {
            out.clear();
            let number = table.number(column.id, row);
            if number != 0 {
                out.push_str(&number.to_string());
            }
        }
    }
}

/// An ICD-10 code as people write it, `e11.9`, without the dot as the masters write it. Nothing for any other query.
pub(super) fn undotted(folded: &[u16]) -> Option<Vec<u16>> {
    const DOT: u16 = b'.' as u16;
    let digit = |unit: Option<&u16>| unit.is_some_and(|unit| (0x30..=0x39).contains(unit));
    let letter = folded.first().is_some_and(|unit| (0x61..=0x7a).contains(unit));
    let shape = letter && digit(folded.get(1)) && digit(folded.get(2)) && folded.get(3) == Some(&DOT);
    let dots = folded.iter().filter(|unit| **unit == DOT).count();
    (shape && dots == 1).then(|| folded.iter().copied().filter(|unit| *unit != DOT).collect())
}
