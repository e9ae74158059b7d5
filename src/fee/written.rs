//! The points of what a claim writes as one unit (点数・回数算定単位), by the tables alone: procedures with their additions, drugs
//! priced together, materials. Bundling, exclusion and frequency are not looked at here; [`charge`](super::charge) does that.

use rust_decimal::Decimal;

use super::{
    binding::{Fit, fit, is_addition},
    draft::{DrugsKind, Group, Item, What, bundle, reason, role},
    phase::price,
    statement::Origin,
};
use crate::{
    code::{DrugCode, MaterialCode, ProcedureCode},
    date::{Age, ServiceDate},
    master::{Certainty, Drug, LookupError, Masters, Material, Procedure},
    money::{MoneyError, Points},
};

/// 点数識別 (11): yen, and the two whose figure the claim gives.
const YEN: u32 = 1;
const FIXED: u32 = 3;
const GIVEN: [u32; 2] = [4, 7];
const PERCENT: [u32; 2] = [5, 6];
/// 金額種別 (11) of drugs and materials with a price in yen, and of materials at their purchase price.
const PRICE: u32 = 1;
const PURCHASE: u32 = 2;
/// 金額種別 of 高気圧酸素加算, by whose pressure a price is multiplied.
const FACTOR: u32 = 9;
/// 酸素等区分 (21) of what corrects the price of oxygen, and of nitrogen; 2 to 5 are oxygen by its vessel.
const CORRECTION: u32 = 1;
const NITROGEN: u32 = 9;

/// One line that a claim writes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Written {
    Procedure(ProcedureCode, Option<Decimal>),
    Drug(DrugCode, Decimal),
    Material { code: MaterialCode, amount: Decimal, price: Option<Decimal> },
}

/// Where the drugs of a unit stand, which decides what becomes of fifteen yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DrugsOf {
    Prescription,
    Injection,
    Procedure,
}

/// Points with the worst certainty of what they rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Priced {
    pub(crate) points: Points,
    pub(crate) certainty: Certainty,
}

/// Why a unit has no points by the tables.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum Unpriced {
    /// The masters have no row of the line, counted from 0, on the day: [`Masters::get`] says why.
    #[error("no row of line {0}")]
    Missing(usize),
    #[error("{0}")]
    Money(#[from] MoneyError),
    /// The figure stands on the claim only.
    #[error("{0} の点数は請求側が与える")]
    Given(String),
    #[error("{0}")]
    Open(String),
}

impl Unpriced {
    /// The reason in words, with the row that is missing.
    pub(crate) fn told(&self, masters: &Masters, on: ServiceDate, lines: &[Written]) -> String {
        let Self::Missing(place) = self else { return self.to_string() };
        lines.get(*place).and_then(|line| missing(masters, line, on)).map_or_else(String::new, |why| why.to_string())
    }
}

/// Why the masters have no row of a line on a day; nothing when they have one.
pub(crate) fn missing(masters: &Masters, line: &Written, on: ServiceDate) -> Option<LookupError> {
    match line {
        Written::Procedure(code, _) => masters.get::<Procedure<'_>>(code, on).err(),
        Written::Drug(code, _) => masters.get::<Drug<'_>>(code, on).err(),
        Written::Material { code, .. } => masters.get::<Material<'_>>(code, on).err(),
    }
}

/// Prices a unit on a day, for a patient of an age: without it films have no price, which a child's chest has an addition to.
pub(crate) fn price(
    masters: &Masters,
    on: ServiceDate,
    lines: &[Written],
    of: DrugsOf,
    age: Option<Age>,
) -> Result<Priced, Unpriced> {
    let mut sum = Sum { points: Points::ZERO, certainty: Certainty::Official };
    procedures(masters, on, lines, &mut sum)?;
    drugs(masters, on, lines, of, &mut sum)?;
    materials(masters, on, lines, age, &mut sum)?;
    Ok(Priced { points: sum.points, certainty: sum.certainty })
}

struct Sum {
    points: Points,
    certainty: Certainty,
}

impl Sum {
    fn add(&mut self, points: Points, certainty: Certainty) -> Result<(), MoneyError> {
        self.points = self.points.plus(points)?;
        self.certainty = self.certainty.max(certainty);
        Ok(())
    }
}

fn procedures(masters: &Masters, on: ServiceDate, lines: &[Written], sum: &mut Sum) -> Result<(), Unpriced> {
    if let Some((points, certainty)) = plain(masters, on, lines) {
        return Ok(sum.add(points, certainty)?);
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut ahead: Vec<Item<'_>> = Vec::new();
    let mut percentages: Vec<Item<'_>> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let Written::Procedure(code, quantity) = line else { continue };
        let row: Procedure<'_> = masters.row(code, on).ok_or(Unpriced::Missing(place))?;
        sum.certainty = sum.certainty.max(row.certainty());
        if GIVEN.contains(&row.point_kind()) {
            return Err(Unpriced::Given(row.name().to_owned()));
        }
        if row.point_kind() == YEN {
            // A meal stands in yen where points stand otherwise (食事療養・生活療養): one figure for each meal of the day.
            let meals = quantity.filter(|_| row.step() == 1).unwrap_or(Decimal::ONE);
            sum.add(Points::rounded(row.points().checked_mul(meals).ok_or(MoneyError)?)?, row.certainty())?;
            continue;
        }
        let mut item = Item::new(What::Procedure(row), Origin::Ordered);
        item.quantity = *quantity;
        match groups.last_mut() {
            _ if PERCENT.contains(&row.point_kind()) => percentages.push(item),
            Some(group) if is_addition(row) => group.additions.push(item),
            None if is_addition(row) => ahead.push(item),
            _ => groups.push(Group::of(item)),
        }
    }
    rounded_tests(masters, on, &mut groups, sum);
    match groups.first_mut() {
        // An addition may stand before what it is added to.
        Some(group) => group.additions.extend(ahead),
        // On a unit of its own its base stands elsewhere: a fixed figure is what it is.
        None => groups.extend(ahead.into_iter().map(Group::of)),
    }
    for item in percentages {
        let Some(row) = item.row() else { continue };
        if groups.is_empty() {
            return Err(Unpriced::Open(format!("{} は割合の加算で、基本となる行が同じ単位にない", row.name())));
        }
        // A percentage is of every procedure of the unit that takes it; where none does, of all.
        let takes = |group: &Group<'_>| group.base.row().is_none_or(|base| fit(base, row) == Fit::Yes);
        let some = groups.iter().any(takes);
        for group in &mut groups {
            if !some || takes(group) {
                let mut copy = Item::new(What::Procedure(row), Origin::Ordered);
                copy.quantity = item.quantity;
                group.additions.push(copy);
            }
        }
    }
    for mut group in groups {
        price::alone(masters, &mut group, on)?;
        for item in core::iter::once(&group.base).chain(&group.additions) {
            match (item.is_paid(), item.points) {
                (true, Some(points)) if item.verdict == super::Verdict::Charged => sum.add(points, item.certainty)?,
                // Out of the limits of its steps: not charged at all.
                (false, _) => {}
                _ => {
                    let why = item.reasons.last().map_or_else(String::new, |reason| reason.text.to_string());
                    let name = item.row().map_or("", Procedure::name);
                    return Err(Unpriced::Open(format!("{name}: {why}")));
                }
            }
        }
    }
    Ok(())
}

/// The sum of procedures whose figures are simply added up, as most are: whole points without steps, percentages or a
/// figure in common.
fn plain(masters: &Masters, on: ServiceDate, lines: &[Written]) -> Option<(Points, Certainty)> {
    let (mut points, mut certainty) = (Points::ZERO, Certainty::Official);
    for line in lines {
        let Written::Procedure(code, _) = line else { continue };
        let row: Procedure<'_> = masters.row(code, on)?;
        let own = row.points();
        if row.point_kind() != FIXED || row.step() == 1 || row.bundled_test() != 0 || own.scale() != 0 {
            return None;
        }
        points = points.plus(Points::rounded(own).ok()?).ok()?;
        certainty = certainty.max(row.certainty());
    }
    Some((points, certainty))
}

/// Several tests of one group stand at one figure (D006 to D009, D013, D014 の注).
fn rounded_tests<'m>(masters: &'m Masters, on: ServiceDate, groups: &mut Vec<Group<'m>>, sum: &mut Sum) {
    let number_of = |group: &Group<'_>| group.base.row().map_or(0, Procedure::bundled_test);
    let mut numbers: Vec<u32> = groups.iter().map(number_of).filter(|number| *number != 0).collect();
    crate::order::sort(&mut numbers);
    numbers.dedup();
    for number in numbers {
        let mut codes: Vec<ProcedureCode> = groups
            .iter()
            .filter(|group| number_of(group) == number)
            .filter_map(|group| group.base.row().map(Procedure::code))
            .collect();
        crate::order::sort(&mut codes);
        codes.dedup();
        let items = u32::try_from(codes.len()).unwrap_or(u32::MAX);
        let Some(row) = bundle(masters, number, items, on) else { continue };
        sum.certainty = sum.certainty.max(row.certainty());
        let mut additions = Vec::new();
        groups.retain_mut(|group| {
            let member = number_of(group) == number;
            if member {
                additions.append(&mut group.additions);
            }
            !member
        });
        let what = What::Figure {
            name: row.name(),
            points: Points::rounded(row.points()).unwrap_or(Points::ZERO),
            source: "",
        };
        let mut figure = Group::of(Item::new(what, Origin::Derived));
        figure.base.reasons.push(reason("d.bundle", row.article(), row.name()));
        figure.additions = additions;
        groups.push(figure);
    }
}

/// Drugs of one unit are added up exactly and turned into points once (F200, G100 and the like).
fn drugs(masters: &Masters, on: ServiceDate, lines: &[Written], of: DrugsOf, sum: &mut Sum) -> Result<(), Unpriced> {
    let mut yen = Decimal::ZERO;
    for (place, line) in lines.iter().enumerate() {
        let Written::Drug(code, amount) = line else { continue };
        let row: Drug<'_> = masters.row(code, on).ok_or(Unpriced::Missing(place))?;
        if row.price_kind() != PRICE {
            return Err(Unpriced::Given(row.name().to_owned()));
        }
        let part = row.price().checked_mul(*amount).and_then(|part| yen.checked_add(part));
        yen = part.ok_or(MoneyError)?;
        sum.certainty = sum.certainty.max(row.certainty());
    }
    let kind = match of {
        DrugsOf::Procedure => DrugsKind::UsedInProcedure,
        // What decides is only that fifteen yen make a point.
        DrugsOf::Prescription | DrugsOf::Injection => DrugsKind::Injected,
    };
    sum.add(price::of_drugs(kind, yen)?, Certainty::Official)?;
    Ok(())
}

fn materials(
    masters: &Masters,
    on: ServiceDate,
    lines: &[Written],
    age: Option<Age>,
    sum: &mut Sum,
) -> Result<(), Unpriced> {
    // E400 注1.
    let grown = || {
        let infants = role(masters, "e400.infant_age", on).map(|limit| limit.value);
        age.zip(infants).is_some_and(|(age, limit)| Decimal::from(age.years()) >= limit)
    };
    let correction = oxygen_factor(masters, on, lines, sum)?;
    for (place, line) in lines.iter().enumerate() {
        let Written::Material { code, amount, price: paid } = line else { continue };
        let row: Material<'_> = masters.row(code, on).ok_or(Unpriced::Missing(place))?;
        let each = match row.price_kind() {
            PRICE if row.price_limit() == 1 => paid.map_or(row.price(), |paid| paid.min(row.price())),
            PRICE => row.price(),
            PURCHASE => paid.ok_or_else(|| Unpriced::Open(format!("{} の購入価格（単価）が記録にない", row.name())))?,
            // Taken into the factor of the oxygen beside it.
            _ if row.oxygen() == CORRECTION && correction.is_some() => continue,
            // 補正率, 高気圧酸素加算 and フィルム料（乳幼児）加算 change what stands beside them.
            _ => return Err(Unpriced::Open(format!("{} は隣の材料の価格を変える", row.name()))),
        };
        let factor = match (row.oxygen(), correction) {
            (0 | NITROGEN, _) if row.age_addition() != 1 || row.price_kind() != PRICE || grown() => Decimal::ONE,
            (oxygen, Some(correction)) if oxygen > CORRECTION => correction,
            _ => return Err(Unpriced::Open(format!("{} は補正率または年齢の加算を伴うことがある", row.name()))),
        };
        let mut item = Item::new(What::Material { row, price: Some(each), factor }, Origin::Ordered);
        item.quantity = Some(*amount);
        let mut group = Group::of(item);
        price::alone(masters, &mut group, on)?;
        let Some(points) = group.base.points.filter(|_| group.base.verdict == super::Verdict::Charged) else {
            let why = group.base.reasons.last().map_or_else(String::new, |reason| reason.text.to_string());
            return Err(Unpriced::Open(format!("{}: {why}", row.name())));
        };
        sum.add(points, row.certainty().max(group.base.certainty))?;
    }
    Ok(())
}

/// What the price of the unit's oxygen is multiplied by: 補正率, where the unit has it beside oxygen, and the pressure of
/// 高気圧酸素加算 (J201 通知, 材料価格基準 別表).
fn oxygen_factor(
    masters: &Masters,
    on: ServiceDate,
    lines: &[Written],
    sum: &mut Sum,
) -> Result<Option<Decimal>, Unpriced> {
    let (mut oxygen, mut corrected, mut pressure) = (false, false, Decimal::ONE);
    for (place, line) in lines.iter().enumerate() {
        let Written::Material { code, amount, .. } = line else { continue };
        let row: Material<'_> = masters.row(code, on).ok_or(Unpriced::Missing(place))?;
        match (row.oxygen(), row.price_kind()) {
            (CORRECTION, FACTOR) => pressure = *amount,
            (CORRECTION, _) => corrected = true,
            (kind, _) => oxygen |= kind != 0 && kind != NITROGEN,
        }
    }
    if !(oxygen && corrected) {
        return Ok(None);
    }
    let Some(part) = role(masters, "j201.oxygen_correction", on) else { return Ok(None) };
    sum.certainty = sum.certainty.max(part.certainty);
    let factor = (part.value / Decimal::ONE_HUNDRED).checked_mul(pressure).ok_or(MoneyError)?;
    Ok(Some(factor))
}
