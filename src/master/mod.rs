//! The masters: typed rows over packs, several revisions side by side, looked up by code and date.

mod cells;
pub mod diff;
pub mod fingerprint;
pub mod lint;
#[cfg(feature = "official")]
pub mod official;
pub mod stat;
mod tables;
#[cfg(feature = "official")]
pub mod verify;

pub use tables::{
    AgeLimit, BuildError, BundleMember, Ceiling, Certainty, CodeValue, Comment, CommentLink, CopayRate, Dental,
    DentalAux, DentalBundleMember, DentalExclusion, DentalFrequency, Disease, DiseaseSuccession, Dispensing, Drug,
    ExclusionDay, ExclusionMonth, ExclusionSame, ExclusionWeek, FacilityStandard, Fault, FaultKind, Faults, FeeAux,
    Frequency, GenericName, HealthCheck, HotDrug, HotPackage, Icd10, InpatientAddition, JlacCode, JlacLink, Key, Lab,
    LocalRule, LocalSubsidy, MasterKind, MasterRow, MasterSet, Material, MealCharge, Modifier, NotAnAgeLimit, Pair,
    PayerRule, Procedure, PublicPayer, Revision, Role, Row, TestBundle, VisitingNursing, Ward, cell, schema, standard,
};

use core::{cmp::Ordering, ops::Range};

use crate::{
    date::{Period, ServiceDate},
    pack::{Pack, PackError, Table},
};

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
/// project's own tables.
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
        Ok(masters)
    }

    /// No masters but the rules that the engine itself needs; add packs with [`Masters::add_pack`].
    ///
    /// # Errors
    /// [`PackError`] when the program's own data is damaged.
    pub fn empty() -> Result<Self, PackError> {
        Ok(Self { layers: vec![Pack::from_static(RULES, &known())?] })
    }

    /// Adds a pack read at run time, in front of what is there.
    ///
    /// # Errors
    /// [`PackError`] when the bytes are not a whole pack of a known version; the masters stay as they were.
    pub fn add_pack(&mut self, bytes: Vec<u8>) -> Result<(), PackError> {
        self.layers.insert(0, Pack::from_vec(bytes, &known())?);
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
    pub fn get<'m, R: Row<'m>>(&'m self, code: &R::Code, on: ServiceDate) -> Result<R, LookupError> {
        if let Some(row) = self.row(code, on) {
            return Ok(row);
        }
        let kind = schema::schema(R::KIND).title;
        let valid: Vec<Period> = self.versions::<R>(code).map(R::period).collect();
        let code = code.to_string();
        if valid.is_empty() {
            return Err(LookupError::Unknown { kind, code });
        }
        Err(LookupError::NotInForce { kind, code, date: on, valid: merged(valid) })
    }

    /// The row of a code on a day, for whom it does not matter why there is none: [`Masters::get`] looks that up too.
    pub(crate) fn row<'m, R: Row<'m>>(&'m self, code: &R::Code, on: ServiceDate) -> Option<R> {
        let day = u64::from(on.packed());
        self.tables(R::KIND).find_map(|table| {
            let row = rows_of(table, code).find(|row| schema::in_force(table, *row, day))?;
            Some(R::at(table, row))
        })
    }

    /// Every row of a code, layer by layer, each layer from the oldest to the newest.
    pub fn versions<'m, R: Row<'m>>(&'m self, code: &R::Code) -> impl Iterator<Item = R> {
        self.tables(R::KIND).flat_map(move |table| rows_of(table, code).map(move |row| R::at(table, row)))
    }

    /// Every row of a master that is in force on a day. Where two packs hold the same code on that day, the one that
    /// was added last counts.
    pub fn in_force<'m, R: Row<'m>>(&'m self, on: ServiceDate) -> impl Iterator<Item = R> {
        let layers: Vec<Table<'m>> = self.tables(R::KIND).collect();
        let day = u64::from(on.packed());
        (0..layers.len()).flat_map(move |layer| {
            let above: Vec<Table<'m>> = layers.get(..layer).unwrap_or_default().to_vec();
            let table = layers.get(layer).copied();
            (0..table.map_or(0, Table::rows)).filter_map(move |row| {
                let found = R::at(table?, row);
                (schema::in_force(table?, row, day) && !above.iter().any(|upper| covers::<R>(*upper, table, row, on)))
                    .then_some(found)
            })
        })
    }

    /// Every row of a relation that begins with a code and is in force on a day, in the order of the second code. Where
    /// two packs hold the same pair on that day, the one that was added last counts.
    ///
    /// ```
    /// use santei::{code::ProcedureCode, master::{ExclusionDay, Masters}};
    /// let masters = Masters::standard()?;
    /// let first_visit: ProcedureCode = "111000110".parse()?;
    /// for row in masters.related::<ExclusionDay>(first_visit, "2026-06-01".parse()?) {
    ///     println!("{} excludes {}: {}", row.code(), row.other(), row.rule());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn related<'m, R: Row<'m, Code = Pair>>(
        &'m self,
        first: impl Into<u32>,
        on: ServiceDate,
    ) -> impl Iterator<Item = R> {
        let layers: Vec<Table<'m>> = self.tables(R::KIND).collect();
        let (day, first) = (u64::from(on.packed()), first.into());
        (0..layers.len()).flat_map(move |layer| {
            let above: Vec<Table<'m>> = layers.get(..layer).unwrap_or_default().to_vec();
            let table = layers.get(layer).copied();
            let rows = table.map(|table| begins_with(table, first)).unwrap_or_default();
            rows.filter_map(move |row| {
                let table = table?;
                (schema::in_force(table, row, day)
                    && !above.iter().any(|upper| covers::<R>(*upper, Some(table), row, on)))
                .then_some(R::at(table, row))
            })
        })
    }

    pub(crate) fn tables(&self, kind: MasterKind) -> impl Iterator<Item = Table<'_>> {
        let tag = schema::schema(kind).tag;
        self.layers.iter().filter_map(move |pack| pack.table(tag))
    }
}

/// The rows of a code in one table, from the oldest to the newest.
fn rows_of<'m, K: Key + ?Sized>(table: Table<'m>, code: &K) -> impl Iterator<Item = usize> {
    let start = match code.number() {
        Some(number) => table.first_row(number).unwrap_or(usize::MAX),
        None => table.partition_point(|row| K::compare(table, row, code) == Ordering::Less),
    };
    (start..table.rows()).take_while(move |row| K::compare(table, *row, code) == Ordering::Equal)
}

/// The rows of a relation whose first code is this one.
fn begins_with(table: Table<'_>, first: u32) -> Range<usize> {
    let before = |row: usize, first: u64| u64::from(Pair::from_stored(table.number(schema::CODE, row)).first) < first;
    let start = table.partition_point(|row| before(row, u64::from(first)));
    let end = table.partition_point(|row| before(row, u64::from(first) + 1));
    start..end
}

/// Whether `upper` has the code of `table`'s `row` in force on the day.
fn covers<'m, R: Row<'m>>(upper: Table<'m>, table: Option<Table<'m>>, row: usize, on: ServiceDate) -> bool {
    let Some(table) = table else { return false };
    let order = |other: usize| {
        if R::Code::NUMERIC {
            upper.number(schema::CODE, other).cmp(&table.number(schema::CODE, row))
        } else {
            upper.text(schema::CODE, other).cmp(table.text(schema::CODE, row))
        }
    };
    let start = upper.partition_point(|other| order(other) == Ordering::Less);
    (start..upper.rows())
        .take_while(|other| order(*other) == Ordering::Equal)
        .any(|other| schema::period_of(upper, other).contains(on))
}

/// The periods in order, touching and overlapping ones joined.
fn merged(mut periods: Vec<Period>) -> Vec<Period> {
    periods.sort_by_key(|period| period.from);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::{BundleGroup, ProcedureCode};

    /// A pack of one of the project's own tables.
    fn pack(kind: MasterKind, csv: &str) -> Vec<u8> {
        let (rows, faults) = standard::read(schema::schema(kind), "table.csv", csv);
        assert!(faults.is_empty(), "{faults}");
        let mut set = MasterSet::default();
        for row in rows {
            set.push(kind, row);
        }
        set.write().unwrap()
    }

    #[test]
    fn the_rows_of_a_relation() {
        let day = |text: &str| text.parse::<ServiceDate>().unwrap();
        let mut masters = Masters::empty().unwrap();
        let lower = "code,other,from,last_day,rule,special,certainty,source\n\
             111000110,113008610,2010-04-01,,2,0,official,A\n\
             111000110,113008710,2010-04-01,2022-03-31,2,0,official,A\n\
             113008610,111000110,2010-04-01,,1,0,official,A\n";
        let upper = "code,other,from,last_day,rule,special,certainty,source\n\
             111000110,113008610,2024-06-01,,3,1,official,B\n";
        masters.add_pack(pack(MasterKind::ExclusionDay, lower)).unwrap();
        masters.add_pack(pack(MasterKind::ExclusionDay, upper)).unwrap();
        let first: ProcedureCode = "111000110".parse().unwrap();
        let found = |on: &str| -> Vec<(String, u32)> {
            masters.related::<ExclusionDay>(first, day(on)).map(|row| (row.other().to_string(), row.rule())).collect()
        };
        let pair = |other: &str, rule: u32| (other.to_owned(), rule);
        assert_eq!(found("2020-01-01"), [pair("113008610", 2), pair("113008710", 2)]);
        assert_eq!(found("2022-04-01"), [pair("113008610", 2)]);
        assert_eq!(found("2024-06-01"), [pair("113008610", 3)]);
        assert_eq!(found("2010-03-31"), []);
        let key = Pair::of(first, "113008610".parse::<ProcedureCode>().unwrap());
        assert_eq!(masters.get::<ExclusionDay>(&key, day("2023-01-01")).unwrap().rule(), 2);
        assert_eq!(masters.get::<ExclusionDay>(&key, day("2024-06-01")).unwrap().special(), 1);
    }

    #[test]
    fn the_members_of_a_group() {
        let mut masters = Masters::empty().unwrap();
        let members = "group,code,from,last_day,special,certainty,source\n\
             J028001,140005610,2010-04-01,,0,official,A\n";
        masters.add_pack(pack(MasterKind::BundleMember, members)).unwrap();
        let group: BundleGroup = "J028001".parse().unwrap();
        let row: BundleMember = masters.related(group, "2024-06-01".parse().unwrap()).next().unwrap();
        assert_eq!((row.group(), row.code().to_string().as_str()), (group, "140005610"));
    }
}
