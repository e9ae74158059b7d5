//! Looking every date up as if it fell under one revision: what a visit would give by other rules. `docs/what-if.md` says
//! what that means and why.

use crate::date::{Period, ServiceDate};

use super::{MasterKind, Masters, Revision, Row as _};

/// A revision that no loaded master names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no revision is called `{wanted}`; known are {}", known.join(", "))]
pub struct UnknownRevision {
    /// The name asked for.
    pub wanted: String,
    /// The revisions that are known, from the oldest on: code and name.
    pub known: Vec<String>,
}

impl Masters {
    /// The same masters as if every day fell under a revision, by its code (`r8`) or its name (`令和8年度改定`).
    ///
    /// A day within the revision stays what it is; an earlier one is looked up on the revision's first day, a later one on
    /// its last. Only look-ups move: ages, days of the week and the days between two visits stay by the calendar.
    ///
    /// ```
    /// use santei::{code::ProcedureCode, master::{Masters, Procedure}};
    /// let masters = Masters::standard()?;
    /// let revisit: ProcedureCode = "112007410".parse()?;
    /// let day = "2025-07-01".parse()?;
    /// assert_eq!(masters.get::<Procedure>(&revisit, day)?.points().to_string(), "75");
    /// let hypothetical = masters.as_of_revision("r8")?;
    /// assert_eq!(hypothetical.get::<Procedure>(&revisit, day)?.points().to_string(), "76");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`UnknownRevision`] with the ones that are known.
    pub fn as_of_revision(&self, wanted: &str) -> Result<Self, UnknownRevision> {
        let found = self.revisions().find(|row| row.code().eq_ignore_ascii_case(wanted) || row.name() == wanted);
        match found {
            Some(row) => Ok(Self { within: Some(row.period()), ..self.clone() }),
            None => Err(UnknownRevision { wanted: wanted.to_owned(), known: self.known_revisions() }),
        }
    }

    /// The day whose rules count for a day of service: the day itself, but in [`Masters::as_of_revision`].
    #[must_use]
    pub fn rules_date(&self, on: ServiceDate) -> ServiceDate {
        match self.within {
            Some(Period { from, .. }) if on < from => from,
            Some(period) => period.last_day().map_or(on, |last| on.min(last)),
            None => on,
        }
    }

    /// The code of the revision to whose rules these masters keep, where they keep to one.
    #[must_use]
    pub fn kept_revision(&self) -> Option<&str> {
        let within = self.within?;
        self.revisions().find(|row| row.period() == within).map(Revision::code)
    }

    /// The same masters by the calendar again, whatever revision they keep to.
    #[must_use]
    pub fn by_calendar(&self) -> Self {
        Self { within: None, ..self.clone() }
    }

    /// Every revision that a loaded master names; where two packs name one, the one added last comes first.
    pub(crate) fn revisions(&self) -> impl Iterator<Item = Revision<'_>> {
        self.tables(MasterKind::Revision).flat_map(|table| (0..table.rows()).map(move |row| Revision::at(table, row)))
    }

    fn known_revisions(&self) -> Vec<String> {
        let mut rows: Vec<Revision<'_>> = self.revisions().collect();
        crate::order::by_key(&mut rows, |row| row.period().from);
        rows.dedup_by_key(|row| row.code());
        rows.iter().map(|row| format!("{} ({})", row.code(), row.name())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> ServiceDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_outside_the_revision_move_to_its_nearest_day() {
        let masters = Masters::empty().unwrap();
        assert_eq!(masters.kept_revision(), None);
        assert_eq!(masters.rules_date(day("2030-01-01")), day("2030-01-01"));
        let r6 = masters.as_of_revision("r6").unwrap();
        assert_eq!(r6.kept_revision(), Some("r6"));
        for (on, rules) in [
            ("2020-01-01", "2024-06-01"),
            ("2024-05-31", "2024-06-01"),
            ("2024-06-01", "2024-06-01"),
            ("2025-04-01", "2025-04-01"),
            ("2026-05-31", "2026-05-31"),
            ("2026-06-01", "2026-05-31"),
            ("2999-12-31", "2026-05-31"),
        ] {
            assert_eq!(r6.rules_date(day(on)), day(rules), "{on}");
        }
        // One that has no last day yet.
        let r8 = masters.as_of_revision("R8").unwrap();
        assert_eq!(r8.rules_date(day("2026-05-31")), day("2026-06-01"));
        assert_eq!(r8.rules_date(day("2027-06-01")), day("2027-06-01"));
        assert_eq!(masters.as_of_revision("令和4年度改定").unwrap().kept_revision(), Some("r4"));
        // Of what is kept already, another one can be taken.
        assert_eq!(r6.as_of_revision("r8").unwrap().rules_date(day("2020-01-01")), day("2026-06-01"));
    }

    #[test]
    fn an_unknown_revision_names_the_known_ones() {
        let error = Masters::empty().unwrap().as_of_revision("r7").unwrap_err();
        assert_eq!(error.known.len(), 5);
        let text = error.to_string();
        assert!(text.contains("`r7`") && text.contains("r6 (令和6年度改定), r8 (令和8年度改定)"), "{text}");
    }
}
