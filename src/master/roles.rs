//! What the rules of the fee schedule name, gathered from every layer when a rule is first asked for. A visit asks for some
//! twenty of them: each is then one look-up, with its figures at hand.

use core::{fmt, ops::Range};
use std::{collections::HashMap, sync::OnceLock};

use foldhash::fast::RandomState;
use rust_decimal::Decimal;

use super::{Certainty, MasterKind, Masters, Role, Row as _};
use crate::{code::ProcedureCode, date::ServiceDate};

/// Longest name that is put together without asking for memory.
const LONGEST: usize = 96;

/// A row of the rules, on its days (`YYYYMMDD`).
struct Entry {
    days: Range<u32>,
    code: Option<ProcedureCode>,
    value: Decimal,
    article: Box<str>,
    certainty: Certainty,
}

/// The rows of each name: those of the pack that was added last come first.
#[derive(Default)]
pub(super) struct Roles(OnceLock<HashMap<Box<str>, Vec<Entry>, RandomState>>);

impl fmt::Debug for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Roles")
    }
}

/// What a rule of the fee schedule names, on a day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'m> {
    /// The rule.
    pub(crate) name: &'m str,
    pub(crate) code: Option<ProcedureCode>,
    pub(crate) value: Decimal,
    pub(crate) article: &'m str,
    pub(crate) certainty: Certainty,
}

impl Masters {
    /// The part that a rule names on a day, if it has one then.
    pub(crate) fn role(&self, name: &str, on: ServiceDate) -> Option<Part<'_>> {
        let roles = self.roles.0.get_or_init(|| self.gather());
        let (name, entries) = roles.get_key_value(name)?;
        let day = self.rules_date(on).packed();
        let Entry { code, value, article, certainty, .. } = entries.iter().find(|entry| entry.days.contains(&day))?;
        Some(Part { name, code: *code, value: *value, article, certainty: *certainty })
    }

    /// The same for a name that is put together.
    pub(crate) fn role_of(&self, name: &[&str], on: ServiceDate) -> Option<Part<'_>> {
        let mut buffer = [0; LONGEST];
        let mut length = 0;
        for piece in name {
            let end = length + piece.len();
            let Some(place) = buffer.get_mut(length..end) else { return self.role(&name.concat(), on) };
            place.copy_from_slice(piece.as_bytes());
            length = end;
        }
        self.role(core::str::from_utf8(buffer.get(..length)?).ok()?, on)
    }

    #[cold]
    fn gather(&self) -> HashMap<Box<str>, Vec<Entry>, RandomState> {
        let mut roles: HashMap<Box<str>, Vec<Entry>, RandomState> = HashMap::default();
        let rows =
            self.tables(MasterKind::Role).flat_map(|table| (0..table.rows()).map(move |row| Role::at(table, row)));
        for row in rows {
            let entry = Entry {
                days: row.table.days(row.row),
                code: ProcedureCode::from_number(row.procedure_code()),
                value: row.value(),
                article: row.article().into(),
                certainty: row.certainty(),
            };
            match roles.get_mut(row.code()) {
                Some(entries) => entries.push(entry),
                None => drop(roles.insert(row.code().into(), vec![entry])),
            }
        }
        roles
    }
}

#[cfg(test)]
mod tests {
    use super::super::cells::test_packs::pack;
    use super::*;

    #[test]
    fn the_last_pack_counts_day_by_day() {
        let mut masters = Masters::empty().unwrap();
        let day = |text: &str| text.parse::<ServiceDate>().unwrap();
        let value = |masters: &Masters, name: &str, on| masters.role(name, day(on)).map(|part| part.value.to_string());
        assert_eq!(value(&masters, "rules.known", "1990-01-01"), None);
        let known = masters.role("rules.known", day("2026-07-01")).map(|part| (part.name, part.code));
        assert_eq!(known.map(|(name, _)| name), Some("rules.known"));
        let rows = "code,from,last_day,value,article\nx.y,2024-06-01,2024-06-30,1,A\nx.y,2024-07-01,,2,B";
        masters.add_pack(pack(&[(MasterKind::Role, rows)]).as_bytes().to_vec()).unwrap();
        let rows = "code,from,last_day,value,article\nx.y,2024-06-10,2024-07-10,3,C";
        masters.add_pack(pack(&[(MasterKind::Role, rows)]).as_bytes().to_vec()).unwrap();
        for (on, expected) in [
            ("2024-05-31", None),
            ("2024-06-01", Some("1")),
            ("2024-06-10", Some("3")),
            ("2024-07-10", Some("3")),
            ("2024-07-11", Some("2")),
        ] {
            assert_eq!(value(&masters, "x.y", on).as_deref(), expected, "{on}");
            let pieces = masters.role_of(&["x", ".", "y"], day(on)).map(|part| part.value.to_string());
            assert_eq!(pieces.as_deref(), expected);
        }
        let long = "x".repeat(LONGEST);
        assert!(masters.role_of(&[&long, "y"], day("2024-07-11")).is_none());
    }
}
