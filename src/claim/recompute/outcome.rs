//! What comes of recomputing a claim: each of its units with what the tables and the rules say of it.

use serde::Serialize;

use super::price::Edition;
use crate::{
    date::ServiceDate,
    fee::{Encounter, NotChecked, Reason, Verdict},
    master::Certainty,
};

/// Version of the schema of [`Recomputed`] in JSON.
pub const SCHEMA: &str = "santei.recompute.v1";

/// A claim recomputed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Recomputed {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of the engine.
    pub engine: String,
    /// The line of its `RE` record.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub line: u64,
    /// レセプト番号.
    pub number: Option<u32>,
    /// Month of service, `YYYY-MM`.
    pub month: String,
    /// What its units come to, points × count; meals are in yen and do not count.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub claimed: i64,
    /// The same by the rules; none while a unit has no figure.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub computed: Option<i64>,
    /// Its units, in the order of the file.
    pub units: Vec<UnitOutcome>,
    /// What the rules add to what was charged, and the claim does not have.
    pub not_claimed: Vec<NotClaimed>,
    /// Checks by the electronic fee table that the loaded masters do not allow.
    pub not_checked: Vec<NotChecked>,
    /// Why no encounter could be made or calculated, so that only the tables were asked.
    pub not_rebuilt: Option<String>,
    /// The encounter that was calculated; only when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub encounter: Option<Encounter>,
}

impl Recomputed {
    /// Whether every unit agrees.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.units.iter().all(|unit| unit.verdict == UnitVerdict::Agrees)
    }

    /// The JSON form, on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        crate::json::to_string(self)
    }
}

/// What is true of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum UnitVerdict {
    /// Tables and rules give the points of the claim.
    Agrees,
    /// The tables give other points.
    Differs,
    /// The rules do not charge it, or not in whole: 包括, 背反, 算定回数, the conditions of its row.
    NotCharged,
    /// The rules charge the unit with something more or less than the claim has, such as an addition for age.
    Otherwise,
    /// The tables give its points; the rules leave a question.
    NeedsReview,
    /// The loaded masters have no figure for it.
    NotPriced,
}

impl UnitVerdict {
    /// Its Japanese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agrees => "一致",
            Self::Differs => "点数相違",
            Self::NotCharged => "算定不可",
            Self::Otherwise => "加減算の相違",
            Self::NeedsReview => "要確認",
            Self::NotPriced => "点数不明",
        }
    }
}

/// One unit (点数・回数算定単位) of a claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UnitOutcome {
    /// The line of the file that has its points.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub line: u64,
    /// 診療識別: two digits.
    pub section: String,
    /// 負担区分.
    pub burden: Option<String>,
    /// Its codes with their names.
    pub items: Vec<UnitItem>,
    /// The days of the month on which it was charged, with how many times each.
    pub days: Vec<(u32, u32)>,
    /// How many times in all.
    pub count: u32,
    /// Points for one time, as the claim has them.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub claimed: Option<i64>,
    /// Points for one time by the tables.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub by_tables: Option<i64>,
    /// What the rules charge for all times; none where the unit was left out or asks for a review.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub by_rules: Option<i64>,
    /// What is true of it.
    pub verdict: UnitVerdict,
    /// What the rules say, where they do not charge it.
    pub rules: Option<Verdict>,
    /// How sure the figures behind it are.
    pub certainty: Certainty,
    /// The edition whose points it has, where they are not those of its day.
    pub edition: Option<Edition>,
    /// Why it has no figure, or why it was left out of the encounter.
    pub why: Option<String>,
    /// What the verdict rests on.
    pub reasons: Vec<Reason>,
}

/// One code of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UnitItem {
    /// The line of the file.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub line: u64,
    /// The code.
    pub code: String,
    /// Its name; empty where no loaded master has it.
    pub name: String,
    /// Quantity.
    pub quantity: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
}

/// Something that the rules add.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NotClaimed {
    /// The day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: ServiceDate,
    /// 診療識別.
    pub section: String,
    /// The code, where it has one.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its points; none while the rules leave a question.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub points: Option<i64>,
    /// Why the rules add it.
    pub reasons: Vec<Reason>,
}
