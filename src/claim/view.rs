//! The records of one claim by what they mean. Everything is read where it stands; a field that is empty or wrong gives nothing.

mod parts;

pub use parts::{Disease, Eligibility, Facility, Header, Insurer, PublicPayer, Symptom};

use super::{
    detail::{Detail, Unit, units},
    read::{Segment, is_payer},
    record::{Record, RecordKind},
};

/// One claim.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    records: Vec<Record<'a>>,
    facility: Option<Record<'a>>,
}

impl<'a> Claim<'a> {
    /// The claim of a segment.
    #[must_use]
    pub fn of(segment: Segment<'a>) -> Self {
        Self::with(segment.records().collect(), segment)
    }

    /// The same with the segment's records at hand.
    pub(super) fn with(records: Vec<Record<'a>>, segment: Segment<'a>) -> Self {
        Self { records, facility: segment.facility() }
    }

    /// The claim as far as its payers: whose it is.
    pub(crate) fn head(segment: Segment<'a>) -> Self {
        Self { facility: segment.facility(), ..Self::of_head(segment.records()) }
    }

    /// The same of records of which the first is `RE`, without a facility.
    pub(super) fn of_head(mut records: impl Iterator<Item = Record<'a>>) -> Self {
        let first = records.next();
        Self { records: first.into_iter().chain(records.take_while(is_payer)).collect(), facility: None }
    }

    /// Its records in their order, also those that are not known.
    #[must_use]
    pub fn records(&self) -> &[Record<'a>] {
        &self.records
    }

    /// Its records before those of a donor, which have their own totals.
    pub fn own_records(&self) -> impl Iterator<Item = Record<'a>> + use<'a, '_> {
        self.records.iter().copied().take_while(|record| record.kind() != Some(RecordKind::DonorFacility))
    }

    /// Who claims.
    #[must_use]
    pub fn facility(&self) -> Option<Facility<'a>> {
        self.facility.map(Facility)
    }

    fn all(&self, kind: RecordKind) -> impl Iterator<Item = Record<'a>> + use<'a, '_> {
        self.own_records().filter(move |record| record.kind() == Some(kind))
    }

    /// Whose claim it is.
    #[must_use]
    pub fn header(&self) -> Option<Header<'a>> {
        self.all(RecordKind::Claim).next().map(Header)
    }

    /// The insurer.
    #[must_use]
    pub fn insurer(&self) -> Option<Insurer<'a>> {
        self.all(RecordKind::Insurer).next().map(Insurer)
    }

    /// The public payers in their order.
    pub fn public_payers(&self) -> impl Iterator<Item = PublicPayer<'a>> + use<'a, '_> {
        self.all(RecordKind::PublicPayer).map(PublicPayer)
    }

    /// How the eligibility was confirmed, payer by payer.
    pub fn eligibilities(&self) -> impl Iterator<Item = Eligibility<'a>> + use<'a, '_> {
        self.all(RecordKind::Eligibility).map(Eligibility)
    }

    /// The diseases in their order.
    pub fn diseases(&self) -> impl Iterator<Item = Disease<'a>> + use<'a, '_> {
        self.all(RecordKind::Disease).map(Disease)
    }

    /// The details of the symptoms.
    pub fn symptoms(&self) -> impl Iterator<Item = Symptom<'a>> + use<'a, '_> {
        self.all(RecordKind::Symptom).map(Symptom)
    }

    /// What was done, given and said, with the section of each line.
    pub fn details(&self) -> impl Iterator<Item = Detail<'a>> + use<'a, '_> {
        let mut section = 0;
        self.own_records().filter_map(move |record| Detail::of(record, &mut section))
    }

    /// The same, put together by the points that lines share.
    pub fn units(&self) -> impl Iterator<Item = Unit<'a>> + use<'a, '_> {
        units(self.details())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::read::Reader;

    #[test]
    fn units_of_a_claim() {
        let file = "RE,1,1122,202110\nHO,  138057,,1,1,100\nCO,22,2,810000001,a\nIY,,2,620098801,1,1,2\n\
            SI,50,1,150253010,,12100,1\nIY,,1,622478201,1,,1\nIY,,1,620000402,2,865,1\nCO,,1,810000001,b\n\
            SI,60,2,160081130,,112,1,,,,,,,1,,,2\n";
        let batch = Reader::new(file.as_bytes()).next_batch().unwrap().unwrap();
        let claim = Claim::of(batch.segments().next().unwrap());
        let units: Vec<_> = claim.units().collect();
        let seen: Vec<_> = units
            .iter()
            .map(|unit| (unit.section(), unit.group, unit.points(), unit.count(), unit.lines.len()))
            .collect();
        assert_eq!(
            seen,
            [
                (22, 0, Some(1), Some(2), 2),
                (50, 1, Some(12_100), Some(1), 1),
                (50, 1, Some(865), Some(1), 3),
                (60, 2, Some(112), Some(1), 1)
            ]
        );
        assert_eq!(units[3].days()[0], 1);
        assert_eq!(units[3].days()[3], 2);
        assert_eq!(claim.insurer().unwrap().number(), Some("138057"));
    }
}
