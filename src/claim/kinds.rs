//! What the short codes of a claim say: month, type of the claim, who shares a line, and which file it is.

mod file;
pub(crate) mod tally;

pub use file::FileKind;

use core::{fmt, str::FromStr};

use crate::date::ServiceDate;

use super::record::digits;

/// A month, written `YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: ServiceDate,
}

/// The first years of the eras by their numbers in claims: 明治, 大正, 昭和, 平成, 令和.
const ERA_YEARS: [u32; 5] = [1868, 1912, 1926, 1989, 2019];
const ERA_NAMES: [&str; 5] = ["明治", "大正", "昭和", "平成", "令和"];

impl Month {
    /// The month of a year.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ServiceDate::new(year, month, 1).map(|first| Self { first })
    }

    /// The month of a day.
    #[must_use]
    pub fn of(day: ServiceDate) -> Self {
        Self { first: ServiceDate::new(day.year(), day.month(), 1).unwrap_or(day) }
    }

    /// `YYYYMM`, or `GYYMM` with a number for the era.
    #[must_use]
    pub fn read(field: &[u8]) -> Option<Self> {
        let packed = match field.len() {
            6 => digits(field)?,
            5 => western(digits(field)?, 10_000)?,
            _ => return None,
        };
        Self::new(i32::try_from(packed / 100).ok()?, packed % 100)
    }

    /// Its first day.
    #[must_use]
    pub const fn first_day(self) -> ServiceDate {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> ServiceDate {
        self.day(self.days()).unwrap_or(self.first)
    }

    /// A day of the month, if it has it.
    #[must_use]
    pub fn day(self, day: u32) -> Option<ServiceDate> {
        ServiceDate::new(self.first.year(), self.first.month(), day)
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> u32 {
        let year = self.first.year();
        match self.first.month() {
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

/// The Gregorian number of one whose first digit is an era. `era` is the weight of that digit; below it stand two digits of
/// the year and the rest.
fn western(number: u32, era: u32) -> Option<u32> {
    let first = usize::try_from((number / era).checked_sub(1)?).ok().and_then(|place| ERA_YEARS.get(place))?;
    let (year, rest) = (number % era / (era / 100), number % (era / 100));
    let year = first.checked_add(year.checked_sub(1)?)?;
    year.checked_mul(era / 100)?.checked_add(rest)
}

/// `YYYYMMDD`, or `GYYMMDD` with a number for the era, which the day lies in: 昭和65年 is no year.
///
/// ```
/// use santei::claim::kinds::read_day;
/// assert_eq!(read_day(b"3640107"), read_day(b"19890107"));
/// assert_eq!(read_day(b"3640108"), None);
/// ```
#[must_use]
pub fn read_day(field: &[u8]) -> Option<ServiceDate> {
    let packed = match field.len() {
        8 => return ServiceDate::from_packed(digits(field)?).ok(),
        7 => western(digits(field)?, 1_000_000)?,
        _ => return None,
    };
    let day = ServiceDate::from_packed(packed).ok()?;
    let era = field.first().and_then(|era| ERA_NAMES.get(usize::from(era.checked_sub(b'1')?)))?;
    day.era().starts_with(era).then_some(day)
}

/// レセプト種別: four digits, the fee table, who pays, how many pay, and who the patient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClaimType(u16);

/// Who pays in the first place (second digit of レセプト種別).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PayerClass {
    /// 医保・国保.
    Insurance,
    /// 公費 alone.
    Public,
    /// 後期高齢者医療.
    LateElderly,
    /// 退職者医療.
    Retired,
}

impl ClaimType {
    /// The type of a number, if it is one of the list.
    ///
    /// ```
    /// use santei::claim::kinds::{ClaimType, PayerClass};
    /// let family = ClaimType::of(1126).unwrap();
    /// assert_eq!((family.payer_class(), family.public_payers(), family.inpatient()), (PayerClass::Insurance, 1, false));
    /// assert!(ClaimType::of(1260).is_none());
    /// ```
    #[must_use]
    pub fn of(number: u16) -> Option<Self> {
        let [b, c, d] = [number / 100 % 10, number / 10 % 10, number % 10];
        let known = number / 1000 == 1
            && match b {
                1 => (1..=5).contains(&c),
                2 => (1..=4).contains(&c) && (1..=2).contains(&d),
                3 => (1..=5).contains(&c) && matches!(d, 7..=9 | 0),
                4 => (1..=5).contains(&c) && (1..=6).contains(&d),
                _ => false,
            };
        known.then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Who pays in the first place.
    #[must_use]
    pub const fn payer_class(self) -> PayerClass {
        match self.0 / 100 % 10 {
            1 => PayerClass::Insurance,
            2 => PayerClass::Public,
            3 => PayerClass::LateElderly,
            _ => PayerClass::Retired,
        }
    }

    /// How many public payers there are.
    #[must_use]
    pub const fn public_payers(self) -> u16 {
        let payers = self.0 / 10 % 10;
        match self.payer_class() {
            PayerClass::Public => payers,
            _ => payers.saturating_sub(1),
        }
    }

    /// Whether an insurer is among the payers.
    #[must_use]
    pub fn insured(self) -> bool {
        self.payer_class() != PayerClass::Public
    }

    /// A stay in hospital: the last digit is odd.
    #[must_use]
    pub const fn inpatient(self) -> bool {
        self.0 % 2 == 1
    }

    /// The last digit: whose claim it is.
    #[must_use]
    pub const fn patient_digit(self) -> u16 {
        self.0 % 10
    }
}

impl fmt::Display for ClaimType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

/// 負担区分: which payers share a line. Bit 0 is the insurer, bits 1 to 4 are the public payers in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PayerMix(u8);

/// The codes by their payers; the places are the bits.
const MIXES: [u8; 32] = *b"\x001526374BEHMJORVCGINKPSWLQTXUYZ9";

impl PayerMix {
    /// The mix of a code: one of thirty-one digits and letters.
    ///
    /// ```
    /// use santei::claim::kinds::PayerMix;
    /// let mix = PayerMix::of(b"2").unwrap();
    /// assert!(mix.insurer() && mix.public(1) && !mix.public(2));
    /// assert_eq!(mix.to_string(), "2");
    /// assert!(PayerMix::of(b"8").is_none());
    /// ```
    #[must_use]
    pub fn of(field: &[u8]) -> Option<Self> {
        let [letter @ 1..=255] = field else { return None };
        let bits = MIXES.iter().position(|code| code == letter)?;
        u8::try_from(bits).ok().map(Self)
    }

    /// The mix of these payers: the insurer and the public ones in their order. Nothing when nobody pays.
    #[must_use]
    pub fn with(insurer: bool, public: [bool; 4]) -> Option<Self> {
        let [first, second, third, fourth] = public.map(u8::from);
        let bits = u8::from(insurer) | first << 1 | second << 2 | third << 3 | fourth << 4;
        (bits != 0).then_some(Self(bits))
    }

    /// Whether the insurer shares it.
    #[must_use]
    pub const fn insurer(self) -> bool {
        self.0 & 1 != 0
    }

    /// Whether a public payer, from 1 on, shares it.
    #[must_use]
    pub const fn public(self, place: u8) -> bool {
        place >= 1 && place <= 4 && self.0 >> place & 1 != 0
    }

    /// Whether a payer shares it: 0 the insurer, 1 to 4 the public ones.
    #[must_use]
    pub const fn payer(self, place: u8) -> bool {
        place <= 4 && self.0 >> place & 1 != 0
    }

    /// How many share it.
    #[must_use]
    pub const fn payers(self) -> u32 {
        self.0.count_ones()
    }

    /// The payers as bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }
}

impl FromStr for PayerMix {
    type Err = NoPayerMix;

    fn from_str(text: &str) -> Result<Self, NoPayerMix> {
        Self::of(text.as_bytes()).ok_or_else(|| NoPayerMix { got: text.chars().take(10).collect() })
    }
}

/// A text that is no 負担区分.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of the 31 codes of 負担区分 (1 to 7, 9, B, C, E, G to Z but not F, A, D), got `{got}`")]
pub struct NoPayerMix {
    /// What was found.
    pub got: String,
}

impl fmt::Display for PayerMix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = MIXES.get(usize::from(self.0)).copied().unwrap_or(b'?');
        fmt::Write::write_char(f, char::from(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixes_of_the_table() {
        for (code, payers) in [
            ("1", "10000"),
            ("5", "01000"),
            ("6", "00100"),
            ("B", "00010"),
            ("C", "00001"),
            ("2", "11000"),
            ("3", "10100"),
            ("E", "10010"),
            ("G", "10001"),
            ("7", "01100"),
            ("H", "01010"),
            ("I", "01001"),
            ("J", "00110"),
            ("K", "00101"),
            ("L", "00011"),
            ("4", "11100"),
            ("M", "11010"),
            ("N", "11001"),
            ("O", "10110"),
            ("P", "10101"),
            ("Q", "10011"),
            ("R", "01110"),
            ("S", "01101"),
            ("T", "01011"),
            ("U", "00111"),
            ("V", "11110"),
            ("W", "11101"),
            ("X", "11011"),
            ("Y", "10111"),
            ("Z", "01111"),
            ("9", "11111"),
        ] {
            let mix: PayerMix = code.parse().unwrap();
            let written: String = (0..5).map(|place| if mix.payer(place) { '1' } else { '0' }).collect();
            assert_eq!(written, payers, "{code}");
            assert_eq!(mix.to_string(), code);
        }
        for bad in ["", "0", "8", "A", "D", "F", "11", "１"] {
            assert!(bad.parse::<PayerMix>().is_err(), "{bad}");
        }
    }

    #[test]
    fn types_of_the_list() {
        for known in [1112, 1114, 1116, 1118, 1110, 1122, 1212, 1318, 1310, 1412, 1152] {
            assert_eq!(ClaimType::of(known).map(ClaimType::number), Some(known));
        }
        for bad in [0, 1002, 1162, 1252, 1213, 1311, 1410, 1418, 2112, 9999] {
            assert_eq!(ClaimType::of(bad), None, "{bad}");
        }
        assert!(ClaimType::of(1119).unwrap().inpatient() && !ClaimType::of(1110).unwrap().inpatient());
        assert_eq!(ClaimType::of(1242).unwrap().public_payers(), 4);
    }

    #[test]
    fn months_and_days() {
        assert_eq!(Month::read(b"202607").unwrap().to_string(), "2026-07");
        assert_eq!(Month::read(b"50807").unwrap().to_string(), "2026-07");
        for year in [1900, 1999, 2000, 2024, 2026, 2100] {
            for month in (1..=12).filter_map(|month| Month::new(year, month)) {
                let last = month.first_day().first_of_next_month().previous();
                assert_eq!((month.days(), month.last_day()), (last.day(), last));
            }
        }
        assert_eq!(read_day(b"4300401").unwrap().to_string(), "2018-04-01");
        for bad in [&b"202613"[..], b"2026", b"60101", b"00101", b"50013", b""] {
            assert_eq!(Month::read(bad), None);
        }
        assert_eq!(read_day(b"20260230"), None);
    }
}
