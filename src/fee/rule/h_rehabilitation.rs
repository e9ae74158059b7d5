//! H リハビリテーション: 早期リハビリテーション加算 within its days (H000 to H003 注2), also over the change of 2026-06-01 (疑義解釈 令和8年 その2
//! 問70); the units of a day, of all professions and kinds together (通則4).

use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        draft::{Draft, Group, Item, reason, role},
        encounter::{Encounter, Rehabilitation},
        statement::Verdict,
        trace::Trace,
    },
    master::{Masters, Procedure},
    order::distinct,
};

use super::inputs::REHABILITATION;

const RULE: &str = "h.early";

/// Looks at each 早期リハビリテーション加算 of an order.
pub(crate) fn early(draft: &mut Draft<'_>) {
    let Draft { masters, encounter, visits, trace } = draft;
    // The days on which the addition stands, for what began before the change.
    let mut days: Vec<ServiceDate> = Vec::new();
    for visit in visits.iter_mut().filter(|visit| visit.parts.have(b'H')) {
        let (date, admitted) = (visit.date, visit.visit.admitted);
        for group in &mut visit.groups {
            let Some(item) = group.base.row().map(|row| row.fee_item()).filter(|item| REHABILITATION.contains(item))
            else {
                continue;
            };
            // The stay's own day of admission, unless the order names that of the hospital before.
            let given = group
                .order
                .and_then(|order| order.rehabilitation)
                .map(|days| Rehabilitation { admitted: days.admitted.or(admitted), ..days });
            for addition in &mut group.additions {
                let Some(tier) = addition.code().and_then(|code| tier(masters, code, item, date)) else { continue };
                match given {
                    Some(given) => judge(masters, encounter, &days, addition, (item, tier, given, date), trace),
                    None => {
                        let text =
                            "起算日が与えられていない。rehabilitation に発症等の日・治療開始日・入院した日を入力する";
                        addition.turn(Verdict::NeedsReview, reason(RULE, format!("{item} 注2"), text));
                    }
                }
                if addition.is_paid() {
                    days.push(date);
                }
            }
        }
    }
}

/// Which days an addition is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tier {
    /// The first days from admission, from 2026 on.
    First,
    /// The others, and all of them until 2026-05-31.
    Later,
}

fn tier(masters: &Masters, code: ProcedureCode, item: &str, on: ServiceDate) -> Option<Tier> {
    let is = |name: &str| masters.role_of(&["h.early.", name, ".", item], on).and_then(|part| part.code) == Some(code);
    if is("first") { Some(Tier::First) } else { is("later").then_some(Tier::Later) }
}

/// The day that the additions of a day are counted from: until 2026-05-31 the onset, for the heart and the lungs the
/// seventh day of it or the beginning of the treatment, whichever is earlier; from then on the admission.
fn start(masters: &Masters, item: &str, days: Rehabilitation, by: ServiceDate) -> Result<ServiceDate, &'static str> {
    if role(masters, "h.early.from_admission", by).is_some() {
        return days.admitted.ok_or("入院した日（admitted）を入力する");
    }
    let Some(seventh) = masters.role_of(&["h.early.seventh_day.", item], by) else { return Ok(days.onset) };
    let treated = days.treatment.ok_or("治療開始日（treatment）を入力する")?;
    let mut day = days.onset;
    for _ in 1..seventh.value.to_i64().unwrap_or(1) {
        day = day.next();
    }
    Ok(day.min(treated))
}

/// A day on which the addition was charged before the rules counted from the admission, in this episode.
fn begun(
    masters: &Masters,
    encounter: &Encounter,
    days: &[ServiceDate],
    item: &str,
    onset: ServiceDate,
) -> Option<ServiceDate> {
    let past = encounter.history.iter().filter(|past| tier(masters, past.procedure, item, past.date).is_some());
    let all = past.map(|past| past.date).chain(days.iter().copied());
    all.filter(|day| *day >= onset && role(masters, "h.early.from_admission", *day).is_none()).min()
}

/// A day has so many units of rehabilitation by disease, whoever gives them: table 05 counts each code by itself. Beyond
/// them a person says whether the patient is one who may have nine, and which of them is charged.
pub(crate) fn units(draft: &mut Draft<'_>) {
    let Draft { masters, encounter, visits, .. } = draft;
    let of_disease =
        |row: Procedure<'_>| REHABILITATION.contains(&row.fee_item()) && matches!(row.notice_1(), 1 | 3 | 5);
    let given = |group: &Group<'_>| {
        let row = group.base.row().filter(|row| group.base.is_paid() && of_disease(*row))?;
        Some((row.code(), group.base.quantity?.checked_mul(group.count.into())?))
    };
    let days = visits.iter().filter(|visit| visit.parts.have(b'H')).map(|visit| visit.date).collect();
    for day in distinct(days) {
        let Some(part) = role(masters, "h.units_a_day", day) else { continue };
        let past = encounter.history.iter().filter(|past| past.date == day).filter_map(|past| {
            let row = masters.row::<Procedure<'_>>(&past.procedure, day).filter(|row| of_disease(*row))?;
            Some((row.code(), past.quantity.unwrap_or(Decimal::ONE).checked_mul(past.count.into())?))
        });
        let here = visits.iter().filter(|visit| visit.date == day).flat_map(|visit| &visit.groups).filter_map(given);
        let all: Vec<(ProcedureCode, Decimal)> = past.chain(here).collect();
        // One code alone is what table 05 is for.
        let several = all.iter().any(|(code, _)| all.first().is_some_and(|(first, _)| first != code));
        let sum = all.iter().fold(Decimal::ZERO, |sum, (_, units)| sum.saturating_add(*units));
        if !several || sum <= part.value {
            continue;
        }
        let text = format!(
            "同じ日の疾患別リハビリテーションは合わせて {sum} 単位で、{} 単位を超える。9単位まで算定できる患者かを確かめる",
            part.value
        );
        for group in visits.iter_mut().filter(|visit| visit.date == day).flat_map(|visit| &mut visit.groups) {
            if given(group).is_some() {
                group.base.turn(Verdict::NeedsReview, reason("h.units_a_day", part.article, text.clone()));
            }
        }
    }
}

fn judge<'m>(
    masters: &'m Masters,
    encounter: &Encounter,
    days: &[ServiceDate],
    addition: &mut Item<'m>,
    (item, tier, given, on): (&str, Tier, Rehabilitation, ServiceDate),
    trace: &mut Trace,
) {
    let why = |text: String| reason(RULE, format!("{item} 注2"), text);
    let begun = begun(masters, encounter, days, item, given.onset);
    let start = match start(masters, item, given, begun.unwrap_or(on)) {
        Ok(start) => start,
        Err(text) => return addition.turn(Verdict::NeedsReview, why(text.to_owned())),
    };
    let Some(limit) = role(masters, "h.early.days", on) else { return };
    let first = role(masters, "h.early.first_days", on).map_or(Decimal::ZERO, |part| part.value);
    let day = Decimal::from(on.days_since(start)) + Decimal::ONE;
    trace.step("early rehabilitation", || format!("counted from {start}, day {day}"));
    let text = format!("起算日 {start} から {day} 日目");
    if day < Decimal::ONE {
        addition.turn(Verdict::NeedsReview, why(format!("{text}。起算日より前である")));
    } else if day > limit.value {
        addition.turn(Verdict::Excluded, why(format!("{text}。{} 日を限度とする", limit.value)));
    } else if (day <= first) != (tier == Tier::First) {
        let right = if day <= first { "3日目までの" } else { "4日目以降の" };
        addition.turn(Verdict::Excluded, why(format!("{text}。{right}加算を入力する")));
    } else {
        addition.reasons.push(why(text));
    }
}
