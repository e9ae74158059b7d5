//! One spelling for what people write in many: full and half width, hiragana and katakana, capitals, the long-vowel
//! mark and its look-alikes.

/// Half-width katakana from U+FF61 on, in full width; the two marks that follow are composed instead.
const HALF_WIDTH: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

/// What is written for a hyphen, a minus, a dash or the long-vowel mark.
const DASHES: &str = "-ー‐‑‒–—―−─━﹣";
const DASH: char = 'ー';

/// Katakana that take a voicing mark; the voiced one is the next character.
const VOICED: &str = "カキクケコサシスセソタチツテトハヒフヘホヽ";
/// Katakana that take a half-voicing mark; the half-voiced one is the next but one.
const HALF_VOICED: &str = "ハヒフヘホ";
/// Voiced katakana that stand elsewhere.
const VOICED_APART: [(char, char); 5] = [('ウ', 'ヴ'), ('ワ', 'ヷ'), ('ヰ', 'ヸ'), ('ヱ', 'ヹ'), ('ヲ', 'ヺ')];

const VOICING: char = '゛';
const HALF_VOICING: char = '゜';

/// The folded text. Folding a folded text changes nothing; there is no control character in it.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded text.
pub(super) fn fold_into(text: &str, out: &mut String) {
    let start = out.len();
    for letter in text.chars() {
        let folded = one(letter);
        if matches!(folded, VOICING | HALF_VOICING) {
            let before = out.get(start..).and_then(|own| own.chars().next_back());
            if let Some(composed) = before.and_then(|base| compose(base, folded)) {
                out.pop();
                out.push(composed);
                continue;
            }
        }
        out.push(folded);
    }
}

/// One character, without regard to its neighbours.
fn one(letter: char) -> char {
    let letter = match letter {
        // The full-width forms of ASCII stand in its order.
        '！'..='～' => moved(letter, '！', '!'),
        '｡'..='ﾝ' => HALF_WIDTH.chars().nth((letter as usize).saturating_sub('｡' as usize)).unwrap_or(letter),
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => moved(letter, 'ぁ', 'ァ'),
        'ﾞ' | '\u{3099}' => VOICING,
        'ﾟ' | '\u{309a}' => HALF_VOICING,
        '〜' => '~',
        // The micro sign and the Greek letter look the same; the official files have the letter.
        'µ' => 'μ',
        '\u{3000}' | '\u{a0}' => ' ',
        _ if letter.is_control() => ' ',
        _ => letter,
    };
    if DASHES.contains(letter) { DASH } else { letter.to_ascii_lowercase() }
}

/// The character as far from `to` as `letter` is from `from`.
fn moved(letter: char, from: char, to: char) -> char {
    let place = u32::from(letter).wrapping_sub(u32::from(from)).wrapping_add(u32::from(to));
    char::from_u32(place).unwrap_or(letter)
}

fn compose(base: char, mark: char) -> Option<char> {
    let after = |steps: u32| char::from_u32(u32::from(base) + steps);
    if mark == HALF_VOICING {
        return if HALF_VOICED.contains(base) { after(2) } else { None };
    }
    if VOICED.contains(base) {
        return after(1);
    }
    VOICED_APART.iter().find(|(plain, _)| *plain == base).map(|(_, voiced)| *voiced)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_are_one() {
        for (one, other) in [
            ("ｼｮｼﾝﾘｮｳ", "しょしんりょう"),
            ("ｶﾞｽﾀｰＤ錠", "ガスターd錠"),
            ("ﾊﾟｷｼﾙ", "ぱきしる"),
            ("ﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ", "バビブベボパピプペポ"),
            ("ｳﾞｨﾗ", "ヴィラ"),
            ("は\u{3099}", "バ"),
            ("ヘ゜", "ペ"),
            ("ＡＢＣ－１２３", "abcー123"),
            ("Ｂ００１-２", "b001−2"),
            ("コンピュ－タ", "コンピュータ"),
            ("１０ｍｇ", "10mg"),
            ("μｇ", "µg"),
            ("゛", "ﾞ"),
            ("アﾞ", "ア゛"),
            ("　", " "),
            ("～", "〜"),
            ("ゞ", "ヾ"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_eq!(fold("ｼｮｼﾝﾘｮｳ"), "ショシンリョウ");
        assert_eq!(fold("初診料（乳幼児）\t"), "初診料(乳幼児) ");
    }

    #[test]
    fn spellings_that_are_not() {
        for (one, other) in [("ハ", "バ"), ("バ", "パ"), ("ヴァ", "バ"), ("ョ", "ヨ"), ("一", "ー"), ("０", "o")]
        {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn every_character_folds_once_and_for_all() {
        for letter in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let once = fold(&letter.to_string());
            assert_eq!(fold(&once), once, "{letter:?}");
            assert!(!once.contains(char::is_control), "{letter:?}");
        }
    }

    #[test]
    fn every_half_width_character_has_a_full_one() {
        assert_eq!(HALF_WIDTH.chars().count(), 'ﾝ' as usize - '｡' as usize + 1);
        for letter in '｡'..='ﾟ' {
            assert!(!fold(&letter.to_string()).contains(letter));
        }
    }
}
