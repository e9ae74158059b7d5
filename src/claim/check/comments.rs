//! Comments: their codes, and texts that go with the pattern of the code.

use std::{collections::BTreeSet, rc::Rc};

use super::{
    super::{
        detail::{Detail, DetailKind, Remark},
        kinds::read_day,
        text::narrow,
    },
    case::{Case, content},
    codes::row,
    finding::Severity,
    rules::*,
};
use crate::{
    code::CommentCode,
    date::ServiceDate,
    master::{Comment, CommentLink},
};

pub(super) fn check(case: &mut Case<'_>) {
    let Some(month) = case.month.filter(|_| case.header(&[4]).is_some()) else { return };
    let lines = Rc::clone(&case.lines);
    let mut before: &[u8] = b"";
    for line in lines.iter() {
        let mut last: &[u8] = b"";
        for remark in line.remarks() {
            // A text that is too long for one line goes on in the next with the same code.
            let goes_on = line.kind == DetailKind::Comment && !line.begins_group && remark.code == before;
            of_remark(case, *line, remark, month.first_day(), month.last_day(), goes_on);
            last = remark.code;
        }
        before = if line.kind == DetailKind::Comment { last } else { b"" };
    }
    // A comment that is wrong may be the one that is asked for.
    let told = |line: &Detail<'_>| line.remarks().all(|remark| case.sound(line.record, &[remark.field]));
    if case.whole && lines.iter().all(told) {
        required(case, &lines, month.first_day());
    }
}

fn of_remark<'a>(
    case: &mut Case<'a>,
    line: Detail<'a>,
    remark: Remark<'a>,
    first: ServiceDate,
    last: ServiceDate,
    goes_on: bool,
) {
    let record = line.record;
    let (field, text_field) = (remark.field, remark.field + 1);
    if !case.sound(record, &[field, text_field]) {
        return;
    }
    if remark.code.is_empty() {
        case.find(&COMMENT_CODE, record, field, "nothing", "the code of the comment");
        return;
    }
    let Some(code) = core::str::from_utf8(remark.code).ok().and_then(|code| code.parse::<CommentCode>().ok()) else {
        case.find(&COMMENT_CODE, record, field, content(record, field), "a code that begins with 8");
        return;
    };
    let found = case.masters.row::<Comment<'_>>(&code, last);
    let found = found.or_else(|| row::<Comment<'_>>(case, record, field, &code, first));
    let pattern = found.map_or(code.number() / 1_000_000 % 100, |row| row.pattern());
    let digits = found.map(|row| row.digits_1() + row.digits_2() + row.digits_3() + row.digits_4());
    if goes_on {
        return;
    }
    if let Some(expected) = wrong_text(pattern, digits, remark.text, line) {
        case.find_with(&COMMENT_TEXT, record, text_field, content(record, text_field), expected, |finding| {
            finding.row = format!("{code} pattern {pattern}");
            if pattern == 20 {
                finding.severity = Severity::Warning;
            }
        });
    }
}

/// What the text should be, when it is not.
fn wrong_text(pattern: u32, digits: Option<u32>, text: &[u8], line: Detail<'_>) -> Option<String> {
    let words = |expected: &str| Some(expected.to_owned());
    match pattern {
        10 | 30 => return if text.is_empty() { words("a text") } else { None },
        20 => return if text.is_empty() { None } else { words("nothing: the code says it all") },
        31 | 40 | 42 | 50..=53 | 80 | 90 => {}
        _ => return None,
    }
    // What follows a stroke is a note for the reader.
    let whole = narrow(text_before_stroke(text, line), line.record.encoding());
    let figures = whole.as_deref().unwrap_or_default();
    let all = |count: usize| figures.len() == count && figures.bytes().all(|byte| byte.is_ascii_digit());
    let part = |from: usize, to: usize| figures.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let time = |from: usize| {
        part(from, from + 2).is_some_and(|hour| hour < 24) && part(from + 2, from + 4).is_some_and(|minute| minute < 60)
    };
    let day = || figures.get(..7).is_some_and(|day| read_day(day.as_bytes()).is_some());
    let (right, expected) = match pattern {
        31 => (all(9) && figures.starts_with('1'), "nine full-width digits of a procedure code"),
        40 => {
            let count = digits.filter(|digits| *digits > 0).and_then(|digits| usize::try_from(digits).ok());
            let right = match count {
                Some(count) => all(count),
                None => !figures.is_empty() && figures.bytes().all(|byte| byte.is_ascii_digit()),
            };
            let expected = count.map_or("full-width digits".to_owned(), |count| format!("{count} full-width digits"));
            return if right { None } else { Some(expected) };
        }
        42 => (is_number(figures), "a number in full-width digits"),
        50 => (all(7) && day(), "a day of seven full-width digits, GYYMMDD with 1 明治 to 5 令和"),
        51 => (all(4) && time(0), "a time of four full-width digits, HHMM"),
        52 => (all(5), "minutes in five full-width digits"),
        53 => (
            all(6) && part(0, 2).is_some_and(|day| (1..=31).contains(&day)) && time(2),
            "day and time of six full-width digits, DDHHMM",
        ),
        80 => {
            let value = figures.get(7..).unwrap_or_default();
            (
                figures.len() == 15 && day() && is_number(value),
                "a day GYYMMDD and a value of eight characters, full-width",
            )
        }
        _ => (
            !figures.is_empty() && figures.len().is_multiple_of(4) && figures.bytes().all(|byte| byte.is_ascii_digit()),
            "modifier codes of four full-width digits",
        ),
    };
    if right { None } else { words(expected) }
}

fn is_number(figures: &str) -> bool {
    let mut parts = figures.splitn(2, '.');
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(digits) && parts.next().is_none_or(digits)
}

fn text_before_stroke<'a>(text: &'a [u8], line: Detail<'_>) -> &'a [u8] {
    let stroke: &[u8] = match line.record.encoding() {
        super::super::text::Encoding::Cp932 => b"\x81\x5e",
        super::super::text::Encoding::Utf8 => "／".as_bytes(),
    };
    let at = (0..text.len())
        .step_by(stroke.len().max(1))
        .find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(stroke)));
    at.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// Comments that the relation of comments asks for with certainty: the code is charged (条件区分 01), in this setting (02),
/// so often (03). One of those with the same number (項番, 枝番) is enough.
fn required(case: &mut Case<'_>, lines: &[Detail<'_>], on: ServiceDate) {
    let Some(claim_type) = case.claim_type else { return };
    let masters = case.masters;
    let mut written: Option<BTreeSet<u32>> = None;
    let mut done: BTreeSet<u32> = BTreeSet::new();
    for line in lines.iter().filter(|line| line.kind != DetailKind::Comment) {
        let Some(code) = line.code() else { continue };
        let mut links = masters.related::<CommentLink<'_>>(code, on).peekable();
        if links.peek().is_none() || !case.clean(line.line()) || !done.insert(code) {
            continue;
        }
        let mut groups: Vec<(u32, u32, Vec<u32>, &str)> = Vec::new();
        for link in links {
            let asked = match link.condition() {
                1 | 11 => true,
                2 | 12 => link.in_out() == if claim_type.inpatient() { 1 } else { 2 },
                3 | 13 => {
                    let same = lines.iter().filter(|other| other.kind == line.kind && other.code() == Some(code));
                    same.filter_map(|other| other.count()).sum::<u32>() >= link.count().max(1)
                }
                _ => false,
            };
            if !asked || link.when_not_charged() == 1 || !matches!(link.notice(), 0 | 1 | 5 | 6) {
                continue;
            }
            let comment = link.comment().number();
            match groups.iter_mut().find(|(item, branch, ..)| (*item, *branch) == (link.item_no(), link.branch())) {
                Some((_, _, comments, _)) => comments.push(comment),
                None => groups.push((link.item_no(), link.branch(), vec![comment], link.item())),
            }
        }
        if groups.is_empty() {
            continue;
        }
        let written = written.get_or_insert_with(|| {
            let codes = lines
                .iter()
                .flat_map(|line| line.remarks())
                .filter_map(|remark| super::super::record::digits(remark.code));
            codes.collect()
        });
        let missing: Vec<_> = groups
            .into_iter()
            .filter(|(.., comments, _)| !comments.iter().any(|comment| written.contains(comment)))
            .collect();
        for (item_no, branch, comments, item) in missing {
            let list: Vec<String> = comments.iter().take(5).map(ToString::to_string).collect();
            let more = if comments.len() > 5 { " …" } else { "" };
            let expected = format!("one of the comments {}{more}", list.join(" "));
            let texts = (format!("{code} without"), expected);
            case.note_with(&COMMENT_REQUIRED, line.record, 4, texts, |finding| {
                finding.row = format!("コメント関連 項番 {item_no} 枝番 {branch:02} {item}")
            });
        }
    }
}

/// Details of symptoms: the first says its kind, those that follow may go on.
pub(super) fn symptoms(case: &mut Case<'_>) {
    let first = case.claim.symptoms().next();
    if let Some(first) = first
        && first.kind().is_none()
        && case.sound(first.record(), &[2])
    {
        case.find(&SYMPTOM_KIND, first.record(), 2, "nothing", "the kind of the details (01 to 90)");
    }
}
