//! The conditions that a procedure's own row sets: setting, age, scheme, facility, beds, registration.

use crate::{
    date::ServiceDate,
    master::{AgeLimit, Certainty, Masters, Procedure},
};

use super::{
    draft::{Item, VisitDraft, reason},
    encounter::{Facility, FacilityKind},
    marks::Marks,
    statement::Verdict,
};

/// Applies the row's conditions to a line.
pub(crate) fn apply<'m>(item: &mut Item<'m>, visit: &VisitDraft<'m>, facility: &Facility) {
    let Some(row) = item.row() else { return };
    let marks = Marks::of(row);
    let in_hospital = visit.visit.admitted.is_some();
    // Most rows ask for nothing, or only not to be of the other setting.
    let anywhere = row.in_out() == 0 || row.in_out() == if in_hospital { 1 } else { 2 };
    if anywhere && marks.is_unconditional() && row.facility_kind() == 0 && row.late_elderly() == 0 {
        return;
    }
    // 入外適用区分 (13). 19 = 4 is 短期滞在手術等基本料3, a fee of a stay.
    if !in_hospital && (row.in_out() == 1 || row.facility_kind() == 4) {
        item.turn(Verdict::Excluded, reason("master.in_out", "医科診療行為マスター 13・19", "入院でのみ算定できる"));
    }
    if in_hospital && row.in_out() == 2 {
        item.turn(Verdict::Excluded, reason("master.in_out", "医科診療行為マスター 13", "入院外でのみ算定できる"));
    }
    if row.forensic() == 4 {
        let text = "医療観察法の診療でのみ算定する";
        item.turn(Verdict::Excluded, reason("master.forensic", "医科診療行為マスター 21", text));
    } else if row.fee_item().is_empty() && !matches!(row.point_kind(), 1 | 4 | 7) {
        let text =
            "点数表の区分番号のない行（介護老人保健施設の入所者、治験、地域の手当など）である。算定できるかを確かめる";
        item.turn(Verdict::NeedsReview, reason("master.special", "医科診療行為マスター 85", text));
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
    if marks.has_standards() {
        registrations(item, row, facility, visit.masters, visit.date);
    }
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

/// The three groups of 施設基準 ①–⑩ (72–81): ①–⑥ are alternatives, ⑦–⑨ are alternatives, ⑩ stands alone; all must hold.
fn groups(standards: &[u32; 10]) -> impl Iterator<Item = &[u32]> {
    [standards.get(..6), standards.get(6..9), standards.get(9..)].into_iter().flatten()
}

/// Whether a standard is registered, or one of those for which a 名寄せコード stands (別紙7-8 2), and how sure that is.
pub(crate) fn holds(masters: &Masters, standard: u32, registered: &[u32], on: ServiceDate) -> Option<Certainty> {
    const MOST: u8 = 99;
    if registered.contains(&standard) {
        return Some(Certainty::Official);
    }
    (1..=MOST)
        .map_while(|place| {
            let (mut first, mut second) = (itoa::Buffer::new(), itoa::Buffer::new());
            masters.role_of(&["standard_group.", first.format(standard), ".", second.format(place)], on)
        })
        .filter(|part| registered.iter().any(|code| part.value == (*code).into()))
        .map(|part| part.certainty)
        .min()
}

fn registrations<'m>(
    item: &mut Item<'m>,
    row: Procedure<'_>,
    facility: &Facility,
    masters: &'m Masters,
    on: ServiceDate,
) {
    let standards = row.standards();
    let basis = "医科診療行為マスター 72–81";
    let mut missing = Vec::new();
    for group in groups(&standards) {
        let mut needed = group.iter().copied().filter(|code| *code != 0).peekable();
        if needed.peek().is_none() {
            continue;
        }
        let registered = facility.registrations.as_deref();
        match needed.clone().filter_map(|code| holds(masters, code, registered?, on)).min() {
            Some(certainty) => item.rests_on(certainty),
            None => missing.push(needed.map(|code| code.to_string()).collect::<Vec<_>>().join("・")),
        }
    }
    if facility.registrations.is_none() {
        let text = format!("施設基準の届出（{}）は確認していない", missing.join("、"));
        item.reasons.push(reason("master.registration_unconfirmed", basis, text));
    } else if !missing.is_empty() {
        // A higher standard may stand for a lower one, which no table tells.
        let text = format!("施設基準 {} の届出がない。上位の届出で足りるかを確かめる", missing.join("、"));
        item.turn(Verdict::NeedsReview, reason("master.registration", basis, text));
    }
}

/// Whether the facility has registered a standard of every group that the row asks for. An unknown registration is none:
/// what needs one is then only charged when it is ordered.
pub(crate) fn registered(masters: &Masters, row: Procedure<'_>, facility: &Facility, on: ServiceDate) -> bool {
    let Some(registered) = facility.registrations.as_deref() else { return false };
    groups(&row.standards()).all(|group| {
        let mut needed = group.iter().filter(|code| **code != 0).peekable();
        needed.peek().is_none() || needed.any(|code| holds(masters, *code, registered, on).is_some())
    })
}
