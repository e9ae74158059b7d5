//! Codes with letters or check digits: drugs outside the receipt master, and laboratory tests.

use core::{fmt, str::FromStr};

use super::CodeError;

macro_rules! text_code {
    ($(#[$doc:meta])* $name:ident, $system:literal, $form:literal, |$text:ident| $shape:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(String);

        impl $name {
            /// The code as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = CodeError;

            fn from_str($text: &str) -> Result<Self, CodeError> {
                if $shape { Ok(Self($text.to_owned())) } else { Err(CodeError::new($system, $form, $text)) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_code! {
    /// 薬価基準収載医薬品コード (and the YJ code, of the same shape): seven digits, a letter, four digits.
    YjCode, "YJ code", "seven digits, a letter, four digits",
    |text| text.len() == 12 && text.bytes().enumerate().all(|(i, b)| if i == 7 { b.is_ascii_uppercase() } else { b.is_ascii_digit() })
}
text_code! {
    /// HOT9: nine digits that name a drug of one seller.
    Hot9Code, "HOT9 code", "nine digits",
    |text| text.len() == 9 && text.bytes().all(|b| b.is_ascii_digit())
}
text_code! {
    /// JLAC10: 15 characters for what is measured, or 17 with the result's own code.
    Jlac10Code, "JLAC10 code", "15 or 17 digits and capital letters",
    |text| (text.len() == 15 || text.len() == 17) && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert!("1124003F2010".parse::<YjCode>().is_ok());
        assert!("1124003f2010".parse::<YjCode>().is_err());
        assert!("3F035000002327101".parse::<Jlac10Code>().is_ok());
        assert!("3F0350000023271".parse::<Jlac10Code>().is_ok());
        assert!("3F03500000232710".parse::<Jlac10Code>().is_err());
        assert!("12345678".parse::<Hot9Code>().is_err());
    }
}
