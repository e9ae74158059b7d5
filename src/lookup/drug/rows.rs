//! Rows of whole tables, whatever the pack and the day: for looking by a column that no table is sorted by.

use crate::{
    code::{AnyCode, DrugCode},
    date::ServiceDate,
    master::{Drug, HotDrug, Masters, Row},
};

/// Every row of a master, the pack that was added last first.
pub(super) fn every<'m, R: Row<'m>>(masters: &'m Masters) -> impl Iterator<Item = R> {
    masters.tables(R::KIND).flat_map(|table| (0..table.rows()).map(move |row| R::at(table, row)))
}

/// The codes of the drugs whose rows fit, each once, in order.
pub(super) fn drugs_where<'m>(masters: &'m Masters, fits: impl Fn(Drug<'m>) -> bool) -> Vec<DrugCode> {
    let mut codes: Vec<DrugCode> = every::<Drug<'_>>(masters).filter(|row| fits(*row)).map(Drug::code).collect();
    crate::order::sort(&mut codes);
    codes.dedup();
    codes
}

/// The rows of the newest HOT table for a drug of one seller. What a code names does not depend on the day of an edition.
pub(super) fn hot_rows(masters: &Masters, hot9: u32) -> Vec<HotDrug<'_>> {
    let Some(hot9) = AnyCode::from_number(hot9) else { return Vec::new() };
    masters.related::<HotDrug<'_>>(hot9, ServiceDate::LAST).collect()
}

/// The HOT9 that the drug's own row names: that of the seller whose product the receipt code is.
pub(super) fn own_hot9(drug: Drug<'_>) -> Option<String> {
    let number = drug.hot9();
    (number != 0).then(|| format!("{number:09}"))
}

/// The newest row of a drug.
pub(super) fn newest(masters: &Masters, code: DrugCode) -> Option<Drug<'_>> {
    let mut newest: Option<Drug<'_>> = None;
    for row in masters.versions::<Drug<'_>>(&code) {
        // Of two packs the one that was added last comes first, and stays.
        if newest.is_none_or(|known| known.period().from < row.period().from) {
            newest = Some(row);
        }
    }
    newest
}
