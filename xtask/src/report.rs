//! Steps with a progress line, a log each, and a count at the end.

use std::{
    env,
    fs::{self, File},
    io::{IsTerminal, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::run;

/// How a step ended when it did not fail.
pub(crate) enum Outcome {
    /// All is well.
    Passed,
    /// Something that the step needs is not here. With `CI=true` that is a failure.
    Missing(String),
}

/// What the steps came to.
pub(crate) struct Report {
    folder: PathBuf,
    ci: bool,
    passed: u32,
    failed: Vec<String>,
    skipped: Vec<String>,
}

/// The step that is running: where its programs write.
pub(crate) struct Step {
    log: PathBuf,
    bar: ProgressBar,
}

impl Report {
    pub(crate) fn new() -> Result<Self> {
        let folder = run::target().join("xtask");
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let ci = env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false" && value != "0");
        Ok(Self { folder, ci, passed: 0, failed: Vec::new(), skipped: Vec::new() })
    }

    /// Whether nothing has failed so far.
    pub(crate) fn ok(&self) -> bool {
        self.failed.is_empty()
    }

    /// Runs a step. Returns whether it passed.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce(&Step) -> Result<Outcome>) -> bool {
        let file: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let log = self.folder.join(file).with_extension("log");
        // A log of an earlier run must not be read as this one's.
        let _ = fs::remove_file(&log);
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} {elapsed} {wide_msg:.dim}") {
            bar.set_style(style);
        }
        bar.set_prefix(name.to_owned());
        let step = Step { log, bar };
        let started = Instant::now();
        let outcome = work(&step);
        step.bar.finish_and_clear();
        let seconds = started.elapsed().as_secs();
        let passed = match outcome {
            Ok(Outcome::Passed) => {
                println!("ok       {name} ({seconds} s)");
                self.passed += 1;
                true
            }
            Ok(Outcome::Missing(what)) if self.ci => {
                println!("FAILED   {name}: {what}; with CI=true nothing may be missing");
                self.failed.push(name.to_owned());
                false
            }
            Ok(Outcome::Missing(what)) => {
                println!("skipped  {name}: {what}");
                self.skipped.push(format!("{name}: {what}"));
                false
            }
            Err(error) => {
                println!("FAILED   {name} ({seconds} s): {error:#}");
                print!("{}", indented(&tail(&step.log, 80)));
                println!("         the whole log: {}", step.log.display());
                self.failed.push(name.to_owned());
                false
            }
        };
        for line in notes(&step.log) {
            println!("         {line}");
        }
        passed
    }

    /// The steps that failed or were skipped, by name, and the counts as the last line.
    pub(crate) fn finish(&self) -> bool {
        println!();
        for name in &self.failed {
            println!("failed: {name}");
        }
        for name in &self.skipped {
            println!("skipped: {name}");
        }
        println!("{} passed, {} failed, {} skipped", self.passed, self.failed.len(), self.skipped.len());
        self.ok()
    }
}

impl Step {
    /// Runs a program; its output goes to the step's log, its last line to the progress line.
    pub(crate) fn run(&self, command: &mut Command) -> Result<()> {
        let name = shown(command);
        let mut log = File::options().create(true).append(true).open(&self.log)?;
        let start = log.seek(SeekFrom::End(0))?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot run `{name}`"))?;
        let began = Instant::now();
        let mut said = Duration::ZERO;
        loop {
            if let Some(status) = child.try_wait()? {
                if !status.success() {
                    bail!("`{name}` ended with {status}");
                }
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
            self.bar.set_message(last_line(&self.log, start));
            self.bar.tick();
            // Where nobody sees the spinner, a word now and then tells a long step from a hanging one.
            if !std::io::stderr().is_terminal() && began.elapsed() >= said + Duration::from_secs(30) {
                said = began.elapsed();
                println!("         … {} s: {name}", said.as_secs());
            }
        }
    }

    /// Writes a line above the progress line.
    pub(crate) fn say(&self, line: &str) {
        self.bar.suspend(|| println!("         {line}"));
    }
}

/// A command as one would type it, shortened.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut text = program;
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    if text.chars().count() > 100 { text.chars().take(99).chain(['…']).collect() } else { text }
}

fn read(log: &Path) -> String {
    fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

fn tail(log: &Path, lines: usize) -> String {
    let text = read(log);
    let all: Vec<&str> = text.lines().collect();
    all.get(all.len().saturating_sub(lines)..).unwrap_or_default().join("\n")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("         | {line}\n")).collect()
}

/// The last line that was written since `start`; the log is small enough to look at its end only.
fn last_line(log: &Path, start: u64) -> String {
    let read_end = || -> std::io::Result<String> {
        let mut file = File::open(log)?;
        let end = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(end.saturating_sub(400).max(start)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let text = read_end().unwrap_or_default();
    text.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

/// What the step's programs want to be known even when all is well: lines such as `skipped: …` and `size: …`.
fn notes(log: &Path) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for line in read(log).lines() {
        // The test runner of Node marks what a test prints with `# `.
        let line = line.trim().trim_start_matches("# ").trim_start();
        let known = ["skipped:", "size:", "note:"].iter().any(|word| line.starts_with(word));
        if known && !notes.iter().any(|old| old == line) {
            notes.push(line.to_owned());
        }
    }
    notes
}
