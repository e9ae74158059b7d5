//! Full and half width, one character for one, as claims want it: nothing else of a text changes.

/// Half-width kana from U+FF61 on, in full width; two of them only voice the one before.
const KANA: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// A text as claims record it: letters, digits and kana in full width.
pub(super) fn full(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let wide = match letter {
            ' ' => '　',
            '!'..='~' => char::from_u32(u32::from(letter).saturating_add(0xfee0)).unwrap_or(letter),
            '｡'..='ﾟ' => {
                let place = u32::from(letter).saturating_sub(u32::from('｡'));
                usize::try_from(place).ok().and_then(|place| KANA.chars().nth(place)).unwrap_or(letter)
            }
            _ => letter,
        };
        let voiced = if wide == letter { None } else { out.chars().next_back().and_then(|last| voiced(last, wide)) };
        if let Some(voiced) = voiced {
            out.pop();
            out.push(voiced);
        } else {
            out.push(wide);
        }
    }
    out
}

/// The letters and digits of a text in half width.
pub(super) fn half(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '！'..='～' => char::from_u32(u32::from(letter).saturating_sub(0xfee0)).unwrap_or(letter),
        '　' => ' ',
        _ => letter,
    };
    text.chars().map(narrow).collect()
}

/// A kana with the mark that follows it, where there is such a kana.
fn voiced(kana: char, mark: char) -> Option<char> {
    let after = |steps: u32| char::from_u32(u32::from(kana).saturating_add(steps));
    match (mark, kana) {
        ('゛', 'ウ') => Some('ヴ'),
        ('゛', _) if "カキクケコサシスセソタチツテトハヒフヘホ".contains(kana) => after(1),
        ('゜', _) if "ハヒフヘホ".contains(kana) => after(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths() {
        for (given, wide) in [
            ("4ｶﾞﾂ7ﾆﾁ ｳﾞｨ", "４ガツ７ニチ　ヴィ"),
            ("ﾊﾟﾋﾟﾌﾟ", "パピプ"),
            ("A-1.5", "Ａ－１．５"),
            ("漢字かな①", "漢字かな①"),
            ("ﾞ", "゛"),
        ] {
            assert_eq!(full(given), wide);
            assert_eq!(full(wide), wide);
        }
        assert_eq!(half("１．５　①Ａ"), "1.5 ①A");
    }
}
