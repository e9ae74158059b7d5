//! The published files of 令和6年度. They are not part of the project: without them these tests say so and pass.

use std::{collections::BTreeSet, path::Path, sync::LazyLock};

use santei::{
    code::{AnyCode, Checked},
    lookup::{
        CodeFaultKind,
        comment::{comment, comments, compose_comment},
        disease::{Decomposer, DiseaseInput, Icd10Role, ModifierPosition, compose, succession},
        drug::drug,
        lab::{LabSystem, lab},
    },
    master::{
        Comment, CommentLink, Disease, DiseaseSuccession, Drug, HotPackage, Icd10, JlacLink, Masters, Modifier,
        official::pack_files,
    },
};

use super::day;

const FILES: [&str; 10] = [
    "r6/b_20250601.txt",
    "r6/hb_20260101.txt",
    "r6/ikou_20250601.txt",
    "r6/z_20250601.txt",
    "r6/c_20250715.csv",
    "r6/ck_ALL_20250901.csv",
    "r6/y_20251111.csv",
    "diseases/icd10_kihon2013.xlsx",
    "labs/136jlac10_1.xlsx",
    "labs/clins_jlac10_11_20240930.xlsx",
];

static PUBLISHED: LazyLock<Option<Masters>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters");
    if !folder.is_dir() {
        println!("skipped: there is no folder {}", folder.display());
        return None;
    }
    let files = FILES.iter().map(|file| {
        let name = Path::new(file).file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(folder.join(file)).unwrap())
    });
    let mut masters = Masters::standard().unwrap();
    masters.add_pack(pack_files(files.collect::<Vec<_>>(), &mut |_| {}).set.write().unwrap()).unwrap();
    Some(masters)
});

const DAY: &str = "2025-12-01";
/// After the last day of every code of the list of those given up.
const LATER: &str = "2027-01-01";

#[test]
fn modifiers_stand_where_their_codes_say() {
    let Some(masters) = PUBLISHED.as_ref() else { return };
    let mut seen = 0;
    for row in masters.in_force::<Modifier>(day(DAY)) {
        let input = DiseaseInput {
            modifiers: vec![row.code()],
            date: Some(day(DAY)),
            ..DiseaseInput::of("7153018".parse().unwrap())
        };
        let composed = compose(masters, &input);
        let suffix = row.code().number() >= 8000;
        assert_eq!(composed.modifiers[0].position == ModifierPosition::Suffix, suffix, "{row:?}");
        assert!(composed.name.ends_with(row.name()) || !suffix, "{}", composed.name);
        seen += 1;
    }
    assert!(seen >= 2_375, "{seen}");
}

#[test]
fn every_code_that_was_given_up_leads_on() {
    let Some(masters) = PUBLISHED.as_ref() else { return };
    let (mut seen, mut steps) = (0, 0);
    for row in masters.in_force::<DiseaseSuccession>(day(LATER)) {
        let found = succession(masters, row.code(), Some(day(LATER)));
        if row.successor() == 0 {
            continue;
        }
        assert_eq!(found.current.map(|code| code.number()), Some(row.successor()), "{row:?} {found:?}");
        steps = steps.max(found.steps.len());
        seen += 1;
    }
    println!("{seen} codes led on, in {steps} steps at most");
    assert!(seen > 7_000);
}

#[test]
fn two_classifications_are_those_of_the_icd10() {
    let Some(masters) = PUBLISHED.as_ref() else { return };
    let starred: BTreeSet<String> = masters
        .in_force::<Icd10>(day("2026-07-01"))
        .filter(|row| row.mark() == "*")
        .filter_map(|row| row.code().get(..3).map(str::to_owned))
        .collect();
    assert_eq!(starred.len(), 83);
    let mut double = 0;
    for row in masters.in_force::<Disease>(day(DAY)) {
        let input = DiseaseInput { date: Some(day(DAY)), ..DiseaseInput::of(row.code()) };
        let composed = compose(masters, &input);
        for part in &composed.icd10 {
            let star = starred.contains(part.code.get(..3).unwrap_or_default());
            match part.role {
                Icd10Role::Manifestation => assert!(star, "{row:?} {part:?}"),
                Icd10Role::Etiology => assert!(!star, "{row:?} {part:?}"),
                _ => {}
            }
            double += usize::from(part.role == Icd10Role::Manifestation);
        }
    }
    assert!(double > 900, "{double}");
}

#[test]
fn every_name_is_read_as_itself() {
    let Some(masters) = PUBLISHED.as_ref() else { return };
    let names = Decomposer::new(masters, Some(day(DAY)));
    let rows: Vec<Disease<'_>> = masters.in_force::<Disease>(day(DAY)).collect();
    let mut seen = 0;
    for row in rows.iter().step_by(29) {
        if santei::lookup::disease::is_uncoded(row.code()) {
            continue;
        }
        let found = names.decompose(row.name(), Some(5)).unwrap();
        assert!(found.whole, "{}", row.name());
        assert!(
            found.readings.iter().any(|one| one.disease == row.code() && one.modifiers.is_empty() && one.exact),
            "{} {:?}",
            row.name(),
            found.readings.first()
        );
        seen += 1;
    }
    println!("{seen} names");
}

#[test]
fn price_list_codes_hold_their_check_digit() {
    let Some(masters) = PUBLISHED.as_ref() else { return };
    let codes: BTreeSet<&str> =
        masters.in_force::<Drug>(day(DAY)).map(|row| row.price_code()).filter(|code| !code.is_empty()).collect();
    let wrong: Vec<_> = codes.iter().filter(|code| Checked::PriceCode.check(code) != Ok(true)).collect();
    assert!(wrong.is_empty() && codes.len() > 12_000, "{} {wrong:?}", codes.len());
    for code in codes.iter().step_by(997) {
        let card = drug(masters, code, Some(day(DAY))).unwrap();
        assert!(card.products.iter().all(|product| product.price_code == *code));
    }
    assert_eq!(masters.in_force::<HotPackage>(day(DAY)).count(), 0, "the package table is not among these files");
}

#[test]
fn every_comment_takes_a_value_of_its_pattern() {
    let Some(masters) = PUBLISHED.as_ref() else { return };
    for row in masters.in_force::<Comment>(day(DAY)) {
        let card = comment(masters, row.code(), Some(day(DAY))).unwrap();
        let digits = "1".repeat(usize::try_from(card.form.length.unwrap_or(0)).unwrap());
        let value = if card.form.pattern == 40 { digits.as_str() } else { card.form.example };
        let composed = compose_comment(masters, row.code(), Some(value), Some(day(DAY))).unwrap();
        assert!(composed.valid && !composed.text.is_empty(), "{row:?} {value} {:?}", composed.faults);
        if card.form.value {
            let none = compose_comment(masters, row.code(), None, Some(day(DAY))).unwrap();
            assert_eq!(none.faults[0].kind, CodeFaultKind::CommentValue, "{row:?}");
        }
    }
}

#[test]
fn no_comment_of_a_procedure_is_lost() {
    let Some(masters) = PUBLISHED.as_ref() else { return };
    let rows: Vec<CommentLink<'_>> = masters.in_force::<CommentLink>(day(DAY)).collect();
    let codes: BTreeSet<AnyCode> =
        rows.iter().map(|row| row.code()).filter(|code| code.number() < 200_000_000).collect();
    assert!(codes.len() > 1_000, "{}", codes.len());
    for code in codes.iter().step_by(13) {
        let expected: BTreeSet<_> = rows.iter().filter(|row| row.code() == *code).map(|row| row.comment()).collect();
        let found = comments(masters, *code, Some(day(DAY)));
        let listed: BTreeSet<_> = found.groups.iter().flat_map(|group| &group.options).map(|one| one.code).collect();
        assert_eq!(listed, expected, "{code}");
    }
    let first = comments(masters, "111000110".parse().unwrap(), Some(day(DAY)));
    assert!(first.relations_loaded && first.groups.iter().any(|group| group.item == "A000"));
}

#[test]
fn jlac11_leads_to_jlac10_with_names() {
    let Some(masters) = PUBLISHED.as_ref() else { return };
    let on = day("2026-07-01");
    let rows: Vec<JlacLink<'_>> = masters.in_force::<JlacLink>(on).collect();
    assert!(rows.len() > 1_000, "{}", rows.len());
    for row in rows.iter().step_by(211) {
        let card = lab(masters, row.code(), Some(on)).unwrap();
        assert_eq!(card.system, LabSystem::Jlac11, "{}", row.code());
        let named = card.axes.iter().filter(|axis| axis.name.is_some()).count();
        assert!(named >= 3, "{} {:?}", row.code(), card.axes);
        assert!(row.jlac10().is_empty() || card.jlac10.iter().any(|link| link.code == row.jlac10()), "{}", row.code());
    }
}
