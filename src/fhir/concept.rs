//! A concept: what a code stands for on a day.

use serde_json::{Value, json};

use crate::{
    date::ServiceDate,
    lookup::{Status, System, Validation, validate::entries::Entry},
};

use super::{
    Terminology,
    day::version,
    outcome::{Outcome, cut},
    parameters::{Coding, Input},
    systems::Place,
};

/// A code of a system on a day, in force.
pub(super) struct Concept<'t> {
    pub(super) place: Place,
    /// As the tables write it.
    pub(super) code: String,
    pub(super) display: String,
    pub(super) entries: Vec<&'t Entry>,
}

/// A code as it was asked for.
pub(super) struct Asked {
    pub(super) place: Place,
    pub(super) code: String,
    pub(super) display: Option<String>,
}

impl Terminology {
    /// What is known of a code; an outcome when no table of the system is loaded.
    pub(super) fn known(&self, place: Place, code: &str, on: Option<ServiceDate>) -> Result<Validation, Outcome> {
        let answer =
            self.validator.validate(code, Some(place.system), on).map_err(|error| Outcome::value(error.to_string()))?;
        if answer.status == Status::Unlisted {
            let message = format!("{} has no content: {}", place.uri, answer.message);
            return Err(Outcome::not_found(message));
        }
        Ok(answer)
    }

    /// The concept of a code that is known to be valid.
    pub(super) fn concept(&self, place: Place, answer: &Validation, on: Option<ServiceDate>) -> Concept<'_> {
        let code = answer.canonical.clone().unwrap_or_else(|| answer.code.clone());
        let entries = self.directory().at(place.system, &code, on);
        let display = answer.name.clone().unwrap_or_else(|| place.written(&code));
        Concept { place, code, display, entries }
    }

    /// The concept of a code of another system that a row leads to; none when it is not in force.
    pub(super) fn other(&self, system: System, code: &str, on: Option<ServiceDate>) -> Option<Concept<'_>> {
        let place = Place::first(system)?;
        let entries = self.directory().at(system, code, on);
        let listed = self.directory().list(system).loaded;
        if entries.is_empty() && (listed || !system.is_well_formed(code)) {
            return None;
        }
        let display = self.directory().name_of(system, code, on).unwrap_or_else(|| place.written(code));
        Some(Concept { place, code: code.to_owned(), display, entries })
    }
}

impl Concept<'_> {
    pub(super) fn coding(&self, on: Option<ServiceDate>) -> Value {
        let mut coding = json!({
            "system": self.place.uri,
            "code": self.place.written(&self.code),
            "display": self.display,
        });
        if let (Some(day), Some(coding)) = (on, coding.as_object_mut()) {
            coding.insert("version".to_owned(), version(day).into());
        }
        coding
    }
}

/// What is said of a code that is not valid: why, and what may be meant.
pub(super) fn said(answer: &Validation) -> String {
    let mut text = format!("{}: {}", answer.code, answer.message);
    for (place, other) in answer.instead.iter().take(5).enumerate() {
        let name = other.name.as_deref().unwrap_or_default();
        let system = if answer.system == Some(other.system) { String::new() } else { format!("{} ", other.system) };
        text += if place == 0 { "; instead: " } else { ", " };
        text += format!("{system}{} {name}", other.code).trim_end();
    }
    text
}

/// The system of a URI.
pub(super) fn place(uri: &str) -> Result<Place, Outcome> {
    Place::by_uri(uri).ok_or_else(|| Outcome::not_found(format!("no code system has the URI {}", cut(uri))))
}

/// A coding with a system and a code.
pub(super) fn asked(coding: &Coding) -> Result<Asked, Outcome> {
    let (Some(system), Some(code)) = (&coding.system, &coding.code) else {
        return Err(Outcome::required("a Coding: expected a system and a code"));
    };
    Ok(Asked { place: place(system)?, code: code.clone(), display: coding.display.clone() })
}

/// The day of a question: its date, or the day that a version names. Both must name the same.
pub(super) fn day_of<'v>(
    input: &Input,
    versions: impl Iterator<Item = &'v str>,
) -> Result<Option<ServiceDate>, Outcome> {
    let mut day = input.day("date");
    for text in versions {
        let named = super::day::of_version(text).ok_or_else(|| {
            let message = "a version is the day on which the tables are in force, as YYYYMMDD";
            Outcome::not_found(format!("no version {}: {message}", cut(text)))
        })?;
        let named = super::day::asked(named).map_err(|error| Outcome::value(format!("version: {error}")))?;
        if day.is_some_and(|day| day != named) {
            return Err(Outcome::new("conflict", format!("version {} and the date name different days", cut(text))));
        }
        day = Some(named);
    }
    Ok(day)
}

/// Names are Japanese; no other language is answered.
pub(super) fn language(input: &Input) -> Result<(), Outcome> {
    match input.text("displayLanguage") {
        Some(language) if language != "ja" && !language.starts_with("ja-") => {
            let message = format!("displayLanguage {}: names are in Japanese (ja) only", cut(language));
            Err(Outcome::not_supported(message))
        }
        _ => Ok(()),
    }
}

/// The versions of codings.
pub(super) fn versions(codings: &[Coding]) -> impl Iterator<Item = &str> {
    codings.iter().filter_map(|coding| coding.version.as_deref())
}

/// A resource `Parameters`.
pub(super) fn parameters(list: Vec<Value>) -> Value {
    json!({ "resourceType": "Parameters", "parameter": list })
}

/// A parameter with one value.
pub(super) fn parameter(name: &str, key: &str, value: impl Into<Value>) -> Value {
    json!({ "name": name, key: value.into() })
}

/// A parameter made of others.
pub(super) fn parts(name: &str, list: Vec<Value>) -> Value {
    json!({ "name": name, "part": list })
}
