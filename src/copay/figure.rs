//! Figures of law that are neither shares nor ceilings: rows of `masters/roles.csv`, each with its days and its article.

use rust_decimal::prelude::ToPrimitive;

use crate::{
    date::ServiceDate,
    master::{Certainty, Masters},
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
    let part = masters.role(name, on)?;
    Some(Figure { value: part.value.to_i64()?, article: part.article, certainty: part.certainty })
}
