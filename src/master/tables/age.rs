//! The age limits of the procedure master (上下限年齢).

use crate::date::Age;

/// A limit of age, as the masters write it in two characters (医科診療行為マスター 41, 42 and 100–111).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgeLimit {
    /// A number of completed years.
    Years(u8),
    /// `AA`: the 28th day after birth.
    Days28,
    /// `AE`: the 90th day after birth.
    Days90,
    /// `B3`, `B6`, `BF`, `BK`: the first of the month after the day on which 3, 6, 15 or 20 years are reached.
    MonthAfter(u8),
    /// `MG`: the end of the time before school.
    School,
}

/// A text that is no age limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected two digits, AA, AE, B3, B6, BF, BK or MG")]
pub struct NotAnAgeLimit;

impl AgeLimit {
    /// Reads the two characters; `00` and nothing are no limit.
    ///
    /// # Errors
    /// [`NotAnAgeLimit`] for anything else.
    pub fn parse(text: &str) -> Result<Option<Self>, NotAnAgeLimit> {
        Ok(Some(match text {
            "" | "0" | "00" => return Ok(None),
            "AA" => Self::Days28,
            "AE" => Self::Days90,
            "B3" => Self::MonthAfter(3),
            "B6" => Self::MonthAfter(6),
            "BF" => Self::MonthAfter(15),
            "BK" => Self::MonthAfter(20),
            "MG" => Self::School,
            years if years.len() <= 2 && years.bytes().all(|b| b.is_ascii_digit()) => {
                Self::Years(years.parse().map_err(|_| NotAnAgeLimit)?)
            }
            _ => return Err(NotAnAgeLimit),
        }))
    }

    /// Whether the patient has reached the limit: at a lower limit the row applies from here on, at an upper limit it
    /// no longer does.
    #[must_use]
    pub fn reached(self, age: Age) -> bool {
        match self {
            Self::Years(years) => age.years() >= u32::from(years),
            Self::Days28 => age.days() >= 28,
            Self::Days90 => age.days() >= 90,
            Self::MonthAfter(years) => age.past_month_after(u32::from(years)),
            Self::School => !age.is_preschool(),
        }
    }

    /// Whether an age lies in the window from `low` up to, but not including, `high`.
    #[must_use]
    pub fn admits(low: Option<Self>, high: Option<Self>, age: Age) -> bool {
        low.is_none_or(|low| low.reached(age)) && high.is_none_or(|high| !high.reached(age))
    }

    pub(crate) fn stored(self) -> u64 {
        match self {
            Self::Years(years) => u64::from(years),
            Self::Days28 => 201,
            Self::Days90 => 202,
            Self::School => 203,
            Self::MonthAfter(years) => 220 + u64::from(years),
        }
    }

    pub(crate) fn from_stored(stored: u64) -> Option<Self> {
        match stored {
            1..=99 => u8::try_from(stored).ok().map(Self::Years),
            201 => Some(Self::Days28),
            202 => Some(Self::Days90),
            203 => Some(Self::School),
            221..=255 => u8::try_from(stored - 220).ok().map(Self::MonthAfter),
            _ => None,
        }
    }
}

impl core::fmt::Display for AgeLimit {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Years(years) => write!(f, "{years:02}"),
            Self::Days28 => f.write_str("AA"),
            Self::Days90 => f.write_str("AE"),
            Self::School => f.write_str("MG"),
            Self::MonthAfter(15) => f.write_str("BF"),
            Self::MonthAfter(20) => f.write_str("BK"),
            Self::MonthAfter(years) => write!(f, "B{years}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_storing() {
        for text in ["06", "99", "01", "AA", "AE", "B3", "B6", "BF", "BK", "MG"] {
            let limit = AgeLimit::parse(text).unwrap().unwrap();
            assert_eq!(AgeLimit::from_stored(limit.stored()), Some(limit));
            assert_eq!(limit.to_string(), text);
        }
        assert_eq!(AgeLimit::parse("00"), Ok(None));
        for bad in ["A", "B4", "100", "-1", "６"] {
            assert_eq!(AgeLimit::parse(bad), Err(NotAnAgeLimit), "{bad}");
        }
    }

    #[test]
    fn the_28th_day() {
        let born = "2026-06-01".parse().unwrap();
        let at = |day: &str| Age::on(born, day.parse().unwrap()).unwrap();
        assert!(!AgeLimit::Days28.reached(at("2026-06-28")));
        assert!(AgeLimit::Days28.reached(at("2026-06-29")));
    }
}
