//! A 基本診療料: first visit, revisit, their additions for the time of day, and 外来管理加算.

use crate::{
    date::ServiceDate,
    fee::{
        condition,
        draft::{Cause, Draft, Group, Item, VisitDraft, derived, reason, role, unsettled},
        encounter::{Consultation, Encounter, Facility, FacilityKind, HospitalFee, TimeClass},
        marks::Marks,
        statement::Verdict,
        text::Text,
        trace::Trace,
    },
    master::{Masters, Procedure},
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
    let kind = match visit.visit.consultation {
        Consultation::First => ".first",
        Consultation::Revisit => ".revisit",
        Consultation::PhoneRevisit => ".phone_revisit",
        Consultation::SameDayRevisit => ".same_day_revisit",
        Consultation::SameDayPhoneRevisit => ".same_day_phone_revisit",
        Consultation::None => return,
    };
    let fee = match visit.visit.hospital_fee {
        None | Some(HospitalFee::Full) => "",
        Some(HospitalFee::WithoutReferral) => ".without_referral",
        Some(HospitalFee::LowSettlementRate) => ".low_settlement_rate",
    };
    let second = if visit.visit.second_department { ".second_department" } else { "" };
    let video = if visit.visit.telemedicine { ".telemedicine" } else { "" };
    let name = [item, kind, second, video, fee];
    trace.step("consultation", || name.concat());
    let Some(part) = masters.role_of(&name, visit.date) else {
        visit.groups.push(Group::of(unknown_role(name.concat())));
        return;
    };
    let Some(code) = part.code.filter(|code| !visit.has(*code)) else { return };
    let mut line = derived(masters, code, visit.date).because(reason(part.name, part.article, text(visit)));
    line.rests_on(part.certainty);
    condition::apply(&mut line, visit, facility);
    if visit.visit.hospital_fee.is_none() {
        lower_fee(&mut line, item, facility);
    }
    visit.groups.push(Group::of(line));
}

/// Says where a hospital may have to charge a lower fee: by its share of referrals from 200 general beds on (A000 注2・注3,
/// A002 注2・注3), by its purchasing from 200 permitted beds on (A000 注4, A001 注2, A002 注4).
fn lower_fee(line: &mut Item<'_>, item: &str, facility: &Facility) {
    let fewer = |beds: Option<u32>| beds.is_some_and(|beds| beds < LARGE_HOSPITAL);
    if facility.kind == FacilityKind::Clinic || fewer(facility.permitted_beds) {
        return;
    }
    let (rule, basis) = match item {
        "a000" => ("a000.large_hospital", "A000 注2～注4"),
        "a001" => ("a001.large_hospital", "A001 注2"),
        _ => ("a002.large_hospital", "A002 注2～注4"),
    };
    if fewer(facility.general_beds) && facility.permitted_beds.is_none() {
        let text = "許可病床が200床以上で特定妥結率の病院であれば、低い点数になる。そうでないものとした";
        line.reasons.push(reason(rule, basis, text));
    } else {
        let text = "200床以上の病院では、紹介の有無・紹介割合・妥結率により低い点数になる。hospital_fee を入力する";
        line.turn(Verdict::NeedsReview, reason(rule, basis, text));
    }
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
    [video, what, second, "を行った"].concat()
}

/// A line for a part that the rules have not on that day: what should be charged is not settled.
fn unknown_role<'m>(name: String) -> Item<'m> {
    unsettled("基本診療料", reason(name, "masters/roles.csv", "この日の基本診療料の規則が、この版のデータにない"))
}

/// The group of the visit's consultation fee. Where the input orders several, one that is paid and takes additions comes
/// first, then the lowest code: the order of the input must not show.
fn consultation_group(visit: &VisitDraft<'_>) -> Option<usize> {
    let fees = visit.groups.iter().enumerate().filter_map(|(index, group)| {
        let base = Some(&group.base).filter(|base| base.is_of(b'A'))?;
        let row = base.row().filter(|row| is_consultation(*row))?;
        Some((!group.base.is_paid(), !takes_additions(row), row.code(), index))
    });
    fees.min().map(|(.., index)| index)
}

/// A consultation fee itself.
pub(crate) fn is_consultation(row: Procedure<'_>) -> bool {
    Marks::of(row).is_consultation()
}

/// Looks at several visits on one day: one consultation, and one fee for a second department (A000 注5, A001 注3, A002 注5).
pub(crate) fn same_day(draft: &mut Draft<'_>) {
    let Draft { masters, encounter, visits, .. } = draft;
    for at in 0..visits.len() {
        let (earlier, rest) = visits.split_at_mut(at);
        let Some(visit) = rest.first_mut() else { continue };
        let second = visit.visit.second_department;
        let again =
            matches!(visit.visit.consultation, Consultation::SameDayRevisit | Consultation::SameDayPhoneRevisit);
        let Some(index) = consultation_group(visit).filter(|_| !again) else { continue };
        let before = earlier
            .iter()
            .filter(|other| other.date == visit.date)
            .filter_map(|other| other.groups.get(consultation_group(other)?).filter(|group| group.base.is_paid()))
            .filter_map(|group| group.base.row());
        let past = encounter.history.iter().filter(|past| past.date == visit.date);
        let past = past.filter_map(|past| masters.row::<Procedure<'_>>(&past.procedure, past.date));
        let mut before = before.chain(past.filter(|row| is_consultation(*row)));
        let Some(group) = visit.groups.get_mut(index) else { continue };
        if !before.any(|row| takes_additions(row) != second) {
            continue;
        }
        let (verdict, text) = if second {
            (Verdict::Limited, "同じ日の2つ目の診療科に限る。既に算定している")
        } else {
            (Verdict::NeedsReview, "同じ日に初診料・再診料がある。同日再診か、同一日2科目かを入力する")
        };
        group.base.turn(verdict, reason("a.same_day", "A000 注5・A001 注3・A002 注5", text));
    }
}

/// The fee of a second department takes no additions, and so has no 注加算コード (38).
fn takes_additions(row: Procedure<'_>) -> bool {
    row.note_code() != 0
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
    let name = [item, ".time.", class_name(class)];
    // Under six the infant's own addition takes the place of the ordinary one, where there is one.
    let infant = visit.age.years() < 6;
    let part = infant
        .then(|| masters.role_of(&[item, ".time.", class_name(class), ".infant"], visit.date))
        .flatten()
        .or_else(|| masters.role_of(&name, visit.date));
    trace.step("time of day", || name.concat());
    let line = match part.as_ref().and_then(|part| part.code.map(|code| (part, code))) {
        Some((_, code)) if visit.has(code) => return,
        Some((part, code)) => {
            let mut line = derived(masters, code, visit.date).because(reason(
                name.concat(),
                part.article,
                format!("{}の診療", class_text(class)),
            ));
            line.rests_on(part.certainty);
            condition::apply(&mut line, visit, facility);
            line
        }
        None => {
            let text = format!("{}の加算は、この患者・この区分では定まらない", class_text(class));
            unsettled("時間の加算", reason(name.concat(), "masters/roles.csv", text))
        }
    };
    if let Some(group) = visit.groups.get_mut(index) {
        group.additions.push(line);
    }
}

/// Whether a visit has an addition for the time of day in whose stead the infant addition of its consultation falls (A000
/// 注6 ただし書, A001 注4 ただし書, A002 注7 ただし書). 夜間・早朝等加算 does not replace it.
pub(crate) fn time_addition_replaces_infant(visit: &VisitDraft<'_>, group: &Group<'_>) -> bool {
    const EARLY_OR_LATE: u32 = 6;
    // A claim writes the addition on a line of its own, and so may the input.
    let mut additions = visit.items().filter(|item| item.is_paid()).filter_map(|item| item.row());
    group.base.is_of(b'A')
        && group.base.row().is_some_and(is_consultation)
        && additions.any(|row| {
            // 時間加算区分 (43): on a consultation 1 only says that it can have one.
            row.time_class() != 0
                && row.time_class() != EARLY_OR_LATE
                && matches!(row.fee_item(), "A000" | "A001" | "A002")
                && !is_consultation(row)
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
    let barring = barring(masters, encounter, visits);
    for visit in visits.iter_mut() {
        let Some(part) = role(masters, NAME, visit.date) else { continue };
        let Some(code) = part.code else { continue };
        let Some(revisit) = revisit(visit) else {
            // Ordered without the revisit that it is an addition to.
            for item in visit.groups.iter_mut().flat_map(Group::items_mut).filter(|item| item.code() == Some(code)) {
                let text = "外来管理加算を算定できる再診料（対面、1つ目の診療科）がない";
                item.turn(Verdict::Excluded, reason(NAME, part.article, text));
            }
            continue;
        };
        if !visit.has(code) {
            if !revisit {
                continue;
            }
            let mut line = derived(masters, code, visit.date);
            line.rests_on(part.certainty);
            line.cause = Some(Cause::Consultation);
            condition::apply(&mut line, visit, &encounter.facility);
            visit.groups.push(Group::of(line));
        }
        let refused = visit.visit.outpatient_management == Some(false);
        let barred = barring.iter().find(|bar| bar.date == visit.date);
        for line in visit.groups.iter_mut().flat_map(Group::items_mut).filter(|item| item.code() == Some(code)) {
            let (verdict, text) = match barred {
                _ if refused => {
                    (Verdict::Excluded, "外来管理加算の要件（計画的な医学管理）を満たさないと入力された".into())
                }
                Some(bar) if bar.open => {
                    let text = format!("同じ日の {} を算定するなら、外来管理加算は算定できない", bar.name);
                    (Verdict::NeedsReview, Text::from(text))
                }
                Some(bar) => {
                    let text = ["同じ日に ", bar.name, " があるため、外来管理加算は算定できない"].concat();
                    (Verdict::Excluded, text.into())
                }
                None => {
                    let text = "処置・リハビリテーション・特定の検査などがなく、計画的な医学管理を行った";
                    (Verdict::Charged, text.into())
                }
            };
            if verdict == Verdict::Charged {
                line.reasons.push(reason(NAME, part.article, text));
            } else {
                line.turn(verdict, reason(NAME, part.article, text));
            }
            trace.step("outpatient management", || format!("{:?}", line.verdict));
        }
    }
}

/// Whether a visit has a revisit to which 外来管理加算 can be added, and whether the rules look after it: what is only
/// ordered stays as it was ordered.
fn revisit(visit: &VisitDraft<'_>) -> Option<bool> {
    const FACE_TO_FACE: u32 = 0;
    let group = visit.groups.get(consultation_group(visit)?)?;
    let row = group.base.row().filter(|_| group.base.is_paid())?;
    // A revisit by telephone or video bars it by its own row (外来管理加算区分 (56)).
    let fits = row.fee_item() == "A001" && row.outpatient_management() == FACE_TO_FACE && takes_additions(row);
    let phone = matches!(visit.visit.consultation, Consultation::PhoneRevisit | Consultation::SameDayPhoneRevisit);
    (fits && !phone).then_some(visit.visit.consultation != Consultation::None)
}

/// What bars 外来管理加算 on a day, in any department (通知 A001(7)エ).
struct Bar<'m> {
    date: ServiceDate,
    /// Whether it is itself still to be settled, or is another visit's consultation by telephone or video.
    open: bool,
    name: &'m str,
}

/// Lines and past charges with 外来管理加算区分 (56) = 1, settled ones first, then by name.
fn barring<'m>(masters: &'m Masters, encounter: &Encounter, visits: &[VisitDraft<'m>]) -> Vec<Bar<'m>> {
    let bars = |row: &Procedure<'_>| row.outpatient_management() == 1;
    let lines = visits.iter().flat_map(|visit| {
        visit.items().filter_map(|item| {
            let row = item.row().filter(|row| item.is_paid() && bars(row))?;
            let open = item.verdict == Verdict::NeedsReview || is_consultation(row);
            Some(Bar { date: visit.date, open, name: row.name() })
        })
    });
    let days = (visits.iter().map(|visit| visit.date).min(), visits.iter().map(|visit| visit.date).max());
    let near = |day: ServiceDate| days.0.is_some_and(|first| first <= day) && days.1.is_some_and(|last| day <= last);
    let past = encounter.history.iter().filter(|past| near(past.date)).filter_map(|past| {
        let row: Procedure<'_> = masters.row(&past.procedure, past.date).filter(bars)?;
        Some(Bar { date: past.date, open: is_consultation(row), name: row.name() })
    });
    let mut bars: Vec<Bar<'m>> = lines.chain(past).collect();
    crate::order::by(&mut bars, |a, b| (a.date, a.open, a.name).cmp(&(b.date, b.open, b.name)));
    bars
}
