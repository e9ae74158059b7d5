//! The real files, as published. They are not part of the project: without them these tests say so and pass.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test says what it skips, and may fail in any way it likes"
)]

use std::path::{Path, PathBuf};

use santei::{
    code::{DiseaseCode, DrugCode, ModifierCode, ProcedureCode},
    master::{
        Disease, Drug, LookupError, MasterKind, Masters, Modifier, Procedure,
        official::{PackOutcome, pack_files, pack_folder},
    },
};

/// The folder of the real files, or nothing, which is said.
fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters").join(name);
    if !path.is_dir() {
        println!("skipped: there is no folder {}", path.display());
        return None;
    }
    Some(path)
}

fn read(name: &str, file: &str) -> Option<(String, Vec<u8>)> {
    Some((file.to_owned(), std::fs::read(folder(name)?.join(file)).unwrap()))
}

fn masters(outcome: PackOutcome) -> Masters {
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(outcome.set.write().unwrap()).unwrap();
    masters
}

/// The points of a procedure on a day, or nothing when it is not in force.
fn points(masters: &Masters, code: &str, day: &str) -> Option<String> {
    let code: ProcedureCode = code.parse().unwrap();
    match masters.get::<Procedure>(&code, day.parse().unwrap()) {
        Ok(row) => Some(row.points().to_string()),
        Err(LookupError::NotInForce { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn every_file_reads_without_a_fault() {
    for (name, expected) in [
        ("r2", &[("s_ALL20220218.csv", "procedure", 150, 8_735)][..]),
        ("r6-initial", &[("s_ALL20240531.csv", "procedure", 150, 10_133), ("y_ALL20240321.csv", "drug", 40, 19_686)]),
        (
            "r6",
            &[
                ("s_20251104.csv", "procedure", 150, 10_169),
                ("y_20251111.csv", "drug", 42, 19_222),
                ("b_20250601.txt", "disease", 46, 27_567),
                ("hb_20260101.txt", "disease", 46, 7_965),
                ("z_20250601.txt", "modifier", 19, 2_375),
                ("t_20251128.csv", "material", 38, 1_364),
                ("c_20250715.csv", "comment", 30, 3_759),
                ("ck_ALL_20250901.csv", "comment_link", 30, 14_719),
                ("ikou_20250601.txt", "disease_succession", 7, 7_928),
                ("k.csv", "ward", 150, 200),
                ("tensuhyo/01補助マスターテーブル.csv", "fee_aux", 27, 10_178),
                ("tensuhyo/03-2背反テーブル2.csv", "exclusion_month", 10, 21_918),
                ("tensuhyo/03-3背反テーブル3.csv", "exclusion_same", 10, 17_136),
                ("tensuhyo/03-4背反テーブル4.csv", "exclusion_week", 10, 350),
                ("tensuhyo/04入院基本料テーブル.csv", "inpatient_addition", 8, 6_084),
                ("tensuhyo/05算定回数テーブル.csv", "frequency", 14, 5_343),
                ("dental/h_20251201.csv", "dental", 66, 3_096),
                ("dental/01補助マスターテーブル（歯科）.csv", "dental_aux", 25, 8_253),
                ("dental/03-1背反テーブル1（歯科）.csv", "dental_exclusion", 12, 9_212),
                ("dental/03-5背反テーブル5（歯科）.csv", "dental_exclusion", 12, 80),
                ("dental/04算定回数テーブル（歯科）.csv", "dental_frequency", 12, 2_896),
                ("pharmacy/m_20250307.csv", "dispensing", 65, 241),
                ("nursing/r_20240823.csv", "visiting_nursing", 72, 208),
            ],
        ),
        (
            "h28",
            &[
                ("tensuhyo/01補助マスターテーブル.csv", "fee_aux", 27, 7_169),
                ("tensuhyo/03-1背反テーブル1.csv", "exclusion_day", 10, 20_302),
                ("tensuhyo/05算定回数テーブル.csv", "frequency", 14, 2_543),
            ],
        ),
        (
            "drugs",
            &[
                ("MEDIS20251130_OP.TXT", "hot_package", 7, 59_840),
                ("ippanmei_20250814.xlsx", "generic_name", 10, 1_368),
            ],
        ),
        ("diseases", &[("icd10_kihon2013.xlsx", "icd10", 19, 15_591)]),
        (
            "labs",
            &[
                // 2,856 analytes, 1,563 identifications, 194 materials, 360 methods, 99 and 4,566 results.
                ("136jlac10_1.xlsx", "jlac_code", 9, 9_638),
                ("clins_jlac10_11_20240930.xlsx", "jlac_link", 22, 7_890),
                ("tokutei_kenshin_jlac10.json", "health_check", 2, 322),
            ],
        ),
        ("payers", &[("kokkouhi_R6_20240401.xlsx", "public_payer", 56, 44)]),
        ("other", &[("shisetsukijun_R8_20260501.tsv", "facility_standard", 2, 1_944)]),
    ] {
        let Some(folder) = folder(name) else { return };
        let outcome = pack_folder(&folder, &mut |_| {}).unwrap();
        assert!(outcome.faults.is_empty(), "{name}:\n{}", outcome.faults);
        for (file, kind, columns, rows) in expected {
            let report = outcome.files.iter().find(|report| report.file == *file).unwrap();
            assert_eq!((report.kind, report.columns, report.rows), (Some(*kind), *columns, *rows), "{file}");
        }
        for report in &outcome.files {
            assert!(report.kind.is_some() || report.skipped.is_some(), "{}", report.file);
        }
    }
}

#[test]
fn one_edition_gives_one_row_a_code() {
    let Some(folder) = folder("r6") else { return };
    let outcome = pack_folder(&folder, &mut |_| {}).unwrap();
    let count = |kind| outcome.set.rows(kind).len();
    assert_eq!(count(MasterKind::Procedure), 10_169);
    assert_eq!(count(MasterKind::Drug), 19_222);
    // 38 names stand in both files: in force until the end of 2025, and for the rest of their last year.
    assert_eq!(count(MasterKind::Disease), 27_567 + 7_965);
    assert_eq!(count(MasterKind::Modifier), 2_375);
    assert!(outcome.doubts.is_empty());

    let masters = masters(outcome);
    let on = |day: &str| day.parse().unwrap();
    let code: DrugCode = "620034201".parse().unwrap();
    let drug: Drug = masters.get(&code, on("2026-03-31")).unwrap();
    assert_eq!((drug.price().to_string().as_str(), drug.price_code()), ("5.7", "1124003F2010"));
    assert!(masters.get::<Drug>(&code, on("2026-04-01")).is_err());
    let code: DiseaseCode = "8833421".parse().unwrap();
    let disease: Disease = masters.get(&code, on("2026-06-01")).unwrap();
    assert_eq!((disease.name(), disease.icd10_1()), ("高血圧症", "I10"));
    let code: DiseaseCode = "2727045".parse().unwrap();
    assert!(masters.get::<Disease>(&code, on("2026-12-31")).is_ok());
    assert!(masters.get::<Disease>(&code, on("2027-01-01")).is_err());
    let code: ModifierCode = "8002".parse().unwrap();
    assert_eq!(masters.get::<Modifier>(&code, on("2026-06-01")).unwrap().name(), "の疑い");
}

#[test]
fn the_first_visit_through_the_revisions() {
    let (Some(r2), Some(r6)) = (read("r2", "s_ALL20220218.csv"), read("r6", "s_20251104.csv")) else { return };
    let masters = masters(pack_files([r2, r6], &mut |_| {}));
    for (day, expected) in [
        ("2020-03-31", None),
        ("2020-04-01", Some("288")),
        ("2022-03-31", Some("288")),
        // The edition of the 2022 revision is missing: no figure, although it happened to stay the same.
        ("2022-04-01", None),
        ("2024-05-31", None),
        ("2024-06-01", Some("291")),
        ("2026-05-31", Some("291")),
        ("2026-06-01", None),
    ] {
        assert_eq!(points(&masters, "111000110", day).as_deref(), expected, "{day}");
    }
}

#[test]
fn two_editions_of_one_revision() {
    let (Some(first), Some(second)) = (read("r6-initial", "s_ALL20240531.csv"), read("r6", "s_20251104.csv")) else {
        return;
    };
    let outcome = pack_files([first, second], &mut |_| {});
    // Five codes ended with November 2024, which neither edition says: sure on the day of the first edition only.
    let doubts: Vec<_> = outcome.doubts.iter().map(|doubt| doubt.code.as_str()).collect();
    assert_eq!(doubts, ["111703170", "112708870", "112709170", "113705270", "113705770"]);
    let masters = masters(outcome);
    assert_eq!(points(&masters, "111703170", "2024-06-01").as_deref(), Some("3"));
    assert_eq!(points(&masters, "111703170", "2025-01-01"), None);
    // A name corrected within the revision is one state, a change of state is two.
    assert_eq!(points(&masters, "190831410", "2025-05-31").as_deref(), Some("360"));
    assert_eq!(points(&masters, "190831410", "2025-06-01").as_deref(), Some("360"));
}

#[test]
fn prices_that_changed_between_two_lists() {
    let (Some(first), Some(second)) = (read("r6-initial", "y_ALL20240321.csv"), read("r6", "y_20251111.csv")) else {
        return;
    };
    let masters = masters(pack_files([first, second], &mut |_| {}));
    let price = |code: &str, day: &str| {
        let code: DrugCode = code.parse().unwrap();
        masters.get::<Drug>(&code, day.parse().unwrap()).ok().map(|row| row.price().to_string())
    };
    assert_eq!(price("620034201", "2025-03-31").as_deref(), Some("5.5"));
    assert_eq!(price("620034201", "2025-04-01").as_deref(), Some("5.7"));
    // 310,154 yen from April 2024; the list of 2025 says 275,693 yen before it: some day in between is not known.
    assert_eq!(price("622633301", "2024-04-01").as_deref(), Some("310154"));
    assert_eq!(price("622633301", "2024-12-01"), None);
    assert!(price("622633301", "2025-04-01").is_some());
}
