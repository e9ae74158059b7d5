//! The records of one claim.

use crate::{
    claim::{kinds::Month, record::RecordKind, write::NewRecord},
    copay::{ClaimCodes, ClaimCopay, CopayMonth, Setting},
    date::ServiceDate,
    fee::encounter::{FacilityKind, Sex},
};

use super::{
    groups::{Group, Item, Unit},
    input::{ClaimMonth, ClaimPatient, ClaimRemark, DiseaseOutcome},
    meals,
    share::Share,
    stay::ClaimStay,
};

/// 傷病名コード of a disease that is written out.
const WRITTEN_OUT: &str = "0000999";
/// Places of the first day in `SI` and `IY`, and in `TO`.
const DAYS: usize = 14;
const MATERIAL_DAYS: usize = 18;
/// Place of the first day in `JD`, and a day that counts as one of service.
const VISIT_DAYS: usize = 3;
const COUNTED: &str = "1";
/// Most codes of 特記事項.
const NOTES: usize = 5;
/// Most letters of 症状詳記データ in one record: 2,400 bytes.
const SYMPTOM: usize = 1_200;
/// Most full-width characters of 文字データ of `CO`.
const COMMENT: usize = 38;

/// What one claim is written from.
pub(super) struct Claim<'a> {
    pub(super) number: usize,
    pub(super) month: Month,
    pub(super) input: &'a ClaimMonth,
    pub(super) patient: &'a ClaimPatient,
    pub(super) setting: Setting,
    pub(super) admitted: Option<ServiceDate>,
    pub(super) groups: &'a [Group],
    pub(super) payment: &'a CopayMonth,
    pub(super) copay: &'a ClaimCopay,
    pub(super) codes: &'a ClaimCodes,
    pub(super) notes: String,
    /// The public payers in the order of the claim, as places of the input.
    pub(super) payers: &'a [usize],
    /// What each shares: the insurer first, then the public payers.
    pub(super) shares: Vec<Share>,
}

/// 特記事項: those that follow from the coverage, then those of the input.
pub(super) fn notes(codes: &ClaimCodes, patient: &ClaimPatient) -> Result<String, String> {
    let mut notes: Vec<&str> = codes.special_notes.iter().filter_map(|note| note.get(..2)).collect();
    for note in &patient.notes {
        if note.len() != 2 || !note.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("notes: {note} は特記事項のコード（数字2桁）ではない"));
        }
        if !notes.contains(&note.as_str()) {
            notes.push(note);
        }
    }
    if notes.len() > NOTES {
        return Err(format!("notes: 特記事項が{}個あり、{NOTES}個を超える", notes.len()));
    }
    Ok(notes.concat())
}

impl Claim<'_> {
    /// All records, in the order of the specification.
    pub(super) fn records(&self) -> Vec<NewRecord> {
        let mut out = vec![self.header()];
        out.extend(self.insurer());
        out.extend(self.public_payers());
        out.extend(self.eligibility());
        out.extend(self.visit_days());
        out.extend(self.window_payment());
        if let Some(exclusion) = self.stay().and_then(|stay| stay.dpc_exclusion.as_ref()) {
            let mut record = NewRecord::new(RecordKind::DpcExclusion);
            record.set(2, &exclusion.reason).set(3, exclusion.code.as_deref().unwrap_or_default());
            out.push(record);
        }
        out.extend(self.patient.diseases.iter().filter(|of| self.here(of.setting)).map(disease));
        self.details(&mut out);
        for symptom in self.patient.symptoms.iter().filter(|symptom| self.here(symptom.setting)) {
            symptom_records(&symptom.kind, &symptom.text, &mut out);
        }
        out
    }

    fn stay(&self) -> Option<&ClaimStay> {
        self.patient.stay.as_ref().filter(|_| self.inpatient())
    }

    fn inpatient(&self) -> bool {
        self.setting == Setting::Inpatient
    }

    /// Whether something for one of the patient's claims stands on this one.
    fn here(&self, setting: Option<Setting>) -> bool {
        setting.is_none_or(|setting| setting == self.setting)
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
        if let Some(admitted) = self.admitted.filter(|_| self.inpatient()) {
            record.set(9, admitted.packed().to_string());
        }
        if let Some(stay) = self.stay() {
            record.set(10, stay.wards.concat()).set(11, meals::charge_class(stay).unwrap_or_default());
        }
        record.set(12, &self.notes);
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
        let share = self.shares.first()?;
        let mut record = NewRecord::new(RecordKind::Insurer);
        record
            .set(2, format!("{:>8}", insurance.insurer.trim()))
            .set(3, insurance.symbol.as_deref().unwrap_or_default())
            .set(4, &insurance.number)
            .set(5, share.days.len().to_string())
            .set(6, share.points.to_string());
        self.meals(share, [8, 9], &mut record);
        if self.ceiling_holds() {
            record.set(12, self.copay.not_paid_by_insurer.get().to_string());
        }
        Some(record)
    }

    /// Meals, and yen for them, in two fields; nothing where there are none.
    fn meals(&self, share: &Share, [count, cost]: [usize; 2], record: &mut NewRecord) {
        if self.inpatient() && share.meal_cost > 0 {
            record.set(count, share.meals.to_string()).set(cost, share.meal_cost.to_string());
        }
    }

    /// 負担金額 stands where the ceiling of 高額療養費 holds at the window.
    fn ceiling_holds(&self) -> bool {
        let share = self.copay.cost.get().saturating_mul(i64::from(self.payment.rate_tenths)) / 10;
        self.patient.insurance.is_some() && self.copay.not_paid_by_insurer.get() < share
    }

    fn public_payers(&self) -> Vec<NewRecord> {
        let one = |((payer, place), share): ((&crate::copay::PayerCopay, &usize), &Share)| {
            let input = self.patient.payers.get(*place)?;
            let mut record = NewRecord::new(RecordKind::PublicPayer);
            let recipient = input.recipient.as_deref().map(|number| format!("{number:0>7}"));
            record
                .set(2, format!("{:>8}", input.number.trim()))
                .set(3, recipient.unwrap_or_default())
                .set(5, share.days.len().to_string())
                .set(6, share.points.to_string())
                .set(7, payer.patient.get().to_string());
            self.meals(share, [11, 12], &mut record);
            Some(record)
        };
        let payers = self.copay.payers.iter().zip(self.payers);
        let mut records: Vec<NewRecord> = payers.zip(self.shares.iter().skip(1)).filter_map(one).collect();
        // 公費給付対象一部負担金: what the insured would pay of the points under the first payer, beside the insurer's 負担金額.
        if let (Some(first), Some(payer)) = (records.first_mut(), self.copay.payers.first())
            && self.ceiling_holds()
        {
            first.set(if self.inpatient() { 9 } else { 8 }, payer.base.get().to_string());
        }
        records
    }

    /// 受診日等レコード: the days of each payer.
    fn visit_days(&self) -> Vec<NewRecord> {
        let insured = self.patient.insurance.is_some();
        let own = self.shares.iter().zip(1_u32..).filter(|(_, kind)| insured || *kind > 1);
        own.filter(|(share, _)| !share.days.is_empty())
            .map(|(share, kind)| {
                let mut record = NewRecord::new(RecordKind::VisitDays);
                record.set(2, kind.to_string());
                for day in share.days.iter().filter_map(|day| usize::try_from(day.checked_sub(1)?).ok()) {
                    record.set(VISIT_DAYS + day, COUNTED);
                }
                record
            })
            .collect()
    }

    /// 窓口負担額レコード: whether 高額療養費 is given at the window, and by 多数回.
    fn window_payment(&self) -> Option<NewRecord> {
        self.patient.insurance.as_ref()?;
        let mut record = NewRecord::new(RecordKind::WindowPayment);
        record.set(
            2,
            match (self.ceiling_holds(), self.patient.coverage.frequent) {
                (false, _) => "00",
                (true, false) => "01",
                (true, true) => "02",
            },
        );
        Some(record)
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
            let own = |remark: &&ClaimRemark| remark.path.is_none() && self.here(remark.setting);
            let own = self.patient.remarks.iter().filter(own);
            for remark in own.filter(|remark| (from..=to).contains(&section_of(remark))) {
                let section = section_of(remark);
                // One group of comments names its section once.
                let own = Some(section).filter(|_| last != Some(section));
                last = Some(section);
                comment_records(own, burden, &remark.code, remark.text.as_deref().unwrap_or_default(), out);
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
    for (code, text) in &group.remarks {
        comment_records(None, group.burden, code, text, out);
    }
}

/// One record, and what does not fit into it in others with the same code, which name no section.
fn comment_records(section: Option<u8>, burden: char, code: &str, text: &str, out: &mut Vec<NewRecord>) {
    let letters: Vec<char> = text.chars().collect();
    let mut parts = letters.chunks(COMMENT);
    let first = parts.next().unwrap_or_default();
    for (place, part) in core::iter::once(first).chain(parts).enumerate() {
        let mut record = NewRecord::new(RecordKind::Comment);
        if let Some(section) = section.filter(|_| place == 0) {
            record.set(2, format!("{section:02}"));
        }
        record.set(3, burden.to_string()).set(4, code).set(5, part.iter().collect::<String>());
        out.push(record);
    }
}

/// One record, and what does not fit into it in others without 症状詳記区分.
fn symptom_records(kind: &str, text: &str, out: &mut Vec<NewRecord>) {
    let letters: Vec<char> = text.chars().collect();
    for (place, part) in letters.chunks(SYMPTOM).enumerate() {
        let mut record = NewRecord::new(RecordKind::Symptom);
        record.set(2, if place == 0 { kind } else { "" }).set(3, part.iter().collect::<String>());
        out.push(record);
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
            record.set(4, code).set(5, amount.as_deref().unwrap_or_default());
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
