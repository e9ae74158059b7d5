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
    marks::{announces, has_units},
    statement::NotChecked,
};

/// Every check that was not made on some line that is to be paid. Lines of which no table says anything say so.
pub(crate) fn of(draft: &mut Draft<'_>) -> Vec<NotChecked> {
    let masters = draft.masters;
    let mut found = [false; ALL.len()];
    for visit in &mut draft.visits {
        let on = visit.date;
        for item in visit.groups.iter_mut().flat_map(|group| group.items_mut()).filter(|item| item.is_paid()) {
            let Some(row) = item.row() else { continue };
            let aux = masters.row::<FeeAux<'_>>(&row.code(), on);
            let missing = missing(masters, row, aux, on);
            if missing == [true; ALL.len()] && aux.is_none() {
                let text = "電子点数表にこの日の行がなく、包括・背反・算定回数を確かめていない";
                item.reasons.push(reason("table.none", "電子点数表 01 補助マスターテーブル", text));
            }
            found.iter_mut().zip(missing).for_each(|(found, missing)| *found |= missing);
        }
    }
    ALL.into_iter().zip(found).filter_map(|(check, missing)| missing.then_some(check)).collect()
}

/// In the order of the statement.
const ALL: [NotChecked; 3] = [NotChecked::Bundling, NotChecked::Exclusion, NotChecked::Frequency];

/// Which of the checks table 01 announces for a procedure without a table having it.
fn missing(masters: &Masters, row: Procedure<'_>, aux: Option<FeeAux<'_>>, on: ServiceDate) -> [bool; ALL.len()] {
    fn lacks<'m, R: Row<'m, Code = Pair>>(masters: &'m Masters, first: u32, on: ServiceDate) -> bool {
        masters.related::<R>(first, on).next().is_none()
    }
    // A row that was not read from the official table does not say that there are no more relations than it names.
    let Some(aux) = aux.filter(|aux| aux.certainty() == Certainty::Official) else { return [true; ALL.len()] };
    if !announces(aux) {
        return [false; ALL.len()];
    }
    let first = row.code().number();
    let mut bundling = has_units(aux)
        .then(|| aux.bundles().into_iter().filter(|(unit, _)| *unit != 0).filter_map(|(_, group)| group))
        .into_iter()
        .flatten();
    let exclusion = [
        aux.exclusion_day() == 1 && lacks::<ExclusionDay<'_>>(masters, first, on),
        aux.exclusion_month() == 1 && lacks::<ExclusionMonth<'_>>(masters, first, on),
        aux.exclusion_same() == 1 && lacks::<ExclusionSame<'_>>(masters, first, on),
        aux.exclusion_week() == 1 && lacks::<ExclusionWeek<'_>>(masters, first, on),
    ];
    [
        bundling.any(|group| lacks::<BundleMember<'_>>(masters, group.number(), on)),
        exclusion.contains(&true),
        aux.frequency() == 1 && lacks::<Frequency<'_>>(masters, first, on),
    ]
}
