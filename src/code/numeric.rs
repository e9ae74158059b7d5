//! Codes of a fixed number of digits: the receipt-processing masters.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::CodeError;

/// How the codes of a system are written; as values they are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeSystem {
    /// Its name, in English and Japanese.
    pub name: &'static str,
    /// Its name and the form of a code, in words.
    pub expected: &'static str,
    /// How many characters a code has.
    pub digits: usize,
    /// What they are.
    pub shape: Shape,
    /// The lowest number.
    pub low: u32,
    /// The highest number.
    pub high: u32,
}

/// What the characters of a code are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Exactly so many digits.
    Digits,
    /// So many digits at most.
    UpTo,
    /// A capital letter and digits. As a number, the letter's place in the alphabet stands before the digits.
    Letter,
}

impl CodeSystem {
    /// The number of a code, if the text is one.
    #[must_use]
    #[inline]
    pub fn parse(&self, text: &str) -> Option<u32> {
        let number = match self.shape {
            Shape::Digits if text.len() == self.digits => digits(text),
            Shape::UpTo if (1..=self.digits).contains(&text.len()) => digits(text),
            Shape::Letter if text.len() == self.digits => {
                let (letter, rest) = text.split_at_checked(1)?;
                let letter = letter.bytes().next().filter(u8::is_ascii_uppercase)? - b'A';
                u32::from(letter).checked_mul(self.step())?.checked_add(digits(rest)?)
            }
            _ => None,
        };
        number.filter(|number| (self.low..=self.high).contains(number))
    }

    /// Whether a number written with so many digits is a code.
    #[must_use]
    #[inline]
    pub fn has(&self, digits: usize, number: u32) -> bool {
        let length = match self.shape {
            Shape::Digits => digits == self.digits,
            Shape::UpTo => (1..=self.digits).contains(&digits),
            Shape::Letter => false,
        };
        length && (self.low..=self.high).contains(&number)
    }

    /// Writes the code of a number.
    ///
    /// # Errors
    /// Those of the formatter.
    pub fn write(&self, number: u32, f: &mut dyn fmt::Write) -> fmt::Result {
        match self.shape {
            Shape::Digits => padded(number, self.digits, f),
            Shape::UpTo => padded(number, 1, f),
            Shape::Letter => {
                let letter = u8::try_from(number / self.step()).ok().and_then(|place| b'A'.checked_add(place));
                let letter = char::from(letter.filter(u8::is_ascii_uppercase).unwrap_or(b'?'));
                f.write_char(letter)?;
                padded(number % self.step(), self.digits.saturating_sub(1), f)
            }
        }
    }

    /// The code of a number.
    #[must_use]
    pub fn text(&self, number: u32) -> String {
        let mut text = String::with_capacity(self.digits);
        // INVARIANT: writing to a string does not fail.
        let _ = self.write(number, &mut text);
        text
    }

    /// How many codes there are of one letter.
    fn step(&self) -> u32 {
        u32::try_from(self.digits.saturating_sub(1)).ok().and_then(|digits| 10u32.checked_pow(digits)).unwrap_or(1)
    }
}

/// A number with leading zeros.
fn padded(number: u32, digits: usize, f: &mut dyn fmt::Write) -> fmt::Result {
    const ZEROS: &str = "0000000000";
    let mut buffer = itoa::Buffer::new();
    let text = buffer.format(number);
    f.write_str(ZEROS.get(..digits.saturating_sub(text.len())).unwrap_or_default())?;
    f.write_str(text)
}

/// The number that digits write: nothing but digits, no sign, below 2³².
#[inline]
fn digits(text: &str) -> Option<u32> {
    text.bytes().try_fold(0u32, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

macro_rules! numeric_code {
    ($(#[$doc:meta])* $name:ident, $system:literal, $form:literal, $shape:ident $digits:literal, from $low:literal to $high:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// How the codes are written.
            pub const SYSTEM: CodeSystem = CodeSystem {
                name: $system,
                expected: concat!("a ", $system, ": ", $form),
                digits: $digits,
                shape: Shape::$shape,
                low: $low,
                high: $high,
            };
            /// The lowest number that has the shape of a code.
            pub const LOWEST: Self = Self($low);

            /// The code with this number, if it has the shape of one.
            #[must_use]
            pub fn from_number(number: u32) -> Option<Self> {
                ($low..=$high).contains(&number).then_some(Self(number))
            }

            /// The code as a number.
            #[must_use]
            pub const fn number(self) -> u32 {
                self.0
            }

            /// The code as it is written.
            #[must_use]
            pub fn text(self) -> String {
                Self::SYSTEM.text(self.0)
            }
        }

        impl From<$name> for u32 {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl FromStr for $name {
            type Err = CodeError;

            fn from_str(text: &str) -> Result<Self, CodeError> {
                Self::SYSTEM.parse(text).map(Self).ok_or_else(|| CodeError::new($system, $form, text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Self::SYSTEM.write(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::parsed::deserialize(deserializer)
            }
        }
    };
}

numeric_code! {
    /// 医科診療行為コード: nine digits, the first a 1.
    ///
    /// ```
    /// use santei::code::ProcedureCode;
    /// let code: ProcedureCode = "111000110".parse()?;
    /// assert_eq!(code.to_string(), "111000110");
    /// assert!("611000110".parse::<ProcedureCode>().is_err());
    /// # Ok::<(), santei::code::CodeError>(())
    /// ```
    ProcedureCode, "procedure code (診療行為)", "nine digits beginning with 1", Digits 9, from 100_000_000 to 199_999_999
}
numeric_code! {
    /// 医薬品コード: nine digits, the first a 6.
    DrugCode, "drug code (医薬品)", "nine digits beginning with 6", Digits 9, from 600_000_000 to 699_999_999
}
numeric_code! {
    /// 特定器材コード: nine digits, the first a 7.
    MaterialCode, "material code (特定器材)", "nine digits beginning with 7", Digits 9, from 700_000_000 to 799_999_999
}
numeric_code! {
    /// コメントコード: nine digits, the first an 8.
    CommentCode, "comment code (コメント)", "nine digits beginning with 8", Digits 9, from 800_000_000 to 899_999_999
}
numeric_code! {
    /// 傷病名コード: seven digits.
    DiseaseCode, "disease code (傷病名)", "seven digits", Digits 7, from 0 to 9_999_999
}
numeric_code! {
    /// 修飾語コード: four digits.
    ModifierCode, "modifier code (修飾語)", "four digits", Digits 4, from 0 to 9_999
}

numeric_code! {
    /// 歯科診療行為コード: nine digits, the first a 3.
    DentalCode, "dental procedure code (歯科診療行為)", "nine digits beginning with 3", Digits 9, from 300_000_000 to 399_999_999
}
numeric_code! {
    /// 調剤行為コード: nine digits, the first a 4.
    DispensingCode, "dispensing code (調剤行為)", "nine digits beginning with 4", Digits 9, from 400_000_000 to 499_999_999
}
numeric_code! {
    /// 訪問看護療養費コード: nine digits, the first a 5.
    NursingCode, "visiting nursing code (訪問看護療養費)", "nine digits beginning with 5", Digits 9, from 500_000_000 to 599_999_999
}
numeric_code! {
    /// A code of whichever nine-digit system: a procedure, a drug, a material, a comment, or a HOT9.
    AnyCode, "code of nine digits", "nine digits", Digits 9, from 0 to 999_999_999
}
numeric_code! {
    /// グループ番号 of 包括 in the 電子点数表: a letter, the item's three digits, its branch, and a serial number.
    BundleGroup, "bundle group (包括グループ番号)", "a capital letter and six digits", Letter 7, from 0 to 25_999_999
}
numeric_code! {
    /// グループ番号 of 入院基本料 in the 電子点数表.
    InpatientGroup, "inpatient group (入院基本料識別)", "three digits", Digits 3, from 1 to 999
}
numeric_code! {
    /// 単位コード (別紙4-1).
    UnitCode, "unit code (単位コード)", "one to three digits", UpTo 3, from 0 to 999
}
numeric_code! {
    /// 施設基準コード (別紙7-8).
    StandardCode, "facility standard code (施設基準コード)", "one to four digits", UpTo 4, from 0 to 9_999
}
numeric_code! {
    /// What a HOT13 has after its HOT9: the number for dispensing and the number for distribution.
    PackageNumber, "package number of a HOT13 (調剤用番号, 物流用番号)", "four digits", Digits 4, from 0 to 9_999
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert_eq!("0000123".parse::<DiseaseCode>().unwrap().to_string(), "0000123");
        assert!("123".parse::<DiseaseCode>().is_err());
        assert!("１11000110".parse::<ProcedureCode>().is_err());
        assert!("+11000110".parse::<ProcedureCode>().is_err());
        let error = "211000110".parse::<ProcedureCode>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a procedure code (診療行為) (nine digits beginning with 1), got `211000110`"
        );
    }

    #[test]
    fn letters_and_short_codes() {
        let group: BundleGroup = "C002001".parse().unwrap();
        assert_eq!((group.number(), group.to_string().as_str()), (2_002_001, "C002001"));
        assert_eq!("Z999999".parse::<BundleGroup>().unwrap().to_string(), "Z999999");
        for bad in ["c002001", "C00200", "CC02001", "0002001", "あ01"] {
            assert!(bad.parse::<BundleGroup>().is_err(), "{bad}");
        }
        assert_eq!("053".parse::<UnitCode>().unwrap().to_string(), "53");
        assert!("".parse::<UnitCode>().is_err());
        assert!("1000".parse::<UnitCode>().is_err());
        assert_eq!("001".parse::<InpatientGroup>().unwrap().to_string(), "001");
    }
}
