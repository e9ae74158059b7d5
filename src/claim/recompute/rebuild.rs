//! A claim as an encounter: a visit for every day on which something was charged, with an order for every procedure.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    date::ServiceDate,
    fee::{
        self, Fit,
        encounter::{
            Addition, Consultation, Coverage, Diagnosis, Dispensing, DrugAmount, DrugUse, Encounter, Facility,
            FacilityKind, MaterialAmount, Order, PastCharge, Patient, Prescription, Rp, Visit,
        },
        path::Path,
        written::{self, Written},
    },
    master::{Masters, Procedure},
};

use super::{Subject, unit::Unit};

/// Where a part of the encounter comes from: the unit, by the place of the part.
pub(crate) type Origins = BTreeMap<Path, usize>;

/// What was made of a claim.
pub(crate) struct Rebuilt {
    pub(crate) encounter: Encounter,
    pub(crate) origins: Origins,
    /// Units that could not be put into it, with the reason.
    pub(crate) left_out: BTreeMap<usize, String>,
}

/// Makes the encounter of a claim; nothing without the patient's day of birth or a unit with a day.
pub(crate) fn rebuild(masters: &Masters, subject: &Subject, history: Vec<PastCharge>) -> Option<Rebuilt> {
    let birth_date = subject.birth?;
    let mut left_out = BTreeMap::new();
    let mut days: BTreeMap<ServiceDate, Vec<(usize, u32)>> = BTreeMap::new();
    for (place, unit) in subject.units.iter().enumerate() {
        if unit.days.is_empty() {
            left_out.insert(place, "算定日の記録がない".to_owned());
        }
        for (day, count) in &unit.days {
            match subject.month.day(*day) {
                Some(on) => days.entry(on).or_default().push((place, *count)),
                None => {
                    left_out.insert(place, format!("{}に{day}日はない", subject.month));
                }
            }
        }
    }
    let mut visits = Vec::with_capacity(days.len());
    let mut origins = Origins::new();
    for (on, units) in days {
        let mut day = Day::new(masters, subject, on, visits.len());
        for (place, count) in units {
            if let Some(unit) = subject.units.get(place)
                && let Err(why) = day.unit(place, unit, count)
            {
                left_out.insert(place, why);
            }
        }
        let visit = day.finish(&mut origins);
        if !visit.orders.is_empty() || !visit.prescriptions.is_empty() {
            visits.push(visit);
        }
    }
    // A unit is compared as a whole or not at all.
    origins.retain(|_, place| !left_out.contains_key(place));
    if visits.is_empty() {
        return None;
    }
    let encounter = Encounter {
        facility: facility(masters, subject),
        patient: Patient { birth_date, sex: subject.sex },
        coverage: Coverage { income_class: None, late_elderly: subject.late_elderly },
        visits,
        history,
    };
    Some(Rebuilt { encounter, origins, left_out })
}

/// A hospital names its beds (RE 13); one that does not is known by what only a hospital charges.
fn facility(masters: &Masters, subject: &Subject) -> Facility {
    let mut hospital = subject.beds.is_some_and(|beds| beds >= 20);
    if !hospital {
        let on = subject.month.first_day();
        let kinds = subject.units.iter().flat_map(|unit| &unit.entries).filter_map(|entry| match &entry.what {
            Ok(Written::Procedure(code, _)) => {
                masters.row::<Procedure<'_>>(code, on).map(|row| (row.facility_kind(), row.fee_item() == "A002"))
            }
            _ => None,
        });
        let (mut only_hospital, mut only_clinic) = (false, false);
        for (kind, outpatient_fee) in kinds {
            only_hospital |= kind == 1 || outpatient_fee;
            only_clinic |= kind == 2;
        }
        hospital = only_hospital && !only_clinic;
    }
    let kind = if hospital { FacilityKind::Hospital } else { FacilityKind::Clinic };
    let permitted_beds = subject.beds.filter(|_| hospital);
    Facility { kind, general_beds: None, permitted_beds, registrations: None }
}

/// One day under construction.
struct Day<'m, 's> {
    masters: &'m Masters,
    subject: &'s Subject,
    visit: Visit,
    number: usize,
    orders: Vec<Made>,
    /// 剤 of the day: a dispensed prescription.
    rps: Vec<(usize, Rp)>,
}

/// An order with the units that its parts come from.
struct Made {
    order: Order,
    unit: usize,
    group: usize,
    row_code: crate::code::ProcedureCode,
    drugs: Option<usize>,
    materials: Vec<usize>,
}

impl<'m, 's> Day<'m, 's> {
    fn new(masters: &'m Masters, subject: &'s Subject, on: ServiceDate, number: usize) -> Self {
        let mut visit = super::visit(on, Consultation::None);
        if subject.inpatient {
            // A claim carried on from the month before names the same day.
            visit.admitted = Some(subject.admission.filter(|day| *day <= on).unwrap_or(on));
        }
        if number == 0 {
            visit.diagnoses = diagnoses(masters, subject, on);
        }
        let orders = Vec::with_capacity(subject.units.len());
        Self { masters, subject, visit, number, orders, rps: Vec::new() }
    }

    /// Puts a unit into the day, or says why it cannot be.
    fn unit(&mut self, place: usize, unit: &Unit, count: u32) -> Result<(), String> {
        let lines = super::price::lines(unit).map_err(|bad| format!("{}: {}", bad.code, bad.why))?;
        if unit.is_supplies() {
            return self.supplies(place, unit, &lines, count);
        }
        let mut rows: Vec<(Procedure<'m>, Option<Decimal>)> = Vec::with_capacity(lines.len());
        for line in &lines {
            let Written::Procedure(code, quantity) = line else { continue };
            let row: Procedure<'m> = self.masters.get(code, self.visit.date).map_err(|error| error.to_string())?;
            if row.unit_code() != 0 && quantity.is_none_or(|quantity| quantity <= Decimal::ZERO) {
                return Err(format!("{} の数量データがない", row.name()));
            }
            if matches!(row.point_kind(), 1 | 4 | 7) {
                return Err(format!("{} の額は請求側が与える", row.name()));
            }
            rows.push((row, quantity.filter(|_| row.unit_code() != 0)));
        }
        let before = self.orders.len();
        if let Err(why) = self.procedures(place, unit, &rows, count) {
            self.orders.truncate(before);
            return Err(why);
        }
        let mut supplies = lines.iter().filter(|line| !matches!(line, Written::Procedure(..))).peekable();
        if supplies.peek().is_some() {
            let rest: Vec<Written> = supplies.cloned().collect();
            return self.supplies(place, unit, &rest, count);
        }
        Ok(())
    }

    /// Puts the procedures of a unit behind the orders.
    fn procedures(
        &mut self,
        place: usize,
        unit: &Unit,
        rows: &[(Procedure<'m>, Option<Decimal>)],
        count: u32,
    ) -> Result<(), String> {
        let before = self.orders.len();
        let mut ahead: Vec<Addition> = Vec::new();
        let mut percentages: Vec<(Procedure<'m>, Addition)> = Vec::new();
        // Additions alone, such as 外来管理加算 on a unit of its own, find their base in another unit of the day.
        let based = rows.iter().any(|(row, _)| !fee::is_addition(*row));
        for (row, quantity) in rows {
            let addition = Addition { procedure: row.code(), quantity: *quantity };
            let base = self.orders.get_mut(before..).and_then(|made| made.last_mut());
            match base {
                _ if matches!(row.point_kind(), 5 | 6) => percentages.push((*row, addition)),
                Some(base) if based && fee::is_addition(*row) => base.order.additions.push(addition),
                None if based && fee::is_addition(*row) => ahead.push(addition),
                _ => self.orders.push(Made {
                    order: Order { count, ..super::order(row.code(), *quantity) },
                    unit: place,
                    group: unit.group,
                    row_code: row.code(),
                    drugs: None,
                    materials: Vec::new(),
                }),
            }
        }
        let (masters, on) = (self.masters, self.visit.date);
        let made = self.orders.get_mut(before..).unwrap_or_default();
        if let Some(first) = made.first_mut() {
            first.order.additions.extend(ahead);
        }
        for (row, addition) in percentages {
            let takes = |base: &Made| {
                masters.row::<Procedure<'_>>(&base.row_code, on).is_some_and(|base| fee::fit(base, row) == Fit::Yes)
            };
            let some = made.iter().any(takes);
            if made.is_empty() {
                return Err(format!("{} は割合の加算で、基本となる行が同じ単位にない", row.name()));
            }
            for base in &mut *made {
                if !some || takes(base) {
                    base.order.additions.push(addition.clone());
                }
            }
        }
        Ok(())
    }

    /// Drugs and materials: a prescription, or what was used in the procedure before them.
    fn supplies(&mut self, place: usize, unit: &Unit, lines: &[Written], count: u32) -> Result<(), String> {
        let usage = match unit.section {
            21 => Some(DrugUse::Internal),
            22 => Some(DrugUse::AsNeeded),
            23 => Some(DrugUse::External),
            _ => None,
        };
        let supplies = lines.iter().filter(|line| !matches!(line, Written::Procedure(..)));
        if let Some(error) = supplies.filter_map(|line| written::missing(self.masters, line, self.visit.date)).next() {
            return Err(error.to_string());
        }
        let drugs: Vec<DrugAmount> = lines
            .iter()
            .filter_map(|line| match line {
                Written::Drug(drug, quantity) => {
                    Some(DrugAmount { drug: *drug, quantity: *quantity, choice: None, generic_price: None })
                }
                _ => None,
            })
            .collect();
        if drugs.iter().any(|drug| drug.quantity <= Decimal::ZERO) {
            return Err("使用量が 0 以下である".to_owned());
        }
        match usage {
            Some(_) if self.subject.inpatient => return Err("入院の投薬は処方として計算していない".to_owned()),
            Some(usage) if drugs.len() == lines.len() => {
                if usage == DrugUse::External && count != 1 {
                    return Err("外用薬の回数が1でない".to_owned());
                }
                self.rps.push((place, Rp { usage, count, temporary: false, mixed: false, drugs }));
                return Ok(());
            }
            _ => {}
        }
        let alone = || "薬剤・特定器材だけの単位で、これを使う診療行為が前にない".to_owned();
        let host = self.orders.iter_mut().rev().find(|made| made.group == unit.group).ok_or_else(alone)?;
        if host.order.count != count {
            return Err("前の診療行為と回数が違う".to_owned());
        }
        if !drugs.is_empty() {
            if host.drugs.is_some() {
                return Err("同じ診療行為に薬剤の単位が2つ以上ある".to_owned());
            }
            host.drugs = Some(place);
            host.order.drugs = drugs;
        }
        for line in lines {
            if let Written::Material { code, amount, price } = line {
                let quantity = Some(*amount);
                let price = *price;
                host.order.materials.push(MaterialAmount { material: *code, quantity, price, chest_or_abdomen: None });
                host.materials.push(place);
            }
        }
        Ok(())
    }

    /// The visit, with the origin of its parts.
    fn finish(mut self, origins: &mut Origins) -> Visit {
        let number = self.number;
        self.visit.orders.reserve(self.orders.len());
        for (place, made) in self.orders.into_iter().enumerate() {
            let path = Path::order(number, place);
            if let Some(unit) = made.drugs {
                origins.insert(path.drugs(), unit);
            }
            for (material, unit) in made.materials.iter().enumerate() {
                origins.insert(path.material(material), *unit);
            }
            origins.insert(path, made.unit);
            self.visit.orders.push(made.order);
        }
        if !self.rps.is_empty() {
            let mut rps = Vec::with_capacity(self.rps.len());
            for (place, (unit, rp)) in self.rps.into_iter().enumerate() {
                origins.insert(Path::prescription(number, 0).rp(place), unit);
                rps.push(rp);
            }
            let prescription = Prescription { dispensing: Dispensing::InHouse, refill: false, fee_class: None, rps };
            self.visit.prescriptions.push(prescription);
        }
        self.visit
    }
}

/// The diseases that the masters have on the day; the check of the records tells of the others.
fn diagnoses(masters: &Masters, subject: &Subject, on: ServiceDate) -> Vec<Diagnosis> {
    let known = |diagnosis: &&Diagnosis| {
        masters.row::<crate::master::Disease<'_>>(&diagnosis.disease, on).is_some()
            && diagnosis.modifiers.iter().all(|code| masters.row::<crate::master::Modifier<'_>>(code, on).is_some())
    };
    subject.diagnoses.iter().filter(known).cloned().collect()
}
