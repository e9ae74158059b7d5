//! What a master is, apart from the packs that are loaded: the schema, the values of a cell, the faults of a file, and
//! the rows on their way into a pack. `build.rs` compiles these files too, to turn `masters/*.csv` into packs.

mod age;
pub mod cell;
mod report;
pub mod schema;
mod set;
pub mod standard;

pub use age::{AgeLimit, NotAnAgeLimit};
pub use report::{Fault, FaultKind, Faults};
pub use schema::{
    BundleMember, Ceiling, Comment, CommentLink, CopayRate, Dental, DentalAddition, DentalAge, DentalAux,
    DentalBundleMember, DentalDays, DentalExclusion, DentalFrequency, DentalLimit, DentalPair, DentalStep, Disease,
    DiseaseSuccession, Dispensing, Drug, ExclusionDay, ExclusionMonth, ExclusionSame, ExclusionWeek, FacilityStandard,
    FeeAux, Frequency, GenericName, HealthCheck, HotDrug, HotPackage, Icd10, InpatientAddition, JlacCode, JlacLink,
    Lab, LabProcedure, LocalRule, LocalSubsidy, MasterKind, Material, MealCharge, Modifier, PayerRule, Procedure,
    PublicPayer, Revision, Role, TestBundle, VisitingNursing, Ward,
};
pub use set::{BuildError, CodeValue, MasterRow, MasterSet};

use core::{fmt, ops::Range};

use serde::{Deserialize, Serialize};

use crate::{
    code::{
        AnyCode, CommentCode, DentalCode, DiseaseCode, DispensingCode, DrugCode, MaterialCode, ModifierCode,
        NursingCode, ProcedureCode, StandardCode,
    },
    date::Period,
    pack::{Table, pair},
};

use schema::CODE;

/// How sure a row or a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Read in the official master or in the notification's own text.
    Official,
    /// Two independent sources agree.
    Confirmed,
    /// One secondary source says so.
    Single,
    /// Derived or matched by machine. Results that rest on it say so.
    Unverified,
}

impl Certainty {
    /// Every certainty, the surest first.
    pub const ALL: [Self; 4] = [Self::Official, Self::Confirmed, Self::Single, Self::Unverified];

    /// The name in `masters/*.csv` and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Confirmed => "confirmed",
            Self::Single => "single",
            Self::Unverified => "unverified",
        }
    }

    pub(crate) fn stored(self) -> u64 {
        match self {
            Self::Official => 0,
            Self::Confirmed => 1,
            Self::Single => 2,
            Self::Unverified => 3,
        }
    }

    pub(crate) fn from_stored(stored: u64) -> Self {
        match stored {
            0 => Self::Official,
            1 => Self::Confirmed,
            2 => Self::Single,
            _ => Self::Unverified,
        }
    }
}

impl core::str::FromStr for Certainty {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|certainty| certainty.name() == text).ok_or(())
    }
}

/// A typed row of some master.
pub trait Row<'m>: Copy {
    /// The master.
    const KIND: MasterKind;
    /// What its rows are found by.
    type Code: Key + ?Sized + fmt::Display;

    /// The view of a row.
    fn at(table: Table<'m>, row: usize) -> Self;

    /// The days on which the row is in force.
    fn period(self) -> Period;
}

/// Something that rows are found by.
pub trait Key {
    /// Whether a newer pack replaces the whole table on the days for which it has rows: so it is with relations, where
    /// a pair that is absent says something.
    const WHOLE: bool = false;

    /// The row in force on a day (`YYYYMMDD`).
    fn on(&self, table: Table<'_>, day: u32) -> Option<usize>;

    /// The rows of the key, from the oldest to the newest.
    fn rows(&self, table: Table<'_>) -> Range<usize>;

    /// The row of another table that has the code of this one's row and is in force on a day.
    fn same_on(table: Table<'_>, row: usize, other: Table<'_>, day: u32) -> Option<usize>;
}

/// The key of a relation: two codes. Relations are sorted by the first, then by the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The first code, as a number.
    pub first: u32,
    /// The second code, as a number below 10⁹.
    pub second: u32,
}

impl Pair {
    /// The key of two codes.
    pub fn of(first: impl Into<u32>, second: impl Into<u32>) -> Self {
        Self { first: first.into(), second: second.into() }
    }

    pub(crate) fn stored(self) -> u64 {
        pair::joined(self.first, self.second)
    }

    pub(crate) fn at(table: Table<'_>, row: usize) -> Self {
        let (first, second) = table.pair(row);
        Self { first, second }
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.second)
    }
}

macro_rules! numeric_keys {
    ($($code:ident)*) => {$(
        impl Key for $code {
            fn on(&self, table: Table<'_>, day: u32) -> Option<usize> {
                table.row_on(self.number(), day)
            }

            fn rows(&self, table: Table<'_>) -> Range<usize> {
                let number = u64::from(self.number());
                let Some(start) = table.first_row(self.number()) else { return 0..0 };
                let more = (start..table.rows()).take_while(|row| table.number(CODE, *row) == number).count();
                start..start + more
            }

            fn same_on(table: Table<'_>, row: usize, other: Table<'_>, day: u32) -> Option<usize> {
                other.row_on(u32::try_from(table.number(CODE, row)).ok()?, day)
            }
        }
    )*};
}

numeric_keys! {
    ProcedureCode DrugCode MaterialCode CommentCode DiseaseCode ModifierCode
    DentalCode DispensingCode NursingCode StandardCode AnyCode
}

impl Key for Pair {
    const WHOLE: bool = true;

    fn on(&self, table: Table<'_>, day: u32) -> Option<usize> {
        table.pair_on(self.first, self.second, day)
    }

    fn rows(&self, table: Table<'_>) -> Range<usize> {
        table.pair_rows(self.first, self.second)
    }

    fn same_on(table: Table<'_>, row: usize, other: Table<'_>, day: u32) -> Option<usize> {
        Self::at(table, row).on(other, day)
    }
}

impl Key for str {
    fn on(&self, table: Table<'_>, day: u32) -> Option<usize> {
        self.rows(table).find(|row| table.in_force(*row, day))
    }

    fn rows(&self, table: Table<'_>) -> Range<usize> {
        table.named(self)
    }

    fn same_on(table: Table<'_>, row: usize, other: Table<'_>, day: u32) -> Option<usize> {
        table.text(CODE, row).on(other, day)
    }
}

impl fmt::Display for MasterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(schema::schema(*self).name)
    }
}
