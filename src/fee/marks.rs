//! What the phases ask of a row again and again, in one number: made when a row is first asked and kept beside it.

use crate::master::{FeeAux, Procedure};

/// The marks of a procedure's row.
#[derive(Clone, Copy)]
pub(crate) struct Marks(u64);

/// Place of the bit for a consultation fee itself.
const CONSULTATION: u64 = 1 << 8;
const UNCONDITIONAL: u64 = 1 << 9;
const STANDARDS: u64 = 1 << 10;
const REPEATED: u64 = 1 << 11;

impl Marks {
    pub(crate) fn of(row: Procedure<'_>) -> Self {
        Self(row.table.digest(row.row, || Self::make(row)))
    }

    #[cold]
    fn make(row: Procedure<'_>) -> u64 {
        let bit = |holds: bool, bit: u64| if holds { bit } else { 0 };
        let item = row.fee_item();
        let standards = row.standards().iter().any(|code| *code != 0);
        u64::from(item.bytes().next().unwrap_or(0))
            | bit(row.notice_2() == BASIC && matches!(item, "A000" | "A001" | "A002"), CONSULTATION)
            | bit(unconditional(row, item) && !standards, UNCONDITIONAL)
            | bit(standards, STANDARDS)
            | bit(row.reduction_target() == 1 || row.exam_kind() == 1, REPEATED)
    }

    /// The letter with which the item of the fee schedule begins; 0 for none.
    pub(crate) fn part(self) -> u8 {
        self.0.to_le_bytes()[0]
    }

    /// A consultation fee itself. 告示等識別区分(2) (69) tells: by (1) (68) the additions to a revisit that a claim writes on a
    /// line of their own are basic too.
    pub(crate) fn is_consultation(self) -> bool {
        self.0 & CONSULTATION != 0
    }

    /// Whether the row asks for no age, no beds, no standard and nothing rare.
    pub(crate) fn is_unconditional(self) -> bool {
        self.0 & UNCONDITIONAL != 0
    }

    /// Whether the row asks for a facility standard.
    pub(crate) fn has_standards(self) -> bool {
        self.0 & STANDARDS != 0
    }

    /// Whether the row may be reduced, or reduce another one, within a month.
    pub(crate) fn may_repeat(self) -> bool {
        self.0 & REPEATED != 0
    }
}

/// 告示等識別区分(2) (69).
const BASIC: u32 = 1;

/// Whether [`super::condition::apply`] has nothing to ask, but for the setting, the scheme, the facility and its standards.
fn unconditional(row: Procedure<'_>, item: &str) -> bool {
    row.forensic() != 4
        && (!item.is_empty() || matches!(row.point_kind(), 1 | 4 | 7))
        && row.age_low().is_none()
        && row.age_high().is_none()
        && row.bed_class() == 0
}

/// Which tables of exclusion (10–13 of table 01) know a row's code: 03-1, 03-2, 03-3, 03-4 from the lowest bit on.
pub(crate) fn exclusions(aux: FeeAux<'_>) -> u8 {
    aux_marks(aux) & 0b1111
}

/// Whether a row's code contains others (4–9 of table 01).
pub(crate) fn bundles(aux: FeeAux<'_>) -> bool {
    aux_marks(aux) & BUNDLES != 0
}

/// Whether a row gives a time within which its code contains others.
pub(crate) fn has_units(aux: FeeAux<'_>) -> bool {
    aux_marks(aux) & BUNDLING != 0
}

/// Whether a row says that any other table knows its code.
pub(crate) fn announces(aux: FeeAux<'_>) -> bool {
    aux_marks(aux) != 0
}

const BUNDLES: u8 = 1 << 4;
const FREQUENCY: u8 = 1 << 5;
/// A time within which the procedure contains others.
const BUNDLING: u8 = 1 << 6;

fn aux_marks(aux: FeeAux<'_>) -> u8 {
    let make = || {
        let marks = [aux.exclusion_day(), aux.exclusion_month(), aux.exclusion_same(), aux.exclusion_week()];
        let exclusions: u64 = marks.iter().zip(0u32..).map(|(mark, place)| u64::from(*mark == 1) << place).sum();
        let bit = |holds: bool, bit: u8| if holds { u64::from(bit) } else { 0 };
        let groups = aux.bundles();
        exclusions
            | bit(groups.iter().any(|(_, group)| group.is_some()), BUNDLES)
            | bit(groups.iter().any(|(unit, _)| *unit != 0), BUNDLING)
            | bit(aux.frequency() == 1, FREQUENCY)
    };
    aux.table.digest(aux.row, make).to_le_bytes()[0]
}
