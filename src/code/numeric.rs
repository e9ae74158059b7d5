//! Codes of a fixed number of digits: the receipt-processing masters.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::CodeError;

macro_rules! numeric_code {
    ($(#[$doc:meta])* $name:ident, $system:literal, $form:literal, digits $digits:literal, from $low:literal to $high:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
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
        }

        impl FromStr for $name {
            type Err = CodeError;

            fn from_str(text: &str) -> Result<Self, CodeError> {
                let shape = text.len() == $digits && text.bytes().all(|b| b.is_ascii_digit());
                let number = if shape { text.parse().ok() } else { None };
                number.and_then(Self::from_number).ok_or_else(|| CodeError::new($system, $form, text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{:0", $digits, "}"), self.0)
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
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
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
    ProcedureCode, "procedure code (診療行為)", "nine digits beginning with 1", digits 9, from 100_000_000 to 199_999_999
}
numeric_code! {
    /// 医薬品コード: nine digits, the first a 6.
    DrugCode, "drug code (医薬品)", "nine digits beginning with 6", digits 9, from 600_000_000 to 699_999_999
}
numeric_code! {
    /// 特定器材コード: nine digits, the first a 7.
    MaterialCode, "material code (特定器材)", "nine digits beginning with 7", digits 9, from 700_000_000 to 799_999_999
}
numeric_code! {
    /// コメントコード: nine digits, the first an 8.
    CommentCode, "comment code (コメント)", "nine digits beginning with 8", digits 9, from 800_000_000 to 899_999_999
}
numeric_code! {
    /// 傷病名コード: seven digits.
    DiseaseCode, "disease code (傷病名)", "seven digits", digits 7, from 0 to 9_999_999
}
numeric_code! {
    /// 修飾語コード: four digits.
    ModifierCode, "modifier code (修飾語)", "four digits", digits 4, from 0 to 9_999
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
}
