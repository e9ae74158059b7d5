//! The masters: typed rows over packs, several revisions side by side, looked up by code and date.

mod as_of;
mod cells;
pub mod diff;
pub mod fingerprint;
pub mod lint;
#[cfg(feature = "official")]
pub mod official;
mod relation;
mod roles;
pub mod stat;
mod tables;
#[cfg(feature = "official")]
pub mod verify;

pub use as_of::UnknownRevision;
pub use tables::{
    AgeLimit, BuildError, BundleMember, Ceiling, Certainty, CodeValue, Comment, CommentLink, CopayRate, Dental,
    DentalAddition, DentalAge, DentalAux, DentalBundleMember, DentalDays, DentalExclusion, DentalFrequency,
    DentalLimit, DentalPair, DentalStep, Disease, DiseaseSuccession, Dispensing, Drug, ExclusionDay, ExclusionMonth,
    ExclusionSame, ExclusionWeek, FacilityStandard, Fault, FaultKind, Faults, FeeAux, Frequency, GenericName,
    HealthCheck, HotDrug, HotPackage, Icd10, InpatientAddition, JlacCode, JlacLink, Key, Lab, LabProcedure, LocalRule,
    LocalSubsidy, MasterKind, MasterRow, MasterSet, Material, MealCharge, Modifier, NotAnAgeLimit, Pair, PayerRule,
    Procedure, PublicPayer, Revision, Role, Row, TestBundle, VisitingNursing, Ward, cell, schema, standard,
};

use std::sync::Arc;

use crate::{
    date::{Period, ServiceDate},
    pack::{Pack, PackError, Table},
};

pub(crate) use roles::Part;
use roles::Roles;
use schema::known;

/// Why a code gives no row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// No master that is loaded has the code.
    #[error("no {kind} has the code {code} in the masters that are loaded")]
    Unknown {
        /// Name of the master.
        kind: &'static str,
        /// The code.
        code: String,
    },
    /// The code is known, but not on this day.
    #[error("{kind} {code} is not in force on {date}; it is known {}", list(valid))]
    NotInForce {
        /// Name of the master.
        kind: &'static str,
        /// The code.
        code: String,
        /// The day asked for.
        date: ServiceDate,
        /// When it is known to be in force.
        valid: Vec<Period>,
    },
}

fn list(periods: &[Period]) -> String {
    periods.iter().map(Period::to_string).collect::<Vec<_>>().join(", ")
}

/// Every table that is loaded. Cloning is cheap: the packs are shared.
///
/// Packs are layers: a code is looked up in the pack that was added last, then in the ones before it, and last in the
/// project's own tables. A relation (a table of two codes) is replaced as a whole: on a day for which a pack has any rows of
/// it, those of the packs before it do not count, since a pair that an edition no longer has was abolished.
///
/// ```
/// use santei::{code::ProcedureCode, master::{Masters, Procedure}};
/// let masters = Masters::standard()?;
/// let code: ProcedureCode = "111000110".parse()?;
/// let first_visit: Procedure = masters.get(&code, "2026-06-01".parse()?)?;
/// assert_eq!(first_visit.name(), "初診料");
/// assert_eq!(first_visit.points().to_string(), "291");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Masters {
    /// Last added first; the rules that the engine itself needs come last.
    layers: Vec<Pack>,
    /// The days to whose rules every look-up keeps; see [`Masters::as_of_revision`].
    within: Option<Period>,
    /// What the rules name, gathered when it is first asked for.
    roles: Arc<Roles>,
}

/// The rules and parameters that every build carries.
static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.pack"));
#[cfg(feature = "standard")]
static STANDARD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/standard.pack"));

impl Masters {
    /// The standard masters that are compiled in.
    ///
    /// # Errors
    /// [`PackError`] when the program's own data is damaged.
    #[cfg(feature = "standard")]
    pub fn standard() -> Result<Self, PackError> {
        let mut masters = Self::empty()?;
        masters.layers.insert(0, Pack::from_static(STANDARD, &known())?);
        masters.roles = Arc::default();
        Ok(masters)
    }

    /// No masters but the rules that the engine itself needs; add packs with [`Masters::add_pack`].
    ///
    /// # Errors
    /// [`PackError`] when the program's own data is damaged.
    pub fn empty() -> Result<Self, PackError> {
        Ok(Self { layers: vec![Pack::from_static(RULES, &known())?], within: None, roles: Arc::default() })
    }

    /// Adds a pack read at run time, in front of what is there.
    ///
    /// # Errors
    /// [`PackError`] when the bytes are not a whole pack of a known version; the masters stay as they were.
    pub fn add_pack(&mut self, bytes: Vec<u8>) -> Result<(), PackError> {
        self.layers.insert(0, Pack::from_vec(bytes, &known())?);
        self.roles = Arc::default();
        Ok(())
    }

    /// The packs, last added first.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.layers
    }

    /// The row of a code on a day.
    ///
    /// # Errors
    /// [`LookupError`] when no loaded master has the code, or when it is not in force on that day.
    #[inline]
    pub fn get<'m, R: Row<'m>>(&'m self, code: &R::Code, on: ServiceDate) -> Result<R, LookupError> {
        self.row(code, on).ok_or_else(|| self.missing::<R>(code, on))
    }

    /// The row of a code on a day, for whom it does not matter why there is none: [`Masters::get`] looks that up too.
    #[inline]
    pub(crate) fn row<'m, R: Row<'m>>(&'m self, code: &R::Code, on: ServiceDate) -> Option<R> {
        let day = self.rules_date(on).packed();
        self.tables_on(R::KIND, R::Code::WHOLE, day).find_map(|table| {
            let row = code.on(table, day)?;
            Some(R::at(table.keeping(row), row))
        })
    }

    #[cold]
    fn missing<'m, R: Row<'m>>(&'m self, code: &R::Code, on: ServiceDate) -> LookupError {
        let kind = schema::schema(R::KIND).title;
        let on = self.rules_date(on);
        // What a newer pack has replaced on the day does not count on it.
        let valid: Vec<Period> = self.versions::<R>(code).map(R::period).filter(|days| !days.contains(on)).collect();
        let code = code.to_string();
        if valid.is_empty() {
            return LookupError::Unknown { kind, code };
        }
        LookupError::NotInForce { kind, code, date: on, valid: merged(valid) }
    }

    /// Every row of a code, layer by layer, each layer from the oldest to the newest.
    pub fn versions<'m, R: Row<'m>>(&'m self, code: &R::Code) -> impl Iterator<Item = R> {
        self.tables(R::KIND).flat_map(move |table| code.rows(table).map(move |row| R::at(table, row)))
    }

    /// Every row of a master that is in force on a day. Where two packs hold the same code on that day, the one that
    /// was added last counts; of a relation, only the pack that was added last and has rows for the day.
    pub fn in_force<'m, R: Row<'m>>(&'m self, on: ServiceDate) -> impl Iterator<Item = R> {
        let day = self.rules_date(on).packed();
        self.tables_on(R::KIND, R::Code::WHOLE, day).enumerate().flat_map(move |(layer, table)| {
            let above = move || self.tables_on(R::KIND, R::Code::WHOLE, day).take(layer);
            let hidden = move |row| above().any(|upper| R::Code::same_on(table, row, upper, day).is_some());
            (0..table.rows())
                .filter(move |row| table.in_force(*row, day) && !hidden(*row))
                .map(move |row| R::at(table, row))
        })
    }

    #[inline]
    pub(crate) fn tables(&self, kind: MasterKind) -> impl Iterator<Item = Table<'_>> {
        let place = schema::place(kind);
        self.layers.iter().filter_map(move |pack| pack.known(place))
    }

    /// The tables that count on a day, last added first; of a relation (`whole`) one at most.
    fn tables_on(&self, kind: MasterKind, whole: bool, day: u32) -> impl Iterator<Item = Table<'_>> {
        self.tables(kind).filter(move |table| !whole || table.covers(day)).take(if whole { 1 } else { usize::MAX })
    }
}

/// The periods in order, touching and overlapping ones joined.
pub(crate) fn merged(mut periods: Vec<Period>) -> Vec<Period> {
    crate::order::by_key(&mut periods, |period| period.from);
    let mut out: Vec<Period> = Vec::new();
    for period in periods {
        match out.last_mut() {
            Some(last) if last.until.is_none_or(|until| until >= period.from) => {
                if last.until.is_some_and(|until| period.until.is_none_or(|other| other > until)) {
                    last.until = period.until;
                }
            }
            _ => out.push(period),
        }
    }
    out
}
