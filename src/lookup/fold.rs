//! One spelling for what people write in many: full and half width, hiragana and katakana, capitals, the long-vowel
//! mark and its look-alikes, ヴ and ブ, old and new kanji, Roman numerals and signs of several letters.

use core::ops::Range;

use super::letters::{DASH, HALF_VOICING, VOICING, letters};

/// Katakana that take a voicing mark; the voiced one is the next character.
const VOICED: &str = "カキクケコサシスセソタチツテトハヒフヘホヽ";
/// Katakana that take a half-voicing mark; the half-voiced one is the next but one.
const HALF_VOICED: &str = "ハヒフヘホ";
/// Voiced katakana that stand elsewhere: ヴ and its row sound and are folded as ブ and its row.
const VOICED_APART: [(char, char); 5] = [('ウ', 'ブ'), ('ワ', 'バ'), ('ヰ', 'ビ'), ('ヱ', 'ベ'), ('ヲ', 'ボ')];
/// ヴァ is バ, and so on.
const AFTER_BU: [(char, char); 4] = [('ァ', 'バ'), ('ィ', 'ビ'), ('ェ', 'ベ'), ('ォ', 'ボ')];

/// The folded text. Folding a folded text changes nothing; there is no control character in it.
///
/// ```
/// use santei::lookup::fold;
/// assert_eq!(fold("ｺﾝﾋﾟｭ－ﾀ"), fold("こんぴゅーた"));
/// assert_eq!(fold("ヴィーン檢査Ⅱ"), "ビーン検査ii");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, |letter, _| out.push(letter));
    out
}

/// Appends the folded text in units of UTF-16; whether each stands where the units of its letter stand in the text.
pub(super) fn fold_units(text: &str, out: &mut Vec<u16>) -> bool {
    let (start, mut even) = (out.len(), true);
    each(text, |letter, from| {
        out.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
        // Of one unit are the letters of up to three bytes.
        even &= (letter.len_utf16() == 1) == (from.len() <= 3);
    });
    even && out.len() - start == text.encode_utf16().count()
}

/// A folded text whose every unit knows where it comes from.
pub(super) struct Folded {
    /// Units of UTF-16.
    pub(super) units: Vec<u16>,
    /// Of each unit: the bytes of the original that it stands for.
    from: Vec<Range<usize>>,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Self { units: Vec::new(), from: Vec::new() };
        each(text, |letter, from| {
            let units = letter.encode_utf16(&mut [0; 2]).len();
            folded.units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
            folded.from.extend(core::iter::repeat_n(from, units));
        });
        folded
    }

    /// The bytes of the original for a range of units.
    pub(super) fn original(&self, units: Range<usize>) -> Option<Range<usize>> {
        let last = units.end.checked_sub(1)?;
        Some(self.from.get(units.start)?.start..self.from.get(last)?.end)
    }
}

/// Gives each folded letter with the bytes of the text that it stands for.
fn each(text: &str, mut emit: impl FnMut(char, Range<usize>)) {
    let letters = letters();
    // The last letter waits for what may follow and change it.
    let mut waiting: Option<(char, Range<usize>)> = None;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        letters.each(letter, |folded| {
            match waiting.take() {
                Some((before, from)) => match compose(before, folded) {
                    Some(composed) => waiting = Some((composed, from.start..end)),
                    None => {
                        emit(before, from);
                        waiting = Some((folded, at..end));
                    }
                },
                None => waiting = Some((folded, at..end)),
            };
        });
    }
    if let Some((last, from)) = waiting {
        emit(last, from);
    }
}

#[inline]
fn compose(base: char, mark: char) -> Option<char> {
    let after = |steps: u32| char::from_u32(u32::from(base) + steps);
    let among = |list: &[(char, char)], wanted: char| {
        list.iter().find(|(plain, _)| *plain == wanted).map(|(_, voiced)| *voiced)
    };
    match mark {
        HALF_VOICING => HALF_VOICED.contains(base).then(|| after(2)).flatten(),
        VOICING if VOICED.contains(base) => after(1),
        VOICING => among(&VOICED_APART, base),
        'ァ' | 'ィ' | 'ェ' | 'ォ' if base == 'ブ' => among(&AFTER_BU, mark),
        _ => None,
    }
}

/// Whether a word begins at a letter, by the one before it: after a sign or a blank, or where the script changes.
#[inline]
pub(super) fn word_starts(before: u16, unit: u16) -> bool {
    let (before, unit) = (script(before), script(unit));
    unit != Script::Sign && before != unit
}

#[derive(PartialEq, Clone, Copy)]
enum Script {
    Digit,
    Latin,
    Kana,
    Other,
    Sign,
}

#[inline]
fn script(unit: u16) -> Script {
    match unit {
        0x30..=0x39 => Script::Digit,
        0x61..=0x7a | 0xdf..=0x24f | 0x3b1..=0x3c9 | 0x430..=0x44f => Script::Latin,
        0x30a1..=0x30fa => Script::Kana,
        // The long-vowel mark goes on with what stands before it: see below.
        _ if unit == DASH as u16 => Script::Kana,
        0..=0xde | 0x2000..=0x2fff | 0x3000..=0x3004 | 0x3008..=0x3020 | 0x30fb | 0xff00..=0xffef => Script::Sign,
        _ => Script::Other,
    }
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
            ("ヴィラ", "ビラ"),
            ("ゔぁゔぃゔゔぇゔぉ", "バビブベボ"),
            ("ヷヸヹヺ", "バビベボ"),
            ("う\u{3099}ぁ", "ば"),
            ("は\u{3099}", "バ"),
            ("ヘ゜", "ペ"),
            ("ＡＢＣ－１２３", "abcー123"),
            ("Ｂ００１-２", "b001−2"),
            ("コンピュ－タ", "コンピュータ"),
            ("コンピュ‐タ", "コンピュ―タ"),
            ("１０ｍｇ", "10mg"),
            ("１０㎎", "10mg"),
            ("㍉㌘", "ミリグラム"),
            ("Ⅱ型", "II型"),
            ("ⅷ", "VIII"),
            ("①", "1"),
            ("γ－ＧＴＰ", "Γ-gtp"),
            ("檢査", "検査"),
            ("圓変濱髙﨑", "円變浜高崎"),
            ("灌流", "潅流"),
            // What MEDIS writes alike in the lead terms of its 標準病名.
            ("臀部", "殿部"),
            ("鼠径", "鼡径"),
            ("拇趾", "母趾"),
            ("間歇", "間欠"),
            ("腟", "膣"),
            ("穹窿", "穹隆"),
            ("疝痛", "仙痛"),
            ("ｍ²", "m2"),
            ("㈱", "(株)"),
            ("μｇ", "µg"),
            ("゛", "ﾞ"),
            ("アﾞ", "ア゛"),
            ("　", " "),
            ("\u{200b}", " "),
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
        for (one, other) in [("ハ", "バ"), ("バ", "パ"), ("ョ", "ヨ"), ("一", "ー"), ("０", "o"), ("Ⅱ", "2")]
        {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn every_character_folds_once_and_for_all() {
        for letter in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let once = fold(&letter.to_string());
            assert_eq!(fold(&once), once, "{letter:?}");
            assert!(!once.is_empty() && !once.contains(char::is_control), "{letter:?}");
        }
    }

    #[test]
    fn every_half_width_character_has_a_full_one() {
        for letter in '｡'..='ﾟ' {
            assert!(!fold(&letter.to_string()).contains(letter));
        }
    }

    #[test]
    fn a_folded_unit_knows_where_it_comes_from() {
        let text = "a ｶﾞｽⅡ";
        let folded = Folded::new(text);
        assert_eq!(String::from_utf16_lossy(&folded.units), "a ガスii");
        assert_eq!(folded.original(2..3), Some(2..8));
        assert_eq!(folded.original(3..4), Some(8..11));
        // A sign of two letters is marked as a whole.
        assert_eq!(folded.original(5..6), Some(11..14));
        assert_eq!(folded.original(0..0), None);
    }

    #[test]
    fn words_begin_after_signs_and_where_the_script_changes() {
        let starts = |text: &str| {
            let units = Folded::new(text).units;
            let pairs = units.windows(2).enumerate();
            pairs.filter(|(_, pair)| word_starts(pair[0], pair[1])).map(|(at, _)| at + 1).collect::<Vec<_>>()
        };
        assert_eq!(starts("アムロジピン錠5mg「トーワ」"), [6, 7, 8, 11]);
        assert_eq!(starts("急性上気道炎"), [] as [usize; 0]);
        assert_eq!(starts("右 膝"), [2]);
    }
}
