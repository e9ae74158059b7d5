//! The charged lines of a statement as the groups (剤) and units of a claim, equal ones of several days put together.

use std::collections::BTreeMap;

use crate::{
    code::MaterialCode,
    fee::{Line, Statement, Verdict, VisitStatement},
    master::{Masters, Material},
};

use super::input::ClaimPatient;

/// The reason of tests that are rounded into one figure, and how it ends.
const ROUNDED: &str = "d.bundle";
const PART_OF: &str = " に含まれる";
/// 金額種別 of a material at its purchase price.
const PURCHASE: u32 = 2;

/// A record of what was done: `SI`, `IY` or `TO`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    Procedure { code: String, quantity: Option<String> },
    Drug { code: String, amount: String },
    Material { code: String, amount: String, unit: u32, price: Option<String> },
}

/// Records that share one figure of points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unit {
    pub(super) items: Vec<Item>,
    pub(super) points: i64,
}

/// A group with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) section: u8,
    /// 負担区分.
    pub(super) burden: char,
    pub(super) units: Vec<Unit>,
    /// Day of the month and how many times.
    pub(super) days: BTreeMap<u32, u32>,
}

impl Group {
    /// Points of all units, times all days.
    pub(super) fn total(&self) -> Option<i64> {
        let once = self.units.iter().try_fold(0_i64, |sum, unit| sum.checked_add(unit.points))?;
        once.checked_mul(i64::from(self.count()))
    }

    pub(super) fn count(&self) -> u32 {
        self.days.values().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// Puts the groups together, or says what cannot be written.
pub(super) fn groups(
    masters: &Masters,
    patient: &ClaimPatient,
    statement: &Statement,
    burden: impl Fn(usize) -> Option<char>,
) -> Result<Vec<Group>, Vec<String>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut problems = Vec::new();
    for visit in &statement.visits {
        let Some(burden) = burden(visit.visit) else {
            problems.push(format!("visits[{}]: 負担区分が定まらない", visit.visit));
            continue;
        };
        for made in of_visit(masters, patient, visit, &mut problems) {
            let day = visit.date.day();
            let same = |group: &&mut Group| {
                (group.section, group.burden) == (made.section, burden) && group.units == made.units
            };
            match groups.iter_mut().find(same) {
                Some(group) => {
                    let times = group.days.entry(day).or_default();
                    *times = times.saturating_add(made.count);
                }
                None => groups.push(Group {
                    section: made.section,
                    burden,
                    units: made.units,
                    days: BTreeMap::from([(day, made.count)]),
                }),
            }
        }
    }
    // Sections in their order; within one, the order in which they first came.
    crate::order::by_key(&mut groups, |group| group.section);
    if problems.is_empty() { Ok(groups) } else { Err(problems) }
}

/// A group of one visit.
struct Made {
    section: u8,
    count: u32,
    units: Vec<Unit>,
    /// The order that it comes from.
    order: Option<String>,
}

fn of_visit(
    masters: &Masters,
    patient: &ClaimPatient,
    visit: &VisitStatement,
    problems: &mut Vec<String>,
) -> Vec<Made> {
    let mut made: Vec<Made> = Vec::new();
    let mut rounded: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    let mut lines = visit.lines.iter().peekable();
    while let Some(line) = lines.next() {
        let mut additions: Vec<&Line> = Vec::new();
        while let Some(addition) = lines.next_if(|next| next.addition) {
            additions.push(addition);
        }
        for open in core::iter::once(line).chain(additions.iter().copied()) {
            if open.verdict == Verdict::NeedsReview {
                let why = open.reasons.last().map_or("", |reason| reason.text.as_str());
                problems.push(format!("{}: {} は要確認である（{why}）", visit.date, open.name));
            }
        }
        let Ok(section) = line.section.parse::<u8>() else { continue };
        if let Some(figure) = part_of(line) {
            rounded.entry(figure).or_default().extend(procedure(line));
            // An addition that stands though its base is rounded with others has a unit of its own.
            for addition in additions.iter().filter(|addition| addition.verdict == Verdict::Charged) {
                let units = unit(procedure(addition).into_iter().collect(), points(addition)).into_iter().collect();
                made.push(Made { section, count: addition.count, units, order: None });
            }
            continue;
        }
        if line.verdict != Verdict::Charged {
            continue;
        }
        match content(masters, patient, line) {
            Ok(Content::Items(mut items)) => {
                let charged = || additions.iter().filter(|addition| addition.verdict == Verdict::Charged);
                items.extend(charged().filter_map(|addition| procedure(addition)));
                let sum = charged().map(|addition| points(addition)).sum::<i64>() + points(line);
                let Some(unit) = unit(items, sum) else { continue };
                place(&mut made, section, line, unit);
            }
            Ok(Content::Figure) => {
                let items = rounded.remove(line.name.as_str()).unwrap_or_default();
                let Some(unit) = unit(items, points(line)) else { continue };
                made.push(Made { section, count: line.count, units: vec![unit], order: None });
            }
            Err(why) => problems.push(format!("{}: {}: {why}", visit.date, line.name)),
        }
    }
    for care in &visit.elective_care {
        // The claim has a code of its own for what the insurance pays of it.
        if care.codes.iter().any(|code| !code.starts_with("67")) {
            let names = care.names.join("、");
            problems.push(format!("{}: {names}: 選定療養の薬は、その分のコード（67…）で処方する", visit.date));
        }
    }
    made
}

/// Drugs and materials of an order stand behind it, in one group with it.
fn place(made: &mut Vec<Made>, section: u8, line: &Line, unit: Unit) {
    let path = line.path.as_deref().filter(|_| line.origin == crate::fee::Origin::Ordered);
    let order = path.and_then(|path| path.strip_suffix(".drugs").or_else(|| path.split(".materials[").next()));
    let order = order.filter(|order| order.contains(".orders["));
    let supplies = path != order;
    if supplies && let Some(group) = made.iter_mut().find(|group| order.is_some() && group.order.as_deref() == order) {
        group.units.push(unit);
        return;
    }
    made.push(Made { section, count: line.count, units: vec![unit], order: order.map(str::to_owned) });
}

enum Content {
    Items(Vec<Item>),
    /// The figure that tests were rounded into.
    Figure,
}

fn content(masters: &Masters, patient: &ClaimPatient, line: &Line) -> Result<Content, String> {
    if !line.drugs.is_empty() {
        let drug = |drug: &crate::fee::DrugLine| Item::Drug { code: drug.code.clone(), amount: drug.quantity.clone() };
        return Ok(Content::Items(line.drugs.iter().map(drug).collect()));
    }
    let Some(code) = &line.code else {
        let rounded = line.reasons.iter().any(|reason| reason.rule == ROUNDED);
        return if rounded {
            Ok(Content::Figure)
        } else {
            Err("明細書に書くコードが定まらない".to_owned())
        };
    };
    if !code.starts_with('7') {
        return Ok(Content::Items(procedure(line).into_iter().collect()));
    }
    let material: MaterialCode = code.parse().map_err(|_| "特定器材コードではない".to_owned())?;
    let amount = line.quantity.clone().unwrap_or_else(|| "1".to_owned());
    let row: Material<'_> =
        masters.versions::<Material<'_>>(&material).next().ok_or_else(|| "特定器材マスターにない".to_owned())?;
    if row.oxygen() != 0 {
        return Err("酸素の補正率を伴う材料は、この版では書けない".to_owned());
    }
    let paid = line.path.as_deref().and_then(|path| paid_for(patient, path));
    let price = paid.filter(|_| row.price_kind() == PURCHASE);
    Ok(Content::Items(vec![Item::Material { code: code.clone(), amount, unit: row.unit_code(), price }]))
}

/// What the input says was paid for a material: `visits[0].orders[1].materials[2]`.
fn paid_for(patient: &ClaimPatient, path: &str) -> Option<String> {
    let mut places = path.split(['[', ']']).filter_map(|part| part.parse::<usize>().ok());
    let (visit, order, material) = (places.next()?, places.next()?, places.next()?);
    let material = patient.visits.get(visit)?.orders.get(order)?.materials.get(material)?;
    material.price.map(|price| price.normalize().to_string())
}

fn procedure(line: &Line) -> Option<Item> {
    Some(Item::Procedure { code: line.code.clone()?, quantity: line.quantity.clone() })
}

fn unit(items: Vec<Item>, points: i64) -> Option<Unit> {
    (!items.is_empty()).then_some(Unit { items, points })
}

fn points(line: &Line) -> i64 {
    line.points.map_or(0, |points| points.get())
}

/// The figure that a test is rounded into.
fn part_of(line: &Line) -> Option<&str> {
    if line.verdict != Verdict::Bundled {
        return None;
    }
    line.reasons.iter().find(|reason| reason.rule == ROUNDED)?.text.strip_suffix(PART_OF)
}
