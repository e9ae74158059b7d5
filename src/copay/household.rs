//! 世帯合算: the month's ceiling over everybody in one insurance, and what is paid back.
//!
//! The order is the one of 健康保険法施行令 第41条: outpatient ceilings of each person of 70 or more (第5項), the ceiling of all
//! who are (第3項), then the ceiling of the whole household, with those under 70 whose share at one facility reaches 21,000 yen
//! (第1項).

use serde::{Deserialize, Serialize};

use super::{
    ceiling::{self, Choice, Limit},
    claim::{Step, yen},
    class::{AgeClass, CeilingClass, Setting},
    rounding::{Rounding, tenths},
};
use crate::{
    date::ServiceDate,
    fee::{InputError, InputErrorKind, Refusal},
    master::{Certainty, LookupError, Masters},
    money::Yen,
};

/// A household's month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Household {
    /// A day of the month of service.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub on: ServiceDate,
    /// 適用区分 of the household.
    pub ceiling_class: CeilingClass,
    /// 適用区分 of its members of the other age; without it the class that goes with `ceiling_class`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub other_class: Option<CeilingClass>,
    /// 多数回該当.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub frequent: bool,
    /// What was done for its members, one entry for each facility, inpatient and outpatient apart.
    pub members: Vec<Member>,
}

/// What one facility did for one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who; any text that tells members apart.
    pub person: String,
    /// Under 70, or 70 and over.
    pub age_class: MemberAge,
    /// Inpatient or outpatient.
    pub setting: Setting,
    /// The whole cost in yen.
    pub cost_yen: Yen,
    /// The share in tenths.
    pub copay_rate: u8,
}

/// The two ages of a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum MemberAge {
    /// Up to the month in which 70 is reached.
    #[serde(rename = "under_70")]
    Under70,
    /// From the month after.
    #[serde(rename = "70_plus")]
    From70,
}

/// What a household pays in the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct HouseholdCopay {
    /// The ceiling of the last step that has members.
    pub limit: Yen,
    /// The shares, before any ceiling.
    pub paid: Yen,
    /// 高額療養費.
    pub refund: Yen,
    /// What stays with the household.
    #[serde(rename = "self")]
    pub own: Yen,
    /// The worst certainty of the figures.
    pub certainty: Certainty,
    /// How it came about.
    pub steps: Vec<Step>,
}

/// Works a household's month out.
///
/// # Errors
/// [`Refusal`] with every fault and its place.
pub fn settle_household(masters: &Masters, household: &Household) -> Result<HouseholdCopay, Refusal> {
    check(household)?;
    let mut sum = Sum { masters, household, steps: Vec::new(), certainty: Certainty::Official };
    sum.run()
}

/// Works a household's month out from its JSON.
///
/// ```
/// use santei::{copay::household_json, master::Masters};
/// let household = household_json(&Masters::empty()?, r#"{
///     "on": "2026-07-01", "ceiling_class": "ウ",
///     "members": [
///         { "person": "a", "age_class": "under_70", "setting": "inpatient", "cost_yen": 1000000, "copay_rate": 3 },
///         { "person": "b", "age_class": "under_70", "setting": "inpatient", "cost_yen": 1000000, "copay_rate": 3 }
///     ]
/// }"#)?;
/// assert_eq!((household.limit.get(), household.refund.get()), (97_430, 502_570));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Refusal`] with every fault and its JSON path.
pub fn household_json(masters: &Masters, text: &str) -> Result<HouseholdCopay, Refusal> {
    settle_household(masters, &crate::fee::input::read(text, "docs/copay.md describes the input")?)
}

impl HouseholdCopay {
    /// The JSON form, on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        crate::json::to_string(self)
    }
}

fn check(household: &Household) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    if household.members.is_empty() {
        errors.push(InputError::new("members", InputErrorKind::Contradiction, "a household has members"));
    }
    let mut total = 0_i64;
    for (index, member) in household.members.iter().enumerate() {
        let cost = member.cost_yen.get();
        total = total.saturating_add(cost.max(0));
        if cost < 0 {
            let error = InputError::new(
                format!("members[{index}].cost_yen"),
                InputErrorKind::Quantity,
                "a cost is not below 0",
            );
            errors.push(error.expected("0 or more", cost.to_string()));
        }
        if !(1..=3).contains(&member.copay_rate) {
            let path = format!("members[{index}].copay_rate");
            let error = InputError::new(path, InputErrorKind::Quantity, "no such share");
            errors.push(error.expected("1, 2 or 3 tenths", member.copay_rate.to_string()));
        }
    }
    if total > super::claim::MAX_COST {
        errors.push(InputError::new("members", InputErrorKind::TooMuch, "the cost leaves the supported range"));
    }
    if let Some(other) = household.other_class
        && other.is_under_70() == household.ceiling_class.is_under_70()
    {
        let message = "`other_class` is the class of the members of the other age";
        let expected = if other.is_under_70() { "a class of 70 and over" } else { "a class under 70" };
        let error = InputError::new("other_class", InputErrorKind::Contradiction, message);
        errors.push(error.expected(expected, other.name()));
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal { errors }) }
}

struct Sum<'a> {
    masters: &'a Masters,
    household: &'a Household,
    steps: Vec<Step>,
    certainty: Certainty,
}

impl Sum<'_> {
    fn run(&mut self) -> Result<HouseholdCopay, Refusal> {
        let members = &self.household.members;
        let share = |member: &Member| tenths(member.cost_yen.get(), member.copay_rate);
        let paid: i64 = members.iter().map(share).sum();
        let old: Vec<&Member> = members.iter().filter(|member| member.age_class == MemberAge::From70).collect();
        let mut limit_shown = None;
        let (mut refund, mut old_left, mut old_cost) = (0, 0, 0);
        if !old.is_empty() {
            let class = self.class(AgeClass::From70To74)?;
            let outpatient = self.outpatients(&old, class, share)?;
            refund += outpatient;
            old_left = old.iter().map(|member| share(member)).sum::<i64>() - outpatient;
            old_cost = old.iter().map(|member| member.cost_yen.get()).sum();
            let limit = self.limit(class, false)?;
            let amount = limit.amount(old_cost);
            let back = (old_left - amount).max(0);
            self.step(
                "copay.household_70",
                "健康保険法施行令 第41条第3項",
                "70歳以上の世帯の限度額",
                &limit,
                old_cost,
            )?;
            refund += back;
            old_left -= back;
            limit_shown = Some(amount);
        }
        if old.len() < members.len() {
            let class = self.class(AgeClass::Under70)?;
            let minimum = self.get("household.minimum", Choice::default())?.base;
            let young: Vec<&Member> = members
                .iter()
                .filter(|member| member.age_class == MemberAge::Under70 && share(member) >= minimum)
                .collect();
            let cost = old_cost + young.iter().map(|member| member.cost_yen.get()).sum::<i64>();
            let sum = old_left + young.iter().map(|member| share(member)).sum::<i64>();
            let limit = self.limit(class, false)?;
            let amount = limit.amount(cost);
            let text = format!("{minimum}円以上の自己負担と70歳以上の残りの計 {sum}円");
            self.plain("copay.household_sum", "健康保険法施行令 第41条第1項第1号", text, sum)?;
            self.step("copay.household", "健康保険法施行令 第41条第1項", "世帯の限度額", &limit, cost)?;
            refund += (sum - amount).max(0);
            limit_shown = Some(amount);
        }
        let text = format!("自己負担の計 {paid}円から高額療養費 {refund}円を除く");
        self.plain("copay.household_total", "健康保険法 第115条", text, paid - refund)?;
        Ok(HouseholdCopay {
            limit: yen(limit_shown.unwrap_or(0))?,
            paid: yen(paid)?,
            refund: yen(refund)?,
            own: yen(paid - refund)?,
            certainty: self.certainty,
            steps: core::mem::take(&mut self.steps),
        })
    }

    /// The outpatient ceiling of each person (第41条第5項): what it gives back.
    fn outpatients(
        &mut self,
        old: &[&Member],
        class: CeilingClass,
        share: impl Fn(&Member) -> i64,
    ) -> Result<i64, Refusal> {
        let limit = self.limit(class, true)?;
        if limit.kind != "外来" {
            return Ok(0);
        }
        let mut people: Vec<&str> = Vec::new();
        let mut back = 0;
        for member in old.iter().filter(|member| member.setting == Setting::Outpatient) {
            if people.contains(&member.person.as_str()) {
                continue;
            }
            people.push(&member.person);
            let of_person =
                old.iter().filter(|other| other.setting == Setting::Outpatient && other.person == member.person);
            let sum: i64 = of_person.map(|other| share(other)).sum();
            let over = (sum - limit.base).max(0);
            back += over;
            let text = format!("{}の外来 {sum}円、外来の限度額 {}円", member.person, limit.base);
            self.plain("copay.household_outpatient", &limit.article, text, sum - over)?;
        }
        Ok(back)
    }

    /// The class of the members of an age.
    fn class(&self, age: AgeClass) -> Result<CeilingClass, Refusal> {
        use CeilingClass as C;
        let given = self.household.ceiling_class;
        let wanted = age == AgeClass::Under70;
        if given.is_under_70() == wanted {
            return Ok(given);
        }
        if let Some(other) = self.household.other_class {
            return Ok(other);
        }
        let active = self.household.members.iter().any(|m| m.age_class == MemberAge::From70 && m.copay_rate == 3);
        // The classes go by the same 標準報酬月額 (健康保険法施行令 第42条第1項・第3項).
        match given {
            C::A if active => Ok(C::Active3),
            C::I if active => Ok(C::Active2),
            C::U if active => Ok(C::Active1),
            C::A | C::I | C::U | C::E => Ok(C::General),
            C::Active3 => Ok(C::A),
            C::Active2 => Ok(C::I),
            C::Active | C::Active1 => Ok(C::U),
            C::Low2 | C::Low1 => Ok(C::O),
            _ => {
                let message = "the class of the members of the other age does not follow from this one";
                let error = InputError::new("other_class", InputErrorKind::Contradiction, message);
                Err(Refusal::one(error.expected("a class", "nothing")))
            }
        }
    }

    fn limit(&mut self, class: CeilingClass, outpatient: bool) -> Result<Limit, Refusal> {
        self.get(class.key(), Choice { outpatient, frequent: self.household.frequent && !outpatient, half: false })
    }

    fn get(&mut self, key: &str, choice: Choice) -> Result<Limit, Refusal> {
        let limit = ceiling::limit(self.masters, key, self.household.on, choice).map_err(|error| {
            let kind = match error {
                LookupError::Unknown { .. } => InputErrorKind::UnknownCode,
                LookupError::NotInForce { .. } => InputErrorKind::NotInForce,
            };
            Refusal::one(InputError::new("ceiling_class", kind, error.to_string()))
        })?;
        self.certainty = self.certainty.max(limit.certainty);
        Ok(limit)
    }

    fn step(&mut self, rule: &str, basis: &str, name: &str, limit: &Limit, cost: i64) -> Result<(), Refusal> {
        let kind = if limit.kind.is_empty() { String::new() } else { format!("（{}）", limit.kind) };
        self.steps.push(Step {
            rule: rule.to_owned(),
            basis: format!("{basis}・{}", limit.article),
            text: format!("{name}{kind} {}", limit.formula(cost)),
            amount: yen(limit.amount(cost))?,
            rounding: (limit.percent > 0 && cost > limit.threshold).then_some(Rounding::OnePercentHalfUp),
            certainty: limit.certainty,
        });
        Ok(())
    }

    fn plain(&mut self, rule: &str, basis: &str, text: String, amount: i64) -> Result<(), Refusal> {
        self.steps.push(Step {
            rule: rule.to_owned(),
            basis: basis.to_owned(),
            text,
            amount: yen(amount)?,
            rounding: None,
            certainty: Certainty::Official,
        });
        Ok(())
    }
}
