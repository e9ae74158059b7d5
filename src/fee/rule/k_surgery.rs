//! K 手術: two or more operations at one time (通則14), operations on several levels of the spine (K142 注1・注2), and
//! transfusions by 200 mL (K920 通知(1)・(2)・(7)).

use core::cmp::Reverse;

use rust_decimal::Decimal;

use crate::{
    fee::{
        draft::{Group, VisitDraft, reason, role},
        statement::Verdict,
        trace::Trace,
        vertebra::Vertebra,
    },
    master::{Masters, Procedure},
};

use super::joining::{self, Portion, Why};

const SPINE: &str = "K142";
/// Where the operations end and the transfusions begin (第2節 輸血料).
const TRANSFUSIONS: u32 = 920;
const MORE_LEVELS: Why<'static> = Why {
    rule: "k142.more",
    article: "K142 注1",
    part: "追加した椎間又は椎弓の、主たる手術の所定点数の100分の50",
    nothing: "",
};

/// Charges what was operated at one time together.
pub(crate) fn together<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    if !visit.parts.have(b'K') || !visit.items().any(|item| item.row().is_some_and(is_operation)) {
        return;
    }
    notes(visit);
    spine(masters, visit, trace);
    one_field(masters, visit);
}

/// 通則 通知9: the percentages of the general rules are taken of an operation with the additions of its own notes. The master
/// marks those that a claim writes on a line of their own as basic (68) and as additions (69).
fn notes(visit: &mut VisitDraft<'_>) {
    for group in &mut visit.groups {
        let Some(base) = group.base.row().filter(|row| is_operation(*row)) else { continue };
        for item in &mut group.additions {
            let own = |row: Procedure<'_>| {
                row.fee_item() == base.fee_item() && (row.notice_1(), row.notice_2(), row.point_kind()) == (1, 7, 3)
            };
            item.joined |= item.row().is_some_and(own);
        }
    }
}

/// An operation of 第1節 itself, not an addition.
fn is_operation(row: Procedure<'_>) -> bool {
    let Some(item) = row.fee_item().strip_prefix('K') else { return false };
    let number = item.split('-').next().and_then(|number| number.parse::<u32>().ok());
    matches!(row.notice_1(), 1 | 3 | 5) && row.notice_2() != 7 && number.is_some_and(|number| number < TRANSFUSIONS)
}

/// K142: the main operation is charged whole for its first level, every further level at half of what was done there, four
/// at most (注1); what a fusion from behind holds already is not charged (注2).
fn spine<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    let places = joining::places(visit, |row| row.fee_item() == SPINE && row.step() == 1 && row.notice_2() != 7);
    let Some(most) = role(masters, "k142.most", visit.date).filter(|_| !places.is_empty()) else { return };
    let groups = || places.iter().filter_map(|place| visit.groups.get(*place));
    if groups().any(|group| group.count > 1) {
        let text = "手術は1回ごとに椎間又は椎弓の数を入力する";
        return joining::review(visit, &places, "k142.count", "K142 注1", text);
    }
    if groups().any(|group| !levels_agree(group)) {
        let text = "椎間又は椎弓の数と、入力された部位が合わない";
        return joining::review(visit, &places, "k142.levels", "K142 注1", text);
    }
    if !contained(masters, visit, &places) {
        return;
    }
    let paid: Vec<usize> =
        places.into_iter().filter(|place| visit.groups.get(*place).is_some_and(|group| group.base.is_paid())).collect();
    let mut portions = joining::portions(visit, &paid);
    crate::order::by_key(&mut portions, |portion| (Reverse(portion.row.points()), portion.row.code()));
    let entered: Decimal = paid
        .iter()
        .filter_map(|place| visit.groups.get(*place))
        .flat_map(|group| &group.additions)
        .filter(|item| item.row().is_some_and(|row| row.fee_item() == SPINE && row.notice_2() == 7))
        .filter_map(|item| item.quantity)
        .sum();
    let levels: Decimal = portions.iter().map(|portion| portion.quantity).sum();
    let more = levels - Decimal::ONE + entered;
    // What each operation adds beyond the main one's first level.
    let further =
        |at: usize, portion: &Portion<'_>| if at == 0 { portion.quantity - Decimal::ONE } else { portion.quantity };
    let added = portions.iter().enumerate().filter(|(at, portion)| !further(*at, portion).is_zero());
    let mut halves: Vec<Decimal> = added.map(|(_, portion)| portion.row.step_points()).collect();
    halves.dedup();
    // Which levels fall away beyond four matters as soon as they were not all operated alike.
    if more > most.value && (halves.len() > 1 || !entered.is_zero()) {
        let text = format!("加算は椎間と椎弓を合わせて {} まで。どれを算定するかを確かめる", most.value);
        return joining::review(visit, &paid, "k142.most", most.article, text);
    }
    if portions.len() < 2 && paid.len() < 2 {
        return;
    }
    let mut left = most.value;
    for (at, portion) in portions.iter_mut().enumerate() {
        let charged = further(at, portion).min(left);
        left -= charged;
        let whole = if at == 0 { portion.row.points() } else { Decimal::ZERO };
        portion.figure = charged.checked_mul(portion.row.step_points()).and_then(|half| half.checked_add(whole));
    }
    trace.step("spine", || format!("{levels} levels, {} operations", portions.len()));
    joining::join(visit, portions, &MORE_LEVELS);
}

/// How many discs lie between these vertebrae.
fn discs(levels: &[Vertebra]) -> usize {
    levels.iter().filter(|upper| levels.iter().any(|lower| upper.is_above(*lower))).count()
}

/// Whether the levels, where they are given, are as many as the quantity says: discs for what is counted by 椎間, arches
/// for what is counted by 椎弓.
fn levels_agree(group: &Group<'_>) -> bool {
    let levels = group.order.map_or(&[][..], |order| order.levels.as_slice());
    let Some((row, quantity)) = group.base.row().zip(group.base.quantity) else { return false };
    let mut distinct = levels.to_vec();
    crate::order::sort(&mut distinct);
    distinct.dedup();
    let count = if by_discs(row) { discs(&distinct) } else { distinct.len() };
    levels.is_empty() || (distinct.len() == levels.len() && quantity == Decimal::from(count))
}

/// Counted by 椎間 (データ規格コード 122), not by 椎弓.
fn by_discs(row: Procedure<'_>) -> bool {
    const DISCS: u32 = 122;
    row.unit_code() == DISCS
}

/// 注2: a fusion from behind holds the opening of the arches beside its discs. False when the levels are not known.
fn contained<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, places: &[usize]) -> bool {
    let range = |name: &str| {
        let end = |end: &str| role(masters, &format!("{name}.{end}"), visit.date).map(|part| part.value);
        Some((end("first")?, end("last")?))
    };
    let (Some(holds), Some(held)) = (range("k142.holds"), range("k142.held")) else { return true };
    let within = |group: &Group<'_>, (first, last): (Decimal, Decimal)| {
        group.base.row().is_some_and(|row| (first..=last).contains(&Decimal::from(row.item_no())))
    };
    let of = |range| -> Vec<usize> {
        places
            .iter()
            .copied()
            .filter(|place| visit.groups.get(*place).is_some_and(|group| within(group, range)))
            .collect()
    };
    let (fusions, arches) = (of(holds), of(held));
    if fusions.is_empty() || arches.is_empty() {
        return true;
    }
    let levels = |place: &usize| {
        let group: Option<&Group<'_>> = visit.groups.get(*place);
        group.and_then(|group| group.order).map_or(&[][..], |order| order.levels.as_slice())
    };
    let article = "K142 注2";
    if fusions.iter().chain(&arches).any(|place| levels(place).is_empty()) {
        let text = "固定術を行った椎間に隣接する椎弓の手術は含まれる。部位（levels）を入力する";
        joining::review(visit, &arches, "k142.held", article, text);
        return false;
    }
    let fused: Vec<Vertebra> = fusions.iter().flat_map(levels).copied().collect();
    for place in arches {
        let Some(group) = visit.groups.get_mut(place) else { continue };
        let own = group.order.map_or(&[][..], |order| order.levels.as_slice());
        let left = own.iter().filter(|level| !fused.contains(level)).count();
        if left == own.len() {
            continue;
        }
        let text = "固定術を行った椎間に隣接する椎弓の手術は、固定術に含まれる";
        let why = reason("k142.held", article, text);
        if left == 0 {
            group.base.turn(Verdict::Bundled, why);
        } else {
            group.base.quantity = Some(Decimal::from(left));
            group.base.reasons.push(why);
        }
    }
    true
}

/// 通則14: in one field the main operation alone is charged, unless the notification says otherwise; in different fields each
/// one. The input tells the field by `site`, and a second operation at half by its addition.
fn one_field<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>) {
    let article = "K 通則14・通知19";
    let operations = joining::places(visit, is_operation);
    let counted = |place: &usize| visit.groups.get(*place).is_some_and(|group| group.count > 1);
    let several: Vec<usize> = operations.iter().copied().filter(counted).collect();
    let text = "同種の手術を同一日に2回以上行った場合は、主たる手術のみを算定する。別の手術野は site を分けて入力する";
    joining::review(visit, &several, "k.same_day", "K 通則 通知3", text);
    if operations.len() < 2 {
        return;
    }
    let half = role(masters, "k.half", visit.date).and_then(|part| part.code);
    let at_half = |group: &Group<'_>| group.additions.iter().any(|item| item.code().is_some() && item.code() == half);
    let row = |place: &usize| visit.groups.get(*place).and_then(|group| group.base.row());
    let site = |place: &usize| -> Option<&str> { visit.groups.get(*place)?.order?.site.as_deref() };
    let joins = |place: &usize| {
        row(place).is_some_and(|row| role(masters, &format!("k.joins.{}", row.fee_item()), visit.date).is_some())
    };
    // One at half is below any other: it is the second of its field by what the input says.
    let figure = |place: &usize| {
        let group = visit.groups.get(*place)?;
        Some((!at_half(group), group.base.figure.or_else(|| group.base.row().map(Procedure::points))))
    };
    let mut open: Vec<usize> = Vec::new();
    let mut second: Vec<usize> = Vec::new();
    for place in operations.iter().copied().filter(|place| !joins(place)) {
        // What stands in an unnamed field may be in this one.
        let apart = |other: &usize| site(other).is_some() && site(&place).is_some() && site(other) != site(&place);
        let rivals = || operations.iter().filter(|other| **other != place && !joins(other) && !apart(other));
        if rivals().all(|other| figure(other) < figure(&place)) {
            continue;
        }
        if !visit.groups.get(place).is_some_and(at_half) {
            open.push(place);
        } else if rivals().any(|other| visit.groups.get(*other).is_some_and(at_half)) {
            second.push(place);
        }
    }
    let text = "同一手術野の2以上の手術は、主たる手術のみ、又は従たる1つを100分の50で算定する。手術野（site）と併施加算を入力する";
    joining::review(visit, &open, "k.one_field", article, text);
    let text = "100分の50で算定する従たる手術は1つに限る";
    joining::review(visit, &second, "k.one_second", article, text);
}
