//! `CodeSystem/$validate-code` and `ValueSet/$validate-code`: is it a code of this system, of this value set.

use serde_json::Value;

use crate::{
    date::ServiceDate,
    lookup::{Status, fold},
};

use super::{
    Terminology,
    concept::{Asked, asked, day_of, language, parameter, parameters, place, said, versions},
    lookup::designations,
    outcome::{Outcome, cut},
    parameters::{Coding, Input, Kind, Parameter, one},
    systems::Place,
};

const INLINE: Kind =
    Kind::Refused("only the code systems and value sets that are known by their URL; name one with url");

pub(super) const PARAMETERS: &[Parameter] = &[
    one("url", Kind::Uri),
    one("code", Kind::Code),
    one("system", Kind::Uri),
    one("systemVersion", Kind::Text),
    one("version", Kind::Text),
    one("valueSetVersion", Kind::Text),
    one("display", Kind::Text),
    one("coding", Kind::Coding),
    one("codeableConcept", Kind::Concept),
    one("date", Kind::Day),
    // No concept of these systems is abstract: chapters and blocks of ICD-10 are no codes here.
    one("abstract", Kind::Flag),
    one("displayLanguage", Kind::Code),
    one("codeSystem", INLINE),
    one("valueSet", INLINE),
    one("context", INLINE),
];

/// Why a coding is not of the system or value set, and the right display.
struct Verdict {
    result: bool,
    message: Option<String>,
    display: Option<String>,
}

pub(super) fn validate_code(terms: &Terminology, question: &Value) -> Result<Value, Outcome> {
    let input = Input::read(question, PARAMETERS)?;
    language(&input)?;
    let named = input.codings("coding").or(input.codings("codeableConcept")).unwrap_or_default();
    let texts = ["version", "systemVersion", "valueSetVersion"].into_iter().filter_map(|name| input.text(name));
    // A version of the code system or value set may follow its URL.
    let (url, canonical) = match input
        .text("url")
        .map(|url| url.split_once('|').map_or((url, None), |(url, version)| (url, Some(version))))
    {
        Some((url, version)) => (Some(url), version),
        None => (None, None),
    };
    let on = day_of(&input, texts.chain(canonical).chain(versions(named)))?;
    let scope = url.map(scope).transpose()?;
    let codings = codings(&input, scope, named)?;
    if let [only] = codings.as_slice() {
        // One system that nobody knows is a wrong question; among others it is a coding that is not right.
        only.system.as_deref().map(place).transpose()?;
    }
    let mut verdicts = Vec::new();
    for coding in &codings {
        verdicts.push(verdict(terms, scope, coding, on)?);
    }
    let best = verdicts.iter().position(|verdict| verdict.result).unwrap_or(0);
    let Some(verdict) = verdicts.into_iter().nth(best) else {
        return Err(Outcome::required("expected a code, a coding or a codeableConcept"));
    };
    let mut out = vec![parameter("result", "valueBoolean", verdict.result)];
    out.extend(verdict.message.map(|message| parameter("message", "valueString", message)));
    out.extend(verdict.display.map(|display| parameter("display", "valueString", display)));
    Ok(parameters(out))
}

/// The code system or the value set of a URL: all its codes are of one system.
fn scope(url: &str) -> Result<Place, Outcome> {
    Place::by_uri(url)
        .or_else(|| Place::by_value_set(url))
        .ok_or_else(|| Outcome::not_found(format!("no code system and no value set has the URL {}", cut(url))))
}

/// The codings that are asked about, each of which may be right.
fn codings(input: &Input, scope: Option<Place>, named: &[Coding]) -> Result<Vec<Coding>, Outcome> {
    let given =
        [input.text("code").is_some(), input.codings("coding").is_some(), input.codings("codeableConcept").is_some()];
    if given.into_iter().filter(|given| *given).count() != 1 {
        return Err(Outcome::required("expected one of code, coding and codeableConcept"));
    }
    let Some(code) = input.text("code") else {
        if scope.is_none() && named.iter().all(|coding| coding.system.is_none()) {
            return Err(Outcome::required("expected a url, or codings with their system"));
        }
        return Ok(named.to_vec());
    };
    let system = match (input.text("system"), scope) {
        (Some(system), _) => system.to_owned(),
        (None, Some(scope)) => scope.uri.to_owned(),
        (None, None) => return Err(Outcome::required("expected the url or the system of the code")),
    };
    Ok(vec![Coding {
        system: Some(system),
        code: Some(code.to_owned()),
        display: input.text("display").map(str::to_owned),
        version: None,
    }])
}

fn verdict(
    terms: &Terminology,
    scope: Option<Place>,
    coding: &Coding,
    on: Option<ServiceDate>,
) -> Result<Verdict, Outcome> {
    let no = |message: String| Ok(Verdict { result: false, message: Some(message), display: None });
    let Some(system) = &coding.system else { return no("a coding without a system is of no code system".to_owned()) };
    let Some(known) = Place::by_uri(system) else {
        return no(format!("no code system has the URI {}", cut(system)));
    };
    if let Some(scope) = scope.filter(|scope| scope.system != known.system) {
        return no(format!("{} is not of {}: expected codes of {}", cut(system), scope.system.title(), scope.uri));
    }
    let Asked { place, code, display } = asked(coding)?;
    let answer = terms.known(place, &code, on)?;
    if !answer.valid {
        return no(said(&answer));
    }
    let concept = terms.concept(place, &answer, on);
    let right = display.as_ref().is_none_or(|display| {
        let folded = fold(display);
        fold(&concept.display) == folded || designations(terms, &concept).iter().any(|(_, name)| fold(name) == folded)
    });
    let message = match (right, answer.status) {
        (false, _) => Some(format!("the display is wrong: expected {}", concept.display)),
        (true, Status::Valid) if on.is_none() && concept.entries.iter().all(|entry| entry.period.until.is_some()) => {
            Some(format!(
                "it is known {}",
                answer.periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            ))
        }
        _ => None,
    };
    Ok(Verdict { result: right, message, display: Some(concept.display) })
}
