//! Figures of law that are neither shares nor ceilings: rows of `masters/roles.csv`, each with its days and its article.

use rust_decimal::prelude::ToPrimitive;

use crate::{
    date::ServiceDate,
    master::{Certainty, Masters, Role},
};

/// A figure on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure<'m> {
    pub(super) value: i64,
    pub(super) article: &'m str,
    pub(super) certainty: Certainty,
}

/// The figure of this name on a day, if there is one.
pub(super) fn figure<'m>(masters: &'m Masters, name: &str, on: ServiceDate) -> Option<Figure<'m>> {
    let row: Role<'m> = masters.row(name, on)?;
    let value = row.value().to_i64()?;
    Some(Figure { value, article: row.article(), certainty: row.certainty() })
}
