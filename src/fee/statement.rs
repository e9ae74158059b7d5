//! What is charged, line by line, and why.

use serde::Serialize;

use crate::{
    date::ServiceDate,
    master::Certainty,
    money::{Points, Yen},
};

/// The points of every visit, every line with its verdict and reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(S = String)))]
pub struct Statement<S = String> {
    /// The revision by whose rules the visits are calculated whatever their day; only when one was asked for. The figures are
    /// then hypothetical.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub as_of_revision: Option<S>,
    /// The visits, by date; on one day the consultation, the second department, what comes again, then what is only ordered.
    pub visits: Vec<VisitStatement<S>>,
    /// Points of all charged lines of all visits.
    pub total_points: Points,
    /// Whether every line is settled: no line asks for a review.
    pub settled: bool,
    /// Checks that were not made on some line, because the loaded masters lack its rows; a claim must pass them elsewhere.
    pub not_checked: Vec<NotChecked>,
}

/// A check by the electronic fee table that could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum NotChecked {
    /// 電子点数表 02: what is bundled into another procedure.
    Bundling,
    /// 電子点数表 03: what excludes another procedure.
    Exclusion,
    /// 電子点数表 05: how often a procedure may be charged.
    Frequency,
}

impl NotChecked {
    /// Its Japanese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bundling => "包括",
            Self::Exclusion => "背反",
            Self::Frequency => "算定回数",
        }
    }
}

/// The points of one visit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(S = String)))]
pub struct VisitStatement<S = String> {
    /// Place in the input's `visits`.
    pub visit: usize,
    /// The day of service.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: ServiceDate,
    /// The revision of the fee schedule whose rules count: `r4`, `r6`, `r8` …
    pub revision: S,
    /// The lines, section by section; an addition follows its base.
    pub lines: Vec<Line<S>>,
    /// Points of the charged lines of each section.
    pub sections: Vec<SectionTotal<S>>,
    /// Points of all charged lines.
    pub total_points: Points,
    /// Whether every line is settled.
    pub settled: bool,
    /// What the patient pays outside the insurance for originators of choice (長期収載品の選定療養): no part of the points, of
    /// the share or of any ceiling.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<ElectiveCare>>"))]
    pub elective_care: Vec<ElectiveCare<S>>,
}

/// The special charge (特別の料金) for the originators of one line of drugs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(S = String)))]
pub struct ElectiveCare<S = String> {
    /// JSON path of the 剤.
    pub path: Option<S>,
    /// 医薬品コード of the drugs.
    pub codes: Vec<S>,
    /// Their names.
    pub names: Vec<S>,
    /// The difference in price of a day, a time or the whole amount, turned into points; none while it is not settled.
    pub points: Option<Points>,
    /// How many days or times.
    pub count: u32,
    /// The consumption tax in percent.
    pub tax_percent: Option<S>,
    /// Yen with the tax; none while it is not settled.
    pub amount: Option<Yen>,
    /// How sure it is.
    pub certainty: Certainty,
    /// What it rests on.
    pub reasons: Vec<Reason<S>>,
}

/// Points of one section (診療識別).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(S = String)))]
pub struct SectionTotal<S = String> {
    /// Two digits.
    pub section: S,
    /// Its name on a claim.
    pub name: S,
    /// The points.
    pub points: Points,
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(S = String)))]
pub struct Line<S = String> {
    /// 診療識別: the section of the claim, two digits.
    pub section: S,
    /// The code charged; none for a figure that has no code of its own.
    pub code: Option<S>,
    /// Its name on a claim.
    pub name: S,
    /// Quantity in the procedure's unit, where it counts one.
    pub quantity: Option<S>,
    /// The unit.
    pub unit: Option<S>,
    /// Points for one time; none while the line asks for a review.
    pub points: Option<Points>,
    /// How many times.
    pub count: u32,
    /// Points × count for a charged line, 0 for one that is not paid, none while it asks for a review.
    pub total: Option<Points>,
    /// Whether it is paid.
    pub verdict: Verdict,
    /// Whether it was ordered or follows from the rules.
    pub origin: Origin,
    /// JSON path of the order that it comes from.
    pub path: Option<S>,
    /// Whether the line is an addition to the line before it that is none.
    pub addition: bool,
    /// How sure the figures are.
    pub certainty: Certainty,
    /// Where the figures come from.
    pub source: S,
    /// The drugs of a 剤 or an injection.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<DrugLine>>"))]
    pub drugs: Vec<DrugLine<S>>,
    /// Why the line is there and what became of it.
    pub reasons: Vec<Reason<S>>,
}

/// One drug of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(S = String)))]
pub struct DrugLine<S = String> {
    /// 医薬品コード.
    pub code: S,
    /// Name.
    pub name: S,
    /// Amount in the drug's unit.
    pub quantity: S,
    /// The unit.
    pub unit: S,
    /// Yen for one unit.
    pub price: S,
    /// How sure the price is.
    pub certainty: Certainty,
    /// Where the price comes from.
    pub source: S,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 算定: paid.
    Charged,
    /// 包括: part of another line.
    Bundled,
    /// 背反, or barred by the master's own conditions (age, setting, facility).
    Excluded,
    /// 算定回数: more often than may be charged.
    Limited,
    /// 要確認: the tables do not settle it; a person must.
    NeedsReview,
}

/// Where a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It stands in the input.
    Ordered,
    /// The rules add it.
    Derived,
}

/// One reason for a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(S = String)))]
pub struct Reason<S = String> {
    /// Stable name of the rule, such as `a001.outpatient_management`.
    pub rule: S,
    /// The article or table row that it rests on.
    pub basis: S,
    /// What it means here, in Japanese.
    pub text: S,
}
