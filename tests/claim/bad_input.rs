//! Input of any kind: faults are listed, the rest is read, and nothing grows without bound.

use std::io::Read;

use proptest::prelude::*;
use santei::{
    claim::check::{Checker, Severity},
    claim::read::{MAX_LINE, Reader},
};

use crate::{check, found, good::File, masters, sjis};

/// The number of a line in the good file.
fn line(name: &str) -> u64 {
    File::good().line(name) as u64
}

#[test]
fn an_empty_file() {
    assert_eq!(found(b""), [("file.empty", 1)]);
    assert_eq!(found(b"\r\n"), [("line.empty", 1), ("file.empty", 1)]);
    assert_eq!(found(b"\x1a"), [("file.empty", 1)]);
}

#[test]
fn a_cut_file_says_where() {
    let text = File::good().text();
    // In the middle of the last field but one, and of the day columns.
    let at = text.find("160061810").unwrap();
    for extra in [3, 9, 15, 20] {
        let cut = sjis(&text[..at + extra]);
        assert_eq!(found(&cut), [("file.cut", line("a.si4"))], "{extra}");
    }
    // Behind a whole line.
    let at = text.find("SI,60,1,160061810").unwrap();
    assert_eq!(found(&sjis(&text[..at])), [("file.no_total", line("a.si3"))]);
    // Within the totals.
    let at = text.rfind(",150,99").unwrap();
    assert_eq!(found(&sjis(&text[..at])), [("file.cut", line("go2"))]);
    // Only the last line end.
    let whole = text.trim_end_matches(['\u{1a}', '\r', '\n']);
    assert_eq!(found(&sjis(whole)), [("line.end", line("go2"))]);
}

#[test]
fn mixed_encodings() {
    let text = File::good().text();
    let replaced = |from: &str, to: &[u8]| {
        let (before, after) = text.split_once(from).unwrap();
        [&sjis(before)[..], to, &sjis(after)].concat()
    };
    assert_eq!(found(&replaced("鈴木　花子", "鈴木　花子".as_bytes())), [("text.encoding", line("b.re"))]);
    assert_eq!(found(&replaced("鈴木　花子", b"\x82")), [("text.encoding", line("b.re"))]);
    assert_eq!(found(&replaced("補足", b"\xfd\xfe")), [("text.encoding", line("a.sy2"))]);
    let utf8 = text.as_bytes();
    let (before, after) = text.split_once("鈴木　花子").unwrap();
    let other = [before.as_bytes(), &sjis("鈴木　花子"), after.as_bytes()].concat();
    assert_ne!(utf8, other);
    assert_eq!(found(&other), [("text.encoding", line("b.re"))]);
    assert_eq!(found(text.replace("鈴木　花子", "鈴木　\u{fffd}").as_bytes()), [("text.encoding", line("b.re"))]);
}

#[test]
fn files_of_another_sort() {
    let text = File::good().text();
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        core::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(order).collect()
    };
    for bytes in [wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        assert_eq!(found(&bytes), [("text.encoding", 1)]);
    }
    let archive = [b"PK\x03\x04\x14\0", &File::good().bytes()[..]].concat();
    assert_eq!(found(&archive), [("text.encoding", 1)]);
}

#[test]
fn line_ends_that_differ() {
    let text = File::good().text();
    let changed = |name: &str, end: &str| {
        let mut lines: Vec<String> = text.split_inclusive("\r\n").map(str::to_owned).collect();
        let place = File::good().line(name) - 1;
        lines[place] = lines[place].replace("\r\n", end);
        sjis(&lines.concat())
    };
    assert_eq!(found(&changed("b.sy", "\n")), [("line.end", line("b.sy"))]);
    assert_eq!(found(&changed("b.sy", "\r")), [("line.end", line("b.sy"))]);
    assert_eq!(found(&changed("b.sy", "\r\n\r\n")), [("line.empty", line("b.sy") + 1)]);
}

#[test]
fn a_cut_is_one_fault_wherever_it_is() {
    let bytes = File::good().bytes();
    // Between the records of a facility; behind its GO the file is whole but for the end mark.
    let begin = bytes.windows(6).position(|part| part == b"\r\nRE,2").unwrap();
    for end in begin..begin + 400 {
        let found = found(&bytes[..end]);
        assert!(matches!(&*found, [("file.cut" | "file.no_total", _)]), "{end}: {found:?}");
    }
}

#[test]
fn something_behind_the_end_mark() {
    let mut file = File::good();
    let lines = line("go2") + 1;
    for rest in ["\u{1a}rest", "\u{1a}ABC\r\n", "\u{1a}ABC\r\nDEF,1\r\n"] {
        rest.clone_into(&mut file.end);
        assert_eq!(found(&file.bytes()), [("file.after_end", lines)], "{rest:?}");
    }
    // Files of several facilities put together, each with its mark, are fine.
    let text = File::good().text();
    assert_eq!(crate::found(&sjis(&(text.clone() + &text))), []);
}

#[test]
fn other_kinds_are_recognised() {
    let kinds = |bytes: &[u8]| check(bytes).1.not_checked;
    let text = File::good().text();
    let first = text.split_once("IR,2").unwrap().0;
    for (table, title) in [("3", "歯科"), ("4", "調剤"), ("6", "訪問看護")] {
        let other = sjis(&first.replace("IR,1,13,1,", &format!("IR,1,13,{table},")));
        assert_eq!(kinds(&other), [title]);
        assert_eq!(found(&other), [("file.kind", 1)]);
    }
    let dpc = sjis(&first.replace("SN,1,01", "BU,010010xx99x0xx,20260501\r\nSN,1,01"));
    assert_eq!(kinds(&dpc), ["DPC"]);
    // Other claims of such a file (総括対象 医科入院) are checked by themselves.
    assert_eq!(found(&dpc), [("file.kind", 2)]);
    let pharmacy = b"YK,1,13,4,1234567,,,202606,00,\r\nRE,1,4112,202605,A,1,19800101\r\nGO,1,1,99\r\n\x1a";
    assert_eq!((found(pharmacy), kinds(pharmacy)), (vec![("file.kind", 1)], vec!["調剤"]));
    // The name says it where the contents do not.
    let mut all = Vec::new();
    let nameless = &b"RE,1,4112,202605,A,1,19800101\r\nGO,1,1,99\r\n"[..];
    let summary = Checker::new(masters()).check(nameless, Some("RECEIPTY.UKE"), &mut |one| all.push(one)).unwrap();
    assert_eq!(summary.not_checked, ["調剤"]);
}

/// So many bytes of one letter between two texts, made as they are read.
struct Long<'a> {
    before: &'a [u8],
    middle: u64,
    after: &'a [u8],
}

impl Read for Long<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if !self.before.is_empty() {
            return self.before.read(buffer);
        }
        if self.middle == 0 {
            return self.after.read(buffer);
        }
        let count = buffer.len().min(usize::try_from(self.middle).unwrap_or(usize::MAX));
        buffer[..count].fill(b'x');
        self.middle -= count as u64;
        Ok(count)
    }
}

#[test]
fn a_line_of_a_hundred_megabytes() {
    let text = File::good().text();
    let at = text.find("SI,60,1,160061810").unwrap();
    let (before, after) = (sjis(&text[..at]), sjis(&format!("\r\n{}", &text[at..])));
    let long = || Long { before: &before, middle: 100_000_000, after: &after };
    let mut findings = Vec::new();
    let summary = Checker::new(masters()).check(long(), None, &mut |finding| findings.push(finding)).unwrap();
    let worth: Vec<_> = findings.iter().filter(|finding| finding.severity > Severity::Info).collect();
    assert_eq!(worth.len(), 1, "{worth:?}");
    assert_eq!((worth[0].rule.id, worth[0].line), ("line.too_long", line("a.si4")));
    assert_eq!(worth[0].found, "100000000 bytes");
    assert_eq!(summary.claims, 8);
    // No batch holds more than a part of it.
    let mut reader = Reader::new(long());
    while let Some(batch) = reader.next_batch().unwrap() {
        assert!(batch.bytes().len() <= 1024 * 1024);
    }
    // A line that is too long by a little.
    let middle = MAX_LINE as u64 + 1;
    let little = Long { before: &before, middle, after: &after };
    assert!(Checker::new(masters()).check(little, None, &mut |_| {}).unwrap().errors == 1);
}

#[test]
fn a_claim_without_an_end_is_read_in_bounded_memory() {
    let line = crate::good::fields("SI 3=1 4=160017410 7=1 d21=1").join(",") + "\r\n";
    let body = line.repeat(80_000);
    let head = "IR,1,13,1,1234567,,,202606,00,\r\nRE,1,1112,202605,A,1,19800401,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n";
    let mut reader = Reader::new(body.as_bytes());
    while let Some(batch) = reader.next_batch().unwrap() {
        assert!(batch.bytes().len() < 8 * 1024 * 1024);
    }
    let (findings, summary) = check(format!("{head}{body}GO,1,1,99\r\n").as_bytes());
    assert_eq!(summary.claims, 1);
    assert!(findings.iter().any(|finding| finding.rule.id == "claim.too_large"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever bytes: no panic, and a good claim behind them is still read.
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let (_, before) = check(&bytes);
        let good = File::good().bytes();
        let (_, after) = check(&[&bytes[..], b"\r\n", &good].concat());
        prop_assert!(after.claims >= 8 + before.claims.saturating_sub(1));
    }

    /// A good file with some bytes changed: no panic, and all claims but those touched are read.
    #[test]
    fn changed_bytes(places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = File::good().bytes();
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        let (_, summary) = check(&bytes);
        prop_assert!(summary.claims >= 2);
    }
}
