//! What stands in the place of a code that is not in force: its successor, or another listing of the same.

use crate::{
    code::DiseaseCode,
    date::ServiceDate,
    master::{Disease, DiseaseSuccession, MasterKind},
};

use super::{
    Instead, Why,
    entries::{Directory, Entry},
    system::System,
};

/// A chain of successors is followed so far; the official ones have two or three links.
const LINKS: usize = 8;
/// So many are named at most.
const MOST: usize = 8;

/// The codes to use instead of one whose rows are these.
pub(super) fn instead(
    directory: &Directory,
    system: System,
    code: &str,
    entries: &[Entry],
    on: Option<ServiceDate>,
) -> Vec<Instead> {
    let mut found: Vec<Instead> = Vec::new();
    let mut add = |code: String, name: Option<String>, why: Why| {
        if found.len() < MOST && !found.iter().any(|known| known.code == code) {
            found.push(Instead { system: system.name(), code, name, why });
        }
    };
    for entry in entries.iter().rev() {
        for (successor, why) in rows_instead(directory, entry, on) {
            for other in directory.codes(&successor, system).into_iter().filter(|other| *other != code) {
                let name = directory.name_of(system, &other, on);
                add(other, name, why);
            }
        }
    }
    found
}

/// The rows in force that stand in the place of a row.
fn rows_instead(directory: &Directory, entry: &Entry, on: Option<ServiceDate>) -> Vec<(Entry, Why)> {
    let in_force = |system: System, code: &str| -> Vec<Entry> {
        directory
            .at(system, code, on)
            .into_iter()
            .filter(|entry| on.is_some() || entry.period.until.is_none())
            .cloned()
            .collect()
    };
    let own = |system: System| directory.codes(entry, system).into_iter().next().unwrap_or_default();
    match entry.kind {
        MasterKind::Disease => {
            let next = disease(directory, &own(System::Disease), on);
            next.iter().flat_map(|code| in_force(System::Disease, code)).map(|entry| (entry, Why::Successor)).collect()
        }
        // A new row names the code that it took over from (異動関連, 廃止・新設関連).
        MasterKind::Procedure => successors(directory, System::Procedure, &own(System::Procedure), on),
        MasterKind::Material => successors(directory, System::Material, &own(System::Material), on),
        MasterKind::Dispensing => successors(directory, System::Dispensing, &own(System::Dispensing), on),
        MasterKind::Drug | MasterKind::HotDrug => {
            let price = own(System::PriceCode);
            let generic = own(System::GenericName);
            let of = |system: System, code: &str, why: Why| -> Vec<(Entry, Why)> {
                if code.is_empty() {
                    Vec::new()
                } else {
                    in_force(system, code).into_iter().map(|row| (row, why)).collect()
                }
            };
            let mut rows = of(System::PriceCode, &price, Why::SamePriceCode);
            rows.extend(of(System::GenericName, &generic, Why::SameGenericName));
            rows
        }
        _ => Vec::new(),
    }
}

/// The rows in force that name a code as the one they took over from.
fn successors(directory: &Directory, system: System, code: &str, on: Option<ServiceDate>) -> Vec<(Entry, Why)> {
    let names = |entry: &&Entry| {
        let current = on.map_or(entry.period.until.is_none(), |day| entry.period.contains(day));
        current && directory.text(entry, "succession") == code
    };
    directory.list(system).entries.iter().filter(names).map(|entry| (entry.clone(), Why::Successor)).collect()
}

/// The disease that took the place of one: what the succession table has for today, else link by link.
fn disease(directory: &Directory, code: &str, on: Option<ServiceDate>) -> Option<String> {
    let masters = directory.masters();
    let valid = |code: DiseaseCode| {
        let code = code.to_string();
        let current = |entry: &&Entry| on.is_some() || entry.period.until.is_none();
        directory.at(System::Disease, &code, on).iter().any(current).then_some(code)
    };
    let mut now: DiseaseCode = code.parse().ok()?;
    for _ in 0..LINKS {
        let links: Vec<u32> = masters
            .versions::<DiseaseSuccession>(&now)
            .flat_map(|row| [row.successor(), row.next()])
            .chain(masters.versions::<Disease>(&now).map(Disease::successor))
            .filter(|next| *next != 0 && *next != now.number())
            .collect();
        if let Some(found) = links.iter().filter_map(|next| DiseaseCode::from_number(*next)).find_map(valid) {
            return Some(found);
        }
        now = links.first().and_then(|next| DiseaseCode::from_number(*next))?;
    }
    None
}
