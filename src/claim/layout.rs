//! How every record is written (記録条件仕様, 医科): its fields in their order, each with its name, form, length and codes.

mod lists;
mod records;

pub use lists::{AGENCIES, SECTIONS};

use super::record::RecordKind;

/// A record's fields.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// The record.
    pub kind: RecordKind,
    /// Its fields; the first is the record identification.
    pub fields: &'static [Field],
    /// Those of them that must be written, as bits from the lowest on.
    needed: u64,
}

/// What the characters of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 数字: ASCII digits.
    Digits,
    /// 数字 of a name rather than an amount: its zeros stay.
    Code,
    /// 数字 with so many digits before and after a point.
    Decimal(u8, u8),
    /// 英数: ASCII.
    Ascii,
    /// 漢字: full-width characters.
    Kanji,
    /// 英数 or 漢字, not both in one field.
    Either,
    /// `YYYYMM`.
    Month,
    /// `YYYYMMDD`.
    Day,
    /// 予備: nothing.
    Spare,
}

/// When a field must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// Always, but programs in use leave it out, and a file is not sent back for it.
    Expected,
    /// When there is something to write; other checks say when.
    Optional,
}

/// Which values a field has.
#[derive(Debug, Clone, Copy)]
pub enum Codes {
    /// Any of its form.
    Any,
    /// One of these.
    One(&'static [&'static str]),
    /// Several of one width one after the other, each from the list; any when the list is empty.
    Several(u8, &'static [&'static str]),
    /// A number in this range.
    Range(u32, u32),
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its Japanese name.
    pub name: &'static str,
    /// What its characters are.
    pub form: Form,
    /// Most bytes of Shift_JIS.
    pub max: u16,
    /// Always as long as that.
    pub fixed: bool,
    /// When it must be written.
    pub need: Need,
    /// Which values it has.
    pub codes: Codes,
}

/// The layout of a record.
#[must_use]
pub fn layout(kind: RecordKind) -> &'static Layout {
    const NONE: &Layout = &Layout::new(RecordKind::Municipal, &[]);
    records::LAYOUTS.iter().find(|layout| layout.kind == kind).unwrap_or(NONE)
}

impl Layout {
    const fn new(kind: RecordKind, fields: &'static [Field]) -> Self {
        let (mut needed, mut bit, mut rest) = (0, 1, fields);
        while let [field, others @ ..] = rest {
            if !matches!(field.need, Need::Optional) {
                needed |= bit;
            }
            (bit, rest) = (bit << 1, others);
        }
        Self { kind, fields, needed }
    }

    /// Whether one of so many fields from a place on, counted from 0, must be written.
    pub(super) const fn needs(&self, place: usize, fields: usize) -> bool {
        let some = if fields >= 64 { u64::MAX } else { (1 << fields) - 1 };
        place < 64 && (self.needed >> place) & some != 0
    }

    /// A field by its number, from 1 on.
    #[must_use]
    pub fn field(&self, number: usize) -> Option<&'static Field> {
        self.fields.get(number.checked_sub(1)?)
    }
}

impl Field {
    const fn new(name: &'static str, form: Form, max: u16) -> Self {
        Self { name, form, max, fixed: false, need: Need::Optional, codes: Codes::Any }
    }

    const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }

    const fn required(mut self) -> Self {
        self.need = Need::Required;
        self
    }

    const fn expected(mut self) -> Self {
        self.need = Need::Expected;
        self
    }

    const fn one(mut self, list: &'static [&'static str]) -> Self {
        self.codes = Codes::One(list);
        self
    }

    const fn several(mut self, width: u8, list: &'static [&'static str]) -> Self {
        self.codes = Codes::Several(width, list);
        self
    }

    const fn range(mut self, low: u32, high: u32) -> Self {
        self.codes = Codes::Range(low, high);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_has_its_fields() {
        for (kind, fields) in [
            ("IR", 10),
            ("RE", 38),
            ("HO", 15),
            ("KO", 12),
            ("SN", 9),
            ("JD", 33),
            ("MF", 33),
            ("GR", 3),
            ("SY", 8),
            ("SI", 44),
            ("IY", 44),
            ("TO", 48),
            ("CO", 5),
            ("SJ", 3),
            ("TI", 10),
            ("TR", 18),
            ("TS", 5),
            ("GO", 4),
        ] {
            let kind = RecordKind::of(kind.as_bytes()).unwrap();
            assert_eq!(kind.layout().fields.len(), fields, "{}", kind.id());
            assert_eq!(kind.layout().kind, kind);
            assert!(kind.layout().fields.iter().all(|field| !field.name.is_empty()));
        }
        assert_eq!(RecordKind::Procedure.layout().field(14).unwrap().name, "1日の情報");
        assert_eq!(RecordKind::Material.layout().field(48).unwrap().name, "31日の情報");
    }
}
