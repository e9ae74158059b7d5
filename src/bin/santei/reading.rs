//! Reads official files with a progress bar, and shows what was read.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use indicatif::{ProgressBar, ProgressStyle};
use santei::{
    date::ServiceDate,
    master::official::{Doubt, PackOutcome, Progress, pack_paths},
};

use crate::{calc::plain_table, failure::Failure};

/// Reads folders and files. The bar draws on standard error, and only when that is a terminal.
pub(crate) fn files(paths: &[PathBuf]) -> Result<PackOutcome, Failure> {
    let bar = ProgressBar::new(paths.iter().map(|path| size(path, 0)).sum());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {elapsed} {msg}") {
        bar.set_style(style);
    }
    let mut reading = 0;
    let outcome = pack_paths(paths, &mut |progress| match progress {
        Progress::Reading { file, bytes } => {
            reading = bytes as u64;
            bar.set_message(file.to_owned());
        }
        Progress::Read { report } => {
            bar.println(format!("{}: {} rows", report.file, report.rows));
            // What comes out of an archive is more than the archive.
            let position = bar.position() + reading;
            bar.set_length(bar.length().unwrap_or(0).max(position));
            bar.set_position(position);
        }
        Progress::Joining { kind, editions } => bar.set_message(format!("{kind}: {editions} files")),
    });
    bar.finish_and_clear();
    outcome.map_err(|error| Failure::File {
        path: paths.iter().find(|path| fs::metadata(path).is_err()).or(paths.first()).cloned().unwrap_or_default(),
        error,
        help: "give the folder that holds the official files, or the files themselves",
    })
}

/// The paths as an error names them.
pub(crate) fn named(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// A bar without an end, for work of a few seconds.
pub(crate) fn spinner(message: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(message);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    bar
}

/// About how many bytes there are to read: for the bar only, so that what cannot be seen counts as nothing.
fn size(folder: &Path, depth: u8) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return fs::metadata(folder).map_or(0, |data| data.len()) };
    let size_of = |entry: fs::DirEntry| match entry.metadata() {
        Ok(data) if data.is_dir() && depth < 4 => size(&entry.path(), depth + 1),
        Ok(data) if data.is_file() => data.len(),
        _ => 0,
    };
    entries.flatten().map(size_of).sum()
}

/// The files that were read, and the rows that their editions contradict.
pub(crate) fn report(outcome: &PackOutcome, out: &mut impl Write) -> Result<(), Failure> {
    let mut table = plain_table();
    table.set_header(["file", "master", "edition", "rows", "columns", "newest", "faults"]);
    let day = |day: Option<ServiceDate>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    for file in &outcome.files {
        let master = match file.skipped {
            Some(why) => format!("{} ({why})", file.title),
            None => file.title.to_owned(),
        };
        table.add_row([
            file.file.clone(),
            master,
            day(file.edition),
            file.rows.to_string(),
            file.columns.to_string(),
            day(file.newest),
            file.faults.to_string(),
        ]);
    }
    writeln!(out, "{table}")?;
    for doubt in &outcome.doubts {
        let Doubt { kind, code, from, sure_to, why } = doubt;
        writeln!(out, "{kind} {code} from {from} is sure to {sure_to} only: {why}")?;
    }
    Ok(())
}
