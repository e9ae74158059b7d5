//! Codes with a check digit: drugs by their HOT, their listing in the price list, and their packages.

use super::CodeError;

/// A code whose last character follows from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// HOT7 (処方用番号): seven digits, the last by modulus 10 with the weights 3 and 1 from the right.
    Hot7,
    /// JAN and GTIN of 8, 12, 13 or 14 digits, by the same rule.
    Gtin,
    /// 薬価基準収載医薬品コード and YJ code: twelve characters, the last by modulus 11 with the weights 2 to 7 from the right. A
    /// letter counts as the low digit of its EBCDIC code.
    PriceCode,
}

impl Checked {
    /// Checks the shape of a code; gives whether its check digit is right.
    ///
    /// ```
    /// use santei::code::Checked;
    /// assert_eq!(Checked::Hot7.check("1003031"), Ok(true));
    /// assert_eq!(Checked::PriceCode.check("1319739Q1010"), Ok(true));
    /// assert_eq!(Checked::Gtin.check("4987107609220"), Ok(false));
    /// assert!(Checked::Gtin.check("49871").is_err());
    /// ```
    ///
    /// # Errors
    /// [`CodeError`] when the text has not the shape of such a code.
    pub fn check(self, text: &str) -> Result<bool, CodeError> {
        let (body, last) = self.split(text).ok_or_else(|| CodeError::new(self.name(), self.form(), text))?;
        Ok(self.digit_of(body) == last)
    }

    /// The code with the check digit that belongs to it; none when the shape is another.
    #[must_use]
    pub fn mended(self, text: &str) -> Option<String> {
        let (body, _) = self.split(text)?;
        Some(format!("{body}{}", self.digit_of(body)))
    }

    /// Its name, in English and Japanese.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hot7 => "HOT7 (処方用番号)",
            Self::Gtin => "JAN or GTIN",
            Self::PriceCode => "price list code (薬価基準収載医薬品コード) or YJ code",
        }
    }

    const fn form(self) -> &'static str {
        match self {
            Self::Hot7 => "seven digits",
            Self::Gtin => "8, 12, 13 or 14 digits",
            Self::PriceCode => "seven digits, a capital letter, four digits",
        }
    }

    /// What the check digit is made of, and the digit; none when the shape is another.
    fn split(self, text: &str) -> Option<(&str, u32)> {
        let lengths: &[usize] = match self {
            Self::Hot7 => &[7],
            Self::Gtin => &[8, 12, 13, 14],
            Self::PriceCode => &[12],
        };
        let shape = lengths.contains(&text.len())
            && text.bytes().enumerate().all(|(place, byte)| match (self, place) {
                (Self::PriceCode, 7) => byte.is_ascii_uppercase(),
                _ => byte.is_ascii_digit(),
            });
        let (body, last) = text.split_at_checked(text.len().checked_sub(1)?).filter(|_| shape)?;
        Some((body, last.bytes().next().map(value)?))
    }

    fn digit_of(self, body: &str) -> u32 {
        let values = body.bytes().rev().map(value);
        match self {
            Self::Hot7 | Self::Gtin => {
                let sum: u32 = values.zip([3, 1].into_iter().cycle()).map(|(value, weight)| value * weight).sum();
                (10 - sum % 10) % 10
            }
            Self::PriceCode => {
                let sum: u32 = values.zip((2..=7).cycle()).map(|(value, weight)| value * weight).sum();
                // Ten has no digit of its own: it is written 0.
                (11 - sum % 11) % 11 % 10
            }
        }
    }
}

/// What a character counts. A to I, J to R and S to Z follow each other in EBCDIC with the low digits 1 to 9, 1 to 9 and 2 to 9.
fn value(byte: u8) -> u32 {
    let value = match byte {
        b'0'..=b'9' => byte - b'0',
        b'A'..=b'I' => byte - b'A' + 1,
        b'J'..=b'R' => byte - b'J' + 1,
        b'S'..=b'Z' => byte - b'S' + 2,
        _ => 0,
    };
    u32::from(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_official_files() {
        for (kind, codes) in [
            (Checked::Hot7, &["1003031", "1003062"][..]),
            (Checked::Gtin, &["4987107609229", "14987107609226", "49123456"]),
            (
                Checked::PriceCode,
                &[
                    "1319739Q1010",
                    "1319822Q1048",
                    "2171403G1040",
                    "2612701Q6031",
                    "2710806U3024",
                    "1119402A1120",
                    "1124003F2010",
                ],
            ),
        ] {
            for code in codes {
                assert_eq!(kind.check(code), Ok(true), "{code}");
                assert_eq!(kind.mended(code).as_deref(), Some(*code));
            }
        }
    }

    #[test]
    fn one_wrong_digit_is_found() {
        for (kind, code) in [(Checked::Hot7, "1003031"), (Checked::Gtin, "4987107609229")] {
            for place in 0..code.len() {
                for digit in b'0'..=b'9' {
                    let mut bytes = code.as_bytes().to_vec();
                    let right = bytes[place] == digit;
                    bytes[place] = digit;
                    let text = String::from_utf8(bytes).unwrap();
                    assert_eq!(kind.check(&text), Ok(right), "{text}");
                }
            }
        }
    }

    #[test]
    fn other_shapes_are_none() {
        for bad in ["", "1", "123456789", "1124003f2010", "１００３０３１", "49871076092２", "あ"] {
            for kind in [Checked::Hot7, Checked::Gtin, Checked::PriceCode] {
                assert!(kind.check(bad).is_err(), "{bad}");
                assert_eq!(kind.mended(bad), None);
            }
        }
    }
}
