//! Relations: tables of two codes, walked through from their first code or asked for one pair. Nothing here allocates: a
//! claim asks some thousand times.

use core::ops::Range;

use crate::{date::ServiceDate, pack::Table};

use super::{Masters, Pair, Row};

impl Masters {
    /// Every row of a relation that begins with a code and is in force on a day, in the order of the second code. Where
    /// several packs have rows of the relation for that day, only the one that was added last counts.
    ///
    /// ```
    /// use santei::{code::ProcedureCode, master::{ExclusionDay, Masters}};
    /// let masters = Masters::standard()?;
    /// let first_visit: ProcedureCode = "111000110".parse()?;
    /// for row in masters.related::<ExclusionDay>(first_visit, "2026-06-01".parse()?) {
    ///     println!("{} excludes {}: {}", row.code(), row.other(), row.rule());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn related<'m, R: Row<'m, Code = Pair>>(
        &'m self,
        first: impl Into<u32>,
        on: ServiceDate,
    ) -> impl Iterator<Item = R> {
        let (day, first) = (self.rules_date(on).packed(), first.into());
        let table = self.relation::<R>(day);
        let rows = table.map(|table| table.run(first)).unwrap_or_default();
        rows.filter_map(move |row| table.filter(|table| table.in_force(row, day)).map(|table| R::at(table, row)))
    }

    /// The row of a relation for two codes on a day: [`Masters::get`] in fewer words, without a reason where there is none.
    ///
    /// ```
    /// use santei::{code::ProcedureCode, master::{ExclusionDay, Masters}};
    /// let masters = Masters::standard()?;
    /// let (first, again): (ProcedureCode, ProcedureCode) = ("111000110".parse()?, "112007410".parse()?);
    /// let row = masters.pair::<ExclusionDay>(first, again, "2026-06-01".parse()?);
    /// assert!(row.is_none_or(|row| row.code() == first && row.other() == again));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pair<'m, R: Row<'m, Code = Pair>>(
        &'m self,
        first: impl Into<u32>,
        second: impl Into<u32>,
        on: ServiceDate,
    ) -> Option<R> {
        let day = self.rules_date(on).packed();
        let table = self.relation::<R>(day)?;
        Some(R::at(table, table.pair_on(first.into(), second.into(), day)?))
    }

    /// The rows of a relation that begin with a code, are in force on a day and lead to one of these codes, in their
    /// order. The codes must be sorted. One pass over the shorter of the two: what a whole claim asks.
    pub fn related_among<'m, 's, R, S>(
        &'m self,
        first: impl Into<u32>,
        seconds: &'s [S],
        on: ServiceDate,
    ) -> impl Iterator<Item = R>
    where
        R: Row<'m, Code = Pair>,
        S: Copy + Into<u32>,
    {
        let (day, first) = (self.rules_date(on).packed(), first.into());
        let table = self.relation::<R>(day);
        let rows = table.map(|table| table.run(first)).unwrap_or_default();
        Among { table, rows, seconds: seconds.iter().copied(), wanted: None }
            .filter(move |(table, row)| table.in_force(*row, day))
            .map(|(table, row)| R::at(table, row))
    }

    /// The table of a relation that counts on a day.
    fn relation<'m, R: Row<'m, Code = Pair>>(&'m self, day: u32) -> Option<Table<'m>> {
        self.tables(R::KIND).find(|table| table.covers(day))
    }
}

/// The rows of a run whose second code is among the sorted codes.
struct Among<'m, I> {
    table: Option<Table<'m>>,
    /// What is left of the run.
    rows: Range<usize>,
    /// What is left of the codes.
    seconds: I,
    /// The code that is looked for.
    wanted: Option<u32>,
}

impl<'m, I: Iterator<Item: Into<u32>>> Iterator for Among<'m, I> {
    type Item = (Table<'m>, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let table = self.table?;
        loop {
            if self.rows.is_empty() {
                return None;
            }
            let wanted = match self.wanted {
                Some(wanted) => wanted,
                None => self.seconds.next()?.into(),
            };
            self.wanted = Some(wanted);
            let row = table.second_from(self.rows.clone(), wanted);
            self.rows.start = row;
            if row < self.rows.end && table.second(row) == wanted {
                // The code stays wanted: its next row may be the one in force.
                self.rows.start = row + 1;
                return Some((table, row));
            }
            self.wanted = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BundleMember, ExclusionDay, LookupError, MasterKind, MasterSet, schema, standard};
    use super::*;
    use crate::code::{BundleGroup, ProcedureCode};

    /// A pack of one of the project's own tables.
    fn pack(kind: MasterKind, csv: &str) -> Vec<u8> {
        let (rows, faults) = standard::read(schema::schema(kind), "table.csv", csv);
        assert!(faults.is_empty(), "{faults}");
        let mut set = MasterSet::default();
        for row in rows {
            set.push(kind, row);
        }
        set.write().unwrap()
    }

    fn day(text: &str) -> ServiceDate {
        text.parse().unwrap()
    }

    const LOWER: &str = "code,other,from,last_day,rule,special,certainty,source\n\
        111000110,113008610,2010-04-01,,2,0,official,A\n\
        111000110,113008710,2010-04-01,2022-03-31,2,0,official,A\n\
        111000110,113008810,2010-04-01,,2,0,official,A\n\
        113008610,111000110,2010-04-01,,1,0,official,A\n";

    fn two_packs(upper: &str) -> Masters {
        let mut masters = Masters::empty().unwrap();
        masters.add_pack(pack(MasterKind::ExclusionDay, LOWER)).unwrap();
        masters.add_pack(pack(MasterKind::ExclusionDay, upper)).unwrap();
        masters
    }

    #[test]
    fn an_edition_replaces_the_relation_on_its_days() {
        // 113008810 is gone from the newer edition, which ends with its revision.
        let masters = two_packs(
            "code,other,from,last_day,rule,special,certainty,source\n\
             111000110,113008610,2024-06-01,2024-06-30,1,0,official,B\n\
             111000110,113008610,2024-07-01,2026-05-31,3,1,official,B\n",
        );
        let first: ProcedureCode = "111000110".parse().unwrap();
        let found = |on: &str| -> Vec<(String, u32)> {
            masters.related::<ExclusionDay>(first, day(on)).map(|row| (row.other().to_string(), row.rule())).collect()
        };
        let pair = |other: &str, rule: u32| (other.to_owned(), rule);
        assert_eq!(found("2020-01-01"), [pair("113008610", 2), pair("113008710", 2), pair("113008810", 2)]);
        assert_eq!(found("2022-04-01"), [pair("113008610", 2), pair("113008810", 2)]);
        assert_eq!(found("2024-06-01"), [pair("113008610", 1)]);
        assert_eq!(found("2026-05-31"), [pair("113008610", 3)]);
        assert_eq!(found("2026-06-01"), [pair("113008610", 2), pair("113008810", 2)]);
        assert_eq!(found("2010-03-31"), []);
        let rule = |other: &str, on: &str| {
            let other: ProcedureCode = other.parse().unwrap();
            let key = Pair::of(first, other);
            let row = masters.pair::<ExclusionDay>(first, other, day(on)).map(ExclusionDay::rule);
            assert_eq!(masters.get::<ExclusionDay>(&key, day(on)).ok().map(ExclusionDay::rule), row);
            row
        };
        assert_eq!(rule("113008610", "2024-05-31"), Some(2));
        assert_eq!(rule("113008610", "2024-07-01"), Some(3));
        assert_eq!(rule("113008810", "2024-05-31"), Some(2));
        assert_eq!(rule("113008810", "2024-07-01"), None);
        let key = Pair::of(first, "113008710".parse::<ProcedureCode>().unwrap());
        let error = masters.get::<ExclusionDay>(&key, day("2022-04-01")).unwrap_err();
        assert!(matches!(error, LookupError::NotInForce { .. }), "{error}");
        let all = |on: &str| masters.in_force::<ExclusionDay>(day(on)).count();
        assert_eq!((all("2024-05-31"), all("2024-06-01"), all("2026-06-01")), (3, 1, 3));
    }

    #[test]
    fn among_a_claims_codes() {
        let masters = two_packs("code,other,from,last_day,rule,special,certainty,source\n");
        let first: ProcedureCode = "111000110".parse().unwrap();
        let among = |codes: &[u32], on: &str| -> Vec<u32> {
            masters.related_among::<ExclusionDay, _>(first, codes, day(on)).map(|row| row.other().number()).collect()
        };
        let all = [111_000_110, 113_008_610, 113_008_710, 113_008_810, 190_000_000];
        assert_eq!(among(&all, "2020-01-01"), all[1..4]);
        assert_eq!(among(&all, "2022-04-01"), [all[1], all[3]]);
        assert_eq!(among(&all[3..], "2022-04-01"), [all[3]]);
        assert!(among(&[], "2022-04-01").is_empty());
        assert!(among(&[1, 2], "2022-04-01").is_empty());
    }

    #[test]
    fn among_is_asking_for_each() {
        // Runs of many lengths, with pairs of several periods.
        let mut lines = String::from("code,other,from,last_day,rule,special,certainty,source\n");
        for (first, step) in [(111_000_110u32, 1u32), (111_000_210, 3), (111_000_310, 7), (111_000_410, 400)] {
            for place in (0..400).step_by(step as usize) {
                let other = 120_000_010 + place * 100;
                lines += &format!("{first},{other},2020-04-01,2022-03-31,1,0,official,A\n");
                lines += &format!("{first},{other},2022-04-01,,2,0,official,A\n");
            }
        }
        let mut masters = Masters::empty().unwrap();
        masters.add_pack(pack(MasterKind::ExclusionDay, &lines)).unwrap();
        for first in [111_000_110u32, 111_000_210, 111_000_310, 111_000_410, 111_000_510] {
            for step in [1usize, 2, 5, 50, 399] {
                let codes: Vec<u32> = (0..400).step_by(step).map(|place| 120_000_010 + place * 100).collect();
                for on in ["2022-03-31", "2022-04-01"] {
                    let rows = |row: ExclusionDay<'_>| (row.other().number(), row.rule());
                    let among: Vec<_> =
                        masters.related_among::<ExclusionDay, _>(first, &codes, day(on)).map(rows).collect();
                    let one = |other: &u32| masters.pair::<ExclusionDay>(first, *other, day(on)).map(rows);
                    assert_eq!(among, codes.iter().filter_map(one).collect::<Vec<_>>());
                    let related = masters.related::<ExclusionDay>(first, day(on)).map(rows);
                    assert_eq!(among, related.filter(|(other, _)| codes.contains(other)).collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn the_members_of_a_group() {
        let mut masters = Masters::empty().unwrap();
        let members = "group,code,from,last_day,special,certainty,source\n\
             J028001,140005610,2010-04-01,,0,official,A\n";
        masters.add_pack(pack(MasterKind::BundleMember, members)).unwrap();
        let group: BundleGroup = "J028001".parse().unwrap();
        let row: BundleMember = masters.related(group, "2024-06-01".parse().unwrap()).next().unwrap();
        assert_eq!((row.group(), row.code().to_string().as_str()), (group, "140005610"));
    }
}
