//! The parameters of a question, read strictly: each by its name and in the type that FHIR gives it.

use serde_json::{Map, Value};

use crate::{date::ServiceDate, lookup::DayOutOfRange};

use super::{
    day,
    outcome::{Outcome, cut},
};

/// A text may be so long, in bytes.
const LONGEST: usize = 1_000;
/// So many parameters are read.
const MOST: usize = 1_000;

/// What a parameter holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Code,
    Uri,
    Text,
    Flag,
    Whole,
    Day,
    Coding,
    Concept,
    /// A parameter of the operation that is refused, and why.
    Refused(&'static str),
}

/// A parameter of an operation.
#[derive(Clone, Copy)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) many: bool,
}

/// A parameter that stands once.
pub(super) const fn one(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, many: false }
}

/// A parameter that may stand more than once.
pub(super) const fn many(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, many: true }
}

/// A `Coding`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Coding {
    pub(super) system: Option<String>,
    pub(super) version: Option<String>,
    pub(super) code: Option<String>,
    pub(super) display: Option<String>,
}

enum Got {
    Text(String),
    Flag(bool),
    Whole(u32),
    Day(ServiceDate),
    Codings(Vec<Coding>),
}

/// The parameters of a question.
pub(super) struct Input {
    got: Vec<(&'static str, Got)>,
}

impl Input {
    /// Reads a resource `Parameters`, or an object of plain values as a query string has them.
    pub(super) fn read(question: &Value, known: &[Parameter]) -> Result<Self, Outcome> {
        let Some(object) = question.as_object() else {
            return Err(Outcome::structure("expected a resource Parameters, or an object of plain values"));
        };
        let mut input = Self { got: Vec::new() };
        match object.get("resourceType") {
            Some(Value::String(kind)) if kind == "Parameters" => input.resource(object, known)?,
            Some(Value::String(kind)) => {
                return Err(Outcome::structure(format!("expected a resource Parameters, got {}", cut(kind))));
            }
            Some(_) => return Err(Outcome::structure("expected resourceType `Parameters`")),
            None => input.plain(object, known)?,
        }
        Ok(input)
    }

    fn resource(&mut self, object: &Map<String, Value>, known: &[Parameter]) -> Result<(), Outcome> {
        let none = Vec::new();
        let list = match object.get("parameter") {
            Some(Value::Array(list)) if list.len() <= MOST => list,
            Some(Value::Array(_)) => {
                return Err(Outcome::new("too-long", format!("expected at most {MOST} parameters")));
            }
            Some(_) => return Err(Outcome::structure("expected a list").at("Parameters.parameter")),
            None => &none,
        };
        for (place, entry) in list.iter().enumerate() {
            let path = format!("Parameters.parameter[{place}]");
            self.entry(entry, known).map_err(|outcome| outcome.at(path))?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Value, known: &[Parameter]) -> Result<(), Outcome> {
        let entry =
            entry.as_object().ok_or_else(|| Outcome::structure("expected an object with a name and a value"))?;
        let name = entry.get("name").and_then(Value::as_str);
        let parameter = find(name.ok_or_else(|| Outcome::structure("expected a parameter with a name"))?, known)?;
        let values = entry.iter().filter(|(key, _)| !matches!(key.as_str(), "name" | "id" | "extension"));
        let mut values = values.collect::<Vec<_>>().into_iter();
        let (Some((key, value)), None) = (values.next(), values.next()) else {
            return Err(Outcome::structure(format!("expected one value of parameter {}", parameter.name)));
        };
        let expected: &[&str] = match parameter.kind {
            Kind::Code => &["valueCode"],
            Kind::Uri => &["valueUri", "valueCanonical", "valueUrl"],
            Kind::Text => &["valueString"],
            Kind::Flag => &["valueBoolean"],
            Kind::Whole => &["valueInteger"],
            Kind::Day => &["valueDateTime", "valueDate"],
            Kind::Coding => &["valueCoding"],
            Kind::Concept => &["valueCodeableConcept"],
            Kind::Refused(why) => return Err(refused(parameter.name, why)),
        };
        if !expected.contains(&key.as_str()) {
            let first = expected.first().copied().unwrap_or_default();
            return Err(Outcome::structure(format!(
                "parameter {}: expected {first}, got {}",
                parameter.name,
                cut(key)
            )));
        }
        let got = match parameter.kind {
            Kind::Flag => value.as_bool().map(Got::Flag),
            Kind::Whole => value.as_i64().and_then(|number| u32::try_from(number).ok()).map(Got::Whole),
            Kind::Coding => Some(Got::Codings(vec![coding(value)?])),
            Kind::Concept => Some(Got::Codings(codings(value)?)),
            _ => None,
        };
        let got = match (got, value) {
            (Some(got), _) => got,
            (None, Value::String(text)) => primitive(*parameter, text)?,
            (None, _) => return Err(expected_of(*parameter)),
        };
        self.add(*parameter, got)
    }

    fn plain(&mut self, object: &Map<String, Value>, known: &[Parameter]) -> Result<(), Outcome> {
        for (name, value) in object {
            let parameter = find(name, known)?;
            if let Kind::Refused(why) = parameter.kind {
                return Err(refused(parameter.name, why));
            }
            let values = match value {
                Value::Array(list) => list.as_slice(),
                single => core::slice::from_ref(single),
            };
            for value in values {
                let got = match (parameter.kind, value) {
                    (Kind::Flag, Value::Bool(flag)) => Got::Flag(*flag),
                    (Kind::Coding, Value::Object(_)) => Got::Codings(vec![coding(value)?]),
                    (Kind::Concept, Value::Object(_)) => Got::Codings(codings(value)?),
                    (Kind::Whole, Value::Number(number)) => primitive(*parameter, &number.to_string())?,
                    (_, Value::String(text)) => primitive(*parameter, text)?,
                    _ => return Err(expected_of(*parameter)),
                };
                self.add(*parameter, got)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, parameter: Parameter, got: Got) -> Result<(), Outcome> {
        if !parameter.many && self.got.iter().any(|(name, _)| *name == parameter.name) {
            return Err(Outcome::new("invariant", format!("parameter {} stands twice", parameter.name)));
        }
        self.got.push((parameter.name, got));
        Ok(())
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &Got> {
        self.got.iter().filter(move |(known, _)| *known == name).map(|(_, got)| got)
    }

    /// The texts of a parameter: codes, URIs and strings.
    pub(super) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values(name).filter_map(|got| if let Got::Text(text) = got { Some(text.as_str()) } else { None })
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).next()
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.values(name).find_map(|got| if let Got::Flag(flag) = got { Some(*flag) } else { None })
    }

    pub(super) fn whole(&self, name: &str) -> Option<u32> {
        self.values(name).find_map(|got| if let Got::Whole(number) = got { Some(*number) } else { None })
    }

    pub(super) fn day(&self, name: &str) -> Option<ServiceDate> {
        self.values(name).find_map(|got| if let Got::Day(day) = got { Some(*day) } else { None })
    }

    pub(super) fn codings(&self, name: &str) -> Option<&[Coding]> {
        self.values(name).find_map(|got| if let Got::Codings(list) = got { Some(list.as_slice()) } else { None })
    }
}

fn find<'k>(name: &str, known: &'k [Parameter]) -> Result<&'k Parameter, Outcome> {
    known.iter().find(|parameter| parameter.name == name).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|parameter| parameter.name).collect();
        Outcome::not_supported(format!("there is no parameter {}; expected one of {}", cut(name), names.join(", ")))
    })
}

fn refused(name: &str, why: &str) -> Outcome {
    Outcome::not_supported(format!("parameter {name} is not supported: {why}"))
}

fn expected_of(parameter: Parameter) -> Outcome {
    let what = match parameter.kind {
        Kind::Flag => "true or false",
        Kind::Whole => "a whole number from 0 on",
        Kind::Day => "a day as YYYY-MM-DD, or a moment with its time zone",
        Kind::Coding => "a Coding",
        Kind::Concept => "a CodeableConcept",
        _ => "a text",
    };
    Outcome::value(format!("parameter {}: expected {what}", parameter.name))
}

/// A value that is written as a text.
fn primitive(parameter: Parameter, text: &str) -> Result<Got, Outcome> {
    let name = parameter.name;
    if text.len() > LONGEST {
        return Err(Outcome::new("too-long", format!("parameter {name}: expected at most {LONGEST} bytes")));
    }
    let got = match parameter.kind {
        Kind::Flag => text.parse().ok().map(Got::Flag),
        Kind::Whole => text.parse().ok().map(Got::Whole),
        Kind::Day => day::of_date_time(text).map(Got::Day),
        Kind::Text => Some(Got::Text(text.to_owned())),
        // A code and a URI have no space around them and are not empty.
        Kind::Code | Kind::Uri if text.trim() == text && !text.is_empty() => Some(Got::Text(text.to_owned())),
        Kind::Code | Kind::Uri => {
            let expected = if text.is_empty() { "a value, got nothing" } else { "no space around it" };
            return Err(Outcome::value(format!("parameter {name}: expected {expected}")));
        }
        Kind::Coding | Kind::Concept | Kind::Refused(_) => None,
    };
    let Some(got) = got else { return Err(expected_of(parameter)) };
    if let Got::Day(day) = got {
        day::asked(day).map_err(|error: DayOutOfRange| Outcome::value(format!("parameter {name}: {error}")))?;
    }
    Ok(got)
}

fn codings(value: &Value) -> Result<Vec<Coding>, Outcome> {
    match value.get("coding") {
        Some(Value::Array(list)) if list.len() <= MOST && !list.is_empty() => list.iter().map(coding).collect(),
        _ => Err(Outcome::required("expected a CodeableConcept with at least one coding")),
    }
}

fn coding(value: &Value) -> Result<Coding, Outcome> {
    let object = value.as_object().ok_or_else(|| Outcome::structure("expected a Coding"))?;
    let mut coding = Coding::default();
    for (key, value) in object {
        let place = match key.as_str() {
            "system" => &mut coding.system,
            "version" => &mut coding.version,
            "code" => &mut coding.code,
            "display" => &mut coding.display,
            "userSelected" | "id" | "extension" => continue,
            other => return Err(Outcome::structure(format!("a Coding has no {}", cut(other)))),
        };
        match value {
            Value::String(text) if text.len() <= LONGEST => *place = Some(text.clone()),
            Value::String(_) => {
                return Err(Outcome::new("too-long", format!("{key}: expected at most {LONGEST} bytes")));
            }
            _ => return Err(Outcome::structure(format!("{key} of a Coding: expected a text"))),
        }
    }
    Ok(coding)
}
