//! Places on the spine, for the operations that are counted by them (K142).

use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A vertebra: `C1` to `C7`, `T1` to `T12`, `L1` to `L5`, `S1` to `S5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vertebra(u8);

/// A text that names no vertebra.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no vertebra: expected C1 to C7, T1 to T12, L1 to L5 or S1 to S5")]
pub struct NotAVertebra(String);

/// The regions from the head down, with how many vertebrae each has.
const REGIONS: [(char, u8); 4] = [('C', 7), ('T', 12), ('L', 5), ('S', 5)];

impl Vertebra {
    /// Whether the other one is the next below: the two have one disc between them (椎間).
    #[must_use]
    pub fn is_above(self, other: Self) -> bool {
        self.0.checked_add(1) == Some(other.0)
    }
}

impl FromStr for Vertebra {
    type Err = NotAVertebra;

    fn from_str(text: &str) -> Result<Self, NotAVertebra> {
        let mut above = 0;
        for (letter, most) in REGIONS {
            if let Some(number) = text.strip_prefix(letter)
                && let Ok(place) = number.parse::<u8>()
                && (1..=most).contains(&place)
                // No leading zero or sign: one name for one vertebra.
                && number.len() == if place < 10 { 1 } else { 2 }
            {
                return Ok(Self(above + place));
            }
            above += most;
        }
        Err(NotAVertebra(text.to_owned()))
    }
}

impl fmt::Display for Vertebra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut place = self.0;
        for (letter, most) in REGIONS {
            if place <= most {
                return write!(f, "{letter}{place}");
            }
            place -= most;
        }
        Ok(())
    }
}

impl Serialize for Vertebra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Vertebra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::parsed::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["C1", "C7", "T1", "T12", "L1", "L5", "S1", "S5"] {
            assert_eq!(name.parse::<Vertebra>().unwrap().to_string(), name);
        }
        for none in ["", "C", "C0", "C8", "T13", "T01", "T+1", "L6", "S6", "c1", "X1", "T１", "T 1"] {
            assert!(none.parse::<Vertebra>().is_err(), "{none}");
        }
        let at = |name: &str| name.parse::<Vertebra>().unwrap();
        assert!(at("C7").is_above(at("T1")) && at("T12").is_above(at("L1")) && at("L5").is_above(at("S1")));
        assert!(!at("T9").is_above(at("T11")) && !at("T9").is_above(at("T8")));
    }
}
