//! D 検査: collecting the sample (D400) and rounding several tests into one (まるめ).

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    fee::{
        condition,
        draft::{Draft, Group, Item, VisitDraft, What, bundle as bundle_row, derived, reason, role},
        encounter::{Facility, Specimen},
        section::Section,
        statement::{Origin, Verdict},
        trace::Trace,
    },
    master::{Masters, Part, Procedure},
    money::Points,
    order::{Keyed, distinct},
};

const RAPID: &str = "d000.rapid";
/// The reason of a test that is rounded with others.
const ROUNDED: &str = "d.bundle";
/// 包括対象検査 (16) of D009.
const TUMOUR_MARKERS: u32 = 5;
/// 検査等実施判断区分 (50).
const PERFORMED: u32 = 1;

/// Adds the fee for taking blood or a swab, once a visit (D400, D419).
pub(crate) fn collection<'m>(masters: &'m Masters, facility: &Facility, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    // Each part, the test that asks for it and whether the input said so.
    let mut asked: Vec<(Part<'m>, &'m str, bool)> = Vec::new();
    for (group, row) in visit.paid() {
        let Some(order) = group.order else { continue };
        let part = match order.specimen {
            Some(Specimen::NoFee) => continue,
            Some(Specimen::VenousBlood) => role(masters, "d400.venous_blood", visit.date),
            Some(Specimen::CapillaryBlood) => role(masters, "d400.capillary_blood", visit.date),
            Some(Specimen::NasalSwab) => role(masters, "d419.nasal_swab", visit.date),
            None if row.exam_kind() != PERFORMED => continue,
            None => masters.role_of(&["d400.usual.", row.fee_item()], visit.date),
        };
        let Some(part) = part else { continue };
        let said = order.specimen.is_some();
        match asked.iter_mut().find(|(known, ..)| known.name == part.name) {
            Some((_, test, known)) => {
                *known |= said;
                // The reason names one test; the smallest name, so that the order of the input does not show.
                *test = (*test).min(row.name());
            }
            None => asked.push((part, row.name(), said)),
        }
    }
    crate::order::by_key(&mut asked, |(part, ..)| part.name);
    let mut lines: Vec<(ProcedureCode, Item<'m>)> = Vec::new();
    for (part, test, said) in asked {
        let Some(code) = part.code.filter(|code| !visit.has(*code)) else { continue };
        let text = if said {
            [test, " の検体を採取した"].concat()
        } else {
            [test, " は通常、静脈血で行う。違う場合は検体を入力する"].concat()
        };
        let place = lines.iter().position(|(known, _)| *known == code).unwrap_or(lines.len());
        if place == lines.len() {
            lines.push((code, derived(masters, code, visit.date)));
        }
        let Some((_, line)) = lines.get_mut(place) else { continue };
        // Once the input names the specimen, nothing rests on the assumption any more.
        if said {
            line.certainty = part.certainty;
        } else if line.reasons.is_empty() {
            line.rests_on(part.certainty);
        }
        line.reasons.push(reason(part.name, part.article, text));
    }
    crate::order::by_key(&mut lines, |(code, _)| *code);
    for (code, mut line) in lines {
        condition::apply(&mut line, visit, facility);
        trace.step("collection", || code.to_string());
        visit.groups.push(Group::of(line));
    }
}

/// Rounds several tests of one group on one sample into one figure (D006 to D009, D013, D014 の注).
pub(crate) fn bundle<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    let mut members: Keyed<u32, Vec<usize>> = Keyed::default();
    for (index, group) in visit.groups.iter().enumerate() {
        let row = group.base.row().filter(|_| group.base.is_paid());
        if let Some(number) = row.map(Procedure::bundled_test).filter(|number| *number != 0) {
            members.of(number).push(index);
        }
    }
    for (number, indexes) in members {
        most(masters, visit, number, &indexes);
        let lines = || indexes.iter().filter_map(|index| visit.groups.get(*index));
        // An item is a code: the same test twice is one item that somebody must look at.
        let codes = distinct(lines().filter_map(|group| group.base.code()).collect());
        let repeated = codes.len() < indexes.len() || lines().any(|group| group.count > 1);
        let items = u32::try_from(codes.len()).unwrap_or(u32::MAX);
        let Some(row) = bundle_row(masters, number, items, visit.date) else { continue };
        // Only what was done on one sample of blood counts; for tumour markers on any one sample (D009 注2).
        let other = |group: &&Group<'_>| group.specimen == Some(Specimen::NoFee);
        if number != TUMOUR_MARKERS && lines().any(|group| other(&group)) {
            for index in indexes {
                if let Some(group) = visit.groups.get_mut(index) {
                    let text = "まるめは1回に採取した血液で行った検査に限る。採血料のない検体の検査を分けて確かめる";
                    group.base.turn(Verdict::NeedsReview, reason("d.bundle.specimen", row.article(), text));
                }
            }
            continue;
        }
        trace.step("rounded tests", || format!("{items} items: {}", row.name()));
        if repeated {
            for index in indexes {
                if let Some(group) = visit.groups.get_mut(index) {
                    let text = "まるめの対象の検査が重複している。1回の採血ごとに分けて確かめる";
                    group.base.turn(Verdict::NeedsReview, reason("d.bundle.repeated", row.article(), text));
                }
            }
            continue;
        }
        for index in &indexes {
            if let Some(group) = visit.groups.get_mut(*index) {
                let text = format!("{} に含まれる", row.name());
                group.base.turn(Verdict::Bundled, reason(ROUNDED, row.article(), text));
            }
        }
        let figure = What::Figure {
            name: row.name(),
            points: Points::rounded(row.points()).unwrap_or(Points::ZERO),
            source: row.source(),
        };
        let text = format!("1回に採取した血液で {items} 項目を行った");
        let mut line = Item::new(figure, Origin::Derived).because(reason("d.bundle", row.article(), text));
        line.rests_on(row.certainty());
        let mut group = Group::of(line);
        group.section = Section::of_tally(600);
        visit.groups.push(group);
    }
}

/// Tests of which one sample is charged for so many items only, or for several together at another figure (D012, D287,
/// D004-2, D006-27): which remain is not settled here.
fn most<'m>(masters: &'m Masters, visit: &mut VisitDraft<'m>, number: u32, indexes: &[usize]) {
    let Some(part) = masters.role_of(&["d.most.", itoa::Buffer::new().format(number)], visit.date) else { return };
    let items: u32 = indexes.iter().filter_map(|index| visit.groups.get(*index)).map(|group| group.count).sum();
    if Decimal::from(items) <= part.value {
        return;
    }
    for index in indexes {
        if let Some(group) = visit.groups.get_mut(*index) {
            let text = format!("同じ検体で {} 項目を超えると、限度または別の点数がある", part.value);
            group.base.turn(Verdict::NeedsReview, reason("d.most", part.article, text));
        }
    }
}

/// 外来迅速検体検査加算 counts the items done, even those rounded into one figure, and five a day at most (通則3, 通知(2)).
pub(crate) fn rapid(draft: &mut Draft<'_>) {
    let Draft { masters, visits, .. } = draft;
    let mut days: Keyed<ServiceDate, Decimal> = Keyed::default();
    for visit in visits.iter() {
        let Some(part) = role(masters, RAPID, visit.date) else { continue };
        for group in &visit.groups {
            for item in core::iter::once(&group.base).chain(&group.additions) {
                if item.code().is_some() && item.code() == part.code && item.is_paid() {
                    let items = item.quantity.unwrap_or(Decimal::ONE).checked_mul(Decimal::from(group.count));
                    let sum = days.of(visit.date);
                    *sum = items.and_then(|items| sum.checked_add(items)).unwrap_or(Decimal::MAX);
                }
            }
        }
    }
    for visit in visits {
        let Some(part) = role(masters, RAPID, visit.date) else { continue };
        let lines = visit.groups.iter().flat_map(|group| core::iter::once(&group.base).chain(&group.additions));
        let several = lines.filter(|item| item.code().is_some() && item.code() == part.code).count();
        if several == 0 {
            continue;
        }
        // One line alone is cut off by its own steps (上限値 5).
        let beyond = days.get(&visit.date).is_some_and(|sum| *sum > part.value);
        for group in &mut visit.groups {
            // Rounded with others, not part of another fee.
            let rounded = group.base.reasons.iter().any(|reason| reason.rule.words() == ROUNDED);
            for item in core::iter::once(&mut group.base).chain(&mut group.additions) {
                if item.code().is_none() || item.code() != part.code {
                    continue;
                }
                item.stands |= rounded;
                let alone = several == 1 && item.quantity == days.get(&visit.date).copied();
                if beyond && !alone {
                    let text = "1日5項目が限度。同じ日の項目の合計を確かめる";
                    item.turn(Verdict::NeedsReview, reason("d000.rapid", part.article, text));
                }
            }
        }
    }
}
