//! Drugs and materials: added up exactly, then turned into points once.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::{
    date::ServiceDate,
    fee::{
        draft::{DrugsKind, Group, Item, What, reason, role},
        statement::Verdict,
        trace::Trace,
    },
    master::{Drug, Masters, Material},
    money::{MoneyError, Points},
};

/// 金額種別 (11) of drugs.
const PRICE: u32 = 1;
const DENTAL: u32 = 3;
/// 特定器材種別 (22) of oxygen and nitrogen.
const GAS: u32 = 2;

/// Prices a line of drugs or a material.
pub(super) fn price<'m>(
    masters: &'m Masters,
    group: &mut Group<'m>,
    on: ServiceDate,
    trace: &mut Trace,
) -> Result<(), MoneyError> {
    match group.base.what {
        What::Drugs { kind, .. } => drugs(&mut group.base, kind, trace),
        What::Material { row, price, factor } => {
            material(masters, &mut group.base, row, price.map(|price| (price, factor)), on)
        }
        _ => Ok(()),
    }
}

fn drugs(item: &mut Item<'_>, kind: DrugsKind, trace: &mut Trace) -> Result<(), MoneyError> {
    let What::Drugs { drugs, .. } = &item.what else { return Ok(()) };
    let mut whole = Decimal::ZERO;
    let mut special = Decimal::ZERO;
    for (place, (drug, amount)) in drugs.iter().enumerate() {
        let part = item.elective.iter().find(|part| part.place == place);
        let price = part.map_or_else(|| drug.price(), |part| part.insured);
        let sum = |sum: Decimal, price: Decimal| sum.checked_add(price.checked_mul(*amount)?);
        whole = sum(whole, price).ok_or(MoneyError)?;
        if let Some(part) = part {
            special = sum(special, part.special).ok_or(MoneyError)?;
        }
    }
    trace.step("drug price", || format!("{whole} yen"));
    let unpriced = drugs.iter().map(|(drug, _)| *drug).find(|drug| drug.price_kind() != PRICE);
    let points = of_drugs(kind, whole)?;
    item.points = Some(points);
    if special > Decimal::ZERO {
        // 所定単位ごとに点数とする: the same rule of fifteen yen (計算方法について 第2の2(1)).
        item.elective_points = Some(Points::of_drug(special)?);
    }
    if let Some(drug) = unpriced {
        item.turn(Verdict::NeedsReview, reason("price.drug_kind", "医薬品マスター 11 別紙4-2", why(drug)));
    }
    if matches!(kind, DrugsKind::UsedInProcedure) && item.verdict == Verdict::Charged && points == Points::ZERO {
        item.turn(Verdict::Excluded, reason("price.fifteen_yen", "各部の薬剤 注1", "薬価が15円以下のため算定しない"));
    }
    Ok(())
}

fn why(drug: Drug<'_>) -> String {
    if drug.price_kind() == DENTAL {
        format!("{} は歯科の請求でのみ使う行である", drug.name())
    } else {
        format!("{} は薬価のない減点の行で、点数を入力で与える種類である", drug.name())
    }
}

/// The points of drugs priced together.
pub(crate) fn of_drugs(kind: DrugsKind, price: Decimal) -> Result<Points, MoneyError> {
    let points = Points::of_drug(price)?;
    // Up to fifteen yen a drug makes one point, which is not charged beside a procedure.
    let free = kind == DrugsKind::UsedInProcedure && points.get() <= 1;
    Ok(if free { Points::ZERO } else { points })
}

/// 材料価格を10円で除して得た点数, rounded (材料価格算定に関する留意事項 I 1(2)); the price of oxygen and nitrogen is rounded to yen
/// before (J201 通知(4)).
fn material<'m>(
    masters: &'m Masters,
    item: &mut Item<'m>,
    row: Material<'_>,
    price: Option<(Decimal, Decimal)>,
    on: ServiceDate,
) -> Result<(), MoneyError> {
    let Some((price, factor)) = price else { return Ok(()) };
    let Some(divisor) = role(masters, &format!("material.divisor.{}", row.calculation()), on) else {
        let text = "この日の特定器材の点数の求め方が、この版のデータにない";
        item.turn(Verdict::NeedsReview, reason("material.divisor", "masters/roles.csv", text));
        return Ok(());
    };
    let amount = item.quantity.unwrap_or(Decimal::ONE);
    let exact = price.checked_mul(amount).and_then(|sum| sum.checked_mul(factor)).ok_or(MoneyError)?;
    let yen = if row.calculation() == GAS {
        exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
    } else {
        exact
    };
    let mut points = Points::rounded(yen.checked_div(divisor.value).ok_or(MoneyError)?)?;
    let text = format!("{} 円を {} 円で除し、端数を四捨五入する", yen.normalize(), divisor.value.normalize());
    item.reasons.push(reason("material.price", divisor.article, text));
    item.rests_on(divisor.certainty);
    let most = Points::new(i64::from(row.max_points()))?;
    if most > Points::ZERO && points > most {
        let text = format!("1回当たり {most} を限度とする");
        item.reasons.push(reason("material.most", "特定器材マスター 24", text));
        points = most;
    }
    item.points = Some(points);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drugs_up_to_fifteen_yen() {
        let fifteen = Decimal::from(15);
        assert_eq!(of_drugs(DrugsKind::Injected, fifteen).unwrap().get(), 1);
        assert_eq!(of_drugs(DrugsKind::UsedInProcedure, fifteen).unwrap().get(), 0);
        assert_eq!(of_drugs(DrugsKind::UsedInProcedure, Decimal::new(151, 1)).unwrap().get(), 2);
    }
}
