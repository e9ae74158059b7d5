//! K920 輸血: by 200 mL of a day, the first 200 mL of a series at a higher figure (通知(1)・(2)), and no more than the blood
//! that the products were made from (通知(7)).

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        draft::{Draft, Group, VisitDraft, reason, role},
        statement::Verdict,
        trace::Trace,
    },
    master::{Certainty, Masters, Procedure},
};

use super::joining;

/// 自家採血輸血 and 保存血液輸血: what has a first and a following figure.
const KINDS: [&str; 2] = ["k920.1", "k920.2"];
/// The one that counts what was given or what it was made from, whichever is less.
const STORED: &str = "k920.2";
const ITEM: &str = "K920";

/// A series under way: its first and its latest day.
#[derive(Clone, Copy)]
struct Series {
    first: ServiceDate,
    latest: ServiceDate,
}

impl Series {
    /// The series that a day falls into after those before.
    fn with(before: Option<Self>, day: ServiceDate, days: i64) -> Self {
        match before {
            Some(series) if day.days_since(series.first) < days => Self { latest: day, ..series },
            _ => Self { first: day, latest: day },
        }
    }
}

/// Charges the transfusions of each day together, and the first of a series at its figure.
pub(crate) fn together(draft: &mut Draft<'_>) {
    let Draft { masters, encounter, visits, trace } = draft;
    let transfuses = |visit: &VisitDraft<'_>| {
        visit.parts.have(b'K') && visit.items().filter_map(|item| item.row()).any(|row| row.fee_item() == ITEM)
    };
    if !visits.iter().any(transfuses) {
        return;
    }
    for kind in KINDS {
        let codes = |on: ServiceDate| {
            let code = |which: &str| role(masters, &format!("{kind}.{which}"), on)?.code;
            Some((code("first")?, code("following")?))
        };
        let is_one =
            |code: ProcedureCode, on| codes(on).is_some_and(|(first, following)| code == first || code == following);
        let mut past: Vec<ServiceDate> =
            encounter.history.iter().filter(|past| is_one(past.procedure, past.date)).map(|past| past.date).collect();
        crate::order::sort(&mut past);
        let mut past = past.into_iter().peekable();
        let mut series: Option<Series> = None;
        for visit in visits.iter_mut() {
            let Some((first, following)) = codes(visit.date) else { continue };
            let Some(days) = role(masters, "k920.series_days", visit.date) else { continue };
            let length = i64::try_from(days.value).unwrap_or(i64::MAX);
            while let Some(day) = past.next_if(|day| *day <= visit.date) {
                series = Some(Series::with(series, day, length));
            }
            let places = joining::places(visit, |row| row.code() == first || row.code() == following);
            if places.is_empty() {
                continue;
            }
            one_day(visit, &places, first, kind == STORED, trace);
            let before = series;
            series = Some(Series::with(before, visit.date, length));
            let date = visit.date;
            let follows = before.is_some_and(|before| date.days_since(before.first) < length);
            let Some(group) = joining::group_of(visit, first) else { continue };
            if let Some(before) = before.filter(|_| follows) {
                follow(masters, group, following, before, date);
            } else if let Some(before) =
                before.filter(|before| date.days_since(before.latest) < length.saturating_mul(2))
            {
                // "About a week": up to twice that, somebody may see it otherwise.
                let text = format!("{} からの輸血とは別の一連とした。一連は概ね1週間", before.first);
                group.base.reasons.push(reason("k920.series", days.article, text));
                group.base.rests_on(Certainty::Unverified);
            }
        }
    }
}

/// 通知(1)・(7): the amount of one day in one line, the one that the first 200 mL of a series stand in where there is one.
fn one_day(visit: &mut VisitDraft<'_>, places: &[usize], first: ProcedureCode, stored: bool, trace: &mut Trace) {
    let several = |place: &usize| visit.groups.get(*place).is_some_and(|group| group.count > 1);
    if places.iter().any(several) {
        let text = "1日の輸血量を合わせて quantity に入力する";
        return joining::review(visit, places, "k920.count", "K920 通知(1)・(7)", text);
    }
    let groups = || places.iter().filter_map(|place| visit.groups.get(*place));
    let given: Decimal = groups().filter_map(|group| group.base.quantity).sum();
    let sources: Option<Decimal> = groups().map(|group| group.order?.source_quantity).sum();
    let some = groups().any(|group| group.order.is_some_and(|order| order.source_quantity.is_some()));
    if stored && some && sources.is_none() {
        let text = "原材料の血液の量が一部の輸血にしかない。1日の総量で比べるため、全てに入力する";
        return joining::review(visit, places, "k920.source", "K920 通知(7)", text);
    }
    let counted = sources.filter(|_| stored).map_or(given, |source| given.min(source));
    let mut groups: Vec<Option<Group<'_>>> = core::mem::take(&mut visit.groups).into_iter().map(Some).collect();
    let mut day: Vec<Group<'_>> =
        places.iter().filter_map(|place| groups.get_mut(*place).and_then(Option::take)).collect();
    // The first figure holds the following ones in its steps.
    crate::order::by_key(&mut day, |group| group.base.code() != Some(first));
    let mut day = day.into_iter();
    let one = day.next().map(|mut one| {
        one.additions.extend(day.flat_map(|other| other.additions));
        one.base.quantity = Some(counted);
        if counted < given {
            let text = format!("注入した {given} mL のうち、原材料の血液の量である {counted} mL を算定する");
            one.base.reasons.push(reason("k920.source", "K920 通知(7)", text));
        }
        one
    });
    trace.step("transfusion", || format!("{given} mL given, {counted} mL charged"));
    visit.groups = groups.into_iter().flatten().chain(one).collect();
}

/// Charges the following figure in place of the first.
fn follow<'m>(masters: &'m Masters, group: &mut Group<'m>, following: ProcedureCode, series: Series, on: ServiceDate) {
    let text = format!("{} に始まる一連の輸血の2回目以降である", series.first);
    let why = reason("k920.following", "K920 通知(2)", text);
    match masters.get::<Procedure<'m>>(&following, on) {
        Ok(row) => {
            group.base.replace(row);
            group.base.reasons.push(why);
        }
        Err(_) => {
            group.base.reasons.push(why);
            let text = format!("2回目以降の {following} が、読み込まれたマスターにない");
            group.base.turn(Verdict::NeedsReview, reason("master.missing", "医科診療行為マスター", text));
        }
    }
}
