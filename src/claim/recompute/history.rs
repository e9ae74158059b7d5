//! What earlier claims charged to the same patient at the same facility: bundling, exclusion and frequency look back.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    hash::BuildHasher,
    io::{self, Read},
};

use foldhash::quality::RandomState;

use crate::{
    claim::{
        kinds::{ClaimType, Month},
        read::{Head, Reader, SegmentKind, heads},
        record::Record,
        text::narrow,
        view::Claim,
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
        let (month, own) = (subject.month, kind(claim));
        let same = |place: &usize| {
            self.claims
                .get(*place)
                .is_some_and(|past| (past.month, past.kind) == (month, own) && past.charges == charges)
        };
        if keys.first().and_then(|key| self.patients.get(key)).is_some_and(|places| places.iter().any(same)) {
            // The claim itself, from a copy of its file.
            return true;
        }
        let place = self.claims.len();
        self.claims.push(Past { month: subject.month, kind: kind(claim), charges });
        for key in keys {
            self.patients.entry(key).or_default().push(place);
        }
        true
    }

    /// Adds the claims of a file whose patients have several in it: inpatient and outpatient, or another month come late.
    /// Says how many claims were added. `open` gives the file from its beginning, at most twice; of the first reading nothing is
    /// kept but a number for each patient of a facility.
    ///
    /// # Errors
    /// Those of opening and reading.
    ///
    /// ```
    /// use santei::claim::recompute::History;
    /// let file = "IR,1,13,1,1234567,,A,202608,00,\n\
    ///     RE,1,1112,202607,A,1,19800401\nHO,  138057,1,2,1,75\nSI,12,1,112007410,,75,1,,,,,,,1\n\
    ///     RE,2,1111,202607,A,1,19800401,,20260703\nHO,  138057,1,2,1,21\nSI,60,1,160008010,,21,1,,,,,,,,,1\n";
    /// let mut history = History::new();
    /// assert_eq!(history.add_file(|| Ok(file.as_bytes()))?, 2);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn add_file<R: Read>(&mut self, mut open: impl FnMut() -> io::Result<R>) -> io::Result<usize> {
        let several = several(open()?)?;
        let before = self.claims.len();
        if several.found.is_empty() {
            return Ok(0);
        }
        let mut reader = Reader::new(open()?);
        while let Some(batch) = reader.next_batch()? {
            for segment in batch.segments().filter(|segment| segment.kind() == SegmentKind::Claim) {
                if several.marks(&Claim::head(segment)).iter().flatten().any(|mark| several.found.contains(mark)) {
                    self.add(&Claim::of(segment));
                }
            }
        }
        Ok(self.claims.len() - before)
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
        // Of the claims of one file the later one sees the earlier: what both charge is a fault of one of them.
        let is_own =
            |place: &&usize| self.claims.get(**place).is_some_and(|past| (past.month, past.kind) == (month, own));
        let until = places.iter().find(is_own).copied().unwrap_or(usize::MAX);
        let past = places.into_iter().filter_map(|place| Some((place, self.claims.get(place)?)));
        let past = past.filter(|(place, past)| past.month < month || (past.month == month && *place < until));
        let past = past.map(|(_, past)| past);
        past.flat_map(|past| past.charges.iter().cloned()).collect()
    }
}

/// Patients with several claims, as numbers.
struct Several {
    hashes: RandomState,
    found: HashSet<u64, RandomState>,
}

impl Several {
    /// By what a patient is known within a file, whose program writes it always alike: insurance or first public payer, and chart.
    fn marks(&self, claim: &Claim<'_>) -> [Option<u64>; 2] {
        let Some(header) = claim.header().map(|header| header.record()) else { return [None; 2] };
        let person = (header.field(7), header.field(6));
        let payer = claim.insurer().map(|insurer| insurer.record()).map(|own| [2, 3, 4].map(|field| own.field(field)));
        let public = || claim.public_payers().next().map(|payer| payer.record());
        let payer = payer.or_else(|| public().map(|own| [2, 3, 1].map(|field| own.field(field))));
        let known = payer.filter(|payer| !payer.iter().all(|field| field.is_empty()));
        let chart = Some(header.field(14)).filter(|chart| !chart.is_empty());
        [
            known.map(|payer| self.hashes.hash_one((person, payer))),
            chart.map(|chart| self.hashes.hash_one((person, chart))),
        ]
    }
}

/// Goes through a file for patients with claims of two types or months at one facility.
fn several(input: impl Read) -> io::Result<Several> {
    let mut out = Several { hashes: RandomState::default(), found: HashSet::default() };
    let mut seen: HashMap<u64, (Option<ClaimType>, Option<Month>), RandomState> = HashMap::default();
    heads(input, |head| match head {
        Head::Facility => seen.clear(),
        Head::Claim(claim) => {
            let own = (kind(&claim), claim.header().and_then(|header| header.service_month()));
            let marks = out.marks(&claim);
            let mut several = false;
            for mark in marks.iter().flatten() {
                several |= *seen.entry(*mark).or_insert(own) != own;
            }
            // Whoever is found by one is known by the other as well.
            if several {
                out.found.extend(marks.iter().flatten());
            }
        }
    })?;
    Ok(out)
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
    fn claims_of_one_patient_in_one_file() {
        let claim = |number: u32, kind: &str, chart: &str, insured: &str| {
            format!(
                "RE,{number},{kind},202607,A,1,19800401,,,,,,,{chart}\nHO,  138057,1,{insured},1,75\nSI,12,1,112007410,,75,1,,,,,,,1\n"
            )
        };
        let added = |claims: &[String]| {
            let file = format!("IR,1,13,1,1234567,,A,202608,00,\n{}", claims.concat());
            History::new().add_file(|| Ok(file.as_bytes())).unwrap()
        };
        assert_eq!(added(&[claim(1, "1112", "", "1"), claim(2, "1112", "", "2")]), 0);
        assert_eq!(added(&[claim(1, "1112", "", "1"), claim(2, "1111", "", "2")]), 0);
        assert_eq!(added(&[claim(1, "1112", "", "1"), claim(2, "1112", "", "9"), claim(3, "1111", "", "1")]), 2);
        assert_eq!(added(&[claim(1, "1112", "C", "1"), claim(2, "1111", "C", "2")]), 2);
        // Another facility is another patient.
        let other = "IR,1,13,1,7654321,,A,202608,00,\n".to_owned();
        assert_eq!(added(&[claim(1, "1112", "", "1"), other, claim(1, "1111", "", "1")]), 0);
    }

    #[test]
    fn a_patient_is_known_by_insurance_or_chart() {
        let mut history = History::new();
        let june =
            "RE,1,1112,202606,A,1,19800401,,,,,,,C1\nHO,  138057,１２,３,1,300\nSI,60,1,160061810,,125,1,,,,,,,,1\n";
        assert!(with("1234567", june, |claim| history.add(claim)));
        // The same claim again changes nothing.
        assert!(with("1234567", june, |claim| history.add(claim)));
        assert_eq!(history.claims(), 1);
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
