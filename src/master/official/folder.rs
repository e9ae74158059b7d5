//! Reads downloaded files, in folders or by themselves.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use super::{
    PackOutcome, Progress, Reader,
    selection::{DEPTH, in_order, reading_order},
};

/// Reads every table and archive in a folder and below it, in the order of their names.
///
/// # Errors
/// [`io::Error`] when the folder cannot be listed. A file that cannot be read is a fault of the outcome.
pub fn pack_folder(folder: &Path, progress: &mut dyn FnMut(Progress<'_>)) -> io::Result<PackOutcome> {
    pack_paths(&[folder], progress)
}

/// Reads folders and files together: every table and archive of the folders, and the files whatever their endings.
///
/// Of several paths each gives its last part to the names of its files, or as much of its end as tells it from the others.
///
/// # Errors
/// [`io::Error`] when a folder cannot be listed or a path leads nowhere. A file that cannot be read is a fault of the
/// outcome.
pub fn pack_paths(paths: &[impl AsRef<Path>], progress: &mut dyn FnMut(Progress<'_>)) -> io::Result<PackOutcome> {
    let mut paths: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
    paths.sort_unstable();
    paths.dedup();
    let labels = labels(&paths);
    let mut reader = Reader::default();
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for (path, label) in paths.iter().zip(&labels) {
        if !fs::metadata(path)?.is_dir() {
            found.push((label.clone(), path.to_path_buf()));
            continue;
        }
        let mut files = Vec::new();
        list(path, DEPTH, &mut files)?;
        // The folder stays in the name: the tables of one folder are of one edition.
        let below = |file: &PathBuf| file.strip_prefix(path).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let names: Vec<String> = files.iter().map(below).collect();
        let named = |name: &str| if paths.len() > 1 { format!("{label}/{name}") } else { name.to_owned() };
        let mut files: Vec<Option<PathBuf>> = files.into_iter().map(Some).collect();
        for place in reading_order(&names) {
            let file = files.get_mut(place).and_then(Option::take);
            found.extend(names.get(place).map(|name| named(name)).zip(file));
        }
        let left = names.iter().zip(&files).filter(|(_, file)| file.is_some());
        let mut left: Vec<&String> = left.map(|(name, _)| name).collect();
        left.sort_unstable();
        left.iter().for_each(|name| reader.pass_over(&named(name)));
    }
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    for place in in_order(&names) {
        let Some((name, path)) = found.get(place) else { continue };
        let size = fs::metadata(path).map(|data| data.len());
        match size.and_then(|size| if size > Reader::LIMIT { Ok(None) } else { fs::read(path).map(Some) }) {
            Ok(Some(bytes)) => reader.add(name, &bytes, progress),
            Ok(None) => reader.too_large(name),
            Err(error) => reader.unreadable(name, &error.to_string()),
        }
    }
    Ok(reader.finish(progress))
}

/// The shortest ends of the paths that tell them apart. What lies before would tell of the machine, not of the files.
fn labels(paths: &[&Path]) -> Vec<String> {
    let parts: Vec<Vec<String>> = paths
        .iter()
        .map(|path| {
            let normal = |part: Component<'_>| match part {
                Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
                _ => None,
            };
            path.components().filter_map(normal).collect()
        })
        .collect();
    let longest = parts.iter().map(Vec::len).max().unwrap_or_default();
    let ends = |count: usize| -> Vec<String> {
        parts.iter().map(|parts| parts.get(parts.len().saturating_sub(count)..).unwrap_or_default().join("/")).collect()
    };
    let told_apart = |labels: &Vec<String>| {
        let mut sorted: Vec<&String> = labels.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() == labels.len()
    };
    (1..=longest).map(ends).find(told_apart).unwrap_or_else(|| ends(longest))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_files_apart_and_nothing_more() {
        let of = |paths: &[&str]| labels(&paths.iter().map(Path::new).collect::<Vec<_>>());
        assert_eq!(of(&["/home/me/s.zip"]), ["s.zip"]);
        assert_eq!(of(&["/home/me/s.zip", "/home/me/y.zip"]), ["s.zip", "y.zip"]);
        assert_eq!(of(&["/home/me/r6/all.zip", "/home/me/r8/all.zip"]), ["r6/all.zip", "r8/all.zip"]);
        assert_eq!(of(&["./r6/"]), ["r6"]);
    }
}
