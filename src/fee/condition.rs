//! The conditions that a procedure's own row sets: setting, age, scheme, facility, beds, registration.

use crate::master::{AgeLimit, Procedure};

use super::{
    draft::{Item, VisitDraft, reason},
    encounter::{Facility, FacilityKind},
    statement::Verdict,
};

/// Applies the row's conditions to a line.
pub(crate) fn apply(item: &mut Item<'_>, visit: &VisitDraft<'_>, facility: &Facility) {
    let Some(row) = item.row() else { return };
    // 入外適用区分 (13): this engine's visits are outpatient ones.
    if row.in_out() == 1 {
        item.turn(Verdict::Excluded, reason("master.in_out", "医科診療行為マスター 13", "入院でのみ算定できる"));
    }
    if !AgeLimit::admits(row.age_low(), row.age_high(), visit.age) {
        let text = format!("年齢（{}歳）が対象の範囲にない", visit.age.years());
        item.turn(Verdict::Excluded, reason("master.age", "医科診療行為マスター 41・42", text));
    }
    // 後期高齢者医療適用区分 (14).
    match (row.late_elderly(), visit.late_elderly) {
        (1, true) => {
            let text = "後期高齢者医療では算定できない";
            item.turn(Verdict::Excluded, reason("master.late_elderly", "医科診療行為マスター 14", text));
        }
        (2, false) => {
            let text = "後期高齢者医療でのみ算定できる";
            item.turn(Verdict::Excluded, reason("master.late_elderly", "医科診療行為マスター 14", text));
        }
        _ => {}
    }
    match (row.facility_kind(), facility.kind) {
        (1, FacilityKind::Clinic) => {
            item.turn(Verdict::Excluded, reason("master.facility", "医科診療行為マスター 19", "病院でのみ算定できる"));
        }
        (2, FacilityKind::Hospital) => {
            let text = "診療所でのみ算定できる";
            item.turn(Verdict::Excluded, reason("master.facility", "医科診療行為マスター 19", text));
        }
        _ => {}
    }
    beds(item, row, facility);
    registrations(item, row, facility);
}

/// 病床数区分 (71): general beds (5, 6) or permitted beds (all others).
fn beds(item: &mut Item<'_>, row: Procedure<'_>, facility: &Facility) {
    let (low, high, permitted) = match row.bed_class() {
        1 => (1, Some(99), true),
        2 => (100, Some(199), true),
        3 => (0, Some(199), true),
        4 => (200, None, true),
        5 => (0, Some(199), false),
        6 => (200, None, false),
        7 => (0, Some(399), true),
        8 => (400, None, true),
        _ => return,
    };
    let known = match (facility.kind, permitted) {
        // A clinic has fewer than twenty beds (医療法 第1条の5).
        (FacilityKind::Clinic, _) => (low != 1).then_some(0),
        (FacilityKind::Hospital, false) => facility.general_beds,
        (FacilityKind::Hospital, true) => facility.permitted_beds,
    };
    match known {
        Some(beds) if beds >= low && high.is_none_or(|high| beds <= high) => {}
        Some(_) => {
            item.turn(Verdict::Excluded, reason("master.beds", "医科診療行為マスター 71", "病床数の条件に合わない"));
        }
        None => {
            let text = "病床数が与えられていないため、条件を確かめられない";
            item.turn(Verdict::NeedsReview, reason("master.beds", "医科診療行為マスター 71", text));
        }
    }
}

/// 施設基準 ①–⑩ (72–81): ①–⑥ are alternatives, ⑦–⑨ are alternatives, ⑩ stands alone; all three must hold.
fn registrations(item: &mut Item<'_>, row: Procedure<'_>, facility: &Facility) {
    let standards = row.standards();
    let needed = [standards.get(..6), standards.get(6..9), standards.get(9..)];
    let mut missing = Vec::new();
    let mut any = false;
    for group in needed.into_iter().flatten() {
        let group: Vec<u32> = group.iter().copied().filter(|code| *code != 0).collect();
        if group.is_empty() {
            continue;
        }
        any = true;
        let registered = facility.registrations.as_deref().unwrap_or_default();
        if !group.iter().any(|code| registered.contains(code)) {
            missing.push(group.iter().map(u32::to_string).collect::<Vec<_>>().join("・"));
        }
    }
    let basis = "医科診療行為マスター 72–81";
    if !any {
        return;
    }
    if facility.registrations.is_none() {
        let text = format!("施設基準の届出（{}）は確認していない", missing.join("、"));
        item.reasons.push(reason("master.registration_unconfirmed", basis, text));
    } else if !missing.is_empty() {
        // A higher standard may stand for a lower one (名寄せ), which the tables of this version do not tell.
        let text = format!("施設基準 {} の届出がない。上位の届出で足りるかを確かめる", missing.join("、"));
        item.turn(Verdict::NeedsReview, reason("master.registration", basis, text));
    }
}

/// Whether the facility has registered a standard of every group that the row asks for. An unknown registration is none:
/// what needs one is then only charged when it is ordered.
pub(crate) fn registered(row: Procedure<'_>, facility: &Facility) -> bool {
    let Some(registered) = facility.registrations.as_deref() else { return false };
    let standards = row.standards();
    [standards.get(..6), standards.get(6..9), standards.get(9..)].into_iter().flatten().all(|group| {
        let mut needed = group.iter().filter(|code| **code != 0).peekable();
        needed.peek().is_none() || needed.any(|code| registered.contains(code))
    })
}
