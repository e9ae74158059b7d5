//! Reads a folder of downloaded files.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{PackOutcome, Progress, Reader, archive, is_table};

/// How deep folders are searched.
const DEPTH: u8 = 4;

/// Reads every table and archive in a folder and below it, in the order of their names.
///
/// # Errors
/// [`io::Error`] when the folder cannot be listed. A file that cannot be read is a fault of the outcome.
pub fn pack_folder(folder: &Path, progress: &mut dyn FnMut(Progress<'_>)) -> io::Result<PackOutcome> {
    let mut paths = Vec::new();
    list(folder, DEPTH, &mut paths)?;
    paths.sort();
    let mut reader = Reader::default();
    for path in paths {
        // The folder stays in the name: the tables of one folder are of one edition.
        let below = path.strip_prefix(folder).unwrap_or(&path);
        let name = below.to_string_lossy().replace('\\', "/");
        let size = fs::metadata(&path).map(|data| data.len());
        match size.and_then(|size| if size > archive::LIMIT { Ok(None) } else { fs::read(&path).map(Some) }) {
            Ok(Some(bytes)) => reader.add(&name, &bytes, progress),
            Ok(None) => reader.refuse(&name, "a file of at most 512 MiB", "a larger one"),
            Err(error) => reader.refuse(&name, "a file that can be read", &error.to_string()),
        }
    }
    Ok(reader.finish(progress))
}

fn list(folder: &Path, depth: u8, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() && depth > 0 {
            list(&entry.path(), depth - 1, paths)?;
        } else if kind.is_file() && is_table(&entry.file_name().to_string_lossy()) {
            paths.push(entry.path());
        }
    }
    Ok(())
}
