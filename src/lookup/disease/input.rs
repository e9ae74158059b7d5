//! What a disease is composed of: the input of [`compose`](super::compose).

use serde::{Deserialize, Serialize};

use crate::{
    code::{DiseaseCode, ModifierCode},
    date::ServiceDate,
    json::place,
    lookup::fault::{CodeFault, CodeFaultKind},
};

/// A disease in codes, as a claim's SY record has it. In JSON unknown fields are errors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct DiseaseInput {
    /// 傷病名コード; `0000999` for a disease written in words.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub disease: DiseaseCode,
    /// 修飾語コード in the order of the claim: those printed in front of the name first.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<String>>"))]
    pub modifiers: Vec<ModifierCode>,
    /// The disease is suspected: adds の疑い (8002) as the last modifier, if it is not among them.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub suspected: bool,
    /// The name in words, with `0000999` only.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub name: Option<String>,
    /// 主傷病.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub main: bool,
    /// 診療開始日.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    pub start: Option<ServiceDate>,
    /// 転帰, where the disease has ended.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub outcome: Option<DiseaseOutcome>,
    /// The day on which the codes must be in force; without it, the newest rows count.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    pub date: Option<ServiceDate>,
}

/// What became of a disease (転帰区分).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DiseaseOutcome {
    /// It goes on.
    #[default]
    Continuing,
    /// 治ゆ.
    Healed,
    /// 死亡.
    Died,
    /// 中止・転医.
    Ended,
}

impl DiseaseOutcome {
    /// 転帰区分 of a claim.
    #[must_use]
    pub fn claim_code(self) -> u32 {
        match self {
            Self::Continuing => 1,
            Self::Healed => 2,
            Self::Died => 3,
            Self::Ended => 4,
        }
    }
}

/// Longest JSON text of a disease, in bytes.
const MAX_TEXT: usize = 64 * 1024;

impl DiseaseInput {
    /// A disease without modifiers, dates and marks.
    #[must_use]
    pub fn of(disease: DiseaseCode) -> Self {
        Self {
            disease,
            modifiers: Vec::new(),
            suspected: false,
            name: None,
            main: false,
            start: None,
            outcome: None,
            date: None,
        }
    }

    /// Reads the input from JSON.
    ///
    /// # Errors
    /// [`CodeFault`] with the path of what is not of the schema.
    pub fn from_json(text: &str) -> Result<Self, Box<CodeFault>> {
        if text.len() > MAX_TEXT {
            let fault = CodeFault::error("", CodeFaultKind::TooMuch, "the input is longer than the engine reads");
            let got = format!("{} bytes", text.len());
            return Err(Box::new(fault.expected(format!("at most {MAX_TEXT} bytes"), got)));
        }
        serde_json::from_str(text).map_err(|error| {
            let fault = CodeFault::error(place::of(text, &error), CodeFaultKind::Schema, error.to_string());
            Box::new(fault.help("docs/codes.md describes the input"))
        })
    }
}
