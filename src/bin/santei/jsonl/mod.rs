//! JSON Lines in and out: every line by itself, on all cores, in the order of the input, in a memory that does not grow
//! with the file.

mod output;
mod read;
mod work;

use std::{
    fs::File,
    io::{self, Read},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    thread,
};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use santei::calculation::MAX_INPUT;

pub(crate) use output::Output;
pub(crate) use read::{Chunk, Line};

use crate::failure::Failure;
use read::Chunks;

/// Bytes of the input that one thread takes at a time. What they give is some eight times as much, and should stay in a
/// core's own cache until it is written.
const CHUNK: usize = 32 * 1024;

#[derive(Args)]
pub(crate) struct Input {
    /// Encounters in JSON, one on each line; `-` reads standard input.
    visits: PathBuf,
    /// How many threads calculate; as many as there are cores when left out.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Show neither progress nor a summary.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

impl Input {
    /// Has `work` look at every chunk of lines, several at a time, and hands what it makes of them to `keep`, one after the
    /// other in the order of the input.
    pub(crate) fn each<T: Send>(
        &self,
        work: impl Fn(&Chunk) -> T + Sync,
        mut keep: impl FnMut(T) -> Result<(), Failure> + Send,
    ) -> Result<(), Failure> {
        let (input, length) = open(&self.visits)?;
        let bar = self.bar(length);
        let chunks = Chunks::new(input, CHUNK, MAX_INPUT);
        let threads = self.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let read = |error| Failure::File { path: self.visits.clone(), error, help: "nothing was left out silently" };
        let done = work::run(
            chunks,
            threads,
            |chunk| (chunk.length(), work(chunk)),
            |(bytes, made)| {
                bar.inc(bytes as u64);
                keep(made)
            },
            read,
        );
        bar.finish_and_clear();
        done
    }

    /// A bar over the bytes of a file; for a pipe, whose end is not known, what was read so far.
    fn bar(&self, length: Option<u64>) -> ProgressBar {
        if self.quiet {
            return ProgressBar::hidden();
        }
        let (bar, template) = match length {
            Some(length) => (ProgressBar::new(length), "{bar:30} {bytes}/{total_bytes} {elapsed} {eta}"),
            None => (ProgressBar::new_spinner(), "{spinner} {bytes} {elapsed}"),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar
    }
}

fn open(path: &Path) -> Result<(Box<dyn Read + Send>, Option<u64>), Failure> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(io::stdin()), None));
    }
    let help = "give a file with one encounter in JSON on each line (UTF-8), or `-` for standard input";
    let file = File::open(path).map_err(|error| Failure::File { path: path.to_path_buf(), error, help })?;
    let length = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|data| data.len());
    Ok((Box::new(file), length))
}
