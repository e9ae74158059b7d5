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
    BundleMember, Ceiling, Comment, CommentLink, CopayRate, Dental, DentalAux, DentalBundleMember, DentalExclusion,
    DentalFrequency, Disease, DiseaseSuccession, Dispensing, Drug, ExclusionDay, ExclusionMonth, ExclusionSame,
    ExclusionWeek, FacilityStandard, FeeAux, Frequency, GenericName, HealthCheck, HotDrug, HotPackage, Icd10,
    InpatientAddition, JlacCode, JlacLink, Lab, LocalRule, LocalSubsidy, MasterKind, Material, MealCharge, Modifier,
    PayerRule, Procedure, PublicPayer, Revision, Role, TestBundle, VisitingNursing, Ward,
};
pub use set::{BuildError, CodeValue, MasterRow, MasterSet};

use core::{cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    code::{
        AnyCode, CommentCode, DentalCode, DiseaseCode, DispensingCode, DrugCode, MaterialCode, ModifierCode,
        NursingCode, ProcedureCode, StandardCode,
    },
    date::Period,
    pack::Table,
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
    /// Whether codes are stored as numbers.
    const NUMERIC: bool;

    /// The key as it is stored, for codes that are numbers.
    fn number(&self) -> Option<u64> {
        None
    }

    /// How the code of a row compares with the key.
    fn compare(table: Table<'_>, row: usize, key: &Self) -> Ordering;
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
    const STEP: u64 = 1_000_000_000;

    /// The key of two codes.
    pub fn of(first: impl Into<u32>, second: impl Into<u32>) -> Self {
        Self { first: first.into(), second: second.into() }
    }

    pub(crate) fn stored(self) -> u64 {
        u64::from(self.first) * Self::STEP + u64::from(self.second)
    }

    pub(crate) fn from_stored(stored: u64) -> Self {
        let part = |part: u64| u32::try_from(part).unwrap_or(u32::MAX);
        Self { first: part(stored / Self::STEP), second: part(stored % Self::STEP) }
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.second)
    }
}

macro_rules! numeric_keys {
    ($($code:ident, $number:expr;)*) => {$(
        impl Key for $code {
            const NUMERIC: bool = true;

            fn number(&self) -> Option<u64> {
                Some($number(*self))
            }

            fn compare(table: Table<'_>, row: usize, key: &Self) -> Ordering {
                table.number(CODE, row).cmp(&$number(*key))
            }
        }
    )*};
}

numeric_keys! {
    ProcedureCode, |code: ProcedureCode| u64::from(code.number());
    DrugCode, |code: DrugCode| u64::from(code.number());
    MaterialCode, |code: MaterialCode| u64::from(code.number());
    CommentCode, |code: CommentCode| u64::from(code.number());
    DiseaseCode, |code: DiseaseCode| u64::from(code.number());
    ModifierCode, |code: ModifierCode| u64::from(code.number());
    DentalCode, |code: DentalCode| u64::from(code.number());
    DispensingCode, |code: DispensingCode| u64::from(code.number());
    NursingCode, |code: NursingCode| u64::from(code.number());
    StandardCode, |code: StandardCode| u64::from(code.number());
    AnyCode, |code: AnyCode| u64::from(code.number());
    Pair, Pair::stored;
}

impl Key for str {
    const NUMERIC: bool = false;

    fn compare(table: Table<'_>, row: usize, key: &Self) -> Ordering {
        table.text(CODE, row).cmp(key)
    }
}

impl fmt::Display for MasterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(schema::schema(*self).name)
    }
}
