//! Which of the electronic fee table's checks could not be made on a line, because the loaded masters lack its rows.

use crate::{
    date::ServiceDate,
    master::{
        BundleMember, Certainty, ExclusionDay, ExclusionMonth, ExclusionSame, ExclusionWeek, FeeAux, Frequency,
        Masters, Pair, Procedure, Row,
    },
};

use super::{
    draft::{Draft, reason},
    statement::NotChecked,
};

/// Every check that was not made on some line that is to be paid. Lines of which no table says anything say so.
pub(crate) fn of(draft: &mut Draft<'_>) -> Vec<NotChecked> {
    let masters = draft.masters;
    let mut found = Vec::new();
    for visit in &mut draft.visits {
        let on = visit.date;
        let items = visit.groups.iter_mut().flat_map(|group| group.items_mut());
        for (item, row) in items
            .filter(|item| item.is_paid())
            .filter_map(|item| Some((item.row()?, item)))
            .map(|(row, item)| (item, row))
        {
            let missing = missing(masters, row, on);
            if missing.len() == ALL.len() && masters.row::<FeeAux<'_>>(&row.code(), on).is_none() {
                let text = "電子点数表にこの日の行がなく、包括・背反・算定回数を確かめていない";
                item.reasons.push(reason("table.none", "電子点数表 01 補助マスターテーブル", text));
            }
            found.extend(missing);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

const ALL: [NotChecked; 3] = [NotChecked::Bundling, NotChecked::Exclusion, NotChecked::Frequency];

/// What table 01 announces for a procedure and no table has.
fn missing(masters: &Masters, row: Procedure<'_>, on: ServiceDate) -> Vec<NotChecked> {
    fn lacks<'m, R: Row<'m, Code = Pair>>(masters: &'m Masters, first: u32, on: ServiceDate) -> bool {
        masters.related::<R>(first, on).next().is_none()
    }
    let code = row.code();
    // A row that was not read from the official table does not say that there are no more relations than it names.
    let aux = masters.row::<FeeAux<'_>>(&code, on).filter(|aux| aux.certainty() == Certainty::Official);
    let Some(aux) = aux else { return ALL.to_vec() };
    let first = code.number();
    let bundling = aux.bundles().into_iter().filter(|(unit, _)| *unit != 0).filter_map(|(_, group)| group);
    let exclusion = [
        aux.exclusion_day() == 1 && lacks::<ExclusionDay<'_>>(masters, first, on),
        aux.exclusion_month() == 1 && lacks::<ExclusionMonth<'_>>(masters, first, on),
        aux.exclusion_same() == 1 && lacks::<ExclusionSame<'_>>(masters, first, on),
        aux.exclusion_week() == 1 && lacks::<ExclusionWeek<'_>>(masters, first, on),
    ];
    let mut bundling = bundling;
    let checks = [
        bundling.any(|group| lacks::<BundleMember<'_>>(masters, group.number(), on)),
        exclusion.contains(&true),
        aux.frequency() == 1 && lacks::<Frequency<'_>>(masters, first, on),
    ];
    ALL.into_iter().zip(checks).filter_map(|(check, missing)| missing.then_some(check)).collect()
}
