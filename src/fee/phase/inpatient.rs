//! 電子点数表 04: which additions go with the basic inpatient fee of the day (入院基本料テーブル).

use core::cmp::Reverse;

use crate::{
    code::{InpatientGroup, ProcedureCode},
    date::ServiceDate,
    fee::{
        draft::{Draft, Group, Item, reason},
        phase::price,
        statement::Verdict,
    },
    master::{FeeAux, InpatientAddition, Masters},
};

const RULE: &str = "table.inpatient";
const BASIS: &str = "電子点数表 04 入院基本料テーブル";

/// Takes off the additions that do not go with the day's basic fee, and all but one of those that bar each other.
pub(crate) fn run(draft: &mut Draft<'_>) {
    let masters = draft.masters;
    let mut days: Vec<ServiceDate> =
        draft.visits.iter().filter(|visit| visit.visit.admitted.is_some()).map(|visit| visit.date).collect();
    days.dedup();
    for day in days {
        let groups = groups(draft, day);
        // What stands so far: the number that bars others, its points, its code.
        let mut kinds: Vec<(u32, Reverse<rust_decimal::Decimal>, ProcedureCode)> = Vec::new();
        for item in items(draft, day) {
            let Some(code) = item.code() else { continue };
            match fit(masters, &groups, code, day) {
                Fit::Unknown => {}
                Fit::WithoutBasic => {
                    let text = "この日の入院基本料・特定入院料が入力にない。加算できるかを確かめる";
                    item.turn(Verdict::NeedsReview, reason(RULE, BASIS, text));
                }
                Fit::No => {
                    let text = "この日の入院基本料・特定入院料には加算できない";
                    item.turn(Verdict::Excluded, reason(RULE, BASIS, text));
                }
                Fit::Yes(kind) => {
                    let points = item.row().and_then(|row| price::figure(row, item.quantity)).unwrap_or_default();
                    kinds.push((kind, Reverse(points), code));
                }
            }
        }
        crate::order::sort(&mut kinds);
        for item in items(draft, day) {
            let Some(code) = item.code() else { continue };
            let Some((kind, ..)) = kinds.iter().find(|(.., own)| *own == code) else { continue };
            let first = kinds.iter().find(|(other, ..)| other == kind).map(|(.., first)| *first);
            if let Some(first) = first.filter(|first| *first != code) {
                let text = format!("加算識別 {kind} が同じ {first} を算定する。併せて算定できない");
                item.turn(Verdict::Excluded, reason(RULE, BASIS, text));
            }
        }
    }
}

/// The lines of a stay on a day that are to be paid, those of part A alone: table 04 has no others.
fn items<'a, 'm>(draft: &'a mut Draft<'m>, day: ServiceDate) -> impl Iterator<Item = &'a mut Item<'m>> {
    let visits = draft.visits.iter_mut().filter(move |visit| visit.date == day && visit.visit.admitted.is_some());
    let items = visits.flat_map(|visit| visit.groups.iter_mut().flat_map(Group::items_mut));
    items.filter(|item| item.is_paid() && item.row().is_some_and(|row| row.fee_item().starts_with('A')))
}

/// 入院基本料識別 (20 of table 01) of the day's basic fees.
fn groups(draft: &mut Draft<'_>, day: ServiceDate) -> Vec<InpatientGroup> {
    let masters = draft.masters;
    let codes: Vec<ProcedureCode> = items(draft, day).filter_map(|item| item.code()).collect();
    let group = |code: &ProcedureCode| {
        let aux: FeeAux<'_> = masters.row(code, day)?;
        InpatientGroup::from_number(aux.inpatient_group())
    };
    codes.iter().filter_map(group).collect()
}

/// Whether an addition goes with the basic fees of a day.
enum Fit {
    /// Table 04 does not name the code.
    Unknown,
    WithoutBasic,
    No,
    /// With its 加算識別.
    Yes(u32),
}

fn fit(masters: &Masters, groups: &[InpatientGroup], code: ProcedureCode, on: ServiceDate) -> Fit {
    const LAST_GROUP: u32 = 999;
    let row = |group: InpatientGroup| masters.pair::<InpatientAddition<'_>>(group.number(), code, on);
    if let Some(row) = groups.iter().find_map(|group| row(*group)) {
        return Fit::Yes(row.addition_kind());
    }
    let known = (1..=LAST_GROUP).filter_map(InpatientGroup::from_number).any(|group| row(group).is_some());
    match (known, groups.is_empty()) {
        (false, _) => Fit::Unknown,
        (true, true) => Fit::WithoutBasic,
        (true, false) => Fit::No,
    }
}
