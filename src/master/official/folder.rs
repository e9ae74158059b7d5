//! Reads a folder of downloaded files.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{PackOutcome, Progress, Reader, reading_order, selection::DEPTH};

/// Reads every table and archive in a folder and below it, in the order of their names.
///
/// # Errors
/// [`io::Error`] when the folder cannot be listed. A file that cannot be read is a fault of the outcome.
pub fn pack_folder(folder: &Path, progress: &mut dyn FnMut(Progress<'_>)) -> io::Result<PackOutcome> {
    let mut paths = Vec::new();
    list(folder, DEPTH, &mut paths)?;
    // The folder stays in the name: the tables of one folder are of one edition.
    let below = |path: &PathBuf| path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
    let names: Vec<String> = paths.iter().map(below).collect();
    let mut reader = Reader::default();
    for place in reading_order(&names) {
        let (Some(path), Some(name)) = (paths.get(place), names.get(place)) else { continue };
        let size = fs::metadata(path).map(|data| data.len());
        match size.and_then(|size| if size > Reader::LIMIT { Ok(None) } else { fs::read(path).map(Some) }) {
            Ok(Some(bytes)) => reader.add(name, &bytes, progress),
            Ok(None) => reader.too_large(name),
            Err(error) => reader.unreadable(name, &error.to_string()),
        }
    }
    Ok(reader.finish(progress))
}

fn list(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() && depth > 0 {
            list(&entry.path(), depth - 1, paths)?;
        } else if kind.is_file() {
            paths.push(entry.path());
        }
    }
    Ok(())
}
