//! Writes records: every field of the layout with its commas, and CR and LF behind them.

use super::{record::RecordKind, text::Encoding};

/// What ends a file.
pub const END_MARK: u8 = 0x1a;

/// A record to be written.
///
/// ```
/// use santei::claim::{record::RecordKind, text::Encoding, write::NewRecord};
/// let mut comment = NewRecord::new(RecordKind::Comment);
/// comment.set(2, "22").set(3, "1").set(4, "810000001").set(5, "at night");
/// let mut file = Vec::new();
/// comment.write(Encoding::Utf8, &mut file)?;
/// assert_eq!(file, b"CO,22,1,810000001,at night\r\n");
/// # Ok::<(), santei::claim::write::WriteError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    kind: RecordKind,
    fields: Vec<String>,
}

/// Why a record cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A character that would break the line.
    #[error("{record} field {field}: a comma, a quotation mark or a control character cannot stand in a field")]
    Breaks {
        /// The record.
        record: &'static str,
        /// Number of the field.
        field: usize,
    },
    /// A character that Shift_JIS does not have, or, without feature `official`, that no table here has.
    #[error("{record} field {field}: `{letter}` cannot be written in Shift_JIS; put another character in its place")]
    NoSuchCharacter {
        /// The record.
        record: &'static str,
        /// Number of the field.
        field: usize,
        /// The character.
        letter: char,
    },
}

impl NewRecord {
    /// A record whose fields are empty but for the first.
    #[must_use]
    pub fn new(kind: RecordKind) -> Self {
        let mut fields = vec![String::new(); kind.layout().fields.len().max(1)];
        if let Some(id) = fields.first_mut() {
            kind.id().clone_into(id);
        }
        Self { kind, fields }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> RecordKind {
        self.kind
    }

    /// Writes a field by its number, from 1 on; one that the layout lacks changes nothing.
    pub fn set(&mut self, number: usize, text: impl Into<String>) -> &mut Self {
        if let Some(field) = number.checked_sub(1).and_then(|place| self.fields.get_mut(place)) {
            *field = text.into();
        }
        self
    }

    /// A field by its number.
    #[must_use]
    pub fn get(&self, number: usize) -> &str {
        number.checked_sub(1).and_then(|place| self.fields.get(place)).map_or("", String::as_str)
    }

    /// Writes the line behind what is there.
    ///
    /// # Errors
    /// [`WriteError`] when a field has a character that cannot stand in it; nothing is written then.
    pub fn write(&self, encoding: Encoding, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let start = out.len();
        for (place, field) in self.fields.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            if let Err(error) = self.encode(place + 1, field, encoding, out) {
                out.truncate(start);
                return Err(error);
            }
        }
        out.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn encode(&self, field: usize, text: &str, encoding: Encoding, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let record = self.kind.id();
        if text.chars().any(|letter| letter == ',' || letter == '"' || letter.is_control()) {
            return Err(WriteError::Breaks { record, field });
        }
        if encoding == Encoding::Utf8 || text.is_ascii() {
            out.extend_from_slice(text.as_bytes());
            return Ok(());
        }
        #[cfg(feature = "official")]
        {
            let (bytes, _, broken) = encoding_rs::SHIFT_JIS.encode(text);
            if !broken {
                out.extend_from_slice(&bytes);
                return Ok(());
            }
        }
        let mut one = [0; 4];
        let unknown = |letter: &char| !writable(letter.encode_utf8(&mut one));
        let letter = text.chars().find(unknown).unwrap_or('\u{fffd}');
        Err(WriteError::NoSuchCharacter { record, field, letter })
    }
}

fn writable(text: &str) -> bool {
    #[cfg(feature = "official")]
    {
        !encoding_rs::SHIFT_JIS.encode(text).2
    }
    #[cfg(not(feature = "official"))]
    {
        text.is_ascii()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_all_its_commas() {
        let mut record = NewRecord::new(RecordKind::Procedure);
        record.set(2, "11").set(44, "1").set(99, "x");
        let mut out = Vec::new();
        record.write(Encoding::Cp932, &mut out).unwrap();
        assert_eq!(out.iter().filter(|byte| **byte == b',').count(), 43);
        assert!(out.starts_with(b"SI,11,") && out.ends_with(b",1\r\n"));
    }

    #[cfg(feature = "official")]
    #[test]
    fn what_cannot_be_written_is_said() {
        let mut record = NewRecord::new(RecordKind::Comment);
        let mut out = b"before".to_vec();
        record.set(5, "山田𠮟");
        let error = record.write(Encoding::Cp932, &mut out).unwrap_err();
        assert_eq!(error, WriteError::NoSuchCharacter { record: "CO", field: 5, letter: '𠮟' });
        assert_eq!(out, b"before");
        record.set(5, "a,b");
        assert_eq!(record.write(Encoding::Utf8, &mut out), Err(WriteError::Breaks { record: "CO", field: 5 }));
        record.set(5, "髙①");
        record.write(Encoding::Cp932, &mut out).unwrap();
        assert!(out.ends_with(b"\xfb\xfc\x87\x40\r\n"));
    }
}
