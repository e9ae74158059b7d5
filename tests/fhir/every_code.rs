//! What must hold for every code: what is expanded is valid, has the display it was expanded with, and is translated to codes
//! that are translated back to it.

use proptest::{prelude::*, sample::select};
use santei::{
    fhir::{Terminology, expand, lookup, translate, validate_code},
    master::{Masters, official::pack_folder},
};
use serde_json::{Value, json};

use super::{SYSTEMS, TERMS, matches, value};

/// One code of a value set, by its place; nothing when the set has none.
fn nth(terms: &Terminology, system: &str, place: u32, day: Option<&str>) -> Option<Value> {
    let url = format!("{system}?fhir_vs");
    let mut question = json!({ "url": url, "count": 0 });
    if let Some(day) = day {
        question["date"] = day.into();
    }
    let total = expand(terms, &question)["expansion"]["total"].as_u64()?;
    question["count"] = 1.into();
    question["offset"] = (u64::from(place) % total.max(1)).into();
    let answer = expand(terms, &question);
    answer["expansion"]["contains"].as_array()?.first().cloned()
}

fn holds(terms: &Terminology, system: &str, place: u32, day: Option<&str>) {
    let Some(coding) = nth(terms, system, place, day) else { return };
    let dated = |mut question: Value| {
        if let Some(day) = day {
            question["date"] = day.into();
        }
        question
    };
    let plain = json!({ "system": coding["system"], "code": coding["code"] });
    let mut asked = plain.clone();
    asked["display"] = coding["display"].clone();
    let answer = validate_code(terms, &dated(asked));
    assert_eq!(value(&answer, "result"), true, "{coding}: {answer}");
    assert_eq!(value(&answer, "display"), coding["display"]);
    assert_eq!(value(&lookup(terms, &dated(plain.clone())), "display"), coding["display"]);
    // Without a day a code of today leads to the codes of today: not back to one that is no longer in use.
    if coding["inactive"] == true {
        return;
    }
    for target in matches(&translate(terms, &dated(plain))).iter().take(12) {
        let mut back = json!({ "system": target["system"], "code": target["code"] });
        assert_eq!(value(&validate_code(terms, &dated(back.clone())), "result"), true, "{target} of {coding}");
        back["targetsystem"] = coding["system"].clone();
        let answer = translate(terms, &dated(back));
        assert!(matches(&answer).iter().any(|back| back["code"] == coding["code"]), "{coding} to {target}: {answer}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn of_the_standard_masters(
        system in select(&SYSTEMS[..]),
        place: u32,
        day in select(vec![None, Some("2026-05-31"), Some("2026-06-01")]),
    ) {
        holds(&TERMS, system, place, day);
    }
}

/// Files of the official masters, beside the project.
const OFFICIAL: [&str; 5] = [
    "r6/b_20250601.txt",
    "r6/z_20250601.txt",
    "r6/y_20251111.csv",
    "r6/ikou_20250601.txt",
    "diseases/icd10_kihon2013.xlsx",
];

#[test]
fn of_the_official_masters() {
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters");
    if !OFFICIAL.iter().all(|file| shared.join(file).exists()) {
        println!("skipped: {} has not the official files", shared.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for file in OFFICIAL {
        let name = file.split_once('/').unwrap().1;
        std::fs::copy(shared.join(file), folder.path().join(name)).unwrap();
    }
    let outcome = pack_folder(folder.path(), &mut |_| {}).unwrap();
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(outcome.set.write().unwrap()).unwrap();
    let terms = Terminology::new(&masters);
    let total = |system: &str| {
        let question = json!({ "url": format!("{system}?fhir_vs"), "count": 0, "date": "2025-11-11" });
        expand(&terms, &question)["expansion"]["total"].as_u64().unwrap()
    };
    assert!((27_000..=27_567).contains(&total(SYSTEMS[0])), "{}", total(SYSTEMS[0]));
    assert!((15_000..=19_222).contains(&total(SYSTEMS[7])), "{}", total(SYSTEMS[7]));
    assert!((10_000..=12_495).contains(&total(SYSTEMS[8])), "{}", total(SYSTEMS[8]));
    for system in SYSTEMS {
        for place in (0..40_000).step_by(3_331) {
            holds(&terms, system, place, Some("2025-11-11"));
        }
    }
}
