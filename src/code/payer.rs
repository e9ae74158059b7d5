//! Numbers of insurers, public payers and recipients, with their check digit.

use super::CodeError;

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayerNumber {
    /// 保険者番号: eight digits, or six of 国民健康保険.
    Insurer,
    /// 公費負担者番号: eight digits.
    PublicPayer,
    /// 公費受給者番号: seven digits.
    Recipient,
}

/// 法別番号 of insurers with eight digits (保険者番号等の設定について, 別表): 協会けんぽ 01, 船員 02, 日雇特例 03 and 04, 組合 06, 自衛官 07,
/// 共済 31 to 34, 後期高齢者 39, 特定健保 63, 国保退職 67, 特定共済 72 to 75.
pub(crate) const INSURER_LAWS: [&str; 17] =
    ["01", "02", "03", "04", "06", "07", "31", "32", "33", "34", "39", "63", "67", "72", "73", "74", "75"];

impl PayerNumber {
    /// Checks the shape of a number; gives whether its check digit (検証番号) is right.
    ///
    /// The digits before the last are multiplied by 2, 1, 2, 1 … from the right, the digits of the products added up, and
    /// what the sum lacks to ten is the check digit. Municipal numbers that do not follow it are in use, so a wrong check digit
    /// is worth a warning, not a refusal.
    ///
    /// ```
    /// use santei::code::PayerNumber;
    /// assert_eq!(PayerNumber::PublicPayer.check("54016027"), Ok(true));
    /// assert_eq!(PayerNumber::PublicPayer.check("54016028"), Ok(false));
    /// assert!(PayerNumber::PublicPayer.check("5401602").is_err());
    /// ```
    ///
    /// # Errors
    /// [`CodeError`] when the text has not the shape of such a number.
    pub fn check(self, text: &str) -> Result<bool, CodeError> {
        let (system, form, lengths): (_, _, &[usize]) = match self {
            Self::Insurer => ("insurer number (保険者番号)", "eight digits, or six", &[8, 6]),
            Self::PublicPayer => ("public payer number (公費負担者番号)", "eight digits", &[8]),
            Self::Recipient => ("recipient number (公費受給者番号)", "seven digits", &[7]),
        };
        if !lengths.contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CodeError::new(system, form, text));
        }
        let mut digits = text.bytes().rev().map(|b| u32::from(b - b'0'));
        let last = digits.next().unwrap_or(0);
        let sum: u32 = digits
            .enumerate()
            .map(|(place, digit)| if place % 2 == 0 { digit * 2 } else { digit })
            .map(|product| product / 10 + product % 10)
            .sum();
        Ok((10 - sum % 10) % 10 == last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        for number in ["33120015", "54016027", "80137151", "89135156", "138057"] {
            assert_eq!(PayerNumber::Insurer.check(number), Ok(true), "{number}");
        }
        // Every single wrong digit is found.
        for place in 0..8 {
            for digit in '0'..='9' {
                let mut number: Vec<char> = "33120015".chars().collect();
                let right = number[place] == digit;
                number[place] = digit;
                let number: String = number.into_iter().collect();
                assert_eq!(PayerNumber::Insurer.check(&number), Ok(right), "{number}");
            }
        }
        for bad in ["", "1234567", "1234567８", "123456789", "12a45678"] {
            assert!(PayerNumber::Insurer.check(bad).is_err(), "{bad}");
        }
    }
}
