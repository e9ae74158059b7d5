//! From text to a cell: what each kind of column accepts, for our own tables and for the official ones alike.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{date::ServiceDate, pack::Cell};

use super::{AgeLimit, FaultKind, schema::ColumnKind};

/// Why a text is no value of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellFault {
    /// The kind of fault.
    pub kind: FaultKind,
    /// What was expected.
    pub expected: &'static str,
}

/// Reads one value of a column.
///
/// # Errors
/// [`CellFault`] when the text is not of the column's kind.
pub fn parse(kind: ColumnKind, text: &str) -> Result<Cell, CellFault> {
    Ok(match kind {
        ColumnKind::Text => Cell::Text(text.to_owned()),
        ColumnKind::Number => Cell::Number(whole(text)?),
        ColumnKind::Hundredths => Cell::Number(hundredths(text)?),
        ColumnKind::Date => Cell::Number(date(text)?.map_or(0, |day| u64::from(day.packed()))),
        ColumnKind::Age => {
            let expected = "two digits, AA, AE, B3, B6, BF, BK or MG";
            let limit = AgeLimit::parse(text).map_err(|_| CellFault { kind: FaultKind::Value, expected })?;
            Cell::Number(limit.map_or(0, AgeLimit::stored))
        }
        ColumnKind::Mark => match text.as_bytes() {
            [] | [b'0'] => Cell::Number(0),
            [mark] if mark.is_ascii_digit() || mark.is_ascii_uppercase() => Cell::Number(u64::from(*mark)),
            _ => return Err(CellFault { kind: FaultKind::Value, expected: "one digit or capital letter" }),
        },
    })
}

/// A whole number without a sign; blank is zero.
///
/// # Errors
/// [`CellFault`] for anything but digits.
pub fn whole(text: &str) -> Result<u64, CellFault> {
    let fault = CellFault { kind: FaultKind::Number, expected: "a whole number" };
    if text.is_empty() {
        return Ok(0);
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(fault);
    }
    // Columns are read as u32: what does not fit there is not a value of any layout.
    text.parse::<u32>().map(u64::from).map_err(|_| fault)
}

/// A number with at most two decimals, in hundredths; blank is zero.
///
/// # Errors
/// [`CellFault`] for anything else.
pub fn hundredths(text: &str) -> Result<u64, CellFault> {
    let fault = CellFault { kind: FaultKind::Number, expected: "a number with at most two decimals" };
    if text.is_empty() {
        return Ok(0);
    }
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(fault);
    }
    let value: Decimal = text.parse().map_err(|_| fault)?;
    let value = value.checked_mul(Decimal::ONE_HUNDRED).ok_or(fault)?;
    if value.is_integer() { value.to_u64().filter(|v| *v < 1 << 53).ok_or(fault) } else { Err(fault) }
}

/// A day, `YYYY-MM-DD` or `YYYYMMDD`; blank, `0`, `00000000`, `99999999` and `99991231` are none.
///
/// # Errors
/// [`CellFault`] when it is not a day of the calendar.
pub fn date(text: &str) -> Result<Option<ServiceDate>, CellFault> {
    let fault = CellFault { kind: FaultKind::Date, expected: "a day of the calendar" };
    match text {
        "" | "0" | "00000000" | "99999999" | "99991231" => Ok(None),
        _ if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse().ok().and_then(|packed| ServiceDate::from_packed(packed).ok()).map(Some).ok_or(fault)
        }
        _ => text.parse().map(Some).map_err(|_| fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(hundredths("288.00").map_err(|f| f.expected), Ok(28_800));
        assert_eq!(hundredths("10.4").map_err(|f| f.expected), Ok(1_040));
        for bad in ["1.234", "-1", "1e5", ".5", "１", "1,000", " 1", "99999999999999999999"] {
            assert!(hundredths(bad).is_err(), "{bad}");
        }
        assert!(whole("4294967296").is_err());
    }

    #[test]
    fn dates() {
        assert_eq!(date("99999999").unwrap(), None);
        assert_eq!(date("99991231").unwrap(), None);
        assert_eq!(date("20240601").unwrap(), Some("2024-06-01".parse().unwrap()));
        assert!(date("20240631").is_err());
    }
}
