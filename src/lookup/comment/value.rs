//! A comment with its value: the value checked by the pattern, the text that is printed, and what the claim records.

use serde::Serialize;

use super::{dates, form, row, width};
use crate::{
    code::{CommentCode, ModifierCode, ProcedureCode},
    date::ServiceDate,
    lookup::fault::{CodeFault, CodeFaultKind, FaultSeverity, day_or_last},
    master::{Comment, Masters, Modifier, Procedure},
};

/// Characters of a CO record's text; a comment inside another record has room for [`MAX_INSIDE`].
const MAX_CO: usize = 38;
const MAX_INSIDE: usize = 50;
/// Longest value that is looked at, in bytes.
const MAX_VALUE: usize = 3_000;

/// A comment as a claim prints and records it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ComposedComment {
    /// Whether a claim can have it so.
    pub valid: bool,
    /// コメントコード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: CommentCode,
    /// パターン.
    pub pattern: u32,
    /// The text that is printed; empty while the value is wrong.
    pub text: String,
    /// 文字データ of the record: the value in full width.
    pub record: String,
    /// What is wrong.
    pub faults: Vec<CodeFault>,
}

/// Checks a comment's value by the comment's pattern and puts its text together. The value may be given in half or full
/// width.
///
/// # Errors
/// [`CodeFault`] when no loaded master has the comment, or when it is not in force on the day.
pub fn compose_comment(
    masters: &Masters,
    code: CommentCode,
    value: Option<&str>,
    on: Option<ServiceDate>,
) -> Result<ComposedComment, Box<CodeFault>> {
    let row = row(masters, code, on)?;
    let mut faults = Vec::new();
    let given = value.map(str::trim).unwrap_or_default();
    let (text, record) = if given.len() > MAX_VALUE {
        faults.push(too_long(given.chars().count()));
        (String::new(), String::new())
    } else {
        let record = width::full(given);
        match text(masters, row, given, &record, on, &mut faults) {
            Some(text) => (text, record),
            None => (String::new(), record),
        }
    };
    check_length(&record, &mut faults);
    let valid = faults.iter().all(|fault| fault.severity != FaultSeverity::Error);
    Ok(ComposedComment { valid, code, pattern: row.pattern(), text, record, faults })
}

fn text(
    masters: &Masters,
    row: Comment<'_>,
    given: &str,
    record: &str,
    on: Option<ServiceDate>,
    faults: &mut Vec<CodeFault>,
) -> Option<String> {
    let name = row.name();
    let mut wrong = |expected: &str, help: &str| {
        let message = format!("the value is not what comment {} takes", row.code());
        let fault = CodeFault::error("value", CodeFaultKind::CommentValue, message);
        let got = if given.is_empty() { "nothing" } else { given };
        faults.push(fault.expected(expected, got).help(help));
        None
    };
    // Digits in half width, for reading; a full stop of either width is the decimal point.
    let plain: String = width::half(given);
    let digits = |length: usize| plain.len() == length && plain.bytes().all(|byte| byte.is_ascii_digit());
    let after = |part: String| Some(format!("{name}；{part}"));
    let control = given.chars().any(char::is_control);
    match row.pattern() {
        10 | 30 if given.is_empty() || control => wrong("a text without control characters", "write the text"),
        10 => Some(record.to_owned()),
        20 if !given.is_empty() => wrong("nothing", "leave the value out: the comment's text says everything"),
        20 => Some(name.to_owned()),
        30 if name.ends_with('；') => Some(format!("{name}{record}")),
        30 => after(record.to_owned()),
        31 => match plain.parse::<ProcedureCode>() {
            Err(_) => wrong("a procedure code of nine digits beginning with 1", "give the code of the procedure"),
            Ok(code) => match masters.get::<Procedure<'_>>(&code, day_or_last(on)) {
                Ok(procedure) => after(procedure.name().to_owned()),
                Err(error) => match masters.versions::<Procedure<'_>>(&code).last().filter(|_| on.is_none()) {
                    Some(procedure) => after(procedure.name().to_owned()),
                    None => {
                        faults.push(CodeFault::missing("value", &error));
                        None
                    }
                },
            },
        },
        40 => match filled(row, &plain) {
            Ok(text) => Some(text),
            Err(expected) => wrong(&expected, "give the digits of all blanks one after the other, with leading zeros"),
        },
        42 if is_number(&plain) => after(record.to_owned()),
        42 => wrong("a number: digits, and a decimal point at most", "give the number alone, without a unit"),
        50 => match dates::day(&plain).filter(|_| digits(7)) {
            Some(day) => after(day),
            None => wrong(
                "GYYMMDD: 1 明治, 2 大正, 3 昭和, 4 平成 or 5 令和, then year, month and day of two digits",
                "give a day of the calendar in the era that has it",
            ),
        },
        51 => match dates::time(&plain).filter(|_| digits(4)) {
            Some(time) => after(time),
            None => wrong("HHMM: 0000 to 2359", "give hour and minute with two digits each"),
        },
        52 if digits(5) => after(width::full(&format!("{}分", trimmed(&plain)))),
        52 => wrong("minutes in five digits, such as 00075", "put zeros before the number"),
        53 => match dates::day_and_time(&plain).filter(|_| digits(6)) {
            Some(time) => after(time),
            None => wrong("DDHHMM: day 01 to 31, 0000 to 2359", "give day, hour and minute with two digits each"),
        },
        80 => match dated_value(&plain) {
            Some(text) => after(text),
            None => wrong(
                "GYYMMDD and a value of eight characters with zeros before it, such as 5041101000010.5",
                "give the day and then the value; the decimal point counts as a character",
            ),
        },
        90 => modifiers(masters, &plain, on, faults),
        pattern => {
            wrong("a pattern that this version knows", &format!("pattern {pattern} is unknown: update the program"))
        }
    }
}

/// Pattern 40: digits in the blanks of the text, a leading zero as a blank.
fn filled(row: Comment<'_>, digits: &str) -> Result<String, String> {
    let blanks = form::blanks(row);
    let length: u32 = blanks.iter().map(|blank| blank.digits).sum();
    let expected = || format!("{length} digits");
    if digits.len() != usize::try_from(length).unwrap_or(usize::MAX)
        || !digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(expected());
    }
    let mut letters: Vec<char> = row.name().chars().collect();
    // A month or a minute that is none is a slip, whatever the pattern's table says.
    let dated = row.name().contains('月');
    let mut rest = digits;
    for blank in &blanks {
        let size = usize::try_from(blank.digits).unwrap_or(usize::MAX);
        let start = usize::try_from(blank.place).ok().and_then(|place| place.checked_sub(1)).ok_or_else(expected)?;
        let (part, after) = rest.split_at_checked(size).ok_or_else(expected)?;
        rest = after;
        let number: u32 = part.parse().map_err(|_| expected())?;
        let limits = match letters.get(start.saturating_add(size)) {
            Some('月') => Some((1, 12)),
            Some('日') if dated => Some((1, 31)),
            Some('時') => Some((0, 24)),
            Some('分') if row.name().contains('時') => Some((0, 59)),
            _ => None,
        };
        if let Some((low, high)) = limits
            && !(low..=high).contains(&number)
        {
            return Err(format!("{low} to {high} in the blank at character {}", blank.place));
        }
        let shown = width::full(&format!("{:>size$}", trimmed(part)));
        for (place, letter) in (start..).zip(shown.chars()) {
            *letters.get_mut(place).ok_or_else(expected)? = letter;
        }
    }
    Ok(letters.into_iter().collect())
}

/// Pattern 80: a day and a value.
fn dated_value(plain: &str) -> Option<String> {
    let (day, value) = plain.split_at_checked(7)?;
    let shape = value.len() == 8 && is_number(value);
    let value = trimmed(value);
    let value = if value.starts_with('.') { format!("0{value}") } else { value.to_owned() };
    shape.then_some(())?;
    Some(format!("{}　検査値：{}", dates::day(day)?, width::full(&value)))
}

/// Pattern 90: modifiers one after the other.
fn modifiers(masters: &Masters, plain: &str, on: Option<ServiceDate>, faults: &mut Vec<CodeFault>) -> Option<String> {
    let shape = !plain.is_empty() && plain.len().is_multiple_of(4) && plain.bytes().all(|byte| byte.is_ascii_digit());
    if !shape {
        let fault = CodeFault::error("value", CodeFaultKind::CommentValue, "the value is no list of modifiers");
        let fault = fault.expected("modifier codes of four digits one after the other", plain);
        faults.push(fault.help("give the parts of the body, such as 20561066 for 右足"));
        return None;
    }
    let mut text = String::new();
    let mut rest = plain;
    while let Some((code, after)) = rest.split_at_checked(4) {
        rest = after;
        let Ok(code) = code.parse::<ModifierCode>() else { continue };
        match masters.get::<Modifier<'_>>(&code, day_or_last(on)) {
            Ok(row) => text.push_str(row.name()),
            Err(error) => faults.push(CodeFault::missing("value", &error)),
        }
    }
    Some(text)
}

/// Digits with one decimal point between them at most.
fn is_number(text: &str) -> bool {
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && part.is_none_or(digits)
}

/// A number without the zeros before it.
fn trimmed(digits: &str) -> &str {
    let trimmed = digits.trim_start_matches('0');
    if trimmed.is_empty() { digits.get(digits.len().saturating_sub(1)..).unwrap_or(digits) } else { trimmed }
}

fn check_length(record: &str, faults: &mut Vec<CodeFault>) {
    let length = record.chars().count();
    if length > MAX_INSIDE {
        if faults.is_empty() {
            faults.push(too_long(length));
        }
    } else if length > MAX_CO {
        faults.push(too_long(length).warning());
    }
}

fn too_long(length: usize) -> CodeFault {
    let fault = CodeFault::error("value", CodeFaultKind::TooMuch, "the text is longer than a CO record takes");
    fault.expected(format!("at most {MAX_CO} characters"), length.to_string()).help("write it in several comments")
}
