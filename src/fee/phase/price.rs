//! Phase 7: points. きざみ, percentages on their base, drugs, and every rounding once.

mod supplies;

pub(crate) use supplies::of_drugs;

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        draft::{Draft, Group, Item, VisitDraft, What, reason, role},
        encounter::DrugUse,
        refusal::{InputError, InputErrorKind, Refusal},
        statement::Verdict,
        trace::Trace,
    },
    master::{Masters, Procedure},
    money::{MoneyError, Points},
    order::Keyed,
};

/// Prices every line.
pub(crate) fn run(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    draft.trace.phase("price");
    let Draft { masters, visits, trace, .. } = draft;
    for visit in visits {
        price_visit(masters, visit, trace).map_err(|error| {
            let path = format!("visits[{}]", visit.index);
            Refusal::one(
                InputError::new(path, InputErrorKind::Overflow, error.to_string()).help("check quantities and counts"),
            )
        })?;
    }
    Ok(())
}

fn price_visit<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, trace: &mut Trace) -> Result<(), MoneyError> {
    let on = visit.date;
    // 造影剤使用加算, the only additions that the age additions of CT and MRI are taken of (E 第3節 通知 3).
    let contrast: Vec<_> = ["e.contrast.ct", "e.contrast.mri"]
        .iter()
        .filter(|_| visit.parts.have(b'E'))
        .filter_map(|name| role(masters, name, on)?.code)
        .collect();
    for group in &mut visit.groups {
        supplies::price(masters, group, on, trace)?;
        price_group(group, &contrast, trace)?;
    }
    reduce(visit, trace)
}

/// Prices a group by itself.
pub(crate) fn alone<'m>(masters: &'m Masters, group: &mut Group<'m>, on: ServiceDate) -> Result<(), MoneyError> {
    let trace = &mut Trace::new(false);
    let percentages = group.additions.iter().any(is_percentage);
    let contrast: Vec<_> = ["e.contrast.ct", "e.contrast.mri"]
        .iter()
        .filter(|_| percentages)
        .filter_map(|name| role(masters, name, on)?.code)
        .collect();
    supplies::price(masters, group, on, trace)?;
    price_group(group, &contrast, trace)
}

fn price_group(group: &mut Group<'_>, contrast: &[ProcedureCode], trace: &mut Trace) -> Result<(), MoneyError> {
    // What stands under an unpaid base is not paid either.
    if !group.base.is_paid() {
        let verdict = group.base.verdict;
        for item in group.additions.iter_mut().filter(|item| !item.stands) {
            item.turn(verdict, reason("price.base_unpaid", "加算", "基本の行が算定されない"));
        }
    }
    if group.base.row().is_some_and(is_money) {
        return money(group);
    }
    let raw = match &group.base.what {
        What::Procedure(row) => own(&group.base, *row)?,
        What::Figure { points, .. } => Raw::Points(Decimal::from(points.get())),
        What::Drugs { .. } | What::Material { .. } | What::Reduction { .. } | What::Missing { .. } => return Ok(()),
    };
    let Some(raw) = settle(&mut group.base, raw) else {
        for item in &mut group.additions {
            item.turn(Verdict::NeedsReview, reason("price.base_open", "加算", "基本の行の点数が定まらない"));
        }
        return Ok(());
    };
    group.base.points = Some(Points::rounded(raw)?);
    if let Some(row) = group.base.row() {
        trace.step("points", || format!("{} {}: {raw}", row.code(), row.name()));
    }
    additions(group, raw, contrast, trace)
}

/// 点数識別 (11) = 1: an amount of yen, such as that of a meal. It is no part of the points.
fn is_money(row: Procedure<'_>) -> bool {
    row.point_kind() == 1
}

fn money(group: &mut Group<'_>) -> Result<(), MoneyError> {
    for item in group.items_mut().filter(|item| item.is_paid()) {
        let raw = match item.row() {
            Some(row) if is_money(row) => measured(row, item.quantity)?,
            _ => Raw::Open("点数の加算は、金額（円）で算定する行に付かない"),
        };
        if let Some(yen) = settle(item, raw) {
            (item.yen, item.points) = (Some(yen), Some(Points::ZERO));
        }
    }
    Ok(())
}

/// Additions: fixed points join the base; percentages are taken of the base with them, and the sum is rounded once
/// (通知: 手術 通則, 生体検査 通則, E002).
fn additions(
    group: &mut Group<'_>,
    raw: Decimal,
    contrast: &[ProcedureCode],
    trace: &mut Trace,
) -> Result<(), MoneyError> {
    if group.additions.is_empty() {
        return Ok(());
    }
    let fee_item = group.base.row().map_or("", Procedure::fee_item);
    let scan = matches!(fee_item, "E200" | "E201" | "E202");
    let test = fee_item.starts_with('D');
    crate::order::by_key(&mut group.additions, |item| (is_percentage(item), kind_of(item) == 6, item.code()));
    let mut sum = raw;
    // Percentages are taken of `base`; reductions of `reduced`.
    let mut base = raw;
    let mut reduced = raw;
    let ups = group.additions.iter().any(|item| item.is_paid() && kind_of(item) == 5);
    let downs = group.additions.iter().any(|item| item.is_paid() && kind_of(item) == 6);
    for item in &mut group.additions {
        let Some(row) = item.row() else { continue };
        let before = Points::rounded(sum)?;
        // A test's reduction is taken of what its other percentages give (生体検査 通知 4); elsewhere the law is silent.
        if ups && downs && !test && is_percentage(item) {
            let text = "割増と割引の割合が同じ基本に付く。掛け合わせ方を確かめる";
            item.turn(Verdict::NeedsReview, reason("price.mixed_percentages", "点数表 各部 通則", text));
        }
        let share = match row.point_kind() {
            5 => base.checked_mul(row.points()).ok_or(MoneyError)? / Decimal::ONE_HUNDRED,
            6 => -(reduced.checked_mul(row.points()).ok_or(MoneyError)? / Decimal::ONE_HUNDRED),
            _ => {
                let own = own(item, row)?;
                let Some(own) = settle(item, own) else { continue };
                own
            }
        };
        if item.verdict != Verdict::Charged {
            continue;
        }
        sum = sum.checked_add(share).ok_or(MoneyError)?;
        // 告示等識別区分(1) (68) and 通則加算所定点数対象区分 (62): a note addition (7) with 0 counts in the base of percentages.
        let note = item.joined || !is_percentage(item) && row.notice_1() == 7 && row.general_base() == 0;
        if note && (!scan || contrast.contains(&row.code())) {
            base = base.checked_add(share).ok_or(MoneyError)?;
        }
        // What is reduced: for CT and MRI the figure alone (E 第3節 通知 3), for a test with its notes and percentages.
        if (note && !scan) || (test && row.point_kind() == 5) {
            reduced = reduced.checked_add(share).ok_or(MoneyError)?;
        }
        let after = Points::rounded(sum)?;
        item.points = Some(Points::new(after.get() - before.get())?);
        trace.step("addition", || format!("{} {}: {share}, together {sum}", row.code(), row.name()));
    }
    Ok(())
}

fn kind_of(item: &Item<'_>) -> u32 {
    item.row().map_or(0, Procedure::point_kind)
}

fn is_percentage(item: &Item<'_>) -> bool {
    matches!(kind_of(item), 5 | 6)
}

/// Points before rounding, or why there are none.
enum Raw {
    Points(Decimal),
    NotCharged(&'static str),
    Open(&'static str),
    OpenButKnown(Decimal, &'static str),
}

/// Turns what was found into points, or into a verdict.
fn settle(item: &mut Item<'_>, raw: Raw) -> Option<Decimal> {
    match raw {
        Raw::Points(points) => Some(points),
        Raw::OpenButKnown(points, why) => {
            item.turn(Verdict::NeedsReview, reason("price.step", "医科診療行為マスター 30–35", why));
            Some(points)
        }
        Raw::NotCharged(why) => {
            item.turn(Verdict::Excluded, reason("price.step", "医科診療行為マスター 30–35", why));
            None
        }
        Raw::Open(why) => {
            item.turn(Verdict::NeedsReview, reason("price.point_kind", "医科診療行為マスター 11", why));
            None
        }
    }
}

/// The points of a line: what a rule of its part gives it, or those of its row.
fn own(item: &Item<'_>, row: Procedure<'_>) -> Result<Raw, MoneyError> {
    item.figure.map_or_else(|| procedure(row, item.quantity, item.given), |figure| Ok(Raw::Points(figure)))
}

/// What additions by percentage are taken of: the base with its fixed notes, where that is known.
pub(crate) fn fixed(group: &Group<'_>) -> Option<Decimal> {
    let points = |item: &Item<'_>| match procedure(item.row()?, item.quantity, item.given).ok()? {
        Raw::Points(points) => Some(points),
        _ => None,
    };
    let notes = group.additions.iter().filter(|item| item.is_paid() && !is_percentage(item));
    let notes = notes.filter(|item| item.row().is_some_and(|row| row.notice_1() == 7 && row.general_base() == 0));
    notes.map(points).try_fold(points(&group.base)?, |sum, part| sum.checked_add(part?))
}

/// The points of a procedure for its quantity.
fn procedure(row: Procedure<'_>, quantity: Option<Decimal>, given: Option<Points>) -> Result<Raw, MoneyError> {
    let sign = match (row.point_kind(), given) {
        (4, Some(points)) => return Ok(Raw::Points(Decimal::from(points.get()))),
        (7, Some(points)) => return Ok(Raw::Points(-Decimal::from(points.get()))),
        _ => match row.point_kind() {
            3 => Decimal::ONE,
            8 => Decimal::NEGATIVE_ONE,
            1 => return Ok(Raw::Open("金額（円）で算定する行で、点数にならない")),
            4 => return Ok(Raw::Open("購入価格（点数）の行である。点数を points に入力する")),
            7 => return Ok(Raw::Open("減点診療行為の行である。減じる点数を points に入力する")),
            5 | 6 => return Ok(Raw::Open("割合の行で、基本となる行に付けて算定する")),
            _ => return Ok(Raw::Open("点数識別が知られていない")),
        },
    };
    Ok(match measured(row, quantity)? {
        raw if sign == Decimal::ONE => raw,
        Raw::Points(points) => Raw::Points(points * sign),
        Raw::OpenButKnown(points, why) => Raw::OpenButKnown(points * sign, why),
        other => other,
    })
}

/// The figure of a row for its quantity, before any sign.
fn measured(row: Procedure<'_>, quantity: Option<Decimal>) -> Result<Raw, MoneyError> {
    match (row.step(), quantity) {
        (1, Some(quantity)) => step(row, quantity),
        (1, None) => Ok(Raw::Open("きざみで算定する行に数量がない")),
        // A quantity without steps is recorded on the claim but does not change the points.
        _ => Ok(Raw::Points(row.points())),
    }
}

/// The points of a procedure alone, as far as its row and quantity settle them.
pub(crate) fn figure(row: Procedure<'_>, quantity: Option<Decimal>) -> Option<Decimal> {
    match procedure(row, quantity, None) {
        Ok(Raw::Points(points)) => Some(points),
        _ => None,
    }
}

/// きざみ値計算 (30–35), with the four ways of treating a quantity outside the limits.
fn step(row: Procedure<'_>, quantity: Decimal) -> Result<Raw, MoneyError> {
    const NO_UPPER_LIMIT: u32 = 99_999_999;
    let low = Decimal::from(row.step_low());
    let size = Decimal::from(row.step_size());
    let base = row.points();
    if size.is_zero() {
        return Ok(Raw::Open("きざみ値が 0 の行である"));
    }
    let mode = row.step_error();
    if quantity <= low {
        // 2 and 3: a quantity a whole step below the lower limit is not charged.
        return Ok(if mode >= 2 && quantity <= low - size {
            Raw::NotCharged("数量が下限に届かない")
        } else {
            Raw::Points(base)
        });
    }
    let formula = |quantity: Decimal| {
        let steps = ((quantity - low) / size).ceil();
        let more = steps.checked_mul(row.step_points()).ok_or(MoneyError)?;
        base.checked_add(more).ok_or(MoneyError)
    };
    let limited = row.step_high() != NO_UPPER_LIMIT && row.step_high() != 0;
    let high = Decimal::from(row.step_high());
    if limited && quantity > high {
        return Ok(match mode {
            1 | 3 => Raw::Points(formula(high)?),
            _ => Raw::OpenButKnown(formula(quantity)?, "数量が上限を超えている"),
        });
    }
    Ok(Raw::Points(formula(quantity)?))
}

/// F200 注3: what remains of the points of one prescription's internal drugs is rounded, the rest taken off as one line.
fn reduce(visit: &mut VisitDraft<'_>, trace: &mut Trace) -> Result<(), MoneyError> {
    // For each prescription, its points and whether they are open.
    let mut internal: Keyed<usize, (Points, bool)> = Keyed::default();
    for group in &visit.groups {
        let Some(of) = group.base.prescribed().filter(|of| of.usage == DrugUse::Internal) else { continue };
        let (all, open) = internal.of(of.prescription);
        *open |= group.base.verdict == Verdict::NeedsReview;
        if group.base.verdict == Verdict::Charged {
            *all = all.plus(group.base.points.unwrap_or_default().times(group.count)?)?;
        }
    }
    for group in &mut visit.groups {
        let What::Reduction { percent, prescription } = group.base.what else { continue };
        let (all, open) = internal.get(&prescription).copied().unwrap_or_default();
        if open {
            let text = "内服薬の薬剤料が定まらない";
            group.base.turn(Verdict::NeedsReview, reason("f200.seven_kinds", "F200 注3", text));
            continue;
        }
        let exact = Decimal::from(all.get()).checked_mul(percent).ok_or(MoneyError)? / Decimal::ONE_HUNDRED;
        let remains = Points::rounded(exact)?;
        trace.step("reduction", || format!("{all} at {percent}/100: {exact}"));
        group.base.points = Some(Points::new(remains.get() - all.get())?);
        if exact.fract() == Decimal::new(5, 1) {
            // A claim records the ten hundredths taken off; at half a point the two roundings differ by one.
            group.base.rests_on(crate::master::Certainty::Unverified);
        }
    }
    Ok(())
}
