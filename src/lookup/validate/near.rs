//! Codes that a slip of the hand away from what was written.

use crate::date::ServiceDate;

use super::{
    entries::{Directory, newest},
    numbers,
    system::System,
};

/// So many codes are named at most.
pub(super) const MOST: usize = 8;

/// The codes of a system one slip away: one character another, two neighbours changed over, one too many or too few. Those
/// that the tables list and that are in force come first; where they list none, those whose check digit is right.
pub(super) fn near(directory: &Directory, system: System, text: &str, on: Option<ServiceDate>) -> Vec<String> {
    let listed: Vec<String> = directory
        .list(system)
        .groups()
        .filter_map(|group| group.first().filter(|_| !newest(group, on).is_empty()))
        .filter(|entry| is_one_slip(text.as_bytes(), entry.code.as_bytes()))
        .map(|entry| entry.code.to_string())
        .take(MOST)
        .collect();
    if listed.is_empty() && !directory.list(system).loaded { checked(system, text) } else { listed }
}

/// Codes with a right check digit: the last digit another, then one other digit, then two neighbours changed over.
fn checked(system: System, text: &str) -> Vec<String> {
    let Some(mended) = system.mended(text) else { return Vec::new() };
    let right = |code: &String| {
        system.mended(code).as_ref() == Some(code) && numbers::fault(system, code).is_none() && code != text
    };
    let mut codes: Vec<String> = Some(mended).filter(right).into_iter().collect();
    for place in 0..text.len() {
        for digit in b'0'..=b'9' {
            let mut bytes = text.as_bytes().to_vec();
            if let Some(byte) = bytes.get_mut(place).filter(|byte| byte.is_ascii_digit()) {
                *byte = digit;
            }
            codes.extend(String::from_utf8(bytes).ok().filter(right));
        }
    }
    for place in 1..text.len() {
        let mut bytes = text.as_bytes().to_vec();
        bytes.swap(place - 1, place);
        codes.extend(String::from_utf8(bytes).ok().filter(right));
    }
    let mut seen: Vec<String> = Vec::new();
    for code in codes {
        if !seen.contains(&code) && seen.len() < MOST {
            seen.push(code);
        }
    }
    seen
}

/// Whether one becomes the other by one slip; the same text is no slip.
fn is_one_slip(one: &[u8], other: &[u8]) -> bool {
    if one.len().abs_diff(other.len()) > 1 || one == other {
        return false;
    }
    let before = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(before..).unwrap_or_default(), other.get(before..).unwrap_or_default());
    match (one, other) {
        ([_, rest @ ..], shorter) if rest == shorter => true,
        (shorter, [_, rest @ ..]) if rest == shorter => true,
        ([_, one @ ..], [_, other @ ..]) if one == other => true,
        ([a, b, one @ ..], [c, d, other @ ..]) => a == d && b == c && one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips() {
        for (one, other, slip) in [
            ("111000110", "111000111", true),
            ("111000110", "111001010", true),
            ("111000110", "11100110", true),
            ("11100011", "111000110", true),
            ("111000110", "1110001100", true),
            ("211000110", "111000110", true),
            ("111000110", "111000110", false),
            ("111000110", "112000111", false),
            ("", "1", true),
            ("", "", false),
            ("12", "34", false),
        ] {
            assert_eq!(is_one_slip(one.as_bytes(), other.as_bytes()), slip, "{one} {other}");
            assert_eq!(is_one_slip(other.as_bytes(), one.as_bytes()), slip, "{other} {one}");
        }
    }

    #[test]
    fn numbers_that_no_table_lists() {
        let codes = checked(System::Insurer, "33120016");
        assert_eq!(codes.first().map(String::as_str), Some("33120015"));
        assert!(codes.iter().all(|code| System::Insurer.mended(code).as_ref() == Some(code)), "{codes:?}");
        assert!(codes.len() > 3);
    }
}
