//! What the rows of a table are found by, how it is written and read.

use crate::{
    code::CodeSystem,
    master::{CodeValue, Pair},
    pack::Table,
};

use super::{
    super::{cell::CellFault, report::FaultKind},
    CODE,
};

/// What the rows of a table are found by.
#[derive(Debug, Clone, Copy)]
pub enum KeyKind {
    /// A code of digits, stored as a number.
    Code(CodeSystem),
    /// A text.
    Text,
    /// Two codes, with the names of their columns in CSV; stored as [`Pair`].
    Pair([(&'static str, CodeSystem); 2]),
}

impl KeyKind {
    /// The columns of the key in CSV.
    #[must_use]
    pub fn columns(&self) -> Vec<&'static str> {
        match self {
            Self::Pair([(first, _), (second, _)]) => vec![first, second],
            Self::Code(_) | Self::Text => vec!["code"],
        }
    }

    /// Reads a key: a code, a text, or two codes with a `/` between them.
    ///
    /// # Errors
    /// [`CellFault`] when the text is no key of the table.
    pub fn parse(&self, text: &str) -> Result<CodeValue, CellFault> {
        let Self::Pair(_) = self else { return self.parse_part(0, text) };
        let fault = CellFault { kind: FaultKind::Code, expected: "two codes with a `/` between them" };
        let (first, second) = text.split_once('/').ok_or(fault)?;
        self.pair(&self.parse_part(0, first)?, &self.parse_part(1, second)?).ok_or(fault)
    }

    /// Reads one column of a key, from 0.
    ///
    /// # Errors
    /// [`CellFault`] when the text is no code of the column's system.
    pub fn parse_part(&self, part: usize, text: &str) -> Result<CodeValue, CellFault> {
        let fault = |expected| CellFault { kind: FaultKind::Code, expected };
        let system = match self {
            Self::Text if text.is_empty() => return Err(fault("a code")),
            Self::Text => return Ok(CodeValue::Text(text.to_owned())),
            Self::Code(system) => system,
            Self::Pair([(_, first), (_, second)]) => {
                if part == 0 {
                    first
                } else {
                    second
                }
            }
        };
        system.parse(text).map(CodeValue::Number).ok_or(fault(system.expected))
    }

    /// The key of two codes.
    pub(crate) fn pair(&self, first: &CodeValue, second: &CodeValue) -> Option<CodeValue> {
        match (self, first, second) {
            (Self::Pair(_), CodeValue::Number(first), CodeValue::Number(second)) => {
                Some(CodeValue::Pair(Pair { first: *first, second: *second }))
            }
            _ => None,
        }
    }

    /// The key of a row, as it is written.
    #[must_use]
    pub fn text_at(&self, table: Table<'_>, row: usize) -> String {
        match self {
            Self::Text => table.text(CODE, row).to_owned(),
            _ => self.text(&self.value_at(table, row)),
        }
    }

    /// The key of a row.
    #[must_use]
    pub fn value_at(&self, table: Table<'_>, row: usize) -> CodeValue {
        match self {
            Self::Text => CodeValue::Text(table.text(CODE, row).to_owned()),
            Self::Code(_) => CodeValue::Number(u32::try_from(table.number(CODE, row)).unwrap_or(u32::MAX)),
            Self::Pair(_) => CodeValue::Pair(Pair::at(table, row)),
        }
    }

    /// A key as it is written, with the zeros that its system puts before a number.
    #[must_use]
    pub fn text(&self, key: &CodeValue) -> String {
        match (self, key) {
            (Self::Code(system), CodeValue::Number(number)) => system.text(*number),
            (Self::Pair([(_, first), (_, second)]), CodeValue::Pair(pair)) => {
                format!("{}/{}", first.text(pair.first), second.text(pair.second))
            }
            (_, key) => key.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MasterKind, schema};

    #[test]
    fn keys_are_written_as_they_are_read() {
        for (kind, text) in [
            (MasterKind::ExclusionDay, "111000110/113008610"),
            (MasterKind::BundleMember, "C002001/140005610"),
            (MasterKind::InpatientAddition, "001/190077070"),
            (MasterKind::Frequency, "111000110/159"),
            (MasterKind::HotPackage, "100303101/0101"),
            (MasterKind::FacilityStandard, "3"),
            (MasterKind::Disease, "0000999"),
            (MasterKind::Icd10, "A000"),
        ] {
            let key = schema(kind).key;
            assert_eq!(key.text(&key.parse(text).unwrap()), text);
        }
        let key = schema(MasterKind::ExclusionDay).key;
        for bad in ["111000110", "111000110/", "111000110/611000110", "111000110/113008610/1"] {
            assert!(key.parse(bad).is_err(), "{bad}");
        }
    }
}
