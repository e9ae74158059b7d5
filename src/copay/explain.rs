//! The words of a claim: one step for each thing that happens, in Japanese, with its article.

use super::{
    ceiling::Limit,
    claim::{Step, yen},
    local::Local,
    plan::{Amounts, PayerPart, Plan, PlanPayer, Scheme},
    resolve::Resolved,
    rounding::Rounding,
    window::Bill,
};
use crate::{fee::Refusal, master::Certainty};

struct Steps(Vec<Step>);

impl Steps {
    fn push(&mut self, rule: &str, basis: &str, text: String, amount: i64) -> Result<&mut Step, Refusal> {
        let step = Step {
            rule: rule.to_owned(),
            basis: basis.to_owned(),
            text,
            amount: yen(amount)?,
            rounding: None,
            certainty: Certainty::Official,
        };
        self.0.push(step);
        let last = self.0.len() - 1;
        // INVARIANT: a step has just been pushed.
        self.0.get_mut(last).ok_or_else(|| Refusal { errors: Vec::new() })
    }
}

/// The steps of a claim.
pub(super) fn claim(plan: &Plan, costs: &[i64], amounts: &Amounts) -> Result<Vec<Step>, Refusal> {
    let mut steps = Steps(Vec::new());
    let cost = amounts.cost;
    let parts = if costs.len() > 1 { format!("（{}区分の計）", costs.len()) } else { String::new() };
    steps.push("copay.cost", "診療報酬の算定方法（1点10円）", format!("医療費 {cost}円{parts}"), cost)?;
    for (index, part) in amounts.payers.iter().enumerate() {
        if let Some(payer) = plan.payer(index).filter(|payer| payer.scheme != Scheme::Local && part.cost > 0) {
            under_payer(plan, payer, part, &mut steps)?;
        }
    }
    if amounts.single.cost > 0 {
        single(plan, amounts, &mut steps)?;
    }
    let text = format!(
        "患者負担 {}円、保険者 {}円、公費 {}円",
        amounts.patient,
        amounts.insurer,
        amounts.cost - amounts.insurer - amounts.patient
    );
    steps.push("copay.total", "健康保険法 第74条", text, amounts.patient)?;
    Ok(steps.0)
}

fn under_payer(plan: &Plan, payer: &PlanPayer, part: &PayerPart, steps: &mut Steps) -> Result<(), Refusal> {
    let name = format!("{}（法別{}）", payer.name, payer.law);
    if payer.public_first || !plan.insured {
        let text = format!("{name}が医療費{}円を先に受け持つ", part.cost);
        steps.push("copay.public_first", &payer.article, text, part.base)?;
    } else if part.own > 0 {
        let text = format!("{name}の対象 {}円 × {}割 ＝ {}円", part.own, plan.rate, part.raw);
        steps.push("copay.public_share", "健康保険法 第74条", text, part.raw)?;
        if let Some(limit) = &payer.limit
            && limit.amount(part.own) < part.raw
            && plan.long_term.is_none()
        {
            ceiling("copay.public_ceiling", &format!("{name}の限度額"), limit, part.own, steps)?;
        }
        if let Some(limit) = plan.long_term.as_ref().filter(|limit| limit.base < part.raw) {
            ceiling("copay.long_term_illness", "特定疾病療養（マル長）の限度額", limit, part.own, steps)?;
        }
    }
    let rule = match (payer.up_to_cap, payer.cap) {
        (true, None) => "患者負担はない".to_owned(),
        (true, Some(cap)) => format!("本人支払額 {cap}円まで"),
        (false, None) => format!("患者負担は医療費の{}％", payer.percent),
        (false, Some(cap)) => format!("患者負担は医療費の{}％、月額上限 {cap}円", payer.percent),
    };
    let text = format!("{name}: {}円のうち{}円を公費が受け持つ（{rule}）", part.base, part.base - part.left);
    let step = steps.push("copay.public_payer", &payer.article, text, part.left)?;
    step.certainty = payer.certainty;
    step.rounding = (payer.percent * part.cost % 100 != 0).then_some(Rounding::PublicShareHalfUp);
    Ok(())
}

fn single(plan: &Plan, amounts: &Amounts, steps: &mut Steps) -> Result<(), Refusal> {
    let part = &amounts.single;
    let text = format!("医療保険の対象 {}円 × {}割 ＝ {}円", part.cost, plan.rate, part.raw);
    let step = steps.push("copay.share", "健康保険法 第74条・高齢者医療確保法 第67条", text, part.raw)?;
    step.rounding = (part.cost * i64::from(plan.rate) % 10 != 0).then_some(Rounding::YenDown);
    if let Some(limit) = plan.relief.as_ref().filter(|_| part.by_relief) {
        ceiling("copay.relief_measure", "2割の配慮措置による上限", limit, part.cost, steps)?;
    }
    if let Some(limit) = plan.long_term.as_ref().filter(|_| part.by_long_term) {
        let step = ceiling("copay.long_term_illness", "特定疾病療養（マル長）の限度額", limit, part.cost, steps)?;
        step.amount = yen(part.limited)?;
    }
    if let Some(limit) = plan.single.as_ref().filter(|_| part.by_class) {
        ceiling("copay.ceiling", "高額療養費の限度額", limit, part.cost, steps)?;
    }
    if let (Some(limit), Some((joint, joint_cost, beside))) = (&plan.single, part.joint)
        && part.due < part.limited
    {
        let text = format!(
            "公費の患者負担{beside}円と合わせた限度額 {} を超えないよう、医療保険の分は{}円",
            limit.formula(joint_cost),
            part.due
        );
        let step = steps.push("copay.joint_ceiling", "健康保険法施行令 第41条第1項・第3項・第5項", text, joint)?;
        step.certainty = limit.certainty;
        step.rounding = (limit.percent > 0).then_some(Rounding::OnePercentHalfUp);
    }
    Ok(())
}

fn ceiling<'s>(
    rule: &str,
    name: &str,
    limit: &Limit,
    cost: i64,
    steps: &'s mut Steps,
) -> Result<&'s mut Step, Refusal> {
    let kind = if limit.kind.is_empty() { String::new() } else { format!("（{}）", limit.kind) };
    let text = format!("{name}{kind} {}", limit.formula(cost));
    let step = steps.push(rule, &limit.article, text, limit.amount(cost))?;
    step.certainty = limit.certainty;
    step.rounding = (limit.percent > 0 && cost > limit.threshold).then_some(Rounding::OnePercentHalfUp);
    Ok(step)
}

/// The ceilings that a claim was held against.
pub(super) fn limits<'p>(plan: &'p Plan, amounts: &Amounts) -> Vec<&'p Limit> {
    let mut used = Vec::new();
    for (index, part) in amounts.payers.iter().enumerate() {
        used.extend(plan.payer(index).and_then(|payer| payer.limit.as_ref()).filter(|_| part.own > 0));
    }
    if amounts.single.cost > 0 {
        used.extend(plan.single.as_ref());
        used.extend(plan.relief.as_ref());
    }
    used.extend(plan.long_term.as_ref());
    used
}

/// The words of one bill.
pub(super) fn bill(
    bill: &Bill,
    collect: i64,
    locals: &[Option<Local>],
    resolved: &Resolved,
) -> Result<Vec<Step>, Refusal> {
    let mut steps = Vec::new();
    let mut push = |rule: &str, basis: &str, text: String, amount: i64, rounding, certainty| -> Result<(), Refusal> {
        let (rule, basis) = (rule.to_owned(), basis.to_owned());
        steps.push(Step { rule, basis, text, amount: yen(amount)?, rounding, certainty });
        Ok(())
    };
    let official = Certainty::Official;
    let text = if bill.same_day {
        format!(
            "医療費 {}円の負担分を、同じ日の前の会計と合わせて10円未満四捨五入し、差の{}円",
            bill.cost, bill.rounded
        )
    } else {
        format!("医療費 {}円の負担分を10円未満四捨五入して{}円", bill.cost, bill.rounded)
    };
    push("copay.ten_yen", "健康保険法 第75条", text, bill.rounded, Some(Rounding::TenYen), official)?;
    if bill.limited != bill.rounded {
        let text = format!("この月の累計が限度額・月額上限を超えないよう{}円", bill.limited);
        push("copay.month_so_far", "健康保険法施行令 第43条", text, bill.limited, None, official)?;
    }
    for (payer, before, after) in &bill.local {
        let Some(local) = locals.get(*payer).and_then(Option::as_ref) else { continue };
        let later = local.pattern.refunded_from.is_some_and(|_| before == after);
        let text = if local.pattern.refunded || later {
            format!("{}は後で払い戻すため、窓口の{before}円は変わらない", local.name)
        } else {
            format!("{}により{before}円のうち患者は{after}円", local.name)
        };
        let basis = resolved.plan.payer(*payer).map_or("", |payer| payer.article.as_str());
        push("copay.local", basis, text, *after, None, local.certainty)?;
    }
    if collect != bill.due {
        let text = format!("この月の過不足を合わせて{collect}円");
        push("copay.correction", "既に支払われた額との差", text, collect, None, official)?;
    }
    Ok(steps)
}
