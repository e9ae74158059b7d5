//! Numbers that no table lists: what their digits must be besides the last.

use crate::code::INSURER_LAWS;

use super::system::{System, is_prefecture};

/// What is wrong with the parts of a well-formed number, if anything is.
pub(super) fn fault(system: System, code: &str) -> Option<&'static str> {
    let prefecture = match system {
        System::Insurer if code.len() == 8 => {
            let law = code.get(..2).is_some_and(|law| INSURER_LAWS.contains(&law));
            if !law {
                return Some("its first two digits (法別番号) are of no health insurance");
            }
            code.get(2..4)
        }
        System::Insurer => code.get(..2),
        System::PublicPayer if code.starts_with('0') => {
            return Some("its first two digits (法別番号) are of no public payer");
        }
        System::PublicPayer => code.get(2..4),
        _ => return None,
    };
    (!is_prefecture(prefecture)).then_some("the two digits of its prefecture (都道府県番号) are not 01 to 47")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for good in ["33120015", "06130017", "138057", "39131156"] {
            assert_eq!(fault(System::Insurer, good), None, "{good}");
        }
        assert_eq!(fault(System::PublicPayer, "54016027"), None);
        assert!(fault(System::Insurer, "54016027").is_some());
        assert!(fault(System::Insurer, "990017").is_some());
        assert!(fault(System::PublicPayer, "54486027").is_some());
    }
}
