//! The points of a unit by the tables, and the edition of the tables that they belong to.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::{
    date::{Age, ServiceDate},
    fee::{
        self, Origin,
        encounter::{Addition, Consultation, Encounter, Facility, FacilityKind, Order, Patient, Visit},
        written::{Priced, Written, price},
    },
    master::{AgeLimit, Certainty, Drug, Masters, Material, Procedure, Revision, Row},
    money::Points,
};

use super::unit::{Malformed, Unit};

/// A revision of the fee schedule or of a price whose figures a unit has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Edition {
    /// The revision that was in force then: `r4`, `r6` …; empty where no loaded master names one.
    pub revision: String,
    /// Its name.
    pub name: String,
    /// First day on which the unit had these points.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: ServiceDate,
}

/// What the tables say of a unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ByTables {
    Priced(Priced),
    /// With the reason.
    Not(String),
}

/// The lines of a unit, or the one that is malformed.
pub(crate) fn lines(unit: &Unit) -> Result<Vec<Written>, &Malformed> {
    unit.entries.iter().map(|entry| entry.what.as_ref().cloned()).collect()
}

/// Prices a unit on a day: by its rows; where that is not what the claim has, by all the rules for what stands in it.
pub(crate) fn by_tables(masters: &Masters, unit: &Unit, on: ServiceDate, age: Option<Age>) -> ByTables {
    let lines = match lines(unit) {
        Ok(lines) => lines,
        Err(malformed) => return ByTables::Not(format!("{}: {}", malformed.code, malformed.why)),
    };
    let simple = price(masters, on, &lines, unit.drugs_of(), age);
    if let Ok(priced) = &simple
        && Some(priced.points.get()) == unit.points
    {
        return ByTables::Priced(*priced);
    }
    match (by_rules(masters, &lines, on), simple) {
        (Some(priced), _) if Some(priced.points.get()) == unit.points => ByTables::Priced(priced),
        (_, Ok(priced)) | (Some(priced), Err(_)) => ByTables::Priced(priced),
        (None, Err(why)) => ByTables::Not(why.told(masters, on, &lines)),
    }
}

/// The unit as a visit of its own: rules that look at several lines together, such as stretches of one anesthesia.
fn by_rules(masters: &Masters, lines: &[Written], on: ServiceDate) -> Option<Priced> {
    let mut rows: Vec<(Procedure<'_>, Option<Decimal>)> = Vec::with_capacity(lines.len());
    for line in lines {
        let Written::Procedure(code, quantity) = line else { return None };
        rows.push((masters.row(code, on)?, *quantity));
    }
    let mut orders: Vec<Order> = Vec::new();
    let mut general: Vec<Addition> = Vec::new();
    for (row, quantity) in &rows {
        let quantity = quantity.filter(|_| row.unit_code() != 0);
        match orders.last_mut() {
            Some(_) if matches!(row.point_kind(), 5 | 6) => general.push(Addition { procedure: row.code(), quantity }),
            Some(base) if fee::is_addition(*row) => {
                base.additions.push(Addition { procedure: row.code(), quantity });
            }
            _ => orders.push(super::order(row.code(), quantity)),
        }
    }
    for order in &mut orders {
        order.additions.extend(general.iter().cloned());
    }
    let encounter = alone(&rows, orders, on)?;
    let (statement, _) = fee::billed(masters, &encounter, false).ok()?;
    let lines = statement.visits.iter().flat_map(|visit| &visit.lines);
    let own = lines.filter(|line| line.origin == Origin::Ordered || line.addition || line.code.is_none());
    let mut priced = Priced { points: Points::ZERO, certainty: Certainty::Official };
    for line in own {
        priced.points = priced.points.plus(line.total?).ok()?;
        priced.certainty = priced.certainty.max(line.certainty);
    }
    Some(priced)
}

/// A visit of a patient and at a facility that the rows fit, so that nothing joins in that the claim does not write.
fn alone(rows: &[(Procedure<'_>, Option<Decimal>)], orders: Vec<Order>, on: ServiceDate) -> Option<Encounter> {
    const YEARS: [i32; 7] = [40, 76, 10, 4, 2, 1, 0];
    let fits = |birth: &ServiceDate| {
        Age::on(*birth, on)
            .is_some_and(|age| rows.iter().all(|(row, _)| AgeLimit::admits(row.age_low(), row.age_high(), age)))
    };
    let birth_date =
        YEARS.iter().filter_map(|years| ServiceDate::new(on.year().checked_sub(*years)?, on.month(), 1)).find(fits)?;
    let hospital = rows.iter().any(|(row, _)| row.facility_kind() == 1);
    let kind = if hospital { FacilityKind::Hospital } else { FacilityKind::Clinic };
    let admitted = rows.iter().any(|(row, _)| row.in_out() == 1).then_some(on);
    Some(Encounter {
        facility: Facility { kind, general_beds: None, permitted_beds: None, registrations: None },
        patient: Patient { birth_date, sex: None },
        coverage: crate::fee::encounter::Coverage::default(),
        visits: vec![Visit { admitted, orders, ..super::visit(on, Consultation::None) }],
        history: Vec::new(),
    })
}

/// The edition whose points a unit has, where it is not the one of its day: the nearest before, then the nearest after.
pub(crate) fn edition_of(masters: &Masters, unit: &Unit, on: ServiceDate, age: Option<Age>) -> Option<Edition> {
    let points = unit.points?;
    let lines = lines(unit).ok()?;
    let mut days = BTreeSet::new();
    for line in &lines {
        match line {
            Written::Procedure(code, _) => starts::<Procedure<'_>>(masters, code, &mut days),
            Written::Drug(code, _) => starts::<Drug<'_>>(masters, code, &mut days),
            Written::Material { code, .. } => starts::<Material<'_>>(masters, code, &mut days),
        }
    }
    // Tests that are rounded together change their figure with a revision while their rows stay.
    days.extend(masters.revisions().map(|row| row.period().from));
    let matches = |day: &ServiceDate| {
        price(masters, *day, &lines, unit.drugs_of(), age).is_ok_and(|priced| priced.points.get() == points)
    };
    let before = days.range(..=on).rev().copied().find(matches);
    let from = before.or_else(|| days.range(on.next()..).copied().find(matches))?;
    let revision = masters.in_force::<Revision<'_>>(from).next();
    let (revision, name) =
        revision.map_or((String::new(), String::new()), |row| (row.code().to_owned(), row.name().to_owned()));
    Some(Edition { revision, name, from })
}

fn starts<'m, R: Row<'m>>(masters: &'m Masters, code: &R::Code, days: &mut BTreeSet<ServiceDate>) {
    days.extend(masters.versions::<R>(code).map(|row| row.period().from));
}
