//! Heads of the real files, changed in every way that files get damaged: none of them may stop the program, and what is
//! kept must make a pack. The real files are not part of the project: without them the test says so and passes.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test says what it skips, and may fail in any way it likes"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use santei::master::official::read_file;

const COPIES: usize = 10_000;
/// Lines of a file that are changed.
const LINES: usize = 12;

/// A generator of numbers that gives the same ones every time (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// The beginnings of the text files below the folder, with their names.
fn heads(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        if path.is_dir() {
            heads(&path, found);
        } else if matches!(ending.as_deref(), Some("csv" | "txt" | "tsv" | "json")) {
            let bytes = fs::read(&path).unwrap();
            let head: Vec<u8> = bytes.split_inclusive(|b| *b == b'\n').take(LINES).flatten().copied().collect();
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), head));
        }
    }
}

/// Damages a copy in one to three ways.
fn damage(head: &[u8], random: &mut Numbers) -> Vec<u8> {
    let mut bytes = head.to_vec();
    for _ in 0..=random.below(3) {
        if bytes.is_empty() {
            return bytes;
        }
        match random.below(9) {
            // A bit falls over.
            0 => {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
            // Any bytes at all.
            1 => {
                for _ in 0..=random.below(8) {
                    let at = random.below(bytes.len());
                    bytes[at] = random.next() as u8;
                }
            }
            // Cut short.
            2 => bytes.truncate(random.below(bytes.len())),
            // A piece is missing.
            3 => {
                let from = random.below(bytes.len());
                let to = from + random.below(bytes.len() - from);
                bytes.drain(from..to);
            }
            // Two columns change places in one line, or in all.
            4 => {
                let all = random.below(2) == 0;
                let (chosen, a, b) = (random.below(LINES), random.below(30), random.below(30));
                let lines = bytes.split(|b| *b == b'\n').enumerate().map(|(number, line)| {
                    let mut fields: Vec<&[u8]> = line.split(|b| *b == b',').collect();
                    if (all || number == chosen) && a < fields.len() && b < fields.len() {
                        fields.swap(a, b);
                    }
                    fields.join(&b","[..])
                });
                bytes = lines.collect::<Vec<_>>().join(&b"\n"[..]);
            }
            // Text in another encoding.
            5 => {
                let at = random.below(bytes.len());
                let foreign: [&[u8]; 4] = ["初診料".as_bytes(), b"\x8f\x89\x90f", b"\xff\xfe\x00", b"\x1b$B"];
                bytes.splice(at..at, foreign[random.below(4)].iter().copied());
            }
            // A line twice.
            6 => {
                let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
                let again = lines[random.below(lines.len())].to_vec();
                bytes.extend(again);
            }
            // Quotes and commas where none belong.
            7 => {
                let at = random.below(bytes.len());
                bytes.insert(at, [b'"', b',', b'\n', b'\r', 0, b'\t'][random.below(6)]);
            }
            // All quotes gone.
            _ => bytes.retain(|b| *b != b'"'),
        }
    }
    bytes
}

#[test]
fn damaged_heads_of_every_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters");
    if !folder.is_dir() {
        println!("skipped: there is no folder {}", folder.display());
        return;
    }
    let mut files = Vec::new();
    heads(&folder, &mut files);
    let mut random = Numbers(1);
    let begun = Instant::now();
    let mut faults = 0u64;
    for copy in 0..COPIES {
        let (name, head) = &files[copy % files.len()];
        let bytes = damage(head, &mut random);
        // Now and then the name is lost or another's.
        let name = match random.below(8) {
            0 => "copy.csv",
            1 => files[random.below(files.len())].0.as_str(),
            _ => name.as_str(),
        };
        let outcome = read_file(name, &bytes);
        faults += outcome.faults.count();
        let lines = bytes.split(|b| *b == b'\n').count().max(2) as u64;
        for fault in outcome.faults.list() {
            let json = name.ends_with("json");
            assert!(json || fault.line <= lines, "{name}: {fault}");
        }
        if copy % 4 == 0 && !outcome.set.is_empty() {
            outcome.set.write().unwrap_or_else(|error| panic!("{name}: {error}\n{}", bytes.escape_ascii()));
        }
        assert!(begun.elapsed() < Duration::from_secs(300), "too slow: {copy} copies");
    }
    println!("{COPIES} copies of {} files, {faults} faults, {:?}", files.len(), begun.elapsed());
}
