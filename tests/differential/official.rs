//! The published files, read column by column from CP932. They are not part of the project; where they are not at hand, the
//! test says so.

use std::path::{Path, PathBuf};

use crate::{
    fee_tables::{Aux, Days, Exclusion, FeeTables, Limit, Member, code},
    tables::{Certainty, Table, Tables},
};

/// Columns of the 医科診療行為マスター, counted from 1.
const PROCEDURE: [(&str, usize); 82] = [
    ("code", 3),
    ("name", 5),
    ("unit_code", 8),
    ("unit", 10),
    ("point_kind", 11),
    ("points", 12),
    ("in_out", 13),
    ("late_elderly", 14),
    ("bundled_test", 16),
    ("facility_kind", 19),
    ("surgery_support", 20),
    ("forensic", 21),
    ("step", 30),
    ("step_low", 31),
    ("step_high", 32),
    ("step_size", 33),
    ("step_points", 34),
    ("step_error", 35),
    ("max_count", 36),
    ("max_count_error", 37),
    ("note_code", 38),
    ("note_serial", 39),
    ("general_age", 40),
    ("age_low", 41),
    ("age_high", 42),
    ("time_class", 43),
    ("conformity", 44),
    ("conformity_standard", 45),
    ("treatment_infant", 46),
    ("low_birth_weight", 47),
    ("exam_kind", 50),
    ("exam_group", 51),
    ("reduction_target", 52),
    ("evoked_potential", 53),
    ("neck_dissection", 54),
    ("stapler", 55),
    ("outpatient_management", 56),
    ("general_base", 62),
    ("reduction_group", 63),
    ("endoscopic_ultrasound", 64),
    ("anastomosis", 67),
    ("notice_1", 68),
    ("notice_2", 69),
    ("bed_class", 71),
    ("standard_1", 72),
    ("standard_2", 73),
    ("standard_3", 74),
    ("standard_4", 75),
    ("standard_5", 76),
    ("standard_6", 77),
    ("standard_7", 78),
    ("standard_8", 79),
    ("standard_9", 80),
    ("standard_10", 81),
    ("ultrasonic_coagulation", 82),
    ("from", 87),
    ("last_day", 88),
    ("item_no", 94),
    ("age_add_1_low", 100),
    ("age_add_1_high", 101),
    ("age_add_1_code", 102),
    ("age_add_2_low", 103),
    ("age_add_2_high", 104),
    ("age_add_2_code", 105),
    ("age_add_3_low", 106),
    ("age_add_3_high", 107),
    ("age_add_3_code", 108),
    ("age_add_4_low", 109),
    ("age_add_4_high", 110),
    ("age_add_4_code", 111),
    ("sinus_endoscope", 114),
    ("sinus_shaver", 115),
    ("long_anesthesia", 116),
    ("preserved_tissue", 119),
    ("external_fixator", 121),
    ("ultrasonic_cutter", 122),
    ("infection_addition", 124),
    ("ent_infant", 125),
    ("ent_antibiotic", 126),
    ("base_up_1", 129),
    ("price_response", 132),
    ("price_response_group", 133),
];

/// Columns of the 医薬品マスター.
const DRUG: [(&str, usize); 10] = [
    ("code", 3),
    ("unit", 10),
    ("price_kind", 11),
    ("price", 12),
    ("narcotic", 14),
    ("form", 28),
    ("from", 30),
    ("last_day", 31),
    ("price_code", 32),
    ("elective", 42),
];

/// The folder of the editions of 2025, if it is there.
pub(crate) fn folder() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters");
    if path.join("r6/tensuhyo").is_dir() {
        return Some(path);
    }
    println!("skipped: there is no folder {}", path.join("r6/tensuhyo").display());
    None
}

/// A file that the engine's reader takes, and this one too.
pub(crate) type File = (String, Vec<u8>);

/// The published files. Tables 02 and 03-1 of these years are not among them: made-up ones in the published layout and
/// 03-1 of 2016 stand in their places, for what is compared is how rows are read and not what they say.
pub(crate) fn files(folder: &Path) -> Vec<File> {
    let read = |name: &str, path: &str| (name.to_owned(), std::fs::read(folder.join(path)).unwrap());
    let mut files = vec![
        read("s_20251104.csv", "r6/s_20251104.csv"),
        read("y_20251111.csv", "r6/y_20251111.csv"),
        read("01補助マスターテーブル.csv", "r6/tensuhyo/01補助マスターテーブル.csv"),
        read("03-2背反テーブル2.csv", "r6/tensuhyo/03-2背反テーブル2.csv"),
        read("03-3背反テーブル3.csv", "r6/tensuhyo/03-3背反テーブル3.csv"),
        read("03-4背反テーブル4.csv", "r6/tensuhyo/03-4背反テーブル4.csv"),
        read("05算定回数テーブル.csv", "r6/tensuhyo/05算定回数テーブル.csv"),
    ];
    let days = day_table(&std::fs::read(folder.join("h28/tensuhyo/03-1背反テーブル1.csv")).unwrap(), &files[2].1);
    files.push(("03-1背反テーブル1.csv".to_owned(), days));
    let members = members(&files);
    files.push(("02包括テーブル.csv".to_owned(), members));
    files
}

/// A made-up table 02: for every group that 01 names, procedures of the master, every ninth of them under a condition.
fn members(files: &[File]) -> Vec<u8> {
    let codes: Vec<String> = lines(&files[0].1).map(|line| line[2].to_owned()).collect();
    let mut groups: Vec<String> = lines(&files[2].1)
        .flat_map(|line| [4, 6, 8].map(|at| line[at].to_owned()))
        .filter(|group| group != "0")
        .collect();
    groups.sort();
    groups.dedup();
    let mut random = crate::generate::Random(0x02);
    let mut text = String::new();
    for group in groups {
        let start = random.below(codes.len() as u64) as usize;
        let mut chosen: Vec<&String> = (0..30).map(|_| random.of(&codes)).collect();
        chosen.extend(codes.iter().cycle().skip(start).take(30));
        chosen.sort();
        chosen.dedup();
        for code in chosen {
            let special = u8::from(random.below(9) == 0);
            text.push_str(&format!(
                "\"0\",\"{group}\",\"{code}\",\"診療行為\",\"{special}\",\"20240601\",\"99999999\"\r\n"
            ));
        }
    }
    encoding_rs::SHIFT_JIS.encode(&text).0.into_owned()
}

/// Of the table of 2016 what table 01 of today announces.
fn day_table(old: &[u8], aux: &[u8]) -> Vec<u8> {
    let known: std::collections::BTreeSet<String> =
        lines(aux).filter(|line| &line[9] == "1").map(|line| line[1].to_owned()).collect();
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    for line in lines(old).filter(|line| known.contains(&line[1]) && known.contains(&line[3])) {
        writer.write_record(&line).unwrap();
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    encoding_rs::SHIFT_JIS.encode(&text).0.into_owned()
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = csv::StringRecord> {
    let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(bytes);
    assert!(!broken);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect::<Vec<_>>().into_iter()
}

/// `20240601` as `2024-06-01`. What has no last day lasts to the end of its revision: an edition says nothing of the next.
fn days(text: &str) -> String {
    if text == "99999999" {
        return "2026-05-31".to_owned();
    }
    if text.len() != 8 {
        return String::new();
    }
    let (year, rest) = text.split_at(4);
    format!("{year}-{}-{}", &rest[..2], &rest[2..])
}

/// Numbers without their leading zeros, and 0 as nothing.
fn cell(column: &str, text: &str) -> String {
    match column {
        "from" | "last_day" => days(text),
        "name" | "unit" | "points" | "price" | "code" | "price_code" | "base_up_1" | "note_serial"
        | "infection_addition" => text.to_owned(),
        _ if column.ends_with("_low") && column.starts_with("age") => text.to_owned(),
        _ if column.ends_with("_high") && column.starts_with("age") => text.to_owned(),
        _ if text.bytes().all(|b| b.is_ascii_digit()) => text.trim_start_matches('0').to_owned(),
        _ => text.to_owned(),
    }
}

/// The published tables.
pub(crate) fn tables(files: &[File]) -> Tables {
    let bytes = |start: &str| &files.iter().find(|(name, _)| name.starts_with(start)).unwrap().1;
    let mut names: Vec<&str> = PROCEDURE.iter().map(|(name, _)| *name).collect();
    names.extend(["fee_item", "standards", "certainty"]);
    let procedures = lines(bytes("s_")).map(|line| {
        let mut cells: Vec<String> = PROCEDURE.iter().map(|(name, at)| cell(name, &line[at - 1])).collect();
        let (letter, item, branch) = (&line[84], &line[91], line[92].trim_start_matches('0'));
        let letter = if letter == "-" || letter == "*" { "" } else { letter };
        let branch = if branch.is_empty() { String::new() } else { format!("-{branch}") };
        cells.push(if letter.is_empty() { String::new() } else { format!("{letter}{item}{branch}") });
        cells.push((71..81).map(|at| line[at].to_owned()).collect::<Vec<_>>().join(";"));
        cells.push("official".to_owned());
        csv::StringRecord::from(cells)
    });
    let procedures = Table::of(&names, procedures);
    let mut names: Vec<&str> = DRUG.iter().map(|(name, _)| *name).collect();
    names.push("certainty");
    let drugs = lines(bytes("y_")).map(|line| {
        let mut cells: Vec<String> = DRUG.iter().map(|(name, at)| cell(name, &line[at - 1])).collect();
        // 34: the last day on which a drug off the price list is still paid.
        cells[7] = days((&line[30]).min(&line[33]));
        if &line[33] == "0" {
            cells[7] = days(&line[30]);
        }
        cells.push("official".to_owned());
        csv::StringRecord::from(cells)
    });
    let drugs = Table::of(&names, drugs);
    let period = |from: &str, last: &str| Days { from: days(from), last: days(last) };
    let official = Certainty::Official;
    let exclusions = |start: &str| {
        let rows = lines(bytes(start)).map(|line| Exclusion {
            one: code(&line[1]),
            other: code(&line[3]),
            rule: code(&line[5]),
            special: &line[6] == "1",
            days: period(&line[8], &line[9]),
            certainty: official,
        });
        rows.collect::<Vec<_>>()
    };
    let aux = lines(bytes("01")).map(|line| Aux {
        code: code(&line[1]),
        bundles: [3, 5, 7].map(|at| (code(&line[at]), line[at + 1].to_owned())).to_vec(),
        days: period(&line[25], &line[26]),
        certainty: official,
    });
    let members = lines(bytes("02")).map(|line| Member {
        group: line[1].to_owned(),
        code: code(&line[2]),
        special: &line[4] == "1",
        days: period(&line[5], &line[6]),
        certainty: official,
    });
    let limits = lines(bytes("05")).map(|line| Limit {
        code: code(&line[1]),
        unit: code(&line[3]),
        most: i64::from(code(&line[5])),
        special: &line[6] == "1",
        days: period(&line[12], &line[13]),
        certainty: official,
    });
    let fees = FeeTables {
        aux: aux.collect(),
        members: members.collect(),
        day: exclusions("03-1"),
        month: exclusions("03-2"),
        same: exclusions("03-3"),
        week: exclusions("03-4"),
        limits: limits.collect(),
    };
    Tables { procedures, drugs, bundles: Table::read("test-bundles.csv"), roles: Table::read("roles.csv"), fees }
}
