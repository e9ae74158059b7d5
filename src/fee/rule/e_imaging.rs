//! E 画像診断: films of one part of the body at one time (第1節 通則2・3), the electronic images of what was photographed
//! (通則4), and examinations in an emergency out of hours (E 通則3, D 第1節第1款 通則).

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    fee::{
        draft::{Group, Item, VisitDraft, What, reason, role},
        encounter::{Consultation, TimeClass},
        statement::Verdict,
        trace::Trace,
    },
    master::{Certainty, Masters, Part, Procedure},
    order::Keyed,
};

use super::joining::{self, Why};

/// 別表番号 (31) of films in the master of materials.
const FILMS: u32 = 3;
const DIAGNOSIS: &str = "E001";
const PHOTOGRAPH: &str = "E002";
/// 通則4 イ to ニ.
const ELECTRONIC: [&str; 4] =
    ["e.electronic.plain", "e.electronic.special", "e.electronic.contrast", "e.electronic.breast"];
/// What is added for an emergency out of hours.
const EMERGENCIES: [&str; 2] = ["e.emergency", "d.emergency"];
/// 間接撮影: diagnosis イ and ロ, analog and digital photography, of the plain kind.
const INDIRECT: [&str; 4] = ["e.indirect.1", "e.indirect.2", "e.indirect.3", "e.indirect.4"];

/// Puts films of one part together, and looks at what goes with an image.
pub(crate) fn together<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    // Most visits have neither films nor such additions; the names of the parts are looked up for those that have.
    let image = |row: Procedure<'_>| matches!(row.fee_item(), DIAGNOSIS | PHOTOGRAPH);
    if visit.parts.have(b'E') && visit.items().filter_map(Item::row).any(image) {
        films(masters, visit, trace);
    }
    if !visit.items().filter_map(Item::row).any(is_general) {
        return;
    }
    electronic(masters, visit);
    for name in EMERGENCIES {
        if let Some(part) = role(masters, name, visit.date) {
            out_of_hours(visit, &part, name);
        }
    }
}

/// An addition of the general rules of E or D.
fn is_general(row: Procedure<'_>) -> bool {
    row.notice_2() == 7 && matches!(row.fee_item(), "E000" | "D000")
}

fn is_film(row: Procedure<'_>) -> bool {
    matches!(row.fee_item(), DIAGNOSIS | PHOTOGRAPH) && row.step() == 1
}

/// A row of the notification itself, not one that the master puts together of several: its number is its method, 単純, 特殊,
/// 造影剤使用 or 乳房.
fn method(row: Procedure<'_>) -> Option<u32> {
    (row.notice_1() == 1 && row.notice_2() == 1).then_some(row.item_no())
}

fn site<'v>(group: &Group<'v>) -> Option<&'v str> {
    group.order.and_then(|order| order.site.as_deref())
}

/// The places of what was photographed, by the name that the input gives to the part of the body.
fn by_site<'m>(visit: &VisitDraft<'m>, of: impl Fn(Procedure<'m>) -> bool) -> Keyed<Option<&'m str>, Vec<usize>> {
    let mut sites: Keyed<Option<&'m str>, Vec<usize>> = Keyed::default();
    for place in joining::places(visit, of) {
        sites.of(visit.groups.get(place).and_then(site)).push(place);
    }
    sites
}

/// 通則3: of one part photographed in one way at one time, the first film is charged whole, the second to the fifth at half,
/// no more; 通則2: of several ways, one diagnosis is charged whole. The row's steps do the films; here those of several
/// orders are put together.
fn films<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    apart(visit);
    let names: Vec<&'m str> = by_site(visit, |row| matches!(row.fee_item(), DIAGNOSIS | PHOTOGRAPH))
        .into_iter()
        .filter_map(|(name, _)| name)
        .collect();
    for name in names {
        let at = |visit: &VisitDraft<'m>, of: &dyn Fn(Procedure<'m>) -> bool| {
            let mut places = joining::places(visit, of);
            places.retain(|place| visit.groups.get(*place).and_then(site) == Some(name));
            places
        };
        let films = at(visit, &is_film);
        let several = |place: &usize| visit.groups.get(*place).is_some_and(|group| group.count > 1);
        if films.iter().any(several) {
            let text =
                "1つの部位の撮影に回数がある。同時に撮影した枚数は quantity に、別の部位は site を分けて入力する";
            joining::review(visit, &films, "e.films.count", "E 第1節 通則3", text);
            continue;
        }
        let portions = joining::portions(visit, &films);
        let codes: Vec<ProcedureCode> = portions.iter().map(|portion| portion.row.code()).collect();
        let why = Why { rule: "e.films", article: "E 第1節 通則3", part: "", nothing: "" };
        for portion in portions {
            if portion.places.len() > 1 {
                trace.step("films", || format!("{name}: {} {} films", portion.row.code(), portion.quantity));
                joining::join(visit, vec![portion], &why);
            }
        }
        indirect(masters, visit, name, &codes);
        let whole = |item: &'static str| move |row: Procedure<'m>| row.fee_item() == item && method(row).is_some();
        let diagnoses = at(visit, &whole(DIAGNOSIS));
        if diagnoses.len() > 1 {
            let text =
                "同一の部位の2以上の診断は、第1の診断のほかは100分の50。第2以後を、他方と同時併施のコードで入力する";
            joining::review(visit, &diagnoses, "e.second_diagnosis", "E 第1節 通則2", text);
        }
        let photographs = at(visit, &whole(PHOTOGRAPH));
        let mut methods: Keyed<u32, Vec<usize>> = Keyed::default();
        for place in photographs {
            let row = visit.groups.get(place).and_then(|group| group.base.row());
            methods.of(row.and_then(method).unwrap_or_default()).push(place);
        }
        for (number, places) in methods {
            if places.len() > 1 {
                let text = "アナログ撮影とデジタル撮影は同一の方法。2枚目からは、他方と同時撮影のコードで入力する";
                joining::review(visit, &places, "e.one_method", "E 第1節 通則3・通知1(5)", text);
            } else if let [first] = places.as_slice() {
                let also =
                    at(visit, &|row| row.fee_item() == PHOTOGRAPH && row.notice_1() == 5 && row.item_no() == number);
                five(visit, *first, &also);
            }
        }
    }
}

/// Orders of one kind of film without a name for the part are taken to be of different parts; where there are several, the
/// line says so.
fn apart(visit: &mut VisitDraft<'_>) {
    let unnamed = by_site(visit, is_film).get(&None).cloned().unwrap_or_default();
    let code = |place: usize| visit.groups.get(place).and_then(|group| group.base.code());
    let again: Vec<usize> = unnamed
        .iter()
        .copied()
        .filter(|place| unnamed.iter().any(|other| other != place && code(*other) == code(*place)))
        .collect();
    for place in again {
        if let Some(group) = visit.groups.get_mut(place) {
            let text = "別の部位の撮影とした。同一の部位につき同時に撮影したものは、site に同じ名を入力する";
            group.base.reasons.push(reason("e.films.apart", "E 第1節 通則3", text));
            group.base.rests_on(Certainty::Unverified);
        }
    }
}

/// Both kinds of film together are five at most: what the first kind leaves is for the second.
fn five(visit: &mut VisitDraft<'_>, first: usize, also: &[usize]) {
    let base = visit.groups.get(first).map(|group| &group.base);
    let Some((row, taken)) = base.and_then(|base| base.row().zip(base.quantity)) else { return };
    let mut left = (Decimal::from(row.step_high()) - taken).max(Decimal::ZERO);
    for place in also {
        let Some(item) = visit.groups.get_mut(*place).map(|group| &mut group.base) else { continue };
        let (Some(row), Some(quantity)) = (item.row(), item.quantity) else { continue };
        if quantity > left {
            let text = format!("同時に撮影した5枚まで。この撮影は {} 枚を算定する", left.normalize());
            let why = reason("e.films.five", "E 第1節 通則3", text);
            if left.is_zero() {
                item.turn(Verdict::Limited, why);
            } else {
                item.figure =
                    (left - Decimal::ONE).checked_mul(row.step_points()).and_then(|it| it.checked_add(row.points()));
                item.reasons.push(why);
            }
        }
        left = (left - quantity).max(Decimal::ZERO);
    }
}

/// E001 通知(4): a direct photograph beside an indirect one of the same part is part of it.
fn indirect<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, name: &str, codes: &[ProcedureCode]) {
    const PLAIN: u32 = 1;
    let date = visit.date;
    let indirect = |code: &ProcedureCode| {
        INDIRECT.iter().any(|part| role(masters, part, date).and_then(|part| part.code) == Some(*code))
    };
    if !codes.iter().any(indirect) {
        return;
    }
    for group in visit.groups.iter_mut().filter(|group| site(group) == Some(name)) {
        let film = |row: &Procedure<'_>| matches!(row.fee_item(), DIAGNOSIS | PHOTOGRAPH);
        if group.base.row().filter(film).and_then(method) == Some(PLAIN) {
            let text = "同一部位の直接撮影は、間接撮影の一連の撮影に含まれる";
            group.base.turn(Verdict::Bundled, reason("e.indirect", "E001 通知(4)", text));
        }
    }
}

/// 通則4, 通知2(3): what was photographed elsewhere and only read here has no addition for electronic images; where it stands,
/// the films are not charged.
fn electronic<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>) {
    let date = visit.date;
    let is_one = |code: ProcedureCode| {
        ELECTRONIC.iter().any(|name| role(masters, name, date).and_then(|part| part.code) == Some(code))
    };
    let photographs = visit.paid().filter(|(_, row)| row.fee_item() == PHOTOGRAPH).count();
    if photographs == 0 {
        for item in visit.groups.iter_mut().flat_map(Group::items_mut).filter(|item| item.code().is_some_and(is_one)) {
            let text = "撮影がない。他の医療機関で撮影した画像の診断のみでは算定しない";
            item.turn(Verdict::Excluded, reason("e.electronic", "E 第1節 通則4・通知2(3)", text));
        }
    }
    if !visit.items().any(|item| item.is_paid() && item.code().is_some_and(is_one)) {
        return;
    }
    for item in visit.groups.iter_mut().flat_map(Group::items_mut) {
        if !matches!(item.what, What::Material { row, .. } if row.annex() == FILMS) {
            continue;
        }
        let why = |text: &'static str| reason("e.electronic.films", "E 第1節 通則4 ただし書", text);
        if photographs == 1 {
            item.turn(Verdict::Excluded, why("電子画像管理加算を算定した撮影のフィルムの費用は算定しない"));
        } else {
            item.turn(Verdict::NeedsReview, why("電子画像管理加算を算定した撮影のフィルムかを確かめる"));
        }
    }
}

/// An emergency addition needs a consultation out of the hours shown, on a holiday or late at night; with 夜間・早朝等加算 it
/// does not stand.
fn out_of_hours<'m>(visit: &mut VisitDraft<'m>, part: &Part<'m>, name: &'static str) {
    let class = visit.visit.time_class;
    let known = visit.visit.consultation != Consultation::None;
    let turn = |item: &mut Item<'m>| {
        let say = |text: &'static str| reason(name, part.article, text);
        match class {
            _ if !known => item.turn(Verdict::NeedsReview, say("診療の時間帯が与えられていない")),
            TimeClass::AfterHours | TimeClass::Holiday | TimeClass::LateNight | TimeClass::EmergencyNight => {}
            TimeClass::InHours => item.turn(Verdict::Excluded, say("診療時間以外の時間、休日又は深夜の診療でない")),
            TimeClass::EarlyOrLate => item.turn(Verdict::Excluded, say("夜間・早朝等加算を算定する診療では算定しない")),
            TimeClass::PediatricNight | TimeClass::PediatricHoliday | TimeClass::PediatricLateNight => {
                item.turn(Verdict::NeedsReview, say("表示する診療時間内の診療である。時間外に当たるかを確かめる"));
            }
        }
    };
    visit
        .groups
        .iter_mut()
        .flat_map(Group::items_mut)
        .filter(|item| item.code().is_some() && item.code() == part.code)
        .for_each(turn);
}
