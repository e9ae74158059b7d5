//! Phase 3: additions for age and time of day, attached to their base.

use crate::{
    code::ProcedureCode,
    fee::{
        binding, condition,
        draft::{Draft, VisitDraft, derived, reason},
        encounter::Facility,
        rule::{a_basic, e_imaging, h_rehabilitation, k_surgery, k_transfusion, l_anesthesia, urgent},
        statement::Verdict,
    },
    master::{AgeLimit, Masters, Procedure},
};

/// Attaches the additions.
pub(crate) fn run(draft: &mut Draft<'_>) {
    draft.trace.phase("adjust");
    h_rehabilitation::early(draft);
    k_transfusion::together(draft);
    let Draft { masters, encounter, visits, trace } = draft;
    for visit in visits {
        for group in &mut visit.groups {
            binding::check(group);
            urgent::without_time(group, visit.visit.time_class);
        }
        e_imaging::together(masters, visit, trace);
        k_surgery::together(masters, visit, trace);
        l_anesthesia::together(masters, visit, trace);
        a_basic::time_of_day(masters, &encounter.facility, visit, trace);
        // 年齢加算 ①–④ (100–111): the row itself names the addition for an age.
        for index in 0..visit.groups.len() {
            let Some(group) = visit.groups.get(index) else { continue };
            let Some(row) = group.base.row().filter(|_| group.base.is_paid()) else { continue };
            if a_basic::time_addition_replaces_infant(visit, group) {
                continue;
            }
            conformity(visit, index, row, &encounter.facility);
            urgent::attach(masters, &encounter.facility, visit, index, trace);
            let (own, general) = if row.has_age_additions() {
                (Some(row.age_additions()), None)
            } else {
                by_weight(visit, index, row);
                (None, general_age(masters, visit, index, row))
            };
            for (low, high, code) in own.into_iter().flatten().chain(general) {
                let Some(code) = ProcedureCode::from_number(code) else { continue };
                let Some(group) = visit.groups.get(index) else { continue };
                let there = group.additions.iter().any(|item| item.code() == Some(code));
                if there || !AgeLimit::admits(low, high, visit.age) {
                    continue;
                }
                let text = format!("{}歳のため、{}に付く年齢加算", visit.age.years(), row.name());
                let mut item = derived(masters, code, visit.date);
                // One that the order brings keeps another of the same 注加算通番 out, such as that of a head injury.
                if item.row().is_some_and(|row| binding::taken(group, row)) {
                    continue;
                }
                item = item.because(reason("adjust.age", "医科診療行為マスター 100–111", text));
                condition::apply(&mut item, visit, &encounter.facility);
                trace.step("age addition", || format!("{code} to {}", row.code()));
                if let Some(group) = visit.groups.get_mut(index) {
                    group.additions.push(item);
                }
            }
        }
        visit.groups.iter_mut().for_each(binding::exclusive);
        binding::alone(visit);
    }
}

/// 通則年齢加算 of operations and anesthesia (40 = 1; K 通則8, L 通則2): the part's general addition for the patient's age,
/// unless the order brings one, such as that of a very small infant.
fn general_age(
    masters: &Masters,
    visit: &VisitDraft<'_>,
    index: usize,
    row: Procedure<'_>,
) -> Option<(Option<AgeLimit>, Option<AgeLimit>, u32)> {
    const MOST: u8 = 3;
    if row.general_age() != 1 || !matches!(row.notice_1(), 1 | 3 | 5) {
        return None;
    }
    let part = row.fee_item().get(..1)?;
    if has_general_age(visit, index) {
        return None;
    }
    (1..=MOST).find_map(|place| {
        let code = masters.role_of(&["general_age.", part, ".", itoa::Buffer::new().format(place)], visit.date)?.code?;
        let addition: Procedure<'_> = masters.row(&code, visit.date)?;
        let (low, high) = (addition.age_low(), addition.age_high());
        AgeLimit::admits(low, high, visit.age).then(|| (low, high, code.number()))
    })
}

/// 適合区分 (44) = 2: without the standard the item is charged at a lower figure.
fn conformity(visit: &mut VisitDraft<'_>, index: usize, row: Procedure<'_>, facility: &Facility) {
    const BY_STANDARD: u32 = 2;
    const LOWER: u32 = 1;
    let Some(group) = visit.groups.get_mut(index).filter(|_| row.conformity() == BY_STANDARD) else { return };
    let lowered = group.additions.iter().filter_map(|item| item.row()).any(|item| item.conformity() == LOWER);
    let standard = row.conformity_standard();
    let basis = "医科診療行為マスター 44・45";
    match facility.registrations.as_deref() {
        _ if lowered => {}
        Some(registered) if condition::holds(visit.masters, standard, registered, visit.date).is_some() => {}
        Some(_) => {
            let text = format!("施設基準 {standard} に適合しない場合は、減算を付けて算定する");
            group.base.turn(Verdict::NeedsReview, reason("master.conformity", basis, text));
        }
        None => {
            let text = format!("施設基準 {standard} に適合しない場合の減算は確認していない");
            group.base.reasons.push(reason("master.conformity_unconfirmed", basis, text));
        }
    }
}

fn has_general_age(visit: &VisitDraft<'_>, index: usize) -> bool {
    let own = visit.groups.get(index).into_iter();
    let additions = own.flat_map(|group| &group.additions).filter(|item| !item.joined);
    additions.filter_map(|item| item.row()).any(|item| item.general_age() == 1)
}

/// A newborn's operation has 400, 300 or 100 of 100 by weight and by a list of items (K 通則7), anesthesia up to the 90th day
/// 200 of 100 for one born small (L 通則2): neither is in the masters.
fn by_weight(visit: &mut VisitDraft<'_>, index: usize, row: Procedure<'_>) {
    if row.general_age() != 1 || !matches!(row.notice_1(), 1 | 3 | 5) {
        return;
    }
    let newborn = !AgeLimit::Days28.reached(visit.age);
    let open = match row.fee_item().get(..1) {
        Some("K") => newborn,
        Some("L") => !newborn && !AgeLimit::Days90.reached(visit.age),
        _ => false,
    };
    if !open || has_general_age(visit, index) {
        return;
    }
    if let Some(group) = visit.groups.get_mut(index) {
        let text = "新生児・未熟児の加算は、体重と手術の種類による。該当する加算を additions に入力する";
        group.base.turn(Verdict::NeedsReview, reason("adjust.by_weight", "K 通則7・L 通則2", text));
    }
}
