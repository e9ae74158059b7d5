//! A claim's records as what recomputing needs: the patient, the month, the units.

use rust_decimal::Decimal;

use crate::{
    claim::{
        kinds::Month,
        record::{Record, RecordKind},
    },
    date::ServiceDate,
    fee::encounter::{Diagnosis, Sex},
};

use super::unit::{Entry, Unit, written};

/// What recomputing needs of a claim.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Subject {
    pub(crate) line: u64,
    pub(crate) number: Option<u32>,
    pub(crate) month: Month,
    pub(crate) birth: Option<ServiceDate>,
    pub(crate) sex: Option<Sex>,
    pub(crate) inpatient: bool,
    pub(crate) late_elderly: bool,
    pub(crate) admission: Option<ServiceDate>,
    pub(crate) beds: Option<u32>,
    pub(crate) diagnoses: Vec<Diagnosis>,
    pub(crate) units: Vec<Unit>,
}

/// The numbers of the fields that a record of what was done has (記録条件仕様).
struct Places {
    price: Option<usize>,
    /// The field of the first day.
    days: usize,
}

impl Subject {
    /// Reads the records of one claim, from its `RE` on. Nothing without a month of service.
    pub(crate) fn of<'a>(records: impl IntoIterator<Item = Record<'a>>) -> Option<Self> {
        let mut subject: Option<Self> = None;
        let mut units = Units::default();
        for record in records {
            match record.kind() {
                Some(RecordKind::Claim) if subject.is_none() => subject = Self::header(record),
                // What follows is a donor's, with sums of its own.
                Some(RecordKind::DonorFacility | RecordKind::Total) => break,
                Some(RecordKind::Disease) => {
                    if let Some(subject) = &mut subject {
                        subject.diagnoses.extend(diagnosis(record));
                    }
                }
                Some(kind @ (RecordKind::Procedure | RecordKind::Drug | RecordKind::Material)) => {
                    units.detail(record, kind);
                }
                Some(RecordKind::Comment) => units.comment(record),
                _ => {}
            }
        }
        let mut subject = subject?;
        subject.units = units.finish();
        Some(subject)
    }

    fn header(record: Record<'_>) -> Option<Self> {
        let kind = record.field(3);
        let last = kind.get(3).copied().unwrap_or(b'2');
        Some(Self {
            line: record.line(),
            number: record.number(2),
            month: record.month(4)?,
            birth: record.date(7),
            sex: match record.field(6) {
                b"1" => Some(Sex::Male),
                b"2" => Some(Sex::Female),
                _ => None,
            },
            inpatient: matches!(last, b'1' | b'3' | b'5' | b'7' | b'9'),
            late_elderly: kind.get(1) == Some(&b'3'),
            admission: record.date(9),
            beds: record.number(13),
            diagnoses: Vec::new(),
            units: Vec::new(),
        })
    }
}

fn diagnosis(record: Record<'_>) -> Option<Diagnosis> {
    let disease = record.ascii(2)?.parse().ok()?;
    let modifiers = record.ascii(5).unwrap_or_default();
    let modifiers = modifiers.as_bytes().chunks(4).filter_map(|code| core::str::from_utf8(code).ok()?.parse().ok());
    Some(Diagnosis { disease, modifiers: modifiers.collect(), main: record.field(7) == b"01" })
}

/// Units under construction (記録条件仕様: a unit ends with the record that has the points).
#[derive(Default)]
struct Units {
    done: Vec<Unit>,
    open: Option<Unit>,
    section: u8,
    groups: usize,
}

impl Units {
    /// A section begins a group of its own; a record without one goes on with the group.
    fn group(&mut self, record: Record<'_>) {
        if let Some(section) = record.number(2).and_then(|section| u8::try_from(section).ok()) {
            // On the record after the comment that opened the group it does not stand again.
            self.close();
            self.section = section;
            self.groups += 1;
        }
    }

    fn comment(&mut self, record: Record<'_>) {
        self.group(record);
    }

    fn detail(&mut self, record: Record<'_>, kind: RecordKind) {
        self.group(record);
        let places = if kind == RecordKind::Material {
            Places { price: Some(9), days: 18 }
        } else {
            Places { price: None, days: 14 }
        };
        let letter = match kind {
            RecordKind::Procedure => 'S',
            RecordKind::Drug => 'I',
            _ => 'T',
        };
        let amount = record.decimal(5);
        let price: Option<Decimal> = places.price.and_then(|place| record.decimal(place));
        let what = written(letter, record.ascii(4).unwrap_or_default(), amount, price);
        let unit = self.open.get_or_insert_with(|| Unit {
            section: self.section,
            group: self.groups,
            burden: record.ascii(3).and_then(|text| text.chars().next()),
            entries: Vec::new(),
            points: None,
            count: 0,
            days: Vec::new(),
        });
        unit.entries.push(Entry { line: record.line(), what });
        let Some(points) = record.ascii(6).and_then(|points| points.parse::<i64>().ok()) else { return };
        unit.points = Some(points);
        unit.count = record.number(7).unwrap_or(0);
        let mut days = Vec::new();
        for (day, field) in (1_u32..).zip(record.fields().skip(places.days - 1).take(31)) {
            if let Some(count) = crate::claim::record::digits(field).filter(|count| *count > 0) {
                days.push((day, count));
            }
        }
        unit.days = days;
        self.close();
    }

    fn close(&mut self) {
        self.done.extend(self.open.take());
    }

    fn finish(mut self) -> Vec<Unit> {
        self.close();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::text::Encoding;

    #[test]
    fn units_of_a_claim() {
        let text = "RE,1,1112,202110,A,1,19911121\nSI,60,1,160068410,,,1,,,,,,,1\nSI,,1,160093810,,1270,1,,,,,,,1\n\
            SI,70,2,170000210,,57,1,,,,,,,,1\nCO,70,2,820181220,\nSI,,2,170000410,3,170,2,,,,,,,,1,1\n";
        let records = text.lines().enumerate().map(|(line, text)| Record::new(line as u64 + 1, text.as_bytes(), Encoding::Utf8));
        let subject = Subject::of(records).unwrap();
        let seen: Vec<_> = subject
            .units
            .iter()
            .map(|unit| (unit.section, unit.group, unit.entries.len(), unit.points, unit.line(), unit.days.clone()))
            .collect();
        assert_eq!(
            seen,
            [
                (60, 1, 2, Some(1270), 3, vec![(1, 1)]),
                (70, 2, 1, Some(57), 4, vec![(2, 1)]),
                (70, 3, 1, Some(170), 6, vec![(2, 1), (3, 1)]),
            ]
        );
    }
}
