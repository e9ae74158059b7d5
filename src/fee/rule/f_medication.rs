//! F 投薬: 調剤料, 処方料, 処方箋料 and their additions, and the reduction for seven or more kinds.

use rust_decimal::Decimal;

use crate::{
    fee::{
        condition,
        draft::{DrugsKind, Group, Item, Prescribed, VisitDraft, What, Why, derived, reason, role, unsettled},
        encounter::{Dispensing, DrugAmount, DrugUse, Facility, Prescription, PrescriptionFeeClass, Rp},
        statement::Verdict,
        text::Text,
        trace::Trace,
    },
    master::{Drug, Masters},
    money::text_of,
    order::distinct,
};

/// 麻薬・毒薬・覚醒剤原料・向精神薬 (14) that bring 麻薬等加算.
const CONTROLLED: [u32; 4] = [1, 2, 3, 5];
/// 薬効分類 of drugs that can be 抗不安薬, 睡眠薬, 抗うつ薬 or 抗精神病薬: 催眠鎮静剤・抗不安剤, その他の中枢神経系用薬,
/// 精神神経用剤, その他の神経系. The lists of 別紙様式36 are not in any master.
const PSYCHOTROPIC_CLASSES: [&str; 3] = ["112", "117", "119"];
/// 剤形 (28).
const INTERNAL: u32 = 1;
const INJECTED: u32 = 4;
const EXTERNAL: u32 = 6;
/// From this many on, the drugs alone do not tell whether 向精神薬多剤投与 applies (F100 1).
const PSYCHOTROPICS: usize = 3;

/// Classes of 鎮痛・消炎 plasters, whose eighth letter in the price list is `S` (F 通則5 and its 通知 10).
const PLASTER_CLASSES: [&str; 2] = ["264", "114"];

/// Adds the fees of every prescription of the visit.
pub(crate) fn fees<'m>(masters: &'m Masters, facility: &Facility, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    let prescriptions = &visit.visit.prescriptions;
    let number_of = |one: Dispensing| prescriptions.iter().filter(|other| other.dispensing == one).count();
    let both = number_of(Dispensing::InHouse) > 0 && number_of(Dispensing::Pharmacy) > 0;
    for (number, prescription) in prescriptions.iter().enumerate() {
        let kinds = Kinds::count(masters, visit, prescription);
        trace.step("prescription", || format!("{} kinds of internal drugs", kinds.internal));
        let start = visit.groups.len();
        match prescription.dispensing {
            Dispensing::InHouse => {
                dispensing(masters, facility, visit, &kinds);
                fee(masters, facility, visit, prescription, &kinds, "f100");
                reductions(masters, visit, number, prescription, &kinds);
            }
            Dispensing::Pharmacy => fee(masters, facility, visit, prescription, &kinds, "f400"),
        }
        if number_of(prescription.dispensing) > 1 {
            for group in visit.groups.iter_mut().skip(start) {
                group.base.turn(Verdict::NeedsReview, several());
            }
        }
        let mut doubts = general_rules(masters, visit, prescription);
        if both {
            doubts.push(both_ways());
        }
        for why in doubts {
            for (place, group) in visit.groups.iter_mut().enumerate() {
                if place >= start || group.base.prescribed().is_some_and(|of| of.prescription == number) {
                    group.base.turn(Verdict::NeedsReview, why.clone());
                }
            }
        }
    }
    for group in &mut visit.groups {
        form(group);
    }
}

/// What the general rules of F take off unless the doctor had a reason, which no master tells.
fn general_rules<'m>(masters: &'m Masters, visit: &VisitDraft<'m>, prescription: &Prescription) -> Vec<Why<'m>> {
    let amounts = prescription.rps.iter().flat_map(|rp| &rp.drugs);
    let found = |amount: &DrugAmount| Some((masters.row::<Drug<'_>>(&amount.drug, visit.date)?, amount.quantity));
    let found: Vec<(Drug<'_>, Decimal)> = amounts.filter_map(found).collect();
    let drugs = || found.iter().copied();
    let class_of = |name: &str| role(masters, name, visit.date).map(|part| (text_of(part.value), part.article));
    let mut doubts = Vec::new();
    if let Some((class, article)) = class_of("f.gargle_class")
        && drugs().next().is_some()
        && drugs().all(|(drug, _)| drug.price_code().starts_with(&class))
    {
        let text = "うがい薬だけの投薬は、治療を目的とする場合に限り算定する";
        doubts.push(reason("f.gargle_only", article, text));
    }
    if let Some(part) = role(masters, "f.plaster_limit", visit.date) {
        let sheets = drugs()
            .filter(|(drug, _)| is_plaster(*drug))
            .try_fold(Decimal::ZERO, |sum, (_, amount)| sum.checked_add(amount));
        if sheets.is_none_or(|sheets| sheets > part.value) {
            let text = format!("貼付剤が1処方 {} 枚を超える。やむを得ない理由の記載があるかを確かめる", part.value);
            doubts.push(reason("f.plaster_limit", part.article, text));
        }
    }
    if let Some((class, article)) = class_of("f.nutrition_class")
        && drugs().any(|(drug, _)| drug.form() == INTERNAL && drug.price_code().starts_with(&class))
    {
        let text = "栄養保持を目的とした医薬品は、手術後・経管栄養などの場合に理由を記載して算定する";
        doubts.push(reason("f.nutrition", article, text));
    }
    doubts
}

/// A plaster counted in sheets. Narcotics and psychotropics do not count (F 通則5 通知 10).
fn is_plaster(drug: Drug<'_>) -> bool {
    if drug.form() != EXTERNAL || drug.narcotic() != 0 || drug.unit() != "枚" {
        return false;
    }
    let code = drug.price_code();
    PLASTER_CLASSES.iter().any(|class| code.starts_with(class)) && code.as_bytes().get(7) == Some(&b'S')
}

/// 剤形 (28) must fit the use: an ointment is not taken by day, a tablet is not external, and an injection is neither (it
/// belongs to G, or to C200 when the patient injects it).
fn form(group: &mut Group<'_>) {
    let What::Drugs { kind: DrugsKind::Prescribed(of), drugs } = &group.base.what else { return };
    let wrong = match of.usage {
        DrugUse::Internal | DrugUse::AsNeeded => EXTERNAL,
        DrugUse::External => INTERNAL,
    };
    if let Some((drug, _)) = drugs.iter().find(|(drug, _)| drug.form() == wrong || drug.form() == INJECTED) {
        let text = format!("{} の剤形が用法に合わない", drug.name());
        group.base.turn(Verdict::NeedsReview, reason("f200.form", "医薬品マスター 28", text));
    }
}

fn several<'m>() -> Why<'m> {
    // One visit is one prescription; only two doctors of two departments have two (F000 通知(1), F100 通知(2), F400 通知(3)).
    let text = "同じ診療に処方が2つ以上ある。2以上の診療科で異なる医師が処方したのでなければ1回として算定する";
    reason("f.several_prescriptions", "F000 通知(1)・F100 通知(2)・F400 通知(3)(4)", text)
}

fn both_ways<'m>() -> Why<'m> {
    // With a prescription for a pharmacy, the fees of dispensing in the house fall away, save in an emergency.
    let text = "同じ診療で院内投薬と処方箋の交付がある。緊急やむを得ない場合かを確かめる";
    reason("f.both_ways", "F 通則1", text)
}

/// What the fees of a prescription depend on.
struct Kinds {
    /// Kinds of internal drugs, as F200 注3 counts them, without temporary ones.
    internal: usize,
    /// Whether they reach the limit of F200 注3.
    many: bool,
    /// Whether that depends on counting a brand in two 剤 once or twice, which the 通知 leaves open.
    open: bool,
    /// Distinct drugs that may be psychotropic in the sense of F100 1.
    psychotropics: usize,
    /// Whether any drug is a narcotic, poison, stimulant's raw material or psychotropic.
    controlled: bool,
    /// Uses in the prescription.
    uses: Vec<DrugUse>,
}

impl Kinds {
    fn count(masters: &Masters, visit: &VisitDraft<'_>, prescription: &Prescription) -> Self {
        let one_kind = role(masters, "f200.one_kind_price", visit.date).map(|part| part.value);
        let row = |amount: &DrugAmount| -> Option<Drug<'_>> { masters.row(&amount.drug, visit.date) };
        let mut internal = 0;
        // The same with a brand in two 剤 counted once.
        let mut once = 0;
        let mut brands = Vec::new();
        let mut codes = Vec::new();
        let mut controlled = false;
        for rp in &prescription.rps {
            let drugs: Vec<Drug<'_>> = rp.drugs.iter().filter_map(row).collect();
            controlled |= drugs.iter().any(|drug| CONTROLLED.contains(&drug.narcotic()));
            codes.extend(
                drugs
                    .iter()
                    .map(|drug| drug.price_code())
                    .filter(|code| PSYCHOTROPIC_CLASSES.iter().any(|class| code.starts_with(class)))
                    .map(|code| code.get(..7).unwrap_or_default()),
            );
            if rp.usage == DrugUse::Internal && !rp.temporary {
                if rp.mixed || is_cheap(rp, &drugs, one_kind) {
                    internal += 1;
                    once += 1;
                } else {
                    let own = distinct(drugs.iter().map(|drug| drug.code()).collect());
                    internal += own.len();
                    brands.extend(own);
                }
            }
        }
        once += distinct(brands).len();
        let codes = distinct(codes);
        let uses: Vec<DrugUse> = distinct(prescription.rps.iter().map(|rp| rp.usage).collect());
        let limit = role(masters, "f200.kinds_limit", visit.date).map(|part| part.value);
        let reaches = |kinds: usize| limit.is_some_and(|limit| Decimal::from(kinds) >= limit);
        let many = reaches(internal);
        Self { internal, many, open: many != reaches(once), psychotropics: codes.len(), controlled, uses }
    }
}

/// A 剤 whose price for a day is at most 205 yen is one kind (通知 F200(6)ア(ニ)); otherwise each brand is one, and drugs
/// mixed to be taken as one are one.
fn is_cheap(rp: &Rp, drugs: &[Drug<'_>], one_kind: Option<Decimal>) -> bool {
    let price: Option<Decimal> = rp
        .drugs
        .iter()
        .zip(drugs)
        .try_fold(Decimal::ZERO, |sum, (amount, drug)| sum.checked_add(drug.price().checked_mul(amount.quantity)?));
    matches!((price, one_kind), (Some(price), Some(limit)) if price <= limit)
}

/// Whether the visit charges 地域包括診療加算 (F100 2, F400 2, F200 注3) or, for F200 注3 alone, 地域包括診療料.
fn exempt(masters: &Masters, visit: &VisitDraft<'_>, item: &str) -> bool {
    const MOST: u8 = 9;
    (1..=MOST)
        .filter_map(|place| masters.role_of(&[item, ".exempt.", itoa::Buffer::new().format(place)], visit.date)?.code)
        .any(|code| visit.items().any(|line| line.code() == Some(code) && line.is_paid()))
}

/// 調剤料 (F000) and its 麻薬等加算.
fn dispensing<'m>(masters: &'m Masters, facility: &Facility, visit: &mut VisitDraft<'m>, kinds: &Kinds) {
    let internal = kinds.uses.iter().any(|usage| matches!(usage, DrugUse::Internal | DrugUse::AsNeeded));
    let external = kinds.uses.contains(&DrugUse::External);
    if internal {
        add(masters, facility, visit, &["f000.dispensing.internal"], "内服薬・屯服薬を調剤した");
    }
    if external {
        add(masters, facility, visit, &["f000.dispensing.external"], "外用薬を調剤した");
    }
    if kinds.controlled {
        add(masters, facility, visit, &["f000.narcotic"], "麻薬・毒薬・覚醒剤原料・向精神薬を調剤した");
    }
}

/// 処方料 (F100) or 処方箋料 (F400).
fn fee<'m>(
    masters: &'m Masters,
    facility: &Facility,
    visit: &mut VisitDraft<'m>,
    prescription: &Prescription,
    kinds: &Kinds,
    item: &str,
) {
    let (class, why) = class_of(masters, visit, prescription, kinds);
    let class_name = match class {
        PrescriptionFeeClass::Psychotropics => "psychotropics",
        PrescriptionFeeClass::SevenKinds => "seven_kinds",
        PrescriptionFeeClass::LongPsychotropic => "long_psychotropic",
        PrescriptionFeeClass::Other => "other",
    };
    let refill = if prescription.refill { "refill." } else { "" };
    let name = [item, ".", refill, class_name];
    let contradiction = contradicts(prescription, kinds, || exempt(masters, visit, "f100"));
    let before = visit.groups.len();
    add(masters, facility, visit, &name, why);
    if let Some(group) = visit.groups.get_mut(before) {
        if undecided(prescription, kinds) {
            let text = format!(
                "向精神薬に当たりうる薬が {} 種類ある。向精神薬多剤投与に当たるかを fee_class で答える",
                kinds.psychotropics
            );
            group.base.turn(Verdict::NeedsReview, reason("f100.psychotropics_undecided", "F100 1・F400 1", text));
        }
        if contradiction {
            let text = format!("内服薬は {} 種類で、入力された fee_class に合わない", kinds.internal);
            group.base.turn(Verdict::NeedsReview, reason("f100.class_contradicts", "F100 2・F400 2", text));
        }
        if kinds.open && prescription.fee_class.is_none() {
            group.base.turn(Verdict::NeedsReview, open_kinds());
        }
    }
    if item == "f100" && kinds.controlled {
        add(masters, facility, visit, &["f100.narcotic"], "麻薬・毒薬・覚醒剤原料・向精神薬を処方した");
    }
}

fn class_of(
    masters: &Masters,
    visit: &VisitDraft<'_>,
    prescription: &Prescription,
    kinds: &Kinds,
) -> (PrescriptionFeeClass, Text<'static>) {
    let number = kinds.internal;
    match prescription.fee_class {
        Some(class) => (class, "入力された区分による".into()),
        None if kinds.many && exempt(masters, visit, "f100") => {
            (PrescriptionFeeClass::Other, format!("内服薬は {number} 種類だが、地域包括診療加算を算定する").into())
        }
        None if kinds.many => (PrescriptionFeeClass::SevenKinds, format!("内服薬が {number} 種類（7種類以上）").into()),
        None => {
            let text = ["内服薬は ", itoa::Buffer::new().format(number), " 種類"].concat();
            (PrescriptionFeeClass::Other, text.into())
        }
    }
}

/// Whether the drugs may be 向精神薬多剤投与 and the input does not say.
fn undecided(prescription: &Prescription, kinds: &Kinds) -> bool {
    prescription.fee_class.is_none() && kinds.psychotropics >= PSYCHOTROPICS
}

/// Whether the class of the input cannot be, by the number of kinds.
fn contradicts(prescription: &Prescription, kinds: &Kinds, exempted: impl FnOnce() -> bool) -> bool {
    match prescription.fee_class {
        Some(PrescriptionFeeClass::SevenKinds) => !kinds.many || exempted(),
        Some(PrescriptionFeeClass::Other) => kinds.many && !exempted(),
        _ => false,
    }
}

fn open_kinds<'m>() -> Why<'m> {
    let text = "同じ銘柄が2つの剤にあり、1種類と数えるかどうかで7種類以上かが変わる";
    reason("f200.kinds_open", "F200 注3 通知(6)ア", text)
}

/// F200 注2 and 注3: part of the drugs' points falls away.
fn reductions<'m>(
    masters: &'m Masters,
    visit: &mut VisitDraft<'m>,
    number: usize,
    prescription: &Prescription,
    kinds: &Kinds,
) {
    let own = |group: &Group<'_>| group.base.prescribed().filter(|of| of.prescription == number);
    if undecided(prescription, kinds) || prescription.fee_class == Some(PrescriptionFeeClass::Psychotropics) {
        // 注2 takes 20 of 100 off those drugs alone, and which they are is in no master.
        let text = "向精神薬多剤投与では該当する薬の薬剤料が 80/100 になる。該当する薬を確かめる";
        for group in visit.groups.iter_mut().filter(|group| own(group).is_some() && is_psychotropic(group)) {
            group.base.turn(Verdict::NeedsReview, reason("f200.psychotropics", "F200 注2", text));
        }
        return;
    }
    // Whatever fee of the prescription applies besides 注2 (a long-term psychotropic has the same one), 注3 looks at the kinds.
    let reduced = kinds.many || kinds.open;
    if !reduced || exempt(masters, visit, "f100") || exempt(masters, visit, "f200") {
        return;
    }
    let Some(part) = role(masters, "f200.kinds_percent", visit.date) else { return };
    let what = What::Reduction { percent: part.value, prescription: number };
    let text = format!("7種類以上の内服薬のため、内服薬の薬剤料を {}/100 で算定する", part.value);
    let mut line = Item::new(what, crate::fee::Origin::Derived).because(reason("f200.seven_kinds", part.article, text));
    line.rests_on(part.certainty);
    if kinds.open {
        line.turn(Verdict::NeedsReview, open_kinds());
    }
    if contradicts(prescription, kinds, || false) {
        let text = "入力された fee_class に合わない";
        line.turn(Verdict::NeedsReview, reason("f100.class_contradicts", part.article, text));
    }
    let temporary = |of: Prescribed| of.usage == DrugUse::Internal && of.temporary;
    if visit.groups.iter().filter_map(own).any(temporary) {
        // 通知(6) イ takes all internal drugs of the prescription, ウ leaves out those given for a time.
        let text = "臨時の内服薬が同じ処方にあり、その薬剤料も逓減するかを確かめる";
        line.turn(Verdict::NeedsReview, reason("f200.temporary", "F200 注3 通知(6)イ・ウ", text));
    }
    visit.groups.push(Group::of(line));
}

fn is_psychotropic(group: &Group<'_>) -> bool {
    match &group.base.what {
        What::Drugs { kind: DrugsKind::Prescribed(_), drugs } => {
            drugs.iter().any(|(drug, _)| PSYCHOTROPIC_CLASSES.iter().any(|class| drug.price_code().starts_with(class)))
        }
        _ => false,
    }
}

fn add<'m>(
    masters: &'m Masters,
    facility: &Facility,
    visit: &mut VisitDraft<'m>,
    name: &[&str],
    text: impl Into<Text<'m>>,
) {
    let part = masters.role_of(name, visit.date).and_then(|part| part.code.map(|code| (part, code)));
    let Some((part, code)) = part else {
        let why = reason(name.concat(), "masters/roles.csv", "この日の投薬の規則が、この版のデータにない");
        visit.groups.push(Group::of(unsettled("投薬", why)));
        return;
    };
    let mut line = derived(masters, code, visit.date).because(reason(part.name, part.article, text));
    line.rests_on(part.certainty);
    condition::apply(&mut line, visit, facility);
    visit.groups.push(Group::of(line));
}
