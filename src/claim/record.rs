//! One line of a claim file: its kind and its fields, without a copy of its bytes.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::date::ServiceDate;

use super::{
    commas,
    kinds::Month,
    layout::Layout,
    text::{self, Encoding},
};

macro_rules! records {
    ($($name:ident $id:literal $title:literal;)*) => {
        /// What a record is about: its first field (レコード識別情報).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum RecordKind {
            $(#[doc = $title] $name,)*
        }

        impl RecordKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The kind of a record identification.
            #[must_use]
            pub fn of(id: &[u8]) -> Option<Self> {
                let own = letters(id);
                $(if own == const { letters($id.as_bytes()) } { return Some(Self::$name); })*
                None
            }

            /// The two letters.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// The Japanese name.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),* }
            }
        }
    };
}

/// The two letters as a number; 0 for anything else.
const fn letters(id: &[u8]) -> u16 {
    match id {
        [first, second] => u16::from_be_bytes([*first, *second]),
        _ => 0,
    }
}

records! {
    Facility "IR" "医療機関情報";
    Claim "RE" "レセプト共通";
    Insurer "HO" "保険者";
    PublicPayer "KO" "公費";
    Eligibility "SN" "資格確認";
    VisitDays "JD" "受診日等";
    WindowPayment "MF" "窓口負担額";
    DpcExclusion "GR" "包括評価対象外理由";
    Disease "SY" "傷病名";
    Procedure "SI" "診療行為";
    Drug "IY" "医薬品";
    Material "TO" "特定器材";
    Comment "CO" "コメント";
    Symptom "SJ" "症状詳記";
    DonorFacility "TI" "臓器提供医療機関";
    Donor "TR" "臓器提供者レセプト";
    DonorTotal "TS" "臓器提供者請求";
    Total "GO" "診療報酬請求書";
    Daily "NI" "日計表";
    Municipal "KH" "国保連固有";
}

impl RecordKind {
    /// A record of what was done or given: `SI`, `IY`, `TO`, or `CO`, which says something about it.
    #[must_use]
    pub const fn is_detail(self) -> bool {
        matches!(self, Self::Procedure | Self::Drug | Self::Material | Self::Comment)
    }

    /// How its fields are written.
    #[must_use]
    pub fn layout(self) -> &'static Layout {
        super::layout::layout(self)
    }
}

/// How many fields of a record are known by their place from the start: those before the days of a month.
const INDEXED: usize = 13;

/// One line.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    line: u64,
    bytes: &'a [u8],
    /// Where the first fields end: a comma, or the end of the line. A line too long for that has none.
    ends: [u16; INDEXED],
    kind: Option<RecordKind>,
    encoding: Encoding,
}

impl<'a> Record<'a> {
    /// The record of a line without its line end.
    #[must_use]
    pub fn new(line: u64, bytes: &'a [u8], encoding: Encoding) -> Self {
        let mut ends = [0; INDEXED];
        // Fields that are not there end, and begin, at the end of the line.
        if let Ok(length) = u16::try_from(bytes.len()) {
            ends = [length; INDEXED];
            commas::note(bytes, &mut ends);
        }
        let record = Self { line, bytes, ends, kind: None, encoding };
        Self { kind: RecordKind::of(record.field(1)), ..record }
    }

    /// Number of the line in the file, from 1 on.
    #[must_use]
    pub const fn line(self) -> u64 {
        self.line
    }

    /// What it is about; nothing when its first field is none that is known.
    #[must_use]
    pub const fn kind(self) -> Option<RecordKind> {
        self.kind
    }

    /// The line without its line end.
    #[must_use]
    pub const fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    /// How its texts are encoded.
    #[must_use]
    pub const fn encoding(self) -> Encoding {
        self.encoding
    }

    /// The fields in their order. No second byte of Shift_JIS is a comma.
    pub fn fields(self) -> impl Iterator<Item = &'a [u8]> {
        self.bytes.split(|byte| *byte == b',')
    }

    /// A field by its number, from 1 on, as the specification counts; empty where the line ends before.
    #[must_use]
    pub fn field(self, number: usize) -> &'a [u8] {
        if self.bytes.len() > usize::from(u16::MAX) {
            return nth(self.bytes, number.saturating_sub(1));
        }
        match (self.start(number), self.ends.get(number.wrapping_sub(1))) {
            (Some(start), Some(end)) => self.bytes.get(start..usize::from(*end)).unwrap_or_default(),
            _ => nth(self.from(INDEXED + 1), number.saturating_sub(INDEXED + 1)),
        }
    }

    /// Where a field begins; behind the end of the line where there is none.
    fn start(self, number: usize) -> Option<usize> {
        match number.checked_sub(2) {
            None => Some(0),
            Some(before) => self.ends.get(before).map(|end| usize::from(*end) + 1),
        }
    }

    /// The fields from a number on, as they stand in the line.
    #[must_use]
    pub fn from(self, number: usize) -> &'a [u8] {
        let indexed = number <= INDEXED + 1 && self.bytes.len() <= usize::from(u16::MAX);
        let (mut rest, skip) = if indexed {
            (self.start(number).and_then(|start| self.bytes.get(start..)).unwrap_or_default(), 0)
        } else if self.bytes.len() <= usize::from(u16::MAX) {
            (self.from(INDEXED + 1), number - INDEXED - 1)
        } else {
            (self.bytes, number.saturating_sub(1))
        };
        for _ in 0..skip {
            let comma = rest.iter().position(|byte| *byte == b',');
            rest = comma.and_then(|comma| rest.get(comma + 1..)).unwrap_or_default();
        }
        rest
    }

    /// Whether nothing stands in the fields from one number to another, 2 to 13.
    pub(super) fn is_blank(self, first: usize, last: usize) -> bool {
        let end = |number: usize| self.ends.get(number.wrapping_sub(1)).map(|end| usize::from(*end));
        match (end(first.wrapping_sub(1)), end(last)) {
            // Commas alone, and one behind them: the line goes on.
            (Some(before), Some(end)) if end > before && end < self.bytes.len() => end - before == last + 1 - first,
            _ => (first..=last).all(|number| self.field(number).is_empty()),
        }
    }

    /// A field of ASCII characters; nothing when it is empty or has others.
    #[must_use]
    pub fn ascii(self, number: usize) -> Option<&'a str> {
        let field = self.field(number);
        if field.is_empty() || !field.is_ascii() { None } else { core::str::from_utf8(field).ok() }
    }

    /// A field as a whole number; nothing when it is empty or no such number.
    #[must_use]
    pub fn number(self, number: usize) -> Option<u32> {
        digits(self.field(number))
    }

    /// A field as a number with decimals.
    #[must_use]
    pub fn decimal(self, number: usize) -> Option<Decimal> {
        if let Some(whole) = self.number(number) {
            return Some(whole.into());
        }
        let text = self.ascii(number)?;
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && text.len() <= 20;
        if plain { text.parse().ok() } else { None }
    }

    /// A field as a month, `YYYYMM`, or `GYYMM` with a number for the era as claims before 2018 have it.
    #[must_use]
    pub fn month(self, number: usize) -> Option<Month> {
        Month::read(self.field(number))
    }

    /// A field as a day, `YYYYMMDD`, or `GYYMMDD` with a number for the era.
    #[must_use]
    pub fn date(self, number: usize) -> Option<ServiceDate> {
        super::kinds::read_day(self.field(number))
    }

    /// A field as a text. Bytes that are no text become `�`.
    #[must_use]
    pub fn text(self, number: usize) -> Cow<'a, str> {
        text::decode(self.field(number), self.encoding)
    }
}

impl core::fmt::Debug for Record<'_> {
    /// Neither names nor numbers of patients belong into a log.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "line {} {}", self.line, self.kind.map_or("?", RecordKind::id))
    }
}

/// A field of a part of a line, from 0 on.
fn nth(bytes: &[u8], place: usize) -> &[u8] {
    bytes.split(|byte| *byte == b',').nth(place).unwrap_or_default()
}

/// The number that digits write: nothing but digits, nine at most.
#[must_use]
pub fn digits(field: &[u8]) -> Option<u32> {
    if field.is_empty() || field.len() > 9 {
        return None;
    }
    field.iter().try_fold(0_u32, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_any_line() {
        let parts: Vec<String> = (1..=48).map(|number| "x".repeat(number % 4)).collect();
        for length in 0..=parts.len() {
            for long in ["", &"y".repeat(70_000)] {
                let line = [long, parts[..length].join(",").as_str()].concat();
                let record = Record::new(1, line.as_bytes(), Encoding::Cp932);
                let fields: Vec<&[u8]> = record.fields().collect();
                for number in 1..=50 {
                    assert_eq!(record.field(number), fields.get(number - 1).copied().unwrap_or_default());
                    let rest = fields.get(number - 1..).unwrap_or_default().join(&b','.to_owned());
                    assert_eq!(record.from(number), rest, "{length} {number}");
                }
            }
        }
    }

    #[test]
    fn fields_by_number() {
        let record = Record::new(3, b"KO,83136019,1111111,,1,677,1354", Encoding::Cp932);
        assert_eq!(record.kind(), Some(RecordKind::PublicPayer));
        assert_eq!(record.field(1), b"KO");
        assert_eq!(record.field(2), b"83136019");
        assert_eq!(record.field(4), b"");
        assert_eq!(record.field(7), b"1354");
        assert_eq!(record.field(8), b"");
        assert_eq!((record.number(6), record.number(4)), (Some(677), None));
        assert_eq!(record.fields().count(), 7);
        assert_eq!(Record::new(1, b"", Encoding::Cp932).field(1), b"");
        assert_eq!(Record::new(1, b"", Encoding::Cp932).field(2), b"");
        assert_eq!(Record::new(1, b"RE", Encoding::Cp932).field(14), b"");
        assert_eq!(Record::new(1, b"XX,1", Encoding::Cp932).kind(), None);
    }
}
