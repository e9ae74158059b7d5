//! One list of columns becomes a table of the schema and a typed view of its rows.

/// The standard rows of a table: a file below `masters/`, or none.
macro_rules! file_of {
    (none) => {
        None
    };
    ($file:literal) => {
        Some($file)
    };
}

/// Whether one code may have several rows on one day.
macro_rules! many {
    (one) => {
        false
    };
    (many) => {
        true
    };
}

/// What the rows are found by: a code, a text, or two codes with their names.
macro_rules! key_kind {
    ([text]) => {
        KeyKind::Text
    };
    ([code $code:ident]) => {
        KeyKind::Code($code::SYSTEM)
    };
    ([$first:ident $a:ident, $second:ident $b:ident]) => {
        KeyKind::Pair([(stringify!($first), $a::SYSTEM), (stringify!($second), $b::SYSTEM)])
    };
}

macro_rules! key_type {
    ([text]) => {
        str
    };
    ([code $code:ident]) => {
        $code
    };
    ([$first:ident $a:ident, $second:ident $b:ident]) => {
        Pair
    };
}

macro_rules! key_methods {
    ($row:ident [text]) => {
        impl<'m> $row<'m> {
            /// The code.
            #[must_use]
            pub fn code(self) -> &'m str {
                self.table.text(CODE, self.row)
            }
        }
    };
    ($row:ident [code $code:ident]) => {
        impl<'m> $row<'m> {
            /// The code.
            #[must_use]
            pub fn code(self) -> $code {
                // INVARIANT: the readers store nothing but codes of this system, and packs are checksummed.
                let number = u32::try_from(self.table.number(CODE, self.row)).ok();
                number.and_then($code::from_number).unwrap_or($code::LOWEST)
            }
        }
    };
    ($row:ident [$first:ident $a:ident, $second:ident $b:ident]) => {
        impl<'m> $row<'m> {
            #[doc = concat!("The first code: ", stringify!($first), ".")]
            #[must_use]
            pub fn $first(self) -> $a {
                $a::from_number(self.key().first).unwrap_or($a::LOWEST)
            }

            #[doc = concat!("The second code: ", stringify!($second), ".")]
            #[must_use]
            pub fn $second(self) -> $b {
                $b::from_number(self.table.second(self.row)).unwrap_or($b::LOWEST)
            }

            /// Both codes.
            #[must_use]
            pub fn key(self) -> Pair {
                Pair::at(self.table, self.row)
            }
        }
    };
}

macro_rules! value_type {
    (Number) => { u32 };
    (Hundredths) => { Decimal };
    (Text) => { &'m str };
    (Date) => { Option<ServiceDate> };
    (Age) => { Option<AgeLimit> };
    (Mark) => { Option<char> };
}

macro_rules! value_of {
    (Number, $row:expr, $id:expr) => {
        u32::try_from($row.table.number($id, $row.row)).unwrap_or(u32::MAX)
    };
    (Hundredths, $row:expr, $id:expr) => {
        amount_of($row.table, $id, $row.row)
    };
    (Text, $row:expr, $id:expr) => {
        $row.table.text($id, $row.row)
    };
    (Date, $row:expr, $id:expr) => {
        date_of($row.table.number($id, $row.row))
    };
    (Age, $row:expr, $id:expr) => {
        AgeLimit::from_stored($row.table.number($id, $row.row))
    };
    (Mark, $row:expr, $id:expr) => {
        mark_of($row.table.number($id, $row.row))
    };
}

macro_rules! tables {
    ($($(#[$doc:meta])* $row:ident, $tag:literal, $name:literal, $title:literal, $file:tt, $many:ident $key:tt {
        $($id:literal $column:ident $value:ident $text:literal;)*
    })*) => {
        /// The tables of this file, in the order of a pack.
        pub(super) const TABLES: &[TableSchema] = &[$(TableSchema {
            kind: MasterKind::$row,
            tag: Tag(*$tag),
            name: $name,
            title: $title,
            file: file_of!($file),
            key: key_kind!($key),
            many: many!($many),
            columns: &[$(Column { id: $id, name: stringify!($column), kind: ColumnKind::$value },)*],
        },)*];

        $(
            $(#[$doc])*
            #[derive(Clone, Copy)]
            pub struct $row<'m> {
                pub(crate) table: Table<'m>,
                pub(crate) row: usize,
            }

            impl<'m> $row<'m> {
                /// The days on which the row is in force.
                #[must_use]
                pub fn period(self) -> Period {
                    period_of(self.table, self.row)
                }

                /// How sure the row is.
                #[must_use]
                pub fn certainty(self) -> Certainty {
                    Certainty::from_stored(self.table.number(CERTAINTY, self.row))
                }

                /// Where the row comes from: keys of `masters/sources.csv`, or an official file's name.
                #[must_use]
                pub fn source(self) -> &'m str {
                    self.table.text(SOURCE, self.row)
                }

                $(
                    #[doc = $text]
                    #[must_use]
                    pub fn $column(self) -> value_type!($value) {
                        value_of!($value, self, $id)
                    }
                )*
            }

            key_methods!($row $key);

            impl<'m> crate::master::Row<'m> for $row<'m> {
                const KIND: MasterKind = MasterKind::$row;
                type Code = key_type!($key);

                fn at(table: Table<'m>, row: usize) -> Self {
                    Self { table, row }
                }

                fn period(self) -> Period {
                    self.period()
                }
            }

            impl core::fmt::Debug for $row<'_> {
                fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                    write!(f, "{} {} {}", $name, key_kind!($key).text_at(self.table, self.row), self.period())
                }
            }
        )*
    };
}
