//! L 麻酔: one general anesthesia in several positions (L008 注1・注2, 通知(12)), and several kinds for one purpose (通則4).

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    fee::{
        draft::{VisitDraft, reason, role},
        statement::Verdict,
        trace::Trace,
    },
    master::{Masters, Procedure},
};

use super::joining::{self, Portion, Why};

const GENERAL: &str = "L008";
/// 声門上器具又は気管挿管による気道確保を伴う閉鎖循環式全身麻酔 1 to 5.
const CLASSES: [u32; 5] = [1, 2, 3, 4, 5];
/// What only one of is charged for one purpose (通則4), besides L008. L003 goes on from the day after.
const ALTERNATIVES: [&str; 8] = ["L000", "L001", "L001-2", "L002", "L004", "L005", "L006", "L007"];

/// Charges all L008 lines of a visit as the stretches of one anesthesia, and one kind of anesthesia.
pub(crate) fn together<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    if visit.parts.have(b'L') {
        general(masters, visit, trace);
        one_kind(visit);
    }
}

/// L008: each class with the minutes of all its stretches, in whatever order they were.
fn general<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    let places = joining::places(visit, |row| row.fee_item() == GENERAL && row.step() == 1);
    if places.is_empty() {
        return;
    }
    let groups = || places.iter().filter_map(|place| visit.groups.get(*place));
    if groups().any(|group| group.count > 1) {
        let text = "全身麻酔は1回ごとに時間を入力する";
        return joining::review(visit, &places, "l008.count", "L008 注1", text);
    }
    let named = |class: &u32| role(masters, &format!("l008.difficult.{class}"), visit.date)?.code;
    let difficult: Vec<ProcedureCode> = CLASSES.iter().filter_map(named).collect();
    let codes = || groups().filter_map(|group| group.base.code());
    if codes().any(|code| difficult.contains(&code)) && !codes().all(|code| difficult.contains(&code)) {
        let text = "麻酔が困難な患者かどうかは麻酔前の状態による。1回の麻酔で両方にはならない";
        return joining::review(visit, &places, "l008.difficult", "L008 1～5のイ・ロ", text);
    }
    let mut classes = joining::portions(visit, &places);
    let minutes = classes.iter().try_fold(Decimal::ZERO, |sum, class| sum.checked_add(class.quantity));
    if !fill(&mut classes) {
        let text = "時間の区切りを確かめられない";
        return joining::review(visit, &places, "l008.minutes", "L008 注2", text);
    }
    trace.step("anesthesia", || {
        let part = |class: &Portion<'_>| {
            format!("{} {} min: {}", class.row.code(), class.quantity, class.figure.unwrap_or_default())
        };
        classes.iter().map(part).collect::<Vec<_>>().join("; ")
    });
    let Some(highest) = classes.first().map(|class| class.row.code()) else { return };
    let why = Why {
        rule: "l008.minutes",
        article: "L008 通知(12)ウ",
        part: "1回の全身麻酔の、他の区分で基本の2時間を超えた時間の加算",
        nothing: "基本の2時間、又は他の区分の30分に充てられ、加算がない",
    };
    joining::join(visit, classes, &why);
    let least = role(masters, "l008.least_minutes", visit.date);
    if let (Some(part), Some(minutes), Some(group)) = (least, minutes, joining::group_of(visit, highest))
        && minutes < part.value
    {
        group.base.rests_on(part.certainty);
        let text = format!("実施時間が合わせて {} 分に満たない麻酔は、この区分では算定しない", part.value);
        group.base.turn(Verdict::Excluded, reason("l008.least_minutes", part.article, text));
    }
}

/// Gives each class its points: the basic time goes to the highest class first; what is left of each class is charged by
/// whole steps; the rests that make no whole step are put together, and the longest rests are charged a step each until
/// all of it is used (通知(12)ウ(ロ)～(ニ)). False when the steps cannot be counted.
fn fill(classes: &mut [Portion<'_>]) -> bool {
    crate::order::by_key(classes, |class| (core::cmp::Reverse(class.row.points()), class.row.code()));
    let Some(first) = classes.first().map(|class| class.row) else { return false };
    let step = Decimal::from(first.step_size());
    if step.is_zero() {
        return false;
    }
    let mut basic = Decimal::from(first.step_low());
    // For each class, its whole steps and the rest.
    let mut left: Vec<(Decimal, Decimal)> = Vec::with_capacity(classes.len());
    for class in classes.iter() {
        let used = class.quantity.min(basic);
        basic -= used;
        let beyond = class.quantity - used;
        let whole = (beyond / step).floor();
        left.push((whole, beyond - whole * step));
    }
    let together: Decimal = left.iter().map(|(_, rest)| *rest).sum();
    let mut steps = (together / step).ceil();
    // The longest first, of equal ones the one with the higher points: the classes stand in that order already.
    let mut order: Vec<usize> = (0..left.len()).collect();
    crate::order::by_key(&mut order, |at| core::cmp::Reverse(left.get(*at).map(|(_, rest)| *rest)));
    for at in order {
        let Some((whole, rest)) = left.get_mut(at) else { continue };
        if steps.is_zero() || rest.is_zero() {
            break;
        }
        *whole += Decimal::ONE;
        steps -= Decimal::ONE;
    }
    for (at, (class, (units, _))) in classes.iter_mut().zip(left).enumerate() {
        let Some(more) = units.checked_mul(class.row.step_points()) else { return false };
        class.figure =
            if at == 0 { more.checked_add(class.row.points()) } else { Some(more).filter(|it| !it.is_zero()) };
    }
    true
}

/// 通則4: of two or more kinds of anesthesia for one purpose the main one is charged. Whether they had one purpose the
/// input does not tell.
fn one_kind(visit: &mut VisitDraft<'_>) {
    let kind = |item: &str| item == GENERAL || ALTERNATIVES.contains(&item);
    let places = joining::places(visit, |row| kind(row.fee_item()));
    if places.len() < 2 {
        return;
    }
    let points = |place: &usize| {
        let base = &visit.groups.get(*place)?.base;
        base.figure.or_else(|| base.row().map(Procedure::points))
    };
    // Of equal ones none is the main one: the order of the input must not show.
    let highest = |place: &usize| places.iter().all(|other| other == place || points(other) < points(place));
    let others: Vec<usize> = places.iter().copied().filter(|place| !highest(place)).collect();
    let text = "同一の目的のための2以上の麻酔は、主たる麻酔のみを算定する。別の目的かどうかを確かめる";
    joining::review(visit, &others, "l.one_kind", "L 通則4", text);
}
