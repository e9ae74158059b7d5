//! Reading an input from JSON: within its limit, and every fault with its path.

use serde::de::DeserializeOwned;

use super::refusal::{InputError, InputErrorKind, Refusal};

/// Longest JSON text of an input, in bytes.
pub const MAX_INPUT: usize = 16 * 1024 * 1024;

/// Reads an input of any sort.
pub(crate) fn read<T: DeserializeOwned>(text: &str, help: &str) -> Result<T, Refusal> {
    if text.len() > MAX_INPUT {
        return Err(too_long(text.len()));
    }
    // A byte order mark is no JSON, but editors on Windows write one.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Keeping the path of every value costs as much as reading it: only a fault needs one, and is read for again.
    if let Ok(encounter) = serde_json::from_str(text) {
        return Ok(encounter);
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let schema = |path: String, message: String| {
        // A key that was cut off has no name.
        let path = path.trim_end_matches('?').trim_end_matches('.').to_owned();
        Refusal::one(InputError::new(path, InputErrorKind::Schema, message).help(help))
    };
    let input = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| schema(error.path().to_string(), error.inner().to_string()))?;
    deserializer.end().map_err(|error| schema(String::new(), error.to_string()))?;
    Ok(input)
}

/// The refusal of an input of so many bytes, more than [`MAX_INPUT`]; for whoever stops reading there.
#[must_use]
pub fn too_long(got: usize) -> Refusal {
    let error = InputError::new("", InputErrorKind::TooMuch, "the input is longer than the engine reads");
    Refusal::one(error.expected(format!("at most {MAX_INPUT} bytes"), format!("{got} bytes")))
}
