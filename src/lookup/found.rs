//! The answer of a search.

use serde::Serialize;

use crate::{date::ServiceDate, master::Certainty};

/// How a row matches; the better rank comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// A code or a text is what was asked for.
    Exact,
    /// A code or a text begins with it.
    Prefix,
    /// A word of a text begins with it: after a sign or a blank, or where the script changes.
    WordStart,
    /// A text contains it.
    Contains,
    /// Nothing contains it; a text has something that differs from it by one letter or two.
    Fuzzy,
}

/// A row that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Hit {
    /// The master, in English.
    #[cfg_attr(
        feature = "ts",
        ts(
            type = "\"procedure\" | \"drug\" | \"disease\" | \"modifier\" | \"lab\" | \"material\" | \"comment\" | \"facility_standard\" | \"public_payer\" | \"local_subsidy\" | \"ward\" | \"dental\" | \"dispensing\" | \"visiting_nursing\" | \"disease_succession\" | \"icd10\" | \"generic_name\" | \"hot_drug\" | \"jlac_code\" | \"jlac_link\" | \"health_check\""
        )
    )]
    pub kind: &'static str,
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// How it matches.
    pub rank: Rank,
    /// First day of the row.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: ServiceDate,
    /// Last day of the row, if it ends.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub last_day: Option<ServiceDate>,
    /// How sure the row is.
    pub certainty: Certainty,
    /// 点数: points, yen or percent by the point kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub points: Option<String>,
    /// 点数識別.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub point_kind: Option<u32>,
    /// 薬価: yen for one unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub price: Option<String>,
    /// The unit that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub unit: Option<String>,
    /// ICD-10.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub icd10: Option<String>,
    /// Which parts of the name match, in order: start and end of each in units of UTF-16, as JavaScript counts.
    #[cfg_attr(feature = "ts", ts(type = "[start: number, end: number][]"))]
    pub marks: Vec<[u32; 2]>,
    /// The code, reading or other column in which a word lies that the name does not have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<Elsewhere>>", optional))]
    pub elsewhere: Vec<Elsewhere>,
}

/// A column other than the name in which a word lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Elsewhere {
    /// The column: `code`, or as `santei show` calls it, such as `kana`, `icd10_1` or `generic_name`.
    pub column: &'static str,
    /// What the column holds.
    pub text: String,
    /// Which parts of it match, in units of UTF-16.
    #[cfg_attr(feature = "ts", ts(type = "[start: number, end: number][]"))]
    pub marks: Vec<[u32; 2]>,
}

impl Hit {
    /// The name in pieces, each with whether it matches.
    ///
    /// ```
    /// use santei::{lookup::{Search, find}, master::{MasterKind, Masters}};
    /// let masters = Masters::standard()?;
    /// let search = Search { query: "血圧", kind: Some(MasterKind::Disease), limit: 1, ..Search::default() };
    /// let hits = find(&masters, &search);
    /// assert_eq!(hits[0].pieces(), [("高", false), ("血圧", true), ("症", false)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        pieces(&self.name, &self.marks)
    }
}

impl Elsewhere {
    /// The text in pieces, each with whether it matches.
    #[must_use]
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        pieces(&self.text, &self.marks)
    }
}

fn pieces<'t>(text: &'t str, marks: &[[u32; 2]]) -> Vec<(&'t str, bool)> {
    // The byte at which each mark begins and ends.
    let byte = |units: u32| {
        let mut passed = 0;
        let after = text.char_indices().find(|(_, letter)| {
            let here = passed >= units;
            passed += u32::try_from(letter.len_utf16()).unwrap_or(1);
            here
        });
        after.map_or(text.len(), |(at, _)| at)
    };
    let mut pieces = Vec::new();
    let mut done = 0;
    for [start, end] in marks {
        let (start, end) = (byte(*start), byte(*end));
        pieces.extend(text.get(done..start).map(|plain| (plain, false)));
        pieces.extend(text.get(start..end).map(|marked| (marked, true)));
        done = end;
    }
    pieces.extend(text.get(done..).map(|plain| (plain, false)));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// The answer of a search: the hits, and why there are none or only near ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Found {
    /// The best first.
    pub hits: Vec<Hit>,
    /// What there is to say of them; nothing when the words were found as they were typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub note: Option<FoundNote>,
}

/// What there is to say of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FoundNote {
    /// What it is, for programs.
    pub reason: FoundReason,
    /// The same as a sentence.
    pub message: String,
}

/// Why there are no hits, or only near ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FoundReason {
    /// Nothing but blanks and control characters was asked for.
    Empty,
    /// The query is longer than any name.
    TooLong,
    /// The query has too many words.
    TooManyWords,
    /// No pack has a table of these masters, or they are none that is searched.
    NoTable,
    /// No row of these masters is in force on the day.
    NotCovered,
    /// What matches is in force on other days only.
    OtherDays,
    /// Nothing matches.
    NothingFound,
    /// Nothing matches as it was typed; the hits differ by one letter or two.
    OnlyNear,
}
