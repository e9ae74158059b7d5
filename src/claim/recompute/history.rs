//! What earlier claims charged to the same patient at the same facility: bundling, exclusion and frequency look back.

use std::collections::{BTreeSet, HashMap};

use crate::{
    claim::{kinds::ClaimType, kinds::Month, record::Record, text::narrow, view::Claim},
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
    kind: Option<ClaimType>,
    charges: Vec<PastCharge>,
}

/// A patient at a facility: fields, parted by a character that none has.
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

    /// Adds a claim. Says whether it was kept: one without a month or a patient is not, and none once twenty million charges
    /// are there.
    pub fn add(&mut self, claim: &Claim<'_>) -> bool {
        let keys = keys(claim);
        let Some(subject) = Subject::of(claim) else { return false };
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
        self.claims.push(Past { month: subject.month, kind: kind(claim), charges });
        for key in keys {
            self.patients.entry(key).or_default().push(place);
        }
        true
    }

    /// What was charged to the patient of a claim before it: in earlier months, and on other claims of its month.
    pub(crate) fn before(&self, claim: &Claim<'_>, month: Month) -> Vec<PastCharge> {
        if self.claims.is_empty() {
            return Vec::new();
        }
        let own = kind(claim);
        let mut places = BTreeSet::new();
        for key in keys(claim) {
            places.extend(self.patients.get(&key).into_iter().flatten().copied());
        }
        let past = places.into_iter().filter_map(|place| self.claims.get(place));
        let past = past.filter(|past| past.month < month || (past.month == month && past.kind != own));
        past.flat_map(|past| past.charges.iter().cloned()).collect()
    }
}

fn kind(claim: &Claim<'_>) -> Option<ClaimType> {
    claim.header().and_then(|header| header.claim_type())
}

/// By what a patient is known.
fn keys(claim: &Claim<'_>) -> Vec<Key> {
    const END: u8 = b'\n';
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
    let Some(header) = claim.header().map(|header| header.record()) else { return Vec::new() };
    let (prefecture, institution) = claim
        .facility()
        .map_or((&b""[..], &b""[..]), |facility| (facility.record().field(3), facility.record().field(5)));
    let birth = header.date(7).map_or(0, |day| day.packed()).to_be_bytes();
    let person = join(b'P', &[prefecture, institution, &birth, header.field(6)]);
    let chart = plain(header, 14);
    let chart = (!chart.is_empty()).then(|| join(b'C', &[&chart]));
    let insured = claim.insurer().map(|insurer| insurer.record()).and_then(|record| {
        let (insurer, symbol, number) = (plain(record, 2), plain(record, 3), plain(record, 4));
        (!number.is_empty()).then(|| join(b'I', &[&insurer, &symbol, &number]))
    });
    let public = || {
        let record = claim.public_payers().next()?.record();
        let (payer, recipient) = (plain(record, 2), plain(record, 3));
        (!recipient.is_empty()).then(|| join(b'K', &[&payer, &recipient]))
    };
    let whole = |own: Key| [person.as_slice(), own.as_slice()].concat();
    [insured.or_else(public), chart].into_iter().flatten().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::read::{Reader, SegmentKind};

    fn with<T>(facility: &str, text: &str, look: impl FnOnce(&Claim<'_>) -> T) -> T {
        let file = format!("IR,1,13,1,{facility},,A,202608,00,\n{text}");
        let batch = Reader::new(file.as_bytes()).next_batch().unwrap().unwrap();
        let segment = batch.segments().find(|segment| segment.kind() == SegmentKind::Claim).unwrap();
        look(&Claim::of(segment))
    }

    #[test]
    fn a_patient_is_known_by_insurance_or_chart() {
        let mut history = History::new();
        let june =
            "RE,1,1112,202606,A,1,19800401,,,,,,,C1\nHO,  138057,１２,３,1,300\nSI,60,1,160061810,,125,1,,,,,,,,1\n";
        assert!(with("1234567", june, |claim| history.add(claim)));
        let before = |facility: &str, text: &str, month: u32| {
            with(facility, text, |claim| history.before(claim, Month::new(2026, month).unwrap()).len())
        };
        assert_eq!(before("1234567", "RE,9,1112,202607,A,1,19800401\nHO,  138057,12,3,1,1\n", 7), 1);
        assert_eq!(before("1234567", "RE,9,1112,202607,A,1,19800401,,,,,,,C1\nHO,  138057,77,7,1,1\n", 7), 1);
        assert_eq!(before("1234567", "RE,9,1112,202607,A,2,19800401,,,,,,,C1\nHO,  138057,12,3,1,1\n", 7), 0);
        assert_eq!(before("7654321", "RE,9,1112,202607,A,1,19800401,,,,,,,C1\nHO,  138057,12,3,1,1\n", 7), 0);
        // The claim itself is no past of it; another one of the month is.
        assert_eq!(before("1234567", june, 6), 0);
        assert_eq!(before("1234567", &june.replace("1112", "1111"), 6), 1);
    }
}
