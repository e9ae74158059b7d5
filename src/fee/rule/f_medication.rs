//! F 投薬: 調剤料, 処方料, 処方箋料 and their additions, and the reduction for seven or more kinds.

use rust_decimal::Decimal;

use crate::{
    fee::{
        condition,
        draft::{DrugsKind, Group, Item, VisitDraft, What, derived, reason, role, unsettled},
        encounter::{Dispensing, DrugUse, Facility, Prescription, PrescriptionFeeClass, Rp},
        statement::Verdict,
        trace::Trace,
    },
    master::{Drug, Masters},
};

/// 麻薬・毒薬・覚醒剤原料・向精神薬 (14) that bring 麻薬等加算.
const CONTROLLED: [u32; 4] = [1, 2, 3, 5];
/// 薬効分類 of drugs that can be 抗不安薬, 睡眠薬, 抗うつ薬 or 抗精神病薬: 催眠鎮静剤・抗不安剤, その他の中枢神経系用薬,
/// 精神神経用剤, その他の神経系. The lists of 別紙様式36 are not in any master.
const PSYCHOTROPIC_CLASSES: [&str; 3] = ["112", "117", "119"];
/// From this many on, the drugs alone do not tell whether 向精神薬多剤投与 applies (F100 1).
const PSYCHOTROPICS: usize = 3;

/// Adds the fees of every prescription of the visit.
pub(crate) fn fees<'m>(masters: &'m Masters, facility: &Facility, visit: &mut VisitDraft<'m>, trace: &mut Trace) {
    let prescriptions = &visit.visit.prescriptions;
    let both = |one: Dispensing| prescriptions.iter().any(|prescription| prescription.dispensing == one);
    let both = both(Dispensing::InHouse) && both(Dispensing::Pharmacy);
    for prescription in prescriptions {
        let kinds = Kinds::count(masters, visit, prescription);
        trace.step("prescription", || format!("{} kinds of internal drugs", kinds.internal));
        let start = visit.groups.len();
        match prescription.dispensing {
            Dispensing::InHouse => {
                dispensing(masters, facility, visit, &kinds);
                fee(masters, facility, visit, prescription, &kinds, "f100");
            }
            Dispensing::Pharmacy => fee(masters, facility, visit, prescription, &kinds, "f400"),
        }
        if both {
            for group in visit.groups.iter_mut().skip(start) {
                group.base.turn(Verdict::NeedsReview, both_ways());
            }
        }
    }
    for group in &mut visit.groups {
        form(group);
    }
    if both {
        for group in &mut visit.groups {
            if matches!(group.base.what, What::Drugs { kind: DrugsKind::Prescribed(_), .. }) {
                group.base.turn(Verdict::NeedsReview, both_ways());
            }
        }
    }
}

/// 剤形 (28) must fit the use: an ointment is not taken by day, a tablet is not external.
fn form(group: &mut Group<'_>) {
    const INTERNAL: u32 = 1;
    const EXTERNAL: u32 = 6;
    let What::Drugs { kind: DrugsKind::Prescribed(usage), drugs } = &group.base.what else { return };
    let wrong = match usage {
        DrugUse::Internal | DrugUse::AsNeeded => EXTERNAL,
        DrugUse::External => INTERNAL,
    };
    if let Some((drug, _)) = drugs.iter().find(|(drug, _)| drug.form() == wrong) {
        let text = format!("{} の剤形が用法に合わない", drug.name());
        group.base.turn(Verdict::NeedsReview, reason("f200.form", "医薬品マスター 28", text));
    }
}

fn both_ways() -> crate::fee::Reason {
    // With a prescription for a pharmacy, the fees of dispensing in the house fall away, save in an emergency.
    let text = "同じ診療で院内投薬と処方箋の交付がある。緊急やむを得ない場合かを確かめる";
    reason("f.both_ways", "F 通則1", text)
}

/// What the fees of a prescription depend on.
struct Kinds {
    /// Kinds of internal drugs, as F200 注3 counts them, without temporary ones.
    internal: u32,
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
        let row = |amount: &crate::fee::encounter::DrugAmount| -> Option<Drug<'_>> {
            masters.get(&amount.drug, visit.date).ok()
        };
        let mut internal = 0;
        let mut codes = Vec::new();
        let mut controlled = false;
        for rp in &prescription.rps {
            let drugs: Vec<Drug<'_>> = rp.drugs.iter().filter_map(row).collect();
            controlled |= drugs.iter().any(|drug| CONTROLLED.contains(&drug.narcotic()));
            codes.extend(
                drugs
                    .iter()
                    .filter(|drug| PSYCHOTROPIC_CLASSES.iter().any(|class| drug.price_code().starts_with(class)))
                    .map(|drug| drug.price_code().get(..7).unwrap_or_default().to_owned()),
            );
            if rp.usage == DrugUse::Internal && !rp.temporary {
                internal += kinds_of(rp, &drugs, one_kind);
            }
        }
        codes.sort_unstable();
        codes.dedup();
        let mut uses: Vec<DrugUse> = prescription.rps.iter().map(|rp| rp.usage).collect();
        uses.sort_unstable();
        uses.dedup();
        Self { internal, psychotropics: codes.len(), controlled, uses }
    }
}

/// Kinds in one internal 剤 (通知 F200(6)ア): each brand is one, drugs mixed to be taken as one are one, and a 剤 whose
/// price for a day is at most 205 yen is one.
fn kinds_of(rp: &Rp, drugs: &[Drug<'_>], one_kind: Option<Decimal>) -> u32 {
    let price: Option<Decimal> = rp
        .drugs
        .iter()
        .zip(drugs)
        .try_fold(Decimal::ZERO, |sum, (amount, drug)| sum.checked_add(drug.price().checked_mul(amount.quantity)?));
    let cheap = matches!((price, one_kind), (Some(price), Some(limit)) if price <= limit);
    if rp.mixed || cheap {
        return 1;
    }
    let mut brands: Vec<_> = drugs.iter().map(|drug| drug.code()).collect();
    brands.sort_unstable();
    brands.dedup();
    u32::try_from(brands.len()).unwrap_or(u32::MAX)
}

/// 調剤料 (F000) and its 麻薬等加算.
fn dispensing<'m>(masters: &'m Masters, facility: &Facility, visit: &mut VisitDraft<'m>, kinds: &Kinds) {
    let internal = kinds.uses.iter().any(|usage| matches!(usage, DrugUse::Internal | DrugUse::AsNeeded));
    let external = kinds.uses.contains(&DrugUse::External);
    if internal {
        add(masters, facility, visit, "f000.dispensing.internal", "内服薬・屯服薬を調剤した");
    }
    if external {
        add(masters, facility, visit, "f000.dispensing.external", "外用薬を調剤した");
    }
    if kinds.controlled {
        add(masters, facility, visit, "f000.narcotic", "麻薬・毒薬・覚醒剤原料・向精神薬を調剤した");
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
    let many =
        role(masters, "f200.kinds_limit", visit.date).is_some_and(|part| Decimal::from(kinds.internal) >= part.value);
    let (class, why) = match prescription.fee_class {
        Some(class) => (class, "入力された区分による".to_owned()),
        None if many => (PrescriptionFeeClass::SevenKinds, format!("内服薬が {} 種類（7種類以上）", kinds.internal)),
        None => (PrescriptionFeeClass::Other, format!("内服薬は {} 種類", kinds.internal)),
    };
    let class_name = match class {
        PrescriptionFeeClass::Psychotropics => "psychotropics",
        PrescriptionFeeClass::SevenKinds => "seven_kinds",
        PrescriptionFeeClass::LongPsychotropic => "long_psychotropic",
        PrescriptionFeeClass::Other => "other",
    };
    let refill = if prescription.refill { "refill." } else { "" };
    let name = format!("{item}.{refill}{class_name}");
    let undecided = prescription.fee_class.is_none() && kinds.psychotropics >= PSYCHOTROPICS;
    let before = visit.groups.len();
    add(masters, facility, visit, &name, &why);
    if let Some(group) = visit.groups.get_mut(before)
        && undecided
    {
        let text = format!(
            "向精神薬に当たりうる薬が {} 種類ある。向精神薬多剤投与に当たるかを fee_class で答える",
            kinds.psychotropics
        );
        group.base.turn(Verdict::NeedsReview, reason("f100.psychotropics_undecided", "F100 1・F400 1", text));
    }
    if item == "f100" {
        if kinds.controlled {
            add(masters, facility, visit, "f100.narcotic", "麻薬・毒薬・覚醒剤原料・向精神薬を処方した");
        }
        reductions(masters, visit, class, undecided, many);
    }
}

/// F200 注2 and 注3: part of the drugs' points falls away.
fn reductions<'m>(
    masters: &'m Masters,
    visit: &mut VisitDraft<'m>,
    class: PrescriptionFeeClass,
    undecided: bool,
    many: bool,
) {
    let internal = |group: &Group<'_>| {
        matches!(group.base.what, What::Drugs { kind: DrugsKind::Prescribed(DrugUse::Internal), .. })
    };
    if undecided || class == PrescriptionFeeClass::Psychotropics {
        // 注2 takes 20 of 100 off those drugs alone, and which they are is in no master.
        let text = "向精神薬多剤投与では該当する薬の薬剤料が 80/100 になる。該当する薬を確かめる";
        for group in visit.groups.iter_mut().filter(|group| is_psychotropic(group)) {
            group.base.turn(Verdict::NeedsReview, reason("f200.psychotropics", "F200 注2", text));
        }
        return;
    }
    // A prescription said to be of another class, such as one with 地域包括診療加算, keeps its points.
    if class != PrescriptionFeeClass::SevenKinds || !many || !visit.groups.iter().any(internal) {
        return;
    }
    let Some(part) = role(masters, "f200.kinds_percent", visit.date) else { return };
    let what = What::Reduction { percent: part.value };
    let text = format!("7種類以上の内服薬のため、内服薬の薬剤料を {}/100 で算定する", part.value);
    let mut line = Item::new(what, crate::fee::Origin::Derived).because(reason("f200.seven_kinds", part.article, text));
    line.rests_on(part.certainty);
    let mut group = Group::of(line);
    group.section = crate::fee::section::Section::of_drug_use(DrugUse::Internal);
    visit.groups.push(group);
}

fn is_psychotropic(group: &Group<'_>) -> bool {
    match &group.base.what {
        What::Drugs { kind: DrugsKind::Prescribed(_), drugs } => {
            drugs.iter().any(|(drug, _)| PSYCHOTROPIC_CLASSES.iter().any(|class| drug.price_code().starts_with(class)))
        }
        _ => false,
    }
}

fn add<'m>(masters: &'m Masters, facility: &Facility, visit: &mut VisitDraft<'m>, name: &str, text: &str) {
    let part = role(masters, name, visit.date).and_then(|part| part.code.map(|code| (part, code)));
    let Some((part, code)) = part else {
        let why = reason(name, "masters/roles.csv", "この日の投薬の規則が、この版のデータにない");
        visit.groups.push(Group::of(unsettled("投薬", why)));
        return;
    };
    let mut line = derived(masters, code, visit.date).because(reason(name, part.article, text));
    line.rests_on(part.certainty);
    condition::apply(&mut line, visit, facility);
    visit.groups.push(Group::of(line));
}
