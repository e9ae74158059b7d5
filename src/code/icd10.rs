//! ICD-10 (2013) codes as the disease master writes them.

use core::{fmt, str::FromStr};

use super::CodeError;

/// An ICD-10 code without its dot: a letter, two digits, and up to two more characters (`I10`, `E119`, `S7200`).
///
/// The dotted form `E11.9` is read too; [`Display`](fmt::Display) writes the dotted form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Icd10Code(String);

impl Icd10Code {
    /// The code without a dot, as the official files write it.
    #[must_use]
    pub fn compact(&self) -> &str {
        &self.0
    }
}

impl FromStr for Icd10Code {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let compact: String = match text.split_once('.') {
            Some((head, tail)) if head.len() == 3 && !tail.contains('.') => format!("{head}{tail}"),
            Some(_) => String::new(),
            None => text.to_owned(),
        };
        let shape = (3..=5).contains(&compact.len())
            && compact.bytes().enumerate().all(|(i, b)| match i {
                0 => b.is_ascii_uppercase(),
                1 | 2 => b.is_ascii_digit(),
                _ => b.is_ascii_digit() || b.is_ascii_uppercase() || b == b'-',
            });
        if shape {
            Ok(Self(compact))
        } else {
            Err(CodeError::new("ICD-10 code", "a letter, two digits, up to two more", text))
        }
    }
}

impl fmt::Display for Icd10Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.get(..3), self.0.get(3..)) {
            (Some(head), Some(tail)) if !tail.is_empty() => write!(f, "{head}.{tail}"),
            _ => f.write_str(&self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_come_and_go() {
        assert_eq!("E119".parse::<Icd10Code>().unwrap().to_string(), "E11.9");
        assert_eq!("E11.9".parse::<Icd10Code>().unwrap().compact(), "E119");
        assert_eq!("I10".parse::<Icd10Code>().unwrap().to_string(), "I10");
        for bad in ["", "E1", "e119", "E11..9", "E1.19", "E119999", "あ11"] {
            assert!(bad.parse::<Icd10Code>().is_err(), "{bad}");
        }
    }
}
