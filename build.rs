//! Compiles `masters/*.csv` into the packs that the library carries: the rules that every build needs, and the standard
//! masters. A fault in a table stops the build with its file, line and column.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    missing_docs,
    reason = "the rooms are shared with the library, which uses all of them"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is how a build script talks to cargo")]

#[path = "src/code/mod.rs"]
mod code;
#[path = "src/date.rs"]
mod date;
#[path = "src/master/tables/mod.rs"]
mod master;
#[path = "src/money.rs"]
mod money;
#[path = "src/pack/mod.rs"]
mod pack;
#[path = "src/parsed.rs"]
mod parsed;

use std::{env, fs, path::Path, process::ExitCode};

use master::{Faults, MasterKind, MasterSet, schema::TABLES};
use sha2::{Digest, Sha256};

/// Masters that the engine itself reads; they are in every build.
const RULES: [MasterKind; 8] = [
    MasterKind::Role,
    MasterKind::CopayRate,
    MasterKind::TestBundle,
    MasterKind::Revision,
    MasterKind::Ceiling,
    MasterKind::PayerRule,
    MasterKind::MealCharge,
    MasterKind::LocalRule,
];

fn main() -> ExitCode {
    // Each table by itself: the folder also holds what is written from the tables.
    for table in TABLES {
        if let Some(file) = table.file {
            println!("cargo::rerun-if-changed=masters/{file}");
        }
    }
    println!("cargo::rerun-if-changed=src");
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let out = env::var("OUT_DIR")?;
    let mut rules = MasterSet::default();
    let mut standard = MasterSet::default();
    let mut faults = Faults::default();
    for table in TABLES {
        let Some(file) = table.file else { continue };
        let path = Path::new("masters").join(file);
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let set = if RULES.contains(&table.kind) { &mut rules } else { &mut standard };
        let (rows, more) = master::standard::read(table, &format!("masters/{}", file), &text);
        faults.append(more);
        set.push_source(pack::PackSource {
            file: file.to_owned(),
            kind: table.name.to_owned(),
            edition: None,
            sha256: Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
            rows: u32::try_from(rows.len())?,
        });
        for row in rows {
            set.push(table.kind, row);
        }
    }
    if !faults.is_empty() {
        return Err(format!("{} faults in the project's own tables:\n{faults}", faults.count()).into());
    }
    fs::write(Path::new(&out).join("rules.pack"), rules.write()?)?;
    fs::write(Path::new(&out).join("standard.pack"), standard.write()?)?;
    Ok(())
}
