//! The published files of 2024, where they lie beside the project: what a search over the pack of them gives is what a scan
//! over their lines gives. The scan reads the files by itself, column by column.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use santei::{
    date::{Period, ServiceDate},
    lookup::{Finder, Search, fold},
    master::{MasterKind, Masters, official::pack_files},
};

use crate::scan::{Plain, Scan, Seen};

/// A file: its master, the columns (from 1) of the code, of other codes, of texts, of the last day.
struct File {
    kind: MasterKind,
    name: &'static str,
    code: usize,
    codes: &'static [usize],
    texts: &'static [usize],
    last: &'static [usize],
    /// The column of the first day.
    first: usize,
    /// The first day of the next revision, of which an edition says nothing.
    revision: Option<&'static str>,
}

const FILES: &[File] = &[
    File {
        kind: MasterKind::Procedure,
        name: "s_20251104.csv",
        code: 3,
        codes: &[],
        texts: &[5, 113, 7],
        last: &[88],
        first: 87,
        revision: Some("2026-06-01"),
    },
    File {
        kind: MasterKind::Drug,
        name: "y_20251111.csv",
        code: 3,
        codes: &[32, 37],
        texts: &[5, 35, 7, 38],
        last: &[31, 34],
        first: 30,
        revision: Some("2026-04-01"),
    },
    File {
        kind: MasterKind::Disease,
        name: "b_20250601.txt",
        code: 3,
        codes: &[16, 17, 13],
        texts: &[6, 8, 10],
        last: &[24],
        first: 23,
        revision: None,
    },
    File {
        kind: MasterKind::Modifier,
        name: "z_20250601.txt",
        code: 3,
        codes: &[18],
        texts: &[7, 10],
        last: &[16],
        first: 15,
        revision: None,
    },
    File {
        kind: MasterKind::Material,
        name: "t_20251128.csv",
        code: 3,
        codes: &[],
        texts: &[5, 37, 7],
        last: &[30, 29],
        first: 28,
        revision: Some("2026-06-01"),
    },
    File {
        kind: MasterKind::Comment,
        name: "c_20250715.csv",
        code: 23,
        codes: &[],
        texts: &[7, 9],
        last: &[22],
        first: 21,
        revision: None,
    },
];

/// A day after the last change of the files.
const DAY: &str = "2026-01-15";

struct Published {
    finder: Finder,
    scan: Scan,
    /// Names and readings as they are written.
    names: Vec<String>,
}

static PUBLISHED: LazyLock<Option<Published>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters/r6");
    if !folder.is_dir() {
        println!("skipped: there is no folder {}", folder.display());
        return None;
    }
    let files = FILES.iter().map(|file| (file.name.to_owned(), fs::read(folder.join(file.name)).unwrap()));
    let outcome = pack_files(files, &mut |_| {});
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(outcome.set.write().unwrap()).unwrap();
    let (mut rows, mut names) = (Vec::new(), Vec::new());
    for file in FILES {
        lines(file, &folder, &mut rows, &mut names);
    }
    println!("note: {} rows of the published files", rows.len());
    Some(Published { finder: Finder::new(&masters), scan: Scan::new(rows), names })
});

/// The search over the published files and the scan over them, where they are.
pub(crate) fn both() -> Option<(&'static Finder, &'static Scan)> {
    PUBLISHED.as_ref().map(|published| (&published.finder, &published.scan))
}

fn lines(file: &File, folder: &Path, rows: &mut Vec<Plain>, names: &mut Vec<String>) {
    let path: PathBuf = folder.join(file.name);
    let bytes = fs::read(&path).unwrap();
    let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for line in reader.records() {
        let line = line.unwrap();
        let cell = |column: &usize| line.get(column - 1).unwrap_or("").to_owned();
        let code = cell(&file.code);
        let folded = |cells: Vec<String>| cells.iter().filter(|cell| !cell.is_empty()).map(|cell| fold(cell)).collect();
        let mut codes: Vec<String> = file.codes.iter().map(cell).collect();
        codes.push(code.clone());
        if file.kind == MasterKind::Procedure && cell(&85).chars().all(|letter| letter.is_ascii_uppercase()) {
            let branch = cell(&93);
            let branch = branch.trim_start_matches('0');
            let dash = if branch.is_empty() { "" } else { "-" };
            codes.push(format!("{}{}{dash}{branch}", cell(&85), cell(&92)));
        }
        let last = file.last.iter().map(|column| cell(column).parse::<u32>().unwrap_or(0));
        let last = last.filter(|day| *day != 0 && *day != 99_999_999).min();
        // A code that was given up before its first day was never in force: such rows are none.
        let first = cell(&file.first).parse::<u32>().unwrap_or(0);
        if cell(&1) == "9" && last.is_some_and(|last| last < first) {
            continue;
        }
        let until = last.map(|day| ServiceDate::from_packed(day).unwrap().next());
        let revision = file.revision.map(|day| day.parse().unwrap());
        let until = [until, revision].into_iter().flatten().min();
        let texts: Vec<String> = file.texts.iter().map(cell).collect();
        names.extend(texts.iter().filter(|text| text.chars().count() > 1).cloned());
        rows.push(Plain {
            kind: file.kind,
            layer: 0,
            code,
            // The first day is not looked at: every row of the files had changed before the day that is asked for.
            period: Period { from: "1900-01-01".parse().unwrap(), until },
            name: texts[0].clone(),
            adopted: file.kind != MasterKind::Disease || matches!(&*cell(&12), "1" | "2"),
            codes: folded(codes),
            texts: folded(texts),
        });
    }
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Another script or width of the same text.
fn respelled(text: &str, dice: &mut Dice) -> String {
    let moved = |letter: char, from: char, to: char| {
        char::from_u32(u32::from(letter) - u32::from(from) + u32::from(to)).unwrap_or(letter)
    };
    match dice.below(4) {
        // Katakana as hiragana.
        0 => text.chars().map(|l| if ('ァ'..='ヶ').contains(&l) { moved(l, 'ァ', 'ぁ') } else { l }).collect(),
        // ASCII in full width.
        1 => text.chars().map(|l| if ('!'..='~').contains(&l) { moved(l, '!', '！') } else { l }).collect(),
        // As folded, in capitals.
        2 => fold(text).to_ascii_uppercase(),
        _ => text.to_owned(),
    }
}

/// A part of a name of two to six letters, sometimes of two names, sometimes the beginning of a code.
fn drawn(published: &Published, dice: &mut Dice) -> String {
    let part = |dice: &mut Dice| {
        let letters: Vec<char> = published.names[dice.below(published.names.len())].chars().collect();
        let length = 2 + dice.below(5);
        let start = dice.below(letters.len().saturating_sub(length) + 1);
        let part: String = letters.iter().skip(start).take(length).collect();
        respelled(&part, dice)
    };
    match dice.below(12) {
        0 => format!("{}　{}", part(dice), part(dice)),
        1 => {
            let rows = published.scan.rows();
            let row = published.scan.rows().nth(dice.below(rows.len())).unwrap();
            let codes = &row.codes;
            codes[dice.below(codes.len())].chars().take(2 + dice.below(6)).collect()
        }
        2 => {
            // Two parts of one name, the later one first.
            let letters: Vec<char> = published.names[dice.below(published.names.len())].chars().collect();
            let middle = letters.len() / 2;
            format!("{} {}", letters[middle..].iter().collect::<String>(), letters[..middle].iter().collect::<String>())
        }
        _ => part(dice),
    }
}

/// In a fast build 5,000 queries, in a slow one as many as do not take long.
fn draws() -> usize {
    let given = std::env::var("SANTEI_QUERIES").ok().and_then(|given| given.parse().ok());
    given.unwrap_or(if cfg!(debug_assertions) { 60 } else { 5_000 })
}

#[test]
fn a_search_finds_what_a_scan_of_the_files_finds() {
    let Some(published) = &*PUBLISHED else { return };
    let Published { finder, scan, .. } = published;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut hits, mut none) = (0, 0);
    for _ in 0..draws() {
        let query = drawn(published, &mut dice);
        let kind = Some(FILES[dice.below(FILES.len())].kind).filter(|_| dice.below(2) == 0);
        let on = (dice.below(2) == 0).then(|| DAY.parse().unwrap());
        let limit = if dice.below(10) == 0 { usize::MAX } else { 20 };
        let search = Search { query: &query, kind, on, limit, ..Search::default() };
        let strip = |seen: Vec<Seen>| seen.into_iter().map(|(code, rank, _)| (code, rank)).collect::<Vec<_>>();
        let found = finder.find(&search).into_iter().filter(|hit| hit.rank != santei::lookup::Rank::Fuzzy);
        let found: Vec<_> = found.map(|hit| (hit.code, hit.rank)).collect();
        hits += found.len();
        none += usize::from(found.is_empty());
        assert_eq!(found, strip(scan.find(&search)), "{search:?}");
    }
    println!("note: {} queries, {none} of them without hits, {hits} hits", draws());
}
