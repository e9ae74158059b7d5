//! `ConceptMap/$translate`: the codes of other systems that belong to a code.

use serde_json::Value;

use crate::{date::ServiceDate, lookup::System};

use super::{
    Terminology,
    concept::{Asked, asked, day_of, parameter, parameters, parts, place, said, versions},
    maps::targets,
    outcome::{Outcome, cut},
    parameters::{Input, Kind, Parameter, many, one},
    systems::Place,
};

const OWN: Kind = Kind::Refused("only the maps between the systems that are known; name systems instead");

pub(super) const PARAMETERS: &[Parameter] = &[
    one("url", Kind::Uri),
    one("conceptMapVersion", Kind::Text),
    one("code", Kind::Code),
    one("system", Kind::Uri),
    one("version", Kind::Text),
    one("source", Kind::Uri),
    one("coding", Kind::Coding),
    one("codeableConcept", Kind::Concept),
    one("target", Kind::Uri),
    one("targetsystem", Kind::Uri),
    one("reverse", Kind::Flag),
    // No parameter of R4; the maps change by the day as the tables do.
    one("date", Kind::Day),
    one("conceptMap", OWN),
    many("dependency", Kind::Refused("no map depends on other elements")),
];

/// The URL of the map from one system to another.
fn map_url(from: System, to: System) -> String {
    format!("{MAPS}{}-to-{}", from.name(), to.name())
}

const MAPS: &str = "urn:x-santei:ConceptMap:";

/// The systems of a map by its URL.
fn map_of(url: &str) -> Result<(System, System), Outcome> {
    let unknown = || Outcome::not_found(format!("no map has the URL {}; expected {MAPS}SYSTEM-to-SYSTEM", cut(url)));
    let (from, to) = url.strip_prefix(MAPS).and_then(|name| name.split_once("-to-")).ok_or_else(unknown)?;
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) if targets(from).any(|known| known == to) => Ok((from, to)),
        _ => Err(unknown()),
    }
}

pub(super) fn translate(terms: &Terminology, question: &Value) -> Result<Value, Outcome> {
    let input = Input::read(question, PARAMETERS)?;
    let named = input.codings("coding").or(input.codings("codeableConcept")).unwrap_or_default();
    let texts = ["version", "conceptMapVersion"].into_iter().filter_map(|name| input.text(name));
    let on = day_of(&input, texts.chain(versions(named)))?;
    let asked = sources(&input)?;
    let reverse = input.flag("reverse") == Some(true);
    let (from, to) = ends(&input, reverse)?;
    let mut matches = Vec::new();
    let mut messages: Vec<String> = Vec::new();
    for Asked { place, code, .. } in &asked {
        if from.is_some_and(|from| from != place.system) {
            messages.push(format!("{} is not the system that is translated from", place.uri));
            continue;
        }
        let answer = terms.known(*place, code, on)?;
        if !answer.valid {
            messages.push(said(&answer));
            continue;
        }
        let code = terms.concept(*place, &answer, on).code;
        let systems: Vec<System> =
            targets(place.system).filter(|system| to.is_none_or(|to| to.system == *system)).collect();
        if systems.is_empty() {
            messages.push(format!(
                "no map leads from {}{}",
                place.uri,
                to.map_or_else(String::new, |to| format!(" to {}", to.uri))
            ));
        }
        for system in systems {
            matches.extend(found(terms, place.system, &code, system, to, reverse, on));
        }
    }
    let result = !matches.is_empty();
    let mut out = vec![parameter("result", "valueBoolean", result)];
    if !result {
        let message =
            if messages.is_empty() { "no code belongs to it on that day".to_owned() } else { messages.join("; ") };
        out.push(parameter("message", "valueString", message));
    }
    out.extend(matches);
    Ok(parameters(out))
}

/// The matches in one system.
fn found(
    terms: &Terminology,
    from: System,
    code: &str,
    system: System,
    to: Option<Place>,
    reverse: bool,
    on: Option<ServiceDate>,
) -> Vec<Value> {
    let translated: Vec<(String, &str)> = if reverse {
        // The codes that are mapped to this one; the equivalence is that of the map, from them to it.
        let codes = terms.translated(from, code, system, on).into_iter().map(|(code, _)| code);
        let back = codes.filter_map(|other| {
            let maps = terms.translated(system, &other, from, on);
            maps.into_iter().find(|(target, _)| target == code).map(|(_, equivalence)| (other, equivalence.name()))
        });
        back.collect()
    } else {
        terms.translated(from, code, system, on).into_iter().map(|(code, how)| (code, how.name())).collect()
    };
    let url = if reverse { map_url(system, from) } else { map_url(from, system) };
    let one = |(code, equivalence): (String, &str)| {
        let mut concept = terms.other(system, &code, on)?;
        concept.place = to.unwrap_or(concept.place);
        let coding = serde_json::json!({ "name": "concept", "valueCoding": concept.coding(on) });
        let how = parameter("equivalence", "valueCode", equivalence);
        Some(parts("match", vec![how, coding, parameter("source", "valueUri", url.as_str())]))
    };
    translated.into_iter().filter_map(one).collect()
}

/// The codes that are translated.
fn sources(input: &Input) -> Result<Vec<Asked>, Outcome> {
    let codings = (input.codings("coding"), input.codings("codeableConcept"));
    match (input.text("code"), codings) {
        (Some(code), (None, None)) => {
            let system = input.text("system").ok_or_else(|| Outcome::required("expected the system of the code"))?;
            Ok(vec![Asked { place: place(system)?, code: code.to_owned(), display: None }])
        }
        (None, (Some([only]), None)) => Ok(vec![asked(only)?]),
        (None, (None, Some(list))) => {
            // Of a concept, what can be read is translated; codings of systems that nobody knows are not.
            let known: Vec<Asked> = list.iter().filter_map(|coding| asked(coding).ok()).collect();
            if known.is_empty() {
                Err(Outcome::not_found("no coding of the concept is of a known code system"))
            } else {
                Ok(known)
            }
        }
        _ => Err(Outcome::required("expected one of code with its system, coding and codeableConcept")),
    }
}

/// The systems that are translated from and to, where the question names them. `reverse` changes their parts.
fn ends(input: &Input, reverse: bool) -> Result<(Option<System>, Option<Place>), Outcome> {
    let value_set = |name: &str| {
        let place = |url: &str| {
            Place::by_value_set(url)
                .ok_or_else(|| Outcome::not_found(format!("{name}: no value set has the URL {}", cut(url))))
        };
        input.text(name).map(place).transpose()
    };
    let (mut from, mut to) = (value_set("source")?, value_set("target")?);
    if reverse {
        core::mem::swap(&mut from, &mut to);
    }
    let mut from = from.map(|place| place.system);
    if let Some(uri) = input.text("targetsystem") {
        to = Some(agreeing(to, place(uri)?)?);
    }
    if let Some(url) = input.text("url") {
        let (mut source, mut target) = map_of(url)?;
        if reverse {
            core::mem::swap(&mut source, &mut target);
        }
        if from.is_some_and(|from| from != source) {
            return Err(Outcome::new("conflict", "the source is not that of the map"));
        }
        from = Some(source);
        let target = Place::first(target).ok_or_else(|| Outcome::not_found("the map has no target"))?;
        to = Some(match to {
            Some(to) => agreeing(Some(target), to)?,
            None => target,
        });
    }
    Ok((from, to))
}

fn agreeing(known: Option<Place>, named: Place) -> Result<Place, Outcome> {
    match known {
        Some(known) if known.system != named.system => {
            Err(Outcome::new("conflict", "the targets are of different systems"))
        }
        _ => Ok(named),
    }
}
