//! The records of one claim.

use crate::{
    claim::{kinds::Month, record::RecordKind, write::NewRecord},
    copay::{ClaimCodes, ClaimCopay, CopayMonth},
    fee::encounter::{FacilityKind, Sex},
};

use super::{
    groups::{Group, Item, Unit},
    input::{ClaimMonth, ClaimPatient, ClaimRemark, DiseaseOutcome},
};

/// 傷病名コード of a disease that is written out.
const WRITTEN_OUT: &str = "0000999";
/// Places of the first day in `SI` and `IY`, and in `TO`.
const DAYS: usize = 14;
const MATERIAL_DAYS: usize = 18;

/// What one claim is written from.
pub(super) struct Claim<'a> {
    pub(super) number: usize,
    pub(super) month: Month,
    pub(super) input: &'a ClaimMonth,
    pub(super) patient: &'a ClaimPatient,
    pub(super) groups: &'a [Group],
    pub(super) payment: &'a CopayMonth,
    pub(super) copay: &'a ClaimCopay,
    pub(super) codes: &'a ClaimCodes,
    /// Days of service that each payer shares: the insurer first, then the public payers in the order of the claim.
    pub(super) days: Vec<usize>,
    /// Points that each shares.
    pub(super) points: Vec<i64>,
}

impl Claim<'_> {
    /// All records, in the order of the specification.
    pub(super) fn records(&self) -> Vec<NewRecord> {
        let mut out = vec![self.header()];
        out.extend(self.insurer());
        out.extend(self.payers());
        out.extend(self.eligibility());
        out.extend(self.patient.diseases.iter().map(disease));
        self.details(&mut out);
        for symptom in &self.patient.symptoms {
            let mut record = NewRecord::new(RecordKind::Symptom);
            record.set(2, &symptom.kind).set(3, &symptom.text);
            out.push(record);
        }
        out
    }

    fn header(&self) -> NewRecord {
        let patient = self.patient;
        let mut record = NewRecord::new(RecordKind::Claim);
        record
            .set(2, self.number.to_string())
            .set(3, &self.codes.kind)
            .set(4, packed(self.month))
            .set(5, &patient.name)
            .set(6, if patient.sex == Sex::Male { "1" } else { "2" })
            .set(7, patient.birth_date.packed().to_string());
        if self.national() {
            record.set(8, (100 - u32::from(self.payment.rate_tenths) * 10).to_string());
        }
        let notes: String = self.codes.special_notes.iter().filter_map(|note| note.get(..2)).collect();
        record.set(12, notes);
        if self.input.facility.kind == FacilityKind::Hospital {
            let beds = self.input.facility.permitted_beds.or(self.input.facility.general_beds);
            record.set(13, beds.map_or_else(String::new, |beds| beds.to_string()));
        }
        record.set(14, patient.chart.as_deref().unwrap_or_default());
        record.set(37, patient.kana.as_deref().unwrap_or_default());
        record
    }

    /// 給付割合 stands on claims of 国民健康保険, whose numbers have six digits, and of 退職者医療 (法別 67).
    fn national(&self) -> bool {
        self.patient.insurance.as_ref().is_some_and(|insurance| {
            let number = insurance.insurer.trim();
            number.len() == 6 || (number.len() == 8 && number.starts_with("67"))
        })
    }

    fn insurer(&self) -> Option<NewRecord> {
        let insurance = self.patient.insurance.as_ref()?;
        let mut record = NewRecord::new(RecordKind::Insurer);
        record
            .set(2, format!("{:>8}", insurance.insurer.trim()))
            .set(3, insurance.symbol.as_deref().unwrap_or_default())
            .set(4, &insurance.number)
            .set(5, self.days.first().copied().unwrap_or(0).to_string())
            .set(6, self.points.first().copied().unwrap_or(0).to_string());
        // 負担金額 stands where the ceiling of 高額療養費 holds at the window.
        let share = self.copay.cost.get().saturating_mul(i64::from(self.payment.rate_tenths)) / 10;
        if self.copay.not_paid_by_insurer.get() < share {
            record.set(12, self.copay.not_paid_by_insurer.get().to_string());
        }
        Some(record)
    }

    fn payers(&self) -> Vec<NewRecord> {
        let one = |(place, payer): (usize, &crate::copay::PayerCopay)| {
            let input = self.patient.payers.get(payer.payer)?;
            let mut record = NewRecord::new(RecordKind::PublicPayer);
            let recipient = input.recipient.as_deref().map(|number| format!("{number:0>7}"));
            record
                .set(2, format!("{:>8}", input.number.trim()))
                .set(3, recipient.unwrap_or_default())
                .set(5, self.days.get(place + 1).copied().unwrap_or(0).to_string())
                .set(6, self.points.get(place + 1).copied().unwrap_or(0).to_string())
                .set(7, payer.patient.get().to_string());
            Some(record)
        };
        self.copay.payers.iter().enumerate().filter_map(one).collect()
    }

    /// 枝番: confirmed by the facility (01), the only state of a claim that is sent for the first time.
    fn eligibility(&self) -> Option<NewRecord> {
        let branch = self.patient.insurance.as_ref()?.branch.as_deref()?;
        let mut record = NewRecord::new(RecordKind::Eligibility);
        record.set(2, "1").set(3, "01").set(7, format!("{branch:0>2}"));
        Some(record)
    }

    fn details(&self, out: &mut Vec<NewRecord>) {
        let section_of =
            |remark: &ClaimRemark| remark.section.as_deref().and_then(|text| text.parse::<u8>().ok()).unwrap_or(99);
        let burden = self.groups.first().map_or('1', |group| group.burden);
        let remarks = |from: u8, to: u8, out: &mut Vec<NewRecord>| {
            let mut last = None;
            for remark in self.patient.remarks.iter().filter(|remark| (from..=to).contains(&section_of(remark))) {
                let section = section_of(remark);
                let mut record = NewRecord::new(RecordKind::Comment);
                // One group of comments names its section once.
                if last != Some(section) {
                    record.set(2, format!("{section:02}"));
                }
                last = Some(section);
                record.set(3, burden.to_string()).set(4, &remark.code);
                record.set(5, remark.text.as_deref().unwrap_or_default());
                out.push(record);
            }
        };
        remarks(1, 10, out);
        let mut at = 10;
        for group in self.groups {
            if group.section > at {
                remarks(at + 1, group.section - 1, out);
                at = group.section - 1;
            }
            write_group(group, out);
        }
        remarks(at + 1, 99, out);
    }
}

fn write_group(group: &Group, out: &mut Vec<NewRecord>) {
    let mut begun = false;
    for Unit { items, points } in &group.units {
        for (place, item) in items.iter().enumerate() {
            let (mut record, days) = record_of(item);
            if !begun {
                record.set(2, format!("{:02}", group.section));
                begun = true;
            }
            record.set(3, group.burden.to_string());
            if place + 1 == items.len() {
                record.set(6, points.to_string());
            }
            record.set(7, group.count().to_string());
            for (day, times) in &group.days {
                let day = usize::try_from(*day).unwrap_or(0);
                record.set(days + day - usize::from(day > 0), times.to_string());
            }
            out.push(record);
        }
    }
}

/// The record of an item, and the field of its first day.
fn record_of(item: &Item) -> (NewRecord, usize) {
    match item {
        Item::Procedure { code, quantity } => {
            let mut record = NewRecord::new(RecordKind::Procedure);
            record.set(4, code).set(5, quantity.as_deref().unwrap_or_default());
            (record, DAYS)
        }
        Item::Drug { code, amount } => {
            let mut record = NewRecord::new(RecordKind::Drug);
            record.set(4, code).set(5, amount);
            (record, DAYS)
        }
        Item::Material { code, amount, unit, price } => {
            let mut record = NewRecord::new(RecordKind::Material);
            record.set(4, code).set(5, amount);
            if *unit != 0 {
                record.set(8, format!("{unit:03}"));
            }
            record.set(9, price.as_deref().unwrap_or_default());
            (record, MATERIAL_DAYS)
        }
    }
}

fn disease(disease: &super::input::ClaimDisease) -> NewRecord {
    let mut record = NewRecord::new(RecordKind::Disease);
    let code = disease.disease.map_or_else(|| WRITTEN_OUT.to_owned(), |code| code.to_string());
    let modifiers: String = disease.modifiers.iter().map(ToString::to_string).collect();
    record
        .set(2, code)
        .set(3, disease.start.packed().to_string())
        .set(
            4,
            match disease.outcome {
                DiseaseOutcome::Continuing => "1",
                DiseaseOutcome::Healed => "2",
                DiseaseOutcome::Died => "3",
                DiseaseOutcome::Ended => "4",
            },
        )
        .set(5, modifiers)
        .set(6, disease.name.as_deref().filter(|_| disease.disease.is_none()).unwrap_or_default())
        .set(7, if disease.main { "01" } else { "" })
        .set(8, disease.remark.as_deref().unwrap_or_default());
    record
}

/// `YYYYMM`.
pub(super) fn packed(month: Month) -> String {
    month.to_string().replace('-', "")
}
