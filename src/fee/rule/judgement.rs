//! The fees for judging what was done: 判断料 and 診断料 of tests (D026, D205, D238, D241, D294), of images (E102, E203) and of
//! pathology (N007), and how often they and the taking of a sample are charged.

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        condition,
        draft::{Cause, Draft, Group, VisitDraft, derived, reason, role},
        encounter::{Encounter, Facility, FacilityKind},
        statement::Verdict,
        trace::Trace,
    },
    master::{Certainty, Masters, Procedure},
};

/// 検査等実施判断区分 (50): what is done, and the fee for judging it.
const PERFORMED: u32 = 1;
const JUDGED: u32 = 2;
/// The part that the fee of each 検査等実施判断グループ区分 (51) plays. 18 is the project's own: nerve and muscle without an
/// electromyogram. 眼科学的検査 (16) has a fee for low vision alone, and 基本的検体検査 (8) one of hospitals.
const FEES: [(u32, &str); 18] = [
    (1, "d026.judgement.1"),
    (2, "d026.judgement.2"),
    (3, "d026.judgement.3"),
    (4, "d026.judgement.4"),
    (5, "d026.judgement.5"),
    (6, "d026.judgement.6"),
    (17, "d026.judgement.17"),
    (11, "d.judgement.11"),
    (13, "d.judgement.13"),
    (ELECTROMYOGRAM, "d.judgement.14"),
    (15, "d.judgement.15"),
    (OTHER_NERVES, "d.judgement.18"),
    (POSITRON, "e102.judgement.31"),
    (OTHER_NUCLEAR, "e102.judgement.32"),
    (TOMOGRAPHY, "e203.judgement.33"),
    (PATHOLOGY, PATHOLOGY_FEE),
    (41, PATHOLOGY_FEE),
    (42, PATHOLOGY_FEE),
];
const ELECTROMYOGRAM: u32 = 14;
const OTHER_NERVES: u32 = 18;
const POSITRON: u32 = 31;
const OTHER_NUCLEAR: u32 = 32;
const TOMOGRAPHY: u32 = 33;
/// 病理診断, which includes 組織診断 (41) and 細胞診断 (42).
const PATHOLOGY: u32 = 40;
const PATHOLOGY_FEE: &str = "n007.judgement.40";
const PATHOLOGY_ITEM: &str = "N007";
/// 病理診断料, in place of which N007 stands (N007 注2).
const DIAGNOSIS_ITEM: &str = "N006";

/// Adds one fee for each group of which something was done.
pub(crate) fn fees<'m>(masters: &'m Masters, facility: &Facility, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    // By group, the part of its fee and something that was done.
    let mut groups: Vec<(u32, &str, &'m str)> = Vec::new();
    for (_, row) in visit.paid().filter(|(_, row)| row.exam_kind() == PERFORMED) {
        let Some((_, part)) = FEES.iter().find(|(group, _)| *group == row.exam_group()) else { continue };
        let own = kind(row.exam_group());
        match groups.iter_mut().find(|(group, ..)| *group == own) {
            // The reason names one of them; the smallest name, so that the order of the input does not show.
            Some((.., done)) => *done = (*done).min(row.name()),
            None => groups.push((own, part, row.name())),
        }
    }
    let has = |groups: &[(u32, &str, &str)], wanted: u32| groups.iter().any(|(group, ..)| *group == wanted);
    // D241 通知: with an electromyogram the fee is that of 1.
    if has(&groups, ELECTROMYOGRAM) {
        groups.retain(|(group, ..)| *group != OTHER_NERVES);
    }
    if has(&groups, PATHOLOGY) && visit.paid().any(|(_, row)| row.fee_item() == DIAGNOSIS_ITEM) {
        groups.retain(|(group, ..)| *group != PATHOLOGY);
    }
    let both = has(&groups, POSITRON) && has(&groups, OTHER_NUCLEAR);
    crate::order::by_key(&mut groups, |(group, ..)| *group);
    for (group, part, done) in groups {
        // D238 1 is for a facility that has registered it.
        let higher = masters.role_of(&[part, ".registered"], visit.date);
        let row = higher.and_then(|part| masters.row(&part.code?, visit.date));
        let registered = row.is_some_and(|row| condition::registered(masters, row, facility, visit.date));
        let Some(part) = (if registered { higher } else { role(masters, part, visit.date) }) else { continue };
        let Some(code) = part.code.filter(|code| !visit.has(*code)) else { continue };
        let text = if part.name.starts_with('d') {
            [done, " など、この区分の検査を行った"].concat()
        } else {
            [done, " など、この区分の撮影・標本作製を行った"].concat()
        };
        let mut line = derived(masters, code, visit.date).because(reason(part.name, part.article, text));
        line.rests_on(part.certainty);
        line.cause = Some(Cause::Tests(group));
        if group == PATHOLOGY && facility.kind == FacilityKind::Hospital {
            let text = "病理診断料（N006）を算定する病院ではないものとした。算定する場合はそれを入力する";
            line.reasons.push(reason("n007.hospital", part.article, text));
            line.rests_on(Certainty::Unverified);
        }
        if both && matches!(group, POSITRON | OTHER_NUCLEAR) {
            let text = "核医学診断は種類にかかわらず月1回。1と2のどちらを算定するかを確かめる";
            line.turn(Verdict::NeedsReview, reason("e102.either", part.article, text));
        }
        condition::apply(&mut line, visit, facility);
        trace.step("judgement", || format!("group {group}: {code}"));
        visit.groups.push(Group::of(line));
    }
}

/// The group whose fee stands for that of this one.
const fn kind(group: u32) -> u32 {
    match group {
        41 | 42 => PATHOLOGY,
        _ => group,
    }
}

/// Whether the row is of something that the fee of this group judges.
pub(crate) fn judges(group: u32, row: Procedure<'_>) -> bool {
    row.exam_kind() == PERFORMED && kind(row.exam_group()) == group
}

/// A fee for judging is charged once a calendar month (D026 注1, E102 注, E203 注, N007 注1), the taking of a sample once a day (D400 注1).
pub(crate) fn limit(draft: &mut Draft<'_>) {
    let Draft { masters, encounter, visits, .. } = draft;
    for at in 0..visits.len() {
        let (earlier, rest) = visits.split_at_mut(at);
        let Some(visit) = rest.first_mut() else { continue };
        let date = visit.date;
        for group in &mut visit.groups {
            if ![b'D', b'E', b'N'].iter().any(|part| group.base.is_of(*part)) {
                continue;
            }
            let Some(row) = group.base.row().filter(|_| group.base.is_paid()) else { continue };
            let monthly = row.exam_kind() == JUDGED;
            let daily = row.fee_item() == "D400";
            if !monthly && !daily {
                continue;
            }
            let code = row.code();
            let within = |day: ServiceDate| if daily { day == date } else { day.same_month(date) };
            // D026 and N006 have a fee for each group; D238, D241 and E102 have one of their fees a month, N007 none with N006.
            let one_of = (monthly && !matches!(row.fee_item(), "D026" | DIAGNOSIS_ITEM)).then(|| row.fee_item());
            let same = |other: ProcedureCode, on: ServiceDate| {
                let item = || masters.row::<Procedure<'_>>(&other, on).filter(|row| row.exam_kind() == JUDGED);
                let one = |own: &str, item: &str| item == own || (own == PATHOLOGY_ITEM && item == DIAGNOSIS_ITEM);
                other == code || one_of.is_some_and(|own| item().is_some_and(|row| one(own, row.fee_item())))
            };
            let past = encounter.history.iter().filter(|past| within(past.date) && same(past.procedure, past.date));
            let before = past
                .map(|past| past.date)
                .chain(
                    earlier
                        .iter()
                        .filter(|other| {
                            within(other.date)
                                && other.items().any(|item| {
                                    item.is_paid() && item.code().is_some_and(|code| same(code, other.date))
                                })
                        })
                        .map(|other| other.date),
                )
                .min();
            let (rule, basis, unit) = match row.fee_item() {
                _ if daily => ("d400.once_a_day", "D400 注1", "1日"),
                "E102" => ("e102.once_a_month", "E102 注", "1月"),
                "E203" => ("e203.once_a_month", "E203 注", "1月"),
                PATHOLOGY_ITEM => ("n007.once_a_month", "N007 注1・注2", "1月"),
                _ => ("d026.once_a_month", "D026 注1", "1月"),
            };
            if let Some(before) = before {
                let text = format!("{unit}に1回。{before} に算定している");
                group.base.turn(Verdict::Limited, reason(rule, basis, text));
            } else if group.count > 1 {
                let text = format!("{unit}に1回を超えて算定できない");
                group.base.turn(Verdict::NeedsReview, reason(rule, basis, text));
            } else if let Some(first) = first_image(masters, encounter, row, date) {
                let text = format!("初回の撮影の日に算定する。{first} の撮影とともに算定していないかを確かめる");
                group.base.turn(Verdict::NeedsReview, reason(rule, basis, text));
            }
        }
    }
}

/// The day of an earlier image of the month in the history: the diagnosis belongs to the first one (E102 通知(1), E203 通知(1)).
fn first_image(masters: &Masters, encounter: &Encounter, fee: Procedure<'_>, date: ServiceDate) -> Option<ServiceDate> {
    let groups: &[u32] = match fee.fee_item() {
        "E102" => &[POSITRON, OTHER_NUCLEAR],
        "E203" => &[TOMOGRAPHY],
        _ => return None,
    };
    let image = |code: ProcedureCode, on: ServiceDate| {
        let row = masters.row::<Procedure<'_>>(&code, on);
        row.is_some_and(|row| row.exam_kind() == PERFORMED && groups.contains(&row.exam_group()))
    };
    let past = encounter.history.iter().filter(|past| past.date.same_month(date) && past.date < date);
    past.filter(|past| image(past.procedure, past.date)).map(|past| past.date).min()
}
