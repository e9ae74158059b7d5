//! The standard masters hold together, and a change of them shows.
#![cfg(feature = "standard")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use santei::{
    date::Period,
    lookup::{Rank, Search, find},
    master::{
        Certainty, Drug, MasterKind, Masters, Procedure, Row, fingerprint,
        lint::{Known, lint},
        schema::{TABLES, schema},
        stat::stat,
    },
};

#[test]
fn every_finding_is_mended_or_known() {
    let masters = Masters::standard().unwrap();
    let findings = lint(masters.packs(), &Known::standard().unwrap());
    let open: Vec<_> = findings
        .iter()
        .filter(|found| found.known.is_none())
        .map(|found| {
            let day = found.day.map_or_else(String::new, |day| day.to_string());
            format!("{} {}: {} {} {day}: {}", found.severity.name(), found.lint, found.table, found.code, found.text)
        })
        .collect();
    assert!(
        open.is_empty(),
        "{} findings in masters/: mend them, or list them with their reason in masters/known-findings.csv\n{}",
        open.len(),
        open.join("\n")
    );
}

#[test]
fn the_fingerprint_is_kept() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("masters/FINGERPRINT.csv");
    let now = fingerprint::standard(&Masters::standard().unwrap());
    if env::var_os("SANTEI_UPDATE").is_some() {
        fs::write(&file, &now).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let (kept_lines, now_lines): (BTreeSet<_>, BTreeSet<_>) = (kept.lines().collect(), now.lines().collect());
    let gone = kept_lines.difference(&now_lines).map(|line| format!("- {line}"));
    let come = now_lines.difference(&kept_lines).map(|line| format!("+ {line}"));
    let changed: Vec<_> = gone.chain(come).collect();
    assert!(
        kept == now,
        "masters/FINGERPRINT.csv is not that of masters/*.csv: run `cargo xtask fingerprint` and look at the change\n{}",
        changed.join("\n")
    );
}

#[test]
fn the_counts_are_kept() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("masters/README.md");
    let kept = fs::read_to_string(&file).unwrap();
    let masters = Masters::standard().unwrap();
    let table = (HEADS[0], tables(&masters));
    let now = [table, (HEADS[1], periods(&masters))].into_iter().fold(kept.clone(), |text, (head, lines)| {
        let start = text.find(head).unwrap() + head.len();
        let end = start + text[start..].find("\n\n").unwrap() + 1;
        format!("{}{lines}{}", &text[..start], &text[end..])
    });
    if env::var_os("SANTEI_UPDATE").is_some() {
        fs::write(&file, &now).unwrap();
        return;
    }
    assert!(kept == now, "masters/README.md does not count what is in masters/*.csv: run `cargo xtask fingerprint`");
}

/// The heads of the tables of masters/README.md that count rows.
const HEADS: [&str; 2] = [
    "| table | keys | rows | official | confirmed | single | unverified |\n|---|---|---|---|---|---|---|\n",
    "| period | rows | official | confirmed | single | unverified |\n|---|---|---|---|---|---|\n",
];

/// A line for each table of the program.
fn tables(masters: &Masters) -> String {
    let stats: Vec<_> = masters.packs().iter().flat_map(|pack| stat(pack).tables).collect();
    let lines = TABLES.iter().filter_map(|schema| {
        let found = stats.iter().find(|found| found.table == schema.name)?;
        let sure = Certainty::ALL.map(|certainty| found.certainty.get(certainty.name()).copied().unwrap_or(0));
        Some(line(schema.file?, &[&[found.codes, found.rows][..], &sure[..]].concat()))
    });
    lines.collect()
}

/// A line for each revision that procedures.csv has: its rows that hold on any of the revision's days.
fn periods(masters: &Masters) -> String {
    let pack = masters.packs().iter().find(|pack| pack.table(schema(MasterKind::Procedure).tag).is_some()).unwrap();
    let table = pack.table(schema(MasterKind::Procedure).tag).unwrap();
    let rows: Vec<_> = (0..table.rows()).map(|row| Procedure::at(table, row)).collect();
    let revisions = [
        ("2022-04-01 to 2024-05-31", "2022-04-01", Some("2024-06-01")),
        ("2024-06-01 to 2026-05-31", "2024-06-01", Some("2026-06-01")),
        ("2026-06-01 on (a row may also begin later)", "2026-06-01", None),
    ];
    let lines = revisions.map(|(name, from, until)| {
        let revision = Period { from: from.parse().unwrap(), until: until.map(|day| day.parse().unwrap()) };
        let held: Vec<_> = rows.iter().filter(|row| row.period().overlaps(revision)).collect();
        let sure = Certainty::ALL.map(|certainty| held.iter().filter(|row| row.certainty() == certainty).count());
        line(name, &[&[held.len()][..], &sure[..]].concat())
    });
    lines.concat()
}

fn line(name: &str, counts: &[usize]) -> String {
    let thousands = |count: &usize| match count {
        0..1_000 => count.to_string(),
        _ => format!("{},{:03}", count / 1_000, count % 1_000),
    };
    format!("| {name} | {} |\n", counts.iter().map(thousands).collect::<Vec<_>>().join(" | "))
}

#[test]
fn every_source_is_listed_and_used() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("masters/sources.csv");
    let mut reader = csv::Reader::from_path(file).unwrap();
    let listed: BTreeSet<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    let masters = Masters::standard().unwrap();
    let tables = masters.packs().iter().flat_map(|pack| stat(pack).tables);
    let mut used: BTreeSet<String> = tables.flat_map(|table| table.sources.into_keys()).collect();
    // The sources of one column of a table stand in the README, not in every row.
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("masters/README.md")).unwrap();
    used.extend(readme.split('`').skip(1).step_by(2).filter(|word| listed.contains(*word)).map(str::to_owned));
    let unlisted: Vec<_> = used.difference(&listed).collect();
    let unused: Vec<_> = listed.difference(&used).collect();
    assert!(unlisted.is_empty() && unused.is_empty(), "not in sources.csv: {unlisted:?}; not used: {unused:?}");
}

/// The check digit of a HOT7: weights 3 and 1 from the right over its first six digits.
fn hot7_check(hot7: u32) -> u32 {
    let digits = (1..7).map(|place| hot7 / 10u32.pow(place) % 10);
    let sum: u32 = digits.zip([3, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    (10 - sum % 10) % 10
}

#[test]
fn hot9_names_one_product() {
    let masters = Masters::standard().unwrap();
    let pack = masters.packs().iter().find(|pack| pack.table(schema(MasterKind::Drug).tag).is_some()).unwrap();
    let table = pack.table(schema(MasterKind::Drug).tag).unwrap();
    let mut by_code = BTreeMap::new();
    for drug in (0..table.rows()).map(|row| Drug::at(table, row)) {
        let (code, hot9) = (drug.code(), drug.hot9());
        assert_eq!(*by_code.entry(code).or_insert(hot9), hot9, "{code}: every row of a code has the same HOT9");
        if hot9 == 0 {
            continue;
        }
        assert!((100_000_000..200_000_000).contains(&hot9), "{code}: {hot9}");
        assert_eq!(hot9 / 100 % 10, hot7_check(hot9 / 100), "{code}: check digit of {hot9}");
        assert!(hot9 % 100 > 0, "{code}: {hot9} names no seller");
        assert_eq!(
            (drug.originator_code(), drug.elective() == 2),
            (0, false),
            "{code}: a claim code of another product"
        );
    }
    let filled: Vec<u32> = by_code.values().copied().filter(|hot9| *hot9 != 0).collect();
    assert_eq!(filled.iter().collect::<BTreeSet<_>>().len(), filled.len(), "two codes with one HOT9");
    assert!(filled.len() >= 1_350, "{} drugs with HOT9", filled.len());
}

#[test]
fn a_drug_is_found_by_its_hot9() {
    let masters = Masters::standard().unwrap();
    let hits = find(&masters, &Search { query: "100342001", ..Search::default() });
    let shown: Vec<_> = hits.iter().map(|hit| (hit.code.as_str(), hit.rank)).collect();
    assert_eq!(shown, [("620034201", Rank::Exact)]);
}
