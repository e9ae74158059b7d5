//! The real files, as published. They are not part of the project: without them these tests say so and pass.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test says what it skips, and may fail in any way it likes"
)]

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use santei::{
    code::{CommentCode, DiseaseCode, DrugCode, MaterialCode, ModifierCode, ProcedureCode},
    date::ServiceDate,
    master::{
        Certainty, CodeValue, Comment, CommentLink, Disease, Drug, ExclusionMonth, FeeAux, Frequency, LookupError,
        MasterKind, MasterRow, Masters, Material, Modifier, Pair, Procedure,
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
    // 38 names stand in both files: in force until the end of 2025, and for the rest of their last year. Names that
    // were changed since they were listed are given before the change too, as not verified.
    let sure = |kind| outcome.set.rows(kind).iter().filter(|row| row.certainty == Certainty::Official).count();
    assert_eq!(sure(MasterKind::Disease), 27_567 + 7_965);
    assert_eq!(sure(MasterKind::Modifier), 2_375);
    assert!(count(MasterKind::Disease) > sure(MasterKind::Disease));
    assert!(outcome.doubts.is_empty());
    assert_eq!(count(MasterKind::Material), 1_364);
    // Three comments end the day before their last change, and what they were before it another edition must say.
    assert_eq!(count(MasterKind::Comment), 3_759 - 3);
    assert_eq!(count(MasterKind::CommentLink), 14_719);
    assert_eq!(count(MasterKind::ExclusionMonth), 21_918);
    assert_eq!(count(MasterKind::DentalExclusion), 9_212 + 1_576 + 3_804 + 30 + 80);
    assert_eq!(count(MasterKind::Frequency), 5_343);

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

    let code: MaterialCode = "710010001".parse().unwrap();
    let material: Material = masters.get(&code, on("2026-05-31")).unwrap();
    assert_eq!((material.price().to_string().as_str(), material.old_price().to_string().as_str()), ("13600", "13900"));
    assert!(masters.get::<Material>(&code, on("2026-06-01")).is_err());
    let code: CommentCode = "820100407".parse().unwrap();
    assert_eq!(masters.get::<Comment>(&code, on("2026-01-01")).unwrap().pattern(), 20);
    let first_visit: ProcedureCode = "111000110".parse().unwrap();
    let links: Vec<CommentLink> = masters.related(first_visit, on("2026-01-01")).collect();
    assert!(links.iter().any(|link| link.comment().to_string() == "820100001" && link.condition() == 0));
    let aux: FeeAux = masters.get(&first_visit, on("2026-01-01")).unwrap();
    assert_eq!(aux.bundles()[0], (2, Some("A000001".parse().unwrap())));
    // An edition of the 2024 revision says nothing of the days before it, although its rows were made in 2010.
    assert!(masters.get::<FeeAux>(&first_visit, on("2024-05-31")).is_err());
    let times: Vec<(u32, u32)> = masters
        .related::<Frequency>(first_visit, on("2026-01-01"))
        .map(|row| (row.unit_code().number(), row.max_count()))
        .collect();
    assert_eq!(times, [(159, 1)]);
    let other: ProcedureCode = "113010370".parse().unwrap();
    let exclusion: ExclusionMonth = masters.get(&Pair::of(first_visit, other), on("2026-01-01")).unwrap();
    assert_eq!(exclusion.rule(), 1);
}

/// The fields of each line, as they stand.
fn fields(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let lines = bytes.split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let fields = |line: &[u8]| line.split(|b| *b == b',').map(<[u8]>::to_vec).collect();
    lines.filter(|line| !line.is_empty()).map(fields).collect()
}

fn by_code(bytes: &[u8]) -> HashMap<Vec<u8>, Vec<Vec<u8>>> {
    fields(bytes).into_iter().map(|row| (row[2].clone(), row)).collect()
}

/// The later edition without what a change file cannot say: columns that the first one does not have, and values that
/// were taken away.
fn as_far_as_a_change_file_goes(first: &[u8], second: &[u8]) -> Vec<u8> {
    let before = by_code(first);
    let columns = fields(first)[0].len();
    let mut out = Vec::new();
    for mut row in fields(second) {
        row.truncate(columns);
        if let Some(old) = before.get(&row[2]) {
            for (field, old) in row.iter_mut().zip(old).filter(|(field, _)| *field == b"\"\"") {
                field.clone_from(old);
            }
        }
        out.extend(row.join(&b","[..]));
        out.extend(b"\r\n");
    }
    out
}

/// The later edition as a change file over the earlier one: rows that differ, columns that differ, blanks elsewhere.
fn changes(first: &[u8], second: &[u8]) -> (Vec<u8>, usize) {
    let rows = |bytes: &[u8]| -> Vec<Vec<Vec<u8>>> {
        let lines = bytes.split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        lines
            .filter(|line| !line.is_empty())
            .map(|line| line.split(|b| *b == b',').map(<[u8]>::to_vec).collect())
            .collect()
    };
    let before: HashMap<Vec<u8>, Vec<Vec<u8>>> = rows(first).into_iter().map(|row| (row[2].clone(), row)).collect();
    let (mut out, mut count) = (Vec::new(), 0);
    for row in fields(second) {
        let old = before.get(&row[2]);
        if old.is_some_and(|old| old[1..] == row[1..]) {
            continue;
        }
        count += 1;
        let change: &[u8] = if old.is_some() { b"\"5\"" } else { b"\"3\"" };
        let line = row.iter().enumerate().map(|(place, field)| match (place, old) {
            (0, _) => change.to_vec(),
            (1 | 2, _) | (_, None) => field.clone(),
            (_, Some(old)) if old[place] == *field => b"\"\"".to_vec(),
            _ => field.clone(),
        });
        out.extend(line.collect::<Vec<_>>().join(&b","[..]));
        out.extend(b"\r\n");
    }
    (out, count)
}

#[test]
fn a_change_file_over_the_first_edition_is_the_later_edition() {
    for (kind, first, second) in [
        (MasterKind::Procedure, "s_ALL20240531.csv", "s_20251104.csv"),
        (MasterKind::Drug, "y_ALL20240321.csv", "y_20251111.csv"),
    ] {
        let (Some(first), Some(mut second)) = (read("r6-initial", first), read("r6", second)) else { return };
        let later = second.0.clone();
        second.1 = as_far_as_a_change_file_goes(&first.1, &second.1);
        let (change, count) = changes(&first.1, &second.1);
        assert!(count > 20, "{count}");
        let merged = pack_files([first, (later.clone(), change)], &mut |_| {});
        assert!(merged.faults.is_empty(), "{}", merged.faults);
        let whole = pack_files([second], &mut |_| {});
        assert!(whole.faults.is_empty(), "{}", whole.faults);
        let known: HashMap<(CodeValue, ServiceDate), &MasterRow> =
            merged.set.rows(kind).iter().map(|row| ((row.code.clone(), row.period.from), row)).collect();
        for row in whole.set.rows(kind) {
            let other = known[&(row.code.clone(), row.period.from)];
            assert_eq!((&other.cells, other.period), (&row.cells, row.period), "{}", row.code);
        }
        println!("{later}: {count} changed rows over the first edition give its {} rows", whole.set.rows(kind).len());
    }
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

#[test]
#[cfg(feature = "standard")]
fn the_figures_of_the_standard_masters() {
    use santei::master::diff::{At, ChangeKind, diff};

    // On a day of each edition: every code of the standard masters is in it, with the same figure.
    for (name, files, day) in [
        ("r6-initial", ["s_ALL20240531.csv", "y_ALL20240321.csv"], "2024-06-01"),
        ("r6", ["s_20251104.csv", "y_20251111.csv"], "2025-12-01"),
    ] {
        let inputs: Option<Vec<_>> = files.into_iter().map(|file| read(name, file)).collect();
        let Some(inputs) = inputs else { return };
        let official = masters(pack_files(inputs, &mut |_| {}));
        let standard = Masters::standard().unwrap();
        let at = At::Day(day.parse().unwrap());
        let found = diff((standard.packs(), at), (&official.packs()[..1], at));
        for table in found.tables.iter().filter(|table| table.after.is_some()) {
            let wrong: Vec<_> = table
                .changes
                .iter()
                .filter(|change| matches!(change.change, ChangeKind::Figure | ChangeKind::Abolished))
                .collect();
            assert!(wrong.is_empty(), "{name} {}: {wrong:#?}", table.table);
        }
    }
}
