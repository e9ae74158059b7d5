//! What the loaded masters can say about a month: a table that has nothing for it settles nothing.

use crate::{
    claim::kinds::Month,
    date::ServiceDate,
    master::{MasterKind, Masters, schema},
};

/// The kinds of codes on a claim.
pub(super) const KINDS: [MasterKind; 6] = [
    MasterKind::Procedure,
    MasterKind::Drug,
    MasterKind::Material,
    MasterKind::Comment,
    MasterKind::Disease,
    MasterKind::Modifier,
];

/// What is known of one kind of codes in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Known {
    /// Nothing.
    #[default]
    Nothing,
    /// A selection, or an edition of another time: a code that is missing may exist.
    Some,
    /// An edition of just that time: a code that is missing does not exist.
    All,
}

/// What is known of each kind in a month.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Coverage {
    known: [Known; 6],
    /// Whether a pack was added at all, kind by kind.
    pub(super) packed: [bool; 6],
}

impl Coverage {
    pub(super) fn of(masters: &Masters, month: Month) -> Self {
        let mut coverage = Self::default();
        let (first, last) = (month.first_day().packed(), month.last_day().packed());
        for ((kind, known), packed) in KINDS.iter().zip(&mut coverage.known).zip(&mut coverage.packed) {
            for pack in masters.packs() {
                let Some(table) = pack.table(schema::schema(*kind).tag) else { continue };
                if !table.covers(first) && !table.covers(last) {
                    continue;
                }
                let name = schema::schema(*kind).name;
                let sources = pack.meta().sources.iter().filter(|source| source.kind == name);
                let editions = sources.filter_map(|source| source.edition.as_deref()?.parse::<ServiceDate>().ok());
                // A code that stands in no edition before and in none after the month did not exist in between.
                let (mut before, mut after) = (false, false);
                for edition in editions {
                    *packed = true;
                    before |= edition <= month.last_day();
                    after |= edition >= month.first_day();
                }
                let now = if before && after { Known::All } else { Known::Some };
                if *known != Known::All {
                    *known = now;
                }
            }
        }
        coverage
    }

    pub(super) fn known(&self, kind: MasterKind) -> Known {
        let place = KINDS.iter().position(|other| *other == kind);
        place.and_then(|place| self.known.get(place)).copied().unwrap_or_default()
    }

    /// Whether an official edition stands behind what is known.
    pub(super) fn is_packed(&self, kind: MasterKind) -> bool {
        let place = KINDS.iter().position(|other| *other == kind);
        place.and_then(|place| self.packed.get(place)).copied().unwrap_or_default()
    }
}

/// The coverage of the month asked for last: most claims of a file are of one.
#[derive(Debug, Default)]
pub(super) struct Remembered(Option<(ServiceDate, Coverage)>);

impl Remembered {
    pub(super) fn of(&mut self, masters: &Masters, month: Month) -> Coverage {
        match self.0 {
            Some((first, coverage)) if first == month.first_day() => coverage,
            _ => {
                let coverage = Coverage::of(masters, month);
                self.0 = Some((month.first_day(), coverage));
                coverage
            }
        }
    }
}
