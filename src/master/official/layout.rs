//! What a published file is: told from its name and, independently, from its contents.

use crate::{
    master::{Certainty, CodeValue, MasterKind, schema, schema::TableSchema},
    pack::Cell,
};

use super::{
    field::Field,
    text::{Encoding, Line, Splitter, lines},
};

/// One kind of published file.
pub(super) struct Layout {
    /// The file name up to its first `_`, blank or date, in small letters; see [`named`](super::name::named).
    pub(super) prefix: &'static str,
    /// What the publisher calls it.
    pub(super) title: &'static str,
    /// Whether it is read.
    pub(super) reads: Reads,
}

/// Whether a kind of file is read.
#[derive(Clone, Copy)]
pub(super) enum Reads {
    /// By this table.
    Table(&'static Table),
    /// Not, for this reason.
    Not(&'static str),
}

/// The columns of a master file. Columns are counted from 1, as the publisher does (項番).
pub(super) struct Table {
    pub(super) kind: MasterKind,
    /// マスター種別, in column 2, of the masters that have one.
    pub(super) letter: Option<&'static str>,
    /// How many columns an edition may have: the first so many of `fields`.
    pub(super) counts: &'static [usize],
    pub(super) fields: &'static [Field],
    /// Whether any column but the code may be empty.
    pub(super) sparse: bool,
    /// 変更区分.
    pub(super) change: Option<usize>,
    /// Whether files of changes alone (差分) are published, in which a blank means "as before".
    pub(super) changes: bool,
    /// Where the code stands.
    pub(super) code: Code,
    /// The columns that tell the rows of one code and day apart, for tables in which a code may have several.
    pub(super) mark: &'static [usize],
    /// The first day of the row's state: the first of these columns that has one.
    pub(super) from: &'static [usize],
    /// 収載年月日, where a name may have been there before its last change: the days before that are given too, as not
    /// verified, since its marks may have been others.
    pub(super) listed: Option<usize>,
    /// The last day, inclusive: the earliest of these columns.
    pub(super) last: &'static [usize],
    pub(super) dating: Dating,
    /// The money of a row.
    pub(super) figure: Option<Figure>,
    /// Between the columns of a line.
    pub(super) delimiter: u8,
    /// The beginning of the first line, where that one holds the titles.
    pub(super) header: Option<&'static str>,
    /// What no line of another table has, beyond its columns.
    pub(super) shape: fn(&Splitter) -> bool,
    /// What most lines have: tells a file that was renamed.
    pub(super) typical: fn(&Splitter) -> bool,
    /// How sure its rows are.
    pub(super) certainty: Certainty,
    /// Fills the columns of the schema that are not one official column.
    pub(super) derive: fn(&Splitter, &mut Cells<'_>),
}

/// What most tables have in common.
pub(super) const PLAIN: Table = Table {
    kind: MasterKind::Procedure,
    letter: None,
    counts: &[],
    fields: &[],
    sparse: false,
    change: Some(1),
    changes: true,
    code: Code::Column(3),
    mark: &[],
    from: &[],
    listed: None,
    last: &[],
    dating: Dating::Changed { epoch: None },
    figure: None,
    delimiter: b',',
    header: None,
    shape: any,
    typical: any,
    certainty: Certainty::Official,
    derive: nothing,
};

fn any(_: &Splitter) -> bool {
    true
}

fn nothing(_: &Splitter, _: &mut Cells<'_>) {}

/// What the days of a row say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dating {
    /// 変更年月日: every change begins a row of its own. Rows without a day begin on the epoch, `YYYYMMDD`, if there is
    /// one.
    Changed { epoch: Option<u32> },
    /// 新設年月日: a row that is changed keeps it, so that an edition says nothing of the revisions before its own.
    Entered,
    /// A list as of a day: rows hold from the edition on. The day is that of the contents or of the file name, or this.
    Listed { edition: Option<u32> },
}

/// Where the code of a row stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Code {
    /// In one column.
    Column(usize),
    /// In two.
    Pair(usize, usize),
    /// 区分, パターン and 一連番号 of a comment, in three columns from this one.
    Comment(usize),
    /// A HOT of 13 or 9 digits.
    Hot(usize),
    /// A text put together from columns.
    Text { before: &'static str, columns: &'static [usize], between: &'static str },
}

impl Code {
    /// The columns that it stands in.
    pub(super) fn columns(self) -> Vec<usize> {
        match self {
            Self::Column(column) | Self::Hot(column) => vec![column],
            Self::Pair(first, second) => vec![first, second],
            Self::Comment(first) => vec![first, first + 1, first + 2],
            Self::Text { columns, .. } => columns.to_vec(),
        }
    }
}

/// The columns of the schema that hold a row's money and the money before its last change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub(super) now: &'static str,
    pub(super) before: &'static str,
}

/// The cells of a row that is being read, by the names of the schema.
pub(super) struct Cells<'a> {
    pub(super) schema: &'static TableSchema,
    pub(super) code: &'a CodeValue,
    pub(super) cells: &'a mut [Cell],
}

impl Cells<'_> {
    fn place(&self, column: &str) -> Option<usize> {
        self.schema.columns.iter().position(|known| known.name == column)
    }

    pub(super) fn get(&self, column: &str) -> Option<&Cell> {
        self.cells.get(self.place(column)?)
    }

    pub(super) fn set(&mut self, column: &str, cell: Cell) {
        if let Some(slot) = self.place(column).and_then(|place| self.cells.get_mut(place)) {
            *slot = cell;
        }
    }

    /// Leaves out a text that repeats another one.
    pub(super) fn blank_when_same(&mut self, column: &str, other: &str) {
        if self.get(column) == self.get(other) {
            self.set(column, Cell::Text(String::new()));
        }
    }

    /// Leaves out a code that repeats the row's own.
    pub(super) fn zero_when_code(&mut self, column: &str) {
        if let (Some(Cell::Number(number)), CodeValue::Number(code)) = (self.get(column), self.code)
            && *number == u64::from(*code)
        {
            self.set(column, Cell::Number(0));
        }
    }
}

impl Table {
    pub(super) fn schema(&self) -> &'static TableSchema {
        schema::schema(self.kind)
    }

    /// How many columns the file has, if some line among its first is of this table.
    pub(super) fn matches(&self, bytes: &[u8], encoding: Encoding) -> Option<usize> {
        let mut splitter = Splitter::new(self.delimiter);
        self.sample(bytes).find_map(|line| self.accepts(line, &mut splitter, encoding))
    }

    /// The same for a file whose name says nothing: nine of ten lines must be of this table and of no other.
    pub(super) fn is_unmistakable(&self, bytes: &[u8], encoding: Encoding) -> bool {
        let mut splitter = Splitter::new(self.delimiter);
        let (mut good, mut all) = (0usize, 0usize);
        for line in self.sample(bytes) {
            all += 1;
            let accepted = self.accepts(line, &mut splitter, encoding).is_some();
            good += usize::from(accepted && self.is_clean(&splitter, encoding) && (self.typical)(&splitter));
        }
        all > 0 && good * 10 >= all * 9
    }

    fn sample<'b>(&self, bytes: &'b [u8]) -> impl Iterator<Item = Line<'b>> {
        const SAMPLE: usize = 20;
        lines(bytes).skip(usize::from(self.has_header(bytes))).take(SAMPLE)
    }

    /// Whether the first line holds the titles.
    pub(super) fn has_header(&self, bytes: &[u8]) -> bool {
        let Some(title) = self.header else { return false };
        lines(bytes).next().is_some_and(|line| {
            Encoding::detect(line.bytes).0.shown(line.bytes).trim_start_matches(['"', '\u{feff}']).starts_with(title)
        })
    }

    fn accepts(&self, line: Line<'_>, splitter: &mut Splitter, encoding: Encoding) -> Option<usize> {
        let count = splitter.split(line.bytes)?;
        let known = self.counts.contains(&count) && (self.shape)(splitter);
        let own = match self.letter {
            Some(letter) => splitter.get(1) == Some(letter.as_bytes()),
            // Without a letter, the values themselves must be of the table.
            None => known && self.is_clean(splitter, encoding),
        };
        (known && own).then_some(count)
    }

    fn is_clean(&self, splitter: &Splitter, encoding: Encoding) -> bool {
        self.fields.iter().enumerate().all(|(index, field)| match splitter.get(index) {
            Some(value) => field.check.read(value, field.blank || self.sparse, encoding, None).is_ok(),
            None => true,
        })
    }

    /// What a file of the table looks like, in words.
    pub(super) fn form(&self) -> String {
        let counts: Vec<_> = self.counts.iter().map(usize::to_string).collect();
        match self.letter {
            Some(letter) => format!("{} columns, マスター種別 {letter}", counts.join(" or ")),
            None => format!("{} columns of its kind", counts.join(" or ")),
        }
    }
}

/// What the first line of a file looks like, for an error to say.
pub(super) fn seen(bytes: &[u8], encoding: Encoding) -> String {
    let Some(line) = lines(bytes).next() else { return "no line at all".to_owned() };
    let mut splitter = Splitter::new(b',');
    match splitter.split(line.bytes) {
        None => "more than 256 columns".to_owned(),
        Some(count) => {
            let letter: String = encoding.shown(splitter.get(1).unwrap_or_default()).chars().take(20).collect();
            format!("{count} columns, マスター種別 {letter}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::layouts::LAYOUTS;
    use super::*;

    #[test]
    fn every_column_goes_where_the_schema_has_one() {
        for layout in LAYOUTS {
            let Reads::Table(table) = layout.reads else { continue };
            assert_eq!(table.fields.len(), *table.counts.iter().max().unwrap(), "{}", layout.title);
            if table.kind == MasterKind::Ward {
                // Wards are in the columns of the procedures.
                continue;
            }
            let columns: Vec<_> = table.fields.iter().filter_map(|field| field.to).collect();
            for column in &columns {
                assert!(table.schema().column(column).is_some(), "{} {column}", layout.title);
                assert_eq!(columns.iter().filter(|other| *other == column).count(), 1, "{} {column}", layout.title);
            }
        }
    }

    #[test]
    fn every_column_of_the_schema_is_filled() {
        let tables = || {
            LAYOUTS.iter().filter_map(|layout| match layout.reads {
                Reads::Table(table) => Some(table),
                Reads::Not(_) => None,
            })
        };
        for table in tables() {
            for column in table.schema().columns {
                let fills = |other: &Table| {
                    other.kind == table.kind && other.fields.iter().any(|field| field.to == Some(column.name))
                };
                // Put together from several columns, or from the file's name; or not of the official file at all.
                let derived = ["fee_item", "time", "others", "hot9"].contains(&column.name);
                assert!(derived || tables().any(fills), "{} {}", table.schema().name, column.name);
            }
        }
    }
}
