//! Is this a code? Whether a text is well formed in a code system, its check digit is right, the tables have it, and it is in
//! force on a day; and if not, why, and what to write instead.
//!
//! ```
//! use santei::{lookup::{Status, System, Validator}, master::Masters};
//! let validator = Validator::new(&Masters::standard()?);
//! let day = Some("2026-06-01".parse()?);
//! let answer = validator.validate("111000110", Some(System::Procedure), day)?;
//! assert!(answer.valid);
//! assert_eq!(answer.name.as_deref(), Some("初診料"));
//! // A digit too far: what one slip of the hand away is in force.
//! let answer = validator.validate("111000111", Some(System::Procedure), day)?;
//! assert_eq!(answer.status, Status::Unknown);
//! assert!(answer.instead.iter().any(|other| other.code == "111000110"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
pub(crate) mod entries;
mod instead;
mod jlac;
mod near;
mod numbers;
pub(crate) mod system;
#[cfg(test)]
pub(crate) mod tests;

pub use answer::{CheckDigit, Days, Instead, Reading, Status, Validation, Why};
pub use system::{System, UnknownSystem};

use crate::{
    date::ServiceDate,
    master::{Masters, merged},
};

use entries::{Directory, newest};

use super::fold;

/// No code is longer; what is longer is not looked at.
const LONGEST: usize = 64;

/// The orders of systems for which more speaks than the form of a code: that a table has it, or its check digit.
const LIKELY: u8 = 2;

/// A day outside the years for which there are masters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a day from 1985-01-01 to 2100-12-31, got {got}")]
pub struct DayOutOfRange {
    /// The day.
    pub got: ServiceDate,
}

/// A day that masters can be asked for.
pub(crate) fn askable(day: ServiceDate) -> Result<ServiceDate, DayOutOfRange> {
    if (1985..=2100).contains(&day.year()) { Ok(day) } else { Err(DayOutOfRange { got: day }) }
}

/// Validates codes of every system. What it needs of a system is made on its first code and kept.
#[derive(Debug)]
pub struct Validator {
    directory: Directory,
}

impl Validator {
    /// A validator for these masters as they are now.
    #[must_use]
    pub fn new(masters: &Masters) -> Self {
        Self { directory: Directory::new(masters) }
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Whether a text is a code of a system on a day. Without a system, of which systems it may be a code: the answer is about the
    /// likeliest, and names the others. Without a day, whether it ever was one.
    ///
    /// # Errors
    /// [`DayOutOfRange`] for a day before 1985 or after 2100.
    pub fn validate(
        &self,
        code: &str,
        system: Option<System>,
        on: Option<ServiceDate>,
    ) -> Result<Validation, DayOutOfRange> {
        let on = on.map(askable).transpose()?;
        Ok(match system {
            Some(system) => {
                let mut answer = self.checked(system, code, on);
                if !answer.valid {
                    let mut readings = self.readings(code, on);
                    readings.retain(|(order, reading, _)| reading.system != system.name() && *order <= LIKELY);
                    answer.systems = readings.into_iter().map(|(_, reading, _)| reading).collect();
                    // A check digit that is right by chance says little against a table.
                    let listed = answer.exists == Some(true);
                    let others = answer
                        .systems
                        .iter()
                        .filter(|reading| reading.status == Status::Valid && (reading.exists == Some(true) || !listed));
                    answer.instead.extend(others.map(|reading| Instead {
                        system: reading.system,
                        code: answer.code.clone(),
                        name: reading.name.clone(),
                        why: Why::OtherSystem,
                    }));
                }
                answer
            }
            None => self.of_any(code, on),
        })
    }

    /// The likeliest system of a code.
    fn of_any(&self, code: &str, on: Option<ServiceDate>) -> Validation {
        let readings = self.readings(code, on);
        let Some((first, _, best)) = readings.first() else {
            let mut answer = Validation::new(None, code, on);
            answer.message =
                "it is not written as a code of any system: digits and capital letters in half width".into();
            if let Some(spelling) = spelled(code) {
                let known = self.readings(&spelling, on).into_iter().filter(|(order, ..)| *order <= LIKELY);
                answer.instead.extend(known.map(|(_, reading, _)| Instead {
                    system: reading.system,
                    code: spelling.clone(),
                    name: reading.name,
                    why: Why::Spelling,
                }));
            }
            return answer;
        };
        let mut answer = self.checked(*best, code, on);
        let likely = if *first <= LIKELY { LIKELY } else { u8::MAX };
        if !answer.valid && likely != LIKELY {
            // Nothing says of which system it is meant to be: what the others list one slip away, or with the right check digit.
            let bare = answer.instead.is_empty();
            let others = readings.iter().skip(1).flat_map(|(.., system)| self.checked(*system, code, on).instead);
            let told = others.filter(|other| other.name.is_some() || (bare && other.why == Why::CheckDigit));
            answer.instead.extend(told);
        }
        let readings = readings.into_iter().filter(|(order, ..)| *order <= likely);
        answer.systems = readings.map(|(_, reading, _)| reading).collect();
        answer
    }

    /// The systems in which a text is well formed, the likeliest first: valid ones, then those that a table once had, then
    /// those with a right check digit, then the others; among equals those of a claim. The number is that order.
    fn readings(&self, code: &str, on: Option<ServiceDate>) -> Vec<(u8, Reading, System)> {
        if code.len() > LONGEST {
            return Vec::new();
        }
        let mut readings: Vec<(u8, Reading, System)> = System::ALL
            .iter()
            .filter(|system| system.is_well_formed(code))
            .map(|system| {
                let known = self.known(*system, code, on);
                let listed = known.exists == Some(true);
                let order = match known.status {
                    Status::Valid if listed => 0,
                    Status::NotInForce => 1,
                    Status::Valid | Status::Unlisted if known.check_digit.is_some() => 2,
                    Status::Unknown => 3,
                    Status::Valid | Status::Unlisted => 4,
                    _ => 5,
                };
                let name = known.name;
                let reading = Reading {
                    system: system.name(),
                    title: system.title(),
                    status: known.status,
                    exists: known.exists,
                    name,
                };
                (order, reading, *system)
            })
            .collect();
        crate::order::by_key(&mut readings, |(order, ..)| *order);
        readings
    }

    /// A text in one system, with what to write instead.
    fn checked(&self, system: System, code: &str, on: Option<ServiceDate>) -> Validation {
        let mut answer = self.known(system, code, on);
        if answer.valid {
            if answer.ends() {
                self.put_in_place(&mut answer, system, code);
            }
            return answer;
        }
        let add = |answer: &mut Validation, codes: Vec<String>, why: Why| {
            for code in codes {
                if !answer.instead.iter().any(|known| known.code == code) {
                    let name = self.directory.name_of(system, &code, on);
                    answer.instead.push(Instead { system: system.name(), code, name, why });
                }
            }
        };
        match answer.status {
            Status::Malformed if code.len() <= LONGEST => {
                let spelling = spelled(code).filter(|text| system.is_well_formed(text));
                let near = if spelling.is_some() { Vec::new() } else { near::near(&self.directory, system, code, on) };
                add(&mut answer, spelling.into_iter().collect(), Why::Spelling);
                add(&mut answer, near, Why::Near);
            }
            Status::WrongCheckDigit | Status::Unknown => {
                let canonical = system.canonical(code);
                let near = near::near(&self.directory, system, &canonical, on);
                let mended = system.mended(&canonical).filter(|mended| near.contains(mended) && *mended != canonical);
                add(&mut answer, mended.into_iter().collect(), Why::CheckDigit);
                add(&mut answer, near, Why::Near);
            }
            Status::NotInForce => self.put_in_place(&mut answer, system, code),
            _ => {}
        }
        answer
    }

    /// What stands in the place of a code that was given up.
    fn put_in_place(&self, answer: &mut Validation, system: System, code: &str) {
        let canonical = system.canonical(code);
        let entries = self.directory.list(system).of(&canonical);
        answer.instead = instead::instead(&self.directory, system, &canonical, entries, answer.date);
    }

    /// What is known of a text in one system.
    fn known(&self, system: System, code: &str, on: Option<ServiceDate>) -> Validation {
        let mut answer = Validation::new(Some(system), code, on);
        if code.len() > LONGEST || !system.is_well_formed(code) {
            let got = if code.is_empty() { "nothing".to_owned() } else { format!("`{}`", answer.code) };
            answer.message = format!("expected {}, got {got}", system.form());
            return answer;
        }
        let canonical = system.canonical(code);
        let mended = system.mended(&canonical);
        let right = mended.as_ref().is_none_or(|mended| *mended == canonical);
        answer.check_digit = mended.map(|mended| CheckDigit { right, expected: checking(system, &mended) });
        let list = self.directory.list(system);
        // A GTIN-14 is the JAN of the same package behind a digit for its level, with a check digit of its own.
        let listed_as = match (system, canonical.len()) {
            (System::Gtin, 14) if right => canonical.get(1..).and_then(|jan| system.mended(jan)).unwrap_or_default(),
            (System::Jlac10, 15) => order_level(list, &canonical).unwrap_or_default(),
            _ => canonical.clone(),
        };
        let entries = list.of(&listed_as);
        answer.canonical = Some(canonical.clone());
        answer.exists = if !entries.is_empty() { Some(true) } else { list.loaded.then_some(false) };
        let composed = match system {
            System::Jlac10 if entries.is_empty() => jlac::composed(self.directory.masters(), &canonical),
            _ => None,
        };
        let current = newest(entries, on);
        let named: Vec<_> = if current.is_empty() { entries.iter().collect() } else { current.clone() };
        answer.name = self.directory.best_name(&named).or_else(|| self.directory.name_of(system, &listed_as, on));
        answer.certainty = named.iter().map(|entry| self.directory.certainty(entry)).max();
        answer.periods =
            merged(entries.iter().map(|entry| entry.period).collect()).into_iter().map(Days::from).collect();
        self.judge(&mut answer, system, &canonical, right, !current.is_empty());
        match composed {
            Some(jlac::Composed::Name(name)) => {
                (answer.status, answer.exists, answer.name) = (Status::Valid, Some(true), Some(name));
                answer.message = "its elements stand in the tables of JLAC10".to_owned();
            }
            Some(jlac::Composed::Missing(element, part)) => {
                (answer.status, answer.exists, answer.valid) = (Status::Unknown, Some(false), false);
                answer.message = format!("the tables of JLAC10 have no {element} {part}");
            }
            None => {}
        }
        answer
    }

    fn judge(&self, answer: &mut Validation, system: System, code: &str, right: bool, current: bool) {
        let listed = answer.exists == Some(true);
        (answer.status, answer.message) = if listed && current {
            let odd = if right { "" } else { "; its check digit does not follow the rule, but the tables have it so" };
            // Without a day, a code that was given up is one still; but nobody should read that it may be charged today.
            let known = if answer.ends() {
                format!("it is known {}", told(&answer.periods))
            } else {
                "it is in force".to_owned()
            };
            (Status::Valid, known + odd)
        } else if listed && system.is_listing() && answer.begins_after() {
            let first = answer.periods.first().map_or_else(String::new, |days| days.from.to_string());
            let message =
                format!("its form is right; it is listed from {first} on, and no loaded table speaks of earlier days");
            (Status::Unlisted, message)
        } else if listed {
            let day = answer.date.map_or_else(String::new, |day| format!(" on {day}"));
            (Status::NotInForce, format!("it is not in force{day}; it is known {}", told(&answer.periods)))
        } else if !right {
            let expected = answer.check_digit.as_ref().map_or("", |digit| digit.expected.as_str());
            (Status::WrongCheckDigit, format!("its check digit is wrong: expected {expected}"))
        } else if let Some(fault) = numbers::fault(system, code) {
            (Status::Unknown, fault.to_owned())
        } else if answer.exists == Some(false) {
            (Status::Unknown, format!("no loaded table of {} has it", system.title()))
        } else {
            let missing = if system.sources().is_empty() {
                "no table lists such numbers".to_owned()
            } else {
                format!("no table of {} is loaded: give a pack of the official files", system.title())
            };
            (Status::Unlisted, format!("its form is right; {missing}"))
        };
        answer.valid = matches!(answer.status, Status::Valid | Status::Unlisted);
    }
}

/// The first code of the result level below an order level of JLAC10.
fn order_level(list: &entries::List, code: &str) -> Option<String> {
    let place = list.entries.partition_point(|entry| &*entry.code < code);
    list.entries.get(place).filter(|entry| entry.code.starts_with(code)).map(|entry| entry.code.to_string())
}

fn told(periods: &[Days]) -> String {
    periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The check digit of a code: the seventh of the codes that go on behind HOT7, the last of all others.
fn checking(system: System, code: &str) -> String {
    let digit = match system {
        System::Hot9 | System::Hot11 | System::Hot13 => code.chars().nth(6),
        _ => code.chars().next_back(),
    };
    digit.map(String::from).unwrap_or_default()
}

/// The text in half width and capitals without spaces and hyphens; none when that is what it is.
fn spelled(text: &str) -> Option<String> {
    let spelling: String = fold(text)
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != 'ー')
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    (spelling != text && !spelling.is_empty() && spelling.len() <= LONGEST).then_some(spelling)
}
