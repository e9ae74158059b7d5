//! What a comment's pattern asks to be given with it (コメントマスター 項番4 and 10 to 17, 別紙6-1).

use serde::Serialize;

use crate::master::Comment;

/// What is given with a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CommentForm {
    /// パターン.
    pub pattern: u32,
    /// What that pattern is, in Japanese.
    pub title: &'static str,
    /// Whether a value has to be given.
    pub value: bool,
    /// How many characters the value has, where that is fixed.
    pub length: Option<u32>,
    /// An example of a value.
    pub example: &'static str,
    /// The blanks of the text, with pattern 40 only.
    pub blanks: Vec<CommentBlank>,
}

/// A blank of a text that digits fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CommentBlank {
    /// カラム位置: the first character of the blank, from 1.
    pub place: u32,
    /// 桁数.
    pub digits: u32,
}

/// The blanks that are in use: from the first on, until one has no digits.
pub(super) fn blanks(row: Comment<'_>) -> Vec<CommentBlank> {
    [
        (row.place_1(), row.digits_1()),
        (row.place_2(), row.digits_2()),
        (row.place_3(), row.digits_3()),
        (row.place_4(), row.digits_4()),
    ]
    .into_iter()
    .take_while(|(_, digits)| *digits != 0)
    .map(|(place, digits)| CommentBlank { place, digits })
    .collect()
}

pub(super) fn form(row: Comment<'_>) -> CommentForm {
    let pattern = row.pattern();
    let blanks = if pattern == 40 { blanks(row) } else { Vec::new() };
    let filled: u32 = blanks.iter().map(|blank| blank.digits).sum();
    let (title, length, example) = match pattern {
        10 => ("文字列", None, "症状の説明など"),
        20 => ("記録なし（定型文）", None, ""),
        30 => ("定型文＋文字列", None, "右"),
        31 => ("定型文＋診療行為コード", Some(9), "１４０００５６１０"),
        40 => ("定型文の空欄に数字", Some(filled), "０６"),
        42 => ("定型文＋数値", None, "３"),
        50 => ("定型文＋年月日（元号・年・月・日）", Some(7), "５０２０９１１"),
        51 => ("定型文＋時刻（時・分）", Some(4), "０５４５"),
        52 => ("定型文＋時間（分）", Some(5), "０００７５"),
        53 => ("定型文＋日時（日・時・分）", Some(6), "０１１１１１"),
        80 => ("定型文＋年月日＋検査値", Some(15), "５０４１１０１００００１０．５"),
        90 => ("修飾語コード（部位）", None, "２０５６１０６６"),
        _ => ("未定義のパターン", None, ""),
    };
    CommentForm { pattern, title, value: pattern != 20, length, example, blanks }
}
