//! What earlier claims charged to the same patient at the same facility: bundling, exclusion and frequency look back.

use std::collections::{BTreeSet, HashMap};

use crate::{
    claim::{
        kinds::Month,
        record::{Record, RecordKind},
        text::narrow,
    },
    fee::{encounter::PastCharge, written::Written},
};

use super::Subject;

/// Most past charges that are kept: above, a history would no longer fit the memory of an ordinary machine.
const MOST: usize = 20_000_000;

/// Earlier claims, by patient.
///
/// A patient is known by insurer, symbol and number with birth and sex, a patient without insurance by the first public payer
/// and the recipient; and by chart number with birth and sex, for whom the insurance has changed.
#[derive(Debug, Clone, Default)]
pub struct History {
    claims: Vec<Past>,
    patients: HashMap<Key, Vec<usize>>,
    charges: usize,
}

/// One earlier claim.
#[derive(Debug, Clone)]
struct Past {
    month: Month,
    /// レセプト種別, which tells a claim of the same month from this one.
    kind: Vec<u8>,
    charges: Vec<PastCharge>,
}

/// A patient at a facility. The fields are one text each, parted by a character that no field has.
type Key = Vec<u8>;

impl History {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many claims it holds.
    #[must_use]
    pub fn claims(&self) -> usize {
        self.claims.len()
    }

    /// Adds a claim: its records, and the facility's prefecture and code (`IR` 3 and 5). Says whether it was kept: a claim
    /// without a month or a patient is not, and none once twenty million charges are there.
    pub fn add<'a>(&mut self, facility: &[u8], records: impl IntoIterator<Item = Record<'a>> + Clone) -> bool {
        let keys = keys(facility, records.clone());
        let Some(subject) = Subject::of(records.clone()) else { return false };
        let mut charges = Vec::new();
        for unit in &subject.units {
            for entry in &unit.entries {
                let Ok(Written::Procedure(procedure, quantity)) = &entry.what else { continue };
                for (day, count) in &unit.days {
                    let Some(date) = subject.month.day(*day) else { continue };
                    charges.push(PastCharge { date, procedure: *procedure, count: *count, quantity: *quantity });
                }
            }
        }
        if keys.is_empty() || self.charges.saturating_add(charges.len()) > MOST {
            return false;
        }
        self.charges += charges.len();
        let place = self.claims.len();
        self.claims.push(Past { month: subject.month, kind: kind(records), charges });
        for key in keys {
            self.patients.entry(key).or_default().push(place);
        }
        true
    }

    /// What was charged to the patient of a claim before it: in earlier months, and on other claims of its month.
    pub(crate) fn before<'a>(
        &self,
        facility: &[u8],
        records: impl IntoIterator<Item = Record<'a>> + Clone,
        month: Month,
    ) -> Vec<PastCharge> {
        if self.claims.is_empty() {
            return Vec::new();
        }
        let own = kind(records.clone());
        let mut places = BTreeSet::new();
        for key in keys(facility, records) {
            places.extend(self.patients.get(&key).into_iter().flatten().copied());
        }
        let past = places.into_iter().filter_map(|place| self.claims.get(place));
        let past = past.filter(|past| past.month < month || (past.month == month && past.kind != own));
        past.flat_map(|past| past.charges.iter().cloned()).collect()
    }
}

fn kind<'a>(records: impl IntoIterator<Item = Record<'a>>) -> Vec<u8> {
    let header = records.into_iter().find(|record| record.kind() == Some(RecordKind::Claim));
    header.map_or_else(Vec::new, |record| record.field(3).to_vec())
}

/// By what a patient is known.
fn keys<'a>(facility: &[u8], records: impl IntoIterator<Item = Record<'a>>) -> Vec<Key> {
    const END: u8 = b'\n';
    let mut person: Option<Key> = None;
    let mut chart: Option<Key> = None;
    let mut insured: Option<Key> = None;
    let mut public: Option<Key> = None;
    let join = |tag: u8, parts: &[&[u8]]| {
        let mut key = vec![tag];
        for part in parts {
            key.extend_from_slice(part);
            key.push(END);
        }
        key
    };
    // Symbols and numbers stand in half or full width, by program.
    let plain = |record: Record<'_>, number: usize| {
        let field = record.field(number);
        let text = narrow(field, record.encoding()).map_or_else(|| field.to_vec(), String::into_bytes);
        text.trim_ascii().to_vec()
    };
    for record in records {
        match record.kind() {
            Some(RecordKind::Claim) if person.is_none() => {
                let birth = record.date(7).map_or(0, |day| day.packed()).to_be_bytes();
                person = Some(join(b'P', &[facility, &birth, record.field(6)]));
                let number = plain(record, 14);
                chart = (!number.is_empty()).then(|| join(b'C', &[&number]));
            }
            Some(RecordKind::Insurer) if insured.is_none() => {
                let (insurer, symbol, number) = (plain(record, 2), plain(record, 3), plain(record, 4));
                insured = (!number.is_empty()).then(|| join(b'I', &[&insurer, &symbol, &number]));
            }
            Some(RecordKind::PublicPayer) if public.is_none() => {
                let (payer, recipient) = (plain(record, 2), plain(record, 3));
                public = (!recipient.is_empty()).then(|| join(b'K', &[&payer, &recipient]));
            }
            Some(kind) if kind.is_detail() => break,
            _ => {}
        }
    }
    let Some(person) = person else { return Vec::new() };
    let whole = |own: Key| [person.as_slice(), own.as_slice()].concat();
    [insured.or(public), chart].into_iter().flatten().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::text::Encoding;

    fn records(text: &str) -> Vec<Record<'_>> {
        text.lines().zip(1..).map(|(text, line)| Record::new(line, text.as_bytes(), Encoding::Utf8)).collect()
    }

    #[test]
    fn a_patient_is_known_by_insurance_or_chart() {
        let mut history = History::new();
        let june = "RE,1,1112,202606,A,1,19800401,,,,,,,C1\nHO,  138057,１２,３,1,300\nSI,60,1,160061810,,125,1,,,,,,,,1\n";
        assert!(history.add(b"131234567", records(june)));
        let july = Month::new(2026, 7).unwrap();
        let before = |facility: &[u8], text: &str| history.before(facility, records(text), july).len();
        assert_eq!(before(b"131234567", "RE,9,1112,202607,A,1,19800401\nHO,  138057,12,3,1,1\n"), 1);
        assert_eq!(before(b"131234567", "RE,9,1112,202607,A,1,19800401,,,,,,,C1\nHO,  138057,77,7,1,1\n"), 1);
        assert_eq!(before(b"131234567", "RE,9,1112,202607,A,2,19800401,,,,,,,C1\nHO,  138057,12,3,1,1\n"), 0);
        assert_eq!(before(b"139999999", "RE,9,1112,202607,A,1,19800401,,,,,,,C1\nHO,  138057,12,3,1,1\n"), 0);
        // The claim itself is no past of it; another one of the month is.
        assert_eq!(history.before(b"131234567", records(june), Month::new(2026, 6).unwrap()).len(), 0);
        let other = june.replace("1112", "1111");
        assert_eq!(history.before(b"131234567", records(&other), Month::new(2026, 6).unwrap()).len(), 1);
    }
}
