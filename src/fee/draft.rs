//! The draft that the phases pass on: each visit's groups, a base line with its additions.

use rust_decimal::Decimal;

use crate::{
    code::{DrugCode, ProcedureCode},
    date::{Age, ServiceDate},
    master::{Certainty, Drug, LookupError, Masters, Material, Part, Procedure, TestBundle},
    money::Points,
};

use super::{
    encounter::{DrugUse, Encounter, Order, Specimen, Visit},
    marks::Marks,
    path::Path,
    section::Section,
    statement::{Origin, Reason, Verdict},
    text::Text,
    trace::Trace,
};

/// All that is being calculated.
pub(crate) struct Draft<'m> {
    pub(crate) masters: &'m Masters,
    pub(crate) encounter: &'m Encounter,
    /// By date, and on one day by what the rules ask of each other.
    pub(crate) visits: Vec<VisitDraft<'m>>,
    pub(crate) trace: Trace,
}

/// One visit under calculation.
pub(crate) struct VisitDraft<'m> {
    pub(crate) masters: &'m Masters,
    /// Place in the input.
    pub(crate) index: usize,
    pub(crate) visit: &'m Visit,
    pub(crate) date: ServiceDate,
    pub(crate) age: Age,
    /// Covered by the late-elderly scheme.
    pub(crate) late_elderly: bool,
    pub(crate) revision: &'m str,
    /// The parts of the fee schedule that the orders are of.
    pub(crate) parts: Parts,
    pub(crate) groups: Vec<Group<'m>>,
}

/// Parts of the fee schedule, by the letter of their items: most rules look at the lines of one part.
#[derive(Clone, Copy, Default)]
pub(crate) struct Parts(u32);

impl Parts {
    /// Adds the part of a line.
    pub(crate) fn add(&mut self, item: &Item<'_>) {
        self.0 |= Self::bit(item.part);
    }

    /// Whether the part of this capital letter is among them.
    pub(crate) fn have(self, letter: u8) -> bool {
        self.0 & Self::bit(letter) != 0
    }

    fn bit(letter: u8) -> u32 {
        1u32.checked_shl(u32::from(letter.wrapping_sub(b'A'))).unwrap_or(0)
    }
}

/// A base line and the additions that belong to it.
pub(crate) struct Group<'m> {
    pub(crate) base: Item<'m>,
    pub(crate) additions: Vec<Item<'m>>,
    pub(crate) count: u32,
    pub(crate) section: Section,
    /// Where a laboratory test's material comes from, as the order says.
    pub(crate) specimen: Option<Specimen>,
    /// The order that it comes from.
    pub(crate) order: Option<&'m Order>,
    /// Begun in urgency in the visit's time class, as the order says.
    pub(crate) urgent: Option<bool>,
}

/// One line under calculation.
pub(crate) struct Item<'m> {
    pub(crate) what: What<'m>,
    /// The procedure's code: asked for more often than anything else.
    code: Option<ProcedureCode>,
    /// The letter with which the procedure's item of the fee schedule begins; 0 for none.
    part: u8,
    pub(crate) quantity: Option<Decimal>,
    pub(crate) origin: Origin,
    pub(crate) path: Option<Path>,
    pub(crate) verdict: Verdict,
    pub(crate) points: Option<Points>,
    pub(crate) reasons: Vec<Why<'m>>,
    /// Points before rounding that a rule of the part gives in place of the row's own.
    pub(crate) figure: Option<Decimal>,
    /// Not an addition but a further part of the base, such as another stretch of one anesthesia: what percentages are
    /// taken of counts it.
    pub(crate) joined: bool,
    /// Points that the input gives, for a code whose figure no master has.
    pub(crate) given: Option<Points>,
    /// Drugs of which the patient pays a part outside the insurance.
    pub(crate) elective: Vec<Elective>,
    /// What the patient pays for them, once the line is priced.
    pub(crate) elective_points: Option<Points>,
    /// Yen for one time of a row that gives an amount of money, once the line is priced.
    pub(crate) yen: Option<Decimal>,
    /// An addition that is paid though its base is part of something else.
    pub(crate) stands: bool,
    /// Not paid because of what was charged before this calculation.
    pub(crate) to_past: bool,
    /// What the rules added the line for: without it, the line falls too.
    pub(crate) cause: Option<Cause>,
    /// The worst certainty of what the line rests on besides its own row.
    pub(crate) certainty: Certainty,
}

/// What a derived line goes with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Something of this 検査等実施判断グループ区分 (51).
    Tests(u32),
    /// The visit's consultation fee.
    Consultation,
    /// A fee with this 物価対応料グループ区分 (133).
    PriceResponse(u32),
    /// A fee with this mark of ベースアップ評価料(1) (129).
    BaseUp(char),
}

/// What a line charges.
pub(crate) enum What<'m> {
    /// A procedure.
    Procedure(Procedure<'m>),
    /// Drugs that are priced together.
    Drugs { kind: DrugsKind, drugs: Vec<(Drug<'m>, Decimal)> },
    /// A material, with the price of one unit that counts and what it is multiplied by.
    Material { row: Material<'m>, price: Option<Decimal>, factor: Decimal },
    /// Points that fall away from the internal drugs of one prescription, at a percentage that remains (F200 注3).
    Reduction { percent: Decimal, prescription: usize },
    /// A figure of the fee schedule without a code of its own.
    Figure { name: &'m str, points: Points, source: &'m str },
    /// A procedure that a rule calls for but that is not in force in the loaded masters.
    Missing { code: ProcedureCode },
}

/// A drug that the patient chose though it has generics (長期収載品の選定療養).
#[derive(Clone, Copy)]
pub(crate) struct Elective {
    /// Place among the drugs of the line.
    pub(crate) place: usize,
    /// Yen for one unit that the insurance pays.
    pub(crate) insured: Decimal,
    /// Yen for one unit that the patient pays besides.
    pub(crate) special: Decimal,
}

/// The rule by which drugs become points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DrugsKind {
    /// F200.
    Prescribed(Prescribed),
    /// G100: one injection.
    Injected,
    /// C200, D500, E300, H100, I100, J300, K940, L200: nothing up to 15 yen.
    UsedInProcedure,
}

/// Where prescribed drugs stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Prescribed {
    pub(crate) usage: DrugUse,
    /// Place of the prescription in the visit: F200 注3 counts by prescription.
    pub(crate) prescription: usize,
    /// 臨時の投薬.
    pub(crate) temporary: bool,
}

impl<'m> VisitDraft<'m> {
    /// Every line, bases and additions.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Item<'m>> {
        self.groups.iter().flat_map(|group| core::iter::once(&group.base).chain(&group.additions))
    }

    /// Whether a procedure stands among the lines, whatever its verdict.
    pub(crate) fn has(&self, code: ProcedureCode) -> bool {
        self.items().any(|item| item.code() == Some(code))
    }

    /// The procedures that are to be paid, as far as is known.
    pub(crate) fn paid(&self) -> impl Iterator<Item = (&Group<'m>, Procedure<'m>)> {
        self.groups.iter().filter_map(|group| match group.base.what {
            What::Procedure(row) if group.base.is_paid() => Some((group, row)),
            _ => None,
        })
    }
}

impl<'m> Group<'m> {
    /// A base alone, charged once.
    pub(crate) fn of(base: Item<'m>) -> Self {
        let section = base.section();
        Self { base, additions: Vec::new(), count: 1, section, specimen: None, order: None, urgent: None }
    }

    /// Splits off what goes beyond the first `keep` times: the same lines, counted for the rest.
    pub(crate) fn split(&mut self, keep: u32) -> Option<Self> {
        let rest = self.count.checked_sub(keep).filter(|rest| *rest > 0)?;
        let base = self.base.again()?;
        let additions = self.additions.iter().filter_map(Item::again).collect();
        self.count = keep;
        let Self { section, specimen, order, urgent, .. } = *self;
        Some(Self { base, additions, count: rest, section, specimen, order, urgent })
    }

    /// The base and its additions.
    pub(crate) fn items_mut(&mut self) -> impl Iterator<Item = &mut Item<'m>> {
        core::iter::once(&mut self.base).chain(&mut self.additions)
    }
}

impl<'m> Item<'m> {
    pub(crate) fn new(what: What<'m>, origin: Origin) -> Self {
        let verdict = match what {
            What::Missing { .. } => Verdict::NeedsReview,
            _ => Verdict::Charged,
        };
        let code = match &what {
            What::Procedure(row) => Some(row.code()),
            What::Missing { code } => Some(*code),
            _ => None,
        };
        let part = match &what {
            What::Procedure(row) => Marks::of(*row).part(),
            _ => 0,
        };
        Self {
            what,
            code,
            part,
            quantity: None,
            origin,
            path: None,
            verdict,
            points: None,
            reasons: Vec::new(),
            figure: None,
            joined: false,
            given: None,
            elective: Vec::new(),
            elective_points: None,
            yen: None,
            stands: false,
            to_past: false,
            cause: None,
            certainty: Certainty::Official,
        }
    }

    /// The same line once more, for a procedure.
    fn again(&self) -> Option<Self> {
        let mut copy = Self::new(What::Procedure(self.row()?), self.origin);
        copy.quantity = self.quantity;
        copy.path = self.path;
        copy.verdict = self.verdict;
        copy.reasons.clone_from(&self.reasons);
        copy.figure = self.figure;
        copy.joined = self.joined;
        copy.given = self.given;
        copy.stands = self.stands;
        copy.to_past = self.to_past;
        copy.cause = self.cause;
        copy.certainty = self.certainty;
        Some(copy)
    }

    /// The procedure's code, for a line that charges one.
    #[inline]
    pub(crate) fn code(&self) -> Option<ProcedureCode> {
        self.code
    }

    /// Whether the procedure's item is of this part of the fee schedule, by its letter.
    #[inline]
    pub(crate) fn is_of(&self, part: u8) -> bool {
        self.part == part
    }

    /// Charges another procedure in place of its own.
    pub(crate) fn replace(&mut self, row: Procedure<'m>) {
        self.code = Some(row.code());
        self.part = Marks::of(row).part();
        self.what = What::Procedure(row);
    }

    /// The drug's code, for a line of drugs.
    pub(crate) fn drug_code(&self) -> Option<DrugCode> {
        match &self.what {
            What::Drugs { drugs, .. } => drugs.first().map(|(drug, _)| drug.code()),
            _ => None,
        }
    }

    pub(crate) fn row(&self) -> Option<Procedure<'m>> {
        match self.what {
            What::Procedure(row) => Some(row),
            _ => None,
        }
    }

    /// The prescription of a 剤.
    pub(crate) fn prescribed(&self) -> Option<Prescribed> {
        match self.what {
            What::Drugs { kind: DrugsKind::Prescribed(of), .. } => Some(of),
            _ => None,
        }
    }

    /// Not barred by anything so far; a line that needs a review still counts as done.
    pub(crate) fn is_paid(&self) -> bool {
        matches!(self.verdict, Verdict::Charged | Verdict::NeedsReview)
    }

    pub(crate) fn because(mut self, reason: Why<'m>) -> Self {
        self.reasons.push(reason);
        self
    }

    /// Gives the line another verdict, unless one has already taken it off the claim.
    pub(crate) fn turn(&mut self, verdict: Verdict, reason: Why<'m>) {
        if self.is_paid() {
            self.verdict = verdict;
        }
        self.reasons.push(reason);
    }

    /// Notes that the line rests on something less sure than its own row.
    pub(crate) fn rests_on(&mut self, certainty: Certainty) {
        self.certainty = self.certainty.max(certainty);
    }

    pub(crate) fn section(&self) -> Section {
        match &self.what {
            What::Procedure(row) => Section::of_tally(row.section_out()),
            What::Missing { code } => Section::of_code(*code),
            What::Drugs { kind: DrugsKind::Prescribed(of), .. } => Section::of_drug_use(of.usage),
            What::Reduction { .. } => Section::of_drug_use(DrugUse::Internal),
            What::Drugs { .. } | What::Material { .. } | What::Figure { .. } => Section::OTHER,
        }
    }
}

/// A reason from a rule.
#[inline]
pub(crate) fn reason<'m>(rule: impl Into<Text<'m>>, basis: impl Into<Text<'m>>, text: impl Into<Text<'m>>) -> Why<'m> {
    Reason { rule: rule.into(), basis: basis.into(), text: text.into() }
}

/// A reason whose texts are written at the end.
pub(crate) type Why<'m> = Reason<Text<'m>>;

/// The part that a rule names on a day, if it has one then.
pub(crate) fn role<'m>(masters: &'m Masters, name: &str, on: ServiceDate) -> Option<Part<'m>> {
    masters.role(name, on)
}

/// A line that a rule adds for a procedure; when the masters lack it on that day, a line that says so.
pub(crate) fn derived<'m>(masters: &'m Masters, code: ProcedureCode, on: ServiceDate) -> Item<'m> {
    match masters.get::<Procedure<'m>>(&code, on) {
        Ok(row) => Item::new(What::Procedure(row), Origin::Derived),
        Err(error) => Item::new(What::Missing { code }, Origin::Derived).because(missing(&error)),
    }
}

fn missing<'m>(error: &LookupError) -> Why<'m> {
    let text = match error {
        LookupError::Unknown { code, .. } => format!("規則が求める {code} が、読み込まれたマスターにない"),
        LookupError::NotInForce { code, date, .. } => format!("規則が求める {code} は {date} に有効でない"),
    };
    reason("master.missing", "医科診療行為マスター", text)
}

/// The bundle for a number of tests of one group, if the fee schedule has one on that day.
pub(crate) fn bundle(masters: &Masters, group: u32, items: u32, on: ServiceDate) -> Option<TestBundle<'_>> {
    masters.in_force::<TestBundle<'_>>(on).find(|row| {
        row.group() == group && row.min_items() <= items && (row.max_items() == 0 || items <= row.max_items())
    })
}

/// A line whose figure nothing settles.
pub(crate) fn unsettled<'m>(name: &'m str, why: Why<'m>) -> Item<'m> {
    let figure = What::Figure { name, points: Points::ZERO, source: "" };
    let mut item = Item::new(figure, Origin::Derived);
    item.turn(Verdict::NeedsReview, why);
    item
}
