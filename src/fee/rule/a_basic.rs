//! A 基本診療料: first visit, revisit, their additions for the time of day, and 外来管理加算.

use crate::{
    fee::{
        condition,
        draft::{Draft, Group, VisitDraft, derived, reason, role},
        encounter::{Consultation, Facility, FacilityKind, TimeClass},
        statement::Verdict,
        trace::Trace,
    },
    master::Masters,
};

/// From this many general beds on, a revisit is 外来診療料 (A002 注1).
const LARGE_HOSPITAL: u32 = 200;

/// Which of A000, A001, A002 a visit falls under.
fn item_of(visit: &VisitDraft<'_>, facility: &Facility) -> Option<&'static str> {
    let large =
        facility.kind == FacilityKind::Hospital && facility.general_beds.is_some_and(|beds| beds >= LARGE_HOSPITAL);
    match visit.visit.consultation {
        Consultation::None => None,
        Consultation::First => Some("a000"),
        // A telephone revisit exists under A001 only (注9).
        Consultation::PhoneRevisit | Consultation::SameDayPhoneRevisit => Some("a001"),
        Consultation::Revisit | Consultation::SameDayRevisit => Some(if large { "a002" } else { "a001" }),
    }
}

/// Adds the consultation fee.
pub(crate) fn consultation<'m>(
    masters: &'m Masters,
    facility: &Facility,
    visit: &mut VisitDraft<'m>,
    trace: &mut Trace,
) {
    let Some(item) = item_of(visit, facility) else { return };
    let mut name = format!(
        "{item}.{}",
        match visit.visit.consultation {
            Consultation::First => "first",
            Consultation::Revisit => "revisit",
            Consultation::PhoneRevisit => "phone_revisit",
            Consultation::SameDayRevisit => "same_day_revisit",
            Consultation::SameDayPhoneRevisit => "same_day_phone_revisit",
            Consultation::None => return,
        }
    );
    if visit.visit.second_department {
        name.push_str(".second_department");
    }
    if visit.visit.telemedicine {
        name.push_str(".telemedicine");
    }
    trace.step("consultation", || name.clone());
    let Some(part) = role(masters, &name, visit.date) else {
        visit.groups.push(Group::of(unknown_role(&name)));
        return;
    };
    let Some(code) = part.code.filter(|code| !visit.has(*code)) else { return };
    let mut line = derived(masters, code, visit.date).because(reason(&name, part.article, text(visit)));
    line.rests_on(part.certainty);
    condition::apply(&mut line, visit, facility);
    if item == "a000" && facility.kind == FacilityKind::Hospital && !visit.visit.second_department {
        let large = facility.general_beds.is_none_or(|beds| beds >= LARGE_HOSPITAL);
        if large {
            // 注2 to 注4: a lower fee by the kind of hospital, its share of referrals and its purchasing.
            let text = "200床以上の病院の初診料は、紹介の有無・紹介割合・妥結率による（注2～注4）";
            line.turn(Verdict::NeedsReview, reason("a000.large_hospital", "A000 注2～注4", text));
        }
    }
    let mut group = Group::of(line);
    group.count = 1;
    visit.groups.push(group);
}

fn text(visit: &VisitDraft<'_>) -> String {
    let what = match visit.visit.consultation {
        Consultation::First => "初診",
        Consultation::Revisit => "再診",
        Consultation::PhoneRevisit => "電話等による再診",
        Consultation::SameDayRevisit => "同日の再診",
        Consultation::SameDayPhoneRevisit => "同日の電話等による再診",
        Consultation::None => "",
    };
    let video = if visit.visit.telemedicine { "情報通信機器を用いた" } else { "" };
    let second = if visit.visit.second_department { "（同一日2科目）" } else { "" };
    format!("{video}{what}{second}を行った")
}

/// A line for a part that the rules have not on that day: what should be charged is not settled.
fn unknown_role<'m>(name: &str) -> crate::fee::draft::Item<'m> {
    crate::fee::draft::unsettled(
        "基本診療料",
        reason(name, "masters/roles.csv", "この日の基本診療料の規則が、この版のデータにない"),
    )
}

/// The group of the visit's consultation fee.
fn consultation_group(visit: &VisitDraft<'_>) -> Option<usize> {
    visit.groups.iter().position(|group| {
        let item = group.base.row().map_or("", |row| row.fee_item());
        matches!(item, "A000" | "A001" | "A002") && group.base.row().is_some_and(|row| is_base(row.notice_1()))
    })
}

/// 告示等識別区分(1) (68) of a line of its own: basic, composite or analogous.
fn is_base(notice: u32) -> bool {
    matches!(notice, 1 | 3 | 5)
}

/// Attaches the addition for the time of day (A000 注7 to 注9, A001 注5 to 注7, A002 注8 and 注9).
pub(crate) fn time_of_day<'m>(
    masters: &'m Masters,
    facility: &Facility,
    visit: &mut VisitDraft<'m>,
    trace: &mut Trace,
) {
    let class = visit.visit.time_class;
    if class == TimeClass::InHours {
        return;
    }
    let Some(item) = item_of(visit, facility) else { return };
    // A second department takes no addition (A000 注5, A001 注3, A002 注5).
    if visit.visit.second_department {
        return;
    }
    let Some(index) = consultation_group(visit) else { return };
    let name = format!("{item}.time.{}", class_name(class));
    // Under six the infant's own addition takes the place of the ordinary one, where there is one.
    let infant = visit.age.years() < 6;
    let part = infant
        .then(|| role(masters, &format!("{name}.infant"), visit.date))
        .flatten()
        .or_else(|| role(masters, &name, visit.date));
    trace.step("time of day", || name.clone());
    let line = match part.as_ref().and_then(|part| part.code.map(|code| (part, code))) {
        Some((_, code)) if visit.has(code) => return,
        Some((part, code)) => {
            let mut line = derived(masters, code, visit.date).because(reason(
                &name,
                part.article,
                format!("{}の診療", class_text(class)),
            ));
            line.rests_on(part.certainty);
            condition::apply(&mut line, visit, facility);
            line
        }
        None => {
            let text = format!("{}の加算は、この患者・この区分では定まらない", class_text(class));
            crate::fee::draft::unsettled("時間の加算", reason(&name, "masters/roles.csv", text))
        }
    };
    if let Some(group) = visit.groups.get_mut(index) {
        group.additions.push(line);
    }
}

/// Whether a consultation has an addition for the time of day in whose stead the infant addition falls (A000 注6 ただし書,
/// A001 注4 ただし書, A002 注7 ただし書). 夜間・早朝等加算 does not replace it.
pub(crate) fn time_addition_replaces_infant(group: &Group<'_>) -> bool {
    const EARLY_OR_LATE: u32 = 6;
    let consultation = group.base.row().is_some_and(|row| matches!(row.fee_item(), "A000" | "A001" | "A002"));
    consultation
        && group.additions.iter().filter(|item| item.is_paid()).filter_map(|item| item.row()).any(|row| {
            // 時間加算区分 (43) of an addition: 1 to 7.
            row.time_class() != 0 && row.time_class() != EARLY_OR_LATE
        })
}

fn class_name(class: TimeClass) -> &'static str {
    match class {
        TimeClass::InHours => "in_hours",
        TimeClass::AfterHours => "after_hours",
        TimeClass::Holiday => "holiday",
        TimeClass::LateNight => "late_night",
        TimeClass::EmergencyNight => "emergency_night",
        TimeClass::EarlyOrLate => "early_or_late",
        TimeClass::PediatricNight => "pediatric_night",
        TimeClass::PediatricHoliday => "pediatric_holiday",
        TimeClass::PediatricLateNight => "pediatric_late_night",
    }
}

fn class_text(class: TimeClass) -> &'static str {
    match class {
        TimeClass::InHours => "診療時間内",
        TimeClass::AfterHours => "時間外",
        TimeClass::Holiday => "休日",
        TimeClass::LateNight => "深夜",
        TimeClass::EmergencyNight => "時間外特例",
        TimeClass::EarlyOrLate => "夜間・早朝等",
        TimeClass::PediatricNight => "小児科の夜間",
        TimeClass::PediatricHoliday => "小児科の休日",
        TimeClass::PediatricLateNight => "小児科の深夜",
    }
}

/// Adds 外来管理加算 to a revisit (A001 注8), and says why not where something bars it.
pub(crate) fn outpatient_management(draft: &mut Draft<'_>) {
    const NAME: &str = "a001.outpatient_management";
    let Draft { masters, encounter, visits, trace } = draft;
    // 外来管理加算区分 (56) = 1: what bars the addition, in any department on the same day (通知 A001(7)エ).
    let barring: Vec<(crate::date::ServiceDate, usize, String)> = visits
        .iter()
        .flat_map(|visit| {
            visit.items().filter_map(|item| {
                let row = item.row().filter(|row| item.is_paid() && row.outpatient_management() == 1)?;
                Some((visit.date, visit.index, row.name().to_owned()))
            })
        })
        .collect();
    for visit in visits.iter_mut() {
        let revisit = matches!(visit.visit.consultation, Consultation::Revisit | Consultation::SameDayRevisit);
        if !revisit || visit.visit.second_department || item_of(visit, &encounter.facility) != Some("a001") {
            continue;
        }
        let Some(index) = consultation_group(visit) else { continue };
        if !visit.groups.get(index).is_some_and(|group| group.base.is_paid()) {
            continue;
        }
        let Some(part) = role(masters, NAME, visit.date) else { continue };
        let Some(code) = part.code.filter(|code| !visit.has(*code)) else { continue };
        let mut line = derived(masters, code, visit.date);
        line.rests_on(part.certainty);
        condition::apply(&mut line, visit, &encounter.facility);
        if visit.visit.outpatient_management == Some(false) {
            let text = "外来管理加算の要件（計画的な医学管理）を満たさないと入力された";
            line.turn(Verdict::Excluded, reason(NAME, part.article, text));
        } else if let Some((_, _, barred)) = barring.iter().find(|(date, ..)| *date == visit.date) {
            let text = format!("同じ日に {barred} があるため、外来管理加算は算定できない");
            line.turn(Verdict::Excluded, reason(NAME, part.article, text));
        } else {
            let text = "処置・リハビリテーション・特定の検査などがなく、計画的な医学管理を行った";
            line.reasons.push(reason(NAME, part.article, text));
        }
        trace.step("outpatient management", || format!("{:?}", line.verdict));
        visit.groups.push(Group::of(line));
    }
}
