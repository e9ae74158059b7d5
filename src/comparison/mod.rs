//! The same encounter under two revisions: its totals, and the lines that are not the same. `docs/what-if.md` says what
//! that means.

mod lines;
mod tally;

pub use tally::{CodeTally, Tally};

use serde::Serialize;

use crate::{
    calculation::unknown,
    date::ServiceDate,
    fee::{self, Encounter, InputError, Refusal, Verdict},
    master::{Masters, UnknownRevision},
    money::{Points, Yen},
};

/// Compares encounters under two revisions.
///
/// ```
/// use santei::{calculation::parse, comparison::{Change, Comparer}, master::Masters};
/// let masters = Masters::standard()?;
/// let comparer = Comparer::new(&masters, "r6", "r8")?;
/// let comparison = comparer.compare(&parse(r#"{
///     "facility": { "kind": "clinic" },
///     "patient": { "birth_date": "1980-04-01" },
///     "visits": [{ "date": "2025-07-01", "consultation": "first" }]
/// }"#)?)?;
/// assert_eq!((comparison.from_points.get(), comparison.to_points.get()), (291, 293));
/// // 外来・在宅物価対応料 is new in 2026; the first visit itself is what it was.
/// let [change] = comparison.visits[0].changes.as_slice() else { panic!() };
/// assert_eq!((change.change, change.difference), (Change::New, Some(2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Comparer {
    from: Side,
    to: Side,
}

#[derive(Debug)]
struct Side {
    revision: String,
    masters: Masters,
}

/// An encounter under two revisions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Points under the one revision.
    pub from_points: Points,
    /// Points under the other.
    pub to_points: Points,
    /// How many points more the other gives.
    pub difference: i64,
    /// Whether under both no line asks for a review. Where one does, the points are those of the other lines.
    pub settled: bool,
    /// The visits, in the order of a statement.
    pub visits: Vec<VisitComparison>,
}

/// A visit under two revisions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VisitComparison {
    /// Place in the input's `visits`.
    pub visit: usize,
    /// The day of service.
    pub date: ServiceDate,
    /// Points under the one revision.
    pub from_points: Points,
    /// Points under the other.
    pub to_points: Points,
    /// How many points more the other gives.
    pub difference: i64,
    /// Whether under both no line asks for a review.
    pub settled: bool,
    /// The lines that are not the same.
    pub changes: Vec<LineChange>,
}

/// What is not the same about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is there under the other revision only.
    New,
    /// It is there under the one revision only.
    Gone,
    /// It is charged, bundled, excluded, limited or open under one of them and not under the other.
    Verdict,
    /// It has other points, or another count.
    Points,
}

/// A line that is not the same under both revisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineChange {
    /// What is not the same.
    pub change: Change,
    /// 診療識別.
    pub section: String,
    /// The code charged; none for a figure that has no code of its own.
    pub code: Option<String>,
    /// Its name, under the other revision where it is there.
    pub name: String,
    /// JSON path of the order that it comes from.
    pub path: Option<String>,
    /// The line under the one revision.
    pub from: Option<LineFigure>,
    /// The line under the other.
    pub to: Option<LineFigure>,
    /// How many points more it gives; none while one of the two asks for a review.
    pub difference: Option<i64>,
}

/// What a line charges under one revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LineFigure {
    /// Whether it is paid.
    pub verdict: Verdict,
    /// Points for one time.
    pub points: Option<Points>,
    /// How many times.
    pub count: u32,
    /// Points of all times; 0 when it is not paid, none while it asks for a review.
    pub total: Option<Points>,
    /// Yen of a charged line of money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yen: Option<Yen>,
}

/// An encounter that cannot be calculated under one of the revisions, or under either.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}", .not_comparable.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct NotComparable {
    /// What is refused under which revision.
    pub not_comparable: Vec<RefusedUnder>,
}

/// Why an encounter is refused under a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("under {revision}: {}", .errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct RefusedUnder {
    /// The revision.
    pub revision: String,
    /// Every fault with its JSON path.
    pub errors: Vec<InputError>,
}

impl Comparer {
    /// Two revisions, each by its code (`r8`) or its name.
    ///
    /// # Errors
    /// [`UnknownRevision`] with the ones that are known.
    pub fn new(masters: &Masters, from: &str, to: &str) -> Result<Self, UnknownRevision> {
        let side = |wanted: &str| {
            let masters = masters.as_of_revision(wanted)?;
            Ok(Side { revision: masters.kept_revision().unwrap_or(wanted).to_owned(), masters })
        };
        Ok(Self { from: side(from)?, to: side(to)? })
    }

    /// The code of the one revision.
    #[must_use]
    pub fn from(&self) -> &str {
        &self.from.revision
    }

    /// The code of the other.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.to.revision
    }

    /// Compares an encounter.
    ///
    /// # Errors
    /// [`NotComparable`] when it is refused under one of the revisions, such as for a code that is not in force there.
    pub fn compare(&self, encounter: &Encounter) -> Result<Comparison, NotComparable> {
        let charge = |side: &Side| {
            let charged = fee::charge(&side.masters, encounter, false);
            charged.map(|(statement, _)| statement).map_err(|refusal| side.refused(refusal))
        };
        let (from, to) = match (charge(&self.from), charge(&self.to)) {
            (Ok(from), Ok(to)) => (from, to),
            (from, to) => {
                let not_comparable = [from.err(), to.err()].into_iter().flatten().collect();
                return Err(NotComparable { not_comparable });
            }
        };
        // The order of the visits follows from their days and contents alone, so it is the same under both.
        let visits = from.visits.iter().zip(&to.visits).map(|(from, to)| VisitComparison {
            visit: to.visit,
            date: to.date,
            from_points: from.total_points,
            to_points: to.total_points,
            difference: to.total_points.get() - from.total_points.get(),
            settled: from.settled && to.settled,
            changes: lines::changes(&from.lines, &to.lines),
        });
        Ok(Comparison {
            from_points: from.total_points,
            to_points: to.total_points,
            difference: to.total_points.get() - from.total_points.get(),
            settled: from.settled && to.settled,
            visits: visits.collect(),
        })
    }
}

impl Side {
    fn refused(&self, refusal: Refusal) -> RefusedUnder {
        RefusedUnder { revision: self.revision.clone(), errors: refusal.errors }
    }
}

/// Compares one encounter under two revisions. For many, one [`Comparer`] serves all.
///
/// # Errors
/// [`NotComparable`] when a revision is unknown or the encounter is refused under one of them.
pub fn compare(masters: &Masters, encounter: &Encounter, from: &str, to: &str) -> Result<Comparison, NotComparable> {
    let comparer = Comparer::new(masters, from, to).map_err(|error| {
        let errors = unknown(&error).errors;
        NotComparable { not_comparable: vec![RefusedUnder { revision: error.wanted, errors }] }
    })?;
    comparer.compare(encounter)
}
