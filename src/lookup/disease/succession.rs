//! From a code that was given up to the one in its place, over as many steps as it takes.

use serde::Serialize;

use crate::{
    code::DiseaseCode,
    date::ServiceDate,
    lookup::fault::day_or_last,
    master::{Disease, DiseaseSuccession, Masters},
};

/// Most steps that are followed.
const MAX_STEPS: usize = 32;

/// Where a code leads on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Succession {
    /// The code that was asked for.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: DiseaseCode,
    /// The code to use on the day: the same one while it is in force; none when the masters name none.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub current: Option<DiseaseCode>,
    /// Its name.
    pub name: Option<String>,
    /// The last day of the code that was asked for, if it ended before the day.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub ended: Option<ServiceDate>,
    /// Each step, the first from the code that was asked for.
    pub steps: Vec<SuccessionStep>,
    /// Whether the masters know the code at all.
    pub known: bool,
}

/// One code in place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SuccessionStep {
    /// The code that was given up.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: DiseaseCode,
    /// Its name, where the masters have it.
    pub from_name: Option<String>,
    /// The code in its place.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub to: DiseaseCode,
    /// Its name, where the masters have it.
    pub to_name: Option<String>,
    /// Where that stands: keys of `masters/sources.csv`, or an official file's name.
    pub source: String,
}

/// Follows a code to the one that is in force on a day; without a day, to the newest.
///
/// A code that comes into force after the day leads nowhere: it was not given up. A circle in the masters ends the walk.
#[must_use]
pub fn succession(masters: &Masters, code: DiseaseCode, on: Option<ServiceDate>) -> Succession {
    let day = day_or_last(on);
    let ended =
        masters.versions::<Disease>(&code).filter_map(|row| row.period().last_day()).filter(|last| *last < day).max();
    let mut found =
        Succession { code, current: None, name: None, ended, steps: Vec::new(), known: known(masters, code) };
    let mut at = code;
    while found.steps.len() < MAX_STEPS {
        if let Some(row) = masters.row::<Disease>(&at, day) {
            found.current = Some(at);
            found.name = Some(row.name().to_owned());
            if found.steps.is_empty() {
                found.ended = None;
            }
            return found;
        }
        let Some((to, source)) = next(masters, at, day) else { return found };
        let seen = to == at || to == code || found.steps.iter().any(|step| step.to == to);
        if seen {
            return found;
        }
        found.steps.push(SuccessionStep {
            from: at,
            from_name: name_of(masters, at),
            to,
            to_name: name_of(masters, to),
            source,
        });
        at = to;
    }
    found
}

/// The code in place of one that is not in force on a day.
fn next(masters: &Masters, code: DiseaseCode, day: ServiceDate) -> Option<(DiseaseCode, String)> {
    let rows: Vec<Disease<'_>> = masters.versions::<Disease>(&code).collect();
    let to_come = !rows.is_empty() && rows.iter().all(|row| row.period().from > day);
    if to_come {
        return None;
    }
    let code_of = |number: u32| DiseaseCode::from_number(number).filter(|to| number != 0 && *to != code);
    // 移行 tells the code of that time, which matters on a day between two changes; the disease's own row only the last one.
    let moved = masters.versions::<DiseaseSuccession>(&code).find_map(|row| {
        let next = code_of(row.next()).filter(|next| known(masters, *next));
        Some((next.or_else(|| code_of(row.successor()))?, row.source().to_owned()))
    });
    moved.or_else(|| rows.iter().rev().find_map(|row| Some((code_of(row.successor())?, row.source().to_owned()))))
}

fn known(masters: &Masters, code: DiseaseCode) -> bool {
    masters.versions::<Disease>(&code).next().is_some() || masters.versions::<DiseaseSuccession>(&code).next().is_some()
}

fn name_of(masters: &Masters, code: DiseaseCode) -> Option<String> {
    let disease = masters.versions::<Disease>(&code).last().map(Disease::name);
    let name = disease.or_else(|| masters.versions::<DiseaseSuccession>(&code).last().map(DiseaseSuccession::name));
    name.filter(|name| !name.is_empty()).map(str::to_owned)
}
