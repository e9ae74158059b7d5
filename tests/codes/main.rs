//! Codes put together, taken apart and led to others: on the standard masters, and on the published files where they lie
//! beside the project.
#![cfg(feature = "standard")]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what it skips, and stops at the first surprise"
)]

#[cfg(feature = "official")]
mod published;

use std::{collections::BTreeSet, sync::LazyLock};

use proptest::prelude::*;
use santei::{
    code::{DiseaseCode, ModifierCode},
    date::ServiceDate,
    lookup::{
        CodeFaultKind,
        comment::{comments, compose_comment},
        disease::{Decomposer, DiseaseInput, Icd10Role, ModifierPosition, compose, succession},
        drug::{DrugCodeSystem, DrugRole, drug, readings},
        fold,
        item::fee_item,
        lab::{lab, labs_of_procedure},
    },
    master::{Disease, Drug, Lab, LabProcedure, Masters, Modifier},
};

static MASTERS: LazyLock<Masters> = LazyLock::new(|| Masters::standard().unwrap());
static NAMES: LazyLock<Decomposer> = LazyLock::new(|| Decomposer::new(&MASTERS, Some(day("2026-07-01"))));
static BASES: LazyLock<Vec<DiseaseCode>> = LazyLock::new(|| {
    let rows = MASTERS.in_force::<Disease>(day("2026-07-01"));
    rows.map(Disease::code).filter(|code| !santei::lookup::disease::is_uncoded(*code)).collect()
});
static BEFORE: LazyLock<Vec<ModifierCode>> = LazyLock::new(|| modifiers(ModifierPosition::Prefix));
static BEHIND: LazyLock<Vec<ModifierCode>> = LazyLock::new(|| modifiers(ModifierPosition::Suffix));

fn day(text: &str) -> ServiceDate {
    text.parse().unwrap()
}

/// Prefixes have codes below 8000 and suffixes from there (修飾語マスター 項番3).
fn modifiers(position: ModifierPosition) -> Vec<ModifierCode> {
    let suffix = position == ModifierPosition::Suffix;
    let rows = MASTERS.in_force::<Modifier>(day("2026-07-01"));
    rows.map(Modifier::code).filter(|code| (code.number() >= 8000) == suffix).collect()
}

fn of(code: &str, modifiers: &[&str]) -> DiseaseInput {
    let modifiers = modifiers.iter().map(|code| code.parse().unwrap()).collect();
    DiseaseInput { modifiers, date: Some(day("2026-07-01")), ..DiseaseInput::of(code.parse().unwrap()) }
}

#[test]
fn names_of_the_standard_masters() {
    for (code, modifiers, name) in [
        ("7153018", &["2056", "8002"][..], "右変形性膝関節症の疑い"),
        ("4659007", &[], "急性上気道炎"),
        ("9249021", &["1066"], "足打撲傷"),
        // 右足 is the example of the specification for recording parts of the body (別紙6-1, パターン90).
        ("9249021", &["2056", "1066"], "右足打撲傷"),
    ] {
        let composed = compose(&MASTERS, &of(code, modifiers));
        assert_eq!(composed.name, name);
        assert!(composed.valid, "{name}: {:?}", composed.faults);
    }
    let double = compose(&MASTERS, &of("0160003", &[]));
    let codes: Vec<_> = double.icd10.iter().map(|part| (part.shown.as_str(), part.role)).collect();
    assert_eq!(codes, [("A18.1", Icd10Role::Etiology), ("N29.1", Icd10Role::Manifestation)]);
    for (code, kind) in [("9249021", CodeFaultKind::AloneForbidden), ("9999701", CodeFaultKind::NotClaimable)] {
        let composed = compose(&MASTERS, &of(code, &[]));
        assert!(!composed.valid && composed.faults.iter().any(|fault| fault.kind == kind), "{code}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Codes make a name, and the name leads back to the codes; every reading that says so has the very name.
    #[test]
    fn there_and_back(
        base in any::<prop::sample::Index>(),
        before in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        behind in prop::collection::vec(any::<prop::sample::Index>(), 0..2),
        suspected in any::<bool>(),
    ) {
        let code = BASES[base.index(BASES.len())];
        let mut modifiers: Vec<ModifierCode> = before.iter().map(|index| BEFORE[index.index(BEFORE.len())]).collect();
        modifiers.extend(behind.iter().map(|index| BEHIND[index.index(BEHIND.len())]).filter(|code| code.number() != 8002));
        let input = DiseaseInput { modifiers, suspected, date: NAMES.date(), ..DiseaseInput::of(code) };
        let composed = compose(&MASTERS, &input);
        let found = NAMES.decompose(&composed.name, Some(200)).unwrap();
        prop_assert!(found.whole);
        let codes: String = composed.modifier_codes.clone();
        prop_assert!(
            found.readings.iter().any(|one| one.disease == code && one.composed.modifier_codes == codes),
            "{} {code} {codes}", composed.name
        );
        for reading in found.readings.iter().filter(|reading| reading.exact) {
            prop_assert_eq!(fold(&reading.composed.name).replace(' ', ""), fold(&composed.name).replace(' ', ""));
        }
    }

    /// Whatever is typed, there is an answer or an error.
    #[test]
    fn anything_may_be_typed(text in "\\PC{0,60}|[右左急性慢の疑い関節炎 ]{0,80}|.{0,20}|[0-9A-Z]{0,20}|[0-9]{7,14}") {
        let on = Some(day("2026-07-01"));
        let _ = NAMES.decompose(&text, None);
        let _ = drug(&MASTERS, &text, on);
        let _ = lab(&MASTERS, &text, on);
        let _ = fee_item(&MASTERS, &text, on);
        let _ = DiseaseInput::from_json(&text);
        for code in ["810000001", "840000001", "830000002"] {
            let _ = compose_comment(&MASTERS, code.parse().unwrap(), Some(&text), Some(day("2026-05-01")));
        }
    }

    /// A wrong digit of a price list code is found.
    #[test]
    fn price_list_codes_have_a_check_digit(index in any::<prop::sample::Index>(), place in 0usize..12, digit in 0u8..10) {
        static CODES: LazyLock<Vec<String>> = LazyLock::new(|| {
            let codes: BTreeSet<_> = MASTERS.in_force::<Drug>(day("2026-07-01")).map(|row| row.price_code().to_owned()).collect();
            codes.into_iter().filter(|code| !code.is_empty()).collect()
        });
        let code = &CODES[index.index(CODES.len())];
        let mut bytes = code.as_bytes().to_vec();
        prop_assume!(place != 7 && bytes[place] != b'0' + digit);
        prop_assert_eq!(readings(code)[0].check_digit, Some(true));
        bytes[place] = b'0' + digit;
        let other = String::from_utf8(bytes).unwrap();
        // Two remainders share the digit 0, so that one slip in a hundred passes.
        let reading = &readings(&other)[0];
        prop_assert!(reading.check_digit == Some(false) || other.ends_with('0'));
    }
}

#[test]
fn every_standard_drug_has_a_card_by_each_of_its_codes() {
    let on = Some(day("2026-07-01"));
    let rows: Vec<Drug<'_>> = MASTERS.in_force::<Drug>(day("2026-07-01")).collect();
    for row in rows.iter().step_by(37) {
        let code = row.code().to_string();
        let hot9 = format!("{:09}", row.hot9());
        let mut given = vec![code.as_str(), row.price_code()];
        given.extend(Some(row.generic_name_code()).filter(|code| !code.is_empty()));
        given.extend(Some(hot9.as_str()).filter(|_| row.hot9() != 0));
        for given in given {
            let card = drug(&MASTERS, given, on).unwrap();
            let own = card.products.iter().find(|product| product.code == row.code()).unwrap();
            assert_eq!((own.price.clone(), own.unit.as_str()), (row.price().to_string(), row.unit()), "{given}");
            assert!(own.price_code_valid && own.in_force);
        }
    }
}

#[test]
fn an_originator_stands_beside_its_generics() {
    // ニューロタン錠５０ｍｇ and its generics under 【般】ロサルタンカリウム錠５０ｍｇ: 医薬品マスター of 2025-11-11.
    let card = drug(&MASTERS, "620009127", Some(day("2025-12-01"))).unwrap();
    let product = &card.products[0];
    assert_eq!((product.role, product.elective), (DrugRole::LongListed, true));
    assert_eq!(product.yj, ["2149039F2038"]);
    let group = card.group.unwrap();
    assert!(
        group.has_generics
            && group.members.iter().any(|one| one.role == DrugRole::Generic && one.cheaper == Some(true))
    );
    let systems: Vec<_> = readings("4987107609229").iter().map(|reading| reading.system).collect();
    assert_eq!(systems, [DrugCodeSystem::Gtin]);
}

#[test]
fn laboratory_items_have_names_and_procedures() {
    let mut items = 0;
    let mut charged = 0;
    for row in MASTERS.in_force::<Lab>(day("2026-07-01")) {
        let card = lab(&MASTERS, row.code(), Some(day("2026-07-01"))).unwrap();
        for axis in &card.axes {
            assert!(axis.name.is_some(), "{} {:?} {}", row.code(), axis.axis, axis.code);
        }
        items += 1;
        charged += usize::from(card.procedures.iter().any(|found| found.procedure.number() == row.procedure_code()));
        for found in &card.procedures {
            assert!(found.name.is_some() && !found.curator.is_empty() && !found.note.is_empty(), "{}", row.code());
            let back = labs_of_procedure(&MASTERS, found.procedure, Some(day("2026-07-01")));
            assert!(back.iter().any(|one| one.items.iter().any(|item| item.code == row.code())), "{}", row.code());
        }
    }
    // Two items are left out of the table on purpose: their material makes the procedure doubtful.
    assert!(items - charged <= 2, "{charged} of {items}");
    assert!(MASTERS.in_force::<LabProcedure>(day("2026-07-01")).all(|row| row.curator() == "Santei"));
}

#[test]
fn the_standard_masters_say_what_they_lack() {
    let found = comments(&MASTERS, "111000110".parse().unwrap(), Some(day("2025-07-01")));
    assert!(!found.relations_loaded && found.faults[0].help.as_deref().unwrap_or("").contains("ck"));
    assert!(fee_item(&MASTERS, "D007", Some(day("1980-01-01"))).is_err());
    assert!(succession(&MASTERS, "0049003".parse().unwrap(), Some(day("2100-01-01"))).current.is_none());
}
