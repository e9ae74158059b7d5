//! The rows of a relation: tables whose key is two codes, sorted by the first, then by the second.

use core::ops::Range;

use super::{CODE, Column, Run, Table, pair, part, point};

impl<'p> Table<'p> {
    /// The two codes of a row of a relation.
    #[must_use]
    pub fn pair(self, row: usize) -> (u32, u32) {
        match &self.index.pairs {
            Some((runs, seconds)) if row < self.rows() => {
                (part(runs.code(self.bytes(), row)), part(seconds.number(self.bytes(), row)))
            }
            Some(_) => (0, 0),
            None => pair::split(self.number(CODE, row)),
        }
    }

    /// The second code of a row of a relation.
    #[must_use]
    #[inline]
    pub fn second(self, row: usize) -> u32 {
        let Some((_, seconds)) = &self.index.pairs else { return self.pair(row).1 };
        match seconds.place(self.bytes(), row) {
            Some(place) => self.seconds(seconds).get(place).copied().unwrap_or(0),
            None => part(seconds.number(self.bytes(), row)),
        }
    }

    /// The second codes that a relation lists, read once.
    #[inline]
    fn seconds(self, column: &Column) -> &'p [u32] {
        let make = || (0..column.listed()).map(|place| part(column.at(self.bytes(), place))).collect();
        self.index.places.seconds(make)
    }

    /// The rows of a relation that begin with a code, in the order of the second.
    #[must_use]
    #[inline]
    pub fn run(self, first: u32) -> Range<usize> {
        let run = self.index.places.run(first, || self.runs());
        run.map_or(0..0, |run| run.start as usize..run.end as usize)
    }

    /// The first of the rows, all of one run, whose second code is not below this one. The nearer, the sooner.
    #[must_use]
    #[inline]
    pub fn second_from(self, rows: Range<usize>, second: u32) -> usize {
        let Range { start, end } = rows;
        let (mut low, mut step) = (start, 1usize);
        while low < end && self.second(low) < second {
            let next = low.saturating_add(step).min(end);
            if next >= end || self.second(next) >= second {
                return point(low + 1..next, |row| self.second(row) < second);
            }
            low = next;
            step = step.saturating_mul(2);
        }
        low
    }

    /// The rows of a pair of codes, from the oldest to the newest, in a relation.
    #[must_use]
    pub fn pair_rows(self, first: u32, second: u32) -> Range<usize> {
        let run = self.run(first);
        let start = point(run.clone(), |row| self.second(row) < second);
        // Few pairs have more than one row.
        let more = (start..run.end).take_while(|row| self.second(*row) == second).count();
        start..start + more
    }

    /// The row of a pair of codes that is in force on a day (`YYYYMMDD`), in a relation.
    #[must_use]
    #[inline]
    pub fn pair_on(self, first: u32, second: u32, day: u32) -> Option<usize> {
        self.pair_rows(first, second).find(|row| self.in_force(*row, day))
    }

    pub(super) fn runs(self) -> Vec<(u32, Run)> {
        let bytes = self.bytes();
        if let Some((runs, _)) = &self.index.pairs {
            let run = |place: usize| {
                let (start, end) = runs.rows(bytes, place, self.rows());
                (part(runs.codes.get(bytes, place)), Run { start: part(start), end: part(end) })
            };
            return (0..runs.codes.count()).map(run).collect();
        }
        let mut runs: Vec<(u32, Run)> = Vec::new();
        for (row, next) in (0..self.rows()).zip(1u32..) {
            let first = self.pair(row).0;
            match runs.last_mut() {
                Some((before, run)) if *before == first => run.end = next,
                _ => runs.push((first, Run { start: next - 1, end: next })),
            }
        }
        runs
    }
}
