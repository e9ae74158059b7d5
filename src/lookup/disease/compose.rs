//! From codes to the name that a claim prints, with every fault that the claim would have.

use serde::Serialize;

use super::{
    DiseaseInput, DiseaseOutcome, Icd10Part, ModifierPart, ModifierPosition, ModifierSort, SUSPECTED, SuccessionStep,
    icd10, is_uncoded, modifier, succession,
};
use crate::{
    code::{DiseaseCode, ModifierCode},
    date::ServiceDate,
    lookup::fault::{CodeFault, CodeFaultKind, FaultSeverity, cut, day_or_last},
    master::{Certainty, Disease, Masters, Modifier},
};

/// Most modifiers of one disease: 修飾語コード of an SY record has room for twenty.
pub const MAX_MODIFIERS: usize = 20;
/// Longest name in words: 傷病名称 of an SY record has 40 bytes, two a character.
const MAX_FREE_TEXT: usize = 20;
/// Most modifiers that are looked up; a longer list is refused anyway.
const MAX_READ: usize = 200;

/// A disease as a claim prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ComposedDisease {
    /// Whether a claim can have it so: no fault is an error.
    pub valid: bool,
    /// The name: modifiers in front, base name, modifiers behind.
    pub name: String,
    /// The base name; none when the masters do not have it.
    pub base: Option<DiseaseBase>,
    /// What leads from the code that was given to the base that is in force.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<SuccessionStep>>"))]
    pub succession: Vec<SuccessionStep>,
    /// The modifiers in the order of a claim: those in front, those behind, の疑い last.
    pub modifiers: Vec<ModifierPart>,
    /// 修飾語コード of an SY record: their codes one after the other.
    pub modifier_codes: String,
    /// ICD-10 of the base name; modifiers do not change it.
    pub icd10: Vec<Icd10Part>,
    /// の疑い is among the modifiers.
    pub suspected: bool,
    /// 主傷病.
    pub main: bool,
    /// 診療開始日.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    pub start: Option<ServiceDate>,
    /// 転帰.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub outcome: Option<DiseaseOutcome>,
    /// What is wrong, in the order of the input.
    pub faults: Vec<CodeFault>,
}

/// The base name of a disease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DiseaseBase {
    /// 傷病名コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: DiseaseCode,
    /// 傷病名基本名称, or the name in words of `0000999`.
    pub name: String,
    /// 採択区分: 1 the usual name, 2 a rarer one, 3 another word for one of these.
    pub adoption: u32,
    /// 病名管理番号; 0 for none.
    pub management_number: u32,
    /// 病名交換用コード.
    pub exchange_code: String,
    /// 単独使用禁止.
    pub alone_forbidden: bool,
    /// 保険請求外.
    pub not_claimable: bool,
    /// 特定疾患等対象区分, as in the master.
    pub specific_disease: u32,
    /// 難病外来対象区分, as in the master.
    pub intractable: u32,
    /// How sure the row is.
    pub certainty: Certainty,
}

/// Composes the name of a disease and checks what a claim asks for. Every fault is listed with what to do; a name is given
/// as far as the codes are known.
#[must_use]
pub fn compose(masters: &Masters, input: &DiseaseInput) -> ComposedDisease {
    let mut faults = Vec::from_iter(CodeFault::of_day(input.date));
    let moved = succession(masters, input.disease, input.date);
    let row = moved.current.and_then(|code| masters.row::<Disease>(&code, day_or_last(input.date)));
    let base = match row {
        Some(row) => Some(base_of(row, input, &mut faults)),
        None => {
            faults.push(missing(masters, input, moved.known));
            None
        }
    };
    let steps = if row.is_some() { moved.steps } else { Vec::new() };
    if let (Some(base), Some(step)) = (&base, steps.last()) {
        faults.insert(0, replaced(input.disease, base, step));
    }
    let modifiers = modifiers_of(masters, input, &mut faults);
    if let Some(base) = &base {
        check_base(base, &modifiers, &mut faults);
    }
    if let (Some(start), Some(date)) = (input.start, input.date)
        && start > date
    {
        let message = "the disease starts after the day for which it is composed";
        let fault = CodeFault::error("start", CodeFaultKind::Date, message);
        faults.push(fault.expected(format!("{date} or before"), start.to_string()).help("correct one of the two days"));
    }
    let before = modifiers.iter().filter(|part| part.position == ModifierPosition::Prefix);
    let behind = modifiers.iter().filter(|part| part.position != ModifierPosition::Prefix);
    let mut name: String = before.map(|part| part.name.as_str()).collect();
    name.push_str(base.as_ref().map_or("", |base| base.name.as_str()));
    name.extend(behind.map(|part| part.name.as_str()));
    ComposedDisease {
        valid: faults.iter().all(|fault| fault.severity != FaultSeverity::Error),
        name,
        icd10: row.map(icd10::parts).unwrap_or_default(),
        base,
        succession: steps,
        modifier_codes: modifiers.iter().map(|part| part.code.to_string()).collect(),
        suspected: input.suspected || modifiers.iter().any(|part| part.code.number() == SUSPECTED),
        modifiers,
        main: input.main,
        start: input.start,
        outcome: input.outcome,
        faults,
    }
}

fn base_of(row: Disease<'_>, input: &DiseaseInput, faults: &mut Vec<CodeFault>) -> DiseaseBase {
    let uncoded = is_uncoded(row.code());
    let words = input.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let mut fault = |message: &str, help: &str| {
        faults.push(CodeFault::error("name", CodeFaultKind::FreeText, message).help(help));
    };
    match words {
        None if uncoded => {
            fault("0000999 (未コード化傷病名) has no name of its own", "give the name in words in `name`")
        }
        Some(_) if !uncoded => fault(
            "a disease with a code has its name from the master",
            "leave `name` out, or use 0000999 for a name in words",
        ),
        Some(words) if words.chars().any(char::is_control) => {
            fault("the name in words has control characters", "give it in plain letters");
        }
        Some(words) if words.chars().count() > MAX_FREE_TEXT => {
            let fault =
                CodeFault::error("name", CodeFaultKind::TooMuch, "the name in words is longer than a claim takes");
            let got = format!("{} characters", words.chars().count());
            faults.push(fault.expected(format!("at most {MAX_FREE_TEXT} characters"), got).help("shorten it"));
        }
        _ => {}
    }
    let name = match words.filter(|_| uncoded) {
        Some(words) => words.chars().filter(|letter| !letter.is_control()).take(1_000).collect(),
        None => row.name().to_owned(),
    };
    DiseaseBase {
        code: row.code(),
        name,
        adoption: row.adoption(),
        management_number: row.management_number(),
        exchange_code: row.exchange_code().to_owned(),
        alone_forbidden: row.alone_forbidden() != 0,
        not_claimable: row.not_claimable() != 0,
        specific_disease: row.specific_disease(),
        intractable: row.intractable(),
        certainty: row.certainty(),
    }
}

fn missing(masters: &Masters, input: &DiseaseInput, known: bool) -> CodeFault {
    match masters.get::<Disease>(&input.disease, day_or_last(input.date)) {
        Err(error) if !known || masters.versions::<Disease>(&input.disease).next().is_some() => {
            CodeFault::missing("disease", &error)
        }
        _ => {
            let message = format!("disease {} was given up, and the masters name none in its place", input.disease);
            CodeFault::error("disease", CodeFaultKind::NotInForce, message)
                .help("find the disease by its name, or add a pack with the newer masters")
        }
    }
}

fn replaced(given: DiseaseCode, base: &DiseaseBase, step: &SuccessionStep) -> CodeFault {
    let message = format!("disease {given} was given up; {} {} is in its place", base.code, base.name);
    CodeFault::error("disease", CodeFaultKind::Replaced, message)
        .warning()
        .help(format!("write {} on the claim ({})", base.code, step.source))
        .instead(vec![base.code.to_string()])
}

/// The modifiers in the order of a claim, and what is wrong with them.
fn modifiers_of(masters: &Masters, input: &DiseaseInput, faults: &mut Vec<CodeFault>) -> Vec<ModifierPart> {
    let mut codes: Vec<ModifierCode> = input.modifiers.iter().copied().take(MAX_READ).collect();
    let suspected = ModifierCode::from_number(SUSPECTED);
    if let Some(code) = suspected.filter(|code| input.suspected && !codes.contains(code)) {
        codes.push(code);
    }
    let count = codes.len().max(input.modifiers.len());
    if count > MAX_MODIFIERS {
        let fault = CodeFault::error("modifiers", CodeFaultKind::TooManyModifiers, "a disease has too many modifiers");
        let fault = fault.expected(format!("at most {MAX_MODIFIERS}"), count.to_string());
        faults.push(fault.help("leave some out, or write the disease in words with 0000999"));
    }
    let mut parts: Vec<ModifierPart> = Vec::with_capacity(codes.len());
    for (place, code) in codes.iter().enumerate() {
        let path = format!("modifiers[{place}]");
        match masters.get::<Modifier>(code, day_or_last(input.date)) {
            Err(error) => faults.push(CodeFault::missing(path, &error)),
            Ok(row) => {
                let part = modifier::part(row);
                check_modifier(&path, &part, &parts, faults);
                parts.push(part);
            }
        }
    }
    let order = |part: &ModifierPart| (part.position, part.code.number() == SUSPECTED);
    if !parts.is_sorted_by_key(order) {
        crate::order::by_key(&mut parts, order);
        let right: Vec<String> = parts.iter().map(|part| part.code.to_string()).collect();
        let given: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let message = "modifiers stand in the order in which they are printed: those in front of the name, those behind, \
                       の疑い last";
        faults.push(
            CodeFault::error("modifiers", CodeFaultKind::ModifierOrder, message)
                .expected(right.join(" "), cut(&given.join(" ")))
                .help("record them in that order")
                .instead(right),
        );
    }
    parts
}

fn check_modifier(path: &str, part: &ModifierPart, before: &[ModifierPart], faults: &mut Vec<CodeFault>) {
    let what = format!("modifier {} {}", part.code, part.name);
    if part.position == ModifierPosition::Dental {
        let fault = CodeFault::error(path, CodeFaultKind::ModifierKind, format!("{what} is a position of teeth"));
        faults.push(fault.help("leave it out of a medical claim"));
    }
    if before.iter().any(|other| other.code == part.code) {
        let fault = CodeFault::error(path, CodeFaultKind::DuplicateModifier, format!("{what} stands twice"));
        faults.push(fault.warning().help("leave one out"));
    }
}

/// 単独使用禁止 and 保険請求外.
fn check_base(base: &DiseaseBase, modifiers: &[ModifierPart], faults: &mut Vec<CodeFault>) {
    // The master speaks of 部位等修飾語: something that says where or of what kind. 接尾語 such as の疑い do not.
    let said = modifiers.iter().any(|part| part.position == ModifierPosition::Prefix);
    let site = modifiers.iter().any(|part| part.sort == ModifierSort::Site);
    if base.alone_forbidden && !site {
        let message = format!("disease {} {} does not stand alone (単独使用禁止)", base.code, base.name);
        let fault = CodeFault::error("modifiers", CodeFaultKind::AloneForbidden, message);
        let fault = fault.expected("a modifier of a part of the body (部位等)", if said { "others" } else { "none" });
        let fault = if said { fault.warning() } else { fault };
        faults.push(fault.help("add the part of the body, or choose a disease that names it"));
    }
    if base.not_claimable {
        let message = format!("disease {} {} is not for claims (保険請求外)", base.code, base.name);
        let fault = CodeFault::error("disease", CodeFaultKind::NotClaimable, message);
        faults.push(fault.help("leave it off the claim, or choose the disease that was treated"));
    }
}
