//! Writes the seeds of `fuzz/seeds/`: small, made up, and made again by this program.
//!
//! `cargo run --manifest-path fuzz/Cargo.toml --example seeds`

use std::{
    collections::BTreeSet,
    fs,
    io::{Cursor, Write},
    path::Path,
};

use santei::{
    master::{MasterKind, MasterSet, official, schema, standard},
    pack::{Cell, PackMeta, PackSource, PackWriter, TableRows},
};

use santei_fuzz::official::NAMES;
use zip::{ZipWriter, write::SimpleFileOptions};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    packs(&root.join("pack"))?;
    visits(&root.join("visit_json"))?;
    csv(&root.join("standard_csv"))?;
    claims(&root.join("claim"))?;
    for (name, query) in [("name", "初診"), ("kana", "ｼｮｼﾝ"), ("code", "1110"), ("icd10", "E11.9"), ("wide", "Ｂ１２　")] {
        save(&root.join("find"), name, query.as_bytes())?;
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let alone = [(0, "official_procedures"), (1, "official_drugs"), (5, "official_diseases"), (7, "official_modifiers")];
    for (place, text) in LINES {
        let file = NAMES.get(*place).ok_or("no such name")?;
        let read = official::read_file(file, text.as_bytes());
        assert!(!read.set.is_empty(), "{file}: {:?}", read.faults.list());
        let mut bytes = vec![u8::try_from(*place)?];
        bytes.extend(text.as_bytes());
        save(&root.join("official_any"), &format!("{place:02}"), &bytes)?;
    }
    for (place, file) in NAMES.iter().enumerate() {
        for (count, lines) in made_up(file) {
            if official::read_file(file, lines.as_bytes()).set.is_empty() {
                continue;
            }
            let mut any = vec![u8::try_from(place)?];
            any.extend(lines.as_bytes());
            save(&root.join("official_any"), &format!("{place:02}-{count}"), &any)?;
            if let Some((_, target)) = alone.iter().find(|(own, _)| *own == place) {
                save(&root.join(target), &format!("columns-{count}"), lines.as_bytes())?;
                if archive.start_file(*file, SimpleFileOptions::default()).is_ok() {
                    archive.write_all(lines.as_bytes())?;
                }
            }
        }
    }
    save(&root.join("official_zip"), "masters", &archive.finish()?.into_inner())
}

/// Two lines of each number of columns that the reader of a published layout asks for, made from nothing but what its
/// faults say.
fn made_up(file: &str) -> Vec<(usize, String)> {
    let outcome = official::read_file(file, b"x,x\r\n");
    let asked: String = outcome.faults.list().iter().map(|fault| fault.expected.clone()).collect();
    let numbers = asked.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse::<usize>().ok());
    let letter = asked.split("マスター種別 ").nth(1).and_then(|rest| rest.chars().next());
    let counts: BTreeSet<usize> = numbers.filter(|number| (2..=160).contains(number)).collect();
    counts.into_iter().filter_map(|count| Some((count, lines(file, letter, count)?))).collect()
}

fn lines(file: &str, letter: Option<char>, columns: usize) -> Option<String> {
    let joined = |line: &Vec<String>| line.iter().map(|f| format!("\"{f}\"")).collect::<Vec<_>>().join(",") + "\r\n";
    let mut line = vec![String::from("0"); columns];
    if let Some(letter) = letter {
        *line.get_mut(1)? = letter.to_string();
    }
    for _ in 0..40 {
        let text = joined(&line);
        let outcome = official::read_file(file, text.as_bytes());
        if !outcome.set.is_empty() || outcome.faults.count() == 0 {
            return Some(text.repeat(2));
        }
        for fault in outcome.faults.list() {
            // Without a column the layout itself is not met: a fuzzer may find what this program does not.
            let Some((column, _)) = fault.column.as_ref() else { return Some(text) };
            *line.get_mut(column.checked_sub(1)?)? = mended(&fault.expected);
        }
    }
    Some(joined(&line))
}

/// A value of the form that a fault expected.
fn mended(expected: &str) -> String {
    const WORDS: [(&str, usize); 4] = [("nine", 9), ("seven", 7), ("four", 4), ("three", 3)];
    if let Some((_, count)) = WORDS.iter().find(|(word, _)| expected.contains(&format!("{word} digits"))) {
        let first = expected.rsplit(' ').next().filter(|word| word.len() == 1).unwrap_or("9");
        return format!("{first}{}", "9".repeat(count - 1));
    }
    if let Some(digits) = expected.strip_prefix("exactly ").and_then(|rest| rest.split(' ').next()) {
        return "0".repeat(digits.parse().unwrap_or(1));
    }
    if expected.contains("day") {
        return "20240601".to_owned();
    }
    let quoted = expected.split('`').nth(1).unwrap_or("名");
    if expected.starts_with("one of") { quoted.chars().take(1).collect() } else { quoted.to_owned() }
}

/// Made-up lines of the layouts that do not name their master, by the place of the file's name.
const LINES: &[(usize, &str)] = &[
    (4, "0,0,0001,名,00,199999999,,名,899999999,0,名,20240601,99999999,00,0,0,000,1\r\n"),
    (8, "2,8999999,名,0,8999998,8999998,名\r\n"),
    (10, "0,199999999,名,1,A999001,0,0,0,0,1,1,1,1,0,0,0,0,0,0,001,1,0,0,0,0,20240601,99999999\r\n"),
    (11, "0,A999001,199999999,名,0,20240601,99999999\r\n0,A999001,199999998,名,1,20240601,20250601\r\n"),
    (12, "0,199999999,名,199999998,名,1,0,0,20240601,99999999\r\n"),
    (13, "0,199999999,名,199999998,名,2,0,0,20240601,99999999\r\n"),
    (14, "0,199999999,名,199999998,名,3,1,0,20240601,99999999\r\n"),
    (15, "0,199999999,名,199999998,名,1,0,0,20240601,20250331\r\n"),
    (16, "0,001,199999999,名,1,0,20240601,99999999\r\n"),
    (17, "0,199999999,名,131,月,1,0,0,0,0,0,0,20240601,99999999\r\n"),
    (18, "基準番号,a,b,c,d,e,f\r\n9999999999999,10,錠,10,錠,1,20240601\r\n"),
    (20, "1\t名\r\n4001\t別の名\r\n"),
    (22, "0,399999999,00000,名,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,20240601,99999999\r\n"),
    (23, "0,A999001,399999999,00000,名,0,20240601,99999999\r\n"),
    (24, "0,399999999,00000,名,399999998,00000,名,1,0,0,20240601,99999999\r\n"),
    (29, "0,399999999,00000,名,1,131,月,1,0,0,20240601,99999999\r\n"),
];

fn save(folder: &Path, name: &str, bytes: &[u8]) -> Outcome {
    fs::create_dir_all(folder)?;
    Ok(fs::write(folder.join(name), bytes)?)
}

/// The header and some rows of each table, the first byte choosing the table.
fn csv(folder: &Path) -> Outcome {
    for (index, table) in schema::TABLES.iter().enumerate().filter(|(_, table)| table.file.is_some()) {
        let mut bytes = vec![u8::try_from(index)?];
        bytes.extend(few(table)?.as_bytes());
        save(folder, table.name, &bytes)?;
    }
    Ok(())
}

/// Some lines of one of the project's own tables.
fn few(table: &schema::TableSchema) -> Result<String, Box<dyn std::error::Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../masters").join(table.file.unwrap_or_default());
    let text = fs::read_to_string(path)?;
    Ok(text.lines().take(4).map(|line| format!("{line}\n")).collect())
}

fn packs(folder: &Path) -> Outcome {
    for table in schema::TABLES.iter().filter(|table| table.file.is_some()) {
        let mut set = MasterSet::default();
        let (rows, _) = standard::read(table, table.name, &few(table)?);
        for row in rows {
            set.push(table.kind, row);
        }
        save(folder, table.name, &set.write()?)?;
    }
    // The rows that the visits of the target ask for, so that calculating over a changed pack reaches the pricing.
    let mut set = MasterSet::default();
    let wanted = ["111000110", "160008010", "160000310", "112007410", "120001210", "0000999", "8002", "620000021"];
    for kind in [MasterKind::Procedure, MasterKind::Disease, MasterKind::Modifier, MasterKind::Drug] {
        let table = schema::schema(kind);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../masters").join(table.file.unwrap_or_default());
        let text = fs::read_to_string(path)?;
        let lines = text.lines().enumerate().filter(|(index, line)| {
            *index == 0 || wanted.iter().any(|code| line.split(',').next() == Some(code))
        });
        let text: String = lines.map(|(_, line)| format!("{line}\n")).collect();
        for row in standard::read(table, table.name, &text).0 {
            set.push(kind, row);
        }
    }
    save(folder, "visits", &set.write()?)?;

    let source = PackSource { file: "a.csv".into(), kind: "procedure".into(), edition: None, sha256: "00".into(), rows: 1 };
    let mut writer = PackWriter::new(PackMeta { engine: "0".into(), sources: vec![source] });
    let row = vec![Cell::Number(111_000_110), Cell::Number(20_260_601), Cell::Number(u64::MAX), Cell::Text("x".into())];
    writer.table(schema::schema(MasterKind::Procedure).tag, TableRows { columns: vec![0, 1, 11, 5], rows: vec![row], pairs: false })?;
    writer.optional(santei::pack::Tag(*b"NOTE"), b"note".to_vec())?;
    save(folder, "wide", &writer.finish()?)?;
    save(folder, "nothing", &PackWriter::new(PackMeta::default()).finish()?)
}

/// A claim with every record, in both encodings, with the line ends there are; and two facilities.
fn claims(folder: &Path) -> Outcome {
    let days = |before: usize| format!("{},1{}", ",".repeat(before), ",".repeat(30 - before));
    let lines = [
        "IR,1,13,1,1234567,,Ａ,202606,00,".to_owned(),
        format!("RE,1,1122,202605,Ａ　Ｂ,1,19800401{}", ",".repeat(31)),
        "HO,01130012,１,２,1,96,,,,,,,,,".to_owned(),
        "KO,54136015,1234566,,1,96,,,,,,".to_owned(),
        "SN,1,01,,,,00,,".to_owned(),
        format!("JD,1{}", days(6)),
        format!("MF,00{}", ",".repeat(31)),
        "SY,8833421,20260501,1,8002,,01,".to_owned(),
        format!("SI,12,2,112007410,,75,1,,,,,,{}", days(6)),
        "CO,60,2,840000001,０２".to_owned(),
        format!("SI,,2,160008010,,21,1,,,,,,{}", days(6)),
        "SJ,01,Ａ".to_owned(),
        "GO,2,96,99".to_owned(),
    ];
    for (name, end) in [("crlf", "\r\n"), ("lf", "\n"), ("cr", "\r")] {
        let text: String = lines.iter().map(|line| format!("{line}{end}")).collect();
        save(folder, name, format!("@{text}\u{1a}").as_bytes())?;
        // The letters above, in Shift_JIS.
        let mut bytes = Vec::new();
        for letter in text.chars() {
            match letter {
                '\u{3000}' => bytes.extend_from_slice(b"\x81\x40"),
                'Ａ' => bytes.extend_from_slice(b"\x82\x60"),
                'Ｂ' => bytes.extend_from_slice(b"\x82\x61"),
                '０'..='９' => bytes.extend_from_slice(&[0x82, 0x4f + u8::try_from(u32::from(letter) - 0xff10)?]),
                other => bytes.push(u8::try_from(u32::from(other))?),
            }
        }
        let both = [b"@".as_slice(), &bytes, b"\x1a", &bytes].concat();
        save(folder, &format!("{name}-sjis"), &both)?;
    }
    Ok(())
}

fn visits(folder: &Path) -> Outcome {
    let seeds = [
        ("first", r#"{"facility":{"kind":"clinic"},"patient":{"birth_date":"1980-04-01"},"visits":[{"date":"2026-07-01","consultation":"first"}]}"#),
        ("child", r#"{"facility":{"kind":"hospital","general_beds":199,"permitted_beds":250,"registrations":[1,2]},"patient":{"birth_date":"2024-04-01","sex":"female"},"visits":[{"date":"2024-07-01","consultation":"revisit","time_class":"holiday","orders":[{"procedure":"160008010","specimen":"capillary_blood"},{"procedure":"160000310","count":2}],"diagnoses":[{"disease":"0000999","modifiers":["8002"],"main":true}]}]}"#),
        ("drugs", r#"{"facility":{"kind":"clinic"},"patient":{"birth_date":"1948-04-01"},"coverage":{"income_class":"general","late_elderly":true},"visits":[{"date":"2026-08-05","consultation":"same_day_revisit","outpatient_management":false,"prescriptions":[{"dispensing":"in_house","fee_class":"other","rps":[{"use":"internal","count":14,"temporary":true,"mixed":true,"drugs":[{"drug":"620000021","quantity":"3"},{"drug":"620000021","quantity":0.5}]}]},{"dispensing":"pharmacy","refill":true,"rps":[{"use":"external","drugs":[{"drug":"620000021","quantity":10}]}]}]}]}"#),
        ("month", r#"{"facility":{"kind":"clinic"},"patient":{"birth_date":"1990-01-31"},"visits":[{"date":"2026-06-01","consultation":"first","telemedicine":true},{"date":"2026-06-30","consultation":"phone_revisit","second_department":false},{"date":"2026-06-30","consultation":"none"}],"history":[{"date":"2026-05-01","procedure":"160061710","count":1}]}"#),
    ];
    for (name, text) in seeds {
        save(folder, name, text.as_bytes())?;
    }
    Ok(())
}
