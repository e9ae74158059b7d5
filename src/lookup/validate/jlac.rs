//! JLAC10 codes that no table lists as a whole: their parts stand in the tables of the elements.

use crate::master::{JlacCode, Masters};

/// The elements of a code: their table, their place, and the number that stands for none.
const ELEMENTS: [(&str, core::ops::Range<usize>, &str); 4] =
    [("analyte", 0..5, ""), ("identification", 5..9, "0000"), ("material", 9..12, "000"), ("method", 12..15, "000")];

/// What a code is composed of.
pub(super) enum Composed {
    /// The names of its elements, one after another.
    Name(String),
    /// The element that no table has, and its code.
    Missing(&'static str, String),
}

/// The elements of a well-formed code; nothing when the tables of elements are not loaded.
pub(super) fn composed(masters: &Masters, code: &str) -> Option<Composed> {
    let mut names: Vec<&str> = Vec::new();
    for (element, place, none) in ELEMENTS {
        let part = code.get(place)?;
        let key = format!("{element}.{part}");
        let name = masters.versions::<JlacCode>(key.as_str()).last().map(JlacCode::name);
        match name {
            Some(name) => names.extend((part != none).then_some(name)),
            None if part == none => {}
            None if !is_loaded(masters) => return None,
            None => return Some(Composed::Missing(element, part.to_owned())),
        }
    }
    Some(Composed::Name(names.join(" ")))
}

/// Whether the tables of elements are loaded: urine is a material in all of them.
fn is_loaded(masters: &Masters) -> bool {
    masters.versions::<JlacCode>("material.001").next().is_some()
}
