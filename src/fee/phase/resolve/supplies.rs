//! Drugs and materials of an order or a prescription: which row each is charged by, and which part of an originator's price
//! the patient pays (長期収載品の選定療養).

use core::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{AMOUNT_SCALE, MAX_AMOUNT, Resolver};
use crate::{
    code::DrugCode,
    date::ServiceDate,
    fee::{
        draft::{Elective, Group, Item, VisitDraft, What, Why, reason, role},
        encounter::{DrugAmount, DrugChoice, MaterialAmount, Order},
        path::Path,
        refusal::{InputError, InputErrorKind},
        section::Section,
        statement::{Origin, Verdict},
    },
    master::{AgeLimit, Certainty, Drug, Material, Procedure, Role},
};

/// 選定療養区分 (42).
const INSURED: u32 = 1;
const CHOSEN: u32 = 2;
/// 金額種別 (11) of materials.
const PRICE: u32 = 1;
const PURCHASE: u32 = 2;
const PERCENT: u32 = 5;
const FACTOR: u32 = 9;
/// 酸素等区分 (21): a correction, and oxygen by its vessel.
const CORRECTION: u32 = 1;
const OXYGEN: core::ops::RangeInclusive<u32> = 2..=5;
/// 別表番号 (31): home care, films, and the annexes of dentists and pharmacies.
const HOME_CARE: u32 = 1;
const FILM: u32 = 3;
const ELSEWHERE: core::ops::RangeInclusive<u32> = 4..=8;
/// Largest price of one unit, in yen.
const MAX_PRICE: i64 = 99_999_999;

/// The drugs of one line.
#[derive(Default)]
pub(super) struct Drugs<'m> {
    pub(super) drugs: Vec<(Drug<'m>, Decimal)>,
    elective: Vec<Elective>,
    notes: Vec<Why<'m>>,
    doubts: Vec<Why<'m>>,
    certainty: Option<Certainty>,
}

impl<'m> Drugs<'m> {
    /// Tells the line what was found; `used_here` for drugs that are not handed out.
    pub(super) fn tell(self, item: &mut Item<'m>, used_here: bool) {
        if used_here && !self.elective.is_empty() {
            let text = "院内で使用した薬は選定療養の対象にならない。処方した薬（在宅自己注射など）かを確かめる";
            item.turn(Verdict::NeedsReview, reason("elective.used_here", BASIS, text));
        }
        item.elective = self.elective;
        item.reasons.extend(self.notes);
        for doubt in self.doubts {
            item.turn(Verdict::NeedsReview, doubt);
        }
        if let Some(certainty) = self.certainty {
            item.rests_on(certainty);
        }
    }
}

const BASIS: &str = "長期収載品の処方等又は調剤に係る選定療養";

impl<'m> Resolver<'m> {
    pub(super) fn drugs(&mut self, path: fmt::Arguments<'_>, amounts: &'m [DrugAmount], on: ServiceDate) -> Drugs<'m> {
        let mut found = Drugs { drugs: Vec::with_capacity(amounts.len()), ..Drugs::default() };
        for (place, amount) in amounts.iter().enumerate() {
            let path = format_args!("{path}[{place}]");
            let row = self.row(format_args!("{path}.drug"), &amount.drug, on);
            let fits = self.range(format_args!("{path}.quantity"), amount.quantity, MAX_AMOUNT, AMOUNT_SCALE);
            let (Some(row), Some(())) = (row, fits) else { continue };
            let row = self.choose(path, amount, row, on, &mut found);
            found.drugs.push((row, amount.quantity));
        }
        found
    }

    /// The row by which an originator is charged, and what the patient pays of it.
    fn choose(
        &mut self,
        path: fmt::Arguments<'_>,
        amount: &DrugAmount,
        row: Drug<'m>,
        on: ServiceDate,
        found: &mut Drugs<'m>,
    ) -> Drug<'m> {
        if let Some(price) = amount.generic_price {
            self.range(format_args!("{path}.generic_price"), price, MAX_PRICE, 2);
        }
        if row.elective() == 0 && amount.choice.is_none() {
            return row;
        }
        let Some(share) = self.masters.row::<Role<'m>>("elective.share", on) else {
            if amount.choice == Some(DrugChoice::Patient) {
                found.notes.push(reason("elective.not_yet", BASIS, "この日はまだ選定療養の対象とならない"));
            }
            return row;
        };
        let doubt = |rule: &'static str, text: String| reason(rule, BASIS, text);
        match (amount.choice, row.elective()) {
            (Some(DrugChoice::MedicalNeed | DrugChoice::Unavailable), CHOSEN) => {
                let message = format!("{} is the code for a patient who wants the originator", row.name());
                let error = InputError::new(format!("{path}.choice"), InputErrorKind::Contradiction, message);
                self.errors.push(error.help(format!("use the drug {:09}", row.originator_code())));
            }
            (Some(DrugChoice::MedicalNeed), _) => found.notes.push(doubt("elective.medical_need", needed(row))),
            (Some(DrugChoice::Unavailable), _) => {
                let text = format!("{} は後発医薬品の提供が困難なため、全額を保険で算定する", row.name());
                found.notes.push(doubt("elective.unavailable", text));
            }
            // The code itself means that a doctor sees a need.
            (None, INSURED) => found.notes.push(doubt("elective.medical_need", needed(row))),
            (Some(DrugChoice::Patient), INSURED) | (_, CHOSEN) => {
                return self.elective(amount, row, share, on, found);
            }
            _ => {
                let text = format!("{} が選定療養の対象かどうかは、この版のデータで確かめられない", row.name());
                found.doubts.push(doubt("elective.unknown", text));
            }
        }
        row
    }

    /// The insured part and the other one of a drug that the patient chose.
    fn elective(
        &self,
        amount: &DrugAmount,
        row: Drug<'m>,
        share: Role<'m>,
        on: ServiceDate,
        found: &mut Drugs<'m>,
    ) -> Drug<'m> {
        let chosen = if row.elective() == CHOSEN { Some(row) } else { self.chosen_of(row, on) };
        let original: Option<Drug<'m>> = if row.elective() == CHOSEN {
            DrugCode::from_number(row.originator_code()).and_then(|code| self.masters.row(&code, on))
        } else {
            Some(row)
        };
        let place = found.drugs.len();
        found.certainty = found.certainty.max(Some(share.certainty()));
        // A price made under an earlier share is not the one that counts.
        let current = chosen.filter(|chosen| chosen.period().from >= share.period().from);
        let (row, part) = match (current, original, amount.generic_price) {
            (Some(chosen), Some(original), _) => (chosen, Some((chosen.price(), original.price() - chosen.price()))),
            (None, Some(original), Some(generic)) => {
                // The masters hold a price of two decimals; one per 10% of one decimal, and no column tells those.
                if original.name().contains("１０％") {
                    found.certainty = found.certainty.max(Some(Certainty::Unverified));
                }
                let special = (original.price() - generic).checked_mul(share.value()).map(|part| {
                    (part / Decimal::ONE_HUNDRED).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
                });
                (original, special.map(|special| (original.price() - special, special)))
            }
            _ => (row, None),
        };
        match part {
            Some((insured, special)) if special > Decimal::ZERO && insured > Decimal::ZERO => {
                let text = format!(
                    "{} は患者の希望による。1単位につき {} 円を保険で算定し、{} 円は特別の料金とする",
                    row.name(),
                    insured.normalize(),
                    special.normalize()
                );
                found.notes.push(reason("elective.patient", share.article(), text));
                found.elective.push(Elective { place, insured, special });
            }
            Some(_) => {
                let text = format!("{} は後発医薬品との価格差がなく、選定療養の対象とならない", row.name());
                found.notes.push(reason("elective.no_difference", share.article(), text));
            }
            None => {
                let text = format!(
                    "{} の保険外併用療養費の算出に用いる価格がマスターにない。後発医薬品の最高価格を generic_price に入力する",
                    row.name()
                );
                found.doubts.push(reason("elective.price", share.article(), text));
            }
        }
        row
    }

    /// The row of the same drug for a patient who wants it: its code begins with 67 and goes on like the drug's own.
    fn chosen_of(&self, row: Drug<'m>, on: ServiceDate) -> Option<Drug<'m>> {
        const HEAD: u32 = 670_000_000;
        const REST: u32 = 10_000_000;
        let code = DrugCode::from_number(HEAD + row.code().number() % REST)?;
        let chosen: Drug<'m> = self.masters.row(&code, on)?;
        (chosen.elective() == CHOSEN && chosen.originator_code() == row.code().number()).then_some(chosen)
    }

    /// Adds a line for every material of an order.
    pub(super) fn materials(
        &mut self,
        draft: &mut VisitDraft<'m>,
        path: Path,
        order: &'m Order,
        base: Procedure<'m>,
        section: Section,
    ) {
        let mut rows: Vec<(usize, &MaterialAmount, Material<'m>)> = Vec::with_capacity(order.materials.len());
        for (place, amount) in order.materials.iter().enumerate() {
            let path = format_args!("{path}.materials[{place}]");
            let row: Option<Material<'m>> = self.row(format_args!("{path}.material"), &amount.material, draft.date);
            let fits = self.range(format_args!("{path}.quantity"), how_many(amount), MAX_AMOUNT, AMOUNT_SCALE);
            if let Some(price) = amount.price {
                self.range(format_args!("{path}.price"), price, MAX_PRICE, 2);
            }
            if let (Some(row), Some(())) = (row, fits) {
                rows.push((place, amount, row));
            }
        }
        // 高気圧酸素加算: the pressure that oxygen's correction is multiplied by.
        let mut pressures =
            rows.iter().filter(|(.., row)| row.price_kind() == FACTOR).map(|(_, amount, _)| how_many(amount));
        let (pressure, more) = (pressures.next(), pressures.next().is_some());
        let infant =
            rows.iter().map(|(.., row)| *row).find(|row| row.price_kind() == PERCENT && row.age_addition() == 1);
        let oxygen = rows.iter().any(|(.., row)| OXYGEN.contains(&row.oxygen()));
        let film = rows.iter().any(|(.., row)| is_film(*row));
        for (place, amount, row) in rows {
            let alone = match row.price_kind() {
                PERCENT | FACTOR if row.oxygen() == CORRECTION => !oxygen,
                PERCENT => !film,
                _ => true,
            };
            if !alone {
                continue;
            }
            let mut item = Item::new(What::Material { row, price: None, factor: Decimal::ONE }, Origin::Ordered)
                .because(super::ordered());
            item.quantity = Some(how_many(amount));
            item.path = Some(path.material(place));
            self.conditions(&mut item, row, base, draft);
            self.price_of(&mut item, row, amount);
            if OXYGEN.contains(&row.oxygen()) {
                self.correct(&mut item, row, pressure, more, draft.date);
            }
            if is_film(row) {
                self.film(&mut item, amount, infant, base, draft);
            }
            let group = Group { count: order.count, section, ..Group::of(item) };
            draft.groups.push(group);
        }
    }

    /// The conditions that a material's own row sets.
    fn conditions(&self, item: &mut Item<'m>, row: Material<'m>, base: Procedure<'m>, draft: &VisitDraft<'m>) {
        if !AgeLimit::admits(row.age_low(), row.age_high(), draft.age) {
            let text = format!("年齢（{}歳）が対象の範囲にない", draft.age.years());
            item.turn(Verdict::Excluded, reason("material.age", "特定器材マスター 15・16", text));
        }
        let home = base.fee_item().starts_with('C');
        let (rule, basis) = ("material.annex", "特定器材マスター 31 別紙5-2");
        match row.annex() {
            annex if ELSEWHERE.contains(&annex) => {
                item.turn(Verdict::NeedsReview, reason(rule, basis, "歯科または調剤で算定する材料である"));
            }
            HOME_CARE if !home => {
                item.turn(Verdict::NeedsReview, reason(rule, basis, "在宅医療で算定する材料である"));
            }
            2 | FILM if home => {
                item.turn(Verdict::NeedsReview, reason(rule, basis, "在宅医療の材料ではない"));
            }
            _ => {}
        }
    }

    /// The price of one unit: the listed one, or what was paid.
    fn price_of(&mut self, item: &mut Item<'m>, row: Material<'m>, amount: &MaterialAmount) {
        let price = match (row.price_kind(), amount.price) {
            (PRICE, None) => Some(row.price()),
            // Oxygen bought for less is charged at what was paid (J201 通知(5)).
            (PRICE, Some(paid)) if row.price_limit() == 1 => Some(paid.min(row.price())),
            (PRICE, Some(_)) => {
                let text = "材料価格は告示による。入力された購入価格は使わない";
                item.reasons.push(reason("material.listed", "材料価格基準", text));
                Some(row.price())
            }
            (PURCHASE, Some(paid)) => Some(paid),
            (PURCHASE, None) => {
                let text = "購入価格による材料である。購入価格を price に入力する";
                item.turn(Verdict::NeedsReview, reason("material.purchase", "特定器材マスター 11", text));
                None
            }
            _ => {
                let text = "割合で、これを付ける材料が同じ行にない";
                item.turn(Verdict::NeedsReview, reason("material.modifier", "特定器材マスター 11", text));
                None
            }
        };
        if row.price_limit() == 1 && amount.price.is_none() {
            let text = "告示の単価による。前年の購入単価がこれより低ければ price に入力する";
            item.reasons.push(reason("material.oxygen_price", "J201 通知(5)", text));
        }
        if let What::Material { price: slot, .. } = &mut item.what {
            *slot = price;
        }
    }

    /// 補正率 of oxygen, multiplied by the pressure in a hyperbaric chamber.
    fn correct(&self, item: &mut Item<'m>, row: Material<'m>, pressure: Option<Decimal>, more: bool, on: ServiceDate) {
        let Some(part) = role(self.masters, "j201.oxygen_correction", on) else {
            let text = "この日の酸素の補正率が、この版のデータにない";
            item.turn(Verdict::NeedsReview, reason("material.oxygen", "masters/roles.csv", text));
            return;
        };
        if more {
            let text = "高気圧酸素加算が2つ以上ある。気圧数を確かめる";
            item.turn(Verdict::NeedsReview, reason("material.oxygen", "特定器材マスター 21", text));
        }
        let factor = (part.value / Decimal::ONE_HUNDRED).checked_mul(pressure.unwrap_or(Decimal::ONE));
        let text = match pressure {
            Some(pressure) => format!("{} の価格に補正率 {}/100 と {pressure} 気圧を乗じる", row.name(), part.value),
            None => format!("{} の価格に補正率 {}/100 を乗じる", row.name(), part.value),
        };
        item.reasons.push(reason("material.oxygen", part.article, text));
        item.rests_on(part.certainty);
        if let (What::Material { factor: slot, .. }, Some(factor)) = (&mut item.what, factor) {
            *slot = factor;
        }
    }

    /// A film of a plain radiograph of the chest or the abdomen of a child (E400 注1).
    fn film(
        &self,
        item: &mut Item<'m>,
        amount: &MaterialAmount,
        infant: Option<Material<'m>>,
        base: Procedure<'m>,
        draft: &VisitDraft<'m>,
    ) {
        let Some(part) = role(self.masters, "e400.infant", draft.date) else { return };
        let young = role(self.masters, "e400.infant_age", draft.date)
            .is_some_and(|limit| Decimal::from(draft.age.years()) < limit.value);
        let stated = amount.chest_or_abdomen.or_else(|| infant.map(|_| true));
        match stated {
            Some(true) if young => {
                let text = format!("6歳未満の胸部・腹部の単純撮影のため、価格に {}/100 を乗じる", part.value);
                item.reasons.push(reason("e400.infant", part.article, text));
                item.rests_on(part.certainty);
                if let What::Material { factor, .. } = &mut item.what {
                    *factor = part.value / Decimal::ONE_HUNDRED;
                }
            }
            Some(true) if infant.is_some() => {
                let text = "フィルム料の乳幼児加算は6歳未満に限る";
                item.turn(Verdict::NeedsReview, reason("e400.infant", part.article, text));
            }
            None if young && matches!(base.fee_item(), "E001" | "E002") => {
                let text = "胸部・腹部の単純撮影であれば価格が変わる。chest_or_abdomen を入力する";
                item.turn(Verdict::NeedsReview, reason("e400.infant", part.article, text));
            }
            _ => {}
        }
    }
}

fn how_many(amount: &MaterialAmount) -> Decimal {
    amount.quantity.unwrap_or(Decimal::ONE)
}

fn needed(row: Drug<'_>) -> String {
    [row.name(), " は医療上の必要などにより、全額を保険で算定する"].concat()
}

/// A film that can have the infant addition: 年齢加算区分 (14) of a priced material.
fn is_film(row: Material<'_>) -> bool {
    row.age_addition() == 1 && row.price_kind() == PRICE
}
