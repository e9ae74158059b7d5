//! H リハビリテーション: 早期リハビリテーション加算 within its days (H000 to H003 注2), also over the change of 2026-06-01 (疑義解釈 令和8年 その2
//! 問70).

use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        draft::{Draft, Item, reason, role},
        encounter::{Encounter, Rehabilitation},
        statement::Verdict,
        trace::Trace,
    },
    master::Masters,
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
