//! 電子点数表 01, 02, 03-1 to 03-4 and 05: rows as they stand in their files, one after the other.

use crate::tables::{Certainty, Table};

/// A row's days, as texts like `2024-06-01`; no last day is open.
#[derive(Debug, Clone)]
pub(crate) struct Days {
    pub(crate) from: String,
    pub(crate) last: String,
}

impl Days {
    pub(crate) fn hold(&self, on: &str) -> bool {
        self.from.as_str() <= on && (self.last.is_empty() || on <= self.last.as_str())
    }
}

/// 01: what a procedure contains.
pub(crate) struct Aux {
    pub(crate) code: u32,
    /// 包括単位 and グループ番号, three times.
    pub(crate) bundles: Vec<(u32, String)>,
    pub(crate) days: Days,
    pub(crate) certainty: Certainty,
}

/// 02: a procedure of a group.
pub(crate) struct Member {
    pub(crate) group: String,
    pub(crate) code: u32,
    pub(crate) special: bool,
    pub(crate) days: Days,
    pub(crate) certainty: Certainty,
}

/// 03: two procedures.
pub(crate) struct Exclusion {
    pub(crate) one: u32,
    pub(crate) other: u32,
    /// 背反区分.
    pub(crate) rule: u32,
    pub(crate) special: bool,
    pub(crate) days: Days,
    pub(crate) certainty: Certainty,
}

/// 05: how often a procedure.
pub(crate) struct Limit {
    pub(crate) code: u32,
    /// 算定単位コード.
    pub(crate) unit: u32,
    pub(crate) most: i64,
    pub(crate) special: bool,
    pub(crate) days: Days,
    pub(crate) certainty: Certainty,
}

/// The tables together.
pub(crate) struct FeeTables {
    pub(crate) aux: Vec<Aux>,
    pub(crate) members: Vec<Member>,
    /// 03-1 1日につき.
    pub(crate) day: Vec<Exclusion>,
    /// 03-2 同一月内.
    pub(crate) month: Vec<Exclusion>,
    /// 03-3 同時.
    pub(crate) same: Vec<Exclusion>,
    /// 03-4 1週間につき.
    pub(crate) week: Vec<Exclusion>,
    pub(crate) limits: Vec<Limit>,
}

pub(crate) fn code(text: &str) -> u32 {
    text.parse().unwrap_or_else(|_| panic!("no code: {text}"))
}

impl FeeTables {
    /// Those of `masters/`.
    pub(crate) fn read() -> Self {
        let days = |row: &crate::tables::Row| Days {
            from: row.text("from").to_owned(),
            last: row.text("last_day").to_owned(),
        };
        let aux = Table::read("fee-aux.csv");
        let aux = aux.rows.iter().map(|row| Aux {
            code: code(row.code()),
            bundles: (1..=3)
                .map(|n| {
                    (row.number(&format!("bundle_unit_{n}")) as u32, row.text(&format!("bundle_group_{n}")).to_owned())
                })
                .collect(),
            days: days(row),
            certainty: row.certainty(),
        });
        let members = Table::read("bundle-members.csv");
        let members = members.rows.iter().map(|row| Member {
            group: row.text("group").to_owned(),
            code: code(row.code()),
            special: row.number("special") == 1,
            days: days(row),
            certainty: row.certainty(),
        });
        let exclusions = |file: &str| {
            let table = Table::read(file);
            let rows = table.rows.iter().map(|row| Exclusion {
                one: code(row.code()),
                other: code(row.text("other")),
                rule: row.number("rule") as u32,
                special: row.number("special") == 1,
                days: days(row),
                certainty: row.certainty(),
            });
            rows.collect::<Vec<_>>()
        };
        let limits = Table::read("frequencies.csv");
        let limits = limits.rows.iter().map(|row| Limit {
            code: code(row.code()),
            unit: row.number("unit_code") as u32,
            most: row.number("max_count"),
            special: row.number("special") == 1,
            days: days(row),
            certainty: row.certainty(),
        });
        Self {
            aux: aux.collect(),
            members: members.collect(),
            day: exclusions("exclusions-day.csv"),
            month: exclusions("exclusions-month.csv"),
            same: exclusions("exclusions-same.csv"),
            week: exclusions("exclusions-week.csv"),
            limits: limits.collect(),
        }
    }
}
