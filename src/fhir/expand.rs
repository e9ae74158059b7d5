//! `ValueSet/$expand`: the codes of a value set, those that a filter finds, page by page.

use serde_json::{Value, json};

use crate::{
    date::ServiceDate,
    lookup::{
        Rank, Search, System, fold,
        validate::entries::{Entry, newest},
    },
    master::MasterKind,
};

use super::{
    Terminology,
    concept::{Concept, day_of, language, parameter},
    day::{of_version, version},
    lookup::designations,
    outcome::{Outcome, cut},
    parameters::{Input, Kind, Parameter, many, one},
    systems::Place,
};

const OWN: Kind = Kind::Refused("only the value sets that are known by their URL; name one with url");

pub(super) const PARAMETERS: &[Parameter] = &[
    one("url", Kind::Uri),
    one("valueSetVersion", Kind::Text),
    one("filter", Kind::Text),
    one("date", Kind::Day),
    one("offset", Kind::Whole),
    one("count", Kind::Whole),
    one("includeDesignations", Kind::Flag),
    many("designation", Kind::Text),
    one("includeDefinition", Kind::Flag),
    one("activeOnly", Kind::Flag),
    // Expansions are flat, and every code of them may be chosen and is whole.
    one("excludeNested", Kind::Flag),
    one("excludeNotForUI", Kind::Flag),
    one("excludePostCoordinated", Kind::Flag),
    one("displayLanguage", Kind::Code),
    many("exclude-system", Kind::Uri),
    many("system-version", Kind::Uri),
    many("check-system-version", Kind::Uri),
    many("force-system-version", Kind::Uri),
    one("valueSet", OWN),
    one("context", OWN),
    one("contextDirection", OWN),
];

/// The parameters that an expansion repeats.
const TEXTS: &[(&str, &str)] = &[("filter", "valueString"), ("displayLanguage", "valueCode")];
const FLAGS: &[&str] = &["activeOnly", "includeDesignations"];
const NUMBERS: &[&str] = &["offset", "count"];

pub(super) fn expand(terms: &Terminology, question: &Value) -> Result<Value, Outcome> {
    let input = Input::read(question, PARAMETERS)?;
    language(&input)?;
    let url = input.text("url").ok_or_else(|| Outcome::required("expected the url of a value set"))?;
    let (name, canonical) = url.split_once('|').map_or((url, None), |(name, version)| (name, Some(version)));
    let place = Place::by_value_set(name).ok_or_else(|| unknown(name))?;
    let on = day(&input, place, canonical)?;
    let list = terms.directory().list(place.system);
    if list.entries.is_empty() {
        let message = format!("{name} has no content: no table of {} is loaded", place.system.title());
        return Err(Outcome::not_found(message));
    }
    let designated = designated(&input)?;
    let active = input.flag("activeOnly") == Some(true);
    let excluded = input
        .texts("exclude-system")
        .any(|uri| Place::by_uri(uri).is_some_and(|place_of| place_of.system == place.system));
    let rows = match input.text("filter").filter(|filter| !filter.trim().is_empty()) {
        _ if excluded => Vec::new(),
        Some(filter) => terms.filtered(place.system, filter, on),
        None => list.groups().map(|group| newest(group, on)).filter(|rows| !rows.is_empty()).collect(),
    };
    // Without a day, a code whose newest period has ended is no longer active.
    let ended = |rows: &[&Entry]| on.is_none() && rows.iter().all(|entry| entry.period.until.is_some());
    let rows: Vec<Vec<&Entry>> = rows.into_iter().filter(|rows| !(active && ended(rows))).collect();
    let total = rows.len();
    let whole = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let page = rows
        .into_iter()
        .skip(input.whole("offset").map_or(0, whole))
        .take(input.whole("count").map_or(usize::MAX, whole));
    let contains: Vec<Value> = page
        .map(|rows| {
            let inactive = ended(&rows);
            contained(terms, place, rows, on, inactive, designated)
        })
        .collect();
    // There is no clock: an expansion is of the day asked for, or of the newest day of which its rows speak.
    let stamp = on.or_else(|| list.entries.iter().map(|entry| entry.period.from).max()).unwrap_or(ServiceDate::LAST);
    let mut expansion = json!({ "timestamp": stamp.to_string(), "total": total });
    if let Some(expansion) = expansion.as_object_mut() {
        if let Some(offset) = input.whole("offset") {
            expansion.insert("offset".to_owned(), offset.into());
        }
        let told = told(&input, place, on);
        if !told.is_empty() {
            expansion.insert("parameter".to_owned(), told.into());
        }
        // FHIR has no empty lists.
        if !contains.is_empty() {
            expansion.insert("contains".to_owned(), contains.into());
        }
    }
    let mut set = json!({ "resourceType": "ValueSet", "status": "active", "url": name, "title": place.system.title(), "expansion": expansion });
    if let (Some(true), Some(set)) = (input.flag("includeDefinition"), set.as_object_mut()) {
        set.insert("compose".to_owned(), json!({ "include": [{ "system": place.uri }] }));
    }
    Ok(set)
}

fn unknown(url: &str) -> Outcome {
    let message = format!("no value set has the URL {}; every code system has one: its URI and ?fhir_vs", cut(url));
    Outcome::not_found(message)
}

/// The day of an expansion: the date, or what a version of the value set or of its system names.
fn day(input: &Input, place: Place, canonical: Option<&str>) -> Result<Option<ServiceDate>, Outcome> {
    let own = |name| {
        input.texts(name).filter_map(move |pinned| {
            let (uri, version) = pinned.split_once('|').unwrap_or((pinned, ""));
            Place::by_uri(uri).filter(|named| named.system == place.system).map(|_| version)
        })
    };
    let day = day_of(input, input.text("valueSetVersion").into_iter().chain(canonical))?;
    let named = |text: &str| {
        let wrong =
            || Outcome::not_found(format!("no version {}: expected the system's URI, | and YYYYMMDD", cut(text)));
        let day = of_version(text).ok_or_else(wrong)?;
        super::day::asked(day).map_err(|error| Outcome::value(error.to_string()))
    };
    let forced = own("force-system-version").next().map(named).transpose()?;
    let usual = own("system-version").next().map(named).transpose()?;
    let day = forced.or(day).or(usual);
    for version in own("check-system-version") {
        let expected = named(version)?;
        if day.is_some_and(|day| day != expected) {
            return Err(Outcome::new("conflict", format!("the version is not {}", cut(version))));
        }
    }
    match own("check-system-version").next() {
        Some(version) if day.is_none() => named(version).map(Some),
        _ => Ok(day),
    }
}

/// Whether designations are told: all of them are in Japanese.
fn designated(input: &Input) -> Result<bool, Outcome> {
    let mut asked = false;
    for text in input.texts("designation") {
        let language = text.strip_prefix("urn:ietf:bcp:47|").unwrap_or(text);
        if language != "ja" && !language.starts_with("ja-") {
            let message = format!("designation {}: there are designations in Japanese (ja, ja-Kana) only", cut(text));
            return Err(Outcome::not_supported(message));
        }
        asked = true;
    }
    Ok(input.flag("includeDesignations").unwrap_or(asked))
}

fn contained(
    terms: &Terminology,
    place: Place,
    entries: Vec<&Entry>,
    on: Option<ServiceDate>,
    inactive: bool,
    designated: bool,
) -> Value {
    let code = entries.first().map(|entry| entry.code.to_string()).unwrap_or_default();
    let name = terms.directory().best_name(&entries);
    let name = name.or_else(|| terms.directory().name_of(place.system, &code, on));
    let display = name.unwrap_or_else(|| place.written(&code));
    let concept = Concept { place, code, display, entries };
    let mut coding = concept.coding(on);
    if let Some(coding) = coding.as_object_mut() {
        if inactive {
            coding.insert("inactive".to_owned(), true.into());
        }
        let names = if designated { designations(terms, &concept) } else { Vec::new() };
        if !names.is_empty() {
            let names: Vec<Value> =
                names.into_iter().map(|(language, value)| json!({ "language": language, "value": value })).collect();
            coding.insert("designation".to_owned(), names.into());
        }
    }
    coding
}

/// The parameters that made the expansion what it is.
fn told(input: &Input, place: Place, on: Option<ServiceDate>) -> Vec<Value> {
    let mut told = Vec::new();
    told.extend(TEXTS.iter().filter_map(|(name, key)| Some(parameter(name, key, input.text(name)?))));
    told.extend(FLAGS.iter().filter_map(|name| Some(parameter(name, "valueBoolean", input.flag(name)?))));
    told.extend(NUMBERS.iter().filter_map(|name| Some(parameter(name, "valueInteger", input.whole(name)?))));
    if let Some(day) = on {
        told.push(parameter("date", "valueDateTime", day.to_string()));
        told.push(parameter("version", "valueUri", format!("{}|{}", place.uri, version(day))));
    }
    told
}

impl Terminology {
    /// The codes that a filter finds, the best first.
    fn filtered(&self, system: System, filter: &str, on: Option<ServiceDate>) -> Vec<Vec<&Entry>> {
        let kind = match system {
            System::Procedure => Some(MasterKind::Procedure),
            System::Drug => Some(MasterKind::Drug),
            System::Disease => Some(MasterKind::Disease),
            System::Modifier => Some(MasterKind::Modifier),
            System::Material => Some(MasterKind::Material),
            System::Comment => Some(MasterKind::Comment),
            System::FacilityStandard => Some(MasterKind::FacilityStandard),
            System::Ward => Some(MasterKind::Ward),
            System::Dental => Some(MasterKind::Dental),
            System::Dispensing => Some(MasterKind::Dispensing),
            System::VisitingNursing => Some(MasterKind::VisitingNursing),
            _ => None,
        };
        let Some(kind) = kind else { return self.scanned(system, filter, on) };
        let search = Search { query: filter, kind: Some(kind), on, limit: usize::MAX, ..Search::default() };
        let hits = self.finder.find(&search);
        // What is only like the filter is no answer to it, and an expansion has no place to say so.
        let hits = hits.iter().filter(|hit| hit.rank != Rank::Fuzzy);
        hits.map(|hit| self.directory().at(system, &hit.code, on)).filter(|rows| !rows.is_empty()).collect()
    }

    /// The codes of a system that begin with a filter, or whose names have every word of it: codes, then names that are the
    /// filter, begin with it or have it; among equals the shorter name.
    fn scanned(&self, system: System, filter: &str, on: Option<ServiceDate>) -> Vec<Vec<&Entry>> {
        let filter = fold(filter.trim());
        let code = filter.to_ascii_uppercase().replace('.', "");
        let words: Vec<&str> = filter.split_whitespace().collect();
        let mut found: Vec<(u8, usize, Vec<&Entry>)> = Vec::new();
        for group in self.directory().list(system).groups() {
            let rows = newest(group, on);
            let Some(first) = rows.first() else { continue };
            let name = fold(&self.directory().best_name(&rows).unwrap_or_default());
            let kana = fold(&self.directory().text(first, "kana"));
            let rank = if first.code.starts_with(&code) {
                0
            } else if name == filter {
                1
            } else if name.starts_with(&filter) || kana.starts_with(&filter) {
                2
            } else if words.iter().all(|word| name.contains(word) || kana.contains(word)) {
                3
            } else {
                continue;
            };
            found.push((rank, name.chars().count(), rows));
        }
        // Stable: among equals the lower code.
        crate::order::by_key(&mut found, |(rank, length, _)| (*rank, *length));
        found.into_iter().map(|(.., rows)| rows).collect()
    }
}
