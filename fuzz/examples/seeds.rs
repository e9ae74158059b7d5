//! Writes the seeds of `fuzz/seeds/`: small, made up, and made again by this program.
//!
//! `cargo run --manifest-path fuzz/Cargo.toml --example seeds`

use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
};

use santei::{
    master::{MasterKind, MasterSet, official, schema, standard},
    pack::{Cell, PackMeta, PackSource, PackWriter, TableRows},
};

use zip::{ZipWriter, write::SimpleFileOptions};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    packs(&root.join("pack"))?;
    visits(&root.join("visit_json"))?;
    csv(&root.join("standard_csv"))?;
    for (name, query) in [("name", "初診"), ("kana", "ｼｮｼﾝ"), ("code", "1110"), ("icd10", "E11.9"), ("wide", "Ｂ１２　")] {
        save(&root.join("find"), name, query.as_bytes())?;
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (target, file, letter, counts, code) in [
        ("official_procedures", "s_ALL20240531.csv", "S", &[150][..], ["199999910", "199999810"]),
        ("official_drugs", "y_20240531.csv", "Y", &[42, 40, 35], ["699999901", "699999801"]),
        ("official_diseases", "b_20240601.txt", "B", &[46], ["8999999", "8999998"]),
        ("official_modifiers", "z_20240601.txt", "Z", &[19], ["9999", "9998"]),
    ] {
        for count in counts {
            let Some(lines) = made_up(file, letter, *count, code) else { continue };
            save(&root.join(target), &format!("columns-{count}"), lines.as_bytes())?;
            if archive.start_file(file, SimpleFileOptions::default()).is_ok() {
                archive.write_all(lines.as_bytes())?;
            }
        }
    }
    save(&root.join("official_zip"), "masters", &archive.finish()?.into_inner())
}

/// Two lines that the reader of a published layout accepts, made from nothing but what its faults ask for.
fn made_up(file: &str, letter: &str, columns: usize, codes: [&str; 2]) -> Option<String> {
    let mut fields = vec![vec![String::from("0"); columns], vec![String::from("0"); columns]];
    for (line, code) in fields.iter_mut().zip(codes) {
        *line.get_mut(1)? = letter.to_owned();
        *line.get_mut(2)? = code.to_owned();
    }
    for _ in 0..40 {
        let quoted = |line: &Vec<String>| line.iter().map(|f| format!("\"{f}\"")).collect::<Vec<_>>().join(",") + "\r\n";
        let text: String = fields.iter().take(1).map(quoted).collect();
        let outcome = official::read_file(file, text.as_bytes());
        if outcome.faults.count() == 0 {
            return Some(fields.iter().map(quoted).collect());
        }
        for fault in outcome.faults.list() {
            let (column, _) = fault.column.as_ref()?;
            let fixed = mended(&fault.expected);
            for line in &mut fields {
                *line.get_mut(column - 1)? = fixed.clone();
            }
        }
    }
    None
}

/// A value of the form that a fault expected.
fn mended(expected: &str) -> String {
    if let Some(digits) = expected.strip_prefix("exactly ").and_then(|rest| rest.split(' ').next()) {
        return "0".repeat(digits.parse().unwrap_or(1));
    }
    if expected.contains("YYYYMMDD") || expected.contains("day") {
        return "20240601".to_owned();
    }
    let quoted = expected.split('`').nth(1).unwrap_or("名");
    if expected.starts_with("one of") { quoted.chars().take(1).collect() } else { quoted.to_owned() }
}

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
    writer.table(schema::schema(MasterKind::Procedure).tag, TableRows { columns: vec![0, 1, 11, 5], rows: vec![row] })?;
    writer.optional(santei::pack::Tag(*b"NOTE"), b"note".to_vec())?;
    save(folder, "wide", &writer.finish()?)?;
    save(folder, "nothing", &PackWriter::new(PackMeta::default()).finish()?)
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
