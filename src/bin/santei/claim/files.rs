//! Goes through claim files.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use santei::claim::{
    read::{Reader, SegmentKind},
    recompute::History,
    view::Claim,
};

use crate::failure::Failure;

const HELP: &str = "give a claim file such as RECEIPTC.UKE, or `-` for standard input";

/// Hands every claim of a file over, in its order.
pub(crate) fn each(path: &Path, mut take: impl FnMut(&Claim<'_>) -> Result<(), Failure>) -> Result<(), Failure> {
    let fault = |error| Failure::File { path: path.to_path_buf(), error, help: HELP };
    let input: Box<dyn Read> =
        if path.as_os_str() == "-" { Box::new(io::stdin().lock()) } else { Box::new(File::open(path).map_err(fault)?) };
    let mut reader = Reader::new(input);
    while let Some(batch) = reader.next_batch().map_err(fault)? {
        for segment in batch.segments().filter(|segment| segment.kind() == SegmentKind::Claim) {
            take(&Claim::of(segment))?;
        }
    }
    Ok(())
}

/// Adds the patients with several claims in one of these files: the claims see each other. Standard input cannot be read twice.
pub(crate) fn within(history: &mut History, files: &[PathBuf]) -> Result<(), Failure> {
    for path in files.iter().filter(|path| path.is_file()) {
        let added = history.add_file(|| File::open(path));
        // A file that cannot be read is said when its turn comes.
        if added.is_err() && File::open(path).is_ok() {
            added.map_err(|error| Failure::File { path: path.clone(), error, help: HELP })?;
        }
    }
    Ok(())
}

/// Reads the claim files of a folder (`*.UKE`, also in folders of it) as what was charged before.
pub(crate) fn history(folder: Option<&Path>) -> Result<History, Failure> {
    let mut history = History::new();
    let Some(folder) = folder else { return Ok(history) };
    let mut files = Vec::new();
    collect(folder, 0, &mut files)?;
    files.sort();
    if files.is_empty() {
        let message = format!(
            "{}: there is no claim file (*.UKE) in this folder; give the one with earlier months",
            folder.display()
        );
        return Err(Failure::Other(message));
    }
    for file in files {
        each(&file, |claim| {
            history.add(claim);
            Ok(())
        })?;
    }
    Ok(history)
}

fn collect(folder: &Path, depth: u8, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    const DEEPEST: u8 = 4;
    let help = "give the folder that holds the claim files of earlier months";
    let fault = |error| Failure::File { path: folder.to_path_buf(), error, help };
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            if depth < DEEPEST {
                collect(&path, depth + 1, files)?;
            }
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("uke")) {
            files.push(path);
        }
    }
    Ok(())
}
