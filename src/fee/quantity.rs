//! Quantities in JSON: a number or a text, always read as a decimal and never as a float.

use core::fmt;

use rust_decimal::Decimal;
use serde::{Deserializer, Serializer, de};

struct Quantity;

impl de::Visitor<'_> for Quantity {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quantity: a number, or a text such as \"0.5\"")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(Decimal::from(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(Decimal::from(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        // The shortest text that reads back as the same number is what stood in the JSON.
        self.visit_str(&value.to_string())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        read(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

/// A quantity that is written as a text.
pub(super) fn read(text: &str) -> Option<Decimal> {
    // Up to nine digits are the whole number that they write.
    if (1..10).contains(&text.len())
        && let Some(number) = text
            .bytes()
            .try_fold(0u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
    {
        return Some(Decimal::from(number));
    }
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    // Exactly: a text with more digits than a decimal holds must not be rounded in silence.
    let value = if plain { Decimal::from_str_exact(text).ok() } else { None };
    value.map(|value| value.normalize())
}

pub(super) fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    deserializer.deserialize_any(Quantity)
}

/// The same for a quantity that may be left out.
pub(super) mod optional {
    use super::{Decimal, Deserializer, Serializer};

    pub(in crate::fee) fn serialize<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.collect_str(value),
            None => serializer.serialize_none(),
        }
    }

    pub(in crate::fee) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        super::deserialize(deserializer).map(Some)
    }
}
