//! What is in a pack: its sections, and of each table the rows, codes, periods, certainty and sources.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    date::ServiceDate,
    pack::{Pack, PackSource},
};

use super::{
    Certainty,
    cells::{self, Rows},
    schema::TABLES,
};

/// What is in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackStat {
    /// Size in bytes.
    pub bytes: usize,
    /// Version of the engine that wrote it.
    pub engine: String,
    /// The files that went into it.
    pub sources: Vec<PackSource>,
    /// Its sections, in the order of the file.
    pub sections: Vec<SectionStat>,
    /// Its tables, in the order of the schema.
    pub tables: Vec<TableStat>,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionStat {
    /// Its four letters.
    pub tag: String,
    /// The master it holds, in English.
    pub table: Option<&'static str>,
    /// Size in bytes.
    pub bytes: usize,
    /// Rows of a table, texts of the section of texts, else 0.
    pub rows: usize,
    /// Whether a reader that does not know it must refuse the pack.
    pub required: bool,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableStat {
    /// The master, in English.
    pub table: &'static str,
    /// The master, in Japanese.
    pub title: &'static str,
    /// Rows.
    pub rows: usize,
    /// Different codes.
    pub codes: usize,
    /// Rows that do not end.
    pub open: usize,
    /// The earliest first day.
    pub first_day: Option<ServiceDate>,
    /// The latest first day.
    pub newest: Option<ServiceDate>,
    /// The latest last day of the rows that end.
    pub last_day: Option<ServiceDate>,
    /// The periods that most rows have, the most frequent first, at most [`PERIODS`] of them.
    pub periods: Vec<PeriodStat>,
    /// How many different periods there are.
    pub distinct_periods: usize,
    /// Rows by certainty.
    pub certainty: BTreeMap<&'static str, usize>,
    /// Rows by what they come from, each file or key of `masters/sources.csv` by itself.
    pub sources: BTreeMap<String, usize>,
}

/// Rows that hold in the same period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodStat {
    /// First day.
    pub from: ServiceDate,
    /// Last day, if they end.
    pub last_day: Option<ServiceDate>,
    /// How many rows.
    pub rows: usize,
}

/// How many periods of a table are listed.
pub const PERIODS: usize = 8;

/// Counts what is in a pack.
#[must_use]
pub fn stat(pack: &Pack) -> PackStat {
    let section = |section: crate::pack::Section| SectionStat {
        tag: section.tag.to_string(),
        table: TABLES.iter().find(|table| table.tag == section.tag).map(|table| table.name),
        bytes: section.bytes,
        rows: section.rows,
        required: section.required,
    };
    PackStat {
        bytes: pack.size(),
        engine: pack.meta().engine.clone(),
        sources: pack.meta().sources.clone(),
        sections: pack.sections().into_iter().map(section).collect(),
        tables: cells::tables(pack).map(table).collect(),
    }
}

fn table(rows: Rows<'_>) -> TableStat {
    let mut periods: BTreeMap<(ServiceDate, Option<ServiceDate>), usize> = BTreeMap::new();
    let mut certainty: BTreeMap<_, _> = Certainty::ALL.into_iter().map(|certainty| (certainty.name(), 0)).collect();
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for row in 0..rows.len() {
        let period = rows.period(row);
        *periods.entry((period.from, period.last_day())).or_default() += 1;
        *certainty.entry(rows.certainty(row).name()).or_default() += 1;
        *sources.entry(rows.source(row)).or_default() += 1;
    }
    let mut by_source: BTreeMap<String, usize> = BTreeMap::new();
    for (source, count) in sources {
        let parts: BTreeSet<_> = source.split(';').collect();
        for part in parts {
            *by_source.entry(part.to_owned()).or_default() += count;
        }
    }
    let open = periods.iter().filter(|((_, last), _)| last.is_none()).map(|(_, count)| count).sum();
    let mut most: Vec<_> = periods
        .iter()
        .map(|((from, last_day), rows)| PeriodStat { from: *from, last_day: *last_day, rows: *rows })
        .collect();
    most.sort_by_key(|period| core::cmp::Reverse(period.rows));
    most.truncate(PERIODS);
    TableStat {
        table: rows.schema.name,
        title: rows.schema.title,
        rows: rows.len(),
        codes: rows.groups().count(),
        open,
        first_day: periods.keys().map(|(from, _)| *from).min(),
        newest: periods.keys().map(|(from, _)| *from).max(),
        last_day: periods.keys().filter_map(|(_, last)| *last).max(),
        distinct_periods: periods.len(),
        periods: most,
        certainty,
        sources: by_source,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MasterKind, cells::test_packs};
    use super::*;

    #[test]
    fn counts() {
        let csv = "code,from,last_day,name\n\
                   8001,2002-06-01,2010-03-31,a\n\
                   8001,2010-04-01,,b\n\
                   8002,2002-06-01,2010-03-31,c";
        let pack = test_packs::pack(&[(MasterKind::Modifier, csv)]);
        let stat = stat(&pack);
        let table = &stat.tables[0];
        assert_eq!((table.rows, table.codes, table.open, table.distinct_periods), (3, 2, 1, 2));
        assert_eq!(table.periods[0].rows, 2);
        assert_eq!(table.first_day.unwrap().to_string(), "2002-06-01");
        assert_eq!(table.newest.unwrap().to_string(), "2010-04-01");
        assert_eq!(table.last_day.unwrap().to_string(), "2010-03-31");
        assert_eq!((table.certainty["official"], table.certainty["unverified"]), (3, 0));
        assert_eq!(table.sources["test"], 3);
        let sections: Vec<_> = stat.sections.iter().map(|section| (section.tag.as_str(), section.table)).collect();
        assert_eq!(sections, [("META", None), ("STRS", None), ("MODI", Some("modifier"))]);
    }
}
