//! `santei batch`: the same bytes as `santei calc`, line by line, whatever stands between the lines.

use std::{
    fs,
    io::{Read, Write},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::tempdir;

use super::{santei, santei_with, text};

/// A first visit of a patient born in that year.
pub(crate) fn visit(year: u32) -> String {
    format!(
        r#"{{"facility":{{"kind":"clinic"}},"patient":{{"birth_date":"{year}-04-01"}},"visits":[{{"date":"2026-07-01","consultation":"first"}}]}}"#
    )
}

fn batch(input: &[u8], arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_santei"))
        .args(["batch", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // Its answers come while it still reads.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let done = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    done
}

fn lines(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_bytes_of_calc_line_by_line_for_any_number_of_threads() {
    let folder = tempdir().unwrap();
    let inputs: Vec<String> = (0..3_000)
        .map(|number| match number % 7 {
            3 => visit(2027),
            5 => visit(1980).replace("first", "fifth"),
            _ => visit(1930 + number % 90),
        })
        .collect();
    let file = folder.path().join("visits.jsonl");
    fs::write(&file, inputs.join("\n")).unwrap();
    let file = file.to_str().unwrap();
    let mut results = Vec::new();
    for threads in ["1", "2", "5"] {
        let done = santei(&["batch", file, "--threads", threads]);
        assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
        results.push(text(&done.stdout));
    }
    assert!(results.iter().all(|result| *result == results[0]));
    let results: Vec<&str> = results[0].lines().collect();
    assert_eq!(results.len(), inputs.len());
    for number in [0, 1, 3, 5, 700, 2_999] {
        let alone = text(&santei_with(&inputs[number], &["calc", "-", "--json"]).stdout);
        let expected = match alone.strip_prefix("{\"errors\"") {
            Some(rest) => format!("{{\"line\":{},\"errors\"{rest}", number + 1),
            None => alone,
        };
        assert_eq!(format!("{}\n", results[number]), expected, "line {}", number + 1);
    }
}

#[test]
fn what_stands_between_the_lines() {
    let (a, b) = (visit(1980), visit(2000));
    let plain = batch(format!("{a}\n{b}\n").as_bytes(), &[]);
    assert!(plain.status.success(), "{}", text(&plain.stderr));
    assert_eq!(lines(&plain).len(), 2);
    for other in [
        format!("{a}\n{b}"),
        format!("{a}\r\n{b}\r\n"),
        format!("\u{feff}{a}\n{b}"),
        format!("\n\n  \r\n{a}\n\t\n\n{b}\n\n"),
        format!("   {a}  \r\n  {b}"),
    ] {
        let done = batch(other.as_bytes(), &[]);
        assert_eq!(done.stdout, plain.stdout, "{other:?}");
        assert!(done.status.success());
    }
    for nothing in ["", "\n", "\u{feff}", " \r\n\n"] {
        let done = batch(nothing.as_bytes(), &[]);
        assert!(done.status.success() && done.stdout.is_empty(), "{nothing:?}");
    }
}

#[test]
fn bad_lines_are_told_and_the_rest_goes_on() {
    let mut input = format!("{}\n\n{{\n", visit(1980)).into_bytes();
    input.extend(b"{\"facility\":\"\xff\"}\n");
    input.extend(visit(1980).replace("\"visits\"", "\"orders\":[],\"visits\"").bytes());
    input.extend(format!("\n{}", visit(2030)).bytes());
    input.extend(format!("\n{}", visit(1990)).bytes());
    let folder = tempdir().unwrap();
    let errors = folder.path().join("errors.jsonl");
    let done = batch(&input, &["--errors", errors.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1));
    let out = lines(&done);
    assert_eq!(out.len(), 6);
    let refused: Vec<(u64, &str, &str)> = out
        .iter()
        .filter(|line| line.get("errors").is_some())
        .map(|line| {
            let error = &line["errors"][0];
            (line["line"].as_u64().unwrap(), error["kind"].as_str().unwrap(), error["path"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        refused,
        [(3, "schema", ""), (4, "schema", ""), (5, "schema", "orders"), (6, "date", "patient.birth_date")]
    );
    assert!(out[2]["errors"][0]["got"].as_str().unwrap().contains("0xff after 13 bytes"), "{}", out[2]);
    assert_eq!(out[5]["statement"]["total_points"], 293);
    // The same lines once more, by themselves.
    let apart: Vec<Value> =
        fs::read_to_string(errors).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(apart, out[1..5]);
    let said = text(&done.stderr);
    for part in ["line 6: patient.birth_date", "2 calculated", "586 points", "4 refused", "1 empty"] {
        assert!(said.contains(part), "{part} in\n{said}");
    }
    assert!(text(&batch(&input, &["--quiet"]).stderr).is_empty());
}

#[test]
fn a_line_beyond_the_limit_is_refused_and_passed_over() {
    // More than the engine reads, without and with a line behind it.
    let long = format!("{{\"x\":\"{}\"}}", "y".repeat(17 * 1024 * 1024));
    let input = format!("{}\n{long}\n{}\n{long}", visit(1980), visit(1990));
    let done = batch(input.as_bytes(), &[]);
    assert_eq!(done.status.code(), Some(1));
    let out = lines(&done);
    assert_eq!(out.len(), 4);
    for (place, line) in [(1, 2), (3, 4)] {
        assert_eq!(out[place]["line"], line);
        assert_eq!(out[place]["errors"][0]["kind"], "too_much");
        assert_eq!(out[place]["errors"][0]["got"], format!("{} bytes", long.len()));
    }
    assert_eq!(out[2]["statement"]["total_points"], 293);
}

#[test]
fn a_file_is_whole_or_not_there() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in"), format!("{}\n", visit(1980))).unwrap();
    assert!(santei(&["batch", &path("in"), "-o", &path("out")]).status.success());
    let kept = fs::read(path("out")).unwrap();
    assert_eq!(kept, santei(&["batch", &path("in")]).stdout);
    // An unknown input, an unknown revision: what was there stays.
    assert_eq!(santei(&["batch", &path("none"), "-o", &path("out")]).status.code(), Some(1));
    let unknown = santei(&["batch", &path("in"), "-o", &path("out"), "--as-of-revision", "r7"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(text(&unknown.stderr).contains("r8 (令和8年度改定)"), "{}", text(&unknown.stderr));
    assert_eq!(fs::read(path("out")).unwrap(), kept);
    // Onto itself: the input is read to its end before it is replaced.
    assert!(santei(&["batch", &path("in"), "-o", &path("in")]).status.success());
    assert_eq!(fs::read(path("in")).unwrap(), kept);
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(santei(&["batch", &path("in"), "-o", &path("no/such/folder")]).status.code(), Some(1));
    assert_eq!(santei(&["batch", &path("in"), "--threads", "0"]).status.code(), Some(2));
    assert_eq!(santei(&["batch"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn devices_and_links_are_written_through() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in"), visit(1980)).unwrap();
    assert!(santei(&["batch", &path("in"), "-o", "/dev/null"]).status.success());
    assert!(fs::metadata("/dev/null").is_ok_and(|data| !data.is_file()));
    fs::write(path("real"), "old").unwrap();
    std::os::unix::fs::symlink(path("real"), path("link")).unwrap();
    assert!(santei(&["batch", &path("in"), "-o", &path("link")]).status.success());
    assert!(fs::symlink_metadata(path("link")).unwrap().is_symlink());
    assert!(fs::read_to_string(path("real")).unwrap().starts_with("{\"schema\""));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("visits.jsonl");
    fs::write(&file, format!("{}\n", visit(1980)).repeat(20_000)).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_santei"))
        .args(["batch", file.to_str().unwrap(), "--threads", "2"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut some = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(done.stderr.is_empty(), "{}", text(&done.stderr));
}

#[test]
fn an_answer_comes_before_the_input_ends() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_santei"))
        .args(["batch", "-", "--quiet", "--threads", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = std::io::BufReader::new(child.stdout.take().unwrap());
    for year in [1980, 1990] {
        writeln!(stdin, "{}", visit(year)).unwrap();
        let mut line = String::new();
        std::io::BufRead::read_line(&mut stdout, &mut line).unwrap();
        assert!(line.starts_with("{\"schema\""), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn options_are_those_of_calc() {
    let input = visit(1980);
    for options in [&["--date", "2024-05-31"][..], &["--as-of-revision", "r4"], &["--as-of-revision", "令和6年度改定"]]
    {
        let mut calc = vec!["calc", "-", "--json"];
        calc.extend(options);
        assert_eq!(batch(input.as_bytes(), options).stdout, santei_with(&input, &calc).stdout, "{options:?}");
    }
}
