//! From a claim to its plan: every table looked up on the day of service, every contradiction named.

use super::{
    ceiling::{self, Choice, Limit},
    claim::Claim,
    class::{AgeClass, CeilingClass, Setting},
    national::National,
    plan::{Plan, PlanPayer, Scheme},
};
use crate::{
    fee::{InputError, InputErrorKind, Refusal},
    master::{Certainty, LookupError, Masters, PayerRule, Role},
    money::Yen,
};

/// Most public payers of a claim (第一公費 to 第四公費).
const MOST_PAYERS: usize = 4;

/// A claim's plan, and how it hangs together with the claim.
pub(super) struct Resolved {
    pub(super) plan: Plan,
    /// Place in the claim of each of the plan's payers.
    pub(super) places: Vec<usize>,
    /// The kind of each segment.
    pub(super) kind_of: Vec<usize>,
}

/// Makes the plan.
pub(super) fn plan(masters: &Masters, claim: &Claim) -> Result<Resolved, Refusal> {
    let mut errors = Vec::new();
    contradictions(claim, &mut errors);
    long_term_amount(masters, claim, &mut errors);
    let mut resolver = Resolver { masters, claim, errors };
    let plan = resolver.plan();
    match plan {
        Some(plan) if resolver.errors.is_empty() => Ok(plan),
        _ => {
            resolver.errors.truncate(Refusal::LIMIT);
            Err(Refusal { errors: resolver.errors })
        }
    }
}

fn contradictions(claim: &Claim, errors: &mut Vec<InputError>) {
    let mut wrong = |path: String, message: &str, expected: &str, got: String| {
        errors.push(InputError::new(path, InputErrorKind::Contradiction, message).expected(expected, got));
    };
    if let Some(class) = claim.class.filter(|class| !class.fits(claim.age)) {
        let expected = match claim.age {
            AgeClass::Under70 => "ア, イ, ウ, エ or オ",
            AgeClass::From70To74 => "現役並みⅢ to Ⅰ, 一般, 低所得Ⅱ or 低所得Ⅰ",
            AgeClass::From75 => "現役並みⅢ to Ⅰ, 一般Ⅱ, 一般Ⅰ, 低所得Ⅱ or 低所得Ⅰ",
        };
        wrong("coverage.ceiling_class".into(), "the ceiling class does not fit the age", expected, class.name().into());
    }
    if !(1..=10).contains(&claim.rate_tenths) {
        wrong("coverage.rate_tenths".into(), "no such share", "1 to 10 tenths", claim.rate_tenths.to_string());
    }
    if claim.payers.len() > MOST_PAYERS {
        wrong("payers".into(), "a claim has room for four public payers", "at most 4", claim.payers.len().to_string());
    }
    for (index, payer) in claim.payers.iter().enumerate() {
        if let Some(cap) = payer.cap.filter(|cap| cap.get() < 0) {
            wrong(format!("payers[{index}].cap"), "a cap is not below zero", "0 or more", cap.get().to_string());
        }
        let same = claim.payers.iter().take(index).any(|other| other.law == payer.law);
        if same && !payer.local {
            wrong(format!("payers[{index}].law"), "a public payer is named twice", "one of each", payer.law.clone());
        }
    }
    for (index, segment) in claim.segments.iter().enumerate() {
        if segment.cost.get() < 0 {
            let got = segment.cost.get().to_string();
            wrong(format!("segments[{index}]"), "a cost is not below zero", "0 or more", got);
        }
        for payer in &segment.payers {
            if *payer >= claim.payers.len() {
                let expected = format!("a place from 0 to {}", claim.payers.len().saturating_sub(1));
                let message = "the segment names a payer that is not there";
                wrong(format!("segments[{index}].payers"), message, &expected, payer.to_string());
            }
        }
    }
}

/// マル長 is one of the two amounts of the day, and the higher one goes with ア and イ (健康保険法施行令 第42条第9項).
fn long_term_amount(masters: &Masters, claim: &Claim, errors: &mut Vec<InputError>) {
    let Some(amount) = claim.long_term_illness.map(Yen::get) else { return };
    let path = "coverage.long_term_illness";
    let amounts = match ceiling::long_term(masters, claim.on) {
        Ok(amounts) => amounts,
        Err(error) => {
            errors.push(InputError::new(path, InputErrorKind::NotInForce, error.to_string()));
            return;
        }
    };
    let mut wrong = |message: &str, expected: String, got: String| {
        errors.push(InputError::new(path, InputErrorKind::Contradiction, message).expected(expected, got));
    };
    if amount != amounts.standard && amount != amounts.high {
        let expected = format!("{} or {}", amounts.standard, amounts.high);
        wrong("the ceiling of a long-term illness is one of two amounts", expected, amount.to_string());
    } else if let Some(class) = claim.class.filter(|class| amount == amounts.high && !class.is_high()) {
        let message =
            "the higher ceiling of a long-term illness is for ア and イ only (健康保険法施行令 第42条第9項第2号)";
        wrong(message, amounts.standard.to_string(), format!("{amount} with {}", class.name()));
    }
}

struct Resolver<'a> {
    masters: &'a Masters,
    claim: &'a Claim,
    errors: Vec<InputError>,
}

impl Resolver<'_> {
    fn plan(&mut self) -> Option<Resolved> {
        let claim = self.claim;
        let mut payers: Vec<(usize, PlanPayer)> = Vec::new();
        for (index, _) in claim.payers.iter().enumerate() {
            if let Some(payer) = self.payer(index) {
                payers.push((index, payer));
            }
        }
        // Programmes of the municipality come after the national ones (地方単独), each in the order given.
        crate::order::by_key(&mut payers, |(index, payer)| (payer.priority, *index));
        let places: Vec<usize> = payers.iter().map(|(index, _)| *index).collect();
        let payers: Vec<PlanPayer> = payers.into_iter().map(|(_, payer)| payer).collect();
        let mut of_segment: Vec<Vec<usize>> = Vec::new();
        for segment in &claim.segments {
            let mut kind: Vec<usize> =
                (0..places.len()).filter(|at| places.get(*at).is_some_and(|p| segment.payers.contains(p))).collect();
            kind.dedup();
            of_segment.push(kind);
        }
        // In an order of their own: nothing depends on the order of the input.
        let mut kinds = of_segment.clone();
        crate::order::sort(&mut kinds);
        kinds.dedup();
        let kind_of = of_segment.iter().map(|kind| kinds.iter().position(|k| k == kind).unwrap_or(0)).collect();
        let mut plan = Plan {
            rate: claim.rate_tenths,
            insured: claim.insured,
            payers,
            kinds,
            single: None,
            relief: None,
            long_term: None,
            minimum: 0,
        };
        if claim.insured {
            self.insurance(&mut plan)?;
        } else if (0..plan.kinds.len()).any(|kind| plan.is_single(kind)) {
            let message = "without insurance every cost needs a public payer";
            self.errors.push(InputError::new("segments", InputErrorKind::Contradiction, message));
        }
        Some(Resolved { plan, places, kind_of })
    }

    fn insurance(&mut self, plan: &mut Plan) -> Option<()> {
        let claim = self.claim;
        let outpatient = claim.setting == Setting::Outpatient;
        if let Some(key) = self.class_key() {
            let choice = Choice { outpatient, frequent: claim.frequent, half: claim.halved };
            plan.single = Some(self.limit(key, choice, "coverage.ceiling_class")?);
        }
        if claim.age == AgeClass::Under70 {
            let choice = Choice { half: claim.halved, ..Choice::default() };
            plan.minimum = self.limit("household.minimum", choice, "month")?.base;
        }
        if let Some(amount) = claim.long_term_illness {
            let high = ceiling::long_term(self.masters, claim.on).is_ok_and(|amounts| amount.get() == amounts.high);
            let key = if high { "long_term.high" } else { "long_term.standard" };
            let choice = Choice { half: claim.halved, ..Choice::default() };
            plan.long_term = Some(self.limit(key, choice, "coverage.long_term_illness")?);
        } else if claim.relief_measure && outpatient && claim.rate_tenths == 2 && claim.age == AgeClass::From75 {
            // After its last day the measure is no more: the ordinary two tenths hold.
            plan.relief = ceiling::limit(self.masters, "relief.late_elderly", claim.on, Choice::default()).ok();
        }
        Some(())
    }

    /// The row of the class. From 70 on 一般 and 現役並みⅢ need no certificate (健康保険法施行令 第43条第1項第2号).
    fn class_key(&self) -> Option<&'static str> {
        let claim = self.claim;
        match (claim.class, claim.age) {
            (Some(class), _) => Some(class.key()),
            (None, AgeClass::Under70) => None,
            (None, _) if claim.rate_tenths != 3 => Some(CeilingClass::General.key()),
            // One class of 現役並み until 2018-07-31, three from then on.
            (None, _) => Some(match ceiling::exists(self.masters, CeilingClass::Active3.key(), claim.on) {
                true => CeilingClass::Active3.key(),
                false => CeilingClass::Active.key(),
            }),
        }
    }

    fn limit(&mut self, key: &str, choice: Choice, path: &str) -> Option<Limit> {
        match ceiling::limit(self.masters, key, self.claim.on, choice) {
            Ok(limit) => Some(limit),
            Err(error) => {
                let kind = match error {
                    LookupError::Unknown { .. } => InputErrorKind::UnknownCode,
                    LookupError::NotInForce { .. } => InputErrorKind::NotInForce,
                };
                let help = "masters/ceilings.csv has the ceilings by day of service";
                self.errors.push(InputError::new(path, kind, error.to_string()).help(help));
                None
            }
        }
    }

    fn payer(&mut self, index: usize) -> Option<PlanPayer> {
        let claim = self.claim;
        let given = claim.payers.get(index)?;
        let cap = given.cap.map(Yen::get);
        if given.local {
            return Some(PlanPayer {
                law: given.law.clone(),
                name: "地方単独".to_owned(),
                article: "条例・要綱".to_owned(),
                certainty: Certainty::Official,
                priority: u32::MAX,
                public_first: false,
                scheme: Scheme::Local,
                percent: 100,
                up_to_cap: false,
                cap: None,
                limit: None,
            });
        }
        let row = self.payer_row(index, &given.law)?;
        let rule = National::of(row, claim.rate_tenths);
        let rule = rule.by_master(self.masters, &given.law, claim.rate_tenths, claim.on);
        let scheme = match rule.ceiling.as_str() {
            _ if rule.public_first || !claim.insured => Scheme::None,
            "specified" => Scheme::Specified,
            "disease" => Scheme::Disease,
            "disease_inpatient" if claim.setting == Setting::Inpatient => Scheme::Disease,
            "welfare" => Scheme::Welfare,
            _ => Scheme::Usual,
        };
        Some(PlanPayer {
            law: given.law.split('.').next().unwrap_or(&given.law).to_owned(),
            name: rule.name,
            article: rule.article,
            certainty: rule.certainty,
            priority: rule.priority,
            public_first: rule.public_first,
            scheme,
            percent: rule.percent,
            up_to_cap: rule.up_to_cap,
            cap,
            limit: self.payer_limit(scheme, index)?,
        })
    }

    /// The rule of a payer: by 法別番号 and 実施機関番号, or by 法別番号 alone.
    fn payer_row(&mut self, index: usize, law: &str) -> Option<PayerRule<'_>> {
        let general = law.split('.').next().unwrap_or(law).to_owned();
        let masters = self.masters;
        let exact = masters.row::<PayerRule<'_>>(law, self.claim.on);
        let found = exact.map(Ok).unwrap_or_else(|| masters.get::<PayerRule<'_>>(general.as_str(), self.claim.on));
        match found {
            Ok(row) => Some(row),
            Err(error) => {
                let message = format!("what this public payer leaves to the patient is not known: {error}");
                let help =
                    "masters/payer-rules.csv has the national programmes; a municipal one needs `rule` or `local`";
                self.errors.push(
                    InputError::new(format!("payers[{index}].law"), InputErrorKind::UnknownCode, message).help(help),
                );
                None
            }
        }
    }

    /// The ceiling of insurance beside a payer (健康保険法施行令 第42条第6項～第8項).
    fn payer_limit(&mut self, scheme: Scheme, index: usize) -> Option<Option<Limit>> {
        let claim = self.claim;
        let under_70 = claim.age == AgeClass::Under70;
        let outpatient = claim.setting == Setting::Outpatient;
        let plain = Choice { outpatient, frequent: false, half: claim.halved };
        let path = format!("payers[{index}].law");
        let key = match scheme {
            Scheme::Usual | Scheme::None | Scheme::Local => return Some(None),
            Scheme::Welfare if under_70 => "welfare.under_70",
            Scheme::Welfare => "welfare.from_70",
            // Certified by the insurer: the class's own ceiling, 多数回 for inpatients only (第7項第1号イ ただし書).
            Scheme::Disease if self.class_key().is_some() => {
                let choice = Choice { frequent: claim.frequent_specified && !outpatient, ..plain };
                let mut limit = self.limit(self.class_key()?, choice, &path)?;
                // That the class's own ceiling is taken is as sure as the paragraph of the day.
                let paragraph: Option<Role<'_>> = self.masters.row("copay.specified_by_class", claim.on);
                let sure = paragraph.map_or(Certainty::Unverified, Role::certainty);
                limit.certainty = limit.certainty.max(sure);
                limit.article = limit.article.replace("第1項", "第7項").replace("第3項", "第7項");
                return Some(Some(limit));
            }
            _ if under_70 => "specified.under_70",
            _ => "specified.from_70",
        };
        Some(Some(self.limit(key, plain, &path)?))
    }
}
