//! The codes of each system with their rows and periods, as all loaded packs together have them.

use std::sync::OnceLock;

use crate::{
    date::{Period, ServiceDate},
    master::{
        Certainty, MasterKind, Masters,
        schema::{self, CERTAINTY, Column, ColumnKind, KeyKind, TableSchema},
    },
    pack::Table,
};

use super::{
    super::rows::rows_of,
    system::{Part, Source, System, carrier, links},
};

/// 収載方式等識別 of a product that is listed by itself.
const LISTED_ALONE: u64 = 0;
/// The tenth and eleventh characters of every price list code that stands for a group.
const GROUP: &str = "01";

/// A code, one row that has it, and the days on which that row counts.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) code: Box<str>,
    pub(crate) period: Period,
    pub(crate) kind: MasterKind,
    layer: usize,
    pub(crate) row: usize,
    /// The place of its table among the sources of the system.
    source: usize,
    /// The column with the name.
    name: &'static str,
}

/// Every code of one system, in order of code and first day.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) entries: Vec<Entry>,
    /// Whether a loaded pack has a table of the system.
    pub(crate) loaded: bool,
}

/// The codes of every system; each list is made when it is first needed, and kept.
#[derive(Debug)]
pub(crate) struct Directory {
    masters: Masters,
    lists: Vec<OnceLock<List>>,
}

impl Directory {
    pub(crate) fn new(masters: &Masters) -> Self {
        Self { masters: masters.clone(), lists: System::ALL.iter().map(|_| OnceLock::new()).collect() }
    }

    pub(crate) fn masters(&self) -> &Masters {
        &self.masters
    }

    /// The codes of a system.
    pub(crate) fn list(&self, system: System) -> &List {
        static NONE: List = List { entries: Vec::new(), loaded: false };
        let place = System::ALL.iter().position(|known| *known == system);
        place
            .and_then(|place| self.lists.get(place))
            .map_or(&NONE, |slot| slot.get_or_init(|| build(&self.masters, system)))
    }

    /// The rows that say what a code is on a day; without a day, those of its newest edition. The
    /// system's own table comes first.
    pub(crate) fn at(&self, system: System, code: &str, on: Option<ServiceDate>) -> Vec<&Entry> {
        let mut entries = newest(self.list(system).of(code), on);
        crate::order::by_key(&mut entries, |entry| entry.source);
        entries
    }

    /// The table and row of an entry.
    pub(crate) fn table(&self, entry: &Entry) -> Option<Table<'_>> {
        self.masters.packs().get(entry.layer)?.table(schema::schema(entry.kind).tag)
    }

    /// The name of what a code stands for; empty when its row has none.
    pub(crate) fn name(&self, entry: &Entry) -> String {
        self.text(entry, entry.name)
    }

    /// The text of a column of an entry's row; a number of nothing is empty.
    pub(crate) fn text(&self, entry: &Entry, column: &str) -> String {
        let (Some(table), Some(column)) = (self.table(entry), schema::schema(entry.kind).column(column)) else {
            return String::new();
        };
        cell(table, *column, entry.row, 0)
    }

    /// Whether an entry's table is about the codes, and does not only mention them.
    pub(crate) fn is_named(entry: &Entry) -> bool {
        !entry.name.is_empty()
    }

    pub(crate) fn certainty(&self, entry: &Entry) -> Certainty {
        self.table(entry)
            .map_or(Certainty::Unverified, |table| Certainty::from_stored(table.number(CERTAINTY, entry.row)))
    }

    /// The best name of a code: that of the first row that has one. A package is called as its drug is.
    pub(crate) fn name_of(&self, system: System, code: &str, on: Option<ServiceDate>) -> Option<String> {
        let own = self.best_name(&self.at(system, code, on));
        match (own, system) {
            (None, System::Hot11 | System::Hot13) => {
                let hot9 = code.get(..9)?;
                self.best_name(&self.at(System::Hot9, hot9, on))
            }
            (own, _) => own,
        }
    }

    pub(crate) fn best_name(&self, entries: &[&Entry]) -> Option<String> {
        // A name of an exchange code is that of its preferred term: 採択区分 1 before 2 before 3.
        let adoption = |entry: &&&Entry| match entry.kind {
            MasterKind::Disease => self.text(entry, "adoption").parse::<u8>().unwrap_or(u8::MAX),
            _ => 0,
        };
        let mut named: Vec<&&Entry> = entries.iter().filter(|entry| !entry.name.is_empty()).collect();
        crate::order::by_key(&mut named, adoption);
        named.into_iter().map(|entry| self.name(entry)).find(|name| !name.is_empty())
    }

    /// The codes of a system that the row of an entry has.
    pub(crate) fn codes(&self, entry: &Entry, system: System) -> Vec<String> {
        let Some(table) = self.table(entry) else { return Vec::new() };
        let own = |source: &&Source| source.kind == entry.kind;
        let codes = system.sources().iter().chain(links(system)).filter(own);
        codes.filter_map(|source| Reader::of(source)?.code(table, entry.row)).collect()
    }

    /// The rows of other tables that lead to a code of this system, on a day.
    pub(crate) fn leading(&self, system: System, code: &str, on: Option<ServiceDate>) -> Vec<&Entry> {
        let Ok(number) = code.parse::<u64>() else { return Vec::new() };
        let mut found = Vec::new();
        for link in links(system) {
            let (Some(carrier), Part::Column(name, _)) = (carrier(link.kind), link.part) else { continue };
            let Some(column) = schema::schema(link.kind).column(name) else { continue };
            let counts = |entry: &&Entry| {
                entry.kind == link.kind
                    && on.map_or(entry.period.until.is_none(), |day| entry.period.contains(day))
                    && self.table(entry).is_some_and(|table| table.number(column.id, entry.row) == number)
            };
            found.extend(self.list(carrier).entries.iter().filter(counts));
        }
        found
    }
}

impl List {
    /// The rows of a code.
    pub(crate) fn of(&self, code: &str) -> &[Entry] {
        let start = self.entries.partition_point(|entry| &*entry.code < code);
        let end = self.entries.partition_point(|entry| &*entry.code <= code);
        self.entries.get(start..end).unwrap_or_default()
    }

    /// The rows of each code, one code after another.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &[Entry]> {
        self.entries.chunk_by(|one, other| one.code == other.code)
    }
}

/// The rows of one code that count on a day; without a day, those of its newest period.
pub(crate) fn newest(entries: &[Entry], on: Option<ServiceDate>) -> Vec<&Entry> {
    match on {
        Some(day) => entries.iter().filter(|entry| entry.period.contains(day)).collect(),
        None => {
            // What has no end is newer than what has one.
            let end = |entry: &Entry| (entry.period.until.is_none(), entry.period.until);
            let last = entries.iter().map(end).max();
            entries.iter().filter(|entry| Some(end(entry)) == last).collect()
        }
    }
}

fn build(masters: &Masters, system: System) -> List {
    let mut list = List { entries: Vec::new(), loaded: false };
    for (place, source) in system.sources().iter().enumerate() {
        let schema = schema::schema(source.kind);
        let Some(reader) = Reader::of(source) else { continue };
        for (layer, pack) in masters.packs().iter().enumerate() {
            let Some(table) = pack.table(schema.tag) else { continue };
            // A table that only mentions codes does not show that others are none.
            list.loaded |= source.whole && table.rows() > 0;
            let above: Vec<Table<'_>> =
                masters.packs().iter().take(layer).filter_map(|pack| pack.table(schema.tag)).collect();
            for row in 0..table.rows() {
                let Some(code) = reader.code(table, row).filter(|code| system.is_well_formed(code)) else { continue };
                let code: Box<str> = code.into();
                for period in counting(schema, table, row, &above) {
                    let code = code.clone();
                    list.entries.push(Entry {
                        code,
                        period,
                        kind: source.kind,
                        layer,
                        row,
                        source: place,
                        name: source.name,
                    });
                }
            }
        }
    }
    // Stable: of one code and day, what stands first among the sources stays first.
    crate::order::by(&mut list.entries, |a, b| a.code.cmp(&b.code).then(a.period.from.cmp(&b.period.from)));
    list
}

/// The days of a row that no pack above it speaks for.
fn counting(schema: &TableSchema, table: Table<'_>, row: usize, above: &[Table<'_>]) -> Vec<Period> {
    let mut left = vec![schema::period_of(table, row)];
    if above.is_empty() {
        return left;
    }
    let key = schema.key.value_at(table, row);
    for upper in above {
        // A relation is replaced as a whole from the first day of the pack above on.
        if matches!(schema.key, KeyKind::Pair(_)) {
            let days = (0..upper.rows()).map(|row| schema::period_of(*upper, row).from).min();
            let hidden = days.map(|from| Period { from, until: None });
            left = hidden.iter().fold(left, |left, hidden| without(&left, *hidden));
        } else {
            left = rows_of(*upper, &key).fold(left, |left, row| without(&left, schema::period_of(*upper, row)));
        }
    }
    left
}

/// Periods without the days of another.
fn without(periods: &[Period], hidden: Period) -> Vec<Period> {
    let mut left = Vec::with_capacity(periods.len());
    for period in periods {
        if !period.overlaps(hidden) {
            left.push(*period);
            continue;
        }
        if period.from < hidden.from {
            left.push(Period { from: period.from, until: Some(hidden.from) });
        }
        if let Some(until) = hidden.until.filter(|until| period.until.is_none_or(|end| *until < end)) {
            left.push(Period { from: until, until: period.until });
        }
    }
    left
}

/// Reads the code of one source out of its rows.
struct Reader {
    key: KeyKind,
    part: Part,
    column: Option<Column>,
    listing: Option<Column>,
}

impl Reader {
    /// None when the table has no such column.
    fn of(source: &Source) -> Option<Self> {
        let schema = schema::schema(source.kind);
        let column = match source.part {
            Part::Key | Part::Hot(_) => None,
            Part::Column(name, _) => Some(*schema.column(name)?),
            Part::DrugHot(_) => Some(*schema.column("hot9")?),
            Part::OwnPriceCode => Some(*schema.column("price_code")?),
        };
        let listing = schema.column("listing_kind").copied();
        Some(Self { key: schema.key, part: source.part, column, listing })
    }

    fn code(&self, table: Table<'_>, row: usize) -> Option<String> {
        let text = |width| self.column.map(|column| cell(table, column, row, width));
        let code = match self.part {
            Part::Key => self.key.text_at(table, row),
            Part::Hot(length) => {
                let hot13: String = self.key.text_at(table, row).chars().filter(|letter| *letter != '/').collect();
                hot13.get(..length)?.to_owned()
            }
            Part::Column(_, width) => text(width)?,
            Part::DrugHot(length) => text(9)?.get(..length)?.to_owned(),
            // Brand names of a group have the group's price list code, and those codes all have one mark.
            Part::OwnPriceCode => {
                let alone = self.listing.is_some_and(|column| table.number(column.id, row) == LISTED_ALONE);
                text(12).filter(|code| alone || code.get(9..11) != Some(GROUP))?
            }
        };
        (!code.is_empty()).then_some(code)
    }
}

/// A cell as a text; a number with so many digits, and 0 is nothing.
fn cell(table: Table<'_>, column: Column, row: usize, width: usize) -> String {
    match column.kind {
        ColumnKind::Text => {
            let mut text = String::new();
            table.text_into(column.id, row, &mut text);
            text
        }
        ColumnKind::Hundredths => schema::amount_of(table, column.id, row).to_string(),
        _ => match table.number(column.id, row) {
            0 => String::new(),
            number => format!("{number:0width$}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, until: &str) -> Period {
        Period { from: from.parse().unwrap(), until: until.parse().ok() }
    }

    #[test]
    fn days_that_another_pack_speaks_for() {
        let whole = [period("2024-06-01", "")];
        let hidden = period("2025-04-01", "2026-04-01");
        assert_eq!(without(&whole, hidden), [period("2024-06-01", "2025-04-01"), period("2026-04-01", "")]);
        assert_eq!(without(&whole, period("2020-04-01", "")), []);
        assert_eq!(without(&whole, period("2020-04-01", "2024-06-01")), whole);
        let short = [period("2024-06-01", "2026-06-01")];
        assert_eq!(without(&short, period("2026-06-01", "")), short);
        assert_eq!(without(&short, period("2025-06-01", "")), [period("2024-06-01", "2025-06-01")]);
    }
}
