//! Recomputing a claim: are its points right, and if not, why not?
//!
//! Every unit is priced by the tables of its day, as it stands. Then the claim becomes an encounter, a visit for every day of
//! service, and goes through all rules of the fee schedule: bundling, exclusion, frequency, the conditions of the rows.
//! What the masters do not have is said, never guessed.

mod compare;
mod fault;
mod history;
mod outcome;
mod pass;
mod price;
mod rebuild;
mod subject;
mod unit;

use crate::{
    claim::view::Claim,
    code::ProcedureCode,
    date::{Age, ServiceDate},
    fee::{
        self, Verdict,
        encounter::{Consultation, Order, PastCharge, TimeClass, Visit},
        written::Written,
    },
    master::{Certainty, Drug, Masters, Material, Procedure},
};
use rust_decimal::Decimal;

pub use fault::{PointFault, PointWeight};
pub use history::History;
pub use outcome::{NotClaimed, Recomputed, SCHEMA, UnitItem, UnitOutcome, UnitVerdict};
pub use pass::{Points, RULES};
pub use price::Edition;

use price::ByTables;
use rebuild::Rebuilt;
use subject::Subject;
use unit::Unit;

/// 食事療養・生活療養: yen in place of points.
const MEALS: u8 = 97;

/// How to recompute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecomputeOptions {
    /// Whether to give the encounter that was made of the claim.
    pub encounter: bool,
}

/// Recomputes a claim. Nothing comes of one without a month of service.
///
/// ```
/// use santei::{
///     claim::{read::{Reader, SegmentKind}, recompute::{History, RecomputeOptions, UnitVerdict, recompute}, view::Claim},
///     master::Masters,
/// };
/// let file = "RE,1,1112,202607,TARO,1,19800401\n\
///     HO,  138057,1,2,1,417\n\
///     SI,11,1,111000110,,291,1,,,,,,,,1\n\
///     SI,60,1,160061810,,126,1,,,,,,,,1\n";
/// let batch = Reader::new(file.as_bytes()).next_batch()?.unwrap();
/// let claim = Claim::of(batch.segments().find(|segment| segment.kind() == SegmentKind::Claim).unwrap());
/// let out = recompute(&Masters::standard()?, &claim, &History::new(), RecomputeOptions::default()).unwrap();
/// assert_eq!(out.units[0].verdict, UnitVerdict::Agrees);
/// assert_eq!((out.units[1].claimed, out.units[1].by_tables), (Some(126), Some(125)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn recompute(
    masters: &Masters,
    claim: &Claim<'_>,
    history: &History,
    options: RecomputeOptions,
) -> Option<Recomputed> {
    let subject = Subject::of(claim)?;
    let past = history.before(claim, subject.month);
    Some(of_subject(masters, &subject, past, options, Depth::Whole))
}

/// How much is told of each unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Whole,
    /// What its faults need: what is the same on the claim, and names and editions of units that agree, are left out.
    Faults,
}

fn of_subject(
    masters: &Masters,
    subject: &Subject,
    history: Vec<PastCharge>,
    options: RecomputeOptions,
    depth: Depth,
) -> Recomputed {
    let mut units: Vec<UnitOutcome> = subject.units.iter().map(|unit| priced(masters, subject, unit, depth)).collect();
    let mut out = Recomputed {
        schema: SCHEMA.to_owned(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        line: subject.line,
        number: subject.number,
        month: subject.month.to_string(),
        claimed: 0,
        computed: None,
        units: Vec::new(),
        not_claimed: Vec::new(),
        not_checked: Vec::new(),
        not_rebuilt: None,
        encounter: None,
    };
    match rebuild::rebuild(masters, subject, history) {
        None => {
            let why = if subject.birth.is_none() {
                "生年月日の記録がない"
            } else {
                "計算できる単位がない"
            };
            out.not_rebuilt = Some(why.to_owned());
        }
        Some(rebuilt) => by_rules(masters, rebuilt, options, depth, &mut units, &mut out),
    }
    let mut computed = Some(0_i64);
    for (unit, outcome) in subject.units.iter().zip(&units).filter(|(unit, _)| unit.section != MEALS) {
        let times = i64::from(unit.count);
        let claimed = unit.points.and_then(|points| points.checked_mul(times)).unwrap_or(0);
        out.claimed = out.claimed.saturating_add(claimed);
        let by_rules = outcome.by_rules.or_else(|| outcome.by_tables.and_then(|points| points.checked_mul(times)));
        computed = computed.zip(by_rules).and_then(|(sum, points)| sum.checked_add(points));
    }
    for (unit, outcome) in subject.units.iter().zip(&mut units) {
        use UnitVerdict::{Agrees, NeedsReview, NotPriced};
        if depth == Depth::Whole || !matches!(outcome.verdict, Agrees | NotPriced | NeedsReview) {
            outcome.items = items(masters, unit, day_of(subject, unit));
        }
    }
    out.computed = computed;
    out.units = units;
    out
}

/// The first day of a unit; the month's last where none is named.
fn day_of(subject: &Subject, unit: &Unit) -> ServiceDate {
    let first = unit.days.first().and_then(|(day, _)| subject.month.day(*day));
    first.unwrap_or_else(|| subject.month.last_day())
}

/// A unit by the tables alone.
fn priced(masters: &Masters, subject: &Subject, unit: &Unit, depth: Depth) -> UnitOutcome {
    let on = day_of(subject, unit);
    let whole = depth == Depth::Whole;
    let age = subject.birth.and_then(|birth| Age::on(birth, on));
    let mut outcome = UnitOutcome {
        line: unit.line(),
        section: if whole { format!("{:02}", unit.section) } else { String::new() },
        burden: unit.burden.filter(|_| whole).map(|mix| mix.to_string()),
        items: Vec::new(),
        days: if whole { unit.days.clone() } else { Vec::new() },
        count: unit.count,
        claimed: unit.points,
        by_tables: None,
        by_rules: None,
        verdict: UnitVerdict::NotPriced,
        rules: None,
        certainty: Certainty::Official,
        edition: None,
        why: None,
        reasons: Vec::new(),
    };
    match price::by_tables(masters, unit, on, age) {
        ByTables::Priced(priced) => {
            outcome.by_tables = Some(priced.points.get());
            outcome.certainty = priced.certainty;
            outcome.verdict = if unit.points == Some(priced.points.get()) {
                UnitVerdict::Agrees
            } else {
                outcome.edition = price::edition_of(masters, unit, on, age);
                UnitVerdict::Differs
            };
        }
        ByTables::Not(why) => {
            if whole {
                outcome.edition = price::edition_of(masters, unit, on, age);
            }
            outcome.why = Some(why);
        }
    }
    outcome
}

fn items(masters: &Masters, unit: &Unit, on: ServiceDate) -> Vec<UnitItem> {
    let of = |entry: &unit::Entry| {
        let (code, name, quantity, unit) = match &entry.what {
            Ok(Written::Procedure(code, quantity)) => {
                let row: Option<Procedure<'_>> = masters.row(code, on);
                (code.to_string(), row.map(|row| row.name()), *quantity, row.map(|row| row.unit()))
            }
            Ok(Written::Drug(code, amount)) => {
                let row: Option<Drug<'_>> = masters.row(code, on);
                (code.to_string(), row.map(|row| row.name()), Some(*amount), row.map(|row| row.unit()))
            }
            Ok(Written::Material { code, amount, .. }) => {
                let row: Option<Material<'_>> = masters.row(code, on);
                (code.to_string(), row.map(|row| row.name()), Some(*amount), row.map(|row| row.unit()))
            }
            Err(malformed) => (malformed.code.clone(), None, None, None),
        };
        UnitItem {
            line: entry.line,
            code,
            name: name.unwrap_or_default().to_owned(),
            quantity: quantity.map(|quantity| quantity.normalize().to_string()),
            unit: unit.filter(|unit| !unit.is_empty()).map(str::to_owned),
        }
    };
    unit.entries.iter().map(of).collect()
}

/// The claim by all rules.
fn by_rules(
    masters: &Masters,
    rebuilt: Rebuilt,
    options: RecomputeOptions,
    depth: Depth,
    units: &mut [UnitOutcome],
    out: &mut Recomputed,
) {
    let Rebuilt { encounter, origins, left_out } = rebuilt;
    for (place, why) in left_out {
        if let Some(outcome) = units.get_mut(place) {
            outcome.why.get_or_insert(why);
        }
    }
    match fee::billed(masters, &encounter, false) {
        Err(refusal) => {
            let why: Vec<String> = refusal.errors.iter().take(3).map(ToString::to_string).collect();
            out.not_rebuilt = Some(why.join("; "));
        }
        Ok((statement, _)) => {
            let (charged, not_claimed) = compare::compare(&statement, &origins, depth);
            for (place, charged) in charged {
                if let Some(outcome) = units.get_mut(place) {
                    judge(outcome, charged);
                }
            }
            out.not_claimed = not_claimed;
            out.not_checked = statement.not_checked;
        }
    }
    out.encounter = options.encounter.then_some(encounter);
}

/// Joins what the rules say to what the tables say.
fn judge(outcome: &mut UnitOutcome, charged: compare::Charged) {
    let claimed = outcome.claimed.and_then(|points| points.checked_mul(i64::from(outcome.count)));
    outcome.certainty = outcome.certainty.max(charged.certainty);
    match charged.verdict {
        Verdict::Charged => {
            outcome.by_rules = Some(charged.total);
            if outcome.verdict == UnitVerdict::Agrees && claimed != Some(charged.total) {
                outcome.verdict = UnitVerdict::Otherwise;
                outcome.reasons = charged.joined;
            } else if outcome.verdict == UnitVerdict::NotPriced && claimed == Some(charged.written) {
                outcome.verdict = UnitVerdict::Agrees;
            }
        }
        Verdict::NeedsReview => {
            if outcome.verdict == UnitVerdict::Agrees {
                outcome.verdict = UnitVerdict::NeedsReview;
            }
            outcome.reasons = charged.reasons;
        }
        verdict => {
            outcome.by_rules = Some(charged.total);
            outcome.rules = Some(verdict);
            outcome.reasons = charged.reasons;
            if outcome.verdict == UnitVerdict::Agrees {
                outcome.verdict = UnitVerdict::NotCharged;
            }
        }
    }
}

/// An order of a procedure by itself.
fn order(procedure: ProcedureCode, quantity: Option<Decimal>) -> Order {
    Order {
        procedure,
        quantity,
        count: 1,
        additions: Vec::new(),
        drugs: Vec::new(),
        materials: Vec::new(),
        points: None,
        urgent: None,
        specimen: None,
        site: None,
        levels: Vec::new(),
        source_quantity: None,
        rehabilitation: None,
    }
}

/// A visit with nothing in it.
fn visit(date: ServiceDate, consultation: Consultation) -> Visit {
    Visit {
        date,
        consultation,
        admitted: None,
        time_class: TimeClass::InHours,
        telemedicine: false,
        second_department: false,
        hospital_fee: None,
        outpatient_management: None,
        diagnoses: Vec::new(),
        orders: Vec::new(),
        prescriptions: Vec::new(),
    }
}
