//! One column of an official layout: its title, what it may hold, and the column of our schema that it fills.

use crate::{
    master::{FaultKind, cell, schema::ColumnKind},
    pack::Cell,
};

use super::text::Encoding;

/// What a column may hold, as the official layout says it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// 固定: exactly so many digits.
    Digits(usize),
    /// 可変: one digit up to so many.
    UpTo(usize),
    /// Digits with at most two decimals, altogether so many characters.
    Amount(usize),
    /// So many digits at most, the last two of them decimals.
    Cents(usize),
    /// A day as `YYYYMMDD`; `0`, `00000000`, `99999999` and `99991231` are none.
    Day,
    /// 英数: so many printable ASCII characters at most.
    Letters(usize),
    /// 漢字, カナ: so many characters at most.
    Text(usize),
    /// The same, in which line breaks are.
    Prose(usize),
    /// The same value in every row.
    Is(&'static str),
    /// One of these characters.
    OneOf(&'static str),
    /// 予備: anything, since a later edition may give the column a meaning without moving the others.
    Spare,
}

/// One column of an official layout.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// 項目名.
    pub(super) title: &'static str,
    /// What it may hold.
    pub(super) check: Check,
    /// Whether it may be empty.
    pub(super) blank: bool,
    /// The column of our schema that it fills.
    pub(super) to: Option<&'static str>,
}

/// A column that is checked and not kept.
pub(super) const fn field(title: &'static str, check: Check) -> Field {
    Field { title, check, blank: matches!(check, Check::Spare), to: None }
}

impl Field {
    /// The column fills this column of the schema.
    pub(super) const fn to(self, column: &'static str) -> Self {
        Self { to: Some(column), ..self }
    }

    /// The column may be empty.
    pub(super) const fn or_blank(self) -> Self {
        Self { blank: true, ..self }
    }
}

/// Why a value is not one of its column.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) kind: FaultKind,
    pub(super) expected: String,
}

impl Problem {
    pub(super) fn new(kind: FaultKind, expected: impl Into<String>) -> Self {
        Self { kind, expected: expected.into() }
    }
}

impl Check {
    /// Checks one value, and reads it when a column of the schema wants it.
    pub(super) fn read(
        self,
        bytes: &[u8],
        blank: bool,
        encoding: Encoding,
        wanted: Option<ColumnKind>,
    ) -> Result<Option<Cell>, Problem> {
        if bytes.is_empty() && !blank {
            return Err(Problem::new(self.kind(), self.form()));
        }
        if let Self::Text(limit) | Self::Prose(limit) = self {
            let breaks = matches!(self, Self::Prose(_));
            return text(bytes, limit, breaks, encoding, wanted.is_some());
        }
        if !bytes.is_empty() && !self.admits(bytes) {
            return Err(Problem::new(self.kind(), self.form()));
        }
        // What is not kept is still read where its shape says too little: a day must be one of the calendar.
        let read = wanted.or(match self {
            Self::Day => Some(ColumnKind::Date),
            Self::Amount(_) => Some(ColumnKind::Hundredths),
            _ => None,
        });
        let cell = read.map(|kind| self.cell(kind, bytes)).transpose()?;
        Ok(cell.filter(|_| wanted.is_some()))
    }

    fn cell(self, kind: ColumnKind, bytes: &[u8]) -> Result<Cell, Problem> {
        let text = core::str::from_utf8(bytes).map_err(|_| Problem::new(self.kind(), self.form()))?;
        let kind = if matches!(self, Self::Cents(_)) { ColumnKind::Number } else { kind };
        cell::parse(kind, text).map_err(|fault| Problem::new(fault.kind, fault.expected))
    }

    fn admits(self, bytes: &[u8]) -> bool {
        let digits = || bytes.iter().all(u8::is_ascii_digit);
        match self {
            Self::Digits(count) => bytes.len() == count && digits(),
            Self::UpTo(count) | Self::Cents(count) => bytes.len() <= count && digits(),
            Self::Day => (bytes.len() == 8 || bytes == b"0") && digits(),
            // How many decimals there may be is the cell's matter.
            Self::Amount(count) => bytes.len() <= count && bytes.iter().all(|b| b.is_ascii_digit() || *b == b'.'),
            Self::Letters(count) => bytes.len() <= count && bytes.iter().all(|b| matches!(b, b' '..=b'~')),
            Self::Is(value) => bytes == value.as_bytes(),
            Self::OneOf(values) => bytes.len() == 1 && bytes.iter().all(|b| values.as_bytes().contains(b)),
            Self::Text(_) | Self::Prose(_) | Self::Spare => true,
        }
    }

    fn kind(self) -> FaultKind {
        match self {
            Self::Digits(_) | Self::UpTo(_) | Self::Amount(_) | Self::Cents(_) => FaultKind::Number,
            Self::Day => FaultKind::Date,
            Self::Letters(_) | Self::Is(_) | Self::OneOf(_) | Self::Spare => FaultKind::Value,
            Self::Text(_) | Self::Prose(_) => FaultKind::Length,
        }
    }

    fn form(self) -> String {
        match self {
            Self::Digits(1) | Self::UpTo(1) => "one digit".to_owned(),
            Self::Digits(count) => format!("exactly {count} digits"),
            Self::UpTo(count) | Self::Cents(count) => format!("1 to {count} digits"),
            Self::Amount(count) => format!("a number with at most two decimals, at most {count} characters"),
            Self::Day => "a day as YYYYMMDD".to_owned(),
            Self::Letters(count) => format!("at most {count} ASCII characters"),
            Self::Text(count) | Self::Prose(count) => format!("at most {count} characters"),
            Self::Is(value) => format!("`{value}`"),
            Self::OneOf(values) => format!("one of `{values}`"),
            Self::Spare => "anything".to_owned(),
        }
    }
}

fn text(bytes: &[u8], limit: usize, breaks: bool, encoding: Encoding, wanted: bool) -> Result<Option<Cell>, Problem> {
    let text = encoding
        .decode(bytes)
        .ok_or_else(|| Problem::new(FaultKind::Encoding, format!("text in {}", encoding.name())))?;
    if text.chars().nth(limit).is_some() {
        return Err(Problem::new(FaultKind::Length, format!("at most {limit} characters")));
    }
    if text.chars().any(|c| c.is_control() && !(breaks && c == '\n')) {
        return Err(Problem::new(FaultKind::Value, "text without control characters"));
    }
    Ok(wanted.then(|| Cell::Text(text.into_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(check: Check, value: &str) -> bool {
        check.read(value.as_bytes(), false, Encoding::Utf8, None).is_ok()
    }

    #[test]
    fn each_check_at_its_borders() {
        for (check, good, bad) in [
            (Check::Digits(2), &["00", "12"][..], &["1", "123", "1a", "", "１２"][..]),
            (Check::UpTo(2), &["0", "12"], &["123", "-1", "", " 1"]),
            (Check::Amount(10), &["0.00", "1234567.89", "291"], &["1.234", "12345678.90", "1..2", ""]),
            (Check::Day, &["20240601", "99999999", "0", "00000000"], &["20240631", "2024-6-1", "2024060", ""]),
            (Check::Letters(5), &["E143"], &["E14300", "Ｅ１", ""]),
            (Check::Text(3), &["初診料", "-"], &["初診料等", "a\u{1}", ""]),
            (Check::Is("S"), &["S"], &["Y", "s", ""]),
            (Check::OneOf("01359"), &["0", "9"], &["2", "00", ""]),
            (Check::Spare, &["", "anything"], &[]),
        ] {
            for value in good {
                assert!(
                    check.read(value.as_bytes(), matches!(check, Check::Spare), Encoding::Utf8, None).is_ok(),
                    "{check:?} {value}"
                );
            }
            for value in bad {
                assert!(!ok(check, value), "{check:?} {value}");
            }
        }
    }

    #[test]
    fn broken_text_is_an_encoding_fault() {
        let problem = Check::Text(3).read(&[0x8f], false, Encoding::Cp932, None).unwrap_err();
        assert_eq!(problem.kind, FaultKind::Encoding);
    }
}
