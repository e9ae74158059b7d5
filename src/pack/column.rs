//! One column of a table: its values, or a short list of values and the place of each in it.

use super::{
    FROM, UNTIL, u16_at, u32_at, u64_at,
    words::{self, Words},
};

/// The id under which a relation keeps its second codes; column 0 has the first ones.
pub(super) const SECOND: u16 = u16::MAX;

/// Values side by side.
const VALUES: u8 = 0;
/// A list of values, and the place of each row's value in it.
const LIST: u8 = 1;
/// A list of values; the places are those of the last [`LIST`] before it.
const SHARED: u8 = 2;
/// The codes with which the runs of a relation begin, and the first row of each run.
const RUNS: u8 = 3;

/// Where a column stands and how it is written.
#[derive(Clone, Copy, Default)]
pub(super) struct Column {
    /// The values, or the places in the list.
    values: Words,
    list: Option<Words>,
}

/// The first codes of a relation.
#[derive(Clone, Copy, Default)]
pub(super) struct Runs {
    /// The code with which each run begins.
    pub(super) codes: Words,
    /// The first row of each run.
    pub(super) starts: Words,
}

/// What an entry in the head of a table says.
pub(super) enum Found {
    Column(usize, Column),
    Second(Column),
    Runs(Runs),
}

/// Reads the entries of a table one after another.
pub(super) struct Entries<'a> {
    pub(super) version: u16,
    /// The table's section.
    pub(super) data: &'a [u8],
    /// Its place in the pack.
    pub(super) base: usize,
    pub(super) rows: usize,
    /// Where the next column has to begin, counted from the start of the section.
    pub(super) next: usize,
    /// The places of the last list, and how many values it has.
    pub(super) places: Option<(Words, usize)>,
}

impl Entries<'_> {
    /// Reads and checks an entry.
    pub(super) fn read(&mut self, entry: &[u8]) -> Option<Found> {
        let id = u16_at(entry, 0)?;
        let (first, second) = (*entry.get(2)?, *entry.get(3)?);
        let listed = u32_at(entry, 4)? as usize;
        // Version 1 has no kinds: a list is there when its values have a width or when it has any.
        let (kind, width) = match self.version {
            1 if (second == 0) != (listed == 0) => return None,
            1 => (if second == 0 { VALUES } else { LIST }, first),
            _ => (first >> 4, first & 15),
        };
        let (width, list_width) = (usize::from(width), usize::from(second));
        if usize::try_from(u64_at(entry, 8)?).ok()? != self.next || width > 8 || list_width > 8 {
            return None;
        }
        Some(match kind {
            VALUES if listed == 0 && list_width == 0 => {
                let values = self.take(width, self.rows)?;
                self.column(id, Column { values, list: None })
            }
            LIST => {
                let list = Some(self.take(list_width, listed)?);
                let values = self.take(width, self.rows)?;
                self.places = Some((values, listed));
                self.column(id, Column { values, list })
            }
            SHARED if width == 0 => {
                let (values, _) = self.places.filter(|(_, count)| *count == listed)?;
                let list = Some(self.take(list_width, listed)?);
                self.column(id, Column { values, list })
            }
            RUNS if id == 0 => {
                let (codes, starts) = (self.take(list_width, listed)?, self.take(width, listed)?);
                Found::Runs(Runs { codes, starts })
            }
            _ => return None,
        })
    }

    fn column(&self, id: u16, column: Column) -> Found {
        if id == SECOND && self.version > 1 { Found::Second(column) } else { Found::Column(usize::from(id), column) }
    }

    fn take(&mut self, width: usize, count: usize) -> Option<Words> {
        let start = self.next;
        self.next = start.checked_add(width.checked_mul(count)?)?;
        self.data.get(start..self.next)?;
        Some(Words::new(self.version, self.base.checked_add(start)?, width, count))
    }
}

impl Column {
    /// Bytes of a column's entry in the head of its table.
    pub(super) const ENTRY_LEN: usize = 16;

    /// The places of the rows' values in the list; none when the value is the same in every row.
    pub(super) fn places(&self) -> Option<Words> {
        self.list.and(Some(self.values)).filter(|places| !places.are_zero())
    }

    /// Whether the values stand side by side, without a list, and differ.
    pub(super) fn is_plain(&self) -> bool {
        self.list.is_none() && !self.values.are_zero()
    }

    /// How many values the list has.
    pub(super) fn listed(&self) -> usize {
        self.list.map_or(0, |list| list.count())
    }

    /// The value of rows with a place, or of all rows when it is the same in every one.
    pub(super) fn at(&self, pack: &[u8], place: usize) -> u64 {
        let place = if self.values.are_zero() { 0 } else { place };
        self.list.map_or(0, |list| list.get(pack, place))
    }

    /// The place of a row's value in the list.
    #[inline]
    pub(super) fn place(&self, pack: &[u8], row: usize) -> Option<usize> {
        self.list.as_ref()?;
        usize::try_from(self.values.get(pack, row)).ok()
    }

    /// The value of a row; zero past the end and for a place outside the list.
    #[inline]
    pub(super) fn number(&self, pack: &[u8], row: usize) -> u64 {
        let value = self.values.get(pack, row);
        match &self.list {
            None => value,
            Some(list) => usize::try_from(value).map_or(0, |place| list.get(pack, place)),
        }
    }
}

impl Runs {
    /// Whether the runs begin at the first row, one after another.
    pub(super) fn fill(&self, pack: &[u8], rows: usize) -> bool {
        let mut starts = (0..self.starts.count()).map(|run| self.starts.get(pack, run));
        let mut before = match starts.next() {
            None => return rows == 0,
            Some(first) if first != 0 => return false,
            Some(first) => first,
        };
        starts.all(|start| core::mem::replace(&mut before, start) < start) && before < rows as u64
    }

    /// The rows of a run, by its number.
    pub(super) fn rows(&self, pack: &[u8], run: usize, rows: usize) -> (u64, u64) {
        let end = if run + 1 < self.starts.count() { self.starts.get(pack, run + 1) } else { rows as u64 };
        (self.starts.get(pack, run), end)
    }

    /// The first code of a row.
    pub(super) fn code(&self, pack: &[u8], row: usize) -> u64 {
        let runs = super::point(0..self.starts.count(), |run| self.starts.get(pack, run) <= row as u64);
        runs.checked_sub(1).map_or(0, |run| self.codes.get(pack, run))
    }
}

/// Writes the columns of a table: their entries into `head`, their bytes into `data`.
pub(super) struct Columns {
    /// Bytes of the whole head.
    pub(super) start: usize,
    pub(super) head: Vec<u8>,
    pub(super) data: Vec<u8>,
}

/// The values of one column.
struct Values<'v> {
    id: u16,
    values: &'v [u64],
    /// Every value once, in order.
    list: Vec<u64>,
}

/// Columns that share the places of their values.
struct Group<'v> {
    columns: Vec<Values<'v>>,
    /// For each row the place of its values in the lists.
    places: Vec<u64>,
    /// A row for each place.
    rows: Vec<usize>,
}

/// So many places take one byte.
const BYTE: usize = 256;

impl Columns {
    /// Writes columns in the way that takes the fewest bytes: what has few values shares its places with others, as
    /// long as one byte holds them.
    pub(super) fn write(&mut self, columns: &[(u16, Vec<u64>)]) {
        let mut few = Vec::new();
        for (id, values) in columns {
            let mut list = values.clone();
            list.sort_unstable();
            list.dedup();
            let column = Values { id: *id, values, list };
            if *id != SECOND && (2..=BYTE).contains(&column.list.len()) {
                few.push(column);
            } else {
                self.alone(&column);
            }
        }
        // The days go together, so that one place says when a row is in force.
        few.sort_by_key(|column| (![FROM, UNTIL].contains(&column.id), column.list.len(), column.id));
        let mut groups: Vec<Group<'_>> = Vec::new();
        for column in few {
            let joined = groups.iter_mut().find_map(|group| Some((group.with(&column)?, group)));
            match joined {
                Some(((places, rows), group)) => {
                    group.places = places;
                    group.rows = rows;
                    group.columns.push(column);
                }
                None => groups.push(Group::of(column)),
            }
        }
        for group in groups {
            self.group(group);
        }
    }

    /// Writes the first codes of a relation.
    pub(super) fn runs(&mut self, firsts: &[u64]) {
        let mut codes = Vec::new();
        let mut starts = Vec::new();
        for (row, first) in firsts.iter().enumerate() {
            if codes.last() != Some(first) {
                codes.push(*first);
                starts.push(row as u64);
            }
        }
        let (code, start) = (width_of(&codes), width_of(&starts));
        self.entry(0, RUNS, start, code, codes.len());
        words::write(&codes, code, &mut self.data);
        words::write(&starts, start, &mut self.data);
    }

    fn alone(&mut self, Values { id, values, list }: &Values<'_>) {
        let (plain, places) = (width_of(list), words::width(list.len().saturating_sub(1) as u64));
        let size = |width: u8, count: usize| usize::from(width) * count;
        let with_list = list.len() <= usize::from(u16::MAX)
            && size(places, values.len()) + size(plain, list.len()) < size(plain, values.len());
        if with_list {
            self.entry(*id, LIST, places, plain, list.len());
            words::write(list, plain, &mut self.data);
            let place = |value: &u64| list.binary_search(value).map_or(0, |place| place as u64);
            words::write(&values.iter().map(place).collect::<Vec<_>>(), places, &mut self.data);
        } else {
            self.entry(*id, VALUES, plain, 0, 0);
            words::write(values, plain, &mut self.data);
        }
    }

    fn group(&mut self, group: Group<'_>) {
        let Group { mut columns, places, rows } = group;
        columns.sort_by_key(|column| column.id);
        let lists: usize = columns.iter().map(|column| rows.len() * usize::from(width_of(&column.list))).sum();
        // A small table may be smaller without.
        if columns.len() < 2 || lists + places.len() >= columns.len() * places.len() {
            columns.iter().for_each(|column| self.alone(column));
            return;
        }
        for (at, column) in columns.iter().enumerate() {
            let width = width_of(&column.list);
            let list: Vec<u64> = rows.iter().filter_map(|row| column.values.get(*row).copied()).collect();
            if at == 0 {
                self.entry(column.id, LIST, 1, width, list.len());
                words::write(&list, width, &mut self.data);
                words::write(&places, 1, &mut self.data);
            } else {
                self.entry(column.id, SHARED, 0, width, list.len());
                words::write(&list, width, &mut self.data);
            }
        }
    }

    fn entry(&mut self, id: u16, kind: u8, width: u8, list_width: u8, listed: usize) {
        self.head.extend(id.to_le_bytes());
        self.head.push(kind << 4 | width);
        self.head.push(list_width);
        self.head.extend(u32::try_from(listed).unwrap_or(u32::MAX).to_le_bytes());
        self.head.extend(((self.start + self.data.len()) as u64).to_le_bytes());
    }
}

impl<'v> Group<'v> {
    fn of(column: Values<'v>) -> Self {
        let mut group = Self { columns: Vec::new(), places: vec![0; column.values.len()], rows: vec![0] };
        if let Some((places, rows)) = group.with(&column) {
            (group.places, group.rows) = (places, rows);
        }
        group.columns.push(column);
        group
    }

    /// The places and a row for each of them, with one column more; none when a byte does not hold them any longer.
    fn with(&self, column: &Values<'_>) -> Option<(Vec<u64>, Vec<usize>)> {
        // The old place and the place of the new value, and the first row that has both.
        let mut first: Vec<Option<usize>> = vec![None; self.rows.len() * column.list.len()];
        let mut at = Vec::with_capacity(self.places.len());
        let mut count = 0;
        for (row, (place, value)) in self.places.iter().zip(column.values).enumerate() {
            let own = column.list.binary_search(value).ok()?;
            let both = usize::try_from(*place).ok()? * column.list.len() + own;
            at.push(both);
            let slot = first.get_mut(both)?;
            if slot.is_none() {
                *slot = Some(row);
                count += 1;
                if count > BYTE {
                    return None;
                }
            }
        }
        let mut new = vec![0u64; first.len()];
        let mut rows = Vec::with_capacity(count);
        for (slot, new) in first.iter().zip(&mut new) {
            if let Some(row) = slot {
                *new = rows.len() as u64;
                rows.push(*row);
            }
        }
        Some((at.into_iter().filter_map(|both| new.get(both).copied()).collect(), rows))
    }
}

fn width_of(values: &[u64]) -> u8 {
    words::width(values.iter().copied().max().unwrap_or(0))
}
