//! Reading an input from JSON: within its limit, and every fault with its path.

use serde::de::DeserializeOwned;

use super::refusal::{InputError, InputErrorKind, Refusal};
use crate::json::{FromPull, Pull, place};

/// Longest JSON text of an input, in bytes.
pub const MAX_INPUT: usize = 16 * 1024 * 1024;

/// Reads an input that comes by the thousand: in one pass where its JSON is plain, else as any other.
pub(crate) fn read_plain<T: DeserializeOwned + FromPull>(text: &str, help: &str) -> Result<T, Refusal> {
    plain(text.as_bytes()).map_or_else(|| read(text, help), Ok)
}

/// An input in plain JSON, and nothing where it is not so plain, too long, or wrong in any way.
pub(crate) fn plain<T: FromPull>(text: &[u8]) -> Option<T> {
    (text.len() <= MAX_INPUT).then(|| Pull::whole(text)).flatten()
}

/// Reads an input of any sort.
pub(crate) fn read<T: DeserializeOwned>(text: &str, help: &str) -> Result<T, Refusal> {
    if text.len() > MAX_INPUT {
        return Err(too_long(text.len()));
    }
    // A byte order mark is no JSON, but editors on Windows write one.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let schema = |error| InputError::new(place::of(text, &error), InputErrorKind::Schema, error.to_string());
    serde_json::from_str(text).map_err(|error| Refusal::one(schema(error).help(help)))
}

/// The refusal of an input of so many bytes, more than [`MAX_INPUT`]; for whoever stops reading there.
#[must_use]
pub fn too_long(got: usize) -> Refusal {
    let error = InputError::new("", InputErrorKind::TooMuch, "the input is longer than the engine reads");
    Refusal::one(error.expected(format!("at most {MAX_INPUT} bytes"), format!("{got} bytes")))
}
