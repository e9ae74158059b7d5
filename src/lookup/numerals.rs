//! Roman numerals and digits: the masters write ２型糖尿病 and ムコ多糖症ＩＩ型, and people write either the other way.

/// The numerals of types and stages, from 1 on, as folding writes them.
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// The folded text with every Roman numeral as digits, and every number to twelve as a Roman one; none when there are none.
pub(super) fn swapped(units: &[u16]) -> Option<Vec<u16>> {
    let mut out: Vec<u16> = Vec::with_capacity(units.len());
    let mut any = false;
    // A numeral is a run of letters or digits of its own: `type2` has one, `civ` has none.
    for run in units.chunk_by(|one, next| sort(*one) == sort(*next)) {
        match other(run) {
            Some(numeral) => {
                out.extend(numeral.encode_utf16());
                any = true;
            }
            None => out.extend_from_slice(run),
        }
    }
    any.then_some(out)
}

fn sort(unit: u16) -> u8 {
    match unit {
        0x30..=0x39 => 1,
        0x61..=0x7a => 2,
        _ => 0,
    }
}

fn other(run: &[u16]) -> Option<String> {
    let text = String::from_utf16(run).ok()?;
    if let Some(place) = ROMAN.iter().position(|roman| *roman == text) {
        return Some((place + 1).to_string());
    }
    let number: usize = text.parse().ok().filter(|_| !text.starts_with('0'))?;
    ROMAN.get(number.checked_sub(1)?).map(|roman| (*roman).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_change_places() {
        let swapped =
            |text: &str| swapped(&text.encode_utf16().collect::<Vec<_>>()).map(|out| String::from_utf16_lossy(&out));
        assert_eq!(swapped("type2-3").as_deref(), Some("typeii-iii"));
        for (one, other) in [("ii型糖尿病", "2型糖尿病"), ("第ix因子", "第9因子")] {
            assert_eq!(swapped(one).as_deref(), Some(other));
            assert_eq!(swapped(other).as_deref(), Some(one));
        }
        for none in ["", "civ", "13型", "02", "0", "癌", "99999999999999999999999"] {
            assert_eq!(swapped(none), None, "{none}");
        }
    }
}
