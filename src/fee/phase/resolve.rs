//! Phase 1: each ordered code at its service date, or an error that says in which period it was valid.

mod consistent;
mod supplies;

use core::fmt;

use rust_decimal::Decimal;

use crate::{
    code::{DiseaseCode, ModifierCode},
    date::{Age, ServiceDate},
    fee::{
        condition,
        draft::{Draft, DrugsKind, Group, Item, Parts, Prescribed, VisitDraft, What, Why, reason},
        encounter::{Consultation, Dispensing, DrugUse, Encounter, Order, Prescription, Visit},
        path::Path,
        refusal::{InputError, InputErrorKind, Refusal},
        rule::inputs,
        section::Section,
        statement::Origin,
        trace::Trace,
    },
    json,
    master::{LookupError, Masters, Procedure, Revision, Row},
    money::Points,
};

/// Most visits in one encounter.
pub(crate) const MAX_VISITS: usize = 1_000;
/// Most orders and drugs in one encounter.
pub(crate) const MAX_ORDERS: usize = 20_000;
/// Most entries of history.
pub(crate) const MAX_HISTORY: usize = 100_000;
/// Largest count of a line: a claim has three digits for it.
const MAX_COUNT: u32 = 999;
/// Largest quantity of a procedure: a claim has eight digits for it.
const MAX_QUANTITY: i64 = 99_999_999;
/// Largest amount of a drug: a claim has five digits before and five after the point.
const MAX_AMOUNT: i64 = 99_999;
const AMOUNT_SCALE: u32 = 5;
/// Largest points that the claim gives: a master has seven digits for them.
const MAX_POINTS: u32 = 9_999_999;

/// Resolves an encounter.
pub(crate) fn run<'m>(masters: &'m Masters, encounter: &'m Encounter, trace: bool) -> Result<Draft<'m>, Refusal> {
    let mut resolver = Resolver { masters, encounter, errors: Vec::new() };
    resolver.limits()?;
    resolver.facility();
    let mut visits: Vec<VisitDraft<'m>> =
        encounter.visits.iter().enumerate().filter_map(|(index, visit)| resolver.visit(index, visit)).collect();
    if !resolver.errors.is_empty() {
        let mut errors = resolver.errors;
        errors.truncate(Refusal::LIMIT);
        return Err(Refusal { errors });
    }
    chronological(&mut visits);
    let mut draft = Draft { masters, encounter, visits, trace: Trace::new(trace) };
    draft.trace.phase("resolve");
    for visit in &draft.visits {
        draft.trace.step("visit", || format!("{} ({}): {} lines", visit.date, visit.revision, visit.groups.len()));
    }
    Ok(draft)
}

fn ordered<'m>() -> Why<'m> {
    reason("ordered", "入力", "行った診療として入力された")
}

/// Sorts the visits by date. Those of one day follow by what the rules ask of each other: the day's consultation, the
/// second department, what comes again on the same day, and what is only ordered. Between equal ones their content
/// decides, so that a fee that is charged once falls on the same one, whatever the order of the input.
fn chronological(visits: &mut [VisitDraft<'_>]) {
    let rank = |draft: &VisitDraft<'_>| match draft.visit.consultation {
        Consultation::First | Consultation::Revisit | Consultation::PhoneRevisit => {
            u8::from(draft.visit.second_department)
        }
        Consultation::SameDayRevisit | Consultation::SameDayPhoneRevisit => 2,
        Consultation::None => 3,
    };
    crate::order::by_key(visits, |draft| (draft.date, rank(draft), draft.index));
    for equal in visits.chunk_by_mut(|a, b| (a.date, rank(a)) == (b.date, rank(b))) {
        if equal.len() > 1 {
            crate::order::by_key(equal, |draft| (json::sorted(&json::to_string(draft.visit)), draft.index));
        }
    }
}

struct Resolver<'m> {
    masters: &'m Masters,
    encounter: &'m Encounter,
    errors: Vec<InputError>,
}

impl<'m> Resolver<'m> {
    fn limits(&self) -> Result<(), Refusal> {
        let visits = &self.encounter.visits;
        let orders = |visit: &Visit| {
            let drugs = visit
                .orders
                .iter()
                .map(|order| 1 + order.additions.len() + order.drugs.len() + order.materials.len())
                .sum::<usize>();
            let rps = visit.prescriptions.iter().flat_map(|p| &p.rps).map(|rp| 1 + rp.drugs.len()).sum::<usize>();
            drugs + rps + visit.diagnoses.len() + visit.prescriptions.len()
        };
        let too_much = |path: &str, limit: usize, got: usize| {
            let error = InputError::new(path, InputErrorKind::TooMuch, "more than the engine takes at once");
            Refusal::one(error.expected(format!("at most {limit}"), got.to_string()).help("split the encounter"))
        };
        if visits.is_empty() {
            let error = InputError::new("visits", InputErrorKind::Contradiction, "there is no visit to calculate");
            return Err(Refusal::one(error.expected("at least one visit", "none")));
        }
        if visits.len() > MAX_VISITS {
            return Err(too_much("visits", MAX_VISITS, visits.len()));
        }
        let all = visits.iter().map(orders).sum::<usize>();
        if all > MAX_ORDERS {
            return Err(too_much("visits", MAX_ORDERS, all));
        }
        if self.encounter.history.len() > MAX_HISTORY {
            return Err(too_much("history", MAX_HISTORY, self.encounter.history.len()));
        }
        Ok(())
    }

    fn visit(&mut self, index: usize, visit: &'m Visit) -> Option<VisitDraft<'m>> {
        let path = format_args!("visits[{index}]");
        let Some(age) = Age::on(self.encounter.patient.birth_date, visit.date) else {
            let error =
                InputError::new("patient.birth_date", InputErrorKind::Date, "the patient is born after the visit");
            let got = self.encounter.patient.birth_date.to_string();
            self.errors.push(error.expected(format!("a day up to {path}.date, {}", visit.date), got));
            return None;
        };
        if age.years() > 150 {
            let error =
                InputError::new("patient.birth_date", InputErrorKind::Date, "the patient is over 150 years old");
            self.errors.push(error.expected("an age of at most 150 years", format!("{} years", age.years())));
        }
        self.consistent(path, visit);
        for (place, diagnosis) in visit.diagnoses.iter().enumerate() {
            let path = format_args!("{path}.diagnoses[{place}]");
            self.disease(format_args!("{path}.disease"), diagnosis.disease, visit.date);
            for (place, modifier) in diagnosis.modifiers.iter().enumerate() {
                self.modifier(format_args!("{path}.modifiers[{place}]"), *modifier, visit.date);
            }
        }
        let revision = self.masters.in_force::<Revision<'_>>(visit.date).next().map_or("unknown", Revision::code);
        let late_elderly = self.encounter.coverage.is_late_elderly(age);
        let (masters, date) = (self.masters, visit.date);
        let mut draft = VisitDraft {
            masters,
            index,
            visit,
            date,
            age,
            late_elderly,
            revision,
            parts: Parts::default(),
            // With room for what the rules add.
            groups: Vec::with_capacity(visit.orders.len() + 12),
        };
        for (place, order) in visit.orders.iter().enumerate() {
            self.order(&mut draft, Path::order(index, place), order);
        }
        for (place, prescription) in visit.prescriptions.iter().enumerate() {
            self.prescription(&mut draft, place, Path::prescription(index, place), prescription);
        }
        let mut parts = Parts::default();
        draft.items().for_each(|item| parts.add(item));
        draft.parts = parts;
        Some(draft)
    }

    fn disease(&mut self, path: fmt::Arguments<'_>, code: DiseaseCode, on: ServiceDate) {
        if let Err(error) = self.masters.get::<crate::master::Disease<'_>>(&code, on) {
            self.lookup(path, &error);
        }
    }

    fn modifier(&mut self, path: fmt::Arguments<'_>, code: ModifierCode, on: ServiceDate) {
        if let Err(error) = self.masters.get::<crate::master::Modifier<'_>>(&code, on) {
            self.lookup(path, &error);
        }
    }

    fn order(&mut self, draft: &mut VisitDraft<'m>, path: Path, order: &'m Order) {
        self.count(format_args!("{path}.count"), order.count);
        let mut base = self.line(draft, path, &order.procedure, order.quantity);
        if let Some(item) = &mut base {
            self.given(path, order, item);
        }
        let additions: Vec<Item<'m>> = order
            .additions
            .iter()
            .enumerate()
            .filter_map(|(place, addition)| {
                self.line(draft, path.addition(place), &addition.procedure, addition.quantity)
            })
            .collect();
        let mut drugs = self.drugs(format_args!("{path}.drugs"), &order.drugs, draft.date);
        let Some(base) = base else { return };
        if let Some(row) = base.row() {
            self.errors.extend(inputs::faults(path, order, row, draft.date));
        }
        let section = base.section();
        // G100 is the drugs of injections; in every other part nothing is charged up to 15 yen.
        let kind = match base.row().map(Procedure::fee_item) {
            Some(item) if item.starts_with('G') => DrugsKind::Injected,
            _ => DrugsKind::UsedInProcedure,
        };
        let row = base.row();
        let specimen = order.specimen;
        draft.groups.push(Group {
            base,
            additions,
            count: order.count,
            section,
            specimen,
            order: Some(order),
            urgent: order.urgent,
        });
        if !drugs.drugs.is_empty() {
            let what = What::Drugs { kind, drugs: core::mem::take(&mut drugs.drugs) };
            let mut item = Item::new(what, Origin::Ordered).because(ordered());
            drugs.tell(&mut item, true);
            item.path = Some(path.drugs());
            draft.groups.push(Group { count: order.count, section, ..Group::of(item) });
        }
        if let Some(row) = row.filter(|_| !order.materials.is_empty()) {
            self.materials(draft, path, order, row, section);
        }
    }

    /// Points that the claim gives (点数識別 4 and 7).
    fn given(&mut self, path: Path, order: &Order, item: &mut Item<'m>) {
        let (Some(points), Some(row)) = (order.points, item.row()) else { return };
        let field = || format!("{path}.points");
        if !matches!(row.point_kind(), 4 | 7) {
            let message = format!("the points of {} stand in the master", row.name());
            self.errors
                .push(InputError::new(field(), InputErrorKind::Contradiction, message).help("leave `points` out"));
        } else if points > MAX_POINTS {
            let error = InputError::new(field(), InputErrorKind::Quantity, "points out of range");
            self.errors.push(error.expected(format!("0 to {MAX_POINTS}"), points.to_string()));
        } else {
            item.given = Points::new(i64::from(points)).ok();
        }
    }

    /// A procedure with its quantity, checked against the row.
    fn line(
        &mut self,
        draft: &VisitDraft<'m>,
        path: Path,
        code: &crate::code::ProcedureCode,
        quantity: Option<Decimal>,
    ) -> Option<Item<'m>> {
        let row: Procedure<'m> = self.row(format_args!("{path}.procedure"), code, draft.date)?;
        let field = format_args!("{path}.quantity");
        match quantity {
            None if row.unit_code() != 0 => {
                let message = format!("{} is charged by quantity", row.name());
                let error = InputError::new(field.to_string(), InputErrorKind::Quantity, message);
                self.errors.push(error.expected(format!("a quantity in {}", row.unit()), "nothing"));
                return None;
            }
            Some(_) if row.unit_code() == 0 => {
                let message = format!("{} is not charged by quantity", row.name());
                let error = InputError::new(field.to_string(), InputErrorKind::Quantity, message);
                self.errors.push(error.help("leave the quantity out; give a `count` for how many times"));
                return None;
            }
            Some(quantity) => self.range(field, quantity, MAX_QUANTITY, 2)?,
            None => {}
        }
        let mut item = Item::new(What::Procedure(row), Origin::Ordered).because(ordered());
        item.quantity = quantity;
        item.path = Some(path);
        condition::apply(&mut item, draft, &self.encounter.facility);
        Some(item)
    }

    fn prescription(&mut self, draft: &mut VisitDraft<'m>, number: usize, path: Path, prescription: &'m Prescription) {
        if prescription.rps.is_empty() {
            let error =
                InputError::new(format!("{path}.rps"), InputErrorKind::Contradiction, "a prescription without drugs");
            self.errors.push(error.expected("at least one 剤", "none"));
        }
        if prescription.refill && prescription.dispensing == Dispensing::InHouse {
            let message = "only a prescription for a pharmacy can be used again";
            let error = InputError::new(format!("{path}.refill"), InputErrorKind::Contradiction, message);
            self.errors.push(error.help("leave `refill` out, or set `dispensing` to `pharmacy`"));
        }
        for (place, rp) in prescription.rps.iter().enumerate() {
            let path = path.rp(place);
            self.count(format_args!("{path}.count"), rp.count);
            if rp.usage == DrugUse::External && rp.count != 1 {
                let error = InputError::new(
                    format!("{path}.count"),
                    InputErrorKind::Quantity,
                    "external drugs are charged once for the whole amount",
                );
                self.errors.push(error.expected("1", rp.count.to_string()).help("give the whole amount as quantity"));
            }
            if rp.drugs.is_empty() {
                let error =
                    InputError::new(format!("{path}.drugs"), InputErrorKind::Contradiction, "a 剤 without drugs");
                self.errors.push(error.expected("at least one drug", "none"));
            }
            let mut drugs = self.drugs(format_args!("{path}.drugs"), &rp.drugs, draft.date);
            // What a pharmacy dispenses, it charges itself.
            if prescription.dispensing == Dispensing::Pharmacy || drugs.drugs.is_empty() {
                continue;
            }
            let of = Prescribed { usage: rp.usage, prescription: number, temporary: rp.temporary };
            let what = What::Drugs { kind: DrugsKind::Prescribed(of), drugs: core::mem::take(&mut drugs.drugs) };
            let mut item = Item::new(what, Origin::Ordered).because(ordered());
            drugs.tell(&mut item, false);
            item.path = Some(path);
            let section = Section::of_drug_use(rp.usage);
            draft.groups.push(Group { count: rp.count, section, ..Group::of(item) });
        }
    }

    fn row<R: Row<'m>>(&mut self, path: fmt::Arguments<'_>, code: &R::Code, on: ServiceDate) -> Option<R> {
        self.masters.get(code, on).map_err(|error| self.lookup(path, &error)).ok()
    }

    fn lookup(&mut self, path: fmt::Arguments<'_>, error: &LookupError) {
        let (kind, help) = match error {
            LookupError::Unknown { .. } => (
                InputErrorKind::UnknownCode,
                "check the code, or load a pack that has it (`santei pack` makes one from the official files)",
            ),
            LookupError::NotInForce { .. } => (
                InputErrorKind::NotInForce,
                "check the date and the code, or load a pack of the edition in force on that day",
            ),
        };
        self.errors.push(InputError::new(path.to_string(), kind, error.to_string()).help(help));
    }

    fn count(&mut self, path: fmt::Arguments<'_>, count: u32) {
        if !(1..=MAX_COUNT).contains(&count) {
            let error = InputError::new(path.to_string(), InputErrorKind::Quantity, "a count out of range");
            self.errors.push(error.expected(format!("1 to {MAX_COUNT}"), count.to_string()));
        }
    }

    fn range(&mut self, path: fmt::Arguments<'_>, quantity: Decimal, most: i64, scale: u32) -> Option<()> {
        let within = quantity > Decimal::ZERO && quantity <= Decimal::from(most);
        let fits = within && (quantity.scale() <= scale || quantity.normalize().scale() <= scale);
        if !fits {
            let expected = format!("more than 0, at most {most}, at most {scale} decimals");
            let error = InputError::new(path.to_string(), InputErrorKind::Quantity, "a quantity out of range");
            self.errors.push(error.expected(expected, quantity.to_string()));
        }
        fits.then_some(())
    }
}
