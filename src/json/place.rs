//! Where in a JSON text a fault stands, as a path such as `visits[0].orders[2].procedure`: found by going through the text
//! again up to the byte at which reading stopped. To keep the path of every value while reading would take a second reader
//! of every input type.

use serde_json::error::Category;

/// What is open where the text breaks off.
struct Frame {
    /// The name of the member, once it was read; nothing in an array.
    key: Option<String>,
    /// Elements before this one.
    index: usize,
    next: Next,
    array: bool,
}

/// What stands next in an object or an array.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A name or an element, or the end.
    First,
    /// A name or an element.
    Member,
    Colon,
    Value,
    /// A comma or the end: a value is read.
    Comma,
}

/// The path of the value that an error is about; empty for the whole text.
pub(crate) fn of(text: &str, error: &serde_json::Error) -> String {
    let end = offset(text, error.line(), error.column());
    let mut scan = Scan { text, at: 0, end, frames: Vec::new() };
    while scan.step().is_some() {}
    let mut path = String::new();
    let (frames, last) = (&scan.frames, scan.frames.len().saturating_sub(1));
    for (depth, frame) in frames.iter().enumerate() {
        if depth == last && !scan.is_in(frame, error) {
            break;
        }
        match &frame.key {
            Some(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            None => path.push_str(&["[", itoa::Buffer::new().format(frame.index), "]"].concat()),
        }
    }
    // An empty name is no place.
    path.trim_end_matches('?').trim_end_matches('.').to_owned()
}

/// The number of bytes before a place that is given by its line and its column, in bytes, both from 1 on.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    (lines.map(str::len).sum::<usize>() + column).min(text.len())
}

struct Scan<'t> {
    text: &'t str,
    /// Behind the last token that was taken.
    at: usize,
    end: usize,
    frames: Vec<Frame>,
}

impl Scan<'_> {
    /// Whether an error is about a member of what is open, and not about that as a whole.
    fn is_in(&self, frame: &Frame, error: &serde_json::Error) -> bool {
        let says = |start: &str| error.classify() == Category::Data && error.to_string().starts_with(start);
        let rest = self.rest();
        match frame.next {
            Next::Value => true,
            // The name itself is the fault.
            Next::Colon => says("unknown field"),
            // Behind a whole value, unless the text ends there.
            Next::Comma => self.at == self.end && error.classify() != Category::Eof,
            Next::First | Next::Member if !frame.array => false,
            // An element that is not there is no place; nor is one where there should be no array.
            Next::First | Next::Member => {
                let bracket = error.classify() == Category::Syntax && self.at == self.end;
                let instead = says("invalid type: sequence") && !rest.starts_with(b"[");
                !bracket && !instead && !matches!(rest, [] | [b']', ..])
            }
        }
    }

    /// What was not taken, from the next token on.
    fn rest(&self) -> &[u8] {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count();
        rest.get(blanks..).unwrap_or_default()
    }

    /// Takes a token that lies before the end and fits; nothing where there is none.
    fn step(&mut self) -> Option<()> {
        let (rest, all) = (self.rest(), self.text.as_bytes());
        let start = all.len() - rest.len();
        let first = *rest.first()?;
        let length = match first {
            b'"' => self.string(start, rest)?,
            b'{' | b'}' | b'[' | b']' | b':' | b',' => 1,
            _ => scalar(rest)?,
        };
        let after = start + length;
        if after > self.end {
            return None;
        }
        let next = self.frames.last().map_or(Next::Value, |frame| frame.next);
        let array = self.frames.last().is_some_and(|frame| frame.array);
        match (first, next) {
            (b'}', Next::First | Next::Comma) if !array => self.close()?,
            (b']', Next::First | Next::Comma) if array => self.close()?,
            (b',', Next::Comma) => {
                let frame = self.frames.last_mut()?;
                (frame.next, frame.key, frame.index) = (Next::Member, None, frame.index + 1);
            }
            (b':', Next::Colon) => self.frames.last_mut()?.next = Next::Value,
            (b'"', Next::First | Next::Member) if !array => {
                let key = serde_json::from_str(self.text.get(start..after)?).ok()?;
                let frame = self.frames.last_mut()?;
                (frame.next, frame.key) = (Next::Colon, Some(key));
            }
            (b'}' | b']' | b':' | b',', _) => return None,
            (_, Next::First | Next::Member) if !array => return None,
            (_, Next::Colon | Next::Comma) => return None,
            (b'{' | b'[', _) => {
                self.frames.push(Frame { key: None, index: 0, next: Next::First, array: first == b'[' });
            }
            _ => self.value()?,
        }
        self.at = after;
        Some(())
    }

    /// How long a text in quotation marks is; nothing for one that is cut off or wrong.
    fn string(&self, start: usize, rest: &[u8]) -> Option<usize> {
        let mut escaped = false;
        let end = rest.iter().skip(1).position(|byte| {
            let ends = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        })?;
        let text = self.text.get(start..start + end + 2)?;
        (!text.contains('\\') || serde_json::from_str::<String>(text).is_ok()).then_some(end + 2)
    }

    fn close(&mut self) -> Option<()> {
        self.frames.pop()?;
        self.value()
    }

    /// A value was read. Behind the whole text nothing is a place.
    fn value(&mut self) -> Option<()> {
        self.frames.last_mut()?.next = Next::Comma;
        Some(())
    }
}

/// How long a number or a word is; nothing for one that is none or is cut off.
fn scalar(bytes: &[u8]) -> Option<usize> {
    let words: [&[u8]; 3] = [b"true", b"false", b"null"];
    if let Some(word) = words.into_iter().find(|word| bytes.starts_with(word)) {
        return Some(word.len());
    }
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let some = |count: usize| Some(count).filter(|count| *count > 0);
    let mut at = usize::from(bytes.starts_with(b"-"));
    let whole = some(digits(bytes.get(at..)?))?;
    if whole > 1 && bytes.get(at) == Some(&b'0') {
        return None;
    }
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        at += 1 + some(digits(bytes.get(at + 1..)?))?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at += some(digits(bytes.get(at..)?))?;
    }
    Some(at)
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "the text of the tests is ASCII")]
mod tests {
    use crate::fee::Encounter;

    /// The path and the text of a fault as a reader tells them that keeps the path of every value.
    fn tracked(text: &str) -> Option<(String, String)> {
        let mut reader = serde_json::Deserializer::from_str(text);
        match serde_path_to_error::deserialize::<_, Encounter>(&mut reader) {
            Ok(_) => reader.end().err().map(|error| (String::new(), error.to_string())),
            Err(error) => {
                let path = error.path().to_string();
                Some((path.trim_end_matches('?').trim_end_matches('.').to_owned(), error.inner().to_string()))
            }
        }
    }

    fn same(text: &str) {
        let found =
            serde_json::from_str::<Encounter>(text).err().map(|error| (super::of(text, &error), error.to_string()));
        assert_eq!(found, tracked(text), "{text}");
    }

    const VISIT: &str = r#"{
        "facility": { "kind": "clinic", "registrations": [1, 2] },
        "patient": {"birth_date":"1961-05-10", "sex": "female"},
        "coverage": {},
        "visits": [{
            "date": "2026-07-29", "consultation": "revisit", "telemedicine": false,
            "diagnoses": [{ "disease": "8833421", "main": true, "modifiers": ["2056"] }, {"disease": "2500015"}],
            "orders": [{ "procedure": "160008010", "quantity": 1.5, "additions": [{ "procedure": "160000310" }] }],
            "prescriptions": [{ "dispensing": "in_house", "rps": [
                { "use": "internal", "count": 14, "drugs": [{ "drug": "620005904", "quantity": "1" }] } ] }]
        }],
        "history": [ { "date": "2026-07-01", "procedure": "112007410", "count": 2 } ]
    }"#;

    #[test]
    fn cut_off_anywhere() {
        for (end, _) in VISIT.char_indices() {
            same(&VISIT[..end]);
        }
        same(&format!("{VISIT} x"));
    }

    #[test]
    fn one_byte_changed_left_out_or_put_in() {
        for at in 0..VISIT.len() {
            for byte in "}],:\"\\0x".chars() {
                let (before, after) = VISIT.split_at(at);
                same(&format!("{before}{byte}{}", &after[1..]));
                same(&format!("{before}{byte}{after}"));
            }
            same(&[&VISIT[..at], &VISIT[at + 1..]].concat());
        }
    }

    #[test]
    fn every_value_of_another_kind() {
        let values = [
            "null",
            "true",
            "-7",
            "1e999",
            "1.5",
            "\"x\"",
            "\"2026-02-30\"",
            "{}",
            "[]",
            "[1]",
            "{\"a\":1}",
            "[{}]",
            "\"\\ud800\"",
        ];
        let scalars = [
            "\"clinic\"",
            "[1, 2]",
            "1",
            "\"1961-05-10\"",
            "{}",
            "\"2026-07-29\"",
            "\"revisit\"",
            "false",
            "\"8833421\"",
            "[\"2056\"]",
            "\"2056\"",
            "1.5",
            "\"160000310\"",
            "\"in_house\"",
            "14",
            "\"1\"",
            "{\"disease\": \"2500015\"}",
            "\"112007410\"",
        ];
        for scalar in scalars {
            for (at, _) in VISIT.match_indices(scalar) {
                for value in values {
                    same(&[&VISIT[..at], value, &VISIT[at + scalar.len()..]].concat());
                }
            }
        }
        for name in ["facility", "kind", "birth_date", "date", "procedure", "use", "rps", "visits", "quantity"] {
            let quoted = format!("\"{name}\":");
            for (at, _) in VISIT.match_indices(&quoted) {
                for other in [
                    "\"date\": ",
                    "\"no\":",
                    "\"a\\u0022b\" :",
                    "\"procedure\" : \"160008010\", \"procedure\" :",
                    "\"what?\":",
                ] {
                    same(&[&VISIT[..at], other, &VISIT[at + quoted.len()..]].concat());
                }
            }
        }
    }
}
