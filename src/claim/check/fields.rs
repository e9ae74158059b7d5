//! One record against its layout: how many fields, and each field's characters, length and values.

use super::{
    super::{
        commas,
        kinds::{Month, read_day},
        layout::{Codes, Field, Form, Layout, Need},
        record::{Record, digits},
        text::{Encoding, looks_like_utf8},
    },
    case::{Case, content},
    finding::{Rule, Severity},
    rules::*,
};

/// What is wrong with a field.
struct Wrong {
    rule: &'static Rule,
    /// What stands there, when it is not simply the field.
    found: Option<String>,
    expected: String,
}

impl Wrong {
    fn new(rule: &'static Rule, expected: impl Into<String>) -> Self {
        Self { rule, found: None, expected: expected.into() }
    }

    fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }
}

/// Checks a record of a known kind. `eras` says that the file writes dates with eras, as before 2018; `last` that no line end
/// follows.
pub(super) fn check(case: &mut Case<'_>, record: Record<'_>, eras: bool, last: bool) {
    let Some(kind) = record.kind() else { return };
    let layout = kind.layout();
    let fields = layout.fields;
    if fields.is_empty() {
        return;
    }
    let count = commas::count(record.bytes()) + 1;
    if count != fields.len() {
        let rule = if last && count < fields.len() { &FILE_CUT } else { &RECORD_FIELDS };
        case.find(rule, record, 0, format!("{count} fields"), format!("{} fields", fields.len()));
        return;
    }
    let mut unread = false;
    // The first field is what makes it a record of its kind.
    let mut next = 1;
    commas::fields(record.from(2), |place, bytes| {
        let place = place + 1;
        missing(case, record, layout, next..place, eras);
        if let Some(own) = fields.get(place).filter(|own| !is_day(bytes, own)) {
            field(case, record, own, place + 1, bytes, eras, &mut unread);
        }
        next = place + 1;
        true
    });
    missing(case, record, layout, next..fields.len(), eras);
}

/// Looks at empty fields, from 0 on.
fn missing(case: &mut Case<'_>, record: Record<'_>, layout: &Layout, places: core::ops::Range<usize>, eras: bool) {
    if layout.needs(places.start, places.len()) {
        for place in places {
            if let Some(own) = layout.fields.get(place) {
                field(case, record, own, place + 1, b"", eras, &mut false);
            }
        }
    }
}

/// Checks a field. `unread` says that the line is of another encoding.
fn field(
    case: &mut Case<'_>,
    record: Record<'_>,
    field: &Field,
    number: usize,
    bytes: &[u8],
    eras: bool,
    unread: &mut bool,
) {
    if let Some(wrong) = look(bytes, field, record.encoding(), eras) {
        // A line of another encoding is one fault, however many names stand in it.
        if wrong.rule.id == TEXT_ENCODING.id && core::mem::replace(unread, true) {
            case.distrust(record, number);
            return;
        }
        let found = wrong.found.unwrap_or_else(|| content(record, number));
        let severity = severity(wrong.rule, field);
        case.find_as(severity, wrong.rule, record, number, found, wrong.expected);
    }
}

/// One digit above 0 in a field of numbers in a range, as the days of a line have it.
fn is_day(bytes: &[u8], field: &Field) -> bool {
    matches!((bytes, field.form, field.codes, field.fixed), ([b'1'..=b'9'], Form::Digits, Codes::Range(1, 9..), false))
}

/// A name that is too long or ends with a blank is read all the same.
fn severity(rule: &Rule, field: &Field) -> Severity {
    let text = matches!(field.form, Form::Kanji | Form::Either);
    let slight = rule.id == FIELD_LENGTH.id || rule.id == TEXT_BLANKS.id;
    if text && slight { Severity::Warning } else { rule.severity }
}

fn look(bytes: &[u8], field: &Field, encoding: Encoding, eras: bool) -> Option<Wrong> {
    if bytes.is_empty() {
        return match field.need {
            Need::Required => Some(Wrong::new(&FIELD_REQUIRED, "a value")),
            Need::Expected => Some(Wrong::new(&FIELD_EXPECTED, "a value")),
            Need::Optional => None,
        };
    }
    // Most fields are short and plain.
    let number = digits(bytes);
    let plain = number.is_some() || bytes.iter().all(|byte| byte.is_ascii_digit());
    if (!plain || field.form == Form::Kanji)
        && let Some(wrong) = characters(bytes, field, encoding)
    {
        return Some(wrong);
    }
    match field.form {
        Form::Spare => return Some(Wrong::new(&FIELD_SPARE, "nothing")),
        Form::Digits | Form::Code if !plain => return Some(Wrong::new(&FIELD_FORM, "digits")),
        Form::Decimal(before, after) => return decimal(bytes, usize::from(before), usize::from(after)),
        Form::Month | Form::Day => return date(bytes, field.form, eras),
        _ => {}
    }
    // Whatever its encoding, a field is as long as it is in Shift_JIS.
    let length = if plain { bytes.len() } else { encoding.shape(bytes).map_or(bytes.len(), |shape| shape.bytes()) };
    let max = usize::from(field.max);
    if length > max || field.fixed && length < max {
        let most = if field.fixed { "exactly" } else { "at most" };
        return Some(Wrong::new(&FIELD_LENGTH, format!("{most} {max} bytes")).found(format!("{length} bytes")));
    }
    if field.form == Form::Digits && !field.fixed && bytes.len() > 1 && bytes.first() == Some(&b'0') {
        return Some(Wrong::new(&FIELD_ZEROS, "no zeros before a number"));
    }
    codes(bytes, number, field.codes)
}

fn characters(bytes: &[u8], field: &Field, encoding: Encoding) -> Option<Wrong> {
    let at = |place: usize| format!("byte {} of the field", place + 1);
    let name = match encoding {
        Encoding::Cp932 => "Shift_JIS",
        Encoding::Utf8 => "UTF-8",
    };
    let shape = match encoding.shape(bytes) {
        Ok(shape) => shape,
        Err(place) => return Some(Wrong::new(&TEXT_ENCODING, format!("characters of {name}")).found(at(place))),
    };
    if encoding == Encoding::Cp932 && looks_like_utf8(bytes) {
        return Some(Wrong::new(&TEXT_ENCODING, "characters of Shift_JIS").found("UTF-8"));
    }
    if shape.foreign > 0 {
        let expected = "characters that Shift_JIS has";
        return Some(Wrong::new(&TEXT_ENCODING, expected).found(format!("{} others", shape.foreign)));
    }
    if shape.control > 0 {
        return Some(Wrong::new(&TEXT_CONTROL, "no control character").found(format!("{} of them", shape.control)));
    }
    if bytes.contains(&b'"') {
        return Some(Wrong::new(&TEXT_QUOTE, "no quotation mark"));
    }
    let blank = match encoding {
        Encoding::Cp932 => shape.full > 0 && bytes.ends_with(b"\x81\x40") && ends_with_pair(bytes),
        Encoding::Utf8 => bytes.ends_with("　".as_bytes()),
    };
    if blank || bytes.ends_with(b" ") {
        return Some(Wrong::new(&TEXT_BLANKS, "no blank at the end").found(format!("{} bytes", bytes.len())));
    }
    let widths = |expected: &'static str| {
        let found = format!("{} half-width and {} full-width characters", shape.half, shape.full);
        Some(Wrong::new(&TEXT_WIDTH, expected).found(found))
    };
    match field.form {
        Form::Kanji if shape.half > 0 => return widths("full-width characters only"),
        Form::Either if shape.half > 0 && shape.full > 0 => {
            return widths("either full-width or half-width characters");
        }
        Form::Ascii if shape.full > 0 || shape.kana > 0 => return widths("half-width letters and digits"),
        _ => {}
    }
    if shape.vendor > 0 {
        let expected = "characters of JIS X 0208";
        return Some(Wrong::new(&TEXT_VENDOR, expected).found(format!("{} others", shape.vendor)));
    }
    None
}

/// Whether the last two bytes are one character of Shift_JIS: the first may be the second byte of another.
fn ends_with_pair(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().saturating_sub(2)).unwrap_or_default();
    Encoding::Cp932.shape(head).is_ok()
}

fn decimal(bytes: &[u8], before: usize, after: usize) -> Option<Wrong> {
    let mut parts = bytes.splitn(2, |byte| *byte == b'.');
    let (whole, rest) = (parts.next().unwrap_or_default(), parts.next());
    let all_digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    if !all_digits(whole) || rest.is_some_and(|rest| !all_digits(rest)) {
        return Some(Wrong::new(&FIELD_FORM, "digits, with a point before decimals"));
    }
    if whole.len() > before || rest.is_some_and(|rest| rest.len() > after) {
        let expected = format!("at most {before} digits before and {after} behind the point");
        return Some(Wrong::new(&FIELD_LENGTH, expected));
    }
    if whole.len() > 1 && whole.first() == Some(&b'0') || rest.is_some_and(|rest| rest.last() == Some(&b'0')) {
        return Some(Wrong::new(&FIELD_ZEROS, "no zeros before the number or behind its decimals"));
    }
    None
}

fn date(bytes: &[u8], form: Form, eras: bool) -> Option<Wrong> {
    let (length, words, known) = match form {
        Form::Month => (6, "a month YYYYMM", Month::read(bytes).is_some()),
        _ => (8, "a day YYYYMMDD", read_day(bytes).is_some()),
    };
    if bytes.len() == length && known || eras && bytes.len() == length - 1 && known {
        return None;
    }
    let form = bytes.len() == length && bytes.iter().all(u8::is_ascii_digit);
    Some(Wrong::new(if form { &FIELD_DATE } else { &FIELD_FORM }, words))
}

fn codes(bytes: &[u8], number: Option<u32>, codes: Codes) -> Option<Wrong> {
    match codes {
        Codes::Any => None,
        Codes::One(list) => {
            // Most codes differ in their first or last letter.
            let alike = |code: &[u8]| code.first() == bytes.first() && code.last() == bytes.last();
            let known = list.iter().any(|code| alike(code.as_bytes()) && code.as_bytes() == bytes);
            (!known).then(|| Wrong::new(&FIELD_CODE, one_of(list)))
        }
        Codes::Several(width, list) => {
            let width = usize::from(width);
            if !bytes.len().is_multiple_of(width) {
                return Some(Wrong::new(&FIELD_LENGTH, format!("codes of {width} characters")));
            }
            let unknown = bytes.chunks(width).any(|code| {
                !code.iter().all(u8::is_ascii_digit)
                    || !list.is_empty() && !list.iter().any(|known| known.as_bytes() == code)
            });
            unknown.then(|| {
                let expected = if list.is_empty() { format!("codes of {width} digits") } else { one_of(list) };
                Wrong::new(&FIELD_CODE, expected)
            })
        }
        Codes::Range(low, high) => {
            let inside = number.is_some_and(|number| (low..=high).contains(&number));
            (!inside).then(|| Wrong::new(&FIELD_RANGE, format!("{low} to {high}")))
        }
    }
}

fn one_of(list: &[&str]) -> String {
    format!("one of {}", list.join(" "))
}
