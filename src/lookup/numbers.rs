//! Rows by their numbers: what a program keeps of a row, and what crosses the border to JavaScript for nothing.

use crate::{
    code::CodeSystem,
    date::ServiceDate,
    master::{
        CodeValue, MasterKind, Masters,
        schema::{self, FROM, KeyKind},
    },
    pack::Table,
};

use super::{
    Finder,
    index::Entry,
    keys::{self, SEARCHED},
    rows,
};

/// A row by its number among all rows that a finder searches. The number stays good for as long as the finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

/// The numbers of rows: of each searched master, and of each pack's table of it, one after another.
pub(super) struct Numbers {
    /// The number of the first row of each table, and the one after the last row of all.
    firsts: Vec<u32>,
    packs: usize,
    coded: Vec<Coded>,
}

/// A master whose codes are numbers.
struct Coded {
    kind: MasterKind,
    place: usize,
    system: &'static CodeSystem,
}

impl Numbers {
    pub(super) fn new(masters: &Masters) -> Self {
        let mut firsts = vec![0u32];
        for searched in SEARCHED {
            for pack in masters.packs() {
                let rows = pack.known(schema::place(searched.kind)).map_or(0, Table::rows);
                let before = firsts.last().copied().unwrap_or(0);
                firsts.push(before.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX)));
            }
        }
        let coded = SEARCHED.iter().enumerate().filter_map(|(place, searched)| {
            let KeyKind::Code(system) = &schema::schema(searched.kind).key else { return None };
            masters.tables(searched.kind).next().map(|_| Coded { kind: searched.kind, place, system })
        });
        Self { firsts, packs: masters.packs().len(), coded: coded.collect() }
    }

    /// The number of a row of a pack's table of a master.
    pub(super) fn of(&self, place: usize, layer: usize, row: u32) -> RowId {
        let first = self.firsts.get(place * self.packs + layer);
        RowId(first.copied().unwrap_or(u32::MAX).saturating_add(row))
    }

    /// The master, the pack and the place in its table of a number.
    fn parts(&self, row: RowId) -> Option<(usize, usize, usize)> {
        let list = self.firsts.partition_point(|first| *first <= row.0).checked_sub(1)?;
        let at = row.0.checked_sub(*self.firsts.get(list)?)? as usize;
        Some((list.checked_div(self.packs)?, list.checked_rem(self.packs)?, at))
    }
}

impl Finder {
    /// The row of a code: that of a day, or without a day the newest; `kinds` are the masters that may have it, none for all.
    ///
    /// Masters whose codes are numbers are asked before those whose codes are texts, each in the order of
    /// [`super::kinds`]. Quicker than a search, and without its index.
    ///
    /// ```
    /// use santei::{lookup::Finder, master::{MasterKind, Masters}};
    /// let finder = Finder::new(&Masters::standard()?);
    /// let row = finder.row("111000110", &[], Some("2026-06-01".parse()?)).ok_or("no such code")?;
    /// assert_eq!(finder.named(row), Some((MasterKind::Procedure, "111000110".to_owned(), "初診料")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn row(&self, code: &str, kinds: &[MasterKind], on: Option<ServiceDate>) -> Option<RowId> {
        let is_number = (1..=9).contains(&code.len()) && code.bytes().all(|letter| letter.is_ascii_digit());
        let found = is_number.then(|| self.row_of_digits(code.len(), code.parse().ok()?, kinds, on)).flatten();
        found.or_else(|| {
            wanted(kinds).find_map(|place| {
                let searched = SEARCHED.get(place)?;
                let key = schema::schema(searched.kind).key;
                // What is a number in the table and is not written in digits alone, such as Z06.
                let asked = !is_number || !matches!(key, KeyKind::Code(_));
                let key = key.parse(code).ok().filter(|_| asked)?;
                self.best(place, on, |table| match (&key, on) {
                    (CodeValue::Number(number), _) => in_table(table, *number, on),
                    (_, Some(day)) => rows::rows_of(table, &key).find(|row| table.in_force(*row, day.packed())),
                    (_, None) => rows::rows_of(table, &key).last(),
                })
            })
        })
    }

    /// The same for a code of so many digits, given as a number.
    pub(crate) fn row_of_digits(
        &self,
        digits: usize,
        number: u32,
        kinds: &[MasterKind],
        on: Option<ServiceDate>,
    ) -> Option<RowId> {
        let coded = self.numbers().coded.iter().filter(|coded| coded.system.has(digits, number));
        let mut wanted = coded.filter(|coded| kinds.is_empty() || kinds.contains(&coded.kind));
        wanted.find_map(|coded| self.best(coded.place, on, |table| in_table(table, number, on)))
    }

    /// Of the rows that the packs have, that of the pack that was added last, or without a day the newest.
    fn best(&self, place: usize, on: Option<ServiceDate>, find: impl Fn(Table<'_>) -> Option<usize>) -> Option<RowId> {
        let kind = schema::place(SEARCHED.get(place)?.kind);
        let packs = self.masters().packs().iter().enumerate();
        let mut found = packs.filter_map(|(layer, pack)| {
            let table = pack.known(kind)?;
            Some((layer, table, find(table)?))
        });
        let (mut layer, mut table, mut row) = found.next()?;
        if on.is_none() {
            for (other, its, newer) in found {
                if its.number(FROM, newer) > table.number(FROM, row) {
                    (layer, table, row) = (other, its, newer);
                }
            }
        }
        Some(self.numbers().of(place, layer, u32::try_from(row).ok()?))
    }

    /// The master, code and name of a row.
    #[must_use]
    pub fn named(&self, row: RowId) -> Option<(MasterKind, String, &str)> {
        let (place, layer, row) = self.numbers().parts(row)?;
        let kind = SEARCHED.get(place)?.kind;
        let table = self.table(kind, layer).filter(|table| row < table.rows())?;
        Some((kind, keys::code(kind, table, row), table.text(self.columns(place)?.name, row)))
    }

    /// The number of a row that was found.
    pub(super) fn number(&self, place: usize, entry: &Entry) -> RowId {
        self.numbers().of(place, usize::from(entry.layer), entry.row)
    }
}

fn in_table(table: Table<'_>, number: u32, on: Option<ServiceDate>) -> Option<usize> {
    match on {
        Some(day) => table.row_on(number, day.packed()),
        None => table.last_row(number),
    }
}

/// The places of the masters that are wanted.
fn wanted(kinds: &[MasterKind]) -> impl Iterator<Item = usize> {
    let wanted = move |kind| kinds.is_empty() || kinds.contains(&kind);
    SEARCHED.iter().enumerate().filter(move |(_, searched)| wanted(searched.kind)).map(|(place, _)| place)
}
