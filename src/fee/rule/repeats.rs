//! The second time within a month: tests at 90/100 (D 第3節), CT and MRI at 80/100 (E 第3節 通則2).

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        draft::{Draft, Group, VisitDraft, derived, reason, role},
        marks::Marks,
        statement::Verdict,
    },
    master::{Masters, Procedure},
};

/// D215: different methods are the same test on the same part of the body only (通知 D215(1)), which the input does not tell.
const ULTRASOUND: u32 = 40;
/// CT and MRI.
const SCANS: u32 = 201;
const PET_CT: &str = "E101-3";
const PET_MRI: &str = "E101-4";

/// A test done before.
#[derive(Clone, Copy)]
struct Done {
    date: ServiceDate,
    code: ProcedureCode,
    group: u32,
    /// The visit in this calculation; none for history.
    visit: Option<usize>,
}

/// 包括逓減区分 (63) of a row of its own that is reduced the second time (52).
fn reduced(row: Procedure<'_>) -> Option<u32> {
    let own = matches!(row.notice_1(), 1 | 3 | 5) && row.reduction_target() == 1;
    Some(row.reduction_group()).filter(|group| own && *group != 0)
}

/// What comes before a scan as a scan does, though it is never reduced itself: PET with CT or MRI (E 第3節 通知 1(1)).
fn combined(row: Procedure<'_>) -> bool {
    row.exam_kind() == 1 && matches!(row.fee_item(), PET_CT | PET_MRI)
}

/// The group in which a row counts.
fn counted(row: Procedure<'_>) -> Option<u32> {
    if !Marks::of(row).may_repeat() {
        return None;
    }
    reduced(row).or_else(|| combined(row).then_some(SCANS))
}

/// Attaches the reduction to every test that is the second or a later one of its kind in the month.
pub(crate) fn run(draft: &mut Draft<'_>) {
    let Draft { masters, encounter, visits, trace } = draft;
    let repeated = |visit: &VisitDraft<'_>| visit.paid().any(|(_, row)| counted(row).is_some());
    if !visits.iter().any(repeated) {
        return;
    }
    let mut done: Vec<Done> = Vec::new();
    for past in &encounter.history {
        if let Some(row) = masters.row::<Procedure<'_>>(&past.procedure, past.date)
            && let Some(group) = counted(row)
        {
            done.push(Done { date: past.date, code: past.procedure, group, visit: None });
        }
    }
    for visit in visits {
        // By code and count, so that the order of the input does not show; between unlike codes of one visit the law does
        // not say which is the first.
        let mut places: Vec<usize> = (0..visit.groups.len()).collect();
        crate::order::by_key(&mut places, |place| {
            visit.groups.get(*place).map(|group| (group.base.code(), group.count))
        });
        let uneven = uneven(visit);
        for place in places {
            let Some(group) = visit.groups.get(place) else { continue };
            let Some(row) = group.base.row().filter(|_| group.base.is_paid()) else { continue };
            let Some(kind) = counted(row) else { continue };
            let (count, this) =
                (group.count, Done { date: visit.date, code: row.code(), group: kind, visit: Some(visit.index) });
            let month: Vec<Done> = done
                .iter()
                .copied()
                .filter(|other| other.group == kind && other.date <= visit.date && other.date.same_month(visit.date))
                .collect();
            done.push(this);
            trace.step("repeat", || format!("{}: {} before in the month", row.code(), month.len()));
            let unlike = |other: &Done| other.code != this.code;
            if uneven.contains(&this.code)
                || month.iter().any(|other| unlike(other) && other.visit == this.visit)
                || (kind == ULTRASOUND && !month.is_empty() && month.iter().all(unlike))
            {
                review(visit, kind);
            } else if combined(row) {
                after_a_scan(masters, visit, place, row, &month);
            } else if !month.is_empty() {
                attach(masters, visit, place, row);
            } else if count > 1 {
                split(masters, visit, place, row);
            }
        }
    }
}

/// Tests that stand twice in a visit with unlike quantities, verdicts or additions: which of them is the second makes a difference.
fn uneven(visit: &VisitDraft<'_>) -> Vec<ProcedureCode> {
    let with = |group: &Group<'_>| {
        let mut additions: Vec<_> = group.additions.iter().map(|item| (item.code(), item.quantity)).collect();
        crate::order::sort(&mut additions);
        (group.base.quantity, group.base.verdict, additions)
    };
    let mut codes = Vec::new();
    for (place, group) in visit.groups.iter().enumerate() {
        let Some(row) = group.base.row().filter(|row| group.base.is_paid() && reduced(*row).is_some()) else {
            continue;
        };
        let same = |other: &&Group<'_>| other.base.code() == Some(row.code()) && other.base.is_paid();
        if visit.groups.iter().skip(place + 1).filter(same).any(|other| with(other) != with(group)) {
            codes.push(row.code());
        }
    }
    codes
}

/// Which of the tests of a visit is the second is open.
fn review(visit: &mut VisitDraft<'_>, kind: u32) {
    for group in &mut visit.groups {
        if group.base.row().and_then(counted) == Some(kind) {
            let text = "同じ月に同じ区分の検査が異なる内容である。同一の検査か、どれが2回目かを確かめる";
            group.base.turn(Verdict::NeedsReview, reason("repeat.unlike", "D 第3節・E 第3節 通則2", text));
        }
    }
}

/// PET with CT after a CT of the month, or with MRI after an MRI, is charged as PET alone (E101-3 通知(2), E101-4 通知(2)).
fn after_a_scan(masters: &Masters, visit: &mut VisitDraft<'_>, place: usize, row: Procedure<'_>, month: &[Done]) {
    let scan = if row.fee_item() == PET_CT { "E200" } else { "E202" };
    let is_scan = |done: &&Done| {
        masters.row::<Procedure<'_>>(&done.code, done.date).is_some_and(|before| before.fee_item() == scan)
    };
    let Some(before) = month.iter().filter(is_scan).map(|done| done.date).min() else { return };
    let Some(group) = visit.groups.get_mut(place) else { return };
    let text = format!("{before} に {scan} を行っている。同じ月のその後は E101-2 ポジトロン断層撮影で算定する");
    group.base.turn(Verdict::NeedsReview, reason("repeat.combined", "E101-3 通知(2)・E101-4 通知(2)", text));
}

/// The first of several is charged whole, the others reduced.
fn split<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, place: usize, row: Procedure<'m>) {
    let Some(again) = visit.groups.get_mut(place).and_then(|group| group.split(1)) else { return };
    visit.groups.push(again);
    let last = visit.groups.len() - 1;
    attach(masters, visit, last, row);
}

fn attach<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, place: usize, row: Procedure<'m>) {
    let name = if row.fee_item().starts_with('E') { "e.repeat" } else { "d.repeat" };
    let Some(part) = role(masters, name, visit.date) else { return };
    let Some((group, code)) = visit.groups.get_mut(place).zip(part.code) else { return };
    if group.additions.iter().any(|item| item.code() == Some(code)) {
        return;
    }
    let mut line = derived(masters, code, visit.date).because(reason(name, part.article, "同じ月の2回目以降"));
    line.rests_on(part.certainty);
    group.additions.push(line);
}
