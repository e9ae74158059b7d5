//! The charged lines of a statement as the groups (剤) and units of a claim, equal ones of several days put together.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    code::MaterialCode,
    date::ServiceDate,
    fee::{
        Line, Verdict, VisitStatement,
        encounter::{MaterialAmount, Order},
    },
    master::{Masters, Material},
};

use super::input::{ClaimPatient, ClaimRemark};

/// The reason of tests that are rounded into one figure, and how it ends.
const ROUNDED: &str = "d.bundle";
const PART_OF: &str = " に含まれる";
/// 金額種別 of a material at its purchase price, and of those that change the price of another.
const PURCHASE: u32 = 2;
const PERCENT: u32 = 5;
const FACTOR: u32 = 9;
/// 酸素等区分 of what corrects the price of oxygen (補正率, 高気圧酸素加算).
const CORRECTION: u32 = 1;

/// A record of what was done: `SI`, `IY` or `TO`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    Procedure { code: String, quantity: Option<String> },
    Drug { code: String, amount: String },
    Material { code: String, amount: Option<String>, unit: u32, price: Option<String> },
}

/// Records that share one figure of points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unit {
    pub(super) items: Vec<Item>,
    pub(super) points: i64,
}

/// What the figures of a group are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Points,
    /// Yen of 食事療養 or 生活療養, for so many meals each time.
    Meals(u32),
    /// Yen of 標準負担額, which the patient pays.
    Charge,
}

/// A group with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) section: u8,
    /// 負担区分.
    pub(super) burden: char,
    pub(super) kind: Kind,
    pub(super) units: Vec<Unit>,
    /// Day of the month and how many times.
    pub(super) days: BTreeMap<u32, u32>,
    /// Comments behind it: code and text.
    pub(super) remarks: Vec<(String, String)>,
}

impl Group {
    /// Points, or yen, of all units, times all days.
    pub(super) fn total(&self) -> Option<i64> {
        let once = self.units.iter().try_fold(0_i64, |sum, unit| sum.checked_add(unit.points))?;
        once.checked_mul(i64::from(self.count()))
    }

    pub(super) fn count(&self) -> u32 {
        self.days.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Puts a group to an equal one that is there, or behind all.
    pub(super) fn join(self, groups: &mut Vec<Self>) {
        let same = |group: &&mut Self| {
            (group.section, group.burden, group.kind) == (self.section, self.burden, self.kind)
                && group.units == self.units
                && group.remarks == self.remarks
        };
        let Some(group) = groups.iter_mut().find(same) else { return groups.push(self) };
        for (day, count) in self.days {
            let times = group.days.entry(day).or_default();
            *times = times.saturating_add(count);
        }
    }
}

/// A group of one visit.
pub(super) struct Made {
    pub(super) section: u8,
    pub(super) count: u32,
    pub(super) units: Vec<Unit>,
    /// Places of its public payers in the input.
    pub(super) payers: Vec<usize>,
    /// The order or 剤 that it comes from.
    pub(super) order: Option<String>,
}

impl Made {
    /// The comments that the input puts behind its order.
    pub(super) fn remarks(&self, remarks: &[ClaimRemark]) -> Vec<(String, String)> {
        let own = |remark: &&ClaimRemark| self.order.is_some() && remark.path == self.order;
        let text = |remark: &ClaimRemark| (remark.code.clone(), remark.text.clone().unwrap_or_default());
        remarks.iter().filter(own).map(text).collect()
    }
}

/// The groups of a visit. `shares` has the payers of each line.
pub(super) fn of_visit(
    masters: &Masters,
    patient: &ClaimPatient,
    visit: &VisitStatement,
    shares: &[Vec<usize>],
    problems: &mut Vec<String>,
) -> Vec<Made> {
    let mut made: Vec<Made> = Vec::new();
    let mut rounded: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    let mut lines = visit.lines.iter().zip(shares).peekable();
    while let Some((line, payers)) = lines.next() {
        let mut additions: Vec<&Line> = Vec::new();
        while let Some((addition, _)) = lines.next_if(|(next, _)| next.addition) {
            additions.push(addition);
        }
        for open in core::iter::once(line).chain(additions.iter().copied()) {
            if open.verdict == Verdict::NeedsReview {
                let why = open.reasons.last().map_or("", |reason| reason.text.as_str());
                problems.push(format!("{}: {} は要確認である（{why}）", visit.date, open.name));
            }
        }
        let Ok(section) = line.section.parse::<u8>() else { continue };
        let alone = |count: u32, unit: Option<Unit>| Made {
            section,
            count,
            units: unit.into_iter().collect(),
            payers: payers.clone(),
            order: None,
        };
        if let Some(figure) = part_of(line) {
            rounded.entry(figure).or_default().extend(procedure(line));
            // An addition that stands though its base is rounded with others has a unit of its own.
            for addition in additions.iter().filter(|addition| addition.verdict == Verdict::Charged) {
                made.push(alone(addition.count, unit(procedure(addition).into_iter().collect(), points(addition))));
            }
            continue;
        }
        if line.verdict != Verdict::Charged {
            continue;
        }
        match content(masters, patient, line, visit.date) {
            Ok(Content::Items(mut items)) => {
                let charged = || additions.iter().filter(|addition| addition.verdict == Verdict::Charged);
                items.extend(charged().filter_map(|addition| procedure(addition)));
                let sum = charged().map(|addition| points(addition)).sum::<i64>() + points(line);
                let Some(unit) = unit(items, sum) else { continue };
                place(&mut made, section, line, payers, unit);
            }
            Ok(Content::Figure) => {
                let items = rounded.remove(line.name.as_str()).unwrap_or_default();
                let Some(unit) = unit(items, points(line)) else { continue };
                made.push(alone(line.count, Some(unit)));
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
fn place(made: &mut Vec<Made>, section: u8, line: &Line, payers: &[usize], unit: Unit) {
    let path = line.path.as_deref().filter(|_| line.origin == crate::fee::Origin::Ordered);
    let order = path.and_then(|path| path.strip_suffix(".drugs").or_else(|| path.split(".materials[").next()));
    let supplies = path != order;
    let order = order.map(str::to_owned);
    let host = made.iter_mut().find(|group| order.is_some() && group.order == order && group.payers == payers);
    match host.filter(|_| supplies) {
        Some(group) => group.units.push(unit),
        None => made.push(Made { section, count: line.count, units: vec![unit], payers: payers.to_vec(), order }),
    }
}
enum Content {
    Items(Vec<Item>),
    /// The figure that tests were rounded into.
    Figure,
}

fn content(masters: &Masters, patient: &ClaimPatient, line: &Line, on: ServiceDate) -> Result<Content, String> {
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
    let given = line.path.as_deref().and_then(|path| given(patient, path));
    let paid = given.and_then(|(order, place)| order.materials.get(place)?.price);
    let price = match row.price_kind() {
        PURCHASE => paid,
        // Oxygen stands with the price of a litre, which is the facility's own (J201 通知(5)).
        _ if row.price_limit() == 1 => Some(paid.map_or(row.price(), |paid| paid.min(row.price()))),
        _ => None,
    };
    let price = price.map(|price| price.normalize().to_string());
    let mut items = vec![Item::Material { code: code.clone(), amount: Some(amount), unit: row.unit_code(), price }];
    // What corrects the price of oxygen stands behind it, in its unit. Nitrogen takes no correction.
    if row.price_limit() == 1 && row.oxygen() != 0 {
        let materials = given.map_or(&[][..], |(order, _)| order.materials.as_slice());
        items.extend(corrections(masters, materials, on)?);
    }
    Ok(Content::Items(items))
}

/// 補正率, and 高気圧酸素加算 with its pressure where the order has it.
fn corrections(masters: &Masters, materials: &[MaterialAmount], on: ServiceDate) -> Result<Vec<Item>, String> {
    let item = |row: Material<'_>, amount: Option<Decimal>| Item::Material {
        code: row.code().to_string(),
        amount: amount.map(|amount| amount.normalize().to_string()),
        unit: if amount.is_some() { row.unit_code() } else { 0 },
        price: None,
    };
    let mut rows = masters.in_force::<Material<'_>>(on).filter(|row| row.oxygen() == CORRECTION);
    let rate = rows.find(|row| row.price_kind() == PERCENT);
    let rate = rate.ok_or_else(|| format!("{on} の酸素補正率の特定器材がマスターにない"))?;
    let pressure = materials.iter().filter_map(|amount| {
        let row: Material<'_> = masters.row(&amount.material, on)?;
        let own = row.oxygen() == CORRECTION && row.price_kind() == FACTOR;
        own.then(|| item(row, Some(amount.quantity.unwrap_or(Decimal::ONE))))
    });
    Ok(core::iter::once(item(rate, None)).chain(pressure).collect())
}

/// The order and the place of a material in it: `visits[0].orders[1].materials[2]`.
fn given<'a>(patient: &'a ClaimPatient, path: &str) -> Option<(&'a Order, usize)> {
    let mut places = path.split(['[', ']']).filter_map(|part| part.parse::<usize>().ok());
    let (visit, order, material) = (places.next()?, places.next()?, places.next()?);
    Some((patient.visits.get(visit)?.orders.get(order)?, material))
}

fn procedure(line: &Line) -> Option<Item> {
    Some(Item::Procedure { code: line.code.clone()?, quantity: line.quantity.clone() })
}

pub(super) fn unit(items: Vec<Item>, points: i64) -> Option<Unit> {
    (!items.is_empty()).then_some(Unit { items, points })
}

fn points(line: &Line) -> i64 {
    line.points.map_or(0, |points| points.get())
}

/// The figure that a test is rounded into.
pub(super) fn part_of(line: &Line) -> Option<&str> {
    if line.verdict != Verdict::Bundled {
        return None;
    }
    line.reasons.iter().find(|reason| reason.rule == ROUNDED)?.text.strip_suffix(PART_OF)
}
