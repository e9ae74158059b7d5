//! Additions for what is done in urgency outside the hours: endoscopy (D 第3節 内視鏡検査 通則5), treatment (J 通則5), operation
//! (K 通則12), anesthesia (L 通則3).

use crate::{
    fee::{
        condition,
        draft::{Group, Item, VisitDraft, derived, reason, role},
        encounter::{Facility, TimeClass},
        phase::price,
        statement::Verdict,
        trace::Trace,
    },
    master::{Masters, Procedure},
};

const BASIS: &str = "D 内視鏡検査 通則5・J 通則5・K 通則12・L 通則3";

/// 時間加算区分 (43) of a base that can have such an addition.
const CAN: u32 = 1;

/// The part's name in `masters/roles.csv`.
fn letter(row: Procedure<'_>) -> Option<&'static str> {
    match row.fee_item().chars().next()? {
        'D' => Some("d"),
        'J' => Some("j"),
        'K' => Some("k"),
        'L' => Some("l"),
        _ => None,
    }
}

/// Attaches the addition to every base that was begun in urgency.
pub(crate) fn attach<'m>(
    masters: &'m Masters,
    facility: &Facility,
    visit: &mut VisitDraft<'m>,
    index: usize,
    trace: &mut Trace,
) {
    let class = match visit.visit.time_class {
        TimeClass::AfterHours => "after_hours",
        TimeClass::Holiday => "holiday",
        TimeClass::LateNight => "late_night",
        TimeClass::EmergencyNight => "emergency_night",
        TimeClass::PediatricNight | TimeClass::PediatricHoliday | TimeClass::PediatricLateNight => "",
        // 夜間・早朝等加算 brings none (J 通知4・5, K 通知15, L 通知9).
        TimeClass::InHours | TimeClass::EarlyOrLate => return,
    };
    let Some(group) = visit.groups.get(index).filter(|group| group.urgent != Some(false)) else { return };
    let Some(row) = group.base.row().filter(|row| matches!(row.notice_1(), 1 | 3 | 5) && row.time_class() == CAN)
    else {
        return;
    };
    let Some(letter) = letter(row) else { return };
    let timed = |item: &Item<'_>| item.row().is_some_and(|row| row.time_class() != 0);
    if group.additions.iter().any(timed) {
        return;
    }
    // J 通則5: what it is taken of decides whether there is one, and which.
    let of = price::fixed(group);
    let figure = |name: &str| role(masters, name, visit.date).map(|part| part.value);
    if letter == "j" && figure("j.time.minimum").zip(of).is_some_and(|(least, of)| of < least) {
        return;
    }
    let large = letter != "j" || figure("j.time.large").zip(of).is_some_and(|(large, of)| of >= large);
    if group.urgent.is_none() || class.is_empty() || (letter == "j" && of.is_none()) {
        let text = "時間外などの診療に引き続く緊急のものかで点数が変わる。urgent を入力する";
        let text = if class.is_empty() {
            "小児科の時間の加算に引き続く加算は確かめる。additions に入力する"
        } else {
            text
        };
        if let Some(group) = visit.groups.get_mut(index) {
            group.base.turn(Verdict::NeedsReview, reason("urgent.unknown", BASIS, text));
        }
        return;
    }
    trace.step("urgent", || format!("{letter}.time.{class}"));
    let registered = large
        .then(|| masters.role_of(&[letter, ".time.", class, ".registered"], visit.date))
        .flatten()
        .and_then(|part| {
            let code = part.code?;
            let row: Procedure<'m> = masters.row(&code, visit.date)?;
            condition::registered(masters, row, facility, visit.date).then_some((part, code))
        });
    let department = registered.is_some();
    let found = registered.or_else(|| {
        let part = masters.role_of(&[letter, ".time.", class], visit.date)?;
        part.code.map(|code| (part, code))
    });
    let line = match found {
        Some((part, code)) => {
            let mut line =
                derived(masters, code, visit.date).because(reason("urgent.addition", part.article, "緊急に開始した"));
            line.rests_on(part.certainty);
            condition::apply(&mut line, visit, facility);
            if department {
                // The registration is of a department (J 通知7), which the input does not tell.
                let text = "届出を行っている診療科で行ったかを確かめる。additions に入力すれば確かめたものとする";
                line.turn(Verdict::NeedsReview, reason("urgent.department", part.article, text));
            } else if large && facility.registrations.is_none() && matches!(letter, "j" | "k") {
                let text = "届出を確認していないため、届出のない場合の加算とした";
                line.reasons.push(reason("urgent.registration_unconfirmed", part.article, text));
            }
            line
        }
        None => {
            let text = "この日の時間外などの加算が、この版のデータにない";
            crate::fee::draft::unsettled("時間外等加算", reason("urgent.addition", "masters/roles.csv", text))
        }
    };
    if let Some(group) = visit.groups.get_mut(index) {
        group.additions.push(line);
    }
}

/// A flag that nothing can rest on: urgency where the visit has no time class of its own.
pub(crate) fn without_time(group: &mut Group<'_>, class: TimeClass) {
    if group.urgent == Some(true) && matches!(class, TimeClass::InHours | TimeClass::EarlyOrLate) {
        let text = "診療時間内または夜間・早朝等加算の診療のため、緊急の加算はない";
        group.base.reasons.push(reason("urgent.in_hours", BASIS, text));
    }
}
